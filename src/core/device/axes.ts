import { kOrder } from '../view.js';

/**
 * The order in which a reduction or a map visits its axes. Sums of floats depend on it, so it is defined here once, for
 * all devices: it is the order of NumPy's iterator.
 */
export interface Axes {
  /** Lengths, outermost first; none is 1 (unless the list is empty). */
  shape: number[];
  /** Per operand, byte strides in the same order. */
  strides: number[][];
  /** Per axis, whether it is reduced. */
  reduced: boolean[];
  /** Per operand, bytes to add to its offset: axes that ran backwards have been turned round. */
  shift: number[];
}

/**
 * Brings axes into the order of memory, turns those that all operands walk backwards, and joins neighbours that
 * are one walk for every operand.
 *
 * @param inputs how many of the operands decide the order (the inputs, which come first)
 * @param sort `all`: any axis may move; `none`: axes stay in C order
 * @param flip whether axes along which no operand goes forwards may be turned
 */
export function arrange(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  reduced: readonly boolean[],
  inputs: number,
  sort: boolean,
  flip: boolean,
): Axes {
  const nd = shape.length;
  let live: number[] = [];
  for (let d = 0; d < nd; d++) if (shape[d] !== 1) live.push(d);
  if (sort && live.length > 1) {
    const some = live;
    const deciding = strides.slice(0, inputs).map((s) => some.map((d) => s[d]));
    live = kOrder(
      some.map((d) => shape[d]),
      deciding,
    ).map((k) => some[k]);
  }
  const out: Axes = {
    shape: live.map((d) => shape[d]),
    strides: strides.map((s) => live.map((d) => s[d])),
    reduced: live.map((d) => reduced[d]),
    shift: strides.map(() => 0),
  };
  const n = strides.length;
  if (flip) {
    for (let k = 0; k < live.length; k++) {
      let back = false;
      let ahead = false;
      for (let i = 0; i < n; i++) {
        if (out.strides[i][k] < 0) back = true;
        else if (out.strides[i][k] > 0) ahead = true;
      }
      if (back && !ahead) {
        for (let i = 0; i < n; i++) {
          out.shift[i] += (out.shape[k] - 1) * out.strides[i][k];
          out.strides[i][k] = -out.strides[i][k];
        }
      }
    }
  }
  for (let k = live.length - 1; k > 0; k--) {
    if (out.reduced[k] !== out.reduced[k - 1]) continue;
    let one = true;
    for (let i = 0; i < n && one; i++) one = out.strides[i][k - 1] === out.strides[i][k] * out.shape[k];
    if (!one) continue;
    out.shape[k - 1] *= out.shape[k];
    out.shape.splice(k, 1);
    out.reduced.splice(k, 1);
    for (let i = 0; i < n; i++) {
      out.strides[i][k - 1] = out.strides[i][k];
      out.strides[i].splice(k, 1);
    }
  }
  return out;
}
