import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { ValueError, warn } from '../../core/errors.js';
import { concatenateTo } from '../../core/ops/join.js';
import { type DType, isNumber } from '../../core/dtype.js';
import { axisNamed, expandAxes, movedAxis, permute, sliceAxis, squeezeAxes, withDtype } from '../../core/ops/move.js';
import { applyRow } from '../../core/ops/execute.js';
import { multiply, negative, subtract } from '../../core/ops/ufuncs/arithmetic.js';
import { promote } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { broadcastShapes } from '../../core/view.js';
import { broadcastTo } from '../../core/ops/move.js';
import type { Like } from '../ufunc.js';

/** Which axes hold the vectors. */
export interface CrossKeywords {
  axisa?: number;
  axisb?: number;
  /** The axis of the result that holds its vectors. */
  axisc?: number;
  /** All three at once. */
  axis?: number | null;
}
type Cross = <A extends ArrayLike, B extends ArrayLike>(
  a: A,
  b: B,
  axisa?: number | CrossKeywords,
  axisb?: number | CrossKeywords,
  axisc?: number | CrossKeywords,
  axis?: number | null | CrossKeywords,
  kw?: CrossKeywords,
) => A extends ArrayValue ? A : Like<B>;

const mul = (a: ArrayValue, b: ArrayValue): ArrayValue => applyRow(multiply, [a, b]) as ArrayValue;
const sub = (a: ArrayValue, b: ArrayValue): ArrayValue => applyRow(subtract, [a, b]) as ArrayValue;
const neg = (a: ArrayValue): ArrayValue => applyRow(negative, [a]) as ArrayValue;

/**
 * Cross product of vectors of length 3 (of length 2 with a third component of 0, which NumPy has deprecated). Other axes broadcast.
 * Two vectors of length 2 give the third component alone.
 * @throws ValueError `incompatible dimensions for cross product`, AxisError
 * @example np.cross([1, 0, 0], [0, 1, 0]) // → array([0., 0., 1.])
 */
export const cross: Cross & FunctionFacts = /*@__PURE__*/ fn<Cross>(
  'cross',
  'a, b, axisa=-1, axisb=-1, axisc=-1, axis=None',
  (x, y, axisa, axisb, axisc, axis) => {
    let a = toArray(x);
    let b = toArray(y);
    if (a.ndim < 1 || b.ndim < 1) throw new ValueError('At least one array has zero dimension');
    const [ia, ib, ic] = axis === null ? [axisa, axisb, axisc] : [axis, axis, axis];
    const last = (v: ArrayValue, k: number): ArrayValue =>
      k === v.ndim - 1 ? v : permute(v, movedAxis(v.ndim, k, v.ndim - 1));
    a = last(a, axisNamed(ia, a.ndim, 'axisa'));
    b = last(b, axisNamed(ib, b.ndim, 'axisb'));
    // NumPy casts both to their common dtype first, and what is no number has no product.
    const counts = (d: DType): boolean => isNumber(d) || d.kind === 'O';
    if (!counts(a.dtype) || !counts(b.dtype)) {
      const d = promote(a.dtype, b.dtype);
      mul(withDtype(a, d), withDtype(b, d));
    }
    const na = a.shape[a.ndim - 1];
    const nb = b.shape[b.ndim - 1];
    if ((na !== 2 && na !== 3) || (nb !== 2 && nb !== 3))
      throw new ValueError('incompatible dimensions for cross product\n(dimension must be 2 or 3)');
    if (na === 2 || nb === 2) {
      warn(
        'DeprecationWarning',
        'Arrays of 2-dimensional vectors are deprecated. Use arrays of 3-dimensional vectors instead. (deprecated in NumPy 2.0)',
      );
    }
    const part = (v: ArrayValue, i: number): ArrayValue =>
      squeezeAxes(sliceAxis(v, v.ndim - 1, i, i + 1), [v.ndim - 1]);
    const [a0, a1] = [part(a, 0), part(a, 1)];
    const [b0, b1] = [part(b, 0), part(b, 1)];
    const third = sub(mul(a0, b1), mul(a1, b0));
    if (na === 2 && nb === 2) return third;
    const shape = broadcastShapes([a0.shape, b0.shape]);
    const at = axisNamed(ic, shape.length + 1, 'axisc');
    let first: ArrayValue;
    let second: ArrayValue;
    if (na === 3 && nb === 3) {
      const [a2, b2] = [part(a, 2), part(b, 2)];
      first = sub(mul(a1, b2), mul(a2, b1));
      second = sub(mul(a2, b0), mul(a0, b2));
    } else if (na === 3) {
      const a2 = part(a, 2);
      first = neg(mul(a2, b1));
      second = mul(a2, b0);
    } else {
      const b2 = part(b, 2);
      first = mul(a1, b2);
      second = neg(mul(a0, b2));
    }
    const rows = [first, second, third].map((v) => expandAxes(broadcastTo(v, shape), [shape.length]));
    const out = concatenateTo(rows, shape.length, promote(a.dtype, b.dtype), [...shape.keys(), shape.length]);
    return at === shape.length ? out : permute(out, movedAxis(out.ndim, out.ndim - 1, at));
  },
  'primitive',
);
