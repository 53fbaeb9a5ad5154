import type { ArrayValue } from '../../core/array.js';
import { NotImplementedError } from '../../core/errors.js';
import { isCContiguous } from '../../core/array.js';
import { bind1 } from '../../core/dispatch.js';
import type { GatherAttrs } from '../../core/ops/index.js';
import { gatherPrimitive } from '../../core/ops/index.js';
import {
  type ConcatenateAttrs,
  type DiagonalMatrixAttrs,
  type PadAttrs,
  padWith,
  type RepeatAttrs,
  type TriangleAttrs,
  trianglePrimitive,
} from '../../core/ops/join.js';
import {
  type ComponentAttrs,
  castTo,
  type DiagonalAttrs,
  diagonalOf,
  flipAxes,
  permute,
  reshapePrimitive,
  reshapeTo,
  type SliceAttrs,
  slice,
  sliceAxis,
  type StridedAttrs,
  type TransposeAttrs,
} from '../../core/ops/move.js';
import { type ScatterAddAttrs, scatterAddPrimitive } from '../../core/ops/scatter.js';
import * as np from '../../ndarray/index.js';
import { constantOf } from './parts.js';
import { fitted, mul, type Rule, sumOver, type Value } from './rule.js';

/** Rules of what moves elements: every one moves the gradient back. */

const one =
  (f: (g: ArrayValue, x: ArrayValue, attrs: any) => ArrayValue | null): Rule =>
  ([g], { inputs, attrs }) => [g === null ? null : f(g, inputs[0], attrs)];

/** Zeros between the entries along an axis, so that they stand `step` apart. */
function dilated(g: ArrayValue, axis: number, step: number): ArrayValue {
  const n = g.shape[axis];
  if (step === 1 || n <= 1) return g;
  const split = reshapeTo(g, [...g.shape.slice(0, axis + 1), 1, ...g.shape.slice(axis + 1)]);
  const none = new Array<number>(split.ndim).fill(0);
  const after = [...none];
  after[axis + 1] = step - 1;
  const wide = padWith(split, none, after, null);
  const flat = reshapeTo(wide, [...g.shape.slice(0, axis), n * step, ...g.shape.slice(axis + 1)]);
  return sliceAxis(flat, axis, 0, (n - 1) * step + 1);
}

/** The transposed slice: entries in their places among zeros. */
function placed(given: ArrayValue, x: ArrayValue, { start, shape, step }: SliceAttrs): ArrayValue {
  let g = given;
  const before: number[] = [];
  const after: number[] = [];
  const turned: number[] = [];
  for (let i = 0; i < x.ndim; i++) {
    g = dilated(g, i, Math.abs(step[i]));
    const span = g.shape[i];
    if (step[i] < 0 && shape[i] > 1) turned.push(i);
    const first = step[i] < 0 && shape[i] > 0 ? start[i] - (span - 1) : start[i];
    before.push(shape[i] === 0 ? 0 : first);
    after.push(x.shape[i] - span - before[i]);
  }
  if (turned.length > 0) g = flipAxes(g, turned);
  return padWith(g, before, after, null);
}

/** from, from + 1, … on the device of a tensor. */
const counting = (from: number, to: number, like: ArrayValue): ArrayValue =>
  constantOf(np.arange(from, to, { dtype: 'int64' } as never) as never, like);

const diagonal = (g: ArrayValue, x: ArrayValue, { offset, axis1, axis2 }: DiagonalAttrs): ArrayValue => {
  const n = g.shape[g.ndim - 1];
  const [first, second] = [-offset, offset].map((k) => counting(Math.max(0, k), Math.max(0, k) + n, g));
  // Scattering wants its axes in ascending order.
  const ordered = axis1 < axis2;
  const attrs: ScatterAddAttrs = {
    shape: x.shape,
    axes: ordered ? [axis1, axis2] : [axis2, axis1],
    at: x.ndim - 2,
    names: ordered ? [axis1, axis2] : [axis2, axis1],
  };
  return bind1(scatterAddPrimitive, ordered ? [g, first, second] : [g, second, first], attrs);
};

const strided = (g: ArrayValue, x: ArrayValue, { shape, strides }: StridedAttrs): ArrayValue => {
  if (!isCContiguous(x))
    throw new NotImplementedError('gradient of as_strided: the tensor must be contiguous; make a copy of it first');
  const ids = counting(0, x.size, g);
  const width = x.dtype.itemsize;
  const at = (np.lib.stride_tricks.as_strided as Value)(
    ids,
    shape,
    strides.map((s) => (s / width) * 8),
  );
  const flat = bind1(
    scatterAddPrimitive,
    [reshapeTo(g, [g.size]), reshapeTo(np.ascontiguousarray(at) as never, [g.size])],
    {
      shape: [x.size],
      axes: [0],
      at: 0,
      names: [0],
    },
  );
  return reshapeTo(flat, x.shape);
};

const repeat = (g: ArrayValue, x: ArrayValue, { axis, counts }: RepeatAttrs): ArrayValue => {
  if (typeof counts === 'number') {
    const split = reshapeTo(g, [...g.shape.slice(0, axis), x.shape[axis], counts, ...g.shape.slice(axis + 1)]);
    return sumOver(split, [axis + 1]);
  }
  const ids = constantOf(np.repeat(np.arange(x.shape[axis], { dtype: 'int64' } as never), counts as never) as never, g);
  return bind1(scatterAddPrimitive, [g, ids], { shape: x.shape, axes: [axis], at: axis, names: [axis] });
};

export const MOVING: Readonly<Record<string, Rule>> = {
  reshape: one((g, x, { order }) => bind1(reshapePrimitive, [g], { shape: x.shape, order, copy: null } as never)),
  transpose: one((g, _, { axes }: TransposeAttrs) => {
    const back = new Array<number>(axes.length);
    for (let i = 0; i < axes.length; i++) back[axes[i]] = i;
    return permute(g, back);
  }),
  broadcast_to: one((g, x) => fitted(g, x)),
  squeeze: one((g, x) => reshapeTo(g, x.shape)),
  slice: one(placed),
  diagonal: one(diagonal),
  as_strided: one(strided),
  component: one((g, x, { part }: ComponentAttrs) => {
    const z = castTo(g, x.dtype);
    return part === 0 ? z : mul(z, np.complex(0, 1));
  }),
  cast: one((g, x) => ('fc'.includes(x.dtype.kind) ? fitted(g, x) : null)),
  concatenate: ([g], { inputs, attrs }) => {
    if (g === null) return inputs.map(() => null);
    const { axis } = attrs as ConcatenateAttrs;
    let at = 0;
    return inputs.map((x) => sliceAxis(g, axis, at, (at += x.shape[axis])));
  },
  pad: one((g, x, { before }: PadAttrs) =>
    slice(
      g,
      before,
      x.shape,
      before.map(() => 1),
    ),
  ),
  repeat: one(repeat),
  diagonal_matrix: one((g, _, { k }: DiagonalMatrixAttrs) => diagonalOf(g, k, 0, 1)),
  triangle: one((g, _, attrs: TriangleAttrs) => bind1(trianglePrimitive, [g], attrs)),
  gather: ([g], { inputs, attrs }) => {
    const [x, ...indices] = inputs;
    const { axes, at, names } = attrs as GatherAttrs;
    const back = g === null ? null : bind1(scatterAddPrimitive, [g, ...indices], { shape: x.shape, axes, at, names });
    return [back, ...indices.map(() => null)];
  },
  scatter_add: ([g], { inputs, attrs }) => {
    const [, ...indices] = inputs;
    const { axes, at, names } = attrs as ScatterAddAttrs;
    return [
      g === null ? null : bind1(gatherPrimitive, [g, ...indices], { axes, at, names }),
      ...indices.map(() => null),
    ];
  },
  where: ([g], { inputs, needs }) => {
    const [c] = inputs;
    const part = (wanted: boolean, f: () => Value): Value => (wanted && g !== null ? f() : null);
    return [
      null,
      part(needs[1], () => np.where(c, g as never, 0 as never)),
      part(needs[2], () => np.where(c, 0 as never, g as never)),
    ];
  },
};
