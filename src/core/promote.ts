import {
  byName,
  complex64,
  complex128,
  type DType,
  DTYPES,
  float16,
  float32,
  float64,
  int16,
  int32,
  int64,
  isText,
  isTime,
  objectDtype,
} from './dtype.js';
import { DTypePromotionError } from './errors.js';
import { badCasting, canCastOther, checkMeeting, promoteOther } from './promote-other.js';

/**
 * Promotion and casting: NumPy's lattice of the numeric dtypes, and NEP 50 for Python-like scalars, which have a kind but
 * no dtype until they meet an array.
 */

/** The kind of a lone JavaScript number in an operation: it adapts to the arrays beside it. */
export type WeakKind = 'int' | 'float' | 'complex';

export type Casting = 'no' | 'equiv' | 'safe' | 'same_kind' | 'unsafe';

const SIGNED: Record<number, DType> = { 1: byName.int8, 2: int16, 4: int32, 8: int64 };
const FLOATS: readonly DType[] = [float16, float32, float64];

/** The smallest float that holds every value of an integer dtype exactly (or, for 32 and 64 bits, NumPy's choice: float64). */
const floatFor = (d: DType): DType =>
  d.kind === 'f' ? d : d.itemsize === 1 ? float16 : d.itemsize === 2 ? float32 : float64;

function promotePair(a: DType, b: DType): DType {
  if (a === b) return a;
  if (a.kind === 'b') return b;
  if (b.kind === 'b') return a;
  if (a.kind === 'c' || b.kind === 'c') {
    const width = (d: DType): number => (d.kind === 'c' ? d.itemsize / 2 : floatFor(d).itemsize);
    return Math.max(width(a), width(b)) > 4 ? complex128 : complex64;
  }
  if (a.kind === 'f' || b.kind === 'f') {
    const size = Math.max(floatFor(a).itemsize, floatFor(b).itemsize);
    return FLOATS.find((f) => f.itemsize >= size) as DType;
  }
  if (a.kind === b.kind) return a.itemsize >= b.itemsize ? a : b;
  const [i, u] = a.kind === 'i' ? [a, b] : [b, a];
  if (i.itemsize > u.itemsize) return i;
  return u.itemsize === 8 ? float64 : SIGNED[u.itemsize * 2];
}

/** TABLE[a.index][b.index]: promotion of every pair, made once. */
const TABLE: readonly (readonly DType[])[] = DTYPES.map((a) => DTYPES.map((b) => promotePair(a, b)));

/** The smallest dtype to which both may be cast safely (`np.promote_types`). @throws DTypePromotionError where there is none */
export const promote = (a: DType, b: DType): DType =>
  a.index >= 0 && b.index >= 0 ? TABLE[a.index][b.index] : promoteOther(a, b, promote);

const KIND_RANK: Readonly<Record<string, number>> = { b: 0, u: 1, i: 2, f: 3, c: 4 };

/** `np.can_cast` for dtypes. */
export function canCast(from: DType, to: DType, casting: Casting = 'safe'): boolean {
  if (from.index < 0 || to.index < 0) return canCastOther(from, to, casting, canCast);
  switch (casting) {
    case 'no':
    case 'equiv':
      return from === to;
    case 'safe':
      return TABLE[from.index][to.index] === to;
    case 'same_kind':
      return TABLE[from.index][to.index] === to || KIND_RANK[from.kind] <= KIND_RANK[to.kind];
    case 'unsafe':
      return true;
    default:
      throw badCasting(casting);
  }
}

const WEAK_RANK = { int: 1, float: 2, complex: 3 } as const;
const rankOf = (d: DType): number => (d.kind === 'b' ? 0 : d.kind === 'f' ? 2 : d.kind === 'c' ? 3 : 1);
const WEAK_DEFAULT: Record<WeakKind, DType> = { int: int64, float: float64, complex: complex128 };

/** Whether a weak scalar takes on the dtype of the strong operands (highest kind rank given), or its own default. */
export const weakYields = (kind: WeakKind, strongRank: number): boolean => strongRank >= WEAK_RANK[kind];
export const weakDefault = (kind: WeakKind): DType => WEAK_DEFAULT[kind];
export { rankOf as kindRank };

/** The kind of weak scalar that a JavaScript value is: integral numbers are ints, as in `2`; fractional and non-finite ones floats. */
export const weakKindOf = (x: number | bigint): WeakKind =>
  typeof x === 'bigint' || Number.isInteger(x) ? 'int' : 'float';

/**
 * `np.result_type` over dtypes and weak scalars.
 * @throws ValueError when nothing is given
 */
export function resultType(dtypes: readonly DType[], weak: readonly WeakKind[] = []): DType {
  if (dtypes.some((d) => d.index < 0)) {
    // Structures are of one class: what keeps them apart is said by itself.
    if (!dtypes.every((d) => d.kind === 'V') || weak.length > 0) checkMeeting(dtypes, weak, promote);
    if (dtypes.some((d) => d.kind === 'O')) return objectDtype;
    // Text is as wide as each of the others alone needs it.
    dtypes = [...dtypes.filter(isText), ...dtypes.filter((d) => !isText(d))];
    if (isText(dtypes[0])) return dtypes.reduce(promote, promote(dtypes[0], dtypes[0]));
    const met = dtypes.reduce(promote);
    if (isTime(met)) return met;
  }
  // One dtype alone comes out in the machine's byte order and without gaps, too.
  if (dtypes.length === 1 && dtypes[0].index < 0) dtypes = [promote(dtypes[0], dtypes[0])];
  let out: DType | null = null;
  // Kinds of higher rank first: int8, uint8 and float16 together are float16, though int8 and uint8 alone would need more.
  if (dtypes.length > 2)
    for (const d of [...dtypes].sort((a, b) => KIND_RANK[b.kind] - KIND_RANK[a.kind]))
      out = out === null ? d : promote(out, d);
  else for (const d of dtypes) out = out === null ? d : promote(out, d);
  for (const w of weak) {
    if (out === null) out = WEAK_DEFAULT[w];
    else if (WEAK_RANK[w] > rankOf(out)) {
      if (w === 'complex' && out.kind === 'f') out = out.itemsize === 8 ? complex128 : complex64;
      else out = WEAK_DEFAULT[w];
    }
  }
  if (out === null) throw new DTypePromotionError('at least one array or dtype is required');
  return out;
}

export { fitsInteger, integerRange } from './integers.js';

export const isWideInt = (d: DType): boolean => d.itemsize === 8 && (d.kind === 'i' || d.kind === 'u');
