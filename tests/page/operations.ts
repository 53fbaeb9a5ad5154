import { downloaded, uploaded } from '../../src/core/ops/place.js';
import { getDevice } from '../../src/core/device/registry.js';
import { np as arrays, tf as tensors } from '../../src/index.js';

/** Calls of np and tf with tensors on the gpu of a page, beside the same calls on the cpu. Runs in the page. */

const np: any = arrays;
const tf: any = tensors;

export interface OperationReport {
  readonly name: string;
  readonly shape: string;
  /** The error, where the gpu does not do it. */
  readonly refused: string | null;
  /** Where the result was. */
  readonly device: string;
  readonly same: boolean;
  /** Whether floats agree within the tolerance. */
  readonly close: boolean;
  readonly detail: string;
}

interface Operands {
  /** float32 of three axes */ readonly x: any;
  /** float32, the same shape */ readonly y: any;
  /** float32, the last axis */ readonly z: any;
  /** bool */ readonly b: any;
  /** int32 over all of its range, two axes */ readonly i: any;
  /** small int32 without zeros */ readonly j: any;
  /** float32 of two axes */ readonly f: any;
}
type Call = (o: Operands) => any;

export const OPERATIONS: Readonly<Record<string, Call>> = {
  // Layouts
  'x + z (stretched)': ({ x, z }) => np.add(x, z),
  'transposed + transposed': ({ x, y }) => np.add(np.transpose(x), np.transpose(y)),
  'reversed × y': ({ x, y }) => np.multiply(np.flip(x, 1), y),
  'a slice with steps': ({ x }) => np.exp(x.at(':', '1:', '::2')),
  'a slice with negative steps': ({ x }) => np.exp(x.at('::-1', ':', '::-2')),
  'copy of transposed': ({ x }) => np.copy(np.transpose(x)),
  'reshape of transposed': ({ x }) => np.reshape(np.transpose(x), [-1]),
  'concatenate, stack': ({ x, y }) => np.concatenate([np.concatenate([x, y], 1), np.concatenate([y, x], 1)], 0),
  'pad, roll, tile, repeat': ({ x }) => np.repeat(np.tile(np.roll(np.pad(x, 1), 2, 1), [1, 2, 1]), 2, 0),
  'where, clip, less': ({ x, y, b }) => np.where(np.logical_and(b, np.less(x, y)), x, np.clip(y, -0.5, 0.5)),
  'tril, diagonal': ({ x }) => np.add(np.tril(x.at(0)), np.diagonal(x.at(0)).at(0)),
  'nothing in it': ({ x }) => np.add(x.at(':0'), 1),

  // Folds
  sum: ({ x }) => np.sum(x),
  'sum along each axis': ({ x }) => np.sum(np.sum(np.sum(x, 1), 1), 0),
  'sum of transposed, of reversed': ({ x }) => np.add(np.sum(np.transpose(x), 0).at(0), np.sum(np.flip(x), 1).at(0, 0)),
  'sum of nothing': ({ x }) => np.sum(x.at(':0'), 0),
  'sum with a start, with a mask': ({ x, b }) => np.add(np.sum(x, { axis: 1, initial: 2 }), np.sum(x, { where: b })),
  'max, min': ({ x }) => np.subtract(np.max(x, 1), np.min(x)),
  'max with nan': ({ x }) => np.max(np.where(np.greater(x, 1.5), Number.NaN, x), 0),
  prod: ({ x }) => np.prod(x.at(':', ':4'), [0, 1]),
  'mean, var, std': ({ x }) => np.add(np.add(np.mean(x, 0), np.var(x, 0)), np.std(x)),
  'any, all': ({ x, b }) => np.logical_or(np.any(b, 0), np.all(x, 0)),
  norm: ({ x }) => np.linalg.norm(x),
  'cumsum, cumprod': ({ x }) => np.add(np.cumsum(x, 1), np.cumprod(x, 0)),
  'cumsum of all': ({ x }) => np.cumsum(x),
  'maximum.accumulate': ({ x }) => np.maximum.accumulate(x, { axis: 2 }),
  diff: ({ x }) => np.diff(x),

  // Products
  matmul: ({ x, y }) => np.matmul(x, np.swapaxes(y, 1, 2)),
  dot: ({ x, z }) => np.dot(x, z),
  tensordot: ({ x, y }) =>
    np.tensordot(x, y, [
      [0, 1],
      [0, 1],
    ]),
  einsum: ({ x, y }) => np.einsum('ijk,ijl->kl', x, y),
  outer: ({ z }) => np.outer(z, z),
  'matmul of int32': ({ i, j }) => np.matmul(i, np.transpose(j)),

  // Integers, exact to the last bit
  'int32: + - ×': ({ i, j }) => np.subtract(np.multiply(np.add(i, j), j), i),
  'int32: // %': ({ i, j }) => np.add(np.floor_divide(i, j), np.remainder(i, j)),
  'int32: bits': ({ i, j }) => np.bitwise_xor(np.bitwise_and(i, j), np.invert(np.left_shift(i, np.remainder(j, 7)))),
  'int32: max, min': ({ i }) => np.bitwise_or(np.max(i, 0), np.min(i)),
  'int32: sum': ({ i }) => tf.reduce_sum(i),
  'int32: running sum': ({ i }) => tf.cumsum(i),
  'uint32: //': ({ i, j }) => np.floor_divide(np.astype(i, 'uint32'), np.astype(j, 'uint32')),
  casts: ({ i, f }) =>
    np.add(np.astype(i, 'float32').at(0, 0), np.astype(np.astype(np.multiply(f, 1000), 'int32'), 'float32')),

  // Gathers and scatters
  gather: ({ f }) => tf.gather(f, [1, 0, 1]),
  'take along the last axis': ({ f }) => np.take(f, [2, 0, 2, 1], 1),
  scatter: ({ f }) => tf.tensor_scatter_nd_add(f, [[0], [1], [0]], tf.gather(f, [0, 1, 0])),

  // Networks
  softmax: ({ x }) => tf.nn.softmax(x),
  'relu, sigmoid, tanh': ({ x }) => tf.add(tf.nn.relu(x), tf.multiply(tf.sigmoid(x), tf.tanh(x))),
  logsumexp: ({ x }) => tf.reduce_logsumexp(x, 1),
  gelu: ({ x }) => tf.nn.gelu(x),
  'a dense layer': ({ f }) => tf.nn.relu(tf.matmul(f, f, { transpose_b: true })),
  'cross entropy': ({ f }) => tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax(f), f),
  convolution: ({ x }) =>
    tf.nn.conv2d(np.reshape(x, [1, ...x.shape]), np.ones([2, 2, x.shape[2], 3], 'float32'), {
      strides: 1,
      padding: 'SAME',
    }),
  'max pooling': ({ x }) => tf.nn.max_pool2d(np.reshape(x, [1, ...x.shape]), { ksize: 2, strides: 2, padding: 'SAME' }),
  'a gradient': ({ f }) => {
    const tape = tf.GradientTape();
    tape.watch(f);
    return tape.gradient(tf.reduce_sum(tf.tanh(tf.matmul(f, f, { transpose_b: true }))), f);
  },
  'a traced function': ({ x, y }) =>
    tf.function((a: any, b: any) => tf.reduce_sum(tf.multiply(tf.exp(tf.negative(tf.square(a))), b), { axis: 1 }))(
      x,
      y,
    ),
};

const SHAPES: readonly (readonly [number, number, number])[] = [
  [3, 4, 5],
  [2, 100, 130],
  [70, 3, 6],
];

/** Each call with each set of shapes. */
export async function compareOperations(
  names: readonly string[] = Object.keys(OPERATIONS),
): Promise<OperationReport[]> {
  const gpu = getDevice('gpu:0');
  const reports: OperationReport[] = [];
  for (const shape of SHAPES) {
    const rng = np.random.default_rng(3);
    const floats = (...s: number[]): any => np.astype(rng.standard_normal(s), 'float32');
    const x = floats(...shape);
    const small = np.astype(rng.integers(1, 9, [shape[1], shape[2]]), 'int32');
    const host: Record<string, any> = {
      x,
      y: floats(...shape),
      z: floats(shape[2]),
      b: np.greater(x, 0),
      i: np.astype(rng.integers(-(2 ** 31), 2 ** 31, [shape[1], shape[2]]), 'int32'),
      j: np.where(np.greater(small, 4), np.negative(small), small),
      f: floats(shape[1], shape[2]),
    };
    const on = (place: (t: any) => any): Operands =>
      Object.fromEntries(
        Object.entries(host).map(([k, v]) => [k, place(tf.convert_to_tensor(v))]),
      ) as unknown as Operands;
    const [here, there] = [on((t) => t), on((t) => uploaded(t, gpu, 'test'))];
    for (const name of names) {
      const report = { name, shape: shape.join('×'), refused: null, device: '', same: false, close: false, detail: '' };
      try {
        const want = np.asarray(OPERATIONS[name](here));
        const far = OPERATIONS[name](there);
        const got = np.asarray(await downloaded(far));
        const size = want.size === 0 ? 1 : Math.max(1, Number(np.nanmax(np.abs(np.astype(want, 'float64'))).item()));
        const like = got.dtype === want.dtype && String(got.shape) === String(want.shape);
        const same = like && np.array_equal(got, want, { equal_nan: want.dtype.kind === 'f' });
        // Sums in another order: relative to the largest entry.
        const close =
          same ||
          (like &&
            want.dtype.kind === 'f' &&
            np.allclose(got, want, { rtol: 2e-5, atol: 2e-6 * size, equal_nan: true }));
        reports.push({
          ...report,
          device: far.buffer.device.name,
          same,
          close,
          detail: close ? '' : `${got}\n${want}`.slice(0, 300),
        });
      } catch (e) {
        reports.push({ ...report, refused: (e as Error).message });
      }
    }
  }
  return reports;
}
