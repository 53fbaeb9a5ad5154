import { ValueError } from '../../core/errors.js';
import { kOrder, tight } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import type { Flags } from './flags.js';
import { plainAxis, REDUCTION, type Request } from './request.js';

/** The axes of an iteration: how operands are stretched to a common shape, in what order it is gone through, what can be joined. */

/** One axis of the walk. */
export interface Axis {
  length: number;
  /** Where the walk is along this axis. */
  index: number;
  /** Bytes that each operand moves; behind them what the flat index moves, where one is kept. */
  steps: number[];
  /** Which axis of the iteration's shape this is. */
  axis: number;
  /** Whether it is gone through from its end. */
  flipped: boolean;
}

/** What is known of an operand beside its array. */
export interface OperandState {
  readonly flags: Flags;
  readonly read: boolean;
  readonly write: boolean;
  /** Elements of it are met more than once, and written. */
  reduce: boolean;
  /** Its values are converted, or must move for another reason. */
  cast: boolean;
}

export interface Layout {
  /** The fastest axis first; one axis of length 1 where there is none. */
  axes: Axis[];
  ndim: number;
  itersize: number;
  /** Bytes from an operand's first element to where the walk begins; behind them the first flat index. */
  readonly base: number[];
}

const remapped = (a: NDArray, axes: readonly number[]): number[] =>
  axes.map(plainAxis).map((k) => (k >= 0 && k < a.ndim ? a.shape[k] : -1));

/** A shape as the iterator's messages have it: new axes (negative lengths) in front are left out, others are named. */
function shapeOf(shape: readonly number[]): string {
  const first = shape.findIndex((n) => n >= 0);
  if (first < 0) return '()';
  const rest = shape.slice(first).map((n) => (n < 0 ? 'newaxis' : String(n)));
  return shape.length === 1 ? `(${rest[0]},)` : `(${rest.join(',')})`;
}

/** The common shape. @throws ValueError `operands could not be broadcast together with …` */
function commonShape(r: Request, ndim: number): number[] {
  const { ops, opAxes, itershape } = r;
  const shape = Array.from({ length: ndim }, (_, i) =>
    Math.max(itershape === null || itershape[i] < 0 ? 1 : itershape[i], 0),
  );
  const mismatch = (): ValueError => {
    if (opAxes === null) {
      const shapes = ops.flatMap((o) => (o === null ? [] : [`${tight(o.shape)} `])).join('');
      return new ValueError(`operands could not be broadcast together with shapes ${shapes}`);
    }
    const shapes = ops
      .map((o, i) => {
        if (o === null) return '';
        const axes = opAxes[i];
        return axes === null ? `${tight(o.shape)} ` : `${tight(o.shape)}->${shapeOf(remapped(o, axes))} `;
      })
      .join('');
    return new ValueError(
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapes}${itershape === null ? '' : ` and requested shape ${shapeOf(itershape)}`}`,
    );
  };
  const meet = (at: number, n: number): void => {
    if (shape[at] === 1) shape[at] = n;
    else if (shape[at] !== n && n !== 1) throw mismatch();
  };
  ops.forEach((o, i) => {
    if (o === null) return;
    const axes = opAxes?.[i] ?? null;
    if (axes === null) {
      if (o.ndim > ndim) throw new ValueError('input operand has more dimensions than allowed by the axis remapping');
      o.shape.forEach((n, d) => {
        meet(d + ndim - o.ndim, n);
      });
      return;
    }
    axes.map(plainAxis).forEach((k, d) => {
      if (k < 0) return;
      if (k >= o.ndim)
        throw new ValueError(
          `Iterator input op_axes[${i}][${ndim - d - 1}] (==${k}) is not a valid axis of op[${i}], which has ${o.ndim} dimensions `,
        );
      meet(d, o.shape[k]);
    });
  });
  if (itershape?.some((n, i) => n === 1 && shape[i] !== 1)) throw mismatch();
  return shape;
}

function notBroadcast(
  o: NDArray,
  axes: readonly number[] | null,
  readonly: boolean,
  shape: readonly number[],
): ValueError {
  const map = axes === null ? '' : ` [remapped to ${shapeOf(remapped(o, [...axes].reverse()))}]`;
  return new ValueError(
    `non-broadcastable ${readonly ? '' : 'output '}operand with shape ${tight(o.shape)}${map} doesn't match the broadcast shape ${tight(shape)}`,
  );
}

function noteReduction(s: OperandState, masks: boolean, allowed: boolean, dim: number): void {
  if (!s.write) return;
  if (!allowed)
    throw new ValueError(
      `output operand requires a reduction along dimension ${dim}, but the reduction is not enabled. The dimension size of 1 does not match the expected output shape.`,
    );
  if (!s.read)
    throw new ValueError('output operand requires a reduction, but is flagged as write-only, not read-write');
  if (masks)
    throw new ValueError(
      'output operand requires a reduction, but is flagged as the ARRAYMASK operand which is not permitted to be the result of a reduction',
    );
  s.reduce = true;
}

/** The step of one operand along one axis of the iteration. `back` counts axes from the last. */
function stepOf(r: Request, s: OperandState, i: number, back: number, shape: readonly number[]): number {
  const o = r.ops[i];
  const length = shape[shape.length - 1 - back];
  const axes = r.opAxes?.[i] ?? null;
  const strict = s.flags.has('no_broadcast');
  const allowed = r.flags.has('reduce_ok');
  const masks = s.flags.has('arraymask');
  const refuse = (): ValueError => notBroadcast(o as NDArray, axes, s.flags.has('readonly'), shape);
  if (axes === null) {
    if (o === null) return 0;
    if (length === 1) {
      if (back >= o.ndim && strict) throw refuse();
      return 0;
    }
    if (back >= o.ndim || o.shape[o.ndim - 1 - back] === 1) {
      if (strict) throw refuse();
      noteReduction(s, masks, allowed, back);
      return 0;
    }
    return o.strides[o.ndim - 1 - back];
  }
  const given = axes[axes.length - 1 - back];
  const k = plainAxis(given);
  if (given >= REDUCTION - 1) {
    s.reduce = true;
    if (k >= 0 && o !== null && o.shape[k] !== 1)
      throw new ValueError(
        `operand was set up as a reduction along axis ${k}, but the length of the axis is ${o.shape[k]} (it has to be 1)`,
      );
    return 0;
  }
  if (length === 1) return 0;
  if (k < 0) {
    noteReduction(s, masks, allowed, k);
    return 0;
  }
  if (o === null) return 0;
  if (o.shape[k] === 1) {
    if (strict) throw refuse();
    noteReduction(s, masks, allowed, k);
    return 0;
  }
  return o.strides[k];
}

/** Puts the axes of the request together, in the order in which they are gone through. */
export function layOut(r: Request, states: readonly OperandState[]): Layout {
  const nop = r.ops.length;
  const ndim = r.ndim >= 0 ? r.ndim : Math.max(0, ...r.ops.map((o) => o?.ndim ?? 0));
  const shape = commonShape(r, ndim);
  let axes: Axis[] = [];
  for (let back = 0; back < ndim; back++) {
    axes.push({
      length: shape[ndim - 1 - back],
      index: 0,
      steps: states.map((s, i) => stepOf(r, s, i, back, shape)),
      axis: ndim - 1 - back,
      flipped: false,
    });
  }
  const itersize = shape.reduce((p, n) => p * n, 1);
  if (itersize > Number.MAX_SAFE_INTEGER) throw new ValueError('iterator is too large');
  if (r.flags.has('c_index') || r.flags.has('f_index')) {
    let step = 1;
    for (const a of r.flags.has('c_index') ? axes : [...axes].reverse()) {
      a.steps.push(a.length === 1 || itersize === 1 ? 0 : step);
      step *= a.length;
    }
  }
  const base = new Array<number>(nop + 1).fill(0);
  axes = ordered(r, axes, shape, base);
  if (ndim === 0)
    axes.push({ length: 1, index: 0, steps: new Array<number>(nop + 1).fill(0), axis: 0, flipped: false });
  return { axes, ndim, itersize, base };
}

function ordered(r: Request, axes: Axis[], shape: readonly number[], base: number[]): Axis[] {
  if (r.order === 'C') return axes;
  if (r.order === 'F') return axes.reverse();
  if (r.order === 'A') return r.ops.every((o) => o === null || o.flags.f_contiguous) ? axes.reverse() : axes;
  const nop = r.ops.length;
  const byAxis = [...axes].sort((a, b) => a.axis - b.axis);
  const perm = kOrder(
    shape,
    r.ops.map((_, i) => byAxis.map((a) => a.steps[i])),
  );
  const sorted = perm.map((k) => byAxis[k]).reverse();
  // An array that is made lies as the others do; backwards through it would be another order than its own.
  if (r.ops.includes(null)) return sorted;
  for (const a of sorted) {
    const steps = a.steps.slice(0, nop);
    if (!steps.some((s) => s < 0) || steps.some((s) => s > 0)) continue;
    a.steps = a.steps.map((s, i) => {
      base[i] += (a.length - 1) * s;
      return -s;
    });
    a.flipped = true;
  }
  return sorted;
}

/** Joins neighbouring axes that all operands walk in even steps. */
export function coalesce(l: Layout): void {
  const out: Axis[] = [l.axes[0]];
  for (const a of l.axes.slice(1)) {
    const last = out[out.length - 1];
    const joins = last.steps.every(
      (s, i) =>
        (last.length === 1 && s === 0) || (a.length === 1 && a.steps[i] === 0) || s * last.length === a.steps[i],
    );
    if (!joins) {
      out.push(a);
      continue;
    }
    last.steps = last.steps.map((s, i) => (s === 0 ? a.steps[i] : s));
    last.length *= a.length;
  }
  if (out.length < l.axes.length) {
    out.forEach((a, k) => {
      a.axis = out.length - 1 - k;
      a.flipped = false;
    });
  }
  l.axes = out;
  l.ndim = out.length;
}
