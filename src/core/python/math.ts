import { required } from '../optional.js';
import { isNumberKind, kindOf, LoneInteger } from './kind.js';

/** Values of mathjs: their arithmetic is mathjs' own, except where it would round. */

type MathFunctions = Record<string, (...args: unknown[]) => unknown>;

const mathjs = (): MathFunctions => required('mathjs', 'an operation on values of mathjs') as MathFunctions;

interface Marked {
  readonly isBigNumber?: boolean;
  readonly isFraction?: boolean;
  cmp?(other: unknown): number;
  compare?(other: unknown): number;
  valueOf(): unknown;
}

/** A value as functions of mathjs take it, beside values of its own. */
function argument(x: unknown, beside: unknown): unknown {
  if (x instanceof LoneInteger) return x.number;
  if (typeof x !== 'bigint') return x;
  const n = Number(x);
  if (Number.isSafeInteger(n)) return n;
  const other = beside as Marked;
  return other.isBigNumber === true || other.isFraction === true ? x : n;
}

/** Whether mathjs knows what to do with two values of which one is its own. */
export const isMathPair = (a: unknown, b: unknown): boolean => {
  const k = kindOf(a);
  const l = kindOf(b);
  return (
    (k === 'math' && (l === 'math' || isNumberKind(l) || l === 'list')) ||
    (l === 'math' && (isNumberKind(k) || k === 'list'))
  );
};

/** A function of mathjs of one value. */
export function math1(name: string, x: unknown): unknown {
  return mathjs()[name](x);
}

/** A function of mathjs of two values. */
export function math2(name: string, a: unknown, b: unknown): unknown {
  return mathjs()[name](argument(a, b), argument(b, a));
}

/** A function of one value that mathjs does not have for fractions, which it takes as numbers. */
export function mathOrNumber(name: string, x: unknown): unknown {
  return mathjs()[name]((x as Marked).isFraction === true ? Number((x as Marked).valueOf()) : x);
}

/** The square root, exact for fractions that have one. */
export function mathRoot(x: unknown): unknown {
  const f = x as Marked & { n?: bigint; d?: bigint; s?: bigint };
  if (f.isFraction === true && typeof f.n === 'bigint' && typeof f.d === 'bigint' && f.s !== -1n) {
    const n = wholeRoot(f.n);
    const d = wholeRoot(f.d);
    if (n !== null && d !== null) return mathjs().fraction(n, d);
  }
  return mathOrNumber('sqrt', x);
}

/** The nearest whole number, of two the even one. */
export function mathRint(x: unknown): unknown {
  const m = x as Marked & { toDecimalPlaces?: (places: number, rounding: number) => unknown };
  const HALF_EVEN = 6;
  if (m.isBigNumber === true && m.toDecimalPlaces !== undefined) return m.toDecimalPlaces(0, HALF_EVEN);
  if (m.isFraction !== true) return mathjs().round(x);
  const low = math1('floor', x);
  const side = compareMath(math2('subtract', x, low), 0.5);
  const odd = compareMath(math2('mod', low, 2), 0) !== 0;
  return side < 0 || (side === 0 && !odd) ? low : math2('add', low, 1);
}

/** The root of a square, or null. */
function wholeRoot(n: bigint): bigint | null {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) break;
    x = y;
  }
  return x * x === n ? x : null;
}

/** Order of two values of which one is mathjs' own, exactly: negative, zero, positive; NaN where they have none. */
export function compareMath(a: unknown, b: unknown): number {
  const x = argument(a, b);
  const y = argument(b, a);
  for (const [p, q, sign] of [
    [x, y, 1],
    [y, x, -1],
  ] as const) {
    const m = p as Marked;
    const other = q as Marked;
    // Comparisons of mathjs hold what is nearly equal for equal.
    if (m?.isBigNumber === true && m.cmp && other?.isFraction !== true && kindOf(q) !== 'complex') {
      const value = typeof q === 'bigint' ? String(q) : typeof q === 'boolean' ? Number(q) : q;
      return sign * m.cmp(value);
    }
    if (m?.isFraction === true && m.compare && other?.isBigNumber !== true && kindOf(q) !== 'complex') {
      if (typeof q === 'number' && !Number.isFinite(q)) return Number.isNaN(q) ? Number.NaN : -sign * Math.sign(q);
      return sign * m.compare(typeof q === 'boolean' ? Number(q) : q);
    }
  }
  return Number(mathjs().compare(x, y));
}

/** Whether two values are equal of which one is mathjs' own. */
export function equalMath(a: unknown, b: unknown): boolean {
  const unit = (x: unknown): boolean => (x as { isUnit?: boolean } | null)?.isUnit === true;
  if (unit(a) !== unit(b)) return false;
  if (unit(a)) return (a as { equals(o: unknown): boolean }).equals(b);
  if (kindOf(a) === 'complex' || kindOf(b) === 'complex')
    return mathjs().equal(argument(a, b), argument(b, a)) === true;
  if ((a as { isMatrix?: boolean }).isMatrix === true || (b as { isMatrix?: boolean }).isMatrix === true)
    return mathjs().deepEqual(a, b) === true;
  return compareMath(a, b) === 0;
}
