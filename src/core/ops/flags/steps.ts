import { isFloat, type ScalarType } from '../../dtype.js';
import { DIVIDE, INVALID, OVER, UNDER } from '../../errstate.js';
import * as x from '../../ir/expr.js';
import type { Expr } from '../../ir/expr.js';

/**
 * Which floating-point errors single steps of arithmetic raise, as expressions over their operands and results: what a processor
 * would have set its flags to. A result is a uint8 of flag bits.
 */

export const NO_FLAGS: Expr = x.konst('uint8', 0);

/** A bit where a condition holds. */
export const bit = (flag: number, condition: Expr): Expr => x.select(condition, x.konst('uint8', flag), NO_FLAGS);

export const allFlags = (flags: readonly Expr[]): Expr => {
  const some = flags.filter((f) => f !== NO_FLAGS);
  return some.length === 0 ? NO_FLAGS : some.reduce((a, b) => x.or(a, b));
};

export const both = (...conditions: readonly Expr[]): Expr => conditions.reduce((a, b) => x.and(a, b));
export const either = (...conditions: readonly Expr[]): Expr => conditions.reduce((a, b) => x.or(a, b));
export const isinf = (e: Expr): Expr => x.eq(x.abs(e), Number.POSITIVE_INFINITY);
export const isfinite = (e: Expr): Expr => x.lt(x.abs(e), Number.POSITIVE_INFINITY);
const anyNaN = (es: readonly Expr[]): Expr => es.map(x.isnan).reduce((a, b) => x.or(a, b));

/** The smallest normal number. Constants of float16 expressions are those of float32, in which they are computed. */
const NORMAL: Partial<Record<ScalarType, number>> = { float16: 2 ** -14, float32: 2 ** -126, float64: 2 ** -1022 };
const normal = (type: ScalarType): number => NORMAL[type] as number;

/** Below the normal numbers, zero included. */
export const isTiny = (e: Expr): Expr => x.lt(x.abs(e), normal(e.type));

/** The result is NaN and no operand is. */
export const madeNaN = (results: readonly Expr[], operands: readonly Expr[]): Expr =>
  x.and(anyNaN(results), x.not(anyNaN(operands)));

/** The result is infinite and all operands are finite. */
export const madeInfinite = (results: readonly Expr[], operands: readonly Expr[]): Expr =>
  both(
    results.map(isinf).reduce((a, b) => x.or(a, b)),
    ...operands.map(isfinite),
  );

// ---- underflow: the result, rounded as if exponents had no bounds, is below the normal numbers, and is not exact ------

/** The exact product of two float64 numbers as a sum p + e (Dekker's product; no step may overflow or underflow). */
function exactProduct(a: Expr, b: Expr): { p: Expr; e: Expr } {
  const split = (v: Expr): [Expr, Expr] => {
    const t = x.mul(v, 2 ** 27 + 1);
    const high = x.sub(t, x.sub(t, v));
    return [high, x.sub(v, high)];
  };
  const p = x.mul(a, b);
  const [ah, al] = split(a);
  const [bh, bl] = split(b);
  const e = x.add(x.add(x.add(x.sub(x.mul(ah, bh), p), x.mul(ah, bl)), x.mul(al, bh)), x.mul(al, bl));
  return { p, e };
}

/** Powers of two that lift operands of a tiny float64 result so far that nothing underflows. */
const LIFT = 2 ** 600;
const LIFT2 = 2 ** 500;
/** 2^-1022 lifted by both. */
const LIFTED_NORMAL = 2 ** 78;
const lifted = (r: Expr): Expr => x.mul(x.mul(r, LIFT), LIFT2);

/** In float32 products and quotients of float64 tell what was lost. */
const lostSingle = (exact: Expr, r: Expr, same: Expr): Expr =>
  both(x.le(x.abs(r), 2 ** -126), x.lt(x.abs(exact), 2 ** -126 * (1 - 2 ** -25)), x.not(same));

function productLost(a: Expr, b: Expr, r: Expr): Expr {
  const apart = both(x.ne(a, 0), x.ne(b, 0), isfinite(a), isfinite(b));
  if (r.type === 'float32') {
    const exact = x.mul(x.cast(a, 'float64'), x.cast(b, 'float64'));
    return x.and(apart, lostSingle(exact, r, x.eq(exact, x.cast(r, 'float64'))));
  }
  const swap = x.gt(x.abs(a), x.abs(b));
  const small = x.mul(x.select(swap, b, a), LIFT);
  const large = x.mul(x.select(swap, a, b), LIFT2);
  const { p, e } = exactProduct(small, large);
  const exact = both(x.eq(e, 0), x.eq(lifted(r), p));
  const lost = x.or(x.eq(r, 0), both(x.lt(x.abs(p), LIFTED_NORMAL), x.not(exact)));
  return both(apart, x.le(x.abs(r), normal('float64')), lost);
}

export function quotientLost(a: Expr, b: Expr, r: Expr): Expr {
  const apart = both(x.ne(a, 0), isfinite(a), isfinite(b));
  if (r.type === 'float32') {
    const [wa, wb] = [x.cast(a, 'float64'), x.cast(b, 'float64')];
    return x.and(apart, lostSingle(x.div(wa, wb), r, x.eq(x.mul(x.cast(r, 'float64'), wb), wa)));
  }
  const top = x.mul(a, LIFT);
  const below = x.div(b, LIFT2);
  const q = x.div(top, below);
  const { p, e } = exactProduct(q, below);
  const exact = both(x.eq(e, 0), x.eq(p, top), x.eq(lifted(r), q));
  const lost = x.or(x.eq(r, 0), both(x.lt(x.abs(q), LIFTED_NORMAL), x.not(exact)));
  return both(apart, x.le(x.abs(r), normal('float64')), lost);
}

// ---- steps -----------------------------------------------------------------------------------------------------------

const INT_BOUNDS: Partial<Record<ScalarType, readonly [number, number]>> = {
  // Narrow integers are the low bits of an int32, uint32 those of an int64: only what these cannot hold is invalid.
  int8: [-(2 ** 31), 2 ** 31],
  uint8: [-(2 ** 31), 2 ** 31],
  int16: [-(2 ** 31), 2 ** 31],
  uint16: [-(2 ** 31), 2 ** 31],
  int32: [-(2 ** 31), 2 ** 31],
  uint32: [-(2 ** 63), 2 ** 63],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [-(2 ** 63), 2 ** 64],
};

/** The flags of a cast: overflow and underflow to a narrower float, 'invalid' to an integer that cannot hold the value. */
export function castFlags(v: Expr, to: ScalarType): Expr {
  const from = v.type;
  if (from === to || to === 'bool' || from === 'bool') return NO_FLAGS;
  if (isFloat(to)) {
    if (!isFloat(from)) {
      if (to !== 'float16' || from === 'int8' || from === 'uint8' || from === 'int16') return NO_FLAGS;
      return bit(OVER, isinf(x.cast(x.cast(v, to), 'float32')));
    }
    const rank = { float16: 0, float32: 1, float64: 2 } as Record<string, number>;
    if (rank[to] > rank[from]) return NO_FLAGS;
    const wide = from === 'float16' ? 'float32' : from;
    const r = x.cast(x.cast(v, to), wide);
    const over = bit(OVER, madeInfinite([r], [v]));
    // Half precision is rounded by software, which calls small what is small before it is rounded.
    const bound = to === 'float16' ? normal(to) : normal(to) * (1 - 2 ** -25);
    return x.or(over, bit(UNDER, both(x.lt(x.abs(v), bound), x.ne(r, v))));
  }
  if (!isFloat(from)) return NO_FLAGS;
  const wide = from === 'float16' ? x.cast(v, 'float32') : v;
  const [low, high] = INT_BOUNDS[to] as readonly [number, number];
  const whole = x.trunc(wide);
  return bit(INVALID, x.not(x.and(x.ge(whole, low), x.lt(whole, high))));
}

/** The flags of one operation of the basis, not those of its operands. */
function stepFlags(e: Expr): Expr {
  const [a, b] = e.args;
  if (e.op === 'cast') return castFlags(a, e.type);
  const ordering = e.op === 'lt' || e.op === 'le' || e.op === 'gt' || e.op === 'ge';
  if (ordering) return isFloat(a.type) ? bit(INVALID, x.or(x.isnan(a), x.isnan(b))) : NO_FLAGS;
  if (!isFloat(e.type)) return NO_FLAGS;
  switch (e.op) {
    case 'add':
    case 'sub':
      return x.or(bit(INVALID, madeNaN([e], [a, b])), bit(OVER, madeInfinite([e], [a, b])));
    case 'mul':
      return allFlags([
        bit(INVALID, madeNaN([e], [a, b])),
        bit(OVER, madeInfinite([e], [a, b])),
        bit(UNDER, productLost(a, b, e)),
      ]);
    case 'div': {
      const pole = both(x.eq(b, 0), x.ne(a, 0), isfinite(a));
      return allFlags([
        bit(INVALID, madeNaN([e], [a, b])),
        bit(DIVIDE, pole),
        bit(OVER, both(madeInfinite([e], [a, b]), x.ne(b, 0))),
        bit(UNDER, quotientLost(a, b, e)),
      ]);
    }
    case 'sqrt':
      return bit(INVALID, madeNaN([e], [a]));
    default:
      return NO_FLAGS;
  }
}

/** The flags of all operations of an expression that are carried out: of a choice, those of the branch that is taken. */
export function flagsWithin(e: Expr, seen: Map<Expr, Expr> = new Map()): Expr {
  const known = seen.get(e);
  if (known !== undefined) return known;
  const of = (v: Expr): Expr => flagsWithin(v, seen);
  let flags: Expr;
  if (e.op === 'select' || e.op === 'rare') {
    const [yes, no] = [of(e.args[1]), of(e.args[2])];
    const chosen = yes === no ? yes : x.select(e.args[0], yes, no);
    flags = allFlags([of(e.args[0]), chosen]);
  } else flags = allFlags([...e.args.map(of), stepFlags(e)]);
  seen.set(e, flags);
  return flags;
}
