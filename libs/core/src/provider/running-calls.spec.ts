import { describe, expect, it } from 'vitest';
import { describeRunning } from './running-calls.js';
import { ServedCall } from './served-call.js';

const connection = { remoteAddress: '10.0.0.9:4711', localAddress: '10.0.0.1:20880' };

function running(javaName: string, attachments = {}): ServedCall {
  const method = { name: javaName, javaName, descriptor: '' };
  const service = { interface: 'com.acme.Shop' };
  return new ServedCall({ service, method, args: [], attachments, oneway: false, connection, arrivedAt: Date.now() });
}

describe('describeRunning', () => {
  it('names the methods, how often and how long each runs, and who called the longest', () => {
    const first = running('find', { 'remote.application': 'shop-web' });
    const calls = [first, running('buy'), running('find')];
    expect(describeRunning(calls, first.startedAt + 5_000)).toMatch(
      /^com\.acme\.Shop\.find 2x for (4\d{3}|5000) to 5000 ms, com\.acme\.Shop\.buy 1x for (4\d{3}|5000) ms; the longest was called by shop-web at 10\.0\.0\.9:4711$/,
    );
    expect(describeRunning([])).toBe('no call runs');
  });
});
