import { ArrayValue, isOrdered } from '../array.js';
import { allocate, fromScalar, toArray, toElement, typedArrayDtype, fromObject, toObjects } from '../coerce.js';
import { isComplex } from '../complex.js';
import { accessor, host } from '../device/access.js';
import { Immediate } from '../device/device.js';
import { ARRAY, type Attrs, bind1, type Primitive, primitive } from '../dispatch.js';
import { type DType, int64 } from '../dtype.js';
import { TypeError, ValueError, warn } from '../errors.js';
import { broadcastStrides, isC, sameShape, sizeOf, tight } from '../view.js';
import { assignTo, conflicts, mayOverlap, copyAs } from './copy.js';
import { parseIndex } from './entries.js';
import { cells, CHUNK, type Positions, roomFor } from './cells.js';
import { addIndices, addStretched, gatherCells, indexReader, scatterCells, takeCells, walk } from './gather.js';
import { compressInto, coordinates, countTrue, maskBytes, maskPositions } from './masks.js';
import { pickLaid } from './laid.js';
import { assignWhere } from './masked.js';
import { expandAxes, slice, squeezeAxes } from './move.js';
import { type BasicStep, broadcastIndices, type FancyPart, type Plan, planIndex, viewGeometry } from './plan.js';
import { isAligned } from './odd-memory.js';
import { release } from './operand.js';

/**
 * Indexing. A basic index is a view; index arrays gather from that view along some of its axes (the primitive `gather`); a mask
 * stands for the coordinates of its true elements. Assignment goes the same ways backwards.
 */

/** The view of a basic index. Under an interpreter it is written in the moving primitives, which have rules of their own. */
function basicView(a: ArrayValue, steps: readonly BasicStep[]): ArrayValue {
  if (a.interpreter === null) {
    const g = viewGeometry(steps, a.strides, a.offset);
    return a.face.view(a, a.dtype, g.shape, g.strides, g.offset);
  }
  const start: number[] = [];
  const shape: number[] = [];
  const step: number[] = [];
  const drop: number[] = [];
  const fresh: number[] = [];
  let kept = 0;
  for (const s of steps) {
    if (s.kind === 'newaxis') fresh.push(kept++);
    else {
      if (s.kind === 'int') drop.push(start.length);
      else kept++;
      start.push(s.kind === 'int' ? s.index : s.start);
      shape.push(s.kind === 'int' ? 1 : s.count);
      step.push(s.kind === 'int' ? 1 : s.step);
    }
  }
  let out = slice(a, start, shape, step);
  if (drop.length > 0) out = squeezeAxes(out, drop);
  return fresh.length > 0 ? expandAxes(out, fresh) : out;
}

export interface GatherAttrs extends Attrs {
  /** The axis of x that each index array takes. */
  readonly axes: readonly number[];
  /** Where the index arrays' broadcast axes go among x's other axes. */
  readonly at: number;
  /** The axes as messages name them. */
  readonly names: readonly number[];
  /** The result lies in memory as that of an index does; in C order without. */
  readonly laid?: boolean;
}

/** Operands `[x, ...indices]`: `out[before, ...k, after] = x[before, indices[…k], after]`. */
export const gatherPrimitive: Primitive<GatherAttrs> = primitive('gather', ([x, ...indices], attrs) => {
  const { axes, at, names } = attrs;
  const shape = broadcastIndices(indices.map((i) => i.shape));
  if (attrs.laid === true && (shape.length > 1 || x.ndim > 1))
    return pickLaid(x, axes, at, indices, shape, (from, along, picks, to) => gatherC(from, picks, along, 0, names, to));
  return gatherC(x, indices, axes, at, names, shape);
});

function gatherC(
  x: ArrayValue,
  indices: readonly ArrayValue[],
  axes: readonly number[],
  at: number,
  names: readonly number[],
  shape: readonly number[],
): ArrayValue {
  const n = sizeOf(shape);
  if (n > CHUNK && at === 0 && indices.every((i) => sameShape(i.shape, shape)))
    return gatherChunks(x, indices, axes, names, shape, n);
  return gatherAt(x, positionsOf(x, indices, axes, names, shape, n), shape, axes, at);
}

/** A gather whose result begins with the axes of the indices, a chunk of them at a time: positions are used while they are near. */
function gatherChunks(
  x: ArrayValue,
  indices: readonly ArrayValue[],
  axes: readonly number[],
  names: readonly number[],
  shape: readonly number[],
  n: number,
): ArrayValue {
  const inner = others(x.ndim, axes);
  const out = allocate([...shape, ...inner.map((d) => x.shape[d])], x.dtype, x.face);
  const src = cells(x, 'getitem');
  const dst = cells(out, 'getitem');
  const readers = indices.map((index, k) =>
    indexReader(index, src.strides[axes[k]], x.shape[axes[k]], names[k], 'getitem'),
  );
  const w = walk(x.shape, src, [], inner);
  const each = w.run * w.inner.length;
  if (readers.length === 1 && takeCells(src, dst, w, readers[0], n)) return out;
  const p = roomFor(CHUNK, x);
  for (let i = 0; i < n; i += CHUNK) {
    const count = Math.min(CHUNK, n - i);
    for (let k = 0; k < readers.length; k++) addIndices(p, 0, readers[k], i, count, k === 0);
    gatherCells(src, { ...dst, at: dst.at + i * each }, w, count === CHUNK ? p : p.subarray(0, count));
  }
  return out;
}

/** Positions in x, in units, of index arrays broadcast to a shape. */
export function positionsOf(
  x: ArrayValue,
  indices: readonly ArrayValue[],
  axes: readonly number[],
  names: readonly number[],
  shape: readonly number[],
  n: number,
): Positions {
  const c = cells(x, 'getitem');
  const out = roomFor(n, x);
  if (indices.length === 0) out.fill(0);
  // Where nothing is indexed, indices are not looked at, as in NumPy.
  if (n === 0) return out;
  indices.forEach((index, k) => {
    const reader = indexReader(index, c.strides[axes[k]], x.shape[axes[k]], names[k], 'getitem');
    const same = sameShape(index.shape, shape);
    const m = index.size;
    const own = same ? out : out instanceof Int32Array ? new Int32Array(m) : new Float64Array(m);
    for (let i = 0; i < m; i += CHUNK) addIndices(own, i, reader, i, Math.min(CHUNK, m - i), k === 0 || !same);
    if (!same) addStretched(out, own, index.shape, shape, k === 0);
  });
  return out;
}

const others = (nd: number, axes: readonly number[]): number[] => {
  const out: number[] = [];
  for (let d = 0; d < nd; d++) if (!axes.includes(d)) out.push(d);
  return out;
};

function gatherAt(
  x: ArrayValue,
  p: Positions,
  shape: readonly number[],
  axes: readonly number[],
  at: number,
): ArrayValue {
  const free = others(x.ndim, axes);
  const outer = free.slice(0, at);
  const inner = free.slice(at);
  const full = [...outer.map((d) => x.shape[d]), ...shape, ...inner.map((d) => x.shape[d])];
  const out = allocate(full, x.dtype, x.face);
  if (out.size > 0) {
    const src = cells(x, 'getitem');
    gatherCells(src, cells(out, 'getitem'), walk(x.shape, src, outer, inner), p);
  }
  return out;
}

/** The int64 coordinates of a mask's true elements, as NumPy's nonzero gives them; a mask of no dimensions has one coordinate less than it has elements. */
export function nonzeroOf(mask: ArrayValue): ArrayValue[] {
  const m = maskBytes(mask, 'nonzero');
  const n = countTrue(m);
  return coordinates(m, n, mask.shape, () => allocate([n], int64, mask.face));
}

/** Index arrays of a plan with masks replaced by coordinates. */
function indexArrays(parts: readonly FancyPart[]): {
  arrays: ArrayValue[];
  axes: number[];
  names: number[];
  own: ArrayValue[];
  shapes: (readonly number[])[];
} {
  const arrays: ArrayValue[] = [];
  const axes: number[] = [];
  const names: number[] = [];
  const own: ArrayValue[] = [];
  const shapes: (readonly number[])[] = [];
  for (const p of parts) {
    if (!p.mask) {
      arrays.push(p.array);
      axes.push(p.axes[0]);
      names.push(p.axis);
      shapes.push(p.array.shape);
    } else if (p.array.ndim === 0) shapes.push([maskBytes(p.array, 'getitem')[0]]);
    else {
      const found = nonzeroOf(p.array);
      own.push(...found);
      found.forEach((a, k) => {
        arrays.push(a);
        axes.push(p.axes[k]);
        names.push(p.axis + k);
      });
      shapes.push(...found.map((f) => f.shape));
    }
  }
  return { arrays, axes, names, own, shapes };
}

/**
 * `a[index]`: a view for integers, slices and new axes, a fresh array for index arrays and masks.
 *
 * @param entries the index, one entry each: see `parseIndex`
 * @throws IndexError as NumPy
 */
export function getitem(a: ArrayValue, entries: readonly unknown[]): ArrayValue {
  return getPlanned(a, planIndex(a.shape, parseIndex(entries)));
}

export function getPlanned(given: ArrayValue, plan: Plan): ArrayValue {
  const odd = plan.parts.length > 0 && given.dtype.kind !== 'V' && given.interpreter === null && !isAligned(given);
  const a = odd ? copyAs(given, given.dtype) : given;
  const view = plan.whole && (plan.parts.length > 0 || a.interpreter !== null) ? a : basicView(a, plan.steps);
  const { parts, at } = plan;
  if (parts.length === 0) return view;
  if (parts.length === 1 && parts[0].mask && view.interpreter === null && parts[0].array.interpreter === null)
    return getMasked(view, parts[0], at);
  const { arrays, axes, names, own, shapes } = indexArrays(parts);
  const extra = parts.some((p) => p.mask && p.array.ndim === 0);
  // A mask of no dimensions adds an axis without taking one: index arrays that say only how often.
  const out = extra
    ? gatherRepeated(view, arrays, axes, names, at, broadcastIndices(shapes))
    : bind1(gatherPrimitive, [view, ...arrays], { axes, at, names, laid: isOrdered(view) });
  if (view.interpreter === null) for (const o of own) release(o);
  return out;
}

function gatherRepeated(
  x: ArrayValue,
  arrays: readonly ArrayValue[],
  axes: readonly number[],
  names: readonly number[],
  at: number,
  shape: readonly number[],
): ArrayValue {
  return gatherAt(x, positionsOf(x, arrays, axes, names, shape, sizeOf(shape)), shape, axes, at);
}

/** `x[mask]`, where the mask takes some neighbouring axes of x. */
function getMasked(x: ArrayValue, { array, axes }: FancyPart, at: number): ArrayValue {
  const m = maskBytes(array, 'getitem');
  const n = countTrue(m);
  if (axes.length === x.ndim) {
    const out = allocate([n], x.dtype, x.face);
    if (n === 0 || compressInto(out, x, m, n)) return out;
    release(out);
  }
  if (!isOrdered(x)) return gatherAt(x, maskedPositions(x, m, n, axes), [n], axes, at);
  return pickLaid(x, axes, at, [], [n], (from, along) =>
    gatherAt(from, maskedPositions(from, m, n, along), [n], along, 0),
  );
}

function maskedPositions(x: ArrayValue, m: Uint8Array, n: number, axes: readonly number[]): Positions {
  const c = cells(x, 'getitem');
  return maskPositions(
    m,
    n,
    axes.map((d) => x.shape[d]),
    axes.map((d) => c.strides[d]),
    x,
  );
}

/**
 * Where all elements of an index result are, in C order: distances from a's first element, in components (halves of complex
 * elements count one each). And the result's shape.
 */
export function indexPlaces(
  a: ArrayValue,
  entries: readonly unknown[],
): { readonly shape: readonly number[]; readonly places: Int32Array | Float64Array } {
  const plan = planIndex(a.shape, parseIndex(entries));
  const t = target(a, plan);
  const c = cells(t.view, 'at');
  const w = walk(t.view.shape, c, t.outer, t.inner);
  const n = sizeOf(t.shape);
  const width = a.dtype.itemsize / a.dtype.parts;
  const scale = c.unit.make.BYTES_PER_ELEMENT / width;
  const start = (t.view.offset - a.offset) / width;
  const places =
    t.positions instanceof Int32Array && roomFor(0, a) instanceof Int32Array ? new Int32Array(n) : new Float64Array(n);
  if (n > 0 && n === t.positions.length) {
    for (let i = 0; i < n; i += CHUNK) shift(places, t.positions, i, Math.min(n, i + CHUNK), scale, start);
    return { shape: t.shape, places };
  }
  const each = w.run / c.unit.count;
  let k = 0;
  for (let o = 0; o < w.outer.length && n > 0; o++) {
    for (let i = 0; i < t.positions.length; i++) {
      for (let j = 0; j < w.inner.length; j++) {
        const at = start + (w.outer[o] + t.positions[i] + w.inner[j]) * scale;
        for (let r = 0; r < each; r++) places[k++] = at + r * a.dtype.parts;
      }
    }
  }
  return { shape: t.shape, places };
}

function shift(out: Positions, p: Positions, from: number, to: number, scale: number, start: number): void {
  for (let i = from; i < to; i++) out[i] = p[i] * scale + start;
}

/** What an index with index arrays points at, ready to be written. */
interface Target {
  readonly view: ArrayValue;
  readonly positions: Positions;
  readonly shape: readonly number[];
  readonly outer: readonly number[];
  readonly inner: readonly number[];
}

const ORIGIN = new Int32Array(1);

function target(a: ArrayValue, plan: Plan): Target {
  const g = viewGeometry(plan.steps, a.strides, a.offset);
  const view = a.face.view(a, a.dtype, g.shape, g.strides, g.offset);
  const { parts, at } = plan;
  let positions: Positions = ORIGIN;
  let shape: readonly number[] = [];
  let axes: readonly number[] = [];
  if (parts.length === 1 && parts[0].mask) {
    const m = maskBytes(parts[0].array, 'setitem');
    const n = countTrue(m);
    axes = parts[0].axes;
    shape = [n];
    positions = maskedPositions(view, m, n, axes);
  } else if (parts.length > 0) {
    const found = indexArrays(parts);
    axes = found.axes;
    shape = broadcastIndices(found.shapes);
    positions = positionsOf(view, found.arrays, axes, found.names, shape, sizeOf(shape));
    for (const o of found.own) release(o);
  }
  const free = others(view.ndim, axes);
  const outer = free.slice(0, at);
  const inner = free.slice(at);
  return {
    view,
    positions,
    shape: [...outer.map((d) => view.shape[d]), ...shape, ...inner.map((d) => view.shape[d])],
    outer,
    inner,
  };
}

// ---- assignment --------------------------------------------------------------------------------------------------

/** Whether a value has axes, or memory, of its own; otherwise it is one Python-like scalar. */
export const isArrayData = (v: unknown): boolean =>
  v instanceof ArrayValue ||
  Array.isArray(v) ||
  (typeof v === 'object' && v !== null && (typedArrayDtype(v) !== null || (ARRAY in v && !isComplex(v))));

const scalarValue = (v: unknown, d: DType): ArrayValue | Immediate => {
  if (d.index < 0) return fromScalar(v, d);
  const e = toElement(v, d);
  return new Immediate(d, e.re, e.im);
};

const depth = (x: unknown): number =>
  Array.isArray(x) ? 1 + (x.length > 0 ? depth(x[0]) : 0) : x instanceof ArrayValue ? x.ndim : 0;

/**
 * A value for assignment to elements of a dtype: a checked scalar, or an array. Lists are read element by element as
 * Python scalars are, so that what does not fit is refused; arrays keep their dtype and are cast without asking.
 */
export function assignable(v: unknown, d: DType): ArrayValue | Immediate {
  if (!isArrayData(v)) return scalarValue(v, d);
  const a = Array.isArray(v) ? toArray(v, d) : toArray(v);
  if (a.dtype.kind === 'c' && 'iuf'.includes(d.kind))
    warn('ComplexWarning', 'Casting complex values to real discards the imaginary part');
  return a;
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
  const t = target(a, plan);
  const v = assignable(value, a.dtype);
  writeTo(t, v, a.dtype);
}

function setBasic(a: ArrayValue, plan: Plan, value: unknown): void {
  const g = viewGeometry(plan.steps, a.strides, a.offset);
  const list = Array.isArray(value);
  if (!list && !isArrayData(value)) {
    if (g.shape.length === 0) setElement(a, g.offset, value);
    else assignTo(a.face.view(a, a.dtype, g.shape, g.strides, g.offset), scalarValue(value, a.dtype));
    return;
  }
  if (plan.scalar && a.dtype.layout !== null) {
    setElement(a, g.offset, value);
    return;
  }
  if (a.dtype.kind === 'O' && (plan.scalar || list)) {
    setObjects(a, g, value, plan.scalar);
    return;
  }
  if (plan.scalar && (list || toArray(value).ndim > 0)) {
    if (a.dtype.kind === 'b' && toArray(value).size === 1) setElement(a, g.offset, truthOf(toArray(value)));
    else if (list && (a.dtype.kind === 'i' || a.dtype.kind === 'u'))
      throw new TypeError("int() argument must be a string or a real number, not 'list'");
    else throw new ValueError('setting an array element with a sequence.');
    return;
  }
  if (list && a.dtype.layout === null && a.dtype.kind !== 'O' && depth(value) > g.shape.length) {
    throw new ValueError(
      `setting an array element with a sequence. The requested array would exceed the maximum number of dimension of ${g.shape.length}.`,
    );
  }
  const dst = a.face.view(a, a.dtype, g.shape, g.strides, g.offset);
  assignTo(dst, assignable(value, a.dtype));
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

const truthOf = (v: ArrayValue): boolean => maskBytes(v, 'setitem')[0] !== 0;

/** Writes one scalar at a byte offset; the memory is the caller's to write. */
export function setElement(a: ArrayValue, at: number, value: unknown): void {
  const d = a.dtype;
  if (d.index < 0) {
    const dst = a.face.view(a, d, [], [], at);
    assignTo(dst, value instanceof ArrayValue && value.ndim === 0 ? value : fromScalar(value, d));
    return;
  }
  const e = toElement(value, d);
  const write = accessor(host(a.buffer, 'setitem'), d.part);
  write.set(at, e.re);
  if (d.kind === 'c') write.set(at + d.itemsize / 2, e.im);
}

/** `a[mask] = value` for a mask of a's own shape. */
function setMasked(a: ArrayValue, mask: ArrayValue, value: unknown): void {
  const v = assignable(value, a.dtype);
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
