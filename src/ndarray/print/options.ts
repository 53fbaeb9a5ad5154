import { nearest } from '../../core/signature.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import type { PrintValue } from './printable.js';

/** Print options: module state, what NumPy keeps in a context variable. */

export type FloatMode = 'fixed' | 'unique' | 'maxprec' | 'maxprec_equal';
export type SignMode = ' ' | '+' | '-';
export type LegacyMode = '1.13' | '1.21' | '1.25' | '2.1' | '2.2' | false;

/** Kinds of elements that a formatter can be given for. The first column is one type, the second a group, `all` everything. */
export type FormatterKey =
  | 'bool'
  | 'int'
  | 'float'
  | 'complexfloat'
  | 'longfloat'
  | 'longcomplexfloat'
  | 'timedelta'
  | 'datetime'
  | 'void'
  | 'numpystr'
  | 'object'
  | 'int_kind'
  | 'float_kind'
  | 'complex_kind'
  | 'str_kind'
  | 'all';

/** Functions from an element to its text, by kind of element. */
export type Formatters = { readonly [K in FormatterKey]?: ((value: any) => string) | null };

export interface PrintOptions {
  /** Items at each end of a summarised axis. */
  readonly edgeitems: number;
  /** Arrays with more elements than this are summarised. */
  readonly threshold: number;
  readonly floatmode: FloatMode;
  /** Most (or, for 'fixed', all) digits after the point. */
  readonly precision: number;
  /** Never use exponents because numbers are small. */
  readonly suppress: boolean;
  /** Characters a line. */
  readonly linewidth: number;
  readonly nanstr: string;
  readonly infstr: string;
  readonly sign: SignMode;
  readonly formatter: Formatters | null;
  /** The version of NumPy whose way of printing is kept to; false for the present one. */
  readonly legacy: LegacyMode;
  /** Takes the place of `repr` for whole arrays. */
  readonly override_repr: ((a: any) => string) | null;
}

/** Options as they are given: any subset, null or undefined for "as it is". Numbers may come as bigints or 0-d arrays. */
export type PrintOptionsLike = { readonly [K in keyof PrintOptions]?: PrintOptions[K] | null };

const DEFAULTS: PrintOptions = {
  edgeitems: 3,
  threshold: 1000,
  floatmode: 'maxprec',
  precision: 8,
  suppress: false,
  linewidth: 75,
  nanstr: 'nan',
  infstr: 'inf',
  sign: '-',
  formatter: null,
  legacy: false,
  override_repr: null,
};

const FLOAT_MODES: readonly string[] = ['fixed', 'unique', 'maxprec', 'maxprec_equal'];

/** The versions that can be printed like, and a number for each to compare by; the present one is beyond them all. */
const VERSIONS: Readonly<Record<string, number>> = { '1.13': 113, '1.21': 121, '1.25': 125, '2.1': 201, '2.2': 202 };

/** The version that is printed like, to be compared: 113, 121, 125, 201, 202, or Infinity for the present one. */
export const legacyVersion = (o: Pick<PrintOptions, 'legacy'>): number =>
  o.legacy === false ? Number.POSITIVE_INFINITY : VERSIONS[o.legacy];

let current: PrintOptions = DEFAULTS;

/** The options in force. */
export const printOptions = (): PrintOptions => current;

/** A number from a number, a bigint, a boolean or a 0-d array; undefined from anything else. */
function numeric(x: unknown): number | undefined {
  if (typeof x === 'number') return x;
  if (typeof x === 'bigint' || typeof x === 'boolean') return Number(x);
  const item = (x as { item?: unknown } | null)?.item;
  return typeof item === 'function' ? numeric(item.call(x)) : undefined;
}

function count(x: unknown, name: string): number {
  const n = numeric(x);
  if (n === undefined) throw new TypeError(`${name} must be a number`);
  return n;
}

/**
 * Checks options and drops those that were not given.
 * @throws ValueError for an unknown floatmode or sign, or a NaN threshold; TypeError for a precision or threshold that is no number
 */
export function checkedOptions(given: PrintOptionsLike): Partial<PrintOptions> {
  const out: { -readonly [K in keyof PrintOptions]?: PrintOptions[K] } = {};
  for (const key of Object.keys(given) as (keyof PrintOptions)[]) {
    if (!Object.hasOwn(DEFAULTS, key)) {
      const near = nearest(key, Object.keys(DEFAULTS));
      throw new TypeError(
        `set_printoptions() got an unexpected keyword argument '${key}'${near ? `. Did you mean '${near}'?` : ''}`,
      );
    }
  }
  const {
    precision,
    threshold,
    edgeitems,
    linewidth,
    suppress,
    nanstr,
    infstr,
    sign,
    formatter,
    floatmode,
    override_repr,
  } = given;
  const legacy: unknown = given.legacy;
  if (suppress != null) out.suppress = Boolean(numeric(suppress) ?? suppress);
  if (floatmode != null) {
    if (!FLOAT_MODES.includes(floatmode)) {
      throw new ValueError(`floatmode option must be one of ${FLOAT_MODES.map((m) => `"${m}"`).join(', ')}`);
    }
    out.floatmode = floatmode;
  }
  if (sign != null) {
    if (sign !== ' ' && sign !== '+' && sign !== '-')
      throw new ValueError("sign option must be one of ' ', '+', or '-'");
    out.sign = sign;
  }
  if (legacy === false || (typeof legacy === 'string' && Object.hasOwn(VERSIONS, legacy)))
    out.legacy = legacy as LegacyMode;
  else if (legacy === 0) {
    warn('FutureWarning', 'Passing `legacy=0` is deprecated.');
    out.legacy = false;
  } else if (legacy != null) {
    warn('UserWarning', "legacy printing option can currently only be '1.13', '1.21', '1.25', '2.1', '2.2' or `False`");
  }
  if (threshold != null) {
    const n = numeric(threshold);
    if (n === undefined) throw new TypeError('threshold must be numeric');
    if (Number.isNaN(n))
      throw new ValueError('threshold must be non-NAN, try sys.maxsize for untruncated representation');
    out.threshold = n;
  }
  if (precision != null) {
    const n = numeric(precision);
    if (n === undefined || !Number.isInteger(n)) throw new TypeError('precision must be an integer');
    out.precision = n;
  }
  if (edgeitems != null) {
    out.edgeitems = count(edgeitems, 'edgeitems');
    if (!Number.isInteger(out.edgeitems))
      throw new TypeError('slice indices must be integers or None or have an __index__ method');
  }
  if (linewidth != null) out.linewidth = count(linewidth, 'linewidth');
  if (nanstr != null) out.nanstr = String(nanstr);
  if (infstr != null) out.infstr = String(infstr);
  if (formatter != null) out.formatter = formatter;
  if (override_repr != null) out.override_repr = override_repr;
  return out;
}

/** Sets options and gives back those that were in force before. A formatter and an override hold until the next call only. */
function replace(given: PrintOptionsLike): PrintOptions {
  const before = current;
  current = { ...before, formatter: null, override_repr: null, ...checkedOptions(given) };
  if (current.legacy === '1.13') current = { ...current, sign: '-' };
  return before;
}

/**
 * Sets how arrays are displayed. What is not given stays as it is, except `formatter` and `override_repr`, which are reset.
 * @throws ValueError, TypeError as {@link checkedOptions} does
 */
export function set_printoptions(
  precision?: number | null,
  threshold?: number | null,
  edgeitems?: number | null,
  linewidth?: number | null,
  suppress?: boolean | null,
  nanstr?: string | null,
  infstr?: string | null,
  formatter?: Formatters | null,
  sign?: SignMode | null,
  floatmode?: FloatMode | null,
  legacy?: LegacyMode | null,
  override_repr?: ((a: any) => string) | null,
): void {
  replace({
    precision,
    threshold,
    edgeitems,
    linewidth,
    suppress,
    nanstr,
    infstr,
    formatter,
    sign,
    floatmode,
    legacy,
    override_repr,
  });
}

/** A copy of the options in force, in NumPy's order of keys. */
export function get_printoptions(): PrintOptions {
  return { ...current };
}

/** Options that hold until disposed of: `using _ = np.printoptions({precision: 3})`. */
export interface PrintContext {
  readonly options: PrintOptions;
  [Symbol.dispose](): void;
}

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('Symbol.dispose') as typeof Symbol.dispose);

/**
 * Sets options for the time of a callback (for a promise: until it settles), or, without one, until the result is disposed of.
 *
 * Example:
 * printoptions({precision: 3}, () => console.log(a))
 * { using _ = printoptions({precision: 3}); console.log(a) }
 */
export function printoptions(options?: PrintOptionsLike | null): PrintContext;
export function printoptions<T>(
  options: PrintOptionsLike | null | undefined,
  callback: (options: PrintOptions) => T,
): T;
export function printoptions<T>(
  options?: PrintOptionsLike | null,
  callback?: (options: PrintOptions) => T,
): T | PrintContext {
  const before = replace(options ?? {});
  const restore = (): void => {
    current = before;
  };
  if (callback === undefined) return { options: get_printoptions(), [DISPOSE]: restore } as PrintContext;
  let result: T;
  try {
    result = callback(get_printoptions());
  } catch (e) {
    restore();
    throw e;
  }
  const then = (result as { then?: unknown } | null | undefined)?.then;
  if (typeof then === 'function') return Promise.resolve(result).finally(restore) as T;
  restore();
  return result;
}

/** The formatter that the user gave for elements of these kinds, nearest kind first, or null. */
export function userFormatter(
  formatters: Formatters | null,
  keys: readonly FormatterKey[],
): ((v: PrintValue) => string) | null {
  if (formatters === null) return null;
  for (const key of keys) {
    const f = formatters[key];
    if (f != null) return f;
  }
  return null;
}
