import type { DType } from '../../dtype.js';
import type { Axes } from '../axes.js';
import type { Operand } from '../device.js';
import { ROWS, ROWS_BYTES } from './heap.js';
import type { Placed } from './operands.js';

/** Working through the kept elements of a reduction a box at a time. */

/** A box: whole inner axes, as many as fit, and a part of the next. */
export interface Box {
  readonly sizes: readonly number[];
  /** The axis that is cut, or -1. */
  readonly split: number;
  /** How much of it goes into one box. */
  readonly part: number;
  /** The first axis of a box. */
  readonly from: number;
  /** Elements of the largest box. */
  readonly most: number;
}

/** Cuts axes of these lengths into boxes of at most `room` elements. */
export function boxOf(sizes: readonly number[], room: number): Box {
  let split = sizes.length - 1;
  let inside = 1;
  while (split >= 0 && inside * sizes[split] <= room) inside *= sizes[split--];
  const part = split < 0 ? 1 : Math.max(1, Math.floor(room / inside));
  return { sizes, split, part, from: Math.max(0, split), most: inside * part };
}

/** Calls `visit` for every box over the axes `kept`, with the operands' offsets there and the box's shape. */
export function eachBox(
  box: Box,
  kept: readonly number[],
  axes: Axes,
  start: readonly number[],
  visit: (at: readonly number[], shape: number[]) => void,
): void {
  const { sizes, split, part, from } = box;
  const move = (at: readonly number[], d: number, j: number): number[] =>
    at.map((o, q) => o + j * axes.strides[q][kept[d]]);
  const outer = (d: number, at: readonly number[]): void => {
    if (split < 0) visit(at, sizes.slice());
    else if (d < split) for (let j = 0; j < sizes[d]; j++) outer(d + 1, move(at, d, j));
    else {
      for (let j = 0; j < sizes[split]; j += part) {
        const shape = sizes.slice(from);
        shape[0] = Math.min(part, sizes[split] - j);
        visit(move(at, split, j), shape);
      }
    }
  };
  outer(0, start);
}

/** Joins neighbouring axes that are one walk for every operand, in place. */
export function joinAxes(sizes: number[], walk: number[][]): void {
  for (let d = sizes.length - 1; d > 0; d--) {
    if (!walk.every((w) => w[d - 1] === w[d] * sizes[d])) continue;
    sizes[d - 1] *= sizes[d];
    sizes.splice(d, 1);
    for (const w of walk) {
      w[d - 1] = w[d];
      w.splice(d, 1);
    }
  }
}

/** The heap's scratch memory as an operand's buffer: offsets in it are addresses. */
const SCRATCH = { address: 0, nbytes: 2 ** 32, owners: 1, exposed: false, free: () => {} } as unknown as Placed;

/** Accumulators of these dtypes, as many as there is room for. */
export function accumulators(dtypes: readonly DType[]): {
  readonly operands: readonly Operand[];
  readonly room: number;
} {
  const bytes = dtypes.reduce((t, d) => t + d.itemsize, 0);
  const room = Math.min(4096, Math.floor(ROWS_BYTES / bytes) - 16);
  let at = ROWS;
  const operands = dtypes.map((dtype) => {
    const o = { dtype, buffer: SCRATCH, offset: at };
    at += Math.ceil((room * dtype.itemsize) / 16) * 16;
    return o;
  });
  return { operands, room };
}
