import { toArray } from '../core/coerce.js';
import { TypeError } from '../core/errors.js';
import { fn } from '../core/signature.js';
import { NDArray } from './ndarray.js';
import * as print from './print/index.js';
import { SIGNATURES } from './print/index.js';

/** The public functions of printing: the bodies live in print/, the signatures are NumPy's. */

/** What stands before the parenthesis in the repr of an array: `array`, or the name of its subclass. */
const nameOf = (a: object): string =>
  a instanceof NDArray && a.constructor !== NDArray ? a.constructor.name : 'array';

type Text = (a: unknown, ...rest: any[]) => string;

/**
 * The text of an array with options of its own.
 * @example np.array2string(np.array([1.5, 2.25]), { precision: 2, separator: ', ' }) // → '[1.5 , 2.25]'
 */
export const array2string: Text = /*@__PURE__*/ fn(
  'array2string',
  SIGNATURES.array2string,
  (a, ...rest) => print.array2string(toArray(a), ...rest),
  'host',
);

/** What Python's `repr` gives. @example np.array_repr(np.zeros(2)) // → 'array([0., 0.])' */
export const array_repr: Text = /*@__PURE__*/ fn(
  'array_repr',
  SIGNATURES.array_repr,
  (arr, width, precision, suppress) => {
    const a = toArray(arr);
    return print.array_repr(a, width, precision, suppress, nameOf(a));
  },
  'host',
);

/** What Python's `str` gives. @example np.array_str(np.zeros(2)) // → '[0. 0.]' */
export const array_str: Text = /*@__PURE__*/ fn(
  'array_str',
  SIGNATURES.array_str,
  (a, ...rest) => print.array_str(toArray(a), ...rest),
  'host',
);

/**
 * Sets how arrays print from now on.
 * @example
 * np.set_printoptions({ precision: 3 });
 * console.log(np.array([1 / 3]));
 * // → array([0.333])
 * np.set_printoptions({ precision: 8 });
 */
export const set_printoptions: (...args: any[]) => void = /*@__PURE__*/ fn(
  'set_printoptions',
  SIGNATURES.set_printoptions,
  print.set_printoptions,
  'host',
);

/** How arrays print now. @example np.get_printoptions().threshold // → 1000 */
export const get_printoptions: () => print.PrintOptions = /*@__PURE__*/ fn(
  'get_printoptions',
  SIGNATURES.get_printoptions,
  print.get_printoptions,
  'host',
);

/** A number in positional notation. @example np.format_float_positional(1e-7) // → '0.0000001' */
export const format_float_positional: (x: unknown, ...rest: any[]) => string = /*@__PURE__*/ fn(
  'format_float_positional',
  SIGNATURES.format_float_positional,
  print.format_float_positional,
  'host',
);

/** A number in scientific notation. @example np.format_float_scientific(123.5) // → '1.235e+02' */
export const format_float_scientific: (x: unknown, ...rest: any[]) => string = /*@__PURE__*/ fn(
  'format_float_scientific',
  SIGNATURES.format_float_scientific,
  print.format_float_scientific,
  'host',
);

/**
 * Print options for the time of a callback, or, without one, until the returned object is disposed (`using`).
 * @example np.printoptions({ precision: 3 }, () => String(np.array([1 / 3]))) // → '[0.333]'
 */
export function printoptions<T>(options: print.PrintOptionsLike, f: () => T): T;
export function printoptions(options: print.PrintOptionsLike): print.PrintContext;
export function printoptions<T>(options: print.PrintOptionsLike, f?: () => T): T | print.PrintContext {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('printoptions: the options must be an object, such as {precision: 3}');
  return f === undefined ? print.printoptions(options) : print.printoptions(options, f);
}
