import { type DType, isNumber } from '../dtype.js';
import { elementFrom, itemOf, textOf } from '../scalars/index.js';
import { numberFromText } from '../scalars/number.js';
import { asciiBytes, asciiText, bytesRepr } from '../scalars/text.js';
import { latin } from '../strings/points.js';
import { textRepr } from '../strings/repr.js';

/** Conversions of single elements between dtypes of different kinds, as `astype` makes them. */

/** The conversion of an element of one dtype to one of another kind. */
export function conversion(from: DType, to: DType): (v: any) => unknown {
  if (to.kind === 'O') return (v) => itemOf(v, from);
  if (from.kind === to.kind && (to.kind === 'U' || to.kind === 'S')) return (v) => v;
  if (to.kind === 'U') return from.kind === 'S' ? (v) => asciiText(v) : (v) => textOf(v, from);
  // Python's errors show the scalar that was to be read.
  if (from.kind === 'U' && isNumber(to)) return (v) => numberFromText(v, to, `np.str_(${textRepr(v)})`);
  if (from.kind === 'S' && isNumber(to))
    return (v) => numberFromText(latin(v), to, to.kind === 'f' ? `np.bytes_(${bytesRepr(v)})` : bytesRepr(v));
  if (to.kind === 'S') return from.kind === 'V' ? (v) => v : (v) => asciiBytes(textOf(v, from));
  if (from.kind === 'S') return to.kind === 'V' ? (v) => v : (v) => elementFrom(asciiText(v), to);
  return (v) => elementFrom(itemOf(v, from), to);
}
