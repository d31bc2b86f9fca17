/**
 * Names that a stub answers itself or must not have: JavaScript and Nest call them on any object, and such a call must
 * not become a remote one.
 */
export const localNames: ReadonlySet<string> = new Set([
  // Awaiting a value, printing it, writing it as JSON.
  'then',
  'toString',
  'toLocaleString',
  'toJSON',
  'valueOf',
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  '__proto__',
  // As in Java's own proxies.
  'equals',
  'hashCode',
  // Nest's lifecycle.
  'onModuleInit',
  'onModuleDestroy',
  'onApplicationBootstrap',
  'beforeApplicationShutdown',
  'onApplicationShutdown',
]);
