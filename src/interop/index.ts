/** The edges: what joins arrays, tensors and the rest of the world, and the record of what it cost. */
export {
  ARRAY as array,
  ARRAY_FUNCTION as array_function,
  NotImplemented,
  type ArrayFunctionProtocol,
  type PublicFunction,
} from '../core/dispatch.js';
export { BytesIO } from '../core/bytes-io.js';
export type { ArrayInterface } from '../core/coerce.js';
export { CopyForbiddenError, type CopyReason, type CopyRecord, type Policy } from '../core/transfers.js';
export { Ledger, ledger, policy, Profile, profile, reset_ledger } from './ledger.js';
export { load } from './load.js';
export { to_array, to_tensor } from './convert.js';
export * from './safetensors/index.js';
export { from_blob, to_blob } from './blob.js';
export { from_image_data, type ImageLike, to_image_data } from './image-data.js';
export { type BufferLike, from_buffer, to_buffer } from './node-buffer.js';
