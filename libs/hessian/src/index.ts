export { Decoder } from './decode/decoder.js';
export { ClassFilter, type ClassCheck, type ClassFilterOptions } from './decode/class-filter.js';
export type { DecoderOptions, LongForm } from './decode/limits.js';
export { Encoder, type EncoderOptions } from './encode/encoder.js';
export { BigDecimal } from './types/big-decimal.js';
export {
  declarationNamed,
  declarationOf,
  declareInterface,
  type ClassDeclaration,
  type FieldDeclaration,
} from './types/declarations.js';
export { java, type Wraps } from './types/java.js';
export {
  JavaClass,
  JavaField,
  type FieldDecorator,
  type JavaClassOptions,
  type JavaFieldOptions,
} from './types/java-class.js';
export {
  JavaException,
  isJavaException,
  type JavaExceptionOptions,
  type JavaStackFrame,
} from './types/java-exception.js';
export { JavaObject } from './types/java-object.js';
export { isJavaType } from './types/java-type.js';
export type {
  CallbackShape,
  JavaClassConstructor,
  JavaType,
  PrimitiveType,
  Ref,
  ReferenceLike,
  ReferenceType,
  Shape,
  TypeLike,
  ValueLayout,
  ValueOf,
} from './types/java-type.js';
export { JavaValue } from './types/java-value.js';
export { describe, typeOf } from './types/type-of.js';
export { wireFieldsOf } from './types/wire-fields.js';
export { HessianError, type HessianErrorPlace } from './wire/hessian-error.js';
export {
  Duration,
  Instant,
  LocalDate,
  LocalDateTime,
  LocalTime,
  MonthDay,
  OffsetDateTime,
  OffsetTime,
  Period,
  Year,
  YearMonth,
  ZonedDateTime,
  ZoneId,
  ZoneOffset,
} from './types/java-time.js';
