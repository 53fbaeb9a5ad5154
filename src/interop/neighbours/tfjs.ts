import { OverflowError, TypeError, ValueError } from '../../core/errors.js';
import { allocate, toArray } from '../../core/coerce.js';
import { complex64, float32, strDtype } from '../../core/dtype.js';
import { runAs } from '../../core/transfers.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { max, min } from '../../ndarray/statistics/index.js';
import { asArray, copied, inC, inDtype, lend, type Neighbour, noDtype, overConstant, ownCopy } from './neighbour.js';

/** TensorFlow.js. Its tensors do not change, and those of its cpu backend are typed arrays. */

/** What a tensor of TensorFlow.js has. */
interface TfjsTensor {
  readonly dataId: object;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly size: number;
  dataSync(): ArrayBufferView | readonly string[];
  data(): Promise<ArrayBufferView | readonly string[]>;
}

/** The functions of TensorFlow.js that are called. */
export interface Tfjs {
  tensor(values: any, shape?: any, dtype?: any): any;
  complex(real: any, imag: any): any;
}

const DTYPES: Readonly<Record<string, 'float32' | 'int32' | 'bool'>> = {
  float32: 'float32',
  int32: 'int32',
  bool: 'bool',
};

/** A tensor whose values are known already. */
class Known {
  constructor(
    readonly tensor: TfjsTensor,
    readonly values: ArrayBufferView | readonly string[],
  ) {}
}

export const tfjs: Neighbour = {
  name: 'TensorFlow.js',
  knows: (x) => x instanceof Known || ('dataId' in x && typeof x.dataSync === 'function' && Array.isArray(x.shape)),
  read: (x: TfjsTensor | Known) => {
    const { tensor, values } = x instanceof Known ? x : new Known(x, x.dataSync());
    const { shape, dtype, size } = tensor;
    if (dtype === 'string') {
      const list = toArray([...(values as readonly string[])], strDtype(0)) as NDArray;
      return ownCopy(list.reshape(shape));
    }
    const data = values as ArrayBufferView;
    if (dtype === 'complex64') {
      // It keeps two tensors, and joins them to be read.
      copied('order', size * complex64.itemsize, 'tfjs', 'cpu:0');
      return { ...overConstant({ data, shape, dtype: complex64 }), shared: false };
    }
    const known = DTYPES[dtype];
    if (known === undefined) throw new TypeError(`to_array: TensorFlow.js' dtype ${dtype} is not known`);
    return overConstant({ data, shape, dtype: known });
  },
  wait: async (x: TfjsTensor) => new Known(x, await x.data()),
};

const SMALL: ReadonlySet<string> = new Set(['int8', 'int16', 'uint8', 'uint16']);

/** Wide integers as int32. @throws OverflowError where one of them does not fit */
function asInt32(a: NDArray): NDArray {
  if (!SMALL.has(a.dtype.name) && a.size > 0) {
    const [least, most] = [min(a), max(a)].map((v) => BigInt((v as NDArray).item() as never));
    if (least < -(2n ** 31n) || most >= 2n ** 31n)
      throw new OverflowError(
        `to_tfjs: ${least < -(2n ** 31n) ? least : most} is out of bounds for int32, the only integers of TensorFlow.js`,
      );
  }
  return inDtype(a, 'int32', 'tfjs');
}

/**
 * A tensor of TensorFlow.js. float32, int32 and bool share their memory with the cpu backend until the array is written; other numbers are cast
 * (float64 to float32, integers to int32), which the ledger shows.
 *
 * @param tf the module of TensorFlow.js
 * @throws OverflowError for integers beyond int32; TypeError for dates, durations, structures and objects
 * @example
 * const tfjs = require('@tensorflow/tfjs-core');
 * require('@tensorflow/tfjs-backend-cpu');
 * const t = interop.to_tfjs(np.ones([2, 3], 'float32'), tfjs);
 * t.shape; // → [ 2, 3 ]
 * interop.to_array(t).dtype.name; // → 'float32'
 */
export function to_tfjs(x: unknown, tf: Tfjs): any {
  return runAs('interop.to_tfjs', () => {
    if (typeof tf?.tensor !== 'function')
      throw new ValueError('to_tfjs: the second argument is the module of TensorFlow.js');
    const a = asArray(x);
    const { shape } = a;
    switch (a.dtype.kind) {
      case 'U':
        return tf.tensor((a.ravel() as NDArray).tolist(), shape, 'string');
      case 'c': {
        const halves = inDtype(a, 'complex64', 'tfjs');
        const half = (v: NDArray): any => {
          copied('order', a.size * 4, 'cpu:0', 'tfjs');
          const out = allocate(shape, float32) as NDArray;
          out.set(['...'], v as never);
          return tf.tensor(lend(out, 'to_tfjs').data, shape, 'float32');
        };
        return tf.complex(half(halves.real as NDArray), half(halves.imag as NDArray));
      }
      case 'b':
      case 'f':
      case 'i':
      case 'u': {
        const cast = a.dtype.kind === 'f' ? inDtype(a, 'float32', 'tfjs') : a.dtype.kind === 'b' ? a : asInt32(a);
        return tf.tensor(lend(inC(cast, 'tfjs'), 'to_tfjs').data, shape, cast.dtype.name);
      }
      default:
        throw noDtype('to_tfjs', a, 'float32, int32, bool, complex64 and string');
    }
  });
}
