import type { ArrayValue } from '../array.js';
import { allocate } from '../coerce.js';
import { accessor, CONTAINER, host, typedView } from '../device/access.js';
import { bind1, type Primitive } from '../dispatch.js';
import { sizeOf } from '../view.js';
import { spread, unitOf } from './cells.js';
import { type GatherAttrs, positionsOf } from './index.js';
import { scatterOn, zerosOn } from './movement.js';
import { elsewhere } from './place.js';
import { broadcastIndices } from './plan.js';

/** The transpose of gather: what its gradient is made of, and sums by index. */

export interface ScatterAddAttrs extends GatherAttrs {
  /** Shape of the result. */
  readonly shape: readonly number[];
}

function addFloats(
  t: Float64Array,
  v: Float64Array,
  at: number,
  from: number,
  outer: ArrayLike<number>,
  p: ArrayLike<number>,
  inner: ArrayLike<number>,
  parts: number,
): void {
  let k = from;
  for (let o = 0; o < outer.length; o++) {
    for (let i = 0; i < p.length; i++) {
      const base = at + outer[o] + p[i];
      for (let j = 0; j < inner.length; j++) for (let c = 0; c < parts; c++) t[base + inner[j] + c] += v[k++];
    }
  }
}

/**
 * Operands `[values, ...indices]`: zeros of the given shape to which values are added at indices, repeated ones included:
 * `out[before, indices[…k], after] += values[before, ...k, after]`. The attributes are those of the gather it transposes.
 */
export const scatterAddPrimitive: Primitive<ScatterAddAttrs> = {
  name: 'scatter_add',
  anywhere: true,
  run: ([values, ...indices], { shape, axes, at, names }) => {
    const d = values.dtype;
    const device = elsewhere([values, ...indices], 'scatter_add');
    if (device !== null) {
      const sums = zerosOn(device, shape, values);
      const named = broadcastIndices(indices.map((i) => i.shape));
      scatterOn(device, sums, values, indices, { axes, names, at, shape: named }, 'add');
      return sums;
    }
    const out = allocate(shape, d, values.face, true);
    const full = broadcastIndices(indices.map((i) => i.shape));
    const p = positionsOf(out, indices, axes, names, full, sizeOf(full));
    const free = shape.map((_, k) => k).filter((k) => !axes.includes(k));
    // Positions count the units that elements are moved in; sums are made on components.
    const width = d.itemsize / d.parts;
    const scale = unitOf(d).make.BYTES_PER_ELEMENT / width;
    const units = scale === 1 ? p : p.map((x) => x * scale);
    const list = (of: readonly number[]): ArrayLike<number> =>
      spread(
        of.map((k) => shape[k]),
        of.map((k) => out.strides[k] / width),
      );
    const outer = list(free.slice(0, at));
    const inner = list(free.slice(at));
    if (values.size === 0) return out;
    const source = host(values.buffer, 'scatter_add');
    const lanes = spread(
      values.shape,
      values.strides.map((s) => s / width),
    );
    if (d.part === 'float64' || d.part === 'float32') {
      const t = typedView(host(out.buffer, 'scatter_add'), CONTAINER[d.part]);
      const s = typedView(source, CONTAINER[d.part]);
      const flat = new (CONTAINER[d.part] as Float64ArrayConstructor)(values.size * d.parts);
      const from = s.base + values.offset / width;
      for (let i = 0, k = 0; i < lanes.length; i++)
        for (let c = 0; c < d.parts; c++) flat[k++] = (s.array as Float64Array)[from + lanes[i] + c];
      addFloats(t.array as Float64Array, flat, t.base + out.offset / width, 0, outer, units, inner, d.parts);
      return out;
    }
    const read = accessor(source, d.part);
    const write = accessor(host(out.buffer, 'scatter_add'), d.part);
    let k = 0;
    for (let o = 0; o < outer.length; o++) {
      for (let i = 0; i < units.length; i++) {
        for (let j = 0; j < inner.length; j++) {
          const to = out.offset + (outer[o] + units[i] + inner[j]) * width;
          const v = read.get(values.offset + lanes[k++] * width);
          write.set(to, (write.get(to) as number) + (v as number));
        }
      }
    }
    return out;
  },
  infer: ([values], { shape }) => ({ shape, dtype: values.dtype }),
};

/** Zeros with values added at indices; see the primitive. */
export const scatterAdd = (values: ArrayValue, indices: readonly ArrayValue[], attrs: ScatterAddAttrs): ArrayValue =>
  bind1(scatterAddPrimitive, [values, ...indices], attrs);
