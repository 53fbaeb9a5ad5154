import { ArrayValue } from '../array.js';
import { allocate, scalarOf, toArray, typedArrayDtype } from '../coerce.js';
import { typedView } from '../device/access.js';
import type { HostBuffer } from '../device/device.js';
import { ARRAY } from '../dispatch.js';
import { memoryDoor } from '../door.js';
import { bool, int64 } from '../dtype.js';
import { evened } from './odd-memory.js';
import { IndexError, TypeError, ValueError } from '../errors.js';

/** What may stand in an index, and how it is read: NumPy's `a[…]` in JavaScript's own data. */

const NOT_AN_INDEX =
  'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices';
const NOT_INTEGERS = 'arrays used as indices must be of integer (or boolean) type';

/** A bound of a slice as a number or null. */
function bound(x: unknown): number | null {
  if (x === null || x === undefined) return null;
  if (typeof x === 'number' && Number.isInteger(x)) return x;
  if (typeof x === 'bigint') return Number(x);
  if (x instanceof ArrayValue && x.ndim === 0 && (x.dtype.kind === 'i' || x.dtype.kind === 'u'))
    return Number(scalarOf(x));
  throw new TypeError('slice indices must be integers or None or have an __index__ method');
}

/**
 * Python's slice: a range of positions along an axis. Made by `np.slice`. What it holds is read when it is used: an index asks for
 * integers, the grid makers also take fractions.
 * @example np.arange(5).at(new np.Slice(1, null, 2)) // → array([1, 3])
 */
export class Slice {
  constructor(
    readonly start: unknown = null,
    readonly stop: unknown = null,
    readonly step: unknown = null,
  ) {
    this.start ??= null;
    this.stop ??= null;
    this.step ??= null;
    Object.freeze(this);
  }

  /** Start, stop and step for an axis of n positions, as Python's `slice.indices`. */
  indices(n: number): [start: number, stop: number, step: number] {
    const [start, step, count] = resolveSlice(this, n);
    return [start, start + step * count, step];
  }

  toString(): string {
    const text = (x: unknown): string => (x === null ? 'None' : String(x));
    return `slice(${text(this.start)}, ${text(this.stop)}, ${text(this.step)})`;
  }
}

/** The whole of an axis. */
export const WHOLE: Slice = new Slice();

/**
 * Several entries as one index, as a tuple is in Python. An ordinary array in every other respect; functions that give
 * indices (`np.nonzero`, `np.ix_`, `np.s`, …) return it, so that `a.at(np.nonzero(m))` means what it does in NumPy.
 * @example np.index_exp(0) instanceof np.IndexTuple // → true
 */
export class IndexTuple<T = unknown> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  /** A tuple of these entries, whatever their number. */
  static from_<T>(entries: readonly T[]): IndexTuple<T> {
    const out = new IndexTuple<T>();
    for (const e of entries) out.push(e);
    return out;
  }
}

/** One entry, as it was understood. */
export type Entry =
  | {
      readonly kind: 'int';
      readonly value: number /** It came as an array of no dimensions: the result is then a copy. */;
      readonly array: boolean;
    }
  | { readonly kind: 'slice'; readonly slice: Slice }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'newaxis' }
  /** Integer indices; any integer dtype. */
  | { readonly kind: 'array'; readonly array: ArrayValue }
  | { readonly kind: 'mask'; readonly array: ArrayValue };

const ELLIPSIS: Entry = { kind: 'ellipsis' };
const NEWAXIS: Entry = { kind: 'newaxis' };
const ALL: Entry = { kind: 'slice', slice: WHOLE };

/** Makes an int64 array (C order) of integral numbers. */
export function integerArray(values: ArrayLike<number>, shape: readonly number[]): ArrayValue {
  const out = allocate(shape, int64);
  const { array, base } = typedView(out.buffer as HostBuffer, Int32Array);
  const words = array as Int32Array;
  let p = base + out.offset / 4;
  for (let i = 0; i < values.length; i++, p += 2) {
    const v = values[i];
    words[p] = v | 0;
    words[p + 1] = (v | 0) === v ? v >> 31 : Math.floor(v / 4294967296);
    if ((v | 0) !== v) words[p] = (v % 4294967296) | 0;
  }
  return out;
}

/** The entry that a nested list is: integers, or booleans for a mask. Integral numbers are integers here, and an empty list is one of integers. */
function readList(x: readonly unknown[]): Entry {
  let plain = true;
  for (let i = 0; i < x.length && plain; i++) plain = typeof x[i] === 'number';
  if (plain) {
    const values = x as readonly number[];
    for (let i = 0; i < values.length; i++) if (!Number.isInteger(values[i])) throw new IndexError(NOT_AN_INDEX);
    return { kind: 'array', array: integerArray(values, [values.length]) };
  }
  const a = toArray(x);
  if (a.dtype === bool) return { kind: 'mask', array: a };
  if (a.dtype.kind === 'i' || a.dtype.kind === 'u') return { kind: 'array', array: a };
  const whole = asIntegers(a);
  if (whole === null) throw new IndexError(NOT_AN_INDEX);
  return { kind: 'array', array: whole };
}

/** A float64 array that was a list of JavaScript numbers, as int64; null when a value is not integral. */
export function asIntegers(a: ArrayValue): ArrayValue | null {
  if (a.dtype.kind !== 'f') return null;
  if (a.size === 0) return integerArray([], a.shape);
  if (a.dtype.name !== 'float64') return null;
  const { array, base } = typedView(a.buffer as HostBuffer, Float64Array);
  const at = base + a.offset / 8;
  const values = (array as Float64Array).subarray(at, at + a.size);
  for (let i = 0; i < values.length; i++) if (!Number.isInteger(values[i])) return null;
  return integerArray(values, a.shape);
}

const INTEGER = /^[+-]?\d+$/;
const known = new Map<string, readonly Entry[]>();

/** An index written as text, `1:3, ..., ::-1`: integers, slices, `...` and `None` or `newaxis`. */
function readText(text: string): readonly Entry[] {
  const found = known.get(text);
  if (found !== undefined) return found;
  const fields = text.split(',');
  if (fields.length > 1 && fields[fields.length - 1].trim() === '') fields.pop();
  const out = fields.map((field): Entry => {
    const t = field.trim();
    if (t === '...') return ELLIPSIS;
    if (t === ':') return ALL;
    if (t === 'None' || t === 'newaxis' || t === 'np.newaxis') return NEWAXIS;
    if (INTEGER.test(t)) return { kind: 'int', value: Number(t), array: false };
    const parts = t.split(':').map((p) => p.trim());
    if (parts.length < 2 || parts.length > 3 || parts.some((p) => p !== '' && p !== 'None' && !INTEGER.test(p)))
      throw new IndexError(NOT_AN_INDEX);
    const [start, stop, step] = parts.map((p) => (p === '' || p === 'None' ? null : Number(p)));
    return { kind: 'slice', slice: new Slice(start, stop, step) };
  });
  if (known.size > 500) known.clear();
  known.set(text, out);
  return out;
}

const isData = (x: unknown): boolean => typeof x === 'object' && x !== null && (ArrayBuffer.isView(x) || ARRAY in x);

/**
 * Whether a JavaScript array that is the whole index stands for a tuple of entries, not for a list of integers: it is a
 * tuple when it holds what no list of integers can (slices, text, null, arrays with axes).
 */
const isTuple = (x: unknown): x is readonly unknown[] => {
  if (!Array.isArray(x)) return false;
  if (x instanceof IndexTuple) return true;
  for (const e of x) {
    if (typeof e === 'number') continue;
    if (e === null || typeof e === 'string' || e instanceof Slice || e instanceof IndexTuple) return true;
    if (e instanceof ArrayValue ? e.ndim > 0 : isData(e)) return true;
  }
  return false;
};

/**
 * Reads an index given as a list of entries.
 * @throws IndexError for anything that is no index
 */
export function parseIndex(given: readonly unknown[]): readonly Entry[] {
  const args = given.length === 1 && isTuple(given[0]) ? given[0] : given;
  if (args.length === 1 && typeof args[0] === 'string') return readText(args[0]);
  const out: Entry[] = [];
  for (let i = 0; i < args.length; i++) {
    const x = args[i];
    switch (typeof x) {
      case 'number':
        if (!Number.isInteger(x)) throw new IndexError(NOT_AN_INDEX);
        out.push({ kind: 'int', value: x, array: false });
        continue;
      case 'bigint':
        out.push({ kind: 'int', value: Number(x), array: false });
        continue;
      case 'string':
        out.push(...readText(x));
        continue;
      case 'boolean':
        out.push({ kind: 'mask', array: toArray(x) });
        continue;
      case 'object':
        if (x === null) out.push(NEWAXIS);
        else if (x instanceof Slice) out.push({ kind: 'slice', slice: x });
        else if (Array.isArray(x)) out.push(readList(x));
        else if (x instanceof ArrayValue) out.push(readArray(x));
        else if (typedArrayDtype(x) !== null || ARRAY in x) out.push(readArray(toArray(x)));
        else throw new IndexError(NOT_AN_INDEX);
        continue;
      default:
        throw new IndexError(NOT_AN_INDEX);
    }
  }
  return out;
}

function readArray(given: ArrayValue): Entry {
  const a = memoryDoor() === null ? given : evened(given);
  if (a.dtype === bool) return { kind: 'mask', array: a };
  if (a.dtype.kind !== 'i' && a.dtype.kind !== 'u') throw new IndexError(NOT_INTEGERS);
  if (a.ndim === 0 && a.interpreter === null && 'bytes' in a.buffer)
    return { kind: 'int', value: Number(scalarOf(a)), array: true };
  return { kind: 'array', array: a };
}

/**
 * First position, step and number of positions of a slice along an axis of this length.
 * @throws TypeError for bounds that are not integers, ValueError for a step of zero
 */
export function resolveSlice(s: Slice, n: number): readonly [start: number, step: number, count: number] {
  const step = bound(s.step) ?? 1;
  if (step === 0) throw new ValueError('slice step cannot be zero');
  const from = bound(s.start);
  const to = bound(s.stop);
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? n - 1 : n;
  const clamp = (x: number): number => (x < 0 ? Math.max(x + n, low) : Math.min(x, high));
  const start = from === null ? (step < 0 ? high : low) : clamp(from);
  const stop = to === null ? (step < 0 ? low : high) : clamp(to);
  return [start, step, Math.max(0, Math.ceil((stop - start) / step))];
}
