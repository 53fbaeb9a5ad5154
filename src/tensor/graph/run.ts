import type { ArrayValue } from '../../core/array.js';
import { bind } from '../../core/dispatch.js';
import type { Tensor } from '../tensor.js';
import { attrsWithOperands, type Graph, type GraphNode, type Ref } from './graph.js';

/** Runs a graph one operation at a time, through `bind`: on real tensors, under tapes, and inside of another function that is being traced. */
export function runGraph(graph: Graph, args: readonly Tensor[]): { results: ArrayValue[]; assigned: ArrayValue[] } {
  const values = new Map<GraphNode, readonly ArrayValue[]>();
  const valueOf = (r: Ref): ArrayValue => (values.get(r.node) as readonly ArrayValue[])[r.index];
  for (const node of graph.nodes) {
    if (node.source !== null) {
      const s = node.source;
      values.set(node, [s.kind === 'argument' ? args[s.place] : s.kind === 'variable' ? s.variable.value() : s.value]);
      continue;
    }
    const inputs = node.inputs.map(valueOf);
    const primitive = node.primitive as NonNullable<GraphNode['primitive']>;
    const r = bind(primitive, inputs, attrsWithOperands(primitive, node.attrs, inputs));
    values.set(node, Array.isArray(r) ? r : [r as ArrayValue]);
  }
  return { results: graph.results.map(valueOf), assigned: graph.assigns.map((a) => valueOf(a.value)) };
}
