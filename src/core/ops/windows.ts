import { ArrayValue, type Face } from '../array.js';
import { allocate } from '../coerce.js';
import { isHost } from '../device/access.js';
import type { DeviceBuffer } from '../device/device.js';
import { bind1, type Interpreter, type Primitive, primitive } from '../dispatch.js';
import type { DType } from '../dtype.js';
import { cStrides, sizeOf } from '../view.js';
import { copyAs } from './copy.js';
import { execute, PLAIN } from './execute.js';
import { strided } from './move.js';
import { zerosOn } from './movement.js';
import type { UfuncRow } from './row.js';
import * as rows from './ufuncs/arithmetic.js';
import { equal, greater, logical_or } from './ufuncs/logic.js';

/**
 * Sliding windows over some neighbouring axes, and what convolutions and poolings need of them: the windows as a view, their transpose (entries
 * added back where they were read), and folds of each window.
 */

/** Windows over the axes from `first` on, one entry of the lists for each. */
export interface WindowAttrs {
  readonly [key: string]: unknown;
  readonly first: number;
  readonly size: readonly number[];
  readonly step: readonly number[];
  readonly dilation: readonly number[];
}

/** How many windows there are along an axis of length n. */
export const windowCount = (n: number, size: number, step: number, dilation: number): number =>
  Math.max(0, Math.floor((n - ((size - 1) * dilation + 1)) / step) + 1);

const counts = (shape: readonly number[], { first, size, step, dilation }: WindowAttrs): number[] =>
  size.map((k, i) => windowCount(shape[first + i], k, step[i], dilation[i]));

/** [before, S…, after] as [before, O…, K…, after]. */
function windowShape(shape: readonly number[], w: WindowAttrs): number[] {
  const end = w.first + w.size.length;
  return [...shape.slice(0, w.first), ...counts(shape, w), ...w.size, ...shape.slice(end)];
}

export const windowsPrimitive: Primitive<WindowAttrs> = primitive('windows', ([a], w) => {
  const end = w.first + w.size.length;
  const along = a.strides.slice(w.first, end);
  return strided(a, windowShape(a.shape, w), [
    ...a.strides.slice(0, w.first),
    ...along.map((s, i) => s * w.step[i]),
    ...along.map((s, i) => s * w.dilation[i]),
    ...a.strides.slice(end),
  ]);
});
/** The windows, as a view: [before, S…, after] gives [before, O…, K…, after]. */
export const windowsOf = (a: ArrayValue, w: WindowAttrs): ArrayValue => bind1(windowsPrimitive, [a], w);

/** Memory that a primitive fills before anybody else sees it. */
class Draft extends ArrayValue {
  override readonly interpreter: Interpreter | null = null;
  constructor(
    override readonly buffer: DeviceBuffer,
    override readonly dtype: DType,
    override readonly shape: readonly number[],
    override readonly strides: readonly number[],
    override readonly offset: number,
  ) {
    super();
  }
  override get face(): Face {
    return draftFace;
  }
}
const draftFace: Face = {
  name: 'Draft',
  priority: 100,
  fresh: (buffer, dtype, shape, strides) =>
    new Draft(buffer, dtype, shape, strides ?? cStrides(shape, dtype.itemsize), 0),
  view: (of, dtype, shape, strides, offset) => new Draft(of.buffer, dtype, shape, strides, offset),
  beforeWrite: () => {},
};

/** Zeros where an operand is. */
function zerosFor(shape: readonly number[], g: ArrayValue): ArrayValue {
  const { device } = g.buffer;
  return isHost(g.buffer)
    ? allocate(shape, g.dtype, draftFace, true)
    : zerosOn(device, shape, { dtype: g.dtype, face: draftFace });
}

const draftOf = (a: ArrayValue): Draft => new Draft(a.buffer, a.dtype, a.shape, a.strides, a.offset);

/** Views of the entries that stand in the same place of all windows, place by place in C order: [before, O…, after] each. */
function* places(a: ArrayValue, w: WindowAttrs): IterableIterator<ArrayValue> {
  const end = w.first + w.size.length;
  const n = counts(a.shape, w);
  const shape = [...a.shape.slice(0, w.first), ...n, ...a.shape.slice(end)];
  const strides = a.strides.map((s, i) => (i < w.first || i >= end ? s : s * w.step[i - w.first]));
  const at = new Array<number>(w.size.length).fill(0);
  for (let k = sizeOf(w.size); k > 0; k--) {
    const offset = at.reduce((o, p, i) => o + p * w.dilation[i] * a.strides[w.first + i], a.offset);
    yield new Draft(a.buffer, a.dtype, shape, strides, offset);
    for (let i = at.length - 1; i >= 0; i--) {
      if (++at[i] < w.size[i]) break;
      at[i] = 0;
    }
  }
}
/** The same of windows that lie apart: [before, O…, K…, after] gives views [before, O…, after]. */
function* placesApart(g: ArrayValue, w: WindowAttrs): IterableIterator<ArrayValue> {
  const d = w.size.length;
  const from = w.first + d;
  const drop = <T>(list: readonly T[]): T[] => [...list.slice(0, from), ...list.slice(from + d)];
  const at = new Array<number>(d).fill(0);
  for (let k = sizeOf(w.size); k > 0; k--) {
    const offset = at.reduce((o, p, i) => o + p * g.strides[from + i], g.offset);
    yield new Draft(g.buffer, g.dtype, drop(g.shape), drop(g.strides), offset);
    for (let i = d - 1; i >= 0; i--) {
      if (++at[i] < w.size[i]) break;
      at[i] = 0;
    }
  }
}

const into = (
  row: UfuncRow,
  operands: readonly ArrayValue[],
  out: ArrayValue,
  where: ArrayValue | null = null,
): void => {
  execute(row, operands, { ...PLAIN, out: [out], where });
};
/** A draft of zeros as a result that looks like `like`. */
const result = (d: ArrayValue, like: ArrayValue): ArrayValue => like.face.fresh(d.buffer, d.dtype, d.shape, d.strides);

export interface OverlapAttrs extends WindowAttrs {
  /** The shape that the windows were taken of. */
  readonly shape: readonly number[];
}
export const overlapAddPrimitive: Primitive<OverlapAttrs> = primitive(
  'overlap_add',
  ([g], w) => {
    const out = zerosFor(w.shape, g);
    const parts = placesApart(g, w);
    if (g.size > 0) for (const target of places(out, w)) into(rows.add, [target, parts.next().value], target);
    return result(out, g);
  },
  ([g], { shape }) => ({ shape, dtype: g.dtype }),
);
/** The transpose of `windowsOf`: entries of windows added where they were read. */
export const overlapAdd = (g: ArrayValue, w: WindowAttrs, shape: readonly number[]): ArrayValue =>
  bind1(overlapAddPrimitive, [g], { ...w, shape });

export interface WindowFoldAttrs extends WindowAttrs {
  readonly row: UfuncRow;
}
export const windowFoldPrimitive: Primitive<WindowFoldAttrs> = primitive(
  'window_fold',
  ([a], w) => {
    let out: ArrayValue | null = null;
    for (const part of places(a, w)) {
      if (out === null) out = draftOf(copyAs(part, a.dtype, 'C'));
      else if (out.size > 0) into(w.row, [out, part], out);
    }
    return result(out as ArrayValue, a);
  },
  ([a], w) => {
    const end = w.first + w.size.length;
    return { shape: [...a.shape.slice(0, w.first), ...counts(a.shape, w), ...a.shape.slice(end)], dtype: a.dtype };
  },
);
/** The largest entry of each window. */
export const windowMax = (a: ArrayValue, w: WindowAttrs): ArrayValue =>
  bind1(windowFoldPrimitive, [a], { ...w, row: rows.maximum });
/** The sum of each window. */
export const windowSum = (a: ArrayValue, w: WindowAttrs): ArrayValue =>
  bind1(windowFoldPrimitive, [a], { ...w, row: rows.add });

export const windowMaxBackPrimitive: Primitive<WindowAttrs> = primitive(
  'window_max_back',
  ([x, y, g], w) => {
    const out = zerosFor(x.shape, g);
    let taken: ArrayValue | null = null;
    const targets = places(out, w);
    if (y.size === 0) return result(out, g);
    const [top, gradient] = [draftOf(y), draftOf(g)];
    for (const part of places(x, w)) {
      const hit = execute(equal, [part, top], PLAIN) as ArrayValue;
      const target = targets.next().value;
      if (taken === null) taken = hit;
      else {
        // Of equal ones the first has it all.
        into(greater, [hit, taken], hit);
      }
      into(rows.add, [target, gradient], target, hit);
      if (taken !== hit) into(logical_or, [taken, hit], taken);
    }
    return result(out, g);
  },
  ([x, , g]) => ({ shape: x.shape, dtype: g.dtype }),
);
/** The gradient of `windowMax`: to the first entry of each window that is the largest. */
export const windowMaxBack = (x: ArrayValue, y: ArrayValue, g: ArrayValue, w: WindowAttrs): ArrayValue =>
  bind1(windowMaxBackPrimitive, [x, y, g], w);
