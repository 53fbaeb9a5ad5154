/** The tf namespace: TensorFlow 2's names over the same operations as np. */
export * from './math.js';
export * from './reduce.js';
export * from './shapes.js';
export * from './slicing.js';
export { argsort, searchsorted, sort, unique, unique_with_counts } from './ordering.js';
export { cast, constant, convert_to_tensor, type TensorLike } from './convert.js';
export { einsum, matmul, norm, tensordot } from './linear.js';
export { Tensor } from './tensor.js';
export { Variable } from './variable.js';
export { device } from './config.js';
export * as config from './config.js';
export * as linalg from './linalg/index.js';
export * as math from './maths.js';
export * as nn from './nn.js';
export * as random from './random/index.js';
export * as signal from './signal/index.js';
export * as debugging from './debugging.js';
export { Assert } from './debugging.js';
export * as errors from './errors.js';
export {
  bool,
  complex64,
  complex128,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
} from '../core/dtype.js';
export {
  GradientTape,
  type GradientOptions,
  type JacobianOptions,
  type TapeOptions,
  UnconnectedGradients,
} from './gradient/tape.js';
export { type ArgNums, grad, hessian, stop_gradient, value_and_grad } from './gradient/functions.js';
export { custom_gradient, type GradientFunction, recompute_grad } from './gradient/custom.js';
export { ConcreteFunction, FuncGraph } from './graph/concrete.js';
export { function_, function_ as function, type FunctionOptions, type TracedFunction } from './graph/function.js';
export { TensorSpec } from './graph/signature.js';
export { case_, case_ as case, cond, switch_case } from './graph/branches.js';
export { foldl, foldr, map_fn, scan, vectorized_map, while_loop } from './graph/control.js';
export { numpy_function, py_function } from './graph/opaque.js';
export { print } from './printing.js';
