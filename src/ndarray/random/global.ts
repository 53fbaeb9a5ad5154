import type { FunctionFacts } from '../../core/dispatch.js';
import { fn } from '../../core/signature.js';
import type { RandomStateMethods } from './random-state.js';
import { legacy, reseed } from './singleton.js';
import type { Distributions, Draws0, Draws1, Draws2, Draws3 } from './types.js';

/** The functions of `np.random`: methods of one RandomState. */

/**
 * Uniform values in [0, 1) of the given shape; one where none is given.
 *
 * @example
 * np.random.seed(1);
 * np.random.rand(2); // → array([0.417022  , 0.72032449])
 */
export const rand: RandomStateMethods['rand'] & FunctionFacts = /*@__PURE__*/ legacy('rand');

/**
 * Standard normal values of the given shape; one where none is given.
 *
 * @example
 * np.random.seed(1);
 * np.random.randn(2); // → array([ 1.62434536, -0.61175641])
 */
export const randn: RandomStateMethods['randn'] & FunctionFacts = /*@__PURE__*/ legacy('randn');

/**
 * Integers from `low` up to, but without, `high`; from 0 up to `low` where `high` is not given.
 *
 * @example
 * np.random.seed(1);
 * np.random.randint(1, 7, 5); // → array([6, 4, 5, 1, 2])
 */
export const randint: RandomStateMethods['randint'] & FunctionFacts = /*@__PURE__*/ legacy('randint');

/**
 * Uniform values in [0, 1).
 *
 * @example
 * np.random.seed(1);
 * np.random.random_sample(2); // → array([0.417022  , 0.72032449])
 */
export const random_sample: RandomStateMethods['random_sample'] & FunctionFacts = /*@__PURE__*/ legacy('random_sample');

/**
 * Uniform values in [0, 1), as `random_sample`.
 *
 * @example
 * np.random.seed(1);
 * np.random.random(2); // → array([0.417022  , 0.72032449])
 */
export const random: RandomStateMethods['random'] & FunctionFacts = /*@__PURE__*/ legacy('random');

/**
 * Uniform values in [0, 1), as `random_sample`.
 *
 * @example
 * np.random.seed(1);
 * np.random.ranf(2); // → array([0.417022  , 0.72032449])
 */
export const ranf: RandomStateMethods['random_sample'] & FunctionFacts = /*@__PURE__*/ fn(
  'ranf',
  '*args, **kwargs',
  (args: [], kw: object) => random_sample(...args, kw as never),
  'conversion',
);

/**
 * Uniform values in [0, 1), as `random_sample`.
 *
 * @example
 * np.random.seed(1);
 * np.random.sample(2); // → array([0.417022  , 0.72032449])
 */
export const sample: RandomStateMethods['random_sample'] & FunctionFacts = /*@__PURE__*/ fn(
  'sample',
  '*args, **kwargs',
  (args: [], kw: object) => random_sample(...args, kw as never),
  'conversion',
);

/**
 * Integers from `low` to `high`, both included. Deprecated: `randint` takes its place.
 *
 * @example
 * np.random.random_integers.functionName; // → 'random_integers'
 */
export const random_integers: RandomStateMethods['random_integers'] & FunctionFacts =
  /*@__PURE__*/ legacy('random_integers');

/**
 * A random sample of a range or of a list, with or without replacement, evenly or by probabilities.
 *
 * @example
 * np.random.seed(1);
 * np.random.choice(5, 3); // → array([3, 4, 0])
 */
export const choice: RandomStateMethods['choice'] & FunctionFacts = /*@__PURE__*/ legacy('choice');

/**
 * Puts the entries of an array, or the members of a list, in random order.
 *
 * @example
 * np.random.seed(1);
 * const x = [1, 2, 3, 4];
 * np.random.shuffle(x);
 * x; // → [ 4, 3, 1, 2 ]
 */
export const shuffle: RandomStateMethods['shuffle'] & FunctionFacts = /*@__PURE__*/ legacy('shuffle');

/**
 * A range, or a copy of an array, in random order.
 *
 * @example
 * np.random.seed(1);
 * np.random.permutation(5); // → array([2, 1, 4, 0, 3])
 */
export const permutation: RandomStateMethods['permutation'] & FunctionFacts = /*@__PURE__*/ legacy('permutation');

/**
 * Random bytes.
 *
 * @example
 * np.random.seed(1);
 * np.random.bytes(3).length; // → 3
 */
export const bytes: RandomStateMethods['bytes'] & FunctionFacts = /*@__PURE__*/ legacy('bytes');

/**
 * Seeds the generator behind the functions of `np.random`: with an integer below 2³², or a list of these.
 *
 * @example
 * np.random.seed(1);
 * np.random.rand(2); // → array([0.417022  , 0.72032449])
 */
export const seed: RandomStateMethods['seed'] & FunctionFacts = /*@__PURE__*/ fn(
  'seed',
  'seed=None',
  reseed,
  'conversion',
);

/**
 * The state of the generator behind the functions of `np.random`.
 *
 * @example
 * np.random.seed(1);
 * np.random.get_state()[2]; // → 624
 */
export const get_state: RandomStateMethods['get_state'] & FunctionFacts = /*@__PURE__*/ legacy('get_state');

/**
 * Puts the generator behind the functions of `np.random` into a state that `get_state` gave.
 *
 * @example
 * np.random.seed(1);
 * const state = np.random.get_state();
 * const a = np.random.rand();
 * np.random.set_state(state);
 * a === np.random.rand(); // → true
 */
export const set_state: RandomStateMethods['set_state'] & FunctionFacts = /*@__PURE__*/ legacy('set_state');

/**
 * Normal values of mean 0 and standard deviation 1.
 *
 * @example
 * np.random.seed(1);
 * np.random.standard_normal(2); // → array([ 1.62434536, -0.61175641])
 */
export const standard_normal: Draws0 & FunctionFacts = /*@__PURE__*/ legacy('standard_normal');

/**
 * Exponential values of mean 1.
 *
 * @example
 * np.random.seed(1);
 * np.random.standard_exponential(2); // → array([0.53960584, 1.27412525])
 */
export const standard_exponential: Draws0 & FunctionFacts = /*@__PURE__*/ legacy('standard_exponential');

/**
 * Gamma values of scale 1.
 *
 * @example
 * np.random.seed(1);
 * np.random.standard_gamma(2, 3); // → array([4.76614202, 0.99507295, 1.07356128])
 */
export const standard_gamma: Draws1<'shape'> & FunctionFacts = /*@__PURE__*/ legacy('standard_gamma');

/**
 * Cauchy values of mode 0.
 *
 * @example
 * np.random.seed(1);
 * np.random.standard_cauchy(2); // → array([-2.65521591,  0.49225275])
 */
export const standard_cauchy: Draws0 & FunctionFacts = /*@__PURE__*/ legacy('standard_cauchy');

/**
 * Student's t values.
 *
 * @example
 * np.random.seed(1);
 * np.random.standard_t(5, 2); // → array([ 2.18220871, -1.01198513])
 */
export const standard_t: Draws1<'df'> & FunctionFacts = /*@__PURE__*/ legacy('standard_t');

/**
 * Beta values, on [0, 1].
 *
 * @example
 * np.random.seed(1);
 * np.random.beta(2, 3, 2); // → array([0.72728101, 0.45804012])
 */
export const beta: Draws2<'a', 'b'> & FunctionFacts = /*@__PURE__*/ legacy('beta');

/**
 * Successes among n trials, each of probability p.
 *
 * @example
 * np.random.seed(1);
 * np.random.binomial(10, 0.5, 4); // → array([5, 6, 0, 4])
 */
export const binomial: Draws2<'n', 'p', 'int64'> & FunctionFacts = /*@__PURE__*/ legacy('binomial');

/**
 * Chi-square values: sums of `df` squared standard normal values.
 *
 * @example
 * np.random.seed(1);
 * np.random.chisquare(3, 2); // → array([7.89523814, 1.24558467])
 */
export const chisquare: Draws1<'df'> & FunctionFacts = /*@__PURE__*/ legacy('chisquare');

/**
 * Vectors of positive numbers that sum to one.
 *
 * @example
 * np.random.seed(1);
 * np.random.dirichlet([1, 2]); // → array([0.39377029, 0.60622971])
 */
export const dirichlet: Distributions['dirichlet'] & FunctionFacts = /*@__PURE__*/ legacy('dirichlet');

/**
 * Exponential values of mean `scale`.
 *
 * @example
 * np.random.seed(1);
 * np.random.exponential(2, 2); // → array([1.07921167, 2.54825051])
 */
export const exponential: Draws1<'scale'> & FunctionFacts = /*@__PURE__*/ legacy('exponential');

/**
 * Values of Fisher's F, of `dfnum` and `dfden` degrees of freedom.
 *
 * @example
 * np.random.seed(1);
 * np.random.f(3, 4, 2); // → array([5.28955398, 1.44834903])
 */
export const f: Draws2<'dfnum', 'dfden'> & FunctionFacts = /*@__PURE__*/ legacy('f');

/**
 * Gamma values.
 *
 * @example
 * np.random.seed(1);
 * np.random.gamma(2, 1, 2); // → array([4.76614202, 0.99507295])
 */
export const gamma: Draws2<'shape', 'scale'> & FunctionFacts = /*@__PURE__*/ legacy('gamma');

/**
 * Trials up to, and with, the first success.
 *
 * @example
 * np.random.seed(1);
 * np.random.geometric(0.3, 4); // → array([2, 4, 1, 2])
 */
export const geometric: Draws1<'p', 'int64'> & FunctionFacts = /*@__PURE__*/ legacy('geometric');

/**
 * Gumbel values, of extremes.
 *
 * @example
 * np.random.seed(1);
 * np.random.gumbel(0, 1, 2); // → array([ 0.61691634, -0.24225987])
 */
export const gumbel: Draws2<'loc', 'scale'> & FunctionFacts = /*@__PURE__*/ legacy('gumbel');

/**
 * Good ones in samples without replacement.
 *
 * @example
 * np.random.seed(1);
 * np.random.hypergeometric(5, 6, 4, 3); // → array([1, 0, 2])
 */
export const hypergeometric: Draws3<'ngood', 'nbad', 'nsample', 'int64'> & FunctionFacts =
  /*@__PURE__*/ legacy('hypergeometric');

/**
 * Laplace values: exponential to both sides.
 *
 * @example
 * np.random.seed(1);
 * np.random.laplace(0, 1, 2); // → array([-0.18146911,  0.58097807])
 */
export const laplace: Draws2<'loc', 'scale'> & FunctionFacts = /*@__PURE__*/ legacy('laplace');

/**
 * Logistic values.
 *
 * @example
 * np.random.seed(1);
 * np.random.logistic(0, 1, 2); // → array([-0.33501045,  0.94607177])
 */
export const logistic: Draws2<'loc', 'scale'> & FunctionFacts = /*@__PURE__*/ legacy('logistic');

/**
 * Values whose logarithms are normal.
 *
 * @example
 * np.random.seed(1);
 * np.random.lognormal(0, 1, 2); // → array([5.07509561, 0.54239736])
 */
export const lognormal: Draws2<'mean', 'sigma'> & FunctionFacts = /*@__PURE__*/ legacy('lognormal');

/**
 * Values of the logarithmic series.
 *
 * @example
 * np.random.seed(1);
 * np.random.logseries(0.6, 4); // → array([2, 7, 1, 2])
 */
export const logseries: Draws1<'p', 'int64'> & FunctionFacts = /*@__PURE__*/ legacy('logseries');

/**
 * Counts of the outcomes of n trials.
 *
 * @example
 * np.random.seed(1);
 * np.random.multinomial(10, [0.2, 0.8]); // → array([2, 8])
 */
export const multinomial: Distributions['multinomial'] & FunctionFacts = /*@__PURE__*/ legacy('multinomial');

/**
 * Normal vectors, of a mean and a covariance.
 *
 * @example
 * np.random.multivariate_normal([0, 0], [[1, 0], [0, 1]], 3).shape; // → [ 3, 2 ]
 */
export const multivariate_normal: RandomStateMethods['multivariate_normal'] & FunctionFacts =
  /*@__PURE__*/ legacy('multivariate_normal');

/**
 * Failures before the n-th success.
 *
 * @example
 * np.random.seed(1);
 * np.random.negative_binomial(3, 0.4, 4); // → array([ 6,  3,  1, 19])
 */
export const negative_binomial: Draws2<'n', 'p', 'int64'> & FunctionFacts = /*@__PURE__*/ legacy('negative_binomial');

/**
 * Chi-square values, not centred.
 *
 * @example
 * np.random.seed(1);
 * np.random.noncentral_chisquare(3, 1, 2); // → array([1.11834726, 0.49750341])
 */
export const noncentral_chisquare: Draws2<'df', 'nonc'> & FunctionFacts = /*@__PURE__*/ legacy('noncentral_chisquare');

/**
 * F values, not centred.
 *
 * @example
 * np.random.seed(1);
 * np.random.noncentral_f(3, 4, 1, 2); // → array([0.64733954, 0.90124137])
 */
export const noncentral_f: Draws3<'dfnum', 'dfden', 'nonc'> & FunctionFacts = /*@__PURE__*/ legacy('noncentral_f');

/**
 * Normal values of mean `loc` and standard deviation `scale`.
 *
 * @example
 * np.random.seed(1);
 * np.random.normal(0, 1, 2); // → array([ 1.62434536, -0.61175641])
 */
export const normal: Draws2<'loc', 'scale'> & FunctionFacts = /*@__PURE__*/ legacy('normal');

/**
 * Pareto II (Lomax) values.
 *
 * @example
 * np.random.seed(1);
 * np.random.pareto(3, 2); // → array([0.19706007, 0.52914448])
 */
export const pareto: Draws1<'a'> & FunctionFacts = /*@__PURE__*/ legacy('pareto');

/**
 * Poisson values of mean `lam`.
 *
 * @example
 * np.random.seed(1);
 * np.random.poisson(4, 4); // → array([2, 2, 3, 4])
 */
export const poisson: Draws1<'lam', 'int64'> & FunctionFacts = /*@__PURE__*/ legacy('poisson');

/**
 * Powers of uniform values: their density is a·x^(a − 1).
 *
 * @example
 * np.random.seed(1);
 * np.random.power(3, 2); // → array([0.74711305, 0.89641558])
 */
export const power: Draws1<'a'> & FunctionFacts = /*@__PURE__*/ legacy('power');

/**
 * Rayleigh values.
 *
 * @example
 * np.random.seed(1);
 * np.random.rayleigh(1, 2); // → array([1.03885113, 1.59632406])
 */
export const rayleigh: Draws1<'scale'> & FunctionFacts = /*@__PURE__*/ legacy('rayleigh');

/**
 * Triangular values, on [left, right] with the peak at mode.
 *
 * @example
 * np.random.seed(1);
 * np.random.triangular(0, 1, 3, 2); // → array([1.1297412 , 1.70460313])
 */
export const triangular: Draws3<'left', 'mode', 'right'> & FunctionFacts = /*@__PURE__*/ legacy('triangular');

/**
 * Uniform values on [low, high).
 *
 * @example
 * np.random.seed(1);
 * np.random.uniform(-1, 1, 2); // → array([-0.16595599,  0.44064899])
 */
export const uniform: Draws2<'low', 'high'> & FunctionFacts = /*@__PURE__*/ legacy('uniform');

/**
 * Von Mises values: normal on a circle.
 *
 * @example
 * np.random.seed(1);
 * np.random.vonmises(0, 1, 2); // → array([-0.71447265, -0.48959749])
 */
export const vonmises: Draws2<'mu', 'kappa'> & FunctionFacts = /*@__PURE__*/ legacy('vonmises');

/**
 * Wald (inverse Gaussian) values.
 *
 * @example
 * np.random.seed(1);
 * np.random.wald(1, 2, 2); // → array([0.33510441, 0.65098187])
 */
export const wald: Draws2<'mean', 'scale'> & FunctionFacts = /*@__PURE__*/ legacy('wald');

/**
 * Weibull values of scale 1.
 *
 * @example
 * np.random.seed(1);
 * np.random.weibull(2, 2); // → array([0.73457868, 1.12877157])
 */
export const weibull: Draws1<'a'> & FunctionFacts = /*@__PURE__*/ legacy('weibull');

/**
 * Zipf values.
 *
 * @example
 * np.random.seed(1);
 * np.random.zipf(3, 4); // → array([1, 1, 1, 1])
 */
export const zipf: Draws1<'a', 'int64'> & FunctionFacts = /*@__PURE__*/ legacy('zipf');
