import { ArrayValue } from '../../core/array.js';
import { isComplex } from '../../core/complex.js';
import { host } from '../../core/device/access.js';
import { elementsOf } from '../../core/device/elements.js';
import { asDtype, type DType, type DTypeArg, type DTypeLike, type DTypeText, isNumber } from '../../core/dtype.js';
import { AttributeError, TypeError, ValueError, warn } from '../../core/errors.js';
import { orderedStrides } from '../../core/ops/copy.js';
import { castTo } from '../../core/ops/move.js';
import { release } from '../../core/ops/operand.js';
import { type Casting, canCast } from '../../core/promote.js';
import { settled } from '../../core/scalars/settle.js';
import { fn } from '../../core/signature.js';
import { announce } from '../../core/transfers.js';
import { sameShape, asOrder } from '../../core/view.js';
import type { Known, NDArray } from '../ndarray.js';
import { checkDevice } from '../creation/make.js';

/** Casting arrays from one dtype to another. */

const C_NAMES: Record<string, string> = {
  bool: 'bool',
  int8: 'byte',
  uint8: 'ubyte',
  int16: 'short',
  uint16: 'ushort',
  int32: 'int',
  uint32: 'uint',
  int64: 'long',
  uint64: 'ulong',
  float16: 'half',
  float32: 'float',
  float64: 'double',
  complex64: 'cfloat',
  complex128: 'cdouble',
};

/** Python's names of lone values, by JavaScript's. */
const SCALARS: Readonly<Record<string, string>> = { number: 'float', bigint: 'int', boolean: 'bool', string: 'str' };

/** Names of the casting rules that astype takes. */
export type AstypeCasting = Casting | 'same_value';

/** Whether a cast kept an element's value. JavaScript's `==` of a number and a bigint is exact. */
const sameValue = (x: any, y: any): boolean => {
  if (isComplex(x) || isComplex(y)) return sameValue(x.re ?? x, y.re ?? y) && sameValue(x.im ?? 0, y.im ?? 0);
  // biome-ignore lint/suspicious/noDoubleEquals: numbers and bigints, and truth values as numbers
  return x == y || (x !== x && y !== y);
};

/** @throws ValueError when a cast did not give the same values */
function checkSameValue(a: ArrayValue, cast: ArrayValue): void {
  if (cast.dtype.kind === 'b' || canCast(a.dtype, cast.dtype, 'safe')) {
    // Every int64 "safely" is a float64, which need not hold its value.
    if (
      cast.dtype.kind === 'b' ||
      !(a.dtype.itemsize === 8 && a.dtype.kind !== 'f' && (cast.dtype.kind === 'f' || cast.dtype.kind === 'c'))
    )
      return;
  }
  const plain = castTo(a, a.dtype, 'C');
  const other = castTo(cast, cast.dtype, 'C');
  const x = elementsOf(host(plain.buffer, 'astype'), a.dtype);
  const y = elementsOf(host(other.buffer, 'astype'), cast.dtype);
  let [p, q] = [plain.offset, other.offset];
  for (let i = 0; i < a.size; i++, p += a.dtype.itemsize, q += cast.dtype.itemsize) {
    const v = x.get(p);
    if (sameValue(v, y.get(q))) continue;
    const imag = isComplex(v) && cast.dtype.kind !== 'c' && v.im !== 0 ? ': imag is not 0' : '';
    throw new ValueError(
      `could not cast 'same_value' ${C_NAMES[a.dtype.family]} to ${C_NAMES[cast.dtype.family]}${imag}`,
    );
  }
  release(other);
  release(plain);
}

/**
 * An array in another dtype and memory order; itself when nothing changes and no copy is asked for.
 * @throws TypeError `Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'`
 */
export function cast(
  a: ArrayValue,
  asked: DType,
  given: unknown = 'K',
  casting: AstypeCasting = 'unsafe',
  copy = true,
): ArrayValue {
  const dtype = asked.index < 0 ? settled(asked, a) : asked;
  const order = asOrder(given, 'K');
  if (!['no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value'].includes(casting)) {
    throw new ValueError(
      `casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value' (got '${String(casting)}')`,
    );
  }
  if (
    casting === 'same_value'
      ? a.dtype !== dtype && !(isNumber(a.dtype) && isNumber(dtype))
      : !canCast(a.dtype, dtype, casting)
  ) {
    throw new TypeError(
      `Cannot cast ${a.ndim === 0 ? 'scalar' : 'array data'} from ${a.dtype.repr()} to ${dtype.repr()} according to the rule '${casting}'`,
    );
  }
  if (!copy && a.dtype === dtype && (order === 'K' || sameShape(orderedStrides(a, order, dtype.itemsize), a.strides)))
    return a;
  if (a.dtype.kind === 'c' && 'iuf'.includes(dtype.kind))
    warn('ComplexWarning', 'Casting complex values to real discards the imaginary part');
  announce('requested', a.size * dtype.itemsize, a.buffer.device.name, a.buffer.device.name);
  const out = castTo(a, dtype, order);
  if (casting === 'same_value' && dtype !== a.dtype) checkSameValue(a, out);
  return out;
}

/**
 * An array in another dtype, as the Array API spells it; `a.astype(dtype)` has more options.
 *
 * @param copy false: the array itself when it has the dtype already
 * @throws TypeError when x is no array
 * @example np.astype(np.array([1.7, -1.7]), 'int32') // → array([ 1, -1], dtype=int32)
 */
export const astype: <A extends ArrayValue, N extends DTypeText>(
  x: A,
  dtype: DTypeArg<N>,
  kw?: { copy?: boolean; device?: 'cpu' | null },
) => A extends NDArray ? NDArray<Known<N>> : A = /*@__PURE__*/ fn(
  'astype',
  'x, dtype, /, *, copy=True, device=None',
  (x, dtype, copy, device) => {
    checkDevice(device);
    if (!(x instanceof ArrayValue)) {
      const scalar = isComplex(x)
        ? 'complex'
        : SCALARS[typeof x === 'number' && Number.isInteger(x) ? 'bigint' : typeof x];
      if (scalar !== undefined) throw new AttributeError(`'${scalar}' object has no attribute 'astype'`);
      const type = x === null || x === undefined ? 'NoneType' : Array.isArray(x) ? 'list' : typeof x;
      throw new TypeError(`Input should be a NumPy array or scalar. It is a <class '${type}'> instead.`);
    }
    return cast(x, asDtype(dtype as DTypeLike), 'K', 'unsafe', Boolean(copy));
  },
  'primitive',
);
