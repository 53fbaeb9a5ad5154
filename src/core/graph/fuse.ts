import { hostDevice } from '../device/registry.js';
import { kernelName } from '../dtype.js';
import type { ReduceProgram } from '../ir/expr.js';
import { rewriter } from '../ir/rewrite.js';
import { narrowLoop, type Typed } from '../ops/narrow.js';
import { foldProgram } from '../ops/reduce.js';
import { argParts } from '../ops/row.js';
import { sameShape, sizeOf } from '../view.js';
import * as x from '../ir/expr.js';
import { foldOf, type Form, formOf, type Parts } from './elementwise.js';
import { type FusedAttrs, fusedPrimitive } from './fused.js';
import { endsOf, type Graph, type GraphNode, hasEffect, nameOf, type Ref, type Spec } from './graph.js';

/**
 * Fusion: operations that become one kernel. A group is a set of elementwise operations over one shape, or a reduction with the operations
 * that make what it reads (its prologue) and those that follow it alone (its epilogue).
 */

/** As many operations, operands and results as one kernel takes. */
const MEMBERS = 48;
const OPERANDS = 12;

interface Group {
  readonly nodes: Set<GraphNode>;
  readonly shape: readonly number[];
  fold: GraphNode | null;
}

const specOf = (r: Ref): Spec => r.node.outputs[r.index];

export const fuse = (g: Graph): Graph => new Fusion(g).run();

class Fusion {
  private readonly users = new Map<GraphNode, { readonly by: GraphNode | null; readonly index: number }[]>();
  private readonly forms = new Map<GraphNode, Form>();
  private readonly groups = new Map<GraphNode, Group>();
  private readonly at = new Map<GraphNode, number>();
  /** Of an operation with an effect the one before it: their order stays. */
  private readonly after = new Map<GraphNode, GraphNode>();

  constructor(private readonly graph: Graph) {
    let effect: GraphNode | null = null;
    graph.nodes.forEach((n, i) => {
      this.at.set(n, i);
      this.users.set(n, []);
      if (!hasEffect(n)) return;
      if (effect !== null) this.after.set(n, effect);
      effect = n;
    });
    for (const n of graph.nodes) for (const r of n.inputs) this.users.get(r.node)?.push({ by: n, index: r.index });
    for (const r of endsOf(graph)) this.users.get(r.node)?.push({ by: null, index: r.index });
  }

  run(): Graph {
    for (const n of this.graph.nodes) {
      if (hasEffect(n)) continue;
      const form = formOf(n);
      if (form !== null && n.outputs.every((o) => sameShape(o.shape, n.outputs[0].shape))) this.forms.set(n, form);
    }
    for (const n of this.graph.nodes) if (foldOf(n) !== null) this.startFold(n);
    for (const n of this.graph.nodes) if (this.forms.has(n) && !this.groups.has(n)) this.join(n);
    for (const n of this.graph.nodes) if (this.groups.get(n)?.fold === n) this.prologue(n);
    return this.rebuilt();
  }

  /** A reduction, with the elementwise operations that follow it alone and read nothing else. */
  private startFold(n: GraphNode): void {
    const group: Group = { nodes: new Set([n]), shape: specOf(n.inputs[0]).shape, fold: n };
    this.groups.set(n, group);
    for (let last = n; ; ) {
      const users = this.users.get(last) ?? [];
      const next = users[0]?.by ?? null;
      if (next === null || !this.forms.has(next) || next.outputs.length !== 1 || users.some((u) => u.by !== next))
        return;
      if (next.inputs.some((r) => r.node !== last) || !sameShape(next.outputs[0].shape, n.outputs[0].shape)) return;
      group.nodes.add(next);
      this.groups.set(next, group);
      last = next;
    }
  }

  /** An elementwise operation joins those of its operands' groups that it can. */
  private join(n: GraphNode): void {
    let mine: Group = { nodes: new Set([n]), shape: n.outputs[0].shape, fold: null };
    this.groups.set(n, mine);
    for (const r of n.inputs) {
      const theirs = this.groups.get(r.node);
      if (theirs === undefined || theirs === mine || theirs.fold !== null) continue;
      if (sameShape(theirs.shape, mine.shape) && this.mayMerge(theirs, mine)) mine = this.merge(theirs, mine);
    }
  }

  private merge(a: Group, b: Group): Group {
    for (const n of b.nodes) {
      a.nodes.add(n);
      this.groups.set(n, a);
    }
    return a;
  }

  private mayMerge(a: Group, b: Group): boolean {
    if (a.nodes.size + b.nodes.size > MEMBERS) return false;
    const nodes = new Set([...a.nodes, ...b.nodes]);
    if (this.entrances(nodes).length + this.exits(nodes).length > OPERANDS) return false;
    return !this.detour(nodes);
  }

  /** Whether a way leads out of these nodes and back in: then they cannot run as one. Other groups run as one already. */
  private detour(nodes: ReadonlySet<GraphNode>): boolean {
    const seen = new Set<GraphNode>();
    const stack: GraphNode[] = [];
    const enter = (n: GraphNode): void => {
      const all = this.groups.get(n)?.nodes;
      for (const m of all !== undefined && !nodes.has(n) ? all : [n]) if (!seen.has(m)) stack.push(m);
    };
    for (const n of nodes) for (const m of this.before(n)) if (!nodes.has(m)) enter(m);
    for (let n = stack.pop(); n !== undefined; n = stack.pop()) {
      if (seen.has(n)) continue;
      seen.add(n);
      for (const m of this.before(n)) {
        if (nodes.has(m)) return true;
        enter(m);
      }
    }
    return false;
  }

  /** What must have run before a node. */
  private before(n: GraphNode): GraphNode[] {
    const list = n.inputs.map((r) => r.node);
    const effect = this.after.get(n);
    return effect === undefined ? list : [...list, effect];
  }

  /** What a set of nodes reads from outside; constants of one element are part of the program. */
  private entrances(nodes: ReadonlySet<GraphNode>): Ref[] {
    const out: Ref[] = [];
    for (const n of nodes)
      for (const r of n.inputs)
        if (!nodes.has(r.node) && literalOf(r) === null && !out.some((o) => o.node === r.node && o.index === r.index))
          out.push(r);
    return out;
  }
  /** What of a set of nodes is read outside. */
  private exits(nodes: ReadonlySet<GraphNode>): Ref[] {
    const out: Ref[] = [];
    for (const n of nodes)
      n.outputs.forEach((_, index) => {
        const used = this.users.get(n)?.some((u) => u.index === index && (u.by === null || !nodes.has(u.by)));
        if (used) out.push({ node: n, index });
      });
    return out;
  }

  /** The operations that make what a reduction alone reads become part of it, when all they read has the whole shape or one element. */
  private prologue(n: GraphNode): void {
    const source = n.inputs[0];
    const group = this.groups.get(n) as Group;
    const before = this.groups.get(source.node);
    if (before === undefined || before.fold !== null || !sameShape(before.shape, group.shape)) return;
    const exits = this.exits(before.nodes);
    if (exits.length !== 1 || exits[0].node !== source.node || exits[0].index !== source.index) return;
    if ((this.users.get(source.node) ?? []).some((u) => u.by === null || !group.nodes.has(u.by))) return;
    const reads = this.entrances(before.nodes);
    if (!reads.some((r) => sameShape(specOf(r).shape, group.shape))) return;
    if (reads.some((r) => !sameShape(specOf(r).shape, group.shape) && sizeOf(specOf(r).shape) !== 1)) return;
    for (const m of before.nodes) {
      group.nodes.add(m);
      this.groups.set(m, group);
    }
  }

  // ---- what groups become ---------------------------------------------------------------------------------------------

  private rebuilt(): Graph {
    const made = new Map<Group, { readonly node: GraphNode; readonly exits: readonly Ref[] }>();
    const done = new Map<GraphNode, GraphNode>();
    const nodes: GraphNode[] = [];
    const mapped = (r: Ref): Ref => {
      const group = this.groups.get(r.node);
      const fused = group === undefined ? undefined : made.get(group);
      if (fused !== undefined)
        return { node: fused.node, index: fused.exits.findIndex((e) => e.node === r.node && e.index === r.index) };
      return { node: done.get(r.node) as GraphNode, index: r.index };
    };
    // Depth first, in the order of the program: what a group reads comes before it, effects stay in order.
    const visit = (n: GraphNode): void => {
      if (done.has(n)) return;
      const group = this.groups.get(n);
      const single = group === undefined || group.nodes.size === 1;
      if (!single && made.has(group as Group)) return;
      const members = single ? [n] : this.ordered(group as Group);
      for (const m of members) for (const b of this.before(m)) if (single || !(group as Group).nodes.has(b)) visit(b);
      if (single) {
        const inputs = n.inputs.map(mapped);
        const same = inputs.every((r, i) => r.node === n.inputs[i].node && r.index === n.inputs[i].index);
        const now = same ? n : { ...n, inputs };
        done.set(n, now);
        nodes.push(now);
        return;
      }
      const fused = this.fused(group as Group, members, mapped);
      made.set(group as Group, fused);
      nodes.push(fused.node);
    };
    for (const n of this.graph.nodes) visit(n);
    return {
      ...this.graph,
      nodes,
      results: this.graph.results.map(mapped),
      assigns: this.graph.assigns.map((a) => ({ ...a, value: mapped(a.value) })),
    };
  }

  private ordered(group: Group): GraphNode[] {
    return [...group.nodes].sort((a, b) => (this.at.get(a) as number) - (this.at.get(b) as number));
  }

  private fused(
    group: Group,
    members: readonly GraphNode[],
    mapped: (r: Ref) => Ref,
  ): { node: GraphNode; exits: readonly Ref[] } {
    const reads = this.entrances(group.nodes);
    const exits = this.exits(group.nodes);
    const operands = reads.map((r) => kernelName(specOf(r).dtype));
    const values = new Map<GraphNode, readonly Parts[]>();
    const valueOf = (r: Ref): Parts => {
      const inside = values.get(r.node);
      if (inside !== undefined) return inside[r.index];
      const k = reads.findIndex((e) => e.node === r.node && e.index === r.index);
      return k < 0 ? (literalOf(r) as Parts) : argParts(k, specOf(r).dtype);
    };
    const label = members.map(nameOf).join('·');
    const written = (device: Typed): FusedAttrs['program'] => {
      let fold: ReduceProgram | null = null;
      for (const m of members) {
        if (m === group.fold) {
          fold = this.folded(m, valueOf(m.inputs[0]), operands, device);
          values.set(m, [fold.results[0].parts]);
        } else values.set(m, (this.forms.get(m) as Form)(m.inputs.map(valueOf), device));
      }
      const results = exits.map((e) => ({ dtype: kernelName(specOf(e).dtype), parts: valueOf(e) }));
      values.clear();
      return fold !== null ? { ...fold, name: label, results } : { kind: 'map', name: label, operands, results };
    };
    const program = written(hostDevice());
    let narrow: FusedAttrs['program'] | null = null;
    const attrs: FusedAttrs = {
      label,
      program,
      programOn: (device) => (device.dtypes.has('float64') ? program : (narrow ??= written(device))),
      shape: group.shape,
      reduced: group.fold === null ? null : (foldOf(group.fold)?.reduced as readonly boolean[]),
      outputs: exits.map(specOf),
      body: bodyOf(this.graph.name, members, reads, exits),
    };
    const last = members[members.length - 1];
    const node: GraphNode = {
      id: last.id,
      primitive: fusedPrimitive,
      source: null,
      inputs: reads.map(mapped),
      attrs,
      outputs: attrs.outputs,
      site: last.site,
    };
    return { node, exits };
  }

  /** The reduction's own program, over what its prologue makes. */
  private folded(n: GraphNode, source: Parts, operands: ReduceProgram['operands'], device: Typed): ReduceProgram {
    const f = foldOf(n) as NonNullable<ReturnType<typeof foldOf>>;
    const { row } = f.attrs;
    const plain = foldProgram({
      row,
      loop: narrowLoop(row, f.loop, device),
      input: f.input,
      out: f.acc,
      kind: 'reduce',
      masked: false,
      start: f.start,
    });
    const put = rewriter((e) => (e.op === 'arg' ? source[e.part] : null));
    return { ...plain, operands, map: plain.map.map(put) };
  }
}

/** A constant of one element as part of a program; null for all else. */
function literalOf(r: Ref): Parts | null {
  const { source } = r.node;
  if (source?.kind !== 'constant' || source.value.size !== 1) return null;
  const { dtype } = source.value;
  if (!'fiub'.includes(dtype.kind) || dtype.index < 0) return null;
  const v = (source.value as unknown as { item(o: { bigint: boolean }): unknown }).item({ bigint: true });
  return [x.konst(dtype.part, v as number)];
}

/** Operations as a graph of their own. */
function bodyOf(name: string, members: readonly GraphNode[], reads: readonly Ref[], exits: readonly Ref[]): Graph {
  const nodes: GraphNode[] = [];
  const known = new Map<GraphNode, GraphNode>();
  const args = reads.map((r, place) => {
    const node: GraphNode = {
      ...r.node,
      id: place,
      primitive: null,
      source: { kind: 'argument', place },
      inputs: [],
      attrs: {},
      outputs: [specOf(r)],
    };
    nodes.push(node);
    return node;
  });
  const mapped = (r: Ref): Ref => {
    const inside = known.get(r.node);
    if (inside !== undefined) return { node: inside, index: r.index };
    const k = reads.findIndex((e) => e.node === r.node && e.index === r.index);
    if (k >= 0) return { node: args[k], index: 0 };
    known.set(r.node, r.node);
    nodes.push(r.node);
    return r;
  };
  for (const m of members) {
    const inputs = m.inputs.map(mapped);
    const node = { ...m, inputs };
    known.set(m, node);
    nodes.push(node);
  }
  return { name, nodes, results: exits.map(mapped), assigns: [] };
}
