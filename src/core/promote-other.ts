import {
  bytesDtype,
  type DType,
  isNumber,
  isText,
  isTime,
  nativeOf,
  objectDtype,
  strDtype,
  timeDtype,
  type TimeUnit,
  type Unit,
  UNITS,
  factorBetween,
} from './dtype.js';
import { DTypePromotionError, OverflowError, TypeError, ValueError } from './errors.js';
import { structure } from './dtypes/parse.js';
import { subarrayDtype } from './dtypes/parametric.js';
import { sameShape } from './view.js';
import type { Casting } from './promote.js';

/** Promotion and casting where a dtype is no native number: byte orders, text, dates, objects, structures. */

/** Characters that the text of a number takes at most, as NumPy counts them. */
export function textWidth(d: DType): number {
  switch (d.kind) {
    case 'b':
      return 5;
    case 'u':
      return [3, 5, 10, 20][Math.log2(d.itemsize)];
    case 'i':
      return [4, 6, 11, 21][Math.log2(d.itemsize)];
    case 'f':
      return 32;
    default:
      return 64;
  }
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

const bracket = (u: TimeUnit): string => `[${u.count === 1 ? '' : u.count}${u.base}]`;

/**
 * The coarsest unit in which both can be counted; durations in years or months go with no unit of fixed length.
 * @throws TypeError; OverflowError where one unit holds more than 2^56 of the other
 */
export function commonUnit(a: TimeUnit, b: TimeUnit, kind: 'M' | 'm'): TimeUnit {
  if (a.base === 'generic') return b;
  if (b.base === 'generic') return a;
  const [x, y] = UNITS.indexOf(a.base as Unit) <= UNITS.indexOf(b.base as Unit) ? [a, b] : [b, a];
  const f = factorBetween(x.base as Unit, y.base as Unit);
  if (f === null) {
    if (kind === 'm')
      throw new TypeError(
        `Cannot get a common metadata divisor for Numpy datetime metadata ${bracket(a)} and ${bracket(b)} because they have incompatible nonlinear base time units.`,
      );
  }
  // Years and months, which no whole number of days makes, count as weeks here.
  const coarse = f ?? (factorBetween('W', y.base as Unit) as bigint);
  const count = gcd(coarse * BigInt(x.count), BigInt(y.count));
  if (coarse * BigInt(x.count) >= 1n << 63n || coarse >= 1n << 56n)
    throw new OverflowError(
      `Integer overflow getting a common metadata divisor for NumPy datetime metadata ${bracket(a)} and ${bracket(b)}.`,
    );
  return { base: y.base, count: Number(count) };
}

const noCommonOf = (x: string, y: string): DTypePromotionError =>
  new DTypePromotionError(
    `The DType <class 'numpy.dtypes.${x}'> could not be promoted by <class 'numpy.dtypes.${y}'>. This means that no common DType exists for the given inputs. For example they cannot be stored in a single array unless the dtype is \`object\`. The full list of DTypes is: (<class 'numpy.dtypes.${x}'>, <class 'numpy.dtypes.${y}'>)`,
  );
const noCommon = (a: DType, b: DType): DTypePromotionError =>
  new DTypePromotionError(
    `The DTypes <class 'numpy.dtypes.${className(a)}'> and <class 'numpy.dtypes.${className(b)}'> do not have a common DType. For example they cannot be stored in a single array unless the dtype is \`object\`.`,
  );

/** The classes by which messages name lone numbers. */
export const WEAK_CLASS = { int: '_PyLongDType', float: '_PyFloatDType', complex: '_PyComplexDType' };
/** The error of a lone number that meets a dtype of no numbers. */
export const noCommonWith = (a: DType, weak: keyof typeof WEAK_CLASS): DTypePromotionError =>
  noCommonOf(className(a), WEAK_CLASS[weak]);

const CLASSES: Record<string, string> = {
  str: 'Str',
  bytes: 'Bytes',
  datetime64: 'DateTime64',
  timedelta64: 'TimeDelta64',
  object: 'Object',
  void: 'Void',
  uint8: 'UInt8',
  uint16: 'UInt16',
  uint32: 'UInt32',
  uint64: 'UInt64',
};
/** `Float64DType`: a dtype's class in `numpy.dtypes`. */
export const className = (d: DType): string =>
  `${CLASSES[d.family] ?? d.family[0].toUpperCase() + d.family.slice(1)}DType`;

type One = DType | keyof typeof WEAK_CLASS;
const WEAK_ORDER: readonly One[] = ['int', 'float', 'complex'];

/** What the class of `a` alone makes of another: null where it does not know it, as numbers know those with smaller type numbers. */
function knows(a: One, b: One, pair: (a: DType, b: DType) => DType): One | null {
  if (typeof a === 'string') {
    if (typeof b === 'string') return WEAK_ORDER.indexOf(b) <= WEAK_ORDER.indexOf(a) ? a : null;
    return isNumber(b) && { int: 'b', float: 'biu', complex: 'biuf' }[a].includes(b.kind) ? a : null;
  }
  if (a.kind === 'O') return a;
  if (a.kind === 'V') return null;
  if (isText(a)) return typeof b !== 'string' && (isNumber(b) || (a.kind === 'U' && b.kind === 'S')) ? a : null;
  if (typeof b === 'string') {
    const takes = { int: 'iufcm', float: 'fc', complex: 'c' }[b];
    return takes.includes(a.kind) ? a : null;
  }
  if (a.kind === 'M' && b.kind === 'm') return a;
  if (a.kind === 'm' && b.kind === 'M') return null;
  if (b.num > a.num) return null;
  try {
    return pair(a, b);
  } catch {
    return null;
  }
}

/**
 * Whether several operands have a dtype in common, asked in the order in which NumPy asks: from both ends, the one that does not know
 * the other giving it its place, until the first is the one that has to know all the others.
 * @throws DTypePromotionError that names the two that do not meet
 */
export function checkMeeting(
  dtypes: readonly DType[],
  weak: readonly (keyof typeof WEAK_CLASS)[],
  pair: (a: DType, b: DType) => DType,
): void {
  const all: One[] = [...dtypes, ...weak];
  const nameOf = (d: One): string => `<class 'numpy.dtypes.${typeof d === 'string' ? WEAK_CLASS[d] : className(d)}'>`;
  const list: (One | null)[] = [...all];
  for (let n = list.length; n > 1; n -= n >> 1) {
    for (let low = 0; low < n >> 1; low++) {
      const high = n - 1 - low;
      const [a, b] = [list[low] as One, list[high]];
      if (b === null || nameOf(a) === nameOf(b)) continue;
      [list[low], list[high]] = knows(a, b, pair) === null ? [b, a] : [a, null];
    }
  }
  const main = list[0] as One;
  for (const other of list.slice(1))
    if (other !== null && nameOf(other) !== nameOf(main) && knows(main, other, pair) === null)
      throw new DTypePromotionError(
        `The DType ${nameOf(other)} could not be promoted by ${nameOf(main)}. This means that no common DType exists for the given inputs. For example they cannot be stored in a single array unless the dtype is \`object\`. The full list of DTypes is: (${all.map(nameOf).join(', ')})`,
      );
}

/** Structures are promoted field by field, where their names agree. */
function promoteVoid(a: DType, b: DType, numbers: (a: DType, b: DType) => DType): DType {
  if (a.kind !== 'V' || b.kind !== 'V')
    throw new DTypePromotionError(
      `The DTypes <class 'numpy.dtypes.${className(a)}'> and <class 'numpy.dtypes.${className(b)}'> do not have a common DType. For example they cannot be stored in a single array unless the dtype is \`object\`.`,
    );
  if (a.layout === null && b.layout === null && a.subdtype === null && b.subdtype === null)
    throw new DTypePromotionError(
      'Invalid type promotion with void datatypes of different lengths. Use the `np.bytes_` datatype instead to pad the shorter value with trailing zero bytes.',
    );
  if (a.subdtype !== null && b.subdtype !== null && sameShape(a.subdtype[1], b.subdtype[1]))
    return subarrayDtype(common(a.subdtype[0], b.subdtype[0], numbers), a.subdtype[1]);
  if (a.layout === null || b.layout === null)
    throw new DTypePromotionError(
      a.subdtype !== null || b.subdtype !== null
        ? 'invalid type promotion with subarray datatypes (shape mismatch).'
        : 'invalid type promotion with structured datatype(s).',
    );
  const names = (d: DType): string =>
    `(${(d.names as string[]).map((n) => `'${n}'`).join(', ')}${d.names?.length === 1 ? ',' : ''})`;
  if (names(a) !== names(b)) throw new DTypePromotionError(`field names \`${names(a)}\` and \`${names(b)}\` mismatch.`);
  const other = b.layout;
  const aligned = a.isalignedstruct || b.isalignedstruct;
  return structure(
    a.layout.map((f, i) => {
      if (f.title !== other[i].title) throw new DTypePromotionError(`field titles of field '${f.name}' mismatch`);
      return { name: f.name, title: f.title, dtype: common(f.dtype, other[i].dtype, numbers) };
    }),
    aligned,
  );
}

const common = (a: DType, b: DType, numbers: (a: DType, b: DType) => DType): DType =>
  a.index >= 0 && b.index >= 0 ? numbers(a, b) : promoteOther(a, b, numbers);

/** @param numbers promotion of native numbers */
export function promoteOther(a: DType, b: DType, numbers: (a: DType, b: DType) => DType): DType {
  if (a === b && a.isnative && a.layout === null) return a;
  const x = nativeOf(a);
  const y = nativeOf(b);
  if (x === y) return x.layout === null ? x : promoteVoid(x, y, numbers);
  if (x.index >= 0 && y.index >= 0) return numbers(x, y);
  if (x.kind === 'O' || y.kind === 'O') return objectDtype;
  if (x.kind === 'V' || y.kind === 'V') return promoteVoid(x, y, numbers);
  if (isText(x) || isText(y)) {
    const wide = x.kind === 'U' || y.kind === 'U';
    const width = (d: DType): number => (d.kind === 'U' ? d.itemsize / 4 : d.kind === 'S' ? d.itemsize : textWidth(d));
    if (isTime(x) || isTime(y)) throw noCommon(a, b);
    const n = Math.max(width(x), width(y));
    return wide ? strDtype(n) : bytesDtype(n);
  }
  if (isTime(x) && isTime(y)) {
    const kind = x.kind === 'M' || y.kind === 'M' ? 'M' : 'm';
    return timeDtype(kind, commonUnit(x.unit as TimeUnit, y.unit as TimeUnit, kind));
  }
  const [time, other] = isTime(x) ? [x, y] : [y, x];
  if (time.kind === 'm' && canCastOther(other, time, 'safe', () => false)) return time;
  throw noCommon(a, b);
}

/** Whether two dtypes lay the same elements out in the same way, whatever they are called or how the layout was found. */
const isSame = (a: DType, b: DType): boolean =>
  a.plain === b.plain ||
  (a.kind === 'S' && b.kind === 'S' && a.itemsize === b.itemsize) ||
  (a.subdtype !== null &&
    b.subdtype !== null &&
    sameShape(a.subdtype[1], b.subdtype[1]) &&
    isSame(a.subdtype[0], b.subdtype[0])) ||
  (a.layout !== null &&
    b.layout !== null &&
    a.itemsize === b.itemsize &&
    a.layout.length === b.layout.length &&
    a.layout.every((f, i) => {
      const g = (b.layout as typeof a.layout)[i];
      return f.name === g.name && f.offset === g.offset && f.title === g.title && isSame(f.dtype, g.dtype);
    }));

/** @param numbers casting between native numbers */
export function canCastOther(
  from: DType,
  to: DType,
  casting: Casting,
  numbers: (from: DType, to: DType, casting: Casting) => boolean,
): boolean {
  if (!['no', 'equiv', 'safe', 'same_kind', 'unsafe'].includes(casting)) throw badCasting(casting);
  if (casting === 'unsafe') return !cannotCastVoid(from, to);
  if (isSame(from, to)) return true;
  if (isText(to) && to.itemsize === 0 && from.kind === to.kind) return true;
  if (sameDecimalUnit(from, to) && (casting !== 'no' || from.isnative === to.isnative)) return true;
  if (casting === 'no') return false;
  const x = nativeOf(from);
  const y = nativeOf(to);
  if (isSame(x, y)) return true;
  if (casting === 'equiv' && (x.layout === null || y.layout === null)) return false;
  if (x.index >= 0 && y.index >= 0) return numbers(x, y, casting);
  if (y.kind === 'O') return true;
  if (x.kind === 'O') return false;
  if (x.layout !== null || y.layout !== null) return canCastStructure(x, y, casting, numbers);
  if (y.subdtype !== null && x.subdtype === null) return castsBetween(x, y.subdtype[0], casting, numbers);
  if (x.subdtype !== null && y.subdtype !== null)
    return sameShape(x.subdtype[1], y.subdtype[1]) && castsBetween(x.subdtype[0], y.subdtype[0], casting, numbers);
  const same = casting === 'same_kind';
  if (isText(y)) {
    if (isText(x)) {
      if (x.kind === 'U' && y.kind === 'S') return false;
      const n = x.kind === 'U' ? x.itemsize / 4 : x.itemsize;
      return y.itemsize === 0 || same || n <= (y.kind === 'U' ? y.itemsize / 4 : y.itemsize);
    }
    if (isNumber(x)) return y.itemsize === 0 || same || textWidth(x) <= (y.kind === 'U' ? y.itemsize / 4 : y.itemsize);
    return false;
  }
  if (y.kind === 'V') return x.kind === 'V' ? x.itemsize <= y.itemsize : y.layout === null && x.itemsize <= y.itemsize;
  if (isTime(x) && isTime(y)) {
    if (x.kind !== y.kind) return false;
    return castsUnit(x.unit as TimeUnit, y.unit as TimeUnit, x.kind as 'M' | 'm', same);
  }
  if (y.kind === 'm') return x.kind === 'i' || x.kind === 'b' || (x.kind === 'u' && (same || x.itemsize < 8));
  return false;
}

/** NumPy takes units from seconds down for the same where the counts differ by as much as the units do. */
function sameDecimalUnit(from: DType, to: DType): boolean {
  const [a, b] = [from.unit, to.unit];
  if (a === null || b === null || from.kind !== to.kind) return false;
  const [i, j] = [UNITS.indexOf(a.base as Unit), UNITS.indexOf(b.base as Unit)];
  return j >= UNITS.indexOf('s') && i - j >= 1 && i - j <= 3 && Math.trunc(a.count / b.count) === 1000 ** (i - j);
}

/** @returns ValueError for a rule of casting that is none */
export const badCasting = (casting: unknown): ValueError =>
  new ValueError(`casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${String(casting)}')`);

/** Whether counts of one unit may become counts of another. */
function castsUnit(from: TimeUnit, to: TimeUnit, kind: 'M' | 'm', same: boolean): boolean {
  if (from.base === 'generic') return true;
  if (to.base === 'generic') return false;
  const i = UNITS.indexOf(from.base as Unit);
  const j = UNITS.indexOf(to.base as Unit);
  const nonlinear = i <= 1 !== j <= 1;
  if (nonlinear && kind === 'm') return false;
  if (same) return true;
  if (nonlinear) return i <= j;
  const f = i <= j ? factorBetween(from.base as Unit, to.base as Unit) : null;
  return f !== null && (f * BigInt(from.count)) % BigInt(to.count) === 0n;
}

type Numbers = (from: DType, to: DType, casting: Casting) => boolean;

const castsBetween = (x: DType, y: DType, casting: Casting, numbers: Numbers): boolean =>
  x.index >= 0 && y.index >= 0 ? numbers(x, y, casting) : canCastOther(x, y, casting, numbers);

/** Structures that no rule lets be cast: of several fields to anything else, and of another number of fields. */
function cannotCastVoid(x: DType, y: DType): boolean {
  if (x.layout === null || x === y || y.kind === 'O') return false;
  const to = y.layout;
  if (to !== null)
    return x.layout.length !== to.length || x.layout.some((f, i) => cannotCastVoid(f.dtype.base, to[i].dtype.base));
  if (y.kind === 'V' && y.itemsize === 0) return false;
  return x.layout.length !== 1 || cannotCastVoid(x.layout[0].dtype.base, y);
}

/** Fields are cast by position; their names matter only to 'equiv'. */
function canCastStructure(x: DType, y: DType, casting: Casting, numbers: Numbers): boolean {
  if (x.layout === null || y.layout === null) {
    return false;
  }
  const to = y.layout;
  if (x.layout.length !== to.length) return false;
  return x.layout.every(
    (f, i) => (casting !== 'equiv' || f.name === to[i].name) && castsBetween(f.dtype, to[i].dtype, casting, numbers),
  );
}
