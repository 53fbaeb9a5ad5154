import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, fromScalar, toArray, toElement, fromObject } from '../../core/coerce.js';
import { isHost } from '../../core/device/access.js';
import { Immediate } from '../../core/device/device.js';
import { type DType, float64, int64, isTime } from '../../core/dtype.js';
import { IndexError, TypeError, ValueError } from '../../core/errors.js';
import { padWith } from '../../core/ops/join.js';
import { movedAxis, permute, sliceAxis, squeezeAxes } from '../../core/ops/move.js';
import { elementFrom } from '../../core/scalars/index.js';
import { fn, isKeywords } from '../../core/signature.js';
import { tight } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import { fresh } from './common.js';
import {
  type Grow,
  growInPlace,
  type Pair,
  padEdge,
  padRamp,
  padReflect,
  padStatistic,
  padWrap,
  surround,
} from './pad-modes.js';

/** Borders around arrays. */

export type PadMode =
  | 'constant'
  | 'edge'
  | 'linear_ramp'
  | 'maximum'
  | 'mean'
  | 'median'
  | 'minimum'
  | 'reflect'
  | 'symmetric'
  | 'wrap'
  | 'empty';

/** Fills a border in place: gets a line of the padded array, the widths, the axis, and the further keywords. */
export type PadFunction = (
  vector: NDArray,
  widths: [number, number],
  axis: number,
  kwargs: Record<string, unknown>,
) => unknown;

/** A number for all borders, a pair (before, after) for all axes, or a list of pairs. */
export type Widths =
  | number
  | readonly number[]
  | readonly (readonly number[])[]
  | { readonly [axis: string]: number | readonly [number, number] };

export interface PadKeywords {
  mode?: PadMode | PadFunction;
  constant_values?: unknown;
  end_values?: unknown;
  stat_length?: number | readonly number[] | readonly (readonly number[])[] | null;
  reflect_type?: 'even' | 'odd';
  [keyword: string]: unknown;
}

const ALLOWED: Record<PadMode, readonly string[]> = {
  empty: [],
  edge: [],
  wrap: [],
  constant: ['constant_values'],
  linear_ramp: ['end_values'],
  maximum: ['stat_length'],
  mean: ['stat_length'],
  median: ['stat_length'],
  minimum: ['stat_length'],
  reflect: ['reflect_type'],
  symmetric: ['reflect_type'],
};

/** Nested lists as values with a shape: what NumPy's broadcast to (ndim, 2) needs to see. */
function grid(x: unknown): { shape: number[]; values: unknown[] } {
  if (x instanceof ArrayValue || ArrayBuffer.isView(x))
    return grid((toArray(x) as NDArray & { tolist(): unknown }).tolist());
  if (!Array.isArray(x)) return { shape: [], values: [x] };
  const parts = x.map(grid);
  return { shape: [x.length, ...(parts[0]?.shape ?? [])], values: parts.flatMap((p) => p.values) };
}

/** An argument as one pair (before, after) for each axis. @throws ValueError when it does not broadcast to (ndim, 2) */
function pairs(x: unknown, ndim: number): Pair<unknown>[] {
  const { shape, values } = grid(x);
  if (shape.length < 3) {
    if (values.length === 1) return Array.from({ length: ndim }, () => [values[0], values[0]]);
    if (values.length === 2 && !(shape.length === 2 && shape[0] === 2))
      return Array.from({ length: ndim }, () => [values[0], values[1]]);
  }
  const lead = 2 - shape.length;
  const full = [ndim, 2];
  if (lead < 0) throw new ValueError('input operand has more dimensions than allowed by the axis remapping');
  if (shape.some((n, i) => n !== 1 && n !== full[lead + i])) {
    throw new ValueError(
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${tight(shape)}  and requested shape (${ndim},2)`,
    );
  }
  const columns = shape[shape.length - 1];
  const rows = shape.length === 2 ? shape[0] : 1;
  const at = (i: number, j: number): unknown => values[(rows === 1 ? 0 : i) * columns + (columns === 1 ? 0 : j)];
  return Array.from({ length: ndim }, (_, i) => [at(i, 0), at(i, 1)]);
}

/** Widths as pairs of integers. @throws TypeError ``\`pad_width\` must be of integral type.``, ValueError for negative ones */
function widthPairs(x: unknown, ndim: number): Pair<number>[] {
  let given = x;
  if (isKeywords(x)) {
    const list: (readonly [number, number])[] = Array.from({ length: ndim }, () => [0, 0]);
    for (const [key, w] of Object.entries(x)) {
      const k = Number(key);
      if (!Number.isInteger(k) || k >= ndim || k < -ndim) throw new IndexError('list assignment index out of range');
      list[k < 0 ? k + ndim : k] = Array.isArray(w) ? [w[0], w[1]] : [w as number, w as number];
    }
    given = list;
  }
  if (given instanceof ArrayValue && given.dtype.kind !== 'i')
    throw new TypeError('`pad_width` must be of integral type.');
  const { values } = grid(given);
  if (values.length === 0 || values.some((v) => !(typeof v === 'bigint' || Number.isInteger(v))))
    throw new TypeError('`pad_width` must be of integral type.');
  if (values.some((v) => Number(v) < 0)) throw new ValueError("index can't contain negative values");
  return pairs(given, ndim).map(([l, r]) => [Number(l), Number(r)]);
}

/** A constant as an element of the array's dtype. */
function constant(v: unknown, dtype: DType): Immediate {
  if (isTime(dtype)) return new Immediate(int64, elementFrom(v, dtype) as bigint);
  const e = toElement(v, dtype);
  return new Immediate(dtype, e.re, e.im);
}

function padConstant(a: ArrayValue, widths: readonly Pair<number>[], given: unknown): ArrayValue {
  const values = pairs(given, a.ndim);
  const flat = values.flat();
  const other = a.dtype.index < 0;
  const same = flat.every((v) => !(v instanceof ArrayValue) && typeof v !== 'object' && Object.is(v, flat[0]));
  if (!other && (same || flat.length === 0)) {
    return padWith(
      a,
      widths.map((w) => w[0]),
      widths.map((w) => w[1]),
      constant(flat[0] ?? 0, a.dtype),
    );
  }
  const { start, grow, result } = begin(a, widths);
  let out = start;
  for (let k = 0; k < a.ndim; k++) {
    const border = (v: unknown, width: number): ArrayValue => {
      const shape = out.shape.map((n, i) => (i === k ? width : n));
      if (a.dtype.kind === 'O') return spread(fromObject(Number.isInteger(v) ? BigInt(v as number) : v), shape);
      if (other)
        return spread(fromScalar(typeof v === 'number' && Number.isInteger(v) ? BigInt(v) : v, a.dtype), shape);
      const e = toElement(v, a.dtype);
      const one = toArray(a.dtype.kind === 'c' ? { re: e.re, im: e.im } : e.re, a.dtype);
      return spread(one, shape);
    };
    out = grow(out, k, border(values[k][0], widths[k][0]), border(values[k][1], widths[k][1]));
  }
  return result(out);
}

/**
 * Where padding starts: on the host, a view of the array in the middle of the padded one, whose borders are then written in place;
 * elsewhere, and under an interpreter, the array itself, to which borders are joined.
 */
function begin(
  a: ArrayValue,
  widths: readonly Pair<number>[],
): { start: ArrayValue; grow: Grow; result: (out: ArrayValue) => ArrayValue } {
  if (a.interpreter !== null || !isHost(a.buffer))
    return { start: a, grow: surround, result: (out) => (out === a ? fresh(a) : out) };
  const padded = padWith(
    a,
    widths.map((w) => w[0]),
    widths.map((w) => w[1]),
    null,
  );
  // Not by slicing: an empty slice keeps no place, and borders are put beside it.
  const at = widths.reduce((t, w, i) => t + w[0] * padded.strides[i], padded.offset);
  const start = padded.face.view(padded, padded.dtype, a.shape, padded.strides, at);
  return { start, grow: growInPlace, result: () => padded };
}

const spread = (one: ArrayValue, shape: readonly number[]): ArrayValue =>
  one.face.view(
    one,
    one.dtype,
    shape,
    shape.map(() => 0),
    one.offset,
  );

function padByFunction(
  a: ArrayValue,
  widths: readonly Pair<number>[],
  f: PadFunction,
  kwargs: Record<string, unknown>,
): ArrayValue {
  const out = padConstant(a, widths, 0);
  for (let k = 0; k < out.ndim; k++) {
    let lines: ArrayValue[] = [permute(out, movedAxis(out.ndim, k, out.ndim - 1))];
    for (let d = 0; d < out.ndim - 1; d++) {
      lines = lines.flatMap((x) =>
        Array.from({ length: x.shape[0] }, (_, i) => squeezeAxes(sliceAxis(x, 0, i, i + 1), [0])),
      );
    }
    for (const line of lines) f(line as NDArray, [widths[k][0], widths[k][1]], k, kwargs);
  }
  return out;
}

/** An end value: lone values are strong int64 or float64 numbers, as NumPy reads them. */
function endValue(v: unknown, alone: boolean): unknown {
  if (!alone || typeof v !== 'number') return v;
  return toArray(v, Number.isInteger(v) ? int64 : float64);
}

export interface Pad {
  <A extends ArrayLike>(array: A, pad_width: Widths, mode?: PadMode | PadFunction, kw?: PadKeywords): Like<A>;
  <A extends ArrayLike>(array: A, pad_width: Widths, kw: PadKeywords): Like<A>;
}

/** A mode that there is not, as Python prints it. */
const modeText = (mode: unknown): string =>
  mode === null || mode === undefined ? 'None' : mode === true ? 'True' : mode === false ? 'False' : String(mode);

/**
 * A larger array with the given one in its middle and a border made by a rule.
 *
 * @param pad_width widths: one for all, (before, after) for all axes, a pair for each axis, or an object {axis: width}
 * @param mode 'constant' (`constant_values`), 'edge', 'linear_ramp' (`end_values`), 'maximum', 'mean', 'median', 'minimum'
 *   (`stat_length`), 'reflect', 'symmetric' (`reflect_type`), 'wrap', 'empty', or a function that fills each line in place
 * @throws ValueError for keywords that a mode does not take, and for widths that do not fit; TypeError for fractional widths
 * @example np.pad([1, 2, 3], 2, 'reflect') // → array([3., 2., 1., 2., 3., 2., 1.])
 */
export const pad: Pad = /*@__PURE__*/ fn(
  'pad',
  "array, pad_width, mode='constant', **kwargs",
  (given, padWidth, mode, kwargs) => {
    const a = toArray(given);
    const widths = widthPairs(padWidth, a.ndim);
    if (typeof mode === 'function') return padByFunction(a, widths, mode, kwargs);
    if (typeof mode !== 'string' || !Object.hasOwn(ALLOWED, mode))
      throw new ValueError(`mode '${modeText(mode)}' is not supported`);
    const extra = Object.keys(kwargs).filter((k) => !ALLOWED[mode as PadMode].includes(k));
    if (extra.length > 0)
      throw new ValueError(
        `unsupported keyword arguments for mode '${mode}': {${extra.map((k) => `'${k}'`).join(', ')}}`,
      );
    if (mode === 'constant') return padConstant(a, widths, kwargs.constant_values ?? 0);
    if (mode === 'empty') {
      return padWith(
        a,
        widths.map((w) => w[0]),
        widths.map((w) => w[1]),
        null,
      );
    }
    if (a.size === 0) {
      widths.forEach(([l, r], k) => {
        if (a.shape[k] === 0 && (l > 0 || r > 0))
          throw new ValueError(`can't extend empty axis ${k} using modes other than 'constant' or 'empty'`);
      });
      return padConstant(a, widths, 0);
    }
    const ends = mode === 'linear_ramp' ? pairs(kwargs.end_values ?? 0, a.ndim) : [];
    const alone = mode === 'linear_ramp' && grid(kwargs.end_values ?? 0).values.length <= 2;
    const lengths =
      kwargs.stat_length === undefined || kwargs.stat_length === null ? null : widthPairs(kwargs.stat_length, a.ndim);
    const { start, grow, result } = begin(a, widths);
    let out: ArrayValue = start;
    for (let k = 0; k < a.ndim; k++) {
      const w = widths[k];
      switch (mode as PadMode) {
        case 'edge':
          out = padEdge(grow, out, k, w);
          break;
        case 'linear_ramp':
          out = padRamp(grow, out, k, w, [endValue(ends[k][0], alone), endValue(ends[k][1], alone)]);
          break;
        case 'reflect':
        case 'symmetric':
          out = padReflect(grow, out, k, w, kwargs.reflect_type === 'odd', mode === 'symmetric');
          break;
        case 'wrap':
          out = padWrap(grow, out, k, w);
          break;
        default:
          out = padStatistic(grow, out, k, w, lengths === null ? [null, null] : lengths[k], mode);
      }
    }
    return result(out);
  },
);
