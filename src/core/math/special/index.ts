export * from './bessel.js';
export { dawsn, erf, erfc, erfcinv, erfinv, fresnelCos, fresnelSin, ndtri, sigmoid } from './error.js';
export { digamma, expint, lgamma, spence } from './gamma.js';
export { betainc, igamma, igammac, igammaGradA, polygamma, zeta } from './incomplete.js';
