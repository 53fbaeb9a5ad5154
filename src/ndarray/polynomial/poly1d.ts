import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { ARRAY } from '../../core/dispatch.js';
import { AttributeError, ValueError } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import { fn } from '../../core/signature.js';
import { zeros } from '../creation/fill.js';
import { concatenate } from '../manipulation/join.js';
import type { NDArray } from '../ndarray.js';
import { format_float_positional, format_float_scientific } from '../print/format-float.js';
import { all } from '../statistics/index.js';
import { divide, multiply } from '../ufuncs.js';
import { nth, OPERATORS, type Value } from './algebra.js';
import {
  derivativeOf,
  differenceOf,
  integralOf,
  leading,
  productOf,
  quotientOf,
  sumOf,
  valueOf,
  whole,
} from './coefficients.js';
import { coefficientsOfRoots, rootsOf } from './roots.js';

/** np.poly1d: a polynomial of one variable, the highest power first. */

/** A number as C's %.4g writes it. */
function fourDigits(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  const [digits, power] = format_float_scientific(x, 3, false, 'k').split('e');
  const e = Number(power);
  const bare = (t: string): string => (t.includes('.') ? t.replace(/0+$/, '').replace(/\.$/, '') : t);
  if (e < -4 || e >= 4) return `${bare(digits)}e${power}`;
  return bare(format_float_positional(x, 3 - e, false, true, 'k'));
}

/** Powers written as `**n` in a line of their own above the rest. */
function raised(text: string, width = 70): string {
  let [above, below, out] = ['', '', ' '];
  let rest = text;
  for (let m = /\*\*(\d*)/.exec(rest); m !== null; m = /\*\*(\d*)/.exec(rest)) {
    const [before, power] = [rest.slice(0, m.index), m[1]];
    rest = rest.slice(m.index + m[0].length);
    const low = before + ' '.repeat(Math.max(0, power.length - 1));
    const high = ' '.repeat(Math.max(0, before.length - 1)) + power;
    if (below.length + low.length > width || above.length + high.length > width) {
      out += `${above}\n${below}\n `;
      [above, below] = ['', ''];
    }
    above += high;
    below += low;
  }
  return `${out}${above}\n${below}${rest}`;
}

/** One coefficient as text. */
function textOf(c: unknown): string {
  if (typeof c === 'object' && c !== null && 'im' in c) {
    const { re, im } = c as unknown as { re: number; im: number };
    if (im === 0) return fourDigits(re);
    return re === 0 ? `${fourDigits(im)}j` : `(${fourDigits(re)} + ${fourDigits(im)}j)`;
  }
  return fourDigits(Number(c));
}

const isScalar = (x: unknown): boolean =>
  typeof x === 'number' ||
  typeof x === 'bigint' ||
  (x instanceof ArrayValue && x.ndim === 0) ||
  (typeof x === 'object' && x !== null && !(x instanceof ArrayValue) && 're' in x);

const construct = /*@__PURE__*/ fn<(...args: any[]) => Poly1d>(
  '__init__',
  'self, c_or_r, r=False, variable=None',
  (self: Poly1d, given: unknown, r: unknown, variable: string | null) => {
    if (given instanceof Poly1d) {
      hidden(self, 'coefficients_', given.coeffs);
      hidden(self, 'variable', variable ?? given.variable);
      return self;
    }
    hidden(self, 'coefficients_', leading(r ? coefficientsOfRoots(given) : given));
    hidden(self, 'variable', variable ?? 'x');
    return self;
  },
  'conversion',
);

/** The class of what `np.poly1d` makes: a function of its variable. */
export abstract class Poly1d {
  declare private coefficients_: NDArray;
  /** The name of the variable. */
  declare readonly variable: string;

  /** Coefficients, the highest power first. */
  get coeffs(): NDArray {
    return this.coefficients_;
  }
  set coeffs(value: NDArray) {
    if (value !== this.coefficients_) throw new AttributeError('Cannot set attribute');
  }
  get c(): NDArray {
    return this.coeffs;
  }
  set c(value: NDArray) {
    this.coeffs = value;
  }
  get coef(): NDArray {
    return this.coeffs;
  }
  set coef(value: NDArray) {
    this.coeffs = value;
  }
  get coefficients(): NDArray {
    return this.coeffs;
  }
  set coefficients(value: NDArray) {
    this.coeffs = value;
  }
  /** The highest power. */
  get order(): number {
    return this.coeffs.size - 1;
  }
  get o(): number {
    return this.order;
  }
  get roots(): NDArray {
    return rootsOf(this.coeffs);
  }
  get r(): NDArray {
    return this.roots;
  }
  /** The order, as Python's `len` gives it. */
  get length(): number {
    return this.order;
  }
  [Symbol.iterator](): Iterator<NDArray> {
    return this.coeffs[Symbol.iterator]() as Iterator<NDArray>;
  }

  /** The coefficient of a power: `p[k]` */
  at(k: number): NDArray {
    const i = this.order - Number(k);
    return k < 0 || i < 0 ? (zeros([], { dtype: this.coeffs.dtype }) as NDArray) : nth(this.coeffs, i);
  }
  /** `p[k] = value` @throws ValueError for negative powers */
  set(k: number | readonly number[], value: ArrayLike): void {
    const power = Number(Array.isArray(k) ? k[0] : k);
    if (power < 0) throw new ValueError('Does not support negative powers.');
    const missing = power - this.order;
    if (missing > 0)
      this.coefficients_ = concatenate([zeros(missing, { dtype: this.coeffs.dtype }), this.coeffs]) as NDArray;
    this.coeffs.set([this.order - power], value as never);
  }

  add(other: unknown): Poly1d {
    return poly1d(sumOf(this.coeffs, poly1d(whole(other)).coeffs));
  }
  radd(other: unknown): Poly1d {
    return this.add(other);
  }
  sub(other: unknown): Poly1d {
    return poly1d(differenceOf(this.coeffs, poly1d(whole(other)).coeffs));
  }
  rsub(other: unknown): Poly1d {
    return poly1d(differenceOf(poly1d(whole(other)).coeffs, this.coeffs));
  }
  mul(other: unknown): Poly1d {
    if (isScalar(other)) return poly1d((multiply as Value)(this.coeffs, other));
    return poly1d(productOf(this.coeffs, poly1d(whole(other)).coeffs));
  }
  rmul(other: unknown): Poly1d {
    return this.mul(other);
  }
  /** By a number a polynomial, by a polynomial quotient and remainder. */
  div(other: unknown): Poly1d | [Poly1d, Poly1d] {
    if (isScalar(other)) return poly1d((divide as Value)(this.coeffs, other));
    return asPolynomials(quotientOf(this.coeffs, poly1d(whole(other)).coeffs));
  }
  rdiv(other: unknown): Poly1d | [Poly1d, Poly1d] {
    if (isScalar(other)) return poly1d((divide as Value)(other, this.coeffs));
    return asPolynomials(quotientOf(poly1d(whole(other)).coeffs, this.coeffs));
  }
  /** @throws ValueError for powers that are negative or no integers */
  pow(power: number): Poly1d {
    const n = Number(power);
    if (!Number.isInteger(n) || n < 0) throw new ValueError('Power to non-negative integers only.');
    let p: unknown = toArray([1n]);
    for (let i = 0; i < n; i++) p = productOf(this.coeffs, p);
    return poly1d(p as ArrayLike);
  }
  neg(): Poly1d {
    return poly1d(this.coeffs.neg() as NDArray);
  }
  pos(): this {
    return this;
  }
  eq(other: unknown): boolean {
    return (
      other instanceof Poly1d && this.order === other.order && Boolean(all((this.coeffs as Value).eq(other.coeffs)))
    );
  }
  ne(other: unknown): boolean {
    return !this.eq(other);
  }
  /** The m-th derivative: `deriv(m = 1)`. */
  deriv(...args: readonly unknown[]): Poly1d {
    return derived(this, ...args) as Poly1d;
  }
  /** The m-th antiderivative, with constants of integration k: `integ(m = 1, k = 0)`. */
  integ(...args: readonly unknown[]): Poly1d {
    return integrated(this, ...args) as Poly1d;
  }

  repr(): string {
    return `poly1d(${this.coeffs.repr().slice(6, -1)})`;
  }
  toString(): string {
    const items = (leading(this.coeffs) as NDArray).tolist() as unknown[];
    const n = items.length - 1;
    let text = '';
    items.forEach((item, i) => {
      const [number, power] = [textOf(item), n - i];
      let term = number;
      if (number === '0') term = power === 0 && i === 0 ? '0' : '';
      else if (power > 0) term = `${number} ${this.variable}${power === 1 ? '' : `**${power}`}`;
      if (i === 0) text = term;
      else if (term !== '') text += term.startsWith('-') ? ` - ${term.slice(1)}` : ` + ${term}`;
    });
    return raised(text);
  }
}
/** A polynomial is a function of its variable: of numbers, arrays, and other polynomials. */
export interface Poly1d {
  (x: Poly1d): Poly1d;
  (x: ArrayLike): NDArray;
}
hidden(Poly1d.prototype, OPERATORS, true);
Object.defineProperty(Poly1d.prototype, ARRAY, {
  get(this: Poly1d) {
    return this.coeffs;
  },
});
hidden(Poly1d.prototype, Symbol.for('nodejs.util.inspect.custom'), function (this: Poly1d) {
  return this.repr();
});
hidden(Poly1d, 'name', 'poly1d');

const derived = /*@__PURE__*/ fn(
  'deriv',
  'self, m=1',
  (p: Poly1d, m: unknown) => poly1d(derivativeOf(p.coeffs, Number(m))),
  'conversion',
);
const integrated = /*@__PURE__*/ fn(
  'integ',
  'self, m=1, k=0',
  (p: Poly1d, m: unknown, k: unknown) => poly1d(integralOf(p.coeffs, Number(m), k)),
  'conversion',
);

const asPolynomials = ([q, r]: [NDArray, NDArray]): [Poly1d, Poly1d] => [poly1d(q), poly1d(r)];

export interface Poly1dClass {
  (c_or_r: ArrayLike | Poly1d, r?: boolean | Poly1dKeywords, variable?: string | null): Poly1d;
  new (c_or_r: ArrayLike | Poly1d, r?: boolean | Poly1dKeywords, variable?: string | null): Poly1d;
  readonly prototype: Poly1d;
}
export interface Poly1dKeywords {
  /** Whether the numbers are roots, not coefficients. */
  r?: boolean;
  /** The name of the variable. */
  variable?: string | null;
}

/**
 * A polynomial by its coefficients, the highest power first, or by its roots.
 *
 * @throws ValueError for more than one dimension
 * @example
 * const p = np.poly1d([1, 2, 3]);
 * p // → poly1d([1., 2., 3.])
 * p(0.5) // → array(4.25)
 * p.mul(p).coeffs // → array([ 1.,  4., 10., 12.,  9.])
 */
export const poly1d: Poly1dClass = /*@__PURE__*/ (() => {
  const c = function (this: unknown, ...args: unknown[]): Poly1d {
    const p = ((x: unknown): unknown =>
      x instanceof Poly1d ? poly1d(valueOf(p.coeffs, x)) : valueOf(p.coeffs, x)) as unknown as Poly1d;
    delete (p as { length?: number }).length;
    delete (p as { name?: string }).name;
    const made = new.target as { prototype: object } | undefined;
    Object.setPrototypeOf(p, made?.prototype ?? Poly1d.prototype);
    return construct(p, ...args);
  } as unknown as Poly1dClass;
  hidden(c, 'name', 'poly1d');
  (c as { prototype: object }).prototype = Poly1d.prototype;
  hidden(Poly1d.prototype, 'constructor', c);
  return c;
})();
