import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { NO_UFUNC } from '../../core/dispatch.js';
import { TypeError, ValueError, ZeroDivisionError } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import { typeName } from '../../core/python/kind.js';
import { fn } from '../../core/signature.js';
import { linspace } from '../creation/spaced.js';
import type { NDArray } from '../ndarray.js';
import { all } from '../statistics/index.js';
import { asSeries, nth, OPERATORS, over, part, plus, times, type Value } from './algebra.js';
import type { Functions } from './derived.js';
import type { FitKeywords, FitStatus, SeriesKeywords } from './fitting.js';
import { defaultPrintStyle, type Formula, formula, latex, type PrintStyle } from './format.js';
import { getdomain, linearMap, mapped, trimcoef } from './polyutils.js';

/** The classes of series: coefficients with a domain, a window that it is mapped to, and the name of the variable. */

/** What a class of series is made of. */
export interface SeriesKind {
  readonly className: string;
  readonly basisName: string | null;
  readonly domain: () => NDArray;
  readonly functions: Functions;
}

/** A class of series. */
export interface SeriesClass<S extends ABCPolyBase = ABCPolyBase> {
  (coef: ArrayLike, domain?: ArrayLike | null | SeriesKeywords, window?: ArrayLike | null, symbol?: string): S;
  new (coef: ArrayLike, domain?: ArrayLike | null | SeriesKeywords, window?: ArrayLike | null, symbol?: string): S;
  readonly prototype: S;
  /** The default domain and window. */
  readonly domain: NDArray;
  readonly window: NDArray;
  /** How its basis is written; null: as powers. */
  readonly basis_name: string | null;
  /** The largest power that a series is raised to. */
  readonly maxpower: number;
  /** The least-squares fit of `y` at the places `x`. @param deg the degree, or a list of those that take part */
  fit(x: ArrayLike, y: ArrayLike, deg: ArrayLike, kw: FitKeywords & { full: true }): [S, FitStatus];
  fit(x: ArrayLike, y: ArrayLike, deg: ArrayLike, kw?: FitKeywords): S;
  fit(x: ArrayLike, y: ArrayLike, deg: ArrayLike, domain: ArrayLike | null, kw?: Omit<FitKeywords, 'domain'>): S;
  /** The series with the given roots. */
  fromroots(
    roots: ArrayLike,
    domain?: ArrayLike | null | SeriesKeywords,
    window?: ArrayLike | null,
    symbol?: string,
  ): S;
  /** The series that is x itself. */
  identity(domain?: ArrayLike | null | SeriesKeywords, window?: ArrayLike | null, symbol?: string): S;
  /** The basis polynomial of a degree. */
  basis(deg: number, domain?: ArrayLike | null | SeriesKeywords, window?: ArrayLike | null, symbol?: string): S;
  /** A series of another class as one of this class. */
  cast(
    series: ABCPolyBase,
    domain?: ArrayLike | null | { domain?: ArrayLike; window?: ArrayLike },
    window?: ArrayLike | null,
  ): S;
}

const kinds = new WeakMap<object, SeriesKind>();
/** The kind of a series or a class of series. */
function kindOf(x: object): SeriesKind {
  for (let p: object | null = x; p !== null; p = Object.getPrototypeOf(p)) {
    const kind = kinds.get(p);
    if (kind !== undefined) return kind;
  }
  throw new TypeError("Can't instantiate abstract class ABCPolyBase");
}

const pair = (x: unknown, what: string): NDArray => {
  const [a] = asSeries([x], false);
  if (a.size !== 2) throw new ValueError(`${what} has wrong number of elements.`);
  return a;
};
const isEmptyList = (x: unknown): boolean => Array.isArray(x) && x.length === 0;
const quoted = (c: NDArray): string => c.repr().slice(6, -1);
const same = (a: NDArray, b: NDArray): boolean => a.size === b.size && Boolean(all((a as Value).eq(b)));

const construct = /*@__PURE__*/ fn<(...args: any[]) => ABCPolyBase>(
  '__init__',
  "self, coef, domain=None, window=None, symbol='x'",
  (self: ABCPolyBase, given: unknown, domain: unknown, window: unknown, symbol: unknown) => {
    const [coef] = asSeries([given], false);
    self.coef = coef;
    if (domain !== null) hidden(self, 'domain', pair(domain, 'Domain'));
    if (window !== null) hidden(self, 'window', pair(window, 'Window'));
    if (typeof symbol !== 'string') throw new TypeError('Symbol must be a non-empty string');
    if (!/^[\p{XIDS}_][\p{XIDC}]*$/u.test(symbol))
      throw new ValueError('Symbol string must be a valid Python identifier');
    Object.defineProperty(self, 'symbol', { value: symbol });
    return self;
  },
  'conversion',
);

/** What every class of series has. An object of one is a function of its variable. */
export abstract class ABCPolyBase {
  /** Coefficients, the lowest degree first. */
  declare coef: NDArray;
  /** The interval that is mapped to the window. */
  declare readonly domain: NDArray;
  declare readonly window: NDArray;
  /** The name of the variable. */
  declare readonly symbol: string;

  /** How the class's basis is written; null: as powers. */
  get basis_name(): string | null {
    return kindOf(this).basisName;
  }
  get maxpower(): number {
    return 100;
  }
  /** The number of coefficients. */
  get length(): number {
    return this.coef.size;
  }
  [Symbol.iterator](): Iterator<NDArray> {
    return this.coef[Symbol.iterator]() as Iterator<NDArray>;
  }

  /** A series of this class with other coefficients. */
  protected like(coef: unknown): this {
    return make(Object.getPrototypeOf(this) as object, [coef, this.domain, this.window, this.symbol]) as this;
  }

  has_samecoef(other: ABCPolyBase): boolean {
    return same(this.coef, other.coef);
  }
  has_samedomain(other: ABCPolyBase): boolean {
    return same(this.domain, other.domain);
  }
  has_samewindow(other: ABCPolyBase): boolean {
    return same(this.window, other.window);
  }
  has_sametype(other: unknown): boolean {
    return other instanceof (this.constructor as unknown as SeriesClass);
  }

  /** The other operand's coefficients. @throws TypeError, ValueError for series of another kind, domain, window or variable */
  protected coefficientsOf(other: unknown): unknown {
    if (!(other instanceof ABCPolyBase)) return other;
    if (!this.has_sametype(other)) throw new TypeError('Polynomial types differ');
    if (!this.has_samedomain(other)) throw new TypeError('Domains differ');
    if (!this.has_samewindow(other)) throw new TypeError('Windows differ');
    if (this.symbol !== other.symbol) throw new ValueError('Polynomial symbols differ');
    return other.coef;
  }

  private operate<R>(symbol: string, a: unknown, b: unknown, f: () => R): R {
    try {
      return f();
    } catch (e) {
      if (e instanceof ZeroDivisionError) throw e;
      throw new TypeError(`unsupported operand type(s) for ${symbol}: '${nameOf(a)}' and '${nameOf(b)}'`);
    }
  }

  /** `p + other` */
  add(other: unknown): this {
    const c = this.coefficientsOf(other);
    return this.operate('+', this, other, () => this.like(kindOf(this).functions.add(this.coef, c)));
  }
  /** `other + p` */
  radd(other: unknown): this {
    return this.operate('+', other, this, () => this.like(kindOf(this).functions.add(other, this.coef)));
  }
  /** `p - other` */
  sub(other: unknown): this {
    const c = this.coefficientsOf(other);
    return this.operate('-', this, other, () => this.like(kindOf(this).functions.sub(this.coef, c)));
  }
  /** `other - p` */
  rsub(other: unknown): this {
    return this.operate('-', other, this, () => this.like(kindOf(this).functions.sub(other, this.coef)));
  }
  /** `p * other` */
  mul(other: unknown): this {
    const c = this.coefficientsOf(other);
    return this.operate('*', this, other, () => this.like(kindOf(this).functions.mul(this.coef, c)));
  }
  /** `other * p` */
  rmul(other: unknown): this {
    return this.operate('*', other, this, () => this.like(kindOf(this).functions.mul(other, this.coef)));
  }
  /** `p / number` @throws TypeError for series: the quotient of those is `floordiv` */
  div(other: unknown): this {
    const isNumber =
      typeof other === 'number' || typeof other === 'bigint' || (other instanceof ArrayValue && other.ndim === 0);
    if (!isNumber && !(typeof other === 'object' && other !== null && 're' in other))
      throw new TypeError(
        `unsupported types for true division: '<class '${pathOf(this)}'>', '<class '${pathOf(other)}'>'`,
      );
    return this.floordiv(other);
  }
  /** `p // other` */
  floordiv(other: unknown): this {
    return this.quotient('//', this, other)[0];
  }
  /** `p % other` */
  mod(other: unknown): this {
    return this.quotient('%', this, other)[1];
  }
  /** Quotient and remainder. */
  divmod(other: unknown): [this, this] {
    return this.quotient('divmod()', this, other);
  }
  /** `other // p` */
  rfloordiv(other: unknown): this {
    return this.quotient('//', other, this)[0];
  }
  /** `other % p` */
  rmod(other: unknown): this {
    return this.quotient('%', other, this)[1];
  }
  /** Quotient and remainder of what is not a series by this. */
  rdivmod(other: unknown): [this, this] {
    return this.quotient('divmod()', other, this);
  }
  private quotient(symbol: string, a: unknown, b: unknown): [this, this] {
    const [u, v] = [a, b].map((x) => (x === this ? this.coef : this.coefficientsOf(x)));
    return this.operate(symbol, a, b, () => {
      const [q, r] = kindOf(this).functions.div(u, v);
      return [this.like(q), this.like(r)];
    });
  }
  /** `p ** power` @throws ValueError for powers that are negative, no integers, or larger than `maxpower` */
  pow(power: unknown): this {
    return this.like(kindOf(this).functions.pow(this.coef, power, this.maxpower));
  }
  neg(): this {
    return this.like(this.coef.neg());
  }
  pos(): this {
    return this;
  }
  eq(other: unknown): boolean {
    return (
      other instanceof ABCPolyBase &&
      this.has_sametype(other) &&
      this.has_samedomain(other) &&
      this.has_samewindow(other) &&
      this.has_samecoef(other) &&
      this.symbol === other.symbol
    );
  }
  ne(other: unknown): boolean {
    return !this.eq(other);
  }

  copy(): this {
    return this.like(this.coef);
  }
  degree(): number {
    return this.coef.size - 1;
  }
  /** The series cut off after a degree. */
  cutdeg(deg: number | bigint): this {
    return this.truncate(Number(deg) + 1);
  }
  /** Without coefficients at the end that are not greater than `tol`. */
  trim(tol: number | { tol?: number } = 0): this {
    return this.like(trimcoef(this.coef, tol));
  }
  /** The first `size` coefficients. @throws ValueError for sizes that are not positive integers */
  truncate(size: number): this {
    const n = Number(size);
    if (!Number.isInteger(n) || n < 1) throw new ValueError('size must be a positive integer');
    return this.like(n >= this.coef.size ? this.coef : part(this.coef, 0, n));
  }
  /** The same function as a series of another class, domain or window. */
  convert(...args: readonly unknown[]): any {
    return convert(this, ...args);
  }
  /** off and scl of the map off + scl·x from the domain to the window. */
  mapparms(): [off: NDArray, scl: NDArray] {
    return linearMap(this.domain, this.window) as [NDArray, NDArray];
  }
  /** The m-th antiderivative. @param k constants of integration @param lbnd where the integral is zero */
  integ(...args: readonly unknown[]): this {
    return integrate(this, ...args) as this;
  }
  /** The m-th derivative. */
  deriv(...args: readonly unknown[]): this {
    return derive(this, ...args) as this;
  }
  roots(): NDArray {
    return mapped(kindOf(this).functions.roots(this.coef), this.window, this.domain) as NDArray;
  }
  /** Places and values at n points evenly over the domain. */
  linspace(...args: readonly unknown[]): [x: NDArray, y: NDArray] {
    return spread(this, ...args) as [NDArray, NDArray];
  }

  private get formula(): Formula {
    return { coef: this.coef, symbol: this.symbol, basisName: this.basis_name, map: this.mapparms() };
  }
  /** The formula as text: 'unicode' or 'ascii'; '' for the default. @throws ValueError for another style */
  format(style: PrintStyle | '' = ''): string {
    if (style !== '' && style !== 'unicode' && style !== 'ascii')
      throw new ValueError(
        `Unsupported format string '${style}' passed to <class '${pathOf(this)}'>.__format__. Valid options are 'ascii' and 'unicode'`,
      );
    return formula(this.formula, style === '' ? defaultPrintStyle() : style);
  }
  toString(): string {
    return this.format();
  }
  repr(): string {
    return `${this.constructor.name}(${quoted(this.coef)}, domain=${quoted(this.domain)}, window=${quoted(this.window)}, symbol='${this.symbol}')`;
  }
  /** The formula in LaTeX. */
  _repr_latex_(): string {
    return latex(this.formula);
  }
}
/** A series is a function of its variable: of numbers, arrays, tensors, and other series. */
export interface ABCPolyBase {
  (x: ABCPolyBase): this;
  (x: ArrayLike): NDArray;
}
hidden(ABCPolyBase.prototype, OPERATORS, true);
hidden(ABCPolyBase.prototype, NO_UFUNC, true);
hidden(ABCPolyBase.prototype, Symbol.for('nodejs.util.inspect.custom'), function (this: ABCPolyBase) {
  return this.repr();
});
hidden(ABCPolyBase, 'name', 'ABCPolyBase');

/** A class as Python's text of it names it, with its module. */
const pathOf = (x: unknown): string => {
  const name = nameOf(x);
  return x instanceof ABCPolyBase
    ? `numpy.polynomial.${name === 'HermiteE' ? 'hermite_e' : name.toLowerCase()}.${name}`
    : name;
};
const nameOf = (x: unknown): string => (x instanceof ABCPolyBase ? x.constructor.name : typeName(x));

/** An object of a class of series: a function whose prototype is the class's. */
function make(proto: object, args: readonly unknown[]): ABCPolyBase {
  const series = ((x: unknown): unknown =>
    kindOf(series).functions.val(
      mapped(x as Value, series.domain, series.window),
      series.coef,
    )) as unknown as ABCPolyBase;
  delete (series as { length?: number }).length;
  delete (series as { name?: string }).name;
  Object.setPrototypeOf(series, proto);
  return construct(series, ...args);
}

const prototypeOf = (c: SeriesClass): object => c.prototype;
const DOMAINS = "domain=None, window=None, symbol='x'";

const fit = /*@__PURE__*/ fn(
  'fit',
  "cls, x, y, deg, domain=None, rcond=None, full=False, w=None, window=None, symbol='x'",
  (cls: SeriesClass, x: unknown, y, deg, given, rcond, full, w, win, symbol) => {
    let domain = given;
    if (domain === null) {
      const d = getdomain(x as ArrayLike);
      if ((nth(d, 0) as Value).eq(nth(d, 1)).item()) {
        part(d, 0, 1).isub(1);
        part(d, 1, 2).iadd(1);
      }
      domain = d;
    } else if (isEmptyList(domain)) domain = cls.domain;
    const window = win ?? cls.window;
    const at = mapped(x as Value, toArray(domain), toArray(window));
    const result = kindOf(prototypeOf(cls)).functions.fit(at, y, deg, rcond, full, w);
    const series = (coef: unknown): ABCPolyBase => make(prototypeOf(cls), [coef, domain, window, symbol]);
    return full ? [series(result[0]), result[1]] : series(result);
  },
  'conversion',
);

const fromroots = /*@__PURE__*/ fn(
  'fromroots',
  "cls, roots, domain=[], window=None, symbol='x'",
  (cls: SeriesClass, given: unknown, asked, win, symbol) => {
    const [roots] = asSeries([given], false);
    const domain = asked === null ? getdomain(roots) : isEmptyList(asked) ? cls.domain : toArray(asked);
    const window = win ?? cls.window;
    const [off, scl] = linearMap(domain, window instanceof ArrayValue ? window : toArray(window));
    const coef = kindOf(prototypeOf(cls)).functions.fromroots(plus(off, times(scl, roots)));
    return make(prototypeOf(cls), [over(coef, (scl as Value).pow(roots.size)), domain, window, symbol]);
  },
  'conversion',
);

const identity = /*@__PURE__*/ fn(
  'identity',
  `cls, ${DOMAINS}`,
  (cls: SeriesClass, d, win, symbol) => {
    const [domain, window] = [toArray(d ?? cls.domain), toArray(win ?? cls.window)];
    const [off, scl] = linearMap(window, domain);
    return make(prototypeOf(cls), [kindOf(prototypeOf(cls)).functions.line(off, scl), domain, window, symbol]);
  },
  'conversion',
);

const basis = /*@__PURE__*/ fn(
  'basis',
  `cls, deg, ${DOMAINS}`,
  (cls: SeriesClass, deg: unknown, d, win, symbol) => {
    const n = Number(deg);
    if (!Number.isInteger(n) || n < 0) throw new ValueError('deg must be non-negative integer');
    return make(prototypeOf(cls), [[...Array<number>(n).fill(0), 1], d ?? cls.domain, win ?? cls.window, symbol]);
  },
  'conversion',
);

const cast = /*@__PURE__*/ fn(
  'cast',
  'cls, series, domain=None, window=None',
  (cls: SeriesClass, series: ABCPolyBase, d, win) => series.convert(d ?? cls.domain, cls, win ?? cls.window),
  'conversion',
);

const convert = /*@__PURE__*/ fn(
  'convert',
  'self, domain=None, kind=None, window=None',
  (self: ABCPolyBase, domain, kind, window) => {
    const cls = (kind ?? self.constructor) as SeriesClass;
    return self(cls.identity((domain ?? cls.domain) as NDArray, (window ?? cls.window) as NDArray, self.symbol));
  },
  'conversion',
);

const integrate = /*@__PURE__*/ fn(
  'integ',
  'self, m=1, k=[], lbnd=None',
  (self: ABCPolyBase, m, k, lbnd) => {
    const [off, scl] = self.mapparms();
    const from = lbnd === null ? 0 : plus(off, times(scl, lbnd));
    const coef = kindOf(self).functions.int(self.coef, m, k, from, over(1, scl), 0);
    return make(Object.getPrototypeOf(self) as object, [coef, self.domain, self.window, self.symbol]);
  },
  'conversion',
);

const derive = /*@__PURE__*/ fn(
  'deriv',
  'self, m=1',
  (self: ABCPolyBase, m) => {
    const coef = kindOf(self).functions.der(self.coef, m, self.mapparms()[1], 0);
    return make(Object.getPrototypeOf(self) as object, [coef, self.domain, self.window, self.symbol]);
  },
  'conversion',
);

const spread = /*@__PURE__*/ fn(
  'linspace',
  'self, n=100, domain=None',
  (self: ABCPolyBase, n: number, given) => {
    const domain = toArray(given ?? self.domain);
    const x = linspace(nth(domain, 0), nth(domain, 1), Number(n)) as unknown as NDArray;
    return [x, self(x)];
  },
  'conversion',
);

/** The class of a kind of series, called with or without `new`. */
export function seriesClass<S extends ABCPolyBase>(
  kind: SeriesKind,
  extra: Readonly<Record<string, unknown>> = {},
): SeriesClass<S> {
  const c = function (this: unknown, ...args: unknown[]): ABCPolyBase {
    return make((new.target === undefined ? c : (new.target as { prototype: object })).prototype, args);
  } as unknown as SeriesClass<S>;
  const proto = Object.create(ABCPolyBase.prototype) as object;
  hidden(c, 'name', kind.className);
  (c as { prototype: object }).prototype = proto;
  hidden(proto, 'constructor', c);
  kinds.set(proto, kind);
  Object.setPrototypeOf(c, ABCPolyBase);
  // Made when first asked for: an array at import would reserve the heap.
  let domain: NDArray | null = null;
  for (const key of ['domain', 'window'])
    for (const target of [c, proto])
      Object.defineProperty(target, key, { get: () => (domain ??= kind.domain()), configurable: true });
  for (const [name, f] of Object.entries({ fit, fromroots, identity, basis, cast, ...extra }))
    hidden(c, name, function (this: unknown, ...args: unknown[]) {
      return (f as (...a: unknown[]) => unknown)(typeof this === 'function' ? this : c, ...args);
    });
  hidden(c, 'basis_name', kind.basisName);
  hidden(c, 'maxpower', 100);
  return c;
}
