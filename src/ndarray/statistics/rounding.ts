import { isFortran, isCContiguous, isOrdered } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { type DType, float16, float64, isNumber } from '../../core/dtype.js';
import { TypeError, UFuncOutputCastingError, ValueError } from '../../core/errors.js';
import { assignTo, copyAs } from '../../core/ops/copy.js';
import { castTo, withDtype } from '../../core/ops/move.js';
import { checkOutput, type UfuncRow } from '../../core/ops/row.js';
import { applyRow, type UfuncOptions, PLAIN } from '../../core/ops/execute.js';
import { operand, type UfuncOperand, Weak } from '../../core/ops/operand.js';
import { readOptions } from '../../core/ops/ufunc.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { rint, trunc } from '../../core/ops/ufuncs/elementary.js';
import { finite_values, round_scaled, round_tens } from '../../core/ops/ufuncs/shaping.js';
import { integerRange } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { sameShape } from '../../core/view.js';
import { announce } from '../../core/transfers.js';
import { singleOut, type UfuncKeywords } from '../ufunc.js';
import { type ArrayLike, type ArrayValue, isInexact, NDArray, type Out, type Reduced } from './common.js';

/** Limiting and rounding, element by element. */

const writing = (out: ArrayValue, casting: UfuncOptions['casting'] = 'same_kind'): UfuncOptions => ({
  out: [out],
  where: null,
  dtype: null,
  signature: null,
  casting,
  order: 'K',
});

/** Keywords of `clip`. */
export interface ClipKeywords extends Omit<UfuncKeywords, 'out'> {
  a_min?: ArrayLike | null;
  a_max?: ArrayLike | null;
  min?: ArrayLike | null;
  max?: ArrayLike | null;
  out?: Out;
}
export type ClipFunction = <A extends ArrayLike>(
  a: A,
  a_min?: ArrayLike | null | ClipKeywords,
  a_max?: ArrayLike | null | ClipKeywords,
  out?: Out | ClipKeywords,
  kw?: ClipKeywords,
) => Reduced<A>;

/** A bound that an integer dtype cannot pass anyway is no bound. */
function needless(bound: unknown, d: DType, end: 0 | 1): boolean {
  if (
    (d.kind !== 'i' && d.kind !== 'u') ||
    (typeof bound !== 'bigint' && !(typeof bound === 'number' && Number.isInteger(bound)))
  )
    return false;
  const limit = integerRange(d)[end];
  return end === 0 ? (bound as number | bigint) <= limit : (bound as number | bigint) >= limit;
}

/**
 * Limits values to an interval: min(max(a, a_min), a_max), with NaN passing through. A bound of null (or absent) does not limit.
 * Bounds beyond the range of an integer dtype limit nothing where that makes sense.
 *
 * @throws OverflowError `Python integer 300 out of bounds for uint8`; TypeError when only one of `a_min` and `a_max` is given;
 *   ValueError when `min` or `max` is given beside them
 * @example np.clip([1, 5, 9], 2, 6) // → array([2., 5., 6.])
 */
export const clip: ClipFunction = /*@__PURE__*/ fn<ClipFunction>(
  'clip',
  'a, a_min=<no value>, a_max=<no value>, out=None, *, min=<no value>, max=<no value>, **kwargs',
  (a, aMin, aMax, out, minimum, maximum, kwargs) => {
    let lo = aMin;
    let hi = aMax;
    if (aMin === undefined && aMax === undefined) {
      lo = minimum ?? null;
      hi = maximum ?? null;
    } else if (aMin === undefined) throw new TypeError("clip() missing 1 required positional argument: 'a_min'");
    else if (aMax === undefined) throw new TypeError("clip() missing 1 required positional argument: 'a_max'");
    else if (minimum !== undefined || maximum !== undefined) {
      throw new ValueError(
        'Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.',
      );
    }
    return clipped(toArray(a), lo, hi, singleOut(out, 'clip'), kwargs ?? {});
  },
  'primitive',
);

export function clipped(
  v: ArrayValue,
  low: unknown,
  high: unknown,
  out: ArrayValue | null,
  kwargs: Record<string, unknown>,
): ArrayValue {
  const lo = low === null || needless(low, v.dtype, 0) ? null : operand(low);
  const hi = high === null || needless(high, v.dtype, 1) ? null : operand(high);
  const [row, rest]: [UfuncRow, UfuncOperand[]] =
    lo === null
      ? hi === null
        ? [arithmetic.positive, []]
        : [arithmetic.minimum, [hi]]
      : hi === null
        ? [arithmetic.maximum, [lo]]
        : [arithmetic.clip, [lo, hi]];
  const operands = [v, ...rest];
  if (out === null && Object.keys(kwargs).length === 0) return applyRow(row, operands) as ArrayValue;
  return applyRow(row, operands, readOptions(row, kwargs, out === null ? [] : [out])) as ArrayValue;
}

/** Keywords of `round`. */
export interface RoundKeywords {
  decimals?: number;
  out?: Out;
}
export type RoundFunction = <A extends ArrayLike>(
  a: A,
  decimals?: number | RoundKeywords,
  out?: Out | RoundKeywords,
  kw?: RoundKeywords,
) => Reduced<A>;

function given(out: ArrayValue | null, v: ArrayValue): UfuncOptions | null {
  if (out === null) return null;
  if (!sameShape(out.shape, v.shape)) throw new ValueError('invalid output shape');
  return writing(out);
}

/** `round` of an array value. */
export function rounded(v: ArrayValue, decimals: number, out: ArrayValue | null): ArrayValue {
  const n = Number(decimals);
  if (!Number.isInteger(n)) throw new TypeError("'float' object cannot be interpreted as an integer");
  const integer = v.dtype.kind === 'i' || v.dtype.kind === 'u';
  const options = given(out, v);
  if (integer && n >= 0) {
    if (options === null || out === null) return castTo(v, v.dtype);
    out.face.beforeWrite(out, 'round');
    assignTo(out, v);
    return out;
  }
  if (v.dtype.kind === 'b') {
    // NumPy: without decimals the ufunc's own promotion, with decimals a cast that fails.
    if (n !== 0)
      throw new UFuncOutputCastingError(
        `Cannot cast ufunc '${n > 0 ? 'multiply' : 'divide'}' output from dtype('float64') to dtype('bool') with casting rule 'same_kind'`,
      );
    return options === null
      ? (applyRow(rint, [withDtype(v, float16)]) as ArrayValue)
      : (applyRow(rint, [v], options) as ArrayValue);
  }
  if (n === 0 && v.dtype.kind !== 'c')
    return (options === null ? applyRow(rint, [v]) : applyRow(rint, [v], options)) as ArrayValue;
  if (v.dtype.kind === 'O') return roundedObjects(v, n, options);
  const row = n >= 0 ? round_scaled : round_tens;
  // Tens of integers are cast to an output as the quotient that they are.
  if (integer && out !== null) checkOutput(arithmetic.divide, 0, float64, out.dtype, 'same_kind');
  const operands = [v, new Weak(powerOfTen(Math.abs(n)), 'float')];
  // What is no number has no product either, which is what NumPy says.
  if (!isNumber(v.dtype)) applyRow(n >= 0 ? arithmetic.multiply : arithmetic.divide, operands);
  // NumPy makes the result in F order for an array in F order, else in C order, not in its K order.
  const order = v.dtype.kind === 'c' && n === 0 ? 'K' : isFortran(v) ? 'F' : 'C';
  return applyRow(row, operands, options ?? (isCContiguous(v) ? PLAIN : { ...PLAIN, order })) as ArrayValue;
}

/** Objects by their own operators. */
function roundedObjects(v: ArrayValue, n: number, options: UfuncOptions | null): ArrayValue {
  const by = new Weak(powerOfTen(Math.abs(n)), 'int');
  const [there, back] = n >= 0 ? [arithmetic.multiply, arithmetic.divide] : [arithmetic.divide, arithmetic.multiply];
  const whole = applyRow(rint, [applyRow(there, [v, by]) as ArrayValue]) as ArrayValue;
  return (options === null ? applyRow(back, [whole, by]) : applyRow(back, [whole, by], options)) as ArrayValue;
}

/** 10^n as NumPy makes it: by multiplication, which is exact up to 10^22. */
function powerOfTen(n: number): number {
  let p = 1;
  for (let i = 0; i < n && p < Number.POSITIVE_INFINITY; i++) p *= 10;
  return p;
}

const rounding = (name: string): RoundFunction =>
  fn<RoundFunction>(
    name,
    'a, decimals=0, out=None',
    (a, decimals, out) => rounded(toArray(a), decimals, singleOut(out, name)),
    'primitive',
  );

/**
 * Rounds to a number of decimals, halves to even. Negative decimals round to tens, hundreds, …
 *
 * The rule is NumPy's: rint(a * 10^n) / 10^n, which may differ in the last digit from exact decimal rounding. Integers stay integers.
 *
 * @throws ValueError `invalid output shape`
 * @example np.round([1.456, 2.5, 3.5], 1) // → array([1.5, 2.5, 3.5])
 */
export const round: RoundFunction = /*@__PURE__*/ rounding('round');
/** The same as {@link round}. @example np.around([1.5, 2.5]) // → array([2., 2.]) */
export const around: RoundFunction = /*@__PURE__*/ rounding('around');

export type FixFunction = <A extends ArrayLike>(x: A, out?: Out | { out?: Out }) => Reduced<A>;

/**
 * Rounds towards zero.
 * @example np.fix([2.1, 2.9, -2.1, -2.9]) // → array([ 2.,  2., -2., -2.])
 */
export const fix: FixFunction = /*@__PURE__*/ fn<FixFunction>(
  'fix',
  'x, out=None',
  (x, out) => {
    const target = singleOut(out, 'fix');
    return target === null ? applyRow(trunc, [toArray(x)]) : applyRow(trunc, [toArray(x)], writing(target));
  },
  'primitive',
);

/** Keywords of `nan_to_num`. */
export interface NanToNumKeywords {
  /** Whether the result is a fresh array (true), or the array itself with its elements replaced. */
  copy?: boolean;
  nan?: ArrayLike;
  posinf?: ArrayLike | null;
  neginf?: ArrayLike | null;
}
export type NanToNumFunction = <A extends ArrayLike>(
  x: A,
  copy?: boolean | NanToNumKeywords,
  nan?: ArrayLike | NanToNumKeywords,
  posinf?: ArrayLike | null | NanToNumKeywords,
  neginf?: ArrayLike | null | NanToNumKeywords,
  kw?: NanToNumKeywords,
) => Reduced<A>;

const LARGEST: Record<string, number> = { float16: 65504, float32: 3.4028234663852886e38, float64: Number.MAX_VALUE };

/**
 * Numbers in the place of NaN (0) and of the infinities (the largest finite numbers of the dtype), or those given. Complex
 * numbers are treated half by half; integers have nothing to replace.
 *
 * @example np.nan_to_num([NaN, Infinity, 1], {posinf: 9}) // → array([0., 9., 1.])
 */
export const nan_to_num: NanToNumFunction = /*@__PURE__*/ fn<NanToNumFunction>(
  'nan_to_num',
  'x, copy=True, nan=0.0, posinf=None, neginf=None',
  (x, copy, nan, posinf, neginf) => {
    const v = toArray(x);
    if (!isInexact(v.dtype)) {
      if (!copy) return v;
      announce('requested', v.size * v.dtype.itemsize, v.buffer.device.name, v.buffer.device.name);
      return castTo(v, v.dtype);
    }
    const largest = LARGEST[v.dtype.part];
    const number = (g: unknown): UfuncOperand =>
      typeof g === 'number' || typeof g === 'bigint' ? new Weak(Number(g), 'float') : operand(g);
    const operands = [
      v,
      number(nan),
      posinf === null ? new Weak(largest, 'float') : number(posinf),
      neginf === null ? new Weak(-largest, 'float') : number(neginf),
    ];
    const inPlace = !copy && v instanceof NDArray;
    return applyRow(finite_values, operands, {
      // NumPy works on a copy, whose stretched axes lie innermost.
      out: inPlace ? [v] : v.strides.includes(0) && isOrdered(v) ? [copyAs(v, v.dtype)] : null,
      where: null,
      dtype: v.dtype,
      signature: null,
      casting: 'unsafe',
      order: 'K',
    });
  },
  'primitive',
);
