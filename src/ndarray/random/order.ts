import { ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { describe } from '../../core/device/access.js';
import { int64 } from '../../core/dtype.js';
import { IndexError, NotImplementedError, TypeError, ValueError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { castTo, reshapeTo } from '../../core/ops/move.js';
import type { Stream } from '../../core/random/stream.js';
import { normalizeAxis, sameShape, sizeOf } from '../../core/view.js';
import { newArray } from '../creation/make.js';
import { copyto } from '../indexing/put.js';
import { take, take_along_axis } from '../indexing/take.js';
import { NDArray } from '../ndarray.js';
import { indexOf, viewOf, writeInt64 } from './values.js';

/** Shuffling: in place, into a copy, and along each lane of an axis. */

/** The order that a shuffle of n elements gives, and the draws that it makes. */
function shuffled(s: Stream, n: number): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  s.shuffle(n, 1, 'masked', (i, j) => {
    const kept = order[j];
    order[j] = order[i];
    order[i] = kept;
  });
  return order;
}

/** Numbers as an int64 array. */
export function asIndices(order: ArrayLike<number>, shape: readonly number[] = [order.length]): NDArray<'int64'> {
  const out = newArray(shape, int64);
  const words = viewOf(out, Int32Array);
  for (let i = 0; i < order.length; i++) writeInt64(words, i, order[i]);
  return out;
}

/** Puts the elements of an array, or of a list, in random order. */
export function shuffle(s: Stream, given: unknown, axis: number): null {
  const x = ArrayBuffer.isView(given) && !(given instanceof DataView) ? toArray(given) : given;
  if (x instanceof ArrayValue) {
    if (x.ndim === 0) throw new TypeError('len() of unsized object');
    if (!(x instanceof NDArray)) x.face.beforeWrite(x, 'shuffle');
    if (x instanceof NDArray && !x.writeable) throw new ValueError('array is read-only');
    const k = normalizeAxis(axis, x.ndim);
    if (x.size === 0) return null;
    x.face.beforeWrite(x, 'shuffle');
    assignTo(x, take(x, asIndices(shuffled(s, x.shape[k])), k) as ArrayValue);
    return null;
  }
  if (typeof x === 'string') throw new TypeError("'str' object does not support item assignment");
  const list = x as Record<number, unknown> & { readonly length?: unknown };
  if (typeof x !== 'object' || x === null || typeof list.length !== 'number')
    throw new TypeError(`object of type '${typeof x === 'number' ? 'int' : describe(x)}' has no len()`);
  if (axis !== 0) throw new NotImplementedError('Axis argument is only supported on ndarray objects');
  s.shuffle(list.length, 1, 'masked', (i, j) => {
    [list[i], list[j]] = [list[j], list[i]];
  });
  return null;
}

/** A range, or a copy of an array, in random order. */
export function permutation(s: Stream, x: unknown, axis: number, legacy: boolean): NDArray {
  const n = indexOf(x);
  if (n !== null) return asIndices(shuffled(s, Math.max(0, Number(n))));
  const a = toArray(x);
  if (legacy && a.ndim < 1) throw new IndexError('x must be an integer or at least 1-dimensional');
  const k = normalizeAxis(axis, a.ndim);
  return take(a, asIndices(shuffled(s, a.shape[k])), k) as unknown as NDArray;
}

/** A copy, or `out`, whose lanes along an axis are shuffled one by one; without an axis, all elements. */
export function permuted(s: Stream, given: unknown, axis: unknown, target: unknown): NDArray {
  const x = toArray(given);
  let out: NDArray;
  if (target === null || target === undefined) out = castTo(x, x.dtype, 'K') as NDArray;
  else {
    if (!(target instanceof NDArray)) throw new TypeError('out must be a numpy array');
    if (!target.writeable) throw new ValueError('out is read-only');
    if (!sameShape(target.shape, x.shape)) throw new ValueError('out must have the same shape as x');
    out = target;
    copyto(out, x as never, 'safe');
  }
  out.face.beforeWrite(out, 'out');
  if (axis === null || axis === undefined) {
    if (out.ndim === 0) throw new TypeError('len() of unsized object');
    const order = out.ndim > 1 && !isCContiguous(out) && isFContiguous(out) ? 'F' : 'C';
    if (out.size === 0) return out;
    const flat = reshapeTo(out, [out.size], order);
    const mixed = take(flat as never, asIndices(shuffled(s, out.size)), 0) as unknown as ArrayValue;
    assignTo(out, reshapeTo(mixed, [...out.shape], order));
    return out;
  }
  const k = normalizeAxis(Number(axis), out.ndim);
  const n = out.shape[k];
  if (out.size === 0) return out;
  const inner = sizeOf(out.shape.slice(k + 1));
  const places = new Float64Array(out.size);
  for (let lane = 0; lane < out.size / n; lane++) {
    const order = shuffled(s, n);
    const start = Math.floor(lane / inner) * n * inner + (lane % inner);
    for (let i = 0; i < n; i++) places[start + i * inner] = order[i];
  }
  assignTo(out, take_along_axis(out, asIndices(places, out.shape), k) as unknown as ArrayValue);
  return out;
}
