import * as rows from '../../core/ops/ufuncs/special.js';
import { type BinaryUfunc, type UfuncMethods, ufunc, type UnaryUfunc } from '../../ndarray/ufunc.js';

/** The ufuncs of the special functions: what tf.math and their gradients are written with. */

export const erf: UnaryUfunc = /*@__PURE__*/ ufunc(rows.erf);
export const erfc: UnaryUfunc = /*@__PURE__*/ ufunc(rows.erfc);
export const erfinv: UnaryUfunc = /*@__PURE__*/ ufunc(rows.erfinv);
export const erfcinv: UnaryUfunc = /*@__PURE__*/ ufunc(rows.erfcinv);
export const ndtri: UnaryUfunc = /*@__PURE__*/ ufunc(rows.ndtri);
export const lgamma: UnaryUfunc = /*@__PURE__*/ ufunc(rows.lgamma);
export const digamma: UnaryUfunc = /*@__PURE__*/ ufunc(rows.digamma);
export const bessel_i0: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_i0);
export const bessel_i0e: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_i0e);
export const bessel_i1: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_i1);
export const bessel_i1e: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_i1e);
export const bessel_j0: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_j0);
export const bessel_j1: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_j1);
export const bessel_y0: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_y0);
export const bessel_y1: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_y1);
export const bessel_k0: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_k0);
export const bessel_k0e: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_k0e);
export const bessel_k1: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_k1);
export const bessel_k1e: UnaryUfunc = /*@__PURE__*/ ufunc(rows.bessel_k1e);
export const dawsn: UnaryUfunc = /*@__PURE__*/ ufunc(rows.dawsn);
export const expint: UnaryUfunc = /*@__PURE__*/ ufunc(rows.expint);
export const fresnel_sin: UnaryUfunc = /*@__PURE__*/ ufunc(rows.fresnel_sin);
export const fresnel_cos: UnaryUfunc = /*@__PURE__*/ ufunc(rows.fresnel_cos);
export const spence: UnaryUfunc = /*@__PURE__*/ ufunc(rows.spence);
export const sigmoid: UnaryUfunc = /*@__PURE__*/ ufunc(rows.sigmoid);
export const polygamma: BinaryUfunc = /*@__PURE__*/ ufunc(rows.polygamma);
export const zeta: BinaryUfunc = /*@__PURE__*/ ufunc(rows.zeta);
export const igamma: BinaryUfunc = /*@__PURE__*/ ufunc(rows.igamma);
export const igammac: BinaryUfunc = /*@__PURE__*/ ufunc(rows.igammac);
export const igamma_grad_a: BinaryUfunc = /*@__PURE__*/ ufunc(rows.igamma_grad_a);
export const gamma_growth: BinaryUfunc = /*@__PURE__*/ ufunc(rows.gamma_growth);
export const gamma_density: BinaryUfunc = /*@__PURE__*/ ufunc(rows.gamma_density);
export const beta_density: UfuncMethods & ((a: unknown, b: unknown, x: unknown) => unknown) = /*@__PURE__*/ ufunc(
  rows.beta_density,
);
export const betainc: UfuncMethods & ((a: unknown, b: unknown, x: unknown) => unknown) = /*@__PURE__*/ ufunc(
  rows.betainc,
);
