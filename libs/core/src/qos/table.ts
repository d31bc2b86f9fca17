type Align = (text: string, width: number, column: number) => string;

/** Rows as a table of the width they need, with rules below the rows that `ruled` names (source: org.apache.dubbo TTable). */
function table(
  rows: readonly (readonly string[])[],
  align: Align,
  ruled: (row: number) => boolean,
  newline: string,
): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const rule = `+${widths.map((width) => '-'.repeat(width)).join('+')}+${newline}`;
  let text = rule;
  for (const [i, row] of rows.entries()) {
    text += `|${widths.map((width, column) => align(row[column] ?? '', width, column)).join('|')}|${newline}`;
    if (ruled(i) || i === rows.length - 1) text += rule;
  }
  return text;
}

/** As the QoS port shows services: texts in the middle, a rule below each row. */
export function centredTable(rows: readonly (readonly string[])[]): string {
  const centre: Align = (text, width) =>
    text.padStart(text.length + Math.ceil((width - text.length) / 2)).padEnd(width);
  return table(rows, centre, () => true, '\n');
}

/** As the QoS port shows its help: names at the right of their column, what they mean in one of 80 characters. */
export function helpTable(rows: readonly (readonly [string, string])[]): string {
  const spaced = rows.map(([name, meaning]) => [` ${name} `, ` ${meaning.padEnd(80)} `]);
  const align: Align = (text, width, column) => (column === 0 ? text.padStart(width) : text.padEnd(width));
  return table(spaced, align, () => true, '\n');
}

/** As telnet on the Dubbo port shows them: texts at the left, a rule below the head. */
export function leftTable(rows: readonly (readonly string[])[]): string {
  const spaced = rows.map((row) => row.map((cell) => ` ${cell} `));
  const align: Align = (text, width) => text.padEnd(width);
  return table(spaced, align, (row) => row === 0, '\r\n');
}
