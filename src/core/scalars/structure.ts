import type { HostBuffer } from '../device/device.js';
import { elementsOf } from '../device/elements.js';
import { type DType, type Field, isText, isTime } from '../dtype.js';
import { TypeError, ValueError } from '../errors.js';
import { typeName } from '../python/kind.js';
import type { ScalarKind } from './kind.js';
import { countAcross } from './time.js';

/** Structures, sub-arrays and raw memory. Elements are lists of fields' elements, nested lists, and Uint8Arrays. */

type Of = (d: DType) => ScalarKind;

/** @param of the kind of a field's dtype, in the table that this row is part of */
export const makeStructures = (of: Of): ScalarKind => {
  // Text and times are made of values: of an array without axes, of its element.
  const from = (x: unknown, d: DType): unknown =>
    d.unit !== null ? (timeOf(x, d) ?? of(d).from(valueOf(x), d)) : of(d).from(isText(d) ? valueOf(x) : x, d);
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
    from(given, d) {
      // Arrays and records in the place of an element are read as their values.
      const list = (given as { tolist?: () => unknown } | null)?.tolist;
      const x = typeof list === 'function' ? list.call(given) : given;
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
        if (x instanceof Uint8Array && x.length === d.itemsize) return rawElement(x, d);
        return layout.map((f) => from(x, f.dtype));
      }
      if (x instanceof Uint8Array) return x;
      throw new TypeError(
        `a bytes-like object is required, not '${typeof x === 'number' && Number.isInteger(x) ? 'int' : typeName(x)}'`,
      );
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
      if (d.subdtype !== null) {
        const [base, shape] = d.subdtype;
        const lists = (e: unknown, depth: number): string =>
          depth === 0
            ? member(e, base, of)
            : `[${(e as readonly unknown[]).map((x) => lists(x, depth - 1)).join(', ')}]`;
        return lists(v, shape.length);
      }
      if (d.layout !== null) {
        const parts = d.layout.map((f, i) => member(v[i], f.dtype, of));
        return `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`;
      }
      return voidText(v as Uint8Array);
    },
  };
};

const valueOf = (x: unknown): unknown => {
  const a = x as { ndim?: number; tolist?: () => unknown } | null;
  return a?.ndim === 0 && typeof a.tolist === 'function' ? a.tolist() : x;
};

/** The count of an array of times without axes, in the unit of a dtype; null for anything else. */
function timeOf(x: unknown, d: DType): bigint | null {
  const a = x as { ndim?: number; dtype?: DType; buffer?: HostBuffer; offset?: number } | null;
  if (a?.ndim !== 0 || a.dtype === undefined || !isTime(a.dtype)) return null;
  return countAcross(elementsOf(a.buffer as HostBuffer, a.dtype).get(a.offset as number) as bigint, a.dtype, d);
}

/** An element read from the bytes that it is made of. */
function rawElement(x: Uint8Array, d: DType): unknown {
  return elementsOf({ bytes: x } as HostBuffer, d).get(0);
}

/** A member of a structure as Python's `repr` writes it: text stands in quotes. */
function member(v: unknown, d: DType, of: Of): string {
  const text = of(d).text(v, d);
  return d.kind === 'U' || (d.kind === 'O' && typeof v === 'string')
    ? `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    : text;
}

/** Raw memory as NumPy writes it: every byte by its number. */
export const voidText = (v: Uint8Array): string =>
  `b'${Array.from(v, (c) => `\\x${c.toString(16).toUpperCase().padStart(2, '0')}`).join('')}'`;
