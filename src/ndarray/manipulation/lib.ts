/** `np.lib`: what NumPy keeps out of its main namespace. */
export * as stride_tricks from './strides.js';
export { Arrayterator, type ArrayteratorConstructor } from '../nditer/arrayterator.js';
export * as format from '../files/format.js';
export * as npyio from '../files/npyio.js';
export * as recfunctions from '../records/recfunctions/index.js';
