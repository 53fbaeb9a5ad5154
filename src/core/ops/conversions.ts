import { ArrayValue } from '../array.js';
import { complex, isComplex } from '../complex.js';
import type { HostBuffer } from '../device/device.js';
import { elementsOf } from '../device/elements.js';
import { type DType, isNumber, isText, isTime, nativeOf } from '../dtype.js';
import { RuntimeError, ValueError } from '../errors.js';
import { evaluator } from '../ir/evaluate.js';
import { arg } from '../ir/expr.js';
import { truthy } from '../python/compare.js';
import { castTime } from './loops/time-cast.js';
import { elementFrom, itemOf, textOf } from '../scalars/index.js';
import { numberFromText } from '../scalars/number.js';
import { asciiBytes, asciiText, bytesRepr } from '../scalars/text.js';
import { latin } from '../strings/points.js';
import { textRepr } from '../strings/repr.js';

/** Conversions of single elements between dtypes of different kinds, as `astype` makes them. */

/** An element as the Python object that it would be: integers of any size are ints. */
export function toObject(from: DType): (v: any) => unknown {
  if (from.kind === 'i' || from.kind === 'u') return (v) => BigInt(v);
  // So are the counts that stand for durations, and for dates that no date of JavaScript is.
  if (isTime(from)) return (v) => counted(itemOf(v, from));
  return (v) => itemOf(v, from);
}
const counted = (x: unknown): unknown => (typeof x === 'number' ? BigInt(x) : x);

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
  if ((isTime(from) && (isTime(to) || isNumber(to))) || (isTime(to) && isNumber(from))) return countsOf(from, to);
  if (from.kind === 'M' && isText(to)) return datesAsText(from, to);
  if (isTime(to) && isText(from))
    return from.kind === 'S' ? (v) => elementFrom(asciiText(v), to) : (v) => elementFrom(v, to);
  // Raw memory is false where all of its bytes are zero.
  if (from.kind === 'V' && to.kind === 'b') return (v: Uint8Array) => v.some((byte) => byte !== 0);
  if (to.kind === 'O') return toObject(from);
  if (to.kind === 'V' && isNumber(from)) return bytesFrom(from);
  if (from.kind === 'O') return fromObject(to);
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

/** A number as the bytes that it has in memory, which raw memory takes. */
function bytesFrom(from: DType): (v: any) => Uint8Array {
  const d = nativeOf(from);
  return (v) => {
    const bytes = new Uint8Array(d.itemsize);
    elementsOf({ bytes } as HostBuffer, d).set(0, v);
    return bytes;
  };
}

/** Counts to counts and numbers, by the expressions that kernels cast with. */
function countsOf(given: DType, asked: DType): (v: any) => unknown {
  const from = nativeOf(given);
  const to = nativeOf(asked);
  const run = evaluator(castTime([arg(0, from.part)], from, to));
  const wide = from.part === 'int64' || from.part === 'uint64';
  return (v) => {
    const re = isComplex(v) ? v.re : v;
    const out = run({ arg: () => (wide ? BigInt(re) : Number(re)) });
    if (to.kind === 'c') return complex(Number(out[0]), 0);
    return to.kind === 'b' ? out[0] !== 0 : out[0];
  };
}

/** Dates as text. @throws RuntimeError where the text has too few characters */
function datesAsText(from: DType, to: DType): (v: any) => unknown {
  const room = to.kind === 'U' ? to.itemsize / 4 : to.itemsize;
  return (v) => {
    const text = textOf(v, from);
    if (room < text.length)
      throw new RuntimeError(
        `The string provided for NumPy ISO datetime formatting was too short, with length ${room}`,
      );
    return to.kind === 'U' ? text : asciiBytes(text);
  };
}
