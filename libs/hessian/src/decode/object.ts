import { declarationNamed } from '../types/declarations.js';
import { JavaObject } from '../types/java-object.js';
import type { JavaType } from '../types/java-type.js';
import { JavaValue } from '../types/java-value.js';
import type { JdkClass } from '../types/jdk-types.js';
import { noteOrigin, type NumberKind } from '../types/origin.js';
import { typeOf } from '../types/type-of.js';
import { within } from '../wire/hessian-error.js';
import { Op } from '../wire/opcodes.js';
import { adapt } from './adapt.js';
import { type BodyReader, unfinished } from './body-reader.js';
import { compileInstanceReader } from './compiled-instance.js';
import {
  classFields,
  creatorOf,
  fillMissing,
  hotAfter,
  isThrowable,
  missingFields,
  newInstance,
  planInstance,
} from './instance-plan.js';
import type { InstancePlan } from './instance-plan.js';
import { atEnd } from './list.js';
import { setProperty } from './map.js';
import { hiddenKind } from './hidden-kind.js';
import { intAt, notThis } from './number.js';
import { readName } from './string.js';
import { looksThrowable, readThrowable, readUnknownThrowable } from './throwable.js';
import type { WireClass } from './wire-class.js';

/** Reads an object, whose opcode was just read, as the class type expected, if any. */
export function readObject(body: BodyReader, code: number, expected?: JavaType): unknown {
  const start = body.offset - 1;
  const wire = wireClassAt(body, code);
  const { recent, jdk } = wire;
  if (recent !== undefined && recent.expected === expected && body.open) return readPlanned(body, wire, recent.plan);
  checkClass(body, wire, jdk !== undefined || expected !== undefined);
  if (jdk) {
    const value = readJdkObject(body, wire, jdk, start);
    return expected === undefined ? value : adapt(value, expected, start);
  }
  const type = expected === undefined ? undeclaredType(body, wire) : closestType(wire, expected);
  if (type !== undefined) {
    const plan = planOf(body, wire, type);
    wire.recent = { expected, plan };
    return readPlanned(body, wire, plan);
  }
  if (looksThrowable(wire)) return readUnknownThrowable(body, wire);
  if (wire.javaName === 'java.util.CollSer')
    throw body.error(
      'a java.util.CollSer: hessian-lite 3.2 sends List.of, Set.of and Map.of without their content',
      start,
    );
  return readHolder(body, wire);
}

/**
 * Reads a map whose type name is that of a declared class as its instance, else answers {@link notThis} with nothing read.
 */
export function readTypedMapObject(body: BodyReader, typeName: string): unknown {
  const type = undeclaredType(body, { javaName: typeName });
  return type === undefined ? notThis : readInstanceFromMap(body, type);
}

/** Reads a map, after its head, as an instance: keys that name no field are read and dropped. */
export function readInstanceFromMap(body: BodyReader, type: JavaType): unknown {
  const { construct, fields } = classFields(type);
  if (isThrowable(construct)) throw body.error(`a map cannot be read as the exception ${type.javaName}`);
  const byName = new Map(fields.map((field) => [field.javaName, field]));
  const present = new Set<string>();
  const instance = newInstance(construct);
  body.enter(instance, type);
  while (!atEnd(body)) {
    const name = readName(body);
    const field = byName.get(name);
    present.add(name);
    try {
      const value = (field ? body.readers.of(field.type) : body.readers.untyped)(body);
      if (field) instance[field.property] = value;
    } catch (error) {
      throw within(error, `.${name}`);
    }
  }
  fillMissing(missingFields(fields, present), instance);
  body.leave();
  return instance;
}

// Fields that go into an expected class are harmless, whatever class they come from.
function checkClass(body: BodyReader, { javaName, declaration }: WireClass, known: boolean): void {
  const refusal = body.limits.classes.refusal(javaName, known || declaration !== undefined);
  if (refusal !== undefined) throw body.error(refusal, body.offset - 1);
}

/** Reads the name of an enum constant: an object of its class with that one field. */
export function readEnumObject(body: BodyReader, code: number, type: JavaType): unknown {
  const start = body.offset - 1;
  const wire = wireClassAt(body, code);
  checkClass(body, wire, wire.javaName === type.javaName);
  return adapt(readHolder(body, wire), type, start);
}

function wireClassAt(body: BodyReader, code: number): WireClass {
  const at = body.offset;
  const index = code === Op.object ? intAt(body, body.byte()) : code - Op.objectDirect;
  const wire = index === notThis ? undefined : body.classes[index];
  if (wire === undefined) throw body.error(`an object of a class that was not defined; ${body.classes.length} are`, at);
  return wire;
}

function undeclaredType(body: BodyReader, wire: Pick<WireClass, 'javaName'>): JavaType | undefined {
  const declaration = body.limits.holders ? undefined : declarationNamed(wire.javaName);
  return declaration && typeOf(declaration.construct);
}

// A declared subclass of what is expected is read as itself; any other class gives its fields to the expected one.
function closestType(wire: WireClass, expected: JavaType): JavaType {
  const { shape } = expected;
  const { declaration } = wire;
  const isSubclass =
    shape.kind === 'class' && declaration !== undefined && declaration.construct.prototype instanceof shape.construct;
  return isSubclass ? typeOf(declaration.construct) : expected;
}

function planOf(body: BodyReader, wire: WireClass, type: JavaType): InstancePlan {
  let plan = wire.plans.get(type);
  if (!plan) wire.plans.set(type, (plan = planInstance(type, wire.fieldNames, body.readers)));
  return plan;
}

function readPlanned(body: BodyReader, wire: WireClass, plan: InstancePlan): unknown {
  if (plan.compiled !== undefined) return plan.compiled(body);
  if (plan.throwable) return readThrowable(body, wire, plan);
  if (++plan.reads === hotAfter) plan.compiled = compileInstanceReader(plan, creatorOf(plan.construct));
  return readInstance(body, plan);
}

/** The plain path: one step after the other. */
export function readInstance(body: BodyReader, plan: InstancePlan): unknown {
  const instance = newInstance(plan.construct);
  body.enter(instance, plan.type);
  const { steps } = plan;
  let at = 0;
  try {
    for (; at < steps.length; at++) {
      const { property, read } = steps[at]!;
      const value = read(body);
      if (property !== undefined) instance[property] = value;
    }
  } catch (error) {
    throw within(error, `.${steps[at]!.name}`);
  }
  if (plan.missing.length > 0) fillMissing(plan.missing, instance);
  body.leave();
  return instance;
}

function readJdkObject(
  body: BodyReader,
  wire: WireClass,
  { type, layout, selfTelling }: JdkClass,
  start: number,
): unknown {
  const index = body.enter(unfinished, type);
  const types = new Map([...layout.fields, ...(layout.alsoRead ?? [])].map((field) => [field.name, field.type]));
  const fields = readFields(wire, [], (name) => {
    const fieldType = types.get(name);
    return fieldType === undefined ? body.readers.untyped(body) : body.readers.of(fieldType)(body);
  });
  body.leave();
  const record: Record<string, unknown> = {};
  wire.fieldNames.forEach((name, at) => setProperty(record, name, fields[at]));
  try {
    const content = layout.fromFields(record);
    const value = selfTelling ? content : new JavaValue(type, content);
    body.references[index] = value;
    const { countIn4 = 1 } = layout;
    if (countIn4 !== 1) body.recount(index, countIn4);
    return value;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError)
      throw body.error(`no ${type.javaName}: ${error.message}`, start);
    throw error;
  }
}

function readHolder(body: BodyReader, wire: WireClass): JavaObject {
  const values: unknown[] = [];
  const holder = JavaObject.of(wire.javaName, wire.fieldNames, values);
  let kinds: Map<unknown, NumberKind> | undefined;
  const index = body.enter(holder);
  readFields(wire, values, () => {
    const code = body.code();
    const value = body.readers.untypedAt(body, code);
    const kind = hiddenKind(body, code, value);
    if (kind !== undefined) (kinds ??= new Map()).set(values.length, kind);
    return value;
  });
  body.leave();
  noteOrigin(holder, undefined, kinds, values.length);
  // hessian-lite 3.2 sends addresses without fields, 4.0 sends fields and counts neither the address nor what is in it.
  if (addresses.has(wire.javaName) && values.length > 0) body.forget(index);
  return holder;
}

const addresses = new Set([
  'java.net.InetAddress',
  'java.net.Inet4Address',
  'java.net.Inet6Address',
  'java.net.InetSocketAddress',
]);

function readFields({ fieldNames }: WireClass, into: unknown[], read: (name: string) => unknown): unknown[] {
  try {
    for (const name of fieldNames) into.push(read(name));
  } catch (error) {
    throw within(error, `.${fieldNames[into.length]}`);
  }
  return into;
}
