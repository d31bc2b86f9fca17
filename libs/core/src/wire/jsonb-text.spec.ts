import { describe, expect, it } from 'vitest';
import { readJsonbText } from './jsonb-text.js';

const body = (hex: string, rest: Uint8Array = new Uint8Array()) => Buffer.concat([Buffer.from(hex, 'hex'), rest]);
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

// Heads as Dubbo 3.2.19 wrote them.
const refusal = (method: string) =>
  `Fail to decode request due to: RpcInvocation [methodName=${method}, parameterTypes=null]`;

describe('readJsonbText', () => {
  it.each([
    ['a READONLY event', body('000000024a52'), 'R'],
    ['a refusal', body('00000056793853', latin1(refusal('nope'))), refusal('nope')],
    ['a refusal in Latin-1', body('00000057793854', latin1(refusal('größe'))), refusal('größe')],
    ['a refusal in UTF-8', body('000000587a3855', Buffer.from(refusal('中文'))), refusal('中文')],
    ['a refusal in UTF-16', body('000001417c393e', utf16(refusal('中'.repeat(80)))), refusal('中'.repeat(80))],
    ['a refusal with a stack', body('00000c0b79440c07', latin1('x'.repeat(0xc07))), 'x'.repeat(0xc07)],
    ['a long text', body('0100000679480100' + '0000', latin1('x'.repeat(0x1000000))), 'x'.repeat(0x1000000)],
    ['an empty text', body('0000000149'), ''],
  ])('reads %s', (_what, bytes, text) => {
    expect(readJsonbText(bytes)).toBe(text);
  });

  it.each([
    ['null', '00000001af'],
    ['an int', '0000000107'],
    ['a wrong length', '0000000a4a52'],
    ['a text that is cut', '000000037938'],
    ['a text longer than the body', '0000000379385000'],
    ['nothing', ''],
    ['hessian', '0152'],
  ])('gives nothing for %s', (_what, hex) => {
    expect(readJsonbText(body(hex))).toBeUndefined();
  });
});
