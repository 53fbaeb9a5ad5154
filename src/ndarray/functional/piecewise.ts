import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { describe } from '../../core/device/access.js';
import { bool } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { getitem } from '../../core/ops/index.js';
import { setitem } from '../../core/ops/assign.js';
import { withDtype } from '../../core/ops/move.js';
import { applyRow } from '../../core/ops/execute.js';
import { logical_not, logical_or } from '../../core/ops/ufuncs/logic.js';
import { fn } from '../../core/signature.js';
import { toNDArray } from '../creation/make.js';
import { zeros_like } from '../creation/fill.js';
import type { NDArray } from '../ndarray.js';
import type { Reduced } from '../statistics/common.js';

/** A function given in pieces. */

/** A value, or a function of the elements for which a condition holds. */
export type Piece = ArrayLike | ((x: NDArray, ...args: any[]) => ArrayLike);

export type Piecewise = <A extends ArrayLike>(
  x: A,
  condlist: ArrayLike | readonly ArrayLike[],
  funclist: readonly Piece[] | ArrayLike,
  ...args: any[]
) => Reduced<A>;

/** The functions and values, from any sequence of them. */
function piecesOf(funclist: unknown): unknown[] {
  if (typeof funclist === 'object' && funclist !== null && Symbol.iterator in funclist)
    return [...(funclist as Iterable<unknown>)];
  throw new TypeError(`object of type '${describe(funclist)}' has no len()`);
}

/** The conditions, one array each: a lone condition stands for a list of itself. */
function conditions(x: ArrayValue, given: unknown): ArrayValue[] {
  const isList = (v: unknown): boolean => Array.isArray(v) || v instanceof ArrayValue;
  let list: unknown[];
  if (given instanceof ArrayValue)
    list =
      given.ndim === 0 || (given.ndim === 1 && x.ndim !== 0) ? [given] : [...(toNDArray(given) as Iterable<unknown>)];
  else if (!Array.isArray(given)) list = [given];
  else
    list =
      given.length > 0 &&
      ((isList(given[0]) && (!(given[0] instanceof ArrayValue) || given[0].ndim > 0 || x.ndim === 0)) || x.ndim === 0)
        ? given
        : [given];
  return list.map((c) => withDtype(toArray(c), bool));
}

/**
 * Evaluates a function given in pieces: where a condition holds, the value or function of the same place in the list gives the
 * result; one more function than conditions is for the rest, which is 0 otherwise. Where several hold, the last one counts.
 *
 * The result has the dtype of `x`; functions get the elements where their condition holds, and `args` after them.
 * @throws ValueError `with 2 condition(s), either 2 or 3 functions are expected`
 * @example np.piecewise([-2, -1, 1, 2], [[true, true, false, false]], [(v) => v.neg(), 10]) // → array([ 2.,  1., 10., 10.])
 */
export const piecewise: Piecewise = /*@__PURE__*/ fn<Piecewise>(
  'piecewise',
  'x, condlist, funclist, *args, **kw',
  (given: unknown, condlist: unknown, funclist: unknown, args: unknown[], kw: Record<string, unknown>) => {
    const x = toNDArray(given);
    const pieces = piecesOf(funclist);
    const conds = conditions(x, condlist);
    const n = conds.length;
    if (n === pieces.length - 1) {
      const some = conds.slice(1).reduce((a, b) => applyRow(logical_or, [a, b]) as ArrayValue, conds[0]);
      conds.push(applyRow(logical_not, [some]) as ArrayValue);
    } else if (n !== pieces.length)
      throw new ValueError(`with ${n} condition(s), either ${n} or ${n + 1} functions are expected`);
    const y = zeros_like(x) as NDArray;
    const rest = Object.keys(kw).length > 0 ? [...args, kw] : args;
    conds.forEach((cond, i) => {
      const f = pieces[i];
      if (typeof f !== 'function') setitem(y, [cond], f);
      else {
        const values = getitem(x, [cond]);
        if (values.size > 0) setitem(y, [cond], f(values, ...rest));
      }
    });
    return y;
  },
  'host',
);
