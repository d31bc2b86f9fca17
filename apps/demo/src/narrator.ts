import { styleText } from 'node:util';
import type { Stage } from './stage.js';

type Style = Parameters<typeof styleText>[0];

/** A scene did not go as told. */
export class SceneFailed extends Error {}

/** Says in plain words what happens. */
export class Narrator {
  readonly #out: NodeJS.WriteStream;
  readonly #coloured: boolean;
  #silent = false;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#coloured = out.isTTY && !process.env['NO_COLOR'];
  }

  opening(): void {
    this.#line();
    this.#line(
      `  ${this.#styled('bold', 'browser ──HTTP──▶ web ──Dubbo──▶ product ──Dubbo──▶ comment, two processes')}`,
    );
    this.#line();
    this.#line('  Starting the services …');
  }

  /** Who plays. */
  cast(registry: string, stage: Stage): void {
    const [first, second] = stage.comments;
    this.#line(`  registry  ${registry}`);
    this.#line(`  comment   process ${first} and process ${second}`);
    this.#line(`  product   process ${stage.product}`);
    this.#line(`  web       process ${stage.web}, ${stage.url}`);
  }

  scene(number: number, title: string): void {
    this.#line();
    this.#line(this.#styled('bold', `${number}  ${title}`));
  }

  /** What is done, or must be known. */
  say(text: string): void {
    this.#line(`   ${text}`);
  }

  /** What a user sees. */
  show(...lines: string[]): void {
    for (const line of lines) this.#line(this.#styled('cyan', `     │ ${line}`));
  }

  /** Claims something, and throws a `SceneFailed` with what was found instead unless it holds. */
  claim(text: string, holds: boolean, found: unknown): void {
    if (!holds) throw new SceneFailed(`${text}\n   but this was found: ${JSON.stringify(found)}`);
    this.#line(`   ${this.#styled('green', '✔')} ${text}`);
  }

  failed(error: unknown, logs: readonly string[]): void {
    const text = error instanceof SceneFailed ? error.message : error instanceof Error ? error.stack : String(error);
    this.#line(`   ${this.#styled('red', '✘')} ${text}`);
    for (const line of logs) this.#line(this.#styled('gray', `     ${line}`));
  }

  /** The last word: what fails from now on fails because of it. */
  interrupted(): void {
    this.#line();
    this.#line('Interrupted; ending all processes.');
    this.#silent = true;
  }

  end(succeeded: number, all: number): void {
    this.#line();
    this.#line(this.#styled(succeeded === all ? 'green' : 'red', `demo: ${succeeded} of ${all} scenes ok`));
  }

  #styled(style: Style, text: string): string {
    return this.#coloured ? styleText(style, text) : text;
  }

  #line(text = ''): void {
    if (!this.#silent) this.#out.write(`${text}\n`);
  }
}
