import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';

/**
 * Lets an HTTP handler answer with what Dubbo gave it: bigint and BigDecimal become JSON strings, exact whatever their
 * size, a Map an object, a Set an array, bytes base64. Other answers, and everything that is not HTTP, stay as they are;
 * a value that refers to itself is a TypeError, as it is to JSON.
 */
@Injectable()
export class DubboJsonInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const answer = next.handle();
    return context.getType() === 'http' ? answer.pipe(map(toAnswer)) : answer;
  }
}

/** A whole answer may also be something that the HTTP adapter writes as it is. */
function toAnswer(value: unknown): unknown {
  if (value instanceof StreamableFile || value instanceof Uint8Array || isStream(value)) return value;
  return toJson(value, []);
}

/** Copies only what holds something to convert: serializers that come after still see the other instances. */
function toJson(value: unknown, above: readonly object[]): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (above.includes(value)) throw new TypeError(`The answer refers to itself in its ${nameOf(value)}`);
  const path = [...above, value];
  const inner = (item: unknown): unknown => toJson(item, path);
  if (hasToJson(value)) return inner(value.toJSON());
  if (value instanceof Set) return [...value].map(inner);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [String(inner(key)), inner(item)]));
  if (Array.isArray(value)) {
    const items = value.map(inner);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, item, inner(item)] as const);
  if (entries.every(([, item, converted]) => item === converted)) return value;
  return Object.fromEntries(entries.map(([key, , converted]) => [key, converted]));
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return typeof (value as { readonly toJSON?: unknown }).toJSON === 'function';
}

function nameOf({ constructor }: { readonly constructor?: { readonly name: string } }): string {
  return constructor?.name ?? 'object without a class';
}

function isStream(value: unknown): boolean {
  return typeof (value as { readonly pipe?: unknown } | null)?.pipe === 'function';
}
