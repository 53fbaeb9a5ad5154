import type { ArrayValue } from '../../core/array.js';
import { fromInterface, type ArrayInterface } from '../../core/coerce.js';
import type { Brought } from '../../core/neighbours.js';
import { asDtype, type DTypeName } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { announce, caller, type CopyReason } from '../../core/transfers.js';
import { asNDArray, NDArray } from '../../ndarray/ndarray.js';
import { sharedElements, type SharedElements } from '../../ndarray/shared.js';
import { Tensor } from '../../tensor/tensor.js';
import { Variable } from '../../tensor/variable.js';

/** What all adapters share. Each is one file; libraries are known by the shape of their objects and never imported. */

/** How missing values are read. */
export interface ReadOptions {
  /** 'raise': a ValueError; 'nan': NaN (NaT in dates, integers become float64); anything else fills the gaps. */
  readonly nulls?: unknown;
}

/** One library. */
export interface Neighbour {
  readonly name: string;
  /** Whether a value is one of its arrays. */
  readonly knows: (x: any) => boolean;
  readonly read: (x: any, options: ReadOptions) => Brought;
  /** The values where they cannot be had synchronously. */
  readonly wait?: (x: any) => Promise<unknown>;
}

/** Announces that data of a neighbour, or for one, is copied. */
export function copied(reason: CopyReason, bytes: number, from: string, to: string): void {
  announce(reason, bytes, from, to, caller.name ?? 'interop');
}

/** An array over a neighbour's memory, which both may write. */
export const over = (i: ArrayInterface): Brought => ({ array: fromInterface(i), shared: true });

/**
 * An array over memory that its library never changes: it is read-only, and tensors share it. The library stays an owner, so that whoever wants
 * to write has a copy first.
 */
export function overConstant(i: ArrayInterface): Brought {
  const array = fromInterface({ ...i, readonly: true });
  array.buffer.exposed = false;
  array.buffer.owners++;
  return { array, shared: true };
}

/** A copy of a neighbour's data, in an array of our own. */
export const ownCopy = (array: ArrayValue): Brought => ({ array, shared: false });

/** An array of ours, given to a neighbour. */
export function asArray(x: unknown): NDArray {
  if (x instanceof Variable) return x.numpy();
  if (x instanceof Tensor) return x.numpy();
  return x instanceof NDArray ? x : asNDArray(x);
}

/** The array in C order, which costs a copy where it is not. */
export function inC(a: NDArray, to: string): NDArray {
  if (a.flags.c_contiguous) return a;
  copied('order', a.nbytes, 'cpu:0', to);
  return copyAs(a, a.dtype, 'C') as NDArray;
}

/** The array in another dtype, which costs a copy where it has another. */
export function inDtype(a: NDArray, dtype: DTypeName, to: string): NDArray {
  if (a.dtype.name === dtype) return a;
  copied('dtype', a.size * a.itemsize, a.dtype.name, `${to} ${dtype}`);
  return copyAs(a, asDtype(dtype), 'C') as NDArray;
}

/**
 * Memory lent to a library that does not write: shared until the array is written, which then has a copy of its own, as with tensors.
 */
export function lend(a: NDArray, by: string): SharedElements {
  const out = sharedElements(a, by, false);
  a.buffer.owners++;
  return out;
}

/** Memory that both sides write. Of what a tensor holds it is a copy. */
export function share(x: unknown, by: string): { a: NDArray; memory: SharedElements } {
  let a = asArray(x);
  if (x instanceof Tensor || x instanceof Variable) {
    copied('external', a.nbytes, 'cpu:0', by);
    a = copyAs(a, a.dtype, 'C') as NDArray;
  }
  if (!a.writeable)
    throw new ValueError(`${by}: the array is read-only, and its memory would be written; copy it with a.copy() first`);
  return { a, memory: sharedElements(a, by, true) };
}

/** @throws TypeError for dtypes that a library does not have */
export const noDtype = (by: string, a: { dtype: { name: string } }, has: string): TypeError =>
  new TypeError(`${by}: there is no dtype for ${a.dtype.name}; it has ${has}`);
