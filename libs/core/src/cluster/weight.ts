import { parameterOf, type ServiceRecord } from '../registry/service-record.js';

const DEFAULT_WEIGHT = 100;
const DEFAULT_WARMUP_MS = 600_000;

/**
 * A provider's share of the calls of one method now: its weight, and while it warms up a part of it that grows with its
 * uptime (source: org.apache.dubbo AbstractLoadBalance; single-precision division as there).
 */
export function weightOf(record: ServiceRecord, method: string, now: number): number {
  const own = record.parameters[`${method}.weight`];
  const weight = Math.max(0, number(own ?? parameterOf(record, 'weight'), DEFAULT_WEIGHT));
  const startedAt = number(record.parameters['timestamp'], 0);
  if (weight === 0 || startedAt === 0) return weight;
  const uptime = now - startedAt;
  if (uptime < 0) return 1;
  const warmup = number(parameterOf(record, 'warmup'), DEFAULT_WARMUP_MS);
  if (uptime === 0 || uptime >= warmup) return weight;
  const warm = Math.trunc(Math.fround(uptime / Math.fround(Math.fround(warmup) / Math.fround(weight))));
  return Math.min(weight, Math.max(1, warm));
}

function number(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? fallback : Math.trunc(value);
}
