import { setTimeout as wait } from 'node:timers/promises';
import { createServer, type Handler } from '@nestjs-dubbo/core';
import { attic, interop } from '../contract.js';
import { serveControl } from '../control.js';
import { HEARTBEAT_MS } from '../form.js';
import type { ProviderArguments } from '../peers.js';
import { registriesAt } from '../registries.js';
import { vitals } from '../vitals.js';

/** Provides the contract until SIGTERM, which shuts it down gracefully; it ends by itself then. */
const { registry, port } = JSON.parse(process.argv[2]!) as ProviderArguments;
let calls = 0;
let logged = 0;
const server = createServer({
  application: { name: 'chaos-provider' },
  registries: registriesAt(registry),
  protocol: { port, heartbeat: HEARTBEAT_MS },
  logger: { debug() {}, info() {}, warn: () => void logged++, error: () => void logged++ },
});
const handlers: Record<string, Handler> = {
  ping: () => 'pong',
  nextInt([value]) {
    calls++;
    return Number(value) + 1;
  },
  async sleep([ms]) {
    await wait(Number(ms));
    return 'slept';
  },
};
server.export(interop, new Map(Object.entries(handlers)));
const keepers: Record<string, Handler> = {
  store: ([parcel]) => parcel,
  keep: ([thing]) => thing,
  forget: () => undefined,
};
server.export(attic, new Map(Object.entries(keepers)));
await server.listen();
const control = await serveControl({ vitals, seen: () => ({ calls, logged }) }, { port: server.port });
process.once('SIGTERM', () => {
  control.unref();
  void server.close();
});
