import { ArrayValue } from '../array.js';
import { toArray } from '../coerce.js';
import { complex, isComplex } from '../complex.js';
import { type Device, Immediate } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import { isDescribed } from '../device/shapes.js';
import { lacking } from '../device/types.js';
import { type DType, int64, type NumericName } from '../dtype.js';
import { OverflowError, ValueError } from '../errors.js';
import { LoneInteger } from '../python/kind.js';
import { elementFrom } from '../scalars/index.js';
import { fitsInteger, type WeakKind, weakKindOf } from '../promote.js';

/** The operands of ufuncs: arrays, and lone numbers, which have a kind but no dtype until a loop is chosen (NEP 50). */

/** A lone number among the operands: it has a value and a kind, and takes its dtype from the loop. */
export class Weak {
  constructor(
    readonly value: number | bigint | { re: number; im: number },
    readonly kind: WeakKind,
  ) {}
}

export type UfuncOperand = ArrayValue | Weak;

/** Any array-like as an operand: numbers stay weak, all else becomes an array. */
export function operand(x: unknown): UfuncOperand {
  if (x instanceof ArrayValue) return x;
  if (typeof x === 'number' || typeof x === 'bigint') return new Weak(x, weakKindOf(x));
  if (isComplex(x) && !((x as object) instanceof ArrayValue)) return new Weak(x, 'complex');
  return toArray(x);
}

/**
 * A weak number as an element of the loop's dtype. With `truth` only whether it is zero matters, and any number is in range.
 * @throws OverflowError `Python integer 300 out of bounds for uint8`
 */
export function immediate(w: Weak, d: DType, truth = false): Immediate {
  const v = w.value;
  if (d.index < 0) return otherImmediate(v, d);
  if (typeof v === 'object') return new Immediate(d, v.re, v.im);
  if (d.kind === 'i' || d.kind === 'u') {
    if (truth && !fitsInteger(v, d)) return new Immediate(d, d.itemsize === 8 ? 1n : 1);
    // A fraction gets here by unsafe casts only, which cut it off as a cast of an array does.
    if (typeof v === 'number' && !Number.isInteger(v)) return immediate(new Weak(cut(v, d), 'int'), d);
    if (!fitsInteger(v, d)) throw outOfBounds(v, d);
    return new Immediate(d, d.itemsize === 8 ? BigInt(v) : Number(v));
  }
  if (d.kind === 'b') return new Immediate(d, Number(v) !== 0 ? 1 : 0);
  const float = Number(v);
  if (typeof v === 'bigint' && !Number.isFinite(float)) throw new OverflowError('int too large to convert to float');
  return new Immediate(d, float);
}

/** A lone number as an element of a loop over durations or objects. */
function otherImmediate(v: number | bigint | { re: number; im: number }, d: DType): Immediate {
  if (d.kind === 'O') {
    const value = typeof v === 'object' ? complex(v.re, v.im) : Number.isInteger(v) ? new LoneInteger(v as number) : v;
    return new Immediate(d, value as number);
  }
  return new Immediate(int64, elementFrom(v, d) as bigint);
}

/** A float as an element of an integer dtype: without its fraction, modulo the range. */
function cut(v: number, d: DType): bigint {
  const whole = Number.isFinite(v) && Math.abs(v) < 2 ** 63 ? BigInt(Math.trunc(v)) : -(2n ** 63n);
  const bits = d.itemsize * 8;
  return d.kind === 'u' ? BigInt.asUintN(bits, whole) : BigInt.asIntN(bits, whole);
}

/** What NumPy says depends on the C type that it goes through: long for most, unsigned long for uint32 and uint64. */
function outOfBounds(v: number | bigint, d: DType): OverflowError {
  const n = BigInt(v);
  const most = d.kind === 'u' && d.itemsize >= 4 ? 2n ** 64n : 2n ** 63n;
  return n >= most || n < -(2n ** 63n)
    ? new OverflowError('Python int too large to convert to C long')
    : new OverflowError(`Python integer ${n} out of bounds for ${d.name}`);
}

/** The device that computes on these operands. @throws ValueError when they live on two different ones */
export function deviceOf(values: readonly ArrayValue[], by: string): Device {
  let found: Device | null = null;
  for (const v of values) {
    const d = v.buffer.device;
    if (d.sync && 'bytes' in v.buffer) continue;
    if (found !== null && found !== d) {
      throw new ValueError(
        `${by}: operands live on different devices, ${found.name} and ${d.name}; move one of them with t.to(…)`,
      );
    }
    found = d;
  }
  const host = hostDevice();
  if (found === null) return host;
  const other = values.find((v) => v.buffer.device !== found);
  if (other !== undefined && !found.dtypes.has(other.dtype.name as NumericName) && !isDescribed(other.buffer))
    throw lacking(found, by, other.dtype.name as NumericName, 'an operand has dtype');
  if (other)
    throw new ValueError(
      `${by}: operands live on different devices, ${found.name} and ${other.buffer.device.name}; move one of them with t.to(…)`,
    );
  return found;
}

/** Two lone integers that no dtype holds, as two small ones in the same order. */
function apart(a: Weak, b: Weak): readonly Weak[] | null {
  if (typeof a.value !== 'bigint' || typeof b.value !== 'bigint') return null;
  if (fitsInteger(a.value, int64) && fitsInteger(b.value, int64)) return null;
  const order = a.value < b.value ? -1n : a.value > b.value ? 1n : 0n;
  return [new Weak(order, 'int'), new Weak(0n, 'int')];
}

/** A lone integer outside of the other operand's range, as an infinity: it compares the same with all of that dtype. */
export function beyond(operands: readonly UfuncOperand[]): readonly UfuncOperand[] {
  const at = operands.findIndex((o) => o instanceof Weak);
  const other = operands[1 - at];
  if (other instanceof Weak) return apart(operands[at] as Weak, other) ?? operands;
  if (at < 0 || (other.dtype.kind !== 'i' && other.dtype.kind !== 'u')) return operands;
  const w = operands[at] as Weak;
  if (w.kind !== 'int' || typeof w.value === 'object') return operands;
  if (fitsInteger(w.value, other.dtype)) return operands;
  const infinite = new Weak(w.value < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, 'float');
  return at === 0 ? [infinite, other] : [other, infinite];
}

/** Gives back the memory of an array that the library made for itself. */
export function release(a: ArrayValue): void {
  (a as { dispose?: () => void }).dispose?.();
}
