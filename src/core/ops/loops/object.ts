import { bool, type DType, isTime, objectDtype } from '../../dtype.js';
import { TypeError, UFuncInputCastingError, UFuncNoLoopError } from '../../errors.js';
import { weakDefault } from '../../promote.js';
import { type Comparison, compare, truthy } from '../../python/compare.js';
import { FUNCTIONS1, FUNCTIONS2 } from '../../python/functions.js';
import * as o from '../../python/operators.js';
import type { FamilyLoop } from './family.js';
import type { Loop, UfuncRow } from '../row.js';

/** Loops of ufuncs over objects: which there are, and what each does with single values. */

const OPERATORS: Readonly<Record<string, o.Operator>> = {
  add: o.ADD,
  subtract: o.SUBTRACT,
  multiply: o.MULTIPLY,
  divide: o.DIVIDE,
  true_divide: o.DIVIDE,
  floor_divide: o.FLOOR_DIVIDE,
  remainder: o.REMAINDER,
  power: o.POWER,
  bitwise_and: o.AND,
  bitwise_or: o.OR,
  bitwise_xor: o.XOR,
  left_shift: o.LEFT_SHIFT,
  right_shift: o.RIGHT_SHIFT,
};

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  equal: '==',
  not_equal: '!=',
  less: '<',
  less_equal: '<=',
  greater: '>',
  greater_equal: '>=',
};

const PRODUCTS: ReadonlySet<string> = new Set(['matmul', 'vecdot', 'matvec', 'vecmat']);

const O = objectDtype;
const loop = (each: (...v: any[]) => unknown, nin: number, out: DType): Loop => ({
  text: `${'O'.repeat(nin)}->${out === bool ? '?' : 'O'}`,
  ins: new Array<DType>(nin).fill(O),
  outs: [out],
  each,
});

/** The loops of one ufunc, the first of which is the usual one; none where it does not take objects. */
function makeLoops(name: string): readonly Loop[] {
  const op = OPERATORS[name];
  if (op !== undefined) return [loop((a, b) => o.operate(op, a, b), 2, O)];
  const comparison = COMPARISONS[name];
  if (comparison !== undefined)
    return [
      loop((a, b) => truthy(compare(comparison, a, b)), 2, bool),
      loop((a, b) => compare(comparison, a, b), 2, O),
    ];
  const one = FUNCTIONS1[name];
  if (one !== undefined) return [loop(one, 1, O)];
  if (name === 'clip') return [loop((x, low, high) => FUNCTIONS2.minimum(FUNCTIONS2.maximum(x, low), high), 3, O)];
  if (name === 'choose') return [loop((c, x, y) => (truthy(c) ? x : y), 3, O)];
  // Products of more than two elements are computed where products are.
  if (PRODUCTS.has(name)) return [loop((a, b) => o.operate(o.MULTIPLY, a, b), 2, O)];
  const two = FUNCTIONS2[name];
  if (two === undefined) return [];
  const loops = [loop(two, 2, O)];
  if (!name.startsWith('logical_') || name === 'logical_xor') return loops;
  return [...loops, loop((a, b) => truthy(two(a, b)), 2, bool)];
}

const known = new WeakMap<UfuncRow, readonly Loop[]>();
function loopsOf(row: UfuncRow): readonly Loop[] {
  let loops = known.get(row);
  if (loops === undefined) {
    const { identity } = row;
    const empty = Number.isInteger(identity) ? BigInt(identity as number) : identity;
    known.set(row, (loops = makeLoops(row.name).map((l) => ({ ...l, empty }))));
  }
  return loops;
}

/** The loop of objects for a fold whose accumulator is a truth value: logical ufuncs with `dtype=bool`. */
export function truthLoop(row: UfuncRow): Loop | null {
  const found = loopsOf(row).find((l) => l.outs[0] === bool);
  if (found?.each === undefined || !row.name.startsWith('logical_')) return null;
  return { ...found, text: '??->?', ins: [bool, bool] };
}

/** ufuncs that look for a loop of times as soon as one operand is a time; the others see dates as objects. */
const TIMES: ReadonlySet<string> = new Set(['add', 'subtract', 'multiply', 'remainder', 'divmod']);

export const objectLoop: FamilyLoop = (row, operands, want, casting) => {
  if (TIMES.has(row.name) && operands.some((t) => typeof t === 'object' && isTime(t)))
    throw new UFuncNoLoopError(
      `ufunc '${row.name}' cannot use operands with types ${operands.map((t) => (typeof t === 'object' ? t : weakDefault(t)).repr()).join(' and ')}`,
    );
  const loops = loopsOf(row);
  const fits = (l: Loop): boolean =>
    want === null || want.every((d, i) => d === null || d === (i < row.nin ? l.ins[i] : l.outs[i - row.nin]));
  const found = loops.find(fits);
  if (found !== undefined) return found;
  const at = operands.findIndex((t) => typeof t === 'object' && t.kind === 'O');
  const asked = want?.find((d) => d !== null && d.kind !== 'O') ?? null;
  // A loop of another dtype was asked for, which takes objects where anything goes.
  if (asked !== null && at >= 0) {
    if (casting === 'unsafe') return null;
    const to = want?.[at] ?? asked;
    throw new UFuncInputCastingError(
      `Cannot cast ufunc '${row.name}' input${row.nin === 1 ? '' : ` ${at}`} from ${O.repr()} to ${to.repr()} with casting rule '${casting}'`,
    );
  }
  if (want !== null)
    throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);
  throw new TypeError(
    `ufunc '${row.name === 'true_divide' ? 'divide' : row.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
};
