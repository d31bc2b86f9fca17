import { createClient, type ReferenceOptions } from '@nestjs-dubbo/core';
import { InteropService, interop } from '../contract.js';
import { serveControl } from '../control.js';
import { HEARTBEAT_MS } from '../form.js';
import { Load, type LoadReport } from '../load.js';
import { registriesAt } from '../registries.js';
import { vitals } from '../vitals.js';
import type { ConsumerArguments } from '../peers.js';

/** Calls providers at a steady rate until it is told to close, and ends by itself then. */
const { registry, url, callsPerSecond, timeoutMs, clients: count } = JSON.parse(process.argv[2]!) as ConsumerArguments;
const clients = Array.from({ length: count }, () =>
  createClient({
    application: { name: 'chaos-consumer' },
    registries: registriesAt(registry),
    consumer: { heartbeat: HEARTBEAT_MS },
  }),
);
const options: ReferenceOptions = { timeout: timeoutMs, retries: 0, ...(url === undefined ? {} : { url }) };
const callees = clients.map((client) => client.refer<InteropService>(interop, options));
let load = new Load(callees, callsPerSecond, timeoutMs);

const control = await serveControl({
  /** Answers when a call of each client was answered: the first ones also connect. */
  call: () => Promise.all(callees.map((callee) => callee.ping())),
  go: () => load.start(),
  report: () => load.report,
  vitals,
  rest,
  async close() {
    const report = await rest();
    await Promise.all(clients.map((client) => client.close()));
    control.unref();
    return report;
  },
});

/** What became of the calls since the last rest. */
async function rest(): Promise<LoadReport> {
  await load.rest();
  const { report } = load;
  load = new Load(callees, callsPerSecond, timeoutMs);
  return report;
}
