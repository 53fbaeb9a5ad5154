import { ArrayValue } from '../array.js';
import type { Attrs, Primitive } from '../dispatch.js';
import type { DType } from '../dtype.js';
import { Weak } from '../ops/operand.js';

/** Graphs: what a traced function does, as a list of operations in the order in which they can run. */

/** What a graph knows of a variable: what it holds is read when the graph runs. */
export interface GraphVariable {
  readonly name: string;
  value(): ArrayValue;
}

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
  /** Everything that is not an array. Arrays stand as `Place`s among the inputs. */
  readonly attrs: Attrs;
  readonly outputs: readonly Spec[];
  /** Where in the user's program the operation was written, for messages. */
  readonly site: string | null;
}

/** `capture` is a value of a function around this one, which is being traced itself. */
export type Source =
  | { readonly kind: 'argument'; readonly place: number }
  | { readonly kind: 'variable'; readonly variable: GraphVariable }
  | { readonly kind: 'capture'; readonly value: ArrayValue }
  | { readonly kind: 'constant'; readonly value: ArrayValue };

export interface Graph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly results: readonly Ref[];
  /** What variables hold after a run. */
  readonly assigns: readonly { readonly variable: GraphVariable; readonly value: Ref }[];
}

/** Everything that must be there after a run: results, then what variables hold. */
export const endsOf = (g: Graph): readonly Ref[] => [...g.results, ...g.assigns.map((a) => a.value)];

/**
 * The nodes whose values a run is given: arguments in their order, then variables and captured values by their numbers, which passes keep
 * where they put nodes in another order.
 */
export function entrancesOf(g: Graph): readonly GraphNode[] {
  const args: GraphNode[] = [];
  const others: GraphNode[] = [];
  for (const n of g.nodes) {
    if (n.source === null || n.source.kind === 'constant') continue;
    if (n.source.kind === 'argument') args[n.source.place] = n;
    else others.push(n);
  }
  return [...args, ...others.sort((a, b) => a.id - b.id)];
}

/** Whether a node does something besides computing its results, so that it runs in its place whether they are used or not. */
export const hasEffect = (n: GraphNode): boolean => n.attrs.effect === true;

/** An array among an operation's metadata: the input at this place. */
export class Place {
  constructor(readonly index: number) {}
}

const isPlain = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;

/** An operation's inputs, and its metadata without them: arrays that stand there (operands of ufuncs, masks, starts of sums) become inputs. */
export function separated(attrs: Attrs, args: readonly ArrayValue[]): { kept: Attrs; inputs: readonly ArrayValue[] } {
  const inputs = [...args];
  const visit = (x: unknown): unknown => {
    if (x instanceof ArrayValue) {
      let at = inputs.indexOf(x);
      if (at < 0) at = inputs.push(x) - 1;
      return new Place(at);
    }
    if (Array.isArray(x)) return x.some((e) => typeof e === 'object' && e !== null) ? mapped(x, visit) : x;
    if (!isPlain(x) || 'types' in x) return x;
    let changed = false;
    const out: Record<string, unknown> = {};
    for (const [k, v] of Object.entries(x)) {
      const made = visit(v);
      changed ||= made !== v;
      out[k] = made;
    }
    return changed ? out : x;
  };
  return { kept: visit(attrs) as Attrs, inputs };
}

function mapped(list: readonly unknown[], f: (x: unknown) => unknown): readonly unknown[] {
  const out = list.map(f);
  return out.every((e, i) => e === list[i]) ? list : out;
}

/** What puts arrays back in their places; the metadata itself where there are none. */
export function restorer(attrs: Attrs): (args: readonly ArrayValue[]) => Attrs {
  const holds = (x: unknown): boolean =>
    x instanceof Place ||
    (Array.isArray(x) ? x.some(holds) : isPlain(x) && !('types' in x) && Object.values(x).some(holds));
  if (!holds(attrs)) return () => attrs;
  const fill = (x: unknown, args: readonly ArrayValue[]): unknown => {
    if (x instanceof Place) return args[x.index];
    if (Array.isArray(x)) return mapped(x, (e) => fill(e, args));
    if (!isPlain(x) || !holds(x)) return x;
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, fill(v, args)]));
  };
  return (args) => fill(attrs, args) as Attrs;
}

/** Replaces the values that nodes read and results name. `f` gives what stands for a node's results, or null to keep it on its new inputs. */
export function rewritten(
  g: Graph,
  f: (n: GraphNode, inputs: readonly Ref[]) => readonly Ref[] | GraphNode | null,
): Graph {
  const now = new Map<GraphNode, readonly Ref[]>();
  const look = (r: Ref): Ref => (now.get(r.node) as readonly Ref[])[r.index];
  const nodes = new Set<GraphNode>();
  const keep = (n: GraphNode): readonly Ref[] => {
    nodes.add(n);
    return n.outputs.map((_, index) => ({ node: n, index }));
  };
  for (const n of g.nodes) {
    const inputs = n.inputs.map(look);
    const same = inputs.every((r, i) => r.node === n.inputs[i].node && r.index === n.inputs[i].index);
    const made = f(n, inputs);
    if (made === null) now.set(n, keep(same ? n : { ...n, inputs }));
    else if (Array.isArray(made)) now.set(n, made as readonly Ref[]);
    else now.set(n, keep(made as GraphNode));
  }
  return {
    ...g,
    nodes: [...nodes],
    results: g.results.map(look),
    assigns: g.assigns.map((a) => ({ ...a, value: look(a.value) })),
  };
}

/** What an operation is called in pictures and messages: `add`, `add.reduce`. */
export function nameOf(n: GraphNode): string {
  if (n.source !== null) return n.source.kind;
  const { label } = n.attrs as { label?: unknown };
  if (typeof label === 'string') return label;
  const row = (n.attrs as { row?: { readonly name: string } }).row;
  const name = n.primitive?.name ?? '';
  if (row === undefined) return name;
  return name === 'ufunc' ? row.name : `${row.name}.${name}`;
}

export { Weak };
