import { OverflowError, ValueError, ZeroDivisionError } from '../errors.js';

/** Python's arithmetic of single ints and floats. */

export const abs = (a: bigint): bigint => (a < 0n ? -a : a);

export function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new ZeroDivisionError('integer division or modulo by zero');
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

export function modulo(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new ZeroDivisionError('integer modulo by zero');
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

/** An int as a float. @throws OverflowError */
export function toFloat(a: bigint): number {
  const x = Number(a);
  if (!Number.isFinite(x)) throw new OverflowError('int too large to convert to float');
  return x;
}

const bitLength = (a: bigint): number => abs(a).toString(2).length;

/** The quotient of two ints, rounded once. */
export function trueDivide(a: bigint, b: bigint): number {
  if (b === 0n) throw new ZeroDivisionError('division by zero');
  const x = Number(a);
  const y = Number(b);
  if (Number.isSafeInteger(x) && Number.isSafeInteger(y)) return x / y;
  // Sixty-six bits of the quotient, the last one telling whether more follow, round as the whole does.
  const shift = 66 - (bitLength(a) - bitLength(b));
  const n = shift > 0 ? abs(a) << BigInt(shift) : abs(a);
  const d = shift < 0 ? abs(b) << BigInt(-shift) : abs(b);
  let q = n / d;
  if (n % d !== 0n) q |= 1n;
  const size = scale(q, -shift);
  if (!Number.isFinite(size)) throw new OverflowError('integer division result too large for a float');
  return a < 0n !== b < 0n ? -size : size;
}

/** `q · 2^e`, rounded once. */
function scale(q: bigint, e: number): number {
  const drop = BigInt(Math.max(0, -1074 - e));
  if (drop < 14n) return e < -1000 ? Number(q) * 2 ** -1000 * 2 ** (e + 1000) : Number(q) * 2 ** e;
  // A subnormal number is rounded where its last place lies.
  const rest = q & ((1n << drop) - 1n);
  const half = 1n << (drop - 1n);
  const cut = q >> drop;
  return Number(rest > half || (rest === half && (cut & 1n) === 1n) ? cut + 1n : cut) * 2 ** -1074;
}

export function powerInt(a: bigint, b: bigint): bigint | number {
  if (b >= 0n) return a ** b;
  if (a === 0n) throw new ZeroDivisionError('0.0 cannot be raised to a negative power');
  return powerFloat(toFloat(a), toFloat(b)) as number;
}

/** A power of floats; null where it is complex. */
export function powerFloat(a: number, b: number): number | null {
  if (a === 0 && b < 0) throw new ZeroDivisionError('0.0 cannot be raised to a negative power');
  // One to any power, and one in absolute value to an infinite one, is one.
  if (a === 1 || (a === -1 && !Number.isFinite(b) && !Number.isNaN(b))) return 1;
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) return null;
  const r = a ** b;
  if (!Number.isFinite(r) && Number.isFinite(a) && Number.isFinite(b))
    throw new OverflowError("(34, 'Numerical result out of range')");
  return r;
}

export function moduloFloat(a: number, b: number): number {
  if (b === 0) throw new ZeroDivisionError('float modulo');
  const r = a % b;
  if (r === 0) return b < 0 ? -0 : 0;
  return r < 0 !== b < 0 ? r + b : r;
}

export function floorDivideFloat(a: number, b: number): number {
  if (b === 0) throw new ZeroDivisionError('float floor division by zero');
  const r = a % b;
  let q = (a - r) / b;
  if (r !== 0 && r < 0 !== b < 0) q -= 1;
  if (q === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const f = Math.floor(q);
  return q - f > 0.5 ? f + 1 : f;
}

export function divideFloat(a: number, b: number): number {
  if (b === 0) throw new ZeroDivisionError('float division by zero');
  return a / b;
}

export function shiftLeft(a: bigint, b: bigint): bigint {
  if (b < 0n) throw new ValueError('negative shift count');
  return a << b;
}
export function shiftRight(a: bigint, b: bigint): bigint {
  if (b < 0n) throw new ValueError('negative shift count');
  return a >> b;
}

export function gcd(a: bigint, b: bigint): bigint {
  let x = abs(a);
  let y = abs(b);
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Ones in the absolute value. */
export function bitCount(a: bigint): bigint {
  let n = 0n;
  for (let x = abs(a); x > 0n; x >>= 32n) {
    let v = Number(x & 0xffffffffn);
    for (; v !== 0; v = (v & (v - 1)) >>> 0) n++;
  }
  return n;
}

/** Compares an int with a float exactly: negative, zero, positive, or NaN. */
export function compareMixed(a: bigint, b: number): number {
  if (Number.isNaN(b)) return Number.NaN;
  return a < b ? -1 : a > b ? 1 : 0;
}
