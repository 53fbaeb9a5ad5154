/**
 * The thirteen methods of quantiles, after Hyndman and Fan (1996), "Sample Quantiles in Statistical Packages", and four older ones.
 *
 * A method says at which place of the sorted values (counted from 0, with a fraction) the quantile lies, and what part of the step to the next
 * value is taken there. Steps are rounded to the precision of q by `r`, as NumPy's array arithmetic rounds them.
 */

export type Rounder = (x: number) => number;

export interface QuantileMethod {
  /** The place of quantile q among n values. */
  readonly place: (n: number, q: number, r: Rounder) => number;
  /** The part of the step that is taken, from the fraction of the place; null: the place is a whole number. */
  readonly part: ((fraction: number, place: number) => number) | null;
}

const itself = (fraction: number): number => fraction;

/** Places of the methods with two parameters: n·q + (α + q·(1 - α - β)) - 1. */
const affine =
  (alpha: number, beta: number) =>
  (n: number, q: number, r: Rounder): number =>
    r(r(r(n * q) + r(alpha + r(q * (1 - alpha - beta)))) - 1);

/** The whole place at or above a fractional one; `stay` says where the place below is taken. */
function step(at: number, stay: (fraction: number, at: number) => boolean): number {
  const below = Math.floor(at);
  return Math.max(0, stay(at - below, at) ? below : below + 1);
}

const span = (n: number, q: number, r: Rounder): number => r((n - 1) * q);

function halfToEven(x: number): number {
  const f = Math.floor(x);
  const d = x - f;
  return d < 0.5 || (d === 0.5 && f % 2 === 0) ? f : f + 1;
}

export const METHODS: Readonly<Record<string, QuantileMethod>> = {
  inverted_cdf: { place: (n, q, r) => step(r(r(n * q) - 1), (g) => g === 0), part: null },
  averaged_inverted_cdf: { place: (n, q, r) => r(r(n * q) - 1), part: (g) => (g === 0 ? 0.5 : 1) },
  closest_observation: {
    place: (n, q, r) => step(r(r(r(n * q) - 1) - 0.5), (g, at) => g === 0 && Math.abs(Math.floor(at) % 2) === 1),
    part: null,
  },
  interpolated_inverted_cdf: { place: affine(0, 1), part: itself },
  hazen: { place: affine(0.5, 0.5), part: itself },
  weibull: { place: affine(0, 0), part: itself },
  linear: { place: span, part: itself },
  median_unbiased: { place: affine(1 / 3, 1 / 3), part: itself },
  normal_unbiased: { place: affine(3 / 8, 3 / 8), part: itself },
  lower: { place: (n, q, r) => Math.floor(span(n, q, r)), part: null },
  higher: { place: (n, q, r) => Math.ceil(span(n, q, r)), part: null },
  midpoint: {
    place: (n, q, r) => r(0.5 * r(Math.floor(span(n, q, r)) + Math.ceil(span(n, q, r)))),
    part: (_, at) => (at % 1 === 0 ? 0 : 0.5),
  },
  nearest: { place: (n, q, r) => halfToEven(span(n, q, r)), part: null },
};
