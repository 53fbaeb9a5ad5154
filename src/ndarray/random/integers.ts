import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { elementsOf } from '../../core/device/elements.js';
import { forEachOffset, host } from '../../core/device/access.js';
import { asDtype, type DType, type DTypeLike, int64 } from '../../core/dtype.js';
import { OverflowError, TypeError, ValueError } from '../../core/errors.js';
import { broadcastTo, castTo } from '../../core/ops/move.js';
import type { Method } from '../../core/random/bounded-code.js';
import type { Stream } from '../../core/random/stream.js';
import { sizeOf } from '../../core/view.js';
import { newArray } from '../creation/make.js';
import { commonShape } from '../manipulation/broadcast.js';
import type { NDArray } from '../ndarray.js';
import { greater, greater_equal, subtract } from '../ufuncs.js';
import { sizeArgument } from './draw.js';
import { readInt, viewOf } from './values.js';

/** Integers in a range, of every integer dtype and bool. */

/** The first and the last value of a dtype. */
function ends(d: DType): [bigint, bigint] {
  if (d.kind === 'b') return [0n, 1n];
  const bits = BigInt(8 * d.itemsize);
  return d.kind === 'u' ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

/** An integer of anything, as Python's int(). */
function toInt(x: unknown): bigint {
  if (typeof x === 'bigint') return x;
  if (typeof x === 'boolean') return x ? 1n : 0n;
  if (typeof x === 'number') {
    if (Number.isNaN(x)) throw new ValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(x)) throw new OverflowError(`cannot convert float infinity to integer`);
    return BigInt(Math.trunc(x));
  }
  if (typeof x === 'string') {
    if (/^\s*[+-]?\d+\s*$/.test(x)) return BigInt(x);
    throw new ValueError(`invalid literal for int() with base 10: '${x}'`);
  }
  throw new TypeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${x === null ? 'NoneType' : 'object'}'`,
  );
}

/** The lone value of an operand, or null for arrays with axes. */
function lone(x: unknown): unknown[] | null {
  if (x instanceof ArrayValue || ArrayBuffer.isView(x)) {
    const a = toArray(x);
    return a.ndim > 0 ? null : [elementsOf(host(a.buffer, 'integers'), a.dtype).get(a.offset)];
  }
  return Array.isArray(x) ? null : [x];
}

/** Elements of an operand in C order. */
function elements(a: ArrayValue): unknown[] {
  const { get } = elementsOf(host(a.buffer, 'integers'), a.dtype);
  const out: unknown[] = [];
  forEachOffset(a.shape, a.strides, a.offset, (p) => out.push(get(p)));
  return out;
}

const some = (a: unknown): boolean => {
  const x = a as NDArray;
  return viewOf(castTo(x, x.dtype, 'C'), Uint8Array).some((v) => v !== 0);
};

const integral = (a: ArrayValue): boolean => 'iub'.includes(a.dtype.kind);

/** Where lows begin at zero the message speaks of the highs alone. */
function emptyRange(closed: boolean, low: readonly unknown[]): never {
  const zero = low.every((v) => Number(v) === 0);
  throw new ValueError(zero ? `high ${closed ? '<' : '<='} 0` : `low ${closed ? '>' : '>='} high`);
}

/** Words of 64 bits, spread over a shape. */
function spread(a: ArrayValue, shape: readonly number[], n: number): BigUint64Array {
  const s = castTo(broadcastTo(a, [...shape]), a.dtype, 'C');
  return viewOf(s, BigUint64Array).subarray(0, n);
}

/** An operand as an array whose elements are compared as they are; numbers in lists may be of any size. */
function operand(x: unknown): ArrayValue {
  if (x instanceof ArrayValue) return x;
  if (typeof x === 'number' && Number.isSafeInteger(x)) return toArray(x, int64);
  return toArray(x);
}

/** Highs less one as int64 or uint64, checked against the ends of a 64-bit dtype. */
function highest64(high: ArrayValue, low: readonly unknown[], dtype: DType, closed: boolean): ArrayValue {
  const [first, last] = ends(dtype);
  const out = newArray(high.shape, dtype);
  const values = viewOf(out, BigInt64Array);
  elements(high).forEach((given, i) => {
    const v = toInt(given) - (closed ? 0n : 1n);
    if (v > last) throw new ValueError(`high is out of bounds for ${dtype.name}`);
    if (v < first) emptyRange(closed, low);
    values[i] = BigInt.asIntN(64, v);
  });
  return out;
}

/** Integers whose range differs from element to element. */
function varying(
  s: Stream,
  low: unknown,
  high: unknown,
  shape: number[] | null,
  dtype: DType,
  method: Method,
  closed: boolean,
): NDArray {
  const [first, last] = ends(dtype);
  const [lows, highs] = [operand(low), operand(high)];
  const below = (): unknown[] => elements(lows);
  const bounds = (x: 'low' | 'high'): never => {
    throw new ValueError(`${x} is out of bounds for ${dtype.name}`);
  };
  if (elements(lows).some((v) => Number(v) < Number(first) || (typeof v !== 'number' && toInt(v) < first)))
    bounds('low');
  const wide = dtype.itemsize === 8;
  let top: ArrayValue;
  if (wide) {
    top = highest64(highs, below(), dtype, closed);
    // Lows beyond the dtype are above every high.
    if (elements(lows).some((v) => toInt(v) > last)) emptyRange(closed, below());
    if (some(greater(castTo(lows, dtype), top))) emptyRange(closed, below());
  } else {
    const over = elements(highs).some((v) => (closed ? Number(v) > Number(last) : Number(v) > Number(last) + 1));
    if (over) bounds('high');
    if (some(closed ? greater(lows, highs) : greater_equal(lows, highs))) emptyRange(closed, below());
    const whole = castTo(integral(highs) && highs.dtype.kind !== 'b' ? highs : castTo(highs, int64), int64);
    top = closed ? whole : (subtract(whole as NDArray, 1) as ArrayValue);
  }
  const base = castTo(lows, wide ? dtype : int64);
  const ranges = subtract(top as NDArray, base as NDArray) as ArrayValue;
  const outer = shape === null ? commonShape([lows.shape, highs.shape]) : commonShape([lows.shape, highs.shape, shape]);
  const out = newArray(shape ?? outer, dtype);
  const n = out.size;
  s.fillVarying(unsigned(out), spread(base, outer, n), spread(ranges, outer, n), method, dtype.kind === 'b');
  return out;
}

const unsigned = (a: ArrayValue): BigUint64Array | Uint32Array | Uint16Array | Uint8Array => {
  switch (a.dtype.itemsize) {
    case 8:
      return viewOf(a, BigUint64Array);
    case 4:
      return viewOf(a, Uint32Array);
    case 2:
      return viewOf(a, Uint16Array);
    default:
      return viewOf(a, Uint8Array);
  }
};

/** @throws ValueError, TypeError for dtypes that integers are not drawn of */
function integerDtype(given: unknown, by: string): DType {
  const d = given === null || given === undefined ? int64 : asDtype(given as DTypeLike);
  if (d.index >= 0 && 'iub'.includes(d.kind) && d.isnative) return d;
  if (!d.isnative)
    throw new ValueError(
      'Providing a dtype with a non-native byteorder is not supported. If you require platform-independent byteorder, call byteswap when required.',
    );
  throw new TypeError(`Unsupported dtype ${d.repr()} for ${by}`);
}

/**
 * Integers from `low` up to, but without, `high` (with it, where `closed`): an array, or one without axes where no size is given.
 */
export function drawIntegers(
  s: Stream,
  by: 'integers' | 'randint',
  given: { low: unknown; high: unknown; size: unknown; dtype: unknown; closed: boolean },
): NDArray {
  const method: Method = by === 'integers' ? 'lemire' : 'masked';
  const [low, high] = given.high === null || given.high === undefined ? [0, given.low] : [given.low, given.high];
  const dtype = integerDtype(given.dtype, by);
  const shape = sizeArgument(given.size);
  if (shape !== null && sizeOf(shape) === 0) return newArray(shape, dtype);
  const { closed } = given;
  const [a, b] = [lone(low), lone(high)];
  if (a === null || b === null) return varying(s, low, high, shape, dtype, method, closed);
  const from = toInt(a[0]);
  const to = toInt(b[0]) - (closed ? 0n : 1n);
  const [first, last] = ends(dtype);
  if (from < first) throw new ValueError(`low is out of bounds for ${dtype.name}`);
  if (to > last) throw new ValueError(`high is out of bounds for ${dtype.name}`);
  if (from > to) emptyRange(closed, [from]);
  const out = newArray(shape ?? [], dtype);
  s.fillBounded(unsigned(out), from, to - from, method, dtype.kind === 'b');
  return out;
}

/** What is drawn alone, of a dtype of Python's by name ('int', 'bool'), is a number, or a boolean. */
export function plain(r: NDArray, size: unknown, dtype: unknown): number | bigint | boolean | NDArray {
  if ((size !== null && size !== undefined) || r.ndim > 0) return r;
  if (dtype === 'int') return readInt(viewOf(r, BigInt64Array)[0]);
  return dtype === 'bool' ? viewOf(r, Uint8Array)[0] !== 0 : r;
}

/** Random bytes: 32-bit values, the lowest byte first. */
export function drawBytes(s: Stream, length: number): Uint8Array {
  // Division as in C: no bytes draw one word, too.
  const n = Math.max(0, Math.trunc((length - 1) / 4) + 1);
  const words = new Uint32Array(n);
  s.fillBounded(words, 0n, 0xffffffffn, 'masked');
  const bytes = new Uint8Array(words.buffer);
  return bytes.slice(0, length);
}
