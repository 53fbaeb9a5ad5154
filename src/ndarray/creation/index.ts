/** Making arrays: from data, from shapes, from ranges, from other arrays. */
export {
  array,
  type ArrayKeywords,
  asanyarray,
  asarray,
  type AsArrayKeywords,
  asarray_chkfinite,
  ascontiguousarray,
  asfortranarray,
  copy,
  type DTypeOf,
  require,
} from './convert.js';
export { empty, empty_like, full, full_like, ones, ones_like, zeros, zeros_like } from './fill.js';
export { frombuffer, fromfunction, fromiter } from './from.js';
export { from_dlpack, type FromDlpack } from './dlpack.js';
export { type MakeNDArray, ndarray } from './ndarray.js';
export { meshgrid, mgrid, ogrid } from './grids.js';
export { c_, r_ } from './concatenators.js';
export { diag, diagflat, eye, identity, tri, tril, triu, vander } from './matrices.js';
export { arange } from './range.js';
export { geomspace, linspace, logspace } from './spaced.js';
export { bartlett, blackman, hamming, hanning, kaiser } from './windows.js';
export type { Order, ShapeLike } from './make.js';
