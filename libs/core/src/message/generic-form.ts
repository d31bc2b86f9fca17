import { declarationNamed, Decoder, Encoder, JavaObject, typeOf, type TypeLike } from '@nestjs-dubbo/hessian';

/**
 * A plain value of a generic call (maps with a `class` key for objects, names for enums) as the value that `type` asks for.
 * The typed reader takes the plain forms as Java's does, so the value goes once through the codec.
 * @throws HessianError if it does not fit
 */
export function realize(value: unknown, type: TypeLike): unknown {
  const encoder = new Encoder();
  encoder.write(value);
  return new Decoder(encoder.finish()).read(typeOf(type));
}

/**
 * A typed value in the plain form of generic calls: objects become maps with a `class` key, enums their names (source:
 * org.apache.dubbo PojoUtils.generalize).
 * @throws HessianError if the value does not fit its type
 */
export function generalize(value: unknown, type: TypeLike): unknown {
  const encoder = new Encoder();
  encoder.write(value, type);
  return plain(new Decoder(encoder.finish(), { holders: true }).read());
}

function plain(value: unknown): unknown {
  if (value instanceof JavaObject) return plainObject(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Set) return new Set([...value].map(plain));
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [plain(key), plain(entry)]));
  if (isRecord(value)) return plainRecord(value);
  return value;
}

function plainObject(object: JavaObject): unknown {
  // An enum travels as an object whose only field is its name; a declared class of one such field is a bean all the same.
  const isEnum = object.names.length === 1 && object.names[0] === 'name' && !declarationNamed(object.javaName);
  if (isEnum) return object.get('name');
  return { ...plainRecord(object.fields), class: object.javaName };
}

function plainRecord(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, entry]) => [key, plain(entry)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  const prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null;
}
