/** tf.nn: activations, losses from logits, convolutions, poolings, normalisation. */
export * from './nn/activations.js';
export * from './nn/convolution.js';
export { ctc_loss } from './nn/ctc.js';
export * from './nn/entropies.js';
export * from './nn/lookup.js';
export * from './nn/more.js';
export * from './nn/normalization.js';
export { local_response_normalization as lrn } from './nn/normalization.js';
export * from './nn/pooling.js';
export { depth_to_space, dilation2d, erosion2d, space_to_depth } from './nn/blocks.js';
export { sigmoid, tanh } from './math.js';
export { approx_max_k, approx_min_k, top_k } from './ordering.js';
export { space_to_batch } from './batches.js';
