import { asDtype, DType } from '../core/dtype.js';
import { TypeError } from '../core/errors.js';
import * as np from '../ndarray/index.js';

/** What TensorFlow's dtypes tell about themselves beside what NumPy's do. */

declare module '../core/dtypes/class.js' {
  interface DType {
    readonly is_unsigned: boolean;
    readonly is_quantized: boolean;
    readonly is_numeric: boolean;
    readonly base_dtype: DType;
    readonly as_numpy_dtype: DType;
    /** The dtype of a complex dtype's parts; itself for the others. */
    readonly real_dtype: DType;
    /** TensorFlow's number of the dtype. */
    readonly as_datatype_enum: number;
    /** The least value. @throws TypeError for complex dtypes */
    readonly min: number | bigint | boolean;
    /** The largest value. @throws TypeError for complex dtypes */
    readonly max: number | bigint | boolean;
    is_compatible_with(other: unknown): boolean;
  }
}

const NUMBERS: Readonly<Record<string, number>> = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  complex64: 8,
  int64: 9,
  bool: 10,
  uint16: 17,
  complex128: 18,
  float16: 19,
  uint32: 22,
  uint64: 23,
};
function limitsOf(d: DType): [number | bigint, number | bigint] {
  if (d.kind === 'f') {
    const { min, max } = np.finfo(d);
    return [Number(min), Number(max)];
  }
  if (d.kind !== 'i' && d.kind !== 'u') throw new TypeError(`Cannot find minimum value of ${d.name}.`);
  const { min, max } = np.iinfo(d);
  return [min as number | bigint, max as number | bigint];
}

const MEMBERS: Readonly<Record<string, (d: DType) => unknown>> = {
  is_unsigned: (d) => d.kind === 'u',
  is_quantized: () => false,
  is_numeric: (d) => 'iufc'.includes(d.kind),
  base_dtype: (d) => d,
  as_numpy_dtype: (d) => d,
  real_dtype: (d) => (d.kind === 'c' ? asDtype(d.part as never) : d),
  as_datatype_enum: (d) => NUMBERS[d.name] ?? 0,
  min: (d) => (d.kind === 'b' ? false : limitsOf(d)[0]),
  max: (d) => (d.kind === 'b' ? true : limitsOf(d)[1]),
  is_compatible_with: (d) => (other: unknown) => asDtype(other as never) === d,
};
for (const [name, get] of Object.entries(MEMBERS)) {
  Object.defineProperty(DType.prototype, name, {
    get(this: DType) {
      return get(this);
    },
    configurable: true,
  });
}
