import { Ctx } from '@nestjs/microservices';
import { BigDecimal, DubboContext, DubboService, JavaException } from 'nestjs-dubbo';
import {
  Address,
  Employee,
  EmployeeLocked,
  InteropService,
  type NewsListener,
  NewsService,
  NoSuchEmployee,
  State,
} from './contracts.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Of all providers of this process, so that it does not matter which of them is asked. */
const notes = new Map<string, string>();

/** The contract as a Nest team would write it; it does what InteropProvider.java does. */
@DubboService(InteropService)
export class InteropController {
  ping() {
    return 'pong';
  }

  not(value: boolean) {
    return !value;
  }

  nextByte(value: number) {
    return value + 1;
  }

  nextShort(value: number) {
    return value + 1;
  }

  nextInt(value: number) {
    return value + 1;
  }

  nextLong(value: bigint) {
    return value + 1n;
  }

  negateFloat(value: number) {
    return -value;
  }

  negateDouble(value: number) {
    return -value;
  }

  nextChar(value: string) {
    return String.fromCharCode(value.charCodeAt(0) + 1);
  }

  notBoxed(value: boolean | null) {
    return value === null ? null : !value;
  }

  nextByteBoxed(value: number | null) {
    return value === null ? null : value + 1;
  }

  nextShortBoxed(value: number | null) {
    return value === null ? null : value + 1;
  }

  nextIntBoxed(value: number | null) {
    return value === null ? null : value + 1;
  }

  nextLongBoxed(value: bigint | null) {
    return value === null ? null : value + 1n;
  }

  negateFloatBoxed(value: number | null) {
    return value === null ? null : -value;
  }

  negateDoubleBoxed(value: number | null) {
    return value === null ? null : -value;
  }

  nextCharBoxed(value: string | null) {
    return value === null ? null : this.nextChar(value);
  }

  shout(text: string | null) {
    return text === null ? null : `${text}!`;
  }

  reverseBytes(bytes: Uint8Array | null) {
    return bytes === null ? null : Uint8Array.from(bytes).reverse();
  }

  nextInts(values: number[]) {
    return values.map((value) => value + 1);
  }

  nextLongs(values: bigint[]) {
    return values.map((value) => value + 1n);
  }

  reverseTexts(texts: (string | null)[]) {
    return texts.toReversed();
  }

  transpose(matrix: number[][]) {
    return matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));
  }

  reverseEmployees(employees: (Employee | null)[]) {
    return employees.toReversed();
  }

  reverseList(texts: (string | null)[] | null) {
    return texts === null ? null : texts.toReversed();
  }

  nextLongList(values: (bigint | null)[]) {
    return values.map((value) => this.nextLongBoxed(value));
  }

  extendSet(texts: Set<string> | null) {
    return texts === null ? null : new Set([...texts, 'new']);
  }

  nextCounts(counts: Map<string, number> | null) {
    return counts === null ? null : new Map([...counts].map(([name, count]) => [name, count + 1]));
  }

  promoteAll(employees: Map<bigint, Employee>) {
    return new Map([...employees].map(([id, employee]) => [id + 1n, promoted(employee)]));
  }

  promote(employee: Employee | null) {
    return employee === null ? null : promoted(employee);
  }

  nextState(state: State | null) {
    return state === null ? null : stateAfter(state);
  }

  nextDay(date: Date | null) {
    return date === null ? null : dayAfter(date);
  }

  negate(value: BigDecimal | null) {
    return value === null ? null : negated(value);
  }

  findNothing() {
    return 'find()';
  }

  findInt(id: number) {
    return `find(int ${id})`;
  }

  findLong(id: bigint) {
    return `find(long ${id})`;
  }

  findInteger(id: number) {
    return `find(Integer ${id})`;
  }

  findName(name: string) {
    return `find(String ${name})`;
  }

  findNameLimit(name: string, limit: number) {
    return `find(String ${name}, int ${limit})`;
  }

  remember(key: string, note: string): void {
    notes.set(key, note);
  }

  remembered(key: string) {
    return notes.get(key) ?? null;
  }

  tell(key: string, note: string): void {
    notes.set(key, note);
  }

  readAttachment(key: string, @Ctx() context: DubboContext) {
    return (context.attachments[key] as string | undefined) ?? null;
  }

  answerAttachment(key: string, value: string, @Ctx() context: DubboContext): string | null {
    context.responseAttachments[key] = value;
    return null;
  }

  hire(name: string): Employee {
    throw Object.assign(new NoSuchEmployee(`nobody is called ${name}`), { code: 404 });
  }

  unlock(name: string): Employee {
    throw new EmployeeLocked(`${name} is locked`);
  }

  failInJava(message: string): string {
    throw new JavaException(message, { className: 'java.lang.IllegalStateException' });
  }

  failInAnotherJar(message: string): string {
    throw new JavaException(message, { className: 'io.netty.util.IllegalReferenceCountException' });
  }

  async sleep(millis: number) {
    await new Promise((resolve) => setTimeout(resolve, millis));
    return 'slept';
  }
}

/** The same once more, as another group and version. */
@DubboService(InteropService, { group: 'blue', version: '1.0.0' })
export class BlueController extends InteropController {}

/** Does what NewsProvider.java does. */
@DubboService(NewsService, { group: 'blue', version: '1.0.0' })
export class NewsController {
  readonly #listeners = new Map<string, Set<NewsListener>>();

  async subscribe(topic: string, listener: NewsListener) {
    await listener.greeted(topic);
    return this.#of(topic).add(listener).size;
  }

  async publish(topic: string, subject: Employee | null) {
    return (await Promise.all([...this.#of(topic)].map((listener) => told(listener, subject)))).join(', ');
  }

  unsubscribe(topic: string, listener: NewsListener) {
    return this.#of(topic).delete(listener);
  }

  #of(topic: string): Set<NewsListener> {
    let listeners = this.#listeners.get(topic);
    if (!listeners) this.#listeners.set(topic, (listeners = new Set()));
    return listeners;
  }
}

async function told(listener: NewsListener, subject: Employee | null): Promise<string> {
  try {
    return await listener.published(subject);
  } catch (error) {
    if (error instanceof NoSuchEmployee) return `NoSuchEmployee ${error.code}: ${error.message}`;
    throw error;
  }
}

function promoted(employee: Employee): Employee {
  const { address, mentor } = employee;
  return Object.assign(new Employee(), {
    id: employee.id + 1n,
    name: employee.name === null ? null : `${employee.name}!`,
    address: address && Object.assign(new Address(), { street: `${address.street}!`, number: address.number + 1 }),
    level: employee.level + 1,
    rating: -employee.rating,
    remote: !employee.remote,
    badge: employee.badge === null ? null : employee.badge + 1n,
    salary: employee.salary && negated(employee.salary),
    hiredAt: employee.hiredAt && dayAfter(employee.hiredAt),
    state: employee.state && stateAfter(employee.state),
    photo: employee.photo && Uint8Array.from(employee.photo).reverse(),
    skills: employee.skills && employee.skills.toReversed(),
    hours: employee.hours && new Map([...employee.hours].map(([day, hours]) => [day, hours + 1])),
    mentor,
  });
}

function stateAfter(state: State): State {
  return ({ HIRED: 'ON_LEAVE', ON_LEAVE: 'RETIRED', RETIRED: 'HIRED' } as const)[state];
}

function dayAfter(date: Date): Date {
  return new Date(date.getTime() + dayMs);
}

function negated(value: BigDecimal): BigDecimal {
  const text = value.toString();
  return BigDecimal.of(text.startsWith('-') ? text.slice(1) : `-${text}`);
}
