import type { ArrayValue } from '../../core/array.js';
import { type ReduceAttrs, reduceRow } from '../../core/ops/reduce.js';
import { accumulateRow } from '../../core/ops/along.js';
import { bind1 } from '../../core/dispatch.js';
import { flipAxes, permute, reshapeTo, sliceAxis } from '../../core/ops/move.js';
import { concatenateTo, padWith } from '../../core/ops/join.js';
import { scatterAddPrimitive } from '../../core/ops/scatter.js';
import * as rows from '../../core/ops/ufuncs/arithmetic.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { normalizeAxes } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import { Immediate } from '../../core/device/device.js';
import { derivativesOf, missing, STEPS } from './elementwise.js';
import { constantOf, zerosLike } from './parts.js';
import { add, conj, div, fitted, inDtypeOf, mul, type Rule, sub, sumOver, type Value } from './rule.js';
import { chain } from './safe.js';

/** Rules of folds: reductions, running folds, folds of slices. A table by the ufunc that is folded. */

const axesOf = (a: ArrayValue, axis: number | readonly number[] | null | undefined): number[] =>
  axis === undefined ? [0] : [...normalizeAxes(axis as never, a.ndim)];
/** Something of the reduced shape with the reduced axes kept, so that it broadcasts over the operand. */
const kept = (a: ArrayValue, x: ArrayValue, axes: readonly number[]): ArrayValue =>
  reshapeTo(
    a,
    x.shape.map((n, i) => (axes.includes(i) ? 1 : n)),
  );

type Fold = (
  g: Value,
  x: ArrayValue,
  y: Value,
  axes: readonly number[],
  where: ArrayValue | null,
  initial: unknown,
) => Value;

/** Shares of the gradient for those that are the extreme: equal ones share it. */
const extreme: Fold = (g, x, y, axes, where) => {
  const hit = where === null ? np.equal(x as never, y) : np.logical_and(np.equal(x as never, y), where as never);
  const share = inDtypeOf(hit as never, x.dtype);
  return mul(share, div(g, sumOver(share, axes, true)));
};

/** Running products of what stands before each entry along an axis. */
function before(x: ArrayValue, axis: number): ArrayValue {
  const none = new Array<number>(x.ndim).fill(0);
  const shifted = [...none];
  shifted[axis] = 1;
  const wide = padWith(sliceAxis(x, axis, 0, x.shape[axis] - 1), shifted, none, new Immediate(x.dtype, 1));
  return accumulateRow(rows.multiply, wide, axis, x.dtype, null);
}

/** The product of all others: exact where entries are zero, which division is not. */
const product: Fold = (start, given, _y, axes, where, initial) => {
  const g = initial === undefined || initial === null ? start : mul(start, conj(initial));
  const x = where === null ? given : (np.where(where as never, given as never, 1 as never) as Value);
  const rest = x.shape.map((_: number, i: number) => i).filter((i: number) => !axes.includes(i));
  const order = [...rest, ...axes];
  const moved = permute(x, order);
  const flat = reshapeTo(
    moved,
    [...rest.map((i: number) => x.shape[i]), -1].map((n, i, s) => (n === -1 ? sizeBy(x, axes) : s[i])),
  );
  const last = flat.ndim - 1;
  if (flat.shape[last] === 0) return mul(g, x);
  const others = mul(before(flat, last), flipAxes(before(flipAxes(flat, [last]), last), [last]));
  const back = new Array<number>(order.length);
  order.forEach((from, i) => {
    back[from] = i;
  });
  return mul(g, conj(permute(reshapeTo(others, moved.shape), back)));
};
const sizeBy = (x: ArrayValue, axes: readonly number[]): number => axes.reduce((n, i) => n * x.shape[i], 1);

export const FOLDS: Readonly<Record<string, Fold>> = {
  add: (g) => g,
  multiply: product,
  maximum: extreme,
  minimum: extreme,
  fmax: extreme,
  fmin: extreme,
  logaddexp: (g, x, y) => chain(np.exp(sub(x, y)), g),
  logaddexp2: (g, x, y) => chain(np.exp2(sub(x, y)), g),
  hypot: (g, x, y) => mul(g, div(x, np.where(np.equal(y, 0), 1 as never, y))),
};

const reduce: Rule = ([g], { inputs: [x], outputs: [y], attrs }) => {
  const { row, options } = attrs as ReduceAttrs;
  if (g === null || STEPS.has(row.name)) return [null];
  const axes = axesOf(x, options.axis);
  const fold = FOLDS[row.name];
  if (fold === undefined) return [inOrder(row, kept(g, x, axes), x, axes, options)];
  const r = fold(kept(g, x, axes), x, kept(y, x, axes), axes, options.where, options.initial);
  const whole = (np.broadcast_to as Value)(r, x.shape);
  return [options.where === null ? whole : np.where(options.where as never, whole, 0 as never)];
};

/** A fold of any other ufunc: the last of its running results. */
function inOrder(
  row: UfuncRow,
  g: ArrayValue,
  x: ArrayValue,
  axes: readonly number[],
  options: ReduceAttrs['options'],
): ArrayValue {
  if (options.where !== null || axes.length !== 1)
    throw missing(`${row.name}.reduce with where, or over several axes`, [x]);
  const [axis] = axes;
  const { initial } = options;
  const first = initial === undefined || initial === null ? null : initial;
  if (x.shape[axis] === 0) return zerosLike(x);
  const lead = x.shape.map((n, i) => (i === axis ? 1 : n));
  const from: ArrayValue =
    first === null
      ? x
      : concatenateTo(
          [(np.broadcast_to as Value)(np.asarray(first as never, x.dtype as never), lead), x],
          axis,
          x.dtype,
        );
  const y = accumulateRow(row, from, axis, x.dtype, null);
  const none = new Array<number>(x.ndim).fill(0);
  const before = [...none];
  before[axis] = from.shape[axis] - 1;
  const all = along(row, padWith(g, before, none, null), from, y, axis);
  return first === null ? all : sliceAxis(all, axis, 1, from.shape[axis]);
}

/** The running sum from the end. */
const sumFromEnd = (g: ArrayValue, axis: number): ArrayValue =>
  flipAxes(accumulateRow(rows.add, flipAxes(g, [axis]), axis, g.dtype, null), [axis]);

/** What stands `k` places further on along an axis, and zeros behind the end. */
function later(a: ArrayValue, axis: number, k: number): ArrayValue {
  const n = a.shape[axis];
  const none = new Array<number>(a.ndim).fill(0);
  const after = [...none];
  after[axis] = k;
  return padWith(sliceAxis(a, axis, k, n), none, after, null);
}

/**
 * Gradients of the running results y[i] = f(y[i - 1], x[i]) of any ufunc. What arrives at y[i], s[i] = g[i] + slope[i + 1] s[i + 1], is found by
 * doubling (Hillis and Steele): as many steps as the length has binary digits, and no divisions, so that zeros are no exception.
 */
function along(row: UfuncRow, g: ArrayValue, x: ArrayValue, y: ArrayValue, axis: number): ArrayValue {
  const n = x.shape[axis];
  if (n <= 1) return g;
  const partials = derivativesOf(row);
  if (partials === undefined) throw missing(`${row.name}.accumulate`, [x]);
  const [first, second] = partials;
  const [before, after, given] = [sliceAxis(y, axis, 0, n - 1), sliceAxis(y, axis, 1, n), sliceAxis(x, axis, 1, n)];
  const ones = np.ones_like(before as never) as unknown as ArrayValue;
  const none = new Array<number>(x.ndim).fill(0);
  const one = [...none];
  one[axis] = 1;
  let slope: ArrayValue =
    first === null ? zerosLike(x) : padWith(fitted(first(ones, [before, given], after), before), none, one, null);
  let s = g;
  for (let k = 1; k < n; k *= 2) {
    s = add(s, chain(slope, later(s, axis, k)));
    if (2 * k < n) slope = chain(slope, later(slope, axis, k));
  }
  const start = sliceAxis(s, axis, 0, 1);
  if (second === null)
    return padWith(
      start,
      none,
      none.map((_, i) => (i === axis ? n - 1 : 0)),
      null,
    );
  const rest = fitted(second(sliceAxis(s, axis, 1, n), [before, given], after), given);
  return concatenateTo([start, rest], axis, x.dtype);
}
interface Along {
  readonly row: UfuncRow;
  readonly axis: number | readonly number[] | null;
  readonly indices: readonly number[];
}
const accumulate: Rule = ([g], { inputs: [x], outputs: [y], attrs }) => {
  const { row, axis } = attrs as Along;
  if (g === null || STEPS.has(row.name)) return [null];
  const k = axesOf(x, axis)[0];
  return [row.name === 'add' ? sumFromEnd(g, k) : along(row, g, x, y, k)];
};

const reduceat: Rule = ([g], { inputs: [x], attrs }) => {
  const { row, axis, indices } = attrs as Along;
  if (g === null) return [null];
  if (STEPS.has(row.name)) return [null];
  const k = axesOf(x, axis)[0];
  const n = x.shape[k];
  if (row.name !== 'add') return [bySlices(row, g, x, k, indices)];
  // Which slice an entry belongs to; an index not below the next one is a slice of that entry alone.
  const from: number[] = [];
  const to: number[] = [];
  indices.forEach((start, i) => {
    const end = i + 1 < indices.length ? indices[i + 1] : n;
    for (let j = start; j < Math.max(start + 1, end); j++) {
      from.push(i);
      to.push(j);
    }
  });
  const index = (v: readonly number[]): ArrayValue => constantOf(np.array(v, 'int64') as never, g);
  const picked = (np.take as Value)(g, index(from), k);
  return [bind1(scatterAddPrimitive, [picked, index(to)], { shape: x.shape, axes: [k], at: k, names: [k] })];
};

/** Folds of slices, one after another. */
function bySlices(row: UfuncRow, g: ArrayValue, x: ArrayValue, axis: number, indices: readonly number[]): ArrayValue {
  const n = x.shape[axis];
  let sum: ArrayValue = zerosLike(x);
  indices.forEach((start, i) => {
    const end = Math.max(start + 1, i + 1 < indices.length ? indices[i + 1] : n);
    const part = sliceAxis(x, axis, start, end);
    const options = { axis, dtype: null, out: null, keepdims: true, initial: undefined, where: null };
    const y = reduceRow(row, part, options);
    const mine = reduce([sliceAxis(g, axis, i, i + 1)], {
      inputs: [part],
      outputs: [y],
      attrs: { row, options },
      needs: [true],
    })[0] as ArrayValue;
    const at = (k: number): number[] => x.shape.map((_, d) => (d === axis ? k : 0));
    sum = add(sum, padWith(mine, at(start), at(n - end), null));
  });
  return sum;
}

export const FOLDING: Readonly<Record<string, Rule>> = {
  reduce,
  accumulate,
  reduceat,
  argextreme: () => [null],
  count: () => [null],
};
