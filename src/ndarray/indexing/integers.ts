import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { host, typedView } from '../../core/device/access.js';
import { int64 } from '../../core/dtype.js';
import { IndexError, TypeError, ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { asIntegers, integerArray } from '../../core/ops/entries.js';
import { cells, type Positions, roomFor } from '../../core/ops/cells.js';
import { release } from '../../core/ops/operand.js';
import { type Casting, canCast } from '../../core/promote.js';
import { isC } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';

/** Integer arguments that are arrays: indices, coordinates, positions in C order. */

/**
 * Indices from any array-like. Lists are read number by number; arrays must cast by the rule given.
 *
 * @throws TypeError `Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'`
 */
export function toIndices(x: unknown, rule: Casting = 'safe'): ArrayValue {
  if (Array.isArray(x)) return toArray(x, int64);
  const a = toArray(x);
  if (canCast(a.dtype, int64, rule)) return a;
  const whole = x instanceof ArrayValue ? null : asIntegers(a);
  if (whole === null)
    throw new TypeError(
      `Cannot cast array data from ${a.dtype.repr()} to ${int64.repr()} according to the rule '${rule}'`,
    );
  return whole;
}

/** The values of an integer array as numbers, in C order. */
export function numbersOf(a: ArrayValue): Float64Array {
  const out = new Float64Array(a.size);
  const wide = a.dtype === int64 && isC(a.shape, a.strides, 8) ? a : copyAs(a, int64, 'C');
  const { array, base } = typedView(host(wide.buffer, 'indices'), Int32Array);
  const w = array as Int32Array;
  let p = base + wide.offset / 4;
  for (let i = 0; i < out.length; i++, p += 2)
    out[i] = w[p + 1] === w[p] >> 31 ? w[p] : w[p + 1] * 4294967296 + (w[p] >>> 0);
  if (wide !== a) release(wide);
  return out;
}

export type Mode = 'raise' | 'wrap' | 'clip';

/** @throws ValueError `clipmode must be one of 'clip', 'raise', or 'wrap' (got 'x')` */
export function asMode(mode: unknown): Mode {
  if (mode === 'raise' || mode === 'wrap' || mode === 'clip') return mode;
  throw new ValueError(`clipmode must be one of 'clip', 'raise', or 'wrap' (got '${String(mode)}')`);
}

/** Brings indices into 0 … n-1, in place: by refusing, by going round, or by stopping at the ends. */
export function normalise(ix: Float64Array, n: number, mode: Mode, axis = 0): Float64Array {
  for (let i = 0; i < ix.length; i++) {
    const k = ix[i];
    if (k >= 0 && k < n) continue;
    if (mode === 'raise') {
      if (k < -n || k >= n) throw new IndexError(`index ${k} is out of bounds for axis ${axis} with size ${n}`);
      ix[i] = k + n;
    } else if (mode === 'wrap') ix[i] = ((k % n) + n) % n;
    else ix[i] = k < 0 ? 0 : n - 1;
  }
  return ix;
}

/** Positions in memory units of elements named by their place in C order (already within bounds). */
export function flatPositions(a: ArrayValue, places: ArrayLike<number>): Positions {
  const c = cells(a, 'flat');
  const out = roomFor(places.length, a);
  const nd = a.ndim;
  if (isC(a.shape, a.strides, a.dtype.itemsize)) {
    const w = c.unit.count;
    for (let i = 0; i < places.length; i++) out[i] = places[i] * w;
    return out;
  }
  for (let i = 0; i < places.length; i++) {
    let k = places[i];
    let at = 0;
    for (let d = nd - 1; d > 0; d--) {
      const q = Math.floor(k / a.shape[d]);
      at += (k - q * a.shape[d]) * c.strides[d];
      k = q;
    }
    out[i] = nd === 0 ? 0 : at + k * c.strides[0];
  }
  return out;
}

/** int64 array of numbers. */
export const int64Array = (values: ArrayLike<number>, shape: readonly number[] = [values.length]): NDArray =>
  integerArray(values, shape) as NDArray;

/** 0, 1, …, n-1 along one axis of a shape whose other axes have length 1. */
export function ramp(n: number, nd = 1, axis = 0): NDArray {
  const shape = new Array<number>(nd).fill(1);
  shape[axis] = n;
  return int64Array(
    Float64Array.from({ length: n }, (_, i) => i),
    shape,
  );
}
