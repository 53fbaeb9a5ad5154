import { type ArrayValue, faceOf } from '../array.js';
import type { MatrixOperand } from '../device/device.js';
import { type DType, kernelName, type NumericName } from '../dtype.js';
import * as x from '../ir/expr.js';
import type { Expr, MapProgram, ReduceProgram } from '../ir/expr.js';
import { cStrides, kOrder, sizeOf, stridesInOrder } from '../view.js';
import { runProduct } from './contract.js';
import { applyBody, argParts, type Loop, type UfuncRow } from './row.js';
import { deviceOf, release } from './operand.js';

/**
 * The plain cases of einsum, which are the usual ones: one operand of which a view is asked for, or two of one dtype whose labels are
 * all different within each and none of which is summed alone. What such a call does depends on its labels only, and is found once.
 */

/** Where each label of a group lies among the axes of the first operand, the second and the output; -1 where it does not. */
interface Group {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly out: readonly number[];
}

interface PairPlan {
  /** Labels of both operands that stay, and that are summed; labels of one of them only. */
  readonly batch: Group;
  readonly k: Group;
  readonly m: Group;
  readonly n: Group;
  /** All labels, those of the output first, as NumPy's iterator has them. */
  readonly all: Group;
  /** Of each axis of the output. */
  readonly kept: Group;
}

interface OnePlan {
  /** For each label, those of the output first, the axes of the operand that it walks. */
  readonly axes: readonly (readonly number[])[];
  /** How many labels stay; the others are summed. */
  readonly kept: number;
}

interface Plan {
  readonly output: readonly number[];
  readonly pair: PairPlan | null;
  readonly one: OnePlan | null;
}

type Labels = readonly (readonly number[])[];
/** By the lists of labels, which callers keep. */
const plans = new WeakMap<Labels, Plan>();

const distinct = (labels: readonly number[]): boolean => new Set(labels).size === labels.length;

function pairPlan([left, right]: Labels, output: readonly number[]): PairPlan | null {
  if (!distinct(left) || !distinct(right)) return null;
  const group = (labels: readonly number[]): Group => ({
    left: labels.map((l) => left.indexOf(l)),
    right: labels.map((l) => right.indexOf(l)),
    out: labels.map((l) => output.indexOf(l)),
  });
  const alone = (l: number, other: readonly number[]): boolean => !other.includes(l) && !output.includes(l);
  if (left.some((l) => alone(l, right)) || right.some((l) => alone(l, left))) return null;
  const k = left.filter((l) => !output.includes(l));
  return {
    batch: group(output.filter((l) => left.includes(l) && right.includes(l))),
    k: group(k),
    m: group(output.filter((l) => !right.includes(l))),
    n: group(output.filter((l) => !left.includes(l))),
    all: group([...output, ...k]),
    kept: group(output),
  };
}

function onePlan(labels: readonly number[], output: readonly number[]): OnePlan {
  const all = [...output, ...new Set(labels.filter((l) => !output.includes(l)))];
  return { axes: all.map((l) => labels.flatMap((m, d) => (m === l ? [d] : []))), kept: output.length };
}

function planOf(inputs: Labels, output: readonly number[]): Plan {
  let plan = plans.get(inputs);
  if (plan === undefined || plan.output !== output) {
    plan = {
      output,
      one: inputs.length === 1 ? onePlan(inputs[0], output) : null,
      pair: inputs.length === 2 ? pairPlan(inputs, output) : null,
    };
    plans.set(inputs, plan);
  }
  return plan;
}

/** A view where all labels stay, else sums over those that do not. */
function oneOperand(a: ArrayValue, { axes, kept }: OnePlan, row: UfuncRow, plain: boolean): ArrayValue | null {
  const shape: number[] = [];
  const strides: number[] = [];
  for (const list of axes) {
    let stride = 0;
    for (const d of list) {
      if (a.shape[d] !== a.shape[list[0]]) return null;
      stride += a.strides[d];
    }
    shape.push(a.shape[list[0]]);
    strides.push(stride);
  }
  if (axes.length === kept) return a.face.view(a, a.dtype, shape, strides, a.offset);
  const d = a.dtype;
  if (!isPlain(d) || shape.includes(0)) return null;
  const out = fresh([a], shape.slice(0, kept), plain ? null : [shape, [strides]], d);
  const reduced = shape.map((_, i) => i >= kept);
  const steps = shape.map((_, i) => (i < kept ? out.strides[i] : 0));
  out.buffer.device.prepare(programs(row, d).total).run(shape, [a, out], [strides, steps], reduced);
  return out;
}

/** Memory for a result, in C order or in that of operands, which are walked over the result's axes and then others. */
function fresh(
  operands: readonly ArrayValue[],
  shape: readonly number[],
  walk: readonly [readonly number[], readonly (readonly number[])[]] | null,
  d: DType,
): ArrayValue {
  let strides: readonly number[];
  if (walk === null || shape.length < 2) strides = cStrides(shape, d.itemsize);
  else {
    const order = kOrder(walk[0], walk[1]).filter((i) => i < shape.length);
    strides = stridesInOrder(shape, order, d.itemsize);
  }
  return faceOf(operands).fresh(deviceOf(operands, 'einsum').allocate(sizeOf(shape) * d.itemsize), d, shape, strides);
}

/** Strides of an operand for the labels of a group; 0 for labels that it lacks. */
const stepsOf = (strides: readonly number[], places: readonly number[]): number[] =>
  places.map((d) => (d < 0 ? 0 : strides[d]));
const lengthsOf = (shape: readonly number[], places: readonly number[]): number[] => places.map((d) => shape[d]);

interface Programs {
  /** Products of two elements, sums of them, and sums of elements. */
  readonly map: MapProgram;
  readonly sum: ReduceProgram;
  readonly total: ReduceProgram;
}
const rowsOf = new Map<UfuncRow, Map<DType, Programs>>();

function programs(row: UfuncRow, d: DType): Programs {
  let table = rowsOf.get(row);
  if (table === undefined) rowsOf.set(row, (table = new Map()));
  let found = table.get(d);
  if (found === undefined) {
    const loop: Loop = { text: `${d.char}${d.char}->${d.char}`, ins: [d, d], outs: [d] };
    const parts = applyBody(row, loop, [argParts(0, d), argParts(1, d)], [d, d])[0];
    const leaves = (kind: typeof x.acc): Expr[] => Array.from({ length: d.parts }, (_, i) => kind(i, d.part));
    const [accs, vals] = [leaves(x.acc), leaves(x.val)];
    const name = kernelName(d);
    const fold = (operands: readonly NumericName[], map: readonly Expr[]): ReduceProgram => ({
      kind: 'reduce',
      name: 'einsum',
      operands,
      map,
      combine: accs.map((a, i) => x.add(a, vals[i])),
      initial: accs.map(() => x.konst(d.part, d.itemsize === 8 && d.kind !== 'f' && d.kind !== 'c' ? 0n : 0)),
      order: d.kind === 'f' || d.kind === 'c' ? 'pairwise' : 'any',
      results: [{ dtype: name, parts: accs }],
    });
    found = {
      map: { kind: 'map', name: 'einsum', operands: [name, name], results: [{ dtype: name, parts }] },
      sum: fold([name, name], parts),
      total: fold([name], argParts(0, d)),
    };
    table.set(d, found);
  }
  return found;
}

/** Whether axes of these lengths and strides are one axis. */
function isOneAxis(shape: readonly number[], strides: readonly number[]): boolean {
  let n = 1;
  let step = 0;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] === 1) continue;
    if (n === 1) step = strides[d];
    else if (strides[d] !== step * n) return false;
    n *= shape[d];
  }
  return true;
}

/** Whether dtypes are computed in their own type, and products are no `and`. */
const isPlain = (d: DType): boolean =>
  d.index >= 0 && d.kind !== 'b' && d.part !== 'float16' && 'iufc'.includes(d.kind);

/**
 * The result of a plain case, or null where it is none.
 * @param row products of elements
 * @param plain the result in C order; without, in the operands' memory order
 */
export function straightEinsum(
  operands: readonly ArrayValue[],
  inputs: Labels,
  output: readonly number[],
  row: UfuncRow,
  plain: boolean,
): ArrayValue | null {
  if (operands.length > 2) return manyOperands(operands, inputs, output, row, plain);
  const { one, pair } = planOf(inputs, output);
  if (one !== null) return oneOperand(operands[0], one, row, plain);
  if (pair === null) return null;
  const [a, b] = operands;
  const d = a.dtype;
  if (b.dtype !== d || !isPlain(d)) return null;
  const { all, kept, k } = pair;
  for (let i = 0; i < all.left.length; i++) {
    const [l, r] = [all.left[i], all.right[i]];
    // Axes of length 1 stretch, and sums of nothing are zeros: both are left to the general way.
    if (l >= 0 && r >= 0 && a.shape[l] !== b.shape[r]) return null;
    if ((l >= 0 ? a.shape[l] : b.shape[r]) === 0) return null;
  }
  const shape: number[] = [];
  for (let i = 0; i < kept.left.length; i++)
    shape.push(kept.left[i] >= 0 ? a.shape[kept.left[i]] : b.shape[kept.right[i]]);
  const lengths = lengthsOf(a.shape, k.left);
  const walked = [stepsOf(a.strides, all.left), stepsOf(b.strides, all.right)];
  const out = fresh(operands, shape, plain ? null : [[...shape, ...lengths], walked], d);
  const { device } = out.buffer;
  if (k.left.length === 0) {
    device.prepare(programs(row, d).map).run(shape, [a, b, out], [...walked, out.strides]);
    return out;
  }
  const { batch, m, n } = pair;
  const [ka, kb] = [stepsOf(a.strides, k.left), stepsOf(b.strides, k.right)];
  if (m.left.length + n.left.length === 0 && !(isOneAxis(lengths, ka) && isOneAxis(lengths, kb))) {
    // Inner products over several axes that lie differently: elements are read where they are.
    const whole = [...shape, ...lengths];
    const reduced = whole.map((_, i) => i >= shape.length);
    const steps = [...walked, [...out.strides, ...lengths.map(() => 0)]];
    device.prepare(programs(row, d).sum).run(whole, [a, b, out], steps, reduced);
    return out;
  }
  const side = (
    v: ArrayValue,
    batchAt: readonly number[],
    rows: readonly number[],
    columns: readonly number[],
  ): MatrixOperand => ({
    buffer: v.buffer,
    offset: v.offset,
    batch: stepsOf(v.strides, batchAt),
    rows: stepsOf(v.strides, rows),
    columns: stepsOf(v.strides, columns),
  });
  runProduct(device, {
    dtype: d,
    batch: lengthsOf(a.shape, batch.left),
    m: lengthsOf(a.shape, m.left),
    k: lengths,
    n: lengthsOf(b.shape, n.right),
    left: side(a, batch.left, m.left, k.left),
    right: side(b, batch.right, k.right, n.right),
    out: side(out, batch.out, m.out, n.out),
  });
  return out;
}

/** One step of a contraction of many: two of what is there, by their places, and their product at the end of the others. */
interface Step {
  readonly first: number;
  readonly second: number;
  readonly inputs: Labels;
  readonly output: readonly number[];
}

const orders = new WeakMap<Labels, Map<string, readonly Step[]>>();
const ORDERS = 100;

/** The pair whose product is smallest against what it replaces comes first. */
function orderOf(inputs: Labels, output: readonly number[], sizes: ReadonlyMap<number, number>): readonly Step[] {
  const steps: Step[] = [];
  let terms: (readonly number[])[] = [...inputs];
  const size = (labels: readonly number[]): number => labels.reduce((n, l) => n * (sizes.get(l) as number), 1);
  const keptOf = (i: number, j: number): readonly number[] => {
    if (terms.length === 2) return output;
    const rest = terms.filter((_, q) => q !== i && q !== j);
    return [...new Set([...terms[i], ...terms[j]])].filter(
      (l) => output.includes(l) || rest.some((labels) => labels.includes(l)),
    );
  };
  while (terms.length > 1) {
    let best: Step | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < terms.length; i++) {
      for (let j = i + 1; j < terms.length; j++) {
        const kept = keptOf(i, j);
        const cost = size(kept) - size(terms[i]) - size(terms[j]);
        if (cost >= least) continue;
        least = cost;
        best = { first: i, second: j, inputs: [terms[i], terms[j]], output: kept };
      }
    }
    const { first, second, output: kept } = best as Step;
    steps.push(best as Step);
    terms = [...terms.filter((_, q) => q !== first && q !== second), kept];
  }
  return steps;
}

function manyOperands(
  operands: readonly ArrayValue[],
  inputs: Labels,
  output: readonly number[],
  row: UfuncRow,
  plain: boolean,
): ArrayValue | null {
  const d = operands[0].dtype;
  if (!isPlain(d)) return null;
  const sizes = new Map<number, number>();
  for (let i = 0; i < operands.length; i++) {
    if (operands[i].dtype !== d) return null;
    for (let k = 0; k < inputs[i].length; k++) {
      const n = operands[i].shape[k];
      const seen = sizes.get(inputs[i][k]);
      if (n === 0 || (seen !== undefined && seen !== n)) return null;
      sizes.set(inputs[i][k], n);
    }
  }
  let known = orders.get(inputs);
  if (known === undefined) orders.set(inputs, (known = new Map()));
  const key = [...sizes.values()].join();
  let steps = known.get(key);
  if (steps === undefined) {
    if (known.size >= ORDERS) known.clear();
    known.set(key, (steps = orderOf(inputs, output, sizes)));
  }
  // What has no plan is left to the general way before anything is computed.
  if (steps.some((s) => planOf(s.inputs, s.output).pair === null)) return null;
  let terms = [...operands];
  for (const [i, { first, second, ...step }] of steps.entries()) {
    const [a, b] = [terms[first], terms[second]];
    const last = i === steps.length - 1;
    const made = straightEinsum([a, b], step.inputs, step.output, row, last && plain) as ArrayValue;
    for (const t of [a, b]) if (!operands.includes(t)) release(t);
    terms = [...terms.filter((_, q) => q !== first && q !== second), made];
  }
  return terms[0];
}
