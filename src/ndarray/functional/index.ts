/** Functions that take functions, polynomials, and what the library says of itself. */
export {
  __version__,
  type Config,
  False_,
  little_endian,
  numpy_version,
  show_config,
  True_,
  typecodes,
  ufunc,
} from './about.js';
export { type ApplyAlongAxis, apply_along_axis, type ApplyOverAxes, apply_over_axes } from './along.js';
export { broadcast } from './broadcast.js';
export {
  type ErrorContext,
  type ErrorFunction,
  type ErrorHandler,
  type ErrorKeywords,
  type ErrorLog,
  type ErrorMode,
  type ErrorSettings,
  type ErrstateKeywords,
  errstate,
  getbufsize,
  geterr,
  geterrcall,
  setbufsize,
  seterr,
  seterrcall,
} from './errors.js';
export { type Piece, type Piecewise, piecewise } from './piecewise.js';
export { base_repr, binary_repr } from './repr.js';
export { type Vectorize, type Vectorized, type VectorizeKeywords, vectorize } from './vectorize.js';
export { einsum_path, type EinsumPath, type EinsumPathFunction, type EinsumPathKeywords } from './einsum-path.js';
export { type FromString, fromstring } from './fromstring.js';
export { frompyfunc, type FromPyFunc, type PyUfunc } from './frompyfunc.js';
export { get_include, info, type Info, show_runtime } from './runtime.js';
