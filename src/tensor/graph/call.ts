import type { ArrayValue } from '../../core/array.js';
import { backward } from '../gradient/backward.js';
import { newRecording, recorded, startRecording, stopRecording } from '../gradient/recording.js';
import { zerosLike } from '../gradient/parts.js';
import { add, type Rule } from '../gradient/rule.js';
import { addRules } from '../gradient/rules.js';
import { call, Callable } from './callable.js';
import { endsOf, type Graph, type GraphNode, type Ref } from '../../core/graph/graph.js';
import { dropDead, pass, pipe } from '../../core/graph/passes.js';
import { writtenAt } from './site.js';
import { Trace, whileTracing } from './trace.js';

/**
 * Gradients of graphs, as graphs. The chain rule is run on described tensors, once; what it reads of the way forward is kept by a
 * graph that gives more results than the one that was called.
 */

const isDifferentiable = (t: { readonly dtype: { readonly kind: string } }): boolean => 'fc'.includes(t.dtype.kind);

interface Traced {
  readonly trace: Trace;
  readonly inputs: readonly ArrayValue[];
  /** The results, as the way forward made them. */
  readonly ends: readonly ArrayValue[];
  /** Gradients of the inputs; null where nothing leads to one. */
  readonly found: readonly (ArrayValue | null)[];
  /** Nodes below this number belong to the way forward. */
  readonly border: number;
  readonly graph: Graph;
}

/** Traces the way forward and back. `known` says which results have a gradient, `needs` which inputs want one. */
function traceBack(c: Callable, needs: readonly boolean[], known: readonly boolean[]): Traced {
  const trace = new Trace(`gradient of ${c.graph.name}`);
  const run = (): Traced => {
    const all = endsOf(c.graph);
    let place = 0;
    const inputs = c.entrances.map((n) => trace.argument(place++, n.outputs[0]));
    const outs = all.map((r) => trace.argument(place++, r.node.outputs[r.index]));
    const seeds = all.map((r, k) => (known[k] ? trace.argument(place++, r.node.outputs[r.index]) : null));
    // Nodes are known by their numbers, which copies of them keep.
    const values = new Map<number, readonly ArrayValue[]>();
    for (const [i, n] of c.entrances.entries()) values.set(n.id, [inputs[i]]);
    if (c.trace !== null) trace.again = { of: c.trace, stands: (r) => values.get(r.node.id)?.[r.index] ?? null };
    const recording = newRecording(true);
    recording.active = true;
    inputs.forEach((t, i) => {
      if (needs[i]) recording.watched.add(t);
    });
    startRecording(recording);
    let ends: ArrayValue[];
    try {
      ends = c.replay(inputs, (n, results) => values.set(n.id, results));
    } finally {
      recording.active = false;
      stopRecording(recording);
    }
    const border = trace.nodes.length;
    const targets = new Map<ArrayValue, ArrayValue>();
    ends.forEach((t, k) => {
      const g = seeds[k];
      if (g === null || !recording.watched.has(t)) return;
      const before = targets.get(t);
      targets.set(t, before === undefined ? g : (before as unknown as { add(o: unknown): ArrayValue }).add(g));
    });
    // A variable is a source at its entrance, and again wherever it is read after an assignment.
    const sources = inputs.map((t, i) => {
      if (!needs[i]) return [];
      const variable = c.owners[i];
      return variable === null ? [t] : [t, ...(recording.variables.get(variable) ?? [])];
    });
    const gradients = backward(recording.entries, targets, sources.flat());
    const found = sources.map((list) =>
      list.reduce((sum: ArrayValue | null, t) => {
        const g = gradients.get(t) ?? null;
        return sum === null || g === null ? (sum ?? g) : add(sum, g);
      }, null),
    );
    const results = found.filter((g): g is ArrayValue => g !== null);
    const graph = trace.graph([...results, ...ends, ...outs]);
    return { trace, inputs, ends, found, border, graph };
  };
  return recorded(() => whileTracing(trace, () => writtenAt(null, run)));
}

export interface Back {
  /** From inputs, results and the known gradients of results to gradients. */
  readonly callable: Callable;
  /** Which inputs get a gradient. */
  readonly gives: readonly boolean[];
}

const keyOf = (a: readonly boolean[], b: readonly boolean[]): string =>
  `${a.map(Number).join('')}|${b.map(Number).join('')}`;

/** The gradient of a graph as a graph. */
export function backOf(c: Callable, needs: readonly boolean[], known: readonly boolean[]): Back {
  const key = `back${keyOf(needs, known)}`;
  const before = c.gradients.get(key) as Back | undefined;
  if (before !== undefined) return before;
  const { trace, graph, found } = traceBack(c, needs, known);
  const count = found.filter((g) => g !== null).length;
  const n = c.ends;
  // Results of the way forward that were given are not computed again.
  const ends = graph.results.slice(count, count + n);
  const outs = graph.results.slice(count + n);
  const instead = new Map<string, Ref>();
  ends.forEach((r, k) => {
    if (r.node.source === null) instead.set(`${r.node.id}.${r.index}`, outs[k]);
  });
  const look = (r: Ref): Ref => instead.get(`${r.node.id}.${r.index}`) ?? r;
  // Nodes are copied in their order, each onto the copies of what it reads.
  const copies = new Map<GraphNode, GraphNode>();
  const copy = (r: Ref): Ref => {
    const to = look(r);
    return { node: copies.get(to.node) ?? to.node, index: to.index };
  };
  const nodes = graph.nodes.map((node) => {
    // What the way forward does besides computing was done by then.
    const attrs = node.attrs.effect === true ? { ...node.attrs, effect: false } : node.attrs;
    const made = { ...node, attrs, inputs: node.inputs.map(copy) };
    copies.set(node, made);
    return made;
  });
  const back = pipe(
    { ...graph, nodes, results: graph.results.slice(0, count).map(copy), assigns: [] },
    pass('dead code', dropDead),
  );
  const made: Back = { callable: new Callable(back, trace), gives: found.map((g) => g !== null) };
  c.gradients.set(key, made);
  return made;
}

/** The same graph that also gives what its gradient reads. */
export function keeping(c: Callable, needs: readonly boolean[]): Callable {
  const key = `keep${keyOf(needs, [])}`;
  const before = c.gradients.get(key) as Callable | undefined;
  if (before !== undefined) return before;
  const known = endsOf(c.graph).map((r) => isDifferentiable(r.node.outputs[r.index]));
  const { trace, graph, border, found } = traceBack(c, needs, known);
  const count = found.filter((g) => g !== null).length;
  const live = dropDead({ ...graph, results: graph.results.slice(0, count) });
  const kept: Ref[] = [];
  const take = (r: Ref): void => {
    if (r.node.source !== null || r.node.id >= border) return;
    if (!kept.some((k) => k.node === r.node && k.index === r.index)) kept.push(r);
  };
  for (const n of live.nodes) if (n.id >= border) for (const r of n.inputs) take(r);
  for (const r of live.results) take(r);
  const ends = graph.results.slice(count, count + c.ends);
  const more = kept.filter((k) => !ends.some((e) => e.node === k.node && e.index === k.index));
  const inputs = c.entrances.length;
  const isMine = (n: GraphNode): boolean => n.source?.kind !== 'argument' || n.source.place < inputs;
  const all: Graph = {
    name: c.graph.name,
    nodes: graph.nodes.filter((n) => isMine(n) && (n.id < border || n.source?.kind === 'constant')),
    results: [...ends, ...more],
    assigns: [],
  };
  const made = new Callable(pipe(all, pass('dead code', dropDead)), trace, c.owners);
  c.gradients.set(key, made);
  return made;
}

/** Gradients through a call: another call. */
export function gradientOfCall(
  c: Callable,
  g: readonly (ArrayValue | null)[],
  inputs: readonly ArrayValue[],
  outputs: readonly ArrayValue[],
  needs: readonly boolean[],
): (ArrayValue | null)[] {
  const { callable, gives } = backOf(
    c,
    needs,
    g.map((v) => v !== null),
  );
  const found = call(callable, [...inputs, ...outputs, ...g.filter((v): v is ArrayValue => v !== null)]);
  let k = 0;
  return gives.map((there) => (there ? found[k++] : null));
}

const callRule: Rule = (g, { inputs, outputs, attrs, needs }) =>
  gradientOfCall((attrs as { callable: Callable }).callable, g, inputs, outputs, needs);

addRules({ call: callRule });
export { isDifferentiable, zerosLike };
