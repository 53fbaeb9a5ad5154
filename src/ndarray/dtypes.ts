/** dtypes as users meet them: `np.dtype`, the scalar types, their hierarchy, what they hold, and how they mix. */

export { dtype, type DTypeClass, type DTypeFamily, dtypes } from './dtype-class.js';
export * from './promotion.js';
export * from './scalar-types.js';
export { datetime64, timedelta64, type TimeTypeOf, type UnitLike } from './time-types.js';
export { ScalarType, sctypeDict } from './sctypes.js';
export {
  AbstractScalarType,
  character,
  complexfloating,
  flexible,
  floating,
  generic,
  inexact,
  integer,
  isdtype,
  issubdtype,
  number,
  signedinteger,
  type TypeLike,
  unsignedinteger,
} from './type-hierarchy.js';
export { finfo, type FloatInfo, iinfo, type IntInfo } from './limits.js';

// ---- constants ---------------------------------------------------------------------------------------------------------

export const pi: number = Math.PI;
export const e: number = Math.E;
/** Euler's constant γ. */
export const euler_gamma: number = 0.5772156649015329;
export const inf: number = Number.POSITIVE_INFINITY;
export const nan: number = Number.NaN;
