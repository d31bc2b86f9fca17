import type { Filter, Invocation, Result } from '../invocation/invocation.js';
import { serviceKey, type ServiceId } from '../invocation/method.js';
import { toJson } from './json.js';

/** The calls of one method since the process started; times in milliseconds. */
export interface CallCount {
  total: number;
  failed: number;
  active: number;
  elapsedMs: number;
  maxMs: number;
}

/** Who wants to see the next calls of a service. */
export interface Tracer {
  /** Keys of the services. */
  readonly services: ReadonlySet<string>;
  /** Java name of the method; undefined: all of them. */
  readonly method: string | undefined;
  /** How many calls it still wants. */
  left: number;
  /** Takes one call as text. */
  readonly report: (text: string) => void;
  /** Nobody reads any more. */
  readonly closed: () => boolean;
}

const MAX_TRACERS = 20;

/** Counts the calls of a server and shows the next ones to whoever asks. Only a server with operators pays for it. */
export class CallWatch {
  readonly #callerOf: (invocation: Invocation) => string;
  readonly #counts = new Map<string, Map<string, CallCount>>();
  readonly #tracers = new Set<Tracer>();

  /** @param callerOf the address of who calls, `host:port` */
  constructor(callerOf: (invocation: Invocation) => string) {
    this.#callerOf = callerOf;
  }

  /** Watches the calls of one service; inside the generic filter, so that methods have their own names. */
  filter(id: ServiceId): Filter {
    const key = serviceKey(id);
    const counts = new Map<string, CallCount>();
    this.#counts.set(key, counts);
    return (next) => async (invocation) => {
      const count = countOf(counts, invocation.method.javaName);
      const startedAt = performance.now();
      count.total++;
      count.active++;
      let result: Result | undefined;
      try {
        result = await next(invocation);
        return result;
      } finally {
        const elapsedMs = performance.now() - startedAt;
        count.active--;
        if (!result?.ok) count.failed++;
        count.elapsedMs += elapsedMs;
        count.maxMs = Math.max(count.maxMs, elapsedMs);
        if (this.#tracers.size > 0) this.#trace(key, invocation, result, elapsedMs);
      }
    };
  }

  count(id: ServiceId, javaName: string): Readonly<CallCount> {
    return countOf(this.#counts.get(serviceKey(id)) ?? new Map<string, CallCount>(), javaName);
  }

  /** Until it has seen as many calls as it wants, or nobody reads any more. False if too many want that. */
  trace(tracer: Tracer): boolean {
    for (const each of this.#tracers) if (each.closed()) this.#tracers.delete(each);
    if (this.#tracers.size >= MAX_TRACERS) return false;
    this.#tracers.add(tracer);
    return true;
  }

  #trace(key: string, invocation: Invocation, result: Result | undefined, elapsedMs: number): void {
    for (const tracer of this.#tracers) {
      if (tracer.closed()) this.#tracers.delete(tracer);
      else if (
        tracer.services.has(key) &&
        (tracer.method ?? invocation.method.javaName) === invocation.method.javaName
      ) {
        if (--tracer.left <= 0) this.#tracers.delete(tracer);
        tracer.report(`/${this.#callerOf(invocation)} -> ${describe(invocation, result, elapsedMs)}`);
      }
    }
  }
}

/** Wording of Dubbo's TraceFilter. */
function describe({ service, method, args }: Invocation, result: Result | undefined, elapsedMs: number): string {
  const given = toJson(args).slice(1, -1);
  const outcome = !result ? 'refused' : result.ok ? toJson(result.value) : String(result.exception);
  const elapsed = `elapsed: ${Math.round(elapsedMs)} ms.`;
  return `${service.interface}.${method.javaName}(${shortened(given)}) -> ${shortened(outcome)}\r\n${elapsed}`;
}

const MAX_SHOWN = 2_000;

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text;
}

function countOf(counts: Map<string, CallCount>, javaName: string): CallCount {
  let count = counts.get(javaName);
  if (!count) counts.set(javaName, (count = { total: 0, failed: 0, active: 0, elapsedMs: 0, maxMs: 0 }));
  return count;
}
