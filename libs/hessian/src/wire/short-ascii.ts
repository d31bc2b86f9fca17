/** Makes a string of up to {@link longestShort} ASCII bytes. */
export type ShortAscii = (bytes: Uint8Array, at: number, length: number) => string;

/** Longer strings are made faster by native code. */
export const longestShort = 24;

/** The plain path. */
export const plainShortAscii: ShortAscii = (bytes, at, length) => {
  let text = '';
  for (const stop = at + length; at < stop; at++) text += String.fromCharCode(bytes[at]!);
  return text;
};

/*
 * One call with all characters is several times faster than appending them, so there is a case for each length. The source
 * depends on nothing but numbers; where code generation is off, the plain path serves.
 */
function compile(): ShortAscii {
  const cases = Array.from({ length: longestShort }, (_, at) => {
    const bytes = Array.from({ length: at + 1 }, (__, i) => `bytes[at + ${i}]`);
    return `case ${at + 1}: return fromCharCode(${bytes.join(', ')});`;
  });
  const source = `const fromCharCode = String.fromCharCode;
    return (bytes, at, length) => { switch (length) { ${cases.join('\n')} default: return ''; } };`;
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- the source is made of numbers only
    return (new Function(source) as () => ShortAscii)();
  } catch (error) {
    if (error instanceof EvalError) return plainShortAscii;
    throw error;
  }
}

export const shortAscii = compile();
