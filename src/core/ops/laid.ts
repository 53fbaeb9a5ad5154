import type { ArrayValue } from '../array.js';
import { broadcastStrides, copyOrder, kOrder } from '../view.js';
import { release } from './operand.js';

/** The memory order of what index arrays pick: NumPy fills it with the axes of the indices outermost, wherever they go in the shape. */

/** Picks from an array along its axes; the result, in C order, begins with the axes of the indices. */
export type Pick = (
  x: ArrayValue,
  axes: readonly number[],
  indices: readonly ArrayValue[],
  shape: readonly number[],
) => ArrayValue;

const view = (
  a: ArrayValue,
  shape: readonly number[],
  strides: readonly number[],
  order: readonly number[],
): ArrayValue =>
  a.face.view(
    a,
    a.dtype,
    order.map((d) => shape[d]),
    order.map((d) => strides[d]),
    a.offset,
  );

/**
 * What `pick` gives, with the axes of the indices at `at` and memory as NumPy lays it: the axes of the indices, then what they
 * leave in the memory order of x. Where they leave nothing, the indices' own memory order counts.
 */
export function pickLaid(
  x: ArrayValue,
  axes: readonly number[],
  at: number,
  indices: readonly ArrayValue[],
  shape: readonly number[],
  pick: Pick,
): ArrayValue {
  const free: number[] = [];
  for (let d = 0; d < x.ndim; d++) if (!axes.includes(d)) free.push(d);
  const nf = shape.length;
  // Axes of the result as they follow each other in memory, outermost first: those of the indices, and those that are left.
  let places = Array.from(shape, (_, i) => i);
  let picks = indices;
  if (free.length === 0 && nf > 1) {
    const steps = indices.map((i) => broadcastStrides(i.shape, i.strides, shape));
    places = kOrder(shape, steps);
    if (places.some((p, i) => p !== i)) picks = indices.map((index, k) => view(index, shape, steps[k], places));
  }
  const rest = copyOrder(free.map((d) => x.strides[d]));
  const turned = rest.some((r, i) => r !== i);
  const from = turned ? view(x, x.shape, x.strides, [...axes, ...rest.map((r) => free[r])]) : x;
  const mem = pick(
    from,
    turned ? axes.map((_, i) => i) : axes,
    picks,
    places.map((p) => shape[p]),
  );
  if (picks === indices && !turned && (at === 0 || nf === 0)) return mem;
  const order = [...places.map((p) => at + p), ...rest.map((r) => (r < at ? r : r + nf))];
  const full = new Array<number>(order.length);
  const strides = new Array<number>(order.length);
  order.forEach((axis, i) => {
    full[axis] = mem.shape[i];
    strides[axis] = mem.strides[i];
  });
  const out = x.face.fresh(mem.buffer, mem.dtype, full, strides);
  release(mem);
  return out;
}
