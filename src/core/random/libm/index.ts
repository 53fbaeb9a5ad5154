export { exp } from './exp.js';
export { log } from './log.js';
export { expm1, log1p } from './one-plus.js';
export { pow } from './pow.js';
export { expf, log1pf, logf, powf } from './single.js';
export const cos: (x: number) => number = Math.cos;
export const acos: (x: number) => number = Math.acos;
