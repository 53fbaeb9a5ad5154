import { ArrayValue } from '../core/array.js';
import { isComplex } from '../core/complex.js';
import { halfToNumber, numberToHalf } from '../core/device/access.js';
import {
  asDtype,
  bool,
  byName,
  complex128,
  type DType,
  type DTypeLike,
  float64,
  int64,
  nativeOf,
  objectDtype,
  strDtype,
} from '../core/dtype.js';
import { ValueError, warn } from '../core/errors.js';
import { inspectable } from '../core/inspect.js';
import { integerRange } from '../core/promote.js';
import { fn } from '../core/signature.js';

/** Machine limits: `np.finfo` and `np.iinfo`. */

/** Formats and limits of each float type. `text` has the numbers as NumPy prints them. */
interface FloatRow {
  readonly precision: number;
  readonly nmant: number;
  readonly iexp: number;
  readonly maxexp: number;
  readonly text: {
    readonly resolution: string;
    readonly eps: string;
    readonly epsneg: string;
    readonly tiny: string;
    readonly max: string;
    readonly least: string;
    readonly repr: string;
  };
}

const FLOATS: Record<string, FloatRow> = {
  float16: {
    precision: 3,
    nmant: 10,
    iexp: 5,
    maxexp: 16,
    text: {
      resolution: '0.001',
      eps: '0.000977',
      epsneg: '0.0004883',
      tiny: '6.104e-05',
      max: '6.55e+04',
      least: '6e-08',
      repr: '6.55040e+04',
    },
  },
  float32: {
    precision: 6,
    nmant: 23,
    iexp: 8,
    maxexp: 128,
    text: {
      resolution: '1e-06',
      eps: '1.1920929e-07',
      epsneg: '5.9604645e-08',
      tiny: '1.1754944e-38',
      max: '3.4028235e+38',
      least: '1e-45',
      repr: '3.4028235e+38',
    },
  },
  float64: {
    precision: 15,
    nmant: 52,
    iexp: 11,
    maxexp: 1024,
    text: {
      resolution: '1e-15',
      eps: '2.220446049250313e-16',
      epsneg: '1.1102230246251565e-16',
      tiny: '2.2250738585072014e-308',
      max: '1.7976931348623157e+308',
      least: '5e-324',
      repr: '1.7976931348623157e+308',
    },
  },
};

/** A number as the nearest one of a dtype. */
const ROUND: Record<string, (x: number) => number> = {
  float16: (x) => halfToNumber(numberToHalf(x)),
  float32: Math.fround,
  float64: (x) => x,
};

/** Limits of a float dtype; of a complex dtype, those of its halves. */
export class FloatInfo {
  readonly dtype: DType;
  readonly bits: number;
  readonly eps: number;
  readonly epsneg: number;
  readonly max: number;
  readonly min: number;
  readonly tiny: number;
  readonly smallest_normal: number;
  readonly smallest_subnormal: number;
  readonly resolution: number;
  readonly precision: number;
  readonly nmant: number;
  readonly iexp: number;
  readonly nexp: number;
  readonly maxexp: number;
  readonly minexp: number;
  readonly machep: number;
  readonly negep: number;

  constructor(d: DType) {
    const row = FLOATS[d.name];
    this.dtype = d;
    this.bits = d.itemsize * 8;
    this.nmant = row.nmant;
    this.iexp = row.iexp;
    this.nexp = row.iexp;
    this.maxexp = row.maxexp;
    this.minexp = 2 - row.maxexp;
    this.machep = -row.nmant;
    this.negep = -row.nmant - 1;
    this.eps = 2 ** -row.nmant;
    this.epsneg = 2 ** (-row.nmant - 1);
    this.max = (2 - 2 ** -row.nmant) * 2 ** (row.maxexp - 1);
    this.min = -this.max;
    this.tiny = 2 ** this.minexp;
    this.smallest_normal = this.tiny;
    this.smallest_subnormal = 2 ** (this.minexp - row.nmant);
    this.precision = row.precision;
    this.resolution = ROUND[d.name](10 ** -row.precision);
  }

  /** `finfo(resolution=1e-15, min=…, max=…, dtype=float64)` */
  repr(): string {
    const t = FLOATS[this.dtype.name].text;
    return `finfo(resolution=${t.resolution}, min=-${t.repr}, max=${t.repr}, dtype=${this.dtype.name})`;
  }

  /** The table that Python's `print(np.finfo(…))` shows. */
  toString(): string {
    const t = FLOATS[this.dtype.name].text;
    const line = '-'.repeat(63);
    return (
      `Machine parameters for ${this.dtype.name}\n${line}\n` +
      `precision = ${this.precision}   resolution = ${t.resolution}\n` +
      `machep = ${this.machep}   eps =        ${t.eps}\n` +
      `negep =  ${this.negep}   epsneg =     ${t.epsneg}\n` +
      `minexp = ${this.minexp}   tiny =       ${t.tiny}\n` +
      `maxexp = ${this.maxexp}   max =        ${t.max}\n` +
      `nexp =   ${this.nexp}   min =        -max\n` +
      `smallest_normal = ${t.tiny}   smallest_subnormal = ${t.least}\n${line}\n`
    );
  }
}

/** Limits of an integer dtype. 64-bit ones are bigints where a number would be inexact. */
export class IntInfo {
  readonly dtype: DType;
  readonly kind: string;
  readonly bits: number;
  /** `i32`: kind and bits. */
  readonly key: string;
  readonly min: number | bigint;
  readonly max: number | bigint;

  constructor(d: DType) {
    const [lo, hi] = integerRange(d);
    const exact = (v: bigint): number | bigint => (d.itemsize === 8 && v !== 0n ? v : Number(v));
    this.dtype = d;
    this.kind = d.kind;
    this.bits = d.itemsize * 8;
    this.key = `${d.kind}${this.bits}`;
    this.min = exact(lo);
    this.max = exact(hi);
  }

  /** `iinfo(min=-128, max=127, dtype=int8)` */
  repr(): string {
    return `iinfo(min=${this.min}, max=${this.max}, dtype=${this.dtype})`;
  }

  /** The table that Python's `print(np.iinfo(…))` shows. */
  toString(): string {
    const line = '-'.repeat(63);
    return `Machine parameters for ${this.dtype}\n${line}\nmin = ${this.min}\nmax = ${this.max}\n${line}\n`;
  }
}

inspectable(FloatInfo, 'finfo');
inspectable(IntInfo, 'iinfo');

const floats = new Map<DType, FloatInfo>();
const integers = new Map<DType, IntInfo>();

/** dtype of a value, or the dtype that an argument names. Numbers are int64 when integral. */
function given(x: unknown): DType {
  if (x instanceof ArrayValue) return x.shape.length === 0 ? x.dtype : objectDtype;
  if (Array.isArray(x) || x === null) return x === null ? float64 : objectDtype;
  if (typeof x === 'string') {
    try {
      return asDtype(x);
    } catch {
      return strDtype(0);
    }
  }
  if (typeof x === 'number') return Number.isInteger(x) ? int64 : float64;
  if (typeof x === 'bigint') return int64;
  if (typeof x === 'boolean') return bool;
  if (isComplex(x)) return complex128;
  return asDtype(x as DTypeLike);
}

/**
 * Machine limits of a float or complex dtype: eps, max, min, tiny, resolution, bits, precision and more.
 *
 * @param dtype a dtype, or a number or 0-d array, which have one
 * @throws ValueError `data type <class 'numpy.int32'> not inexact`
 * @example np.finfo('float32').eps // → 1.1920928955078125e-7
 */
export const finfo: (dtype: DTypeLike | ArrayValue | number) => FloatInfo = /*@__PURE__*/ fn(
  'finfo',
  'dtype',
  (d) => {
    if (d === null)
      warn(
        'DeprecationWarning',
        'finfo() dtype cannot be None. This behavior will raise an error in the future. (Deprecated in NumPy 1.25)',
      );
    const row = given(d);
    if (row.kind !== 'f' && row.kind !== 'c')
      throw new ValueError(`data type <class 'numpy.${row.type.name}'> not inexact`);
    const native = nativeOf(row);
    const half = byName[native.part];
    let info = floats.get(half);
    if (info === undefined) floats.set(half, (info = new FloatInfo(half)));
    return info;
  },
  'primitive',
);

/**
 * Machine limits of an integer dtype: min, max, bits.
 *
 * @throws ValueError `Invalid integer data type 'f'.`
 * @example np.iinfo('int32').max // → 2147483647
 */
export const iinfo: (int_type: DTypeLike | ArrayValue | number | bigint) => IntInfo = /*@__PURE__*/ fn(
  'iinfo',
  'int_type',
  (d) => {
    const row = given(d);
    if (row.kind !== 'i' && row.kind !== 'u') throw new ValueError(`Invalid integer data type '${row.kind}'.`);
    let info = integers.get(row);
    if (info === undefined) integers.set(row, (info = new IntInfo(row)));
    return info;
  },
  'primitive',
);
