import { type ArrayValue, type Face, isCContiguous } from '../array.js';
import { host, isHost, typedView } from '../device/access.js';
import { type Device, Immediate, type PlaceOperand, type ScatterStep, type Strided } from '../device/device.js';
import { int32, int64 } from '../dtype.js';
import { IndexError, TypeError } from '../errors.js';
import { broadcastStrides, sizeOf } from '../view.js';
import { castKernelOn } from './casts.js';
import { copyAs } from './copy.js';
import { unable, uploaded } from './place.js';

/**
 * Gathers and scatters by the routines of devices whose memory the host does not reach. Indices that the host has are checked there before
 * they are copied; those that lie on the device are not: what they name out of range reads 0 and writes nothing.
 */

/** A fresh array on a device. */
export const freshOn = (
  device: Device,
  shape: readonly number[],
  like: { dtype: ArrayValue['dtype']; face: Face },
): ArrayValue => like.face.fresh(device.allocate(sizeOf(shape) * like.dtype.itemsize), like.dtype, shape);

/** Zeros on a device. */
export function zerosOn(
  device: Device,
  shape: readonly number[],
  like: { dtype: ArrayValue['dtype']; face: Face },
): ArrayValue {
  const out = freshOn(device, shape, like);
  const n = out.size;
  if (n > 0)
    castKernelOn(device, like.dtype, like.dtype).run(
      [n],
      [new Immediate(like.dtype, 0), out],
      [[], [like.dtype.itemsize]],
    );
  return out;
}

/** Whether every entry names a place from -n to n - 1. @throws IndexError naming the first that does not */
function checked(index: ArrayValue, n: number, axis: number): ArrayValue {
  const wide = index.dtype === int64 && isCContiguous(index) ? index : copyAs(index, int64, 'C');
  const { array, base } = typedView(host(wide.buffer, 'getitem'), BigInt64Array);
  const from = base + wide.offset / 8;
  for (let i = 0; i < wide.size; i++) {
    const v = array[from + i] as bigint;
    if (v < -n || v >= n) throw new IndexError(`index ${v} is out of bounds for axis ${axis} with size ${n}`);
  }
  return copyAs(wide, int32, 'C');
}

/** Index tensors that were checked and copied for an axis of a length: they do not change. */
const copied = new WeakMap<ArrayValue, Map<number, WeakMap<Device, ArrayValue>>>();

function checkedOn(device: Device, index: ArrayValue, n: number, axis: number, by: string): ArrayValue {
  const known = copied.get(index)?.get(n)?.get(device);
  if (known !== undefined) return known;
  const made = uploaded(checked(index, n, axis), device, by);
  if (index.face.priority > 0) {
    let lengths = copied.get(index);
    if (lengths === undefined) copied.set(index, (lengths = new Map()));
    let there = lengths.get(n);
    if (there === undefined) lengths.set(n, (there = new WeakMap()));
    there.set(device, made);
  }
  return made;
}

/** An index array as int32 on the device. */
function indexOn(device: Device, index: ArrayValue, n: number, axis: number, by: string): ArrayValue {
  if (isHost(index.buffer)) return checkedOn(device, index, n, axis, by);
  if (index.dtype === int32) return index;
  if (index.dtype.kind !== 'i' && index.dtype.kind !== 'u')
    throw new TypeError(`${by}: indices on ${device.name} must be int32, not ${index.dtype.name}`);
  return copyAs(index, int32, 'C');
}

/** The index arrays, one for each of some axes of a table, as a routine reads them over a shape in which theirs begins at `at`. */
function places(
  device: Device,
  table: ArrayValue,
  indices: readonly ArrayValue[],
  axes: readonly number[],
  names: readonly number[],
  at: number,
  shape: readonly number[],
  rank: number,
  by: string,
): PlaceOperand[] {
  const zeros = (n: number): number[] => new Array<number>(n).fill(0);
  return indices.map((given, k) => {
    const n = table.shape[axes[k]];
    const index = indexOn(device, given, n, names[k], by);
    return {
      buffer: index.buffer,
      offset: index.offset,
      strides: [
        ...zeros(at),
        ...broadcastStrides(index.shape, index.strides, shape),
        ...zeros(rank - at - shape.length),
      ],
      length: n,
      step: table.strides[axes[k]],
    };
  });
}

/** The table's memory, walked over by the axes that no index takes. */
function tableOf(table: ArrayValue, axes: readonly number[], at: number, extra: number): Strided {
  const free = table.strides.filter((_, d) => !axes.includes(d));
  return {
    buffer: table.buffer,
    offset: table.offset,
    strides: [...free.slice(0, at), ...new Array<number>(extra).fill(0), ...free.slice(at)],
  };
}

export interface Moved {
  readonly axes: readonly number[];
  readonly names: readonly number[];
  /** Where the axes of the indices go among the table's others. */
  readonly at: number;
  /** The indices' common shape. */
  readonly shape: readonly number[];
}

/** `out[before, ...k, after] = x[before, indices[…k], after]` on a device. */
export function gatherOn(device: Device, given: ArrayValue, indices: readonly ArrayValue[], m: Moved): ArrayValue {
  const routine = device.routines?.gather;
  if (routine === undefined) throw unable(device, 'gather');
  const x = isHost(given.buffer) ? uploaded(given, device, 'gather') : given;
  const free = x.shape.filter((_, d) => !m.axes.includes(d));
  const shape = [...free.slice(0, m.at), ...m.shape, ...free.slice(m.at)];
  const out = freshOn(device, shape, x);
  const named = places(device, x, indices, m.axes, m.names, m.at, m.shape, shape.length, 'gather');
  if (out.size === 0) return out;
  // Of an axis without places nothing can be read.
  if (x.size === 0) return zerosOn(device, shape, x);
  routine({
    dtype: x.dtype,
    shape,
    places: named,
    table: tableOf(x, m.axes, m.at, m.shape.length),
    list: { buffer: out.buffer, offset: out.offset, strides: out.strides },
  });
  return out;
}

/** `into[before, indices[…k], after] step= values[before, ...k, after]` on a device; `into` is the caller's to write. */
export function scatterOn(
  device: Device,
  into: ArrayValue,
  given: ArrayValue,
  indices: readonly ArrayValue[],
  m: Moved,
  step: ScatterStep,
): void {
  const routine = device.routines?.scatter;
  if (routine === undefined) throw unable(device, 'scatter');
  const values = isHost(given.buffer) ? uploaded(given, device, 'scatter') : given;
  const free = into.shape.filter((_, d) => !m.axes.includes(d));
  const shape = [...free.slice(0, m.at), ...m.shape, ...free.slice(m.at)];
  const named = places(device, into, indices, m.axes, m.names, m.at, m.shape, shape.length, 'scatter');
  if (sizeOf(shape) === 0 || into.size === 0) return;
  routine({
    step,
    dtype: into.dtype,
    shape,
    places: named,
    table: tableOf(into, m.axes, m.at, m.shape.length),
    list: {
      buffer: values.buffer,
      offset: values.offset,
      strides: broadcastStrides(values.shape, values.strides, shape),
    },
  });
}
