/**
 * An object of a Java class that is not declared here. Keeps the class name and the fields in wire order, so that it can
 * be written back as it came. Two fields of one name (a field hidden by a subclass) are both kept.
 */
export class JavaObject {
  readonly javaName: string;
  #names: readonly string[];
  #values: unknown[];

  constructor(javaName: string, fields: Readonly<Record<string, unknown>> = {}) {
    this.javaName = javaName;
    this.#names = Object.keys(fields);
    this.#values = Object.values(fields);
  }

  /** An object of fields in wire order, names and values apart. It takes the values over: filling them later fills it. */
  static of(javaName: string, names: readonly string[], values: unknown[]): JavaObject {
    const made = new JavaObject(javaName);
    made.#names = names;
    made.#values = values;
    return made;
  }

  /** Field names in wire order. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Field values in wire order. */
  get values(): readonly unknown[] {
    return this.#values;
  }

  /** The fields as a plain object; of two fields with one name the subclass's. */
  get fields(): Record<string, unknown> {
    const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    this.#names.forEach((name, at) => (fields[name] = this.#values[at]));
    return fields;
  }

  /** The value of a field, undefined when there is none. */
  get(name: string): unknown {
    return this.#values[this.#names.lastIndexOf(name)];
  }

  /** Changes a field. Throws a RangeError when there is none of that name. */
  set(name: string, value: unknown): void {
    const at = this.#names.lastIndexOf(name);
    if (at < 0) throw new RangeError(`${this.javaName} has no field ${name}; it has ${this.#names.join(', ')}`);
    this.#values[at] = value;
  }

  /** The class name under `class`, as Java's generic calls write it, and the fields. */
  toJSON(): Record<string, unknown> {
    return { class: this.javaName, ...this.fields };
  }
}
