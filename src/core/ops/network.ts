import type { ArrayValue } from '../array.js';
import { type Device, Immediate, type Kernel } from '../device/device.js';
import { bind1, type Primitive } from '../dispatch.js';
import { type DType, int32, isFloat, kernelName, type ScalarType } from '../dtype.js';
import * as x from '../ir/expr.js';
import type { Expr, MapProgram } from '../ir/expr.js';
import { castKernelOn } from './casts.js';

/**
 * Sorting where the host does not reach the memory: a bitonic network. Every step is one map over strided views, so that each device that
 * runs programs can sort. Lines are filled up to a power of two; equal values keep their order, since places are compared as well.
 */

/** Whether `a` goes before `b`: by value, NaN last in ascending and first in descending order, and then by place. */
function before(a: Expr, i: Expr, b: Expr, j: Expr, down: boolean): Expr {
  const less = down ? x.gt : x.lt;
  const float = isFloat(a.type);
  const [na, nb] = [x.isnan(a), x.isnan(b)];
  const [first, second] = down ? [na, nb] : [nb, na];
  const sooner = float ? x.or(less(a, b), x.and(first, x.not(second))) : less(a, b);
  const same = float ? x.or(x.eq(a, b), x.and(na, nb)) : x.eq(a, b);
  return x.or(sooner, x.and(same, x.lt(i, j)));
}

const programs = new Map<string, MapProgram>();
const programOf = (key: string, make: () => MapProgram): MapProgram => {
  let p = programs.get(key);
  if (p === undefined) programs.set(key, (p = make()));
  return p;
};

/** One step: each element and its place, or those of its partner. Operands are both, the two places, and the bits of the step and the run. */
const stepProgram = (d: DType, down: boolean): MapProgram =>
  programOf(`step ${d.char} ${down}`, () => {
    const name = kernelName(d);
    const [a, b] = [x.arg(0, d.part), x.arg(1, d.part)];
    const [i, j] = [x.arg(2, 'int32'), x.arg(3, 'int32')];
    const place = x.cast(x.position, 'int32');
    const [low, up] = [x.arg(4, 'int32'), x.arg(5, 'int32')].map((bit) => x.eq(x.and(place, bit), 0));
    // The lower of a pair keeps what goes first where its run ascends.
    const keeps = x.not(x.xor(low, up));
    const other = x.not(x.xor(keeps, before(b, j, a, i, down)));
    return {
      kind: 'map',
      name: 'sort',
      operands: [name, name, 'int32', 'int32', 'int32', 'int32'],
      results: [
        { dtype: name, parts: [x.select(other, b, a)] },
        { dtype: 'int32', parts: [x.select(other, j, i)] },
      ],
    };
  });

/** The place of each element in its line of a power of two. */
const placesProgram: MapProgram = {
  kind: 'map',
  name: 'sort',
  operands: ['int32'],
  results: [{ dtype: 'int32', parts: [x.and(x.cast(x.position, 'int32'), x.arg(0, 'int32'))] }],
};

/** What goes last in a dtype. */
function last(d: DType, down: boolean): number {
  switch (d.part as ScalarType) {
    case 'float32':
    case 'float64':
      return down ? Number.NEGATIVE_INFINITY : Number.NaN;
    case 'int32':
      return down ? -(2 ** 31) : 2 ** 31 - 1;
    case 'uint32':
      return down ? 0 : 2 ** 32 - 1;
    default:
      return down ? 0 : 1;
  }
}

interface Half {
  readonly dtype: DType;
  buffer: ReturnType<Device['allocate']>;
}

/** Places of the elements of each line (the last axis) in order, as int32 in C order. */
function ranksOn(device: Device, a: ArrayValue, down: boolean): ArrayValue {
  const n = a.shape[a.ndim - 1];
  const lines = a.size / n;
  const width = 2 ** Math.ceil(Math.log2(n));
  const total = lines * width;
  const d = a.dtype;
  const w = d.itemsize;
  const room = (dtype: DType): Half => ({ dtype, buffer: device.allocate(total * dtype.itemsize) });
  let [values, spare] = [room(d), room(d)];
  let [at, spareAt] = [room(int32), room(int32)];
  const copy: Kernel = castKernelOn(device, d, d);
  const filled = { dtype: d, buffer: values.buffer, offset: 0 };
  if (width > n) copy.run([total], [new Immediate(d, last(d, down)), filled], [[], [w]]);
  const outer = a.shape.slice(0, -1);
  const rows: number[] = [];
  for (let k = outer.length - 1, step = width * w; k >= 0; k--) {
    rows[k] = step;
    step *= outer[k];
  }
  copy.run(a.shape, [a, filled], [a.strides, [...rows, w]]);
  device
    .prepare(placesProgram)
    .run([total], [new Immediate(int32, width - 1), { dtype: int32, buffer: at.buffer, offset: 0 }], [[], [4]]);
  const kernel = device.prepare(stepProgram(d, down));
  for (let run = 2; run <= width; run *= 2) {
    for (let gap = run / 2; gap >= 1; gap /= 2) {
      const shape = [total / (2 * gap), 2, gap];
      const own = (size: number): number[] => [2 * gap * size, gap * size, size];
      const turned = (size: number): number[] => [2 * gap * size, -gap * size, size];
      const of = (h: Half, offset = 0) => ({ dtype: h.dtype, buffer: h.buffer, offset });
      // The last merge ascends as a whole.
      const bits = [gap, run === width ? 0 : run].map((bit) => new Immediate(int32, bit));
      kernel.run(
        shape,
        [of(values), of(values, gap * w), of(at), of(at, gap * 4), ...bits, of(spare), of(spareAt)],
        [own(w), turned(w), own(4), turned(4), [], [], own(w), own(4)],
      );
      [values, spare] = [spare, values];
      [at, spareAt] = [spareAt, at];
    }
  }
  const out = a.face.fresh(device.allocate(a.size * 4), int32, a.shape);
  castKernelOn(device, int32, int32).run(
    a.shape,
    [{ dtype: int32, buffer: at.buffer, offset: 0 }, out],
    [[...rows.map((s) => (s / w) * 4), 4], out.strides],
  );
  for (const h of [values, spare, at, spareAt]) h.buffer.free();
  return out;
}

export interface RankAttrs {
  readonly [key: string]: unknown;
  readonly down: boolean;
}
/** Places of the elements of each line (the last axis) in order, where the operand is; a dtype that orders by its numbers. */
export const ranksPrimitive: Primitive<RankAttrs> = {
  name: 'ranks',
  run: ([a], { down }) => {
    const { device } = a.buffer;
    return a.size === 0 ? a.face.fresh(device.allocate(0), int32, a.shape) : ranksOn(device, a, down);
  },
};
export const ranksElsewhere = (a: ArrayValue, down: boolean): ArrayValue => bind1(ranksPrimitive, [a], { down });
