import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { accessor, describe, forEachOffset, host } from '../../core/device/access.js';
import { isText } from '../../core/dtype.js';
import { AxisError, TypeError, ValueError } from '../../core/errors.js';
import { castTo } from '../../core/ops/move.js';
import { normalizeAxis } from '../../core/view.js';

/** What the functions that rearrange share: reading integers and axes from arguments. */

/** Whether a list holds integers only, as most do. */
const plain = (x: unknown): x is readonly number[] => {
  if (!Array.isArray(x)) return false;
  for (let i = 0; i < x.length; i++) if (!Number.isInteger(x[i])) return false;
  return true;
};

/** Integers from a number, a list, a typed array or an array of any shape, in C order. Fractions are cut off where `cut` says so. */
export function integers(x: unknown, by: string, cut = false): number[] {
  if (plain(x)) return x.slice();
  const one = (v: unknown): number => {
    if (typeof v === 'boolean' && (by === 'reshape' || by === 'transpose'))
      throw new TypeError('an integer is required');
    const n = Number(v);
    if (cut && Number.isFinite(n)) return Math.trunc(n);
    if (!Number.isInteger(n) || typeof v === 'string' || v === null)
      throw new TypeError(
        `'${typeof v === 'number' ? 'float' : describe(v)}' object cannot be interpreted as an integer`,
      );
    return n;
  };
  if (x instanceof ArrayValue || ArrayBuffer.isView(x)) {
    const a = toArray(x);
    if (a.dtype.index < 0)
      throw new TypeError(
        `'numpy.${isText(a.dtype) ? `${a.dtype.family}_` : a.dtype.family}' object cannot be interpreted as an integer`,
      );
    if (a.dtype.kind !== 'i' && a.dtype.kind !== 'u' && !cut && a.size > 0)
      throw new TypeError(`'numpy.${a.dtype.name}' object cannot be interpreted as an integer`);
    const read = accessor(host(a.buffer, by), a.dtype.part);
    const out: number[] = [];
    forEachOffset(a.shape, a.strides, a.offset, (p) => out.push(one(read.get(p))));
    return out;
  }
  if (Array.isArray(x))
    return x.flatMap((e) => {
      if (e instanceof ArrayValue && e.ndim > 0 && !cut)
        throw new TypeError('only integer scalar arrays can be converted to a scalar index');
      return integers(e, by, cut);
    });
  return [one(x)];
}

/** An integer argument. */
export const integer = (x: unknown, by: string): number => {
  const list = integers(x, by);
  if (list.length !== 1) throw new TypeError('only integer scalar arrays can be converted to a scalar index');
  return list[0];
};

/**
 * Axes of an argument that may be one integer or several.
 * @throws AxisError, ValueError ``repeated axis in `source` argument``
 */
export function axisTuple(axis: unknown, ndim: number, name?: string, repeats = false): number[] {
  const out = (Array.isArray(axis) ? axis : [axis]).map((k) => {
    try {
      return normalizeAxis(k as number, ndim);
    } catch (e) {
      if (e instanceof AxisError && name !== undefined) throw new AxisError(e.axis, ndim, name);
      throw e;
    }
  });
  if (!repeats && new Set(out).size !== out.length)
    throw new ValueError(name === undefined ? 'repeated axis' : `repeated axis in \`${name}\` argument`);
  return out;
}

/** Arrays from a list argument, or the entries along the first axis of an array. @throws TypeError for anything else */
export function arrayList(x: unknown, entry: (a: ArrayValue) => ArrayValue[]): ArrayValue[] {
  if (x instanceof ArrayValue) return entry(x);
  if (Array.isArray(x)) return x.map((e) => toArray(e));
  if (ArrayBuffer.isView(x)) return entry(toArray(x));
  throw new TypeError('arrays to join must be passed as a "sequence" type such as list or tuple.');
}

/** A copy that is the function's result, not an implicit one. */
export const fresh = (a: ArrayValue): ArrayValue => castTo(a, a.dtype, 'C');
