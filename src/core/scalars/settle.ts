import { ArrayValue } from '../array.js';
import { forEachOffset, host } from '../device/access.js';
import { elementsOf } from '../device/elements.js';
import { bytesDtype, type DType, isText, isTime, strDtype } from '../dtype.js';
import { textWidth } from '../promote-other.js';
import { lengthOf } from '../strings/points.js';
import { pythonText, textOf } from './index.js';

/** dtypes whose size or unit is left open (`'U'`, `'S'`), settled by the values that are to be stored. */

const open = (d: DType): boolean => d.itemsize === 0 && isText(d);
const sized = (d: DType, n: number): DType => (d.kind === 'U' ? strDtype(Math.max(1, n)) : bytesDtype(Math.max(1, n)));

/** The most characters that an element of an array takes as text. */
function widthIn(a: ArrayValue): number {
  const d = a.dtype;
  if (d.kind === 'U') return d.itemsize / 4;
  if (d.kind === 'S' || (d.kind === 'V' && d.layout === null)) return d.itemsize;
  if (d.kind !== 'O' && d.kind !== 'V' && !isTime(d)) return textWidth(d);
  let n = 1;
  const { get } = elementsOf(host(a.buffer, 'astype'), d);
  forEachOffset(a.shape, a.strides, a.offset, (at) => {
    const v = get(at);
    n = Math.max(n, d.kind === 'O' && v instanceof Uint8Array ? v.length : lengthOf(textOf(v, d)));
  });
  return n;
}

/** The most characters that a value in nested lists takes. */
function widthOf(x: unknown): number {
  if (Array.isArray(x)) return x.reduce((n: number, e) => Math.max(n, widthOf(e)), 0);
  if (x instanceof ArrayValue) return widthIn(x);
  return x instanceof Uint8Array ? x.length : lengthOf(pythonText(x));
}

/** The dtype itself, or the one of the length that the values (nested lists, or an array) need. */
export const settled = (d: DType, values: unknown): DType => (open(d) ? sized(d, widthOf(values)) : d);
