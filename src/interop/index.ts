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
export { Ledger, ledger, policy, Profile, profile, reset_ledger, Scope, scope } from './ledger.js';
export { load } from './load.js';
export { mathjs } from './mathjs/register.js';
export { to_mathjs, type ToMathjsKeywords } from './mathjs/matrices.js';
export * from './safetensors/index.js';
export { type Convertible, type ConvertOptions, to_array, to_array_async, to_tensor } from './convert.js';
export {
  type ArrowOptions,
  to_arrow,
  to_blob,
  to_columns,
  to_danfo,
  to_image_data,
  to_masked,
  to_onnx,
  to_scijs,
  to_stdlib,
  to_tfjs,
} from './neighbours/index.js';
