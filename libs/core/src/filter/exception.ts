import { declarationOf, JavaException, type JavaClassConstructor } from '@nestjs-dubbo/hessian';
import type { Filter, Invocation } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import type { Method } from '../invocation/method.js';
import { Key, textAttachment } from '../message/attachments.js';
import { isChecked, throwableText, throwableTrace } from '../message/throwable.js';

export interface ExceptionFilterOptions {
  /** The exceptions that a method declares. */
  readonly declared: (method: Method) => readonly JavaClassConstructor[];
  /** False: no stack text leaves this process. */
  readonly exposeStack: boolean;
  readonly logger: Logger;
}

/**
 * Provider: decides what a caller sees of what a handler threw (source: org.apache.dubbo ExceptionFilter). Checked and
 * declared exceptions pass; an unchecked, undeclared one is logged, and passes only if the caller surely has its class:
 * it ships with the interface ("same jar" in Java, the same package here) or with Java. The rest becomes a
 * java.lang.RuntimeException that tells class, message and stack as text.
 */
export function exception(options: ExceptionFilterOptions): Filter {
  return (next) => async (invocation) => {
    const result = await next(invocation);
    if (result.ok) return result;
    const thrown = result.exception;
    if (
      thrown instanceof JavaException &&
      (isChecked(thrown) || isDeclared(thrown, options.declared(invocation.method)))
    ) {
      return result;
    }
    // A handler that stops because its caller is gone is no surprise, and nobody will see what it threw.
    if (isLate(invocation)) options.logger.debug(unexpected(invocation, thrown));
    else options.logger.error(unexpected(invocation, thrown), thrown);
    if (thrown instanceof JavaException && callerHasClass(thrown, invocation.service.interface)) return result;
    const message = options.exposeStack ? throwableTrace(thrown) : throwableText(thrown);
    return { ...result, exception: new JavaException(message, { className: 'java.lang.RuntimeException' }) };
  };
}

function isLate({ deadline }: Invocation): boolean {
  return deadline !== undefined && Date.now() > deadline;
}

/** Exactly the class, as in Java: a subclass of a declared exception may be unknown to the caller. */
function isDeclared(thrown: JavaException, declared: readonly JavaClassConstructor[]): boolean {
  return declared.some((type) => declarationOf(type)?.javaName === thrown.className);
}

function callerHasClass({ className, constructor }: JavaException, serviceInterface: string): boolean {
  if (/^(java|javax|jakarta)\./.test(className)) return true;
  const api = declarationOf(constructor)?.api ?? packageOf(className);
  return api === packageOf(serviceInterface);
}

function packageOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

function unexpected({ service, method, attachments }: Invocation, thrown: unknown): string {
  const caller = textAttachment(attachments, Key.remoteApplication) ?? 'an unknown application';
  return (
    `Got unchecked and undeclared exception which called by ${caller}. service: ${service.interface}, ` +
    `method: ${method.javaName}, exception: ${throwableText(thrown)}`
  );
}
