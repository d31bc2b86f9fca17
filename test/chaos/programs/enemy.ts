import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serveControl } from '../control.js';
import { hostileFrames, seededRandom } from '../hostile-frame.js';
import type { EnemyArguments, EnemyReport } from '../peers.js';

/** Sends hostile frames to a port, over connections that each end after a while, as fast as the port reads them. */
const { port, frames, seed } = JSON.parse(process.argv[2]!) as EnemyArguments;
const CONNECTIONS = 8;
const FRAMES_PER_CONNECTION = 200;
const FRAMES_PER_WRITE = 20;

const random = seededRandom(seed);
const next = hostileFrames(random);
let sent = 0;
let connections = 0;
let answeredBytes = 0;

await serveControl({ attack });

async function attack(): Promise<EnemyReport> {
  await Promise.all(Array.from({ length: CONNECTIONS }, attackByTurns));
  return { sent, connections, answeredBytes };
}

async function attackByTurns(): Promise<void> {
  while (sent < frames) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    connections++;
    socket.on('data', (chunk: Buffer) => (answeredBytes += chunk.length));
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await Promise.race([sendFrames(socket), closed]);
    if (!socket.destroyed) socket.end();
    await closed;
  }
}

/** Ends early after a frame that swallows those behind it: they would not be read as frames. */
async function sendFrames(socket: Socket): Promise<void> {
  let swallowed = false;
  for (let i = 0; i < FRAMES_PER_CONNECTION && !swallowed;) {
    const batch: Uint8Array[] = [];
    while (batch.length < FRAMES_PER_WRITE && !swallowed) {
      const { bytes, swallows } = next();
      batch.push(bytes);
      swallowed = swallows;
    }
    i += batch.length;
    sent += batch.length;
    if (!socket.write(Buffer.concat(batch))) await once(socket, 'drain');
    else await new Promise((resolve) => setImmediate(resolve));
  }
}
