import { type NumericName, isFloat, isWide, type ScalarType } from '../dtype.js';

/**
 * Scalar expressions: the one language in which every elementwise function, reduction step and cast is written.
 *
 * An expression is an immutable DAG. Its operations are the basis below, about forty, and nothing else: a device that
 * lowers the basis runs every function of the library. Complex arithmetic is written on pairs of real expressions.
 *
 * The meaning of each basis operation is fixed here and made executable by `evaluate` (ir/evaluate.ts), which the
 * reference device runs; the other devices must agree with it bit for bit (NaN payloads excepted).
 */

/** One constant table of float64 numbers, for `lookup`. Devices place it in their memory once. */
export class Table {
  constructor(
    readonly name: string,
    readonly data: Float64Array,
  ) {}
}

/**
 * The basis. `same`: the result has the operands' type; `bool`: a comparison.
 *
 * | op | types | meaning |
 * |---|---|---|
 * | add sub mul | ints, floats | integers wrap modulo 2^bits; floats are IEEE |
 * | div | floats | IEEE |
 * | neg abs | ints, floats | integers wrap (abs(MIN) is MIN); floats change the sign bit only |
 * | sqrt floor ceil trunc rint | floats | IEEE; rint rounds half to even; all keep -0 |
 * | min max | all | floats: NaN if either is NaN, -0 below +0; bool: false below true |
 * | copysign | floats | magnitude of the first, sign bit of the second (also of a NaN) |
 * | quot rem | ints | truncating division and its remainder; by zero both give 0; MIN quot -1 is MIN, MIN rem -1 is 0 |
 * | and or xor not | ints, bool | bitwise; on bool logical |
 * | shl shr | ints | count (same type) modulo the bit width; shr is arithmetic for signed, logical for unsigned |
 * | clz popcnt | ints | on the bits of the type's own width |
 * | eq ne lt le gt ge | all | IEEE for floats (NaN: only ne is true) |
 * | select(c, a, b) | all | a where c, else b; both are evaluated, neither can trap |
 * | rare(c, a, b) | all | select, where c is expected to be almost always false: a device may skip a |
 * | cast | all to all | C casts as NumPy makes them on x86-64, see evaluate.ts |
 * | bitcast | 4 or 8 bytes | same bits, other type: float32 with (u)int32, float64 with (u)int64 |
 * | lookup(i) | int32 to float64 | entry i of a table; the index is in range |
 */
export const BASIS = {
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  neg: 1,
  abs: 1,
  sqrt: 1,
  floor: 1,
  ceil: 1,
  trunc: 1,
  rint: 1,
  min: 2,
  max: 2,
  copysign: 2,
  quot: 2,
  rem: 2,
  and: 2,
  or: 2,
  xor: 2,
  not: 1,
  shl: 2,
  shr: 2,
  clz: 1,
  popcnt: 1,
  eq: 2,
  ne: 2,
  lt: 2,
  le: 2,
  gt: 2,
  ge: 2,
  select: 3,
  rare: 3,
  cast: 1,
  bitcast: 1,
  lookup: 1,
} as const;

export type ScalarOp = keyof typeof BASIS;

/**
 * Leaves and structure:
 * - `arg`: component `part` of operand `index` of the program, read from memory;
 * - `const`: a literal (`value`; bigint for 64-bit integers, number otherwise, 0 or 1 for bool);
 * - `position`: in a reduction, the int64 index of the element along the reduced axes in C order; in a map, of the element in C order;
 * - `acc`, `val`: in a reduction's combine step, accumulator `index` and the mapped value `index`; `acc` alone in its finish step;
 * - `loop`: result `index` of a loop, whose `args` are the initial states;
 * - `state`: inside of a loop, its current state `index`.
 */
export type LeafOp = 'arg' | 'const' | 'position' | 'acc' | 'val' | 'loop' | 'state';

export interface Loop {
  readonly states: readonly Expr[];
  readonly cond: Expr;
  readonly next: readonly Expr[];
}

export interface Expr {
  readonly op: ScalarOp | LeafOp;
  readonly type: ScalarType;
  readonly args: readonly Expr[];
  readonly index: number;
  readonly part: number;
  readonly value: number | bigint;
  readonly table: Table | null;
  readonly loop: Loop | null;
}

const NONE: readonly Expr[] = [];
const node = (
  op: Expr['op'],
  type: ScalarType,
  args: readonly Expr[] = NONE,
  index = 0,
  part = 0,
  value: number | bigint = 0,
  table: Table | null = null,
  loop: Loop | null = null,
): Expr => ({ op, type, args, index, part, value, table, loop });

/** An expression, or a literal that takes the type of what it stands beside. */
export type E = Expr | number | bigint;

export const arg = (index: number, type: ScalarType, part: 0 | 1 = 0): Expr => node('arg', type, NONE, index, part);
export const position: Expr = node('position', 'int64');
export const acc = (index: number, type: ScalarType): Expr => node('acc', type, NONE, index);
export const val = (index: number, type: ScalarType): Expr => node('val', type, NONE, index);

/** A literal of the given type; a number given for a 64-bit integer must be integral. */
export const konst = (type: ScalarType, value: number | bigint | boolean): Expr =>
  node('const', type, NONE, 0, 0, isWide(type) ? BigInt(value) : Number(value));

const lift = (x: E, type: ScalarType): Expr => (typeof x === 'object' ? x : konst(type, x));

const same2 =
  (op: ScalarOp) =>
  (a: E, b: E): Expr => {
    const type = typeof a === 'object' ? a.type : (b as Expr).type;
    const l = lift(a, type);
    const r = lift(b, type);
    if (l.type !== r.type) throw new Error(`${op}: operands of types ${l.type} and ${r.type}`);
    return node(op, type, [l, r]);
  };
const same1 =
  (op: ScalarOp) =>
  (a: Expr): Expr =>
    node(op, a.type, [a]);
const compare =
  (op: ScalarOp) =>
  (a: E, b: E): Expr =>
    node(op, 'bool', same2(op)(a, b).args);

export const add: (a: E, b: E) => Expr = same2('add');
export const sub: (a: E, b: E) => Expr = same2('sub');
export const mul: (a: E, b: E) => Expr = same2('mul');
export const div: (a: E, b: E) => Expr = same2('div');
export const min: (a: E, b: E) => Expr = same2('min');
export const max: (a: E, b: E) => Expr = same2('max');
export const copysign: (a: E, b: E) => Expr = same2('copysign');
export const quot: (a: E, b: E) => Expr = same2('quot');
export const rem: (a: E, b: E) => Expr = same2('rem');
export const and: (a: E, b: E) => Expr = same2('and');
export const or: (a: E, b: E) => Expr = same2('or');
export const xor: (a: E, b: E) => Expr = same2('xor');
export const shl: (a: E, b: E) => Expr = same2('shl');
export const shr: (a: E, b: E) => Expr = same2('shr');
export const neg: (a: Expr) => Expr = same1('neg');
export const abs: (a: Expr) => Expr = same1('abs');
export const sqrt: (a: Expr) => Expr = same1('sqrt');
export const floor: (a: Expr) => Expr = same1('floor');
export const ceil: (a: Expr) => Expr = same1('ceil');
export const trunc: (a: Expr) => Expr = same1('trunc');
export const rint: (a: Expr) => Expr = same1('rint');
export const not: (a: Expr) => Expr = same1('not');
export const clz: (a: Expr) => Expr = same1('clz');
export const popcnt: (a: Expr) => Expr = same1('popcnt');
export const eq: (a: E, b: E) => Expr = compare('eq');
export const ne: (a: E, b: E) => Expr = compare('ne');
export const lt: (a: E, b: E) => Expr = compare('lt');
export const le: (a: E, b: E) => Expr = compare('le');
export const gt: (a: E, b: E) => Expr = compare('gt');
export const ge: (a: E, b: E) => Expr = compare('ge');

const choice =
  (op: 'select' | 'rare') =>
  (c: Expr, a: E, b: E): Expr => {
    if (c.type !== 'bool') throw new Error(`${op}: condition of type ${c.type}`);
    const two = same2(op)(a, b);
    return node(op, two.type, [c, two.args[0], two.args[1]]);
  };
export const select: (c: Expr, a: E, b: E) => Expr = choice('select');
export const rare: (c: Expr, slow: E, fast: E) => Expr = choice('rare');

/** C cast to another type; the same expression when it has that type already. */
export const cast = (a: Expr, type: ScalarType): Expr => (a.type === type ? a : node('cast', type, [a]));
export const bitcast = (a: Expr, type: ScalarType): Expr => (a.type === type ? a : node('bitcast', type, [a]));
export const lookup = (table: Table, index: Expr): Expr =>
  node('lookup', 'float64', [cast(index, 'int32')], 0, 0, 0, table);

/**
 * Iterates: the states start as `inits`; while `cond` holds for the current states they are replaced, all at once, by `next`.
 * Returns the final states. `body` is called once, with expressions that stand for the states.
 */
export function loop(
  inits: readonly Expr[],
  body: (...states: Expr[]) => { while: Expr; next: readonly Expr[] },
): Expr[] {
  const states = inits.map((e, i) => node('state', e.type, NONE, i));
  const b = body(...states);
  const l: Loop = { states, cond: b.while, next: b.next };
  return inits.map((e, i) => node('loop', e.type, inits, i, 0, 0, null, l));
}

/** A complex value as its two halves. */
export interface Pair {
  readonly re: Expr;
  readonly im: Expr;
}

export const isnan = (x: Expr): Expr => (isFloat(x.type) ? ne(x, x) : konst('bool', 0));

/** One result of a program: its dtype in memory and one expression for each component, of the component's type. */
export interface Result {
  readonly dtype: NumericName;
  readonly parts: readonly Expr[];
}

/**
 * What a device runs: an elementwise map, a map followed by a reduction and an epilogue, or the same kept at every step.
 * Operands are read in their own dtypes (the casts are part of the expressions), so mixed dtypes need no copies.
 */
export interface MapProgram {
  readonly kind: 'map';
  readonly name: string;
  readonly operands: readonly NumericName[];
  readonly results: readonly Result[];
}

export interface ReduceProgram {
  readonly kind: 'reduce' | 'scan';
  readonly name: string;
  readonly operands: readonly NumericName[];
  /** From the operands' elements to the k values that are combined. */
  readonly map: readonly Expr[];
  /** From `acc(0 … k-1)` and `val(0 … k-1)` to the new accumulators. */
  readonly combine: readonly Expr[];
  /** The accumulators before the first element (literals, or args that do not vary along the reduced axes); null: the first element is taken as it is. */
  readonly initial: readonly Expr[] | null;
  /**
   * `pairwise`: NumPy's blocked summation; `sequential`: in order; `any`: the combine step is exact and commutative, so that a
   * device may choose.
   */
  readonly order: 'pairwise' | 'sequential' | 'any';
  /** The epilogue: from the final accumulators (and args that do not vary along the reduced axes) to the results. */
  readonly results: readonly Result[];
  /** NumPy buffers operands that it must cast in chunks of 8192 elements, which shows in the order of a pairwise sum. */
  readonly buffered?: boolean;
}

export type Program = MapProgram | ReduceProgram;
