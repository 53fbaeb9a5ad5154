import { host } from '../device/access.js';
import { type Elements, elementsOf } from '../device/elements.js';
import { type AnyOperand, type DeviceBuffer, type HostBuffer, Immediate, type Kernel } from '../device/device.js';
import { complex } from '../complex.js';
import { bool, type DType } from '../dtype.js';
import { sizeOf } from '../view.js';

/**
 * Kernels in JavaScript, for elements that are no numbers: one call of a function for each element. They have the doors of every
 * other kernel, so that whatever runs a kernel over a layout runs these.
 */

/** A constant in the place of an element. */
class Constant implements Elements {
  constructor(private readonly value: unknown) {}
  get(): unknown {
    return this.value;
  }
  set(): never {
    throw new Error('a constant is not written');
  }
}

const valueOf = (o: Immediate): unknown => (o.dtype.kind === 'c' ? complex(o.re as number, o.im) : o.re);

const open = (o: AnyOperand, d: DType, by: string): Elements =>
  o instanceof Immediate ? new Constant(valueOf(o)) : elementsOf(host(o.buffer, by) as HostBuffer, d);

/** Calls `visit` with the byte offsets of all operands at every place of a shape, in C order. */
function everywhere(
  shape: readonly number[],
  offsets: readonly number[],
  strides: readonly (readonly number[])[],
  visit: (at: readonly number[]) => void,
): void {
  const at = offsets.slice();
  const walk = (d: number): void => {
    if (d === shape.length) {
      visit(at);
      return;
    }
    const n = shape[d];
    for (let i = 0; i < n; i++) {
      walk(d + 1);
      for (let k = 0; k < at.length; k++) at[k] += strides[k][d] ?? 0;
    }
    for (let k = 0; k < at.length; k++) at[k] -= n * (strides[k][d] ?? 0);
  };
  walk(0);
}

/** Gives false where the operands do not lie as it needs them; nothing has been done then. */
export type Row = (count: number, at: readonly number[], steps: readonly number[]) => unknown;

/** One run along the innermost axis: the loop itself for the usual numbers of operands, so that an element costs no more than its function. */
function rowOf(f: (...values: any[]) => unknown, doors: readonly Elements[], n: number): Row {
  const m = doors.length - n;
  const [a, b, c] = doors;
  if (n === 1 && m === 1)
    return (count, at, steps) => {
      let p = at[0];
      let q = at[1];
      const s = steps[0];
      const t = steps[1];
      for (let i = 0; i < count; i++, p += s, q += t) b.set(q, f(a.get(p)));
    };
  if (n === 2 && m === 1)
    return (count, at, steps) => {
      let p = at[0];
      let q = at[1];
      let r = at[2];
      const s = steps[0];
      const t = steps[1];
      const u = steps[2];
      for (let i = 0; i < count; i++, p += s, q += t, r += u) c.set(r, f(a.get(p), b.get(q)));
    };
  const args: unknown[] = new Array(n);
  return (count, start, steps) => {
    const at = start.slice();
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < n; k++) args[k] = doors[k].get(at[k]);
      const r = f(...args);
      if (m === 1) doors[n].set(at[n], r);
      else for (let k = 0; k < m; k++) doors[n + k].set(at[n + k], (r as readonly unknown[])[k]);
      for (let k = 0; k < at.length; k++) at[k] += steps[k];
    }
  };
}

/** Strides of operands that are contiguous or single elements, for the flat door. */
const flatStrides = (operands: readonly AnyOperand[], dtypes: readonly DType[], n: number): number[][] =>
  operands.map((o, i) => [o instanceof Immediate || (n !== 1 && o.size === 1) ? 0 : dtypes[i].itemsize]);

/**
 * The operands of the kernel that is running. A function of a user's may run within it, and the collector within that: memory must be
 * known to be in use, though only its bytes are looked at.
 */
let inUse: readonly AnyOperand[] = [];

/** The operands that are in use; for the collector's sake. */
export const operandsInUse = (): readonly AnyOperand[] => inUse;

/**
 * A kernel that maps elements: `f` takes one value of each of `ins` and gives one of `outs`, or a list of one for each.
 * @param inMemory a loop over operands as they lie, which is tried first; null where it does not apply
 */
export function eachKernel(
  name: string,
  ins: readonly DType[],
  outs: readonly DType[],
  f: (...values: any[]) => unknown,
  inMemory?: (operands: readonly AnyOperand[]) => Row | null,
): Kernel {
  const dtypes = [...ins, ...outs];
  const n = ins.length;
  const run = (
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
  ): void => {
    if (sizeOf(shape) === 0) return;
    const outer = inUse;
    inUse = operands;
    try {
      const quick = inMemory?.(operands) ?? null;
      let plain: Row | null = null;
      const row: Row = (count, at, steps) => {
        if (quick !== null && quick(count, at, steps) !== false) return;
        plain ??= rowOf(
          f,
          operands.map((o, i) => open(o, dtypes[i], name)),
          n,
        );
        plain(count, at, steps);
      };
      const offsets = operands.map((o) => o.offset);
      const last = shape.length - 1;
      if (last < 0) row(1, offsets, offsets);
      else {
        const steps = strides.map((s) => s[last] ?? 0);
        if (last === 0) row(shape[0], offsets, steps);
        else everywhere(shape.slice(0, last), offsets, strides, (at) => row(shape[last], at, steps));
      }
    } finally {
      inUse = outer;
    }
  };
  return {
    flat: (count, operands) => run([count], operands, flatStrides(operands, dtypes, count)),
    run,
  };
}

/** What a fold in JavaScript does: from an accumulator and an element to the next accumulator. */
export interface EachFold {
  readonly name: string;
  readonly input: DType;
  readonly out: DType;
  /** An element as the fold takes it. */
  readonly load: (v: any) => unknown;
  readonly step: (acc: any, v: any) => unknown;
  /** The last accumulator as the result's element. */
  readonly store: (acc: any) => unknown;
  readonly kind: 'reduce' | 'scan';
  readonly masked: boolean;
  /** identity: its value; operand: the start is an operand of this dtype, read by `loadStart`; first: the first element. */
  readonly start:
    | { readonly from: 'identity'; readonly value: unknown }
    | { readonly from: 'operand'; readonly dtype: DType; readonly load: (v: any) => unknown }
    | { readonly from: 'first'; readonly empty?: unknown };
}

/** Operands are the input, a mask if there is one, the start if it is an operand, and the output, as for a fold of numbers. */
export function foldKernelOf(s: EachFold): Kernel {
  const run = (
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[] = [],
  ): void => {
    const last = operands.length - 1;
    const before = inUse;
    inUse = operands;
    const input = open(operands[0], s.input, s.name);
    const out = open(operands[last], s.out, s.name);
    const mask = s.masked ? elementsOf(host((operands[1] as { buffer: DeviceBuffer }).buffer, s.name), bool) : null;
    const at = s.masked ? 2 : 1;
    const start = s.start.from === 'operand' ? open(operands[at], s.start.dtype, s.name) : null;
    const kept = shape.map((_, d) => d).filter((d) => !reduced[d]);
    const gone = shape.map((_, d) => d).filter((d) => reduced[d]);
    const pick = (axes: readonly number[], of: readonly number[]): number[] => axes.map((d) => of[d] ?? 0);
    const offsets = operands.map((o) => o.offset);
    const visit = (outer: readonly number[]): void => {
      let has = s.start.from !== 'first';
      let acc: unknown;
      if (s.start.from === 'identity') acc = s.start.value;
      else if (s.start.from === 'operand') acc = s.start.load((start as Elements).get(outer[at]));
      everywhere(
        pick(gone, shape),
        [...outer],
        strides.map((t) => pick(gone, t)),
        (p) => {
          if (mask === null || mask.get(p[1]) === true) {
            const v = s.load(input.get(p[0]));
            acc = has ? s.step(acc, v) : v;
            has = true;
          }
          if (s.kind === 'scan') out.set(p[last], s.store(acc));
        },
      );
      if (!has && s.start.from === 'first') acc = s.start.empty;
      if (s.kind === 'reduce') out.set(outer[last], s.store(acc));
    };
    try {
      everywhere(
        pick(kept, shape),
        offsets,
        strides.map((t) => pick(kept, t)),
        visit,
      );
    } finally {
      inUse = before;
    }
  };
  return { flat: () => undefined, run };
}
