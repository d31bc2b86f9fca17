import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const filesOf = (folder: string) => readdirSync(join(here, folder)).map((name) => join(here, folder, name));

/** What a rejected file says of itself: a fragment of the compiler's message, and the line it stands at. */
function expectation(file: string): { fragment: string; line: number } {
  const lines = readFileSync(file, 'utf8').split('\n');
  const fragment = /^\/\/ Refused with: (.+)$/.exec(lines[0]!)?.[1];
  const marker = lines.findIndex((line) => line.trim() === '// The next line fails.');
  if (!fragment || marker < 0) throw new Error(`${file} does not say what it is refused with, or where`);
  return { fragment, line: marker + 2 };
}

describe('what the compiler makes of contracts and services', () => {
  const errors = new Map<string, { line: number; message: string }[]>();

  beforeAll(() => {
    const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), undefined, {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
      },
    });
    const program = ts.createProgram([...filesOf('accepted'), ...filesOf('rejected')], config!.options);
    for (const file of [...filesOf('accepted'), ...filesOf('rejected')]) {
      const source = program.getSourceFile(file)!;
      const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      errors.set(
        file,
        diagnostics.map((diagnostic) => ({
          line: source.getLineAndCharacterOfPosition(diagnostic.start!).line + 1,
          message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
        })),
      );
    }
  });

  it.each(filesOf('accepted').map((file) => [file.slice(here.length + 1), file]))('accepts %s', (_, file) => {
    expect(errors.get(file)).toEqual([]);
  });

  it.each(filesOf('rejected').map((file) => [file.slice(here.length + 1), file]))('refuses %s', (_, file) => {
    const { fragment, line } = expectation(file);
    expect(errors.get(file)).toEqual([{ line, message: expect.stringContaining(fragment) }]);
  });
});
