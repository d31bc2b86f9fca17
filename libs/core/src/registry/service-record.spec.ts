import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatServiceUrl, isDynamic, parameterOf, parseServiceUrl, serviceRecord } from './service-record.js';

const written27 =
  'dubbo://10.0.0.5:20880/com.acme.UserService?anyhost=true&application=user-app&deprecated=false&dubbo=2.0.2&dynamic=true' +
  '&generic=false&group=g1&interface=com.acme.UserService&metadata-type=remote&methods=getUser,save&pid=4711&release=2.7.18' +
  '&revision=1.0&service.name=ServiceBean:/com.acme.UserService:1.0&side=provider&timeout=3000&timestamp=1700000000000&version=1.0';

describe('a service URL', () => {
  it('is read and written as Java does', () => {
    const record = parseServiceUrl(written27);
    expect(record).toMatchObject({
      protocol: 'dubbo',
      host: '10.0.0.5',
      port: 20880,
      path: 'com.acme.UserService',
      interface: 'com.acme.UserService',
      group: 'g1',
      version: '1.0',
      category: 'providers',
    });
    expect(record.parameters['service.name']).toBe('ServiceBean:/com.acme.UserService:1.0');
    expect(formatServiceUrl(record)).toBe(written27);
  });

  it('has its parameters sorted and raw, without a port if there is none', () => {
    const record = serviceRecord({
      protocol: 'consumer',
      host: '10.0.0.9',
      path: 'com.acme.A',
      parameters: { side: 'consumer', category: 'consumers', methods: 'b,a', 'a.timeout': '5', '': 'dropped' },
    });
    expect(formatServiceUrl(record)).toBe(
      'consumer://10.0.0.9/com.acme.A?a.timeout=5&category=consumers&methods=b,a&side=consumer',
    );
    expect(record.category).toBe('consumers');
  });

  it('may be simplified: the path is the interface then', () => {
    expect(parseServiceUrl('dubbo://h:1/com.acme.A?application=x').interface).toBe('com.acme.A');
    expect(parseServiceUrl('dubbo://h:1/users?interface=com.acme.A')).toMatchObject({
      path: 'users',
      interface: 'com.acme.A',
    });
  });

  it('may carry user info, empty values and keys without a value', () => {
    const record = parseServiceUrl('dubbo://me:p:w@h:1/com.acme.A?group=&version=&lazy&&=x');
    expect(record).toMatchObject({ username: 'me', password: 'p:w', host: 'h', port: 1 });
    expect(record.group).toBeUndefined();
    expect({ ...record.parameters }).toEqual({ group: '', version: '', lazy: 'lazy' });
    expect(formatServiceUrl(record)).toBe('dubbo://me:p:w@h:1/com.acme.A?group=&lazy=lazy&version=');
  });

  it('may have an IPv6 host, in brackets or as Java writes it', () => {
    expect(parseServiceUrl('dubbo://[2001:db8::1]:20880/a.B')).toMatchObject({ host: '2001:db8::1', port: 20880 });
    expect(parseServiceUrl('dubbo://[2001:db8::1]/a.B')).toMatchObject({ host: '2001:db8::1', port: 0 });
    expect(parseServiceUrl('dubbo://2001:db8:0:0:0:0:0:1:20880/a.B')).toMatchObject({
      host: '2001:db8:0:0:0:0:0:1',
      port: 20880,
    });
    expect(parseServiceUrl('consumer://fe80:0:0:0:894:aeec:f37d:23e1%en0/a.B').host).toBe(
      'fe80:0:0:0:894:aeec:f37d:23e1%en0',
    );
    expect(formatServiceUrl(parseServiceUrl('dubbo://[::1]:7/a.B'))).toBe('dubbo://[::1]:7/a.B');
  });

  it('of a Dubbo 2 provider counts what it inherits under default.', () => {
    const record = parseServiceUrl('dubbo://h:1/a.B?default.group=g&default.timeout=7&timeout=8&dynamic=false');
    expect(record.group).toBe('g');
    expect(parameterOf(record, 'timeout')).toBe('8');
    expect(parameterOf(record, 'retries')).toBeUndefined();
    expect(parameterOf(record, 'constructor')).toBeUndefined();
    expect(isDynamic(record)).toBe(false);
    expect(isDynamic(parseServiceUrl('dubbo://h:1/a.B'))).toBe(true);
  });

  it.each([
    ['', 'protocol://'],
    ['com.acme.A', 'protocol://'],
    ['://h:1/a.B', 'protocol://'],
    ['du bbo://h:1/a.B', '"du bbo"'],
    ['dubbo:///a.B', 'host'],
    ['dubbo://h:70000/a.B', '"70000"'],
    ['dubbo://h:port/a.B', '"port"'],
    ['dubbo://h:1', 'interface'],
    ['dubbo://h:1?interface=', 'interface'],
  ])('%j is refused, saying why', (text, why) => {
    expect(() => parseServiceUrl(text)).toThrow(why);
    expect(() => parseServiceUrl(text)).toThrow('Not a Dubbo URL');
  });

  it('does not give away secrets when refused', () => {
    expect(() => parseServiceUrl('dubbo://me:secret@h:port/a.B?token=secret')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });

  it('survives reading what was written, whatever the parameters', () => {
    const word = fc.stringMatching(/^[^&=\s][^&=\n]{0,20}[^&=\s]$/);
    fc.assert(
      fc.property(fc.dictionary(word, fc.oneof(word, fc.constant(''))), fc.nat(65_535), (parameters, port) => {
        const record = serviceRecord({ protocol: 'dubbo', host: 'h', port, path: 'a.B', parameters });
        const again = parseServiceUrl(formatServiceUrl(record));
        expect({ ...again.parameters }).toEqual({ ...record.parameters });
        expect(again.port).toBe(port);
      }),
    );
  });

  it('throws nothing but its own error on any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        const parse = () => {
          try {
            return parseServiceUrl(text).protocol;
          } catch (error) {
            return (error as { code?: unknown }).code;
          }
        };
        expect(parse()).toEqual(expect.any(String));
      }),
    );
  });
});
