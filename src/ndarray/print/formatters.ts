import { DType, type Kind } from '../../core/dtype.js';
import { repr, str } from '../../core/python/repr.js';
import { itemOf, textOf } from '../../core/scalars/index.js';
import { voidText } from '../../core/scalars/structure.js';
import { bytesRepr } from '../../core/scalars/text.js';
import { textRepr } from '../../core/strings/repr.js';
import type { FloatWidth } from '../../core/text/decimal.js';
import { complexText, floatText } from '../../core/text/dragon.js';
import { floatFormat } from './floating.js';
import { type FormatterKey, legacyVersion, type PrintOptions, printOptions, userFormatter } from './options.js';
import { dates, durations } from './times.js';
import type { ComplexValue, PrintDType, PrintValue } from './printable.js';

/**
 * One row a kind of dtype: how its elements look in an array, and alone. A new kind of dtype is a new row.
 */
export interface FormatRow<V> {
  /** An element as a user's formatter gets it, where it is not what was read. */
  read?(v: V, dtype: PrintDType): unknown;
  /** Keys under which a user's formatter for this kind is found, nearest first. */
  readonly keys: readonly FormatterKey[];
  /** Makes the format for an array whose shown elements are `values`; `alone` for a 0-d array. */
  format(values: readonly V[], dtype: PrintDType, options: PrintOptions, alone: boolean): (v: V) => string;
  /** `str` of a scalar. */
  str(v: V, dtype: PrintDType): string;
  /** `repr` of a scalar. */
  repr(v: V, dtype: PrintDType): string;
}

type Integer = number | bigint;

const integers: FormatRow<Integer> = {
  keys: ['int', 'int_kind', 'all'],
  format(values, _, options) {
    let sign = options.sign;
    let width = 0;
    if (values.length > 0) {
      let max = values[0];
      let min = values[0];
      for (const v of values) {
        if (v > max) max = v;
        if (v < min) min = v;
      }
      if (sign === ' ' && min < 0) sign = '-';
      width = Math.max(String(max).length + (max >= 0 && sign !== '-' ? 1 : 0), String(min).length);
    }
    const plus = sign === '-' ? '' : sign;
    return (v) => ((v >= 0 ? plus : '') + String(v)).padStart(width);
  },
  str: String,
  repr: (v, dtype) => `np.${dtype.name}(${v})`,
};

/** The width of a float dtype, or of the halves of a complex one. */
const partOf = (dtype: PrintDType): FloatWidth => {
  if (dtype.kind === 'c') return dtype.itemsize === 8 ? 'float32' : 'float64';
  return dtype.itemsize === 2 ? 'float16' : dtype.itemsize === 4 ? 'float32' : 'float64';
};

/** Lone floats got exponents from 1e16 on, whatever their width, before NumPy 2.3. */
const largeFrom = (): number | undefined => (legacyVersion(printOptions()) <= 202 ? 1e16 : undefined);

const bools: FormatRow<boolean> = {
  keys: ['bool', 'all'],
  format: (_values, _dtype, _options, alone) => (v) => (v ? (alone ? 'True' : ' True') : 'False'),
  str: (v) => (v ? 'True' : 'False'),
  repr: (v) => (v ? 'np.True_' : 'np.False_'),
};

const floats: FormatRow<number> = {
  keys: ['float', 'float_kind', 'all'],
  format: (values, dtype, options, alone) => floatFormat(values, partOf(dtype), options, alone),
  str: (v, dtype) => floatText(v, partOf(dtype), false, largeFrom()),
  repr: (v, dtype) => `np.${dtype.name}(${floatText(v, partOf(dtype), false, largeFrom())})`,
};

const complexes: FormatRow<ComplexValue> = {
  keys: ['complexfloat', 'complex_kind', 'all'],
  format(values, dtype, options, alone) {
    const width = partOf(dtype);
    const old = legacyVersion(options) <= 113;
    const real = floatFormat(
      values.map((v) => v.re),
      width,
      old ? { ...options, floatmode: 'maxprec_equal' } : options,
      alone,
    );
    const imag = floatFormat(
      values.map((v) => v.im),
      width,
      { ...options, sign: '+', floatmode: old ? 'maxprec' : options.floatmode },
      alone,
    );
    return (v) => {
      const r = real(v.re);
      const i = imag(v.im);
      // The j goes directly after the digits; padding stays behind it.
      const end = i.trimEnd().length;
      return r + i.slice(0, end) + 'j' + i.slice(end);
    };
  },
  str: (v, dtype) => complexText(v.re, v.im, partOf(dtype), largeFrom()),
  repr(v, dtype) {
    const text = complexText(v.re, v.im, partOf(dtype), largeFrom());
    return `np.${dtype.name}${text[0] === '(' ? text : `(${text})`}`;
  },
};

const texts: FormatRow<string> = {
  keys: ['numpystr', 'str_kind', 'all'],
  format: () => textRepr,
  str: (v) => v,
  repr: (v) => `np.str_(${textRepr(v)})`,
};

const bytesRow: FormatRow<Uint8Array> = {
  keys: ['numpystr', 'str_kind', 'all'],
  format: () => bytesRepr,
  // NumPy shows the scalar of an array without axes by its repr, so that bytes read as bytes.
  str: (v) => `np.bytes_(${bytesRepr(v)})`,
  repr: (v) => `np.bytes_(${bytesRepr(v)})`,
};

const _plain: FormatRow<unknown> = {
  keys: ['object', 'all'],
  format: (_values, dtype) => (v) => textOf(v, dtype as DType),
  str: (v, dtype) => textOf(v, dtype as DType),
  repr: (v, dtype) => textOf(v, dtype as DType),
};

/** Objects as Python describes them; a list says that it is one, so that it is not taken for an axis. */
const objectsRow: FormatRow<unknown> = {
  keys: ['object', 'all'],
  format: () => (v) => (Array.isArray(v) ? `list(${repr(v)})` : repr(v)),
  str: (v) => str(v),
  repr: (v) => repr(v),
};

/** Structures: every field is written as an array of its own would be. */
const voids: FormatRow<any> = {
  keys: ['void', 'all'],
  format(values, given, options, alone) {
    const dtype = given as DType;
    if (dtype.layout === null) return (v) => voidText(v);
    const fields = dtype.layout.map((f, i) =>
      fieldFormat(
        values.map((v) => v[i]),
        f.dtype,
        options,
        alone,
      ),
    );
    return (v) => `(${fields.map((f, i) => f(v[i])).join(', ')}${fields.length === 1 ? ',' : ''})`;
  },
  str: structureText,
  repr: (v, dtype) =>
    `np.void(${structureText(v, dtype)}${(dtype as DType).layout === null ? '' : `, dtype=${String(dtype)}`})`,
};

/** A structure alone: as in an array of it, but that floats have all their digits. */
function structureText(v: any, dtype: PrintDType): string {
  const options = printOptions();
  const { formatter } = options;
  if (legacyVersion(options) <= 125 || formatter?.float_kind != null) return voids.format([v], dtype, options, true)(v);
  return voids.format([v], dtype, { ...options, formatter: { ...formatter, float_kind: WHOLE } }, true)(v);
}

/** Stands for a formatter of floats that writes them as scalars; which they are is known to the dtype only. */
const WHOLE = (x: number): string => floatText(x, 'float64');

/** The format of one field's elements, or of the sub-arrays in it. */
function fieldFormat(values: readonly any[], dtype: DType, options: PrintOptions, alone: boolean): (v: any) => string {
  const [base, shape] = dtype.subdtype ?? [dtype, []];
  const one =
    options.formatter?.float_kind === WHOLE && base.kind === 'f'
      ? (v: never) => floats.str(v, base)
      : formatFunction(
          shape.length === 0 ? values : values.flat(shape.length),
          base,
          options,
          alone && shape.length === 0,
        );
  const { edgeitems, threshold } = options;
  const lists = (v: readonly any[], depth: number): string => {
    if (depth === 0) return one(v as never);
    const parts = v.map((e) => lists(e, depth - 1));
    const whole = shape.reduce((p, k) => p * k, 1) <= threshold || v.length <= 2 * edgeitems;
    return `[${(whole ? parts : [...parts.slice(0, edgeitems), '...', ...parts.slice(v.length - edgeitems)]).join(', ')}]`;
  };
  return (v) => lists(v, shape.length);
}

const FORMATTERS: { readonly [K in Kind]: FormatRow<never> } = {
  b: bools,
  i: integers,
  u: integers,
  f: floats,
  c: complexes,
  U: texts,
  S: bytesRow,
  M: dates,
  m: durations,
  O: objectsRow,
  V: voids,
};

/** The row of a dtype. */
const rowOf = (dtype: PrintDType): FormatRow<PrintValue> => FORMATTERS[dtype.kind] as unknown as FormatRow<PrintValue>;

/** An element as it is handed to users: 64-bit integers as numbers where nothing is lost. */
const readable = (v: PrintValue, dtype: PrintDType): PrintValue => {
  if (dtype instanceof DType && dtype.index < 0) return itemOf(v, dtype);
  if (typeof v !== 'bigint') return v;
  const n = Number(v);
  return Number.isSafeInteger(n) ? n : v;
};

/** The function that writes the elements of an array: the user's for this kind, or the one of the dtype. */
export function formatFunction(
  values: readonly PrintValue[],
  dtype: PrintDType,
  options: PrintOptions,
  alone: boolean,
): (v: PrintValue) => string {
  const row = rowOf(dtype);
  const own = userFormatter(options.formatter, row.keys);
  if (own !== null) return (v) => own(row.read === undefined ? readable(v, dtype) : row.read(v, dtype));
  return row.format(values, dtype, options, alone);
}

/**
 * `str` of a NumPy scalar: `1.5`, `1e+16`, `True`, `(1+2j)`.
 * Example: scalarStr(0.1, float32) // '0.1'
 */
export function scalarStr(v: PrintValue, dtype: PrintDType): string {
  return rowOf(dtype).str(v, dtype);
}

/**
 * `repr` of a NumPy scalar: `np.float64(1.5)`, `np.True_`, `np.int64(5)`, `np.complex128(1+2j)`.
 * Example: scalarRepr(5n, int64) // 'np.int64(5)'
 */
export function scalarRepr(v: PrintValue, dtype: PrintDType): string {
  return rowOf(dtype).repr(v, dtype);
}
