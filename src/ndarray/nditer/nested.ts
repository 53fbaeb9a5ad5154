import type { ArrayLike } from '../../core/coerce.js';
import { ValueError } from '../../core/errors.js';
import { direct } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';
import { readGlobalFlags } from './flags.js';
import { Nditer, type NditerKeywords } from './nditer.js';
import { readCasting, readDtypes, readOperands, readOrder } from './request.js';
import { integer } from '../manipulation/common.js';

/** Iterators inside of one another. */

export interface NestedIters {
  (
    op: ArrayLike | readonly (ArrayLike | null)[],
    axes: readonly (readonly number[])[],
    kw?: Omit<NditerKeywords, 'op_axes' | 'itershape'>,
  ): Nditer[];
  (
    op: ArrayLike | readonly (ArrayLike | null)[],
    axes: readonly (readonly number[])[],
    flags?: NditerKeywords['flags'],
    ...rest: readonly (NditerKeywords[keyof NditerKeywords] | NditerKeywords)[]
  ): Nditer[];
}

function readNests(axes: unknown): number[][] {
  if (!Array.isArray(axes)) throw new ValueError('axes must be a tuple of axis arrays');
  if (axes.length < 2) throw new ValueError('axes must have at least 2 entries for nested iteration');
  const used = new Set<number>();
  return axes.map((item: unknown) => {
    if (!Array.isArray(item)) throw new ValueError('Each item in axes must be an integer tuple');
    if (used.size + item.length > 64) throw new ValueError('Too many axes given');
    return item.map((v: unknown) => {
      const k = integer(v, 'nested_iters');
      if (k < 0 || k >= 64) throw new ValueError('An axis is out of bounds');
      if (used.has(k)) throw new ValueError('An axis is used more than once');
      used.add(k);
      return k;
    });
  });
}

/**
 * Iterators for nested loops over the same arrays, the outermost first: each goes over the axes of its entry in `axes`, and one step of
 * it begins those inside anew.
 *
 * @param axes lists of axes, each axis at most once
 * @throws ValueError for axes that are out of bounds or used twice, and whatever `np.nditer` throws
 * @example
 * const [rows, columns] = np.nested_iters(np.arange(6).reshape(2, 3), [[0], [1]]);
 * Array.from(rows, () => Array.from(columns, Number)); // → [ [ 0, 1, 2 ], [ 3, 4, 5 ] ]
 */
export const nested_iters: NestedIters = /*@__PURE__*/ direct<NestedIters>(
  'nested_iters',
  "op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', buffersize=0",
  (op, axesGiven, flagsGiven, opFlagsGiven, dtypes, orderGiven, castingGiven, buffersizeGiven) => {
    const flags = readGlobalFlags(flagsGiven);
    const order = readOrder(orderGiven);
    const casting = readCasting(castingGiven);
    const nests = readNests(axesGiven);
    const read = readOperands(op, opFlagsGiven);
    let ops = read.ops;
    const outerTypes = readDtypes(dtypes, ops.length);
    const innerTypes = outerTypes.map((): (typeof outerTypes)[number] => null);
    const outerFlags = read.flags;
    outerFlags.forEach((f, i) => {
      if (ops[i] !== null) f.delete('allocate');
    });
    const innerFlags = outerFlags.map(
      (f) => new Set([...f].filter((w) => !['copy', 'updateifcopy', 'allocate'].includes(w))),
    );
    // Only the innermost iterator converts in buffers; those around it see the arrays as they are.
    outerFlags.forEach((f, i) => {
      if (!flags.has('buffered') || f.has('copy') || f.has('updateifcopy') || f.has('allocate')) return;
      for (const w of ['nbo', 'aligned', 'contig']) f.delete(w);
      innerTypes[i] = outerTypes[i];
      outerTypes[i] = null;
    });
    const made = outerFlags.map((f) => f.has('allocate'));
    const around = new Set([...flags].filter((f) => f !== 'external_loop' && f !== 'buffered'));
    const inside = new Set([...flags].filter((f) => f !== 'common_dtype'));
    const iters = nests.map((axes, k) => {
      const last = k === nests.length - 1;
      const it = new Nditer({
        ops,
        flags: new Set(last ? inside : around),
        opFlags: (last ? innerFlags : outerFlags).map((f) => new Set(f)),
        opDtypes: last ? innerTypes : outerTypes,
        order,
        casting,
        opAxes: made.map((m) => (m ? (k === 0 ? null : axes.map(() => -1)) : axes)),
        itershape: null,
        buffersize: last ? integer(buffersizeGiven, 'nested_iters') : 0,
        ndim: axes.length,
      });
      if (k === 0) {
        ops = it.operands as (NDArray | null)[];
        for (const f of outerFlags) for (const w of ['copy', 'updateifcopy']) f.delete(w);
        around.delete('common_dtype');
      }
      return it;
    });
    for (let k = 0; k < iters.length - 1; k++) iters[k].nest(iters[k + 1]);
    return iters;
  },
);
