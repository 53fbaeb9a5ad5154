import type { ArrayValue } from '../array.js';
import { elementsOf } from '../device/elements.js';
import { forEachOffset } from '../device/access.js';
import type { HostBuffer } from '../device/device.js';
import type { DType } from '../dtype.js';
import { ValueError } from '../errors.js';
import { NAT } from '../scalars/time.js';
import { fieldNamed } from './structures.js';

/** Sorting of structures and raw memory: by fields in order, bytes by their numbers. Every sort is stable. */

type Compare = (a: any, b: any) => number;

const less = (a: any, b: any): number => (a < b ? -1 : a > b ? 1 : 0);

function bytesOrder(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

function textOrder(a: string, b: string): number {
  const x = Array.from(a, (c) => c.codePointAt(0) as number);
  const y = Array.from(b, (c) => c.codePointAt(0) as number);
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i] - y[i];
  return x.length - y.length;
}

/** NaN comes last. */
const floats = (a: number, b: number): number => (a !== a ? (b !== b ? 0 : 1) : b !== b ? -1 : less(a, b));

/** How elements of a dtype, as `elementsOf` reads them, are ordered. */
export function comparison(d: DType): Compare {
  if (d.subdtype !== null) {
    const one = comparison(d.subdtype[0]);
    const depth = d.subdtype[1].length;
    return (a, b) => {
      const [x, y] = [a.flat(depth - 1), b.flat(depth - 1)];
      for (let i = 0; i < x.length; i++) {
        const c = one(x[i], y[i]);
        if (c !== 0) return c;
      }
      return 0;
    };
  }
  if (d.layout !== null)
    return byFields(
      d,
      d.layout.map((_, i) => i),
    );
  switch (d.kind) {
    case 'f':
      return floats;
    case 'c':
      return (a, b) => floats(a.re, b.re) || floats(a.im, b.im);
    case 'S':
    case 'V':
      return bytesOrder;
    case 'U':
      return textOrder;
    case 'M':
    case 'm':
      return (a, b) => (a === NAT ? (b === NAT ? 0 : 1) : b === NAT ? -1 : less(a, b));
    default:
      return less;
  }
}

function byFields(d: DType, places: readonly number[]): Compare {
  const each = (d.layout ?? []).map((f) => comparison(f.dtype));
  return (a, b) => {
    for (const i of places) {
      const c = each[i](a[i], b[i]);
      if (c !== 0) return c;
    }
    return 0;
  };
}

/**
 * The order of structures when the fields named are compared first, then the others.
 * @throws ValueError `unknown field name: x`, `duplicate field name: x`
 */
export function orderedBy(d: DType, order: string | readonly string[]): Compare {
  if (d.layout === null) throw new ValueError('Cannot specify order when the array has no fields.');
  const layout = d.layout;
  const first = (typeof order === 'string' ? [order] : order).map((name) => {
    const f = fieldNamed(d, name);
    if (f === null) throw new ValueError(`unknown field name: ${name}`);
    return layout.indexOf(f);
  });
  first.forEach((k, i) => {
    if (first.indexOf(k) !== i) throw new ValueError(`duplicate field name: ${layout[k].name}`);
  });
  return byFields(d, [...first, ...layout.map((_, i) => i).filter((i) => !first.includes(i))]);
}

/** Calls `use` with the byte offsets of a lane's elements, and the places they are sorted to. */
function forEachOrder(
  a: ArrayValue,
  axis: number,
  compare: Compare,
  use: (offset: number, order: readonly number[], values: readonly unknown[]) => void,
): void {
  const keep = (_: unknown, i: number): boolean => i !== axis;
  const at = elementsOf(a.buffer as HostBuffer, a.dtype);
  forEachOffset(a.shape.filter(keep), a.strides.filter(keep), a.offset, (offset) => {
    const values = Array.from({ length: a.shape[axis] }, (_, i) => at.get(offset + i * a.strides[axis]));
    use(
      offset,
      values.map((_, i) => i).sort((i, j) => compare(values[i], values[j]) || i - j),
      values,
    );
  });
}

/** Sorts every lane along an axis in place. */
export function sortElements(a: ArrayValue, axis: number, compare: Compare = comparison(a.dtype)): void {
  const at = elementsOf(a.buffer as HostBuffer, a.dtype);
  forEachOrder(a, axis, compare, (offset, order, values) => {
    for (let i = 0; i < order.length; i++) at.set(offset + i * a.strides[axis], values[order[i]]);
  });
}

/**
 * Writes the order of every lane along an axis into an int64 array of the same shape.
 * @param keys arrays of one shape, the most significant last
 */
export function orderElements(
  keys: readonly ArrayValue[],
  axis: number,
  out: ArrayValue,
  compare: readonly Compare[] = keys.map((k) => comparison(k.dtype)),
): void {
  const keep = (_: unknown, i: number): boolean => i !== axis;
  const startsOf = (a: ArrayValue): number[] => {
    const list: number[] = [];
    forEachOffset(a.shape.filter(keep), a.strides.filter(keep), a.offset, (o) => list.push(o));
    return list;
  };
  const n = out.shape[axis];
  const doors = keys.map((k) => ({
    at: elementsOf(k.buffer as HostBuffer, k.dtype),
    starts: startsOf(k),
    step: k.strides[axis],
  }));
  const to = elementsOf(out.buffer as HostBuffer, out.dtype);
  startsOf(out).forEach((start, lane) => {
    const columns = doors.map((d) => Array.from({ length: n }, (_, i) => d.at.get(d.starts[lane] + i * d.step)));
    const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => {
      for (let k = columns.length - 1; k >= 0; k--) {
        const c = compare[k](columns[k][i], columns[k][j]);
        if (c !== 0) return c;
      }
      return i - j;
    });
    for (let i = 0; i < n; i++) to.set(start + i * out.strides[axis], order[i]);
  });
}

/** The stable order of a one-dimensional array's elements. */
export function elementOrder(a: ArrayValue): Uint32Array {
  const compare = comparison(a.dtype);
  let out = new Uint32Array(0);
  forEachOrder(a, 0, compare, (_, order) => {
    out = Uint32Array.from(order);
  });
  return out;
}

/** Whether elements of a one-dimensional array differ from those before them. */
export function elementChanges(a: ArrayValue): Uint8Array {
  const compare = comparison(a.dtype);
  const at = elementsOf(a.buffer as HostBuffer, a.dtype);
  return Uint8Array.from({ length: a.size }, (_, i) =>
    i === 0 || compare(at.get(a.offset + i * a.strides[0]), at.get(a.offset + (i - 1) * a.strides[0])) !== 0 ? 1 : 0,
  );
}
