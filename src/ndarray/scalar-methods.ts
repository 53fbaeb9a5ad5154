import type { ArrayValue } from '../core/array.js';
import { isHost } from '../core/device/access.js';
import { elementsOf } from '../core/device/elements.js';
import { AttributeError, OverflowError, ValueError } from '../core/errors.js';

/** Methods of NumPy's scalars that its arrays do not have: arrays without axes have them here. */
export interface ScalarMethods {
  /**
   * Two integers whose quotient is the value of a float without axes; the second is positive.
   * @throws OverflowError for infinities, ValueError for NaN
   * @example np.float64(0.75).as_integer_ratio() // → [ 3n, 4n ]
   */
  as_integer_ratio(): [numerator: bigint, denominator: bigint];
  /** Whether a float or integer without axes is a whole number. @example np.float64(2).is_integer() // → true */
  is_integer(): boolean;
  /** How many bits are set in the absolute value of an integer without axes. @example np.int8(-7).bit_count() // → 3 */
  bit_count(): number;
}

/** The element of an array without axes of one of these kinds. @throws AttributeError for any other, as NumPy's have no such method */
function scalarOf(a: ArrayValue, kinds: string, method: string): number | bigint {
  if (a.shape.length > 0 || !kinds.includes(a.dtype.kind) || !isHost(a.buffer))
    throw new AttributeError(
      `'numpy.${a.shape.length > 0 ? 'ndarray' : a.dtype.family}' object has no attribute '${method}'`,
    );
  return elementsOf(a.buffer, a.dtype).get(a.offset);
}

/** How often the smallest number must be doubled to be whole. */
const DOUBLINGS = 1074;

export const scalarMethods: ScalarMethods & ThisType<ArrayValue> = {
  as_integer_ratio() {
    const v = Number(scalarOf(this, 'f', 'as_integer_ratio'));
    if (Number.isNaN(v)) throw new ValueError('cannot convert NaN to integer ratio');
    if (!Number.isFinite(v)) throw new OverflowError('cannot convert Infinity to integer ratio');
    let whole = v;
    let denominator = 1n;
    for (let i = 0; i <= DOUBLINGS && !Number.isInteger(whole); i++) {
      whole *= 2;
      denominator *= 2n;
    }
    return [BigInt(whole), denominator];
  },
  is_integer() {
    const v = scalarOf(this, 'fiu', 'is_integer');
    return typeof v === 'bigint' || Number.isInteger(v);
  },
  bit_count() {
    const v = BigInt(scalarOf(this, 'iu', 'bit_count'));
    let n = 0;
    for (let rest = v < 0n ? -v : v; rest > 0n; rest >>= 1n) if ((rest & 1n) === 1n) n++;
    return n;
  },
};
