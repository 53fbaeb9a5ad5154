import * as t from '../../core/ops/ufuncs/text.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { fn } from '../../core/signature.js';
import type { NDArray } from '../ndarray.js';
import { ufunc, type UnaryUfunc } from '../ufunc.js';
import { apply, END, placeOperand, type TextLike, textOperand, weakInt } from './common.js';
import type { ArrayLike } from '../../core/coerce.js';

/** Questions about text: what kinds of characters it has, what lies where in it. */

/** Whether all characters are letters, and there is one. @example np.strings.isalpha(['ab', 'a1', '']) // → array([ True, False, False]) */
export const isalpha: UnaryUfunc = /*@__PURE__*/ ufunc(t.isalpha);
/** Whether all characters are digits, and there is one. @example np.strings.isdigit(['12', 'a1', '²']) // → array([ True, False,  True]) */
export const isdigit: UnaryUfunc = /*@__PURE__*/ ufunc(t.isdigit);
/** Whether all characters are white space, and there is one. @example np.strings.isspace([' \t', 'a ']) // → array([ True, False]) */
export const isspace: UnaryUfunc = /*@__PURE__*/ ufunc(t.isspace);
/** Whether all characters are letters or numbers, and there is one. @example np.strings.isalnum(['a1', 'a-']) // → array([ True, False]) */
export const isalnum: UnaryUfunc = /*@__PURE__*/ ufunc(t.isalnum);
/** Whether all cased letters are small, and there is one. @example np.strings.islower(['a1', 'aB', '1']) // → array([ True, False, False]) */
export const islower: UnaryUfunc = /*@__PURE__*/ ufunc(t.islower);
/** Whether all cased letters are capitals, and there is one. @example np.strings.isupper(['A1', 'aB']) // → array([ True, False]) */
export const isupper: UnaryUfunc = /*@__PURE__*/ ufunc(t.isupper);
/** Whether words begin with a capital and go on in small letters. @example np.strings.istitle(['Ab Cd', 'AB']) // → array([ True, False]) */
export const istitle: UnaryUfunc = /*@__PURE__*/ ufunc(t.istitle);
/** Whether all characters are decimal digits. @throws UFuncTypeError for bytes @example np.strings.isdecimal(['12', '²']) // → array([ True, False]) */
export const isdecimal: UnaryUfunc = /*@__PURE__*/ ufunc(t.isdecimal);
/** Whether all characters are numbers. @throws UFuncTypeError for bytes @example np.strings.isnumeric(['½', 'a']) // → array([ True, False]) */
export const isnumeric: UnaryUfunc = /*@__PURE__*/ ufunc(t.isnumeric);
/** The number of characters: code points of text, bytes of bytes. @example np.strings.str_len(['abc', '']) // → array([3, 0]) */
export const str_len: UnaryUfunc = /*@__PURE__*/ ufunc(t.str_len);

/** A function of a text, a part of it, and places between which it counts. */
export interface Search {
  (a: TextLike, sub: TextLike, start?: ArrayLike, end?: ArrayLike | null): NDArray;
  (a: TextLike, sub: TextLike, kw: { start?: ArrayLike; end?: ArrayLike | null }): NDArray;
}

const searching = (row: UfuncRow, what = 'sub'): Search =>
  fn(
    row.name,
    `a, ${what}, start=0, end=None`,
    (a, sub, start, end) =>
      apply(
        row,
        textOperand(a),
        textOperand(sub),
        placeOperand(start),
        end === null ? weakInt(END) : placeOperand(end),
      ),
    'host',
  );

/** Where `sub` first lies within start … end; -1 where it does not. @example np.strings.find(['abcab', 'x'], 'b') // → array([ 1, -1]) */
export const find: Search = /*@__PURE__*/ searching(t.find);
/** Where `sub` last lies within start … end; -1 where it does not. @example np.strings.rfind(['abcab', 'x'], 'b') // → array([ 4, -1]) */
export const rfind: Search = /*@__PURE__*/ searching(t.rfind);
/** As `find`. @throws ValueError `substring not found` @example np.strings.index(['abc', 'cb'], 'b') // → array([1, 1]) */
export const index: Search = /*@__PURE__*/ searching(t.index);
/** As `rfind`. @throws ValueError `substring not found` @example np.strings.rindex(['abcb', 'cb'], 'b') // → array([3, 1]) */
export const rindex: Search = /*@__PURE__*/ searching(t.rindex);
/** How often `sub` lies within start … end, without overlap. @example np.strings.count(['aAaA', 'a'], 'a') // → array([2, 1]) */
export const count: Search = /*@__PURE__*/ searching(t.count);
/** Whether the part from start to end begins with `prefix`. @example np.strings.startswith(['ab', 'ba'], 'a') // → array([ True, False]) */
export const startswith: Search = /*@__PURE__*/ searching(t.startswith, 'prefix');
/** Whether the part from start to end ends with `suffix`. @example np.strings.endswith(['ab', 'ba'], 'a') // → array([False,  True]) */
export const endswith: Search = /*@__PURE__*/ searching(t.endswith, 'suffix');
