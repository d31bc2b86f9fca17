import { JavaException, java, typeOf, type JavaType } from '@nestjs-dubbo/hessian';
import type { Mock } from '../config/options.js';
import type { Contract } from '../contract/contract.js';
import { DubboError } from '../invocation/dubbo-error.js';
import type { Invocation, Invoker, Result } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import type { Method } from '../invocation/method.js';
import { realize } from '../message/generic-form.js';
import { emptyOf } from './empty-value.js';

/** A mock as it is used: when, and what it answers. */
interface Plan {
  /** Never calls anybody. */
  readonly force: boolean;
  readonly answer: (invocation: Invocation) => unknown;
}

/**
 * Wraps a whole cluster, so that a missing provider is covered too: a call that fails is answered by the mock, with
 * `force:` every call. Business exceptions are never mocked (source: org.apache.dubbo MockClusterInvoker, MockInvoker).
 */
export function withMock(
  next: Invoker,
  mockOf: (method: Method) => Mock | false | undefined,
  contract: Contract,
  logger: Logger,
): Invoker {
  const plans = new Map<Method, Plan | undefined>();

  function plan(method: Method): Plan | undefined {
    if (!plans.has(method)) plans.set(method, readMock(mockOf(method), contract, method));
    return plans.get(method);
  }

  // What cannot be read is an error when the reference is made, not when it is first needed.
  for (const method of contract.methods.values()) plan(method);

  return async (invocation) => {
    const mock = plan(invocation.method);
    if (!mock) return next(invocation);
    const { service, method } = invocation;
    if (mock.force) {
      logger.info(`force-mock: ${method.javaName} force-mock enabled , url : ${service.interface}`);
      return mocked(mock, invocation);
    }
    try {
      return await next(invocation);
    } catch (error) {
      if (!(error instanceof DubboError) || error.code === 'biz') throw error;
      logger.warn(`fail-mock: ${method.javaName} fail-mock enabled , url : ${service.interface}: ${error.message}`);
      return mocked(mock, invocation);
    }
  };
}

async function mocked(mock: Plan, invocation: Invocation): Promise<Result> {
  try {
    return { ok: true, value: await mock.answer(invocation), attachments: {} };
  } catch (exception) {
    if (exception instanceof DubboError) throw exception;
    return { ok: false, exception, attachments: {} };
  }
}

function readMock(mock: Mock | false | undefined, contract: Contract, method: Method): Plan | undefined {
  if (mock === undefined || mock === false) return undefined;
  if (typeof mock === 'string') return readText(mock.trim(), contract, method);
  if (typeof mock === 'function') {
    const answer = mock as (method: string, args: readonly unknown[]) => unknown;
    return { force: false, answer: ({ args }) => answer(method.name, args) };
  }
  const own = (mock as Record<string, unknown>)[method.name];
  if (typeof own !== 'function') return undefined;
  return { force: false, answer: ({ args }) => own.call(mock, ...args) as unknown };
}

function readText(text: string, contract: Contract, method: Method): Plan | undefined {
  if (['', 'false', '0', 'null', 'n/a'].includes(text.toLowerCase())) return undefined;
  const force = text.startsWith('force');
  const rule = text
    .replace(/^(?:force|fail)(?::|$)/, '')
    .trim()
    .replaceAll('`', '"');
  if (rule === 'return' || rule.startsWith('return ')) {
    const literal = rule.slice('return'.length).trim() || 'null';
    const type = contract.methods.get(method.name)?.returns ?? java.any;
    const make = readLiteral(literal, type, `${contract.name}.${method.name}`);
    return { force, answer: make };
  }
  if (rule === 'throw' || rule.startsWith('throw ')) {
    const className = rule.slice('throw'.length).trim();
    return { force, answer: () => throwMocked(className) };
  }
  throw new TypeError(
    `mock is "${text}" for ${contract.name}.${method.name}; allowed are [force:|fail:]return <value>, ` +
      '[force:|fail:]throw [exception class], a function, or an object with the methods',
  );
}

function throwMocked(className: string): never {
  const message = 'mocked exception for service degradation.';
  if (className === '') throw new DubboError('unknown', message);
  throw new JavaException(message, { className });
}

/**
 * Reads a literal once; what it gives is made anew for each call, since the caller owns it. Whether it fits the method's
 * type shows only then: a mock of a whole interface need not fit methods that are never mocked.
 */
function readLiteral(literal: string, type: JavaType, where: string): () => unknown {
  if (literal === 'empty') return () => emptyOf(type);
  if (literal === 'null') return () => (type.primitive ? emptyOf(type) : null);
  const isText = typeOf(type).shape.kind === 'string';
  const quoted = /^(["'])(.*)\1$/s.exec(literal);
  if (isText) return () => quoted?.[2] ?? literal;
  const value = quoted ? quoted[2] : parseLiteral(literal, where);
  return () => fit(value, type, where);
}

function fit(value: unknown, type: JavaType, where: string): unknown {
  try {
    return realize(value, type);
  } catch (cause) {
    throw new DubboError('unknown', `mock error : the mock of ${where} does not fit: ${String(cause)}`, { cause });
  }
}

function parseLiteral(literal: string, where: string): unknown {
  if (/^-?\d+$/.test(literal) && !Number.isSafeInteger(Number(literal))) return BigInt(literal);
  if (!/^[-\d[{]|^(?:true|false)$/.test(literal)) return literal;
  try {
    return parseExactly(literal);
  } catch (cause) {
    throw new TypeError(`mock of ${where}: ${literal} is no JSON: ${String(cause)}`, { cause });
  }
}

const bigMark = '\0big:';

/** JSON whose integers beyond 2^53 become bigint, where JSON.parse alone would change them. */
function parseExactly(json: string): unknown {
  const marked = json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+(?![\d.eE])/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : JSON.stringify(bigMark + token),
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(bigMark) ? BigInt(value.slice(bigMark.length)) : value,
  );
}
