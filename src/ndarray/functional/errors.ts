import { TypeError, ValueError } from '../../core/errors.js';
import {
  ERROR_MODES,
  type ErrorCallback,
  type ErrorMode,
  type ErrorSettings,
  errorCallback,
  errorSettings,
  setErrorCallback,
  setErrorSettings,
} from '../../core/fperrors.js';
import { fn, isKeywords } from '../../core/signature.js';

/** How floating-point errors are treated: NumPy's error state. It starts with 'ignore' for all kinds. */

export type { ErrorCallback, ErrorMode, ErrorSettings };

/** Keywords of `seterr` and `errstate`; null leaves a setting as it is. */
export type ErrorKeywords = { all?: ErrorMode | null } & { [K in keyof ErrorSettings]?: ErrorMode | null };

const KINDS = ['divide', 'over', 'under', 'invalid'] as const;

/** The settings that keywords ask for, over those that are there. @throws ValueError for an unknown mode */
function changed(kw: ErrorKeywords): ErrorSettings {
  const out = errorSettings();
  const set = (kind: (typeof KINDS)[number], mode: ErrorMode | null | undefined): void => {
    if (mode === null || mode === undefined) return;
    if (!ERROR_MODES.includes(mode)) {
      const given = typeof mode === 'string' ? `'${mode}'` : String(mode);
      throw new ValueError(`invalid error mode ${given}`);
    }
    out[kind] = mode;
  };
  for (const kind of KINDS) set(kind, kw.all);
  for (const kind of KINDS) set(kind, kw[kind]);
  return out;
}

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
 * Sets how floating-point errors are treated from now on, and returns the settings that were there before.
 *
 * - 'ignore': as if nothing happened, which is how things start; nothing is looked for, and nothing costs anything;
 * - 'warn': a RuntimeWarning; 'raise': a FloatingPointError; 'print': a line on the standard error stream;
 * - 'call': the function given to `seterrcall`; 'log': the `write` of the object given to it.
 *
 * Errors are found by a second pass over the operands, so that results of an operation are written before it raises.
 *
 * @param all mode for all kinds; `divide` by zero, `over`flow, `under`flow and `invalid` set one kind
 * @throws ValueError for an unknown mode
 * @example np.seterr({ divide: 'ignore' }).invalid // → 'ignore'
 */
export const seterr: Seterr = /*@__PURE__*/ fn<Seterr>(
  'seterr',
  'all=None, divide=None, over=None, under=None, invalid=None',
  (all, divide, over, under, invalid) => {
    const old = errorSettings();
    setErrorSettings(changed({ all, divide, over, under, invalid }));
    return old;
  },
  'host',
);

/** How floating-point errors are treated. @example np.geterr().under // → 'ignore' */
export const geterr: () => ErrorSettings = /*@__PURE__*/ fn('geterr', '', errorSettings, 'host');

/** @throws TypeError `python object must be callable or have a callable write method` */
function asCallback(f: unknown): ErrorCallback | null {
  if (f === null || f === undefined) return null;
  if (typeof f === 'function') return f as ErrorCallback;
  if (typeof f === 'object' && typeof (f as { write?: unknown }).write === 'function') return f as ErrorCallback;
  throw new TypeError('python object must be callable or have a callable write method');
}

/**
 * Sets what the modes 'call' and 'log' use: a function of the kind of error and of all flags (1 divide, 2 over, 4 under, 8 invalid), or an
 * object with a method `write`. Returns what was there before.
 *
 * @throws TypeError `python object must be callable or have a callable write method`
 * @example
 * const seen = [];
 * np.seterrcall((kind) => seen.push(kind));
 * np.errstate({ all: 'call' }, () => np.log(np.zeros(1)));
 * np.seterrcall(null);
 * seen; // → [ 'divide by zero' ]
 */
export const seterrcall: (func: ErrorCallback | null) => ErrorCallback | null = /*@__PURE__*/ (() => {
  const declared = fn<(f: unknown) => ErrorCallback | null>(
    'seterrcall',
    'func',
    (f) => {
      const old = errorCallback();
      setErrorCallback(asCallback(f));
      return old;
    },
    'conversion',
  );
  // An object with a method `write` is what is meant, not keywords.
  const call = (f: unknown, ...more: unknown[]): ErrorCallback | null =>
    more.length === 0 && typeof (f as { write?: unknown } | null)?.write === 'function'
      ? declared.body(f)
      : (declared as (...args: unknown[]) => ErrorCallback | null)(f, ...more);
  const { functionName, kind, signature, body } = declared;
  return Object.assign(call, { functionName, kind, signature, body });
})();

/** What the modes 'call' and 'log' use. @example np.geterrcall() // → null */
export const geterrcall: () => ErrorCallback | null = /*@__PURE__*/ fn('geterrcall', '', errorCallback, 'host');

let bufferSize = 8192;

/**
 * Elements that a ufunc's buffer holds in NumPy. Kernels here need no buffers; the number is only kept.
 * @example np.getbufsize() // → 8192
 */
export const getbufsize: () => number = /*@__PURE__*/ fn('getbufsize', '', () => bufferSize, 'host');

/**
 * Keeps a number for `getbufsize`, rounded up to a multiple of 16, and returns the one before.
 * @throws ValueError for sizes below 5
 * @example np.setbufsize(8192) // → 8192
 */
export const setbufsize: (size: number) => number = /*@__PURE__*/ fn(
  'setbufsize',
  'size',
  (size) => {
    const n = Number(size);
    if (!Number.isInteger(n)) throw new TypeError(`'${typeof size}' object cannot be interpreted as an integer`);
    if (n < 0) throw new ValueError('buffer size must be non-negative');
    if (n > 1e7) throw new ValueError(`Buffer size, ${n}, is too big`);
    if (n < 5) throw new ValueError(`Buffer size, ${n}, is too small`);
    if (n % 16 !== 0) throw new ValueError(`Buffer size, ${n}, is not a multiple of 16`);
    const old = bufferSize;
    bufferSize = n;
    return old;
  },
  'host',
);

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('Symbol.dispose') as typeof Symbol.dispose);

/** Settings that hold until disposed of: `using _ = np.errstate({divide: 'raise'})`. */
export interface ErrorContext {
  [Symbol.dispose](): void;
}

/** Keywords of `errstate`: those of `seterr`, and what 'call' and 'log' use meanwhile. */
export type ErrstateKeywords = ErrorKeywords & { call?: ErrorCallback | null };

/**
 * Runs a function under settings for floating-point errors, or, without one, sets them and returns an object for `using` that puts back what
 * was there.
 *
 * @param kw the modes, as for `seterr`, and `call`
 * @throws ValueError for an unknown mode, TypeError for an unknown keyword; FloatingPointError where an error is raised
 * @example np.errstate({ divide: 'ignore' }, () => np.divide(1, np.zeros(2))) // → array([inf, inf])
 */
export function errstate<T>(kw: ErrstateKeywords, f: () => T): T;
export function errstate(kw?: ErrstateKeywords): ErrorContext;
export function errstate<T>(kw: ErrstateKeywords = {}, f?: () => T): T | ErrorContext {
  if (!isKeywords(kw)) throw new TypeError("errstate: the settings must be an object, such as {divide: 'raise'}");
  for (const key of Object.keys(kw)) {
    if (key !== 'all' && key !== 'call' && !(KINDS as readonly string[]).includes(key))
      throw new TypeError(`errstate.__init__() got an unexpected keyword argument '${key}'`);
  }
  const next = changed(kw as ErrorKeywords);
  const call = 'call' in kw ? asCallback(kw.call) : errorCallback();
  const settings = errorSettings();
  const callback = errorCallback();
  setErrorSettings(next);
  setErrorCallback(call);
  const restore = (): void => {
    setErrorSettings(settings);
    setErrorCallback(callback);
  };
  if (f === undefined) return { [DISPOSE]: restore };
  try {
    return f();
  } finally {
    restore();
  }
}
