import { referenceType } from './type-of.js';

/** java.lang.Object: the value itself tells its Java type. */
export const any = referenceType<unknown>('java.lang.Object', { kind: 'any' });
