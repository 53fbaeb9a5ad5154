import { ValueError } from '../../errors.js';

/**
 * What NumPy demands of a parameter, with its texts. A lone value and an array are checked in a different order and with
 * different words, so that each kind says both.
 */
export type Constraint =
  | 'none'
  | 'non-negative'
  | 'positive'
  | 'positive, no NaN'
  | 'in [0, 1]'
  | 'in (0, 1]'
  | 'in [0, 1)'
  | 'above 1'
  | 'at least 1'
  | 'poisson';

/** The largest mean for which a Poisson draw is an int64 for certain: 2^63 - 1 less ten of its square roots. */
export const POISSON_MAX = 9.223372006484771e18;

/** Zero with a sign counts as negative where NumPy looks at the sign bit. */
const signed = (x: number): boolean => x < 0 || Object.is(x, -0);

interface Rule {
  /** Each test in NumPy's order, and the text after the name when it holds; `@` stands for the name. */
  readonly lone: readonly (readonly [(x: number) => boolean, string])[];
  readonly many: readonly (readonly [(x: number) => boolean, string])[];
}

/** A rule whose two texts end in `is NaN` and `contains NaNs`. */
const within = (outside: (x: number) => boolean, text: string, lone: string = ' is NaN'): Rule => ({
  lone: [[outside, `${text} or @${lone}`]],
  many: [[outside, `${text} or @ contains NaNs`]],
});
const same = (...tests: (readonly [(x: number) => boolean, string])[]): Rule => ({ lone: tests, many: tests });

const belowOrNaN = (x: number): boolean => !(x >= 0);
const tooLarge = (x: number): boolean => !(x <= POISSON_MAX);
const zeroOrLess = (x: number): boolean => x <= 0;

const RULES: Readonly<Record<Constraint, Rule>> = {
  none: same(),
  'non-negative': same([signed, '@ < 0']),
  positive: same([zeroOrLess, '@ <= 0']),
  'positive, no NaN': same([Number.isNaN, '@ must not be NaN'], [zeroOrLess, '@ <= 0']),
  'in [0, 1]': within((x) => !(x >= 0 && x <= 1), '@ < 0, @ > 1'),
  'in (0, 1]': within((x) => !(x > 0 && x <= 1), '@ <= 0, @ > 1', ' contains NaNs'),
  'in [0, 1)': within((x) => !(x >= 0 && x < 1), '@ < 0, @ >= 1'),
  'above 1': within((x) => !(x > 1), '@ <= 1'),
  'at least 1': within((x) => !(x >= 1), '@ < 1'),
  poisson: {
    lone: [
      [belowOrNaN, '@ < 0 or @ is NaN'],
      [tooLarge, '@ value too large'],
    ],
    many: [
      [tooLarge, '@ value too large'],
      [belowOrNaN, '@ < 0 or @ contains NaNs'],
    ],
  },
};

const refuse = (name: string, text: string): never => {
  throw new ValueError(text.replaceAll('@', name));
};

/** Throws NumPy's ValueError where a lone parameter breaks its rule. */
export function checkOne(constraint: Constraint, name: string, value: number): void {
  for (const [broken, text] of RULES[constraint].lone) if (broken(value)) refuse(name, text);
}

/** The same for an array's values: every test is of the whole array before the next one. */
export function checkMany(constraint: Constraint, name: string, values: ArrayLike<number>): void {
  for (const [broken, text] of RULES[constraint].many)
    for (let i = 0; i < values.length; i++) if (broken(values[i])) refuse(name, text);
}
