import { tf as tensors } from '../../../src/index.js';
import { type Implementation, laws } from '../../laws/laws.js';
import { array, deviceName, read, sent } from './support.js';

const tf: any = tensors;

const elsewhere: Omit<Implementation, 'name' | 'dtypes'> = {
  make: (values, dtype, shape) => sent(tf.constant(array(values, dtype, shape))),
  read,
  owns: (x) => x instanceof tf.Tensor,
  run: (f) => f(),
  tolerance: 1e-5,
  // Compared in functions.test.ts, where dtypes are the device's.
  withoutCases: true,
  skip: [
    {
      reason: 'the device has no 64-bit types, nor narrower ones',
      tests: [
        '64-bit integers are exact beyond the safe integers of JavaScript',
        'casting to a wider type and back changes nothing',
        'unsigned integers wrap around',
        'exactly one of less, equal and greater holds',
        'hypot and logaddexp do not overflow',
      ],
    },
  ],
};
const SUMS = [
  'the sum over an empty axis is zero, and the product is one',
  'summing axis after axis is summing all',
  'the sum does not depend on the layout when it is exact',
  'sorting is a permutation in ascending order, and taking by argsort sorts',
];

laws({ ...elsewhere, name: `tensors of float32 on ${deviceName}`, dtypes: ['float32'] });
laws({
  ...elsewhere,
  name: `tensors of int32, uint32 and bool on ${deviceName}`,
  dtypes: ['int32', 'uint32', 'bool'],
  skip: [
    ...elsewhere.skip,
    { reason: 'sums of integers are int64 unless another dtype is asked for', tests: SUMS },
    { reason: 'counts are read as a number', tests: ['the number of true elements is the sum of the mask'] },
  ],
});
