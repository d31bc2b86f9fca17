import { declarationNamed } from '../types/declarations.js';
import type { ClassDeclaration } from '../types/declarations.js';
import type { JavaType } from '../types/java-type.js';
import { jdkClasses, type JdkClass } from '../types/jdk-types.js';
import type { BodyReader } from './body-reader.js';
import type { InstancePlan } from './instance-plan.js';
import { knownDefinition, rememberDefinition } from './known-definitions.js';
import { intAt, notThis } from './number.js';
import { readName } from './string.js';

/** A class as the peer defined it in this body. */
export interface WireClass {
  readonly javaName: string;
  /** In the order of an instance's values; a name may be there twice, for a field that a subclass hides. */
  readonly fieldNames: readonly string[];
  /** The class declared under that name, if any. */
  readonly declaration: ClassDeclaration | undefined;
  /** How instances are read as a declared class, made when first needed. */
  readonly plans: Map<JavaType, InstancePlan>;
  /** The JDK class of that name, if it is one value in JavaScript. */
  readonly jdk: JdkClass | undefined;
  /** The plan used last, and the type that was expected then. */
  recent: { readonly expected: JavaType | undefined; readonly plan: InstancePlan } | undefined;
}

/** What follows the opcode `C`: name, field count, field names. */
export function readClassDefinition(body: BodyReader): WireClass {
  const start = body.offset;
  const known = knownDefinition(body.bytes, start, body.end);
  if (known) {
    body.offset = known.end;
    return known.wire;
  }
  const javaName = readName(body);
  const at = body.offset;
  const count = intAt(body, body.byte());
  if (count === notThis || count < 0) throw body.error(`class ${javaName}: expected its field count`, at);
  body.need(count);
  const fieldNames: string[] = [];
  for (let i = 0; i < count; i++) fieldNames.push(readName(body));
  const wire: WireClass = {
    javaName,
    fieldNames,
    declaration: declarationNamed(javaName),
    plans: new Map<JavaType, InstancePlan>(),
    jdk: jdkClasses.get(javaName),
    recent: undefined,
  };
  rememberDefinition(body.bytes, start, body.offset, wire);
  return wire;
}
