import { ArrayValue } from '../../core/array.js';
import { ValueError } from '../../core/errors.js';
import { str } from '../../core/python/repr.js';
import { fn } from '../../core/signature.js';
import type { NDArray } from '../ndarray.js';
import { format_float_positional, format_float_scientific } from '../print/format-float.js';
import { printOptions } from '../print/options.js';
import { nth, type Value } from './algebra.js';

/** How series are written as formulas. */

/** A float by the printing options. */
export function formatFloatOf(x: number | NDArray, parens = false): string {
  const o = printOptions();
  const v = typeof x === 'number' ? x : Number(x.item());
  if (Number.isNaN(v)) return o.nanstr;
  if (!Number.isFinite(v)) return o.infstr;
  const fixed = o.floatmode === 'fixed';
  const [unique, trim] = fixed ? [false, 'k' as const] : [true, '0' as const];
  const sign = o.sign === '+';
  const a = Math.abs(v);
  // Python's // rounds down.
  const small = 10 ** Math.min(0, Math.floor(-(o.precision - 1) / 2));
  if (a === 0 || (a < 1e8 && a >= small))
    return format_float_positional(x as never, o.precision, unique, true, trim, sign);
  const text = format_float_scientific(x as never, o.precision, unique, trim, sign);
  return parens ? `(${text})` : text;
}

const coefficient = (x: Value, parens = false): string =>
  typeof x === 'number' || (x instanceof ArrayValue && x.dtype.kind === 'f')
    ? formatFloatOf(x as NDArray, parens)
    : x instanceof ArrayValue
      ? String(x)
      : str(x);

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const small = (i: number, digits: string): string => String(i).replace(/\d/g, (d) => digits[Number(d)]);

export type PrintStyle = 'unicode' | 'ascii';

let printStyle: PrintStyle = 'unicode';
export const defaultPrintStyle = (): PrintStyle => printStyle;

/**
 * Whether series print with superscripts and subscripts ('unicode', the default) or in ASCII.
 * @throws ValueError for another style
 * @example
 * np.polynomial.set_default_printstyle('ascii');
 * `${np.polynomial.Polynomial([1, 2, 3])}` // → '1.0 + 2.0 x + 3.0 x**2'
 * np.polynomial.set_default_printstyle('unicode');
 */
export const set_default_printstyle: (style: PrintStyle) => void = /*@__PURE__*/ fn(
  'set_default_printstyle',
  'style',
  (style: PrintStyle) => {
    if (style !== 'unicode' && style !== 'ascii')
      throw new ValueError(`Unsupported format string '${style}'. Valid options are 'ascii' and 'unicode'`);
    printStyle = style;
  },
  'conversion',
);

/** A term's basis polynomial, with what stands before it. */
const TERMS: Readonly<Record<PrintStyle, (basis: string | null, i: number, argument: string) => string>> = {
  unicode: (basis, i, x) =>
    basis === null ? `·${x}${i === 1 ? '' : small(i, SUPERSCRIPTS)}` : `·${basis}${small(i, SUBSCRIPTS)}(${x})`,
  ascii: (basis, i, x) => (basis === null ? ` ${x}${i === 1 ? '' : `**${i}`}` : ` ${basis}_${i}(${x})`),
};

/** What a formula needs of a series. */
export interface Formula {
  readonly coef: NDArray;
  readonly symbol: string;
  readonly basisName: string | null;
  /** The linear map of the variable. */
  readonly map: readonly [off: Value, scl: Value];
}

/** The argument of the basis polynomials, and whether it is a sum. */
function argumentOf(f: Formula, number: (x: Value) => string): [text: string, compound: boolean] {
  const [off, scl] = f.map;
  const [noShift, noScale] = [isNumber(off, 0), isNumber(scl, 1)];
  if (noShift && noScale) return [f.symbol, false];
  if (noScale) return [`${number(off)} + ${f.symbol}`, true];
  if (noShift) return [`${number(scl)}${f.symbol}`, true];
  return [`${number(off)} + ${number(scl)}${f.symbol}`, true];
}
const itemOf = (x: Value): unknown => (x instanceof ArrayValue ? (x as NDArray).item() : x);
function isNumber(x: Value, n: number): boolean {
  const v = itemOf(x) as unknown;
  if (typeof v === 'object' && v !== null && 'im' in v) return (v as unknown as { re: number }).re === n && v.im === 0;
  return Number(v) === n;
}

/** Whether a coefficient is real and not below zero; null where there is no order. */
function sign(x: Value): boolean | null {
  const v = itemOf(x) as unknown;
  if (typeof v === 'number' || typeof v === 'bigint') return v >= 0;
  if (typeof v === 'object' && v !== null) {
    // NumPy orders its complex scalars by their real parts, then the imaginary ones; Python's complex numbers have no order.
    if ('im' in v && x instanceof ArrayValue && x.dtype.kind === 'c') {
      const { re, im } = v as unknown as { re: number; im: number };
      return re > 0 || (re === 0 && im >= 0);
    }
    if (!('im' in v) && typeof (v as { compare?: unknown }).compare === 'function')
      return Number((v as unknown as { compare(n: number): unknown }).compare(0)) >= 0;
  }
  return null;
}

/** A series as a formula in the given style, broken at the width of lines of the printing options. */
export function formula(f: Formula, style: PrintStyle): string {
  const width = Math.max(1, printOptions().linewidth);
  const [inner, compound] = argumentOf(f, coefficient);
  const argument = compound ? `(${inner})` : inner;
  const n = f.coef.size;
  let out = coefficient(elementOf(f.coef, 0));
  for (let i = 1; i < n; i++) {
    out += ' ';
    const c = elementOf(f.coef, i);
    const s = sign(c);
    let next: string;
    if (s === null) next = `+ ${coefficientText(c)}`;
    else if (s) next = `+ ${coefficient(c, true)}`;
    else next = `- ${coefficient(negated(c), true)}`;
    next += TERMS[style](f.basisName, i, argument);
    const line = out.length - 1 - out.lastIndexOf('\n') + next.length + (i < n - 1 ? 2 : 0);
    out += line >= width ? next.replace(' ', '\n') : next;
  }
  return out;
}

const elementOf = (c: NDArray, i: number): Value => (c.dtype.kind === 'O' ? c.item(i) : nth(c, i));
const coefficientText = (c: Value): string => (c instanceof ArrayValue ? String(c) : str(c));
const negated = (c: Value): Value =>
  typeof c === 'number' || typeof c === 'bigint' ? -c : typeof c.neg === 'function' ? c.neg() : -c;

/** The formula in LaTeX, as notebooks show it: coefficients as text, those of zero in grey. */
export function latex(f: Formula): string {
  const scalar = (x: Value, parens = false): string => `\\text{${coefficient(x, parens)}}`;
  const [argument, compound] = argumentOf(f, scalar);
  const basis = (i: number): string => {
    if (f.basisName !== null) return `{${f.basisName}}_{${i}}(${argument})`;
    const x = compound ? `\\left(${argument}\\right)` : argument;
    return i === 0 ? '1' : i === 1 ? x : `${x}^{${i}}`;
  };
  let body = '';
  for (let i = 0; i < f.coef.size; i++) {
    const c = elementOf(f.coef, i);
    const s = sign(c);
    const real = !(c instanceof ArrayValue) || c.dtype.kind !== 'c';
    const text =
      i === 0
        ? scalar(c)
        : s === null || !real
          ? ` + (${scalar(c)})`
          : s
            ? ` + ${scalar(c, true)}`
            : ` - ${scalar(negated(c), true)}`;
    const term = basis(i);
    const part = term === '1' ? text : `${text}\\,${term}`;
    body += isNumber(c, 0) ? `\\color{LightGray}{${part}}` : part;
  }
  return `$${f.symbol} \\mapsto ${body === '' ? '0' : body}$`;
}
