import type { ArrayValue } from '../../core/array.js';
import { ValueError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { concatenateTo } from '../../core/ops/join.js';
import { broadcastTo, flipAxes, sliceAxis, squeezeAxes, withDtype } from '../../core/ops/move.js';
import { linspace } from '../creation/spaced.js';
import { median } from '../statistics/median.js';
import { mean } from '../statistics/moments.js';
import * as u from '../ufuncs.js';

/**
 * The modes of pad, each as what goes to the left and to the right of an array along one axis. Axes are padded one after the other,
 * each on the result of the last, which is what NumPy's in-place form comes to.
 */

/**
 * How an array gets its borders along an axis: joined to fresh memory, or written beside it where the array already lies in the
 * middle of the padded one.
 */
export type Grow = (a: ArrayValue, axis: number, left: ArrayValue | null, right: ArrayValue | null) => ArrayValue;

/** Writes borders into the memory around a view of a larger array of our own, and gives the larger view. */
export function growInPlace(
  a: ArrayValue,
  axis: number,
  left: ArrayValue | null,
  right: ArrayValue | null,
): ArrayValue {
  const step = a.strides[axis];
  const l = left?.shape[axis] ?? 0;
  const r = right?.shape[axis] ?? 0;
  const part = (n: number, offset: number): ArrayValue =>
    a.face.view(
      a,
      a.dtype,
      a.shape.map((m, i) => (i === axis ? n : m)),
      a.strides,
      offset,
    );
  const first = a.offset - l * step;
  if (left !== null && l > 0) assignTo(part(l, first), left);
  if (right !== null && r > 0) assignTo(part(r, a.offset + a.shape[axis] * step), right);
  return part(a.shape[axis] + l + r, first);
}

/** Joins borders to an array along an axis, in the array's dtype. Borders of no width are left out. */
export function surround(a: ArrayValue, axis: number, left: ArrayValue | null, right: ArrayValue | null): ArrayValue {
  const parts = [left, a, right].filter((x): x is ArrayValue => x !== null && x.shape[axis] > 0);
  if (parts.length === 1 && parts[0] === a) return a;
  return concatenateTo(
    parts.map((p) => withDtype(p, a.dtype)),
    axis,
    a.dtype,
  );
}

/** An array of length 1 along the axis, stretched to a width. */
export const stretch = (a: ArrayValue, axis: number, width: number): ArrayValue =>
  broadcastTo(
    a,
    a.shape.map((n, i) => (i === axis ? width : n)),
  );

export type Pair<T> = readonly [T, T];

const first = (a: ArrayValue, axis: number): ArrayValue => sliceAxis(a, axis, 0, 1);
const last = (a: ArrayValue, axis: number): ArrayValue => sliceAxis(a, axis, a.shape[axis] - 1, a.shape[axis]);

export const padEdge = (grow: Grow, a: ArrayValue, axis: number, [l, r]: Pair<number>): ArrayValue =>
  grow(a, axis, stretch(first(a, axis), axis, l), stretch(last(a, axis), axis, r));

export function padRamp(
  grow: Grow,
  a: ArrayValue,
  axis: number,
  [l, r]: Pair<number>,
  ends: Pair<unknown>,
): ArrayValue {
  const ramp = (end: unknown, edge: ArrayValue, width: number): ArrayValue =>
    (linspace as any)(end, squeezeAxes(edge, [axis]), { num: width, endpoint: false, dtype: a.dtype, axis });
  return grow(
    a,
    axis,
    l > 0 ? ramp(ends[0], first(a, axis), l) : null,
    r > 0 ? flipAxes(ramp(ends[1], last(a, axis), r), [axis]) : null,
  );
}

const STATISTICS: Record<string, (a: ArrayValue, axis: number) => ArrayValue> = {
  maximum: (a, axis) => u.maximum.reduce(a, { axis, keepdims: true }) as ArrayValue,
  minimum: (a, axis) => u.minimum.reduce(a, { axis, keepdims: true }) as ArrayValue,
  mean: (a, axis) => mean(a, { axis, keepdims: true }) as ArrayValue,
  median: (a, axis) => median(a, { axis, keepdims: true }) as ArrayValue,
};

export function padStatistic(
  grow: Grow,
  a: ArrayValue,
  axis: number,
  [l, r]: Pair<number>,
  lengths: Pair<number | null>,
  mode: string,
): ArrayValue {
  const n = a.shape[axis];
  const [left, right] = lengths.map((m) => (m === null || m > n ? n : m));
  if ((left === 0 || right === 0) && (mode === 'maximum' || mode === 'minimum'))
    throw new ValueError('stat_length of 0 yields no value for padding');
  const of = (chunk: ArrayValue): ArrayValue => {
    const s = STATISTICS[mode](chunk, axis);
    return a.dtype.kind === 'i' || a.dtype.kind === 'u' ? (u.rint(s) as ArrayValue) : s;
  };
  const before = of(sliceAxis(a, axis, 0, left));
  const after = left === n && right === n ? before : of(sliceAxis(a, axis, n - right, n));
  return grow(a, axis, stretch(before, axis, l), stretch(after, axis, r));
}

/** `reflect` (without the edge) and `symmetric` (with it), even or odd; long borders are filled in several rounds. */
export function padReflect(
  grow: Grow,
  a: ArrayValue,
  axis: number,
  widths: Pair<number>,
  odd: boolean,
  withEdge: boolean,
): ArrayValue {
  const period = a.shape[axis];
  let [l, r] = widths;
  if (period === 1 && (l > 0 || r > 0)) return padEdge(grow, a, axis, widths);
  let out = a;
  while (l > 0 || r > 0) {
    const n = out.shape[axis];
    // Only whole periods of the original may be mirrored.
    const usable = withEdge ? Math.floor(n / period) * period : Math.floor((n - 1) / (period - 1)) * (period - 1);
    const skip = withEdge ? 0 : 1;
    const mirror = (chunk: ArrayValue, edge: ArrayValue): ArrayValue => {
      const back = flipAxes(chunk, [axis]);
      return odd ? (u.subtract(u.multiply(2, edge), back) as ArrayValue) : back;
    };
    const left = Math.min(usable, l);
    const right = Math.min(usable, r);
    const source: ArrayValue = out;
    out = grow(
      source,
      axis,
      left > 0 ? mirror(sliceAxis(source, axis, skip, skip + left), first(source, axis)) : null,
      right > 0 ? mirror(sliceAxis(source, axis, n - skip - right, n - skip), last(source, axis)) : null,
    );
    l -= left;
    r -= right;
  }
  return out;
}

export function padWrap(grow: Grow, a: ArrayValue, axis: number, widths: Pair<number>): ArrayValue {
  const original = a.shape[axis];
  let [l, r] = widths;
  let out = a;
  while (l > 0 || r > 0) {
    const period = Math.floor(out.shape[axis] / original) * original;
    const left = Math.min(period, l);
    const right = Math.min(period, r);
    const n = out.shape[axis];
    // The left border continues the first whole period; the right one starts again from the last.
    out = grow(
      out,
      axis,
      sliceAxis(out, axis, period - left, period),
      sliceAxis(out, axis, n - period, n - period + right),
    );
    l -= left;
    r -= right;
  }
  return out;
}
