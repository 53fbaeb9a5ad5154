import type { ArrayValue } from '../../core/array.js';
import { matmulOf } from '../../core/ops/contract.js';
import { type EinsumAttrs, einsumOf } from '../../core/ops/einsum.js';
import { permute, reshapeTo } from '../../core/ops/move.js';
import * as np from '../../ndarray/index.js';
import { constantOf } from './parts.js';
import { conj, type Rule, unbroadcast } from './rule.js';

/** Rules of products of matrices and of sums by labels. */

/** The last two axes exchanged, and conjugated. */
function adjoint(a: ArrayValue): ArrayValue {
  const axes = a.shape.map((_, i) => i);
  const n = a.ndim;
  [axes[n - 2], axes[n - 1]] = [n - 1, n - 2];
  return conj(permute(a, axes));
}

const matmul: Rule = ([g], { inputs: [a, b], needs }) => {
  if (g === null) return [null, null];
  // Vectors as matrices of one row, or one column.
  const rows = a.ndim === 1 ? reshapeTo(a, [1, a.shape[0]]) : a;
  const columns = b.ndim === 1 ? reshapeTo(b, [b.shape[0], 1]) : b;
  let shape = [...g.shape];
  if (b.ndim === 1) shape = [...shape, 1];
  if (a.ndim === 1) shape = [...shape.slice(0, -1), 1, ...shape.slice(-1)];
  const gm = reshapeTo(g, shape);
  const of = (x: ArrayValue, m: ArrayValue, f: () => ArrayValue): ArrayValue =>
    reshapeTo(unbroadcast(f(), m.shape), x.shape);
  return [
    needs[0] ? of(a, rows, () => matmulOf(gm, adjoint(columns))) : null,
    needs[1] ? of(b, columns, () => matmulOf(adjoint(rows), gm)) : null,
  ];
};

/**
 * The gradient of one operand is the sum of products of the others with the result's gradient. A label that only this operand has was summed
 * alone: ones stand for it. A label that it has twice is a diagonal: an identity matrix ties the two.
 */
const einsum: Rule = ([g], { inputs, attrs, needs }) => {
  if (g === null) return inputs.map(() => null);
  const { inputs: labels, output } = attrs as EinsumAttrs;
  let fresh = Math.max(0, ...labels.flat()) + 1;
  return inputs.map((x, k) => {
    if (!needs[k]) return null;
    const operands: ArrayValue[] = [g];
    const names: (readonly number[])[] = [output];
    inputs.forEach((other, i) => {
      if (i === k) return;
      operands.push(conj(other));
      names.push(labels[i]);
    });
    const known = new Set(names.flat());
    const seen = new Map<number, number>();
    const target = labels[k].map((label, axis) => {
      const n = x.shape[axis];
      if (!seen.has(label)) {
        seen.set(label, axis);
        if (!known.has(label)) {
          operands.push(constantOf(np.ones(n, { dtype: g.dtype }) as never, g));
          names.push([label]);
        }
        return label;
      }
      operands.push(constantOf(np.eye(n, { dtype: g.dtype } as never) as never, g));
      names.push([label, fresh]);
      return fresh++;
    });
    return einsumOf(operands, names, target);
  });
};

export const CONTRACTING: Readonly<Record<string, Rule>> = { matmul, einsum };
