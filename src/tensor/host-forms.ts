import { ArrayValue } from '../core/array.js';
import { bind1 } from '../core/dispatch.js';
import { castTo, component, permute, reshapeTo, sliceAxis, withDtype } from '../core/ops/move.js';
import { concatenateTo, padWith } from '../core/ops/join.js';
import { scatterAddPrimitive } from '../core/ops/scatter.js';
import { complex64, complex128, float64, int64 } from '../core/dtype.js';
import { isDescribed } from '../core/device/shapes.js';
import { deviceElsewhere } from './elsewhere.js';
import { placesFor, ranksAlong } from './ranking.js';
import { normalizeAxes, normalizeAxis } from '../core/view.js';
import * as np from '../ndarray/index.js';
import { METHODS } from '../ndarray/statistics/quantile-methods.js';

/**
 * Host functions written with operations that tapes and graphs see. A form gets the call's arguments in order of the signature; undefined says
 * that it is not for these, and the function runs as a whole.
 */
type Form = (...bound: any[]) => unknown;
type Value = any;

const isArray = (x: unknown): x is ArrayValue => x instanceof ArrayValue;
const arrayOf = (x: unknown): ArrayValue => (isArray(x) ? x : (np.asarray(x as never) as never));
/** The values of an array that no gradient is wanted of, or null where there are none yet. */
function valuesOf(x: unknown): Value | null {
  if (!isArray(x)) return np.asarray(x as never);
  if (isDescribed(x.buffer) || deviceElsewhere(x) !== null) return null;
  return x.face.priority === 0 ? x : (x as Value).numpy();
}
/** Whether a gradient may be wanted of it. */
const isWatched = (x: unknown): boolean => isArray(x) && x.interpreter !== null && 'fc'.includes(x.dtype.kind);

const sort: Form = (a, axis, kind, order, stable) => {
  if (!isArray(a) || (a.ndim === 0 && axis !== null)) return undefined;
  const flat: Value = axis === null ? np.ravel(a as never) : a;
  const along = axis ?? -1;
  const places = (np.argsort as Value)(flat, along, kind, order, stable === null ? {} : { stable });
  return (np.take_along_axis as Value)(flat, places, along);
};

const partition: Form = (a, kth, axis, kind, order) => {
  if (!isArray(a) || (a.ndim === 0 && axis !== null)) return undefined;
  const flat: Value = axis === null ? np.ravel(a as never) : a;
  const along = axis ?? -1;
  return (np.take_along_axis as Value)(flat, (np.argpartition as Value)(flat, kth, along, kind, order), along);
};

const sortComplex: Form = (a) => {
  if (!isArray(a) || a.ndim === 0) return undefined;
  const { kind, itemsize } = a.dtype;
  if (kind === 'c') return np.sort(a as never);
  return withDtype(np.sort(a as never) as never, 'iu'.includes(kind) && itemsize < 4 ? complex64 : complex128);
};

/** The reduced axes of an array as its last one, and how a result of that loses it, or keeps it as axes of length 1. */
function lanesOf(a: ArrayValue, given: unknown, keepdims: boolean): { lanes: ArrayValue; settle: (r: Value) => Value } {
  const all = a.shape.map((_, i) => i);
  const axes = given === null || given === undefined ? all : [...normalizeAxes(given as never, a.ndim)];
  const rest = all.filter((i) => !axes.includes(i));
  const lanes = reshapeTo(permute(a, [...rest, ...axes]), [
    ...rest.map((i) => a.shape[i]),
    axes.reduce((n, i) => n * a.shape[i], 1),
  ]);
  const shape = keepdims ? a.shape.map((n, i) => (axes.includes(i) ? 1 : n)) : rest.map((i) => a.shape[i]);
  return { lanes, settle: (r) => reshapeTo(r, shape) };
}
const real = (a: unknown): a is ArrayValue =>
  isArray(a) && a.dtype.kind !== 'c' && a.size > 0 && 'biuf'.includes(a.dtype.kind);

/** NaN where the last of the ordered values is. */
const orNaN = (ordered: ArrayValue, r: Value): Value => {
  if (ordered.dtype.kind !== 'f') return r;
  const k = ordered.ndim - 1;
  const last = np.squeeze(sliceAxis(ordered, k, ordered.shape[k] - 1, ordered.shape[k]) as never, k as never);
  return np.where(np.isnan(last as never) as never, Number.NaN as never, r);
};

const median: Form = (a, axis, out, _overwrite, keepdims) => {
  if (!real(a) || out !== null) return undefined;
  const { lanes, settle } = lanesOf(a, axis, Boolean(keepdims));
  const ordered = np.sort(lanes as never) as unknown as ArrayValue;
  const k = ordered.ndim - 1;
  const n = ordered.shape[k];
  const middle = np.mean(sliceAxis(ordered, k, (n - 1) >> 1, (n >> 1) + 1) as never, k as never);
  return settle(orNaN(ordered, middle));
};

const at = (ordered: ArrayValue, i: number): Value => {
  const k = ordered.ndim - 1;
  return np.squeeze(sliceAxis(ordered, k, i, i + 1) as never, k as never);
};
/** Between two values; from the nearer one, as NumPy goes. */
const between = (a: Value, b: Value, part: number): Value => {
  if (part === 0) return a;
  const step = np.subtract(b, a);
  return part >= 0.5 ? np.subtract(b, np.multiply(step, 1 - part)) : np.add(a, np.multiply(step, part));
};

const quantile =
  (percent: boolean): Form =>
  (a, q, axis, out, _overwrite, method, keepdims, weights) => {
    const how = METHODS[method as string];
    if (!real(a) || a.dtype.kind !== 'f' || out !== null || weights !== null || how === undefined || isWatched(q))
      return undefined;
    const given = valuesOf(q);
    if (given === null) return undefined;
    const fractions = (np.ravel(given) as Value).tolist().map((x: number) => (percent ? x / 100 : x)) as number[];
    if (!fractions.every((x) => x >= 0 && x <= 1)) return undefined;
    const { lanes, settle } = lanesOf(a, axis, Boolean(keepdims));
    const ordered = np.sort(lanes as never) as unknown as ArrayValue;
    const n = ordered.shape[ordered.ndim - 1];
    const round = given.dtype.name === 'float32' ? Math.fround : (x: number): number => x;
    const inside = (i: number): number => Math.min(n - 1, Math.max(0, i));
    const results = fractions.map((x) => {
      const place = how.place(n, x, round);
      const below = Math.floor(place);
      const low = at(ordered, inside(below));
      if (how.part === null) return settle(orNaN(ordered, low));
      const part = how.part(place - below, place);
      return settle(orNaN(ordered, between(low, at(ordered, inside(below + 1)), part)));
    });
    if (given.ndim === 0) return results[0];
    const whole = np.stack(results) as unknown as ArrayValue;
    return reshapeTo(whole, [...given.shape, ...whole.shape.slice(1)]);
  };

/** Quantiles of what is not NaN: where they lie differs from lane to lane. */
const nanQuantile =
  (percent: boolean): Form =>
  (a, q, axis, out, _overwrite, method, keepdims, weights) => {
    if (!real(a) || a.dtype.kind !== 'f' || out !== null || weights !== null || method !== 'linear' || isWatched(q))
      return undefined;
    const given = valuesOf(q);
    if (given === null || given.ndim !== 0) return undefined;
    const x = percent ? Number(given.item()) / 100 : Number(given.item());
    if (!(x >= 0 && x <= 1)) return undefined;
    const { lanes, settle } = lanesOf(a, axis, Boolean(keepdims));
    const ordered: Value = np.sort(lanes as never);
    const count: Value = np.sum(
      np.logical_not(np.isnan(ordered) as never) as never,
      { axis: -1, keepdims: true } as never,
    );
    const place: Value = np.multiply(np.maximum(np.subtract(count, 1), 0), x);
    const below: Value = np.floor(place);
    const part: Value = withDtype(np.subtract(place, below) as never, a.dtype);
    const pick = (i: Value): Value => (np.take_along_axis as Value)(ordered, withDtype(i, int64), -1);
    const [low, high] = [pick(below), pick(np.ceil(place))];
    const step = np.subtract(high, low);
    const value = np.where(
      np.greater_equal(part, 0.5),
      np.subtract(high, np.multiply(step, np.subtract(1, part))),
      np.add(low, np.multiply(step, part)),
    );
    return settle(np.where(np.equal(count, 0), Number.NaN as never, value));
  };

const interp: Form = (given, givenXp, givenFp, left, right, period) => {
  if (isWatched(period)) return undefined;
  let [x, xp, fp]: Value[] = [given, givenXp, givenFp].map(arrayOf);
  if (xp.ndim !== 1 || fp.ndim !== 1 || xp.size !== fp.size || xp.size === 0 || x.dtype.kind === 'c') return undefined;
  let ends = [left, right];
  if (period !== null) {
    const span = Math.abs(Number(period));
    if (span === 0) return undefined;
    x = np.remainder(x, span);
    xp = np.remainder(xp, span);
    const order = np.argsort(xp, { kind: 'stable' });
    [xp, fp] = [np.take(xp, order), np.take(fp, order)];
    const last = xp.size - 1;
    const [first, end] = [sliceAxis(xp, 0, last, last + 1), sliceAxis(xp, 0, 0, 1)];
    xp = np.concatenate([np.subtract(first as never, span), xp, np.add(end as never, span)] as never);
    fp = np.concatenate([sliceAxis(fp, 0, last, last + 1), fp, sliceAxis(fp, 0, 0, 1)] as never);
    ends = [null, null];
  }
  const n = xp.size;
  const entry = (a: Value, i: number): Value => reshapeTo(sliceAxis(a, 0, i, i + 1), []);
  const low = ends[0] ?? entry(fp, 0);
  const high = ends[1] ?? entry(fp, n - 1);
  let inner: Value = entry(fp, 0);
  if (n > 1) {
    const j = np.clip(np.subtract((np.searchsorted as Value)(xp, x, 'right'), 1) as never, 0, n - 2);
    const next = np.add(j, 1);
    const [x0, y0] = [np.take(xp, j as never), np.take(fp, j as never)] as Value[];
    const slope = np.divide(
      np.subtract(np.take(fp, next as never) as never, y0),
      np.subtract(np.take(xp, next as never) as never, x0),
    );
    inner = np.add(np.multiply(slope, np.subtract(x, x0)), y0);
  }
  const outer = np.where(np.greater(x, entry(xp, n - 1)), high, inner);
  const result: Value = np.where(np.less(x, entry(xp, 0)), low, np.where(np.isnan(x), x, outer as never));
  return withDtype(result, result.dtype.kind === 'c' ? complex128 : float64);
};

/** Products of a sequence's stretches with another one. */
function slide(a: ArrayValue, v: ArrayValue, mode: unknown): Value | undefined {
  const m = v.shape[0];
  const around: Record<string, readonly [number, number]> = {
    full: [m - 1, m - 1],
    same: [m >> 1, m - (m >> 1) - 1],
    valid: [0, 0],
  };
  const room = around[String(mode)];
  if (room === undefined) return undefined;
  const wide = padWith(a, [room[0]], [room[1]], null);
  return np.matmul(np.lib.stride_tricks.sliding_window_view(wide as never, m) as never, v as never);
}
const sequence = (x: unknown): ArrayValue | undefined => {
  const a = arrayOf(x);
  return a.ndim > 1 || a.size === 0 ? undefined : reshapeTo(a, [a.size]);
};
const convolve: Form = (x, y, mode) => {
  const [a, v] = [sequence(x), sequence(y)];
  if (a === undefined || v === undefined) return undefined;
  const [long, short] = v.size > a.size ? [v, a] : [a, v];
  return slide(long, np.flip(short as never) as never, mode);
};
const correlate: Form = (x, y, mode) => {
  const [a, v] = [sequence(x), sequence(y)];
  if (a === undefined || v === undefined) return undefined;
  if (v.size <= a.size) return slide(a, np.conjugate(v as never) as never, mode);
  const r = slide(v, np.conjugate(a as never) as never, mode);
  return r === undefined ? undefined : np.conjugate(np.flip(r));
};

/** 0, 1, … in an array's shape: where a function that only moves elements puts them. */
const places = (a: ArrayValue): Value =>
  np.reshape(np.arange(a.size, { dtype: 'int64' } as never) as never, a.shape as never);

const remove: Form = (a, obj, axis) => {
  const where = valuesOf(obj);
  if (!isArray(a) || where === null) return undefined;
  const given = isArray(obj) ? where : obj;
  return np.take(np.ravel(a as never) as never, (np.delete_ as Value)(places(a), given, axis));
};
const insert: Form = (a, obj, values, axis) => {
  const where = valuesOf(obj);
  if (where === null) return undefined;
  const [into, given] = [arrayOf(a), arrayOf(values)];
  const from = (np.insert as Value)(places(into), isArray(obj) ? where : obj, np.subtract(-1, places(given)), axis);
  const flat = [np.ravel(into as never), withDtype(np.ravel(given as never) as never, into.dtype)] as Value[];
  const both = concatenateTo(flat, 0, into.dtype);
  return np.take(both as never, np.where(np.less(from, 0), np.subtract(into.size - 1, from), from) as never);
};

const alongAxis: Form = (f, axis, given, args, kwargs) => {
  if (!isArray(given)) return undefined;
  const k = normalizeAxis(axis, given.ndim);
  const turned = np.moveaxis(given as never, k as never, -1 as never) as unknown as ArrayValue;
  const outer = turned.shape.slice(0, -1);
  const lines = reshapeTo(turned, [outer.reduce((n, m) => n * m, 1), turned.shape[outer.length]]);
  if (lines.shape[0] === 0) return undefined;
  const rest = Object.keys(kwargs).length > 0 ? [...args, kwargs] : args;
  const parts = Array.from({ length: lines.shape[0] }, (_, i) =>
    arrayOf(f(reshapeTo(sliceAxis(lines, 0, i, i + 1), [lines.shape[1]]), ...rest)),
  );
  const whole = np.stack(parts as never) as unknown as ArrayValue;
  const own = whole.shape.slice(1);
  const made = reshapeTo(whole, [...outer, ...own]);
  const others = outer.map((_, i) => i);
  return permute(made, [...others.slice(0, k), ...own.map((_, i) => outer.length + i), ...others.slice(k)]);
};

/** Values where a mask is true, zeros elsewhere. */
function spread(values: Value, mask: Value): Value {
  const axes = mask.shape.map((_: number, i: number) => i);
  return bind1(scatterAddPrimitive, [values, ...(np.nonzero(mask) as Value)], {
    shape: mask.shape,
    axes,
    at: 0,
    names: axes,
  });
}
const piecewise: Form = (x, condlist, funclist, args, kw) => {
  if (!isArray(x) || x.ndim === 0 || !Array.isArray(funclist) || !Array.isArray(condlist)) return undefined;
  const conds = condlist.map((c) => valuesOf(c));
  if (conds.some((c) => c === null || c.dtype.kind !== 'b' || c.ndim !== x.ndim)) return undefined;
  if (conds.length === funclist.length - 1) conds.push(np.logical_not(conds.reduce((a, b) => np.logical_or(a, b))));
  else if (conds.length !== funclist.length) return undefined;
  const rest = Object.keys(kw).length > 0 ? [...args, kw] : args;
  let y: Value = np.zeros_like(x as never);
  conds.forEach((cond, i) => {
    const f = funclist[i];
    if (typeof f !== 'function') y = np.where(cond, f, y);
    else if (np.any(cond)) {
      const values = arrayOf(f((x as Value).at(cond), ...rest));
      y = np.where(cond, values.size === 1 && values.ndim === 0 ? (values as Value) : spread(values, cond), y);
    }
  });
  return withDtype(y, x.dtype);
};

const bincount: Form = (x, weights, minlength) => {
  const at = valuesOf(x);
  if (at === null || !isArray(weights) || at.ndim !== 1 || weights.ndim !== 1 || at.size !== weights.size)
    return undefined;
  if ((isArray(x) && !'iub'.includes(at.dtype.kind)) || at.size === 0 || Number(np.min(at)) < 0) return undefined;
  const n = Math.max(Number(np.max(at)) + 1, Number(minlength ?? 0));
  const index = at.astype('int64');
  return bind1(scatterAddPrimitive, [castTo(weights, float64), index], { shape: [n], axes: [0], at: 0, names: [0] });
};

const realIfClose: Form = (a, tol) => {
  if (!isArray(a) || a.dtype.kind !== 'c' || isDescribed(a.buffer)) return undefined;
  const r = (np.real_if_close as Value)((a as Value).numpy(), tol);
  return r.dtype.kind === 'c' ? a : component(a, 0);
};

/** The coefficients of the polynomial with these zeros, one factor after another. */
const poly: Form = (zeros) => {
  if (!isArray(zeros) || zeros.ndim !== 1 || !'fc'.includes(zeros.dtype.kind)) return undefined;
  let c: Value = np.ones(1, { dtype: zeros.dtype } as never);
  for (let i = 0; i < zeros.shape[0]; i++)
    c = np.subtract(
      padWith(c, [0], [1], null) as never,
      np.multiply(padWith(c, [1], [0], null) as never, reshapeTo(sliceAxis(zeros, 0, i, i + 1), []) as never),
    );
  return c;
};

/** Forms for values that live on a device which the host does not reach: asked before the others there. */
export const ELSEWHERE: ReadonlyMap<unknown, Form> = new Map<unknown, Form>([
  [
    np.argsort,
    (a, axis, _kind, order) => (isArray(a) && a.ndim > 0 && order === null ? ranksAlong(a, axis, false) : undefined),
  ],
  [
    np.searchsorted,
    (a, v, side, sorter) => {
      if (!isArray(a) || !isArray(v) || a.dtype !== v.dtype || a.ndim !== 1 || (sorter ?? null) !== null)
        return undefined;
      return placesFor(a, v, side === 'right');
    },
  ],
]);

export const FORMS: ReadonlyMap<unknown, Form> = new Map<unknown, Form>([
  [np.sort, sort],
  [np.partition, partition],
  [np.sort_complex, sortComplex],
  [np.median, median],
  [np.nanmedian, (a, axis, out, o, keep) => nanQuantile(false)(a, 0.5, axis, out, o, 'linear', keep, null)],
  [np.quantile, quantile(false)],
  [np.percentile, quantile(true)],
  [np.nanquantile, nanQuantile(false)],
  [np.nanpercentile, nanQuantile(true)],
  [np.interp, interp],
  [np.convolve, convolve],
  [np.correlate, correlate],
  [np.delete_, remove],
  [np.insert, insert],
  [np.apply_along_axis, alongAxis],
  [np.piecewise, piecewise],
  [np.bincount, bincount],
  [np.real_if_close, realIfClose],
  [np.poly, poly],
]);
