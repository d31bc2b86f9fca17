import { DubboInterface, contractOf, type Filter } from '@nestjs-dubbo/core';
import { java } from '@nestjs-dubbo/hessian';
import { describe, expect, it } from 'vitest';
import { tokenOf } from './reference-key.js';

@DubboInterface('com.acme.KeyService', { ping: { params: [], returns: java.void } })
abstract class KeyService {
  abstract ping(): Promise<void>;
}

@DubboInterface('com.acme.KeyService', { pong: { params: [], returns: java.void } })
abstract class Twin {
  abstract pong(): Promise<void>;
}

const contract = contractOf(KeyService);

describe('the token of a reference', () => {
  it('is readable, and the same for equal options in any order', () => {
    expect(tokenOf(contract, {})).toBe('DubboReference(com.acme.KeyService)');
    expect(tokenOf(contract, { version: '1', timeout: 5 })).toBe(
      'DubboReference(com.acme.KeyService {"timeout":5,"version":"1"})',
    );
    expect(tokenOf(contract, { timeout: 5, version: '1' })).toBe(tokenOf(contract, { version: '1', timeout: 5 }));
  });

  it('tells options, contracts and generic references apart', () => {
    const mock = () => 1;
    const filter: Filter = (next) => next;
    const tokens = [
      tokenOf(contract, {}),
      tokenOf(contractOf(Twin), {}),
      tokenOf('com.acme.KeyService', {}),
      tokenOf(contract, { mock }),
      tokenOf(contract, { mock: () => 1 }),
      tokenOf(contract, { filters: [filter] }),
      tokenOf(contract, { attachments: { a: 1n } }),
      tokenOf(contract, { attachments: { a: 1 } }),
      tokenOf(contract, { attachments: { a: new Date(0) } }),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokenOf(contract, { mock })).toBe(tokenOf(contract, { mock }));
    expect(tokenOf(contract, { filters: [filter] })).toBe(tokenOf(contract, { filters: [filter] }));
  });
});
