import { local, type RegistryFactory } from '@nestjs-dubbo/core';
import { zookeeper } from '@nestjs-dubbo/registry-zookeeper';

/** A registry as the arguments of a program name it: an address `zookeeper://…`, or the directory of a local one. */
export function registriesAt(registry: string | undefined): RegistryFactory[] {
  if (registry === undefined) return [];
  return [registry.startsWith('zookeeper://') ? zookeeper(registry) : local({ dir: registry })];
}
