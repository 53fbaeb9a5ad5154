import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, fromScalar, toArray } from '../../core/coerce.js';
import { float64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { applyRow } from '../../core/ops/execute.js';
import { reshapeTo, sliceAxis } from '../../core/ops/move.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { resultType } from '../../core/promote.js';
import { full, zeros, zeros_like } from '../creation/fill.js';
import { arange } from '../creation/range.js';
import { trim_zeros } from '../indexing/edit.js';
import { concatenate } from '../manipulation/join.js';
import { atleast_1d } from '../manipulation/shape.js';
import type { NDArray } from '../ndarray.js';
import { convolve } from '../statistics/correlation.js';
import { real } from '../statistics/steps.js';
import { add, divide, multiply, subtract } from '../ufuncs.js';
import { plus, times, type Value } from './algebra.js';

/** Arithmetic of polynomials as one-dimensional arrays of coefficients, the highest power first. */

const list = (x: unknown): ArrayValue => (atleast_1d as unknown as (x: ArrayValue) => ArrayValue)(toArray(x));

/** Coefficients without zeros in front, of which at least one stays. @throws ValueError for more than one dimension */
export function leading(x: unknown): ArrayValue {
  const p = list(x);
  if (p.ndim > 1) throw new ValueError('Polynomial must be 1d only.');
  const t = (trim_zeros as unknown as (p: ArrayValue, trim: string) => ArrayValue)(p, 'f');
  if (t.size > 0) return t;
  return p.size > 0 ? (zeros_like(sliceAxis(p, 0, 0, 1)) as ArrayValue) : (zeros(1, { dtype: p.dtype }) as ArrayValue);
}

/** Both lists with zeros in front of the shorter one. */
function levelled(a1: unknown, a2: unknown): [ArrayValue, ArrayValue] {
  const [a, b] = [list(a1), list(a2)];
  const missing = b.shape[0] - a.shape[0];
  const longer = (p: ArrayValue, n: number): ArrayValue =>
    n <= 0 ? p : (concatenate([zeros(n, { dtype: p.dtype }), p]) as ArrayValue);
  return [longer(a, missing), longer(b, -missing)];
}

export const sumOf = (a1: unknown, a2: unknown): ArrayValue => add(...levelled(a1, a2)) as ArrayValue;
export const differenceOf = (a1: unknown, a2: unknown): ArrayValue => subtract(...levelled(a1, a2)) as ArrayValue;
export const productOf = (a1: unknown, a2: unknown): ArrayValue => convolve(leading(a1), leading(a2)) as ArrayValue;

/** A lone number of an operation, which is an int when it is integral. */
export const whole = (x: unknown): ArrayLike =>
  (typeof x === 'number' && Number.isSafeInteger(x) ? BigInt(x) : x) as ArrayLike;

/** Horner's rule, on arrays of places and on objects with operators of their own. */
export function valueOf(p: unknown, x: Value): Value {
  const coefficients = toArray(p);
  if (coefficients.ndim === 0) throw new TypeError('iteration over a 0-d array');
  const substituted = typeof x === 'function';
  const at = substituted ? x : toArray(whole(x));
  let y: Value = substituted ? 0 : zeros_like(at);
  for (let i = 0; i < coefficients.shape[0]; i++) {
    const c = reshapeTo(sliceAxis(coefficients, 0, i, i + 1), coefficients.shape.slice(1));
    y = plus(times(y, at), c);
  }
  return y;
}

/** Quotient and remainder. */
export function quotientOf(given: unknown, by: unknown): [quotient: NDArray, remainder: NDArray] {
  const u = applyRow(arithmetic.add, [list(given), real(0)]) as NDArray;
  const v = applyRow(arithmetic.add, [list(by), real(0)]) as NDArray;
  const dtype = resultType([u.dtype, v.dtype]);
  const [m, n] = [u.size - 1, v.size - 1];
  const scale = divide(1, v.at(0)) as NDArray;
  const q = zeros(Math.max(m - n + 1, 1), { dtype }) as NDArray;
  let r = u.astype(dtype) as NDArray;
  for (let k = 0; k <= m - n; k++) {
    const d = multiply(scale, r.at(k)) as NDArray;
    q.set(k, d);
    const part = `${k}:${k + n + 1}`;
    r.set([part], subtract(r.at(part), multiply(d, v)));
  }
  // What is left of the leading coefficients is rounding: below 1e-8, as allclose has it.
  let first = 0;
  while (first < r.size - 1 && Number(r.at(first).abs()) <= 1e-8) first++;
  r = r.at(`${first}:`);
  return [q, r];
}

/** n, n - 1, …, 1: what powers bring down. */
const powers = (n: number): ArrayValue => arange(n, 0, -1) as unknown as ArrayValue;

export function derivativeOf(given: unknown, m: number): ArrayValue {
  if (m < 0) throw new ValueError('Order of derivative must be positive (see polyint)');
  let p = toArray(given);
  for (let k = 0; k < m; k++) {
    const n = Math.max(0, (p.shape[0] ?? 0) - 1);
    p = multiply(sliceAxis(p, 0, 0, n), powers(n)) as ArrayValue;
  }
  return p;
}

export function integralOf(given: unknown, m: number, constants: unknown): ArrayValue {
  if (m < 0) throw new ValueError('Order of integral must be positive (see polyder)');
  let k: ArrayValue = constants === null ? (zeros(m) as ArrayValue) : list(constants);
  if (k.shape[0] === 1 && m > 1) k = multiply(sliceAxis(k, 0, 0, 1), full(m, fromScalar(1, float64))) as ArrayValue;
  if (k.shape[0] < m) throw new ValueError('k must be a scalar or a rank-1 array of length 1 or >m.');
  let p = toArray(given);
  for (let i = 0; i < m; i++)
    p = concatenate([divide(p, powers(p.shape[0])) as ArrayValue, sliceAxis(k, 0, i, i + 1)]) as ArrayValue;
  return p;
}
