import { BadRequestException, ForbiddenException, HttpException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { explained } from './dubbo-exception.filter.js';

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

  it('leaves everything else as it is', () => {
    for (const thrown of [new Error('x'), 'text', undefined, new ForbiddenException()]) {
      expect(explained(thrown)).toBe(thrown);
    }
  });
});
