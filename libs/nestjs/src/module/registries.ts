import { local, shareRegistry, type Registry, type RegistryFactory } from '@nestjs-dubbo/core';
import type { ZooKeeperOptions } from '@nestjs-dubbo/registry-zookeeper';

/** A registry whose package is loaded when the module is built. */
export interface RegistryLoader {
  load(): Promise<RegistryFactory>;
}

/** One registry as users give it. */
export type RegistryInput = string | RegistryFactory | RegistryLoader;

/**
 * A ZooKeeper registry: `zookeeper('h1:2181,h2:2181')`, address and options as in `@nestjs-dubbo/registry-zookeeper`. The
 * package is loaded when the module is built, and not before.
 */
export function zookeeper(address: string | readonly string[], options?: ZooKeeperOptions): RegistryLoader {
  return {
    async load() {
      const registry = await import('@nestjs-dubbo/registry-zookeeper');
      return registry.zookeeper(address, options);
    },
  };
}

/** What the option `registry` stands for. Throws a TypeError for an address of no known kind. */
export async function loadRegistries(
  registry: RegistryInput | readonly RegistryInput[] = 'local',
): Promise<RegistryFactory[]> {
  const inputs: readonly RegistryInput[] = isList(registry) ? registry : [registry];
  if (inputs.length === 0) throw new TypeError('DubboModule.registry is an empty list; leave it out for the local one');
  const factories = await Promise.all(inputs.map(load));
  return factories.map((open) => shareRegistry(checked(open)));
}

/** A factory that says what is wrong with what it opens: it is the user's. */
function checked(open: RegistryFactory): RegistryFactory {
  if (typeof open !== 'function')
    throw new TypeError(`DubboModule.registry loaded ${typeof open}, which opens no registry`);
  return (context) => {
    const registry: unknown = open(context);
    if (isRegistry(registry)) return registry;
    throw new TypeError(
      `DubboModule.registry opened ${registry === null ? 'null' : `a ${typeof registry}`}, which is no Registry: it must have ` +
        'address, register, unregister, subscribe and close',
    );
  };
}

function isRegistry(opened: unknown): opened is Registry {
  if (typeof opened !== 'object' || opened === null) return false;
  const registry = opened as Readonly<Record<string, unknown>>;
  return ['register', 'unregister', 'subscribe', 'close'].every((name) => typeof registry[name] === 'function');
}

function isList(registry: RegistryInput | readonly RegistryInput[]): registry is readonly RegistryInput[] {
  return Array.isArray(registry);
}

async function load(input: RegistryInput): Promise<RegistryFactory> {
  if (typeof input === 'function') return input;
  if (typeof input === 'object' && typeof input?.load === 'function') return input.load();
  if (input === 'local') return local();
  if (typeof input === 'string' && input.startsWith('zookeeper://')) return zookeeper(input).load();
  throw new TypeError(
    `DubboModule.registry is ${typeof input === 'string' ? `"${withoutSecret(input)}"` : `of type ${typeof input}`}; ` +
      `allowed: zookeeper('host:2181'), local(), 'zookeeper://host:2181', 'local', or a list of these`,
  );
}

function withoutSecret(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//***@');
}
