import type { DType, Field } from '../dtype.js';
import { TypeError, ValueError } from '../errors.js';
import type { ScalarKind } from './kind.js';
import { bytesRepr } from './text.js';

/** Structures, sub-arrays and raw memory. Elements are lists of fields' elements, nested lists, and Uint8Arrays. */

type Of = (d: DType) => ScalarKind;

/** @param of the kind of a field's dtype, in the table that this row is part of */
export const makeStructures = (of: Of): ScalarKind => {
  const from = (x: unknown, d: DType): unknown => of(d).from(x, d);
  const subarray = (x: unknown, base: DType, shape: readonly number[]): unknown => {
    if (shape.length === 0) return from(x, base);
    const rest = shape.slice(1);
    if (!Array.isArray(x)) return Array.from({ length: shape[0] }, () => subarray(x, base, rest));
    if (x.length !== shape[0] && x.length !== 1)
      throw new ValueError(`could not broadcast input array from shape (${x.length},) into shape (${shape[0]},)`);
    return Array.from({ length: shape[0] }, (_, i) => subarray(x[x.length === 1 ? 0 : i], base, rest));
  };
  const nested = (v: unknown, depth: number, f: (e: unknown) => unknown): unknown =>
    depth === 0 ? f(v) : (v as readonly unknown[]).map((e) => nested(e, depth - 1, f));
  return {
    from(x, d) {
      if (d.subdtype !== null) return subarray(x, d.subdtype[0], d.subdtype[1]);
      if (d.layout !== null) {
        const layout = d.layout as readonly Field[];
        if (Array.isArray(x)) {
          if (x.length !== layout.length)
            throw new ValueError(
              `could not assign tuple of length ${x.length} to structure with ${layout.length} fields.`,
            );
          return layout.map((f, i) => from(x[i], f.dtype));
        }
        if (x instanceof Uint8Array) throw new TypeError('a bytes-like object is not a structure');
        return layout.map((f) => from(x, f.dtype));
      }
      if (x instanceof Uint8Array) return x;
      if (typeof x === 'string') return new TextEncoder().encode(x);
      throw new TypeError(`a bytes-like object is required, not '${x === null ? 'NoneType' : typeof x}'`);
    },
    item(v, d) {
      if (d.subdtype !== null) {
        const [base, shape] = d.subdtype;
        return nested(v, shape.length, (e) => of(base).item(e, base));
      }
      if (d.layout !== null) return d.layout.map((f, i) => of(f.dtype).item(v[i], f.dtype));
      return v;
    },
    text(v, d) {
      if (d.layout !== null) {
        const parts = d.layout.map((f, i) => of(f.dtype).text(v[i], f.dtype));
        return `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`;
      }
      return bytesRepr(v as Uint8Array);
    },
  };
};
