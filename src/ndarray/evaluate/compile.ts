import type { ArrayValue } from '../../core/array.js';
import { allocate } from '../../core/coerce.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import type { DType } from '../../core/dtype.js';
import { TypeError } from '../../core/errors.js';
import { type FusedAttrs, fusedPrimitive } from '../../core/graph/fused.js';
import type { GraphNode, Spec } from '../../core/graph/graph.js';
import { Notes } from '../../core/graph/notes.js';
import { optimized } from '../../core/graph/optimize.js';
import { Plan } from '../../core/graph/plan.js';
import { resolve } from '../../core/ops/loops/resolve.js';
import { immediate, type Weak } from '../../core/ops/operand.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { castTo } from '../../core/ops/move.js';
import { type Casting, canCast } from '../../core/promote.js';
import { complex } from '../../core/complex.js';
import type { Binding, Bound } from './bind.js';
import { apply, type Operand, rowOf } from './functions.js';
import { weakOf } from './lone.js';

/** From bound trees to plans: the operations are written down on described arrays, and compiled as traced functions are. */

/** A lone number of the scope as an operand of the kernel: which one, and in which dtype. */
interface Slot {
  readonly lone: number;
  readonly dtype: DType;
}

export interface Compiled {
  readonly plan: Plan;
  readonly result: Spec;
  readonly slots: readonly Slot[];
  /** The only operation that there is, where there is one. */
  readonly single: GraphNode | null;
}

/** What is known of an expression for operands of given dtypes and shapes. */
interface Known {
  /** Lone numbers whose values decide what is compiled. */
  readonly decisive: readonly number[];
  readonly variants: Map<string, Compiled>;
}

/** The result of a tree: `leaf` gives arrays, `lone` what a lone number is beside other operands. */
export function compose(
  b: Bound,
  leaf: (index: number) => Operand,
  lone: (b: Bound & { kind: 'lone' }, row: UfuncRow | null, others: readonly Operand[]) => Operand = (n) =>
    weakOf(n.value),
): unknown {
  if (b.kind === 'array') return leaf(b.index);
  if (b.kind === 'lone') return lone(b, null, []);
  const row = rowOf(b);
  const made = b.args.map((a) => (a.kind === 'lone' ? null : (compose(a, leaf, lone) as Operand)));
  const others = made.filter((m): m is Operand => m !== null);
  return apply(
    b,
    made.map((m, i) => m ?? lone(b.args[i] as Bound & { kind: 'lone' }, row, others)),
  );
}

/** The dtype in which a loop reads a lone number beside another operand; null where its value decides more than that. */
function slotType(row: UfuncRow | null, w: Weak, others: readonly Operand[], first: boolean): DType | null {
  if (row === null || row.nin !== 2 || others.length !== 1) return null;
  if (row.shortcut !== undefined || row.comparison === true || row.refuseNegative !== undefined) return null;
  if (row.name.startsWith('logical_')) return null;
  const { dtype } = others[0] as ArrayValue;
  const loop = resolve(row, first ? [w.kind, dtype] : [dtype, w.kind], 'same_kind', null);
  if (loop.each !== undefined || loop.body !== undefined) return null;
  const mine = loop.ins[first ? 0 : 1];
  // As an array of that dtype it has to lead to the same loop.
  const again = resolve(row, first ? [mine, dtype] : [dtype, mine], 'same_kind', null);
  return again.text === loop.text ? mine : null;
}

/** @throws TypeError where a result may not be cast */
export function checkCast(from: DType, to: DType, casting: Casting): void {
  if (!canCast(from, to, casting))
    throw new TypeError(
      `Cannot cast array data from ${from.repr()} to ${to.repr()} according to the rule '${casting}'`,
    );
}

function compile(
  b: Binding,
  dtype: DType | null,
  casting: Casting,
): { readonly compiled: Compiled; readonly decisive: number[] } {
  const notes = new Notes('evaluate');
  const args = (b.arrays as ArrayValue[]).map((a) => notes.argument(a));
  const slots: Slot[] = [];
  const decisive: number[] = [];
  const made = compose(
    b.root,
    (i) => args[i],
    (n, row, others) => {
      const w = weakOf(n.value);
      if (n.fixed) return w;
      const first = b.root.kind !== 'array' && isFirst(b.root, n);
      const type = typeof w === 'boolean' ? null : slotType(row, w, others, first);
      if (type === null) {
        decisive.push(n.index);
        return w;
      }
      slots.push({ lone: n.index, dtype: type });
      return notes.argument({ shape: [], dtype: type });
    },
  ) as ArrayValue;
  if (dtype !== null) checkCast(made.dtype, dtype, casting);
  const result = dtype === null ? made : castTo(made, dtype);
  const graph = optimized(notes.graph([result]));
  const operations = graph.nodes.filter((n) => n.primitive !== null);
  const single = operations.length === 1 && graph.results[0].node === operations[0] ? operations[0] : null;
  const compiled = { plan: new Plan(graph), result: { shape: result.shape, dtype: result.dtype }, slots, single };
  return { compiled, decisive };
}

/** Whether a lone number is the first operand where it stands. */
function isFirst(b: Bound, n: Bound): boolean {
  if (b.kind === 'array' || b.kind === 'lone') return false;
  return b.args[0] === n || b.args.some((a) => isFirst(a, n));
}

const known = new Map<string, Known>();
const KEPT = 300;

const kindOf = (x: unknown): string => (typeof x === 'object' ? 'complex' : typeof x);
const valueText = (x: unknown): string =>
  typeof x === 'object' ? JSON.stringify(x) : Object.is(x, -0) ? '-0' : String(x);

/** The plan for an expression and operands of these dtypes and shapes. */
export function compiledFor(text: string, b: Binding, dtype: DType | null, casting: Casting): Compiled {
  let key = `${text}\n${dtype === null ? '' : `${dtype.index}${casting}`}`;
  for (const a of b.arrays as ArrayValue[]) key += `;${a.dtype.index}:${a.shape.join()}`;
  for (const n of b.lones) key += `;${kindOf(n)}`;
  let found = known.get(key);
  const variant = found?.decisive.map((i) => valueText(b.lones[i])).join() ?? '';
  const ready = found?.variants.get(variant);
  if (ready !== undefined) return ready;
  const { compiled, decisive } = compile(b, dtype, casting);
  if (found === undefined) {
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(key, (found = { decisive, variants: new Map() }));
  } else if (found.variants.size >= KEPT) found.variants.clear();
  found.variants.set(decisive.map((i) => valueText(b.lones[i])).join(), compiled);
  return compiled;
}

/** The operands of a plan: arrays, then lone numbers in the dtypes that their loops read. */
export function operandsOf(c: Compiled, b: Binding): ArrayValue[] {
  return [
    ...(b.arrays as ArrayValue[]),
    ...c.slots.map(({ lone, dtype }) => {
      const { re, im } = immediate(weakOf(b.lones[lone]) as Weak, dtype);
      const a = allocate([], dtype);
      elementsOf(a.buffer as HostBuffer, dtype).set(a.offset, dtype.kind === 'c' ? complex(re as number, im) : re);
      return a;
    }),
  ];
}

export const fusedOf = (c: Compiled): FusedAttrs | null =>
  c.single?.primitive === fusedPrimitive ? (c.single.attrs as unknown as FusedAttrs) : null;
