export * from './bessel.js';
export { dawsn, erf, erfc, erfcinv, erfinv, fresnelCos, fresnelSin, ndtri, sigmoid } from './error.js';
export { digamma, expint, lgamma, spence } from './gamma.js';
export {
  betaDensityAt,
  betainc,
  gammaDensityAt,
  gammaGrowth,
  igamma,
  igammac,
  igammaGradA,
} from './incomplete.js';
export { polygamma, zeta } from './zeta.js';
