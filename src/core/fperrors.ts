import { FloatingPointError, NameError, warn } from './errors.js';

/**
 * What is done about floating-point errors: NumPy's error state. JavaScript and WebAssembly have no flags that tell of them; where some kind
 * is not ignored, a checking pass (ops/flags.ts) finds out what flags a processor would have raised.
 */

/** What can be done about a kind of floating-point error. */
export type ErrorMode = 'ignore' | 'warn' | 'raise' | 'call' | 'print' | 'log';
export const ERROR_MODES: readonly ErrorMode[] = ['ignore', 'warn', 'raise', 'call', 'print', 'log'];

/** The kinds, and what is done about each. */
export interface ErrorSettings {
  divide: ErrorMode;
  over: ErrorMode;
  under: ErrorMode;
  invalid: ErrorMode;
}

/** Bits of the kinds, in the order in which they are reported. */
export const DIVIDE = 1;
export const OVER = 2;
export const UNDER = 4;
export const INVALID = 8;
const KINDS = [
  ['divide', DIVIDE, 'divide by zero'],
  ['over', OVER, 'overflow'],
  ['under', UNDER, 'underflow'],
  ['invalid', INVALID, 'invalid value'],
] as const;

/** What 'call' calls, with the kind in words and all flags; what 'log' writes to. */
export type ErrorCallback = ((kind: string, flags: number) => void) | { write(message: string): void };

const state = {
  settings: { divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' } as ErrorSettings,
  callback: null as ErrorCallback | null,
};

/** Whether any kind is not ignored: the one question that operations ask. */
export let checking = false;

export const errorSettings = (): ErrorSettings => ({ ...state.settings });
export const errorCallback = (): ErrorCallback | null => state.callback;

export function setErrorSettings(s: ErrorSettings): void {
  state.settings = { ...s };
  checking = KINDS.some(([kind]) => s[kind] !== 'ignore');
}
export function setErrorCallback(f: ErrorCallback | null): void {
  state.callback = f;
}

/** The flags that somebody wants to hear of. */
export function wantedFlags(): number {
  let bits = 0;
  for (const [kind, bit] of KINDS) if (state.settings[kind] !== 'ignore') bits |= bit;
  return bits;
}

/**
 * Does what the settings say about the flags that an operation raised.
 * @throws FloatingPointError `overflow encountered in multiply`
 */
export function reportFlags(flags: number, by: string): void {
  if (flags === 0) return;
  for (const [kind, bit, text] of KINDS) {
    if ((flags & bit) === 0) continue;
    const message = `${text} encountered in ${by}`;
    const { callback } = state;
    switch (state.settings[kind]) {
      case 'warn':
        warn('RuntimeWarning', message);
        break;
      case 'raise':
        throw new FloatingPointError(message);
      case 'print':
        console.error(`Warning: ${message}`);
        break;
      case 'call':
        if (callback === null)
          throw new NameError(`python callback specified for ${text} (in  ${by}) but no function found.`);
        if (typeof callback === 'function') callback(text, flags);
        break;
      case 'log':
        if (callback === null || typeof callback === 'function')
          throw new NameError(`log specified for ${text} (in ${by}) but no object with write method found.`);
        callback.write(`Warning: ${message}\n`);
        break;
    }
  }
}
