import { AttributeError, OverflowError, ValueError } from '../core/errors.js';
import type { NDArray } from './ndarray.js';

/** What NumPy's scalars can beside what arrays can: here methods of arrays without axes. */
export interface ScalarMethods {
  /**
   * Whether a number without axes is finite and integral; integers and durations always are.
   * @throws AttributeError for arrays with axes, and dtypes that do not have it
   * @example np.float64(2).is_integer() // → true
   */
  is_integer(): boolean;
  /**
   * The two integers without a common factor whose ratio a floating-point number without axes is; the second is positive.
   * They are numbers where exact, else bigints.
   * @throws AttributeError for all but floating-point numbers; ValueError for NaN, OverflowError for infinities
   * @example np.float64(0.75).as_integer_ratio() // → [ 3, 4 ]
   */
  as_integer_ratio(): [number | bigint, number | bigint];
  /**
   * How many bits of an integer's absolute value are set.
   * @throws AttributeError for all but integers without axes
   * @example np.int8(-7).bit_count() // → 3
   */
  bit_count(): number;
}

/** The value of an array without axes. @throws AttributeError for what does not have the method */
function valueOf(a: NDArray, name: string, kinds: string): number | bigint {
  if (a.ndim > 0) throw new AttributeError(`'numpy.ndarray' object has no attribute '${name}'`);
  if (!kinds.includes(a.dtype.kind))
    throw new AttributeError(`'numpy.${a.dtype.family}' object has no attribute '${name}'`);
  return a.item() as number | bigint;
}

const readable = (n: bigint): number | bigint => (Number.isSafeInteger(Number(n)) ? Number(n) : n);

export const scalarMethods: ThisType<NDArray> & ScalarMethods = {
  is_integer() {
    const v = valueOf(this as unknown as NDArray, 'is_integer', 'iufm');
    return typeof v !== 'number' || this.dtype.kind === 'm' || Number.isInteger(v);
  },
  as_integer_ratio() {
    const v = valueOf(this as unknown as NDArray, 'as_integer_ratio', 'f') as number;
    if (Number.isNaN(v)) throw new ValueError('cannot convert NaN to integer ratio');
    if (!Number.isFinite(v)) throw new OverflowError('cannot convert Infinity to integer ratio');
    // Doubling is exact, so that what becomes an integer is the numerator over that power of two.
    let doublings = 0;
    let n = v;
    for (; !Number.isInteger(n); n *= 2) doublings++;
    return [readable(BigInt(n)), readable(2n ** BigInt(doublings))];
  },
  bit_count() {
    const v = BigInt(valueOf(this as unknown as NDArray, 'bit_count', 'iu'));
    return (v < 0n ? -v : v).toString(2).replaceAll('0', '').length;
  },
};
