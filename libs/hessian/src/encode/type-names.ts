import type { JavaType } from '../types/java-type.js';

// Interfaces and abstract classes have no objects; this is what stands for them on the wire. Undefined is the untyped
// list or map, which every reader takes for an ArrayList or HashMap.
const lists: Readonly<Record<string, string | undefined>> = {
  'java.util.ArrayList': undefined,
  'java.util.List': undefined,
  'java.util.AbstractList': undefined,
  'java.util.Collection': undefined,
  'java.util.AbstractCollection': undefined,
  'java.lang.Iterable': undefined,
  'java.lang.Object': undefined,
  'java.io.Serializable': undefined,
  'java.util.Queue': 'java.util.LinkedList',
  'java.util.Deque': 'java.util.LinkedList',
};

const sets: Readonly<Record<string, string | undefined>> = {
  'java.util.Set': 'java.util.HashSet',
  'java.util.AbstractSet': 'java.util.HashSet',
  'java.util.Collection': 'java.util.HashSet',
  'java.lang.Iterable': 'java.util.HashSet',
  'java.lang.Object': 'java.util.HashSet',
  'java.io.Serializable': 'java.util.HashSet',
  'java.util.SortedSet': 'java.util.TreeSet',
  'java.util.NavigableSet': 'java.util.TreeSet',
};

const maps: Readonly<Record<string, string | undefined>> = {
  'java.util.HashMap': undefined,
  'java.util.Map': undefined,
  'java.util.AbstractMap': undefined,
  'java.lang.Object': undefined,
  'java.io.Serializable': undefined,
  'java.util.SortedMap': 'java.util.TreeMap',
  'java.util.NavigableMap': 'java.util.TreeMap',
  'java.util.concurrent.ConcurrentMap': 'java.util.concurrent.ConcurrentHashMap',
};

/** The type name on the wire of a list, set or map type; undefined for none. */
export function collectionName(kind: 'list' | 'set' | 'map', javaName: string): string | undefined {
  const names = kind === 'list' ? lists : kind === 'set' ? sets : maps;
  return Object.hasOwn(names, javaName) ? names[javaName] : javaName;
}

const components: Readonly<Record<string, string>> = {
  'java.lang.String': 'string',
  'java.lang.Object': 'object',
  'java.util.Date': 'date',
};

/** The type name on the wire of an array with such elements: `[int`, `[string`, `[[long`, `[com.acme.Comment`. */
export function arrayName(element: JavaType): string {
  const { shape, javaName } = element;
  if (shape.kind === 'array') return `[${arrayName(shape.element)}`;
  if (shape.kind === 'bytes') return '[[byte';
  return `[${Object.hasOwn(components, javaName) ? components[javaName] : javaName}`;
}
