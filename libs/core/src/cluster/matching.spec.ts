import { describe, expect, it } from 'vitest';
import { parseServiceUrl } from '../registry/service-record.js';
import { mismatch } from './matching.js';

const S = 'com.acme.S';
const url = (query: string, protocol = 'dubbo') =>
  parseServiceUrl(`${protocol}://10.0.0.1:20880/${S}?interface=${S}${query}`);

describe('mismatch', () => {
  it.each([
    [{}, ''],
    [{ group: 'g', version: '1.0' }, '&group=g&version=1.0'],
    [{ group: '*', version: '*' }, '&group=g&version=1.0'],
    [{ group: 'f,g' }, '&group=g'],
    [{}, '&prefer.serialization=fastjson2,hessian2'],
    [{}, '&serialization=hessian2'],
  ])('takes a reference with %o and a provider with "%s"', (wanted, query) => {
    expect(mismatch({ interface: S, ...wanted }, url(query))).toBeUndefined();
  });

  it.each([
    [{}, '&group=g', 'its group is "g", none is wanted'],
    [{ group: 'g' }, '', 'its group is none, "g" is wanted'],
    [{ version: '1.0' }, '&version=2.0', 'its version is "2.0", "1.0" is wanted'],
    [{ version: '0.0.0' }, '', 'its version is none, "0.0.0" is wanted'],
    [{}, '&disabled=true', 'it is disabled'],
    [{}, '&enabled=false', 'it is disabled'],
    [{}, '&prefer.serialization=fastjson2', 'it takes fastjson2 only, hessian2 is spoken here'],
  ])('explains why a reference with %o leaves out a provider with "%s"', (wanted, query, reason) => {
    expect(mismatch({ interface: S, ...wanted }, url(query))).toBe(reason);
  });

  it('leaves out other protocols', () => {
    expect(mismatch({ interface: S }, url('', 'tri'))).toBe('its protocol is tri, only dubbo is spoken here');
  });
});
