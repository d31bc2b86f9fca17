/**
 * Methods of Node's Buffer that every version has and its types leave out; they skip the checks of `toString` and `write`.
 */
export interface NativeBuffer extends Buffer {
  latin1Slice(start: number, stop: number): string;
  ucs2Slice(start: number, stop: number): string;
  utf8Write(text: string, at: number, maxBytes: number): number;
}
