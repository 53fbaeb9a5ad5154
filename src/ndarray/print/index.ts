/** Printing: arrays and numbers as NumPy writes them. */
export { array_repr, array_str, array2string } from './array2string.js';
export { type FloatWidth, shortest } from '../../core/text/decimal.js';
export { complexText, floatText, pyComplexRepr, pyFloatRepr, type Trim } from '../../core/text/dragon.js';
export { type FloatLike, format_float_positional, format_float_scientific } from './format-float.js';
export { scalarRepr, scalarStr } from './formatters.js';
export { type PrintSource, printableOf } from './of-array.js';
export {
  type FloatMode,
  type FormatterKey,
  type LegacyMode,
  type Formatters,
  get_printoptions,
  type PrintContext,
  type PrintOptions,
  type PrintOptionsLike,
  printOptions,
  printoptions,
  type SignMode,
  set_printoptions,
} from './options.js';
export type { Printable, PrintDType, PrintValue } from './printable.js';

/** NumPy's signature texts of the functions above, for the binder. */
export const SIGNATURES: Readonly<Record<string, string>> = {
  array2string:
    "a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', *, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', legacy=None",
  array_repr: 'arr, max_line_width=None, precision=None, suppress_small=None',
  array_str: 'a, max_line_width=None, precision=None, suppress_small=None',
  set_printoptions:
    'precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr=None',
  get_printoptions: '',
  format_float_positional:
    "x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None",
  format_float_scientific:
    "x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None",
};
