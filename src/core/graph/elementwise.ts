import type { Immediate } from '../device/device.js';
import { bool, type DType } from '../dtype.js';
import * as x from '../ir/expr.js';
import type { Expr } from '../ir/expr.js';
import { resolve } from '../ops/loops/resolve.js';
import { narrowLoop, type Typed } from '../ops/narrow.js';
import { immediate } from '../ops/operand.js';
import type { ComponentAttrs } from '../ops/move.js';
import { accType, foldPlan, type ReduceAttrs } from '../ops/reduce.js';
import { applyBody, castParts, type Loop, type OperandType, type UfuncRow } from '../ops/row.js';
import { fitsInteger } from '../promote.js';
import { normalizeAxes } from '../view.js';
import type { UfuncAttrs } from '../ops/execute.js';
import { type GraphNode, type Place, Weak } from './graph.js';

/**
 * Operations as scalar expressions: what fusion joins. An operation's expression ends in the dtype that its result has in memory, so that
 * joined ones round where separate ones do.
 */

export type Parts = readonly Expr[];

/** From the components of an operation's inputs to those of its results, on a device: those without 64-bit types have loops of their own. */
export type Form = (inputs: readonly Parts[], device: Typed) => readonly Parts[];

const numeric = (d: DType): boolean => d.index >= 0;

const literal = (i: Immediate): Parts => {
  const re = x.konst(i.dtype.part, i.re);
  return i.dtype.kind === 'c' ? [re, x.konst(i.dtype.part, i.im)] : [re];
};

/** The row and the loop that a call without options runs, from the types of its operands. */
function loopOf(
  row: UfuncRow,
  operands: readonly (Weak | DType)[],
): { row: UfuncRow; operands: readonly (Weak | DType)[]; loop: Loop } {
  const second = operands[1];
  const first = operands[0];
  if (row.shortcut !== undefined && second instanceof Weak && typeof second.value === 'number') {
    const other = first instanceof Weak ? null : row.shortcut(second.value, first);
    if (other !== null && !(first instanceof Weak) && first.kind !== 'b' && first.index >= 0)
      return loopOf(other, [first]);
  }
  const types: OperandType[] = operands.map((o) => (o instanceof Weak ? o.kind : o));
  return { row, operands, loop: resolve(row, types, 'same_kind', null) };
}

/** Whether a comparison's lone integer is outside of the other operand's range, which is compared in another way. */
const isBeyond = (operands: readonly (Weak | DType)[]): boolean =>
  operands.some((o) => {
    if (!(o instanceof Weak) || o.kind !== 'int' || typeof o.value === 'object') return false;
    const { value } = o;
    return operands.some((d) => !(d instanceof Weak) && (d.kind === 'i' || d.kind === 'u') && !fitsInteger(value, d));
  });

function ufuncForm(n: GraphNode): Form | null {
  const { row: given, operands: places, options } = n.attrs as unknown as UfuncAttrs;
  if (options.out !== null || options.where !== null || options.dtype !== null || options.signature !== null)
    return null;
  if (options.casting !== 'same_kind' || options.order !== 'K') return null;
  const types = places.map((o) => (o instanceof Weak ? o : typeAt(n, (o as unknown as Place).index)));
  if (types.every((t) => t instanceof Weak) || types.some((t) => !(t instanceof Weak) && !numeric(t))) return null;
  if (given.comparison === true && isBeyond(types)) return null;
  const { row, operands, loop } = loopOf(given, types);
  if (loop.each !== undefined || loop.body !== undefined) return null;
  if (![...loop.ins, ...loop.outs].every(numeric)) return null;
  // Negative exponents of integers are an error that only a run of the operation itself finds.
  if (row.refuseNegative !== undefined && 'iu'.includes(loop.ins[1].kind)) return null;
  const truth = loop.outs[0].kind === 'b' && row.name.startsWith('logical_');
  return (inputs, device) => {
    const here = narrowLoop(row, loop, device);
    return applyBody(
      row,
      here,
      operands.map((o, i) =>
        o instanceof Weak ? literal(immediate(o, here.ins[i], truth)) : inputs[(places[i] as unknown as Place).index],
      ),
      operands.map((o, i) => (o instanceof Weak ? here.ins[i] : o)),
    );
  };
}

const typeAt = (n: GraphNode, i: number): DType => {
  const r = n.inputs[i];
  return r.node.outputs[r.index].dtype;
};

/** An elementwise operation's expression; null for all others, and for those that must run as they are. */
export function formOf(n: GraphNode): Form | null {
  if (n.primitive === null || n.outputs.some((o) => !numeric(o.dtype))) return null;
  const to = n.outputs[0]?.dtype;
  switch (n.primitive.name) {
    case 'ufunc':
      return ufuncForm(n);
    case 'cast':
      return numeric(typeAt(n, 0)) ? ([a]) => [castParts(a, typeAt(n, 0), to)] : null;
    case 'component': {
      const { part } = n.attrs as unknown as ComponentAttrs;
      return typeAt(n, 0).kind === 'c' && numeric(typeAt(n, 0)) ? ([a]) => [[a[part]]] : null;
    }
    case 'where': {
      const [c, a, b] = [0, 1, 2].map((i) => typeAt(n, i));
      if (![c, a, b].every(numeric)) return null;
      return ([cond, yes, no]) => {
        const [test] = castParts(cond, c, bool);
        const [l, r] = [castParts(yes, a, to), castParts(no, b, to)];
        return [l.map((e, i) => x.select(test, e, r[i]))];
      };
    }
    default:
      return null;
  }
}

/** What a reduction without options needs: its loop, and the axes it goes over. */
export interface FoldForm {
  readonly attrs: ReduceAttrs;
  readonly loop: Loop;
  readonly input: DType;
  readonly acc: DType;
  readonly reduced: readonly boolean[];
  readonly start: 'identity' | 'first';
}

export function foldOf(n: GraphNode): FoldForm | null {
  if (n.primitive?.name !== 'reduce') return null;
  const attrs = n.attrs as unknown as ReduceAttrs;
  const { row, options: o } = attrs;
  if (o.out !== null || o.where !== null || o.initial !== undefined) return null;
  const { shape, dtype } = n.inputs[0].node.outputs[n.inputs[0].index];
  if (shape.length === 0 || shape.includes(0) || !numeric(dtype) || (o.dtype !== null && !numeric(o.dtype)))
    return null;
  const { loop } = foldPlan(row, dtype, o.dtype, null);
  if (loop.each !== undefined || loop.body !== undefined) return null;
  const axes = normalizeAxes(o.axis, shape.length);
  if (axes.length > 1 && !row.reorderable) return null;
  const reduced = shape.map((_, i) => axes.includes(i));
  const acc = accType(loop);
  if (acc !== n.outputs[0].dtype) return null;
  return { attrs, loop, input: dtype, acc, reduced, start: row.identity !== null ? 'identity' : 'first' };
}
