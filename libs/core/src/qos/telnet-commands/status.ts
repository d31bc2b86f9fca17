import { availableParallelism, loadavg } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { takeFlag, type Command } from '../command.js';
import type { ServerView } from '../server-view.js';
import { leftTable } from '../table.js';

type Level = 'OK' | 'WARN' | 'ERROR';

interface Resource {
  readonly name: string;
  readonly level: Level;
  readonly message: string;
}

/** Says how the process and its server are; with `-l` each resource by itself. */
export const status: Command = {
  name: 'status',
  parameter: '[-l]',
  summary: 'Show status.',
  run: (args, { server }) => {
    const resources = [load(), memory(), serving(server)];
    const worst = (['ERROR', 'WARN'] as const).find((level) => resources.some((each) => each.level === level)) ?? 'OK';
    if (!takeFlag('-l', args).given) return worst;
    const bad = resources.filter(({ level }) => level !== 'OK').map(({ name }) => name);
    const rows = resources.map(({ name, level, message }) => [name, level, message]);
    return leftTable([['resource', 'status', 'message'], ...rows, ['summary', worst, bad.join(',')]]);
  },
};

function load(): Resource {
  const [average = 0] = loadavg();
  const cpus = availableParallelism();
  return { name: 'load', level: average < cpus ? 'OK' : 'WARN', message: `load:${average.toFixed(2)},cpu:${cpus}` };
}

/** From this share of the heap that V8 may take on, it does little but collect garbage. */
const FULL = 0.9;

function memory(): Resource {
  const { heap_size_limit: max, total_heap_size: total, used_heap_size: used } = getHeapStatistics();
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)}M`;
  const message = `max:${megabytes(max)},total:${megabytes(total)},used:${megabytes(used)},free:${megabytes(max - used)}`;
  return { name: 'memory', level: used < max * FULL ? 'OK' : 'WARN', message };
}

function serving({ address, connections, phase }: ServerView): Resource {
  const message = `/${address.host}:${address.port}(clients:${[...connections].length})`;
  return { name: 'server', level: phase === 'started' ? 'OK' : 'WARN', message };
}
