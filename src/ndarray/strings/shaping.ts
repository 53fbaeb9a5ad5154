import type { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { OverflowError, TypeError, ValueError } from '../../core/errors.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { forEachOffset } from '../../core/device/access.js';
import { int64 } from '../../core/dtype.js';
import { castTo } from '../../core/ops/move.js';
import type { UfuncRow } from '../../core/ops/row.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import * as t from '../../core/ops/ufuncs/text.js';
import { settled } from '../../core/scalars/settle.js';
import { fn } from '../../core/signature.js';
import type { NDArray } from '../ndarray.js';
import {
  apply,
  applyInto,
  each,
  END,
  integerArray,
  largest,
  placeOperand,
  textArray,
  type TextLike,
  textOperand,
  weakInt,
} from './common.js';

/** Text of other lengths: repeated, padded, stripped, cut, replaced. Results are as long as the longest element needs. */

/** Every element of an array. */
function elementsIn(a: ArrayValue): number[] {
  const out: number[] = [];
  const { get } = elementsOf(a.buffer as HostBuffer, a.dtype);
  forEachOffset(a.shape, a.strides, a.offset, (at) => out.push(Number(get(at))));
  return out;
}

const castLike = (x: ArrayValue, like: ArrayValue): ArrayValue =>
  x.dtype === like.dtype ? x : castTo(x, settled(like.dtype, x));

/**
 * Texts repeated; less than once is not at all.
 * @throws TypeError `unsupported type float64 for operand 'i'`; OverflowError where results are too long
 * @example np.strings.multiply(['ab', 'c'], [2, 3]) // → array(['abab', 'ccc'], dtype='<U4')
 */
export const multiply: (a: TextLike, i: ArrayLike) => NDArray = /*@__PURE__*/ fn(
  'multiply',
  'a, i',
  (a, i) => {
    const x = textArray(a);
    const n = apply(arithmetic.maximum, integerArray(i, 'i'), weakInt(0));
    const length = apply(t.str_len, x);
    const sizes = each([length, n], int64, (l, k) => {
      const size = Number(l) * Number(k);
      if (size > 2 ** 53) throw new OverflowError('Overflow encountered in string multiply');
      return size;
    });
    return applyInto(arithmetic.multiply, [x, n], [largest(sizes)]);
  },
  'host',
);

/** A function that pads text to a width. */
export interface Pad {
  (a: TextLike, width: ArrayLike, fillchar?: TextLike): NDArray;
  (a: TextLike, width: ArrayLike, kw: { fillchar?: TextLike }): NDArray;
}

const padding = (name: string, row: UfuncRow): Pad =>
  fn(
    name,
    "a, width, fillchar=' '",
    (a, width, fillchar) => {
      const w = integerArray(width, 'width');
      const x = textArray(a);
      const fill = textArray(fillchar);
      if (elementsIn(apply(t.str_len, fill)).some((n) => n !== 1))
        throw new TypeError('The fill character must be exactly one character long');
      const char = castLike(fill, x);
      const wide = apply(arithmetic.maximum, apply(t.str_len, x), w);
      return applyInto(row, [x, wide, char], [largest(wide)]);
    },
    'host',
  );

/** Texts in the middle of `width` places. @throws TypeError for a fill of other than one character @example np.strings.center(['a', 'bc'], 4, '*') // → array(['*a**', '*bc*'], dtype='<U4') */
export const center: Pad = /*@__PURE__*/ padding('center', t.center);
/** Texts at the left of `width` places. @throws TypeError for a fill of other than one character @example np.strings.ljust(['a', 'bc'], 3) // → array(['a  ', 'bc '], dtype='<U3') */
export const ljust: Pad = /*@__PURE__*/ padding('ljust', t.ljust);
/** Texts at the right of `width` places. @throws TypeError for a fill of other than one character @example np.strings.rjust(['a', 'bc'], 3) // → array(['  a', ' bc'], dtype='<U3') */
export const rjust: Pad = /*@__PURE__*/ padding('rjust', t.rjust);

/** Texts with zeros in front, behind a sign, up to a width. @example np.strings.zfill(['1', '-1'], 3) // → array(['001', '-01'], dtype='<U3') */
export const zfill: (a: TextLike, width: ArrayLike) => NDArray = /*@__PURE__*/ fn(
  'zfill',
  'a, width',
  (a, width) => {
    const w = integerArray(width, 'width');
    const x = textArray(a);
    const wide = apply(arithmetic.maximum, apply(t.str_len, x), w);
    return applyInto(t.zfill, [x, wide], [largest(wide)]);
  },
  'host',
);

/** Tabs as blanks up to the next multiple of `tabsize`. @example np.strings.expandtabs(['a\tb'], 4).item(0) // → 'a   b' */
export const expandtabs: (a: TextLike, tabsize?: ArrayLike) => NDArray = /*@__PURE__*/ fn(
  'expandtabs',
  'a, tabsize=8',
  (a, tabsize) => {
    const x = textArray(a);
    const sizes = apply(t.expandtabsLength, x, placeOperand(tabsize));
    return applyInto(t.expandtabs, [x, placeOperand(tabsize)], [largest(sizes)]);
  },
  'host',
);

/** A function that strips characters, white space unless given. */
export type Strip = (a: TextLike, chars?: TextLike | null | { chars?: TextLike | null }) => NDArray;
const stripping = (name: string, space: UfuncRow, chars: UfuncRow): Strip =>
  fn(
    name,
    'a, chars=None',
    (a, c) => (c === null ? apply(space, textOperand(a)) : apply(chars, textOperand(a), textOperand(c))),
    'host',
  );
/** Without the given characters at both ends. @example np.strings.strip(['  a ', 'b']) // → array(['a', 'b'], dtype='<U4') */
export const strip: Strip = /*@__PURE__*/ stripping('strip', t.stripSpace, t.stripChars);
/** Without the given characters at the start. @example np.strings.lstrip(['xxa', 'b'], 'x') // → array(['a', 'b'], dtype='<U3') */
export const lstrip: Strip = /*@__PURE__*/ stripping('lstrip', t.lstripSpace, t.lstripChars);
/** Without the given characters at the end. @example np.strings.rstrip(['axx', 'b'], 'x') // → array(['a', 'b'], dtype='<U3') */
export const rstrip: Strip = /*@__PURE__*/ stripping('rstrip', t.rstripSpace, t.rstripChars);

const isArray = (x: unknown): boolean => typeof x === 'object' && x !== null && 'dtype' in x;

/**
 * With `new` in the place of `old`, at most `count` times from the left; all where it is negative. Plain text is cut to the dtype of `a`.
 * @throws TypeError `unsupported type float64 for operand 'count'`
 * @example np.strings.replace(['aab', 'cab'], 'a', 'z', 1) // → array(['zab', 'czb'], dtype='<U3')
 */
export const replace: (a: TextLike, old: TextLike, by: TextLike, count?: ArrayLike | { count?: ArrayLike }) => NDArray =
  /*@__PURE__*/ fn(
    'replace',
    'a, old, new, count=-1',
    (a, old, by, count) => {
      const most = integerArray(count, 'count');
      const x = textArray(a);
      const from = isArray(old) ? textArray(old) : castLike(textArray(old), x);
      const to = isArray(by) ? textArray(by) : castLike(textArray(by), x);
      const found = apply(t.count, x, from, weakInt(0), weakInt(END));
      // As NumPy reckons, a negative limit is none.
      const times = each([found, most], int64, (n, m) => (Number(m) < 0 ? n : Math.min(Number(n), Number(m))));
      const sizes = each(
        [apply(t.str_len, x), apply(t.str_len, from), apply(t.str_len, to), times],
        int64,
        (n, o, w, k) => Number(n) + Number(k) * (Number(w) - Number(o)),
      );
      return applyInto(t.replace, [x, from, to, times], [largest(sizes)]);
    },
    'host',
  );

const parting = (
  name: string,
  place: UfuncRow,
  parts: UfuncRow,
  first: boolean,
): ((a: TextLike, sep: TextLike) => [NDArray, NDArray, NDArray]) =>
  fn(
    name,
    'a, sep',
    (a, sep) => {
      const x = textArray(a);
      const s = castLike(textArray(sep), x);
      const pos = apply(place, x, s, weakInt(0), weakInt(END));
      const lengths = each([apply(t.str_len, x), apply(t.str_len, s)], int64, (n) => n);
      const rest = each([lengths, apply(t.str_len, s), pos], int64, (n, k, p) =>
        Number(p) < 0 ? (first ? 0 : Number(n)) : Number(n) - Number(p) - Number(k),
      );
      const lead = each([lengths, pos], int64, (n, p) => (Number(p) < 0 ? (first ? Number(n) : 0) : Number(p)));
      const none = elementsIn(pos).every((p) => p < 0);
      return applyInto(parts, [x, s, pos], [largest(lead), none ? 1 : largest(apply(t.str_len, s)), largest(rest)]);
    },
    'host',
  );

/**
 * The parts before, of and after the first `sep`: three arrays.
 * @throws ValueError `empty separator`
 * @example np.strings.partition(['a-b-c'], '-')[2] // → array(['b-c'], dtype='<U3')
 */
export const partition: (a: TextLike, sep: TextLike) => [NDArray, NDArray, NDArray] = /*@__PURE__*/ parting(
  'partition',
  t.find,
  t.partitionAt,
  true,
);
/**
 * The parts before, of and after the last `sep`: three arrays.
 * @throws ValueError `empty separator`
 * @example np.strings.rpartition(['a-b-c'], '-')[0] // → array(['a-b'], dtype='<U3')
 */
export const rpartition: (a: TextLike, sep: TextLike) => [NDArray, NDArray, NDArray] = /*@__PURE__*/ parting(
  'rpartition',
  t.rfind,
  t.rpartitionAt,
  false,
);

/**
 * Texts from `start` up to `stop` in steps, as Python slices; with one place given, up to it.
 * @throws ValueError `slice step cannot be zero`
 * @example np.strings.slice(['hello', 'world'], 1, 4) // → array(['ell', 'orl'], dtype='<U5')
 */
export const slice: (
  a: TextLike,
  start?: ArrayLike | null,
  stop?: ArrayLike | null,
  step?: ArrayLike | null,
) => NDArray = /*@__PURE__*/ fn(
  'slice',
  'a, start=None, stop=<no value>, step=None, /',
  (a, start, stop, step) => {
    const [from, to] = stop === undefined ? [null, start] : [start, stop];
    const by = integerArray(step ?? 1, 'step');
    if (elementsIn(by).some((n) => n === 0)) throw new ValueError('slice step cannot be zero');
    const open = (back: bigint, forth: bigint): ArrayValue => each([by], int64, (s) => (Number(s) < 0 ? back : forth));
    return apply(
      t.slice,
      textOperand(a),
      from === null ? open(END, 0n) : placeOperand(from),
      to === null ? open(-END - 1n, END) : placeOperand(to),
      by,
    );
  },
  'host',
);
