import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import ts from 'typescript';
import { expect, it } from 'vitest';
import * as hessian from './index.js';

it('the snippet of the README does what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const snippet = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const expected = [...snippet.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line);
  const { outputText } = ts.transpileModule(snippet, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023, experimentalDecorators: true },
  });
  const printed: string[] = [];
  const console = {
    log: (...values: unknown[]) =>
      printed.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ')),
  };
  const required = (name: string): unknown => {
    expect(name).toBe('@nestjs-dubbo/hessian');
    return hessian;
  };
  // oxlint-disable-next-line typescript/no-implied-eval -- runs the README, which is ours
  new Function('require', 'exports', 'console', outputText)(required, {}, console);
  expect(printed).toEqual(expected);
});
