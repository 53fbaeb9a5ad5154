import { equalStructures } from '../../core/ops/compare-structures.js';
import { scalarOf, toArray } from '../../core/coerce.js';
import { bool, type DType, float32, float64, isNumeric, isText, isTime } from '../../core/dtype.js';
import { TypeError, UFuncNoLoopError, warn } from '../../core/errors.js';
import { countOf, differences } from '../../core/ops/fold.js';
import { withDtype } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { applyRow } from '../../core/ops/execute.js';
import { operand, type UfuncOperand, Weak } from '../../core/ops/operand.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import * as logic from '../../core/ops/ufuncs/logic.js';
import { close_floats, close_floats_or_nan } from '../../core/ops/ufuncs/shaping.js';
import { resultType } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { broadcastShapes, sameShape } from '../../core/view.js';
import { singleOut } from '../ufunc.js';
import {
  type ArrayLike,
  type ArrayValue,
  discard,
  isInexact,
  NDArray,
  type Out,
  readable,
  type Reduced,
} from './common.js';

/** Comparing whole arrays, and within tolerances. */

/** Keywords of `isclose` and `allclose`. */
export interface CloseKeywords {
  /** Relative tolerance, of the second operand. */
  rtol?: ArrayLike;
  /** Absolute tolerance. */
  atol?: ArrayLike;
  /** Whether NaN equals NaN. */
  equal_nan?: boolean;
}
export type CloseFunction = <A extends ArrayLike, B extends ArrayLike>(
  a: A,
  b: B,
  rtol?: ArrayLike | CloseKeywords,
  atol?: ArrayLike | CloseKeywords,
  equal_nan?: boolean | CloseKeywords,
  kw?: CloseKeywords,
) => A extends ArrayValue ? Reduced<A> : Reduced<B>;
export type CloseTest = (
  a: ArrayLike,
  b: ArrayLike,
  rtol?: ArrayLike | CloseKeywords,
  atol?: ArrayLike | CloseKeywords,
  equal_nan?: boolean | CloseKeywords,
  kw?: CloseKeywords,
) => boolean;

const SIGNATURE = 'a, b, rtol=1e-05, atol=1e-08, equal_nan=False';

/** Applies a row and frees those operands that are temporaries. */
function step(
  row: UfuncRow,
  operands: readonly UfuncOperand[],
  temporaries: readonly UfuncOperand[] = operands,
): ArrayValue {
  const r = applyRow(row, operands) as ArrayValue;
  for (const t of temporaries) if (!(t instanceof Weak)) discard(t, r);
  return r;
}

const allFinite = (t: UfuncOperand): boolean =>
  t instanceof Weak ? Number.isFinite(Number(t.value)) : !readable(t) || whole(step(logic.isfinite, [t], [])) === true;

/** |a - b| <= atol + rtol·|b|, where b is finite; or a == b. */
function closeness(a: unknown, b: unknown, rtol: unknown, atol: unknown, equalNaN: boolean): ArrayValue {
  const x = operand(a);
  let y = operand(b);
  const given = y;
  // A float b: |MIN| of an integer dtype would be wrong.
  if (y instanceof Weak) {
    if (y.kind === 'int') y = new Weak(Number(y.value), 'float');
  } else if (y.dtype.kind !== 'm') y = withDtype(y, resultType([y.dtype], ['float']));
  const [r, t] = [operand(rtol), operand(atol)];
  if (!allFinite(t) || !allFinite(r))
    warn('RuntimeWarning', `One of rtol or atol is not valid, atol: ${String(atol)}, rtol: ${String(rtol)}`);
  const plain = (v: UfuncOperand): boolean => v instanceof Weak && v.kind !== 'complex';
  const float = (v: UfuncOperand): boolean => !(v instanceof Weak) && (v.dtype === float32 || v.dtype === float64);
  if (
    plain(r) &&
    plain(t) &&
    (float(x) ? plain(y) || (!(y instanceof Weak) && y.dtype === (x as ArrayValue).dtype) : plain(x) && float(y))
  ) {
    const near = step(equalNaN ? close_floats_or_nan : close_floats, [x, y, r, t], []);
    if (y !== given && !(y instanceof Weak)) discard(y);
    return near;
  }
  const distance = step(arithmetic.absolute, [step(arithmetic.subtract, [x, y], [])]);
  const size = step(arithmetic.absolute, [y], []);
  const scaled = step(arithmetic.multiply, [r, size], [size]);
  const allowed = step(arithmetic.add, [t, scaled], [scaled]);
  const within = step(logic.less_equal, [distance, allowed]);
  const finite = step(logic.isfinite, [y], []);
  let result = step(logic.bitwise_or, [step(logic.bitwise_and, [within, finite]), step(logic.equal, [x, y], [])]);
  if (equalNaN)
    result = step(logic.bitwise_or, [
      result,
      step(logic.bitwise_and, [step(logic.isnan, [x], []), step(logic.isnan, [y], [])]),
    ]);
  if (y !== given && !(y instanceof Weak)) discard(y);
  return result;
}

/**
 * Whether elements are equal within a tolerance: |a - b| <= atol + rtol·|b|. Infinities are close to themselves; NaN is close to
 * nothing, or with `equal_nan` to NaN.
 *
 * @returns a bool array of the operands' common shape
 * @throws ValueError when the shapes do not broadcast
 * @example np.isclose([1e10, 1e-7], [1.00001e10, 1e-8]) // → array([ True, False])
 */
export const isclose: CloseFunction = /*@__PURE__*/ fn<CloseFunction>(
  'isclose',
  SIGNATURE,
  (a, b, rtol, atol, equalNaN) => closeness(a, b, rtol, atol, Boolean(equalNaN)),
  'primitive',
);

/** Whether all of a bool array is true: a boolean where it can be seen, else the 0-d value. Frees the array. */
function whole(flags: ArrayValue): unknown {
  if (flags instanceof NDArray) {
    const n = countOf(flags, { what: 'nonzero', axis: null, keepdims: false });
    const all = Number(n.valueOf()) === flags.size;
    discard(n);
    discard(flags);
    return all;
  }
  const r = reduceRow(logic.logical_and, flags, {
    axis: null,
    dtype: bool,
    out: null,
    keepdims: false,
    initial: undefined,
    where: null,
  });
  if (!readable(r)) return r;
  const value = Boolean(scalarOf(r));
  discard(r);
  return value;
}

/**
 * Whether two arrays are equal within a tolerance, element by element; see {@link isclose}.
 *
 * @returns a JavaScript boolean
 * @throws ValueError when the shapes do not broadcast
 * @example np.allclose([1e10, 1e-8], [1.00001e10, 1e-9]) // → true
 */
export const allclose: CloseTest = /*@__PURE__*/ fn<CloseTest>(
  'allclose',
  SIGNATURE,
  (a, b, rtol, atol, equalNaN) => whole(closeness(a, b, rtol, atol, Boolean(equalNaN))),
  'primitive',
);

/** Keywords of `array_equal`. */
export interface EqualKeywords {
  equal_nan?: boolean;
}
export type EqualTest = (a1: ArrayLike, a2: ArrayLike, equal_nan?: boolean | EqualKeywords) => boolean;

function asArrays(a: unknown, b: unknown): [ArrayValue, ArrayValue] | null {
  try {
    return [toArray(a), toArray(b)];
  } catch {
    return null;
  }
}

/** `a == b` of elements, or null where these dtypes have no such loop, so that nothing is equal. */
function equalOrNone(a: ArrayValue, b: ArrayValue): ArrayValue | null {
  try {
    return step(logic.equal, [a, b], []);
  } catch (e) {
    if (e instanceof UFuncNoLoopError) return null;
    throw e;
  }
}

/**
 * Whether two arrays have the same shape and the same elements (of whatever dtypes).
 *
 * @param equal_nan whether NaN equals NaN
 * @returns a JavaScript boolean; false for what cannot be made an array
 * @example np.array_equal([1, 2], [1, 2]) // → true
 */
export const array_equal: EqualTest = /*@__PURE__*/ fn<EqualTest>(
  'array_equal',
  'a1, a2, equal_nan=False',
  (a1, a2, equalNaN) => {
    const pair = asArrays(a1, a2);
    if (pair === null) return false;
    const [a, b] = pair;
    if (!sameShape(a.shape, b.shape)) return false;
    if (equalNaN && a === b && a.dtype.kind !== 'O') return true;
    if (a.dtype.kind === 'V' && b.dtype.kind === 'V') return whole(equalStructures(a, b));
    if (isText(a.dtype) !== isText(b.dtype) || (isText(a.dtype) && a.dtype.kind !== b.dtype.kind)) return a.size === 0;
    const holey = (d: DType): boolean => isInexact(d) || isTime(d) || d.kind === 'O';
    if (a.dtype === b.dtype && isNumeric(a.dtype) && a instanceof NDArray && b instanceof NDArray) {
      const n = differences(a, b, Boolean(equalNaN));
      const equal = Number(n.valueOf()) === 0;
      discard(n);
      return equal;
    }
    const compared = equalOrNone(a, b);
    if (compared === null) return a.size === 0;
    let same = compared;
    if (equalNaN && holey(a.dtype) && holey(b.dtype)) {
      same = step(logic.bitwise_or, [
        same,
        step(logic.bitwise_and, [step(logic.isnan, [a], []), step(logic.isnan, [b], [])]),
      ]);
    }
    return whole(same);
  },
  'primitive',
);

/**
 * Whether two arrays are equal after broadcasting one to the other.
 *
 * @returns a JavaScript boolean; false where shapes do not fit
 * @example np.array_equiv([1, 2], [[1, 2], [1, 2]]) // → true
 */
export const array_equiv: (a1: ArrayLike, a2: ArrayLike) => boolean = /*@__PURE__*/ fn<
  (a1: ArrayLike, a2: ArrayLike) => boolean
>(
  'array_equiv',
  'a1, a2',
  (a1, a2) => {
    const pair = asArrays(a1, a2);
    if (pair === null) return false;
    const [p, q] = pair;
    if (isText(p.dtype) !== isText(q.dtype) || (isText(p.dtype) && p.dtype.kind !== q.dtype.kind)) return p.size === 0;
    try {
      broadcastShapes([pair[0].shape, pair[1].shape]);
    } catch {
      return false;
    }
    if (p.dtype.kind === 'V' || q.dtype.kind === 'V') return whole(equalStructures(p, q));
    const same = equalOrNone(p, q);
    return same === null ? p.size * q.size === 0 : whole(same);
  },
  'primitive',
);

export type InfinityTest = <A extends ArrayLike>(x: A, out?: Out | { out?: Out }) => Reduced<A>;

const infinite = (name: string, positive: boolean): InfinityTest =>
  fn<InfinityTest>(
    name,
    'x, out=None',
    (x, out) => {
      const v = toArray(x);
      if (v.dtype.kind === 'c' || isTime(v.dtype))
        throw new TypeError(
          `This operation is not supported for ${v.dtype.name} values because it would be ambiguous.`,
        );
      const target = singleOut(out, name);
      const inf = step(logic.isinf, [v], []);
      const signs = step(logic.signbit, [v], []);
      const wanted = positive ? step(logic.invert, [signs]) : signs;
      const r =
        target === null
          ? applyRow(logic.logical_and, [inf, wanted])
          : applyRow(logic.logical_and, [inf, wanted], {
              out: [target],
              where: null,
              dtype: null,
              signature: null,
              casting: 'same_kind',
              order: 'K',
            });
      discard(inf);
      discard(wanted);
      return r;
    },
    'primitive',
  );

/**
 * Tests for positive infinity, element by element.
 * @throws TypeError for complex numbers
 * @example np.isposinf([-Infinity, 0, Infinity]) // → array([False, False,  True])
 */
export const isposinf: InfinityTest = /*@__PURE__*/ infinite('isposinf', true);

/**
 * Tests for negative infinity, element by element.
 * @throws TypeError for complex numbers
 * @example np.isneginf([-Infinity, 0, Infinity]) // → array([ True, False, False])
 */
export const isneginf: InfinityTest = /*@__PURE__*/ infinite('isneginf', false);
