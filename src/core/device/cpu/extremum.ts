import type { ScalarType } from '../../dtype.js';
import type { Expr } from '../../ir/expr.js';
import { type Func, V128 } from './asm.js';
import { SIZE } from './scalar.js';

/** Whether a reduction is the minimum or the maximum of float32 or float64. */
export function floatExtremum(combine: readonly Expr[]): 'min' | 'max' | null {
  const [c] = combine;
  if (combine.length !== 1 || (c.op !== 'min' && c.op !== 'max')) return null;
  if (c.type !== 'float64' && c.type !== 'float32') return null;
  return c.args[0].op === 'acc' && c.args[1].op === 'val' ? c.op : null;
}

/** Locals of vectors: takes a value into an accumulator, and makes an accumulator of the last state of all. */
export interface Extremum {
  add(acc: number, v: number): void;
  finish(acc: number): void;
}

/**
 * Minimum and maximum with the instruction that looks at neither NaN nor the sign of zero, which is several times as fast. Whether
 * there was a NaN is noted beside it, and so are the signs: a maximum of 0 is -0 when all signs were set, a minimum of 0 when any was.
 */
export function beginExtremum(
  f: Func,
  t: ScalarType,
  name: 'min' | 'max',
  first: readonly (readonly number[])[],
): Extremum {
  const p = t === 'float64' ? 'f64x2' : 'f32x4';
  const bad = f.local(V128);
  const signs = f.local(V128);
  const note = (v: number): void => {
    f.get(v).get(v).v(`${p}_ne`).get(bad).v('v128_or').set(bad);
    f.get(v)
      .get(signs)
      .v(name === 'max' ? 'v128_and' : 'v128_or')
      .set(signs);
  };
  f.get(first[0][0]).set(signs);
  f.get(first[0][0]).get(first[0][0]).v(`${p}_ne`).set(bad);
  for (const [v] of first.slice(1)) note(v);
  return {
    add(acc: number, v: number): void {
      note(v);
      f.get(acc).get(v).v(`${p}_p${name}`).set(acc);
    },
    finish(acc: number): void {
      const zero = new Uint8Array(16);
      const top = new Uint8Array(16);
      for (let i = SIZE[t] - 1; i < 16; i += SIZE[t]) top[i] = 0x80;
      f.get(signs).v128(top).v('v128_and').get(acc).get(acc).v128(zero).v(`${p}_eq`).v('v128_bitselect');
      f.get(bad).v('v128_or').set(acc);
    },
  };
}
