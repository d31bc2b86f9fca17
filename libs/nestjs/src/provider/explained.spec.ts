import { BadRequestException, ForbiddenException, HttpException } from '@nestjs/common';
import { RpcException } from '@nestjs/microservices';
import { describe, expect, it } from 'vitest';
import { explained } from './explained.js';

describe('explained', () => {
  it('tells what the response of an HttpException says', () => {
    const thrown = new BadRequestException(['text must be longer', 'id must be a number']);
    expect(explained(thrown)).toMatchObject({
      name: 'BadRequestException',
      message: 'Bad Request Exception: text must be longer; id must be a number',
      cause: thrown,
      stack: thrown.stack,
    });
    expect(explained(new HttpException('gone', 410))).toMatchObject({ message: 'gone' });
  });

  it('makes an Error of a plain object', () => {
    const thrown = { status: 'error', message: 'Internal server error' };
    expect(explained(thrown)).toMatchObject({ name: 'Error', message: 'Internal server error', cause: thrown });
    expect(explained({ code: 7 })).toMatchObject({ message: '{ code: 7 }' });
  });

  it('leaves everything else as it is', () => {
    for (const thrown of [new Error('x'), 'text', undefined, null, new ForbiddenException(), new RpcException('y')]) {
      expect(explained(thrown)).toBe(thrown);
    }
  });
});
