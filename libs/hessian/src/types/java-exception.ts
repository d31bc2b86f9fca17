import { any } from './any.js';
import { declarationOf, declareClass, declareField } from './declarations.js';
import { stackFrameType } from './jdk-types.js';
import { referenceType } from './type-of.js';

/** One line of a Java stack trace, `java.lang.StackTraceElement`. */
export interface JavaStackFrame {
  readonly className: string;
  readonly methodName: string;
  readonly fileName: string | null;
  /** -1 unknown, -2 native. */
  readonly lineNumber: number;
}

export interface JavaExceptionOptions {
  readonly cause?: unknown;
  /** Java class; default that of `@JavaClass`, or java.lang.RuntimeException. */
  readonly className?: string;
  readonly stackTrace?: readonly JavaStackFrame[];
  readonly suppressed?: readonly unknown[];
  /** Further fields of an exception whose class is not declared here, in wire order. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * A Java Throwable, caught from a peer or to be thrown to one. Extend it with `@JavaClass` for a business exception;
 * an exception of a class not declared here is a plain JavaException with `className` and `fields`.
 */
export class JavaException extends Error {
  readonly className: string;
  readonly javaStackTrace: readonly JavaStackFrame[];
  readonly suppressed: readonly unknown[];
  /** Fields beyond Throwable's own, when the class is not declared here. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(message?: string, options: JavaExceptionOptions = {}) {
    super(message, options.cause === undefined || options.cause === null ? undefined : { cause: options.cause });
    this.className = options.className ?? classNameOf(new.target);
    this.javaStackTrace = options.stackTrace ?? [];
    this.suppressed = options.suppressed ?? [];
    this.fields = options.fields ?? {};
    for (const key of ['className', 'javaStackTrace', 'suppressed', 'fields'] as const)
      Object.defineProperty(this, key, { enumerable: false });
    Object.defineProperty(this, 'name', { value: this.className, configurable: true, writable: true });
  }
}

// Throwable's own fields (JDK 8 to 25), in their order there.
const throwableFields = [
  ['message', 'detailMessage', referenceType('java.lang.String', { kind: 'string' })],
  ['cause', 'cause', referenceType('java.lang.Throwable', { kind: 'any' })],
  [
    'javaStackTrace',
    'stackTrace',
    referenceType('[Ljava.lang.StackTraceElement;', { kind: 'array', element: stackFrameType }),
  ],
  ['suppressed', 'suppressedExceptions', referenceType('java.util.List', { kind: 'list', element: any })],
] as const;
for (const [property, javaName, type] of throwableFields) declareField(JavaException, { property, javaName, type });
declareClass({ construct: JavaException, javaName: 'java.lang.Throwable', checked: true, api: undefined });

/** Whether an error is a Java exception, of exactly the given class if one is named. */
export function isJavaException(error: unknown, className?: string): error is JavaException {
  return error instanceof JavaException && (className === undefined || error.className === className);
}

// A subclass without its own @JavaClass is, to Java, what its nearest declared parent is.
function classNameOf(construct: unknown): string {
  for (let at = construct; typeof at === 'function' && at !== JavaException; at = Object.getPrototypeOf(at)) {
    const declaration = declarationOf(at);
    if (declaration) return declaration.javaName;
  }
  return 'java.lang.RuntimeException';
}
