import { np as numpy, tf as tensors } from '../../src/index.js';
import { uploaded } from '../../src/core/ops/place.js';
import { CASES } from '../laws/cases.js';
import { laws } from '../laws/laws.js';
import { peek, remote } from './remote/device.js';
const np: any = numpy;
const tf: any = tensors;
const NARROW: Readonly<Record<string, string>> = { float64: 'float32', float16: 'float32', int64: 'int32', uint64: 'uint32', int8: 'int32', uint8: 'int32' };
const read = (x: any): any => {
  const t = x instanceof tf.Variable ? x.value() : x;
  if (!(t instanceof tf.Tensor) || t.device !== remote.name) return t instanceof tf.Tensor ? t.numpy() : t;
  const whole = np.frombuffer(peek(t.buffer), t.dtype).at(`${t.offset / t.dtype.itemsize}:`);
  return np.array(np.lib.stride_tricks.as_strided(whole, { shape: t.shape, strides: t.strides }));
};
const array = (values: readonly unknown[], dtype: string, shape: readonly number[]): any => np.array([...values], NARROW[dtype] ?? dtype).reshape([...shape]);
for (const dtypes of [['float32', 'bool'], ['int32', 'uint32']])
laws({
  name: `remote tensors of ${dtypes}`,
  make: (values, dtype, shape) => uploaded(tf.convert_to_tensor(array(values, dtype, shape)), remote, 'to') as any,
  read,
  owns: (x) => x instanceof tf.Tensor,
  run: (f) => f(),
  dtypes,
  skip: [{ reason: 'compared below', tests: Object.keys(CASES) }],
});
