import { ValueError, TypeError } from '../../core/errors.js';
import { bool, isText } from '../../core/dtype.js';
import { fn } from '../../core/signature.js';
import { compareText, latin } from '../../core/strings/points.js';
import type { NDArray } from '../ndarray.js';
import { each, textArray, type TextLike } from '../strings/common.js';

/** Comparisons that pass over white space at the end. */

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (o) => o === 0,
  '!=': (o) => o !== 0,
  '<': (o) => o < 0,
  '<=': (o) => o <= 0,
  '>': (o) => o > 0,
  '>=': (o) => o >= 0,
};

/** Text without white space and NULs at the end. */
const bare = (s: string): string => s.replace(/[\0\t-\r ]+$/, '');

/**
 * Compares text element by element.
 * @param cmp `==`, `!=`, `<`, `<=`, `>` or `>=`
 * @param rstrip passes over white space at the end
 * @throws TypeError `comparison of non-string arrays`; ValueError for another `cmp`
 * @example np.char.compare_chararrays(['a ', 'b'], ['a', 'c'], '==', true) // → array([ True, False])
 */
export const compare_chararrays: (a1: TextLike, a2: TextLike, cmp: string, rstrip: boolean) => NDArray =
  /*@__PURE__*/ fn(
    'compare_chararrays',
    'a1, a2, cmp, rstrip',
    (a1, a2, cmp, rstrip) => {
      const test = Object.hasOwn(TESTS, cmp) ? TESTS[cmp] : undefined;
      if (test === undefined) throw new ValueError("comparison must be '==', '!=', '<', '>', '<=', '>='");
      const x = textArray(a1);
      const y = textArray(a2);
      if (!isText(x.dtype) || !isText(y.dtype)) throw new TypeError('comparison of non-string arrays');
      if (x.dtype.kind !== y.dtype.kind) throw new TypeError('comparison of text with bytes');
      const end = rstrip ? bare : (s: string): string => s;
      return x.dtype.kind === 'U'
        ? each([x, y], bool, (a, b) => test(compareText(end(a), end(b))))
        : each([x, y], bool, (a, b) => test(compareText(end(latin(a)), end(latin(b)))));
    },
    'host',
  );

type Compare = (x1: TextLike, x2: TextLike) => NDArray;
const comparing = (name: string, cmp: string): Compare =>
  fn(name, 'x1, x2', (a, b) => compare_chararrays(a, b, cmp, true), 'host');

/** x1 == x2, white space at the end apart. @example np.char.equal(['a ', 'b'], 'a') // → array([ True, False]) */
export const equal: Compare = /*@__PURE__*/ comparing('equal', '==');
/** x1 != x2, white space at the end apart. @example np.char.not_equal(['a ', 'b'], 'a') // → array([False,  True]) */
export const not_equal: Compare = /*@__PURE__*/ comparing('not_equal', '!=');
/** x1 < x2, white space at the end apart. @example np.char.less(['a', 'b'], 'b') // → array([ True, False]) */
export const less: Compare = /*@__PURE__*/ comparing('less', '<');
/** x1 <= x2, white space at the end apart. @example np.char.less_equal(['a', 'b'], 'a') // → array([ True, False]) */
export const less_equal: Compare = /*@__PURE__*/ comparing('less_equal', '<=');
/** x1 > x2, white space at the end apart. @example np.char.greater(['a', 'b'], 'a') // → array([False,  True]) */
export const greater: Compare = /*@__PURE__*/ comparing('greater', '>');
/** x1 >= x2, white space at the end apart. @example np.char.greater_equal(['a', 'b'], 'b') // → array([False,  True]) */
export const greater_equal: Compare = /*@__PURE__*/ comparing('greater_equal', '>=');
