import { type BigDecimal, DubboInterface, JavaClass, JavaException, JavaField, java } from 'nestjs-dubbo';

// The TypeScript twin of java/src/main/java/com/acme/interop/api, where the methods are described.

export const State = java.enum('com.acme.interop.api.State', ['HIRED', 'ON_LEAVE', 'RETIRED']);
export type State = 'HIRED' | 'ON_LEAVE' | 'RETIRED';

@JavaClass('com.acme.interop.api.Address')
export class Address {
  @JavaField(java.string) street: string | null = null;
  @JavaField(java.int) number = 0;
}

@JavaClass('com.acme.interop.api.Person')
export class Person {
  @JavaField(java.long) id = 0n;
  @JavaField(java.string) name: string | null = null;
  @JavaField(Address) address: Address | null = null;
}

@JavaClass('com.acme.interop.api.Employee')
export class Employee extends Person {
  @JavaField(java.int) level = 0;
  @JavaField(java.double) rating = 0;
  @JavaField(java.boolean) remote = false;
  @JavaField(java.Long) badge: bigint | null = null;
  @JavaField(java.bigDecimal) salary: BigDecimal | null = null;
  @JavaField(java.date) hiredAt: Date | null = null;
  @JavaField(State) state: State | null = null;
  @JavaField(java.bytes) photo: Uint8Array | null = null;
  @JavaField(java.list(java.string)) skills: string[] | null = null;
  @JavaField(java.map(java.string, java.Integer)) hours: Map<string, number> | null = null;
  @JavaField(() => Employee) mentor: Employee | null = null;
}

@JavaClass('com.acme.interop.api.NoSuchEmployee', { checked: true })
export class NoSuchEmployee extends JavaException {
  @JavaField(java.int) code = 0;
}

@JavaClass('com.acme.interop.api.EmployeeLocked')
export class EmployeeLocked extends JavaException {}

const { nullable, list, set, map, array } = java;

@DubboInterface('com.acme.interop.api.InteropService', {
  ping: { params: [], returns: java.string },

  not: { params: [java.boolean], returns: java.boolean },
  nextByte: { params: [java.byte], returns: java.byte },
  nextShort: { params: [java.short], returns: java.short },
  nextInt: { params: [java.int], returns: java.int },
  nextLong: { params: [java.long], returns: java.long },
  negateFloat: { params: [java.float], returns: java.float },
  negateDouble: { params: [java.double], returns: java.double },
  nextChar: { params: [java.char], returns: java.char },

  notBoxed: { params: [java.Boolean], returns: java.Boolean },
  nextByteBoxed: { params: [java.Byte], returns: java.Byte },
  nextShortBoxed: { params: [java.Short], returns: java.Short },
  nextIntBoxed: { params: [java.Integer], returns: java.Integer },
  nextLongBoxed: { params: [java.Long], returns: java.Long },
  negateFloatBoxed: { params: [java.Float], returns: java.Float },
  negateDoubleBoxed: { params: [java.Double], returns: java.Double },
  nextCharBoxed: { params: [java.Character], returns: java.Character },

  shout: { params: [java.string], returns: java.string },
  reverseBytes: { params: [java.bytes], returns: java.bytes },
  nextInts: { params: [array(java.int)], returns: array(java.int) },
  nextLongs: { params: [array(java.long)], returns: array(java.long) },
  reverseTexts: { params: [array(nullable(java.string))], returns: array(nullable(java.string)) },
  transpose: { params: [array(array(java.int))], returns: array(array(java.int)) },
  reverseEmployees: { params: [array(nullable(Employee))], returns: array(nullable(Employee)) },
  reverseList: { params: [list(nullable(java.string))], returns: list(nullable(java.string)) },
  nextLongList: { params: [list(nullable(java.Long))], returns: list(nullable(java.Long)) },
  extendSet: { params: [set(java.string)], returns: set(java.string) },
  nextCounts: { params: [map(java.string, java.Integer)], returns: map(java.string, java.Integer) },
  promoteAll: { params: [map(java.Long, Employee)], returns: map(java.Long, Employee) },
  promote: { params: [Employee], returns: Employee },
  nextState: { params: [State], returns: State },
  nextDay: { params: [java.date], returns: java.date },
  negate: { params: [java.bigDecimal], returns: java.bigDecimal },

  findNothing: { javaName: 'find', params: [], returns: java.string },
  findInt: { javaName: 'find', params: [java.int], returns: java.string },
  findLong: { javaName: 'find', params: [java.long], returns: java.string },
  findInteger: { javaName: 'find', params: [java.Integer], returns: java.string },
  findName: { javaName: 'find', params: [java.string], returns: java.string },
  findNameLimit: { javaName: 'find', params: [java.string, java.int], returns: java.string },

  remember: { params: [java.string, java.string], returns: java.void },
  remembered: { params: [java.string], returns: java.string },
  tell: { params: [java.string, java.string], returns: java.void },
  readAttachment: { params: [java.string], returns: java.string },
  answerAttachment: { params: [java.string, java.string], returns: java.string },

  hire: { params: [java.string], returns: Employee, throws: [NoSuchEmployee] },
  unlock: { params: [java.string], returns: Employee },
  failInJava: { params: [java.string], returns: java.string },
  failInAnotherJar: { params: [java.string], returns: java.string },
  sleep: { params: [java.int], returns: java.string },
})
export abstract class InteropService {
  abstract ping(): Promise<string>;

  abstract not(value: boolean): Promise<boolean>;
  abstract nextByte(value: number): Promise<number>;
  abstract nextShort(value: number): Promise<number>;
  abstract nextInt(value: number): Promise<number>;
  abstract nextLong(value: bigint): Promise<bigint>;
  abstract negateFloat(value: number): Promise<number>;
  abstract negateDouble(value: number): Promise<number>;
  abstract nextChar(value: string): Promise<string>;

  abstract notBoxed(value: boolean | null): Promise<boolean | null>;
  abstract nextByteBoxed(value: number | null): Promise<number | null>;
  abstract nextShortBoxed(value: number | null): Promise<number | null>;
  abstract nextIntBoxed(value: number | null): Promise<number | null>;
  abstract nextLongBoxed(value: bigint | null): Promise<bigint | null>;
  abstract negateFloatBoxed(value: number | null): Promise<number | null>;
  abstract negateDoubleBoxed(value: number | null): Promise<number | null>;
  abstract nextCharBoxed(value: string | null): Promise<string | null>;

  abstract shout(text: string | null): Promise<string | null>;
  abstract reverseBytes(bytes: Uint8Array | null): Promise<Uint8Array | null>;
  abstract nextInts(values: number[]): Promise<number[]>;
  abstract nextLongs(values: bigint[]): Promise<bigint[]>;
  abstract reverseTexts(texts: (string | null)[]): Promise<(string | null)[]>;
  abstract transpose(matrix: number[][]): Promise<number[][]>;
  abstract reverseEmployees(employees: (Employee | null)[]): Promise<(Employee | null)[]>;
  abstract reverseList(texts: (string | null)[] | null): Promise<(string | null)[] | null>;
  abstract nextLongList(values: (bigint | null)[]): Promise<(bigint | null)[]>;
  abstract extendSet(texts: Set<string> | null): Promise<Set<string> | null>;
  abstract nextCounts(counts: Map<string, number> | null): Promise<Map<string, number> | null>;
  abstract promoteAll(employees: Map<bigint, Employee>): Promise<Map<bigint, Employee>>;
  abstract promote(employee: Employee | null): Promise<Employee | null>;
  abstract nextState(state: State | null): Promise<State | null>;
  abstract nextDay(date: Date | null): Promise<Date | null>;
  abstract negate(value: BigDecimal | null): Promise<BigDecimal | null>;

  abstract findNothing(): Promise<string>;
  abstract findInt(id: number): Promise<string>;
  abstract findLong(id: bigint): Promise<string>;
  abstract findInteger(id: number): Promise<string>;
  abstract findName(name: string): Promise<string>;
  abstract findNameLimit(name: string, limit: number): Promise<string>;

  abstract remember(key: string, note: string): Promise<void>;
  abstract remembered(key: string): Promise<string | null>;
  abstract tell(key: string, note: string): Promise<void>;
  abstract readAttachment(key: string): Promise<string | null>;
  abstract answerAttachment(key: string, value: string): Promise<string | null>;

  abstract hire(name: string): Promise<Employee>;
  abstract unlock(name: string): Promise<Employee>;
  abstract failInJava(message: string): Promise<string>;
  abstract failInAnotherJar(message: string): Promise<string>;
  abstract sleep(millis: number): Promise<string>;
}

@DubboInterface('com.acme.interop.api.NewsListener', {
  greeted: { params: [java.string], returns: java.void },
  published: { params: [Employee], returns: java.string, throws: [NoSuchEmployee] },
})
export abstract class NewsListener {
  abstract greeted(topic: string): Promise<void>;
  abstract published(subject: Employee | null): Promise<string>;
}

@DubboInterface('com.acme.interop.api.NewsService', {
  subscribe: { params: [java.string, java.callback(NewsListener)], returns: java.int },
  publish: { params: [java.string, Employee], returns: java.string },
  unsubscribe: { params: [java.string, java.callback(NewsListener, { release: true })], returns: java.boolean },
})
export abstract class NewsService {
  abstract subscribe(topic: string, listener: NewsListener): Promise<number>;
  abstract publish(topic: string, subject: Employee | null): Promise<string>;
  abstract unsubscribe(topic: string, listener: NewsListener): Promise<boolean>;
}
