import type { ArrayValue } from '../array.js';
import { accessor, forEachOffset, host, isHost } from '../device/access.js';
import { broadcastShapes, broadcastStrides } from '../view.js';
import { type UfuncOperand, Weak } from './operand.js';
import type { Loop, UfuncRow } from './row.js';

/** Integer loops of some ufuncs have no value for a negative second operand, where it is used. */
export function checkNegative(row: UfuncRow, loop: Loop, second: UfuncOperand, where: ArrayValue | null = null): void {
  if (loop.ins[1].kind !== 'i') return;
  const marks = (a: ArrayValue): ((at: number) => boolean) => {
    const { get } = accessor(host(a.buffer, row.name), a.dtype.part);
    return a.dtype.kind === 'b' ? (at) => get(at) !== 0 : (at) => get(at) < 0;
  };
  const visit = (a: ArrayValue, shape: readonly number[], see: (at: number) => void): void =>
    forEachOffset(shape, broadcastStrides(a.shape, a.strides, shape), a.offset, see);
  if (second instanceof Weak) {
    if (typeof second.value === 'object' || second.value >= 0) return;
    if (where === null) row.refuseNegative?.();
    else visit(where, where.shape, (at) => marks(where)(at) && row.refuseNegative?.());
    return;
  }
  // What is only described has no values yet: the loop refuses them when it runs.
  // Those on a device cannot be looked at without waiting for it.
  if (second.dtype.kind !== 'i' || !isHost(second.buffer)) return;
  const below = marks(second);
  if (where === null) {
    visit(second, second.shape, (at) => below(at) && row.refuseNegative?.());
    return;
  }
  const shape = broadcastShapes([second.shape, where.shape]);
  const used: boolean[] = [];
  const masked = marks(where);
  visit(where, shape, (at) => used.push(masked(at)));
  let i = 0;
  visit(second, shape, (at) => used[i++] && below(at) && row.refuseNegative?.());
}
