/** Arrays that always have two axes. */
export { bmat, type Bmat } from './bmat.js';
export { asmatrix, matrix, type MatrixConstructor } from './matrix.js';
