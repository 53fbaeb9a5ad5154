import { byName } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import { toArray } from '../../core/coerce.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { keep } from '../../ndarray/shared.js';
import { type ArrowModule, typeFor } from './arrow-types.js';
import { asArray, copied, inC, inDtype, lend } from './neighbour.js';

/** Arrays as vectors and tables of Apache Arrow. */

/** How an array becomes a vector. */
export interface ArrowOptions {
  /** True where a value is missing, as `interop.to_masked` gives it. */
  readonly mask?: unknown;
}

/** Truth values as bits, eight in a byte, the first in the lowest. */
function packed(a: NDArray, inverted: boolean): Uint8Array {
  const flags = inC(a, 'arrow').tobytes();
  const out = new Uint8Array(Math.ceil(flags.length / 8));
  flags.forEach((f, i) => {
    if ((f !== 0) !== inverted) out[i >> 3] |= 1 << (i & 7);
  });
  return out;
}

interface Nulls {
  readonly nullBitmap?: Uint8Array;
  readonly nullCount?: number;
}

function nullsOf(mask: unknown, length: number): Nulls {
  if (mask === undefined || mask === null) return {};
  const m = toArray(mask, byName.bool) as NDArray;
  if (m.dtype !== byName.bool || m.ndim !== 1 || m.size !== length)
    throw new ValueError(
      `to_arrow: the mask must be ${length} truth values, not ${m.dtype.name} of shape (${m.shape.join(', ')})`,
    );
  return { nullBitmap: packed(m, true), nullCount: m.tobytes().reduce((n, v) => n + v, 0) };
}

/** A chunk of all elements in C order. */
function chunk(a: NDArray, arrow: ArrowModule, nulls: Nulls = {}): any {
  const length = a.size;
  if (a.dtype.kind === 'U') {
    copied('dtype', a.nbytes, 'str', 'Utf8');
    const data = arrow.vectorFromArray((a.ravel() as NDArray).tolist(), new arrow.Utf8()).data[0];
    return nulls.nullBitmap === undefined
      ? data
      : arrow.makeData({ type: data.type, length, valueOffsets: data.valueOffsets, data: data.values, ...nulls });
  }
  const { type, memory } = typeFor(a.dtype, arrow);
  if (a.dtype.kind === 'b') {
    copied('dtype', Math.ceil(length / 8), 'bool', 'bits');
    return arrow.makeData({ type, length, data: packed(a.ravel() as NDArray, false), ...nulls });
  }
  let given = a;
  if (memory !== a.dtype) {
    // Days are counted in 32 bits.
    copied('dtype', length * 4, a.dtype.name, type.toString());
    const days = (a.ravel() as NDArray).view('int64');
    if (days.size > 0 && days.tolist().some((d: number | bigint) => typeof d === 'bigint' || Math.abs(d) >= 2 ** 31))
      throw new ValueError('to_arrow: a date is too far away for 32 bits of days (or is NaT: give a mask instead)');
    given = days.astype('int32') as unknown as NDArray;
  } else if (!a.dtype.isnative) given = inDtype(a, a.dtype.newbyteorder('=').name as never, 'arrow');
  const times = given.dtype.kind === 'M' || given.dtype.kind === 'm';
  const flat = inC(times ? (inC(given, 'arrow').view('int64') as unknown as NDArray) : given, 'arrow');
  const { data } = lend(flat, 'to_arrow');
  // Slices of a vector share its type, and the memory lives as long as any of them.
  keep(type, flat);
  return arrow.makeData({ type, length, data, ...nulls });
}

/**
 * A vector of Apache Arrow, or of an array of structures a table. Numbers, dates and durations share their memory until the array is written; booleans
 * become bits, and text UTF-8. More axes are lists of fixed size.
 *
 * @param arrow the module `apache-arrow`
 * @param options `mask`: true where a value is missing
 * @throws TypeError for complex numbers and objects, ValueError for a mask of another length
 * @example
 * const arrow = require('apache-arrow');
 * const v = interop.to_arrow(np.arange(3, { dtype: 'int32' }), arrow);
 * [...v]; // → [ 0, 1, 2 ]
 */
export function to_arrow(x: unknown, arrow: ArrowModule, options: ArrowOptions = {}): any {
  return runAs('interop.to_arrow', () => {
    if (typeof arrow?.makeData !== 'function')
      throw new TypeError('to_arrow: the second argument is the module apache-arrow');
    const a = asArray(x);
    const { names } = a.dtype;
    if (names !== null && names !== undefined) {
      if (a.ndim !== 1)
        throw new ValueError(`to_arrow: a table is an array of structures with one axis, not ${a.ndim}`);
      return new arrow.Table(Object.fromEntries(names.map((n) => [n, vector(a.at(n) as NDArray, arrow, {})])));
    }
    return vector(a, arrow, options);
  });
}

function vector(a: NDArray, arrow: ArrowModule, { mask }: ArrowOptions): any {
  if (a.ndim === 0) throw new ValueError('to_arrow: a vector has an axis; write a.reshape(1)');
  const nulls = nullsOf(mask, a.shape[0]);
  let data = chunk(a, arrow, a.ndim === 1 ? nulls : {});
  for (let d = a.ndim - 1; d > 0; d--) {
    const type = new arrow.FixedSizeList(a.shape[d], new arrow.Field('item', data.type, false));
    const length = a.shape.slice(0, d).reduce((n, m) => n * m, 1);
    data = arrow.makeData({ type, length, child: data, ...(d === 1 ? nulls : {}) });
  }
  return new arrow.Vector([data]);
}
