import {
  declarationNamed,
  declarationOf,
  Decoder,
  Encoder,
  java,
  JavaObject,
  JavaValue,
  typeOf,
  wireFieldsOf,
  type JavaType,
  type TypeLike,
} from '@nestjs-dubbo/hessian';

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
 * A typed value in the plain form of generic calls: objects become records with a `class` key, enums their names, arrays of
 * objects `Object[]`; numbers, texts, dates and arrays of them keep their Java types (source: org.apache.dubbo
 * PojoUtils.generalize).
 * @throws HessianError if the value does not fit its type, or its typed form takes more than `maxBytes`
 */
export function generalize(value: unknown, type: TypeLike, maxBytes?: number): unknown {
  // The writer knows best what fits; what it wrote is of no use, as its types are gone when it is read without them.
  new Encoder(maxBytes === undefined ? {} : { maxBytes }).write(value, type);
  return plain(value, typeOf(type), [], new Map());
}

/** `args` are the type arguments of the generic class around, `made` what was made of objects already met. */
function plain(value: unknown, type: JavaType, args: readonly JavaType[], made: Map<unknown, unknown>): unknown {
  if (value === null || value === undefined) return value;
  const { shape } = type;
  const known = made.get(value);
  if (known !== undefined) return known;
  switch (shape.kind) {
    case 'lazy':
      return plain(value, shape.resolve(), args, made);
    case 'variable':
      return plain(value, args[shape.index] ?? java.any, args, made);
    case 'list':
      return plainList(value as readonly unknown[], shape.element, args, made);
    case 'set':
      return plainSet(value as ReadonlySet<unknown>, shape.element, args, made);
    case 'map':
      return plainMap(value, shape.key, shape.value, args, made);
    case 'array':
      if (keepsType(shape.element)) return new JavaValue(type, value);
      return new JavaValue(objects, plainList(value as readonly unknown[], shape.element, args, made));
    case 'class':
      return plainObject(value, type, made);
    case 'any':
    case 'callback':
      return plainUntyped(value, made);
    case 'enum':
      return value;
    default:
      return new JavaValue(type, value);
  }
}

const objects = java.array(java.any);

/** Arrays of these go as they are; all others as Object[]. */
function keepsType(element: JavaType): boolean {
  const { shape } = element;
  return shape.kind === 'array'
    ? keepsType(shape.element)
    : !['any', 'variable', 'lazy', 'class', 'list', 'set', 'map', 'enum', 'callback'].includes(shape.kind);
}

function plainList(
  list: readonly unknown[],
  element: JavaType,
  args: readonly JavaType[],
  made: Map<unknown, unknown>,
): unknown[] {
  const entries: unknown[] = [];
  made.set(list, entries);
  for (const entry of list) entries.push(plain(entry, element, args, made));
  return entries;
}

function plainSet(
  set: ReadonlySet<unknown>,
  element: JavaType,
  args: readonly JavaType[],
  made: Map<unknown, unknown>,
): Set<unknown> {
  const entries = new Set<unknown>();
  made.set(set, entries);
  for (const entry of set) entries.add(plain(entry, element, args, made));
  return entries;
}

function plainMap(
  map: unknown,
  key: JavaType,
  entry: JavaType,
  args: readonly JavaType[],
  made: Map<unknown, unknown>,
): Map<unknown, unknown> {
  const entries = new Map<unknown, unknown>();
  made.set(map, entries);
  const given = map instanceof Map ? map : new Map(Object.entries(map as object));
  for (const [k, v] of given) entries.set(plain(k, key, args, made), plain(v, entry, args, made));
  return entries;
}

/** An instance of a declared class, or a plain object in its place; of a subclass as what it is. */
function plainObject(value: unknown, type: JavaType, made: Map<unknown, unknown>): unknown {
  const own = declarationOf((value as object).constructor);
  const { shape, javaName } = own ? typeOf(own.construct) : type;
  if (value instanceof JavaObject || shape.kind !== 'class') return plainUntyped(value, made);
  const args = type.shape.kind === 'class' ? type.shape.args : [];
  const record: Record<string, unknown> = {};
  made.set(value, record);
  for (const field of wireFieldsOf(shape.construct)) {
    const held = (value as Readonly<Record<string, unknown>>)[field.property];
    record[field.javaName] = plain(held ?? null, field.type, args, made);
  }
  record['class'] = javaName;
  return record;
}

function plainUntyped(value: unknown, made: Map<unknown, unknown>): unknown {
  if (value instanceof JavaValue) return plain(value.value, value.type, [], made);
  if (value instanceof JavaObject) return plainHolder(value, made);
  if (Array.isArray(value)) return plainList(value, java.any, [], made);
  if (value instanceof Set) return plainSet(value, java.any, [], made);
  if (value instanceof Map || isRecord(value)) return plainMap(value, java.any, java.any, [], made);
  const own = declarationOf((value as object).constructor);
  return own ? plainObject(value, typeOf(own.construct), made) : value;
}

function plainHolder(object: JavaObject, made: Map<unknown, unknown>): unknown {
  // An enum travels as an object whose only field is its name; a declared class of one such field is a bean all the same.
  const isEnum = object.names.length === 1 && object.names[0] === 'name' && !declarationNamed(object.javaName);
  if (isEnum) return object.get('name');
  const record: Record<string, unknown> = {};
  made.set(object, record);
  for (const [name, held] of Object.entries(object.fields)) record[name] = plain(held, java.any, [], made);
  record['class'] = object.javaName;
  return record;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  const prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null;
}
