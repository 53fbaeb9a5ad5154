/** Going through several arrays together: `np.nditer` and `np.nested_iters`. */
export { nditer, type NditerConstructor, type NditerKeywords } from './nditer.js';
export { nested_iters, type NestedIters } from './nested.js';
