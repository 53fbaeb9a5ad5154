import { type ArrayValue, faceOf, isOrdered } from '../array.js';
import { bind1, type Primitive, primitive } from '../dispatch.js';
import { byName, type DType } from '../dtype.js';
import { ValueError } from '../errors.js';
import * as x from '../ir/expr.js';
import type { Expr, Pair } from '../ir/expr.js';
import { promote } from '../promote.js';
import { kOrder, sizeOf, stridesInOrder } from '../view.js';
import { inDtype, runProduct, zeroFill } from './contract.js';
import { copyAs } from './copy.js';
import { straightEinsum } from './einsum-straight.js';
import { reduceRow } from './reduce.js';
import { row, type UfuncRow } from './row.js';
import { PLAIN, applyRow } from './execute.js';
import { deviceOf, release } from './operand.js';
import { add, multiply } from './ufuncs/arithmetic.js';

/**
 * Sums of products over labelled axes, as a primitive. Every contraction other than matmul is one of these: a label stands for
 * an axis, equal labels are one index, and what the output does not name is summed.
 */

export interface EinsumAttrs {
  readonly [key: string]: unknown;
  /** Labels of each operand's axes: any integers. */
  readonly inputs: readonly (readonly number[])[];
  /** Labels of the result's axes, all different, each of an input. */
  readonly output: readonly number[];
  /** dtype of the computation and the result; null: the operands' common one. */
  readonly dtype: DType | null;
  readonly into?: ArrayValue | null;
  /** The result in C order; without, in the operands' memory order. */
  readonly plain?: boolean;
}

/** Products as einsum makes them: added to zero, so that none is a negative zero. */
const product: UfuncRow = row('multiply', 2, 1, {
  ...multiply,
  real: (a: Expr, b: Expr) => x.add(x.mul(a, b), 0),
  complex: (a: Pair, b: Pair) => {
    const p = multiply.complex?.(a, b) as Pair;
    return { re: x.add(p.re, 0), im: x.add(p.im, 0) };
  },
});

/** An operand whose axes carry different labels. */
interface Term {
  readonly view: ArrayValue;
  readonly labels: readonly number[];
  readonly temporary: boolean;
}

const strideOf = (t: Term, label: number): number => {
  const i = t.labels.indexOf(label);
  return i < 0 ? 0 : t.view.strides[i];
};

/** Length of each label; axes of length 1 stretch. @throws ValueError with NumPy's text when lengths differ */
export function labelSizes(
  inputs: readonly (readonly number[])[],
  operands: readonly ArrayValue[],
  output: readonly number[],
): Map<number, number> {
  const sizes = new Map<number, number>();
  inputs.forEach((labels, i) => {
    const mine = new Map<number, number>();
    labels.forEach((l, d) => {
      const n = operands[i].shape[d];
      const seen = mine.get(l);
      if (seen !== undefined && seen !== n && seen !== 1 && n !== 1) {
        throw new ValueError(
          `dimensions in operand ${i} for collapsing index '${labelName(l)}' don't match (${seen} != ${n})`,
        );
      }
      mine.set(l, seen === undefined || seen === 1 ? n : seen);
    });
    for (const [l, n] of mine) {
      const seen = sizes.get(l);
      if (seen !== undefined && seen !== n && seen !== 1 && n !== 1) throw mismatch(inputs, operands, output);
      if (seen === undefined || seen === 1) sizes.set(l, n);
    }
  });
  return sizes;
}

/** 0 … 25 are A … Z and 26 … 51 a … z, as in lists of labels; from 52 on come the axes of an ellipsis. */
export const labelName = (l: number): string =>
  l < 26 ? String.fromCharCode(65 + l) : l < 52 ? String.fromCharCode(71 + l) : '...';

function mismatch(
  inputs: readonly (readonly number[])[],
  operands: readonly ArrayValue[],
  output: readonly number[],
): ValueError {
  const axes = [...output];
  for (const labels of inputs) for (const l of labels) if (!axes.includes(l)) axes.push(l);
  const texts = inputs.map((labels, i) => {
    const places = axes.map((l) => (labels.includes(l) ? String(operands[i].shape[labels.indexOf(l)]) : 'newaxis'));
    while (places[0] === 'newaxis') places.shift();
    return `(${operands[i].shape.join(',')}${operands[i].ndim === 1 ? ',' : ''})->(${places.join(',')}${places.length === 1 ? ',' : ''})`;
  });
  return new ValueError(
    `operands could not be broadcast together with remapped shapes [original->remapped]: ${texts.join(' ')} `,
  );
}

/** An operand as a view with one axis for each of its labels, stretched to the labels' lengths. */
function termOf(
  a: ArrayValue,
  labels: readonly number[],
  sizes: ReadonlyMap<number, number>,
  temporary: boolean,
): Term {
  const unique = [...new Set(labels)];
  const plain = unique.length === labels.length && labels.every((l, d) => sizes.get(l) === a.shape[d]);
  if (plain) return { view: a, labels, temporary };
  const strides = unique.map((l) =>
    labels.reduce((s, x, d) => (x === l && a.shape[d] !== 1 ? s + a.strides[d] : s), 0),
  );
  const shape = unique.map((l) => sizes.get(l) as number);
  return { view: a.face.view(a, a.dtype, shape, strides, a.offset), labels: unique, temporary };
}

/** The view of a term with its axes in the order given; labels that it lacks have no extent to walk. */
function arranged(t: Term, labels: readonly number[], sizes: ReadonlyMap<number, number>): ArrayValue {
  const { view } = t;
  return view.face.view(
    view,
    view.dtype,
    labels.map((l) => (t.labels.includes(l) ? (sizes.get(l) as number) : 1)),
    labels.map((l) => strideOf(t, l)),
    view.offset,
  );
}

/** Sums over the labels that are not kept; the result's axes are `kept`, in this order. */
function sumOut(
  t: Term,
  kept: readonly number[],
  sizes: ReadonlyMap<number, number>,
  into: ArrayValue | null,
): ArrayValue {
  const gone = t.labels.filter((l) => !kept.includes(l));
  const view = arranged(t, [...kept, ...gone], sizes);
  const d = view.dtype;
  const axis = gone.map((_, i) => kept.length + i);
  const options = { axis, keepdims: false, initial: undefined, where: null };
  if (d.name !== 'float16') return reduceRow(add, view, { ...options, dtype: d, out: into });
  // Sums of float16 are made in float32 and rounded once.
  const wide = reduceRow(add, view, { ...options, dtype: byName.float32, out: null });
  const out = copyAs(wide, d);
  release(wide);
  return out;
}

/** Fresh memory whose axes follow the operands' memory, as NumPy's iterator would have it. */
function freshResult(
  terms: readonly Term[],
  output: readonly number[],
  sizes: ReadonlyMap<number, number>,
  d: DType,
): ArrayValue {
  const all = [...output];
  for (const t of terms) for (const l of t.labels) if (!all.includes(l)) all.push(l);
  const order = kOrder(
    all.map((l) => sizes.get(l) as number),
    terms.map((t) => all.map((l) => strideOf(t, l))),
  ).filter((i) => i < output.length);
  const shape = output.map((l) => sizes.get(l) as number);
  const values = terms.map((t) => t.view);
  return faceOf(values).fresh(
    deviceOf(values, 'einsum').allocate(sizeOf(shape) * d.itemsize),
    d,
    shape,
    stridesInOrder(shape, order, d.itemsize),
  );
}

/** Contracts two terms to the labels kept, in the order given. */
function contractPair(
  s: Term,
  t: Term,
  kept: readonly number[],
  sizes: ReadonlyMap<number, number>,
  into: ArrayValue | null,
): ArrayValue {
  let [left, right] = [s, t];
  const mine: ArrayValue[] = [];
  const reduceOwn = (u: Term, other: Term): Term => {
    const rest = u.labels.filter((l) => kept.includes(l) || other.labels.includes(l));
    if (rest.length === u.labels.length) return u;
    const view = sumOut(u, rest, sizes, null);
    mine.push(view);
    return { view, labels: rest, temporary: true };
  };
  left = reduceOwn(left, right);
  right = reduceOwn(right, left);
  const both = left.labels.filter((l) => right.labels.includes(l));
  const k = both.filter((l) => !kept.includes(l));
  const d = left.view.dtype;
  const lengths = (labels: readonly number[]): number[] => labels.map((l) => sizes.get(l) as number);
  let out: ArrayValue;
  if (k.length === 0) {
    const target = into ?? (isOrdered(left.view) ? freshResult([left, right], kept, sizes, d) : null);
    const options = target === null ? PLAIN : { ...PLAIN, out: [target] };
    out = applyRow(product, [arranged(left, kept, sizes), arranged(right, kept, sizes)], options) as ArrayValue;
  } else {
    const batch = both.filter((l) => kept.includes(l));
    const m = kept.filter((l) => left.labels.includes(l) && !batch.includes(l));
    const n = kept.filter((l) => right.labels.includes(l) && !batch.includes(l));
    out = into ?? freshResult([left, right], kept, sizes, d);
    const outStride = (labels: readonly number[]): number[] => labels.map((l) => out.strides[kept.indexOf(l)]);
    const steps = (u: Term, labels: readonly number[]): number[] => labels.map((l) => strideOf(u, l));
    if (lengths(k).includes(0)) zeroFill(out, out.shape, out.strides);
    else if (out.size > 0) {
      runProduct(deviceOf([left.view, right.view], 'einsum'), {
        dtype: d,
        batch: lengths(batch),
        m: lengths(m),
        k: lengths(k),
        n: lengths(n),
        left: {
          buffer: left.view.buffer,
          offset: left.view.offset,
          batch: steps(left, batch),
          rows: steps(left, m),
          columns: steps(left, k),
        },
        right: {
          buffer: right.view.buffer,
          offset: right.view.offset,
          batch: steps(right, batch),
          rows: steps(right, k),
          columns: steps(right, n),
        },
        out: {
          buffer: out.buffer,
          offset: out.offset,
          batch: outStride(batch),
          rows: outStride(m),
          columns: outStride(n),
        },
      });
    }
  }
  for (const v of mine) release(v);
  return out;
}

/** Labels that a pair must keep: those of the output and of the terms that remain. */
const needed = (s: Term, t: Term, others: readonly Term[], output: readonly number[]): number[] =>
  [...new Set([...s.labels, ...t.labels])].filter(
    (l) => output.includes(l) || others.some((o) => o.labels.includes(l)),
  );

function runEinsum(operands: readonly ArrayValue[], attrs: EinsumAttrs): ArrayValue {
  const { inputs, output } = attrs;
  if ((attrs.dtype === null || operands.every((o) => o.dtype === attrs.dtype)) && (attrs.into ?? null) === null) {
    const result = straightEinsum(operands, inputs, output, product, attrs.plain === true);
    if (result !== null) return result;
  }
  const d = attrs.dtype ?? operands.map((o) => o.dtype).reduce(promote);
  const sizes = labelSizes(inputs, operands, output);
  let into = attrs.into ?? null;
  // Of classes whose memory order nobody sees, steps allocate their results themselves.
  const ordered = operands.some(isOrdered) && operands.every((o) => o.face === faceOf(operands));
  if (into === null && attrs.plain === true && output.length > 1 && d.name !== 'float16' && ordered) {
    const shape = output.map((l) => sizes.get(l) as number);
    into = faceOf(operands).fresh(deviceOf(operands, 'einsum').allocate(sizeOf(shape) * d.itemsize), d, shape);
  }
  const casts: ArrayValue[] = [];
  let terms = operands.map((o, i) => {
    const a = inDtype(o, d, casts);
    return termOf(a, inputs[i], sizes, false);
  });
  if (terms.length === 1) {
    const [t] = terms;
    if (t.labels.length === output.length) return arranged(t, output, sizes);
    const out = sumOut(
      t,
      output,
      sizes,
      d.name === 'float16' ? null : (into ?? (ordered ? freshResult(terms, output, sizes, d) : null)),
    );
    for (const c of casts) release(c);
    return out;
  }
  // Three terms or more: the pair whose product is smallest against what it replaces comes first.
  while (terms.length > 2) {
    let best: [number, number] = [0, 1];
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < terms.length; i++) {
      for (let j = i + 1; j < terms.length; j++) {
        const rest = terms.filter((_, q) => q !== i && q !== j);
        const made = needed(terms[i], terms[j], rest, output).reduce((n, l) => n * (sizes.get(l) as number), 1);
        const cost = made - sizeOf(terms[i].view.shape) - sizeOf(terms[j].view.shape);
        if (cost < least) {
          least = cost;
          best = [i, j];
        }
      }
    }
    const [s, t] = [terms[best[0]], terms[best[1]]];
    const rest = terms.filter((u) => u !== s && u !== t);
    const kept = needed(s, t, rest, output);
    const view = contractPair(s, t, kept, sizes, null);
    for (const u of [s, t]) if (u.temporary) release(u.view);
    terms = [...rest, { view, labels: kept, temporary: true }];
  }
  const out = contractPair(terms[0], terms[1], output, sizes, into);
  for (const u of terms) if (u.temporary) release(u.view);
  for (const c of casts) release(c);
  return out;
}

/** A single operand whose labels all stay gives a view of it. */
export const einsumPrimitive: Primitive<EinsumAttrs> = primitive('einsum', (operands, attrs) =>
  runEinsum(operands, attrs),
);

/** Sum of products by labels; `output` names the axes of the result. */
export const einsumOf = (
  operands: readonly ArrayValue[],
  inputs: readonly (readonly number[])[],
  output: readonly number[],
  plain = false,
): ArrayValue => bind1(einsumPrimitive, operands, { inputs, output, dtype: null, plain });
