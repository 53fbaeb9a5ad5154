/** Files in the format safetensors. */
export { SafetensorError, type TensorInfo } from './header.js';
export {
  load_safetensors,
  load_safetensors_async,
  type LoadSafetensors,
  open_safetensors,
  type OpenSafetensors,
  SafetensorsFile,
  type SafetensorsKeywords,
} from './read.js';
export { type NamedArrays, save_safetensors, save_safetensors_async, type SaveSafetensorsKeywords } from './write.js';
