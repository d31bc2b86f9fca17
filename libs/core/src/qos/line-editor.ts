/** Where a {@link LineEditor} delivers. */
export interface LineSink {
  /** A line as it was meant, without its end and the blanks around it. */
  line(text: string): void;
  /** A line was too long and is skipped. */
  tooLong(maxBytes: number): void;
  /** What the peer's terminal should be shown. */
  echo(text: string): void;
  /** The operator has pressed Ctrl-C or its like. */
  interrupt(): void;
  /** Bytes that are no text were skipped. */
  garbage(count: number): void;
}

const NUL = 0x00;
const BACKSPACE = 0x08;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const ESC = 0x1b;
const DEL = 0x7f;
/** Telnet's "interpret as command", and its first command of those we take. */
const IAC = 0xff;
const FIRST_TELNET_COMMAND = 0xf0;
const FIRST_NEGOTIATION = 0xfb;

/** Ctrl-C of a raw terminal; Ctrl-C and Ctrl-Z of a telnet client (source: org.apache.dubbo TelnetCodec). */
const interrupts = [[0x03], [0xff, 0xf4, 0xff, 0xfd, 0x06], [0xff, 0xed, 0xff, 0xfd, 0x06]];

const HISTORY = 10;
/** Longer lines are not remembered: to recall one must cost little. */
const MAX_REMEMBERED = 200;
const LONGEST_SEQUENCE = 8;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Cuts what a terminal sends into lines, with what was typed and taken back: backspace, the arrows through the last ten
 * lines; telnet's negotiations are skipped. It holds no more than one line of `maxBytes`.
 */
export class LineEditor {
  readonly #sink: LineSink;
  readonly #maxBytes: number;
  #line: number[] = [];
  /** An escape or telnet sequence that has begun. */
  #sequence: number[] = [];
  #last = 0;
  /** Why everything up to the end of the line is skipped. */
  #skipping: 'garbage' | 'too long' | undefined;
  readonly #history: string[] = [];
  /** Index of the line shown last; the history's length if none. */
  #shown = 0;

  constructor(sink: LineSink, maxBytes: number) {
    this.#sink = sink;
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): void {
    if (interrupts.some((each) => each.length === bytes.length && each.every((byte, i) => byte === bytes[i]))) {
      this.#sink.interrupt();
      return;
    }
    let garbage = 0;
    for (const byte of bytes) {
      if (this.#skipping !== 'garbage') {
        if (this.#take(byte)) continue;
        garbage += this.#line.length + this.#sequence.length;
        this.#line = [];
        this.#sequence = [];
        this.#skipping = 'garbage';
      }
      garbage++;
      if (byte === LF) this.#skipping = undefined;
    }
    if (garbage > 0) this.#sink.garbage(garbage);
    // The terminal has gone back one place; what stands there is to be wiped out.
    if (this.#last === BACKSPACE) this.#sink.echo(' \b');
  }

  /** False if the byte belongs to no text. */
  #take(byte: number): boolean {
    const last = this.#last;
    this.#last = byte;
    if (this.#sequence.length > 0) return this.#continueSequence(byte);
    if (byte === ESC || byte === IAC) this.#sequence = [byte];
    else if (byte === LF) this.#finish();
    else if (byte === NUL && last === CR) this.#finish();
    else if (byte === BACKSPACE || byte === DEL) this.#takeBack();
    else if (byte === CR) return true;
    else if (byte >= 0x20 || byte === TAB) this.#add(byte);
    else return false;
    return true;
  }

  #add(byte: number): void {
    if (this.#skipping) return;
    if (this.#line.length >= this.#maxBytes) {
      this.#skipping = 'too long';
      this.#line = [];
    } else {
      this.#line.push(byte);
    }
  }

  /** Takes back one character, which may be several bytes. */
  #takeBack(): void {
    let byte: number | undefined;
    do byte = this.#line.pop();
    while (byte !== undefined && (byte & 0xc0) === 0x80);
  }

  #continueSequence(byte: number): boolean {
    this.#sequence.push(byte);
    const [first, second, third] = this.#sequence;
    const { length } = this.#sequence;
    if (first === IAC) {
      if (second! < FIRST_TELNET_COMMAND || second === IAC) {
        this.#sequence.pop();
        return false;
      }
      if (length === 3 || second! < FIRST_NEGOTIATION) this.#sequence = [];
      return true;
    }
    const ends = length === 2 ? byte !== 0x5b && byte !== 0x4f : byte >= 0x40 && byte <= 0x7e;
    if (!ends && length < LONGEST_SEQUENCE) return true;
    this.#sequence = [];
    if (length === 3 && third === 0x41) this.#recall(-1);
    else if (length === 3 && third === 0x42) this.#recall(1);
    return true;
  }

  /** Goes through the history and begins anew at its ends, as Dubbo does. */
  #recall(step: number): void {
    const { length } = this.#history;
    if (length === 0) return;
    this.#shown = this.#shown === length ? length - 1 : (this.#shown + step + length) % length;
    const back = '\b'.repeat(this.#line.length);
    const recalled = this.#history[this.#shown]!;
    this.#sink.echo(back + ' '.repeat(this.#line.length) + back + recalled);
    this.#line = [...Buffer.from(recalled)];
  }

  #finish(): void {
    const bytes = Uint8Array.from(this.#line);
    this.#line = [];
    if (this.#skipping) {
      this.#skipping = undefined;
      this.#sink.tooLong(this.#maxBytes);
      return;
    }
    let text: string;
    try {
      text = utf8.decode(bytes).trim();
    } catch {
      this.#sink.garbage(bytes.length);
      return;
    }
    this.#remember(text);
    this.#sink.line(text);
  }

  #remember(text: string): void {
    if (text !== '' && text.length <= MAX_REMEMBERED) {
      const known = this.#history.indexOf(text);
      if (known >= 0) this.#history.splice(known, 1);
      this.#history.push(text);
      if (this.#history.length > HISTORY) this.#history.shift();
    }
    this.#shown = this.#history.length;
  }
}
