/** A service as Dubbo names it. `group` and `version` are absent when empty; version "0.0.0" means absent. */
export interface ServiceId {
  readonly interface: string;
  readonly group?: string;
  readonly version?: string;
}

/**
 * One callable method. Its object identity stands for it: what depends only on the method (encoded name, codecs) is kept
 * in maps keyed by this object.
 */
export interface Method {
  /** Name on the TypeScript side, unique within its interface. */
  readonly name: string;
  /** Name on the wire: the Java method's name, shared by overloads. */
  readonly javaName: string;
  /** JVM parameter descriptors, concatenated: `JLjava/lang/String;`. Empty without parameters. */
  readonly descriptor: string;
}

/** `[group/]interface[:version]`, the key under which Dubbo exports and finds a service. */
export function serviceKey(id: ServiceId): string {
  const version = id.version && id.version !== '0.0.0' ? `:${id.version}` : '';
  return `${id.group ? `${id.group}/` : ''}${id.interface}${version}`;
}
