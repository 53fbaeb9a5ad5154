/** The np namespace. */
import './methods.js';

export {
  __array_api_version__,
  __array_namespace_info__,
  type ArrayNamespaceInfo,
  type DTypeKind,
} from './array-api.js';
export * from './contraction/index.js';
export * from './creation/index.js';
export * from './datetime/index.js';
export * from './files/index.js';
export * from './dtypes.js';
export { type Evaluated, evaluate, type EvaluateKeywords, type EvaluateScope } from './evaluate/index.js';
export * from './functional/index.js';
export { FlatIterator as flatiter } from './indexing/index.js';
export * from './indexing/index.js';
export * from './manipulation/index.js';
export * from './matrix/index.js';
export * from './nditer/index.js';
export {
  type Polyfit,
  type PolyfitKeywords,
  poly,
  polyadd,
  polyder,
  polydiv,
  polyfit,
  polyint,
  polymul,
  polysub,
  polyval,
  roots,
} from './polynomial/highest-first.js';
export { type Poly1d, poly1d } from './polynomial/poly1d.js';
export { type Known, NDArray, type Scalar, tidy } from './ndarray.js';
export * from './printing.js';
export * from './records/index.js';
export * from './sorting/index.js';
export * from './sorting/index.js';
export * from './statistics/index.js';
export type { ArrayLike } from '../core/coerce.js';
export { Ufunc as ufunc } from './ufunc-class.js';
export type { BinaryUfunc, BinaryUfunc2, Like, UfuncKeywords, UnaryUfunc, UnaryUfunc2 } from './ufunc.js';
export * from './ufuncs.js';
export * as char from './char/index.js';
export * as exceptions from './exceptions.js';
export * as linalg from './linalg/index.js';
export * as random from './random/index.js';
export * as emath from './emath.js';
export * as fft from './fft/index.js';
export * as polynomial from './polynomial/index.js';
export * as strings from './strings/index.js';
