/** The string of UTF-16 units, lone surrogates included. */
export function joinUnits(units: Uint16Array): string {
  const step = 4096; // arguments a call surely takes
  if (units.length <= step) return Reflect.apply(String.fromCharCode, null, units as unknown as number[]);
  let text = '';
  for (let at = 0; at < units.length; at += step)
    text += Reflect.apply(String.fromCharCode, null, units.subarray(at, at + step) as unknown as number[]);
  return text;
}
