import type { ServedCall } from './served-call.js';

/** A log line names this many methods at most. */
const MAX_METHODS = 20;

/**
 * Which methods run, how often and for how long, those with the longest call first, and who called the longest: what
 * `jstack` tells of a Java provider whose threads are used up.
 */
export function describeRunning(calls: Iterable<ServedCall>, now = Date.now()): string {
  const byMethod = new Map<string, ServedCall[]>();
  for (const call of calls) {
    const name = nameOf(call);
    const known = byMethod.get(name);
    if (known) known.push(call);
    else byMethod.set(name, [call]);
  }
  const groups = [...byMethod.values()].map((group) => group.sort((a, b) => a.startedAt - b.startedAt));
  groups.sort(([a], [b]) => a!.startedAt - b!.startedAt);
  const longest = groups[0]?.[0];
  if (!longest) return 'no call runs';
  const lines = groups.slice(0, MAX_METHODS).map((group) => describeGroup(group, now));
  const more = groups.length > MAX_METHODS ? ` and ${groups.length - MAX_METHODS} methods more` : '';
  const caller = `${longest.remoteApplication ?? 'an unknown application'} at ${longest.remoteAddress}`;
  return `${lines.join(', ')}${more}; the longest was called by ${caller}`;
}

function describeGroup(group: readonly ServedCall[], now: number): string {
  const longestMs = now - group[0]!.startedAt;
  const shortestMs = now - group.at(-1)!.startedAt;
  const duration = group.length === 1 ? `${longestMs} ms` : `${shortestMs} to ${longestMs} ms`;
  return `${nameOf(group[0]!)} ${group.length}x for ${duration}`;
}

function nameOf({ service, method }: ServedCall): string {
  return `${service.interface}.${method.javaName}`;
}
