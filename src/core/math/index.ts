export * from './arc.js';
export { cosh, exp, exp2, expm1, sinh, tanh } from './exp.js';
export * from './float.js';
export * from './integer.js';
export { arccosh, arcsinh, arctanh, log, log10, log1p, log2 } from './log.js';
export { f32via64, f32via64x2 } from './parts.js';
export { cbrt, hypot, logaddexp, logaddexp2, pow } from './power.js';
export { cos, sin, tan } from './trig.js';
