import { DubboError } from '../invocation/dubbo-error.js';
import { describe, expect, it } from 'vitest';
import { decodeResponse } from './response.js';

const failure = (flags: number, status: number, body: string) => ({
  flags,
  status,
  idHigh: 0,
  idLow: 1,
  body: Buffer.from(body, 'hex'),
});

describe('decodeResponse, of a status other than 20', () => {
  it.each([
    ['hessian2', 0x02, '046e6f7065', 'nope'],
    ['fastjson2, as Dubbo 3.2 answers', 0x17, '000000054d6e6f7065', 'nope'],
    ['null', 0x02, '4e', 'status 70 without a message'],
    ['nothing', 0x02, '', 'status 70 without a message'],
    ['another serialization', 0x03, 'aced0005', 'status 70 without a message'],
  ])('takes the message from a body of %s', (_what, flags, body, message) => {
    const decode = () => decodeResponse(failure(flags, 70, body), undefined, 'h:1');
    expect(decode).toThrow(DubboError);
    expect(decode).toThrow(message);
  });
});
