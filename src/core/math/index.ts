export * from './arc.js';
export { cosh, exp, exp2, expm1, sinh, tanh } from './exp.js';
export * from './float.js';
export * from './integer.js';
export { arccosh, arcsinh, arctanh, log, log10, log1p, log2 } from './log.js';
export { f32via64, f32via64x2 } from './parts.js';
export * from './power.js';
export * from './trig.js';
