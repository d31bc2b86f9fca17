import { Op } from '../wire/opcodes.js';
import type { BodyWriter } from './body-writer.js';

/*
 * Attachments are short ASCII texts under short ASCII keys. As long as that is so, the bytes of the whole map are ASCII too:
 * lengths up to 127 are headers below 0x80. So they are put together as one string, which native code copies in one go,
 * about twice as fast as string by string.
 */
const longest = 127;
const most = 500;
const heads = Array.from({ length: longest + 1 }, (_, length) =>
  length < 32 ? String.fromCharCode(length) : String.fromCharCode(Op.stringShort, length),
);
const end = String.fromCharCode(Op.end);

/** Writes the entries and the end of a map whose keys and values are all short ASCII text; else writes nothing, false. */
export function writeAsciiRecord(body: BodyWriter, record: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(record);
  if (keys.length > most) return false;
  let text = '';
  for (const key of keys) {
    const value = record[key];
    if (typeof value !== 'string' || value.length > longest || key.length > longest) return false;
    text = text + heads[key.length]! + key + heads[value.length]! + value;
  }
  text += end;
  body.reserve(text.length * 3);
  // With room for all, native UTF-8 makes more bytes than units if anything is not ASCII.
  if (body.bytes.utf8Write(text, body.offset, text.length * 3) !== text.length) return false;
  body.offset += text.length;
  return true;
}
