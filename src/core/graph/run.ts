import type { ArrayValue } from '../array.js';
import { type Primitive, runNow } from '../dispatch.js';
import { entrancesOf, type Graph, type GraphNode, type Ref, restorer } from './graph.js';

/** What applies an operation to its inputs. */
export type Apply = (
  p: Primitive<any>,
  inputs: readonly ArrayValue[],
  node: GraphNode,
) => ArrayValue | readonly ArrayValue[];

/** Walks through a graph one operation at a time and gives the value of every node. */
export function walk(
  graph: Graph,
  given: readonly ArrayValue[],
  apply: Apply,
  seen?: (node: GraphNode, results: readonly ArrayValue[]) => void,
): (r: Ref) => ArrayValue {
  const values = new Map<GraphNode, readonly ArrayValue[]>();
  const valueOf = (r: Ref): ArrayValue => (values.get(r.node) as readonly ArrayValue[])[r.index];
  entrancesOf(graph).forEach((n, i) => {
    if (n !== undefined) values.set(n, [given[i]]);
  });
  for (const node of graph.nodes) {
    if (node.source !== null) {
      if (node.source.kind === 'constant') values.set(node, [node.source.value]);
      continue;
    }
    const r = apply(node.primitive as Primitive<any>, node.inputs.map(valueOf), node);
    const list = Array.isArray(r) ? r : [r as ArrayValue];
    values.set(node, list);
    seen?.(node, list);
  }
  return valueOf;
}

/** The node's operation, run on real tensors beside all interpreters. */
export const direct: Apply = (p, inputs, node) => runNow(p, inputs, restorer(node.attrs)(inputs));
