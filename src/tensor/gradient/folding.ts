import type { ArrayValue } from '../../core/array.js';
import type { ReduceAttrs } from '../../core/ops/reduce.js';
import { accumulateRow } from '../../core/ops/along.js';
import { bind1 } from '../../core/dispatch.js';
import { flipAxes, permute, reshapeTo, sliceAxis } from '../../core/ops/move.js';
import { padWith } from '../../core/ops/join.js';
import { scatterAddPrimitive } from '../../core/ops/scatter.js';
import * as rows from '../../core/ops/ufuncs/arithmetic.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { normalizeAxes } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import { Immediate } from '../../core/device/device.js';
import { missing, STEPS } from './elementwise.js';
import { constantOf } from './parts.js';
import { conj, div, inDtypeOf, mul, type Rule, sub, sumOver, type Value } from './rule.js';

/** Rules of folds: reductions, running folds, folds of slices. A table by the ufunc that is folded. */

const axesOf = (a: ArrayValue, axis: number | readonly number[] | null | undefined): number[] =>
  axis === undefined ? [0] : [...normalizeAxes(axis as never, a.ndim)];
/** Something of the reduced shape with the reduced axes kept, so that it broadcasts over the operand. */
const kept = (a: ArrayValue, x: ArrayValue, axes: readonly number[]): ArrayValue =>
  reshapeTo(
    a,
    x.shape.map((n, i) => (axes.includes(i) ? 1 : n)),
  );

type Fold = (g: Value, x: ArrayValue, y: Value, axes: readonly number[], where: ArrayValue | null) => Value;

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
const product: Fold = (g, given, _y, axes, where) => {
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

const FOLDS: Readonly<Record<string, Fold>> = {
  add: (g) => g,
  multiply: product,
  maximum: extreme,
  minimum: extreme,
  fmax: extreme,
  fmin: extreme,
  logaddexp: (g, x, y) => mul(g, np.exp(sub(x, y))),
  logaddexp2: (g, x, y) => mul(g, np.exp2(sub(x, y))),
};

const reduce: Rule = ([g], { inputs: [x], outputs: [y], attrs }) => {
  const { row, options } = attrs as ReduceAttrs;
  if (g === null || STEPS.has(row.name)) return [null];
  const fold = FOLDS[row.name];
  if (fold === undefined) throw missing(`${row.name}.reduce`);
  const axes = axesOf(x, options.axis);
  const r = fold(kept(g, x, axes), x, kept(y, x, axes), axes, options.where);
  const whole = (np.broadcast_to as Value)(r, x.shape);
  return [options.where === null ? whole : np.where(options.where as never, whole, 0 as never)];
};

/** The running sum from the end. */
const sumFromEnd = (g: ArrayValue, axis: number): ArrayValue =>
  flipAxes(accumulateRow(rows.add, flipAxes(g, [axis]), axis, g.dtype, null), [axis]);

/** By the name of the ufunc that runs along the axis. */
const RUNNING: Readonly<Record<string, (g: Value, x: ArrayValue, y: Value, axis: number) => Value>> = {
  add: (g, _x, _y, axis) => sumFromEnd(g, axis),
  // Where an entry is zero the products after it are zero: the quotient is left out there, as TensorFlow does.
  multiply: (g, x, y, axis) => {
    const s = sumFromEnd(mul(g, conj(y)), axis);
    const zero = np.equal(x as never, 0);
    return np.where(zero as never, 0 as never, div(s, conj(np.where(zero as never, 1 as never, x as never))));
  },
  maximum: (g, x, y, axis) => toLeaders(g, x, y, axis),
  minimum: (g, x, y, axis) => toLeaders(g, x, y, axis),
  logaddexp: (g, x, y, axis) => mul(sumFromEnd(mul(g, np.exp(mul(y, -1))), axis), np.exp(x as never)),
};

/** Gradients of a running extreme, each to the entry that is the extreme there: the latest that reached it. */
function toLeaders(g: ArrayValue, x: ArrayValue, y: ArrayValue, axis: number): Value {
  const n = x.shape[axis];
  const places = x.shape.map((_, i) => (i === axis ? n : 1));
  const at = (np.reshape as Value)(constantOf(np.arange(n, { dtype: 'int64' } as never) as never, g), places);
  const led = np.where(np.equal(x as never, y as never) as never, at, 0 as never) as Value;
  const leaders = accumulateRow(rows.maximum, led, axis, led.dtype, null);
  const indices = x.shape.map((m, i) => {
    if (i === axis) return leaders;
    const shape = x.shape.map((_, k) => (k === i ? m : 1));
    return (np.reshape as Value)(constantOf(np.arange(m, { dtype: 'int64' } as never) as never, g), shape);
  });
  const axes = x.shape.map((_, i) => i);
  return bind1(scatterAddPrimitive, [g, ...indices], { shape: x.shape, axes, at: 0, names: axes });
}

interface Along {
  readonly row: UfuncRow;
  readonly axis: number | readonly number[] | null;
  readonly indices: readonly number[];
}
const accumulate: Rule = ([g], { inputs: [x], outputs: [y], attrs }) => {
  const { row, axis } = attrs as Along;
  if (g === null || STEPS.has(row.name)) return [null];
  const rule = RUNNING[row.name];
  if (rule === undefined) throw missing(`${row.name}.accumulate`);
  return [rule(g, x, y, axesOf(x, axis)[0])];
};

const reduceat: Rule = ([g], { inputs: [x], attrs }) => {
  const { row, axis, indices } = attrs as Along;
  if (g === null) return [null];
  if (row.name !== 'add') throw missing(`${row.name}.reduceat`);
  const k = axesOf(x, axis)[0];
  const n = x.shape[k];
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

export const FOLDING: Readonly<Record<string, Rule>> = {
  reduce,
  accumulate,
  reduceat,
  argextreme: () => [null],
  count: () => [null],
};
