import { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { NameError } from '../../core/errors.js';
import { direct } from '../creation/make.js';
import { concatenate } from '../manipulation/join.js';
import { asmatrix, type Matrix } from './matrix.js';

/** Matrices from blocks. */

type Names = Readonly<Record<string, ArrayLike>> | null;

export interface Bmat {
  (obj: ArrayLike | readonly ArrayLike[] | readonly (readonly ArrayLike[])[], kw?: object): Matrix;
  (obj: string, kw: { ldict?: Names; gdict?: Names }): Matrix;
}

/**
 * A matrix from blocks: rows of matrices, one row of them, or text that names them (`'A B; C D'`), where `ldict` and then `gdict` say
 * what the names mean.
 *
 * @throws NameError `name 'A' is not defined`; ValueError for blocks that do not fit
 * @example np.bmat([[np.ones([1, 2]), [[5]]]]) // → matrix([[1., 1., 5.]])
 */
export const bmat: Bmat = /*@__PURE__*/ direct<Bmat>(
  'bmat',
  'obj, ldict=None, gdict=None',
  (obj, ldict: Names, gdict: Names) => {
    if (typeof obj === 'string') {
      const find = (name: string): ArrayLike => {
        for (const names of [ldict, gdict]) if (names !== null && Object.hasOwn(names, name)) return names[name];
        throw new NameError(`name '${name}' is not defined`);
      };
      const rows = obj.split(';').map((row) => row.split(/[\s,]+/).filter((w) => w !== ''));
      return asmatrix(
        concatenate(
          rows.map((names) =>
            concatenate(
              names.map((n) => asmatrix(find(n))),
              -1,
            ),
          ),
          0,
        ) as ArrayLike,
      );
    }
    if (obj instanceof ArrayValue) return asmatrix(obj);
    if (!Array.isArray(obj)) return null;
    const rows = obj.every((row) => Array.isArray(row))
      ? concatenate((obj as ArrayLike[][]).map((row) => concatenate(row as ArrayLike[], -1)) as ArrayLike[], 0)
      : concatenate(obj as ArrayLike[], -1);
    return asmatrix(rows as ArrayLike);
  },
);
