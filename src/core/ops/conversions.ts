import { type DType, isNumber, isText, isTime, nativeOf } from '../dtype.js';
import { RuntimeError } from '../errors.js';
import { evaluator } from '../ir/evaluate.js';
import { arg } from '../ir/expr.js';
import { complex, isComplex } from '../complex.js';
import { castTime } from './loops/time-cast.js';
import { elementFrom, itemOf, textOf } from '../scalars/index.js';
import { asciiBytes, asciiText } from '../scalars/text.js';

/** Conversions of single elements between dtypes of different kinds, as `astype` makes them. */

/** The conversion of an element of one dtype to one of another kind. */
export function conversion(from: DType, to: DType): (v: any) => unknown {
  if ((isTime(from) && (isTime(to) || isNumber(to))) || (isTime(to) && isNumber(from))) return countsOf(from, to);
  if (from.kind === 'M' && isText(to)) return datesAsText(from, to);
  if (isTime(to) && isText(from))
    return from.kind === 'S' ? (v) => elementFrom(asciiText(v), to) : (v) => elementFrom(v, to);
  if (to.kind === 'O') return (v) => itemOf(v, from);
  if (to.kind === 'U') return from.kind === 'S' ? (v) => asciiText(v) : (v) => textOf(v, from);
  if (to.kind === 'S') return from.kind === 'V' ? (v) => v : (v) => asciiBytes(textOf(v, from));
  if (from.kind === 'S') return to.kind === 'V' ? (v) => v : (v) => elementFrom(asciiText(v), to);
  return (v) => elementFrom(itemOf(v, from), to);
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
