import { setScatter } from '../ufunc.js';
import { indexPlaces } from '../../core/ops/index.js';

/** Indexing: reading and writing by index, and the functions that find, pick and place elements. */
export { append, delete_, delete_ as delete, insert, trim_zeros } from './edit.js';
export {
  diag_indices,
  diag_indices_from,
  indices,
  ix_,
  mask_indices,
  ravel_multi_index,
  tril_indices,
  tril_indices_from,
  triu_indices,
  triu_indices_from,
  unravel_index,
} from './grids.js';
export { FlatIterator } from './flat.js';
export { ndenumerate, type NDEnumerateConstructor, ndindex, type NDIndexConstructor } from './iterate.js';

export { copyto, fill_diagonal, place, put, put_along_axis, putmask } from './put.js';
export { type Index, index_exp, type IndexEntry, IndexTuple, newaxis, s, s_, Slice, slice } from './slices.js';
export { choose, compress, extract, take, take_along_axis } from './take.js';
export { argwhere, flatnonzero, nonzero, select, where } from './where.js';
export type { Nested, TypedArrayOf } from './data.js';

setScatter((a, index) => indexPlaces(a, [index]));
