import {
  type ErrorHandler,
  type ErrorMode,
  type ErrorSettings,
  floatErrorState,
  type FloatErrorState,
  setFloatErrorState,
} from '../../core/errstate.js';
import { OverflowError, TypeError, ValueError } from '../../core/errors.js';
import { typeName } from '../../core/python/kind.js';
import { repr } from '../../core/python/repr.js';
import { fn, isKeywords } from '../../core/signature.js';

/**
 * How floating-point errors are treated. All are ignored until something else is asked for, since looking for them takes a second pass
 * over the operands: neither JavaScript nor WebAssembly has flags that would tell.
 */

export type { ErrorFunction, ErrorHandler, ErrorLog, ErrorMode, ErrorSettings } from '../../core/errstate.js';

/** Keywords of `seterr` and `errstate`; null leaves a setting as it is. */
export type ErrorKeywords = { all?: ErrorMode | null } & { [K in keyof ErrorSettings]?: ErrorMode | null };

const MODES: readonly unknown[] = ['ignore', 'warn', 'raise', 'call', 'print', 'log'];
const KINDS = ['divide', 'over', 'under', 'invalid'] as const;

function modesWith(kw: ErrorKeywords): ErrorSettings {
  const modes = { ...floatErrorState().modes };
  for (const kind of KINDS) {
    const mode = kw[kind] ?? kw.all ?? null;
    if (mode === null) continue;
    if (!MODES.includes(mode))
      throw new ValueError(`invalid error mode ${typeof mode === 'number' ? mode : repr(mode)}`);
    modes[kind] = mode;
  }
  return modes;
}

function handlerOf(f: unknown): ErrorHandler {
  if (f === null || f === undefined) return null;
  if (typeof f === 'function' || typeof (f as { write?: unknown }).write === 'function') return f as ErrorHandler;
  throw new TypeError('python object must be callable or have a callable write method');
}

const enter = (change: Partial<FloatErrorState>): FloatErrorState =>
  setFloatErrorState({ ...floatErrorState(), ...change });

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
 * Sets how floating-point errors are treated from now on, and returns how they were: 'ignore', 'warn', 'raise' (a
 * FloatingPointError), 'call' and 'log' (what {@link seterrcall} has set), or 'print' (to standard error). What is not given stays.
 *
 * @throws ValueError `invalid error mode 'foo'`
 * @example np.seterr({ divide: 'ignore' }).invalid // → 'ignore'
 */
export const seterr: Seterr = /*@__PURE__*/ fn<Seterr>(
  'seterr',
  'all=None, divide=None, over=None, under=None, invalid=None',
  (all, divide, over, under, invalid) => ({
    ...enter({ modes: modesWith({ all, divide, over, under, invalid }) }).modes,
  }),
  'host',
);

/** How floating-point errors are treated. @example np.geterr().under // → 'ignore' */
export const geterr: () => ErrorSettings = /*@__PURE__*/ fn(
  'geterr',
  '',
  (): ErrorSettings => ({ ...floatErrorState().modes }),
  'host',
);

/**
 * Sets what is called for errors whose mode is 'call', with the kind of error and the bits of all errors of the operation (1 divide,
 * 2 over, 4 under, 8 invalid), or what is written to with the mode 'log'. Returns what was set before.
 *
 * @throws TypeError for what is neither a function, nor an object with a method `write`, nor null
 * @example np.seterrcall(null) // → null
 */
export const seterrcall: (func: ErrorHandler) => ErrorHandler = /*@__PURE__*/ (() => {
  const set = (func: unknown): ErrorHandler => enter({ handler: handlerOf(func) }).handler;
  const declared = fn<(func: unknown) => ErrorHandler>('seterrcall', 'func', set, 'host');
  // A plain object with `write` is what is set, and no keywords.
  const isLog = (f: unknown): boolean => isKeywords(f) && typeof f.write === 'function';
  return Object.assign((func: unknown) => (isLog(func) ? set(func) : declared(func)), declared);
})();

/** What {@link seterrcall} has set, or null. @example np.geterrcall() // → null */
export const geterrcall: () => ErrorHandler = /*@__PURE__*/ fn(
  'geterrcall',
  '',
  (): ErrorHandler => floatErrorState().handler,
  'host',
);

/** A size of ufunc buffers as NumPy takes it. */
function sizeOfBuffers(size: unknown): number {
  if (typeof size === 'bigint' && (size > 2n ** 63n - 1n || size < -(2n ** 63n)))
    throw new OverflowError('Python int too large to convert to C long');
  if (typeof size === 'boolean') throw new TypeError('an integer is required');
  if (typeof size !== 'number' && typeof size !== 'bigint')
    throw new TypeError(`'<' not supported between instances of '${typeName(size)}' and 'int'`);
  const n = Number(size);
  if (n < 0) throw new ValueError('buffer size must be non-negative');
  if (!Number.isInteger(n)) throw new TypeError("'float' object cannot be interpreted as an integer");
  if (n > 10e6) throw new ValueError(`Buffer size, ${n}, is too big`);
  if (n < 5) throw new ValueError(`Buffer size, ${n}, is too small`);
  if (n % 16 !== 0) throw new ValueError(`Buffer size, ${n}, is not a multiple of 16`);
  return n;
}

/**
 * Sets the number of elements that NumPy's ufuncs buffer, and returns what it was. Kernels here read operands of any dtype where they
 * lie and buffer nothing: the size is remembered, and says up to which size operands are cast before a loop when errors are named.
 *
 * @throws ValueError `Buffer size, 100, is not a multiple of 16`
 * @example np.setbufsize(8192) // → 8192
 */
export const setbufsize: (size: number | bigint) => number = /*@__PURE__*/ fn(
  'setbufsize',
  'size',
  (size: unknown): number => enter({ bufsize: sizeOfBuffers(size) }).bufsize,
  'host',
);

/** The size set by {@link setbufsize}. @example np.getbufsize() // → 8192 */
export const getbufsize: () => number = /*@__PURE__*/ fn(
  'getbufsize',
  '',
  (): number => floatErrorState().bufsize,
  'host',
);

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('Symbol.dispose') as typeof Symbol.dispose);

/** Settings that hold until disposed of: `using _ = np.errstate({divide: 'raise'})`. */
export interface ErrorContext {
  [Symbol.dispose](): void;
}

/** Keywords of `errstate`: those of `seterr`, and what 'call' and 'log' use meanwhile. */
export type ErrstateKeywords = ErrorKeywords & { call?: ErrorHandler };

const KEYWORDS: readonly string[] = ['all', 'call', ...KINDS];

/**
 * Runs a function under settings for floating-point errors, or, without one, enters them and returns an object for `using`. `call`
 * is as in {@link seterrcall}. Whatever was set before is restored, `seterrcall` and `setbufsize` inside included, also after
 * a throw. The settings hold for what runs synchronously: of an async function, until its first `await`.
 *
 * @throws ValueError for an unknown mode, TypeError for an unknown keyword; FloatingPointError where the mode is 'raise'
 * @example np.errstate({ divide: 'raise' }, () => np.divide(1, np.zeros(2))); // throws FloatingPointError: divide by zero encountered in divide
 */
export function errstate<T>(kw: ErrstateKeywords, f: () => T): T;
export function errstate(kw?: ErrstateKeywords): ErrorContext;
export function errstate<T>(kw: ErrstateKeywords = {}, f?: () => T): T | ErrorContext {
  if (!isKeywords(kw)) throw new TypeError("errstate: the settings must be an object, such as {divide: 'raise'}");
  for (const key of Object.keys(kw))
    if (!KEYWORDS.includes(key)) throw new TypeError(`errstate.__init__() got an unexpected keyword argument '${key}'`);
  const handler = 'call' in kw && kw.call !== undefined ? { handler: handlerOf(kw.call) } : {};
  const before = enter({ modes: modesWith(kw), ...handler });
  if (f === undefined) return { [DISPOSE]: () => void setFloatErrorState(before) };
  try {
    return f();
  } finally {
    setFloatErrorState(before);
  }
}
