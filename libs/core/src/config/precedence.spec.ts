import { describe, expect, it } from 'vitest';
import { serviceRecord } from '../registry/service-record.js';
import { effective, effectiveFlag, timeoutOf, type CallSources } from './precedence.js';

const method = { name: 'findByName', javaName: 'find', descriptor: '' };

function sources(levels: number[], value = (level: number): number => level * 100): CallSources {
  const has = (level: number): boolean => levels.includes(level);
  const parameters: Record<string, string> = {};
  if (has(2)) parameters['find.timeout'] = String(value(2));
  if (has(4)) parameters['timeout'] = String(value(4));
  if (has(6)) {
    parameters['default.timeout'] = String(value(6));
    parameters['timeout'] ??= String(value(6));
  }
  return {
    method,
    record: serviceRecord({ protocol: 'dubbo', host: 'h', port: 1, path: 'S', parameters }),
    reference: {
      ...(has(3) ? { timeout: value(3) } : {}),
      ...(has(1) ? { methods: { findByName: { timeout: value(1) } } } : {}),
    },
    consumer: has(5) ? { timeout: value(5) } : {},
  };
}

describe('effective', () => {
  it('takes the highest of the six levels that gives a value', () => {
    const names = [
      'consumer method',
      'provider method',
      'consumer interface',
      'provider interface',
      'consumer global',
      'provider global',
    ];
    for (let mask = 1; mask < 64; mask++) {
      const levels = [1, 2, 3, 4, 5, 6].filter((level) => mask & (1 << (level - 1)));
      const given = sources(levels);
      expect(effective(given, 'timeout')?.level).toBe(names[levels[0]! - 1]);
      expect(timeoutOf(given)).toBe(levels[0]! * 100);
    }
  });

  it('falls back to 1000 ms, also from a timeout that is none', () => {
    expect(timeoutOf(sources([]))).toBe(1000);
    expect(timeoutOf(sources([3], () => 0))).toBe(1000);
    expect(timeoutOf(sources([3], () => -1))).toBe(1000);
  });

  it('reads flags that travelled as text', () => {
    const record = serviceRecord({
      protocol: 'dubbo',
      host: 'h',
      port: 1,
      path: 'S',
      parameters: { idempotent: 'true' },
    });
    expect(effectiveFlag({ ...sources([]), record }, 'idempotent')).toBe(true);
  });
});
