import { KeyError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { hostDevice } from '../../core/device/registry.js';
import { isFContiguous, isCContiguous } from '../../core/array.js';
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
export const typecodes: Readonly<Record<'Character' | 'Integer' | 'UnsignedInteger' | 'Float' | 'Complex' | 'AllInteger' | 'AllFloat' | 'Datetime' | 'All', string>> = {
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

const TYPE_NAMES: Readonly<Record<string, string>> = {
  S1: 'character', '?': 'bool', B: 'unsigned char', b: 'signed char', D: 'complex double precision', G: 'complex long double precision', F: 'complex single precision',
  H: 'unsigned short', I: 'unsigned integer', L: 'unsigned long integer', O: 'object', Q: 'unsigned long long integer', S: 'string', U: 'unicode', V: 'void',
  d: 'double precision', f: 'single precision', g: 'long precision', h: 'short', i: 'integer', l: 'long integer', q: 'long long integer',
}; // biome-ignore format: a table

/** The description of a dtype's character. @throws KeyError for an unknown one @example np.typename('d') // → 'double precision' */
export const typename: (char: string) => string = /*@__PURE__*/ fn(
  'typename',
  'char',
  (char: string) => {
    const name = Object.hasOwn(TYPE_NAMES, char) ? TYPE_NAMES[char] : undefined;
    if (name === undefined) throw new KeyError(`'${char}'`);
    return name;
  },
  'host',
);

/** What `show_config('dicts')` returns. */
export interface Config {
  readonly Version: { readonly numbridge: string; readonly 'numpy behaviour': string };
  readonly Device: { readonly name: string };
  readonly 'Build Dependencies': { readonly blas: { readonly name: string; readonly found: boolean }; readonly lapack: { readonly name: string; readonly found: boolean } };
}

/**
 * Says which device computes and that no BLAS is used: prints it, or returns it with mode 'dicts'.
 * @example np.show_config('dicts').Device.name // → 'cpu:0'
 */
export const show_config: (mode?: 'stdout' | 'dicts' | { mode?: 'stdout' | 'dicts' }) => Config | undefined = /*@__PURE__*/ fn(
  'show_config',
  "mode='stdout'",
  (mode: string) => {
    const config: Config = {
      Version: { numbridge: __version__, 'numpy behaviour': numpy_version },
      Device: { name: hostDevice().name },
      'Build Dependencies': { blas: { name: 'none: kernels are WebAssembly made at run time', found: false }, lapack: { name: 'none', found: false } },
    };
    if (mode === 'dicts') return config;
    console.log(JSON.stringify(config, null, 2));
    return undefined;
  },
  'host',
);

/** Whether an array is in Fortran order and not in C order. @example np.isfortran(np.zeros([2, 3], { order: 'F' })) // → true */
export const isfortran: (a: ArrayLike) => boolean = /*@__PURE__*/ fn(
  'isfortran',
  'a',
  (given: unknown) => {
    const a = toArray(given);
    return isFContiguous(a) && !isCContiguous(a);
  },
  'primitive',
);

/** The marker of universal functions: `np.add instanceof np.ufunc`. */
export abstract class ufunc {
  static [Symbol.hasInstance](f: unknown): f is UfuncMethods {
    return typeof f === 'function' && 'row' in f && 'reduce' in f && 'nin' in f;
  }
}

