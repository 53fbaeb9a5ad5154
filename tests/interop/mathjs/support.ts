import { all, create } from 'mathjs';
import { interop, np, tf } from '../../../src/index.js';

/** An instance of mathjs that knows arrays, one that does not, and how their results are compared. */

export const make = (config?: object): any => create(all as never, config as never) as any;
export const plain: any = make();
export const math: any = interop.mathjs(make());

export function failure(f: () => unknown): any {
  try {
    f();
  } catch (e) {
    return e;
  }
  throw new Error('nothing was thrown');
}

/** Nested lists of real and imaginary parts, for comparing to rounding. */
export const values = (x: any): unknown => {
  if (x === null || x === undefined) return x;
  if (x instanceof np.NDArray || x instanceof tf.Tensor) return values((x as any).tolist());
  if (Array.isArray(x)) return x.map(values);
  if (x.isMatrix === true) return values(x.valueOf());
  if (typeof x === 'boolean') return Number(x);
  if (typeof x === 'bigint') return Number(x);
  if (typeof x === 'object' && 're' in x) return [x.re, x.im];
  return x;
};
const isNaNs = (x: any): boolean =>
  Array.isArray(x) ? x.length === 2 && x.some((e) => !Number.isFinite(e)) : Number.isNaN(x);
export function close(a: any, b: any, path = ''): void {
  // Of NaN mathjs makes complex ones at times.
  if (isNaNs(a) && isNaNs(b) && !(Array.isArray(a) && a.some(Array.isArray))) return;
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    for (const [i, e] of a.entries()) close(e, b[i], `${path}.${i}`);
    return;
  }
  // A real number beside complex ones is complex in an array.
  if (Array.isArray(a) && a.length === 2 && typeof b === 'number') return close(a, [b, 0], path);
  if (Number.isNaN(a) && Number.isNaN(b)) return;
  if (a === b) return;
  const d = Math.abs(a - b);
  if (!(d <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))))
    throw new Error(`${path}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
}
