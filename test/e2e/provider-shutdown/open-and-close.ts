import { contractOf, createClient, createServer } from '@nestjs-dubbo/core';
import { Crunch } from '../provider-worker/crunch.js';

/** A program that serves and calls with everything that owns timers, threads or sockets, closes both ends, and must end. */
const crunch = contractOf(Crunch);
const worker = new URL('../provider-worker/thread.mjs', import.meta.url);
const methods = { burn: { worker }, turn: { worker }, weigh: { worker }, stumble: { worker } };
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const logger = { debug() {}, info: say, warn: say, error: say };

const server = createServer({
  application: { name: 'crunch' },
  registries: [],
  protocol: { host: '127.0.0.1', port: 0 },
  provider: { queues: 10, eventLoopDelay: 60_000 },
  logger,
});
server.export(crunch, new Map([['ping', (_, { signal }) => (signal.aborted ? 'gone' : 'pong')]]), { methods });
await server.listen();
const client = createClient({ application: { name: 'miller' }, registries: [], logger });
const stub = client.refer<Crunch>(crunch, { url: `127.0.0.1:${server.port}`, timeout: 20_000 });
say(`answers ${await stub.ping()} ${(await stub.burn(1)) > 0n}`);
await Promise.all([server.close(), server.close()]);
await client.close();
await server.close();
say('closed both ends');
