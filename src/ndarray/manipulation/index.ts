/** Changing shapes, joining, splitting, repeating, padding, casting. */
export { astype } from './astype.js';
export { packbits, unpackbits } from './bits.js';
export { broadcast_arrays, broadcast_shapes, broadcast_to } from './broadcast.js';
export { angle, imag, iscomplex, iscomplexobj, isreal, isrealobj, real, real_if_close } from './complex.js';
export { diff, ediff1d } from './diff.js';
export { block, column_stack, concat, concatenate, dstack, hstack, row_stack, stack, vstack } from './join.js';
export { isfortran, may_share_memory, shares_memory } from './memory.js';
export { pad, type PadFunction, type PadMode } from './pad.js';
export { flip, fliplr, flipud, roll, rot90 } from './rearrange.js';
export { repeat, resize, tile } from './repeat.js';
export {
  atleast_1d,
  atleast_2d,
  atleast_3d,
  expand_dims,
  isscalar,
  iterable,
  ndim,
  ravel,
  reshape,
  shape,
  size,
  squeeze,
} from './shape.js';
export { array_split, dsplit, hsplit, split, unstack, vsplit } from './split.js';
export * as lib from './lib.js';
export { matrix_transpose, moveaxis, permute_dims, rollaxis, swapaxes, transpose } from './transpose.js';
