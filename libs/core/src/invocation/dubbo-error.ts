/** Dubbo's RpcException codes by stable name; the numbers are Java's (`org.apache.dubbo.rpc.RpcException`, 3.3). */
export const rpcCodes = {
  unknown: 0,
  network: 1,
  timeout: 2,
  biz: 3,
  forbidden: 4,
  serialization: 5,
  'no-invoker': 6,
  'limit-exceeded': 7,
  'timeout-terminate': 8,
  registry: 9,
  'router-cache-not-built': 10,
  'method-not-found': 11,
  validation: 12,
  authorization: 13,
} as const;

export type DubboErrorCode = keyof typeof rpcCodes;

/** Where a call was when it failed. */
export interface DubboErrorPlace {
  readonly service?: string | undefined;
  readonly method?: string | undefined;
  readonly address?: string | undefined;
}

export interface DubboErrorOptions extends DubboErrorPlace {
  readonly cause?: unknown;
  /** Nothing of the call was written to a socket: sending it again cannot run it twice. Default false. */
  readonly unsent?: boolean;
  /** The provider refused the call before running it (status 100). Default false. */
  readonly refused?: boolean;
}

/** Everything that went wrong with a call and is not the callee's business. The one error class of the project. */
export class DubboError extends Error implements DubboErrorPlace {
  override readonly name = 'DubboError';
  readonly code: DubboErrorCode;
  readonly service: string | undefined;
  readonly method: string | undefined;
  readonly address: string | undefined;
  readonly unsent: boolean;
  readonly refused: boolean;

  constructor(code: DubboErrorCode, message: string, options: DubboErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.service = options.service;
    this.method = options.method;
    this.address = options.address;
    this.unsent = options.unsent ?? false;
    this.refused = options.refused ?? false;
  }

  /** Java's number for `code`. */
  get rpcCode(): number {
    return rpcCodes[this.code];
  }

  /** What a log or a gateway may show; no stack, no arguments. */
  toJSON(): Record<string, unknown> {
    const { name, code, rpcCode, message, service, method, address } = this;
    return { name, code, rpcCode, message, service, method, address };
  }
}
