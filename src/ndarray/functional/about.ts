import { fn } from '../../core/signature.js';
import { systemLibrary, whyNone } from '../../core/device/blas/library.js';
import { hostDevice } from '../../core/device/registry.js';
import type { UfuncMethods } from '../ufunc.js';

/** What the library is, and constants of NumPy's namespace. */

/** Version of numbridge. */
export const __version__ = '0.1.0';
/** The version of NumPy whose behaviour is followed. */
export const numpy_version = '2.4';

/** JavaScript's booleans stand for NumPy's. */
export const True_ = true;
export const False_ = false;
/** Whether memory has the least byte first: WebAssembly's has, everywhere. */
export const little_endian = true;

/** The characters of dtypes, by kind. */
export const typecodes: Readonly<
  Record<
    'Character' | 'Integer' | 'UnsignedInteger' | 'Float' | 'Complex' | 'AllInteger' | 'AllFloat' | 'Datetime' | 'All',
    string
  >
> = {
  Character: 'c',
  Integer: 'bhilqnp',
  UnsignedInteger: 'BHILQNP',
  Float: 'efdg',
  Complex: 'FDG',
  AllInteger: 'bBhHiIlLqQnNpP',
  AllFloat: 'efdgFDG',
  Datetime: 'Mm',
  All: '?bhilqnpBHILQNPefdgFDGSUVOMm',
};

/** What computes matrix products, or linear algebra. */
export interface Computed {
  /** 'OpenBLAS', 'Accelerate', or 'numbridge' for the library's own routines. */
  readonly name: string;
  /** Whether a library of the system is used. */
  readonly found: boolean;
  /** The library's file, what it says about itself, and its threads (0 where it does not say); without one, why there is none. */
  readonly file?: string;
  readonly 'openblas configuration'?: string;
  readonly threads?: number;
  readonly reason?: string;
}

function computed(): Computed {
  const lib = systemLibrary();
  if (lib === null) return { name: 'numbridge', found: false, reason: whyNone() };
  const { name, file, configuration, threads } = lib;
  return { name, found: true, file, 'openblas configuration': configuration, threads };
}

/** What `show_config('dicts')` returns. */
export interface Config {
  readonly Version: { readonly numbridge: string; readonly 'numpy behaviour': string };
  readonly Device: { readonly name: string };
  readonly 'Build Dependencies': {
    readonly blas: Computed;
    readonly lapack: Computed;
  };
}

interface ShowConfig {
  (mode: 'dicts' | { mode: 'dicts' }): Config;
  (mode?: 'stdout' | { mode?: 'stdout' }): undefined;
}

/**
 * Says which device computes, and whether products and linear algebra use a BLAS and LAPACK of the system (OpenBLAS or Accelerate, through
 * the package koffi) or the library's own routines: prints it, or returns it with mode 'dicts'.
 * @example np.show_config('dicts').Device.name // → 'cpu:0'
 */
export const show_config: ShowConfig = /*@__PURE__*/ fn(
  'show_config',
  "mode='stdout'",
  (mode: string) => {
    const config: Config = {
      Version: { numbridge: __version__, 'numpy behaviour': numpy_version },
      Device: { name: hostDevice().name },
      'Build Dependencies': {
        blas: computed(),
        lapack: computed(),
      },
    };
    if (mode === 'dicts') return config;
    console.log(JSON.stringify(config, null, 2));
    return undefined;
  },
  'host',
);

/** The marker of universal functions. @example np.add instanceof np.ufunc // → true */
export abstract class ufunc {
  static [Symbol.hasInstance](f: unknown): f is UfuncMethods {
    return typeof f === 'function' && 'row' in f && 'reduce' in f && 'nin' in f;
  }
}
