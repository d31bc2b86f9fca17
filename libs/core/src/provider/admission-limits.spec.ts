import { describe, expect, it } from 'vitest';
import type { AdmissionOptions } from '../config/options.js';
import { admissionLimits } from './admission-limits.js';

const never = { eventLoopDelayMs: Infinity };

describe('admission limits', () => {
  it.each<[AdmissionOptions, { threads: number; queues: number }]>([
    [{}, { threads: 200, queues: 0 }],
    [
      { threads: 5, queues: 7 },
      { threads: 5, queues: 7 },
    ],
    [{ queues: -1 }, { threads: 200, queues: Infinity }],
    [
      { threadpool: 'fixed', dispatcher: 'all' },
      { threads: 200, queues: 0 },
    ],
    [{ threadpool: 'limited' }, { threads: 200, queues: 0 }],
    [{ threadpool: 'cached' }, { threads: Infinity, queues: 0 }],
    [
      { threadpool: 'cached', threads: 3, queues: 4 },
      { threads: 3, queues: 4 },
    ],
    [
      { threadpool: 'eager', threads: 3 },
      { threads: 3, queues: 1 },
    ],
    [
      { threadpool: 'eager', threads: 3, queues: -1 },
      { threads: 3, queues: 1 },
    ],
    [
      { threadpool: 'eager', queues: 9 },
      { threads: Infinity, queues: 9 },
    ],
    [
      { dispatcher: 'message', threads: 2 },
      { threads: 2, queues: 0 },
    ],
    [{ dispatcher: 'direct' }, { threads: Infinity, queues: 0 }],
  ])('of %o are %o', (options, limits) => {
    expect(admissionLimits(options)).toEqual({ ...limits, ...never });
  });

  it.each<[object, string]>([
    [
      { threadpool: 'virtual' },
      `provider.threadpool is "virtual"; allowed: 'fixed', 'limited', 'cached', 'eager'. All`,
    ],
    [{ threadpool: 'toString' }, 'provider.threadpool is "toString"'],
    [
      { dispatcher: 'ordered' },
      `provider.dispatcher is "ordered"; allowed: 'all', 'message', 'execution', 'connection'`,
    ],
    [{ dispatcher: 'direct', queues: 5 }, `provider.queues has no effect with dispatcher 'direct'`],
    [{ threads: 0 }, 'provider.threads is 0; allowed: an integer from 1'],
    [{ queues: 1.5 }, 'provider.queues is 1.5; allowed: an integer'],
    [{ eventLoopDelay: -1 }, 'provider.eventLoopDelay is -1; allowed: an integer from 1'],
  ])('are refused for %o', (options, message) => {
    expect(() => admissionLimits(options as AdmissionOptions)).toThrow(message);
  });
});
