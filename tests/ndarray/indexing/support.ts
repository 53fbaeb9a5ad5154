import * as creation from '../../../src/ndarray/creation/index.js';
import * as indexing from '../../../src/ndarray/indexing/index.js';
import { reshapeTo } from '../../../src/core/ops/move.js';
import { NDArray } from '../../../src/ndarray/ndarray.js';
import * as ufuncs from '../../../src/ndarray/ufuncs.js';

/** What these tests need of the namespace and of the array's methods. */
Object.defineProperties(NDArray.prototype, Object.getOwnPropertyDescriptors(indexing.indexingMethods));
if (!('reshape' in NDArray.prototype)) {
  Object.defineProperty(NDArray.prototype, 'reshape', {
    value(this: NDArray, shape: number[]) {
      return reshapeTo(this, shape);
    },
  });
}

export const np: any = { ...creation, ...ufuncs, ...indexing, NDArray };
