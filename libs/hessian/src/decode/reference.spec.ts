import { expect, it } from 'vitest';
import { Decoder, java } from '../index.js';

const text = (value: string): string =>
  Buffer.from([value.length]).toString('hex') + Buffer.from(value).toString('hex');
const currency = `43${text('java.util.Currency')}91${text('currencyCode')}60${text('CNY')}`;

// Java's currencies, classes and enum constants are one object each, and so are often references.
it('a reference to a JDK value gives what its declared type says', () => {
  const decoder = new Decoder(Buffer.from(`${currency}51905190`, 'hex'));
  expect(decoder.read(java.currency)).toBe('CNY');
  expect(decoder.read(java.currency)).toBe('CNY');
  expect(String(decoder.read())).toBe('CNY');
  expect(new Decoder(Buffer.from(`7a${currency}5191`, 'hex')).read(java.list(java.currency))).toEqual(['CNY', 'CNY']);
});
