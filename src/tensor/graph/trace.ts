import type { ArrayValue } from '../../core/array.js';
import { isDescribed, shapesDevice } from '../../core/device/shapes.js';
import type { Attrs, Interpreter, Primitive } from '../../core/dispatch.js';
import { NotImplementedError, RecursionError, RuntimeError, TypeError } from '../../core/errors.js';
import { cStrides, sizeOf } from '../../core/view.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { held } from '../gradient/parts.js';
import { apart, note, unrecorded } from '../gradient/recording.js';
import { fromArray, Tensor } from '../tensor.js';
import type { Variable } from '../variable.js';
import {
  type Graph,
  type GraphNode,
  nameOf,
  type Ref,
  restorer,
  separated,
  type Source,
  type Spec,
} from '../../core/graph/graph.js';
import { callSite } from './site.js';
import { nameBuffer, refs } from './symbols.js';

/** Tracing: a function is run on tensors that are only described, and what it does to them is written down. */

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
  private readonly captured = new Map<ArrayValue, Ref>();
  /** What variables hold at this point of the traced function. */
  private readonly held = new Map<Variable, Tensor>();
  private readonly assigned = new Set<Variable>();
  /** Variables that the traced function made. */
  readonly created: Variable[] = [];
  closed = false;
  /**
   * Of a trace that goes through a graph once more: which trace made that graph, and what stands here for its values. Functions that were
   * kept (gradients of the user's own) still name those.
   */
  again: { readonly of: Trace; readonly stands: (r: Ref) => ArrayValue | null } | null = null;

  constructor(readonly name: string) {}

  /** What stands here for a value of a trace that was gone through again, by this one or by the one before it. */
  private standIn(known: { readonly trace: Interpreter; readonly ref: Ref }): ArrayValue | null {
    if (this.again === null) return null;
    const { of, stands } = this.again;
    if (known.trace === of) return stands(known.ref);
    const before = of.standIn(known);
    const ref = before === null ? undefined : refs.get(before);
    return ref === undefined || ref.trace !== of ? null : stands(ref.ref);
  }

  private append(
    primitive: Primitive<any> | null,
    source: Source | null,
    inputs: readonly Ref[],
    attrs: Attrs,
    outputs: readonly Spec[],
  ): GraphNode {
    const id = this.nodes.length;
    const site = primitive === null ? null : callSite();
    const node: GraphNode = { id, primitive, source, inputs, attrs, outputs, site };
    this.nodes.push(node);
    return node;
  }

  private symbol(ref: Ref, like?: ArrayValue): Tensor {
    const t = (like ?? described(ref.node.outputs[ref.index])) as Tensor;
    refs.set(t, { trace: this, ref });
    nameBuffer(t.buffer, ref);
    return t;
  }
  private source(source: Source, spec: Spec): Ref {
    return { node: this.append(null, source, [], {}, [{ shape: spec.shape, dtype: spec.dtype }]), index: 0 };
  }

  /** A described tensor for the function's argument at a place. */
  argument(place: number, spec: Spec): Tensor {
    return this.symbol(this.source({ kind: 'argument', place }, spec));
  }

  /** What a variable holds here. */
  read(variable: Variable): Tensor {
    let t = this.held.get(variable);
    if (t === undefined) {
      t = this.symbol(this.source({ kind: 'variable', variable }, variable.held));
      this.held.set(variable, t);
    }
    return t;
  }
  assign(variable: Variable, value: Tensor): void {
    const mine = isDescribed(value.buffer) ? value : this.symbol(this.refOf(value));
    this.held.set(variable, held(mine, variable) as Tensor);
    this.assigned.add(variable);
  }
  /** Variables that were assigned so far. */
  get writes(): ReadonlySet<Variable> {
    return this.assigned;
  }

  /** The graph's value that an operand is. Real ones become constants, and those of functions around this one are captured. */
  refOf(a: ArrayValue): Ref {
    const known = refs.get(a);
    if (known !== undefined) {
      if (known.trace === this) return known.ref;
      const mine = this.standIn(known);
      if (mine !== null) return this.refOf(mine);
      if (!isOpen(known.trace as Trace) || traces.indexOf(known.trace as Trace) > traces.indexOf(this))
        throw new TypeError(
          `${this.name}: '${nameOf(known.ref.node)}' is a tensor of the traced function '${known.trace.name}', out of scope here; return it from there, and use what that function gives`,
        );
      let ref = this.captured.get(a);
      if (ref === undefined) this.captured.set(a, (ref = this.source({ kind: 'capture', value: a }, a)));
      return ref;
    }
    if (isDescribed(a.buffer)) throw new RuntimeError(`${this.name}: a described tensor that no operation made`);
    let ref = this.constants.get(a);
    if (ref === undefined) {
      // An array may be written later; the constant stays what it is now.
      const value = a instanceof Tensor || a.dtype.hasobject ? a : fromArray(a as NDArray);
      this.constants.set(a, (ref = this.source({ kind: 'constant', value }, a)));
    }
    return ref;
  }

  /** Notes an operation, and gives its results as described tensors. */
  process(primitive: Primitive<any>, args: readonly ArrayValue[], attrs: Attrs): ArrayValue | readonly ArrayValue[] {
    // The innermost function is the one that operates, whosever the operands are.
    const current = currentTrace();
    if (current !== this && current !== null) return current.process(primitive, args, attrs);
    if (this.closed)
      throw new TypeError(
        `tf.function: a tensor of the traced function '${this.name}' is out of scope: it was used after the function had been traced; return it from there`,
      );
    const { options } = attrs as { options?: { out?: unknown } };
    if (options?.out !== undefined && options.out !== null)
      throw new NotImplementedError(
        `${this.name}: an array given as out= would be written when the function is traced, and not when it runs; use the result instead`,
      );
    const { kept, inputs } = separated(attrs, args);
    const list = inputs.map((a) => this.refOf(a));
    const plain = unrecorded(() => this.shapesOf(primitive, args.length, inputs, kept));
    const made = (Array.isArray(plain) ? plain : [plain]) as ArrayValue[];
    const node = this.append(
      primitive,
      null,
      list,
      kept,
      made.map((t) => ({ shape: t.shape, dtype: t.dtype })),
    );
    const outputs = made.map((t, index) =>
      this.symbol({ node, index }, inputs.includes(t) || !isDescribed(t.buffer) ? undefined : t),
    );
    note(primitive, attrs, args, outputs);
    return Array.isArray(plain) ? outputs : outputs[0];
  }

  /** The results' shapes and dtypes: the operation, run where there is no memory. */
  private shapesOf(
    primitive: Primitive<any>,
    count: number,
    inputs: readonly ArrayValue[],
    kept: Attrs,
  ): ArrayValue | readonly ArrayValue[] {
    const outputs = kept.outputs as readonly Spec[] | undefined;
    if (outputs !== undefined) return outputs.map(described);
    if (primitive.infer !== undefined)
      return described(primitive.infer(inputs.slice(0, count), restorer(kept)(inputs)));
    const flat = inputs.map((a) =>
      isDescribed(a.buffer)
        ? a
        : new Tensor(shapesDevice.allocate(a.buffer.nbytes), a.dtype, a.shape, cStrides(a.shape, a.dtype.itemsize), 0),
    );
    return primitive.run(flat.slice(0, count), restorer(kept)(flat));
  }

  /** The graph with these results; `also` are variables whose values count as assigned. Nothing can be traced any more. */
  graph(results: readonly ArrayValue[], also: Iterable<Variable> = []): Graph {
    const refsOf = results.map((t) => this.refOf(t));
    const assigns = [...new Set([...this.assigned, ...also])].map((variable) => ({
      variable,
      value: this.refOf(this.read(variable)),
    }));
    this.closed = true;
    return { name: this.name, nodes: this.nodes, results: refsOf, assigns };
  }
}

const traces: Trace[] = [];
const isOpen = (t: Trace): boolean => traces.includes(t);

/** The innermost function that is being traced. */
export const currentTrace = (): Trace | null => traces[traces.length - 1] ?? null;

/** Whether a described tensor's function is still being traced. */
export const inScope = (a: ArrayValue): boolean => {
  const known = refs.get(a);
  return known !== undefined && isOpen(known.trace as Trace);
};

const MOST = 100;
export function whileTracing<T>(trace: Trace, f: () => T): T {
  if (traces.length >= MOST)
    throw new RecursionError(
      `maximum recursion depth exceeded: '${trace.name}' calls itself while it is traced, and JavaScript's conditions cannot end that; use tf.while_loop or tf.cond`,
    );
  traces.push(trace);
  try {
    return apart(f);
  } finally {
    traces.pop();
  }
}
