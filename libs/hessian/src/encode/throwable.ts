import { declarationOf, lineageOf } from '../types/declarations.js';
import { JavaException } from '../types/java-exception.js';
import { JavaObject } from '../types/java-object.js';
import type { JavaClassConstructor } from '../types/java-type.js';
import { wireFieldsOf } from '../types/wire-fields.js';
import { within } from '../wire/hessian-error.js';
import type { BodyWriter, Writer, WrittenClass } from './body-writer.js';
import { writeList } from './list.js';

/** One field of an exception: where its value is, and how it is written. */
interface Step {
  readonly name: string;
  readonly value: unknown;
  readonly write: Writer;
}

/** Writes an exception with Throwable's fields and its class's own; one of an undeclared class with those it carries. */
export function writeThrowable(body: BodyWriter, exception: JavaException): void {
  if (!body.enterShared(exception)) return;
  const declared = declaredClassOf(exception);
  const steps = declared ? declaredSteps(body, exception, declared) : undeclaredSteps(body, exception);
  const written: WrittenClass = { javaName: exception.className, fieldNames: steps.map(({ name }) => name) };
  body.beginObject(written);
  for (const { name, value, write } of steps)
    try {
      write(body, value);
    } catch (error) {
      throw within(error, `.${name}`);
    }
  body.leave();
}

// The class declared for what the exception says it is: its own or the nearest above it.
function declaredClassOf(exception: JavaException): JavaClassConstructor | undefined {
  const declared = lineageOf(exception.constructor as unknown as JavaClassConstructor).find(declarationOf);
  return declared !== JavaException && declarationOf(declared)?.javaName === exception.className ? declared : undefined;
}

function declaredSteps(body: BodyWriter, exception: JavaException, declared: JavaClassConstructor): Step[] {
  return wireFieldsOf(declared).map((field) => {
    const own = throwableStep(body, exception, field.property);
    if (own) return own;
    const value = (exception as unknown as Record<string, unknown>)[field.property];
    return { name: field.javaName, value, write: body.writers.of(field.type) };
  });
}

function undeclaredSteps(body: BodyWriter, exception: JavaException): Step[] {
  const write = body.writers.untyped;
  const own = wireFieldsOf(JavaException).map(({ property }) => throwableStep(body, exception, property)!);
  return [...own, ...Object.entries(exception.fields).map(([name, value]) => ({ name, value, write }))];
}

// Throwable's fields, by the property that holds each here.
function throwableStep(body: BodyWriter, exception: JavaException, property: string): Step | undefined {
  const { untyped } = body.writers;
  switch (property) {
    case 'message':
      return {
        name: 'detailMessage',
        value: Object.hasOwn(exception, 'message') ? exception.message : null,
        write: untyped,
      };
    case 'cause':
      return { name: 'cause', value: causeOf(exception), write: untyped };
    case 'javaStackTrace': {
      const { type } = wireFieldsOf(JavaException).find((field) => field.property === property)!;
      return { name: 'stackTrace', value: exception.javaStackTrace, write: body.writers.of(type) };
    }
    case 'suppressed':
      return { name: 'suppressedExceptions', value: exception.suppressed, write: writeSuppressed };
    default:
      return undefined;
  }
}

// Java says "no cause" by naming the exception its own cause. A plain Error has no class in Java and gets a Java one.
function causeOf(exception: JavaException): unknown {
  const { cause } = exception;
  if (cause instanceof JavaException || cause instanceof JavaObject) return cause;
  return cause instanceof Error ? new JavaException(`${cause.name}: ${cause.message}`) : exception;
}

function writeSuppressed(body: BodyWriter, value: unknown): void {
  const suppressed = (value as readonly unknown[]).map((error) =>
    error instanceof Error && !(error instanceof JavaException)
      ? new JavaException(`${error.name}: ${error.message}`)
      : error,
  );
  const typeName = suppressed.length === 0 ? 'java.util.Collections$EmptyList' : undefined;
  writeList(body, value, suppressed, typeName, body.writers.untyped);
}
