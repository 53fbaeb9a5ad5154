import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import type { DTypeLike } from '../../core/dtype.js';
import { IndexError, LinAlgError, NotImplementedError, TypeError, ValueError } from '../../core/errors.js';
import { assignTo, copyAs } from '../../core/ops/copy.js';
import { permute, reshapeTo } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { sizeOf } from '../../core/view.js';
import { cross as crossOf } from '../contraction/cross.js';
import { diagonal as diagonalOf, trace as traceOf } from '../contraction/diagonal.js';
import { matmul as matmulOf, vecdot as vecdotOf } from '../contraction/gufuncs.js';
import { dot, outer as outerOf, tensordot as tensordotOf, type TensordotAxes } from '../contraction/products.js';
import { eye } from '../creation/matrices.js';
import { matrix_transpose as transposeOf } from '../manipulation/transpose.js';
import type { Like } from '../ufunc.js';
import { check2d, checkSquare } from './common.js';
import { inv, solve } from './solving.js';

/** Products, and what is made of products and solutions. */

type Pair = <A extends ArrayLike, B extends ArrayLike>(x1: A, x2: B) => A extends ArrayValue ? A : Like<B>;
type F = (...args: any[]) => ArrayValue;
const [product, matrixProduct] = [dot, matmulOf] as unknown as F[];

/** The exponent of a power. @throws TypeError `exponent must be an integer` */
function integer(n: unknown): bigint {
  let v = n;
  if (typeof v === 'object' && v !== null && 'dtype' in v && 'biub'.includes((v as ArrayValue).dtype.kind))
    v = (v as { item?: () => unknown }).item?.();
  if (typeof v === 'boolean') v = Number(v);
  if (typeof v === 'bigint') return v;
  if (typeof v !== 'number' || !Number.isInteger(v)) throw new TypeError('exponent must be an integer');
  return BigInt(v);
}

type Power = <A extends ArrayLike>(a: A, n: number | bigint | { n: number | bigint }) => Like<A>;

/**
 * Square matrices to an integer power, by repeated squaring; a negative power is one of the inverse. (…, m, m) gives (…, m, m), integers stay
 * integers unless the power is negative.
 *
 * Binary powering (Knuth, The Art of Computer Programming, 4.6.3).
 * @throws LinAlgError `Last 2 dimensions of the array must be square`, `Singular matrix`; TypeError `exponent must be an integer`
 * @example np.linalg.matrix_power([[1, 1], [1, 0]], 5) // → array([[8., 5.],
 * //          [5., 3.]])
 */
export const matrix_power: Power & FunctionFacts = /*@__PURE__*/ fn<Power>(
  'linalg.matrix_power',
  'a, n',
  (x, exponent) => {
    let a = toArray(x);
    checkSquare(a);
    let n = integer(exponent);
    if (a.dtype.kind === 'O' && a.ndim > 2)
      throw new NotImplementedError('matrix_power not supported for stacks of object arrays');
    const times = a.dtype.kind === 'O' ? product : matrixProduct;
    if (n === 0n) {
      const one = copyAs(a, a.dtype);
      assignTo(one, toArray(eye(a.shape[a.ndim - 1], { dtype: a.dtype })));
      return one;
    }
    if (n < 0n) {
      a = inv(a) as ArrayValue;
      n = -n;
    }
    if (n === 3n) return times(times(a, a), a);
    let square: ArrayValue | null = null;
    let result: ArrayValue | null = null;
    for (; n > 0n; n >>= 1n) {
      square = square === null ? a : times(square, square);
      if (n % 2n === 1n) result = result === null ? square : times(result, square);
    }
    return result;
  },
  'composite',
);

type MultiDot = (arrays: readonly ArrayLike[], kw?: { out?: ArrayValue | null }) => any;

/**
 * Where to cut each chain of matrices from i to j, so that multiplying takes the fewest steps.
 * @param p the lengths: matrix i is p[i] by p[i + 1]
 */
function bestCuts(p: readonly number[]): number[][] {
  const n = p.length - 1;
  const cost = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const cut = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let l = 1; l < n; l++) {
    for (let i = 0; i < n - l; i++) {
      const j = i + l;
      cost[i][j] = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const q = cost[i][k] + cost[k + 1][j] + p[i] * p[k + 1] * p[j + 1];
        if (q < cost[i][j]) {
          cost[i][j] = q;
          cut[i][j] = k;
        }
      }
    }
  }
  return cut;
}

/**
 * The product of two or more matrices, in the order that takes the fewest multiplications. The first and the last may be vectors: a row and a
 * column, whose axes are left out of the result.
 *
 * Dynamic programming (Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, 15.2).
 * @throws ValueError `Expecting at least two arrays.`, for lengths that differ; LinAlgError `3-dimensional array given. Array must be two-dimensional`
 * @example np.linalg.multi_dot([[1, 2], [[1, 0], [0, 3]], [1, 1]]) // → array(7.)
 */
export const multi_dot: MultiDot & FunctionFacts = /*@__PURE__*/ fn<MultiDot>(
  'linalg.multi_dot',
  'arrays, *, out=None',
  (given, out) => {
    if (given.length < 2) throw new ValueError('Expecting at least two arrays.');
    const into = out === null ? {} : { out };
    if (given.length === 2) return product(given[0], given[1], into);
    const arrays: ArrayValue[] = [...given].map((a) => toArray(a));
    const last = arrays.length - 1;
    const row = arrays[0].ndim === 1;
    const column = arrays[last].ndim === 1;
    if (row) arrays[0] = reshapeTo(arrays[0], [1, arrays[0].size]);
    if (column) arrays[last] = reshapeTo(arrays[last], [arrays[last].size, 1]);
    check2d(...arrays);
    let result: ArrayValue;
    if (arrays.length === 3) {
      const [a, b, c] = arrays;
      const [m, k] = a.shape;
      const [l, n] = [b.shape[1], c.shape[1]];
      result = m * l * (k + n) < k * n * (m + l) ? product(product(a, b), c, into) : product(a, product(b, c), into);
    } else {
      const cut = bestCuts([...arrays.map((a) => a.shape[0]), arrays[last].shape[1]]);
      const chain = (i: number, j: number, whole: boolean): ArrayValue =>
        i === j ? arrays[i] : product(chain(i, cut[i][j], false), chain(cut[i][j] + 1, j, false), whole ? into : {});
      result = chain(0, last, true);
    }
    if (row && column) return reshapeTo(result, []);
    return row || column ? reshapeTo(result, [result.size]) : result;
  },
  'composite',
);

type TensorInv = <A extends ArrayLike>(a: A, ind?: number | { ind?: number }) => Like<A>;

/**
 * The inverse for tensor products over `ind` axes: with a of shape (…p, …q), where both products of lengths are equal and the first `ind` axes are
 * those of p, the result has shape (…q, …p).
 *
 * The inverse of the matrix that `a` is with its axes taken together.
 * @throws LinAlgError `Singular matrix`, `Last 2 dimensions of the array must be square`; ValueError `Invalid ind argument.`
 * @example np.linalg.tensorinv(np.eye(4).reshape([4, 2, 2]), {ind: 1}).shape // → [ 2, 2, 4 ]
 */
export const tensorinv: TensorInv & FunctionFacts = /*@__PURE__*/ fn<TensorInv>(
  'linalg.tensorinv',
  'a, ind=2',
  (x, given) => {
    const a = toArray(x);
    const ind = Number(given);
    if (!(ind > 0)) throw new ValueError('Invalid ind argument.');
    const [first, last] = [a.shape.slice(0, ind), a.shape.slice(ind)];
    const n = sizeOf(last);
    if (n === 0 && a.size !== 0) throw new ValueError(`cannot reshape array of size ${a.size} into shape (0,newaxis)`);
    if (n === 0) throw new ValueError('cannot reshape array of size 0 into shape (0,newaxis)');
    if (a.size % n !== 0) throw new ValueError(`cannot reshape array of size ${a.size} into shape (${n},newaxis)`);
    return reshapeTo(toArray(inv(reshapeTo(a, [n, a.size / n]))), [...last, ...first]);
  },
  'composite',
);

type TensorSolve = <A extends ArrayLike, B extends ArrayLike>(
  a: A,
  b: B,
  axes?: readonly number[] | null | { axes?: readonly number[] | null },
) => A extends ArrayValue ? A : Like<B>;

/**
 * Solves tensordot(a, x, x.ndim) = b for x: with b of shape (…b) and a of shape (…b, …q) the result has shape (…q). `axes` are moved to the end of
 * `a` first.
 *
 * The solution of the linear system that `a` and `b` are with their axes taken together.
 * @throws LinAlgError `Singular matrix`, where the products of the lengths differ; ValueError for axes that are not there
 * @example np.linalg.tensorsolve(np.eye(4).reshape([2, 2, 2, 2]), [[1, 2], [3, 4]]) // → array([[1., 2.],
 * //          [3., 4.]])
 */
export const tensorsolve: TensorSolve & FunctionFacts = /*@__PURE__*/ fn<TensorSolve>(
  'linalg.tensorsolve',
  'a, b, axes=None',
  (x, y, axes) => {
    let a = toArray(x);
    const b = toArray(y);
    if (axes !== null) {
      const all = Array.from({ length: a.ndim }, (_, i) => i);
      for (const k of axes as readonly number[]) {
        const at = all.indexOf(k);
        if (at < 0) throw new ValueError('list.remove(x): x not in list');
        all.splice(at, 1);
        all.push(k);
      }
      a = permute(a, all);
    }
    const free = a.ndim - b.ndim;
    const shape = free === 0 ? a.shape : a.shape.slice(free < 0 ? -free : a.ndim - free);
    const n = sizeOf(shape);
    if (a.size !== n ** 2)
      throw new LinAlgError(
        'Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])',
      );
    return reshapeTo(toArray(solve(reshapeTo(a, [n, n]), reshapeTo(b, [b.size]))), shape);
  },
  'composite',
);

/**
 * Cross product of vectors of length 3, along one axis. Other axes broadcast.
 * @throws ValueError for another length, AxisError
 * @example np.linalg.cross([1, 0, 0], [0, 1, 0]) // → array([0., 0., 1.])
 */
export const cross: (<A extends ArrayLike, B extends ArrayLike>(
  x1: A,
  x2: B,
  kw?: { axis?: number },
) => A extends ArrayValue ? A : Like<B>) &
  FunctionFacts = /*@__PURE__*/ fn(
  'linalg.cross',
  'x1, x2, /, *, axis=-1',
  (x, y, axis) => {
    const [a, b] = [toArray(x), toArray(y)];
    const lengths = [a, b].map((v) => {
      const n = v.shape.at(axis);
      if (n === undefined || axis < -v.ndim) throw new IndexError('tuple index out of range');
      return n;
    });
    if (lengths.some((n) => n !== 3))
      throw new ValueError(
        `Both input arrays must be (arrays of) 3-dimensional vectors, but they are ${lengths[0]} and ${lengths[1]} dimensional instead.`,
      );
    return crossOf(a, b, { axis });
  },
  'composite',
);

/**
 * Products of all pairs of elements of two vectors: lengths m and n give (m, n).
 * @throws ValueError for arrays that have not one axis
 * @example np.linalg.outer([1, 2], [3, 4]) // → array([[3., 4.],
 * //          [6., 8.]])
 */
export const outer: Pair & FunctionFacts = /*@__PURE__*/ fn<Pair>(
  'linalg.outer',
  'x1, x2, /',
  (x, y) => {
    const [a, b] = [toArray(x), toArray(y)];
    if (a.ndim !== 1 || b.ndim !== 1)
      throw new ValueError(
        `Input arrays must be one-dimensional, but they are x1.ndim=${a.ndim} and x2.ndim=${b.ndim}.`,
      );
    return outerOf(a, b);
  },
  'composite',
);

/**
 * Matrix product, as `np.matmul`.
 * @throws ValueError when the inner dimensions differ or an operand is a scalar
 * @example np.linalg.matmul([[1, 2]], [[3], [4]]) // → array([[11.]])
 */
export const matmul: Pair & FunctionFacts = /*@__PURE__*/ fn<Pair>(
  'linalg.matmul',
  'x1, x2, /',
  (x, y) => matmulOf(x, y),
  'composite',
);

/**
 * Sum of products over chosen axes, as `np.tensordot`.
 * @throws ValueError `shape-mismatch for sum`
 * @example np.linalg.tensordot(np.ones([2, 3]), np.ones([3, 4]), {axes: 1}).shape // → [ 2, 4 ]
 */
export const tensordot: (<A extends ArrayLike, B extends ArrayLike>(
  x1: A,
  x2: B,
  kw?: { axes?: TensordotAxes },
) => A extends ArrayValue ? A : Like<B>) &
  FunctionFacts = /*@__PURE__*/ fn(
  'linalg.tensordot',
  'x1, x2, /, *, axes=2',
  (x, y, axes) => tensordotOf(x, y, axes),
  'composite',
);

/**
 * Inner products over one axis, the first operand conjugated, as `np.vecdot`.
 * @throws ValueError when the lengths differ
 * @example np.linalg.vecdot([[1, 2], [3, 4]], [1, 1]) // → array([3., 7.])
 */
export const vecdot: (<A extends ArrayLike, B extends ArrayLike>(
  x1: A,
  x2: B,
  kw?: { axis?: number },
) => A extends ArrayValue ? A : Like<B>) &
  FunctionFacts = /*@__PURE__*/ fn(
  'linalg.vecdot',
  'x1, x2, /, *, axis=-1',
  (x, y, axis) => vecdotOf(x, y, { axis }),
  'composite',
);

/**
 * A view with the last two axes exchanged, as `np.matrix_transpose`.
 * @throws ValueError `Input array must be at least 2-dimensional, but it is 1`
 * @example np.linalg.matrix_transpose(np.zeros([5, 2, 3])).shape // → [ 5, 3, 2 ]
 */
export const matrix_transpose: (<A extends ArrayLike>(x: A) => Like<A>) & FunctionFacts = /*@__PURE__*/ fn(
  'linalg.matrix_transpose',
  'x, /',
  (x) => transposeOf(x),
  'composite',
);

/**
 * Diagonals of the matrices in the last two axes: a view, which may not be written.
 * @throws ValueError `diag requires an array of at least two dimensions`
 * @example np.linalg.diagonal([[1, 2], [3, 4]], {offset: 1}) // → array([2.])
 */
export const diagonal: (<A extends ArrayLike>(x: A, kw?: { offset?: number }) => Like<A>) & FunctionFacts =
  /*@__PURE__*/ fn('linalg.diagonal', 'x, /, *, offset=0', (x, offset) => diagonalOf(x, offset, -2, -1), 'composite');

/**
 * Sums along diagonals of the matrices in the last two axes.
 * @throws ValueError `diag requires an array of at least two dimensions`
 * @example np.linalg.trace([[1, 2], [3, 4]]) // → array(5.)
 */
export const trace: (<A extends ArrayLike>(x: A, kw?: { offset?: number; dtype?: DTypeLike | null }) => Like<A>) &
  FunctionFacts = /*@__PURE__*/ fn(
  'linalg.trace',
  'x, /, *, offset=0, dtype=None',
  (x, offset, dtype) => traceOf(x, offset, -2, -1, dtype),
  'composite',
);
