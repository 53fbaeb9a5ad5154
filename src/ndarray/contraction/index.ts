export { cross, type CrossKeywords } from './cross.js';
export { diagonal, type DiagonalKeywords, trace, type TraceKeywords } from './diagonal.js';
export { type Einsum, einsum, type EinsumKeywords, type SubscriptList } from './einsum.js';
export { type CoreAxes, matmul, matvec, type Product, type ProductKeywords, vecdot, vecmat } from './gufuncs.js';
export type { ContractionMethods } from './methods.js';
export { dot, inner, kron, outer, tensordot, type TensordotAxes, vdot } from './products.js';
