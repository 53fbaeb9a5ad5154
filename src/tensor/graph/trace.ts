import type { ArrayValue } from '../../core/array.js';
import { isDescribed, shapesDevice } from '../../core/device/shapes.js';
import type { Attrs, Interpreter, Primitive } from '../../core/dispatch.js';
import { RuntimeError, TypeError } from '../../core/errors.js';
import { cStrides, sizeOf } from '../../core/view.js';
import { apart, note, unrecorded } from '../gradient/recording.js';
import { held } from '../gradient/parts.js';
import { Tensor } from '../tensor.js';
import type { Variable } from '../variable.js';
import {
  attrsWithOperands,
  attrsWithoutOperands,
  type Graph,
  type GraphNode,
  type Ref,
  type Source,
  type Spec,
} from './graph.js';
import { refs } from './symbols.js';

/** Tracing: a function is run on tensors that are only described, and what it does to them is written down. */

/** The line of the user's program that is running: the first outside of this library. */
function callSite(): string | null {
  const lines = new Error().stack?.split('\n').slice(1) ?? [];
  const own = /[\\/](?:core|ndarray|tensor|interop|bundle)[\\/][^)]*\.(?:js|ts)/;
  const line = lines.find((l) => !own.test(l) && !l.includes('node:'));
  return line === undefined ? null : (/\(?([^\s(]+:\d+):\d+\)?$/.exec(line)?.[1] ?? null);
}

/** A tensor of this description, which no memory stands behind. */
export function described(spec: Spec): Tensor {
  const strides = cStrides(spec.shape, spec.dtype.itemsize);
  return new Tensor(
    shapesDevice.allocate(sizeOf(spec.shape) * spec.dtype.itemsize),
    spec.dtype,
    spec.shape,
    strides,
    0,
  );
}

export class Trace implements Interpreter {
  /** Above tapes: what a tape notes in a traced function are described tensors, too. */
  readonly level = 2;
  readonly nodes: GraphNode[] = [];
  private readonly constants = new Map<ArrayValue, Ref>();
  /** What variables hold at this point of the traced function. */
  private readonly held = new Map<Variable, Tensor>();
  private readonly assigned = new Set<Variable>();
  closed = false;

  constructor(
    readonly name: string,
    /** Whether operations note where they were written; costs time. */
    readonly sites: boolean = true,
  ) {}

  private append(
    primitive: Primitive<any> | null,
    source: Source | null,
    inputs: readonly Ref[],
    attrs: Attrs,
    outputs: readonly Spec[],
  ): GraphNode {
    const node: GraphNode = {
      id: this.nodes.length,
      primitive,
      source,
      inputs,
      attrs,
      outputs,
      site: this.sites && primitive !== null ? callSite() : null,
    };
    this.nodes.push(node);
    return node;
  }

  private symbol(ref: Ref, like?: ArrayValue): Tensor {
    const t = (like ?? described(ref.node.outputs[ref.index])) as Tensor;
    refs.set(t, { trace: this, ref });
    return t;
  }

  /** A described tensor for the function's argument at a place. */
  argument(place: number, spec: Spec): Tensor {
    return this.symbol({ node: this.append(null, { kind: 'argument', place }, [], {}, [spec]), index: 0 });
  }

  /** What a variable holds here. */
  read(variable: Variable, spec: Spec): Tensor {
    let t = this.held.get(variable);
    if (t === undefined) {
      t = this.symbol({ node: this.append(null, { kind: 'variable', variable }, [], {}, [spec]), index: 0 });
      this.held.set(variable, t);
    }
    return t;
  }
  assign(variable: Variable, value: Tensor): void {
    const mine = isDescribed(value.buffer) ? value : this.symbol(this.refOf(value));
    this.held.set(variable, held(mine, variable) as Tensor);
    this.assigned.add(variable);
  }

  /** The graph's value that an operand is. Real ones become constants. */
  refOf(a: ArrayValue): Ref {
    const known = refs.get(a);
    if (known !== undefined) {
      if (known.trace !== this)
        throw new TypeError(
          `${this.name}: a tensor of the traced function '${known.trace.name}' was used outside of it; return it from there`,
        );
      return known.ref;
    }
    if (isDescribed(a.buffer)) throw new RuntimeError(`${this.name}: a described tensor that no operation made`);
    let ref = this.constants.get(a);
    if (ref === undefined) {
      const spec = { shape: a.shape, dtype: a.dtype };
      ref = { node: this.append(null, { kind: 'constant', value: a }, [], {}, [spec]), index: 0 };
      this.constants.set(a, ref);
    }
    return ref;
  }

  /** Notes an operation, and gives its results as described tensors. */
  process(primitive: Primitive<any>, args: readonly ArrayValue[], attrs: Attrs): ArrayValue | readonly ArrayValue[] {
    if (this.closed)
      throw new TypeError(
        `tf.function: a tensor of the traced function '${this.name}' was used after the function had been traced; return it from there`,
      );
    const inputs = args.map((a) => this.refOf(a));
    const kept = attrsWithoutOperands(primitive, attrs);
    const plain = unrecorded(() => this.shapesOf(primitive, args, kept));
    const list = (Array.isArray(plain) ? plain : [plain]) as ArrayValue[];
    const node = this.append(
      primitive,
      null,
      inputs,
      kept,
      list.map((t) => ({ shape: t.shape, dtype: t.dtype })),
    );
    const outputs = list.map((t, index) => this.symbol({ node, index }, args.includes(t) ? undefined : t));
    note(primitive, attrs, args, outputs);
    return Array.isArray(plain) ? outputs : outputs[0];
  }

  /** The results' shapes and dtypes: the operation, run where there is no memory. */
  private shapesOf(
    primitive: Primitive<any>,
    args: readonly ArrayValue[],
    kept: Attrs,
  ): ArrayValue | readonly ArrayValue[] {
    const flat = args.map((a) =>
      isDescribed(a.buffer)
        ? a
        : new Tensor(shapesDevice.allocate(a.buffer.nbytes), a.dtype, a.shape, cStrides(a.shape, a.dtype.itemsize), 0),
    );
    if (primitive.infer !== undefined) return described(primitive.infer(args, kept));
    return primitive.run(flat, attrsWithOperands(primitive, kept, flat));
  }

  graph(results: readonly ArrayValue[]): Graph {
    const refsOf = results.map((t) => this.refOf(t));
    const assigns = [...this.assigned].map((variable) => ({
      variable,
      value: this.refOf(this.held.get(variable) as Tensor),
    }));
    this.closed = true;
    return { name: this.name, nodes: this.nodes, results: refsOf, assigns };
  }
}

const traces: Trace[] = [];
/** The innermost function that is being traced. */
export const currentTrace = (): Trace | null => traces[traces.length - 1] ?? null;

export function whileTracing<T>(trace: Trace, f: () => T): T {
  traces.push(trace);
  try {
    return apart(f);
  } finally {
    traces.pop();
  }
}
