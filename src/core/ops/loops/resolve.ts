import { type DType, isNumber, isText, isTime, nativeOf } from '../../dtype.js';
import { TypeError, UFuncInputCastingError, UFuncNoLoopError } from '../../errors.js';
import { canCast, type Casting, weakDefault } from '../../promote.js';
import { className, WEAK_CLASS } from '../../promote-other.js';
import { type Loop, noLoop, type OperandType, resolveLoop, type UfuncRow } from '../row.js';
import { objectLoop, truthLoop } from './object.js';
import { BY_CLASS, structureLoop } from './structure.js';
import { textLoop } from './text.js';
import { TIME_ARITHMETIC, timeLoop } from './time.js';

/**
 * Which loop runs where an operand is no native number. Each family of dtypes has a table of its own; the first that knows the ufunc for
 * these operands gives the loop.
 */

const some = (types: readonly (OperandType | null)[], test: (d: DType) => boolean): boolean =>
  types.some((t) => t !== null && typeof t === 'object' && test(t));

const ONLY_GENERAL =
  'The `dtype` and `signature` arguments to ufuncs only select the general DType and not details such as the byte order or time unit. You can avoid this error by using the scalar types `np.float64` or the dtype string notation.';

/** The loop for these operands, of whatever dtypes. @throws UFuncTypeError with NumPy's text when there is none */
export function resolve(
  row: UfuncRow,
  given: readonly OperandType[],
  casting: Casting,
  want: readonly (DType | null)[] | null,
  outs: readonly (DType | null)[] | null = null,
): Loop {
  const types = want === null ? given : [...given, ...want];
  if (!some(types, (d) => d.index < 0)) {
    if (row.types.length === 0 && row.refuse === undefined) throw noLoop(row.name, given);
    return resolveLoop(row, given, casting, want);
  }
  if (want?.some((d) => d !== null && nativeOf(d) !== d)) throw new TypeError(ONLY_GENERAL);
  const operands = given.map((t) => (typeof t === 'object' ? nativeOf(t) : t));
  const foreign = operands.some((t, i) => t !== given[i]);
  try {
    return nativeLoop(row, operands, given, casting, want, outs);
  } catch (e) {
    if (!foreign) throw e;
    // Operands in the other byte order are refused under the names that they have.
    try {
      nativeLoop(row, given, given, casting, want, outs);
    } catch (named) {
      if ((named as Error).name === (e as Error).name) throw named;
    }
    throw e;
  }
}

/** The loop for operands in the machine's byte order. */
function nativeLoop(
  row: UfuncRow,
  operands: readonly OperandType[],
  given: readonly OperandType[],
  casting: Casting,
  want: readonly (DType | null)[] | null,
  outs: readonly (DType | null)[] | null,
): Loop {
  const asked = want?.map((d) => (d === null ? null : nativeOf(d))) ?? null;
  const all = asked === null ? operands : [...operands, ...asked];
  if (!some(all, (d) => d.index < 0)) return resolveLoop(row, operands, casting, asked);
  if (row.types.length === 0 && !some(all, isTime)) row.refuse?.(given, null);
  // Where every dtype is asked for and is one of numbers, operands are cast as the rule says, whatever they are.
  if (casting === 'unsafe' && asked?.every((d) => d !== null && d.index >= 0))
    return resolveLoop(row, asked.slice(0, row.nin) as DType[], casting, asked);
  let loop: Loop | null = null;
  const numbers = asked !== null && casting !== 'unsafe' && !some(asked, (d) => d.index < 0);
  try {
    loop = ofFamily(row, operands, asked, casting, outs, all);
    // What was asked for of a comparison is its loop: that of numbers.
    const wanted = asked?.at(-1) ?? null;
    if (
      numbers &&
      (row.comparison === true || row.name.startsWith('logical_')) &&
      loop !== null &&
      wanted !== null &&
      wanted !== loop.outs[0] &&
      !some(operands, (d) => d.kind === 'O')
    )
      throw noMatch(row);
  } catch (e) {
    if (numbers && asked !== null) refuseNumbers(row, operands, asked, casting);
    throw e;
  }
  if (loop !== null) return loop;
  if (numbers && asked !== null) {
    if (row.comparison === true) throw noMatch(row);
    refuseNumbers(row, operands, asked, casting);
  }
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

const noMatch = (row: UfuncRow): TypeError =>
  new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);

/** The loop that the family of the operands has. */
function ofFamily(
  row: UfuncRow,
  operands: readonly OperandType[],
  asked: readonly (DType | null)[] | null,
  casting: Casting,
  outs: readonly (DType | null)[] | null,
  all: readonly (OperandType | null)[],
): Loop | null {
  if (some(all, (d) => d.kind === 'O')) return objectLoop(row, operands, asked, casting);
  // Truth values are asked of each operand by itself.
  const truth = row.name.startsWith('logical_') && some(all, (d) => isText(d) || d.kind === 'V');
  // Text times anything is a text, until what it is multiplied by turns out to be no number.
  if (row.name === 'multiply' && asked === null && some(operands, isTime) && some(operands, isText)) {
    const at = operands.findIndex((t) => typeof t === 'object' && isTime(t));
    if (outs === null || outs[0] === null)
      throw new TypeError(
        "The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to multiply strings without specifying 'out'.",
      );
    throw new UFuncInputCastingError(
      `Cannot cast ufunc 'multiply' input ${at} from ${(operands[at] as DType).repr()} to dtype('int64') with casting rule '${casting}'`,
    );
  }
  if (some(all, isTime) && !truth) return timeLoop(row, operands, asked, casting);
  if (some(all, (d) => d.kind === 'U' || d.kind === 'S')) return textLoop(row, operands, asked, casting, outs);
  return structureLoop(row, operands, asked, casting);
}

/** A loop of numbers was asked for by its dtype, and an operand is none: it cannot be cast, or there is no such loop. */
function refuseNumbers(
  row: UfuncRow,
  operands: readonly OperandType[],
  asked: readonly (DType | null)[],
  casting: Casting,
): void {
  if (some(operands, (d) => d.kind === 'O')) return;
  const number = asked.find((d) => d !== null) as DType;
  let loop: Loop;
  try {
    loop = resolveLoop(
      row,
      operands.map((t) => (typeof t === 'object' ? number : t)),
      casting,
      asked,
    );
  } catch (e) {
    throw e instanceof UFuncNoLoopError ? noLoop(row.name, operands, asked.at(-1) ?? null) : noMatch(row);
  }
  for (const [i, t] of operands.entries())
    if (typeof t === 'object' && !canCast(t, loop.ins[i], casting))
      throw new UFuncInputCastingError(
        `Cannot cast ufunc '${row.name}' input${row.nin === 1 ? '' : ` ${i}`} from ${t.repr()} to ${loop.ins[i].repr()} with casting rule '${canCast(t, loop.ins[i], 'unsafe') ? casting : 'unsafe'}'`,
      );
}

/** The error of a ufunc without a loop for dtypes that are no numbers. */
export function noLoopFor(row: UfuncRow, operands: readonly OperandType[]): UFuncNoLoopError {
  // Text and raw memory are refused by dtype; lone numbers have become arrays by then.
  const legacy = some(operands, (d) => d.kind === 'V' || isText(d)) && !BY_CLASS.has(row.name);
  const text = (t: OperandType): string =>
    legacy
      ? (typeof t === 'object' ? t : weakDefault(t)).repr()
      : `<class 'numpy.dtypes.${typeof t === 'object' ? className(t) : WEAK_CLASS[t]}'>`;
  const list = operands.map(text);
  return new UFuncNoLoopError(
    `ufunc '${row.name}' did not contain a loop with signature matching types ${list.length === 1 ? list[0] : `(${list.join(', ')})`} -> None`,
  );
}

/**
 * The loop of a fold: its first input and its output are one dtype, or the output is a truth value.
 * @throws TypeError where the results of a step cannot be folded again
 */
export function otherFold(row: UfuncRow, input: DType, asked: DType | null, method = 'reduce'): Loop {
  // What computes with times does so whatever is asked for.
  if (isTime(input) && TIME_ARITHMETIC.has(row.name) && asked !== null && !isTime(asked))
    return checkedFold(row, resolve(row, [input, input], 'unsafe', null), method);
  if (asked !== null && isTime(asked))
    return checkedFold(row, resolve(row, [input, input], 'unsafe', [null, null, asked]), method);
  const d = asked ?? input;
  if (
    asked !== null &&
    isNumber(asked) &&
    asked.kind !== 'b' &&
    (row.comparison === true || row.name.startsWith('logical_'))
  )
    throw noMatch(row);
  if (input.kind === 'O' && d.kind === 'b') {
    const loop = truthLoop(row);
    if (loop !== null) return loop;
  }
  if (row.comparison === true && isText(d)) throw noMatch(row);
  if (isTime(d) && (row.name === 'gcd' || row.name === 'lcm')) throw noLoop(row.name, [null, d]);
  const loop = resolve(row, [d, d], 'unsafe', null);
  if (d.kind !== 'O') return checkedFold(row, loop, method);
  if (loop.outs[0].kind === 'O') return loop;
  // Truth values are no accumulator of objects.
  if (asked === null) throw noMatch(row);
  return resolve(row, [d, d], 'unsafe', [null, null, d]);
}

function checkedFold(row: UfuncRow, loop: Loop, method: string): Loop {
  if (loop.outs[0] === loop.ins[0]) return loop;
  if (loop.outs[0].kind === 'b') {
    if (row.name.startsWith('logical_')) return loop;
    throw noMatch(row);
  }
  throw new TypeError(
    `the resolved dtypes are not compatible with ${row.name}.${method}. Resolved (${[...loop.ins, ...loop.outs].map((d) => d.repr()).join(', ')})`,
  );
}
