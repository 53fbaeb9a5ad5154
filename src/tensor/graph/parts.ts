import type { ArrayValue } from '../../core/array.js';
import type { Attrs, Primitive } from '../../core/dispatch.js';
import { bind } from '../../core/dispatch.js';
import { isNest } from '../nest.js';
import { Tensor } from '../tensor.js';
import { currentTrace } from './trace.js';

/** What decisions and loops have in common. */

/** An operation of the function that is being traced, whatever its operands are. */
export function opaqueResult(p: Primitive<any>, inputs: readonly ArrayValue[], attrs: Attrs): ArrayValue[] {
  const trace = currentTrace();
  return (trace === null ? bind(p, inputs, attrs) : trace.process(p, inputs, attrs)) as ArrayValue[];
}

/** The structure of results in words: `[float32, {a: int32}]`. */
export function structureOf(x: unknown): string {
  if (x instanceof Tensor) return x.dtype.name;
  if (!isNest(x)) return x === null || x === undefined ? 'None' : typeof x;
  if (Array.isArray(x)) return `[${x.map(structureOf).join(', ')}]`;
  return `{${Object.entries(x)
    .map(([k, v]) => `${k}: ${structureOf(v)}`)
    .join(', ')}}`;
}
