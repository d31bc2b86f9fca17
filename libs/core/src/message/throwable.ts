import { declarationOf, JavaException } from '@nestjs-dubbo/hessian';

/** The Java class that an error is on the wire. */
export function classNameOf(error: unknown): string {
  if (error instanceof JavaException) return error.className;
  return error instanceof Error ? error.name : typeof error;
}

/** `class: message`, as Java prints a throwable. */
export function throwableText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? classNameOf(error) : `${classNameOf(error)}: ${error.message}`;
}

/** As {@link throwableText}, followed by the stack: Java's own frames for a Java exception, else this process's. */
export function throwableTrace(error: unknown): string {
  if (error instanceof JavaException && error.javaStackTrace.length > 0) {
    const frames = error.javaStackTrace.map(
      ({ className, methodName, fileName, lineNumber }) =>
        `\tat ${className}.${methodName}(${fileName ?? 'Unknown Source'}${lineNumber >= 0 ? `:${lineNumber}` : ''})`,
    );
    return [throwableText(error), ...frames].join('\n');
  }
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return [throwableText(error), ...frames.map((line) => `\t${line.trim()}`)].join('\n');
}

/**
 * Whether Java calls the exception checked, as its `@JavaClass` says. A class not declared here counts as unchecked: the
 * caller is then more likely to have it explained than to lack it.
 */
export function isChecked(error: JavaException): boolean {
  return error.constructor !== JavaException && (declarationOf(error.constructor)?.checked ?? false);
}
