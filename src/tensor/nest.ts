import { Tensor } from './tensor.js';
import { Variable } from './variable.js';

/** Nests: a value, or lists and plain objects of them, as arguments and results have. */
export type Nest<T> = T | readonly Nest<T>[] | { readonly [key: string]: Nest<T> };

const isLeaf = (x: unknown): x is Tensor | Variable => x instanceof Tensor || x instanceof Variable;
export const isNest = (x: unknown): x is object =>
  typeof x === 'object' &&
  x !== null &&
  !isLeaf(x) &&
  (Array.isArray(x) || Object.getPrototypeOf(x) === Object.prototype);

/** All leaves of a nest, in order. */
export const flatten = (x: unknown): unknown[] =>
  isNest(x) ? (Array.isArray(x) ? x : Object.values(x)).flatMap(flatten) : [x];

/** A nest of the same form with other leaves. */
export function packed(x: unknown, leaves: readonly unknown[]): unknown {
  let k = 0;
  const fill = (e: unknown): unknown => {
    if (!isNest(e)) return leaves[k++];
    return Array.isArray(e) ? e.map(fill) : Object.fromEntries(Object.entries(e).map(([key, v]) => [key, fill(v)]));
  };
  return fill(x);
}
