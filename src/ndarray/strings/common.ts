import { ArrayValue, type Face, faceOf } from '../../core/array.js';
import { allocate, type ArrayLike, scalarOf, toArray, toOperand } from '../../core/coerce.js';
import type { AnyOperand } from '../../core/device/device.js';
import { bytesDtype, type DType, isText, strDtype } from '../../core/dtype.js';
import { TypeError } from '../../core/errors.js';
import { eachKernel } from '../../core/ops/each.js';
import { asIntegers } from '../../core/ops/entries.js';
import { applyRow } from '../../core/ops/execute.js';
import { operand, type UfuncOperand, Weak } from '../../core/ops/operand.js';
import { reduceRow } from '../../core/ops/reduce.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { maximum } from '../../core/ops/ufuncs/arithmetic.js';
import { lengthOf, untrailed } from '../../core/strings/points.js';
import { broadcastShapes, broadcastStrides, sizeOf, copyOrder, stridesInOrder } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';

/** What the functions over text share. */

/** Text wherever it is taken: arrays of text or bytes, strings, and bytes as a Uint8Array. */
export type TextLike = ArrayLike | Uint8Array;

const holdsBytes = (x: unknown): boolean =>
  Array.isArray(x) ? x.length > 0 && holdsBytes(x[0]) : x instanceof Uint8Array;

/** Text as an array. A Uint8Array is one value of bytes. */
export const textArray = (x: unknown): ArrayValue =>
  x instanceof ArrayValue ? x : holdsBytes(x) ? toArray(x, bytesDtype(0)) : toOperand(x);

/** Text as an operand of a ufunc. */
export const textOperand = (x: unknown): UfuncOperand => (holdsBytes(x) ? textArray(x) : operand(x));

/** The largest place that NumPy knows, for an end that is not given. */
export const END: bigint = 2n ** 63n - 1n;

/** Places in text as an operand: lists of integral numbers are integers. */
export function placeOperand(x: unknown): UfuncOperand {
  const o = operand(x);
  return o instanceof ArrayValue && !(x instanceof ArrayValue) ? (asIntegers(o) ?? o) : o;
}

/** Integers that an argument holds. @throws TypeError `unsupported type float64 for operand 'width'` */
export function integerArray(x: unknown, name: string): ArrayValue {
  let a = toOperand(x);
  if (!(x instanceof ArrayValue) && a.dtype.kind === 'f') a = asIntegers(a) ?? a;
  if (a.dtype.kind !== 'i' && a.dtype.kind !== 'u')
    throw new TypeError(`unsupported type ${a.dtype.toString()} for operand '${name}'`);
  return a;
}

/** Applies a row with one output. */
export const apply = (row: UfuncRow, ...operands: UfuncOperand[]): NDArray =>
  applyRow(row, operands) as unknown as NDArray;

/** The largest of integers. @throws ValueError where there are none */
export const largest = (a: ArrayValue): number =>
  Number(
    scalarOf(
      reduceRow(maximum, a, {
        axis: null,
        dtype: null,
        out: null,
        keepdims: false,
        initial: undefined,
        where: null,
      }) as ArrayValue,
    ),
  );

export const weakInt = (n: bigint | number): Weak => new Weak(n, 'int');

/** The dtype of text of a length, of the kind that another has. */
export const textDtype = (like: DType, n: number): DType => (like.kind === 'U' ? strDtype(n) : bytesDtype(n));

/** A fresh array in the memory order of `a`, where it has as many axes. */
function freshLike(a: ArrayValue, shape: readonly number[], dtype: DType, face: Face): ArrayValue {
  const made = allocate(shape, dtype, face, true);
  if (shape.length !== a.ndim || dtype.itemsize === 0) return made;
  return face.view(made, dtype, shape, stridesInOrder(shape, copyOrder(a.strides), dtype.itemsize), made.offset);
}

/** Applies a row whose results are text of a length that is known before. */
export function applyInto(row: UfuncRow, operands: UfuncOperand[], lengths: readonly number[]): NDArray | NDArray[] {
  const arrays = operands.filter((o): o is ArrayValue => o instanceof ArrayValue);
  const shape = broadcastShapes(arrays.map((a) => a.shape));
  const like = arrays[0].dtype;
  // One result alone is of at least one character, as NumPy makes arrays of text; parts of a structure may be of none.
  const least = lengths.length === 1 ? 1 : 0;
  const out = lengths.map((n) => freshLike(arrays[0], shape, textDtype(like, Math.max(least, n)), faceOf(arrays)));
  return applyRow(row, operands, {
    out,
    where: null,
    dtype: null,
    signature: null,
    casting: 'same_kind',
    order: 'K',
  }) as unknown as NDArray | NDArray[];
}

/** A function of elements over arrays that broadcast, into a fresh array. */
export function each(arrays: readonly ArrayValue[], out: DType, f: (...elements: any[]) => unknown): NDArray {
  const shape = broadcastShapes(arrays.map((a) => a.shape));
  const result = allocate(shape, out);
  const kernel = eachKernel(
    'text',
    arrays.map((a) => a.dtype),
    [out],
    f,
  );
  const operands: AnyOperand[] = [...arrays, result];
  if (sizeOf(shape) > 0)
    kernel.run(shape, operands, [...arrays.map((a) => broadcastStrides(a.shape, a.strides, shape)), result.strides]);
  return result as unknown as NDArray;
}

/** An array of text for a function that Python's own methods are called for. @throws TypeError `string operation on non-string array` */
export function stringsOnly(x: unknown): ArrayValue {
  const a = textArray(x);
  if (!isText(a.dtype)) throw new TypeError('string operation on non-string array');
  return a;
}

/** Results of any length as an array whose dtype takes the longest; where there are none, of the dtype given. */
export function gathered(
  arrays: readonly ArrayValue[],
  kind: 'U' | 'S',
  empty: DType,
  f: (...elements: any[]) => string | Uint8Array,
): NDArray {
  const shape = broadcastShapes(arrays.map((a) => a.shape));
  if (sizeOf(shape) === 0) return allocate(shape, empty) as unknown as NDArray;
  const all: (string | Uint8Array)[] = [];
  let n = 1;
  // The first pass only collects; the second writes what it found, in the same order.
  each(arrays, bytesDtype(1), (...v) => {
    const r = f(...v);
    n = Math.max(n, typeof r === 'string' ? lengthOf(untrailed(r)) : r.length);
    all.push(r);
    return NOTHING;
  });
  let i = 0;
  return each(arrays, kind === 'U' ? strDtype(n) : bytesDtype(n), () => all[i++]);
}
const NOTHING = new Uint8Array(0);
