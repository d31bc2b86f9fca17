import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** A program started by a test, in a process group of its own, which ends when the test run ends, however that happens. */
export interface ProcessGroup {
  /** Of the program itself, as opposed to its guard. */
  readonly pid: number;
  /** What the program has written so far, both streams in order of arrival; the last 1 MiB of it. */
  output(): string;
  /** Resolves when the output matches; rejects with the output if the program ends or `timeoutMs` (default 30 s) passes before. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Sends a signal to the program alone. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the program has ended: its exit code, 128 + n after signal n. */
  readonly ended: Promise<number>;
  /** Ends the group: `SIGTERM`, after `graceMs` (default 5 s) `SIGKILL`. Idempotent. */
  stop(graceMs?: number): Promise<void>;
  /** Ends the group at once, as the loss of the machine would. Idempotent. */
  kill(): Promise<void>;
}

export interface SpawnGroupOptions {
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** By this variable the processes of one test run know each other. A run's global setup sets it before any worker starts. */
export const runMark = 'DUBBO_TEST_RUN';

/** By this one a program started by `spawnGroup`, and whatever it starts, is told from the test runner's own workers. */
const childMark = 'DUBBO_TEST_CHILD_OF';

// The guard leads the group. It reads its stdin, a pipe from us: when the pipe closes, because we closed it or were killed
// ourselves, it kills the whole group. It stays awake while the program is stopped by SIGSTOP. `read` is the shell's own:
// nothing of the guard outlives it.
const guard = `
exec 4<&0
"$@" </dev/null 3>&- 4<&- &
program=$!
echo $program >&3
exec 3>&-
( while read -r _; do :; done <&4; kill -KILL 0 ) >/dev/null 2>&1 &
watcher=$!
wait $program
code=$?
kill -KILL $watcher
exit $code
`;

/** Starts a program under a guard. POSIX only. Rejects if it cannot be started. */
export async function spawnGroup(
  command: string,
  args: readonly string[],
  options: SpawnGroupOptions = {},
): Promise<ProcessGroup> {
  const child = spawn('sh', ['-c', guard, 'sh', command, ...args], {
    cwd: options.cwd,
    env: { ...process.env, [childMark]: currentRun(), ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  // `close` comes after the last output, but not while a program that left the group holds our pipes.
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code) => {
      const timer = setTimeout(() => resolve(code ?? 128 + 9), 500);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(code ?? 128 + 9);
      });
    });
  });
  const pid = await readPid(child, command);
  let text = '';
  const readers = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text = (text + chunk).slice(-1_048_576);
      for (const reader of readers) reader();
    });
  }
  // The guard may be gone when we close its stdin.
  child.stdin!.on('error', () => {});
  let running = true;
  void ended.then(() => {
    running = false;
    for (const reader of readers) reader();
  });

  const signal = (name: NodeJS.Signals) => {
    if (running) signalIfAlive(pid, name);
  };
  const kill = async () => {
    if (running) signalIfAlive(-child.pid!, 'SIGKILL');
    await ended;
  };

  return {
    pid,
    ended,
    output: () => text,
    signal,
    kill,
    async stop(graceMs = 5_000) {
      signal('SIGTERM');
      signal('SIGCONT');
      const timer = setTimeout(() => void kill(), graceMs);
      await ended;
      clearTimeout(timer);
    },
    waitFor(pattern, timeoutMs = 30_000) {
      return new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          readers.delete(look);
          clearTimeout(timer);
          finish();
        };
        const fail = (why: string) =>
          settle(() => reject(new Error(`${command}: ${why} before ${pattern} was seen; its output:\n${text}`)));
        const look = () => {
          const match = pattern.exec(text);
          if (match) settle(() => resolve(match));
          else if (!running) fail('it ended');
        };
        const timer = setTimeout(() => fail(`${timeoutMs} ms passed`), timeoutMs);
        readers.add(look);
        look();
      });
    },
  };
}

function readPid(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', (cause) => reject(new Error(`Cannot start ${command}`, { cause })));
    child.stdio[3]!.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('\n')) resolve(Number(text));
    });
    child.stdio[3]!.once('close', () => reject(new Error(`Cannot start ${command}: its guard ended`)));
  });
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function currentRun(): string {
  return (process.env[runMark] ??= randomUUID());
}

/**
 * What is still alive of the programs of this test run, and of what they have started, as `pid command`. It looks at the
 * environment of every process, so a program that left its group is found too. Linux only: elsewhere always empty.
 */
export async function survivors(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const mark = `${childMark}=${currentRun()}`;
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const [environment, command] = await Promise.all(
      ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    );
    if (environment!.split('\0').includes(mark)) found.push(`${pid} ${command!.replaceAll('\0', ' ').trim()}`);
  }
  return found;
}
