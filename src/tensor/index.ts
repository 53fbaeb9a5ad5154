/** The tf namespace: TensorFlow 2's names over the same operations as np. */
export * from './math.js';
export { clip_by_global_norm, clip_by_norm, clip_by_value } from './clipping.js';
export * from './reduce.js';
export * from './creation.js';
export {
  broadcast_to,
  concat,
  ensure_shape,
  expand_dims,
  identity,
  identity_n,
  is_tensor,
  pad,
  parallel_stack,
  rank,
  repeat,
  reshape,
  reverse,
  roll,
  shape,
  shape_n,
  size,
  split,
  squeeze,
  stack,
  tile,
  transpose,
  unstack,
  where,
} from './shapes.js';
export {
  batch_to_space,
  dynamic_partition,
  dynamic_stitch,
  required_space_to_batch_paddings,
  reverse_sequence,
  space_to_batch,
  space_to_batch as space_to_batch_nd,
  unravel_index,
} from './batches.js';
export { boolean_mask, gather, gather_nd, slice, strided_slice } from './slicing.js';
export {
  scatter_nd,
  tensor_scatter_nd_add,
  tensor_scatter_nd_max,
  tensor_scatter_nd_min,
  tensor_scatter_nd_sub,
  tensor_scatter_nd_update,
} from './scatter.js';
export { argsort, searchsorted, sort, unique, unique_with_counts } from './ordering.js';
export { cast, constant, convert_to_tensor, type TensorLike } from './convert.js';
export { einsum, matmul, norm, tensordot } from './linear.js';
export { Tensor } from './tensor.js';
export { IndexedSlices, Variable } from './variable.js';
export { TensorShape } from './tensor-shape.js';
import './variable-ops.js';
import './dtype-members.js';
export { Module } from './module.js';
export { VariableAggregation, VariableSynchronization } from './enums.js';
export * as nest from './structures.js';
export { newaxis } from '../ndarray/index.js';
export { device } from './config.js';
export * as config from './configuration.js';
export * as linalg from './linalg/index.js';
export * as math from './maths.js';
export * as losses from './losses.js';
export * as metrics from './metrics.js';
export * as nn from './nn.js';
export * as optimizers from './optimizers.js';
export * as data from './data.js';
export * as random from './random/index.js';
export * as signal from './signal/index.js';
export * as debugging from './debugging.js';
export { Assert, assert_equal, assert_greater, assert_less, assert_rank } from './debugging.js';
export * as errors from './errors.js';
export * as bitwise from './bitwise.js';
export * as dtypes from './dtypes.js';
export { as_dtype, bitcast, DType, double, half, saturate_cast } from './dtypes.js';
export { histogram_fixed_width, histogram_fixed_width_bins } from './counting.js';
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
} from './dtypes.js';
export {
  GradientTape,
  type GradientOptions,
  type JacobianOptions,
  type TapeOptions,
  UnconnectedGradients,
} from './gradient/tape.js';
export { type ArgNums, grad, hessian, stop_gradient, value_and_grad } from './gradient/functions.js';
export { custom_gradient, grad_pass_through, type GradientFunction, recompute_grad } from './gradient/custom.js';
export { ConcreteFunction, FuncGraph } from './graph/concrete.js';
export { function_, function_ as function, type FunctionOptions, type TracedFunction } from './graph/function.js';
export { TensorSpec } from './graph/signature.js';
export { case_, case_ as case, cond, switch_case } from './graph/branches.js';
export { foldl, foldr, map_fn, scan, vectorized_map, while_loop } from './graph/control.js';
export { numpy_function, py_function } from './graph/opaque.js';
export { print } from './printing.js';
export { TensorArray } from './tensor-array.js';
export * as initializers from './initializers.js';
export {
  Constant as constant_initializer,
  Ones as ones_initializer,
  RandomNormal as random_normal_initializer,
  RandomUniform as random_uniform_initializer,
  Zeros as zeros_initializer,
} from './initializers.js';
export { eig, eigvals } from './linalg/factors.js';
export { sqrtm as matrix_square_root } from './linalg/analytic.js';
export { executing_eagerly, inside_function } from './graph/function.js';
