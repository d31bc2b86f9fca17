import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNodeName, encodeNodeName } from './node-name.js';

describe('a node name', () => {
  // Right-hand sides printed by java.net.URLEncoder.encode(text, "UTF-8").
  it.each([
    ['aZ09.-*_', 'aZ09.-*_'],
    ["!'()~ /", '%21%27%28%29%7E+%2F'],
    ['dubbo://10.0.0.5:20880/a.B?k=v,w&x=1+2%', 'dubbo%3A%2F%2F10.0.0.5%3A20880%2Fa.B%3Fk%3Dv%2Cw%26x%3D1%2B2%25'],
    ['é€😀', '%C3%A9%E2%82%AC%F0%9F%98%80'],
    ['a\ud800b', 'a%3Fb'],
    ['"<>\\^`{|}#$;@[]', '%22%3C%3E%5C%5E%60%7B%7C%7D%23%24%3B%40%5B%5D'],
  ])('of %j is Java’s', (text, name) => {
    expect(encodeNodeName(text)).toBe(name);
  });

  it('is read back', () => {
    expect(decodeNodeName('a+b%2B%E2%82%AC')).toBe('a b+€');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => decodeNodeName(encodeNodeName(text)) === text));
    expect(() => decodeNodeName('%E2%28')).toThrow(URIError);
  });
});
