import type { TypedArray } from '../device/access.js';
import { doubles } from './arena.js';

/** Copies of matrices between arrays of any layout and working memory, where columns follow each other without gaps. */

/** Side of the squares in which large matrices are turned, so that both sides stay in the cache. */
const SQUARE = 16;

/**
 * @param at first element of the matrix in `array`; steps are in elements of `array` too
 * @param parts numbers in an element: 2 for complex
 */
export function loadMatrix(
  array: TypedArray,
  at: number,
  rows: number,
  columns: number,
  m: number,
  n: number,
  parts: number,
  place: number,
): void {
  const source = array as Float64Array;
  const H = doubles();
  if (parts === 1 && rows === 1 && (columns === m || n === 1)) {
    if (m * n < 32) for (let i = 0; i < m * n; i++) H[place + i] = source[at + i];
    else H.set(source.subarray(at, at + m * n), place);
    return;
  }
  const square = m * n > 1024 ? SQUARE : Math.max(m, n);
  for (let j0 = 0; j0 < n; j0 += square) {
    const j1 = Math.min(n, j0 + square);
    for (let i0 = 0; i0 < m; i0 += square) {
      const i1 = Math.min(m, i0 + square);
      for (let j = j0; j < j1; j++) {
        let p = at + i0 * rows + j * columns;
        if (parts === 1) for (let q = place + j * m + i0; q < place + j * m + i1; q++, p += rows) H[q] = source[p];
        else
          for (let q = place + 2 * (j * m + i0); q < place + 2 * (j * m + i1); q += 2, p += rows) {
            H[q] = source[p];
            H[q + 1] = source[p + 1];
          }
      }
    }
  }
}

/** The way back, also into other types than doubles. */
export function storeMatrix(
  source: Float64Array | Int32Array,
  place: number,
  array: TypedArray,
  at: number,
  rows: number,
  columns: number,
  m: number,
  n: number,
  parts: number,
): void {
  const target = array as Float64Array;
  const square = m * n > 1024 ? SQUARE : Math.max(m, n);
  for (let i0 = 0; i0 < m; i0 += square) {
    const i1 = Math.min(m, i0 + square);
    for (let j0 = 0; j0 < n; j0 += square) {
      const j1 = Math.min(n, j0 + square);
      for (let i = i0; i < i1; i++) {
        let p = at + i * rows + j0 * columns;
        if (parts === 1) for (let j = j0; j < j1; j++, p += columns) target[p] = source[place + j * m + i];
        else
          for (let j = j0; j < j1; j++, p += columns) {
            const q = place + 2 * (j * m + i);
            target[p] = source[q];
            target[p + 1] = source[q + 1];
          }
      }
    }
  }
}
