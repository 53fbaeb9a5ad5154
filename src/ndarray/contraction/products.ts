import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toOperand } from '../../core/coerce.js';
import { bind1, type FunctionFacts } from '../../core/dispatch.js';
import { isText } from '../../core/dtype.js';
import { IndexError, ValueError } from '../../core/errors.js';
import { matmulOf, matmulPrimitive } from '../../core/ops/contract.js';
import { einsumOf, einsumPrimitive } from '../../core/ops/einsum.js';
import { reshapeTo } from '../../core/ops/move.js';
import { applyRow, PLAIN } from '../../core/ops/execute.js';
import { conjugate, multiply as multiplyRow } from '../../core/ops/ufuncs/arithmetic.js';
import { promote } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { sameShape, tight } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { multiply } from '../ufuncs.js';
import { directly, exactOut } from './out.js';
import { straight } from './straight.js';
import { productOfTimes } from './times.js';

/** Products of whole arrays: dot and its kin. */

type Pair = <A extends ArrayLike, B extends ArrayLike>(a: A, b: B) => A extends ArrayValue ? A : Like<B>;
type PairOut = <A extends ArrayLike, B extends ArrayLike>(
  a: A,
  b: B,
  out?: ArrayValue | null | { out?: ArrayValue | null },
) => A extends ArrayValue ? A : Like<B>;

const times = (a: ArrayValue, b: ArrayValue): ArrayValue => applyRow(multiplyRow, [a, b]) as ArrayValue;
/** A product with an array without axes: of the dtypes that BLAS knows matrices come in C order. */
const scaled = (a: ArrayValue, b: ArrayValue): ArrayValue => {
  const order = Math.max(a.ndim, b.ndim) === 2 && 'fdFD'.includes(promote(a.dtype, b.dtype).char) ? 'C' : 'K';
  return applyRow(multiplyRow, [a, b], order === 'K' ? PLAIN : { ...PLAIN, order }) as ArrayValue;
};
const conj = (a: ArrayValue): ArrayValue =>
  a.dtype.kind === 'c' || a.dtype.kind === 'O' ? (applyRow(conjugate, [a]) as ArrayValue) : a;
const range = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i);

function aligned(a: readonly number[], i: number, b: readonly number[], j: number): void {
  if (a[i] !== b[j])
    throw new ValueError(`shapes ${tight(a)} and ${tight(b)} not aligned: ${a[i]} (dim ${i}) != ${b[j]} (dim ${j})`);
}

/** Products of text there are none. @throws ValueError as NumPy's */
function refuseText(a: ArrayValue, b: ArrayValue): void {
  if (isText(a.dtype) || isText(b.dtype)) throw new ValueError('data type must provide an itemsize');
}

/**
 * Dot product: of vectors their inner product, of matrices their matrix product, with a scalar the elementwise product. Otherwise a sum over
 * the last axis of `a` and the second-to-last (or only) one of `b`: (…, k) with (…, k, n) gives (…, …, n).
 *
 * @param out an array of exactly the dtype and shape of the result, C-contiguous
 * @throws ValueError `shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)`
 * @example np.dot([1, 2], [3, 4]) // → array(11.)
 */
export const dot: PairOut & FunctionFacts = /*@__PURE__*/ straight(
  /*@__PURE__*/ fn<PairOut>(
    'dot',
    'a, b, out=None',
    (x, y, given) => {
      const a = toOperand(x);
      const b = toOperand(y);
      refuseText(a, b);
      const counted = productOfTimes(a, b, (v, w) => dot(v, w));
      if (counted !== null) return counted;
      const d = promote(a.dtype, b.dtype);
      if (a.ndim === 0 || b.ndim === 0) {
        const out = exactOut(given, d, a.ndim === 0 ? b.shape : a.shape);
        return out === null ? scaled(a, b) : multiply(a, b, { out });
      }
      const ka = a.ndim - 1;
      const kb = Math.max(0, b.ndim - 2);
      aligned(a.shape, ka, b.shape, kb);
      const shape = [...a.shape.slice(0, -1), ...b.shape.filter((_, i) => i !== kb)];
      const out = exactOut(given, d, shape);
      const compute = (into: ArrayValue | null): ArrayValue => {
        if (a.ndim <= 2 && b.ndim <= 2) return bind1(matmulPrimitive, [a, b], { dtype: null, into });
        const la = range(a.ndim);
        const lb = range(b.ndim, a.ndim);
        lb[kb] = ka;
        return bind1(einsumPrimitive, [a, b], {
          inputs: [la, lb],
          output: [...la.slice(0, -1), ...lb.filter((l) => l !== ka)],
          dtype: null,
          into,
          plain: true,
        });
      };
      if (out === null) return compute(null);
      if (directly(out, [a, b], d, shape, 'dot')) return compute(out);
      const result = compute(null);
      return multiply(result, 1, { out, casting: 'unsafe' });
    },
    'primitive',
  ),
  (a, b) =>
    a.ndim > 0 && a.ndim <= 2 && b.ndim > 0 && b.ndim <= 2 && a.shape[a.ndim - 1] === b.shape[0]
      ? matmulOf(a, b)
      : null,
);

/**
 * Inner product of all elements of two arrays of the same size, the first conjugated.
 * @throws ValueError when the sizes differ
 * @example np.vdot([1, 2], [3, 4]) // → array(11.)
 */
export const vdot: Pair & FunctionFacts = /*@__PURE__*/ fn<Pair>(
  'vdot',
  'a, b, /',
  (x, y) => {
    const a = toOperand(x);
    const b = toOperand(y);
    refuseText(a, b);
    const counted = productOfTimes(a, b, (v, w) => vdot(v, w), 'function not available for this data type');
    if (counted !== null) return counted;
    if (a.size !== b.size) throw new ValueError(`cannot reshape array of size ${b.size} into shape (${a.size},)`);
    if (a.ndim === 0 && b.ndim === 0) return times(conj(a), b);
    if (sameShape(a.shape, b.shape)) return einsumOf([conj(a), b], [range(a.ndim), range(a.ndim)], []);
    return bind1(matmulPrimitive, [reshapeTo(conj(a), [a.size]), reshapeTo(b, [b.size])], { dtype: null });
  },
  'primitive',
);

/**
 * Sum of products over the last axes of two arrays: (…, k) with (…, k) gives (…, …). With a scalar, the elementwise product.
 * @throws ValueError when the last axes differ
 * @example np.inner([[1, 2], [3, 4]], [1, 1]) // → array([3., 7.])
 */
export const inner: Pair & FunctionFacts = /*@__PURE__*/ straight(
  /*@__PURE__*/ fn<Pair>(
    'inner',
    'a, b, /',
    (x, y) => {
      const a = toOperand(x);
      const b = toOperand(y);
      refuseText(a, b);
      const counted = productOfTimes(a, b, (v, w) => inner(v, w));
      if (counted !== null) return counted;
      if (a.ndim === 0 || b.ndim === 0) return scaled(a, b);
      const turned = [...b.shape];
      if (b.ndim > 1) [turned[b.ndim - 1], turned[b.ndim - 2]] = [turned[b.ndim - 2], turned[b.ndim - 1]];
      aligned(a.shape, a.ndim - 1, turned, Math.max(0, b.ndim - 2));
      const la = range(a.ndim);
      const lb = range(b.ndim, a.ndim);
      lb[b.ndim - 1] = a.ndim - 1;
      return einsumOf([a, b], [la, lb], [...la.slice(0, -1), ...lb.slice(0, -1)], true);
    },
    'primitive',
  ),
  (a, b) => (a.ndim === 1 && b.ndim === 1 && a.shape[0] === b.shape[0] ? matmulOf(a, b) : null),
);

/**
 * Products of all pairs of elements: operands of sizes m and n are flattened, the result is (m, n).
 * @example np.outer([1, 2], [3, 4]) // → array([[3., 4.],
 * //          [6., 8.]])
 */
export const outer: PairOut & FunctionFacts = /*@__PURE__*/ fn<PairOut>(
  'outer',
  'a, b, out=None',
  (x, y, out) => {
    const a = toOperand(x);
    const b = toOperand(y);
    const column = reshapeTo(a, [a.size, 1]);
    const line = reshapeTo(b, [1, b.size]);
    return out === null ? times(column, line) : multiply(column, line, { out });
  },
  'primitive',
);

/** How `tensordot` is told what to sum over: a number of axes, or the axes of each operand. */
export type TensordotAxes = number | readonly [number | readonly number[], number | readonly number[]];
type Tensordot = <A extends ArrayLike, B extends ArrayLike>(
  a: A,
  b: B,
  axes?: TensordotAxes | { axes?: TensordotAxes },
) => A extends ArrayValue ? A : Like<B>;

/**
 * Sum of products over chosen axes: those left of `a`, then those left of `b`.
 *
 * @param axes n: the last n axes of `a` with the first n of `b`; or two lists of axes, paired in order
 * @throws ValueError `shape-mismatch for sum`
 * @example np.tensordot(np.ones([2, 3]), np.ones([3, 4]), 1).shape // → [ 2, 4 ]
 */
export const tensordot: Tensordot & FunctionFacts = /*@__PURE__*/ fn<Tensordot>(
  'tensordot',
  'a, b, axes=2',
  (x, y, axes) => {
    const a = toOperand(x);
    const b = toOperand(y);
    refuseText(a, b);
    const product = productOfTimes(a, b, (v, w) => tensordot(v, w, axes));
    if (product !== null) return product;
    let left: number[];
    let right: number[];
    if (Array.isArray(axes)) {
      [left, right] = axes.map((e: number | readonly number[]) => (typeof e === 'number' ? [e] : [...e]));
    } else {
      const n = Math.max(0, Number(axes));
      left = range(n, -n);
      right = range(n);
    }
    const unique = (list: readonly number[], nd: number): boolean =>
      new Set(list.map((k) => (k < 0 ? k + nd : k))).size === list.length;
    const fits = (k: number, nd: number): boolean => k >= -nd && k < nd;
    if (left.length === right.length) {
      left.forEach((k, i) => {
        if (!fits(k, a.ndim) || !fits(right[i], b.ndim)) throw new IndexError('tuple index out of range');
        if (a.shape.at(k) !== b.shape.at(right[i])) throw new ValueError('shape-mismatch for sum');
      });
    } else throw new ValueError('shape-mismatch for sum');
    if (!unique(left, a.ndim) || !unique(right, b.ndim))
      throw new ValueError('duplicate axes are not allowed in tensordot');
    const la = range(a.ndim);
    const lb = range(b.ndim, a.ndim);
    left = left.map((k) => (k < 0 ? k + a.ndim : k));
    right.forEach((k, i) => {
      lb[k < 0 ? k + b.ndim : k] = la[left[i]];
    });
    return einsumOf([a, b], [la, lb], [...la.filter((l) => !left.includes(l)), ...lb.filter((l) => l >= a.ndim)], true);
  },
  'primitive',
);

/**
 * Kronecker product: blocks of `b`, each times one element of `a`. Axis by axis lengths multiply.
 * @example np.kron([1, 10], [1, 2]) // → array([ 1.,  2., 10., 20.])
 */
export const kron: Pair & FunctionFacts = /*@__PURE__*/ fn<Pair>(
  'kron',
  'a, b',
  (x, y) => {
    const a = toOperand(x);
    const b = toOperand(y);
    if (a.ndim === 0 || b.ndim === 0) return times(a, b);
    const nd = Math.max(a.ndim, b.ndim);
    const sa = [...new Array<number>(nd - a.ndim).fill(1), ...a.shape];
    const sb = [...new Array<number>(nd - b.ndim).fill(1), ...b.shape];
    const spread = times(
      reshapeTo(
        a,
        sa.flatMap((n) => [n, 1]),
      ),
      reshapeTo(
        b,
        sb.flatMap((n) => [1, n]),
      ),
    );
    const shape = sa.map((n, i) => n * sb[i]);
    return reshapeTo(spread, shape);
  },
  'primitive',
);
