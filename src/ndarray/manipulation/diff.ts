import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray, toOperand } from '../../core/coerce.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { concatenateTo } from '../../core/ops/join.js';
import { broadcastTo, packTo, sliceAxis, withDtype } from '../../core/ops/move.js';
import { canCast } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import * as u from '../ufuncs.js';
import { integer } from './common.js';
import { joined } from './join.js';

/** Differences of neighbours. */

export interface DiffKeywords {
  n?: number;
  axis?: number;
  prepend?: ArrayLike;
  append?: ArrayLike;
}
export interface Diff {
  <A extends ArrayLike>(a: A, n?: number, axis?: number, prepend?: ArrayLike, append?: ArrayLike): Like<A>;
  <A extends ArrayLike>(a: A, kw: DiffKeywords): Like<A>;
  <A extends ArrayLike>(a: A, n: number, kw: Omit<DiffKeywords, 'n'>): Like<A>;
}

/**
 * The n-th difference along an axis: `a[i + 1] - a[i]`, n times over. Booleans: whether neighbours differ.
 *
 * @param prepend values put in front first
 * @param append values put behind first
 * @throws ValueError `order must be non-negative but got -1`, `diff requires input that is at least one dimensional`
 * @example np.diff([1, 2, 4]) // → array([1., 2.])
 */
export const diff: Diff = /*@__PURE__*/ fn(
  'diff',
  'a, n=1, axis=-1, prepend=<no value>, append=<no value>',
  (a, n, axis, prepend, append) => {
    const order = integer(n, 'diff');
    if (order === 0) return a;
    if (order < 0) throw new ValueError(`order must be non-negative but got ${order}`);
    let x = toArray(a);
    if (x.ndim === 0) throw new ValueError('diff requires input that is at least one dimensional');
    const k = normalizeAxis(axis, x.ndim);
    const around = (e: unknown): ArrayValue => {
      const v = toOperand(e);
      return v.ndim === 0
        ? broadcastTo(
            v,
            x.shape.map((m, i) => (i === k ? 1 : m)),
          )
        : v;
    };
    const parts = [
      ...(prepend === undefined ? [] : [around(prepend)]),
      x,
      ...(append === undefined ? [] : [around(append)]),
    ];
    if (parts.length > 1) x = joined(parts, k, null, null, 'same_kind');
    const op = x.dtype.kind === 'b' ? u.not_equal : u.subtract;
    for (let i = 0; i < order; i++) {
      const m = x.shape[k];
      x = op(sliceAxis(x, k, Math.min(1, m), m), sliceAxis(x, k, 0, Math.max(0, m - 1))) as ArrayValue;
    }
    return x;
  },
);

export interface Ediff1d {
  <A extends ArrayLike>(ary: A, to_end?: ArrayLike | null, to_begin?: ArrayLike | null): Like<A>;
  <A extends ArrayLike>(ary: A, kw: { to_end?: ArrayLike | null; to_begin?: ArrayLike | null }): Like<A>;
}

/**
 * Differences of neighbours of the flattened array, with values in front and behind where given.
 *
 * @throws TypeError when these do not cast to the array's dtype under 'same_kind'
 * @example np.ediff1d([1, 2, 4], { to_begin: 0 }) // → array([0., 1., 2.])
 */
export const ediff1d: Ediff1d = /*@__PURE__*/ fn(
  'ediff1d',
  'ary, to_end=None, to_begin=None',
  (ary, toEnd, toBegin) => {
    const given = toArray(ary);
    const a = packTo(given, [given.size]);
    const n = a.size;
    const middle = u.subtract(sliceAxis(a, 0, Math.min(1, n), n), sliceAxis(a, 0, 0, Math.max(0, n - 1))) as ArrayValue;
    if (toEnd === null && toBegin === null) return middle;
    const side = (x: unknown, name: string): ArrayValue[] => {
      if (x === null) return [];
      const v = toOperand(x);
      const integral = Array.isArray(x) && v.dtype.kind === 'f' && x.flat(9).every((e) => Number.isInteger(e));
      if (!integral && !canCast(v.dtype, a.dtype, 'same_kind'))
        throw new TypeError(`dtype of \`${name}\` must be compatible with input \`ary\` under the \`same_kind\` rule.`);
      return [packTo(withDtype(v, a.dtype), [v.size])];
    };
    return concatenateTo([...side(toBegin, 'to_begin'), middle, ...side(toEnd, 'to_end')], 0, a.dtype);
  },
);
