import { ArrayValue } from '../core/array.js';
import { isHost } from '../core/device/access.js';
import { elementsOf } from '../core/device/elements.js';
import { floatErrors, OVER, reportFlags } from '../core/errstate.js';

/**
 * What NumPy's integer scalars report and its arrays do not: an operator whose exact result the dtype does not hold. Arrays
 * without axes are the scalars here.
 */

const EXACT: Readonly<Record<string, readonly [ufunc: string, exact: (a: bigint, b: bigint) => bigint]>> = {
  add: ['add', (a, b) => a + b],
  sub: ['subtract', (a, b) => a - b],
  mul: ['multiply', (a, b) => a * b],
  neg: ['negative', (a) => -a],
  abs: ['absolute', (a) => (a < 0n ? -a : a)],
};

/** An integer without axes; null for anything else. */
function integer(x: unknown): bigint | null {
  if (typeof x === 'bigint') return x;
  if (typeof x === 'number') return Number.isInteger(x) ? BigInt(x) : null;
  if (typeof x === 'boolean') return x ? 1n : 0n;
  if (!(x instanceof ArrayValue) || x.shape.length > 0 || !'biu'.includes(x.dtype.kind)) return null;
  return isHost(x.buffer) ? BigInt(elementsOf(x.buffer, x.dtype).get(x.offset)) : null;
}

/** Reports an overflow of an operator on integers without axes, whose result is at hand. */
export function reportOverflow(name: string, self: ArrayValue, other: unknown, result: unknown): void {
  if (!floatErrors.watching || !(name in EXACT) || self.shape.length > 0) return;
  const [a, b, r] = [integer(self), other === undefined ? 0n : integer(other), integer(result)];
  if (a === null || b === null || r === null) return;
  const [ufunc, exact] = EXACT[name];
  if (exact(a, b) !== r) reportFlags(OVER, ufunc);
}
