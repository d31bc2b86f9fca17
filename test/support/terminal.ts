import { connect, type Socket } from 'node:net';

const PROMPT = 'dubbo>';
const DEADLINE_MS = 5_000;

/** An operator at a telnet client: sends what is typed, reads up to the next prompt. */
export class Terminal {
  readonly #socket: Socket;
  #received = '';
  #ended = false;
  #changed: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    const note = (): void => this.#changed();
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.#received += text;
      note();
    });
    // A server that closes while more is on its way resets the connection.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#ended = true;
      note();
    });
  }

  static connect(port: number, host = '127.0.0.1'): Promise<Terminal> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new Terminal(socket)));
      socket.once('error', reject);
    });
  }

  get localPort(): number {
    return this.#socket.localPort!;
  }

  /** What came and was not taken yet. */
  get unread(): string {
    return this.#received;
  }

  send(text: string | Uint8Array): void {
    this.#socket.write(text);
  }

  /** Sends a line and reads its answer, without the prompt behind it. */
  ask(line: string): Promise<string> {
    this.send(`${line}\r\n`);
    return this.next();
  }

  /** Reads up to the next prompt. */
  async next(): Promise<string> {
    await this.#until(() => this.#received.includes(PROMPT), 'a prompt');
    const end = this.#received.indexOf(PROMPT);
    const text = this.#received.slice(0, end);
    this.#received = this.#received.slice(end + PROMPT.length);
    return text;
  }

  /** Waits until the server has closed the connection. */
  ended(): Promise<void> {
    return this.#until(() => this.#ended, 'the end of the connection');
  }

  close(): void {
    this.#socket.destroy();
  }

  async #until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`Waited for ${what}; received: ${JSON.stringify(this.#received)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
