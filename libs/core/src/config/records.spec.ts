import { expect, it } from 'vitest';
import { java } from '@nestjs-dubbo/hessian';
import { contractOf } from '../contract/contract.js';
import { DubboInterface } from '../contract/dubbo-interface.js';
import { providerRecord } from './records.js';

@DubboInterface('com.acme.Line', { say: { params: [java.string], returns: java.string } })
abstract class Line {
  abstract say(text: string): Promise<string>;
}

it('publishes what consumers have to know of the port, where it is not the default', () => {
  const parts = {
    application: { name: 'line' },
    contract: contractOf(Line),
    id: { interface: 'com.acme.Line', group: '', version: '' },
    service: {},
    provider: {},
    host: '127.0.0.1',
    port: 20880,
    startedAt: 0,
  };
  const { parameters } = providerRecord({ ...parts, heartbeat: 2_000, payload: 1_024 });
  expect(parameters).toMatchObject({ heartbeat: '2000', payload: '1024' });
  const plain = Object.keys(providerRecord(parts).parameters);
  expect(plain.filter((key) => key === 'heartbeat' || key === 'payload')).toEqual([]);
});
