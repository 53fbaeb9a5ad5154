import { complex, isComplex } from '../complex.js';
import { MemoryError, OverflowError, TypeError } from '../errors.js';
import { arrayOperation } from './arrays.js';
import { addComplex, divComplex, mulComplex, powComplex, subComplex } from './complexes.js';
import * as n from './integers.js';
import { isNumberKind, kindOf, LoneInteger, methodOf, typeName, type ValueKind } from './kind.js';
import { isMathPair, math2 } from './math.js';

/** Python's operators of two values: one row each. */

export interface Operator {
  readonly symbol: string;
  /** Names under which an object has the operator, NDArray's first; the same with r in front where it stands on the right. */
  readonly methods: readonly [string, string];
  readonly int: (a: bigint, b: bigint) => unknown;
  /** Null where floats do not have it. */
  readonly float: ((a: number, b: number) => unknown) | null;
  readonly complex: ((a: Z, b: Z) => unknown) | null;
  /** For two truth values, where it is not the ints'. */
  readonly bool?: (a: boolean, b: boolean) => unknown;
  readonly math: (a: unknown, b: unknown) => unknown;
  /** Text, lists and dicts; undefined where they do not have it. */
  readonly sequence?: (a: any, b: any, k: ValueKind, l: ValueKind) => unknown;
}
type Z = { readonly re: number; readonly im: number };

const isSequence = (k: ValueKind): boolean => k === 'str' || k === 'list' || k === 'bytes';

/** `[1] + [2]`, `'a' + 'b'`. */
function join(a: any, b: any, k: ValueKind, l: ValueKind): unknown {
  if (!isSequence(k)) return undefined;
  if (k !== l) {
    if (k === 'bytes') throw new TypeError(`can't concat ${typeName(b)} to bytes`);
    throw new TypeError(`can only concatenate ${k} (not "${typeName(b)}") to ${k}`);
  }
  if (k === 'str') return a + b;
  return k === 'list' ? [...a, ...b] : new Uint8Array([...a, ...b]);
}

/** `'ab' * 2`. */
function repeat(a: any, b: any, k: ValueKind, l: ValueKind): unknown {
  if (!isSequence(k) && !isSequence(l)) return undefined;
  const [text, times] = isSequence(k) ? [a, b] : [b, a];
  const t = isSequence(k) ? l : k;
  if (t !== 'int' && t !== 'bool')
    throw new TypeError(`can't multiply sequence by non-int of type '${typeName(times)}'`);
  const count = Math.max(0, Number(times));
  if (Math.abs(Number(times)) >= 2 ** 63) throw new OverflowError("cannot fit 'int' into an index-sized integer");
  if (count * text.length > 2 ** 29) throw new MemoryError('');
  if (typeof text === 'string') return text.repeat(count);
  const list = Array.from({ length: count }, () => [...text]).flat();
  return Array.isArray(text) ? list : new Uint8Array(list);
}

/** `{…} | {…}`. */
const merge = (a: any, b: any, k: ValueKind, l: ValueKind): unknown =>
  k === 'dict' && l === 'dict' ? { ...a, ...b } : undefined;

const operator = (
  symbol: string,
  methods: readonly [string, string],
  math: string | ((a: unknown, b: unknown) => unknown),
  int: Operator['int'],
  float: Operator['float'] = null,
  ofComplex: Operator['complex'] = null,
  rest: Partial<Operator> = {},
): Operator => ({
  symbol,
  methods,
  int,
  float,
  complex: ofComplex,
  math: typeof math === 'string' ? (a, b) => math2(math, a, b) : math,
  ...rest,
});

const floorMath = (a: unknown, b: unknown): unknown => math2('floor', math2('divide', a, b), 0);

export const ADD: Operator = operator(
  '+',
  ['add', '__add__'],
  'add',
  (a, b) => a + b,
  (a, b) => a + b,
  addComplex,
  {
    sequence: join,
  },
);
export const SUBTRACT: Operator = operator(
  '-',
  ['sub', '__sub__'],
  'subtract',
  (a, b) => a - b,
  (a, b) => a - b,
  subComplex,
);
export const MULTIPLY: Operator = operator(
  '*',
  ['mul', '__mul__'],
  'multiply',
  (a, b) => a * b,
  (a, b) => a * b,
  mulComplex,
  { sequence: repeat },
);
export const DIVIDE: Operator = operator(
  '/',
  ['div', '__truediv__'],
  'divide',
  n.trueDivide,
  n.divideFloat,
  divComplex,
);
export const FLOOR_DIVIDE: Operator = operator(
  '//',
  ['floordiv', '__floordiv__'],
  floorMath,
  n.floorDivide,
  n.floorDivideFloat,
);
export const REMAINDER: Operator = operator('%', ['mod', '__mod__'], 'mod', n.modulo, n.moduloFloat);
export const POWER: Operator = operator(
  '** or pow()',
  ['pow', '__pow__'],
  'pow',
  n.powerInt,
  (a, b) => n.powerFloat(a, b) ?? powComplex(complex(a), complex(b)),
  powComplex,
);
export const AND: Operator = operator('&', ['and', '__and__'], 'bitAnd', (a, b) => a & b, null, null, {
  bool: (a, b) => a && b,
});
export const OR: Operator = operator('|', ['or', '__or__'], 'bitOr', (a, b) => a | b, null, null, {
  bool: (a, b) => a || b,
  sequence: merge,
});
export const XOR: Operator = operator('^', ['xor', '__xor__'], 'bitXor', (a, b) => a ^ b, null, null, {
  bool: (a, b) => a !== b,
});
export const LEFT_SHIFT: Operator = operator('<<', ['lshift', '__lshift__'], 'leftShift', n.shiftLeft);
export const RIGHT_SHIFT: Operator = operator('>>', ['rshift', '__rshift__'], 'rightArithShift', n.shiftRight);

const intOf = (x: unknown): bigint => (typeof x === 'boolean' ? BigInt(x) : (x as bigint));
const floatOf = (x: unknown): number =>
  typeof x === 'bigint' ? n.toFloat(x) : typeof x === 'boolean' ? Number(x) : (x as number);
const complexOf = (x: unknown): Z => (isComplex(x) ? x : complex(floatOf(x)));

/** Two numbers; undefined where the operator does not take their kinds. */
function numbers(op: Operator, a: unknown, b: unknown, k: ValueKind, l: ValueKind): unknown {
  if (k === 'complex' || l === 'complex') return op.complex?.(complexOf(a), complexOf(b));
  if (k === 'float' || l === 'float') return op.float?.(floatOf(a), floatOf(b));
  if (op.bool !== undefined && k === 'bool' && l === 'bool') return op.bool(a as boolean, b as boolean);
  return op.int(intOf(a), intOf(b));
}

/** A name with an r in front: of an operator's method where its object stands on the right. */
const reflected = (name: string): string => (name.startsWith('__') ? `__r${name.slice(2)}` : `r${name}`);

/** Python's operator on two values. @throws TypeError `unsupported operand type(s) for +: 'NoneType' and 'int'` */
export function operate(op: Operator, given: unknown, other: unknown): unknown {
  if (typeof given === 'number' && typeof other === 'number' && op.float !== null) return op.float(given, other);
  if (isMathPair(given, other)) return op.math(given, other);
  const plain = (x: unknown, y: unknown): unknown =>
    x instanceof LoneInteger ? (kindOf(y) === 'other' ? x.number : x.int) : x;
  const a = plain(given, other);
  const b = plain(other, given);
  const k = kindOf(a);
  const l = kindOf(b);
  let out: unknown;
  if (isNumberKind(k) && isNumberKind(l)) out = numbers(op, a, b, k, l);
  else if (k === 'array' || l === 'array') return arrayOperation(op.methods[0], a, b);
  else if (k === 'other' || l === 'other') {
    const left = methodOf(a, op.methods);
    if (left !== null) return left.call(a, b);
    const right = methodOf(b, op.methods.map(reflected));
    if (right !== null) return right.call(b, a);
  } else out = op.sequence?.(a, b, k, l);
  if (out !== undefined) return out;
  throw new TypeError(`unsupported operand type(s) for ${op.symbol}: '${typeName(given)}' and '${typeName(other)}'`);
}
