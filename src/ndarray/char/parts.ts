import type { ArrayLike } from '../../core/coerce.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { stack } from '../manipulation/index.js';
import type { NDArray } from '../ndarray.js';
import type { TextLike } from '../strings/common.js';
import * as strings from '../strings/index.js';

/** Functions that np.char has in another form than np.strings. */

/** Texts repeated. @throws ValueError `Can only multiply by integers` @example np.char.multiply(['ab'], 2) // → array(['abab'], dtype='<U4') */
export const multiply: (a: TextLike, i: ArrayLike) => NDArray = /*@__PURE__*/ fn(
  'multiply',
  'a, i',
  (a, i) => {
    try {
      return strings.multiply(a, i);
    } catch (e) {
      if (e instanceof TypeError) throw new ValueError('Can only multiply by integers');
      throw e;
    }
  },
  'host',
);

type Parts = (a: TextLike, sep: TextLike) => NDArray;
const parting = (name: string, f: (a: TextLike, sep: TextLike) => [NDArray, NDArray, NDArray]): Parts =>
  fn(name, 'a, sep', (a, sep) => stack(f(a, sep), -1), 'host');
/** The parts before, of and after the first `sep`, along a new last axis. @throws ValueError `empty separator` @example np.char.partition(['a-b'], '-') // → array([['a', '-', 'b']], dtype='<U1') */
export const partition: Parts = /*@__PURE__*/ parting('partition', strings.partition);
/** The parts before, of and after the last `sep`, along a new last axis. @throws ValueError `empty separator` @example np.char.rpartition(['a-b-c'], '-') // → array([['a-b', '-', 'c']], dtype='<U3') */
export const rpartition: Parts = /*@__PURE__*/ parting('rpartition', strings.rpartition);
