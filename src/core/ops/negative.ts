import type { ArrayValue } from '../array.js';
import { accessor, forEachOffset, host, isHost } from '../device/access.js';
import { broadcastShapes, broadcastStrides } from '../view.js';
import { immediate, type UfuncOperand, Weak } from './operand.js';
import type { Loop, UfuncRow } from './row.js';

/** Integer loops of some ufuncs have no value for a negative second operand, where it is used. */
export function checkNegative(
  row: UfuncRow,
  loop: Loop,
  [first, second]: readonly UfuncOperand[],
  where: ArrayValue | null = null,
): void {
  if (loop.ins[1].kind !== 'i') return;
  // Nothing is raised to any power; what cannot be broadcast is said by somebody else.
  if (!(first instanceof Weak) && first.size === 0) return;
  const refuse = (): void => {
    // What else is wrong comes first.
    if (first instanceof Weak) immediate(first, loop.ins[0]);
    else if (!(second instanceof Weak)) broadcastShapes([first.shape, second.shape]);
    row.refuseNegative?.();
  };
  const marks = (a: ArrayValue): ((at: number) => boolean) => {
    const { get } = accessor(host(a.buffer, row.name), a.dtype.part);
    return a.dtype.kind === 'b' ? (at) => get(at) !== 0 : (at) => get(at) < 0;
  };
  const visit = (a: ArrayValue, shape: readonly number[], see: (at: number) => void): void =>
    forEachOffset(shape, broadcastStrides(a.shape, a.strides, shape), a.offset, see);
  if (second instanceof Weak) {
    if (typeof second.value === 'object' || second.value >= 0) return;
    if (where === null) refuse();
    else {
      const used = marks(where);
      visit(where, where.shape, (at) => {
        if (used(at)) refuse();
      });
    }
    return;
  }
  // What is only described has no values yet: the loop refuses them when it runs.
  // Those on a device cannot be looked at without waiting for it.
  if (second.dtype.kind !== 'i' || !isHost(second.buffer)) return;
  const below = marks(second);
  if (where === null) {
    visit(second, second.shape, (at) => {
      if (below(at)) refuse();
    });
    return;
  }
  const shape = broadcastShapes([second.shape, where.shape]);
  const used: boolean[] = [];
  const masked = marks(where);
  visit(where, shape, (at) => used.push(masked(at)));
  let i = 0;
  visit(second, shape, (at) => {
    if (used[i++] && below(at)) refuse();
  });
}
