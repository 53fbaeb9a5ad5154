import { TypeError } from '../../core/errors.js';
import { fromInterface, toArray, typedArrayDtype } from '../../core/coerce.js';
import { byName } from '../../core/dtype.js';
import { runAs } from '../../core/transfers.js';
import { type Neighbour, noDtype, over, ownCopy, share } from './neighbour.js';

/** Strided arrays of JavaScript: those of scijs (the package ndarray) and of stdlib. Both count strides in elements. */

interface ScijsArray {
  readonly data: any;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
  readonly dtype: string;
}

const isStrided = (x: any): boolean =>
  Array.isArray(x.shape) && typeof x.offset === 'number' && typeof x.get === 'function' && typeof x.data === 'object';

/** Elements of a plain list, in the order of a strided view over them. */
function gathered(
  list: { [i: number]: unknown },
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): unknown {
  const walk = (d: number, at: number): unknown =>
    d === shape.length ? list[at] : Array.from({ length: shape[d] }, (_, i) => walk(d + 1, at + i * strides[d]));
  return walk(0, offset);
}

export const scijs: Neighbour = {
  name: 'ndarray (scijs)',
  knows: (x) => Array.isArray(x.stride) && isStrided(x),
  read: (x: ScijsArray) => {
    const { data, shape, stride, offset } = x;
    const dtype = typedArrayDtype(data);
    if (dtype !== null)
      return over({
        data,
        shape: [...shape],
        strides: stride.map((s) => s * dtype.itemsize),
        offset: offset * dtype.itemsize,
        dtype,
      });
    // Lists, and stores of a program's own, which have get and set.
    const list = typeof data.get === 'function' ? new Proxy({}, { get: (_, i) => data.get(Number(i)) }) : data;
    return ownCopy(toArray(gathered(list, shape, stride, offset)));
  },
};

/**
 * An array of scijs (of the package `ndarray`) over the same memory, whatever its strides: what one side writes, the other reads. Booleans are
 * uint8 there. Of a tensor it is a copy.
 *
 * @param ndarray the function that the package exports
 * @throws TypeError for complex numbers and for all that is no number; ValueError for arrays that must not be written
 * @example
 * const ndarray = require('ndarray');
 * const a = np.zeros([2, 3]);
 * interop.to_scijs(a.T, ndarray).set(2, 1, 5);
 * a; // → array([[0., 0., 0.],
 * //          [0., 0., 5.]])
 */
export function to_scijs(
  x: unknown,
  ndarray: (data: any, shape: number[], stride: number[], offset: number) => any,
): any {
  return runAs('interop.to_scijs', () => {
    if (typeof ndarray !== 'function')
      throw new TypeError('to_scijs: the second argument is the function of the package ndarray');
    const { a, memory } = share(x, 'to_scijs');
    if (!'biuf'.includes(a.dtype.kind) || a.dtype === byName.float16)
      throw noDtype('to_scijs', a, 'integers, float32 and float64');
    return ndarray(memory.data, [...a.shape], [...memory.strides], memory.offset);
  });
}

/** Arrays of stdlib: their own classes hold complex numbers and booleans, over a buffer. */
interface StdlibArray {
  readonly data: any;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly dtype: unknown;
}

const STDLIB: Readonly<Record<string, string>> = {
  bool: 'bool',
  complex64: 'complex64',
  complex128: 'complex128',
  uint8c: 'uint8',
};

export const stdlib: Neighbour = {
  name: 'stdlib',
  knows: (x) => Array.isArray(x.strides) && typeof x.iget === 'function' && isStrided(x),
  read: (x: StdlibArray) => {
    const { data, offset } = x;
    // Arrays without axes have one stride there.
    const shape = [...x.shape];
    const steps = shape.length === 0 ? [] : [...x.strides];
    const given = String(x.dtype);
    const name = STDLIB[given];
    const dtype = name !== undefined ? byName[name as 'bool'] : typedArrayDtype(data);
    if (dtype === null)
      return ownCopy(toArray(gathered(typeof data.get === 'function' ? reader(data) : data, shape, steps, offset)));
    const bytes = ArrayBuffer.isView(data) ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return {
      array: fromInterface({
        data: bytes,
        shape,
        strides: steps.map((s) => s * dtype.itemsize),
        offset: offset * dtype.itemsize,
        dtype,
      }),
      shared: true,
    };
  },
};
const reader = (data: { get(i: number): unknown }): { [i: number]: unknown } =>
  new Proxy({}, { get: (_, i) => data.get(Number(i)) });

/** Constructor of stdlib's `@stdlib/ndarray-ctor`. */
export type StdlibConstructor = new (
  dtype: string,
  data: any,
  shape: number[],
  strides: number[],
  offset: number,
  order: 'row-major' | 'column-major',
) => any;

/**
 * An array of stdlib over the same memory, whatever its strides. Booleans are uint8 there. Of a tensor it is a copy.
 *
 * @param ndarray the constructor of `@stdlib/ndarray-ctor`
 * @throws TypeError for complex numbers and for all that is no number; ValueError for arrays that must not be written
 * @example
 * interop.to_stdlib(np.ones(2), null); // throws TypeError: to_stdlib: the second argument is stdlib's constructor of arrays
 */
export function to_stdlib(x: unknown, ndarray: StdlibConstructor): any {
  return runAs('interop.to_stdlib', () => {
    if (typeof ndarray !== 'function')
      throw new TypeError("to_stdlib: the second argument is stdlib's constructor of arrays");
    const { a, memory } = share(x, 'to_stdlib');
    const { kind, name } = a.dtype;
    if (!'biuf'.includes(kind) || name === 'float16' || name.endsWith('int64'))
      throw noDtype('to_stdlib', a, 'integers up to 32 bits, float32 and float64');
    const column = a.flags.f_contiguous && !a.flags.c_contiguous;
    return new ndarray(
      kind === 'b' ? 'uint8' : name,
      memory.data,
      [...a.shape],
      a.ndim === 0 ? [0] : [...memory.strides],
      memory.offset,
      column ? 'column-major' : 'row-major',
    );
  });
}
