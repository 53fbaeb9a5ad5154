import type { ArrayValue } from '../array.js';
import { isHost } from '../device/access.js';
import { RuntimeError } from '../errors.js';
import { canCast } from '../promote.js';
import { sameShape } from '../view.js';
import { keyOf } from './keys.js';
import { endsOf, type Graph, type GraphNode, hasEffect, nameOf, Place, type Ref, rewritten, Weak } from './graph.js';
import { direct } from './run.js';

/** Passes: from a graph to one with the same results, bit for bit, and less to do. */

export interface Pass {
  readonly name: string;
  readonly run: (g: Graph) => Graph;
}
export const pass = (name: string, run: (g: Graph) => Graph): Pass => ({ name, run });

let verifying = false;
/** Whether every pass is followed by a check of what it made. */
export function verifyPasses(on: boolean): void {
  verifying = on;
}

/** A graph through passes, one after the other. */
export function pipe(graph: Graph, ...passes: readonly Pass[]): Graph {
  return passes.reduce((g, p) => {
    const made = p.run(g);
    if (verifying) verify(made, p.name);
    return made;
  }, graph);
}

/** @throws RuntimeError naming the pass when a graph is none: a value is read before it is there, or is not what its reader was made for */
export function verify(g: Graph, by = 'trace'): void {
  const wrong = (text: string): never => {
    throw new RuntimeError(`graph '${g.name}' after '${by}': ${text}`);
  };
  const there = new Set<GraphNode>();
  const places = new Set<number>();
  const check = (r: Ref, reader: string): void => {
    if (!there.has(r.node)) wrong(`${reader} reads '${nameOf(r.node)}' (${r.node.id}) before it is there`);
    if (r.node.outputs[r.index] === undefined) wrong(`${reader} reads result ${r.index} of '${nameOf(r.node)}'`);
  };
  for (const n of g.nodes) {
    if (there.has(n)) wrong(`node ${n.id} stands there twice`);
    if ((n.primitive === null) === (n.source === null)) wrong(`node ${n.id} is neither an operation nor a source`);
    for (const r of n.inputs) check(r, `'${nameOf(n)}' (${n.id})`);
    if (n.source?.kind === 'argument') {
      if (places.has(n.source.place)) wrong(`argument ${n.source.place} stands there twice`);
      places.add(n.source.place);
    }
    if (n.source?.kind === 'constant') {
      const [a, b] = [n.source.value, n.outputs[0]];
      if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) wrong(`constant ${n.id} is not what it says`);
    }
    there.add(n);
  }
  for (const r of g.results) check(r, 'a result');
  for (const a of g.assigns) check(a.value, `the variable '${a.variable.name}'`);
}

const constantOf = (r: Ref): ArrayValue | null =>
  r.node.source?.kind === 'constant' ? (r.node.source.value as ArrayValue) : null;

/** Above this many bytes a constant is worth less than the operation that makes it. */
const LARGE = 1 << 16;

/** Operations on constants run now. */
export const foldConstants = (g: Graph): Graph => {
  let next = g.nodes.reduce((m, n) => Math.max(m, n.id), 0) + 1;
  const made: GraphNode[] = [];
  const out = rewritten(g, (n, inputs) => {
    if (n.primitive === null || hasEffect(n) || inputs.length === 0 || n.attrs.calls !== undefined) return null;
    const values = inputs.map(constantOf);
    if (!values.every((v): v is ArrayValue => v !== null)) return null;
    if (n.outputs.some((o) => o.shape.reduce((a, b) => a * b, o.dtype.itemsize) > LARGE)) return null;
    let results: ArrayValue | readonly ArrayValue[];
    try {
      results = direct(n.primitive as never, values, n);
    } catch {
      // Its error is the program's, and belongs to a run.
      return null;
    }
    return ((Array.isArray(results) ? results : [results]) as ArrayValue[]).map((value) => {
      const spec = { shape: value.shape, dtype: value.dtype };
      const source = { kind: 'constant', value } as const;
      const node: GraphNode = {
        id: next++,
        primitive: null,
        source,
        inputs: [],
        attrs: {},
        outputs: [spec],
        site: n.site,
      };
      made.push(node);
      return { node, index: 0 };
    });
  });
  return { ...out, nodes: [...made, ...out.nodes] };
};

/** Operations that were done before on the same values give the same. */
export const shareEqual = (g: Graph): Graph => {
  const seen = new Map<string, GraphNode>();
  return rewritten(g, (n, inputs) => {
    if (hasEffect(n)) return null;
    const key = keyOf(n, inputs);
    if (key === null) return null;
    const before = seen.get(key);
    if (before !== undefined) return before.outputs.map((_, index) => ({ node: before, index }));
    // The node that stays is the rewritten one.
    const now = { ...n, inputs };
    seen.set(key, now);
    return now;
  });
};

/** What nothing needs is left out; arguments stay, and what has an effect. */
export const dropDead = (g: Graph): Graph => {
  const live = new Set<GraphNode>();
  const visit = (n: GraphNode): void => {
    const stack = [n];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (live.has(top)) continue;
      live.add(top);
      for (const r of top.inputs) stack.push(r.node);
    }
  };
  for (const r of endsOf(g)) visit(r.node);
  for (const n of g.nodes) if (hasEffect(n) || (n.source !== null && n.source.kind !== 'constant')) visit(n);
  return { ...g, nodes: g.nodes.filter((n) => live.has(n)) };
};

// ---- algebra ---------------------------------------------------------------------------------------------------------

type Law = (n: GraphNode, inputs: readonly Ref[]) => Ref | GraphNode | null;
const specOf = (r: Ref) => r.node.outputs[r.index];
const isSame = (n: GraphNode, r: Ref): boolean =>
  n.outputs[0].dtype === specOf(r).dtype && sameShape(n.outputs[0].shape, specOf(r).shape);

/** The lone number that an operation's operand is, or its only element: null where it is neither. */
function numberAt(n: GraphNode, inputs: readonly Ref[], at: number): number | null {
  const o = (n.attrs.operands as readonly unknown[])[at];
  if (o instanceof Weak) return typeof o.value === 'object' ? null : Number(o.value);
  const c = o instanceof Place ? constantOf(inputs[o.index]) : null;
  if (c === null || c.size !== 1 || !isHost(c.buffer) || !'fiu'.includes(c.dtype.kind)) return null;
  const v = (c as { item?: () => unknown }).item?.();
  return typeof v === 'number' ? v : null;
}
const operandAt = (n: GraphNode, inputs: readonly Ref[], at: number): Ref | null => {
  const o = (n.attrs.operands as readonly unknown[])[at];
  return o instanceof Place ? inputs[o.index] : null;
};

/** `x op c` is x, for the constants that hold for its dtype; exact for every x, -0 and NaN included. */
const neutral =
  (holds: (c: number, kind: string, at: number) => boolean): Law =>
  (n, inputs) => {
    for (const at of [1, 0]) {
      const c = numberAt(n, inputs, at);
      const x = operandAt(n, inputs, 1 - at);
      if (c !== null && x !== null && isSame(n, x) && holds(c, n.outputs[0].dtype.kind, at)) return x;
    }
    return null;
  };
const isWhole = (kind: string): boolean => kind === 'i' || kind === 'u';

/** f(f(x)) is x. */
const inverse: Law = (n, inputs) => {
  const x = operandAt(n, inputs, 0);
  if (x === null || !isPlain(n) || nameOf(x.node) !== nameOf(n) || !isPlain(x.node)) return null;
  const before = operandAt(x.node, x.node.inputs, 0);
  return before !== null && isSame(n, before) ? before : null;
};
/** f(f(x)) is f(x). */
const settled: Law = (n, inputs) => {
  const x = operandAt(n, inputs, 0);
  return x !== null && nameOf(x.node) === nameOf(n) && isPlain(x.node) && isSame(n, x) ? x : null;
};
/** f(x, x) is x. */
const equalPair: Law = (n, inputs) => {
  const [a, b] = [operandAt(n, inputs, 0), operandAt(n, inputs, 1)];
  return a !== null && b !== null && a.node === b.node && a.index === b.index && isSame(n, a) ? a : null;
};
const itself: Law = (n, inputs) => (isSame(n, inputs[0]) ? inputs[0] : null);

/** A ufunc's call without where=, dtype= and the like. */
const isPlain = (n: GraphNode): boolean => {
  const o = n.attrs.options as { out: unknown; where: unknown; dtype: unknown; signature: unknown } | undefined;
  return o !== undefined && o.out === null && o.where === null && o.dtype === null && (o.signature ?? null) === null;
};

const UFUNC_LAWS: Readonly<Record<string, Law>> = {
  multiply: neutral((c) => c === 1),
  true_divide: neutral((c, kind, at) => at === 1 && c === 1 && kind !== 'i'),
  divide: neutral((c, kind, at) => at === 1 && c === 1 && kind !== 'i'),
  // x + 0 makes 0 of -0; x - 0 and x + -0 do not.
  add: neutral((c, kind) => c === 0 && (isWhole(kind) || Object.is(c, -0))),
  subtract: neutral((c, kind, at) => at === 1 && c === 0 && (isWhole(kind) || Object.is(c, 0))),
  bitwise_or: neutral((c, kind) => isWhole(kind) && c === 0),
  bitwise_xor: neutral((c, kind) => isWhole(kind) && c === 0),
  left_shift: neutral((c, _, at) => at === 1 && c === 0),
  right_shift: neutral((c, _, at) => at === 1 && c === 0),
  positive: itself,
  conjugate: (n, inputs) => (n.outputs[0].dtype.kind === 'c' ? inverse(n, inputs) : itself(n, inputs)),
  negative: inverse,
  invert: inverse,
  logical_not: (n, inputs) => (n.outputs[0].dtype.kind === 'b' ? inverse(n, inputs) : null),
  absolute: settled,
  floor: settled,
  ceil: settled,
  trunc: settled,
  rint: settled,
  sign: settled,
  maximum: equalPair,
  minimum: equalPair,
  bitwise_and: equalPair,
  logical_and: equalPair,
};

/** The node once more, on another input. */
const onto = (n: GraphNode, input: Ref, attrs: GraphNode['attrs']): GraphNode => ({ ...n, inputs: [input], attrs });

const MOVE_LAWS: Readonly<Record<string, Law>> = {
  reshape: (n, inputs) => {
    const [x] = inputs;
    if (n.attrs.order !== 'C' || n.attrs.copy === true) return null;
    if (isSame(n, x)) return x;
    const { node } = x;
    return node.primitive?.name === 'reshape' && node.attrs.order === 'C' && node.attrs.copy !== true
      ? onto(n, node.inputs[0], n.attrs)
      : null;
  },
  transpose: (n, inputs) => {
    const axes = n.attrs.axes as readonly number[];
    if (axes.every((k, i) => k === i)) return inputs[0];
    const { node } = inputs[0];
    if (node.primitive?.name !== 'transpose') return null;
    const first = node.attrs.axes as readonly number[];
    const both = axes.map((k) => first[k]);
    return both.every((k, i) => k === i) ? node.inputs[0] : onto(n, node.inputs[0], { axes: both });
  },
  broadcast_to: itself,
  slice: (n, inputs) => ((n.attrs.step as readonly number[]).every((s) => s === 1) ? itself(n, inputs) : null),
  cast: (n, inputs) => {
    const [x] = inputs;
    if (x.node.primitive?.name !== 'cast') return itself(n, inputs);
    const origin = x.node.inputs[0];
    // There and back again, without loss on the way.
    const { kind } = specOf(origin).dtype;
    return isSame(n, origin) && 'biufc'.includes(kind) && canCast(specOf(origin).dtype, specOf(x).dtype, 'safe')
      ? origin
      : itself(n, inputs);
  },
};

/** Laws of single operations that hold for every value, to the bit. */
export const algebra = (g: Graph): Graph =>
  rewritten(g, (n, inputs) => {
    if (n.primitive === null) return null;
    const ufunc = n.primitive.name === 'ufunc';
    if (ufunc && !isPlain(n)) return null;
    const law = ufunc ? UFUNC_LAWS[nameOf(n)] : MOVE_LAWS[n.primitive.name];
    const made = law?.(n, inputs) ?? null;
    if (made === null) return null;
    return 'node' in made ? [made] : made;
  });
