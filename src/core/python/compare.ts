import { isComplex } from '../complex.js';
import { TypeError, ValueError } from '../errors.js';
import { ArrayValue } from '../array.js';
import { arrayOperation } from './arrays.js';
import { compareMixed } from './integers.js';
import { isNumberKind, kindOf, LoneInteger, methodOf, typeName } from './kind.js';
import { compareMath, equalMath, isMathPair } from './math.js';

/** Python's truth, equality and order of single values. */

const isZeroMath = (x: unknown): boolean => {
  const v = x as { isZero?: () => boolean; isMatrix?: boolean; valueOf(): unknown };
  if (v.isMatrix === true) return false;
  if (typeof v.isZero === 'function') return v.isZero();
  return Number(v.valueOf()) === 0;
};

/** Python's `bool(x)`. @throws ValueError for arrays of more than one element */
export function truthy(x: unknown): boolean {
  switch (typeof x) {
    case 'boolean':
      return x;
    case 'number':
      return x !== 0;
    case 'bigint':
      return x !== 0n;
    case 'string':
      return x !== '';
    case 'undefined':
      return false;
    case 'object':
      break;
    default:
      return true;
  }
  if (x === null) return false;
  if (x instanceof ArrayValue) {
    if (x.size === 1) return truthy((x as unknown as { item(): unknown }).item());
    if (x.size === 0)
      throw new ValueError(
        'The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.',
      );
    throw new ValueError('The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()');
  }
  if (x instanceof LoneInteger) return x.number !== 0;
  switch (kindOf(x)) {
    case 'list':
    case 'bytes':
      return (x as { length: number }).length > 0;
    case 'dict':
      return Object.keys(x).length > 0;
    case 'complex':
      return (x as { re: number }).re !== 0 || (x as { im: number }).im !== 0;
    case 'math':
      return !isZeroMath(x);
    default:
  }
  if (x instanceof Map || x instanceof Set) return x.size > 0;
  const own = methodOf(x, ['__bool__']);
  return own === null || own.call(x) === true;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

const METHODS: { readonly [C in Comparison]: readonly string[] } = {
  '<': ['lt', '__lt__'],
  '<=': ['le', '__le__'],
  '>': ['gt', '__gt__'],
  '>=': ['ge', '__ge__'],
  '==': ['eq', '__eq__', 'equals'],
  '!=': ['ne', '__ne__'],
};
const SWAPPED: { readonly [C in Comparison]: Comparison } = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/** What an order (negative, zero, positive, NaN) says about a comparison. */
const holds = (op: Comparison, c: number): boolean => {
  switch (op) {
    case '<':
      return c < 0;
    case '<=':
      return c <= 0;
    case '>':
      return c > 0;
    case '>=':
      return c >= 0;
    case '==':
      return c === 0;
    default:
      return c !== 0;
  }
};

const orderOf = (a: any, b: any): number => (a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN);

/** Text by code points. */
function orderOfText(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // What lies beyond 16 bits is written with surrogates, which sort before the last of them.
    const lift = (c: number): number => (c >= 0xd800 && c < 0xe000 ? c + 0x10000 : c);
    return lift(x) - lift(y);
  }
  return a.length - b.length;
}

function numbersOf(a: unknown, b: unknown): number {
  const x = typeof a === 'boolean' ? BigInt(a) : a;
  const y = typeof b === 'boolean' ? BigInt(b) : b;
  if (typeof x === 'bigint' && typeof y === 'number') return compareMixed(x, y);
  if (typeof y === 'bigint' && typeof x === 'number') return -compareMixed(y, x);
  return orderOf(x, y);
}

const same = (a: unknown, b: unknown): boolean => Object.is(a, b) || equals(a, b);

/** Whether two values of one kind are equal; called for kinds that have no order, too. */
function equalKinds(a: any, b: any): boolean | undefined {
  const k = kindOf(a);
  const l = kindOf(b);
  if (isNumberKind(k) && isNumberKind(l)) {
    if (k !== 'complex' && l !== 'complex') return numbersOf(a, b) === 0;
    const re = (x: unknown): unknown => (isComplex(x) ? x.re : x);
    const im = (x: unknown): number => (isComplex(x) ? x.im : 0);
    return numbersOf(re(a), re(b)) === 0 && im(a) === im(b);
  }
  if (k === 'none' || l === 'none') return k === l ? true : undefined;
  if (k !== l) return undefined;
  switch (k) {
    case 'str':
      return a === b;
    case 'bytes':
      return a.length === b.length && (a as Uint8Array).every((v, i) => v === b[i]);
    case 'list':
      return a.length === b.length && (a as unknown[]).every((v, i) => same(v, b[i]));
    case 'dict': {
      const names = Object.keys(a);
      return names.length === Object.keys(b).length && names.every((n) => n in b && same(a[n], b[n]));
    }
    default:
      return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : undefined;
  }
}

/** The order of two values of one kind, or undefined where there is none. */
function orderKinds(op: Comparison, a: any, b: any): boolean | undefined {
  const k = kindOf(a);
  const l = kindOf(b);
  if (isNumberKind(k) && isNumberKind(l))
    return k === 'complex' || l === 'complex' ? undefined : holds(op, numbersOf(a, b));
  if (k !== l) return undefined;
  if (k === 'str') return holds(op, orderOfText(a, b));
  if (k === 'list' || k === 'bytes') {
    const n = Math.min(a.length, b.length);
    for (let i = 0; i < n; i++) if (!same(a[i], b[i])) return truthy(compare(op, a[i], b[i]));
    return holds(op, a.length - b.length);
  }
  return a instanceof Date && b instanceof Date ? holds(op, orderOf(a.getTime(), b.getTime())) : undefined;
}

/** What a comparison gives, as Python's operators: a truth value, or whatever an object's own method says. */
export function compare(op: Comparison, given: unknown, other: unknown): unknown {
  if (typeof given === 'number' && typeof other === 'number') return holds(op, orderOf(given, other));
  const math = isMathPair(given, other);
  const plain = (x: unknown, y: unknown): unknown =>
    x instanceof LoneInteger ? (kindOf(y) === 'other' ? x.number : x.int) : x;
  const a = plain(given, other);
  const b = plain(other, given);
  const k = kindOf(a);
  const l = kindOf(b);
  if (k === 'array' || l === 'array') return arrayOperation(METHODS[op][0], a, b);
  const equality = op === '==' || op === '!=';
  if (math) {
    if (equality) return equalMath(a, b) === (op === '==');
    if (k !== 'complex' && l !== 'complex') return holds(op, compareMath(a, b));
  }
  const known = equality ? equalKinds(a, b) : orderKinds(op, a, b);
  if (known !== undefined) return equality ? known === (op === '==') : known;
  if (k === 'other' || l === 'other') {
    const left = methodOf(a, METHODS[op]);
    if (left !== null) return left.call(a, b);
    const right = methodOf(b, METHODS[SWAPPED[op]]);
    if (right !== null) return right.call(b, a);
    if (op === '!=') {
      const eq = methodOf(a, METHODS['==']) ?? null;
      if (eq !== null) return !truthy(eq.call(a, b));
      const back = methodOf(b, METHODS['==']);
      if (back !== null) return !truthy(back.call(b, a));
    }
  }
  if (equality) return Object.is(a, b) === (op === '==');
  throw new TypeError(`'${op}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** Python's `a == b` as a truth value. */
export const equals = (a: unknown, b: unknown): boolean => truthy(compare('==', a, b));

/** Python's `a < b` as a truth value. @throws TypeError for values without an order */
export const less = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number' ? a < b : truthy(compare('<', a, b));
