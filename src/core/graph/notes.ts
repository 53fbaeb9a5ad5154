import { ArrayValue, type Face } from '../array.js';
import type { DeviceBuffer } from '../device/device.js';
import { shapesDevice } from '../device/shapes.js';
import type { Attrs, Interpreter, Primitive } from '../dispatch.js';
import type { DType } from '../dtype.js';
import { cStrides, sizeOf } from '../view.js';
import { type Graph, type GraphNode, type Ref, restorer, separated, type Source, type Spec } from './graph.js';

/**
 * Writing down what operations on arrays are, without computing: of an expression, whose operands and results are known by shape and dtype alone.
 * (Functions of the user's, with their variables, branches and loops, are traced by tf.function.)
 */

/** A value of the graph that is being written. */
export class Described extends ArrayValue {
  notes: Notes | null = null;
  ref: Ref | null = null;
  readonly offset = 0;
  constructor(
    readonly buffer: DeviceBuffer,
    readonly dtype: DType,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {
    super();
  }
  get face(): Face {
    return describedFace;
  }
  get interpreter(): Interpreter | null {
    return this.notes;
  }
}

const describedFace: Face = {
  name: 'Described',
  priority: 100,
  fresh: (buffer, dtype, shape, strides) =>
    new Described(buffer, dtype, shape, strides ?? cStrides(shape, dtype.itemsize)),
  view: (of, dtype, shape, strides) => new Described(of.buffer, dtype, shape, strides),
  beforeWrite: () => {},
};

const describe = ({ shape, dtype }: Spec): Described =>
  new Described(shapesDevice.allocate(sizeOf(shape) * dtype.itemsize), dtype, shape, cStrides(shape, dtype.itemsize));

export class Notes implements Interpreter {
  readonly level = 3;
  private readonly nodes: GraphNode[] = [];
  private readonly constants = new Map<ArrayValue, Ref>();
  private places = 0;

  constructor(private readonly name: string) {}

  private append(
    primitive: Primitive<any> | null,
    source: Source | null,
    inputs: readonly Ref[],
    attrs: Attrs,
    outputs: readonly Spec[],
  ): GraphNode {
    const node: GraphNode = { id: this.nodes.length, primitive, source, inputs, attrs, outputs, site: null };
    this.nodes.push(node);
    return node;
  }
  private named(t: Described, ref: Ref): Described {
    t.notes = this;
    t.ref = ref;
    return t;
  }

  /** The next argument of the graph. */
  argument({ shape, dtype }: Spec): Described {
    const spec = { shape, dtype };
    const node = this.append(null, { kind: 'argument', place: this.places++ }, [], {}, [spec]);
    return this.named(describe(spec), { node, index: 0 });
  }

  private refOf(a: ArrayValue): Ref {
    if (a instanceof Described && a.ref !== null) return a.ref;
    let ref = this.constants.get(a);
    if (ref === undefined) {
      const spec = { shape: a.shape, dtype: a.dtype };
      ref = { node: this.append(null, { kind: 'constant', value: a }, [], {}, [spec]), index: 0 };
      this.constants.set(a, ref);
    }
    return ref;
  }

  process(primitive: Primitive<any>, args: readonly ArrayValue[], attrs: Attrs): ArrayValue | readonly ArrayValue[] {
    const { kept, inputs } = separated(attrs, args);
    const refs = inputs.map((a) => this.refOf(a));
    // What stands for the operands belongs to nobody, so that nothing is noted of what the operation is made of.
    const stands = inputs.map(describe);
    const now = restorer(kept)(stands);
    const first = stands.slice(0, args.length);
    const plain = primitive.infer !== undefined ? describe(primitive.infer(first, now)) : primitive.run(first, now);
    const made = (Array.isArray(plain) ? plain : [plain]) as Described[];
    const node = this.append(
      primitive,
      null,
      refs,
      kept,
      made.map((t) => ({ shape: t.shape, dtype: t.dtype })),
    );
    const outputs = made.map((t, index) => this.named(t, { node, index }));
    return Array.isArray(plain) ? outputs : outputs[0];
  }

  graph(results: readonly ArrayValue[]): Graph {
    return { name: this.name, nodes: this.nodes, results: results.map((t) => this.refOf(t)), assigns: [] };
  }
}
