import { describe, expect, it } from 'vitest';
import { silent } from '../invocation/logger.js';
import { connecting, type Registry, type RegistrySnapshot } from '../registry/registry.js';
import { parseServiceUrl, type ServiceRecord } from '../registry/service-record.js';
import { RegistryDirectory } from './directory.js';

const S = 'com.acme.S';
const provider = (port: number, query = ''): ServiceRecord =>
  parseServiceUrl(`dubbo://10.0.0.1:${port}/${S}?interface=${S}${query}`);

/** A registry whose snapshots the test gives. */
function told() {
  let tell: (snapshot: RegistrySnapshot) => void = () => {};
  const registry: Registry = {
    address: 'told',
    register: () => Promise.resolve(),
    unregister: () => Promise.resolve(),
    subscribe: (_interface, listener) => {
      tell = listener;
      return { close() {} };
    },
    close: () => Promise.resolve(),
  };
  const show = (...providers: ServiceRecord[]): void => tell({ ...connecting, providers, state: 'live' });
  return { registry, show };
}

function directoryOf(...registries: Registry[]) {
  const log: string[] = [];
  const make = (record: ServiceRecord) => {
    const name = `${record.port}@${record.parameters['timestamp'] ?? ''}`;
    log.push(`make ${name}`);
    return {
      address: `h:${record.port}`,
      record,
      available: true,
      open: () => Promise.resolve(),
      invoke: () => Promise.reject(new Error('not called')),
      close: () => void log.push(`close ${name}`),
    };
  };
  return { directory: new RegistryDirectory({ interface: S }, registries, make, silent), log };
}

const ports = (directory: RegistryDirectory): number[] => directory.candidates.map(({ record }) => record.port);

describe('RegistryDirectory', () => {
  it('follows a registry by difference', () => {
    const { registry, show } = told();
    const { directory, log } = directoryOf(registry);
    show(provider(1), provider(2));
    const [first] = directory.candidates;
    show(provider(1), provider(3));
    expect(directory.candidates[0]).toBe(first);
    expect(ports(directory)).toEqual([1, 3]);
    expect(log).toEqual(['make 1@', 'make 2@', 'make 3@', 'close 2@']);
  });

  it('takes the younger of two records of one provider, and makes it before it closes the older', () => {
    const { registry, show } = told();
    const { directory, log } = directoryOf(registry);
    show(provider(1, '&timestamp=10'));
    show(provider(1, '&timestamp=20'), provider(1, '&timestamp=10'));
    show(provider(1, '&timestamp=20'));
    expect(directory.candidates).toHaveLength(1);
    expect(log).toEqual(['make 1@10', 'make 1@20', 'close 1@10']);
  });

  it('shows a provider of two registries once, until both have dropped it', () => {
    const [a, b] = [told(), told()];
    const { directory } = directoryOf(a.registry, b.registry);
    expect(directory.known).toBe(false);
    a.show(provider(1));
    b.show(provider(1), provider(2));
    expect(ports(directory)).toEqual([1, 2]);
    a.show();
    expect(ports(directory)).toEqual([1, 2]);
    b.show();
    expect([ports(directory), directory.known]).toEqual([[], true]);
  });

  it('explains what it shows', () => {
    const { registry, show } = told();
    const { directory } = directoryOf(registry);
    expect(directory.explain()).toBe(`Looked for ${S}. told has not answered yet.`);
    show(provider(1, '&version=2.0'));
    expect(directory.explain()).toBe(
      `Looked for ${S}. told shows 1 of ${S}: dubbo://10.0.0.1:1: its version is "2.0", none is wanted.`,
    );
  });
});
