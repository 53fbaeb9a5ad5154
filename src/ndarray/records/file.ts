import { ValueError, warn, TypeError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { finish, openSource, reading, type Reading, take, takeAll } from '../../core/source.js';
import { sizeOf } from '../../core/view.js';
import { readShape } from '../creation/make.js';
import type { LateSource, Source } from '../files/arrays.js';
import { fromBytes } from '../files/npy.js';
import type { NDArray } from '../ndarray.js';
import { asRecords, type RecArray, structureOf } from './recarray.js';

/** Records of files without a header. */

/** A shape to be found out, for which NumPy still takes 0. */
export function askedShape(shape: unknown): unknown {
  if (shape !== 0 && shape !== 0n) return shape ?? null;
  warn(
    'FutureWarning',
    'Passing `shape=0` to have the shape be inferred is deprecated, and in future will be equivalent to `shape=(0,)`. To infer the shape and suppress this warning, pass `shape=None` instead.',
  );
  return null;
}

export interface FromFileOfRecords {
  (fd: LateSource, ...rest: any[]): Promise<RecArray>;
  (fd: Source, ...rest: any[]): RecArray;
}

/**
 * Records of a file that holds their memory and nothing else; as many as there are unless `shape` says.
 *
 * @param fd a path, bytes, an object with a method `read`; what arrives later gives a promise
 * @throws TypeError `fromfile() needs a 'dtype' or 'formats' argument`; ValueError for fewer bytes than the shape needs
 * @example np.rec.fromfile(Uint8Array.of(1, 0, 2, 0), { formats: 'u1,u1', names: 'a,b' }).a // → array([1, 2], dtype=uint8)
 */
export const fromfile: FromFileOfRecords = /*@__PURE__*/ fn<FromFileOfRecords>(
  'fromfile',
  'fd, dtype=None, shape=None, offset=0, formats=None, names=None, titles=None, aligned=False, byteorder=None',
  (fd, dtype, shape, offset, formats, names, titles, aligned, byteorder) => {
    if (dtype === null && formats === null) throw new TypeError("fromfile() needs a 'dtype' or 'formats' argument");
    const asked = askedShape(shape);
    const d = structureOf({ dtype, formats, names, titles, aligned, byteorder });
    const lengths =
      asked === null || asked === -1 || asked === -1n ? [-1] : [...(Array.isArray(asked) ? asked : [asked])];
    const open = lengths.findIndex((n) => Number(n) === -1);
    return finish(
      reading(openSource(fd, 'fromfile'), null, function* (s): Reading<RecArray> {
        const known = open < 0 ? readShape(lengths as number[]) : null;
        const wanted = known === null ? null : sizeOf(known) * d.itemsize;
        const from = Number(offset);
        const bytes = wanted === null ? (yield* takeAll(s)).subarray(from) : yield* take(s, from, wanted);
        if (wanted !== null && bytes.length < wanted)
          throw new ValueError('Not enough bytes left in file for specified shape and type.');
        const one = lengths.reduce((n: number, k, i) => (i === open ? n : n * Number(k)), d.itemsize);
        const whole = known ?? lengths.map((k, i) => (i === open ? Math.floor(bytes.length / one) : Number(k)));
        return asRecords(fromBytes(bytes, d, sizeOf(whole)).reshape(whole) as NDArray);
      }),
    );
  },
  'conversion',
);
