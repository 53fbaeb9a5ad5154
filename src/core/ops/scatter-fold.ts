import type { ArrayValue } from '../array.js';
import { accessor, CONTAINER, host, isHost, type TypedArray, typedView } from '../device/access.js';
import type { Device, ScatterStep } from '../device/device.js';
import { bind1, type Primitive } from '../dispatch.js';
import { sizeOf } from '../view.js';
import { unitOf } from './cells.js';
import { copyAs } from './copy.js';
import { positionsOf } from './index.js';
import { scatterOn } from './movement.js';
import { uploaded, elsewhere } from './place.js';
import { broadcastIndices } from './plan.js';

/** Values put into places of an array, one after another: what each does to what stands there is the step. */

export type { ScatterStep };

export interface ScatterFoldAttrs {
  readonly [key: string]: unknown;
  readonly step: ScatterStep;
  /** What stands in the array before is no value of its own, only where the fold begins: it has no share in an extreme. */
  readonly neutral?: boolean;
}

type Step = (a: any, v: any) => any;
/** Steps on numbers and bigints. A nan stays. */
const STEPS: Readonly<Record<ScatterStep, Step>> = {
  update: (_, v) => v,
  add: (a, v) => a + v,
  subtract: (a, v) => a - v,
  maximum: (a, v) => (a >= v || a !== a ? a : v),
  minimum: (a, v) => (a <= v || a !== a ? a : v),
  multiply: (a, v) => a * v,
};

/** Products of integers of up to 32 bits wrap around, and products of complex numbers mix their parts. */
const stepFor = (a: ArrayValue, step: ScatterStep): Step =>
  step === 'multiply' && a.dtype.kind !== 'f' && a.dtype.itemsize <= 4 ? Math.imul : STEPS[step];

function complexProduct(t: TypedArray, to: number, v: TypedArray, from: number): void {
  const [a, b, c, d] = [t[to], t[to + 1], v[from], v[from + 1]] as number[];
  t[to] = a * c - b * d;
  t[to + 1] = a * d + b * c;
}

/**
 * Operands `[base, values, ...indices]`, an index array for each of the first axes: the base after
 * `out[indices…[k], rest] step= values[k, rest]` for every k in order, so that repeated places take part as often as they are named.
 */
export const scatterFoldPrimitive: Primitive<ScatterFoldAttrs> = {
  name: 'scatter_fold',
  anywhere: true,
  run: ([base, given, ...indices], { step }) => {
    const device = elsewhere([base, given, ...indices], 'scatter');
    if (device !== null) return foldOn(device, base, given, indices, step);
    const out = copyAs(base, base.dtype, 'C');
    const values = copyAs(given, base.dtype, 'C');
    const full = broadcastIndices(indices.map((i) => i.shape));
    const axes = indices.map((_, k) => k);
    const places = positionsOf(out, indices, axes, axes, full, sizeOf(full));
    const d = out.dtype;
    // Positions count the units that elements are moved in.
    const width = d.itemsize / d.parts;
    const scale = unitOf(d).make.BYTES_PER_ELEMENT / width;
    const run = sizeOf(out.shape.slice(indices.length)) * d.parts;
    if (values.size === 0) return out;
    if (d.part === 'float16') {
      const t = accessor(host(out.buffer, 'scatter'), d.part);
      const v = accessor(host(values.buffer, 'scatter'), d.part);
      for (let i = 0, k = values.offset; i < places.length; i++) {
        for (let j = 0, to = out.offset + places[i] * scale * width; j < run; j++, k += width, to += width)
          t.set(to, STEPS[step](t.get(to), v.get(k)));
      }
      return out;
    }
    const t = typedView(host(out.buffer, 'scatter'), CONTAINER[d.part]);
    const v = typedView(host(values.buffer, 'scatter'), CONTAINER[d.part]);
    const f = stepFor(out, step);
    const product = d.kind === 'c' && step === 'multiply';
    const [first, at] = [t.base + out.offset / width, v.base + values.offset / width];
    for (let i = 0, k = at; i < places.length; i++) {
      const to = first + places[i] * scale;
      if (product) for (let j = 0; j < run; j += 2, k += 2) complexProduct(t.array, to + j, v.array, k);
      else for (let j = 0; j < run; j++, k++) t.array[to + j] = f(t.array[to + j], v.array[k]);
    }
    return out;
  },
  infer: ([base]) => ({ shape: base.shape, dtype: base.dtype }),
};

function foldOn(
  device: Device,
  base: ArrayValue,
  values: ArrayValue,
  indices: readonly ArrayValue[],
  step: ScatterStep,
): ArrayValue {
  const out = copyAs(isHost(base.buffer) ? uploaded(base, device, 'scatter') : base, base.dtype, 'C');
  const axes = indices.map((_, k) => k);
  const shape = broadcastIndices(indices.map((i) => i.shape));
  scatterOn(device, out, values, indices, { axes, names: axes, at: 0, shape }, step);
  return out;
}

/** See the primitive. */
export const scatterFold = (
  base: ArrayValue,
  values: ArrayValue,
  indices: readonly ArrayValue[],
  attrs: ScatterFoldAttrs,
): ArrayValue => bind1(scatterFoldPrimitive, [base, values, ...indices], attrs);
