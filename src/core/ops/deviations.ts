import { type ArrayValue, isCContiguous } from '../array.js';
import { type DType, type NumericName, float32, float64, kernelName } from '../dtype.js';
import * as x from '../ir/expr.js';
import type { Expr, ReduceProgram } from '../ir/expr.js';
import { promote } from '../promote.js';
import { kOrder, sameShape, stridesInOrder } from '../view.js';
import { assignTo } from './copy.js';
import { applyBody, argParts, castParts, type Loop } from './row.js';
import { release } from './operand.js';
import { add, square, subtract } from './ufuncs/arithmetic.js';
import { programOf, runFold } from './fold.js';

/** Sums of squared deviations, which variances are made of. */

/** The dtype of |x - mean|²: that of the difference, or of its halves for complex numbers. */
export const deviationType = (input: DType, mean: DType): { difference: DType; square: DType } => {
  const difference = promote(input, mean);
  const square = difference.kind === 'c' ? (difference.itemsize === 16 ? float64 : float32) : difference;
  return { difference, square };
};

const loopFor = (d: DType, nin: number): Loop => ({
  text: `${d.char.repeat(nin)}->${d.char}`,
  ins: new Array<DType>(nin).fill(d),
  outs: [d],
});

function deviationProgram(input: DType, mean: DType, sum: DType, difference: DType, squared: DType): ReduceProgram {
  const operands: NumericName[] = [kernelName(input), kernelName(mean)];
  const diff = applyBody(subtract, loopFor(difference, 2), [argParts(0, input), argParts(1, mean)], [input, mean])[0];
  const halves = diff.map((e) => applyBody(square, loopFor(squared, 1), [[e]], [squared])[0]);
  const sq = halves.length === 1 ? halves[0] : applyBody(add, loopFor(squared, 2), halves, [squared, squared])[0];
  const accs = Array.from({ length: sum.parts }, (_, i) => x.acc(i, sum.part));
  const vals = Array.from({ length: sum.parts }, (_, i) => x.val(i, sum.part));
  const zero = (): Expr => x.konst(sum.part, 0);
  return {
    kind: 'reduce',
    name: 'squared_deviations',
    operands,
    map: castParts(sq, squared, sum),
    combine: applyBody(add, loopFor(sum, 2), [accs, vals], [sum, sum])[0],
    initial: accs.map(zero),
    order: 'pairwise',
    results: [{ dtype: kernelName(sum), parts: accs }],
    buffered: sum !== squared,
  };
}

/**
 * Whether elements follow each other in memory at even steps, in some order of the axes: then a sum over them goes in the
 * same order, to the bit, as a sum over a fresh array of results would.
 */
function evenlySpaced(a: ArrayValue): boolean {
  if (isCContiguous(a)) return true;
  const order = kOrder(a.shape, [a.strides]);
  let step = 0;
  for (let i = order.length - 1; i >= 0; i--) {
    const n = a.shape[order[i]];
    if (n === 1) continue;
    const s = a.strides[order[i]];
    if (step === 0) step = s;
    if (s === 0 || s !== step) return false;
    step *= n;
  }
  return true;
}

/**
 * Σ|a - mean|² along axes in one pass, or null where the memory layout would give other bits than NumPy's passes do.
 * @param mean has the shape of `a` with length 1 along the axes
 */
export function squaredDeviations(
  a: ArrayValue,
  mean: ArrayValue,
  axes: readonly number[],
  sum: DType | null,
  keepdims: boolean,
): ArrayValue | null {
  const { difference, square: squared } = deviationType(a.dtype, mean.dtype);
  const type = sum ?? squared;
  if (
    (type.kind !== 'f' && type.kind !== 'c') ||
    (difference.kind !== 'f' && difference.kind !== 'c') ||
    !evenlySpaced(a)
  )
    return null;
  const laid = likeOrder(mean, a);
  const key = `dev ${a.dtype.char}${mean.dtype.char}${type.char}`;
  const program = programOf(key, () => deviationProgram(a.dtype, mean.dtype, type, difference, squared));
  const out = runFold({ name: 'var', program, inputs: [a, laid], axes, keepdims, type, out: null, order: a.strides });
  if (laid !== mean) release(laid);
  return out;
}

/** `small` with its axes in the memory order of `a`, so that it does not speak against that order. */
export function likeOrder(small: ArrayValue, a: ArrayValue): ArrayValue {
  if (small.ndim < 2 || small.shape.filter((n) => n > 1).length < 2) return small;
  const strides = stridesInOrder(small.shape, kOrder(a.shape, [a.strides]), small.dtype.itemsize);
  if (sameShape(strides, small.strides)) return small;
  const out = small.face.fresh(
    small.buffer.device.allocate(small.size * small.dtype.itemsize),
    small.dtype,
    small.shape,
    strides,
  );
  assignTo(out, small);
  return out;
}
