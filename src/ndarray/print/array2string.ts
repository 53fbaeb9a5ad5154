import { shapeText, TypeError } from '../../core/errors.js';
import { pyComplexRepr, pyFloatRepr } from '../../core/text/dragon.js';
import { formatFunction, scalarStr } from './formatters.js';
import { layOut, type ShownAxis, textLength, typeOf } from './layout.js';
import { type PrintSource, printableOf } from './of-array.js';
import {
  checkedOptions,
  type FloatMode,
  type Formatters,
  type LegacyMode,
  legacyVersion,
  type PrintOptions,
  printOptions,
  type SignMode,
} from './options.js';
import { allOf, type Printable, type PrintDType } from './printable.js';

/** Whole arrays as text. */

/** The elements of an array that are shown: which indices to fetch along each axis, and how they are laid out. */
function shown(
  a: Printable,
  options: PrintOptions,
): { mesh: readonly (readonly number[])[]; axes: readonly ShownAxis[] } {
  const summarise = a.size > options.threshold;
  const edge = options.edgeitems;
  const mesh: number[][] = [];
  const axes: ShownAxis[] = [];
  for (const n of a.shape) {
    if (!summarise || n <= 2 * edge) {
      mesh.push(allOf(n));
      axes.push({ length: n, lead: 0, trail: n, dots: false });
    } else if (edge > 0) {
      mesh.push(allOf(2 * edge).map((i) => (i < edge ? i : n - 2 * edge + i)));
      axes.push({ length: 2 * edge, lead: edge, trail: edge, dots: true });
    } else {
      // Without edges NumPy sizes the columns by all elements and shows the last.
      mesh.push(allOf(n));
      axes.push({ length: n, lead: 0, trail: 0, dots: true });
    }
  }
  return { mesh, axes };
}

/** Python's `repr` of what `item()` of a 0-d array gives, which has the digits of a double. */
function pythonRepr(a: Printable): string {
  const v = a.values([])[0];
  const { dtype } = a;
  if (dtype.kind === 'f') return pyFloatRepr(v);
  if (dtype.kind === 'c') return pyComplexRepr(v);
  return formatFunction([v], dtype, { ...printOptions(), formatter: null }, true)(v);
}

function withOptions(a: Printable, options: PrintOptions, separator: string, prefix: string): string {
  const old = legacyVersion(options) <= 113;
  if (old && a.shape.length === 0 && !a.dtype.layout) return pythonRepr(a);
  if (a.size === 0) return '[]';
  const { mesh, axes } = shown(a, options);
  const values = a.values(mesh);
  const format = formatFunction(values, a.dtype, options, a.shape.length === 0);
  return layOut(axes, (i) => format(values[i]), { separator, linewidth: options.linewidth, prefix, old });
}

/** What is being printed. */
const printing = new Set<unknown>();

/**
 * The elements of an array in brackets, `[1. 2. 3.]`. Arguments that are null keep to the print options.
 *
 * @param prefix what will stand before the text; lines are indented and shortened by its length
 * @param suffix what will stand behind it; lines are shortened by its length
 * @throws ValueError, TypeError for options that NumPy refuses
 * Example: array2string(a, null, 2, null, ', ') // '[1.23, 4.57]'
 */
export function array2string(
  a: PrintSource,
  max_line_width?: number | null,
  precision?: number | null,
  suppress_small?: boolean | null,
  separator?: string | null,
  prefix?: string | null,
  formatter?: Formatters | null,
  threshold?: number | null,
  edgeitems?: number | null,
  sign?: SignMode | null,
  floatmode?: FloatMode | null,
  suffix?: string | null,
  legacy?: LegacyMode | null,
): string {
  const given = checkedOptions({
    precision,
    threshold,
    edgeitems,
    linewidth: max_line_width,
    suppress: suppress_small,
    sign,
    formatter,
    floatmode,
    legacy,
  });
  const options = { ...printOptions(), ...given };
  const linewidth = options.linewidth - (legacyVersion(options) > 113 ? textLength(suffix ?? '') : 0);
  // Arrays of objects may hold themselves.
  if (printing.has(a)) return '...';
  printing.add(a);
  try {
    return withOptions(printableOf(a, 'array2string'), { ...options, linewidth }, separator ?? ' ', prefix ?? '');
  } finally {
    printing.delete(a);
  }
}

/** Dtypes that `repr` leaves out, because plain data would give them. */
const IMPLIED: ReadonlySet<string> = new Set(['bool', 'int64', 'float64', 'complex128']);

const isImplied = (dtype: PrintDType, legacy: number): boolean =>
  IMPLIED.has(dtype.name) && dtype.isnative !== false && !(legacy <= 113 && dtype.kind === 'b');

/** A dtype as `repr` of an array shows it: its name, quoted unless it is a word; fields as they are. */
function dtypeText(dtype: PrintDType): string {
  if (dtype.layout) return String(dtype);
  const text = 'USV'.includes(dtype.kind) || dtype.isnative === false ? String(dtype) : dtype.name;
  return /^[a-z][a-z0-9]*$/i.test(text) && !'USV'.includes(dtype.kind) ? text : `'${text}'`;
}

/**
 * The `repr` of an array, `array([1., 2.], dtype=float32)`.
 * @param class_name the name in front, for classes other than NumPy's own
 * Example: array_repr(a) // 'array([1, 2, 3])'
 */
export function array_repr(
  arr: PrintSource,
  max_line_width?: number | null,
  precision?: number | null,
  suppress_small?: boolean | null,
  class_name = 'array',
): string {
  const current = printOptions();
  if (current.override_repr !== null) return current.override_repr(arr);
  const a = printableOf(arr, 'array_repr');
  const prefix = class_name + '(';
  const width = max_line_width ?? current.linewidth;
  const legacy = legacyVersion(current);
  const body = array2string(arr, width, precision, suppress_small, ', ', prefix, null, null, null, null, null, ')');
  if (typeof body !== 'string') throw new TypeError(`can only concatenate str (not "${typeOf(body)}") to str`);

  const extras: string[] = [];
  if ((a.size === 0 && !(a.shape.length === 1 && a.shape[0] === 0)) || (legacy > 210 && a.size > current.threshold))
    extras.push(`shape=${shapeText(a.shape)}`);
  if (!isImplied(a.dtype, legacy) || a.size === 0) extras.push(`dtype=${dtypeText(a.dtype)}`);
  if (extras.length === 0) return prefix + body + ')';

  const text = prefix + body + ',';
  const extra = extras.join(', ') + ')';
  const lastLine = textLength(text.slice(text.lastIndexOf('\n') + 1));
  const breaks = legacy <= 113 ? 'USV'.includes(a.dtype.kind) : lastLine + extra.length + 1 > width;
  const spacer = breaks ? '\n' + ' '.repeat(prefix.length) : ' ';
  return text + spacer + extra;
}

/**
 * The `str` of an array, `[1. 2.]`; of a 0-d array that of its element.
 * Example: array_str(a, null, 3) // '[0.333 0.667]'
 */
export function array_str(
  a: PrintSource,
  max_line_width?: number | null,
  precision?: number | null,
  suppress_small?: boolean | null,
): string {
  const p = printableOf(a, 'array_str');
  if (p.shape.length === 0 && legacyVersion(printOptions()) <= 113 && 'biufc'.includes(p.dtype.kind))
    return pythonRepr(p);
  if (p.shape.length === 0) return scalarStr(p.values([])[0], p.dtype);
  return array2string(p, max_line_width, precision, suppress_small, ' ', '');
}
