import type { Expr } from '../../ir/expr.js';
import * as m from '../../math/special/index.js';
import { over, row, type UfuncRow } from '../row.js';

/** Special functions, which TensorFlow has and NumPy has not: each export is a row. */

const special = (name: string, nin: number, real: (...x: Expr[]) => Expr, doc: string): UfuncRow =>
  row(name, nin, 1, {
    types: over('efd', `${'$'.repeat(nin)}->$`),
    // The loop comes last and is not for the formulas.
    real: (...x: Expr[]) => real(...x.slice(0, nin)),
    doc,
    silent: true,
  });

export const erf: UfuncRow = /*@__PURE__*/ special('erf', 1, (x) => m.erf(x), 'The error function.');
export const erfc: UfuncRow = /*@__PURE__*/ special('erfc', 1, (x) => m.erfc(x), '1 - erf(x).');
export const erfinv: UfuncRow = /*@__PURE__*/ special(
  'erfinv',
  1,
  (x) => m.erfinv(x),
  'The inverse of the error function.',
);
export const erfcinv: UfuncRow = /*@__PURE__*/ special('erfcinv', 1, (x) => m.erfcinv(x), 'The inverse of erfc.');
export const ndtri: UfuncRow = /*@__PURE__*/ special(
  'ndtri',
  1,
  (x) => m.ndtri(x),
  'The quantile of the standard normal distribution.',
);
export const lgamma: UfuncRow = /*@__PURE__*/ special('lgamma', 1, (x) => m.lgamma(x), 'log |gamma(x)|.');
export const digamma: UfuncRow = /*@__PURE__*/ special('digamma', 1, (x) => m.digamma(x), 'The derivative of lgamma.');
export const bessel_i0: UfuncRow = /*@__PURE__*/ special(
  'bessel_i0',
  1,
  (x) => m.i0(x),
  'Modified Bessel function of the first kind, order 0.',
);
export const bessel_i0e: UfuncRow = /*@__PURE__*/ special(
  'bessel_i0e',
  1,
  (x) => m.i0e(x),
  'The same times exp(-|x|).',
);
export const bessel_i1: UfuncRow = /*@__PURE__*/ special(
  'bessel_i1',
  1,
  (x) => m.i1(x),
  'Modified Bessel function of the first kind, order 1.',
);
export const bessel_i1e: UfuncRow = /*@__PURE__*/ special(
  'bessel_i1e',
  1,
  (x) => m.i1e(x),
  'The same times exp(-|x|).',
);
export const bessel_j0: UfuncRow = /*@__PURE__*/ special(
  'bessel_j0',
  1,
  (x) => m.j0(x),
  'Bessel function of the first kind, order 0.',
);
export const bessel_j1: UfuncRow = /*@__PURE__*/ special(
  'bessel_j1',
  1,
  (x) => m.j1(x),
  'Bessel function of the first kind, order 1.',
);
export const bessel_y0: UfuncRow = /*@__PURE__*/ special(
  'bessel_y0',
  1,
  (x) => m.y0(x),
  'Bessel function of the second kind, order 0.',
);
export const bessel_y1: UfuncRow = /*@__PURE__*/ special(
  'bessel_y1',
  1,
  (x) => m.y1(x),
  'Bessel function of the second kind, order 1.',
);
export const bessel_k0: UfuncRow = /*@__PURE__*/ special(
  'bessel_k0',
  1,
  (x) => m.k0(x),
  'Modified Bessel function of the second kind, order 0.',
);
export const bessel_k0e: UfuncRow = /*@__PURE__*/ special('bessel_k0e', 1, (x) => m.k0e(x), 'The same times exp(x).');
export const bessel_k1: UfuncRow = /*@__PURE__*/ special(
  'bessel_k1',
  1,
  (x) => m.k1(x),
  'Modified Bessel function of the second kind, order 1.',
);
export const bessel_k1e: UfuncRow = /*@__PURE__*/ special('bessel_k1e', 1, (x) => m.k1e(x), 'The same times exp(x).');
export const dawsn: UfuncRow = /*@__PURE__*/ special('dawsn', 1, (x) => m.dawsn(x), "Dawson's integral.");
export const expint: UfuncRow = /*@__PURE__*/ special('expint', 1, (x) => m.expint(x), 'The exponential integral Ei.');
export const fresnel_sin: UfuncRow = /*@__PURE__*/ special(
  'fresnel_sin',
  1,
  (x) => m.fresnelSin(x),
  "Fresnel's sine integral.",
);
export const fresnel_cos: UfuncRow = /*@__PURE__*/ special(
  'fresnel_cos',
  1,
  (x) => m.fresnelCos(x),
  "Fresnel's cosine integral.",
);
export const spence: UfuncRow = /*@__PURE__*/ special(
  'spence',
  1,
  (x) => m.spence(x),
  "Spence's integral, the dilogarithm of 1 - x.",
);
export const sigmoid: UfuncRow = /*@__PURE__*/ special('sigmoid', 1, (x) => m.sigmoid(x), '1 / (1 + exp(-x)).');
export const polygamma: UfuncRow = /*@__PURE__*/ special(
  'polygamma',
  2,
  (a, x) => m.polygamma(a, x),
  'The x1-th derivative of digamma at x2.',
);
export const zeta: UfuncRow = /*@__PURE__*/ special(
  'zeta',
  2,
  (a, x) => m.zeta(a, x),
  "Hurwitz' zeta function of x1 at x2.",
);
export const igamma: UfuncRow = /*@__PURE__*/ special(
  'igamma',
  2,
  (a, x) => m.igamma(a, x),
  'The regularized lower incomplete gamma function.',
);
export const igammac: UfuncRow = /*@__PURE__*/ special(
  'igammac',
  2,
  (a, x) => m.igammac(a, x),
  'The regularized upper incomplete gamma function.',
);
export const igamma_grad_a: UfuncRow = /*@__PURE__*/ special(
  'igamma_grad_a',
  2,
  (a, x) => m.igammaGradA(a, x),
  'The derivative of igamma by its first operand.',
);
export const betainc: UfuncRow = /*@__PURE__*/ special(
  'betainc',
  3,
  (a, b, x) => m.betainc(a, b, x),
  'The regularized incomplete beta function.',
);

export const gamma_growth: UfuncRow = /*@__PURE__*/ special(
  'gamma_growth',
  2,
  (a, x) => m.gammaGrowth(a, x),
  'The derivative of gamma variates x by their concentration a.',
);
export const gamma_density: UfuncRow = /*@__PURE__*/ special(
  'gamma_density',
  2,
  (a, x) => m.gammaDensityAt(a, x),
  'The density of the gamma distribution of concentration x1 at x2.',
);
export const beta_density: UfuncRow = /*@__PURE__*/ special(
  'beta_density',
  3,
  (a, b, x) => m.betaDensityAt(a, b, x),
  'The density of the beta distribution of x1 and x2 at x3.',
);
