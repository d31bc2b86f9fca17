import { describe, expect, it } from 'vitest';
import { serviceRecord } from '../registry/service-record.js';
import { weightOf } from './weight.js';

function provider(parameters: Record<string, string>) {
  return serviceRecord({ protocol: 'dubbo', host: '10.0.0.1', port: 20880, path: 'com.acme.S', parameters });
}

describe('weightOf', () => {
  const now = 10_000_000;

  it('is 100 unless the provider says otherwise', () => {
    expect(weightOf(provider({}), 'm', now)).toBe(100);
    expect(weightOf(provider({ weight: '7' }), 'm', now)).toBe(7);
    expect(weightOf(provider({ weight: '7', 'm.weight': '3' }), 'm', now)).toBe(3);
    expect(weightOf(provider({ weight: 'much' }), 'm', now)).toBe(100);
    expect(weightOf(provider({ weight: '-5' }), 'm', now)).toBe(0);
  });

  it.each([
    [0, 100],
    [-1, 1],
    [1, 1],
    [60_000, 10],
    [300_000, 50],
    [599_999, 99],
    [600_000, 100],
  ])('grows while the provider warms up: %i ms after its start it is %i', (uptime, weight) => {
    expect(weightOf(provider({ timestamp: String(now - uptime) }), 'm', now)).toBe(weight);
  });

  it('takes the warm-up that the provider gives', () => {
    expect(weightOf(provider({ timestamp: String(now - 50), warmup: '100', weight: '10' }), 'm', now)).toBe(5);
  });
});
