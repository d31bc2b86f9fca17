/** Who calls whom. `Java → Java` is the referee. */
export type Direction = 'Java → Java' | 'Java → Node' | 'Node → Java';

export const directions: readonly Direction[] = ['Java → Java', 'Java → Node', 'Node → Java'];

/** One call of a run. */
export interface Outcome {
  readonly name: string;
  readonly ok: boolean;
}

/** What was measured: version × direction × check. */
export class Matrix {
  readonly #columns = new Map<string, Map<string, boolean>>();

  /** A check holds if all its calls do. */
  record(version: string, direction: Direction, outcomes: readonly Outcome[]): void {
    const column = new Map<string, boolean>();
    for (const { name, ok } of outcomes) column.set(name, (column.get(name) ?? true) && ok);
    this.#columns.set(`${version} ${direction}`, column);
  }

  /** What is missing or red, as `version direction: check`; `versions` are the ones that must be there. */
  holes(versions: readonly string[]): string[] {
    const names = this.#names();
    return versions.flatMap((version) =>
      directions.flatMap((direction) => {
        const column = this.#columns.get(`${version} ${direction}`);
        if (!column) return [`${version} ${direction}: not run`];
        return names
          .filter((name) => !column.get(name))
          .map((name) => `${version} ${direction}: ${name}${column.has(name) ? '' : ' is missing'}`);
      }),
    );
  }

  /** A table of Markdown: a row for each check, a column for each version with its directions in order. */
  toMarkdown(versions: readonly string[]): string {
    const cell = (version: string, name: string) =>
      directions.map((direction) => mark(this.#columns.get(`${version} ${direction}`)?.get(name))).join(' ');
    const names = this.#names();
    const width = Math.max(...names.map((name) => escaped(name).length));
    const header = versions.map((version) => `Dubbo ${version}`);
    const rule = [`| ${'-'.repeat(width)} |`, ...header.map((title) => ` :${'-'.repeat(title.length - 2)}: |`)];
    return [
      `| ${' '.repeat(width)} | ${header.join(' | ')} |`,
      rule.join(''),
      ...names.map((name) => {
        const cells = header.map((title, i) => centered(cell(versions[i]!, name), title.length));
        return `| ${[escaped(name).padEnd(width), ...cells].join(' | ')} |`;
      }),
      '',
    ].join('\n');
  }

  #names(): string[] {
    return [...new Set([...this.#columns.values()].flatMap((column) => [...column.keys()]))];
  }
}

function mark(ok: boolean | undefined): string {
  return ok === undefined ? '·' : ok ? '✓' : '✗';
}

function centered(text: string, width: number): string {
  const before = Math.floor((width - text.length) / 2);
  return ' '.repeat(before) + text + ' '.repeat(width - text.length - before);
}

// Type parameters are no tags.
function escaped(text: string): string {
  return text.includes('<') || text.includes('[') ? `\`${text}\`` : text;
}
