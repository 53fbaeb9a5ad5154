import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { asDtype, type DType, type DTypeLike } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { conflicts, copyAs } from '../../core/ops/copy.js';
import { concatenateTo, joinedShape, joinInto } from '../../core/ops/join.js';
import { expandAxes, packTo, permute, reshapeTo, sliceAxis, squeezeAxes } from '../../core/ops/move.js';
import { type Casting, canCast, resultType, type WeakKind, weakKindOf } from '../../core/promote.js';
import { settled } from '../../core/scalars/settle.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, sameShape, sizeOf } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { arrayList, fresh } from './common.js';
import { lift1, lift2, lift3 } from './shape.js';

/** Joining arrays. */

/** What class of array a join gives: that of the arrays in the list. */
export type Joined<L> = L extends readonly (infer E)[] ? Like<E> : Like<L>;

export interface JoinKeywords {
  axis?: number | null;
  out?: ArrayValue | null;
  dtype?: DTypeLike | null;
  casting?: Casting;
}

/** The entries of an array along its first axis. */
export const entries = (a: ArrayValue): ArrayValue[] => {
  if (a.ndim === 0) throw new TypeError('iteration over a 0-d array');
  return Array.from({ length: a.shape[0] }, (_, i) => squeezeAxes(sliceAxis(a, 0, i, i + 1), [0]));
};

/** Joins along one axis; the one way for all functions of this file. */
export function joined(
  arrays: readonly ArrayValue[],
  axis: unknown,
  out: unknown,
  dtype: unknown,
  casting: unknown,
  weak: readonly (WeakKind | null)[] = [],
): ArrayValue {
  if (arrays.length === 0) throw new ValueError('need at least one array to concatenate');
  let list = arrays;
  let k = 0;
  if (axis === null) list = arrays.map((a) => packTo(a, [a.size]));
  else {
    if (axis instanceof ArrayValue && (axis.ndim > 0 || !'iu'.includes(axis.dtype.kind)))
      throw new TypeError('only integer scalar arrays can be converted to a scalar index');
    if (arrays.some((a) => a.ndim === 0)) throw new ValueError('zero-dimensional arrays cannot be concatenated');
    k = normalizeAxis(axis as number, arrays[0].ndim);
  }
  if (!CASTINGS.includes(String(casting)))
    throw new ValueError(
      `casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${String(casting)}')`,
    );
  const [{ dtype: first }] = list;
  // Numbers of one dtype, and nothing else is asked for.
  if ((out ?? dtype ?? null) === null && weak.length === 0 && first.index >= 0 && list.every((a) => a.dtype === first))
    return concatenateTo(list, k, first);
  if (dtype !== null && dtype !== undefined) {
    const asked = asDtype(dtype as DTypeLike);
    if (asked.subdtype !== null)
      throw new TypeError(
        `The dtype \`${asked.repr()}\` is not a valid dtype for concatenation since it is a subarray dtype (the subarray dimensions would be added as array dimensions).`,
      );
  }
  if (out !== null && out !== undefined && dtype !== null)
    throw new TypeError('concatenate() only takes `out` or `dtype` as an argument, but both were provided.');
  const target = out === undefined ? null : (out as ArrayValue | null);
  if (target !== null && !(target instanceof ArrayValue)) throw new TypeError("'out' must be an array");
  // Parts need nothing in common where a dtype is asked for.
  const asked =
    target?.dtype ?? (dtype === null || dtype === undefined ? null : settled(asDtype(dtype as DTypeLike), list));
  const type: DType =
    asked ??
    resultType(
      list.flatMap((a, i) => (weak[i] ? [] : [a.dtype])),
      weak.filter((w): w is WeakKind => w !== null),
    );
  if (asked !== null || type.kind === 'M') {
    for (const a of list) {
      if (!canCast(a.dtype, type, casting as Casting)) {
        throw new TypeError(
          `Cannot cast array data from ${a.dtype.repr()} to ${type.repr()} according to the rule '${String(casting)}'`,
        );
      }
    }
  }
  if (target === null) return concatenateTo(list, k, type);
  const shape = joinedShape(list, k);
  if (target.ndim !== shape.length) throw new ValueError('Output array has wrong dimensionality');
  if (!sameShape(target.shape, shape)) throw new ValueError('Output array is the wrong shape');
  target.face.beforeWrite(target, 'concatenate');
  const safe = list.map((a) => (conflicts(target, a) ? copyAs(a, a.dtype, 'C') : a));
  if (sizeOf(shape) > 0) joinInto(safe, k, target.buffer, type, target.strides, target.offset);
  return target;
}

export interface Concatenate {
  <const L extends readonly ArrayLike[] | ArrayValue>(
    arrays: L,
    axis?: number | null,
    out?: ArrayValue | null,
    kw?: { dtype?: DTypeLike | null; casting?: Casting },
  ): Joined<L>;
  <const L extends readonly ArrayLike[] | ArrayValue>(arrays: L, kw: JoinKeywords): Joined<L>;
  <const L extends readonly ArrayLike[] | ArrayValue>(
    arrays: L,
    axis: number | null,
    kw: Omit<JoinKeywords, 'axis'>,
  ): Joined<L>;
}

const concatenateBody = (
  arrays: unknown,
  axis: unknown,
  out: unknown,
  dtype: unknown,
  casting: unknown,
): ArrayValue => {
  const list = arrayList(arrays, entries);
  // Flattened, lone numbers may stand in the list, and are weak there.
  const weak =
    axis === null && Array.isArray(arrays) && list.some((_, i) => typeof arrays[i] !== 'number')
      ? arrays.map((x) => (typeof x === 'number' || typeof x === 'bigint' ? weakKindOf(x) : null))
      : [];
  return joined(list, axis, out, dtype, casting, weak);
};

/**
 * Arrays joined along an existing axis.
 *
 * @param arrays a list of arrays of one shape, but for their length along `axis`
 * @param axis null joins the flattened arrays
 * @param out where the result is written, instead of into a fresh array
 * @throws ValueError when shapes do not go together; TypeError when `casting` does not allow the cast
 * @example np.concatenate([[[1, 2]], [[3, 4]]], 1) // → array([[1., 2., 3., 4.]])
 */
export const concatenate: Concatenate = /*@__PURE__*/ fn(
  'concatenate',
  "arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'",
  concatenateBody,
  'primitive',
);

/** The Array API's name for {@link concatenate}. @example np.concat([[1, 2], [3]]) // → array([1., 2., 3.]) */
export const concat: Concatenate = /*@__PURE__*/ fn(
  'concat',
  "arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'",
  concatenateBody,
  'primitive',
);

export interface Stack {
  <const L extends readonly ArrayLike[] | ArrayValue>(
    arrays: L,
    axis?: number,
    out?: ArrayValue | null,
    kw?: { dtype?: DTypeLike | null; casting?: Casting },
  ): Joined<L>;
  <const L extends readonly ArrayLike[] | ArrayValue>(arrays: L, kw: JoinKeywords): Joined<L>;
  <const L extends readonly ArrayLike[] | ArrayValue>(
    arrays: L,
    axis: number,
    kw: Omit<JoinKeywords, 'axis'>,
  ): Joined<L>;
}

/** @throws TypeError when what should be a list is none */
function sequence(arrays: unknown): ArrayValue[] {
  if (!Array.isArray(arrays) && !(arrays instanceof ArrayValue) && !ArrayBuffer.isView(arrays)) {
    throw new TypeError('arrays to stack must be passed as a "sequence" type such as list or tuple.');
  }
  return arrayList(arrays, entries);
}

/**
 * Arrays of one shape joined along a new axis.
 *
 * @throws ValueError `need at least one array to stack`, `all input arrays must have the same shape`
 * @example np.stack([[1, 2], [3, 4]], -1) // → array([[1., 3.],
 * //          [2., 4.]])
 */
export const stack: Stack = /*@__PURE__*/ fn(
  'stack',
  "arrays, axis=0, out=None, *, dtype=None, casting='same_kind'",
  (arrays, axis, out, dtype, casting) => {
    const list = sequence(arrays);
    if (list.length === 0) throw new ValueError('need at least one array to stack');
    if (list.some((a) => !sameShape(a.shape, list[0].shape)))
      throw new ValueError('all input arrays must have the same shape');
    const k = normalizeAxis(axis, list[0].ndim + 1);
    return joined(
      list.map((a) => expandAxes(a, [k])),
      k,
      out,
      dtype,
      casting,
    );
  },
);

export interface StackAs {
  <const L extends readonly ArrayLike[] | ArrayValue>(
    tup: L,
    kw?: { dtype?: DTypeLike | null; casting?: Casting },
  ): Joined<L>;
}

/**
 * Arrays stacked as rows: along the first axis, vectors counting as rows.
 *
 * @throws ValueError as concatenate
 * @example np.vstack([[1, 2], [3, 4]]) // → array([[1., 2.],
 * //          [3., 4.]])
 */
export const vstack: StackAs = /*@__PURE__*/ fn(
  'vstack',
  "tup, *, dtype=None, casting='same_kind'",
  (tup, dtype, casting) => joined(sequence(tup).map(lift2), 0, null, dtype, casting),
);

/**
 * {@link vstack} by its old name.
 *
 * @throws ValueError as concatenate
 * @example np.row_stack([[1, 2], [3, 4]]).shape // → [ 2, 2 ]
 */
export const row_stack: StackAs = /*@__PURE__*/ fn(
  'row_stack',
  "tup, *, dtype=None, casting='same_kind'",
  (tup, dtype, casting) => {
    warn('DeprecationWarning', '`row_stack` alias is deprecated. Use `np.vstack` directly.');
    return joined(sequence(tup).map(lift2), 0, null, dtype, casting);
  },
);

/**
 * Arrays stacked side by side: along the second axis, vectors along their only one.
 *
 * @throws ValueError as concatenate
 * @example np.hstack([[1, 2], [3]]) // → array([1., 2., 3.])
 */
export const hstack: StackAs = /*@__PURE__*/ fn(
  'hstack',
  "tup, *, dtype=None, casting='same_kind'",
  (tup, dtype, casting) => {
    const list = sequence(tup).map(lift1);
    return joined(list, list.length > 0 && list[0].ndim === 1 ? 0 : 1, null, dtype, casting);
  },
);

export interface StackPlain {
  <const L extends readonly ArrayLike[] | ArrayValue>(tup: L): Joined<L>;
}

/**
 * Arrays stacked in depth: along the third axis.
 *
 * @throws ValueError as concatenate
 * @example np.dstack([[1, 2], [3, 4]]).shape // → [ 1, 2, 2 ]
 */
export const dstack: StackPlain = /*@__PURE__*/ fn('dstack', 'tup', (tup) =>
  joined(sequence(tup).map(lift3), 2, null, null, 'same_kind'),
);

/**
 * Vectors as columns of a matrix; matrices go side by side.
 *
 * @throws ValueError as concatenate
 * @example np.column_stack([[1, 2], [3, 4]]) // → array([[1., 3.],
 * //          [2., 4.]])
 */
export const column_stack: StackPlain = /*@__PURE__*/ fn('column_stack', 'tup', (tup) => {
  if (!Array.isArray(tup) && !(tup instanceof ArrayValue))
    throw new TypeError('arrays to stack must be passed as a "sequence" type such as list or tuple.');
  const columns = sequence(tup).map((a) => (a.ndim < 2 ? permute(lift2(a), [1, 0]) : a));
  return joined(columns, 1, null, null, 'same_kind');
});

const CASTINGS: readonly string[] = ['no', 'equiv', 'safe', 'same_kind', 'unsafe'];

const place = (index: readonly number[]): string => 'arrays' + index.map((i) => `[${i}]`).join('');

/** Depth of the nesting of lists, the same everywhere, and the most dimensions of a block. @throws ValueError */
function measure(
  x: unknown,
  index: readonly number[],
): { depth: number; ndim: number; first: readonly number[]; empty: readonly number[] | null } {
  if (!Array.isArray(x)) return { depth: 0, ndim: toArray(x).ndim, first: index, empty: null };
  // An empty list counts as one with an element: that depths differ is said first.
  if (x.length === 0) return { depth: 1, ndim: 0, first: index, empty: index };
  let empty: readonly number[] | null = null;
  let ndim = 0;
  let depth = -1;
  let first: readonly number[] = index;
  x.forEach((e, i) => {
    const m = measure(e, [...index, i]);
    ndim = Math.max(ndim, m.ndim);
    if (m.empty !== null) empty = m.empty;
    if (depth < 0) {
      depth = m.depth;
      first = m.first;
    } else if (m.depth !== depth) {
      throw new ValueError(
        `List depths are mismatched. First element was at depth ${index.length + 1 + depth}, but there is an element at depth ${index.length + 1 + m.depth} (${place(m.first)})`,
      );
    }
  });
  return { depth: depth + 1, ndim, first, empty };
}

/**
 * An array from nested lists of blocks: innermost lists join along the last axis, the next outer ones along the one before, and so on.
 *
 * @throws ValueError when lists are empty or of unequal depth, and as concatenate
 * @example np.block([[np.eye(2), np.zeros([2, 1])], [np.ones([1, 2]), 5]]) // → array([[1., 0., 0.],
 * //          [0., 1., 0.],
 * //          [1., 1., 5.]])
 */
export const block: <L>(
  arrays: L,
) => Like<L extends readonly (infer E)[] ? (E extends readonly (infer F)[] ? F : E) : L> = /*@__PURE__*/ fn(
  'block',
  'arrays',
  (arrays) => {
    const { depth, ndim, empty } = measure(arrays, []);
    if (empty !== null) throw new ValueError(`List at ${place(empty)} cannot be empty`);
    const result = Math.max(depth, ndim);
    const build = (x: unknown, level: number): ArrayValue => {
      if (level < depth) {
        return joined(
          (x as unknown[]).map((e) => build(e, level + 1)),
          result - (depth - level),
          null,
          null,
          'same_kind',
        );
      }
      const a = toArray(x);
      return a.ndim >= result ? a : reshapeTo(a, [...new Array<number>(result - a.ndim).fill(1), ...a.shape]);
    };
    return depth === 0 ? fresh(toArray(arrays)) : build(arrays, 0);
  },
);
