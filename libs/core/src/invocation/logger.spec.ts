import { afterEach, describe, expect, it, vi } from 'vitest';
import { limitingWarnings, silent } from './logger.js';

describe('limitingWarnings', () => {
  afterEach(() => void vi.useRealTimers());

  it('lets one warning of a kind through in 10 s, and counts the rest', () => {
    vi.useFakeTimers();
    const lines: string[] = [];
    const logger = limitingWarnings({ ...silent, warn: (line) => lines.push(line), error: (line) => lines.push(line) });
    for (let i = 0; i < 5; i++) logger.warn(`late answer ${i}`);
    logger.warn('another');
    logger.error('down');
    logger.error('down');
    vi.advanceTimersByTime(10_000);
    logger.warn('late answer 5');
    expect(lines).toEqual(['late answer 0', 'another', 'down', 'down', 'late answer 5 (and 4 more like it before)']);
  });

  it('lets 100 warnings of all kinds through in 10 s, and counts the rest', () => {
    vi.useFakeTimers();
    const lines: string[] = [];
    const logger = limitingWarnings({ ...silent, warn: (line) => lines.push(line) });
    for (let i = 0; i < 250; i++) logger.warn(`hostile ${'x'.repeat(i)}`);
    expect(lines).toHaveLength(100);
    vi.advanceTimersByTime(10_000);
    logger.warn('another');
    logger.warn('and one more');
    expect(lines.slice(100)).toEqual(['another (and 150 other warnings before)', 'and one more']);
  });
});
