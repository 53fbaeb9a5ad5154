/** dtypes: what they are, the rows of the numeric ones, the parametric ones, and how users name them. */

export {
  DType,
  type ComplexName,
  type DTypeName,
  type DTypeSpec,
  type Field,
  isNumber,
  isNumeric,
  isPlainLayout,
  isText,
  isTime,
  kernelName,
  type Kind,
  type NumericName,
  type OtherName,
  type ScalarType,
  type TimeUnit,
} from './dtypes/class.js';
export {
  bool,
  byName,
  complex64,
  complex128,
  DTYPES,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  isFloat,
  isUnsigned,
  isWide,
  uint8,
  uint16,
  uint32,
  uint64,
} from './dtypes/numeric.js';
export type { DTypeCode, OtherCode } from './dtypes/aliases.js';
export type { DTypeArg, DTypeText, NameOf } from './dtypes/names.js';
export {
  bytesDtype,
  charDtype,
  nativeOf,
  objectDtype,
  strDtype,
  structDtype,
  subarrayDtype,
  swappedOf,
  timeDtype,
  unitText,
  voidDtype,
  withMetadata,
} from './dtypes/parametric.js';
export {
  asDtype,
  type DTypeLike,
  structure,
  type StructuredLike,
} from './dtypes/parse.js';
import './dtypes/fields.js';
export { factorBetween, NAT, parseUnit, type Unit, UNITS } from './dtypes/units.js';
