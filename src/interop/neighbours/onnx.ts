import { RuntimeError, TypeError } from '../../core/errors.js';
import { toArray } from '../../core/coerce.js';
import { strDtype } from '../../core/dtype.js';
import { runAs } from '../../core/transfers.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { sharedElements } from '../../ndarray/shared.js';
import { Tensor } from '../../tensor/tensor.js';
import { Variable } from '../../tensor/variable.js';
import { asArray, inC, lend, type Neighbour, noDtype, over, ownCopy } from './neighbour.js';

/** onnxruntime: tensors are typed arrays in C order, which both sides may write. */

interface OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: any;
  readonly location: string;
  getData(release?: boolean): Promise<any>;
}

const NUMERIC: ReadonlySet<string> = new Set(
  'float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool'.split(' '),
);
const IN_MEMORY: ReadonlySet<string> = new Set(['cpu', 'cpu-pinned']);

export const onnx: Neighbour = {
  name: 'onnxruntime',
  knows: (x) =>
    Array.isArray(x.dims) && typeof x.type === 'string' && 'location' in x && typeof x.getData === 'function',
  read: (x: OnnxTensor) => {
    if (!IN_MEMORY.has(x.location))
      throw new RuntimeError(
        `to_array: the tensor of onnxruntime is on '${x.location}', which cannot be read synchronously; write \`await interop.to_array_async(t)\``,
      );
    return readData(x, x.data);
  },
  wait: async (x: OnnxTensor) => (IN_MEMORY.has(x.location) ? x : new Loaded(x, await x.getData())),
};

/** A tensor whose data has come from its device. */
class Loaded {
  readonly location = 'cpu';
  readonly type: string;
  readonly dims: readonly number[];
  constructor(
    of: OnnxTensor,
    readonly data: any,
  ) {
    this.type = of.type;
    this.dims = of.dims;
  }
  async getData(): Promise<any> {
    return this.data;
  }
}

function readData({ type, dims }: OnnxTensor, data: any): ReturnType<Neighbour['read']> {
  if (type === 'string') return ownCopy((toArray([...data], strDtype(0)) as NDArray).reshape([...dims]));
  if (!NUMERIC.has(type)) throw new TypeError(`to_array: onnxruntime's type ${type} has no dtype here`);
  return over({ data, shape: [...dims], dtype: type as 'float32' });
}

/**
 * A tensor of onnxruntime over the same memory: what one side writes, the other reads. Arrays in another order than C are copied first. What a
 * tensor of ours holds is lent: it does not change, nor may onnxruntime's users change it.
 *
 * @param ort the module (`onnxruntime-common`, `onnxruntime-web`, `onnxruntime-node`), of which `Tensor` is used
 * @throws TypeError for complex numbers, dates, durations, structures and objects
 * @example
 * const ort = require('onnxruntime-common');
 * const a = np.zeros([1, 2], 'float32');
 * const t = interop.to_onnx(a, ort);
 * t.data[1] = 5;
 * a; // → array([[0., 5.]], dtype=float32)
 */
export function to_onnx(x: unknown, ort: { Tensor: new (type: any, data: any, dims: readonly number[]) => any }): any {
  return runAs('interop.to_onnx', () => {
    if (typeof ort?.Tensor !== 'function')
      throw new TypeError('to_onnx: the second argument is the module of onnxruntime');
    const a = asArray(x);
    if (a.dtype.kind === 'U') return new ort.Tensor('string', (a.ravel() as NDArray).tolist(), a.shape);
    if (!NUMERIC.has(a.dtype.name)) throw noDtype('to_onnx', a, 'booleans, integers, floats and strings');
    const c = inC(a, 'onnxruntime');
    const constant = x instanceof Tensor || x instanceof Variable || !c.writeable;
    return new ort.Tensor(c.dtype.name, (constant ? lend(c, 'to_onnx') : sharedElements(c, 'to_onnx', true)).data, [
      ...c.shape,
    ]);
  });
}
