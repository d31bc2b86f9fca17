// Methods of Node's Buffer that every version has and its types leave out; they skip the checks of toString and write.
declare global {
  interface Buffer {
    latin1Slice(start: number, stop: number): string;
    ucs2Slice(start: number, stop: number): string;
    utf8Write(text: string, at: number, maxBytes: number): number;
  }
}

export {};
