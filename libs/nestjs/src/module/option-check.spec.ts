import { describe, expect, it } from 'vitest';
import { each, flag, integer, oneOf, options, suggestion, text } from './option-check.js';

describe('option checks', () => {
  const check = options({ port: integer(0, 10), on: flag, name: text, kind: oneOf('a', 'b'), inner: each(integer(0)) });

  it.each([
    [{ port: 11 }, 'X.port is 11; allowed: an integer from 0 to 10'],
    [{ port: '5' }, 'X.port is "5"; allowed: an integer from 0 to 10'],
    [{ port: 1.5 }, 'X.port is 1.5; allowed'],
    [{ on: 'true' }, 'X.on is "true"; allowed: true or false'],
    [{ name: '' }, 'X.name is ""; allowed: a text that is not empty'],
    [{ name: null }, 'X.name is null'],
    [{ kind: 'c' }, `X.kind is "c"; allowed: 'a', 'b'`],
    [{ inner: { a: -1 } }, 'X.inner.a is -1; allowed: an integer from 0'],
    [{ inner: [] }, 'X.inner is a list; allowed: an object'],
    [{ prot: 1 }, 'X.prot is no option; did you mean "port"? Known: port, on, name, kind, inner'],
    [{ toString: 1 }, 'X.toString is no option; Known:'],
    ['text', 'X is "text"; allowed: an object'],
    [class Foo {}, 'X is the function Foo; allowed: an object'],
  ])('%o', (given, message) => {
    expect(() => check('X', given)).toThrow(message);
  });

  it('takes what is right, and undefined for absent', () => {
    expect(() => check('X', { port: 0, on: false, name: 'n', kind: undefined, inner: { a: 1 } })).not.toThrow(Error);
    expect(() => options({ port: integer() }, ['port'])('X', { port: undefined })).toThrow('X.port is missing');
  });

  it('suggests only what is near', () => {
    expect(suggestion('retrys', ['timeout', 'retries'])).toBe('did you mean "retries"? Known: timeout, retries');
    expect(suggestion('zzz', ['timeout'])).toBe('Known: timeout');
  });
});
