/** np.polynomial: series in six bases, as functions and as classes. */
import { chebyshev as chebyshevRow } from './chebyshev.js';
import {
  type ChebyshevFunctions,
  classOf,
  namespaceOf,
  type PowersFunctions,
  type SeriesNamespace,
} from './namespace.js';
import { powers as powersRow } from './powers.js';
import {
  hermite as hermiteRow,
  hermiteE as hermiteERow,
  laguerre as laguerreRow,
  legendre as legendreRow,
} from './rows.js';
import type { SeriesClass } from './series.js';

export * as polyutils from './polyutils.js';
export type {
  ChebyshevFunctions,
  PowersFunctions,
  QuadratureFunctions,
  SeriesFunctions,
  SeriesNamespace,
} from './namespace.js';
export type { FitKeywords, FitStatus, SeriesKeywords } from './fitting.js';
export { type PrintStyle, set_default_printstyle } from './format.js';
export { ABCPolyBase, type SeriesClass } from './series.js';

/**
 * Series of powers of x.
 * @example
 * const p = np.polynomial.Polynomial([1, 2, 3]);
 * p // → Polynomial([1., 2., 3.], domain=[-1.,  1.], window=[-1.,  1.], symbol='x')
 * `${p}` // → '1.0 + 2.0·x + 3.0·x²'
 * p(2) // → array(17.)
 * p.deriv().coef // → array([2., 6.])
 */
export const Polynomial: SeriesClass = /*@__PURE__*/ classOf(powersRow);
/** Series of Chebyshev polynomials of the first kind. @example `${np.polynomial.Chebyshev([1, 2, 3])}` // → '1.0 + 2.0·T₁(x) + 3.0·T₂(x)' */
export const Chebyshev: SeriesClass & {
  /** The series of a degree that agrees with a function at the Chebyshev points of the domain. */
  interpolate(func: (x: any, ...args: any[]) => unknown, deg: number, domain?: unknown, args?: readonly unknown[]): any;
} = /*@__PURE__*/ classOf(chebyshevRow) as never;
/** Series of Legendre polynomials. @example np.polynomial.Legendre.basis(2).convert({ kind: np.polynomial.Polynomial }).coef // → array([-0.5,  0. ,  1.5]) */
export const Legendre: SeriesClass = /*@__PURE__*/ classOf(legendreRow);
/** Series of Hermite polynomials of the physicists. @example np.polynomial.Hermite([0, 0, 1])(1) // → array(2.) */
export const Hermite: SeriesClass = /*@__PURE__*/ classOf(hermiteRow);
/** Series of Hermite polynomials of the probabilists. @example np.polynomial.HermiteE([0, 0, 1])(2) // → array(3.) */
export const HermiteE: SeriesClass = /*@__PURE__*/ classOf(hermiteERow);
/** Series of Laguerre polynomials. @example np.polynomial.Laguerre([0, 1])(0.25) // → array(0.75) */
export const Laguerre: SeriesClass = /*@__PURE__*/ classOf(laguerreRow);

/** Functions of series of powers. @example np.polynomial.polynomial.polyval(2, [1, 2, 3]) // → array(17.) */
export const polynomial: SeriesNamespace<'poly', 'Polynomial', PowersFunctions> = /*@__PURE__*/ namespaceOf(
  powersRow,
  Polynomial,
);
/** Functions of Chebyshev series. @example np.polynomial.chebyshev.chebmul([1, 2], [0, 1]) // → array([1., 1., 1.]) */
export const chebyshev: SeriesNamespace<'cheb', 'Chebyshev', ChebyshevFunctions> = /*@__PURE__*/ namespaceOf(
  chebyshevRow,
  Chebyshev,
);
/** Functions of Legendre series. @example np.polynomial.legendre.leg2poly([0, 0, 1]) // → array([-0.5,  0. ,  1.5]) */
export const legendre: SeriesNamespace<'leg', 'Legendre'> = /*@__PURE__*/ namespaceOf(legendreRow, Legendre);
/** Functions of Hermite series. @example np.polynomial.hermite.hermval(1, [0, 0, 1]) // → array(2.) */
export const hermite: SeriesNamespace<'herm', 'Hermite'> = /*@__PURE__*/ namespaceOf(hermiteRow, Hermite);
/** Functions of Hermite-e series. @example np.polynomial.hermite_e.hermeder([1, 2, 3]) // → array([2., 6.]) */
export const hermite_e: SeriesNamespace<'herme', 'HermiteE'> = /*@__PURE__*/ namespaceOf(hermiteERow, HermiteE);
/** Functions of Laguerre series. @example np.polynomial.laguerre.lagint([1, 2]) // → array([ 1.,  1., -2.]) */
export const laguerre: SeriesNamespace<'lag', 'Laguerre'> = /*@__PURE__*/ namespaceOf(laguerreRow, Laguerre);
