import { ArrayValue } from '../../core/array.js';
import { hidden } from '../../core/inspect.js';
import { TypeError } from '../../core/errors.js';
import { convert_to_tensor } from '../convert.js';
import { flatten, packed } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { isDifferentiable, keeping } from './call.js';
import { call, Callable, simplified } from './callable.js';
import { entrancesOf, type Graph, hasEffect } from '../../core/graph/graph.js';
import { dot, mermaid, text } from './picture.js';
import { asTensors, TensorSpec } from './signature.js';
import { currentTrace, inScope, Trace, whileTracing } from './trace.js';

/** Traced functions for one kind of arguments. */

/** Where a tensor stands in the form of results. */
class Slot {}
const SLOT = new Slot();

/**
 * A graph to look at: its operations, as text and as pictures, as it was written and as it runs.
 * @example
 * const f = tf.function((x) => tf.add(tf.multiply(x, x), 1));
 * const g = f.get_concrete_function(tf.constant([1, 2])).graph;
 * g.get_operations().length // → 2
 * g.optimized().get_operations().length // → 1
 */
export class FuncGraph implements Graph {
  readonly name: string;
  readonly nodes: Graph['nodes'];
  readonly results: Graph['results'];
  readonly assigns: Graph['assigns'];
  constructor(
    graph: Graph,
    private readonly fused: () => Graph,
  ) {
    this.name = graph.name;
    this.nodes = graph.nodes;
    this.results = graph.results;
    this.assigns = graph.assigns;
  }
  /** The operations, in the order in which they were called. */
  get_operations(): Graph['nodes'] {
    return this.nodes.filter((n) => n.primitive !== null);
  }
  /** The same graph without what is not needed, before operations are joined. */
  simplified(): FuncGraph {
    return new FuncGraph(simplified(this), this.fused);
  }
  /** The graph that runs: simplified, with operations joined into kernels. */
  optimized(): FuncGraph {
    return new FuncGraph(this.fused(), this.fused);
  }
  /** One line for each operation. */
  toString(): string {
    return text(this);
  }
  /** A picture for Markdown. */
  to_mermaid(): string {
    return mermaid(this);
  }
  /** A picture for Graphviz. */
  to_dot(): string {
    return dot(this);
  }
}
hidden(FuncGraph, 'name', 'FuncGraph');

export interface ConcreteFunction {
  (...args: any[]): any;
}
/**
 * A traced function for one kind of arguments. It can be called with tensors of that kind, and tells what it takes, gives and reads.
 * @throws TypeError when it is called with tensors of another kind
 * @example
 * const f = tf.function((x) => tf.square(x)).get_concrete_function(new tf.TensorSpec([2], 'float32'));
 * f(tf.constant([3, 4])).numpy() // → array([ 9., 16.], dtype=float32)
 */
export class ConcreteFunction {
  /** @internal */
  readonly callable: Callable;
  /** @internal */
  readonly form: unknown;
  /** What it was traced for: arguments as descriptions of tensors, and all other values as they are. */
  readonly structured_input_signature: unknown;
  /** @internal */
  readonly created: readonly Variable[];
  private shown: FuncGraph | null = null;

  private constructor(callable: Callable, form: unknown, signature: unknown, created: readonly Variable[]) {
    this.callable = callable;
    this.form = form;
    this.structured_input_signature = signature;
    this.created = created;
  }

  /** @internal */
  static of(callable: Callable, form: unknown, signature: unknown, created: readonly Variable[]): ConcreteFunction {
    const made = new ConcreteFunction(callable, form, signature, created);
    const f = Object.assign((...args: unknown[]): unknown => self.run(self.tensorsOf(args)), made);
    const self = Object.setPrototypeOf(f, ConcreteFunction.prototype) as ConcreteFunction;
    hidden(f, 'name', callable.graph.name);
    return self;
  }

  /** What it does, as a graph. */
  get graph(): FuncGraph {
    this.shown ??= new FuncGraph(this.callable.graph, () => this.callable.running);
    return this.shown;
  }
  /** Descriptions of the arguments that are tensors. */
  get inputs(): readonly TensorSpec[] {
    return entrancesOf(this.callable.graph)
      .filter((n) => n.source?.kind === 'argument')
      .map((n) => new TensorSpec(n.outputs[0].shape, n.outputs[0].dtype));
  }
  /** Descriptions of the results that are tensors. */
  get outputs(): readonly TensorSpec[] {
    return this.callable.graph.results.map(
      (r) => new TensorSpec(r.node.outputs[r.index].shape, r.node.outputs[r.index].dtype),
    );
  }
  /** The results' structure, with descriptions in the places of tensors. */
  get structured_outputs(): unknown {
    const left = [...this.outputs];
    return packed(
      this.form,
      flatten(this.form).map((leaf) => (leaf instanceof Slot ? left.shift() : leaf)),
    );
  }
  /** The variables that it reads or assigns. */
  get variables(): readonly Variable[] {
    const found = new Set(this.callable.assigned);
    for (const n of this.callable.entrances)
      if (n.source?.kind === 'variable') found.add(n.source.variable as Variable);
    return [...found];
  }
  get trainable_variables(): readonly Variable[] {
    return this.variables.filter((v) => v.trainable);
  }

  /** @internal Whether it captured something of functions around it. */
  get captures(): boolean {
    return this.callable.entrances.some((n) => n.source?.kind === 'capture');
  }
  /** @internal Whether what it captured of functions around it is still being traced. */
  get alive(): boolean {
    return this.callable.entrances.every((n) => n.source?.kind !== 'capture' || inScope(n.source.value));
  }

  /** The tensors among arguments. @throws TypeError when they are not of the kind that was traced */
  private tensorsOf(args: readonly unknown[]): Tensor[] {
    const given = flatten(asTensors(args)).map((x) => (x instanceof Variable ? x.value() : x));
    const tensors = given.filter((x) => x instanceof Tensor || typeof x === 'number');
    const specs = this.inputs;
    if (tensors.length !== specs.length)
      throw new TypeError(`${this.callable.graph.name} takes ${specs.length} tensors, got ${tensors.length}`);
    return tensors.map((x, i) => {
      const t = x instanceof Tensor ? x : convert_to_tensor(x as number, { dtype: specs[i].dtype } as never);
      if (!specs[i].is_compatible_with(t))
        throw new TypeError(
          `${this.callable.graph.name}: argument ${i} was traced as ${specs[i].toString()}, got ${TensorSpec.from_tensor(t as Tensor).toString()}`,
        );
      return t as Tensor;
    });
  }

  /** @internal Runs the graph on the tensors among the arguments. */
  run(tensors: readonly Tensor[]): unknown {
    const { callable } = this;
    const { results, assigns, nodes } = callable.graph;
    const given = callable.given(tensors);
    let ends: readonly ArrayValue[];
    let level = currentTrace() !== null && (assigns.length > 0 || nodes.some(hasEffect)) ? 2 : 0;
    for (const t of given) level = Math.max(level, t.interpreter?.level ?? 0);
    if (level > 1) ends = callable.replay(given);
    else if (level === 1) {
      const needs = given.map((t) => t.interpreter !== null && isDifferentiable(t));
      ends = call(keeping(callable, needs), given).slice(0, callable.ends);
    } else ends = callable.run(given);
    assigns.forEach(({ variable }, i) => {
      (variable as Variable).assign(ends[results.length + i] as Tensor);
    });
    let k = 0;
    return packed(
      this.form,
      flatten(this.form).map((leaf) => (leaf instanceof Slot ? ends[k++] : leaf)),
    );
  }
}
hidden(ConcreteFunction, 'name', 'ConcreteFunction');
Object.setPrototypeOf(ConcreteFunction.prototype, Function.prototype);

/** What a traced function gave, as tensors: arrays, numbers and variables too. All else stays what it is. */
export const asResult = (r: unknown): unknown => {
  if (r instanceof Tensor) return r;
  if (r instanceof Variable) return r.value();
  if (
    r instanceof ArrayValue
      ? !r.dtype.hasobject
      : typeof r === 'number' || typeof r === 'bigint' || typeof r === 'boolean'
  )
    return convert_to_tensor(r as never);
  return r;
};

/** Traces a function on arguments of this kind: tensors and their descriptions become described tensors. */
export function traced(name: string, f: (...args: any[]) => unknown, args: readonly unknown[]): ConcreteFunction {
  const trace = new Trace(name);
  let place = 0;
  const isTensor = (x: unknown): x is Tensor | TensorSpec => x instanceof Tensor || x instanceof TensorSpec;
  const leaves = flatten(args).map((x) =>
    isTensor(x) ? trace.argument(place++, { shape: fullShape(name, x.shape), dtype: x.dtype }) : x,
  );
  const form = whileTracing(trace, () => {
    const result = f(...(packed(args, leaves) as unknown[]));
    return packed(result, flatten(result).map(asResult));
  });
  const ends = flatten(form);
  const graph = whileTracing(trace, () => trace.graph(ends.filter((t): t is Tensor => t instanceof Tensor)));
  const signature = packed(
    args,
    flatten(args).map((x) => (x instanceof Tensor ? TensorSpec.from_tensor(x) : x)),
  );
  return ConcreteFunction.of(
    new Callable(graph, trace),
    packed(
      form,
      ends.map((t) => (t instanceof Tensor ? SLOT : t)),
    ),
    signature,
    trace.created,
  );
}

function fullShape(name: string, shape: readonly (number | null)[] | null): readonly number[] {
  if (shape === null || shape.includes(null))
    throw new TypeError(
      `${name}: a graph is made for tensors of known shape, got ${shape === null ? 'an unknown shape' : `(${shape.map((n) => n ?? 'None').join(', ')})`}; pass tensors, or a TensorSpec without null`,
    );
  return shape as readonly number[];
}
