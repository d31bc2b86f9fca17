import { within } from '../wire/hessian-error.js';
import type { BodyReader, Reader } from './body-reader.js';
import { fillMissing, type InstancePlan } from './instance-plan.js';

/*
 * A reader of instances as one straight function, made when a plan has proven hot: each field is a call or assignment of
 * its own, which the engine can specialise, where the plain path loops over steps. The source is made of the names of
 * declared properties only, quoted; nothing from the wire gets into it. Where code generation is off, the plain path stays.
 */

/** The straight reader of a plan, or undefined where code generation is not allowed. */
export function compileInstanceReader(plan: InstancePlan, create: () => Record<string, unknown>): Reader | undefined {
  const fields = plan.steps.map(({ property, inline }, at) => {
    const target = property === undefined ? '' : `instance[${JSON.stringify(property)}] = `;
    return `at = ${at};\n${target}${inline === 'none' ? `read${at}(body)` : inlined[inline](`read${at}`)};`;
  });
  const source = `
    return (body) => {
      const instance = create();
      body.enter(instance, plan.type);
      let at = 0;
      let code = 0;
      try {
        ${fields.join('\n')}
      } catch (error) {
        throw within(error, '.' + plan.steps[at].name);
      }
      ${plan.missing.length > 0 ? 'fillMissing(plan.missing, instance);' : ''}
      body.leave();
      return instance;
    };`;
  const names = plan.steps.map((_, at) => `read${at}`);
  const bound = { plan, create, within, fillMissing };
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- the one place that compiles, see above
    const make = new Function(...Object.keys(bound), ...names, source) as (
      ...args: unknown[]
    ) => (body: BodyReader) => unknown;
    return make(...Object.values(bound), ...plan.steps.map(({ read }) => read));
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

// The commonest opcode of a kind without a call; all others, and the end of the input, are the reader's own business.
const inlined: Readonly<Record<'int' | 'string', (reader: string) => string>> = {
  int: (reader) =>
    `(code = body.bytes[body.offset]) >= 0x80 && code < 0xc0 ? (body.offset++, code - 0x90) : ${reader}(body)`,
  string: (reader) => `(code = body.bytes[body.offset]) < 0x20 ? (body.offset++, body.chars(code)) : ${reader}(body)`,
};
