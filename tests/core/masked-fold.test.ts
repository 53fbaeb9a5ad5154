import { describe, expect, test } from '@jest/globals';
import { reference } from '../../src/core/device/reference/index.js';
import { withHostDevice } from '../../src/core/device/registry.js';
import { np } from '../../src/index.js';

const cases = (): void => {
  const where = [true, false, true];
  for (const dtype of ['float64', 'int32', 'int64', 'complex128'] as const) {
    const a = np.array([1, 2, 3], dtype);
    expect(np.subtract.reduce(a, { where, initial: 10 }).tolist()).toEqual(np.array(6, dtype).tolist());
  }
  const m = np.arange(1, 7).reshape(2, 3).astype('float64');
  expect(np.divide.reduce(m, { axis: 1, where, initial: 60 }).tolist()).toEqual([20, 2.5]);
  expect(np.divide.reduce(m, { axis: 0, where, initial: 60 }).tolist()).toEqual([15, 60, 60 / 3 / 6]);
  expect(np.maximum.reduce(m, { where, initial: 0, axis: 1 }).tolist()).toEqual([3, 6]);
  expect(np.multiply.reduce(m, { where, axis: 1 }).tolist()).toEqual([3, 24]);
  const long = np.arange(1000).astype('float64');
  expect(np.subtract.reduce(long, { where: long.lt(500), initial: 0 }).item()).toBe(-124750);
};

describe('folds with a mask', () => {
  test('leave masked elements out, also where there is no identity, on the cpu device', cases);
  test('leave masked elements out, also where there is no identity, on the reference device', () => {
    withHostDevice(reference, cases);
  });
});
