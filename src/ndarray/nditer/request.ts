import { ArrayValue } from '../../core/array.js';
import { toOperand } from '../../core/coerce.js';
import { asDtype, DType, type DTypeLike } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import type { Casting } from '../../core/promote.js';
import { toNDArray } from '../creation/make.js';
import { integer } from '../manipulation/common.js';
import { NDArray } from '../ndarray.js';
import { type Flags, readGlobalFlags, readOpFlags } from './flags.js';

/** What a caller of an iterator asked for, read and checked one argument at a time. */

export type Order = 'C' | 'F' | 'A' | 'K';

export interface Request {
  /** Null is an array to be made. */
  readonly ops: readonly (NDArray | null)[];
  readonly flags: Flags;
  readonly opFlags: readonly Flags[];
  readonly opDtypes: readonly (DType | null)[];
  readonly order: Order;
  readonly casting: Casting;
  /** For each operand its axis at each axis of the iteration, -1 for none; null: the last ones, as in broadcasting. */
  readonly opAxes: readonly (readonly number[] | null)[] | null;
  readonly itershape: readonly number[] | null;
  readonly buffersize: number;
  /** Axes of the iteration where the arguments fix them, else -1. */
  readonly ndim: number;
}

/** From here on, an entry of op_axes says that the operand is reduced along its axis. */
export const REDUCTION: number = 2 ** 30;
export const plainAxis = (axis: number): number => (axis >= REDUCTION - 1 ? axis - REDUCTION : axis);

/** Whether a value has no memory that could be written: numbers, lists, and elements read by a full index, which stand for NumPy's scalars. */
const isLone = (o: unknown): boolean =>
  o instanceof NDArray
    ? o.ndim === 0 && o.base === null && !o.writeable
    : !(o instanceof ArrayValue || ArrayBuffer.isView(o));

/** The operands and their flags. @throws TypeError for an operand to be written that is no array */
export function readOperands(op: unknown, opFlags: unknown): { ops: (NDArray | null)[]; flags: Set<string>[] } {
  const given: readonly unknown[] = Array.isArray(op) ? op : [op];
  if (given.length === 0) throw new ValueError('Must provide at least one operand');
  const flags = readOpFlags(opFlags, given);
  const ops = given.map((o, i) => {
    if (o === null || o === undefined) return null;
    if ((flags[i].has('readwrite') || flags[i].has('writeonly')) && isLone(o))
      throw new TypeError(
        'Iterator operand is flagged as writeable, but is an object which cannot be written back to via WRITEBACKIFCOPY',
      );
    return toNDArray(typeof o === 'number' ? toOperand(o) : o);
  });
  return { ops, flags };
}

/** The dtypes asked for: one for each operand, or one for all. */
export function readDtypes(given: unknown, nop: number): (DType | null)[] {
  if (given === null || given === undefined) return new Array<null>(nop).fill(null);
  if (Array.isArray(given)) {
    // For one operand a list may be one dtype: fields.
    if (nop === 1 && given.every((d) => Array.isArray(d) && typeof d[0] === 'string')) return [asDtype(given as never)];
    if (given.length === nop) return given.map((d) => (d === null ? null : asDtype(d as DTypeLike)));
    if (typeof given[0] === 'string')
      throw new TypeError(`Field elements must be 2- or 3-tuples, got ''${String(given[0])}''`);
    throw new TypeError(`Cannot interpret '${String(given)}' as a data type`);
  }
  return new Array<DType>(nop).fill(given instanceof DType ? given : asDtype(given as DTypeLike));
}

function readAxes(given: unknown, nop: number): { axes: (number[] | null)[] | null; ndim: number } {
  if (given === null || given === undefined) return { axes: null, ndim: -1 };
  if (!Array.isArray(given) || given.length !== nop)
    throw new ValueError('op_axes must be a tuple/list matching the number of ops');
  let ndim = -1;
  const axes = given.map((a: unknown) => {
    if (a === null) return null;
    if (!Array.isArray(a)) throw new ValueError('Each entry of op_axes must be None or a tuple/list');
    if (ndim < 0) ndim = a.length;
    if (ndim > 64) throw new ValueError('Too many dimensions in op_axes');
    if (a.length !== ndim) throw new ValueError('Each entry of op_axes must have the same size');
    return a.map((v: unknown) => (v === null ? -1 : integer(v, 'nditer')));
  });
  if (ndim < 0) throw new ValueError('If op_axes is provided, at least one list of axes must be contained within it');
  axes.forEach((list, i) => {
    const seen = new Set<number>();
    for (const k of (list ?? []).map(plainAxis)) {
      if (k < 0) continue;
      if (k >= 64)
        throw new ValueError(
          `The 'op_axes' provided to the iterator constructor for operand ${i} contained invalid values ${k}`,
        );
      if (seen.has(k))
        throw new ValueError(
          `The 'op_axes' provided to the iterator constructor for operand ${i} contained duplicate value ${k}`,
        );
      seen.add(k);
    }
  });
  return { axes, ndim };
}

export function readOrder(order: unknown): Order {
  if (order === 'C' || order === 'F' || order === 'A' || order === 'K') return order;
  throw new ValueError(`order must be one of 'C', 'F', 'A', or 'K' (got '${String(order)}')`);
}

export function readCasting(casting: unknown): Casting {
  if (['no', 'equiv', 'safe', 'same_kind', 'unsafe'].includes(casting as string)) return casting as Casting;
  throw new ValueError(
    `casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${String(casting)}')`,
  );
}

/** All arguments of `nditer`, in order of its signature. */
export function readRequest(bound: readonly unknown[]): Request {
  const [op, flagsGiven, opFlags, dtypes, order, casting, axesGiven, shape, buffersize] = bound;
  const flags = readGlobalFlags(flagsGiven);
  const orderRead = readOrder(order);
  const castingRead = readCasting(casting);
  const itershape =
    shape === null || shape === undefined
      ? null
      : (Array.isArray(shape) ? shape : [shape]).map((n: unknown) => integer(n, 'nditer'));
  const size = integer(buffersize, 'nditer');
  const { ops, flags: per } = readOperands(op, opFlags);
  const types = readDtypes(dtypes, ops.length);
  const { axes, ndim } = readAxes(axesGiven, ops.length);
  if (itershape !== null && ndim >= 0 && ndim !== itershape.length)
    throw new ValueError("'op_axes' and 'itershape' must have the same number of entries equal to the iterator ndim");
  return {
    ops,
    flags,
    opFlags: per,
    opDtypes: types,
    order: orderRead,
    casting: castingRead,
    opAxes: axes ?? (itershape === null ? null : ops.map(() => null)),
    itershape,
    buffersize: size,
    ndim: itershape?.length ?? ndim,
  };
}
