/**
 * Binary floating point to decimal digits: the shortest digits that identify a value among the values of its width, and digits
 * correctly rounded (half to even) at a given place. The engine's own conversions do the common cases; exact integer arithmetic
 * decides the rest (ties, powers of two, digits beyond the shortest).
 */

export type FloatWidth = 'float16' | 'float32' | 'float64';

/** `digits[0].digits[1]digits[2]… × 10^exponent`. Digits may end in zeros; zero itself is '0' with exponent 0 (or a cut-off place). */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

interface Format {
  /** Significant bits. */
  readonly bits: number;
  /** Exponent of the smallest subnormal. */
  readonly least: number;
  /** Decimals of this many digits always survive the trip through the format (in its normal range) … */
  readonly sure: number;
  /** … and this many digits always identify a value. */
  readonly enough: number;
}

const FORMATS: { readonly [W in FloatWidth]: Format } = {
  float16: { bits: 11, least: -24, sure: 3, enough: 5 },
  float32: { bits: 24, least: -149, sure: 6, enough: 9 },
  float64: { bits: 53, least: -1074, sure: 15, enough: 17 },
};

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);
const u64 = new BigUint64Array(f64.buffer);

/** floor(log2 x) of a positive finite number. */
function log2Floor(x: number): number {
  f64[0] = x;
  const e = (u32[1] >>> 20) & 0x7ff;
  if (e !== 0) return e - 1023;
  f64[0] = x * 2 ** 54;
  return ((u32[1] >>> 20) & 0x7ff) - 1023 - 54;
}

/** x = m × 2^q exactly, with m an integer. */
function exactly(x: number): { m: bigint; q: number } {
  f64[0] = x;
  const e = (u32[1] >>> 20) & 0x7ff;
  const m = u64[0] & 0xfffffffffffffn;
  return e === 0 ? { m, q: -1074 } : { m: m | 0x10000000000000n, q: e - 1075 };
}

const tens: bigint[] = [1n];
/** 10^n, remembered. */
function ten(n: number): bigint {
  for (let i = tens.length; i <= n; i++) tens.push(tens[i - 1] * 10n);
  return tens[n];
}

/** m × 2^q / 10^p as a fraction of integers. */
function fraction(m: bigint, q: number, p: number): { n: bigint; d: bigint } {
  let n = m;
  let d = 1n;
  if (q >= 0) n <<= BigInt(q);
  else d <<= BigInt(-q);
  if (p >= 0) d *= ten(p);
  else n *= ten(-p);
  return { n, d };
}

/** Neighbours of x in its width: half the gap above, whether the gap below is half as large, and whether x's own mantissa is even. */
function margins(x: number, f: Format): { half: number; narrowBelow: boolean; even: boolean } {
  const ulp = Math.max(log2Floor(x) - f.bits + 1, f.least);
  const m = x / 2 ** ulp;
  return { half: ulp - 1, narrowBelow: m === 2 ** (f.bits - 1) && ulp > f.least, even: m % 2 === 0 };
}

const ZERO: Decimal = { digits: '0', exponent: 0 };

/** `1.25e-7` as digits and exponent. */
function parse(s: string): Decimal {
  const at = s.indexOf('e');
  const digits = at === 1 ? s[0] : s[0] + s.slice(2, at);
  return { digits, exponent: Number(s.slice(at + 1)) };
}

const stripZeros = (d: Decimal): Decimal => {
  let n = d.digits.length;
  while (n > 1 && d.digits.charCodeAt(n - 1) === 48) n--;
  return n === d.digits.length ? d : { digits: d.digits.slice(0, n), exponent: d.exponent };
};

const fromInteger = (n: bigint, place: number): Decimal => {
  const digits = n.toString();
  return { digits, exponent: place + digits.length - 1 };
};

/** The place (power of ten) of a decimal's last digit. */
const lastPlace = (d: Decimal): number => d.exponent - d.digits.length + 1;

/** The shortest decimal between x's neighbours' midpoints, nearest to x where several are shortest, by integer arithmetic. */
function shortestExact(x: number, f: Format): Decimal {
  const { half, narrowBelow, even } = margins(x, f);
  // Everything in units of a quarter of the gap above.
  const unit = half - 1;
  const { m, q } = exactly(x);
  const v = q >= unit ? m << BigInt(q - unit) : m >> BigInt(unit - q);
  const low = v - (narrowBelow ? 1n : 2n);
  const high = v + 2n;
  for (let p = parse(x.toExponential()).exponent; ; p--) {
    const { n, d } = fraction(v, unit, p);
    const { n: nLow } = fraction(low, unit, p);
    const { n: nHigh } = fraction(high, unit, p);
    const down = n / d;
    const up = down + 1n;
    const downFits = down > 0n && (even ? down * d >= nLow : down * d > nLow);
    const upFits = even ? up * d <= nHigh : up * d < nHigh;
    if (!downFits && !upFits) continue;
    let pick = upFits ? up : down;
    if (downFits && upFits) {
      const twice = 2n * (n - down * d);
      pick = twice < d || (twice === d && down % 2n === 0n) ? down : up;
    }
    return stripZeros(fromInteger(pick, p));
  }
}

/**
 * The shortest digits that read back as x in its width.
 * @param x finite and not negative; a value of that width
 */
export function shortest(x: number, width: FloatWidth): Decimal {
  if (x === 0) return ZERO;
  if (width === 'float64') return parse(x.toExponential());
  const f = FORMATS[width];
  const { half, narrowBelow } = margins(x, f);
  if (narrowBelow) return shortestExact(x, f);
  // For these widths the midpoints to the neighbours are numbers, and a decimal lies between them if the number nearest to it does.
  const low = x - 2 ** half;
  const high = x + 2 ** half;
  // In the normal range two decimals of `sure` digits never name the same value, so that shorter ones are those that end in zeros.
  const normal = half + 1 > f.least;
  for (let k = normal ? f.sure : 1; k <= f.enough; k++) {
    const s = x.toExponential(k - 1);
    const d = Number(s);
    if (d === low || d === high) break;
    if (d <= low || d >= high) continue;
    const found = parse(s);
    // A last digit that could come from a tie is settled exactly, since the engine rounds ties up.
    const next = x.toExponential(k);
    if (next[next.indexOf('e') - 1] === '5') break;
    return normal ? stripZeros(found) : found;
  }
  return shortestExact(x, f);
}

/** Exact sign of x - d. */
function compare(x: number, d: Decimal): number {
  const { m, q } = exactly(x);
  const { n, d: den } = fraction(m, q, lastPlace(d));
  const right = BigInt(d.digits) * den;
  return n < right ? -1 : n > right ? 1 : 0;
}

/** Digits of a decimal up to its first `kept`, plus one in the last place; nines that overflow are dropped. */
function increment(digits: string, kept: number, exponent: number): Decimal {
  let i = kept - 1;
  while (i >= 0 && digits.charCodeAt(i) === 57) i--;
  if (i < 0) return { digits: '1', exponent: exponent + 1 };
  return { digits: digits.slice(0, i) + String.fromCharCode(digits.charCodeAt(i) + 1), exponent };
}

/** x rounded at place p, given its shortest digits d (of any width), which reach below p. */
function cut(x: number, d: Decimal, p: number): Decimal {
  const kept = d.exponent - p + 1;
  if (kept < 0) return { digits: '0', exponent: p };
  // The shortest digits are on the same side of the half as x itself, except where they are the half.
  const tail = d.digits.charCodeAt(kept) - 48;
  let up = tail >= 5;
  if (tail === 5 && d.digits.length === kept + 1) {
    const side = compare(x, d);
    up = side > 0 || (side === 0 && kept > 0 && (d.digits.charCodeAt(kept - 1) & 1) === 1);
  }
  if (kept === 0) return { digits: up ? '1' : '0', exponent: p };
  return up ? increment(d.digits, kept, d.exponent) : { digits: d.digits.slice(0, kept), exponent: d.exponent };
}

/**
 * x rounded at place p by integer arithmetic. With a format, p is below the shortest digits and the choice between the two candidates follows the
 * midpoints to the neighbours (which matters for powers of two only, where the gap below is half as wide).
 */
function roundExact(x: number, p: number, f: Format | null): Decimal {
  const { m, q } = exactly(x);
  const { n, d } = fraction(m, q, p);
  const down = n / d;
  const rest = n - down * d;
  let up = 2n * rest > d || (2n * rest === d && down % 2n === 1n);
  if (f !== null && rest !== 0n) {
    const { half, narrowBelow, even } = margins(x, f);
    const above = fraction(1n, half, p);
    const below = fraction(1n, narrowBelow ? half - 1 : half, p);
    const low = even ? rest * below.d <= below.n * d : rest * below.d < below.n * d;
    const toUp = (d - rest) * above.d;
    const high = even ? toUp <= above.n * d : toUp < above.n * d;
    if (low !== high) up = high;
  }
  const floor = fromInteger(down, p);
  if (down === 0n) return { digits: up ? '1' : '0', exponent: p };
  return up
    ? increment(floor.digits, floor.digits.length, floor.exponent)
    : rest === 0n && f === null
      ? stripZeros(floor)
      : floor;
}

/**
 * x rounded, half to even, at place p (the power of ten of the last digit wanted). Trailing zeros may be left out or not.
 * @param careful keep exactly the zeros that digit-by-digit generation would give
 */
export function rounded(x: number, p: number, careful = false): Decimal {
  if (x === 0) return ZERO;
  const d = shortest(x, 'float64');
  if (lastPlace(d) > p) {
    // Within 15 digits the shortest decimal is also the nearest one.
    return !careful && d.exponent - p < 15 ? d : roundExact(x, p, null);
  }
  return lastPlace(d) === p ? (careful ? roundExact(x, p, null) : d) : cut(x, d, p);
}

/** The place of x's own first digit; rounding may have carried the shortest digits one further. */
function firstPlace(x: number, d: Decimal): number {
  return d.digits === '1' && compare(x, d) < 0 ? d.exponent - 1 : d.exponent;
}

/**
 * Where digits stop. Places count from the decimal point ('fraction': 2 is hundredths) or from the first digit ('total').
 * Negative means no limit.
 */
export interface Cutoff {
  readonly mode: 'fraction' | 'total';
  readonly max: number;
  readonly min: number;
}

/**
 * The digits to print of x.
 * @param unique stop where x is identified (but between the cutoffs' limits); otherwise go on to `max`
 */
export function digitsOf(x: number, width: FloatWidth, unique: boolean, cutoff: Cutoff): Decimal {
  if (x === 0) return ZERO;
  const total = cutoff.mode === 'total';
  if (!unique) {
    if (!total) return rounded(x, -cutoff.max);
    const d = shortest(x, 'float64');
    return rounded(x, firstPlace(x, d) + 1 - cutoff.max, true);
  }
  const d = shortest(x, width);
  if (cutoff.max < 0 && cutoff.min < 0) return d;
  const first = total ? firstPlace(x, d) + 1 : 0;
  const last = lastPlace(d);
  if (cutoff.max >= 0 && last < first - cutoff.max) return cut(x, d, first - cutoff.max);
  if (cutoff.min < 0) return d;
  const p = cutoff.max >= 0 ? Math.max(first - cutoff.min, first - cutoff.max) : first - cutoff.min;
  if (p >= last) return d;
  const f = FORMATS[width];
  return total || margins(x, f).narrowBelow ? roundExact(x, p, f) : rounded(x, p);
}
