import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArrayValue, isCContiguous } from '../../../src/core/array.js';
import { allocate } from '../../../src/core/coerce.js';
import type { HostBuffer } from '../../../src/core/device/device.js';
import { asDtype } from '../../../src/core/dtype.js';
import { copyAs } from '../../../src/core/ops/copy.js';
import { cStrides } from '../../../src/core/view.js';
import { writer } from '../../../src/ndarray/statistics/lanes.js';
import type { NDArray } from '../../../src/ndarray/ndarray.js';

/** Inputs by the formula of tests/golden/statistics.py, and the bytes of results. */

export type Case = readonly [
  f: string,
  dtype: string,
  shape: readonly number[],
  layout: string,
  kw: Record<string, unknown>,
  ...result: [string, readonly number[] | string, string],
];

export const load = (): { readonly cases: readonly Case[] } =>
  JSON.parse(readFileSync(join(__dirname, '../../golden/statistics.json'), 'utf8'));

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function values(dtype: string, n: number, holes: boolean): NDArray {
  const d = asDtype(dtype);
  const out = allocate([n], d) as NDArray;
  const put = writer(out);
  for (let i = 0; i < n; i++) {
    const k = (i * 7919 + 13) % 10007;
    if (d.kind === 'b') put(i, k % 3 === 0 ? 1 : 0);
    else if (d.kind === 'i' || d.kind === 'u') {
      const v = d.kind === 'u' ? k % 200 : (k % 200) - 100;
      put(i, d.itemsize === 8 ? BigInt(v) : v);
    } else {
      const x = holes && i % 11 === 0 ? Number.NaN : (k - 5000) / 1000;
      put(i, x, (((k * 31) % 10007) - 5000) / 1000);
    }
  }
  return out;
}

export function laid(dtype: string, shape: readonly number[], layout: string): NDArray {
  const [kind, nan] = layout.split('+');
  const holes = nan === 'nan';
  const w = asDtype(dtype).itemsize;
  const n = sizeOf(shape);
  const make = (count: number, strides: readonly number[], offset: number): NDArray => {
    const flat = values(dtype, count, holes);
    return flat.viewOf(flat.dtype, shape, strides, offset);
  };
  switch (kind) {
    case 'F':
      return make(n, cStrides([...shape].reverse(), w).reverse(), 0);
    case 'reversed':
      return make(
        n,
        cStrides(shape, w).map((s) => -s),
        Math.max(0, n - 1) * w,
      );
    case 'strided': {
      const strides = cStrides([...shape.slice(0, -1), 2 * shape[shape.length - 1]], w);
      return make(2 * n, [...strides.slice(0, -1), 2 * w], 0);
    }
    case 'part': {
      const wide = [...shape.slice(0, -1), shape[shape.length - 1] + 3];
      return make(sizeOf(wide), cStrides(wide, w), w);
    }
    default:
      return make(n, cStrides(shape, w), 0);
  }
}

export function bytesOf(a: ArrayValue): Uint8Array {
  const c = isCContiguous(a) ? a : copyAs(a, a.dtype, 'C');
  return (c.buffer as HostBuffer).bytes.slice(c.offset, c.offset + c.size * c.dtype.itemsize);
}

/** Components as numbers or bigints, with every NaN alike. */
export function components(dtype: string, bytes: Uint8Array): unknown[] {
  const d = asDtype(dtype);
  const a = allocate([bytes.length / d.itemsize], d) as NDArray;
  (a.buffer as HostBuffer).bytes.set(bytes);
  return Array.from({ length: a.size }, (_, i) => a.item(i, { bigint: true })).flatMap((v) =>
    typeof v === 'object' && v !== null ? [(v as { re: number }).re, (v as { im: number }).im] : [v],
  );
}
