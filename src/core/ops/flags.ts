import { type AnyOperand, type Device, type HostBuffer, Immediate, type Kernel } from '../device/device.js';
import { type DType, kernelName, type NumericName, uint8 } from '../dtype.js';
import { DIVIDE, INVALID, OVER, reportFlags, UNDER, wantedFlags } from '../fperrors.js';
import * as x from '../ir/expr.js';
import type { Expr, ReduceProgram } from '../ir/expr.js';
import { applyBody, argParts, castParts, type Loop, type UfuncRow } from './row.js';

/**
 * The checking pass: which floating-point flags an operation would raise, as a program over its operands. The program computes the
 * results again and compares them with what they were made of, so it is the same for every layout and does not mind that outputs lie over
 * inputs. It runs only where somebody wants to know.
 */

const FLAGS = 'uint8';
const bit = (c: Expr, flag: number): Expr => x.select(c, x.konst(FLAGS, flag), x.konst(FLAGS, 0));
const none = (): Expr => x.konst(FLAGS, 0);
const or = (...list: readonly Expr[]): Expr => list.reduce((a, b) => x.or(a, b));
const both = (...list: readonly Expr[]): Expr => list.reduce((a, b) => x.and(a, b));

const isFloatType = (t: string): boolean => t === 'float16' || t === 'float32' || t === 'float64';
/** float16 is looked at in float32, where it is exact. */
const wide = (e: Expr): Expr => (e.type === 'float16' ? x.cast(e, 'float32') : e);
const finite = (e: Expr): Expr =>
  isFloatType(e.type) ? x.lt(x.abs(wide(e)), Number.POSITIVE_INFINITY) : x.konst('bool', 1);
const infinite = (e: Expr): Expr =>
  isFloatType(e.type) ? x.eq(x.abs(wide(e)), Number.POSITIVE_INFINITY) : x.konst('bool', 0);
const nan = (e: Expr): Expr => (isFloatType(e.type) ? x.isnan(wide(e)) : x.konst('bool', 0));
const zero = (e: Expr): Expr => x.eq(wide(e), 0);
const nonzero = (e: Expr): Expr => x.ne(wide(e), 0);
/** The smallest normal numbers. */
const NORMAL: Readonly<Record<string, number>> = {
  float16: 2 ** -14,
  float32: 2 ** -126,
  float64: 2 ** -1022,
};
const tiny = (e: Expr): Expr => x.lt(x.abs(wide(e)), NORMAL[e.type]);

/** What a rule sees: operands and results as components in the dtypes of the loop. */
interface Seen {
  readonly args: readonly (readonly Expr[])[];
  readonly outs: readonly (readonly Expr[])[];
  readonly loop: Loop;
}
type Test = (s: Seen) => Expr;

/** Operands and results of real loops. */
const a = (s: Seen): Expr => s.args[0][0];
const b = (s: Seen): Expr => s.args[1][0];
const one = (e: Expr): Expr => x.eq(x.abs(wide(e)), 1);
const never = (): Expr => x.konst('bool', 0);
const isComplexLoop = (s: Seen): boolean => s.args[0].length === 2;
const isInteger = (s: Seen): boolean => !isFloatType(a(s).type);

/** Where a finite operand meets a pole. */
const POLES: Readonly<Record<string, Test>> = {
  divide: (s) =>
    both(
      ...s.args[1].map(zero),
      finite(a(s)),
      s.args[0].map(nonzero).reduce((p, q) => x.or(p, q)),
    ),
  floor_divide: (s) => (isInteger(s) ? zero(b(s)) : both(zero(b(s)), finite(a(s)), nonzero(a(s)))),
  divmod: (s) => (isInteger(s) ? zero(b(s)) : both(zero(b(s)), finite(a(s)), nonzero(a(s)))),
  remainder: (s) => (isInteger(s) ? zero(b(s)) : never()),
  fmod: (s) => (isInteger(s) ? zero(b(s)) : x.konst('bool', 0)),
  reciprocal: (s) => (isComplexLoop(s) ? never() : zero(a(s))),
  log: (s) => both(...s.args[0].map(zero)),
  log2: (s) => both(...s.args[0].map(zero)),
  log10: (s) => both(...s.args[0].map(zero)),
  log1p: (s) => both(x.eq(wide(a(s)), -1), ...s.args[0].slice(1).map(zero)),
  arctanh: (s) => both(one(a(s)), ...s.args[0].slice(1).map(zero)),
  power: (s) => (isInteger(s) || isComplexLoop(s) ? never() : both(zero(a(s)), x.lt(wide(b(s)), 0))),
  float_power: (s) => (isComplexLoop(s) ? never() : both(zero(a(s)), x.lt(wide(b(s)), 0))),
  arctan: (s) => (isComplexLoop(s) ? both(zero(a(s)), one(s.args[0][1])) : never()),
};

/** Results that are not a number, though no operand was one, yet nothing is invalid; results that are infinite without an overflow. */
const QUIET: ReadonlySet<string> = new Set([
  'spacing',
  'modf',
  'frexp',
  'sign',
  'positive',
  'negative',
  'absolute',
  'fabs',
  'copysign',
  'conjugate',
  'maximum',
  'minimum',
  'fmax',
  'fmin',
  'clip',
  'isnan',
  'isinf',
  'isfinite',
  'signbit',
  'heaviside',
  'floor',
  'ceil',
  'trunc',
  'rint',
  'hypot',
  'cbrt',
]);
/** Where finite operands overflow on the way to a finite result. */
const ON_THE_WAY: Readonly<Record<string, Test>> = {
  logaddexp: (s) => infinite(x.sub(wide(a(s)), wide(b(s)))),
  logaddexp2: (s) => infinite(x.sub(wide(a(s)), wide(b(s)))),
};
/** Functions whose tiny results are tiny operands handed through, exactly. */
const EXACT: ReadonlySet<string> = new Set([
  'add',
  'subtract',
  'remainder',
  'fmod',
  'floor_divide',
  'divmod',
  'nextafter',
  'logaddexp',
  'logaddexp2',
]);

/** Whether a tiny result was rounded, which is what makes it an underflow. */
const ROUNDED: Readonly<Record<string, Test>> = {
  multiply: (s) => both(nonzero(a(s)), nonzero(b(s)), x.ne(x.div(wide(s.outs[0][0]), wide(a(s))), wide(b(s)))),
  divide: (s) => both(nonzero(a(s)), finite(b(s)), x.ne(x.mul(wide(s.outs[0][0]), wide(b(s))), wide(a(s)))),
  square: (s) => both(nonzero(a(s)), x.ne(x.div(wide(s.outs[0][0]), wide(a(s))), wide(a(s)))),
  exp: (s) => finite(a(s)),
  exp2: (s) => finite(a(s)),
  power: (s) => both(nonzero(a(s)), finite(a(s)), finite(b(s))),
  float_power: (s) => both(nonzero(a(s)), finite(a(s)), finite(b(s))),
  ldexp: (s) => both(nonzero(a(s)), zero(s.outs[0][0])),
};

/** The flags of one element. */
function flagsOf(row: UfuncRow, s: Seen): Expr {
  const results = s.outs.flat().filter((e) => isFloatType(e.type));
  const operands = s.args.flat();
  const flags: Expr[] = [];
  const pole = POLES[row.name]?.(s);
  if (pole !== undefined) flags.push(bit(pole, DIVIDE));
  if (isInteger(s) && (row.name === 'floor_divide' || row.name === 'divmod') && s.loop.ins[0].kind === 'i') {
    // The smallest integer has no counterpart.
    const least = both(x.eq(b(s), -1), x.eq(x.neg(a(s)), a(s)), nonzero(a(s)));
    flags.push(bit(least, OVER));
  }
  if (row.name === 'reciprocal' && isInteger(s)) flags.push(bit(zero(a(s)), INVALID));
  if (results.length > 0 && !QUIET.has(row.name)) {
    const calm = operands.map((e) => x.not(nan(e)));
    const bounded = operands.map(finite);
    const invalid = both(
      results.map(nan).reduce((p, q) => x.or(p, q)),
      ...calm,
    );
    const apart = pole !== undefined && row.name !== 'divmod' && !isComplexLoop(s);
    flags.push(bit(apart ? both(invalid, x.not(pole)) : invalid, INVALID));
    const unbounded = results.map(infinite);
    const onTheWay = ON_THE_WAY[row.name];
    if (onTheWay !== undefined && results[0].type !== 'float16') unbounded.push(onTheWay(s));
    const over = both(
      unbounded.reduce((p, q) => x.or(p, q)),
      ...bounded,
    );
    flags.push(bit(pole === undefined ? over : both(over, x.not(pole)), OVER));
    // What remains beside an infinite quotient is a difference of infinities; float16 overflows only after that.
    if ((row.name === 'floor_divide' || row.name === 'divmod') && pole !== undefined && results[0].type !== 'float16')
      flags.push(bit(both(over, x.not(pole)), INVALID));
    const rounded = ROUNDED[row.name];
    if (rounded !== undefined && results.length === 1 && !EXACT.has(row.name))
      flags.push(bit(both(tiny(results[0]), rounded(s)), UNDER));
  }
  return flags.length === 0 ? none() : or(...flags);
}

/** Operands in the dtypes of a loop, which is what the flags are about. */
const inLoop = (loop: Loop, parts: readonly (readonly Expr[])[], from: readonly DType[]): (readonly Expr[])[] =>
  parts.map((p, i) => castParts(p, from[i], loop.ins[i]));

/** Flags of a cast. */
function castFlags(parts: readonly Expr[], from: DType, to: DType): Expr {
  if (!isFloatType(parts[0].type)) {
    if (to.part !== 'float16') return none();
    return bit(infinite(castParts(parts, from, to)[0]), OVER);
  }
  const cast = castParts(parts, from, to);
  if (to.kind === 'f' || to.kind === 'c') {
    if (to.itemsize / to.parts >= from.itemsize / from.parts) return none();
    return or(
      ...cast
        .slice(0, parts.length)
        .flatMap((e, i) => [
          bit(both(infinite(e), finite(parts[i])), OVER),
          bit(both(tiny(e), nonzero(parts[i]), x.ne(x.cast(e, parts[i].type), parts[i])), UNDER),
        ]),
    );
  }
  if (to.kind === 'b') return none();
  // Small integers go through int32, so that only what does not fit there is noticed.
  const [lo, hi] =
    to.name === 'uint64'
      ? [-(2 ** 63), 2 ** 64]
      : to.itemsize === 8 || to.name === 'uint32'
        ? [-(2 ** 63), 2 ** 63]
        : [-(2 ** 31), 2 ** 31];
  const v = x.cast(x.trunc(wide(parts[0])), 'float64');
  return bit(x.not(both(x.ge(v, lo), x.lt(v, hi))), INVALID);
}

const sticky = (name: string, operands: readonly NumericName[], flags: Expr): ReduceProgram => ({
  kind: 'reduce',
  name: `${name}.flags`,
  operands,
  map: [flags],
  combine: [x.or(x.acc(0, FLAGS), x.val(0, FLAGS))],
  initial: [none()],
  order: 'any',
  results: [{ dtype: FLAGS, parts: [x.acc(0, FLAGS)] }],
});

/** The flags of a map, folded over all elements. With a mask (the operand after the inputs) only where it is true. */
export function mapFlags(
  row: UfuncRow,
  loop: Loop,
  ins: readonly DType[],
  outs: readonly DType[],
  masked: boolean,
): ReduceProgram {
  const memory = ins.map((d, i) => argParts(i, d));
  const results = applyBody(row, loop, memory, ins);
  let flags = flagsOf(row, { args: inLoop(loop, memory, ins), outs: results, loop });
  outs.forEach((d, i) => {
    if (d !== loop.outs[i]) flags = x.or(flags, castFlags(results[i], loop.outs[i], d));
  });
  const operands = ins.map(kernelName);
  if (masked) {
    flags = x.select(x.arg(ins.length, 'bool'), flags, none());
    operands.push('bool');
  }
  return sticky(row.name, operands, flags);
}

/** The flags of a cast, folded over all elements. */
export const castFlagsProgram = (from: DType, to: DType): ReduceProgram =>
  sticky('cast', [kernelName(from)], castFlags(argParts(0, from), from, to));

/** A fold that keeps, for each result, the flags of its steps. */
export function foldFlags(row: UfuncRow, loop: Loop, p: ReduceProgram, A: DType): ReduceProgram {
  const k = A.parts;
  const accs = Array.from({ length: k }, (_, i) => x.acc(i, A.part));
  const vals = Array.from({ length: k }, (_, i) => x.val(i, A.part));
  const at = p.map.length;
  const step = flagsOf(row, { args: [accs, vals], outs: [p.combine.slice(0, k)], loop: { ...loop, ins: [A, A] } });
  return {
    kind: 'reduce',
    name: `${row.name}.flags`,
    operands: p.operands,
    map: [...p.map, none()],
    combine: [...p.combine, x.or(x.acc(at, FLAGS), step)],
    initial: p.initial === null ? null : [...p.initial, none()],
    order: 'sequential',
    results: [{ dtype: FLAGS, parts: [x.acc(at, FLAGS)] }],
  };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((n, k) => n * k, 1);

/** Runs a program of flags over a layout; `reduced` where it is a fold over some axes only. */
function collect(
  device: Device,
  program: ReduceProgram,
  shape: readonly number[],
  operands: readonly AnyOperand[],
  strides: readonly (readonly number[])[],
  reduced: readonly boolean[],
): number {
  const kept = shape.map((n, d) => (reduced[d] ? 1 : n));
  const n = sizeOf(kept);
  const buffer = device.allocate(n) as HostBuffer;
  const steps: number[] = [];
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    steps[d] = reduced[d] ? 0 : step;
    step *= kept[d];
  }
  const out = { dtype: uint8, buffer, offset: 0, size: n };
  device.prepare(program).run(shape, [...operands, out], [...strides, steps], reduced);
  let flags = 0;
  const { bytes } = buffer;
  for (let i = 0; i < n; i++) flags |= bytes[i];
  buffer.free();
  return flags & wantedFlags();
}

const flat = (operands: readonly AnyOperand[], n: number): number[][] =>
  operands.map((o) => [o instanceof Immediate || (n !== 1 && o.size === 1) ? 0 : o.dtype.itemsize]);

/** A map's kernel that reports after it ran what a checking pass found before. `reads`: how many operands the pass looks at. */
export function checkedMap(device: Device, kernel: Kernel, program: ReduceProgram, reads: number, by: string): Kernel {
  return {
    flat(n, operands) {
      const seen = operands.slice(0, reads);
      const flags = collect(device, program, [n], seen, flat(seen, n), [true]);
      kernel.flat(n, operands);
      reportFlags(flags, by);
    },
    run(shape, operands, strides) {
      const all = shape.map(() => true);
      const flags = collect(device, program, shape, operands.slice(0, reads), strides.slice(0, reads), all);
      kernel.run(shape, operands, strides);
      reportFlags(flags, by);
    },
  };
}

/** The same for a fold: the flags of each result are found apart, and joined. */
export function checkedFold(device: Device, kernel: Kernel, program: ReduceProgram, by: string): Kernel {
  return {
    flat: (n, operands) => kernel.flat(n, operands),
    run(shape, operands, strides, reduced = []) {
      const reads = program.operands.length;
      const flags = collect(device, program, shape, operands.slice(0, reads), strides.slice(0, reads), reduced);
      kernel.run(shape, operands, strides, reduced);
      reportFlags(flags, by);
    },
  };
}
