import { hidden } from '../core/inspect.js';
import { TypeError } from '../core/errors.js';
import type { ScatterStep } from '../core/ops/scatter-fold.js';
import { runAs } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, type TensorLike, together } from './convert.js';
import { scattered, scatterRows } from './scatter.js';
import { asIndices, gather, gather_nd } from './slicing.js';
import type { Tensor } from './tensor.js';
import { IndexedSlices, type ScatterMethods, Variable } from './variable.js';

/** What variables do with parts of the tensor that they hold: operations on it, and an assignment of the result. */

const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
type Method = (this: Variable, ...args: any[]) => unknown;

/** Updates in the places that rows of indices name. */
const byRows = (name: string, step: ScatterStep): Method =>
  function (indices: TensorLike, updates: TensorLike) {
    return runAs(`tf.Variable.${name}`, () => {
      const [x, u] = together(name, [this as never, updates]);
      return this.assign(scattered(`Variable.${name}`, step, x, indices, u));
    });
  };

/** Updates of entries along the first axis: the values and indices of slices. */
const bySlices = (name: string, step: ScatterStep | 'divide'): Method =>
  function (delta: unknown) {
    return runAs(`tf.Variable.${name}`, () => {
      if (!(delta instanceof IndexedSlices)) throw new TypeError(`sparse_delta is not IndexedSlices: ${String(delta)}`);
      const [x, u] = together(name, [this as never, delta.values]);
      const [how, values] =
        step === 'divide' ? (['multiply', np.reciprocal(u) as unknown as Tensor] as const) : ([step, u] as const);
      return this.assign(scatterRows(`Variable.${name}`, how, x, delta.indices, values));
    });
  };

const METHODS: ScatterMethods = {
  scatter_nd_update: byRows('scatter_nd_update', 'update'),
  scatter_nd_add: byRows('scatter_nd_add', 'add'),
  scatter_nd_sub: byRows('scatter_nd_sub', 'subtract'),
  scatter_nd_max: byRows('scatter_nd_max', 'maximum'),
  scatter_nd_min: byRows('scatter_nd_min', 'minimum'),
  scatter_update: bySlices('scatter_update', 'update'),
  scatter_add: bySlices('scatter_add', 'add'),
  scatter_sub: bySlices('scatter_sub', 'subtract'),
  scatter_max: bySlices('scatter_max', 'maximum'),
  scatter_min: bySlices('scatter_min', 'minimum'),
  scatter_mul: bySlices('scatter_mul', 'multiply'),
  scatter_div: bySlices('scatter_div', 'divide'),
  batch_scatter_update(this: Variable, delta: IndexedSlices) {
    const i = cast(asIndices(asTensor(delta.indices)), 'int64');
    // The place along each batch axis beside each index.
    const counters = i.shape
      .slice(0, -1)
      .map((n, d) =>
        np.broadcast_to(asTensor(np.arange(n).reshape(i.shape.map((_, k) => (k === d ? n : 1)))), i.shape),
      );
    return this.assign(
      scattered(
        'Variable.batch_scatter_update',
        'update',
        this.value() as Tensor,
        np.stack([...counters, i] as never, { axis: -1 }) as never,
        asTensor(delta.values),
      ),
    );
  },
  gather_nd(this: Variable, indices: TensorLike) {
    return gather_nd(this as never, indices);
  },
  sparse_read(this: Variable, indices: TensorLike) {
    return gather(this as never, indices);
  },
  set(this: Variable, index: unknown, value: TensorLike) {
    return runAs('tf.Variable.set', () => {
      const [x, v] = together('set', [this as never, value]);
      const ids = asTensor(np.arange(x.size).reshape(x.shape as never));
      const entries = Array.isArray(index) ? index : [index];
      const where = ids.at(...(entries as never[]));
      const updates = np.broadcast_to(v, where.shape) as unknown as Tensor;
      const rows = where.reshape(-1, 1);
      return this.assign(
        scattered('Variable.set', 'update', x.reshape(-1), rows, updates.reshape(-1)).reshape(x.shape),
      );
    });
  },
} as unknown as ScatterMethods;

for (const [name, method] of Object.entries(METHODS)) hidden(Variable.prototype, name, method);
