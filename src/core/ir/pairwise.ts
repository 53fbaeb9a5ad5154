import type { ScalarType } from '../dtype.js';
import { acc, cast, type Expr, type ReduceProgram, val } from './expr.js';
import { rewriter } from './rewrite.js';

/**
 * A pairwise fold as NumPy makes it: within one run of elements values are combined in `types`; the sum of the run is then
 * combined with the accumulator. For float16 the two differ: runs are summed in float32 and the accumulator is
 * rounded to float16 after each.
 */
export interface PairwiseForm {
  /** Type of each value and accumulator while they are combined. */
  readonly types: readonly ScalarType[];
  readonly map: readonly Expr[];
  readonly combine: readonly Expr[];
  /** The accumulators are rounded to float16 between runs. */
  readonly half: boolean;
}

/** The form of a program whose order is `pairwise`. */
export function pairwiseForm(p: ReduceProgram): PairwiseForm {
  const plain: PairwiseForm = { types: p.map.map((e) => e.type), map: p.map, combine: p.combine, half: false };
  const combine = p.combine;
  if (
    !combine.every(
      (c, i) => c.type === 'float16' && c.op === 'cast' && c.args[0].type === 'float32' && p.map[i].type === 'float16',
    )
  )
    return plain;
  const widen = rewriter((e) => {
    if (e.op !== 'cast' || e.type !== 'float32') return null;
    const of = e.args[0];
    return of.op === 'acc' ? acc(of.index, 'float32') : of.op === 'val' ? val(of.index, 'float32') : null;
  });
  const widened = combine.map((c) => widen(c.args[0]));
  return { types: p.map.map(() => 'float32'), map: p.map.map((e) => cast(e, 'float32')), combine: widened, half: true };
}

/** Elements that NumPy's iterator buffers, and so sums, at a time. */
const BUFFER = 8192;

/**
 * The run that NumPy sums pairwise: how many of the innermost reduced axes it spans, and how many elements are summed at a time.
 * One axis (or several that are one walk through memory) needs no buffer unless there is a cast. Several are copied to a buffer first,
 * as many whole ones as fit into it and as much of the next as that leaves room for.
 *
 * @param sizes lengths of the innermost reduced axes, innermost first
 */
export function runOf(sizes: readonly number[], buffered: boolean): { readonly axes: number; readonly chunk: number } {
  let core = 1;
  let n = 0;
  while (n < sizes.length && core * sizes[n] <= BUFFER) core *= sizes[n++];
  if (n === 0) return { axes: 1, chunk: buffered ? BUFFER : WHOLE };
  if (n === sizes.length) return { axes: n, chunk: WHOLE };
  return { axes: n + 1, chunk: Math.floor(BUFFER / core) * core };
}

/** No limit to what is summed at a time. */
export const WHOLE = 0x7fffffff;

/** Longest block that is summed without splitting, in components. */
export const BLOCK = 128;

/** Where NumPy splits a run of n elements of k components each: the length of its first part. */
export function splitAt(n: number, k: number): number {
  const half = Math.floor((n * k) / 2);
  return (half - (half % 8)) / k;
}
