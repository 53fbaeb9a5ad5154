import { ArrayValue } from '../../core/array.js';
import { scalarOf } from '../../core/coerce.js';
import { isComplex } from '../../core/complex.js';
import type { DType } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';

/** Slices as the grid makers read them: `'0:5'`, `'0:1:5j'`, or an object with start, stop and step (`np.slice(0, 5)`). */

/** A slice's number. `float` says whether it counts as a Python float: always for fractions, and for text written with a point. */
export interface Bound {
  readonly value: number;
  readonly float: boolean;
  /** Of an array without axes, which has a dtype of its own. */
  readonly dtype?: DType;
}

export interface GridSlice {
  readonly start: Bound;
  readonly stop: Bound | null;
  readonly step: Bound;
  /** With an imaginary step, the number of points instead of a step. */
  readonly points: number | null;
}

const bound = (x: unknown): Bound | null => {
  if (x === null || x === undefined) return null;
  if (typeof x === 'bigint') return { value: Number(x), float: false };
  if (typeof x === 'number') return { value: x, float: !Number.isInteger(x) };
  if (x instanceof ArrayValue && x.size === 1)
    return { value: Number(x.valueOf()), float: x.dtype.kind === 'f', dtype: x.dtype };
  throw new TypeError('slice: start, stop and step must be numbers');
};

const INT = /^[+-]?\d+$/;

function textBound(text: string, whole: string): Bound | null {
  const t = text.trim();
  if (t === '' || t === 'None') return null;
  const value = Number(t);
  if (Number.isNaN(value)) throw new ValueError(`cannot read '${whole}' as a slice`);
  return { value, float: !INT.test(t) };
}

const ZERO: Bound = { value: 0, float: false };
const ONE: Bound = { value: 1, float: false };

/** One slice from its text. @throws ValueError */
export function readSliceText(text: string): GridSlice {
  const parts = text.split(':');
  if (parts.length < 2 || parts.length > 3) throw new ValueError(`cannot read '${text}' as a slice`);
  const start = textBound(parts[0], text) ?? ZERO;
  const stop = textBound(parts[1], text);
  const third = (parts[2] ?? '').trim();
  if (/[jJ]$/.test(third)) {
    const n = Math.abs(Number(third.slice(0, -1)));
    if (Number.isNaN(n)) throw new ValueError(`cannot read '${text}' as a slice`);
    return { start, stop, step: ONE, points: Math.trunc(n) };
  }
  return { start, stop, step: textBound(third, text) ?? ONE, points: null };
}

/** Whether an object is a slice (has start, stop and step and is no array). */
export const isSlice = (x: unknown): x is { start: unknown; stop: unknown; step: unknown } =>
  typeof x === 'object' && x !== null && !(x instanceof ArrayValue) && 'start' in x && 'stop' in x && 'step' in x;

/** One slice from its text or from a slice object. */
export function readSlice(x: unknown): GridSlice {
  if (typeof x === 'string') return readSliceText(x);
  if (!isSlice(x)) throw new TypeError(`expected a slice such as '0:5' or np.slice(0, 5), got ${typeof x}`);
  const start = bound(x.start) ?? ZERO;
  const stop = bound(x.stop);
  const given =
    x.step instanceof ArrayValue && x.step.dtype.kind === 'c' && x.step.size === 1 ? scalarOf(x.step) : x.step;
  if (isComplex(given)) return { start, stop, step: ONE, points: Math.trunc(Math.hypot(given.re, given.im)) };
  return { start, stop, step: bound(x.step) ?? ONE, points: null };
}

/** A key of slices: several arguments, or one text with commas. `single`: the key is no tuple. */
export function readKey(key: readonly unknown[]): { slices: GridSlice[]; single: boolean } {
  if (key.length === 1 && typeof key[0] === 'string' && key[0].includes(',')) {
    const parts = key[0].split(',');
    if (parts[parts.length - 1].trim() === '') parts.pop();
    return { slices: parts.map(readSliceText), single: false };
  }
  if (key.length === 1 && Array.isArray(key[0])) return { slices: key[0].map(readSlice), single: false };
  return { slices: key.map(readSlice), single: key.length === 1 };
}
