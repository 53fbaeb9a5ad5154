import type { DType } from '../../dtype.js';
import type { AnyOperand } from '../device.js';
import { heap, TILES, TILES_BYTES } from './heap.js';
import { moveBox, type Placed } from './operands.js';

/** An iteration space some of whose operands are outside of the heap and too large to be copied whole. */
export interface Tiled {
  /** Lengths, outermost first. */
  readonly sizes: readonly number[];
  /** Per operand its byte strides, and after the operands the steps of the position where there is one. */
  readonly walk: readonly (readonly number[])[];
  /** Per operand the byte offset of its first element, and the position there. */
  readonly start: readonly number[];
  readonly operands: readonly AnyOperand[];
  /** Addresses of the operands that can be reached. */
  readonly pointers: readonly number[];
  /** The operands that cannot. */
  readonly tiled: readonly number[];
  readonly dtypes: readonly DType[];
  /** How many operands are read; the others are written. */
  readonly inputs: number;
  /** How many of the innermost axes must not be cut. */
  readonly whole: number;
}

/**
 * Runs boxes of the space one after the other, in order; operands outside of the heap are copied into tiles, and results back out of them.
 * Returns false, and does nothing, when the axes that must stay whole do not fit.
 */
export function runTiled(
  t: Tiled,
  execute: (
    sizes: number[],
    walk: readonly (readonly number[])[],
    pointers: readonly number[],
    position: number,
  ) => void,
): boolean {
  const { sizes, walk, start, operands, pointers, tiled, dtypes, inputs } = t;
  const k = operands.length;
  const share = Math.min(128 * 1024, Math.floor(TILES_BYTES / tiled.length / 64) * 64);
  const most = Math.max(1, Math.floor(share / Math.max(...tiled.map((i) => dtypes[i].itemsize))));
  // The box: whole inner axes as long as they fit, and a part of the next.
  let split = sizes.length - 1;
  let inside = 1;
  while (split >= 0 && inside * sizes[split] <= most) inside *= sizes[split--];
  if (split >= sizes.length - t.whole) return false;
  const cut = split >= 0;
  const part = cut ? Math.max(1, Math.floor(most / inside)) : 1;
  const from = Math.max(0, split);
  const h = heap();
  const innerWalk = walk.map((w) => w.slice(from));
  const memory = tiled.map((i) => {
    const b = operands[i].buffer as Placed;
    return b.memory !== undefined ? new Uint8Array(b.memory) : b.bytes;
  });
  const bases = tiled.map((i) =>
    (operands[i].buffer as Placed).memory !== undefined ? ((operands[i].buffer as Placed).base ?? 0) : 0,
  );

  const box = (offsets: readonly number[], count: number): void => {
    const shape = sizes.slice(from);
    if (cut) shape[0] = count;
    const moved = pointers.map((p, i) => (operands[i].buffer === null ? p : p + offsets[i] - start[i]));
    const boxWalk = innerWalk.map((w) => w.slice());
    tiled.forEach((i, n) => {
      const size = dtypes[i].itemsize;
      let step = size;
      const packed = new Array<number>(shape.length);
      for (let d = shape.length - 1; d >= 0; d--) {
        packed[d] = innerWalk[i][d] === 0 ? 0 : step;
        if (packed[d] !== 0) step *= shape[d];
      }
      moved[i] = TILES + n * share;
      boxWalk[i] = packed;
      if (i < inputs)
        moveBox(memory[n], bases[n] + offsets[i], h.u8, moved[i], size, shape, innerWalk[i], packed, true);
    });
    execute(shape, boxWalk, moved, start.length > k ? offsets[k] : 0);
    tiled.forEach((i, n) => {
      if (i >= inputs)
        moveBox(
          memory[n],
          bases[n] + offsets[i],
          h.u8,
          moved[i],
          dtypes[i].itemsize,
          shape,
          innerWalk[i],
          boxWalk[i],
          false,
        );
    });
  };
  const outer = (d: number, offsets: readonly number[]): void => {
    if (d < split) {
      for (let j = 0; j < sizes[d]; j++)
        outer(
          d + 1,
          offsets.map((o, i) => o + j * walk[i][d]),
        );
    } else if (!cut) box(offsets, 1);
    else
      for (let j = 0; j < sizes[split]; j += part)
        box(
          offsets.map((o, i) => o + j * walk[i][split]),
          Math.min(part, sizes[split] - j),
        );
  };
  outer(0, start);
  return true;
}
