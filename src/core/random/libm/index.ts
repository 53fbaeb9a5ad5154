export { exp } from './exp.js';
export { log } from './log.js';
export { expm1, log1p } from './one-plus.js';
export { pow } from './pow.js';
export const log1pf: (x: number) => number = (x) => Math.fround(Math.log1p(x));
export const expf: (x: number) => number = (x) => Math.fround(Math.exp(x));
