import { type ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { isHost } from '../../core/device/access.js';
import { OverflowError, TooHardError, ValueError } from '../../core/errors.js';
import { integerOf } from '../../core/integer-argument.js';
import { fn } from '../../core/signature.js';
import { byteBounds } from '../../core/view.js';

/** Questions about the memory of arrays. */

/** Where an array's memory begins, in terms that two arrays can be compared by. */
function origin(a: ArrayValue): { memory: unknown; start: number } {
  if (!isHost(a.buffer)) return { memory: a.buffer, start: 0 };
  const { bytes } = a.buffer;
  return { memory: bytes.buffer, start: bytes.byteOffset };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/**
 * Whether Σ cᵢ·xᵢ = target has a solution with 0 ≤ xᵢ ≤ nᵢ. Terms come with the largest coefficient first; what the later ones can
 * reach at most, and what divides all of them, cuts the search.
 * @throws TooHardError after `work` steps
 */
function reachable(terms: readonly { c: number; n: number }[], target: number, work: number): boolean {
  const most = new Array<number>(terms.length + 1).fill(0);
  const unit = new Array<number>(terms.length + 1).fill(0);
  for (let i = terms.length - 1; i >= 0; i--) {
    most[i] = most[i + 1] + terms[i].c * terms[i].n;
    unit[i] = gcd(terms[i].c, unit[i + 1]);
  }
  let steps = 0;
  const search = (i: number, left: number): boolean => {
    if (left === 0) return true;
    if (i === terms.length || left < 0 || left > most[i] || left % unit[i] !== 0) return false;
    const { c, n } = terms[i];
    const low = Math.max(0, Math.ceil((left - most[i + 1]) / c));
    const high = Math.min(n, Math.floor(left / c));
    for (let k = high; k >= low; k--) {
      if (work >= 0 && ++steps > work) throw new TooHardError('Exceeded max_work');
      if (search(i + 1, left - k * c)) return true;
    }
    return false;
  };
  return search(0, target);
}

/** Whether any byte belongs to both. `work`: 0 compares the outermost bytes only, -1 looks as long as it takes. */
function overlap(a: ArrayValue, b: ArrayValue, work: number): boolean {
  const [p, q] = [origin(a), origin(b)];
  if (a.size === 0 || b.size === 0 || p.memory !== q.memory) return false;
  const [alo, ahi] = byteBounds(a.shape, a.strides, a.offset + p.start, a.dtype.itemsize);
  const [blo, bhi] = byteBounds(b.shape, b.strides, b.offset + q.start, b.dtype.itemsize);
  if (alo >= bhi || blo >= ahi) return false;
  if (work === 0) return true;
  // A byte of a is alo + Σ |s|·x + r, one of b is blo + Σ |t|·y + u. Counting b's from its far end makes all coefficients positive.
  const terms = [a, b].flatMap((v) => [
    ...v.strides.map((s, d) => ({ c: Math.abs(s), n: v.shape[d] - 1 })),
    { c: 1, n: v.dtype.itemsize - 1 },
  ]);
  const useful = terms.filter((t) => t.c > 0 && t.n > 0).sort((s, t) => t.c - s.c);
  return reachable(useful, bhi - 1 - alo, work);
}

export interface ShareMemory {
  (a: ArrayLike, b: ArrayLike, max_work?: number | null): boolean;
  (a: ArrayLike, b: ArrayLike, kw: { max_work?: number | null }): boolean;
}

/** How many steps a search may take. @throws ValueError, OverflowError */
function budget(work: unknown, otherwise: number): number {
  if (work === null || work === undefined) return otherwise;
  const n = integerOf(work);
  if (n === null) throw new ValueError('max_work must be an integer');
  if (Math.abs(n) >= 2 ** 63) throw new OverflowError('Python int too large to convert to C ssize_t');
  return n;
}

/**
 * Whether two arrays may have memory in common. Compares the memory between the first and the last byte of each unless `max_work`
 * says more; never false for arrays that do share memory.
 * @example
 * const x = np.arange(8);
 * np.may_share_memory(x.at('::2'), x.at('1::2')); // → true
 */
export const may_share_memory: ShareMemory = /*@__PURE__*/ fn<ShareMemory>(
  'may_share_memory',
  'a, b, /, max_work=0',
  (a, b, work) => {
    try {
      return overlap(toArray(a), toArray(b), budget(work, 0));
    } catch (e) {
      if (e instanceof TooHardError) return true;
      throw e;
    }
  },
  'primitive',
);

/**
 * Whether two arrays have any byte of memory in common.
 *
 * @throws TooHardError when this is not found out in `max_work` steps (-1: no limit)
 * @example
 * const x = np.arange(8);
 * np.shares_memory(x.at('::2'), x.at('1::2')); // → false
 */
export const shares_memory: ShareMemory = /*@__PURE__*/ fn<ShareMemory>(
  'shares_memory',
  'a, b, /, max_work=-1',
  (a, b, work) => overlap(toArray(a), toArray(b), budget(work, -1)),
  'primitive',
);

/**
 * Whether an array is contiguous in Fortran order and not in C order.
 *
 * @example np.isfortran(np.zeros([2, 2], {order: 'F'})) // → true
 */
export const isfortran: (a: ArrayLike) => boolean = /*@__PURE__*/ fn(
  'isfortran',
  'a',
  (given) => {
    const a = toArray(given);
    return isFContiguous(a) && !isCContiguous(a);
  },
  'primitive',
);
