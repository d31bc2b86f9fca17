import { describe, expect, it } from 'vitest';
import { DubboError, type DubboErrorCode, type DubboErrorOptions } from '../invocation/dubbo-error.js';
import type { Invocation } from '../invocation/invocation.js';
import { silent } from '../invocation/logger.js';
import { serviceRecord } from '../registry/service-record.js';
import type { Candidate } from './candidate.js';
import type { ClusterContext } from './cluster.js';
import { fixedDirectory } from './directory.js';
import { failover } from './failover.js';
import { random } from './random.js';

const invocation: Invocation = {
  service: { interface: 'com.acme.S' },
  method: { name: 'm', javaName: 'm', descriptor: '' },
  args: [],
  attachments: {},
  timeoutMs: undefined,
  oneway: false,
  context: new Map(),
};

type Behaviour = { code: DubboErrorCode; options?: DubboErrorOptions } | 'ok';

/** Providers by port that behave as told, and the ports that were called. */
function provided(behaviours: Record<number, Behaviour>, options: Partial<ClusterContext> = {}) {
  const calls: number[] = [];
  const records = Object.keys(behaviours).map((port) =>
    serviceRecord({ protocol: 'dubbo', host: 'h', port: Number(port), path: 'com.acme.S', parameters: {} }),
  );
  const directory = fixedDirectory(records, (record): Candidate => {
    const behaviour = behaviours[record.port]!;
    return {
      address: `h:${record.port}`,
      record,
      available: true,
      open: () => Promise.resolve(),
      close() {},
      invoke: async () => {
        calls.push(record.port);
        if (behaviour === 'ok') return { ok: true, value: record.port, attachments: {} };
        throw new DubboError(behaviour.code, 'as told', behaviour.options);
      },
    };
  });
  const invoke = failover({
    service: invocation.service,
    directory,
    balance: random,
    logger: silent,
    retries: () => 2,
    idempotent: () => false,
    compat: undefined,
    ...options,
  });
  return { invoke, calls };
}

const unsent = { code: 'network', options: { unsent: true } } as const;
const timeout = { code: 'timeout' } as const;

describe('failover', () => {
  it('goes to other providers first when a call cannot have run', async () => {
    for (let i = 0; i < 20; i++) {
      const { invoke, calls } = provided({ 1: unsent, 2: unsent, 3: 'ok' });
      expect(await invoke(invocation)).toMatchObject({ value: 3 });
      expect(new Set(calls).size).toBe(calls.length);
    }
  });

  it('sends again what the provider refused', async () => {
    const refused = { code: 'network', options: { refused: true } } as const;
    const { invoke, calls } = provided({ 1: refused });
    await expect(invoke(invocation)).rejects.toMatchObject({ refused: true });
    expect(calls).toHaveLength(3);
  });

  it('does not send again what may have run', async () => {
    const { invoke, calls } = provided({ 1: timeout, 2: timeout });
    await expect(invoke(invocation)).rejects.toMatchObject({ code: 'timeout' });
    expect(calls).toHaveLength(1);
  });

  it('sends again what may have run if the method says that this is harmless, or Java is asked for', async () => {
    for (const options of [{ idempotent: () => true }, { compat: 'java' as const }]) {
      const { invoke, calls } = provided({ 1: timeout, 2: timeout, 3: timeout }, options);
      await expect(invoke(invocation)).rejects.toMatchObject({ code: 'timeout' });
      expect(new Set(calls)).toEqual(new Set([1, 2, 3]));
    }
  });

  it('never sends again what cannot be written', async () => {
    const { invoke, calls } = provided({ 1: { code: 'serialization', options: { unsent: true } } });
    await expect(invoke(invocation)).rejects.toMatchObject({ code: 'serialization' });
    expect(calls).toHaveLength(1);
  });

  it('says what was tried', async () => {
    const { invoke } = provided({ 1: unsent, 2: unsent });
    await expect(invoke(invocation)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Failed to invoke the method m in the service com\.acme\.S\. Tried 3 times of the providers \[h:\d, h:\d\] \(2\/2\) from the registry url h:1;h:2 using the dubbo version 2\.0\.2\. Last error is: as told$/,
      ) as unknown,
    });
  });

  it('stops when the caller gives up', async () => {
    const { invoke, calls } = provided({ 1: unsent });
    await expect(invoke({ ...invocation, signal: AbortSignal.abort() })).rejects.toThrow('as told');
    expect(calls).toHaveLength(1);
  });

  it('tells that there is nobody', async () => {
    const { invoke } = provided({});
    await expect(invoke(invocation)).rejects.toMatchObject({
      code: 'no-invoker',
      rpcCode: 6,
      message: expect.stringContaining('No provider available for the service com.acme.S from registry url') as unknown,
    });
  });
});
