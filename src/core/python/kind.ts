import { ArrayValue } from '../array.js';
import { isComplex } from '../complex.js';

/** What a JavaScript value is in Python's eyes. */

export type ValueKind =
  | 'none'
  | 'bool'
  | 'int'
  | 'float'
  | 'complex'
  | 'str'
  | 'bytes'
  | 'list'
  | 'dict'
  | 'array'
  | 'math'
  | 'other';

/** A lone integral number beside an array: an int, which objects with rules of their own are nevertheless given as a number. */
export class LoneInteger {
  readonly int: bigint;
  constructor(readonly number: number) {
    this.int = BigInt(number);
  }
}

interface Marks {
  readonly isBigNumber?: unknown;
  readonly isFraction?: unknown;
  readonly isUnit?: unknown;
  readonly isMatrix?: unknown;
}

/** Whether a value is one of mathjs' own, as mathjs marks them. Complex numbers are known without it. */
const isMath = (x: Marks): boolean =>
  x.isBigNumber === true || x.isFraction === true || x.isUnit === true || x.isMatrix === true;

const isPlain = (x: object): boolean => {
  const p = Object.getPrototypeOf(x) as unknown;
  return p === null || p === Object.prototype || Object.getPrototypeOf(p) === null;
};

export function kindOf(x: unknown): ValueKind {
  switch (typeof x) {
    case 'number':
      return 'float';
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    case 'undefined':
      return 'none';
    case 'object':
      if (x === null) return 'none';
      if (x instanceof ArrayValue) return 'array';
      if (x instanceof LoneInteger) return 'int';
      if (Array.isArray(x)) return 'list';
      if (x instanceof Uint8Array) return 'bytes';
      if (isMath(x as Marks)) return 'math';
      if (isComplex(x)) return 'complex';
      return isPlain(x) && !hasMethods(x) ? 'dict' : 'other';
    default:
      return 'other';
  }
}

/** A plain object with functions in it is an object with methods, not a dict. */
const hasMethods = (x: object): boolean => {
  for (const v of Object.values(x)) if (typeof v === 'function') return true;
  return false;
};

const NAMES: { readonly [K in ValueKind]: string | null } = {
  none: 'NoneType',
  bool: 'bool',
  int: 'int',
  float: 'float',
  complex: 'complex',
  str: 'str',
  bytes: 'bytes',
  list: 'list',
  dict: 'dict',
  array: 'numpy.ndarray',
  math: null,
  other: null,
};

/** The name of a value's type, as Python's errors have it. */
export function typeName(x: unknown): string {
  const known = NAMES[kindOf(x)];
  if (known !== null) return known;
  if (typeof x === 'function') return 'function';
  if (typeof x !== 'object' || x === null) return typeof x;
  if (x instanceof Date) return 'datetime.datetime';
  const { type } = x as { type?: unknown };
  if (kindOf(x) === 'math' && typeof type === 'string') return type;
  const name = (x as object).constructor?.name;
  return name === undefined || name === '' || name === 'Object' ? 'object' : name;
}

/** Kinds that take part in arithmetic as numbers. */
export const isNumberKind = (k: ValueKind): boolean => k === 'bool' || k === 'int' || k === 'float' || k === 'complex';

/** A method of a value under one of several names, or null. */
export function methodOf(x: unknown, names: readonly string[]): ((...args: unknown[]) => unknown) | null {
  if (x === null || (typeof x !== 'object' && typeof x !== 'function')) return null;
  for (const name of names) {
    const f = (x as Record<string, unknown>)[name];
    if (typeof f === 'function') return f as (...args: unknown[]) => unknown;
  }
  return null;
}
