import { DubboError } from '../invocation/dubbo-error.js';
import { Deadline, type Deadlines } from './deadlines.js';
import type { Outgoing } from './outbox.js';

/** A one-way request whose caller waits until it has left this process. */
export class OnewayCall extends Deadline implements Outgoing {
  readonly promise: Promise<void>;
  written = false;
  #settle!: { resolve: () => void; reject: (error: DubboError) => void };
  readonly #deadlines: Deadlines;
  readonly #address: string;
  readonly #timeoutMs: number;

  constructor(deadlines: Deadlines, address: string, timeoutMs: number) {
    super();
    this.promise = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#deadlines = deadlines;
    this.#address = address;
    this.#timeoutMs = timeoutMs;
    deadlines.add(this, timeoutMs);
  }

  sent(): void {
    this.#deadlines.remove(this);
    this.#settle.resolve();
  }

  lost(): void {
    this.#deadlines.remove(this);
    this.#fail('the connection is closed');
  }

  override expire(): void {
    this.#fail(`not written in timeout(${this.#timeoutMs}ms) limit`);
  }

  /** Wording of Dubbo's NettyChannel.send. */
  #fail(cause: string): void {
    const message = `Failed to send message to ${this.#address}, cause: ${cause}`;
    this.#settle.reject(new DubboError('network', message, { address: this.#address, unsent: !this.written }));
  }
}
