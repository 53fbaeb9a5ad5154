export const log: (x: number) => number = Math.log;
export const exp: (x: number) => number = Math.exp;
export const log1p: (x: number) => number = Math.log1p;
export const log1pf: (x: number) => number = (x) => Math.fround(Math.log1p(x));
export const expf: (x: number) => number = (x) => Math.fround(Math.exp(x));
