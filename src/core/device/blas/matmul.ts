import type { DType, ScalarType } from '../../dtype.js';
import type { TypedArray } from '../access.js';
import { memoryOf } from '../cpu/tiny.js';
import { singleAxis } from '../cpu/matvec.js';
import { withScratch } from '../cpu/scratch.js';
import { heap } from '../cpu/heap.js';
import type { HostBuffer, MatrixOperand, MatrixProduct } from '../device.js';
import { groupOffsets } from '../product.js';
import { integer, letter, number } from './arguments.js';
import { addressOf, type Foreign, type ForeignNumber, inHeap, systemLibrary } from './library.js';

/**
 * Matrix products by the system's library: gemm, gemv where one side is a vector, and syrk for a matrix with its own transpose, whose result
 * is symmetric to the bit (the same choice as NumPy's).
 *
 * One rule says which products those are, whatever their layout: of floating-point or complex numbers, single matrices of at least
 * `LARGE` multiplications with two sides that are longer than 1, and inner products of real vectors as long as that (the library gives complex
 * ones back in ways that differ between builds). Smaller ones, and outer products, are the cpu device's own.
 */

/** Multiplications from which on a call pays. */
const LARGE = 32 * 32 * 32;

interface Routines {
  readonly gemm: Foreign;
  readonly gemv: Foreign;
  readonly syrk: Foreign;
  /** For real numbers only. */
  readonly dot: ForeignNumber | null;
}

const tables = new Map<string, Routines | null>();

function routinesFor(d: DType): Routines | null {
  const known = tables.get(d.name);
  if (known !== undefined) return known;
  const lib = systemLibrary();
  const letters: Record<string, string> = { float32: 's', float64: 'd', complex64: 'c', complex128: 'z' };
  const p = letters[d.name];
  const gemm = lib?.routine(`${p}gemm`, 13, 2) ?? null;
  const gemv = lib?.routine(`${p}gemv`, 11, 1) ?? null;
  const syrk = lib?.routine(`${p}syrk`, 10, 2) ?? null;
  const dot = d.kind === 'f' ? (lib?.number(`${p}dot`, 5, d.part === 'float64' ? 'double' : 'float') ?? null) : null;
  const table = gemm === null || gemv === null || syrk === null ? null : { gemm, gemv, syrk, dot };
  tables.set(d.name, table);
  return table;
}

/** A matrix as the library can read it: (rows, columns) lie in Fortran's order, or in C's, with `ld` elements between lines. */
interface Lines {
  /** Address of the first matrix in the process. */
  readonly at: number;
  /** Whether rows are contiguous. */
  readonly c: boolean;
  readonly ld: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((n, x) => n * x, 1);
const MOST = 2 ** 31 - 1;

/** The layout of a group of rows and columns, or null where it has to be copied. */
function lines(
  o: MatrixOperand,
  rows: readonly number[],
  rowSteps: readonly number[],
  columns: readonly number[],
  columnSteps: readonly number[],
  size: number,
): { c: boolean; ld: number } | null {
  const r = singleAxis(rows, rowSteps);
  const k = singleAxis(columns, columnSteps);
  if (r === null || k === null || o.offset % size !== 0) return null;
  const fits = (near: { n: number; step: number }, far: { n: number; step: number }): number => {
    if (near.n !== 1 && near.step !== size) return 0;
    const ld = far.n === 1 ? near.n : far.step / size;
    return Number.isInteger(ld) && ld >= near.n && ld <= MOST ? ld : 0;
  };
  const c = fits(k, r);
  if (c > 0) return { c: true, ld: c };
  const f = fits(r, k);
  return f > 0 ? { c: false, ld: f } : null;
}

/** Address in the process of a buffer's first byte. */
function start(b: HostBuffer): number {
  return b.address >= 0 ? inHeap(b.address) : addressOf(b.bytes);
}

/** Copies between an operand and contiguous rows in the heap. */
function copyRows(
  o: MatrixOperand,
  d: DType,
  major: Int32Array | Float64Array,
  minor: Int32Array | Float64Array,
  batch: number,
  address: number,
  back: boolean,
): void {
  const part = d.part as ScalarType;
  const unit = d.itemsize / d.parts;
  const { array, base } = memoryOf(o.buffer, part);
  const H: TypedArray = d.part === 'float64' ? heap().f64 : heap().f32;
  const x = array as Float64Array;
  const h = H as Float64Array;
  const first = base + (o.offset + batch) / unit;
  let q = address / unit;
  for (let i = 0; i < major.length; i++)
    for (let j = 0; j < minor.length; j++)
      for (let part = 0; part < d.parts; part++, q++) {
        const p = first + major[i] + minor[j] + part;
        if (back) x[p] = h[q];
        else h[q] = x[p];
      }
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((v, i) => v === b[i]);

/** Whether the right operand is the left one, turned. */
function ownTranspose(p: MatrixProduct): boolean {
  const { left, right } = p;
  return (
    left.buffer === right.buffer &&
    left.offset === right.offset &&
    same(left.batch, right.batch) &&
    same(p.m, p.n) &&
    same(left.rows, right.columns) &&
    same(left.columns, right.rows)
  );
}

/** Fills the triangle that syrk left out. */
function mirror(d: DType, address: number, n: number, ld: number): void {
  const H = (d.part === 'float64' ? heap().f64 : heap().f32) as Float64Array;
  const at = address / (d.itemsize / d.parts);
  const w = d.parts;
  const SQUARE = 32;
  for (let i0 = 0; i0 < n; i0 += SQUARE)
    for (let j0 = 0; j0 <= i0; j0 += SQUARE)
      for (let i = i0; i < Math.min(n, i0 + SQUARE); i++)
        for (let j = j0; j < Math.min(i, j0 + SQUARE); j++)
          for (let k = 0; k < w; k++) H[at + w * (j * ld + i) + k] = H[at + w * (i * ld + j) + k];
}

/** Makes a product; false where it is not the library's. */
export function systemProduct(p: MatrixProduct): boolean {
  const d = p.dtype;
  if ((d.kind !== 'f' && d.kind !== 'c') || d.part === 'float16') return false;
  const m = sizeOf(p.m);
  const n = sizeOf(p.n);
  const k = sizeOf(p.k);
  if (m * n * k < LARGE || k === 1 || Math.max(m, n, k) > MOST) return false;
  const routines = routinesFor(d);
  if (routines === null) return false;
  if (m === 1 && n === 1) return innerProduct(p, routines.dot);
  const size = d.itemsize;
  const unit = size / d.parts;
  const left = lines(p.left, p.m, p.left.rows, p.k, p.left.columns, size);
  const right = lines(p.right, p.k, p.right.rows, p.n, p.right.columns, size);
  const target = p.out.buffer as HostBuffer;
  const out = target.address >= 0 ? lines(p.out, p.m, p.out.rows, p.n, p.out.columns, size) : null;
  const direct = out?.c === true ? out : null;
  const bytes =
    (direct === null ? m * n * size : 0) + (left === null ? m * k * size : 0) + (right === null ? k * n * size : 0);
  return withScratch(bytes + 64, (scratch) => {
    const cAt = scratch;
    const aAt = cAt + (direct === null ? m * n * size : 0);
    const bAt = aAt + (left === null ? m * k * size : 0);
    const [ab, bb, cb] = [p.left, p.right, p.out].map((o) => groupOffsets(p.batch, o.batch, 1));
    const group = (shape: readonly number[], steps: readonly number[]): Int32Array | Float64Array =>
      groupOffsets(shape, steps, unit);
    const a0 = left === null ? 0 : start(p.left.buffer as HostBuffer) + p.left.offset;
    const b0 = right === null ? 0 : start(p.right.buffer as HostBuffer) + p.right.offset;
    const turned = m > 1 && n > 1 && ownTranspose(p);
    for (let g = 0; g < ab.length; g++) {
      if (left === null) copyRows(p.left, d, group(p.m, p.left.rows), group(p.k, p.left.columns), ab[g], aAt, false);
      if (right === null)
        copyRows(p.right, d, group(p.k, p.right.rows), group(p.n, p.right.columns), bb[g], bAt, false);
      const a: Lines = left === null ? { at: inHeap(aAt), c: true, ld: k } : { at: a0 + ab[g], ...left };
      const b: Lines = right === null ? { at: inHeap(bAt), c: true, ld: n } : { at: b0 + bb[g], ...right };
      const place = direct === null ? cAt : target.address + p.out.offset + cb[g];
      one(routines, d, m, n, k, a, b, place, direct === null ? n : direct.ld, turned);
      if (direct === null) copyRows(p.out, d, group(p.m, p.out.rows), group(p.n, p.out.columns), cb[g], cAt, true);
    }
  });
}

/** Products of one row with one column. */
function innerProduct(p: MatrixProduct, dot: ForeignNumber | null): boolean {
  if (dot === null) return false;
  const { left, right, out } = p;
  const size = p.dtype.itemsize;
  const x = singleAxis(p.k, left.columns);
  const y = singleAxis(p.k, right.rows);
  const fits = (o: MatrixOperand, axis: { step: number }): boolean =>
    axis.step > 0 && axis.step % size === 0 && axis.step / size <= MOST && o.offset % size === 0;
  if (x === null || y === null || !fits(left, x) || !fits(right, y)) return false;
  const [ab, bb, cb] = [left, right, out].map((o) => groupOffsets(p.batch, o.batch, 1));
  const { array, base } = memoryOf(out.buffer, p.dtype.part);
  const a = start(left.buffer as HostBuffer) + left.offset;
  const b = start(right.buffer as HostBuffer) + right.offset;
  for (let g = 0; g < ab.length; g++)
    (array as Float64Array)[base + (out.offset + cb[g]) / size] = dot(
      integer(4, x.n),
      a + ab[g],
      integer(5, x.step / size),
      b + bb[g],
      integer(6, y.step / size),
    );
  return true;
}

/** One product of matrices, with rows of the result at a place in the heap. */
function one(
  r: Routines,
  d: DType,
  m: number,
  n: number,
  k: number,
  a: Lines,
  b: Lines,
  place: number,
  ldc: number,
  turned: boolean,
): void {
  const single = d.part === 'float32';
  const alpha = number(0, 1, 0, single);
  const beta = number(1, 0, 0, single);
  const c = inHeap(place);
  if (m === 1 || n === 1) {
    // The matrix, and its vector; both lie without gaps, or the vector is a column of a matrix in C's order.
    const [x, matrix, rows, columns] = n === 1 ? [b, a, m, k] : [a, b, k, n];
    const step = n === 1 ? (x.c ? x.ld : 1) : x.c ? 1 : x.ld;
    // y = M x over the rows of M, or y = x M over its columns.
    const plain = (n === 1) !== matrix.c;
    const [fm, fn] = matrix.c ? [columns, rows] : [rows, columns];
    const steps = n === 1 ? ldc : 1;
    // What is there counts as 0 anyway, but not in every version where it is NaN.
    const H = heap().u8;
    const size = d.itemsize;
    if (steps === 1) H.fill(0, place, place + Math.max(m, n) * size);
    else for (let i = 0, at = place; i < m; i++, at += steps * size) H.fill(0, at, at + size);
    r.gemv(
      letter(plain ? 'N' : 'T'),
      integer(2, fm),
      integer(3, fn),
      alpha,
      matrix.at,
      integer(4, matrix.ld),
      x.at,
      integer(5, step),
      beta,
      c,
      integer(6, steps),
    );
    return;
  }
  // Rows of C are columns of its transpose, which is the product of the transposes in the other order.
  if (turned) {
    r.syrk(
      letter('U'),
      letter(a.c ? 'T' : 'N'),
      integer(2, n),
      integer(3, k),
      alpha,
      a.at,
      integer(4, a.ld),
      beta,
      c,
      integer(5, ldc),
    );
    mirror(d, place, n, ldc);
    return;
  }
  r.gemm(
    letter(b.c ? 'N' : 'T'),
    letter(a.c ? 'N' : 'T'),
    integer(2, n),
    integer(3, m),
    integer(4, k),
    alpha,
    b.at,
    integer(5, b.ld),
    a.at,
    integer(6, a.ld),
    beta,
    c,
    integer(7, ldc),
  );
}
