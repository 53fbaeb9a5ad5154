import { toArray } from '../../core/coerce.js';
import { float64, objectDtype } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { ones, zeros } from '../creation/fill.js';
import { concatenate } from '../manipulation/join.js';
import type { NDArray } from '../ndarray.js';
import { mintypecode } from '../promotion.js';
import { sort } from '../sorting/index.js';
import { all } from '../statistics/index.js';
import { convolve } from '../statistics/correlation.js';
import { conjugate, negative } from '../ufuncs.js';
import { isZero, joined, listed, nth, over, part, type Value } from './algebra.js';
import { eigenvalues } from './solvers.js';

/** Roots of polynomials and back, the highest power first. */

/** All roots: the eigenvalues of the companion matrix, and a zero for each zero at the end. @throws ValueError for other ranks */
export function rootsOf(given: unknown): NDArray {
  let p = listed(given);
  if (p.ndim !== 1) throw new ValueError('Input must be a rank-1 array.');
  let [first, last] = [0, p.size - 1];
  while (first <= last && isZero(p, first)) first++;
  if (first > last) return zeros(0) as NDArray;
  while (isZero(p, last)) last--;
  const trailing = p.size - last - 1;
  p = part(p, first, last + 1);
  if (p.dtype.kind !== 'f' && p.dtype.kind !== 'c') p = p.astype(float64) as NDArray;
  let roots = zeros(0) as NDArray;
  if (p.size > 1) {
    const n = p.size - 1;
    const companion = zeros([n, n], { dtype: p.dtype }) as NDArray;
    (companion.reshape(-1) as NDArray).set([`${n}::${n + 1}`], 1);
    companion.set([0], over((negative as Value)(part(p, 1)), nth(p, 0)));
    roots = eigenvalues(companion);
  }
  return concatenate([roots, zeros(trailing, { dtype: roots.dtype })]) as NDArray;
}

/** The monic polynomial with the given roots, or of a square matrix' eigenvalues. */
export function coefficientsOfRoots(given: unknown): NDArray | 1 {
  let roots = listed(given);
  if (roots.ndim === 2 && roots.shape[0] === roots.shape[1] && roots.shape[0] !== 0) roots = eigenvalues(roots);
  else if (roots.ndim === 1) {
    if (roots.dtype !== objectDtype) roots = roots.astype(mintypecode(roots.dtype.char) as never) as NDArray;
  } else throw new ValueError('input must be 1d or non-empty square 2d array.');
  if (roots.size === 0) return 1;
  let c = ones(1, { dtype: roots.dtype }) as NDArray;
  for (let i = 0; i < roots.size; i++)
    c = convolve(c, (joined(1, (negative as Value)(nth(roots, i))) as NDArray).astype(roots.dtype) as NDArray);
  // Roots in conjugate pairs have real coefficients.
  if (c.dtype.kind === 'c') {
    const z = toArray(roots.astype('complex128')) as NDArray;
    if (all((sort(z) as Value).eq(sort(conjugate(z) as NDArray)))) c = (c.real as NDArray).copy() as NDArray;
  }
  return c;
}
