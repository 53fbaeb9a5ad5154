import { powerOfTwo } from './fused.js';

/**
 * The float32 functions of glibc, to the bit: exp, log and pow are computed in float64 from small tables and rounded once; log1p is
 * FDLIBM's, with every operation rounded to float32.
 */

const { fround } = Math;
const SINGLE: Float32Array = /*@__PURE__*/ new Float32Array(1);
const BITS: Int32Array = /*@__PURE__*/ new Int32Array(SINGLE.buffer);

/** 1 / c for a c near the middle of the i-th of 16 parts of [0.699, 1.398), the logarithm of c, and the binary one. */
const INVERSE: readonly number[] = [
  1.398907162146528, 1.3403141896637998, 1.286432210124115, 1.2367150214269895, 1.1906977166711752, 1.1479821020556429,
  1.1082251448272158, 1.0711297413057381, 1.036437278977283, 1.0, 0.9492859795739057, 0.8951049428609004,
  0.8476821620351103, 0.8050314851692001, 0.7664671008843108, 0.731428603316328,
];
const CENTRE: readonly number[] = [
  -0.33569133332882284, -0.2929040563774074, -0.2518726580937369, -0.21245868807117255, -0.17453945183745634,
  -0.1380057072319758, -0.10275976698545139, -0.06871392447020525, -0.0357891387398228, 0.0, 0.05204517742929496,
  0.11081431298787942, 0.1652495223695143, 0.21687389031699977, 0.2659635028121397, 0.3127556664073557,
];
const BINARY_CENTRE: readonly number[] = [
  -0.48430022186289673, -0.42257122959194704, -0.3633754347673556, -0.30651309567405577, -0.25180720160537634,
  -0.19910014943794563, -0.14825100623281615, -0.09913323807318392, -0.051632812977629436, 0.0, 0.07508531937943004,
  0.15987125980713107, 0.2384046664317681, 0.31288288605863257, 0.38370422656453185, 0.451211048935815,
];

/** 2^(i / 32). */
const POWERS: readonly number[] = [
  1.0, 1.0218971486541166, 1.0442737824274138, 1.0671404006768237, 1.0905077326652577, 1.1143867425958924,
  1.1387886347566916, 1.1637248587775775, 1.189207115002721, 1.215247359980469, 1.241857812073484, 1.2690509571917332,
  1.2968395546510096, 1.3252366431597413, 1.3542555469368927, 1.383909881963832, 1.4142135623730951, 1.4451808069770467,
  1.4768261459394993, 1.5091644275934228, 1.5422108254079407, 1.5759808451078865, 1.6104903319492543, 1.645755478153965,
  1.681792830507429, 1.718619298122478, 1.7562521603732995, 1.7947090750031072, 1.8340080864093424, 1.8741676341103,
  1.9152065613971474, 1.9571441241754002,
];

const LN2 = 0.6931471805599453;

/** x = 2^k z with the index of z's part, for a positive normal x or the bits of a subnormal made one. */
function parts(x: number): { k: number; i: number; z: number } {
  SINGLE[0] = x;
  let word = BITS[0];
  if (word < 0x800000) {
    SINGLE[0] = x * 0x800000;
    word = BITS[0] - (23 << 23);
  }
  const from = (word - 0x3f330000) | 0;
  BITS[0] = word - (from & 0xff800000);
  return { k: from >> 23, i: (from >>> 19) & 15, z: SINGLE[0] };
}

export function logf(x: number): number {
  if (x === 1) return 0;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return Math.log(x);
  const { k, i, z } = parts(x);
  const r = z * INVERSE[i] - 1;
  const r2 = r * r;
  const y = -0.25089342214237154 * r2 + (0.333456765744066 * r + -0.4999997485802103);
  return fround(y * r2 + (CENTRE[i] + k * LN2 + r));
}

const SHIFT = 6755399441055744;

export function expf(x: number): number {
  if (!(Math.abs(x) < 88)) {
    if (x !== x) return x;
    if (x > 88.72283172607422) return Number.POSITIVE_INFINITY;
    if (x < -103.97207641601562) return 0;
  }
  const z = 46.16624130844683 * x;
  const k = z + SHIFT - SHIFT;
  const r = z - k;
  const i = k & 31;
  const y = (1.6938359250920212e-6 * r + 0.00023459809789509004) * (r * r) + (0.021660849396613134 * r + 1);
  return fround(y * POWERS[i] * powerOfTwo((k - i) / 32));
}

/** For x >= 0. */
export function powf(x: number, y: number): number {
  if (x === 1) return 1;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY && y !== 0 && Math.abs(y) < Number.POSITIVE_INFINITY)) return x ** y;
  const { k, i, z } = parts(x);
  const r = z * INVERSE[i] - 1;
  const r2 = r * r;
  const p = 0.480898481472577 * r + -0.7213474675006291;
  const q = p * r2 + (1.4426950408774342 * r + (BINARY_CENTRE[i] + k));
  const product = y * ((0.288457581109214 * r + -0.36092606229713164) * (r2 * r2) + q);
  if (product > 127.99999995695497) return Number.POSITIVE_INFINITY;
  if (product <= -150) return 0;
  const n = product + SHIFT / 32 - SHIFT / 32;
  const rest = product - n;
  const j = (n * 32) & 31;
  const e = (0.05550361559341535 * rest + 0.2402284522445722) * (rest * rest) + (0.6931471806916203 * rest + 1);
  return fround(e * POWERS[j] * powerOfTwo(n - j / 32));
}

const LN2_UPPER: number = fround(0.69313812256);
const LN2_LOWER: number = fround(9.0580006145e-6);
const SERIES: Float32Array = /*@__PURE__*/ Float32Array.of(
  0.66666668653,
  0.40000000596,
  0.28571429849,
  0.22222198546,
  0.1818357259,
  0.15313838422,
  0.1479819864,
);

function series(f: number, half: number): number {
  const s = fround(f / fround(2 + f));
  const z = fround(s * s);
  let r = fround(z * SERIES[6]);
  for (let i = 5; i >= 0; i--) r = fround(z * fround(SERIES[i] + r));
  return fround(s * fround(half + r));
}

export function log1pf(x: number): number {
  if (!(x > -1 && x < Number.POSITIVE_INFINITY)) return Math.log1p(x);
  const size = Math.abs(x);
  if (size < 2 ** -29) return size < 2 ** -54 ? x : fround(x - fround(fround(x * x) * 0.5));
  SINGLE[0] = x;
  const word = BITS[0];
  if (x > 0 ? word < 0x3ed413d7 : (word & 0x7fffffff) <= 0x3e95f61f) {
    const half = fround(fround(0.5 * x) * x);
    return fround(x - fround(half - series(x, half)));
  }
  let u = x;
  let c = 0;
  let k: number;
  if (word < 0x5a000000) {
    u = fround(1 + x);
    SINGLE[0] = u;
    k = (BITS[0] >> 23) - 127;
    c = fround((k > 0 ? fround(1 - fround(u - x)) : fround(x - fround(u - 1))) / u);
  } else k = (word >> 23) - 127;
  SINGLE[0] = u;
  let high = BITS[0] & 0x7fffff;
  if (high < 0x3504f7) BITS[0] = high | 0x3f800000;
  else {
    k++;
    BITS[0] = high | 0x3f000000;
    high = (0x800000 - high) >> 2;
  }
  const f = fround(SINGLE[0] - 1);
  const half = fround(fround(0.5 * f) * f);
  const upper = fround(k * LN2_UPPER);
  const lower = fround(fround(k * LN2_LOWER) + c);
  if (high === 0) {
    if (f === 0) return k === 0 ? 0 : fround(upper + lower);
    const r = fround(half * fround(1 - fround(fround(2 / 3) * f)));
    return k === 0 ? fround(f - r) : fround(upper - fround(fround(r - lower) - f));
  }
  const rest = series(f, half);
  if (k === 0) return fround(f - fround(half - rest));
  return fround(upper - fround(fround(half - fround(rest + lower)) - f));
}
