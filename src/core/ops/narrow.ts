import type { Device } from '../device/device.js';
import { byName } from '../dtype.js';
import { exp, exp2 } from '../math/exp.js';
import { log1p } from '../math/log.js';
import * as x from '../ir/expr.js';
import type { Expr } from '../ir/expr.js';
import type { Body, Loop, UfuncRow } from './row.js';

/**
 * Loops over float32 whose expressions elsewhere go through 64-bit types, for devices that have none. What is exact there is exact here
 * (remainders, ldexp, frexp); logarithms of sums and error functions are rounded at each step instead of once.
 */

/** The magnitude of a finite number as m 2^(e - 150), m below 2^24. */
function parts(v: Expr): { m: Expr; e: Expr } {
  const bits = x.bitcast(x.abs(v), 'uint32');
  const e = x.shr(bits, 23);
  const m = x.select(x.eq(e, 0), x.shl(bits, 1), x.or(x.and(bits, 0x7fffff), 0x800000));
  return { m, e: x.cast(e, 'int32') };
}
const power = (n: Expr): Expr => x.bitcast(x.shl(x.add(n, 127), 23), 'float32');
/** v 2^n, rounded once, where v 2^(n/2) is a normal number. */
function scaled(v: Expr, n: Expr): Expr {
  const half = x.shr(n, 1);
  return x.mul(x.mul(v, power(half)), power(x.sub(n, half)));
}

/** C's fmod by long division of the significands, 8 bits a step. */
function fmod(a: Expr, b: Expr): Expr {
  const [aa, ab] = [x.abs(a), x.abs(b)];
  const [n, d] = [parts(a), parts(b)];
  const [r] = x.loop([x.rem(n.m, d.m), x.sub(n.e, d.e)], (rest, left) => {
    const step = x.min(left, 8);
    return {
      while: x.gt(left, 0),
      next: [x.rem(x.shl(rest, x.cast(step, 'uint32')), d.m), x.sub(left, step)],
    };
  });
  const long = scaled(x.cast(r, 'float32'), x.sub(d.e, 150));
  const none = x.or(x.or(x.eq(ab, 0), x.not(x.lt(aa, Number.POSITIVE_INFINITY))), x.isnan(b));
  return x.select(none, Number.NaN, x.copysign(x.select(x.lt(aa, ab), aa, long), a));
}

/** Floor of the quotient and remainder with the divisor's sign, by the same steps as for float64. */
function divmod(a: Expr, b: Expr): [Expr, Expr] {
  const zero = x.konst('float32', 0);
  const m = fmod(a, b);
  const exact = x.eq(m, 0);
  const opposite = x.and(x.not(exact), x.xor(x.lt(b, 0), x.lt(m, 0)));
  const first = x.div(x.sub(a, m), b);
  const quotient = x.select(opposite, x.sub(first, 1), first);
  const down = x.floor(quotient);
  const nearest = x.select(x.gt(x.sub(quotient, down), 0.5), x.add(down, 1), down);
  const whole = x.select(x.eq(quotient, 0), x.copysign(zero, x.div(a, b)), nearest);
  const byZero = x.eq(b, 0);
  const mod = x.select(exact, x.copysign(zero, b), x.select(opposite, x.add(m, b), m));
  return [x.select(byZero, x.div(a, b), whole), x.select(byZero, m, mod)];
}

/** v = m 2^e with 1/2 <= |m| < 1; zero, infinities and NaN are their own mantissa with e = 0. */
function frexp(v: Expr): [Expr, Expr] {
  const tiny = x.lt(x.abs(v), 2 ** -126);
  const bits = x.bitcast(x.select(tiny, x.mul(v, 2 ** 25), v), 'int32');
  const biased = x.and(x.shr(bits, 23), 0xff);
  const none = x.or(x.eq(v, 0), x.not(x.lt(x.abs(v), Number.POSITIVE_INFINITY)));
  const e = x.sub(biased, x.select(tiny, x.konst('int32', 151), x.konst('int32', 126)));
  const m = x.bitcast(x.or(x.and(bits, ~0x7f800000), 0x3f000000), 'float32');
  return [x.select(none, v, m), x.select(none, x.konst('int32', 0), e)];
}
function ldexp(v: Expr, n: Expr): Expr {
  const near = x.max(x.min(n, 600), -600);
  const [m, e] = frexp(v);
  return scaled(m, x.max(x.min(x.add(e, near), 160), -180));
}

const sumOf =
  (rest: (d: Expr) => Expr, equal: number): Body =>
  (a: Expr, b: Expr) => {
    const d = x.sub(a, b);
    const larger = x.select(x.gt(d, 0), a, b);
    return x.select(x.eq(a, b), x.add(a, equal), x.add(larger, rest(x.neg(x.abs(d)))));
  };

const polynomial = (at: Expr, coefficients: readonly number[]): Expr =>
  coefficients.slice(1).reduce<Expr>((sum, c) => x.add(x.mul(sum, at), c), x.konst('float32', coefficients[0]));

const NEAR = [-5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1];
const FAR = [
  -1.7285347e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1, -1.28717512e-1,
];
/** Within 2 ulp. */
function erf(v: Expr): Expr {
  const a = x.abs(v);
  const near = x.add(x.mul(polynomial(x.mul(v, v), NEAR), v), v);
  const t = x.min(a, 4);
  const far = x.sub(1, exp(x.sub(x.mul(polynomial(t, FAR), t), t)));
  return x.select(x.gt(a, 0.921875), x.copysign(far, v), near);
}

const ERFC = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
  -1.26551223,
];
/** The Chebyshev fit of exp(z²) erfc(z) in 1 / (1 + z/2), of relative error 1.2e-7, beside what rounds in the exponent. */
function erfc(v: Expr): Expr {
  const a = x.abs(v);
  const t = x.div(1, x.add(1, x.mul(a, 0.5)));
  const c = x.mul(t, exp(x.sub(polynomial(t, ERFC), x.mul(a, a))));
  return x.select(x.lt(a, 0.5), x.sub(1, erf(v)), x.select(x.lt(v, 0), x.sub(2, c), c));
}

const SINGLE: Readonly<Record<string, Body>> = {
  fmod,
  remainder: (a: Expr, b: Expr) => divmod(a, b)[1],
  floor_divide: (a: Expr, b: Expr) => divmod(a, b)[0],
  divmod,
  logaddexp: sumOf((d) => log1p(exp(d)), Math.LN2),
  logaddexp2: sumOf((d) => x.mul(log1p(exp2(d)), Math.LOG2E), 1),
  frexp: (v: Expr) => frexp(v),
  ldexp,
  erf,
  erfc,
};

/** A sum over a count as one division: both are exact in single precision up to 2^24. */
function byCount(loop: Loop): Loop {
  const { float32 } = byName;
  return { ...loop, ins: [float32, float32], body: (v: Expr, n: Expr) => x.div(v, n) };
}

/** What counts of a device here. */
export type Typed = Pick<Device, 'dtypes'>;

/** The loop as a device without 64-bit types runs it: itself where it needs none. */
export function narrowLoop(row: UfuncRow, loop: Loop, device: Typed): Loop {
  if (device.dtypes.has('float64') || loop.body !== undefined || loop.each !== undefined) return loop;
  if (loop.ins[0] !== byName.float32) return loop;
  if (row.name === 'true_divide' && loop.ins[1] !== byName.float32) return byCount(loop);
  const body = SINGLE[row.name];
  return body === undefined ? loop : { ...loop, body };
}
