import type { OfPoints } from './loops/points.js';
import { byName, type DType, DTYPES, kernelName, type ScalarType } from '../dtype.js';
import { TypeError, UFuncInputCastingError, UFuncNoLoopError, UFuncOutputCastingError } from '../errors.js';
import { castTime } from './loops/time-cast.js';
import * as x from '../ir/expr.js';
import type { Expr, MapProgram, Pair, Result } from '../ir/expr.js';
import { className as dtypeClass, WEAK_CLASS } from '../promote-other.js';
import { type Casting, canCast, kindRank, type WeakKind, weakDefault, weakYields } from '../promote.js';

/**
 * A ufunc is one row: its name, NumPy's type loops, and its scalar expressions. From the row come the eager kernels
 * for every dtype and layout, the methods (reduce, accumulate, …), and later its gradient and its place in fused graphs.
 */

/** One operand or result of a scalar body: an expression, or a pair of them for complex. */
export type Value = Expr | Pair;

export const isPair = (v: Value): v is Pair => 're' in v;

/** Called with the operands in the loop's types and, last, the loop itself. */
export type Body = (...args: any[]) => Value | readonly Value[];

export interface UfuncRow {
  readonly name: string;
  /** Kernels that were made already, by the operands' types: see ufunc.ts. */
  readonly ready: unknown[];
  readonly nin: number;
  readonly nout: number;
  /** NumPy's loops in NumPy's order, `dd->d` each: input and output type codes. */
  readonly types: readonly string[];
  /** Body for real inputs. Called with the loop's types; float16 loops compute in float32. */
  readonly real: Body;
  /** Body for loops whose inputs are complex, on pairs. */
  readonly complex?: Body;
  /** Body for loops whose inputs are bool, where it is not `real`. */
  readonly bool?: Body;
  readonly identity: number | boolean | null;
  /** Whether the operation may be reordered over several axes at once; NumPy marks those with no fixed order. */
  readonly reorderable: boolean;
  /** How a reduction may be ordered: see ReduceProgram. */
  readonly order: 'pairwise' | 'sequential' | 'any';
  /** One paragraph of documentation. */
  readonly doc: string;
  /** A loop chosen before the search, by text: for the few ufuncs whose types NumPy resolves in a way of their own. */
  readonly pick?: (operands: readonly OperandType[]) => string | null;
  /** Refuses operands that NumPy refuses by name; called with the operands' types, and the dtype asked for, before the search. */
  readonly refuse?: (operands: readonly OperandType[], asked: DType | null) => void;
  /** Another row that computes the same for a lone number in the second place (`power(x, 2)` is `square(x)`), or null. */
  readonly shortcut?: (second: number, first: DType) => UfuncRow | null;
  /** A comparison: lone integers that no dtype of the other operand holds compare as what they are, beyond all its values. */
  readonly comparison?: boolean;
  /** Called when an integer loop's second operand has a negative element. */
  readonly refuseNegative?: () => never;
  /** A function that NumPy does not have: it reports no floating-point errors. */
  readonly silent?: boolean;
}

/** What a row is written as; the rest has defaults. */
export type RowSpec = Pick<UfuncRow, 'types' | 'real' | 'doc'> & Partial<UfuncRow>;

/** Declares a ufunc. */
export const row = (name: string, nin: number, nout: number, spec: RowSpec): UfuncRow => ({
  name,
  nin,
  nout,
  identity: null,
  reorderable: false,
  order: 'sequential',
  ...spec,
  // Last: a row made from another one's parts must not share its kernels.
  ready: [],
});

const codes: Record<string, DType> = Object.fromEntries(DTYPES.map((d) => [d.char, d]));

export interface Loop {
  readonly text: string;
  readonly ins: readonly DType[];
  readonly outs: readonly DType[];
  /** The scalar expressions of a loop over dates or durations (their counts are int64), where it is not the row's own. */
  readonly body?: Body;
  /** What a loop over text, objects or structures does with elements, as `elementsOf` reads them; several outputs are a list. */
  readonly each?: (...elements: any[]) => unknown;
  /** The same for text as it lies in memory, where there is a loop for it. */
  readonly points?: OfPoints;
  /** The element that a fold of this loop starts with, where it is not the row's identity; undefined: the first element. */
  readonly identity?: unknown;
  /** What a fold of nothing gives, of loops that start with the first element where there is one. */
  readonly empty?: unknown;
}

const parsed = new WeakMap<UfuncRow, readonly Loop[]>();

/** A row's loops with their codes looked up. */
export function loopsOf(row: UfuncRow): readonly Loop[] {
  let loops = parsed.get(row);
  if (loops === undefined) {
    loops = row.types.map((text) => {
      const [i, o] = text.split('->');
      return { text, ins: [...i].map((c) => codes[c]), outs: [...o].map((c) => codes[c]) };
    });
    parsed.set(row, loops);
  }
  return loops;
}

/**
 * Loops of one pattern over type codes: `over('bB efd', '$$->$')`. A blank only separates.
 */
export const over = (chars: string, pattern: string): string[] =>
  [...chars].filter((c) => c !== ' ').map((c) => pattern.replaceAll('$', c));

/** What is known of an operand before it has a memory: a dtype, or the kind of a lone number. */
export type OperandType = DType | WeakKind;

/**
 * The loop for these operands: the first to which every strong operand casts safely and every weak one by kind.
 * @throws TypeError with NumPy's text when there is none
 */
export function resolveLoop(
  row: UfuncRow,
  operands: readonly OperandType[],
  casting: Casting,
  want: readonly (DType | null)[] | null,
): Loop {
  // Only the loop of booleans is refused; another dtype asked for makes numbers of them.
  if (want === null || want.every((d) => d === null || d.kind === 'b')) row.refuse?.(operands, want?.[row.nin] ?? null);
  if (row.pick !== undefined && want === null) {
    const text = row.pick(operands);
    if (text !== null) {
      const picked = loopsOf(row).find((l) => l.text === text) as Loop;
      if (casting !== 'same_kind') checkInputs(row, operands, operands, picked, casting);
      return picked;
    }
  }
  let strong = -1;
  for (const t of operands) if (typeof t === 'object' && kindRank(t) > strong) strong = kindRank(t);
  const types = operands.map((t) => {
    if (typeof t === 'object' || want !== null || weakYields(t, strong)) return t;
    // A lone complex number keeps the precision of floats beside it.
    if (
      t === 'complex' &&
      strong === 2 &&
      operands.every((o) => typeof o !== 'object' || o.kind !== 'f' || o.itemsize < 8)
    )
      return DT.complex64;
    return weakDefault(t);
  });
  const loops = loopsOf(row);
  // Where all results are truth values, asking for them says nothing about the inputs.
  const predicate = want !== null && loops.every((l) => l.outs.every((d) => d.kind === 'b'));
  // Where the dtype of one input is fixed, it is the others that have to fit.
  const fixes = want?.some((d, i) => d !== null && i < row.nin) === true;
  const search = (safely: boolean): Loop | undefined =>
    loops.find((loop) => {
      for (let i = 0; i < types.length; i++)
        if ((safely || (fixes && want?.[i] === null)) && !takes(types[i], loop.ins[i])) return false;
      // A dtype= or signature= fixes types of the loop; inputs then need only cast as `casting` says.
      if (want !== null)
        for (let k = 0; k < want.length; k++)
          if (want[k] !== null && want[k] !== (k < row.nin ? loop.ins[k] : loop.outs[k - row.nin])) return false;
      // Where only results are fixed, inputs that do not fit are cast to the same dtype, if there is such a loop.
      if (!safely && !fixes && loop.ins.some((d) => d !== loop.outs[0])) return false;
      return true;
    });
  // With dtypes asked for, a loop that takes the inputs safely is better than the first one of those dtypes.
  const whole = want?.every((d) => d !== null) === true;
  const found = search(true) ?? (want !== null && (!predicate || whole) ? search(false) : undefined);
  if (found !== undefined) {
    if (casting !== 'same_kind' || want !== null) checkInputs(row, operands, types, found, casting);
    return found;
  }
  if (want !== null) {
    if (NEW_STYLE.has(row.name) || (row.name === 'absolute' && typeof types[0] === 'object' && types[0].kind !== 'c'))
      throw noLoop(row.name, operands, want[row.nin]);
    throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);
  }
  if (NEW_STYLE.has(row.name)) throw noLoop(row.name, operands);
  throw new TypeError(
    `ufunc '${row.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

/** Ufuncs that NumPy resolves without its old rules, which shows in their message. */
const NEW_STYLE: ReadonlySet<string> = new Set(['gcd', 'lcm']);

const className = (t: OperandType | null): string => {
  if (t === null) return 'None';
  const name = typeof t === 'object' ? dtypeClass(t) : WEAK_CLASS[t];
  return `<class 'numpy.dtypes.${name}'>`;
};

/** The error of a ufunc that has no loop for these operands; null stands for an operand that a fold keeps itself. */
export const noLoop = (
  name: string,
  operands: readonly (OperandType | null)[],
  out: DType | null = null,
): UFuncNoLoopError =>
  new UFuncNoLoopError(
    `ufunc '${name}' did not contain a loop with signature matching types ${operands.length === 1 ? className(operands[0]) : `(${operands.map(className).join(', ')})`} -> ${className(out)}`,
  );

/** Whether a loop's input takes an operand without loss. */
const takes = (t: OperandType, to: DType): boolean =>
  typeof t === 'object' ? canCast(t, to, 'safe') : weakYields(t, kindRank(to));

function checkInputs(
  row: UfuncRow,
  given: readonly OperandType[],
  types: readonly OperandType[],
  loop: Loop,
  casting: Casting,
): void {
  // Truth values are made of anything.
  if (row.nin === 2 && row.name.startsWith('logical_')) return;
  // A number of JavaScript's is an int as well as a float.
  if (casting === 'equiv')
    given.forEach((t, i) => {
      if (
        typeof t !== 'object' &&
        weakYields(t, kindRank(loop.ins[i])) &&
        loop.ins[i] !== weakDefault(t) &&
        loop.ins[i] !== DT.float64
      )
        throw new TypeError(`cannot cast Python ${t} to ${loop.ins[i].name} under the casting rule 'equiv'`);
    });
  for (let i = 0; i < types.length; i++) {
    const t = types[i];
    if (
      typeof t === 'object'
        ? !canCast(t, loop.ins[i], casting)
        : casting !== 'unsafe' && !weakYields(t, kindRank(loop.ins[i]))
    ) {
      const which = types.length === 1 ? '' : ` ${i}`;
      throw new UFuncInputCastingError(
        `Cannot cast ufunc '${row.name}' input${which} from ${(typeof t === 'object' ? t : weakDefault(t)).repr()} to ${loop.ins[i].repr()} with casting rule '${casting}'`,
      );
    }
  }
}

/** @throws UFuncTypeError when results of the loop may not be cast to an out array's dtype */
export function checkOutput(row: UfuncRow, index: number, from: DType, to: DType, casting: Casting): void {
  if (!canCast(from, to, casting)) {
    // NumPy counts outputs after inputs here.
    const which = row.nout === 1 ? '' : ` ${row.nin + index}`;
    throw new UFuncOutputCastingError(
      `Cannot cast ufunc '${row.name}' output${which} from ${from.repr()} to ${to.repr()} with casting rule '${casting}'`,
    );
  }
}

// ---- building programs ---------------------------------------------------------------------------------------------

/** The type that a loop of this dtype computes in: float16 in float32, as NumPy does. */
const computeType = (d: DType): ScalarType => (d.part === 'float16' ? 'float32' : d.part);

/** Real part and imaginary part of a cast between dtypes, as `astype` makes it. */
export function castParts(parts: readonly Expr[], from: DType, to: DType): readonly Expr[] {
  if (from.index < 0 || to.index < 0) return castTime(parts, from, to);
  if (to.kind === 'c')
    return [x.cast(parts[0], to.part), from.kind === 'c' ? x.cast(parts[1], to.part) : x.konst(to.part, 0)];
  if (from.kind === 'c' && to.kind === 'b') return [x.or(x.cast(parts[0], 'bool'), x.cast(parts[1], 'bool'))];
  return [x.cast(parts[0], to.part)];
}

/** The components of operand `index` as it lies in memory. */
export const argParts = (index: number, d: DType): readonly Expr[] =>
  d.kind === 'c' ? [x.arg(index, d.part, 0), x.arg(index, d.part, 1)] : [x.arg(index, d.part)];

/** A value in the type that a loop computes with. */
const toLoop = (parts: readonly Expr[], from: DType, loop: DType): Value => {
  if (loop.kind === 'c') {
    const [re, im] = castParts(parts, from, loop);
    return { re, im };
  }
  const cast = castParts(parts, from, loop)[0];
  return loop.part === 'float16' ? x.cast(cast, 'float32') : cast;
};

/** A body's value as components of a loop's output dtype. */
const fromLoop = (v: Value, loop: DType): readonly Expr[] => {
  if (isPair(v))
    return loop.kind === 'c' ? [x.cast(v.re, loop.part), x.cast(v.im, loop.part)] : [x.cast(v.re, loop.part)];
  return loop.kind === 'c' ? [x.cast(v, loop.part), x.konst(loop.part, 0)] : [x.cast(v, loop.part)];
};

/** Applies a row's body for a loop to operands' components (which have dtypes `from`); gives the components of each output in the loop's own dtypes. */
export function applyBody(
  row: UfuncRow,
  loop: Loop,
  operands: readonly (readonly Expr[])[],
  from: readonly DType[],
): readonly (readonly Expr[])[] {
  const args = operands.map((parts, i) => toLoop(parts, from[i], loop.ins[i]));
  const first = loop.ins[0];
  const body =
    loop.body !== undefined
      ? loop.body
      : first.kind === 'c'
        ? row.complex
        : first.kind === 'b' && loop.ins.every((d) => d.kind === 'b') && row.bool
          ? row.bool
          : row.real;
  if (body === undefined) throw new Error(`ufunc ${row.name} has no complex body for its loop ${loop.text}`);
  const out = body(...args, loop);
  const outs = Array.isArray(out) ? (out as readonly Value[]) : [out as Value];
  return outs.map((v, i) => fromLoop(v, loop.outs[i]));
}

/** The elementwise program of a loop for operands and outputs of these dtypes in memory. With `masked`, a last bool operand selects between the result and what the outputs held (further operands). */
export function mapProgram(
  row: UfuncRow,
  loop: Loop,
  ins: readonly DType[],
  outs: readonly DType[],
  masked: boolean,
): MapProgram {
  const parts = ins.map((d, i) => argParts(i, d));
  const values = applyBody(row, loop, parts, ins);
  const mask = masked ? x.arg(row.nin, 'bool') : null;
  const results: Result[] = values.map((v, i) => {
    let cast = castParts(v, loop.outs[i], outs[i]);
    if (mask !== null) {
      const old = argParts(row.nin + 1 + i, outs[i]);
      cast = cast.map((e, k) => x.select(mask, e, old[k]));
    }
    return { dtype: kernelName(outs[i]), parts: cast };
  });
  const operands = ins.map(kernelName);
  if (masked) operands.push('bool', ...outs.map(kernelName));
  return { kind: 'map', name: row.name, operands, results };
}

export { computeType };
export const DT: typeof byName = byName;
