import { fileURLToPath } from 'node:url';
import { type ProcessGroup, spawnGroup } from '../../../test/support/processes.js';
import type { DemoRegistry } from './registry.js';

/** What the web application answered. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly elapsedMs: number;
}

const startTimeoutMs = 30_000;

/** The services of the demo, each a process of its own. They end with this process, however it ends. */
export class Stage {
  #registry: DemoRegistry | undefined;
  #url = '';
  readonly #started: { readonly name: string; readonly process: ProcessGroup }[] = [];
  readonly #comments = new Map<number, ProcessGroup>();
  #product: ProcessGroup | undefined;
  #web: ProcessGroup | undefined;
  #closed: Promise<void> | undefined;

  /** Starts two comment processes, product and web, in no order: they find each other. The registry is then the stage's. */
  async open(registry: DemoRegistry): Promise<void> {
    this.#registry = registry;
    const [, , product, web] = await Promise.all([
      this.startComment(),
      this.startComment(),
      this.#start('product', '@demo/product', /microservice successfully started/),
      this.#start('web', '@demo/web', /Listening on (\S+)/),
    ]);
    this.#product = product.process;
    this.#web = web.process;
    this.#url = web.seen[1]!;
  }

  /** Process ids of the comment service, those that were killed left out. */
  get comments(): number[] {
    return [...this.#comments.keys()];
  }

  get product(): number {
    return this.#product!.pid;
  }

  get web(): number {
    return this.#web!.pid;
  }

  get url(): string {
    return this.#url;
  }

  /** One more process of the comment service; resolves to its process id. */
  async startComment(): Promise<number> {
    const { process } = await this.#start('comment', '@demo/comment', /microservice successfully started/);
    this.#comments.set(process.pid, process);
    return process.pid;
  }

  /** `kill -9`; resolves when the process is gone. */
  async killComment(pid: number): Promise<void> {
    await this.#comments.get(pid)!.kill();
    this.#comments.delete(pid);
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.#request(path);
  }

  post<Body>(path: string, body: object): Promise<Answer<Body>> {
    return this.#request(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** The last lines that each service wrote. */
  logs(): string[] {
    return this.#started.flatMap(({ name, process }) => [
      `${name} ${process.pid}:`,
      ...process
        .output()
        .trimEnd()
        .split('\n')
        .slice(-8)
        .map((line) => (line.length > 240 ? `${line.slice(0, 240)}…` : line)),
    ]);
  }

  /** Ends all services, then the registry. Idempotent. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    await Promise.all(this.#started.map(({ process }) => process.stop()));
    await this.#registry?.close();
  }

  async #start(name: string, service: string, ready: RegExp) {
    if (this.#closed) throw new Error('The stage is closed');
    const main = fileURLToPath(import.meta.resolve(service));
    const env = { ...this.#registry!.env, PORT: '0', NO_COLOR: '1' };
    const process_ = await spawnGroup(process.execPath, ['--enable-source-maps', main], { env });
    this.#started.push({ name, process: process_ });
    return { process: process_, seen: await process_.waitFor(ready, startTimeoutMs) };
  }

  async #request<Body>(
    path: string,
    options: { readonly method?: string; readonly body?: string } = {},
  ): Promise<Answer<Body>> {
    const startedAt = performance.now();
    // A connection kept alive would keep the web application from ending at once.
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const response = await fetch(this.#url + path, { ...options, headers });
    const body = (await response.json()) as Body;
    return { status: response.status, body, elapsedMs: Math.round(performance.now() - startedAt) };
  }
}
