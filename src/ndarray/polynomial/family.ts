import type { ArrayValue } from '../../core/array.js';
import type { NDArray } from '../ndarray.js';
import type { Value } from './algebra.js';

/** What a family of polynomials is: the row from which all of its functions and its class are made. */

/** Multiplication by x and subtraction, in the basis that a recurrence is run in. */
export interface Basis {
  readonly mulx: (c: Value) => NDArray;
  readonly sub: (c1: Value, c2: Value) => NDArray;
}

/** Coefficients of one derivation or integration: what the first axis of the array holds. */
export type Rows = NDArray[];

export interface Family {
  /** What its functions' names begin with. */
  readonly prefix: string;
  /** The name of its class. */
  readonly className: string;
  /** How its basis is written in formulas; null: as powers of the variable. */
  readonly basisName: string | null;
  readonly domain: readonly [number, number];
  /** x as a series. */
  readonly x: readonly number[];
  /** off + scl·x as a series, for scl other than 0. */
  readonly line: (off: Value, scl: Value) => readonly Value[];
  /** The product of a trimmed series other than [0] with x. */
  readonly mulx: (c: NDArray) => NDArray;
  /**
   * Clenshaw's recurrence on coefficients: from (c0, c1) of degree n to (c + down(c1), c0 + up(c1)) of degree n - 1, and c0 + last(c1) at its
   * end. Products of series and conversion to powers of x are this in two bases.
   */
  readonly down: (c1: NDArray, n: number) => NDArray;
  readonly up: (c1: NDArray, n: number, basis: Basis) => NDArray;
  readonly last: (c1: NDArray, basis: Basis) => NDArray;
  /** The same on values; `y` is what `argument` made of x, once. */
  readonly values: {
    readonly argument?: (x: Value) => Value;
    readonly down: (c1: Value, n: number) => Value;
    readonly up: (c1: Value, x: Value, y: Value, n: number) => Value;
    readonly last: (c1: Value, x: Value, y: Value) => Value;
  };
  /** One derivation of at least two coefficients. */
  readonly derive: (c: Rows) => Rows;
  /** One integration, without its constant. */
  readonly integrate: (c: Rows) => Rows;
  /** Values of the basis polynomial of degree 1, and of degree i from those of degrees i - 1 and i - 2. */
  readonly first: (x: NDArray) => Value;
  readonly next: (v1: Value, v2: Value, x: NDArray, i: number) => Value;
  /** The companion matrix, symmetric where it can be, of n + 1 coefficients; and the root of two. */
  readonly companion: (c: NDArray, n: number) => NDArray;
  readonly root: (c: NDArray) => NDArray;
  /** Whether roots are eigenvalues of the companion matrix turned around, which gives smaller errors. */
  readonly turned: boolean;
  /** Largest power that is computed, unless said otherwise. */
  readonly maxpower: number | null;
  /** What is not made from the rest. */
  readonly mul?: (c1: unknown, c2: unknown) => NDArray;
  readonly div?: (c1: NDArray, c2: NDArray) => [NDArray, NDArray];
  readonly pow?: (c: NDArray, power: number) => NDArray;
  readonly val?: (x: Value, c: ArrayValue) => Value;
  /** Gauss quadrature of its weight, and the weight; the powers have none. */
  readonly gauss?: (deg: number, f: GaussTools) => [x: NDArray, w: NDArray];
  readonly weight?: (x: Value) => Value;
  /** NumPy leaves the axis in front when it derives to nothing. */
  readonly leavesAxis?: boolean;
}

/** What a quadrature is computed with. */
export interface GaussTools {
  readonly companion: (c: unknown) => NDArray;
  readonly val: (x: Value, c: unknown) => NDArray;
  readonly der: (c: unknown) => NDArray;
  /** Eigenvalues of a symmetric matrix, ascending. */
  readonly eigenvalues: (m: NDArray) => NDArray;
}
