import { TypeError } from '../../errors.js';
import { bool, type DType } from '../../dtype.js';
import type { FamilyLoop } from './family.js';
import { LOGICAL } from './text.js';

/** Structures and raw memory have no loops; what NumPy says depends on how a ufunc looks for one. */

/** Ufuncs that refuse by the classes of dtypes. */
export const BY_CLASS: ReadonlySet<string> = new Set(
  'equal not_equal less less_equal greater greater_equal absolute negative positive sign'.split(' '),
);
/** Ufuncs that refuse by the dtypes themselves. */
const BY_DTYPE = new Set(
  'add subtract multiply fmax fmin maximum minimum gcd lcm matmul matvec vecmat vecdot clip'.split(' '),
);

/** Raw memory, and a structure of one field, are true or false; other structures are neither. */
const hasTruth = (d: DType): boolean =>
  d.kind !== 'V' || (d.layout === null ? d.subdtype === null : d.layout.length === 1);

export const structureLoop: FamilyLoop = (row, operands) => {
  if (BY_DTYPE.has(row.name) || BY_CLASS.has(row.name)) return null;
  const logical = LOGICAL[row.name];
  const odd = operands.find((o) => typeof o === 'object' && !hasTruth(o));
  if (logical !== undefined && odd === undefined)
    return {
      text: `${row.name}:void`,
      ins: [bool, bool],
      outs: [bool],
      each: logical,
      identity: row.identity ?? undefined,
    };
  if (logical !== undefined && typeof odd === 'object')
    throw new TypeError(`Cannot cast array data from ${odd.repr()} to dtype('bool') according to the rule 'unsafe'`);
  if (row.name === 'isnat') throw new TypeError("ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.");
  throw new TypeError(
    `ufunc '${row.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
};
