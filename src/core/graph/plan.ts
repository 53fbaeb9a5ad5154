import type { ArrayValue } from '../array.js';
import { isHost } from '../device/access.js';
import { type Primitive, runNow } from '../dispatch.js';
import type { NumericName } from '../dtype.js';
import { elsewhere, uploaded } from '../ops/place.js';
import { type FusedAttrs, fusedPrimitive, runFused } from './fused.js';
import { endsOf, entrancesOf, type Graph, type GraphNode, type Ref, restorer } from './graph.js';

/**
 * Plans: a graph as a list of steps over numbered places. What a step makes is given back to the allocator after its last reader, so that the
 * next step of that size computes in memory that is warm; elementwise steps write over an operand that dies with them.
 */

type Run = (args: readonly ArrayValue[]) => ArrayValue | readonly ArrayValue[];

interface Step {
  readonly node: GraphNode;
  readonly run: Run;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Places that nothing reads after this step. */
  readonly dies: readonly number[];
}

/** What gives a tensor's memory back at once. */
interface Disposable {
  dispose(): void;
}

export class Plan {
  private readonly steps: Step[] = [];
  private readonly start: (ArrayValue | null)[] = [];
  private readonly entrances: readonly number[];
  private readonly ends: readonly number[];
  /** Which ends are what was given, constants, or the same as another end: they become tensors of their own. */
  private readonly shared: readonly boolean[];
  /** Of each step the one after which its results are dead, for pictures: see `lifetimes`. */
  private readonly last = new Map<GraphNode, number>();

  constructor(graph: Graph) {
    const places = new Map<GraphNode, number>();
    for (const n of graph.nodes) {
      places.set(n, this.start.length);
      for (let k = 0; k < n.outputs.length; k++)
        this.start.push(n.source?.kind === 'constant' ? (n.source.value as ArrayValue) : null);
    }
    const placeOf = (r: Ref): number => (places.get(r.node) as number) + r.index;
    this.entrances = entrancesOf(graph).map((n) => places.get(n) as number);
    this.ends = endsOf(graph).map(placeOf);
    this.shared = endsOf(graph).map((r, k) => r.node.source !== null || this.ends.indexOf(this.ends[k]) < k);
    const stays = new Set(this.ends);
    const operations = graph.nodes.filter((n) => n.primitive !== null);
    const dead = new Set<number>();
    const dies: number[][] = operations.map(() => []);
    // From the last step to the first: the first reader met that way is a value's last one.
    for (let i = operations.length - 1; i >= 0; i--) {
      const n = operations[i];
      const own = n.outputs.map((_, index) => placeOf({ node: n, index }));
      for (const p of own) if (!dead.has(p) && !stays.has(p)) dies[i].push(p);
      for (const r of n.inputs) {
        const p = placeOf(r);
        if (r.node.primitive === null || stays.has(p) || dead.has(p)) continue;
        dead.add(p);
        dies[i].push(p);
        this.last.set(r.node, i);
      }
    }
    operations.forEach((node, i) => {
      const inputs = node.inputs.map(placeOf);
      const dying = inputs.flatMap((p, k) => (dies[i].includes(p) ? [k] : []));
      this.steps.push({
        node,
        run: runnerOf(node, dying),
        inputs,
        outputs: node.outputs.map((_, index) => placeOf({ node, index })),
        dies: dies[i],
      });
    });
  }

  /** How many kernels and other operations a run is. */
  get length(): number {
    return this.steps.length;
  }

  /** The step after which a node's results are given back; undefined for what is returned. */
  lifetime(n: GraphNode): number | undefined {
    return this.last.get(n);
  }

  /** Runs the steps beside all interpreters. */
  run(given: readonly ArrayValue[]): ArrayValue[] {
    const values = this.start.slice();
    const entering = entered(given);
    for (let i = 0; i < this.entrances.length; i++) values[this.entrances[i]] = entering[i];
    for (const step of this.steps) {
      const { inputs, outputs } = step;
      const args = new Array<ArrayValue>(inputs.length);
      for (let i = 0; i < inputs.length; i++) args[i] = values[inputs[i]] as ArrayValue;
      const made = step.run(args);
      if (Array.isArray(made))
        for (let k = 0; k < outputs.length; k++)
          values[outputs[k]] = distinct(made[k], args, made.indexOf(made[k]) < k);
      else values[outputs[0]] = distinct(made as ArrayValue, args);
      for (const p of step.dies) {
        (values[p] as unknown as Disposable).dispose?.();
        values[p] = null;
      }
    }
    return this.ends.map((p, k) => {
      const t = values[p] as ArrayValue;
      return this.shared[k] ? view(t) : t;
    });
  }
}

/** What a graph is given, on one device: arrays of the host's go where the others are, single numbers stay. */
function entered(given: readonly ArrayValue[]): readonly ArrayValue[] {
  if (given.every((v) => isHost(v.buffer))) return given;
  const device = elsewhere(given, 'tf.function');
  if (device === null) return given;
  const goes = (v: ArrayValue): boolean =>
    v.ndim > 0 && isHost(v.buffer) && device.dtypes.has(v.dtype.name as NumericName);
  return given.map((v) => (goes(v) ? uploaded(v, device, 'tf.function') : v));
}

const view = (t: ArrayValue): ArrayValue => t.face.view(t, t.dtype, t.shape, t.strides, t.offset);

/** A result that is an operand itself, or another result, as a view of its own, which can be given back alone. */
const distinct = (made: ArrayValue, args: readonly ArrayValue[], again = false): ArrayValue =>
  again || args.includes(made) ? view(made) : made;

function runnerOf(n: GraphNode, dying: readonly number[]): Run {
  const p = n.primitive as Primitive<any>;
  if (p === fusedPrimitive) {
    const attrs = n.attrs as unknown as FusedAttrs;
    return (args) => runFused(args, attrs, dying);
  }
  const restore = restorer(n.attrs);
  return (args) => runNow(p, args, restore(args));
}
