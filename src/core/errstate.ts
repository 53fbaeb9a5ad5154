import { AttributeError, FloatingPointError, NameError, TypeError, warn } from './errors.js';
import { typeName } from './python/kind.js';

/**
 * How floating-point errors are treated, and the one door through which they are reported. Which ones there are is found out by
 * core/ops/flags/, and only while {@link floatErrors}`.watching` holds: as long as all are ignored nothing is looked for.
 */

/** What can be done about a floating-point error. */
export type ErrorMode = 'ignore' | 'warn' | 'raise' | 'call' | 'print' | 'log';

/** The treatment of each kind of floating-point error. */
export interface ErrorSettings {
  divide: ErrorMode;
  over: ErrorMode;
  under: ErrorMode;
  invalid: ErrorMode;
}

/** Called with the kind of the error and the bits of all errors of the operation: 1 divide, 2 over, 4 under, 8 invalid. */
export type ErrorFunction = (kind: string, flags: number) => unknown;
/** Anything with a method `write`, for the mode 'log'. */
export interface ErrorLog {
  write(message: string): unknown;
}
export type ErrorHandler = ErrorFunction | ErrorLog | null;

/** Everything that `errstate` restores. */
export interface FloatErrorState {
  readonly modes: Readonly<ErrorSettings>;
  readonly handler: ErrorHandler;
  readonly bufsize: number;
}

export const DIVIDE = 1;
export const OVER = 2;
export const UNDER = 4;
export const INVALID = 8;

const KINDS: readonly (readonly [number, keyof ErrorSettings, string])[] = [
  [DIVIDE, 'divide', 'divide by zero'],
  [OVER, 'over', 'overflow'],
  [UNDER, 'under', 'underflow'],
  [INVALID, 'invalid', 'invalid value'],
];

let state: FloatErrorState = {
  modes: { divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' },
  handler: null,
  bufsize: 8192,
};

/** Whether any kind of error is treated otherwise than by ignoring it: the test that stands before all checks. */
export const floatErrors: { watching: boolean } = { watching: false };

export const floatErrorState = (): FloatErrorState => state;

/** Makes a state the current one, and returns the one before. */
export function setFloatErrorState(next: FloatErrorState): FloatErrorState {
  const before = state;
  state = next;
  floatErrors.watching = KINDS.some(([, key]) => next.modes[key] !== 'ignore');
  return before;
}

/** The least numbers that these types hold only as an infinity. */
const BEYOND: Readonly<Record<string, number>> = { float16: 65520, float32: 2 ** 128 - 2 ** 103 };

/** Whether a finite number becomes an infinity in a type. */
export const overflowsTo = (v: number, part: string | undefined): boolean =>
  Math.abs(v) >= BEYOND[part as string] && Math.abs(v) !== Number.POSITIVE_INFINITY;

/** Errors found inside of {@link reportedAs}, kept until all of it has run. */
let gathered: { flags: number } | null = null;

/** Runs what is one operation to the user: errors found inside are reported once, under its name, when it has run. */
export function reportedAs<T>(name: string, f: () => T): T {
  if (!floatErrors.watching) return f();
  const outer = gathered;
  const mine = { flags: 0 };
  gathered = mine;
  let result: T;
  try {
    result = f();
  } finally {
    gathered = outer;
  }
  reportFlags(mine.flags, name);
  return result;
}

/** Runs steps whose errors of some kinds are nobody's business: NaN that a function makes and then treats itself. */
export function ignoring<T>(kinds: readonly (keyof ErrorSettings)[], f: () => T): T {
  if (!floatErrors.watching) return f();
  const modes = { ...state.modes };
  for (const k of kinds) modes[k] = 'ignore';
  const before = setFloatErrorState({ ...state, modes });
  try {
    return f();
  } finally {
    setFloatErrorState(before);
  }
}

function toStandardError(text: string): void {
  const p = (globalThis as { process?: { stderr?: { write?: (t: string) => void } } }).process;
  if (p?.stderr?.write) p.stderr.write(text);
  else console.error(text.trimEnd());
}

/**
 * Treats the errors of an operation that has run, each as the state says.
 * @throws FloatingPointError `divide by zero encountered in divide` where the mode is 'raise'; NameError where 'call' or 'log' have
 * nothing to call, TypeError and AttributeError where it is of the other sort; whatever a handler throws
 */
export function reportFlags(flags: number, name: string): void {
  if (flags === 0) return;
  if (gathered !== null) {
    gathered.flags |= flags;
    return;
  }
  // A handler may set other modes; those hold from the next operation on.
  const { modes, handler } = state;
  for (const [bit, key, text] of KINDS) {
    if ((flags & bit) === 0) continue;
    const message = `${text} encountered in ${name}`;
    switch (modes[key]) {
      case 'ignore':
        break;
      case 'warn':
        warn('RuntimeWarning', message);
        break;
      case 'raise':
        throw new FloatingPointError(message);
      case 'print':
        toStandardError(`Warning: ${message}\n`);
        break;
      case 'call':
        if (handler === null)
          throw new NameError(`python callback specified for ${text} (in  ${name}) but no function found.`);
        if (typeof handler !== 'function') throw new TypeError(`'${typeName(handler)}' object is not callable`);
        handler(text, flags);
        break;
      case 'log':
        if (handler === null)
          throw new NameError(`log specified for ${text} (in ${name}) but no object with write method found.`);
        if (typeof (handler as ErrorLog).write !== 'function')
          throw new AttributeError(`'${typeName(handler)}' object has no attribute 'write'`);
        (handler as ErrorLog).write(`Warning: ${message}\n`);
        break;
    }
  }
}
