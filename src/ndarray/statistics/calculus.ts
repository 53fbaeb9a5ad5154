import { toArray } from '../../core/coerce.js';
import { float64, isTime, timeDtype, type TimeUnit } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { concatenateTo } from '../../core/ops/join.js';
import { reshapeTo, sliceAxis, withDtype } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import type { UfuncOperand } from '../../core/ops/operand.js';
import { Weak } from '../../core/ops/operand.js';
import { add, divide, multiply, negative, subtract } from '../../core/ops/ufuncs/arithmetic.js';
import { fn } from '../../core/signature.js';
import { normalizeAxes, normalizeAxis, copyOrder } from '../../core/view.js';
import { diff } from '../manipulation/diff.js';
import { type ArrayLike, type ArrayValue, type Axis, isInexact, readable, type Reduced } from './common.js';
import { real, Steps } from './steps.js';

/** Differences and sums as derivatives and integrals. */

/** Keywords of `gradient`. */
export interface GradientKeywords {
  axis?: Axis;
  /** Order of the differences at the ends: 1 or 2. */
  edge_order?: 1 | 2;
}
export interface GradientFunction {
  /** One array along one axis, a list of one for each of several: how many there are depends on values, so that the type has both. */
  <A extends ArrayLike>(f: A, ...varargs: (ArrayLike | GradientKeywords)[]): Reduced<A> & Reduced<A>[];
}

/** Distance between samples along one axis: one number (or 0-d value) for all, or the differences of coordinates. */
type Spacing = { readonly even: true; readonly h: UfuncOperand } | { readonly even: false; readonly steps: ArrayValue };

function spacingOf(given: unknown, n: number): Spacing {
  if (typeof given === 'number' || typeof given === 'bigint') return { even: true, h: real(Number(given)) };
  let d = toArray(given);
  if (d.ndim === 0) return { even: true, h: d };
  if (d.ndim !== 1) throw new ValueError('distances must be either scalars or 1d');
  if (d.shape[0] !== n) throw new ValueError('when 1d, distances must match the length of the corresponding dimension');
  if (d.dtype.kind === 'i' || d.dtype.kind === 'u') d = withDtype(d, float64);
  const steps = diff(d) as ArrayValue;
  if (steps.size > 0 && constant(steps)) return { even: true, h: reshapeTo(sliceAxis(steps, 0, 0, 1), []) };
  return { even: false, steps };
}

function constant(a: ArrayValue): boolean {
  if (!readable(a)) return false;
  const values = (a as ArrayValue & { item(i: number): number }).item;
  if (typeof values !== 'function') return false;
  const first = values.call(a, 0);
  for (let i = 1; i < a.size; i++) if (values.call(a, i) !== first) return false;
  return true;
}

function along(f: ArrayValue, axis: number, spacing: Spacing, order: number): ArrayValue {
  const n = f.shape[axis];
  if (n < order + 1)
    throw new ValueError(
      'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.',
    );
  const s = new Steps();
  const at = (i: number): ArrayValue => sliceAxis(f, axis, i < 0 ? n + i : i, (i < 0 ? n + i : i) + 1);
  const part = (from: number, to: number): ArrayValue => sliceAxis(f, axis, from, to);
  const [mul, div, plus, minus] = [multiply, divide, add, subtract].map(
    (row) => (a: UfuncOperand, b: UfuncOperand) => s.do(row, a, b),
  );
  const sum3 = (
    a: UfuncOperand,
    b: UfuncOperand,
    c: UfuncOperand,
    u: ArrayValue,
    v: ArrayValue,
    w: ArrayValue,
  ): ArrayValue => plus(plus(mul(a, u), mul(b, v)), mul(c, w));
  const pieces: ArrayValue[] = [];
  let first: ArrayValue;
  let last: ArrayValue;
  if (spacing.even) {
    const { h } = spacing;
    const times = (k: number): UfuncOperand => (h instanceof Weak ? real(k * Number(h.value)) : mul(real(k), h));
    const over = (k: number): UfuncOperand => (h instanceof Weak ? real(k / Number(h.value)) : div(real(k), h));
    pieces.push(div(minus(part(2, n), part(0, n - 2)), times(2)));
    if (order === 1) {
      first = div(minus(at(1), at(0)), h);
      last = div(minus(at(-1), at(-2)), h);
    } else {
      first = sum3(over(-1.5), over(2), over(-0.5), at(0), at(1), at(2));
      last = sum3(over(0.5), over(-2), over(1.5), at(-3), at(-2), at(-1));
    }
  } else {
    const { steps } = spacing;
    s.own(steps);
    const m = steps.shape[0];
    const broad = (a: ArrayValue): ArrayValue =>
      reshapeTo(
        a,
        f.shape.map((_, i) => (i === axis ? a.size : 1)),
      );
    const dx = (i: number): ArrayValue =>
      reshapeTo(sliceAxis(steps, 0, i < 0 ? m + i : i, (i < 0 ? m + i : i) + 1), []);
    const dx1 = sliceAxis(steps, 0, 0, m - 1);
    const dx2 = sliceAxis(steps, 0, 1, m);
    const both = plus(dx1, dx2);
    const a = div(s.do(negative, dx2), mul(dx1, both));
    const b = div(minus(dx2, dx1), mul(dx1, dx2));
    const c = div(dx1, mul(dx2, both));
    pieces.push(sum3(broad(a), broad(b), broad(c), part(0, n - 2), part(1, n - 1), part(2, n)));
    if (order === 1) {
      first = div(minus(at(1), at(0)), dx(0));
      last = div(minus(at(-1), at(-2)), dx(-1));
    } else {
      const [p, q] = [dx(0), dx(1)];
      const pq = plus(p, q);
      first = sum3(
        div(s.do(negative, plus(mul(real(2), p), q)), mul(p, pq)),
        div(pq, mul(p, q)),
        div(s.do(negative, p), mul(q, pq)),
        at(0),
        at(1),
        at(2),
      );
      const [u, v] = [dx(-2), dx(-1)];
      const uv = plus(u, v);
      last = sum3(
        div(v, mul(u, uv)),
        div(s.do(negative, plus(v, u)), mul(u, v)),
        div(plus(mul(real(2), v), u), mul(v, uv)),
        at(-3),
        at(-2),
        at(-1),
      );
    }
  }
  // Promotion may have gone beyond the dtype of f: the result has it nevertheless, as in NumPy.
  const type = isInexact(f.dtype) || isTime(f.dtype) ? f.dtype : float64;
  const parts = [first, ...pieces, last].map((p) => (p.dtype === type ? p : s.own(withDtype(p, type))));
  return s.end(concatenateTo(parts, axis, type, copyOrder(f.strides)));
}

/**
 * Gradient by central differences of second order inside and one-sided ones at the ends.
 *
 * @param varargs the distance between samples: none (1), one number for all axes, or for each axis a number or its coordinates
 * @returns one array of the shape of `f` for each axis: the array itself for one axis, else a list
 * @throws ValueError when an axis is too short or coordinates do not fit; TypeError for a wrong number of distances
 * @example np.gradient([1, 2, 4, 7, 11, 16]) // → array([1. , 1.5, 2.5, 3.5, 4.5, 5. ])
 */
export const gradient: GradientFunction = /*@__PURE__*/ fn<GradientFunction>(
  'gradient',
  'f, *varargs, axis=None, edge_order=1',
  (given, varargs, axis, edgeOrder) => {
    let f = toArray(given);
    const axes = normalizeAxes(axis, f.ndim);
    const list = varargs as unknown[];
    let h: Spacing[];
    if (list.length === 0) h = axes.map(() => ({ even: true, h: real(1) }));
    else if (list.length === 1 && (typeof list[0] === 'number' || toArray(list[0]).ndim === 0))
      h = axes.map(() => spacingOf(list[0], 0));
    else if (list.length === axes.length) h = axes.map((k, i) => spacingOf(list[i], f.shape[k]));
    else throw new TypeError('invalid number of arguments');
    if (edgeOrder > 2) throw new ValueError("'edge_order' greater than 2 not supported");
    if (f.dtype.kind === 'M')
      f = f.face.view(f, timeDtype('m', f.dtype.unit as TimeUnit), f.shape, f.strides, f.offset);
    if (f.dtype.kind === 'i' || f.dtype.kind === 'u') f = withDtype(f, float64);
    const out = axes.map((k, i) => along(f, k, h[i], edgeOrder));
    return out.length === 1 ? out[0] : out;
  },
  'composite',
);

/** Keywords of `trapezoid`. */
export interface TrapezoidKeywords {
  /** Coordinates of the samples. */
  x?: ArrayLike | null;
  /** Their distance, where there are no coordinates. */
  dx?: ArrayLike;
  axis?: number;
}
export type TrapezoidFunction = <A extends ArrayLike>(
  y: A,
  x?: ArrayLike | null | TrapezoidKeywords,
  dx?: ArrayLike | TrapezoidKeywords,
  axis?: number | TrapezoidKeywords,
  kw?: TrapezoidKeywords,
) => Reduced<A>;

/**
 * Integral along an axis by the trapezoidal rule.
 *
 * @throws ValueError when coordinates do not fit
 * @example np.trapezoid([1, 2, 3]) // → array(4.)
 */
export const trapezoid: TrapezoidFunction = /*@__PURE__*/ fn<TrapezoidFunction>(
  'trapezoid',
  'y, x=None, dx=1.0, axis=-1',
  (given, x, dx, axis) => {
    const y = toArray(given);
    const k = normalizeAxis(axis, y.ndim);
    const n = y.shape[k];
    const s = new Steps();
    let d: UfuncOperand;
    if (x === null) d = typeof dx === 'number' || typeof dx === 'bigint' ? real(Number(dx)) : toArray(dx);
    else {
      const at = toArray(x);
      const steps = s.own(diff(at, { axis: at.ndim === 1 ? 0 : axis }) as ArrayValue);
      d =
        at.ndim === 1
          ? reshapeTo(
              steps,
              y.shape.map((_, i) => (i === k ? steps.size : 1)),
            )
          : steps;
    }
    const pairs = s.do(add, sliceAxis(y, k, 1, Math.max(1, n)), sliceAxis(y, k, 0, Math.max(0, n - 1)));
    const areas = s.do(divide, s.do(multiply, d, pairs), real(2));
    return s.end(
      reduceRow(add, areas, { axis: k, dtype: null, out: null, keepdims: false, initial: undefined, where: null }),
    );
  },
  'composite',
);
