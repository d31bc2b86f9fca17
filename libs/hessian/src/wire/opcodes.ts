/** Opcodes of Hessian 2 as hessian-lite has them (Hessian2Constants); ranges by their first byte. */
export const Op = {
  stringDirect: 0x00,
  binaryDirect: 0x20,
  stringShort: 0x30,
  binaryShort: 0x34,
  long3: 0x38,
  binaryChunk: 0x41,
  binary: 0x42,
  classDefinition: 0x43,
  double: 0x44,
  false: 0x46,
  map: 0x48,
  int: 0x49,
  dateMillis: 0x4a,
  dateMinutes: 0x4b,
  long: 0x4c,
  typedMap: 0x4d,
  null: 0x4e,
  object: 0x4f,
  reference: 0x51,
  stringChunk: 0x52,
  string: 0x53,
  true: 0x54,
  typedListVariable: 0x55,
  typedListFixed: 0x56,
  listVariable: 0x57,
  listFixed: 0x58,
  longInt: 0x59,
  end: 0x5a,
  doubleZero: 0x5b,
  doubleOne: 0x5c,
  doubleByte: 0x5d,
  doubleShort: 0x5e,
  /** An int of thousandths, not the 32-bit float of the published draft. */
  doubleMill: 0x5f,
  objectDirect: 0x60,
  typedListDirect: 0x70,
  listDirect: 0x78,
  int1: 0x80,
  int2: 0xc0,
  int3: 0xd0,
  long1: 0xd8,
  long2: 0xf0,
} as const;

/** What kind of value an opcode begins. */
export type OpKind =
  | 'int'
  | 'long'
  | 'double'
  | 'boolean'
  | 'null'
  | 'string'
  | 'binary'
  | 'date'
  | 'list'
  | 'map'
  | 'object'
  | 'reference'
  | 'class definition'
  | 'end'
  | 'unused';

const named: Readonly<Record<number, OpKind>> = {
  [Op.binaryChunk]: 'binary',
  [Op.binary]: 'binary',
  [Op.classDefinition]: 'class definition',
  [Op.double]: 'double',
  [Op.false]: 'boolean',
  [Op.map]: 'map',
  [Op.int]: 'int',
  [Op.dateMillis]: 'date',
  [Op.dateMinutes]: 'date',
  [Op.long]: 'long',
  [Op.typedMap]: 'map',
  [Op.null]: 'null',
  [Op.object]: 'object',
  [Op.reference]: 'reference',
  [Op.stringChunk]: 'string',
  [Op.string]: 'string',
  [Op.true]: 'boolean',
  [Op.typedListVariable]: 'list',
  [Op.typedListFixed]: 'list',
  [Op.listVariable]: 'list',
  [Op.listFixed]: 'list',
  [Op.longInt]: 'long',
  [Op.end]: 'end',
};

function kindOf(code: number): OpKind {
  if (code < 0x20) return 'string';
  if (code < 0x30) return 'binary';
  if (code < 0x34) return 'string';
  if (code < 0x38) return 'binary';
  if (code < 0x40) return 'long';
  if (code < 0x5b) return named[code] ?? 'unused';
  if (code < 0x60) return 'double';
  if (code < 0x70) return 'object';
  if (code < 0x80) return 'list';
  if (code < 0xd8) return 'int';
  return 'long';
}

/** The kind of each of the 256 opcodes. */
export const opKinds: readonly OpKind[] = Array.from({ length: 256 }, (_, code) => kindOf(code));
