import { ArrayValue } from '../../core/array.js';
import { zerosLike } from './parts.js';
import type { DType } from '../../core/dtype.js';
import { complex } from '../../core/complex.js';
import { component, reshapeTo, withDtype } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import * as rows from '../../core/ops/ufuncs/arithmetic.js';
import { sameShape } from '../../core/view.js';
import * as u from '../../ndarray/ufuncs.js';

/** What rules of gradients are, and what they are written with: operations that tapes and graphs see like any other. */

export type Value = any;
export { zerosLike };

/** One call of a primitive, as its rule sees it. */
export interface Call {
  readonly inputs: readonly ArrayValue[];
  readonly outputs: readonly ArrayValue[];
  readonly attrs: any;
  /** Which inputs a gradient is wanted of. */
  readonly needs: readonly boolean[];
}

/**
 * From the gradients of a call's results (null where there is none) to those of its inputs. A rule may answer in the shape and dtype that
 * its formula has: what was broadcast is summed, and what was cast is cast back, by `fitted`.
 */
export type Rule = (g: readonly (ArrayValue | null)[], call: Call) => readonly (ArrayValue | null)[];

export const add = (a: Value, b: Value): Value => u.add(a, b);
export const sub = (a: Value, b: Value): Value => u.subtract(a, b);
export const mul = (a: Value, b: Value): Value => u.multiply(a, b);
export const div = (a: Value, b: Value): Value => u.divide(a, b);
export const neg = (a: Value): Value => u.negative(a);
/** The conjugate; real values are themselves. */
export function conj(a: Value): Value {
  if (a instanceof ArrayValue) return a.dtype.kind === 'c' ? u.conjugate(a) : a;
  // A lone complex number.
  return typeof a === 'object' && a !== null && 'im' in a ? complex(a.re, -a.im) : a;
}

/** The sum over axes. */
export const sumOver = (a: ArrayValue, axes: readonly number[], keepdims = false): ArrayValue =>
  reduceRow(rows.add, a, { axis: axes, dtype: a.dtype, out: null, keepdims, initial: undefined, where: null });

/** A gradient in the shape of what was broadcast: summed over the axes along which it was repeated. */
export function unbroadcast(g: ArrayValue, shape: readonly number[]): ArrayValue {
  if (sameShape(g.shape, shape)) return g;
  const lead = g.ndim - shape.length;
  const axes: number[] = [];
  for (let i = 0; i < g.ndim; i++) if (i < lead || (shape[i - lead] === 1 && g.shape[i] !== 1)) axes.push(i);
  const s = axes.length === 0 ? g : sumOver(g, axes);
  return sameShape(s.shape, shape) ? s : reshapeTo(s, shape);
}

/** A gradient in the dtype of its tensor: of a real tensor it is real. */
export function inDtypeOf(g: ArrayValue, d: DType): ArrayValue {
  if (g.dtype === d) return g;
  return withDtype(g.dtype.kind === 'c' && d.kind !== 'c' ? component(g, 0) : g, d);
}

/** A gradient as its tensor has it: shape and dtype. */
export const fitted = (g: ArrayValue, of: ArrayValue): ArrayValue => inDtypeOf(unbroadcast(g, of.shape), of.dtype);
