export { acos } from './arccosine.js';
export { cos } from './cosine.js';
export { exp } from './exp.js';
export { log } from './log.js';
export { expm1, log1p } from './one-plus.js';
export { pow } from './pow.js';
export { expf, log1pf, logf, powf } from './single.js';
