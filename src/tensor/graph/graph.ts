import type { ArrayValue } from '../../core/array.js';
import type { Attrs, Primitive } from '../../core/dispatch.js';
import type { DType } from '../../core/dtype.js';
import { Weak } from '../../core/ops/operand.js';
import type { Variable } from '../variable.js';

/** Graphs: what a traced function does, as a list of operations in the order in which they can run. */

/** A value of a graph: the k-th result of a node. */
export interface Ref {
  readonly node: GraphNode;
  readonly index: number;
}

export interface Spec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Where a value comes from: an operation, or without one what stands in `source`. */
export interface GraphNode {
  readonly id: number;
  readonly primitive: Primitive<any> | null;
  readonly source: Source | null;
  readonly inputs: readonly Ref[];
  readonly attrs: Attrs;
  readonly outputs: readonly Spec[];
  /** Where in the user's program the operation was written, for messages. */
  readonly site: string | null;
}

export type Source =
  | { readonly kind: 'argument'; readonly place: number }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'constant'; readonly value: ArrayValue };

export interface Graph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly results: readonly Ref[];
  /** What variables hold after a run. */
  readonly assigns: readonly { readonly variable: Variable; readonly value: Ref }[];
}

/**
 * An operation's metadata without its operands: a ufunc keeps its operands there, too, some of which are plain numbers. `place` says which of
 * the operation's inputs stands where.
 */
export class Place {
  constructor(readonly index: number) {}
}

export function attrsWithoutOperands(primitive: Primitive<any>, attrs: Attrs): Attrs {
  if (primitive.name !== 'ufunc') return attrs;
  let k = 0;
  const operands = (attrs.operands as readonly unknown[]).map((o) => (o instanceof Weak ? o : new Place(k++)));
  return { ...attrs, operands };
}

/** The metadata for a run on these operands. */
export function attrsWithOperands(primitive: Primitive<any>, attrs: Attrs, args: readonly ArrayValue[]): Attrs {
  if (primitive.name !== 'ufunc') return attrs;
  return {
    ...attrs,
    operands: (attrs.operands as readonly unknown[]).map((o) => (o instanceof Place ? args[o.index] : o)),
  };
}

/** What an operation is called in pictures and messages: `add`, `sum` is `add.reduce`. */
export function nameOf(n: GraphNode): string {
  if (n.source !== null) return n.source.kind;
  const row = (n.attrs as { row?: { readonly name: string } }).row;
  const name = n.primitive?.name ?? '';
  if (row === undefined) return name;
  return name === 'ufunc' ? row.name : `${row.name}.${name}`;
}
