import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';

/** Nest's ParseIntPipe would lose digits beyond 2^53; a Java long has 63 bits. */
@Injectable()
export class ParseLongPipe implements PipeTransform<string, bigint> {
  transform(text: string): bigint {
    if (/^-?\d{1,19}$/.test(text)) {
      const value = BigInt(text);
      if (BigInt.asIntN(64, value) === value) return value;
    }
    throw new BadRequestException(`"${text}" is no id: a whole number of at most 64 bits is expected`);
  }
}
