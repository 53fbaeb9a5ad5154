/**
 * The elementary functions of the C library that NumPy's random streams are made with: glibc on a processor with fused multiply-adds,
 * which is what NumPy calls on Linux. A draw that is rejected shifts all draws after it, so that even a comparison needs the last bit; the
 * functions of JavaScript's engines differ in it for one argument in ten, and from each other. They are followed operation by
 * operation, and agree on every argument that was ever tried.
 */
export { acos } from './arccosine.js';
export { cos, sin } from './cosine.js';
export { exp } from './exp.js';
export { log } from './log.js';
export { expm1, log1p } from './one-plus.js';
export { pow } from './pow.js';
export { expf, log1pf, logf, powf } from './single.js';
