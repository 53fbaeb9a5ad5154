import { accessor, isHost } from '../../device/access.js';
import { type AnyOperand, type Device, Immediate, type Kernel } from '../../device/device.js';
import { bool, type DType, kernelName, type NumericName, uint8 } from '../../dtype.js';
import { floatErrorState, OVER, overflowsTo, reportFlags } from '../../errstate.js';
import * as x from '../../ir/expr.js';
import type { Expr, ReduceProgram } from '../../ir/expr.js';
import { applyBody, argParts, castParts, type Loop, type UfuncRow, type Value } from '../row.js';
import { ruleOf } from './rules.js';
import { allFlags, castFlags, NO_FLAGS } from './steps.js';
import { timeRuleOf } from './time.js';

/**
 * Watching kernels for floating-point errors. Neither JavaScript nor WebAssembly has flags to ask, so before a kernel runs another
 * program runs over the same operands, and folds into one byte what errors there will be. They are reported when the kernel is
 * through, with its results written. Where all errors are ignored there is one test, and nothing else.
 */

/** Dtypes that programs compute with; others have loops of their own, which raise no flags. */
const numeric = (d: DType): boolean => d.index >= 0;

/** Errors of casting operands lie in the upper half of the byte. */
const OF_CASTS = 4;

/** A program that folds flags over all elements. */
const flagProgram = (name: string, operands: readonly NumericName[], flags: Expr): ReduceProgram => ({
  kind: 'reduce',
  name: `${name}.flags`,
  operands,
  map: [flags],
  combine: [x.or(x.acc(0, 'uint8'), x.val(0, 'uint8'))],
  initial: [NO_FLAGS],
  order: 'any',
  results: [{ dtype: 'uint8', parts: [x.acc(0, 'uint8')] }],
});

/** An element that was rounded to float16, before it was. */
const unrounded = (e: Expr): Expr => (e.op === 'cast' && e.type === 'float16' ? e.args[0] : e);
const asValue = (parts: readonly Expr[], d: DType): Value => {
  if (d.kind === 'c') return { re: parts[0], im: parts[1] };
  return d.part === 'float16' ? x.cast(parts[0], 'float32') : parts[0];
};

const castPartsFlags = (parts: readonly Expr[], from: DType, to: DType): Expr => {
  const used = from.kind === 'c' && to.kind !== 'c' ? parts.slice(0, 1) : parts;
  return allFlags(used.map((e) => castFlags(e, to.part)));
};

/** What one application of a row's body raises: its own errors, and those of rounding results to float16. */
function bodyFlags(row: UfuncRow, loop: Loop, operands: readonly (readonly Expr[])[], from: readonly DType[]): Expr {
  const results = applyBody(row, loop, operands, from);
  const ins = operands.map((parts, i) => asValue(castParts(parts, from[i], loop.ins[i]), loop.ins[i]));
  const outs = results.map((parts, i) => {
    const d = loop.outs[i];
    return d.kind === 'c' ? { re: parts[0], im: parts[1] } : unrounded(parts[0]);
  });
  const rounding = results.flatMap((parts) =>
    parts.filter((e) => unrounded(e) !== e).map((e) => castFlags(unrounded(e), 'float16')),
  );
  return allFlags([ruleOf(row, loop)(ins, outs, loop), ...rounding]);
}

function mapFlags(row: UfuncRow, loop: Loop, ins: readonly DType[], outs: readonly DType[]): Expr {
  const parts = ins.map((d, i) => argParts(i, d));
  const results = applyBody(row, loop, parts, ins);
  const own = allFlags([
    bodyFlags(row, loop, parts, ins),
    ...results.map((r, i) => castPartsFlags(r, loop.outs[i], outs[i])),
  ]);
  const casts = allFlags(parts.map((p, i) => castPartsFlags(p, ins[i], loop.ins[i])));
  return casts === NO_FLAGS ? own : x.or(own, x.shl(casts, x.konst('uint8', OF_CASTS)));
}

/** What a loop over durations raises; null where it raises nothing, or its operands' bytes are turned. */
function timeFlags(row: UfuncRow, loop: Loop, ins: readonly DType[]): Expr | null {
  const rule = timeRuleOf(row.name, loop.text);
  if (rule === null || ins.some((d) => d.part === undefined)) return null;
  const [a, b] = ins.map((d, i) => castParts(argParts(i, d), d, loop.ins[i])[0]);
  return rule(a, b);
}

/** Runs a flag program; the flags of a device whose memory cannot be read are not known. */
function flagsOf(
  device: Device,
  program: ReduceProgram,
  shape: readonly number[],
  operands: readonly AnyOperand[],
  strides: readonly (readonly number[])[],
): number {
  const buffer = device.allocate(1);
  if (!isHost(buffer)) return 0;
  const out = { dtype: uint8, buffer, offset: 0 };
  const none = shape.map(() => 0);
  const all = shape.map(() => true);
  device.prepare(program).run(shape, [...operands, out], [...strides, none], all);
  const flags = Number(accessor(buffer, 'uint8').get(0));
  buffer.free();
  return flags;
}

/** Steps over operands without gaps, of which single elements are stretched. */
const flatStrides = (operands: readonly AnyOperand[]): number[][] =>
  operands.map((o) => [o instanceof Immediate || o.size === 1 ? 0 : o.dtype.itemsize]);

/** A lone number that its dtype holds only as an infinity: 'overflow encountered in cast'. */
function immediateFlags(operands: readonly AnyOperand[]): number {
  for (const o of operands) {
    if (!(o instanceof Immediate) || typeof o.re === 'bigint') continue;
    if (overflowsTo(o.re, o.dtype.part) || overflowsTo(o.im, o.dtype.part)) return OVER;
  }
  return 0;
}

/** NumPy casts operands before its loop, if they are small and lie so that one loop goes over them all; else inside of it. */
const castsApart = (
  row: UfuncRow,
  operands: readonly AnyOperand[],
  shape: readonly number[],
  strides: readonly (readonly number[])[],
): boolean =>
  operands.length === row.nin &&
  row.nout === 1 &&
  shape.reduce((n, m) => n * m, 1) <= floatErrorState().bufsize &&
  operands.every(
    (o, i) =>
      o instanceof Immediate ||
      strides[i].every((s, k) => s !== 0 || shape[k] === 1) ||
      strides[i].every((s) => s === 0),
  );

/** Rows that stand for steps of other ufuncs report as those. */
const REPORTED: Readonly<Record<string, string>> = { true_divide: 'divide', round: 'multiply', i0: 'exp' };

/** What a kernel of a row's loop is made of, as core/ops/plans.ts has it. */
interface Elementwise {
  readonly loop: Loop;
  readonly device: Device;
  readonly kernel: Kernel;
  readonly ins: readonly DType[];
  readonly outs: readonly DType[];
  readonly masked: boolean;
}

/** The same kernel, reporting errors after each run. */
export function watchedMap(row: UfuncRow, { loop, device, kernel, ins, outs, masked }: Elementwise): Kernel {
  if (loop.each !== undefined) return kernel;
  const ofTime = loop.body === undefined ? null : timeFlags(row, loop, ins);
  if (ofTime === null && (loop.body !== undefined || ![...loop.ins, ...loop.outs, ...ins, ...outs].every(numeric)))
    return kernel;
  let program: ReduceProgram | null | undefined;
  const prepare = (): ReduceProgram | null => {
    let flags = ofTime ?? mapFlags(row, loop, ins, outs);
    if (flags === NO_FLAGS) return null;
    if (masked) flags = x.select(x.arg(row.nin, 'bool'), flags, NO_FLAGS);
    return flagProgram(row.name, [...ins.map(kernelName), ...(masked ? (['bool'] as const) : [])], flags);
  };
  const count = row.nin + (masked ? 1 : 0);
  const watch = (
    shape: readonly number[],
    all: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    run: () => void,
  ): void => {
    const operands = all.slice(0, count);
    const immediates = immediateFlags(operands);
    if (immediates !== 0) reportFlags(immediates, 'cast');
    if (program === undefined) program = prepare();
    const flags = program === null ? 0 : flagsOf(device, program, shape, operands, strides.slice(0, count));
    const [own, casts] = [flags & 15, flags >> OF_CASTS];
    const apart = casts !== 0 && castsApart(row, operands, shape, strides);
    if (apart) reportFlags(casts, 'cast');
    run();
    reportFlags(apart ? own : own | casts, REPORTED[row.name] ?? row.name);
  };
  return {
    flat(n, operands) {
      watch([n], operands, flatStrides(operands), () => kernel.flat(n, operands));
    },
    run(shape, operands, strides, reduced) {
      watch(shape, operands, strides, () => kernel.run(shape, operands, strides, reduced));
    },
  };
}

const castPrograms = new Map<number, ReduceProgram | null>();

/** A kernel that casts, watched. */
export function watchedCast(from: DType, to: DType, device: Device, kernel: Kernel): Kernel {
  if (from === to || !numeric(from) || !numeric(to)) return kernel;
  const key = from.index * 64 + to.index;
  let program = castPrograms.get(key);
  if (program === undefined) {
    const flags = castPartsFlags(argParts(0, from), from, to);
    program = flags === NO_FLAGS ? null : flagProgram('cast', [kernelName(from)], flags);
    castPrograms.set(key, program);
  }
  if (program === null) return kernel;
  return reportingCast(program, device, kernel);
}

/** A kernel with its program of flags, which looks at the first operands. */
function reportingCast(program: ReduceProgram, device: Device, kernel: Kernel): Kernel {
  const count = program.operands.length;
  const watch = (
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    run: () => void,
  ): void => {
    const flags = shape.includes(0)
      ? 0
      : flagsOf(device, program, shape, operands.slice(0, count), strides.slice(0, count));
    run();
    reportFlags(flags, 'cast');
  };
  return {
    flat: (n, operands) => watch([n], operands, flatStrides(operands), () => kernel.flat(n, operands)),
    run: (shape, operands, strides, reduced) =>
      watch(shape, operands, strides, () => kernel.run(shape, operands, strides, reduced)),
  };
}

const choicePrograms = new Map<string, ReduceProgram | null>();

/** A kernel that chooses by a condition and casts, watched: what is not chosen raises nothing. */
export function watchedChoice(
  condition: DType,
  [a, b]: readonly [DType, DType],
  to: DType,
  device: Device,
  kernel: Kernel,
): Kernel {
  const dtypes = [condition, a, b];
  const key = [...dtypes, to].map((d) => d.index).join();
  let program = choicePrograms.get(key);
  if (program === undefined) {
    const [yes, no] = [castPartsFlags(argParts(1, a), a, to), castPartsFlags(argParts(2, b), b, to)];
    const chosen = x.select(castParts(argParts(0, condition), condition, bool)[0], yes, no);
    program = yes === NO_FLAGS && no === NO_FLAGS ? null : flagProgram('where', dtypes.map(kernelName), chosen);
    choicePrograms.set(key, program);
  }
  return program === null ? kernel : reportingCast(program, device, kernel);
}

/** What a fold is made of, as core/ops/reduce.ts has it. */
interface Fold {
  readonly row: UfuncRow;
  readonly loop: Loop;
  readonly input: DType;
  readonly out: DType;
  readonly kind: 'reduce' | 'scan';
  readonly masked: boolean;
}

const foldPrograms = new WeakMap<ReduceProgram, ReduceProgram>();

/** The same fold, with the flags of its steps folded along and only those kept. */
function foldFlags(f: Fold, fold: ReduceProgram): ReduceProgram {
  let program = foldPrograms.get(fold);
  if (program !== undefined) return program;
  const { row, loop, input, out } = f;
  const A = loop.outs[0];
  const k = fold.combine.length;
  const leaves = (kind: typeof x.acc): Expr[] => Array.from({ length: A.parts }, (_, i) => kind(i, A.part));
  const stepLoop = loop.ins[0] === A ? loop : { ...loop, ins: [A, A] };
  let step = bodyFlags(row, stepLoop, [leaves(x.acc), leaves(x.val)], [A, A]);
  // A fold with a mask of its own leaves out steps.
  if (k > A.parts) step = x.select(x.val(A.parts, 'bool'), step, NO_FLAGS);
  let casts = castPartsFlags(argParts(0, input), input, loop.ins[0]);
  if (f.masked) casts = casts === NO_FLAGS ? casts : x.select(x.arg(1, 'bool'), casts, NO_FLAGS);
  const before = x.or(x.acc(k, 'uint8'), x.val(k, 'uint8'));
  program = {
    ...fold,
    kind: 'reduce',
    name: `${fold.name}.flags`,
    map: [...fold.map, casts],
    combine: [...fold.combine, step === NO_FLAGS ? before : x.or(before, step)],
    initial: fold.initial === null ? null : [...fold.initial, NO_FLAGS],
    results: [{ dtype: 'uint8', parts: [allFlags([x.acc(k, 'uint8'), castPartsFlags(leaves(x.acc), A, out)])] }],
    order: fold.order === 'any' ? 'any' : fold.kind === 'scan' ? 'sequential' : fold.order,
  };
  foldPrograms.set(fold, program);
  return program;
}

/** A kernel of a fold, watched. */
export function watchedFold(f: Fold, fold: ReduceProgram, device: Device, kernel: Kernel): Kernel {
  if (![f.input, f.out, f.loop.ins[0], f.loop.outs[0]].every(numeric)) return kernel;
  const run: Kernel['run'] = (shape, operands, strides, reduced) => {
    const count = fold.operands.length;
    const kept = shape.map((n, i) => (reduced?.[i] === true ? 1 : n));
    const size = kept.reduce((n, m) => n * m, 1);
    let flags = 0;
    const buffer = shape.includes(0) ? null : device.allocate(size);
    if (buffer !== null && isHost(buffer)) {
      const own = new Array<number>(shape.length).fill(0);
      let step = 1;
      for (let i = shape.length - 1; i >= 0; i--) {
        if (reduced?.[i] !== true) own[i] = step;
        step *= kept[i];
      }
      const out = { dtype: uint8, buffer, offset: 0 };
      device
        .prepare(foldFlags(f, fold))
        .run(shape, [...operands.slice(0, count), out], [...strides.slice(0, count), own], reduced);
      const { get } = accessor(buffer, 'uint8');
      for (let i = 0; i < size; i++) flags |= Number(get(i));
    }
    buffer?.free();
    kernel.run(shape, operands, strides, reduced);
    reportFlags(flags, f.kind === 'scan' ? 'accumulate' : 'reduce');
  };
  return { flat: (n, operands) => kernel.flat(n, operands), run };
}
