import { BigDecimal } from '@nestjs-dubbo/hessian';
import { StreamableFile, type ExecutionContext } from '@nestjs/common';
import { lastValueFrom, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { DubboJsonInterceptor } from './dubbo-json.interceptor.js';

const answer = (value: unknown, type = 'http'): Promise<unknown> =>
  lastValueFrom(
    new DubboJsonInterceptor().intercept({ getType: () => type } as ExecutionContext, { handle: () => of(value) }),
  );

describe('DubboJsonInterceptor', () => {
  it('writes what JSON cannot', async () => {
    const value = {
      id: 2n ** 63n - 1n,
      price: BigDecimal.of('1.10'),
      names: new Set(['a', 1n]),
      byId: new Map<unknown, unknown>([
        [1n, 'one'],
        ['two', { id: 2n }],
      ]),
      bytes: new Uint8Array([255]),
      at: new Date(0),
      list: [undefined, null, true, 1n],
    };
    expect(JSON.parse(JSON.stringify(await answer(value)))).toEqual({
      id: '9223372036854775807',
      price: '1.10',
      names: ['a', '1'],
      byId: { 1: 'one', two: { id: '2' } },
      bytes: '/w==',
      at: '1970-01-01T00:00:00.000Z',
      list: [null, null, true, '1'],
    });
    expect(await answer(5n)).toBe('5');
  });

  it('keeps what holds nothing to convert, the instance too', async () => {
    class Page {
      title = 'x';
      rows = [{ a: 1 }];
    }
    const page = new Page();
    expect(await answer(page)).toBe(page);
    for (const value of [undefined, null, 'x', new StreamableFile(Buffer.of(1)), Buffer.of(1, 2)]) {
      expect(await answer(value)).toBe(value);
    }
  });

  it('leaves everything but HTTP alone', async () => {
    expect(await answer(5n, 'rpc')).toBe(5n);
  });

  it('refuses what refers to itself, and takes what merely occurs twice', async () => {
    const own: Record<string, unknown> = {};
    own['self'] = own;
    await expect(answer(own)).rejects.toThrow('The answer refers to itself in its Object');
    const bare = Object.create(null) as Record<string, unknown>;
    bare['self'] = bare;
    await expect(answer(bare)).rejects.toThrow('in its object without a class');
    const twice = { id: 1n };
    expect(await answer([twice, twice])).toEqual([{ id: '1' }, { id: '1' }]);
  });
});
