import { NotImplementedError, TypeError, ValueError } from '../../core/errors.js';
import { fn, isKeywords } from '../../core/signature.js';

/** How floating-point errors are treated: they are ignored, since JavaScript has no flags that would tell of them. */

/** What NumPy can do about a floating-point error; only 'ignore' can be had here. */
export type ErrorMode = 'ignore' | 'warn' | 'raise' | 'call' | 'print' | 'log';

/** The treatment of each kind of floating-point error. */
export interface ErrorSettings {
  divide: ErrorMode;
  over: ErrorMode;
  under: ErrorMode;
  invalid: ErrorMode;
}

/** Keywords of `seterr` and `errstate`; null leaves a setting as it is. */
export type ErrorKeywords = { all?: ErrorMode | null } & { [K in keyof ErrorSettings]?: ErrorMode | null };

const MODES: readonly string[] = ['ignore', 'warn', 'raise', 'call', 'print', 'log'];
const NAMES = ['all', 'divide', 'over', 'under', 'invalid'] as const;

function check(by: string, kw: ErrorKeywords): void {
  for (const name of NAMES) {
    const mode = kw[name];
    if (mode === null || mode === undefined || mode === 'ignore') continue;
    if (!MODES.includes(mode)) throw new ValueError(`invalid error mode '${String(mode)}'`);
    throw new NotImplementedError(
      `${by}: ${name}='${mode}' is not supported: floating-point errors go unnoticed in JavaScript, and 'ignore' is how they are treated; test results with np.isfinite or np.isnan`,
    );
  }
}

const settings = (): ErrorSettings => ({ divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' });

export interface Seterr {
  (
    all?: ErrorMode | null,
    divide?: ErrorMode | null,
    over?: ErrorMode | null,
    under?: ErrorMode | null,
    invalid?: ErrorMode | null,
  ): ErrorSettings;
  (kw: ErrorKeywords): ErrorSettings;
}

/**
 * Accepts 'ignore', which is how floating-point errors are treated anyway, and returns the settings.
 *
 * @throws NotImplementedError for 'warn', 'raise', 'call', 'print' and 'log'
 * @example np.seterr({ divide: 'ignore' }).invalid // → 'ignore'
 */
export const seterr: Seterr = /*@__PURE__*/ fn<Seterr>(
  'seterr',
  'all=None, divide=None, over=None, under=None, invalid=None',
  (all, divide, over, under, invalid) => {
    check('seterr', { all, divide, over, under, invalid });
    return settings();
  },
  'host',
);

/** How floating-point errors are treated: 'ignore' for all kinds. @example np.geterr().under // → 'ignore' */
export const geterr: () => ErrorSettings = /*@__PURE__*/ fn('geterr', '', settings, 'host');

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('Symbol.dispose') as typeof Symbol.dispose);

/** Settings that hold until disposed of: `using _ = np.errstate({divide: 'ignore'})`. */
export interface ErrorContext {
  [Symbol.dispose](): void;
}

/**
 * Runs a function under settings for floating-point errors, or, without one, returns an object for `using`.
 *
 * @throws NotImplementedError for settings other than 'ignore', TypeError for unknown ones
 * @example np.errstate({ divide: 'ignore' }, () => np.divide(1, np.zeros(2))) // → array([inf, inf])
 */
export function errstate<T>(kw: ErrorKeywords, f: () => T): T;
export function errstate(kw?: ErrorKeywords): ErrorContext;
export function errstate<T>(kw: ErrorKeywords = {}, f?: () => T): T | ErrorContext {
  if (!isKeywords(kw)) throw new TypeError("errstate: the settings must be an object, such as {divide: 'ignore'}");
  for (const key of Object.keys(kw)) {
    if (!(NAMES as readonly string[]).includes(key))
      throw new TypeError(`errstate.__init__() got an unexpected keyword argument '${key}'`);
  }
  check('errstate', kw);
  return f === undefined ? { [DISPOSE]: () => {} } : f();
}
