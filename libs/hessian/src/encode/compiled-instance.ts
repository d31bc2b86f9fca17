import { nativeFrom } from '../wire/byte-writer.js';
import { within } from '../wire/hessian-error.js';
import type { Writer } from './body-writer.js';
import type { InstancePlan } from './object.js';

/*
 * A writer of instances as one straight function, made when a plan has proven hot; the counterpart of the straight readers
 * in decode/. The source is made of the names of declared properties only, quoted. Where code generation is off, the plain
 * path stays.
 */

/** The straight writer of a plan, or undefined where code generation is not allowed. */
export function compileInstanceWriter(plan: InstancePlan): Writer | undefined {
  const fields = plan.steps.map(({ property, inline }, at) => {
    const write = `write${at}(body, field);`;
    const value = `at = ${at};\nfield = value[${JSON.stringify(property)}];`;
    return `${value}\n${inline === 'none' ? write : `${inlined[inline]} else ${write}`}`;
  });
  const source = `
    return (body, value) => {
      if (!body.enter(value)) return;
      body.beginObject(plan.written);
      let at = 0;
      let field;
      try {
        ${fields.join('\n')}
      } catch (error) {
        throw within(error, '.' + plan.steps[at].property);
      }
      body.leave();
    };`;
  const names = plan.steps.map((_, at) => `write${at}`);
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- one of the few places that compile, see above
    const make = new Function('plan', 'within', ...names, source) as (...args: unknown[]) => Writer;
    return make(plan, within, ...plan.steps.map(({ write }) => write));
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

// What most values of a kind are, without a call through the step's writer, which does all else.
const inlined: Readonly<Record<'int' | 'string', string>> = {
  int: 'if (field >= -16 && field <= 47 && field === (field | 0)) body.byte(0x90 + field);',
  string: `if (typeof field === 'string' && field.length < ${nativeFrom}) body.shortChars(field);`,
};
