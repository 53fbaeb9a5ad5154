import { ArrayValue } from '../array.js';
import {
  allocate,
  fromScalar,
  toArray,
  toElement,
  typedArrayDtype,
  fromObject,
  scalarFor,
  toObjects,
} from '../coerce.js';
import { isComplex } from '../complex.js';
import { accessor, host } from '../device/access.js';
import { Immediate } from '../device/device.js';
import { ARRAY } from '../dispatch.js';
import { type DType, type Field, isText, isTime } from '../dtype.js';
import { TypeError, ValueError, warn } from '../errors.js';
import { canCast } from '../promote.js';
import { broadcastStrides, isC, sameShape, sizeOf, tight } from '../view.js';
import { assignTo, cellOf, conflicts, copyAs, hasGaps, mayOverlap } from './copy.js';
import { parseIndex } from './entries.js';
import { cells } from './cells.js';
import { scatterCells, walk } from './gather.js';
import { countTrue, maskBytes } from './masks.js';
import { assignWhere } from './masked.js';
import { type Plan, planIndex, viewGeometry } from './plan.js';
import { isAligned } from './odd-memory.js';
import { release } from './operand.js';
import { maskedPositions, type Target, target } from './index.js';

/** `a[index] = value`. */

/** Whether a value is one element of bytes, although it is a typed array. */
const isBytesFor = (v: unknown, d: DType): boolean =>
  v instanceof Uint8Array && (d.kind === 'S' || (d.kind === 'V' && d.layout === null && d.subdtype === null));

/** Whether a value has axes, or memory, of its own; otherwise it is one Python-like scalar. */
export const isArrayData = (v: unknown): boolean =>
  v instanceof ArrayValue ||
  Array.isArray(v) ||
  (typeof v === 'object' && v !== null && (typedArrayDtype(v) !== null || (ARRAY in v && !isComplex(v))));

/** A lone integral number is an int to what is told the difference: as text it has no point. */
const lone = (v: unknown, d: DType): unknown =>
  typeof v === 'number' && Number.isInteger(v) && (isText(d) || d.kind === 'V') ? BigInt(v) : v;

const scalarValue = (v: unknown, d: DType): ArrayValue | Immediate => {
  if (d.index < 0) return fromScalar(lone(v, d), d);
  const e = toElement(v, d);
  return new Immediate(d, e.re, e.im);
};

const depth = (x: unknown): number =>
  Array.isArray(x) ? 1 + (x.length > 0 ? depth(x[0]) : 0) : x instanceof ArrayValue ? x.ndim : 0;

/**
 * A value for assignment to elements of a dtype: a checked scalar, or an array. Lists are read element by element as
 * Python scalars are, so that what does not fit is refused; arrays keep their dtype and are cast without asking.
 * @param each whether elements are written one by one, or a part that may be one element: the error of a structure tells
 */
export function assignable(v: unknown, d: DType, each: boolean | 'part' = false): ArrayValue | Immediate {
  if (!isArrayData(v) || isBytesFor(v, d)) return scalarValue(v, d);
  const a = Array.isArray(v) ? toArray(v, d) : toArray(v);
  if (a.dtype.layout !== null && !canCast(a.dtype, d, 'unsafe'))
    throw new TypeError(
      `Cannot cast ${each === 'part' && a.ndim === 0 ? 'scalar' : 'array data'} from ${a.dtype.repr()} to ${d.repr()}${each === true ? '.' : " according to the rule 'unsafe'"}`,
    );
  if (a.dtype.kind === 'c' && 'iuf'.includes(d.kind))
    warn('ComplexWarning', 'Casting complex values to real discards the imaginary part');
  return a;
}

/**
 * The same for an index without arrays, where an array without axes is a lone value: integers refuse what does not fit. (With arrays among
 * the indices NumPy makes the value an array of the dtype, and casts.)
 */
function settable(v: unknown, d: DType, each: boolean | 'part' = false): ArrayValue | Immediate {
  const lone = v instanceof ArrayValue ? scalarFor(v, d) : undefined;
  return lone === undefined ? assignable(v, d, each) : scalarValue(lone, d);
}

/**
 * `a[index] = value`. Nothing is written unless index and value are valid.
 *
 * @throws IndexError, ValueError and OverflowError as NumPy
 */
export function setitem(a: ArrayValue, entries: readonly unknown[], value: unknown): void {
  a.face.beforeWrite(a, 'assignment');
  const plan = planIndex(a.shape, parseIndex(entries));
  const { parts } = plan;
  if (parts.length === 0) {
    setBasic(a, plan, value);
    return;
  }
  if (hasGaps(a.dtype)) {
    const v = assignable(value, a.dtype) as ArrayValue;
    const whole = v.dtype === a.dtype ? v : copyAs(v, a.dtype);
    for (const f of a.dtype.layout as readonly Field[]) setitem(cellOf(a, f), entries, cellOf(whole, f));
    return;
  }
  if (a.dtype.kind !== 'V' && !isAligned(a)) {
    const even = copyAs(a, a.dtype);
    setitem(even, entries, value);
    assignTo(a, even);
    return;
  }
  const only = parts.length === 1 && parts[0].mask ? parts[0] : null;
  if (only !== null && only.axes.length === a.ndim && plan.whole) {
    setMasked(a, only.array, value);
    return;
  }
  // What cannot be written is refused before the indices are looked at.
  const v = assignable(value, a.dtype);
  const t = target(a, plan);
  writeTo(t, v, a.dtype);
}

function setBasic(a: ArrayValue, plan: Plan, value: unknown): void {
  const g = viewGeometry(plan.steps, a.strides, a.offset);
  const list = Array.isArray(value);
  if (!list && (!isArrayData(value) || isBytesFor(value, a.dtype))) {
    if (g.shape.length === 0) setElement(a, g.offset, value);
    else assignTo(a.face.view(a, a.dtype, g.shape, g.strides, g.offset), scalarValue(value, a.dtype));
    return;
  }
  if (plan.scalar && a.dtype.layout !== null) {
    const axes = value instanceof ArrayValue ? value.ndim : 0;
    if (axes > 0 && (value as ArrayValue).size !== 1) throw new ValueError('setting an array element with a sequence.');
    setElement(a, g.offset, axes === 0 ? value : viewOfOne(value as ArrayValue));
    return;
  }
  if (a.dtype.kind === 'O' && (plan.scalar || list)) {
    setObjects(a, g, value, plan.scalar);
    return;
  }
  if (plan.scalar && (list || toArray(value).ndim > 0)) {
    if (a.dtype.kind === 'b' && toArray(value).size === 1) setElement(a, g.offset, truthOf(toArray(value)));
    else if (isTime(a.dtype))
      throw new ValueError(`Could not convert object to NumPy ${a.dtype.kind === 'M' ? 'datetime' : 'timedelta'}`);
    else if (list && (a.dtype.kind === 'i' || a.dtype.kind === 'u'))
      throw new TypeError("int() argument must be a string or a real number, not 'list'");
    else throw new ValueError(`setting an array element with a sequence${isText(a.dtype) && !list ? '' : '.'}`);
    return;
  }
  if (list && a.dtype.layout === null && a.dtype.kind !== 'O' && depth(value) > g.shape.length) {
    throw new ValueError(
      `setting an array element with a sequence. The requested array would exceed the maximum number of dimension of ${g.shape.length}.`,
    );
  }
  const dst = a.face.view(a, a.dtype, g.shape, g.strides, g.offset);
  assignTo(dst, settable(value, a.dtype, plan.scalar || 'part'));
}

/** Writes into objects: a whole list or array into one place, or as many levels of a list as there are axes. */
function setObjects(
  a: ArrayValue,
  g: { shape: readonly number[]; strides: readonly number[]; offset: number },
  value: unknown,
  one: boolean,
): void {
  const whole = one && !(value instanceof ArrayValue && value.ndim === 0);
  const v = whole ? fromObject(value) : Array.isArray(value) ? toObjects(value, g.shape.length) : toArray(value);
  assignTo(a.face.view(a, a.dtype, g.shape, g.strides, g.offset), v);
}

const viewOfOne = (v: ArrayValue): ArrayValue => v.face.view(v, v.dtype, [], [], v.offset);

const truthOf = (v: ArrayValue): boolean => maskBytes(v, 'setitem')[0] !== 0;

/** Writes one scalar at a byte offset; the memory is the caller's to write. */
export function setElement(a: ArrayValue, at: number, value: unknown): void {
  const d = a.dtype;
  if (d.index < 0) {
    const dst = a.face.view(a, d, [], [], at);
    assignTo(dst, value instanceof ArrayValue && value.ndim === 0 ? value : fromScalar(lone(value, d), d));
    return;
  }
  const e = toElement(value, d);
  const write = accessor(host(a.buffer, 'setitem'), d.part);
  write.set(at, e.re);
  if (d.kind === 'c') write.set(at + d.itemsize / 2, e.im);
}

/** `a[mask] = value` for a mask of a's own shape. */
function setMasked(a: ArrayValue, mask: ArrayValue, value: unknown): void {
  const v = assignable(value, a.dtype, true);
  if (v instanceof Immediate || (v.ndim === 0 && !conflicts(a, v))) {
    assignWhere(a, v, mask);
    return;
  }
  const m = maskBytes(mask, 'setitem');
  const n = countTrue(m);
  if (v.ndim > 1) {
    throw new TypeError(
      `NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has ${v.ndim} dimensions`,
    );
  }
  if (v.ndim === 1 && v.shape[0] !== 1 && v.shape[0] !== n) {
    throw new ValueError(
      `NumPy boolean array indexing assignment cannot assign ${v.shape[0]} input values to the ${n} output values where the mask is true`,
    );
  }
  const axes = a.shape.map((_, d) => d);
  writeTo({ view: a, positions: maskedPositions(a, m, n, axes), shape: [n], outer: [], inner: [] }, v, a.dtype);
}

/** Writes a value over a target's shape. */
function writeTo(t: Target, v: ArrayValue | Immediate, d: DType): void {
  let source: ArrayValue;
  let own: ArrayValue | null = null;
  let single = false;
  if (v instanceof Immediate) {
    own = source = allocate([], d);
    assignTo(source, v);
    single = true;
  } else {
    let from = v.shape;
    while (from.length > t.shape.length && from[0] === 1) from = from.slice(1);
    const lead = t.shape.length - from.length;
    if (lead < 0 || from.some((n, i) => n !== 1 && n !== t.shape[lead + i])) {
      throw new ValueError(
        `shape mismatch: value array of shape ${tight(v.shape)} could not be broadcast to indexing result of shape ${tight(t.shape)}`,
      );
    }
    single = v.size === 1;
    const strides = v.strides.slice(v.ndim - from.length);
    if (
      v.dtype === d &&
      // The same layout is no exception here: elements are written in another order than they are read.
      !(v.buffer === t.view.buffer && mayOverlap(t.view, v)) &&
      (single || (sameShape(from, t.shape) && isC(from, strides, d.itemsize)))
    )
      source = v;
    else {
      own = source = allocate(single ? [] : t.shape, d);
      const stretched = single ? [] : broadcastStrides(from, strides, t.shape);
      if (source.size > 0) assignTo(source, v.face.view(v, v.dtype, source.shape, stretched, v.offset));
    }
  }
  if (sizeOf(t.shape) > 0) {
    const c = cells(t.view, 'setitem');
    scatterCells(c, walk(t.view.shape, c, t.outer, t.inner), t.positions, cells(source, 'setitem'), single);
  }
  if (own !== null) release(own);
}
