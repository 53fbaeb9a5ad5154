import type { ArrayValue } from '../../core/array.js';
import { concatenateTo } from '../../core/ops/join.js';
import { reshapeTo } from '../../core/ops/move.js';
import { cStrides, sizeOf } from '../../core/view.js';
import { zeros } from '../../ndarray/creation/fill.js';
import { fromArray, Tensor } from '../tensor.js';
import { zerosOn } from './parts.js';

/** The seeds and the rows of Jacobians. */

/**
 * For each element of the target's axes after the leading ones: a tensor of the target's shape with a one in its place, and zeros elsewhere.
 * All are views of one vector of zeros with a one in its middle, which each begins to read somewhere else.
 */
export function unitTensors(t: Tensor, lead: readonly number[]): Tensor[] {
  const inner = t.shape.slice(lead.length);
  const n = sizeOf(inner);
  if (n === 0 || lead.includes(0)) return [];
  const width = t.dtype.itemsize;
  const line = zeros(2 * n - 1, { dtype: t.dtype } as never);
  line.set([n - 1], 1);
  const whole = fromArray(line as never);
  const strides = [...lead.map(() => 0), ...cStrides(inner, width)];
  return Array.from(
    { length: n },
    (_, i) => new Tensor(whole.buffer, t.dtype, t.shape, strides, whole.offset + (n - 1 - i) * width),
  );
}

/** Rows of a Jacobian as one tensor; null where there are none. `of` says what the empty Jacobian of an empty target is made of. */
export function stackedRows(
  rows: readonly (Tensor | null)[],
  target: readonly number[],
  source: readonly number[],
  of: { readonly dtype: Tensor['dtype'] } | null = null,
): Tensor | null {
  if (rows.length === 0) return of === null ? null : (zerosOn([...target, ...source], of.dtype, 'cpu') as Tensor);
  if (rows.includes(null)) return null;
  const lines = (rows as Tensor[]).map((r) => reshapeTo(r, [1, ...source]));
  const all = lines.length === 1 ? lines[0] : concatenateTo(lines, 0, lines[0].dtype);
  return reshapeTo(all, [...target, ...source]) as Tensor;
}

/** Rows for all entries of a batch, as one tensor of shape [batch, ...inner target, ...inner source]. */
export function batchRows(rows: readonly Tensor[], t: Tensor, source: readonly number[]): Tensor {
  const shape = [...t.shape, ...source];
  if (rows.length === 0) return zerosOn(shape, t.dtype, 'cpu') as Tensor;
  const lines: ArrayValue[] = rows.map((r) => reshapeTo(r, [t.shape[0], 1, ...source]));
  return reshapeTo(lines.length === 1 ? lines[0] : concatenateTo(lines, 1, lines[0].dtype), shape) as Tensor;
}
