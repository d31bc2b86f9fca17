// Long, but a list: one test per promise of the Registry interface.
import {
  parseServiceUrl,
  type Registry,
  type RegistryContext,
  type RegistrySnapshot,
  serviceRecord,
  type ServiceRecord,
  silent,
} from '@nestjs-dubbo/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

/** A registry for the suite, empty at first. */
export interface RegistryUnderTest {
  /** Opens it as one more application would. */
  open(context: RegistryContext): Registry;
  /** Takes away whatever it was made of. */
  remove(): Promise<void>;
}

/** What a listener was told. */
export interface Followed {
  readonly snapshots: RegistrySnapshot[];
  /** What is known at present: `host:port` of the providers, sorted. */
  providers(): string[];
  latest(): RegistrySnapshot | undefined;
  close(): void;
}

/** Subscribes and keeps what comes. */
export function follow(registry: Registry, serviceInterface: string): Followed {
  const snapshots: RegistrySnapshot[] = [];
  const subscription = registry.subscribe(serviceInterface, (snapshot) => snapshots.push(snapshot));
  const latest = () => snapshots.at(-1);
  return {
    snapshots,
    latest,
    providers: () => (latest()?.providers ?? []).map(({ host, port }) => `${host}:${port}`).sort(),
    close: () => subscription.close(),
  };
}

/** A provider of an interface on a port of 10.0.0.1, with whatever parameters. */
export function provider(
  serviceInterface: string,
  port: number,
  parameters: Record<string, string> = {},
): ServiceRecord {
  const common = { interface: serviceInterface, side: 'provider', application: 'suite' };
  return serviceRecord({ protocol: 'dubbo', host: '10.0.0.1', port, parameters: { ...common, ...parameters } });
}

const withinMs = { timeout: 5_000, interval: 10 };

/** What any registry must do, whatever it is made of. `create` runs once, before all. */
export function registryConformance(
  name: string,
  create: () => Promise<RegistryUnderTest>,
  createTimeoutMs = 60_000,
): void {
  describe(`${name}, as any registry`, () => {
    let made: RegistryUnderTest;
    let opened: Registry[] = [];
    let unique = 0;
    const open = () => {
      const registry = made.open({ application: 'suite', logger: silent });
      opened.push(registry);
      return registry;
    };
    const newInterface = () => `com.acme.Service${++unique}`;

    beforeAll(async () => {
      made = await create();
    }, createTimeoutMs);
    afterEach(async () => {
      await Promise.all(opened.map((registry) => registry.close()));
      opened = [];
    });
    afterAll(() => made?.remove());

    it('shows to others what one registered, to the last character', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const odd = 'a b+c%2B~!\'()*-._/é😀"\\';
      const record = provider(name, 1, { odd, group: 'g', version: '1.0', methods: 'a,b', empty: '' });
      await one.register(record);
      const seen = follow(other, name);
      await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:1']);
      expect(seen.latest()!.providers[0]).toEqual(record);
      expect(seen.latest()!.state).toBe('live');
    });

    it('shows all groups and versions of an interface, and nothing of another', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const seen = follow(other, name);
      await Promise.all([
        one.register(provider(name, 1)),
        one.register(provider(name, 2, { group: 'g' })),
        one.register(provider(name, 3, { version: '2.0' })),
        one.register(provider(newInterface(), 4)),
        one.register(provider(`${name}.Other`, 5)),
      ]);
      await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:1', '10.0.0.1:2', '10.0.0.1:3']);
    });

    it('tells an empty list as soon as it knows that nobody is there, but not within subscribe', async () => {
      const registry = open();
      const seen = follow(registry, newInterface());
      expect(seen.snapshots).toEqual([]);
      await expect
        .poll(seen.latest, withinMs)
        .toMatchObject({ state: 'live', providers: [], configurators: [], routers: [] });
    });

    it('keeps the categories apart', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const rule = (text: string) => parseServiceUrl(text.replace('NAME', name));
      await one.register(rule('consumer://10.0.0.2/NAME?category=consumers&side=consumer'));
      await one.register(rule('override://0.0.0.0/NAME?category=configurators&timeout=7'));
      await one.register(rule('condition://0.0.0.0/NAME?category=routers&rule=host%3D10.0.0.1'));
      const seen = follow(other, name);
      await expect
        .poll(() => [seen.latest()?.configurators.length, seen.latest()?.routers.length], withinMs)
        .toEqual([1, 1]);
      expect(seen.providers()).toEqual([]);
      expect(seen.latest()!.configurators[0]!.parameters['timeout']).toBe('7');
      expect(seen.latest()!.routers[0]!.parameters['rule']).toBe('host%3D10.0.0.1');
    });

    it('takes back what is unregistered', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const seen = follow(other, name);
      await one.register(provider(name, 1));
      await one.register(provider(name, 2));
      await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:1', '10.0.0.1:2']);
      await one.unregister(provider(name, 1));
      await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:2']);
    });

    it('lets unregister win over a register still under way', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const registered = one.register(provider(name, 1)).catch((error: unknown) => error);
      await one.unregister(provider(name, 1));
      await registered;
      await one.register(provider(name, 2));
      const seen = follow(other, name);
      await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:2']);
    });

    it('counts a record registered twice once, and minds no unregister of an unknown one', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const seen = follow(other, name);
      await Promise.all([one.register(provider(name, 1)), one.register(provider(name, 1))]);
      await one.register(provider(name, 1));
      await one.unregister(provider(name, 9));
      await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:1']);
      await one.unregister(provider(name, 1));
      await expect.poll(seen.providers, withinMs).toEqual([]);
    });

    it('registers again what was unregistered', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const seen = follow(other, name);
      for (let round = 0; round < 3; round++) {
        await one.register(provider(name, 1));
        await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:1']);
        await one.unregister(provider(name, 1));
        await expect.poll(seen.providers, withinMs).toEqual([]);
      }
    });

    it('hands on unchanged records and lists as the same objects', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      await one.register(provider(name, 1));
      const seen = follow(other, name);
      await expect.poll(seen.providers, withinMs).toHaveLength(1);
      const before = seen.latest()!;
      await one.register(provider(name, 2));
      await expect.poll(seen.providers, withinMs).toHaveLength(2);
      const after = seen.latest()!;
      expect(after.providers).toContain(before.providers[0]);
      expect(after.configurators).toBe(before.configurators);
      expect(after.providers).not.toBe(before.providers);
      expect(Object.isFrozen(after) && Object.isFrozen(after.providers)).toBe(true);
    });

    it('tells every listener, a late one at once, and none after close', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const first = follow(other, name);
      other.subscribe(name, () => {
        throw new Error('a listener that throws disturbs nobody');
      });
      await one.register(provider(name, 1));
      await expect.poll(first.providers, withinMs).toHaveLength(1);
      const late = follow(other, name);
      await expect.poll(late.providers, withinMs).toHaveLength(1);
      const told = first.snapshots.length;
      first.close();
      first.close();
      await one.register(provider(name, 2));
      await expect.poll(late.providers, withinMs).toHaveLength(2);
      expect(first.snapshots).toHaveLength(told);
    });

    it('can be subscribed again after the last listener left', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const first = follow(other, name);
      await one.register(provider(name, 1));
      await expect.poll(first.providers, withinMs).toHaveLength(1);
      first.close();
      await one.register(provider(name, 2));
      const second = follow(other, name);
      await expect.poll(second.providers, withinMs).toHaveLength(2);
      await one.unregister(provider(name, 1));
      await expect.poll(second.providers, withinMs).toEqual(['10.0.0.1:2']);
    });

    it('ends with all it registered, and only that', async () => {
      const [one, two, other] = [open(), open(), open()];
      const name = newInterface();
      const seen = follow(other, name);
      await Promise.all([one.register(provider(name, 1)), two.register(provider(name, 2))]);
      await expect.poll(seen.providers, withinMs).toHaveLength(2);
      await Promise.all([one.close(), one.close()]);
      await expect.poll(seen.providers, withinMs).toEqual(['10.0.0.1:2']);
      await one.close();
      await expect(one.register(provider(name, 3))).rejects.toMatchObject({ code: 'registry' });
      expect(() => one.subscribe(name, () => {})).toThrow('closed');
    });

    it('may be closed right after it was opened', async () => {
      const registry = open();
      const name = newInterface();
      const registered = registry.register(provider(name, 1)).catch((error: unknown) => error);
      registry.subscribe(name, () => {});
      await registry.close();
      await registered;
      const seen = follow(open(), name);
      await expect.poll(seen.latest, withinMs).toMatchObject({ providers: [] });
    });

    it('keeps up with many that come and go at once', async () => {
      const [one, other] = [open(), open()];
      const name = newInterface();
      const seen = follow(other, name);
      const records = Array.from({ length: 100 }, (_, index) => provider(name, index + 1));
      await Promise.all(records.map((record) => one.register(record)));
      await expect.poll(() => seen.providers().length, withinMs).toBe(100);
      await Promise.all(records.filter(({ port }) => port % 2 === 0).map((record) => one.unregister(record)));
      await expect.poll(() => seen.providers().length, withinMs).toBe(50);
      expect(seen.latest()!.providers.every(({ port }) => port % 2 === 1)).toBe(true);
    });
  });
}
