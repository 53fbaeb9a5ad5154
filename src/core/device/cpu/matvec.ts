import { CONTAINER, type TypedArray, typedView } from '../access.js';
import type { DeviceBuffer, HostBuffer, MatrixProduct } from '../device.js';
import { groupOffsets, SUM_BLOCK } from '../product.js';
import { kernels, laneBytes } from './gemm.js';
import { heap } from './heap.js';
import { withScratch } from './scratch.js';

/**
 * Products with a vector: every element of the matrix is used once, so it is read where it lies. Sums are made as in the general
 * path, of blocks of SUM_BLOCK terms in order; what runs side by side in the lanes is rows, or blocks, never terms of one block.
 */

type FloatLane = 'f64' | 'f32';
type Floats = Float64Array | Float32Array;

/** A group of axes as one axis with one step, or null. */
export function singleAxis(shape: readonly number[], strides: readonly number[]): { n: number; step: number } | null {
  let n = 1;
  let step = 0;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] === 1) continue;
    if (n === 1) step = strides[d];
    else if (strides[d] !== step * n) return null;
    n *= shape[d];
  }
  return { n, step };
}

const addressOf = (b: DeviceBuffer): number => (b as HostBuffer).address ?? -1;

/**
 * Makes a product in which m or n is 1; false where another path must.
 */
export function vectorProduct(p: MatrixProduct, lane: FloatLane): boolean {
  const size = laneBytes(lane);
  const k = p.k.reduce((n, x) => n * x, 1);
  // The matrix is the operand that varies along the result; the other one is the vector.
  const flip = p.n.some((x) => x !== 1);
  const matrix = flip ? p.right : p.left;
  const vector = flip ? p.left : p.right;
  const shape = flip ? p.n : p.m;
  const major = singleAxis(shape, flip ? matrix.columns : matrix.rows);
  const inner = singleAxis(p.k, flip ? matrix.rows : matrix.columns);
  const vectorStep = singleAxis(p.k, flip ? vector.columns : vector.rows);
  const target = singleAxis(shape, flip ? p.out.columns : p.out.rows);
  if (major === null || inner === null || vectorStep === null || target === null) return false;
  const out = typedView(p.out.buffer as HostBuffer, CONTAINER[p.dtype.part]);
  const outArray = out.array as Floats;
  const put = (at: number): number => out.base + (p.out.offset + at) / size;
  const count = major.n;
  const batches = p.batch.reduce((n, x) => n * x, 1);
  const mb = groupOffsets(p.batch, matrix.batch, 1);
  const vb = groupOffsets(p.batch, vector.batch, 1);
  const ob = groupOffsets(p.batch, p.out.batch, 1);
  const ma = addressOf(matrix.buffer);
  const va = addressOf(vector.buffer);
  const aligned = inner.step === size && vectorStep.step === size;

  if (count === 1) {
    const onHeap = ma >= 0 && va >= 0 && (aligned || k === 1);
    // Many short inner products: one a lane. Few long ones: the blocks of one, one a lane.
    const along = singleAxis(p.batch, matrix.batch);
    const beside = singleAxis(p.batch, vector.batch);
    const placed = singleAxis(p.batch, p.out.batch);
    if (onHeap && batches >= 8 && along !== null && beside !== null && placed !== null) {
      return rowSums(lane, ma + matrix.offset, along.step, va + vector.offset, beside.step, batches, k, (i, v) => {
        outArray[put(i * placed.step)] = v;
      });
    }
    for (let g = 0; g < batches; g++) {
      const x = matrix.offset + mb[g];
      const y = vector.offset + vb[g];
      outArray[put(ob[g])] =
        onHeap && k >= 8 * SUM_BLOCK
          ? longDot(lane, ma + x, va + y, k)
          : dot(
              lane,
              typed(matrix.buffer, lane),
              at(matrix.buffer, x, size),
              inner.step / size,
              typed(vector.buffer, lane),
              at(vector.buffer, y, size),
              vectorStep.step / size,
              k,
            );
    }
    return true;
  }
  if (ma < 0) return false;
  for (let g = 0; g < batches; g++) {
    const store = (i: number, v: number): void => {
      outArray[put(ob[g] + i * target.step)] = v;
    };
    const x = matrix.offset + mb[g];
    const y = vector.offset + vb[g];
    if (aligned && va >= 0 && count >= 4) {
      if (!rowSums(lane, ma + x, major.step, va + y, 0, count, k, store)) return false;
    } else if (major.step === size && va >= 0 && count >= 32 / size) {
      if (!columnSums(lane, ma + x, inner.step, va + y, vectorStep.step, count, k, store)) return false;
    } else return false;
  }
  return true;
}

const typed = (b: DeviceBuffer, lane: FloatLane): Floats =>
  typedView(b as HostBuffer, CONTAINER[lane === 'f64' ? 'float64' : 'float32']).array as Floats;
const at = (b: DeviceBuffer, byte: number, size: number): number => ((b as HostBuffer).bytes.byteOffset + byte) / size;

const view = (lane: FloatLane): TypedArray => (lane === 'f64' ? heap().f64 : heap().f32);

/** Longest list of results that are kept in the heap's fixed scratch at a time. */
const CHUNK = 4096;

/** Inner products of `count` pairs of contiguous vectors that are `xStep` and `yStep` bytes apart. */
function rowSums(
  lane: FloatLane,
  x: number,
  xStep: number,
  y: number,
  yStep: number,
  count: number,
  k: number,
  store: (i: number, v: number) => void,
): boolean {
  const size = laneBytes(lane);
  const lanes = 16 / size;
  const { rows } = kernels(lane);
  const h = view(lane) as Floats;
  const round = lane === 'f32' ? Math.fround : (v: number) => v;
  if (count < 4) return false;
  return withScratch(2 * CHUNK * size, (sums) => {
    const part = sums + CHUNK * size;
    for (let from = 0; from < count; from += CHUNK) {
      // Groups of four; the last group overlaps the one before it.
      let n = Math.min(CHUNK, count - from);
      let start = from;
      if (n < 4) {
        start = count - 4;
        n = 4;
      }
      const run = (first: number, rowsNow: number): void => {
        const x0 = x + first * xStep;
        const y0 = y + first * yStep;
        for (let q = 0; q < k; q += SUM_BLOCK) {
          const length = Math.min(SUM_BLOCK, k - q);
          const even = length - (length % lanes);
          if (even === length) rows(x0 + q * size, xStep, y0 + q * size, yStep, sums, rowsNow, length, q === 0 ? 1 : 0);
          else {
            // The last terms of the last block do not fill a vector.
            rows(x0 + q * size, xStep, y0 + q * size, yStep, part, rowsNow, even, 1);
            for (let i = 0; i < rowsNow; i++) {
              let s = h[part / size + i];
              for (let t = even; t < length; t++)
                s = round(s + round(h[(x0 + i * xStep) / size + q + t] * h[(y0 + i * yStep) / size + q + t]));
              const c = sums / size + i;
              h[c] = q === 0 ? s : h[c] + s;
            }
          }
        }
        for (let i = 0; i < rowsNow; i++) store(first + i, h[sums / size + i]);
      };
      const whole = n - (n % 4);
      run(start, whole);
      if (whole < n) run(start + n - 4, 4);
    }
  });
}

/** Sums over k of x[k] * y[k, i], where y has unit steps along i. */
function columnSums(
  lane: FloatLane,
  y: number,
  yStep: number,
  x: number,
  xStep: number,
  count: number,
  k: number,
  store: (i: number, v: number) => void,
): boolean {
  const size = laneBytes(lane);
  const group = 32 / size;
  const { columns } = kernels(lane);
  const h = view(lane) as Floats;
  return withScratch(CHUNK * size, (sums) => {
    const run = (first: number, n: number): void => {
      for (let q = 0; q < k; q += SUM_BLOCK)
        columns(
          x + q * xStep,
          xStep,
          y + q * yStep + first * size,
          yStep,
          sums,
          n,
          Math.min(SUM_BLOCK, k - q),
          q === 0 ? 1 : 0,
        );
      for (let i = 0; i < n; i++) store(first + i, h[sums / size + i]);
    };
    for (let from = 0; from < count; from += CHUNK) {
      const n = Math.min(CHUNK, count - from);
      const whole = n - (n % group);
      if (whole > 0) run(from, whole);
      if (whole < n) run(from + n - group, group);
    }
  });
}

/** One inner product of two contiguous vectors in the heap: its blocks are the rows. */
function longDot(lane: FloatLane, x: number, y: number, k: number): number {
  const size = laneBytes(lane);
  const { blocks } = kernels(lane);
  const h = view(lane) as Floats;
  const round = lane === 'f32' ? Math.fround : (v: number) => v;
  const step = SUM_BLOCK * size;
  let total = 0;
  let done = 0;
  withScratch(CHUNK * size, (sums) => {
    for (let left = Math.floor(k / SUM_BLOCK) & ~7; left > 0; ) {
      const n = Math.min(CHUNK, left);
      blocks(x + done * step, y + done * step, sums, n);
      for (let i = 0; i < n; i++) total = done + i === 0 ? h[sums / size] : round(total + h[sums / size + i]);
      done += n;
      left -= n;
    }
  });
  for (let q = done * SUM_BLOCK; q < k; q += SUM_BLOCK) {
    const s = dot(lane, h, x / size + q, 1, h, y / size + q, 1, Math.min(SUM_BLOCK, k - q));
    total = q === 0 ? s : round(total + s);
  }
  return total;
}

function dot(lane: FloatLane, a: Floats, x: number, xs: number, b: Floats, y: number, ys: number, k: number): number {
  return lane === 'f64'
    ? dotDoubles(a as Float64Array, x, xs, b as Float64Array, y, ys, k)
    : dotSingles(a as Float32Array, x, xs, b as Float32Array, y, ys, k);
}

/** Four blocks at a time, so that their additions need not wait for each other. */
function dotDoubles(
  a: Float64Array,
  x0: number,
  xs: number,
  b: Float64Array,
  y0: number,
  ys: number,
  k: number,
): number {
  let x = x0;
  let y = y0;
  let total = 0;
  let q = 0;
  const dx = SUM_BLOCK * xs;
  const dy = SUM_BLOCK * ys;
  for (; q + 4 * SUM_BLOCK <= k; q += 4 * SUM_BLOCK) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < SUM_BLOCK; i++) {
      s0 += a[x] * b[y];
      s1 += a[x + dx] * b[y + dy];
      s2 += a[x + 2 * dx] * b[y + 2 * dy];
      s3 += a[x + 3 * dx] * b[y + 3 * dy];
      x += xs;
      y += ys;
    }
    total = q === 0 ? s0 : total + s0;
    total = total + s1 + s2 + s3;
    x += 3 * dx;
    y += 3 * dy;
  }
  for (; q < k; q += SUM_BLOCK) {
    let s = 0;
    for (let i = Math.min(SUM_BLOCK, k - q); i > 0; i--) {
      s += a[x] * b[y];
      x += xs;
      y += ys;
    }
    total = q === 0 ? s : total + s;
  }
  return total;
}

function dotSingles(
  a: Float32Array,
  x0: number,
  xs: number,
  b: Float32Array,
  y0: number,
  ys: number,
  k: number,
): number {
  let x = x0;
  let y = y0;
  let total = Math.fround(0);
  for (let q = 0; q < k; q += SUM_BLOCK) {
    let s = Math.fround(0);
    for (let i = Math.min(SUM_BLOCK, k - q); i > 0; i--) {
      s = Math.fround(s + Math.fround(a[x] * b[y]));
      x += xs;
      y += ys;
    }
    total = q === 0 ? s : Math.fround(total + s);
  }
  return total;
}
