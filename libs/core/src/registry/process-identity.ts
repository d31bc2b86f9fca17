import { readFileSync, readlinkSync } from 'node:fs';

/** Tells a process from a later one that got the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Where pids mean the same (boot and pid namespace), and when the process began; null where the system does not tell: macOS, Windows. */
  readonly start: { readonly scope: string; readonly time: string } | null;
}

/** How old a sign of life may be where a process cannot be looked at. Three missed heartbeats. */
export const maxHeartbeatAgeMs = 15_000;

/** Who we are. */
export function thisProcess(): ProcessIdentity {
  const time = startTime(process.pid);
  const scope = processScope();
  return { pid: process.pid, start: time && scope ? { scope, time } : null };
}

/**
 * Whether a process still runs. On Linux the kernel knows, exactly and at once. Elsewhere, and of a process in another container, a
 * pid in use proves little: `unknown` means that its last sign of life, no older than `maxHeartbeatAgeMs`, decides.
 */
export function lifeOf(process: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (!process.start) return exists(process.pid) ? 'unknown' : 'dead';
  if (process.start.scope !== processScope()) return 'unknown';
  return startTime(process.pid) === process.start.time ? 'alive' : 'dead';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

let scope: string | undefined;

function processScope(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return (scope ??= `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`);
  } catch {
    return undefined;
  }
}

/** Clock ticks from boot to the start of a process (proc(5), field 22 of stat); undefined if it does not run, or no more. */
function startTime(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    // The second field, the program's name in parentheses, may hold anything.
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ended = state === 'Z' || state === 'X';
    return ended ? undefined : fields[18];
  } catch {
    return undefined;
  }
}
