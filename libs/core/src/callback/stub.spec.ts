import { describe, expect, it } from 'vitest';
import { echo, invokeStub, standIn, withCall, withResult } from './stub.js';

class Fake {
  readonly name = 'fake';
  async ping(text: string): Promise<string> {
    return `${this.name} ${text}`;
  }
}

describe('a stand-in for a stub', () => {
  it('goes where a stub goes', async () => {
    const fake = standIn(new Fake());
    expect(withCall(fake, { timeout: 5 })).toBe(fake);
    const whole = withResult(withCall(fake, {}));
    expect(await whole.ping('a')).toEqual({ value: 'fake a', attachments: {} });
    expect(await withCall(whole, {}).ping('b')).toEqual({ value: 'fake b', attachments: {} });
    expect(whole.name).toBe('fake');
    expect(await echo(fake, 'back')).toBe('back');
  });

  it('is asked for where something else is passed', async () => {
    const message =
      'This is no stub: pass the object that @DubboReference or client.refer() gave, a callback that a handler was given, or a standIn() for one';
    expect(() => withCall(new Fake(), {})).toThrow(message);
    expect(() => withResult(new Fake())).toThrow(message);
    expect(() => invokeStub(new Fake(), 'ping', [])).toThrow(message);
    await expect(echo(new Fake(), 1)).rejects.toThrow(message);
  });
});
