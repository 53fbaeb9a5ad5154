import { accessor, isHost } from '../../device/access.js';
import type { Device, MatrixProduct } from '../../device/device.js';
import { type DType, kernelName, uint8 } from '../../dtype.js';
import { floatErrors } from '../../errstate.js';
import * as x from '../../ir/expr.js';
import type { Expr, ReduceProgram } from '../../ir/expr.js';
import { sizeOf } from '../../view.js';
import { applyBody, argParts, type Loop } from '../row.js';
import { add, multiply } from '../ufuncs/arithmetic.js';
import { allFlags, castFlags, flagsWithin } from './steps.js';

/** Errors of matrix products: of every product and every sum, in order of the index that is summed over. */

const programs = new Map<DType, ReduceProgram>();

function productProgram(d: DType): ReduceProgram {
  const loop: Loop = { text: `${d.char}${d.char}->${d.char}`, ins: [d, d], outs: [d] };
  // Half precision is summed in single precision, and rounded once.
  const part = d.part === 'float16' ? 'float32' : d.part;
  const widen = (e: Expr): Expr => (d.part === 'float16' ? x.cast(e, part) : e);
  const unrounded = (e: Expr): Expr => (e.op === 'cast' && e.type === 'float16' ? e.args[0] : e);
  const products = applyBody(multiply, loop, [argParts(0, d), argParts(1, d)], [d, d])[0].map(unrounded);
  const leaves = (kind: typeof x.acc): Expr[] => Array.from({ length: d.parts }, (_, i) => kind(i, part));
  const sums = leaves(x.acc).map((a, i) => (add.real as (a: Expr, b: Expr) => Expr)(a, leaves(x.val)[i]));
  const within = (es: readonly Expr[]): Expr => {
    const seen = new Map<Expr, Expr>();
    return allFlags(es.map((e) => flagsWithin(e, seen)));
  };
  const k = d.parts;
  const flags = x.acc(k, 'uint8');
  const rounding = d.part === 'float16' ? [castFlags(x.acc(0, part), 'float16')] : [];
  return {
    kind: 'reduce',
    name: 'matmul.flags',
    operands: [kernelName(d), kernelName(d)],
    map: [...products.map(widen), within(products)],
    combine: [...sums, allFlags([flags, x.val(k, 'uint8'), within(sums)])],
    initial: null,
    order: 'sequential',
    results: [{ dtype: 'uint8', parts: [allFlags([flags, ...rounding])] }],
  };
}

/** The errors of a product, or 0 where none are looked for. */
export function productFlags(device: Device, p: MatrixProduct): number {
  const d = p.dtype;
  if (!floatErrors.watching || d.index < 0 || (d.kind !== 'f' && d.kind !== 'c')) return 0;
  let program = programs.get(d);
  if (program === undefined) programs.set(d, (program = productProgram(d)));
  const { batch, m, n, k, left, right } = p;
  const kept = [...batch, ...m, ...n];
  const size = sizeOf(kept);
  const buffer = device.allocate(size);
  if (!isHost(buffer)) return 0;
  const still = (axes: readonly number[]): number[] => axes.map(() => 0);
  const own = kept.map((_, i) => sizeOf(kept.slice(i + 1)));
  device.prepare(program).run(
    [...kept, ...k],
    [
      { dtype: d, buffer: left.buffer, offset: left.offset },
      { dtype: d, buffer: right.buffer, offset: right.offset },
      { dtype: uint8, buffer, offset: 0 },
    ],
    [
      [...left.batch, ...left.rows, ...still(n), ...left.columns],
      [...right.batch, ...still(m), ...right.columns, ...right.rows],
      [...own, ...still(k)],
    ],
    [...kept.map(() => false), ...k.map(() => true)],
  );
  const { get } = accessor(buffer, 'uint8');
  let flags = 0;
  for (let i = 0; i < size; i++) flags |= Number(get(i));
  buffer.free();
  return flags;
}
