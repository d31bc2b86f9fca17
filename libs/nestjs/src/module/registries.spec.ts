import { local, type RegistryFactory } from '@nestjs-dubbo/core';
import { describe, expect, it } from 'vitest';
import { loadRegistries, zookeeper } from './registries.js';

describe('the option registry', () => {
  it('takes factories, loaders, addresses and lists of them', async () => {
    for (const input of [undefined, 'local', local(), zookeeper('127.0.0.1:1'), 'zookeeper://127.0.0.1:1']) {
      expect(await loadRegistries(input)).toEqual([expect.any(Function)]);
    }
    expect(await loadRegistries(['local', zookeeper(['h1:1', 'h2:1'])])).toHaveLength(2);
  });

  it('opens nothing by itself', async () => {
    let opened = 0;
    const factory: RegistryFactory = () => {
      opened++;
      throw new Error('opened');
    };
    const [shared] = await loadRegistries(factory);
    expect(opened).toBe(0);
    expect(shared).toThrow('opened');
  });

  it('refuses other addresses without telling their secrets', async () => {
    await expect(loadRegistries('nacos://me:secret@h')).rejects.toThrow('DubboModule.registry is "nacos://***@h"');
    await expect(loadRegistries(5 as never)).rejects.toThrow(
      'DubboModule.registry is of type number; allowed: zookeeper(',
    );
    await expect(loadRegistries([])).rejects.toThrow('empty list');
    await expect(loadRegistries('zookeeper://')).rejects.toThrow(/ZooKeeper/);
  });
});
