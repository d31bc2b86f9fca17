// Lets Node itself run our TypeScript sources, in worker threads and child processes of tests: vitest does so only in its
// own. To be given to module.register(). What was compiled once is kept by its content: a thread starts fast then.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const conditions = ['nestjs-dubbo-source'];
const cache = new URL('../../node_modules/.cache/typescript-hooks/', import.meta.url);

export async function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  }
  const resolved = await next(specifier, { ...context, conditions: [...context.conditions, ...conditions] });
  return resolved.url.endsWith('.ts') ? { ...resolved, format: 'module' } : resolved;
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const text = await readFile(new URL(url), 'utf8');
  const key = createHash('sha256').update(url).update(text).digest('hex');
  const compiled = new URL(`${key}.js`, cache);
  const known = await readFile(compiled, 'utf8').catch(() => undefined);
  return { format: 'module', source: known ?? (await compile(url, text, compiled)), shortCircuit: true };
}

async function compile(url, text, target) {
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(text, {
    fileName: fileURLToPath(url),
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      inlineSourceMap: true,
    },
  });
  await mkdir(cache, { recursive: true });
  // Several threads may do so at once.
  const own = new URL(`${target.href}.${process.pid}.${performance.now()}`);
  await writeFile(own, outputText);
  await rename(own, target);
  return outputText;
}
