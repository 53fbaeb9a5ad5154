import type { DType, ScalarType } from '../../dtype.js';
import type { TypedArray } from '../access.js';
import { systemProduct } from '../blas/matmul.js';
import type { HostBuffer, MatrixOperand, MatrixProduct } from '../device.js';
import { groupOffsets, plainProduct, SUM_BLOCK } from '../product.js';
import { type Lane, kernels, laneBytes, TILE_ROWS, tileColumns } from './gemm.js';
import { heap } from './heap.js';
import {
  type Offsets,
  packDoubles,
  packHalf,
  packNarrow,
  packWide,
  packWords,
  type Target,
  unpackComplex,
  unpackDoubles,
  unpackOther,
  unpackWords,
  type Window,
} from './pack.js';
import { singleAxis, vectorProduct } from './matvec.js';
import { withScratch } from './scratch.js';
import { smallKernel } from './small.js';
import { memoryOf, tinyProducts } from './tiny.js';

/**
 * Matrix products on the cpu: operands of any layout are packed into tiles, a SIMD kernel multiplies the tiles, and
 * the tiles of the result are written to where they belong.
 *
 * One definition of the sum, whatever the size, the layout and the path taken: products are added in order of k to sums of
 * SUM_BLOCK terms, and these in order to each other. A row of a large product is the same row computed alone, bit for bit.
 * Where there is a system's library, the products that it makes (device/blas/matmul.ts) have its order of summation instead.
 */

/** Rows of the left operand that are packed at a time: a panel of them and SUM_BLOCK columns stays in the second-level cache. */
const ROWS = 128;
/** Columns of the right operand at a time. */
const COLUMNS = 1024;
/** Most bytes of a right operand that is packed whole, because several row blocks need it. */
const PACKED = 32 * 1024 * 1024;
/** Products with fewer multiplications than this are done in plain loops. */
const TINY = 300;
/** Those below this read their operands as they lie in the heap, if they can. */
const SMALL = 48 * 48 * 48;

const LANES: { readonly [T in ScalarType]: Lane } = {
  bool: 'i32',
  int8: 'i32',
  uint8: 'i32',
  int16: 'i32',
  uint16: 'i32',
  int32: 'i32',
  uint32: 'i32',
  int64: 'i64',
  uint64: 'i64',
  float16: 'f32',
  float32: 'f32',
  float64: 'f64',
};

/** The typed array through which elements are packed: words for all that is four bytes wide, pairs of words for 64-bit integers. */
const carrier = (d: DType): ScalarType =>
  d.part === 'float32' || d.part === 'uint32' || d.itemsize / d.parts === 4 || d.part === 'int64' || d.part === 'uint64'
    ? 'int32'
    : d.part;

/** Everything about a side that the packing loops need. */
interface Side {
  readonly array: TypedArray;
  readonly base: number;
  readonly major: Offsets;
  readonly minor: Offsets;
}

const isWide = (d: DType): boolean => d.part === 'int64' || d.part === 'uint64';

/** Offsets in elements, or in real numbers for complex (whose major axis alternates between real and imaginary parts). */
function sideOf(
  o: MatrixOperand,
  d: DType,
  majorShape: readonly number[],
  majorStrides: readonly number[],
  minorShape: readonly number[],
  minorStrides: readonly number[],
): Side {
  const unit = d.itemsize / d.parts;
  const type = carrier(d);
  const { array, base } = memoryOf(o.buffer, type);
  let major = groupOffsets(majorShape, majorStrides, unit);
  if (d.parts === 2) {
    const both = new Float64Array(major.length * 2);
    for (let i = 0; i < major.length; i++) {
      both[2 * i] = major[i];
      both[2 * i + 1] = major[i] + 1;
    }
    major = major instanceof Int32Array ? Int32Array.from(both) : both;
  }
  return {
    array,
    base: (isWide(d) ? base / 2 : base) + o.offset / unit,
    major,
    minor: groupOffsets(minorShape, minorStrides, unit),
  };
}

function pack(lane: Lane, d: DType, address: number, array: TypedArray, w: Window): void {
  const h = heap();
  if (lane === 'f64') packDoubles(h.f64, address / 8, array as Float64Array, w);
  else if (lane === 'i64') packWide(h.i32, address / 8, array as Int32Array, w);
  else if (d.part === 'float16') packHalf(h.i32, h.f32, address / 4, array as Uint16Array, w);
  else if (d.itemsize / d.parts === 4) packWords(h.i32, address / 4, array as Int32Array, w);
  else packNarrow(h.i32, address / 4, array, w, d.kind === 'b');
}

function unpack(lane: Lane, d: DType, array: TypedArray, t: Target): void {
  const h = heap();
  if (d.kind === 'c') unpackComplex(array as Float64Array, lane === 'f64' ? h.f64 : h.f32, t);
  else if (lane === 'f64') unpackDoubles(array as Float64Array, h.f64, t);
  else if (lane === 'i64') unpackOther(array, h.i32, t, 'wide');
  else if (d.part === 'float16') unpackOther(array, h.i32, t, 'half');
  else if (d.itemsize === 4) unpackWords(array as Int32Array, h.i32, t);
  else unpackOther(array, h.i32, t, d.kind === 'b' ? 'bool' : 'narrow');
}

const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;
const sizeOf = (shape: readonly number[]): number => shape.reduce((n, x) => n * x, 1);

/** Batches with a side that does not vary are one product with more rows, or columns. */
function absorb(p: MatrixProduct): MatrixProduct {
  if (p.batch.length === 0) return p;
  const still = (o: MatrixOperand): boolean => o.batch.every((s, d) => s === 0 || p.batch[d] === 1);
  const { left, right, out } = p;
  const none: number[] = [];
  if (still(right)) {
    return {
      ...p,
      batch: none,
      m: [...p.batch, ...p.m],
      left: { ...left, batch: none, rows: [...left.batch, ...left.rows] },
      right: { ...right, batch: none },
      out: { ...out, batch: none, rows: [...out.batch, ...out.rows] },
    };
  }
  if (still(left)) {
    return {
      ...p,
      batch: none,
      n: [...p.batch, ...p.n],
      left: { ...left, batch: none },
      right: { ...right, batch: none, columns: [...right.batch, ...right.columns] },
      out: { ...out, batch: none, columns: [...out.batch, ...out.columns] },
    };
  }
  return p;
}

/** The routine of the cpu device. Operands may be in the heap or in ArrayBuffers of their own. */
export function matmul(given: MatrixProduct): void {
  const p = absorb(given);
  const d = p.dtype;
  const m = sizeOf(p.m);
  const n = sizeOf(p.n);
  const k = sizeOf(p.k);
  const single = m === 1 && n === 1;
  // Several inner products go side by side in the lanes; else what is small is done in plain loops.
  const many = single && k >= 8 && p.batch.length === 1 && p.batch[0] >= 8;
  const float = d.part !== 'float16' && d.kind === 'f';
  if (systemProduct(p)) return;
  if (m * n * k <= SMALL && !(many && float) && smallProducts(p, m, k, n)) return;
  if (m * n * k <= TINY && !(many && float) && tinyProducts(p)) return;
  if (float && (m === 1 || n === 1) && vectorProduct(p, d.part === 'float64' ? 'f64' : 'f32')) return;
  if (single && p.batch.length > 0 && tinyProducts(p)) return;
  if (!tiled(p, m, k, n)) plainProduct(p);
}

/** Dtypes whose elements are lanes. */
const isLane = (d: DType): boolean => d.parts === 1 && d.itemsize >= 4;

/** Products without packing: operands in the heap, columns of the right one and of the result side by side. */
function smallProducts(p: MatrixProduct, m: number, k: number, n: number): boolean {
  const { dtype: d, left, right, out } = p;
  if (!isLane(d) || k > SUM_BLOCK || p.m.length > 1 || p.k.length > 1 || p.n.length > 1) return false;
  const x = (left.buffer as HostBuffer).address ?? -1;
  const y = (right.buffer as HostBuffer).address ?? -1;
  const z = (out.buffer as HostBuffer).address ?? -1;
  if (x < 0 || y < 0 || z < 0) return false;
  if (n !== 1 && (right.columns[0] !== d.itemsize || out.columns[0] !== d.itemsize)) return false;
  const small = smallKernel(LANES[d.part]);
  const first = (strides: readonly number[]): number => (strides.length === 0 ? 0 : strides[0]);
  const count = sizeOf(p.batch);
  const a = count === 1 ? { step: 0 } : singleAxis(p.batch, left.batch);
  const b = count === 1 ? { step: 0 } : singleAxis(p.batch, right.batch);
  const c = count === 1 ? { step: 0 } : singleAxis(p.batch, out.batch);
  const run = (i: number, j: number, l: number, batches: number): void =>
    small(
      x + left.offset + i,
      a?.step ?? 0,
      first(left.rows),
      first(left.columns),
      y + right.offset + j,
      b?.step ?? 0,
      first(right.rows),
      z + out.offset + l,
      c?.step ?? 0,
      first(out.rows),
      batches,
      m,
      k,
      n,
    );
  if (a !== null && b !== null && c !== null) run(0, 0, 0, count);
  else {
    const ab = groupOffsets(p.batch, left.batch, 1);
    const bb = groupOffsets(p.batch, right.batch, 1);
    const cb = groupOffsets(p.batch, out.batch, 1);
    for (let g = 0; g < count; g++) run(ab[g], bb[g], cb[g], 1);
  }
  return true;
}

/** Where tiles can be stored as they are: rows of a result in the heap whose columns are neighbours. */
function directTarget(p: MatrixProduct, sameSize: boolean): { address: number; row: number } | null {
  const address = (p.out.buffer as HostBuffer).address ?? -1;
  if (!sameSize || address < 0) return null;
  const rows = singleAxis(p.m, p.out.rows);
  const columns = singleAxis(p.n, p.out.columns);
  if (rows === null || columns === null || columns.step !== p.dtype.itemsize) return null;
  return { address: address + p.out.offset, row: rows.step };
}

/** The general path; false when there is no room for its panels. */
function tiled(p: MatrixProduct, m1: number, k: number, n1: number): boolean {
  const d = p.dtype;
  const lane = LANES[d.part];
  const { panels } = kernels(lane);
  const size = laneBytes(lane);
  const width = tileColumns(lane);
  const left = sideOf(p.left, d, p.m, p.left.rows, p.k, p.left.columns);
  const right = sideOf(p.right, d, p.n, p.right.columns, p.k, p.right.rows);
  const unit = d.itemsize / d.parts;
  const ab = groupOffsets(p.batch, p.left.batch, unit);
  const bb = groupOffsets(p.batch, p.right.batch, unit);
  const cb = groupOffsets(p.batch, p.out.batch, unit);
  const cm = groupOffsets(p.m, p.out.rows, unit);
  const cn = groupOffsets(p.n, p.out.columns, unit);
  const out = memoryOf(p.out.buffer, d.kind === 'c' ? d.part : carrier(d));
  const base = (isWide(d) ? out.base / 2 : out.base) + p.out.offset / unit;

  const direct = directTarget(p, unit === size && d.parts === 1 && d.kind !== 'b');

  // Rows and columns of the packed product; a complex one has two of each.
  const m = m1 * d.parts;
  const n = n1 * d.parts;
  const whole = m > ROWS;
  const rowBlock = Math.min(ROWS, roundUp(m, TILE_ROWS));
  const depth = Math.min(SUM_BLOCK, k);
  let columnBlock = Math.min(COLUMNS, roundUp(n, width));
  if (whole) columnBlock = Math.max(width, Math.min(columnBlock, Math.floor(PACKED / (k * size * width)) * width));
  const aBytes = roundUp(rowBlock * depth * size, 64);
  const cBytes = roundUp(rowBlock * columnBlock * size, 64);
  const bBytes = (whole ? k : depth) * columnBlock * size;
  return withScratch(aBytes + cBytes + bBytes, (address) => {
    const cAt = address + aBytes;
    const bAt = cAt + cBytes;
    for (let g = 0; g < ab.length; g++) {
      for (let j = 0; j < n; j += columnBlock) {
        const jEnd = Math.min(n, j + columnBlock);
        const columnTiles = Math.ceil((jEnd - j) / width);
        const packRight = (k0: number, k1: number, at: number): void =>
          pack(lane, d, at, right.array, {
            base: right.base + bb[g],
            major: right.major,
            from: j,
            to: jEnd,
            minor: right.minor,
            k0,
            k1,
            width,
          });
        const panelBytes = columnTiles * width * size;
        // A right operand that is the one before is packed already.
        const again = g > 0 && bb[g] === bb[g - 1] && columnBlock >= n && (whole || k <= depth);
        if (whole && !again)
          for (let q = 0; q < k; q += depth) packRight(q, Math.min(k, q + depth), bAt + q * panelBytes);
        for (let i = 0; i < m; i += rowBlock) {
          const iEnd = Math.min(m, i + rowBlock);
          const rowTiles = Math.ceil((iEnd - i) / TILE_ROWS);
          // Whole tiles go straight to where they belong, if they can; those at the edges, through scratch memory.
          const wholeRows = direct === null ? 0 : Math.floor((iEnd - i) / TILE_ROWS);
          const wholeColumns = direct === null ? 0 : Math.floor((jEnd - j) / width);
          const scratch = (c: number, r0: number, r1: number, c0: number, c1: number): void => {
            if (r1 <= r0 || c1 <= c0) return;
            unpack(lane, d, out.array, {
              at: c / size,
              width,
              m: (r1 - r0) / d.parts,
              n: (c1 - c0) / d.parts,
              base: base + cb[g],
              rows: cm,
              r0: r0 / d.parts,
              columns: cn,
              c0: c0 / d.parts,
            });
          };
          const edge = (rowTiles - wholeRows) * wholeColumns * TILE_ROWS * 32;
          for (let q = 0; q < k; q += depth) {
            const qEnd = Math.min(k, q + depth);
            const kk = qEnd - q;
            const first = q === 0 ? 1 : 0;
            if (!whole && !again) packRight(q, qEnd, bAt);
            pack(lane, d, address, left.array, {
              base: left.base + ab[g],
              major: left.major,
              from: i,
              to: iEnd,
              minor: left.minor,
              k0: q,
              k1: qEnd,
              width: TILE_ROWS,
            });
            const b = whole ? bAt + q * panelBytes : bAt;
            if (wholeRows > 0 && wholeColumns > 0 && direct !== null) {
              const row = direct.row;
              panels(
                address,
                b,
                direct.address + cb[g] * unit + i * row + j * size,
                wholeRows,
                wholeColumns,
                kk,
                first,
                row,
                TILE_ROWS * row,
                32,
              );
            }
            const rest = rowTiles - wholeRows;
            if (rest > 0 && wholeColumns > 0)
              panels(
                address + wholeRows * TILE_ROWS * kk * size,
                b,
                cAt,
                rest,
                wholeColumns,
                kk,
                first,
                32,
                TILE_ROWS * 32,
                rest * TILE_ROWS * 32,
              );
            if (wholeColumns < columnTiles) {
              panels(
                address,
                b + wholeColumns * 32 * kk,
                cAt + edge,
                rowTiles,
                columnTiles - wholeColumns,
                kk,
                first,
                32,
                TILE_ROWS * 32,
                rowTiles * TILE_ROWS * 32,
              );
            }
          }
          scratch(cAt, i + wholeRows * TILE_ROWS, iEnd, j, j + wholeColumns * width);
          scratch(cAt + edge, i, iEnd, j + wholeColumns * width, jEnd);
        }
      }
    }
  });
}
