import type { SecurityOptions } from '../exchange/tls.js';
import type { Filter } from '../invocation/invocation.js';
import type { Attachments } from '../invocation/attachments.js';
import type { Logger } from '../invocation/logger.js';
import type { RegistryFactory } from '../registry/registry.js';

/** Who we are, as registries and peers see it. */
export interface ApplicationOptions {
  /** Shown in registries and sent with every call as `remote.application`. */
  readonly name: string;
  readonly version?: string;
  readonly owner?: string;
  readonly organization?: string;
  readonly environment?: string;
}

/** The port that providers listen on. */
export interface ProtocolOptions {
  /** Address to bind. Default: all interfaces. */
  readonly host?: string;
  /** Default 20880; 0 picks a free port. A fixed port that is taken is an error. */
  readonly port?: number;
  /** Largest body in bytes that is read or answered. Default 8 MiB; 0 or less disables the limit. */
  readonly payload?: number;
  /** Address published in registries. Default: `DUBBO_IP_TO_REGISTRY`, else the host, else this machine's address. */
  readonly registerHost?: string;
  /** Port published in registries. Default: `DUBBO_PORT_TO_REGISTRY`, else the bound port. */
  readonly registerPort?: number;
  /** How often clients are expected to say something, in milliseconds; they learn it from registries. Default 60 s. */
  readonly heartbeat?: number;
  /** A client that was silent for so long is disconnected, in milliseconds; at least twice `heartbeat`. Default 3 times. */
  readonly heartbeatTimeout?: number;
  /** Connections at once; more are closed as they come. Default 0: any number. */
  readonly accepts?: number;
  /** Speak TLS; `requestCert` makes it mutual. Default: plain TCP. */
  readonly tls?: SecurityOptions;
  /** Telnet commands that are answered on the port, as a list or as text with commas. Default: none. */
  readonly telnet?: string | readonly string[];
}

/** The port where operators and probes ask and command, by lines of text or by HTTP; and who may. */
export interface QosOptions {
  /** Default false: no port is opened. */
  readonly enable?: boolean;
  /** Default 22222. If it is taken the next free port is used; 0 picks a free port. */
  readonly port?: number;
  /** Address to bind. Default 127.0.0.1; all interfaces if peers of other machines may come. */
  readonly host?: string;
  /** Every machine may use this port, and telnet on the Dubbo port. Default false: this machine only. */
  readonly acceptForeignIp?: boolean;
  /** Addresses and networks (`10.0.0.0/8`) that may besides this machine, as a list or as text with commas. */
  readonly whitelist?: string | readonly string[];
}

/** What consumer and provider may both say of a call; a provider's values are defaults for its consumers. */
export interface SharedCallOptions {
  /** Milliseconds that a consumer waits for one attempt. Default 1000; 0 or less means the default. */
  readonly timeout?: number;
  /** How often a failed call is sent again, to other providers first. Default 2. */
  readonly retries?: number;
  /** The call may run twice without harm: it is sent again also after a timeout or a lost connection. Default false. */
  readonly idempotent?: boolean;
  /** Name of the cluster strategy. Default `failover`. */
  readonly cluster?: string;
  /** Name of the load balance. Default `random`. */
  readonly loadbalance?: string;
}

/** Options of one provided method. */
export interface ServiceMethodOptions extends SharedCallOptions {
  /** Calls of this method that run at once; more are refused. Default: no limit. */
  readonly executes?: number;
  /**
   * For methods that burn CPU: a module whose default export is `workerMethods(…)`, as a file URL or an absolute path. It
   * runs the method in a worker thread when the handler calls `context.runInWorker`, or where there is no handler. Needs
   * the package `piscina`.
   */
  readonly worker?: URL | string;
}

/** Options of one provided service. */
export interface ServiceOptions extends Omit<ServiceMethodOptions, 'worker'> {
  readonly group?: string;
  readonly version?: string;
  /** Share of calls relative to other providers. Default 100. */
  readonly weight?: number;
  /** Callbacks of one interface that a connection may bring at once. Default 1. */
  readonly callbacks?: number;
  /** False: reachable by direct `url` only. Default true. */
  readonly register?: boolean;
  /** By TypeScript method name. */
  readonly methods?: Readonly<Record<string, ServiceMethodOptions>>;
  readonly filters?: readonly Filter[];
}

/** Which calls a server takes at a time; names and numbers as in Dubbo, in the terms of an event loop. */
export interface AdmissionOptions {
  /** Calls that run at once, in all services together. Default 200, with `cached` and `eager` any number. */
  readonly threads?: number;
  /** Calls that wait for one of these to end, by arrival. Default 0: refused at once; negative: any number. */
  readonly queues?: number;
  /** Default `fixed`; `limited` is the same here. `cached` and `eager` set other defaults for `threads` and `queues`. */
  readonly threadpool?: 'fixed' | 'limited' | 'cached' | 'eager';
  /** Default `all`; `message`, `execution` and `connection` are the same here. `direct`: every call runs at once. */
  readonly dispatcher?: 'all' | 'message' | 'execution' | 'connection' | 'direct';
  /** New calls are refused while the event loop is late by more than this on average, in milliseconds. Default: never. */
  readonly eventLoopDelay?: number;
}

/** Defaults of all services of a server, and how the server takes calls. */
export interface ProviderOptions extends Omit<ServiceMethodOptions, 'worker'>, AdmissionOptions {
  readonly group?: string;
  readonly version?: string;
  readonly weight?: number;
  readonly callbacks?: number;
  readonly filters?: readonly Filter[];
  /** False: no stack trace leaves this process. Default true, as in Java. */
  readonly exposeStack?: boolean;
  /** How long a closing server waits for its clients to go and its calls to end, in milliseconds. Default 10 s; 0: not at all. */
  readonly shutdownTimeout?: number;
  /** A closing server asks its clients to send no more (`channel.readonly.send`). Default true. */
  readonly readonlySend?: boolean;
}

/**
 * What answers instead of a call that failed (`fail:`, the default) or of every call (`force:`): Dubbo's grammar
 * (`'fail:return empty'`, `'force:return {"id":1}'`, `'throw'`), a function of method name and arguments, or an object
 * with the contract's methods.
 */
export type Mock = string | ((method: string, args: readonly unknown[]) => unknown) | object;

/** Options of one consumed method. */
export interface ReferenceMethodOptions extends SharedCallOptions {
  /** False: one-way, nobody waits for an answer and none is sent. Default true. */
  readonly return?: boolean;
  /** One-way calls resolve when the network has taken them, and fail if it has not within `timeout`. Default false. */
  readonly sent?: boolean;
  /** Tells the provider that the caller does not block, by the attachments `async` and `id`. Default false. */
  readonly async?: boolean;
  readonly mock?: Mock | false;
}

/** Options of one reference. */
export interface ReferenceOptions extends ReferenceMethodOptions {
  readonly group?: string;
  readonly version?: string;
  /** Provider addresses, `dubbo://host:port` or `host:port`, several separated by `;` or `,`: no registry is asked. */
  readonly url?: string;
  /** True: {@link Client.ready} fails while there is no provider. Default false. */
  readonly check?: boolean;
  /** By TypeScript method name. */
  readonly methods?: Readonly<Record<string, ReferenceMethodOptions>>;
  /** Sent with each call unless the call brings its own. */
  readonly attachments?: Attachments;
  readonly filters?: readonly Filter[];
  /** Connections of its own to each provider, used in turn. Default 0: those that all references share. */
  readonly connections?: number;
  /** Callbacks of one interface that a connection may have at once. Default: as the provider says, else 1. */
  readonly callbacks?: number;
  /** False: connect to a provider as soon as it is known. Default true: with the first call. */
  readonly lazy?: boolean;
}

/** Defaults of all references of a client. */
export interface ConsumerOptions extends ReferenceMethodOptions {
  readonly check?: boolean;
  /** How long {@link Client.ready} waits for the providers of checked references, in milliseconds. Default 3000. */
  readonly checkTimeout?: number;
  readonly filters?: readonly Filter[];
  /** Largest response body in bytes. Default 8 MiB. */
  readonly payload?: number;
  /** Connections to each provider that all references share, used in turn. Default 1. */
  readonly shareConnections?: number;
  /** Milliseconds to connect in. Default 3000. */
  readonly connectTimeout?: number;
  /** A connection that was quiet for so long is asked for a sign of life, in milliseconds. Default: as its provider says, else 60 s. */
  readonly heartbeat?: number;
  /** A provider that was silent for so long is taken for dead, in milliseconds; at least twice `heartbeat`. Default 3 times. */
  readonly heartbeatTimeout?: number;
  /** False: calls on a broken connection fail until it is back by itself. Default true: a call connects at once. */
  readonly sendReconnect?: boolean;
  /** Send what is left of a call's time along (attachment `_TO`), so that the provider's own calls know. Default false. */
  readonly timeoutCountdown?: boolean;
  /** Print arguments in the messages of timeouts. Default false: they may hold secrets. */
  readonly logArguments?: boolean;
  /** Speak TLS with providers. Default: plain TCP. */
  readonly tls?: SecurityOptions;
}

/** Options of a single call; they stand above all others. */
export interface CallOptions {
  readonly timeout?: number;
  readonly retries?: number;
  readonly attachments?: Attachments;
  /** False: one-way, nobody waits for an answer and none is sent. */
  readonly return?: boolean;
  /** Gives the call up: it fails at once and leaves nothing behind. */
  readonly signal?: AbortSignal;
  /** The call that this one serves (a handler's context): it gets no more time than that has left, and ends with it. */
  readonly context?: OuterCall;
}

/** What a call passes on to the calls that its handler makes. */
export interface OuterCall {
  /** Milliseconds since the epoch after which nobody waits. */
  readonly deadline: number | undefined;
  readonly signal: AbortSignal;
}

interface EndOptions {
  readonly application: ApplicationOptions;
  /** Where services are found and published. Default: the local registry. */
  readonly registries?: readonly RegistryFactory[];
  readonly logger?: Logger;
  /** Restores Dubbo's own rules where ours are safer (retries first of all). */
  readonly compat?: 'java';
}

export interface ServerOptions extends EndOptions {
  readonly protocol?: ProtocolOptions;
  readonly provider?: ProviderOptions;
  /** Default: no port for operators, and telnet for this machine only. */
  readonly qos?: QosOptions;
}

export interface ClientOptions extends EndOptions {
  readonly consumer?: ConsumerOptions;
}
