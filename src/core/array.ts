import type { DType } from './dtype.js';
import type { DeviceBuffer } from './device/device.js';
import type { Interpreter } from './dispatch.js';
import { isC, isF, sizeOf } from './view.js';

/**
 * What NDArray and Tensor have in common, and all that the operations in core know of either: a dtype and a view of a
 * buffer. The two classes differ in what may be done with the buffer (arrays write through a copy-on-write cell, tensors
 * never write), which is their `face`.
 */

/** How a class of arrays makes new members of itself. Operations take the face of their operands and give its results. */
export interface Face {
  readonly name: string;
  /** Among mixed operands the face with the highest priority makes the result. */
  readonly priority: number;
  /** Whether its arrays keep the memory order of operands, as plain ones do. */
  readonly ordered?: boolean;
  /** Wraps memory that nobody else holds. Strides are C order unless given. */
  fresh(buffer: DeviceBuffer, dtype: DType, shape: readonly number[], strides?: readonly number[]): ArrayValue;
  /** Another view of the memory of `of`. */
  view(of: ArrayValue, dtype: DType, shape: readonly number[], strides: readonly number[], offset: number): ArrayValue;
  /** Called before memory of `of` is written: refuses (read-only, immutable) or makes it ours alone. */
  beforeWrite(of: ArrayValue, by: string): void;
}

export abstract class ArrayValue {
  abstract readonly dtype: DType;
  /** Length of each axis. */
  abstract readonly shape: readonly number[];
  /** Bytes from one element to the next along each axis. */
  abstract readonly strides: readonly number[];
  /** Byte offset of the first element in the buffer. */
  abstract readonly offset: number;
  abstract readonly buffer: DeviceBuffer;
  abstract readonly face: Face;
  /** The interpreter that operations on this value belong to (a tape, a graph under construction), or null: run now. */
  abstract readonly interpreter: Interpreter | null;

  get ndim(): number {
    return this.shape.length;
  }
  get size(): number {
    return sizeOf(this.shape);
  }
}

export const isCContiguous = (a: ArrayValue): boolean => isC(a.shape, a.strides, a.dtype.itemsize);
export const isFContiguous = (a: ArrayValue): boolean => isF(a.shape, a.strides, a.dtype.itemsize);

/** What NumPy calls a Fortran array: in F order, and not also in C order. */
export const isFortran = (a: ArrayValue): boolean => !isCContiguous(a) && isFContiguous(a);

/** Whether anyone can see an array's memory order: tensors' results stay in C order, which is read fastest. */
export const isOrdered = (a: ArrayValue): boolean => a.face === arrayFace || a.face.ordered === true;

let arrayFace: Face | null = null;

/** Called once by the class of arrays, so that plain data given to operations becomes arrays of that class. */
export function setArrayFace(face: Face): void {
  arrayFace = face;
}

/** The face that plain data (numbers, lists, typed arrays) takes on. */
export function defaultFace(): Face {
  if (arrayFace === null) throw new Error('no class of arrays is loaded: import numbridge/np');
  return arrayFace;
}

/** The face of an operation's results. */
export function faceOf(values: readonly ArrayValue[]): Face {
  let best: Face | null = null;
  for (const v of values) if (best === null || v.face.priority > best.priority) best = v.face;
  return best ?? defaultFace();
}
