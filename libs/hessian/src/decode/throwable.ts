import { JavaException } from '../types/java-exception.js';
import type { JavaStackFrame } from '../types/java-exception.js';
import { typeOf } from '../types/type-of.js';
import { within } from '../wire/hessian-error.js';
import type { BodyReader } from './body-reader.js';
import { fillMissing, planInstance } from './instance-plan.js';
import type { InstancePlan } from './instance-plan.js';
import { setProperty } from './map.js';
import type { WireClass } from './wire-class.js';

/** Whether a class that is not declared here is an exception, by its fields or, when it has few, its name. */
export function looksThrowable({ javaName, fieldNames }: WireClass): boolean {
  if (!fieldNames.includes('detailMessage')) return false;
  return fieldNames.includes('stackTrace') || /(?:Exception|Error|Throwable)$/.test(javaName);
}

/** Reads an exception of a class that is not declared here: what Throwable lacks stays under `fields`. */
export function readUnknownThrowable(body: BodyReader, wire: WireClass): JavaException {
  return readThrowable(body, wire, planInstance(typeOf(JavaException), wire.fieldNames, body.readers));
}

/** Reads an exception. It exists before its fields are read, for Java writes "no cause" as a reference to itself. */
export function readThrowable(body: BodyReader, wire: WireClass, plan: InstancePlan): JavaException {
  const fields: Record<string, unknown> = {};
  const options = { className: wire.javaName, fields };
  const exception = withoutStack(
    () => Reflect.construct(JavaException, [undefined, options], plan.construct) as JavaException,
  );
  body.enter(exception, plan.type);
  let at = 0;
  try {
    for (; at < plan.steps.length; at++) {
      const { name, property, read } = plan.steps[at]!;
      const value = read(body);
      if (property === undefined) setProperty(fields, name, value);
      else assign(exception, property, value);
    }
  } catch (error) {
    throw within(error, `.${plan.steps[at]!.name}`);
  }
  fillMissing(plan.missing, exception as unknown as Record<string, unknown>);
  body.leave();
  Object.defineProperty(exception, 'stack', { value: stackText(exception), writable: true, configurable: true });
  return exception;
}

function assign(exception: JavaException, property: string, value: unknown): void {
  if (value === null || (property === 'cause' && value === exception)) {
    if (!(property in Throwable)) (exception as unknown as Record<string, unknown>)[property] = null;
    return;
  }
  const enumerable = !(property in Throwable);
  // Java has no frames that are null, whoever sent these.
  const kept = property === 'javaStackTrace' ? (value as unknown[]).filter((frame) => frame !== null) : value;
  Object.defineProperty(exception, property, { value: kept, enumerable, writable: true, configurable: true });
}

// Properties of Error and JavaException themselves, which stay what they are when Java sends null.
const Throwable = { message: true, cause: true, javaStackTrace: true, suppressed: true };

// As V8 prints a stack, with Java's frames.
function stackText({ className, message, javaStackTrace }: JavaException): string {
  const head = message === '' ? className : `${className}: ${message}`;
  return [head, ...javaStackTrace.map((frame) => `    at ${frameText(frame)}`)].join('\n');
}

function frameText({ className, methodName, fileName, lineNumber }: JavaStackFrame): string {
  const line = lineNumber >= 0 ? `:${lineNumber}` : '';
  return `${className}.${methodName} (${fileName ?? 'unknown source'}${line})`;
}

/** The frames of this reader say nothing of what was thrown, and capturing them for each of many nested causes costs. */
function withoutStack<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
