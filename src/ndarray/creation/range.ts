import { ArrayValue } from '../../core/array.js';
import { scalarOf, toArray, toElement } from '../../core/coerce.js';
import { isComplex } from '../../core/complex.js';
import { CONTAINER, describe, halfToNumber, numberToHalf, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import {
  type DTypeArg,
  type DTypeText,
  asDtype,
  complex128,
  type DType,
  type DTypeLike,
  type DTypeName,
  float64,
  int64,
  isText,
  isTime,
} from '../../core/dtype.js';
import { elementsOf } from '../../core/device/elements.js';
import { ADD, operate, SUBTRACT } from '../../core/python/operators.js';
import { TypeError, ValueError, ZeroDivisionError } from '../../core/errors.js';
import { isWideInt, promote } from '../../core/promote.js';
import { isKeywords } from '../../core/signature.js';
import type { Known, NDArray } from '../ndarray.js';
import { showAs } from '../../core/dispatch.js';
import { checkDevice, direct, newArray } from './make.js';
import { isTimeRange, timeRange } from './time-range.js';
import { byKernel, fillNumbers, fillWords, suits } from './progression.js';

type Number_ = number | bigint;
interface Z {
  readonly re: number;
  readonly im: number;
}
type Point = Number_ | Z;

/** One of the arguments as a scalar and the dtype it stands for: integral numbers are ints here. */
function point(x: unknown): { value: Point; dtype: DType } {
  if (x instanceof ArrayValue) {
    if (x.size !== 1) throw new TypeError('arange: arguments must be scalars');
    const v = scalarOf(x);
    return { value: typeof v === 'boolean' ? Number(v) : v, dtype: x.dtype.kind === 'b' ? int64 : x.dtype };
  }
  if (typeof x === 'boolean') return { value: Number(x), dtype: int64 };
  if (typeof x === 'bigint') return { value: x, dtype: x >= 2n ** 63n || x < -(2n ** 63n) ? float64 : int64 };
  if (typeof x === 'number') return { value: x, dtype: Number.isInteger(x) && Math.abs(x) < 2 ** 63 ? int64 : float64 };
  if (isComplex(x)) return { value: x, dtype: complex128 };
  if (typeof x === 'string')
    throw new TypeError("arange() not supported for inputs with DType <class 'numpy.dtypes.StrDType'>.");
  // Other data is read first, and is refused where that fails.
  toArray(x);
  throw new TypeError(`arange: unsupported argument of type '${describe(x)}'`);
}

const isZ = (p: Point): p is Z => typeof p === 'object';
const real = (p: Point): number => (isZ(p) ? p.re : Number(p));
const imag = (p: Point): number => (isZ(p) ? p.im : 0);

/** Number of steps from start to stop, as NumPy counts them. @throws ValueError, ZeroDivisionError */
function countOf(start: Point, stop: Point, step: Point): number {
  const ceil = (x: number): number => {
    if (Number.isNaN(x)) throw new ValueError('arange: cannot compute length');
    const n = Math.ceil(x);
    if (n > 2 ** 53 || n < -(2 ** 63)) throw new ValueError('Maximum allowed size exceeded');
    return n;
  };
  if (isZ(start) || isZ(stop) || isZ(step)) {
    const dr = real(stop) - real(start);
    const di = imag(stop) - imag(start);
    const sr = real(step);
    const si = imag(step);
    const m = sr * sr + si * si;
    if (m === 0) throw new ZeroDivisionError('complex division by zero');
    return Math.max(0, Math.min(ceil((dr * sr + di * si) / m), ceil((di * sr - dr * si) / m)));
  }
  if (Number(step) === 0)
    throw new ZeroDivisionError(
      Number.isInteger(Number(start)) && Number.isInteger(Number(stop)) ? 'division by zero' : 'float division by zero',
    );
  if (typeof start === 'bigint' || typeof stop === 'bigint' || typeof step === 'bigint') {
    if ([start, stop, step].every((p) => typeof p === 'bigint' || Number.isInteger(p))) {
      const [a, b, d] = [BigInt(start), BigInt(stop), BigInt(step)];
      const span = b - a;
      const n = (span + (d > 0n ? d - 1n : d + 1n)) / d;
      return span > 0n === d > 0n && span !== 0n ? ceil(Number(n)) : 0;
    }
  }
  const span = Number(stop) - Number(start);
  const n = span / Number(step);
  // Underflow: a span that is not nothing has at least one step.
  if (n === 0 && span !== 0) return Object.is(n, -0) ? 0 : 1;
  return Math.max(0, ceil(n));
}

const plus = (a: Point, b: Point): Point => {
  if (isZ(a) || isZ(b)) return { re: real(a) + real(b), im: imag(a) + imag(b) };
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    return Number.isInteger(Number(a)) && Number.isInteger(Number(b)) ? BigInt(a) + BigInt(b) : Number(a) + Number(b);
  }
  return a + b;
};

/** Objects: each is the one before it and the difference of the first two. */
function fillObjects(out: NDArray, start: Point, step: Point): void {
  const int = (x: Point): unknown => (typeof x === 'number' && Number.isInteger(x) ? BigInt(x) : x);
  const { set } = elementsOf(out.buffer as HostBuffer, out.dtype);
  let v: unknown = int(start);
  const second = operate(ADD, v, int(step));
  const delta = operate(SUBTRACT, second, v);
  for (let i = 0; i < out.shape[0]; i++) {
    set(i * out.itemsize, v);
    v = i === 0 ? second : operate(ADD, v, delta);
  }
}

/** Element i is start + i * delta, where delta is the difference of the first two elements as the dtype holds them. */
function fillRange(out: NDArray, start: Point, step: Point): void {
  const n = out.shape[0];
  if (n === 0) return;
  const d = out.dtype;
  if (
    isWideInt(d) &&
    typeof start === 'number' &&
    typeof step === 'number' &&
    Number.isInteger(start) &&
    Number.isInteger(step)
  ) {
    // Exact as numbers from end to end: no bigint is made.
    const last = start + (n - 1) * step;
    if (
      Math.abs(start) <= 2 ** 53 &&
      Math.abs(last) <= 2 ** 53 &&
      (d.kind === 'i' || (start >= 0 && (n === 1 || start + step >= 0)))
    ) {
      fillWords(out, start, step);
      return;
    }
  }
  if (d.kind === 'O') {
    fillObjects(out, start, step);
    return;
  }
  const first = toElement(start, d);
  const second = n > 1 ? toElement(plus(start, step), d) : first;
  const { array, base } = typedView(out.buffer as HostBuffer, CONTAINER[d.part]);
  if (isWideInt(d)) {
    fillWide(out, first.re as bigint, second.re as bigint);
    return;
  }
  let a = first.re as number;
  let b = second.re as number;
  switch (d.name) {
    case 'float16': {
      a = halfToNumber(numberToHalf(a));
      b = halfToNumber(numberToHalf(b));
      const delta = Math.fround(b - a);
      for (let i = 0; i < n; i++)
        array[base + i] = numberToHalf(i === 0 ? a : i === 1 ? b : Math.fround(a + Math.fround(i * delta)));
      return;
    }
    case 'float32': {
      a = Math.fround(a);
      b = Math.fround(b);
      const delta = Math.fround(b - a);
      const f = array as Float32Array;
      if (suits(d, n)) byKernel(out, a, delta);
      else for (let i = 0; i < n; i++) f[base + i] = a + Math.fround(Math.fround(i) * delta);
      f[base] = a;
      if (n > 1) f[base + 1] = b;
      return;
    }
    case 'complex64':
    case 'complex128': {
      const round = d.name === 'complex64' ? Math.fround : (x: number): number => x;
      const re = [round(a), round(b)];
      const im = [round(first.im), round(second.im)];
      const dr = round(re[1] - re[0]);
      const di = round(im[1] - im[0]);
      const f = array as Float64Array;
      for (let i = 0; i < n; i++) {
        f[base + 2 * i] = i < 2 ? re[i] : re[0] + round(i * dr);
        f[base + 2 * i + 1] = i < 2 ? im[i] : im[0] + round(i * di);
      }
      return;
    }
    default: {
      const delta = b - a;
      const f = array as Float64Array;
      fillNumbers(out, a, delta);
      f[base] = a;
      if (n > 1) f[base + 1] = b;
    }
  }
}

/** 64-bit integers from bigints. */
function fillWide(out: NDArray, first: bigint, second: bigint): void {
  const n = out.shape[0];
  const delta = second - first;
  const last = first + delta * BigInt(n - 1);
  const exact = (x: bigint): boolean => x >= -(2n ** 53n) && x <= 2n ** 53n;
  if (exact(first) && exact(last) && exact(delta)) {
    fillWords(out, Number(first), Number(delta));
    return;
  }
  const { array, base } = typedView(out.buffer as HostBuffer, CONTAINER[out.dtype.part]);
  let v = first;
  for (let i = 0; i < n; i++, v += delta) (array as BigInt64Array)[base + i] = v;
}

type Scalar = number | bigint | string | Date | { readonly re: number; readonly im: number } | NDArray;

/** Keywords of `np.arange`. */
export interface ArangeKeywords<N extends DTypeText = DTypeName> {
  stop?: Scalar | null;
  step?: Scalar;
  dtype?: DTypeArg<N> | null;
  device?: 'cpu' | null;
  like?: unknown;
}

export interface Arange {
  <N extends DTypeText = any>(stop: Scalar, kw?: ArangeKeywords<N>): NDArray<Known<N>>;
  <N extends DTypeText = any>(start: Scalar, stop: Scalar | null, kw?: ArangeKeywords<N>): NDArray<Known<N>>;
  <N extends DTypeText = any>(
    start: Scalar,
    stop: Scalar | null,
    step: Scalar | null,
    kw?: ArangeKeywords<N>,
  ): NDArray<Known<N>>;
  <N extends DTypeText>(
    start: Scalar,
    stop: Scalar | null,
    step: Scalar | null,
    dtype: DTypeArg<N> | null,
  ): NDArray<Known<N>>;
}

const body = (startOrStop: unknown, stop: unknown, step: unknown, dtype: unknown, device: unknown): NDArray => {
  checkDevice(device);
  const asked = dtype === null || dtype === undefined ? null : asDtype(dtype as DTypeLike);
  if (isTimeRange([startOrStop, stop, step], asked)) {
    if (asked === null || isTime(asked)) return timeRange(startOrStop, stop, step, asked);
  }
  const given = [stop === null ? 0 : startOrStop, stop === null ? startOrStop : stop, step ?? 1].map(point);
  const [from, to, by] = given;
  const type = asked ?? promote(promote(from.dtype, to.dtype), by.dtype);
  if (isText(type) || type.kind === 'V')
    throw new TypeError(
      `arange() not supported for inputs with DType <class 'numpy.dtypes.${type.kind === 'V' ? 'Void' : type.kind === 'U' ? 'Str' : 'Bytes'}DType'>.`,
    );
  const n = countOf(from.value, to.value, by.value);
  if (type.kind === 'b') {
    if (n > 2) throw new TypeError('arange() is only supported for booleans when the result has at most length 2.');
    const out = newArray([n], type);
    const { array, base } = typedView(out.buffer as HostBuffer, Uint8Array);
    for (let i = 0; i < n; i++) array[base + i] = real(i === 0 ? from.value : plus(from.value, by.value)) !== 0 ? 1 : 0;
    return out;
  }
  const out = newArray([n], type);
  fillRange(out, from.value, by.value);
  return out;
};

const bound: Arange = /*@__PURE__*/ direct(
  'arange',
  'start_or_stop, /, stop=None, step=1, *, dtype=None, device=None, like=None',
  body,
);

/**
 * Evenly spaced values from `start` up to, but without, `stop`.
 *
 * int64 when all arguments are integral (bigints included), float64 otherwise, or `dtype`. The length is
 * `ceil((stop - start) / step)`; with steps that floating point does not hold exactly, {@link linspace} says more clearly what is meant.
 *
 * Dates and durations make ranges of their own: `np.arange('2020-01', '2020-05', {dtype: 'M8[D]'})`, with durations or integers as steps.
 *
 * @throws ZeroDivisionError for a step of 0; ValueError `Maximum allowed size exceeded`
 * @example np.arange(2, 10, 3) // → array([2, 5, 8])
 */
export const arange: Arange = /*@__PURE__*/ showAs((...args: unknown[]): NDArray => {
  // NumPy takes dtype as a fourth positional argument, which its own signature text does not show.
  const keywords = args.length > 0 && isKeywords(args[args.length - 1]) ? (args.pop() as Record<string, unknown>) : {};
  if (args.length > 4)
    throw new TypeError(`arange() takes from 0 to 4 positional arguments but ${args.length} were given`);
  if (args.length === 0) {
    if (keywords.stop === undefined) throw new TypeError('arange() requires stop to be specified.');
    const { stop, ...rest } = keywords;
    const start = rest.start ?? 0;
    delete rest.start;
    return (bound as any)(start, stop, rest);
  }
  if (args.length === 4) keywords.dtype = args.pop();
  if ('start' in keywords && args.length === 1)
    throw new TypeError("arange() got multiple values for argument 'start'");
  return (bound as any)(...args, keywords);
}, bound as never) as unknown as Arange;
