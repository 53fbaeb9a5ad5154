import { type DType, isTime, nativeOf } from '../../dtype.js';
import { TypeError, UFuncNoLoopError } from '../../errors.js';
import type { Casting } from '../../promote.js';
import { type Loop, type OperandType, resolveLoop, type UfuncRow } from '../row.js';
import { objectLoop, truthLoop } from './object.js';
import { structureLoop } from './structure.js';
import { textLoop } from './text.js';
import { timeLoop } from './time.js';

/**
 * Which loop runs where an operand is no native number. Each family of dtypes has a table of its own; the first that knows the ufunc for
 * these operands gives the loop.
 */

const some = (types: readonly (OperandType | null)[], test: (d: DType) => boolean): boolean =>
  types.some((t) => t !== null && typeof t === 'object' && test(t));

/** The loop for these operands, of whatever dtypes. @throws UFuncTypeError with NumPy's text when there is none */
export function resolve(
  row: UfuncRow,
  given: readonly OperandType[],
  casting: Casting,
  want: readonly (DType | null)[] | null,
): Loop {
  const types = want === null ? given : [...given, ...want];
  if (!some(types, (d) => d.index < 0)) return resolveLoop(row, given, casting, want);
  const operands = given.map((t) => (typeof t === 'object' ? nativeOf(t) : t));
  const asked = want?.map((d) => (d === null ? null : nativeOf(d))) ?? null;
  const all = asked === null ? operands : [...operands, ...asked];
  if (!some(all, (d) => d.index < 0)) return resolveLoop(row, operands, casting, asked);
  let loop: Loop | null = null;
  if (some(all, (d) => d.kind === 'O')) loop = objectLoop(row, operands, asked, casting);
  else if (some(all, isTime)) loop = timeLoop(row, operands, asked, casting);
  else if (some(all, (d) => d.kind === 'U' || d.kind === 'S')) loop = textLoop(row, operands, asked, casting);
  else loop = structureLoop(row, operands, asked, casting);
  if (loop !== null) return loop;
  // Numbers were asked for, and anything may be cast to them.
  if (casting === 'unsafe' && asked !== null && !some(asked, (d) => d.index < 0)) {
    const number = asked.find((d) => d !== null) as DType;
    return resolveLoop(
      row,
      operands.map((t) => (typeof t === 'object' && t.index < 0 ? number : t)),
      casting,
      asked,
    );
  }
  throw noLoopFor(row, given);
}

const WEAK_CLASS = { int: 'PyLongDType', float: 'PyFloatDType', complex: 'PyComplexDType' };

/** The error of a ufunc without a loop for dtypes that are no numbers. */
export function noLoopFor(row: UfuncRow, operands: readonly OperandType[]): UFuncNoLoopError {
  const text = (t: OperandType): string =>
    typeof t === 'object' ? t.repr() : `<class 'numpy.dtypes._${WEAK_CLASS[t]}'>`;
  const list = operands.map(text);
  return new UFuncNoLoopError(
    `ufunc '${row.name}' did not contain a loop with signature matching types ${list.length === 1 ? list[0] : `(${list.join(', ')})`} -> None`,
  );
}

/** The loop of a fold: its first input and its output are one dtype. */
export function otherFold(row: UfuncRow, input: DType, asked: DType | null): Loop {
  const d = asked ?? input;
  if (input.kind === 'O' && d.kind === 'b') {
    const loop = truthLoop(row);
    if (loop !== null) return loop;
  }
  const loop = resolve(row, [d, d], 'unsafe', null);
  if (d.kind !== 'O' || loop.outs[0].kind === 'O') return loop;
  // Truth values are no accumulator of objects.
  if (asked === null)
    throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);
  return resolve(row, [d, d], 'unsafe', [null, null, d]);
}
