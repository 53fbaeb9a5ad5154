import type { DType } from '../dtype.js';
import { elementFrom, itemOf, textOf } from '../scalars/index.js';
import { asciiBytes, asciiText } from '../scalars/text.js';

/** Conversions of single elements between dtypes of different kinds, as `astype` makes them. */

/** The conversion of an element of one dtype to one of another kind. */
export function conversion(from: DType, to: DType): (v: any) => unknown {
  if (to.kind === 'O') return (v) => itemOf(v, from);
  if (to.kind === 'U') return from.kind === 'S' ? (v) => asciiText(v) : (v) => textOf(v, from);
  if (to.kind === 'S') return from.kind === 'V' ? (v) => v : (v) => asciiBytes(textOf(v, from));
  if (from.kind === 'S') return to.kind === 'V' ? (v) => v : (v) => elementFrom(asciiText(v), to);
  return (v) => elementFrom(itemOf(v, from), to);
}
