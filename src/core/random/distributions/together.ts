import { ValueError } from '../../errors.js';

/** What NumPy demands of the parameters of one draw together, in its order. */

type Together = (...parameters: number[]) => void;

const demand = (broken: (...parameters: number[]) => boolean, text: string): Together => {
  return (...parameters) => {
    if (broken(...parameters)) throw new ValueError(text);
  };
};

export const triangularTogether: readonly Together[] = [
  demand((left, mode) => left > mode, 'left > mode'),
  demand((_, mode, right) => mode > right, 'mode > right'),
  demand((left, _, right) => left === right, 'left == right'),
];

/** The mean of the Poisson draw for a gamma of ten deviations above its mean must stay within what a Poisson draw can be. */
export const negativeBinomialTogether = (most: number): readonly Together[] => [
  demand(
    (n, p) => ((1 - p) * (n + 10 * Math.sqrt(n))) / p > most,
    'n too large or p too small, see Generator.negative_binomial Notes',
  ),
];

const enough: Together = demand((good, bad, sample) => good + bad < sample, 'ngood + nbad < nsample');

export const hypergeometricTogether: readonly Together[] = [
  demand((good, bad) => good >= 1e9 || bad >= 1e9, 'both ngood and nbad must be less than 1000000000'),
  enough,
];

export const hypergeometricTogetherLegacy: readonly Together[] = [enough];
