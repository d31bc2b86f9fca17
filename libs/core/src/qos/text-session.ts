import type { Connection } from '../exchange/connection.js';
import type { Logger } from '../invocation/logger.js';
import type { Command, Session } from './command.js';
import { LineEditor, type LineSink } from './line-editor.js';
import type { ServerView } from './server-view.js';

const PROMPT = 'dubbo>';
/** Lines that may wait for the one that runs; an operator who sends more is none. */
const MAX_WAITING = 100;
/** Texts that may wait for a peer that does not read; what nobody asked for is dropped then. */
const MAX_UNREAD = 100;

export interface TextSessionOptions {
  readonly server: ServerView;
  readonly commands: readonly Command[];
  readonly connection?: Connection;
  readonly maxLineBytes: number;
  /** Refuses a command that exists but may not be used here; the text says why. */
  readonly refuse?: (command: Command) => string | undefined;
  /** What is said of a command that does not exist. */
  readonly unknown: (name: string) => string;
  /** Said before the connection closes. */
  readonly farewell: string;
  /** Resolves when the text has left this process or is lost. */
  readonly write: (text: string) => Promise<void>;
  readonly close: () => void;
  readonly closed: () => boolean;
  /** Who it is, for the log. */
  readonly peer: string;
  readonly skipped: (bytes: number) => string;
  readonly logger: Logger;
}

/**
 * Lines of an operator, run one after the other: an answer is its text, a line break and the prompt. Nothing runs before
 * the answer before it is taken, so that a peer that does not read makes nothing grow.
 */
export class TextSession implements Session, LineSink {
  service: string | undefined;
  httpStatus = 200;
  readonly #options: TextSessionOptions;
  readonly #editor: LineEditor;
  readonly #waiting: string[] = [];
  #running = false;
  #ended = false;
  #unread = 0;

  constructor(options: TextSessionOptions) {
    this.#options = options;
    this.#editor = new LineEditor(this, options.maxLineBytes);
  }

  get server(): ServerView {
    return this.#options.server;
  }

  get commands(): readonly Command[] {
    return this.#options.commands;
  }

  get connection(): Connection | undefined {
    return this.#options.connection;
  }

  get closed(): boolean {
    return this.#ended || this.#options.closed();
  }

  /** Takes bytes as they arrive. */
  push(bytes: Uint8Array): void {
    if (!this.closed) this.#editor.push(bytes);
  }

  show(text: string): void {
    this.#offer(`\r\n${text}\r\n\r\n${PROMPT}`);
  }

  end(): void {
    this.#ended = true;
  }

  line(text: string): void {
    if (this.closed) return;
    if (looksLikeHttp(text)) {
      // A browser was made to send it: what follows may be lines that look like commands.
      this.#options.logger.warn(
        `Closed the connection of ${this.#options.peer}: it sent HTTP where commands are taken`,
      );
      this.#finish();
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) {
      this.#options.logger.warn(
        `Closed the connection of ${this.#options.peer}: more than ${MAX_WAITING} commands wait`,
      );
      this.#finish();
      return;
    }
    this.#waiting.push(text);
    if (!this.#running) void this.#run();
  }

  tooLong(maxBytes: number): void {
    this.#offer(`The line is longer than ${maxBytes} bytes\r\n${PROMPT}`);
  }

  echo(text: string): void {
    this.#offer(text);
  }

  interrupt(): void {
    this.#finish();
  }

  garbage(count: number): void {
    this.#options.logger.warn(this.#options.skipped(count));
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let line = this.#waiting.shift(); line !== undefined && !this.closed; line = this.#waiting.shift()) {
      const prompted = !line.includes('--no-prompt');
      const result = await this.#answer(line.replaceAll('--no-prompt', '').trim());
      if (this.#ended) {
        await this.#options.write(this.#options.farewell);
        this.#finish();
      } else {
        await this.#options.write((result === '' ? '' : `${result}\r\n`) + (prompted ? PROMPT : ''));
      }
    }
    this.#running = false;
  }

  async #answer(line: string): Promise<string> {
    if (line === '') return '';
    const [, name = '', args = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? [];
    const command = this.commands.find((each) => each.name === name);
    if (!command) return this.#options.unknown(name);
    const refusal = this.#options.refuse?.(command);
    return refusal ?? runCommand(command, args, this, this.#options.logger);
  }

  #offer(text: string): void {
    if (this.#unread >= MAX_UNREAD) return;
    this.#unread++;
    void this.#options.write(text).then(() => this.#unread--);
  }

  #finish(): void {
    this.#ended = true;
    this.#waiting.length = 0;
    this.#options.close();
  }
}

/** Runs a command; what it throws becomes its answer. */
export async function runCommand(command: Command, args: string, session: Session, logger: Logger): Promise<string> {
  try {
    return await command.run(args, session);
  } catch (error) {
    logger.warn(`The command ${command.name} failed: ${String(error)}`);
    session.httpStatus = 500;
    return `${command.name} failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function looksLikeHttp(line: string): boolean {
  return /^[A-Z]+ \S+ HTTP\/\d/.test(line);
}
