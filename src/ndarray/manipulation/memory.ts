import { type ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { isHost } from '../../core/device/access.js';
import { OverflowError, TooHardError, ValueError } from '../../core/errors.js';
import { integerOf } from '../../core/integer-argument.js';
import { floorDiv } from '../../core/scalars/calendar.js';
import { fn } from '../../core/signature.js';
import { byteBounds } from '../../core/view.js';

/** Questions about the memory of arrays. */

/** Where an array's memory begins, in terms that two arrays can be compared by. */
function origin(a: ArrayValue): { memory: unknown; start: number } {
  if (!isHost(a.buffer)) return { memory: a.buffer, start: 0 };
  const { bytes } = a.buffer;
  return { memory: bytes.buffer, start: bytes.byteOffset };
}

/** A number of steps, none to `n` of them, of `c` bytes each. */
interface Steps {
  readonly c: bigint;
  readonly n: bigint;
}

const least = (x: bigint, y: bigint): bigint => (x < y ? x : y);
const greatest = (x: bigint, y: bigint): bigint => (x > y ? x : y);
const ceilDiv = (x: bigint, y: bigint): bigint => -floorDiv(-x, y);

/** The greatest common divisor g of two numbers, and u, v with u·x + v·y = g. */
function euclid(x: bigint, y: bigint): { g: bigint; u: bigint; v: bigint } {
  let [g, h, u, p, v, q] = [x, y, 1n, 0n, 0n, 1n];
  while (h !== 0n) {
    const k = g / h;
    [g, h, u, p, v, q] = [h, g - k * h, p, u - k * p, q, v - k * q];
  }
  return { g, u, v };
}

/**
 * Whether Σ cᵢ·xᵢ = target has a solution with 0 ≤ xᵢ ≤ nᵢ. From the last term on, two variables at a time: the term's own, and one for all
 * terms before it, whose coefficient is their greatest common divisor; what solves that pair is a line of points, gone through one by one.
 * This is the order in which NumPy counts its steps, too.
 * @throws TooHardError after `work` steps
 */
function reachable(given: readonly Steps[], target: bigint, work: number): boolean {
  const byStep = new Map<bigint, bigint>();
  for (const { c, n } of given) byStep.set(c, (byStep.get(c) ?? 0n) + n);
  const terms = [...byStep]
    .map(([c, n]) => ({ c, n: least(n, target / c) }))
    .filter(({ n }) => n > 0n)
    .sort((x, y) => (x.c < y.c ? 1 : -1));
  if (terms.length === 0) return target === 0n;
  if (terms.length === 1) return target % terms[0].c === 0n && target / terms[0].c <= terms[0].n;
  // All terms up to one as one: the divisor that they have in common, and how often it fits into what they reach.
  const joined: (Steps & { readonly u: bigint; readonly v: bigint })[] = [];
  let before: Steps = terms[0];
  for (const t of terms.slice(1)) {
    const { g, u, v } = euclid(before.c, t.c);
    joined.push({ c: g, n: (before.c / g) * before.n + (t.c / g) * t.n, u, v });
    before = joined[joined.length - 1];
  }
  let steps = 0;
  const search = (k: number, left: bigint): boolean => {
    if (work >= 0 && steps >= work) throw new TooHardError('Exceeded max_work');
    const first = k === 1 ? terms[0] : joined[k - 2];
    const second = terms[k];
    const { c: g, u, v } = joined[k - 1];
    const [c1, c2] = [second.c / g, first.c / g];
    const [x1, x2] = [u * (left / g), v * (left / g)];
    const low = greatest(ceilDiv(-x1, c1), ceilDiv(x2 - second.n, c2));
    const high = least(floorDiv(first.n - x1, c1), floorDiv(x2, c2));
    if (left % g === 0n && low <= high) {
      if (k === 1) return true;
      for (let t = low; t <= high; t++) if (search(k - 1, left - second.c * (x2 - c2 * t))) return true;
    }
    steps++;
    return false;
  };
  return search(terms.length - 1, target);
}

/** Whether any byte belongs to both. `work`: 0 compares the outermost bytes only, -1 looks as long as it takes. */
function overlap(a: ArrayValue, b: ArrayValue, work: number): boolean {
  const [p, q] = [origin(a), origin(b)];
  if (a.size === 0 || b.size === 0 || p.memory !== q.memory) return false;
  const [alo, ahi] = byteBounds(a.shape, a.strides, a.offset + p.start, a.dtype.itemsize);
  const [blo, bhi] = byteBounds(b.shape, b.strides, b.offset + q.start, b.dtype.itemsize);
  if (alo >= bhi || blo >= ahi) return false;
  if (work === 0) throw new TooHardError('Exceeded max_work');
  // A byte of a is alo + Σ |s|·x + r, one of b is blo + Σ |t|·y + u. Counting b's from its far end makes all coefficients positive.
  const steps = [a, b].flatMap((v) => [
    ...v.strides.map((s, d) => [Math.abs(s), v.shape[d] - 1]),
    [1, v.dtype.itemsize - 1],
  ]);
  const useful = steps.filter(([c, n]) => c > 0 && n > 0).map(([c, n]) => ({ c: BigInt(c), n: BigInt(n) }));
  return reachable(useful, BigInt(Math.min(bhi - 1 - alo, ahi - 1 - blo)), work);
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
