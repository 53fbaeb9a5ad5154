import type { ArrayValue } from '../../core/array.js';
import { Immediate, type AnyOperand } from '../../core/device/device.js';
import { hostDevice } from '../../core/device/registry.js';
import { asDtype, type NumericName, type ScalarType } from '../../core/dtype.js';
import * as x from '../../core/ir/expr.js';
import type { Expr, MapProgram } from '../../core/ir/expr.js';
import { log, sin, cos } from '../../core/math/index.js';

/**
 * Random values as programs: words of random bits from the place of their block, and values from words. What is rounded to single
 * precision on the way is what TensorFlow rounds there; functions are computed in double precision.
 */

export type FloatName = 'float16' | 'float32' | 'float64';

const LOW = 0xffffffffn;
const u64 = (v: bigint): Expr => x.konst('uint64', v);
const shifted = (e: Expr, by: bigint): Expr => x.shr(e, by);
const word = (e: Expr): Expr => x.and(e, LOW);

/** The four words of a block of Philox: a counter of two 64-bit halves, and the two words of a key. */
function philox(counter: readonly [Expr, Expr], key: readonly [Expr, Expr]): [Expr, Expr, Expr, Expr] {
  let [a, b] = [word(counter[0]), shifted(counter[0], 32n)];
  let [c, d] = [word(counter[1]), shifted(counter[1], 32n)];
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const pa = x.mul(a, u64(0xd2511f53n));
    const pc = x.mul(c, u64(0xcd9e8d57n));
    [a, b, c, d] = [x.xor(x.xor(shifted(pc, 32n), b), k0), word(pc), x.xor(x.xor(shifted(pa, 32n), d), k1), word(pa)];
    k0 = word(x.add(k0, u64(0x9e3779b9n)));
    k1 = word(x.add(k1, u64(0xbb67ae85n)));
  }
  return [a, b, c, d];
}

/** Operands 0 … 3: the counter's halves and the key's words. */
const STATE: readonly ScalarType[] = ['uint64', 'uint64', 'uint64', 'uint64'];
const state = (): Expr[] => STATE.map((d, i) => x.arg(i, d));
/** A counter so many blocks further. */
function further(low: Expr, high: Expr, by: Expr): [Expr, Expr] {
  const sum = x.add(low, by);
  return [sum, x.add(high, x.cast(x.lt(sum, low), 'uint64'))];
}
const place = (): Expr => x.cast(x.position, 'uint64');

export const BLOCKS: MapProgram = /*@__PURE__*/ (() => {
  const [low, high, k0, k1] = state();
  const words = philox(further(low, high, place()), [k0, k1]);
  return {
    kind: 'map',
    name: 'philox',
    operands: STATE,
    results: words.map((w) => ({ dtype: 'uint32' as const, parts: [x.cast(w, 'uint32')] })),
  };
})();

const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];
/** The two words of a block of Threefry: operands are the counter (of 64 bits), and the key's words. */
export const THREEFRY: MapProgram = /*@__PURE__*/ (() => {
  const from = x.add(x.arg(0, 'uint64'), place());
  const keys = [x.arg(1, 'uint32'), x.arg(2, 'uint32')];
  keys.push(x.xor(x.xor(keys[0], keys[1]), 0x1bd11bda));
  let a = x.add(x.cast(from, 'uint32'), keys[0]);
  let b = x.add(x.cast(shifted(from, 32n), 'uint32'), keys[1]);
  for (let group = 0; group < 5; group++) {
    for (const r of ROTATIONS[group % 2]) {
      a = x.add(a, b);
      b = x.xor(x.or(x.shl(b, r), x.shr(b, 32 - r)), a);
    }
    a = x.add(a, keys[(group + 1) % 3]);
    b = x.add(x.add(b, keys[(group + 2) % 3]), group + 1);
  }
  return {
    kind: 'map',
    name: 'threefry',
    operands: ['uint64', 'uint32', 'uint32'],
    results: [a, b].map((w) => ({ dtype: 'uint32' as const, parts: [w] })),
  };
})();

// ---- values of words -------------------------------------------------------------------------------------------------------

const f64 = (e: Expr): Expr => x.cast(e, 'float64');
/** Rounded to single precision. */
const rounded = (e: Expr): Expr => f64(x.cast(e, 'float32'));
/** The lower bits of a word as a fraction in [0, 1). */
const fraction = (w: Expr, bits: number): Expr => x.mul(f64(x.cast(x.and(w, 2 ** bits - 1), 'int32')), 2 ** -bits);
/** 52 bits of two words likewise. */
const double = (a: Expr, b: Expr): Expr =>
  x.mul(x.add(x.mul(f64(x.cast(x.and(a, 0xfffff), 'int32')), 2 ** 32), f64(b)), 2 ** -52);

/** A pair of normals, by the method of Box and Muller. */
function pair(dtype: FloatName, w: readonly Expr[]): [Expr, Expr] {
  const wide = dtype === 'float64';
  const r = wide ? (e: Expr): Expr => e : rounded;
  const least = wide ? 1e-7 : Math.fround(1e-7);
  const [u, v] = wide ? [double(w[0], w[1]), double(w[2], w[3])] : [fraction(w[0], 23), fraction(w[1], 23)];
  const angle = r(x.mul(v, 2 * Math.PI));
  const radius = r(x.sqrt(r(x.mul(r(log(x.max(u, least))), -2))));
  return [r(x.mul(r(sin(angle)), radius)), r(x.mul(r(cos(angle)), radius))];
}

/** How many words make so many values at a time, and how. */
export interface Recipe {
  readonly words: number;
  readonly values: number;
  readonly program: MapProgram;
}
const recipe = (
  name: string,
  dtype: ScalarType,
  words: number,
  make: (w: readonly Expr[]) => readonly Expr[],
  more: readonly NumericName[] = [],
): Recipe => {
  const w = Array.from({ length: words }, (_, i) => x.arg(i, 'uint32'));
  const results = make(w).map((e) => ({ dtype, parts: [x.cast(e, dtype)] }));
  const operands = [...w.map(() => 'uint32' as const), ...more];
  return { words, values: results.length, program: { kind: 'map', name, operands, results } };
};

const FRACTION: Readonly<Record<'float16' | 'float32', number>> = { float16: 10, float32: 23 };
/** From single precision on the way to half, as a second rounding. */
const narrowed = (dtype: FloatName, e: Expr): Expr => (dtype === 'float16' ? x.cast(e, 'float32') : e);

type IntegerName = 'int32' | 'uint32' | 'int64' | 'uint64';
const both = (w: readonly Expr[]): Expr => x.or(x.shl(x.cast(w[1], 'uint64'), 32n), x.cast(w[0], 'uint64'));

export type RecipeName = 'uniform' | 'normal' | 'integers' | 'bounded';
const RECIPES: Readonly<Record<RecipeName, (dtype: string) => Recipe>> = {
  uniform: (d) =>
    d === 'float64'
      ? recipe('uniform', d, 2, ([a, b]) => [double(a, b)])
      : recipe('uniform', d as FloatName, 1, ([a]) => [fraction(a, FRACTION[d as 'float16'])]),
  normal: (d) => {
    const dtype = d as FloatName;
    return recipe('normal', dtype, d === 'float64' ? 4 : 2, (w) => pair(dtype, w).map((e) => narrowed(dtype, e)));
  },
  integers: (d) =>
    d.endsWith('64')
      ? recipe('integers', d as IntegerName, 2, (w) => [both(w)])
      : recipe('integers', d as IntegerName, 1, ([a]) => [a]),
  /** Behind the words stand the lowest integer and how many there are, as unsigned ones. */
  bounded: (d) => {
    const wide = d.endsWith('64');
    const own = wide ? 'uint64' : 'uint32';
    const n = wide ? 2 : 1;
    return recipe(
      'bounded',
      d as IntegerName,
      n,
      (w) => [x.add(x.arg(n, own), x.rem(wide ? both(w) : w[0], x.arg(n + 1, own)))],
      [own, own],
    );
  },
};

const made = new Map<string, Recipe>();
export function recipeOf(name: RecipeName, dtype: string): Recipe {
  const key = `${name} ${dtype}`;
  let r = made.get(key);
  if (r === undefined) made.set(key, (r = RECIPES[name](dtype)));
  return r;
}

const truncations = new Map<FloatName, MapProgram>();
/**
 * Normals within two standard deviations, in groups of four (two in double precision): each group has blocks of its own, and draws until
 * it has enough.
 */
export function truncatedProgram(dtype: FloatName): MapProgram {
  const before = truncations.get(dtype);
  if (before !== undefined) return before;
  const wide = dtype === 'float64';
  const group = wide ? 2 : 4;
  const [low, high, k0, k1] = state();
  const start = further(low, high, x.mul(place(), u64(64n * BigInt(group))));
  const empty = Array.from({ length: group }, () => x.konst('float64', 0));
  const [, , , ...values] = x.loop([...start, x.konst('int32', 0), ...empty], (l, h, filled, ...slots) => {
    const w = philox([l, h], [k0, k1]).map((e) => x.cast(e, 'uint32'));
    const candidates = wide ? pair(dtype, w) : [...pair(dtype, w.slice(0, 2)), ...pair(dtype, w.slice(2))];
    let count = filled;
    let next = slots;
    for (const v of candidates) {
      const good = x.lt(x.abs(v), 2);
      next = next.map((slot, k) => x.select(x.and(good, x.eq(count, k)), v, slot));
      count = x.add(count, x.cast(good, 'int32'));
    }
    return { while: x.lt(filled, group), next: [...further(l, h, u64(1n)), count, ...next] };
  });
  const program: MapProgram = {
    kind: 'map',
    name: 'truncated',
    operands: STATE,
    results: values.map((v) => ({ dtype, parts: [x.cast(narrowed(dtype, v), dtype)] })),
  };
  truncations.set(dtype, program);
  return program;
}

// ---- running them -----------------------------------------------------------------------------------------------------------

/** Memory with elements one after the other, of which programs read and write every so manieth. */
export interface Row {
  readonly array: ArrayValue;
  /** Elements to the next one, and the first of them. */
  readonly step: number;
  readonly first: number;
}
export const immediateOf = (dtype: NumericName, value: bigint | number): Immediate =>
  new Immediate(asDtype(dtype), value);

/** Runs a program n times: over rows and lone numbers, into rows. */
export function runProgram(
  program: MapProgram,
  n: number,
  given: readonly (Row | Immediate)[],
  out: readonly Row[],
): void {
  if (n === 0) return;
  const all = [...given, ...out];
  const operands: AnyOperand[] = all.map((o) => {
    if (o instanceof Immediate) return o;
    const { dtype, buffer, offset } = o.array;
    return { dtype, buffer, offset: offset + o.first * dtype.itemsize };
  });
  const strides = all.map((o) => [o instanceof Immediate ? 0 : o.step * o.array.dtype.itemsize]);
  hostDevice().prepare(program).run([n], operands, strides);
}
