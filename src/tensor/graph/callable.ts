import type { ArrayValue } from '../../core/array.js';
import { bind, type Primitive } from '../../core/dispatch.js';
import { unrecorded } from '../gradient/recording.js';
import type { Variable } from '../variable.js';
import { endsOf, entrancesOf, type Graph, type GraphNode } from '../../core/graph/graph.js';
import { optimized, simplified } from '../../core/graph/optimize.js';
import { Plan } from '../../core/graph/plan.js';
import { walk } from '../../core/graph/run.js';
import { replay } from './run.js';
import type { Trace } from './trace.js';

/** Graphs that can be called: simplified, fused and planned when they are first run. */

export { optimized, simplified };

let optimizing = true;
/** Whether graphs are simplified and fused before they run; without it they run operation by operation, with the same results. */
export function optimizeGraphs(on: boolean): void {
  optimizing = on;
}

export const graphsAreOptimized = (): boolean => optimizing;

export class Callable {
  private planned: { readonly plan: Plan; readonly graph: Graph } | null = null;
  readonly entrances: readonly GraphNode[];
  readonly owners: readonly (Variable | null)[];
  /** Gradients that were asked for before: see call.ts. */
  readonly gradients: Map<string, unknown> = new Map();

  constructor(
    readonly graph: Graph,
    /** The trace that made the graph. */
    readonly trace: Trace | null = null,
    /** The variable whose value stands at an entrance, or null. */
    owners: readonly (Variable | null)[] | null = null,
  ) {
    this.entrances = entrancesOf(graph);
    this.owners =
      owners ?? this.entrances.map((n) => (n.source?.kind === 'variable' ? (n.source.variable as Variable) : null));
  }

  private made(): { readonly plan: Plan; readonly graph: Graph } {
    if (this.planned === null) {
      const graph = unrecorded(() => (optimizing ? optimized(this.graph) : this.graph));
      this.planned = { graph, plan: new Plan(graph) };
    }
    return this.planned;
  }
  /** The graph that runs. */
  get running(): Graph {
    return this.made().graph;
  }
  get plan(): Plan {
    return this.made().plan;
  }

  /** How many values a run gives: results, then what variables hold. */
  get ends(): number {
    return endsOf(this.graph).length;
  }
  get assigned(): readonly Variable[] {
    return this.graph.assigns.map((a) => a.variable as Variable);
  }

  /** The values of the entrances: arguments, variables as they are now, and captured values. */
  given(args: readonly ArrayValue[]): ArrayValue[] {
    return this.entrances.map((n) => {
      const s = n.source;
      if (s?.kind === 'argument') return args[s.place];
      if (s?.kind === 'variable') return s.variable.value();
      return (s as { value: ArrayValue }).value;
    });
  }

  /** Runs on real values, beside all interpreters. */
  run(given: readonly ArrayValue[]): ArrayValue[] {
    return unrecorded(() => this.made().plan.run(given));
  }

  /** Does what the graph does one operation at a time, under whatever interprets the values. */
  replay(given: readonly ArrayValue[], seen?: (node: GraphNode, results: readonly ArrayValue[]) => void): ArrayValue[] {
    const valueOf = walk(this.graph, given, replay, seen);
    return endsOf(this.graph).map(valueOf);
  }
}

/** A call of a graph as one operation, as tapes record it. */
export const callPrimitive: Primitive<{ callable: Callable }> = {
  name: 'call',
  anywhere: true,
  run: (args, { callable }) => callable.run(args),
};

export const call = (callable: Callable, args: readonly ArrayValue[]): ArrayValue[] =>
  bind(callPrimitive as Primitive<any>, args, { callable }) as ArrayValue[];
