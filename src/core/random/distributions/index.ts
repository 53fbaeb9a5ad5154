import type { Bits } from '../bits.js';
import { binomial, binomialLegacy } from './binomial.js';
import { type Constraint, POISSON_MAX } from './constraints.js';
import * as continuous from './continuous.js';
import * as discrete from './discrete.js';
import * as exponential from './exponential.js';
import { beta, FAMILY, standardGammaSingle } from './gamma.js';
import { hypergeometric, hypergeometricLegacy } from './hypergeometric.js';
import * as legacy from './legacy-continuous.js';
import * as normal from './normal.js';
import { poisson } from './poisson.js';
import {
  hypergeometricTogether,
  hypergeometricTogetherLegacy,
  negativeBinomialTogether,
  triangularTogether,
} from './together.js';

export { multinomial } from './binomial.js';
export { type Constraint, checkMany, checkOne, POISSON_MAX } from './constraints.js';
export { dirichlet, dirichletSums } from './continuous.js';
export { standardExponentialInverse, standardExponentialInverseSingle } from './exponential.js';
export { interval, multivariateCount, multivariateMarginals } from './hypergeometric.js';
export { dirichlet as dirichletLegacy, type GaussBits, gauss } from './legacy-continuous.js';

/**
 * The table of the distributions: every draw of a Generator and of a RandomState that depends on nothing but the stream and a few
 * numbers. Those whose draws are vectors are exported beside it.
 *
 * Results of kind 'int64' are numbers that hold the value exactly: every discrete algorithm here ends in the floor of a double, so
 * that a value beyond 2^53 is a double as well. Two values mean an end of the range: 2^63 is int64's maximum (2^63 - 1), -2^63 its
 * minimum.
 */
export interface Parameter {
  readonly name: string;
  /** Absent where the caller must give it. */
  readonly initial?: number;
  /** 'int64': the parameter itself is an integer, truncated from what was given. */
  readonly kind?: 'int64';
  readonly constraint: Constraint;
  /** RandomState's, where it differs. */
  readonly legacyConstraint?: Constraint;
}

export type Draw = (bits: Bits, ...parameters: number[]) => number;
export type LegacyDraw = (bits: legacy.GaussBits, ...parameters: number[]) => number;
/** Throws NumPy's error where the parameters do not go together; each has passed its own constraint. */
export type Together = (...parameters: number[]) => void;

export interface Distribution {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: 'float64' | 'int64';
  readonly modern: Draw;
  readonly legacy: LegacyDraw;
  /** `dtype=float32`, where a Generator has it. */
  readonly single?: Draw;
  /** For arrays: called with each element's values. NumPy tries one test on all elements before the next test. */
  readonly together?: readonly Together[];
  readonly legacyTogether?: readonly Together[];
  /** Whether the tests of all together come before those of each. */
  readonly togetherFirst?: boolean;
}

const at = (name: string, constraint: Constraint, initial?: number): Parameter =>
  initial === undefined ? { name, constraint } : { name, constraint, initial };
const count = (name: string, legacyConstraint: Constraint = 'non-negative'): Parameter => ({
  name,
  constraint: 'non-negative',
  legacyConstraint,
  kind: 'int64',
});

const loc = at('loc', 'none', 0);
const scale = at('scale', 'non-negative', 1);

const row = (
  name: string,
  parameters: readonly Parameter[],
  modern: Draw,
  legacyDraw: LegacyDraw,
  more: Partial<Distribution> = {},
): Distribution => ({ name, parameters, result: 'float64', modern, legacy: legacyDraw, ...more });

const whole: Partial<Distribution> = { result: 'int64' };

const ROWS: readonly Distribution[] = [
  row('standard_normal', [], normal.standardNormal, legacy.gauss, { single: normal.standardNormalSingle }),
  row('normal', [loc, scale], normal.normal, legacy.normal),
  row('lognormal', [at('mean', 'none', 0), at('sigma', 'non-negative', 1)], normal.lognormal, legacy.lognormal),
  row('standard_cauchy', [], normal.standardCauchy, legacy.standardCauchy),
  row('standard_exponential', [], exponential.standardExponential, legacy.standardExponential, {
    single: exponential.standardExponentialSingle,
  }),
  row('exponential', [scale], exponential.exponential, legacy.exponential),
  // Drawn from `low` and `high - low`: the wrapper checks that the difference is finite, and makes it.
  row('uniform', [at('low', 'none', 0), at('range', 'none', 1)], continuous.uniform, continuous.uniform),
  row('standard_gamma', [at('shape', 'non-negative')], FAMILY.standardGamma, legacy.FAMILY.standardGamma, {
    single: standardGammaSingle,
  }),
  row('gamma', [at('shape', 'non-negative'), scale], FAMILY.gamma, legacy.FAMILY.gamma),
  row('beta', [at('a', 'positive'), at('b', 'positive')], beta, legacy.beta),
  row('chisquare', [at('df', 'positive')], FAMILY.chisquare, legacy.FAMILY.chisquare),
  row(
    'noncentral_chisquare',
    [at('df', 'positive'), at('nonc', 'non-negative')],
    FAMILY.noncentralChisquare,
    legacy.FAMILY.noncentralChisquare,
  ),
  row('f', [at('dfnum', 'positive'), at('dfden', 'positive')], FAMILY.f, legacy.FAMILY.f),
  row(
    'noncentral_f',
    [at('dfnum', 'positive'), at('dfden', 'positive'), at('nonc', 'non-negative')],
    FAMILY.noncentralF,
    legacy.FAMILY.noncentralF,
  ),
  row('standard_t', [at('df', 'positive')], FAMILY.standardT, legacy.FAMILY.standardT),
  row('vonmises', [at('mu', 'none'), at('kappa', 'non-negative')], continuous.vonmises, continuous.vonmisesLegacy),
  row('pareto', [at('a', 'positive')], continuous.pareto, legacy.pareto),
  row('weibull', [at('a', 'non-negative')], continuous.weibull, legacy.weibull),
  row('power', [at('a', 'positive')], continuous.power, legacy.power),
  row('laplace', [loc, scale], continuous.laplace, continuous.laplace),
  row('gumbel', [loc, scale], continuous.gumbel, continuous.gumbel),
  row('logistic', [loc, scale], continuous.logistic, continuous.logistic),
  row('rayleigh', [scale], continuous.rayleigh, legacy.rayleigh),
  row('wald', [at('mean', 'positive'), at('scale', 'positive')], continuous.wald, legacy.wald),
  row(
    'triangular',
    [at('left', 'none'), at('mode', 'none'), at('right', 'none')],
    continuous.triangular,
    continuous.triangular,
    { together: triangularTogether, legacyTogether: triangularTogether },
  ),
  row('binomial', [count('n'), at('p', 'in [0, 1]')], binomial, binomialLegacy, whole),
  row(
    'negative_binomial',
    [
      { name: 'n', constraint: 'positive, no NaN', legacyConstraint: 'positive' },
      { name: 'p', constraint: 'in (0, 1]', legacyConstraint: 'in [0, 1]' },
    ],
    FAMILY.negativeBinomial,
    legacy.FAMILY.negativeBinomial,
    { ...whole, together: negativeBinomialTogether(POISSON_MAX) },
  ),
  row('poisson', [at('lam', 'poisson', 1)], poisson, poisson, whole),
  row('zipf', [at('a', 'above 1')], discrete.zipf, discrete.zipfLegacy, whole),
  row('geometric', [at('p', 'in (0, 1]')], discrete.geometric, discrete.geometricLegacy, whole),
  row(
    'hypergeometric',
    [count('ngood'), count('nbad'), count('nsample', 'at least 1')],
    hypergeometric,
    hypergeometricLegacy,
    { ...whole, together: hypergeometricTogether, legacyTogether: hypergeometricTogetherLegacy, togetherFirst: true },
  ),
  row('logseries', [at('p', 'in [0, 1)')], discrete.logseries, discrete.logseriesLegacy, whole),
];

/** By NumPy's name of the method. */
export const DISTRIBUTIONS: ReadonlyMap<string, Distribution> = /*@__PURE__*/ new Map(ROWS.map((r) => [r.name, r]));
