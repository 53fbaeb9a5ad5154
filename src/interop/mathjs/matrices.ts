import { isComplex } from '../../core/complex.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { required } from '../../core/optional.js';
import { announce } from '../../core/transfers.js';
import { NDArray } from '../../ndarray/ndarray.js';
import type { Tensor } from '../../tensor/tensor.js';
import { to_array } from '../convert.js';
import type { MathInstance } from './instance.js';

/** From arrays to mathjs' matrices. The other way is np.asarray's: see core/matrices.ts. */

/** Keywords of `to_mathjs`. */
export interface ToMathjsKeywords {
  /** A sparse matrix, of an array with two axes. */
  sparse?: boolean;
  /** The instance of mathjs whose matrix it is; that of the package unless given. */
  math?: unknown;
}

/** What mathjs calls the elements of a dtype. */
function datatypeOf(a: NDArray, first: unknown): string | undefined {
  if (a.dtype.kind === 'O') return undefined;
  return isComplex(first) ? 'Complex' : typeof first;
}

/** One element as mathjs has it: integers are numbers where those hold them, complex numbers are its own. */
const elementFor =
  (math: MathInstance, exact: boolean): ((x: any) => unknown) =>
  (x) => {
    if (typeof x === 'bigint' && !exact) return Number(x);
    if (typeof x === 'number' && exact) return BigInt(x);
    if (!isComplex(x)) return x;
    const z = math.complex(0, 0) as { re: number; im: number };
    z.re = x.re;
    z.im = x.im;
    return z;
  };

const mapped = (x: unknown, f: (e: unknown) => unknown): unknown =>
  Array.isArray(x) ? x.map((e) => mapped(e, f)) : f(x);
const first = (x: unknown): unknown => (Array.isArray(x) ? first(x[0]) : x);
const largest = (x: unknown): boolean =>
  Array.isArray(x) ? x.some(largest) : typeof x === 'bigint' && !Number.isSafeInteger(Number(x));

function listsOf(a: NDArray, math: MathInstance): unknown {
  if (!'bifcuOU'.includes(a.dtype.kind)) throw new TypeError(`to_mathjs: mathjs has no elements for ${a.dtype.repr()}`);
  const lists = a.tolist() as unknown;
  const { kind } = a.dtype;
  if (kind === 'f' || kind === 'b' || kind === 'U') return lists;
  // Objects are mathjs' own, or whatever they are; other integers keep their digits where one of them needs that.
  return kind === 'O' ? lists : mapped(lists, elementFor(math, largest(lists)));
}

/**
 * A matrix of mathjs with the values of an array or a tensor: a DenseMatrix, or a SparseMatrix. Its elements are in nested lists, so that this is a copy, which the ledger shows as
 * requested. Integers are numbers (bigints where one is beyond 2^53), complex numbers mathjs' Complex; elements of arrays of objects
 * (BigNumber, Fraction, Unit) are the matrix' own. An array without axes gives its element.
 *
 * @throws TypeError for dates, durations and structures, ValueError for a sparse matrix of other than two axes, ImportError without mathjs
 * @example interop.to_mathjs(np.array([[1, 2], [3, 4]])).toString() // → '[[1, 2], [3, 4]]'
 */
export function to_mathjs(x: NDArray<any> | Tensor<any> | unknown, keywords: ToMathjsKeywords = {}): any {
  const math = (keywords.math ?? required('mathjs', 'to_mathjs')) as MathInstance;
  const a = to_array(x as never);
  const sparse = keywords.sparse === true;
  if (sparse && a.ndim !== 2)
    throw new ValueError(`to_mathjs: a sparse matrix has two axes, and the array has ${a.ndim}`);
  announce('requested', a.nbytes, a.buffer.device.name, 'mathjs', 'to_mathjs');
  const data = listsOf(a, math);
  if (a.ndim === 0) return data;
  const datatype = a.size === 0 ? undefined : datatypeOf(a, first(data));
  if (!sparse) return new math.DenseMatrix({ data, size: [...a.shape], datatype });
  return new math.SparseMatrix({ ...columns(data as unknown[][], a.shape[1]), size: [...a.shape], datatype });
}

/** Lists of rows as columns with their values that are not zero. */
function columns(rows: readonly (readonly unknown[])[], count: number): object {
  const values: unknown[] = [];
  const index: number[] = [];
  const ptr: number[] = [];
  for (let j = 0; j < count; j++) {
    ptr.push(values.length);
    rows.forEach((row, i) => {
      const v = row[j] as { re?: number; im?: number; isZero?: () => boolean };
      const zero =
        typeof v === 'object' && v !== null
          ? isComplex(v)
            ? v.re === 0 && v.im === 0
            : v.isZero?.() === true
          : v === 0 || v === (0n as never) || v === (false as never);
      if (zero) return;
      values.push(v);
      index.push(i);
    });
  }
  ptr.push(values.length);
  return { values, index, ptr };
}

/** A result as mathjs has it: a lone number of an array without axes. Tensors stay. */
export function settled(x: unknown, math: MathInstance): unknown {
  if (!(x instanceof NDArray) || x.ndim !== 0) return x;
  const v = x.item() as unknown;
  return elementFor(math, typeof v === 'bigint' && !Number.isSafeInteger(Number(v)))(v);
}
