import { reference } from '../../src/core/device/reference/index.js';
import { withHostDevice } from '../../src/core/device/registry.js';
import { np as numpy, tf as tensors } from '../../src/index.js';
import { type Implementation, laws } from './laws.js';

const np: any = numpy;
const tf: any = tensors;
const array = (values: readonly unknown[], dtype: string, shape: readonly number[]): any =>
  np.array([...values], dtype).reshape([...shape]);

const cpuArrays: Implementation = {
  name: 'cpu arrays',
  make: array,
  read: (x) => x,
  owns: (x) => x instanceof np.NDArray,
  run: (f) => f(),
  skip: [],
};

const referenceArrays: Implementation = {
  ...cpuArrays,
  name: 'reference arrays',
  run: (f) => withHostDevice(reference, f),
};

const cpuTensors: Implementation = {
  name: 'cpu tensors',
  make: (values, dtype, shape) => tf.convert_to_tensor(array(values, dtype, shape)),
  read: (x) => (x instanceof np.NDArray ? x : x.numpy()),
  owns: (x) => x instanceof tf.Tensor,
  run: (f) => f(),
  skip: [],
};

for (const implementation of [referenceArrays, cpuArrays, cpuTensors]) laws(implementation);
