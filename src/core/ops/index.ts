import { isOrdered, type ArrayValue } from '../array.js';
import { allocate } from '../coerce.js';
import { type Attrs, bind1, type Primitive } from '../dispatch.js';
import { int64 } from '../dtype.js';
import { sameShape, sizeOf } from '../view.js';
import { copyAs } from './copy.js';
import { parseIndex } from './entries.js';
import { cells, CHUNK, type Positions, roomFor } from './cells.js';
import { addIndices, addStretched, gatherCells, indexReader, takeCells, walk } from './gather.js';
import { compressInto, coordinates, countTrue, maskBytes, maskPositions } from './masks.js';
import { pickLaid } from './laid.js';
import { expandAxes, slice, squeezeAxes } from './move.js';
import { type BasicStep, broadcastIndices, type FancyPart, type Plan, planIndex, viewGeometry } from './plan.js';
import { gatherOn } from './movement.js';
import { isAligned } from './odd-memory.js';
import { release } from './operand.js';
import { elsewhere } from './place.js';

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
export const gatherPrimitive: Primitive<GatherAttrs> = {
  name: 'gather',
  anywhere: true,
  run: ([x, ...indices], attrs) => {
    const { axes, at, names } = attrs;
    const shape = broadcastIndices(indices.map((i) => i.shape));
    const device = elsewhere([x, ...indices], 'gather');
    if (device !== null) return gatherOn(device, x, indices, { axes, names, at, shape });
    if (attrs.laid === true && (shape.length > 1 || x.ndim > 1))
      return pickLaid(x, axes, at, indices, shape, (from, along, picks, to) =>
        gatherC(from, picks, along, 0, names, to),
      );
    return gatherC(x, indices, axes, at, names, shape);
  },
  infer: ([x, ...indices], { axes, at }) => {
    const rest = x.shape.filter((_, k) => !axes.includes(k));
    return {
      shape: [...rest.slice(0, at), ...broadcastIndices(indices.map((i) => i.shape)), ...rest.slice(at)],
      dtype: x.dtype,
    };
  },
};

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

export function maskedPositions(x: ArrayValue, m: Uint8Array, n: number, axes: readonly number[]): Positions {
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
export interface Target {
  readonly view: ArrayValue;
  readonly positions: Positions;
  readonly shape: readonly number[];
  readonly outer: readonly number[];
  readonly inner: readonly number[];
}

const ORIGIN = new Int32Array(1);

export function target(a: ArrayValue, plan: Plan): Target {
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
