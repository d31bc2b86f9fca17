/** The string of UTF-16 units, lone surrogates included. */
export function joinUnits(units: Uint16Array): string {
  const step = 4096; // arguments a call surely takes
  if (units.length <= step) return Reflect.apply(String.fromCharCode, null, units as unknown as number[]);
  let text = '';
  for (let at = 0; at < units.length; at += step)
    text += Reflect.apply(String.fromCharCode, null, units.subarray(at, at + step) as unknown as number[]);
  return text;
}

/** A string of a few ASCII bytes. */
export function shortAscii(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  const stop = at + length;
  for (; at + 4 <= stop; at += 4)
    text += String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
  for (; at < stop; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}
