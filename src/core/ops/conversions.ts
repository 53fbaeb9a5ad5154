import { ArrayValue } from '../array.js';
import { complex } from '../complex.js';
import type { DType } from '../dtype.js';
import { ValueError } from '../errors.js';
import { truthy } from '../python/compare.js';
import { elementFrom, itemOf, textOf } from '../scalars/index.js';
import { asciiBytes, asciiText } from '../scalars/text.js';

/** Conversions of single elements between dtypes of different kinds, as `astype` makes them. */

/** An element as the Python object that it would be: integers of any size are ints. */
export function toObject(from: DType): (v: any) => unknown {
  if (from.kind === 'i' || from.kind === 'u') return (v) => BigInt(v);
  return (v) => itemOf(v, from);
}

/** An object as an element. Where a float is wanted, None is not a number. */
export function fromObject(to: DType): (v: any) => unknown {
  if (to.kind === 'b') return truthy;
  if (to.kind === 'f') return (v) => (v === null ? Number.NaN : elementFrom(single(v), to));
  if (to.kind === 'c') return (v) => (v === null ? complex(Number.NaN, Number.NaN) : elementFrom(single(v), to));
  if (to.kind === 'U') return (v) => (v instanceof Uint8Array ? asciiText(v) : elementFrom(v, to));
  return to.kind === 'S' || to.kind === 'V' ? (v) => elementFrom(v, to) : (v) => elementFrom(single(v), to);
}

/** An array of one element as that element. */
const single = (v: unknown): unknown => {
  if (!(v instanceof ArrayValue)) return v;
  if (v.size !== 1) throw new ValueError('setting an array element with a sequence.');
  return (v as unknown as { item(): unknown }).item();
};

/** The conversion of an element of one dtype to one of another kind. */
export function conversion(from: DType, to: DType): (v: any) => unknown {
  if (to.kind === 'O') return toObject(from);
  if (from.kind === 'O') return fromObject(to);
  if (to.kind === 'U') return from.kind === 'S' ? (v) => asciiText(v) : (v) => textOf(v, from);
  if (to.kind === 'S') return from.kind === 'V' ? (v) => v : (v) => asciiBytes(textOf(v, from));
  if (from.kind === 'S') return to.kind === 'V' ? (v) => v : (v) => elementFrom(asciiText(v), to);
  return (v) => elementFrom(itemOf(v, from), to);
}
