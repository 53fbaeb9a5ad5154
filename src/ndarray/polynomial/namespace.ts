import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { TypeError, ValueError } from '../../core/errors.js';
import type { FunctionKind } from '../../core/dispatch.js';
import { fn } from '../../core/signature.js';
import { dot } from '../contraction/products.js';
import { array } from '../creation/convert.js';
import { arange } from '../creation/range.js';
import { linspace } from '../creation/spaced.js';
import type { NDArray } from '../ndarray.js';
import { prod } from '../statistics/index.js';
import { cos, sin } from '../ufuncs.js';
import { floating, listed, minus, part, times, type Value } from './algebra.js';
import { type Functions, functionsOf } from './derived.js';
import type { Family } from './family.js';
import type { FitStatus } from './fitting.js';
import { mapped, trimcoef } from './polyutils.js';
import { ABCPolyBase, type SeriesClass, seriesClass } from './series.js';

/** The namespaces of the families: one table of functions under each family's prefix, and its class. */

/** Keywords of a fit. */
export interface SeriesFitKeywords {
  rcond?: number | null;
  /** Gives sums of squared residuals, rank, singular values and the condition number used, too. */
  full?: boolean;
  /** Weights of the residuals, not squared. */
  w?: ArrayLike | null;
}

/** What every family has, by the ends of the names: `add` is `polyadd`, `chebadd`, … Coefficients come lowest degree first. */
export interface SeriesFunctions {
  /** The sum of two series. */
  add(c1: ArrayLike, c2: ArrayLike): NDArray;
  /** The difference of two series. */
  sub(c1: ArrayLike, c2: ArrayLike): NDArray;
  /** A series times x. */
  mulx(c: ArrayLike): NDArray;
  /** The product of two series. */
  mul(c1: ArrayLike, c2: ArrayLike): NDArray;
  /** Quotient and remainder of two series. @throws ZeroDivisionError for a divisor of zero */
  div(c1: ArrayLike, c2: ArrayLike): [quotient: NDArray, remainder: NDArray];
  /** A power of a series. @throws ValueError for powers that are negative, no integers, or larger than `maxpower` */
  pow(c: ArrayLike, pow: number, maxpower?: number | null | { maxpower?: number | null }): NDArray;
  /** Values at the places `x`, of every series along the first axis of `c`; `tensor` false broadcasts x over those instead. */
  val(x: ArrayLike, c: ArrayLike, tensor?: boolean | { tensor?: boolean }): any;
  /** The m-th derivative along an axis; every derivation multiplies by `scl`. */
  der(c: ArrayLike, m?: number | SeriesAxis, scl?: number, axis?: number): NDArray;
  /** The m-th antiderivative along an axis. @param k constants of integration @param lbnd where the integral is zero */
  int(c: ArrayLike, m?: number | SeriesIntegral, k?: ArrayLike, lbnd?: number, scl?: number, axis?: number): NDArray;
  /** The series with the given roots, whose highest coefficient is that of the highest power, 1. */
  fromroots(roots: ArrayLike): NDArray;
  /** The values of all basis polynomials up to a degree at the places `x`, along a new last axis. */
  vander(x: ArrayLike, deg: number): NDArray;
  /** The least-squares fit to values `y` at the places `x`, of one or several sets of data. */
  fit(x: ArrayLike, y: ArrayLike, deg: ArrayLike, kw: SeriesFitKeywords & { full: true }): [NDArray, FitStatus];
  fit(x: ArrayLike, y: ArrayLike, deg: ArrayLike, rcond?: number | null | SeriesFitKeywords): NDArray;
  fit(x: ArrayLike, y: ArrayLike, deg: ArrayLike, rcond?: number | null, full?: boolean, w?: ArrayLike | null): any;
  /** Without coefficients at the end that are not greater than `tol`. */
  trim(c: ArrayLike, tol?: number | { tol?: number }): NDArray;
  /** All roots, sorted: the eigenvalues of the companion matrix. */
  roots(c: ArrayLike): NDArray;
  /** Values of a series in two variables at the points (x, y). */
  val2d(x: ArrayLike, y: ArrayLike, c: ArrayLike): NDArray;
  /** Values of a series in three variables at the points (x, y, z). */
  val3d(x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike): NDArray;
  /** Values of a series in two variables on the grid of all x and y. */
  grid2d(x: ArrayLike, y: ArrayLike, c: ArrayLike): NDArray;
  /** Values of a series in three variables on the grid of all x, y and z. */
  grid3d(x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike): NDArray;
  /** The products of basis polynomials in two variables up to the degrees [x, y]. */
  vander2d(x: ArrayLike, y: ArrayLike, deg: ArrayLike): NDArray;
  /** The products of basis polynomials in three variables up to the degrees [x, y, z]. */
  vander3d(x: ArrayLike, y: ArrayLike, z: ArrayLike, deg: ArrayLike): NDArray;
  /** The companion matrix, scaled to be symmetric where the basis allows it. */
  companion(c: ArrayLike): NDArray;
  /** off + scl·x as a series. */
  line(off: ArrayLike, scl: ArrayLike): NDArray;
  /** 0, 1 and x as series, and the family's domain. */
  zero: NDArray;
  one: NDArray;
  x: NDArray;
  domain: NDArray;
}
export interface SeriesAxis {
  m?: number;
  scl?: number;
  axis?: number;
}
export interface SeriesIntegral extends SeriesAxis {
  k?: ArrayLike;
  lbnd?: number;
}

/** What the families other than powers have: quadrature, the weight of orthogonality, and conversion. */
export interface QuadratureFunctions {
  /** Nodes and weights of Gauss quadrature, exact for polynomials up to degree 2·deg - 1. */
  gauss(deg: number): [x: NDArray, w: NDArray];
  /** The weight under which the basis is orthogonal, at the places `x`. */
  weight(x: ArrayLike): any;
}

/** The functions of a family under its prefix, and its class. */
export type SeriesNamespace<P extends string, C extends string, F = SeriesFunctions & QuadratureFunctions> = {
  readonly [K in keyof F as `${P}${K & string}`]: F[K];
} & { readonly [K in C]: SeriesClass } & {
  readonly [K in P extends 'poly' ? never : `${P}2poly` | `poly2${P}`]: (c: ArrayLike) => NDArray;
};

export interface PowersFunctions extends SeriesFunctions {
  /** Values at the places `x` of the polynomial with roots `r`. */
  valfromroots(x: ArrayLike, r: ArrayLike, tensor?: boolean | { tensor?: boolean }): any;
}
export interface ChebyshevFunctions extends SeriesFunctions, QuadratureFunctions {
  /** The Chebyshev points of the first kind, inside of (-1, 1). */
  pts1(npts: number): NDArray;
  /** The Chebyshev points of the second kind, with both ends. */
  pts2(npts: number): NDArray;
  /** The series of a degree that agrees with `func` at the Chebyshev points of the first kind. */
  interpolate(func: (x: NDArray, ...args: any[]) => unknown, deg: number, args?: readonly unknown[]): NDArray;
}

/** One function of the table: NumPy's signature, how it meets tensors, and its body over a family's functions. */
type Row = readonly [signature: string, kind: FunctionKind, body: (f: Functions) => (...args: any[]) => unknown];

const TABLE: Readonly<Record<string, Row>> = {
  add: ['c1, c2', 'host', (f) => f.add],
  sub: ['c1, c2', 'host', (f) => f.sub],
  mulx: ['c', 'host', (f) => f.mulx],
  mul: ['c1, c2', 'host', (f) => f.mul],
  div: ['c1, c2', 'host', (f) => f.div],
  pow: ['c, pow, maxpower=$maxpower', 'host', (f) => f.pow],
  val: ['x, c, tensor=True', 'composite', (f) => f.val],
  der: ['c, m=1, scl=1, axis=0', 'host', (f) => f.der],
  int: ['c, m=1, k=[], lbnd=0, scl=1, axis=0', 'host', (f) => f.int],
  fromroots: ['roots', 'host', (f) => f.fromroots],
  vander: ['x, deg', 'composite', (f) => f.vander],
  fit: ['x, y, deg, rcond=None, full=False, w=None', 'host', (f) => f.fit],
  trim: ['c, tol=0', 'host', () => (c: ArrayLike, tol: number) => trimcoef(c, tol)],
  roots: ['c', 'host', (f) => f.roots],
  val2d: ['x, y, c', 'composite', (f) => (x, y, c) => f.valnd(c, x, y)],
  val3d: ['x, y, z, c', 'composite', (f) => (x, y, z, c) => f.valnd(c, x, y, z)],
  grid2d: ['x, y, c', 'composite', (f) => (x, y, c) => f.gridnd(c, x, y)],
  grid3d: ['x, y, z, c', 'composite', (f) => (x, y, z, c) => f.gridnd(c, x, y, z)],
  vander2d: ['x, y, deg', 'host', (f) => (x, y, deg) => f.vandernd([x, y], deg)],
  vander3d: ['x, y, z, deg', 'host', (f) => (x, y, z, deg) => f.vandernd([x, y, z], deg)],
  companion: ['c', 'host', (f) => f.companion],
  line: ['off, scl', 'host', (f) => f.line],
};
const QUADRATURE: Readonly<Record<string, Row>> = {
  gauss: ['deg', 'host', (f) => f.gauss],
};

/** Counts of points. @throws ValueError for what is no integer, or less than `least` */
function points(n: unknown, least: number): number {
  const v = Number(n);
  if (!Number.isInteger(v)) throw new ValueError('npts must be integer');
  if (v < least) throw new ValueError(`npts must be >= ${least}`);
  return v;
}
const pts1 = (given: unknown): NDArray => {
  const n = points(given, 1);
  return sin(times((0.5 * Math.PI) / n, arange(1 - n, n + 1, 2, { dtype: 'float64' } as never))) as NDArray;
};

/** Functions of one family only, under its prefix. */
const OWN: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  poly: {
    valfromroots: [
      'x, r, tensor=True',
      'composite',
      () => (at: Value, given: unknown, tensor: unknown) => {
        let r = floating(listed(given)) as NDArray;
        const x = Array.isArray(at) ? toArray(at) : at;
        if (x instanceof ArrayValue && tensor) r = r.reshape([...r.shape, ...x.shape.map(() => 1)]) as NDArray;
        else if (x instanceof ArrayValue && x.ndim >= r.ndim)
          throw new ValueError('x.ndim must be < r.ndim when tensor == False');
        return (prod as Value)(minus(x, r), 0);
      },
    ],
  },
  cheb: {
    pts1: ['npts', 'host', () => pts1],
    pts2: ['npts', 'host', () => (n: unknown) => cos(linspace(-Math.PI, 0, points(n, 2)) as never)],
    interpolate: [
      'func, deg, args=()',
      'conversion',
      (f) => (func: (...a: unknown[]) => unknown, given: unknown, args: readonly unknown[]) => {
        const deg = toArray(given) as NDArray;
        if (deg.ndim > 0 || !Number.isInteger(Number(deg.item()))) throw new TypeError('deg must be an int');
        const n = Number(deg.item());
        if (n < 0) throw new ValueError('expected deg >= 0');
        const x = pts1(n + 1);
        const c = dot(f.vander(x, n).T as NDArray, func(x, ...args) as never) as NDArray;
        part(c, 0, 1).idiv(n + 1);
        part(c, 1).idiv(0.5 * (n + 1));
        return c;
      },
    ],
  },
};

/** The class of a family. */
export function classOf(row: Family): SeriesClass {
  const f = lazily(() => functionsOf(row));
  const extra: Record<string, unknown> =
    row.prefix === 'cheb'
      ? {
          interpolate: /*@__PURE__*/ fn(
            'interpolate',
            'cls, func, deg, domain=None, args=()',
            (cls: SeriesClass, func: (...a: unknown[]) => unknown, deg: unknown, given, args: readonly unknown[]) => {
              const domain = toArray(given ?? cls.domain);
              const inner = (x: Value): unknown => func(mapped(x, cls.window, domain), ...args);
              return cls(OWN.cheb.interpolate[2](f())(inner, deg, []) as never, domain);
            },
            'conversion',
          ),
        }
      : {};
  return seriesClass(
    {
      className: row.className,
      basisName: row.basisName,
      domain: () => array([...row.domain]) as NDArray,
      get functions() {
        return f();
      },
    },
    extra,
  );
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** The namespace of a family. Functions and constants are made when first asked for. */
export function namespaceOf<N>(row: Family, cls: SeriesClass): N {
  const f = lazily(() => functionsOf(row));
  const out: object = {};
  const member = (name: string, make: () => unknown): void => {
    Object.defineProperty(out, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = make();
        Object.defineProperty(out, name, { value, enumerable: true });
        return value;
      },
    });
  };
  const declare = (name: string, [signature, kind, body]: Row): void =>
    member(name, () => fn(name, signature.replace('$maxpower', String(row.maxpower ?? 'None')), body(f()), kind));
  const p = row.prefix;
  const constant = (name: string, values: readonly number[]): void => {
    // Integers where NumPy has them: 0, 1 and x of most families.
    const whole = name !== 'domain' && values.every(Number.isInteger);
    member(p + name, () => array(whole ? values.map(BigInt) : [...values]));
  };
  constant('zero', [0]);
  constant('one', [1]);
  constant('x', row.x);
  constant('domain', row.domain);
  for (const [name, r] of Object.entries(TABLE)) declare(p + name, r);
  for (const [name, r] of Object.entries(OWN[p] ?? {})) declare(p + name, r);
  if (row.gauss !== undefined) {
    for (const [name, r] of Object.entries(QUADRATURE)) declare(p + name, r);
    declare(`${p}weight`, ['x', 'composite', () => (x: unknown) => row.weight!(Array.isArray(x) ? toArray(x) : x)]);
    declare(`${p}2poly`, ['c', 'host', (g) => g.toPowers]);
    declare(`poly2${p}`, ['pol', 'host', (g) => g.fromPowers]);
  }
  member(row.className, () => cls);
  member('ABCPolyBase', () => ABCPolyBase);
  return out as N;
}
