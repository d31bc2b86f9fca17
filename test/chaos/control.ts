import { connect, createServer, type Server } from 'node:net';

/** What a program does when it is asked; its answer is JSON. */
export type Commands = Readonly<Record<string, () => unknown>>;

/**
 * Lets another process command this one: a line in, a line of JSON out. Prints `{"event":"ready",…}` with the port and
 * what `about` adds. The port keeps this process alive until it is unref'ed.
 */
export async function serveControl(commands: Commands, about: Readonly<Record<string, unknown>> = {}): Promise<Server> {
  const server = createServer((socket) => {
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.once('data', (line: string) => {
      const command = commands[line.trim()];
      void Promise.resolve(command?.()).then(
        (answer) => socket.end(JSON.stringify(answer ?? null)),
        (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  process.stdout.write(`${JSON.stringify({ event: 'ready', control: port, ...about })}\n`);
  return server;
}

/** Commands the program behind a control port. Rejects if it is gone. */
export function ask<T>(port: number, command: string): Promise<T> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(`${command}\n`));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.once('error', reject);
    socket.once('end', () => {
      socket.end();
      try {
        resolve(JSON.parse(text) as T);
      } catch {
        reject(new Error(`"${command}" was answered with "${text}"`));
      }
    });
  });
}
