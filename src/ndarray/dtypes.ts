import { asDtype, type DType, type DTypeLike, type DTypeName, float64 } from '../core/dtype.js';
import { TypeError } from '../core/errors.js';
import { isAbstract } from './type-hierarchy.js';

/** dtypes as users meet them: `np.dtype`, the scalar types, their hierarchy, what they hold, and how they mix. */

/**
 * `np.dtype('f4')`: the dtype that a name, a code, a scalar type or a dtype stands for; null is float64.
 * @example np.dtype('int32').itemsize // → 4
 */
export const dtype: <N extends DTypeName = DTypeName>(d: DTypeLike<N> | null) => DType<N> = (d) => {
  if (d === null) return float64 as DType<any>;
  if (isAbstract(d)) throw new TypeError(`Converting \`np.inexact\` or \`np.floating\` to a dtype not allowed`);
  return asDtype(d) as DType<any>;
};

export * from './promotion.js';
export * from './scalar-types.js';
export { datetime64, timedelta64, type TimeTypeOf, type UnitLike } from './time-types.js';
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
