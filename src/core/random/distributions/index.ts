import type { Bits } from '../bits.js';
import type { Constraint } from './constraints.js';
import * as exponential from './exponential.js';
import * as legacy from './legacy-continuous.js';
import type { GaussBits } from './legacy-continuous.js';
import * as normal from './normal.js';

export { type Constraint, checkMany, checkOne, POISSON_MAX } from './constraints.js';
export type { GaussBits } from './legacy-continuous.js';

/**
 * The table of the distributions: every draw of a Generator and of a RandomState that depends on nothing but the stream and a few
 * numbers.
 *
 * Results of kind 'int64' are numbers that hold the value exactly: every discrete algorithm here ends in the floor of a double, so
 * that a value beyond 2^53 is a double as well. Two values mean an end of the range: 2^63 is int64's maximum (2^63 - 1), -2^63 its
 * minimum.
 */
export interface Parameter {
  readonly name: string;
  /** Absent where the caller must give it. */
  readonly initial?: number;
  /** 'int64': the parameter itself is an integer. */
  readonly kind?: 'int64';
  readonly constraint: Constraint;
  /** RandomState's, where it differs. */
  readonly legacyConstraint?: Constraint;
}

export type Draw = (bits: Bits, ...parameters: number[]) => number;
export type LegacyDraw = (bits: GaussBits, ...parameters: number[]) => number;

export interface Distribution {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: 'float64' | 'int64';
  readonly modern: Draw;
  readonly legacy: LegacyDraw;
  /** `dtype=float32`, where a Generator has it. */
  readonly single?: Draw;
  /**
   * A check of the parameters together, after each has passed its own: throws NumPy's error. Receives one set of values (for
   * arrays: of each element in turn).
   */
  readonly together?: (...parameters: number[]) => void;
  readonly legacyTogether?: (...parameters: number[]) => void;
}

const at = (name: string, constraint: Constraint, initial?: number): Parameter =>
  initial === undefined ? { name, constraint } : { name, constraint, initial };

const loc = at('loc', 'none', 0);
const scale = at('scale', 'non-negative', 1);

const uniform: Draw = (bits, low, range) => low + range * bits.nextDouble();

/** NumPy's `uniform` is drawn from `low` and `high - low`: the wrapper checks that the difference is finite and makes it. */
const rows: readonly Distribution[] = [
  {
    name: 'standard_normal',
    parameters: [],
    result: 'float64',
    modern: normal.standardNormal,
    legacy: legacy.gauss,
    single: normal.standardNormalSingle,
  },
  { name: 'normal', parameters: [loc, scale], result: 'float64', modern: normal.normal, legacy: legacy.normal },
  {
    name: 'standard_exponential',
    parameters: [],
    result: 'float64',
    modern: exponential.standardExponential,
    legacy: legacy.standardExponential,
    single: exponential.standardExponentialSingle,
  },
  {
    name: 'exponential',
    parameters: [scale],
    result: 'float64',
    modern: exponential.exponential,
    legacy: legacy.exponential,
  },
  {
    name: 'uniform',
    parameters: [at('low', 'none', 0), at('range', 'none', 1)],
    result: 'float64',
    modern: uniform,
    legacy: uniform,
  },
];

export const DISTRIBUTIONS: ReadonlyMap<string, Distribution> = /*@__PURE__*/ new Map(
  rows.map((row) => [row.name, row]),
);
