import { wireFieldsOf, type JavaClassConstructor, type Shape } from '@nestjs-dubbo/hessian';

type DtoConstructor = new (...args: never[]) => object;

const simpleKinds: ReadonlySet<string> = new Set<Shape['kind']>([
  'boolean',
  'byte',
  'short',
  'int',
  'long',
  'float',
  'double',
  'char',
  'string',
  'date',
  'enum',
]);

// A declaration list: what pipes are told instead of a DTO class, and the compound fields it has.
const argumentClasses = new Map<
  JavaClassConstructor,
  { readonly told: JavaClassConstructor; readonly kept: string[] }
>();
const taught = new WeakSet<JavaClassConstructor>();

/**
 * What pipes are told to be the class of a DTO argument. Nest's ValidationPipe clones a DTO by class-transformer, which
 * takes nested values apart: bytes come out empty, sets as arrays, a BigDecimal fails. But the values of a Dubbo argument
 * are of their declared classes already, nested DTOs too. So a DTO with compound fields has a subclass here that
 * class-transformer is taught to leave them as they are for, while the DTO's own metadata stays as the user wrote it, for
 * HTTP bodies. {@link asDeclared} turns its instances back.
 */
export function argumentClass(dto: JavaClassConstructor): JavaClassConstructor {
  const known = argumentClasses.get(dto);
  if (known) return known.told;
  const kept = wireFieldsOf(dto).flatMap(({ property, type }) => (simpleKinds.has(type.shape.kind) ? [] : [property]));
  const told = kept.length === 0 ? dto : subclassOf(dto as DtoConstructor);
  argumentClasses.set(dto, { told, kept });
  return told;
}

/** The argument as an instance of the DTO class itself, whatever the pipes made of it. */
export function asDeclared(dto: JavaClassConstructor, argument: unknown): unknown {
  const { told } = argumentClasses.get(dto) ?? { told: dto };
  if (told !== dto && argument instanceof told) Object.setPrototypeOf(argument, dto.prototype as object);
  return argument;
}

/** Tells class-transformer, if the application has it, which fields to leave as they are; before the first call. */
export async function teachClassTransformer(): Promise<void> {
  const transformer = await import('class-transformer').catch(() => undefined);
  if (!transformer) return;
  const { Exclude, Transform, Type } = transformer;
  // Stands in while the value is taken apart: it has no fields.
  class Kept {}
  Exclude()(Kept);
  for (const { told, kept } of argumentClasses.values()) {
    if (taught.has(told)) continue;
    taught.add(told);
    for (const field of kept) {
      Type(() => Kept)(told.prototype as object, field);
      Transform(({ obj, key }) => (obj as Record<string, unknown>)[key], { toClassOnly: true })(
        told.prototype as object,
        field,
      );
    }
  }
}

function subclassOf(dto: DtoConstructor): JavaClassConstructor {
  const told = class extends dto {};
  Object.defineProperty(told, 'name', { value: dto.name });
  return told;
}
