import { asDtype, type DType, type DTypeLike } from '../../../core/dtype.js';
import { structure } from '../../../core/dtypes/parse.js';
import { TypeError } from '../../../core/errors.js';
import { fn } from '../../../core/signature.js';

/** What structures are made of: their fields' names, and dtypes made from them. */

export type Structured = DType | DTypeLike | readonly (readonly unknown[])[];

/** One field to build a structure from. An empty name stands for `f0`, `f1`, … by place. */
export interface FieldSpec {
  readonly name: string;
  readonly dtype: DType;
  readonly title: unknown;
}

/** Names in a tree: a field that is a structure is a pair of its name and its own names. */
export type NameTree = (string | [string, NameTree])[];

const dtypeOf = (d: unknown): DType => asDtype(d as DTypeLike);

/** The fields of a structure. @throws TypeError where there are none, as Python does for the `None` in their place */
export function layoutOf(d: DType): readonly FieldSpec[] {
  if (d.layout === null) throw new TypeError("'NoneType' object is not iterable");
  return d.layout;
}

/** The fields of a structure, or a dtype without fields as one field without a name. */
export const specOf = (d: DType): readonly FieldSpec[] => d.layout ?? [{ name: '', dtype: d, title: null }];

/** The innermost fields. */
export const leavesOf = (d: DType): FieldSpec[] =>
  d.layout === null
    ? [{ name: '', dtype: d, title: null }]
    : d.layout.flatMap((f) =>
        f.dtype.layout !== null ? leavesOf(f.dtype) : [{ name: f.name, dtype: f.dtype, title: null }],
      );

/** Fields one after the other. @throws ValueError `field 'a' occurs more than once` */
export const packed = (fields: readonly FieldSpec[], align = false): DType =>
  structure(
    fields.map((f, i) => (f.name === '' ? { ...f, name: `f${i}` } : f)),
    align,
  );

const tree = (d: DType): NameTree =>
  layoutOf(d).map((f) => (f.dtype.layout !== null ? [f.name, tree(f.dtype)] : f.name));

/**
 * The names of a structure's fields; one that is a structure itself is a list of its name and its names.
 *
 * @throws TypeError for a dtype without fields
 * @example np.lib.recfunctions.get_names(np.dtype([['a', 'i4'], ['b', [['x', 'f8']]]])) // → [ 'a', [ 'b', [ 'x' ] ] ]
 */
export const get_names: (adtype: Structured) => NameTree = /*@__PURE__*/ fn(
  'get_names',
  'adtype',
  (d: unknown) => tree(dtypeOf(d)),
  'conversion',
);

/**
 * The names of all fields at every depth, outer ones first.
 *
 * @throws TypeError for a dtype without fields
 * @example np.lib.recfunctions.get_names_flat(np.dtype([['a', 'i4'], ['b', [['x', 'f8']]]])) // → [ 'a', 'b', 'x' ]
 */
export const get_names_flat: (adtype: Structured) => string[] = /*@__PURE__*/ fn(
  'get_names_flat',
  'adtype',
  (d: unknown) => {
    const walk = (t: DType): string[] =>
      layoutOf(t).flatMap((f) => (f.dtype.layout !== null ? [f.name, ...walk(f.dtype)] : [f.name]));
    return walk(dtypeOf(d));
  },
  'conversion',
);

/**
 * The innermost fields as pairs of name and dtype.
 * @example np.lib.recfunctions.flatten_descr(np.dtype([['b', [['x', 'f8']]]])) // → [ [ 'x', dtype('float64') ] ]
 */
export const flatten_descr: (ndtype: Structured) => [string, DType][] = /*@__PURE__*/ fn(
  'flatten_descr',
  'ndtype',
  (d: unknown) => leavesOf(dtypeOf(d)).map((f) => [f.name, f.dtype]),
  'conversion',
);

/** For every field the names of the structures around it, the outermost first; `parents` takes what is found. */
export function structuresAround(
  d: DType,
  last: string | null,
  parents: Record<string, string[]>,
): Record<string, string[]> {
  for (const { name, dtype } of layoutOf(d)) {
    if (dtype.layout !== null) {
      parents[name] = last ? [last] : [];
      structuresAround(dtype, name, parents);
    } else {
      const outer = last === null ? [] : (parents[last] ?? []);
      parents[name] = last ? [...outer, last] : [];
    }
  }
  return parents;
}

/**
 * For every field at any depth the names of the structures around it.
 *
 * @throws TypeError for a dtype without fields
 * @example np.lib.recfunctions.get_fieldstructure(np.dtype([['a', 'i4'], ['b', [['x', 'f8']]]])) // → { a: [], b: [], x: [ 'b' ] }
 */
export const get_fieldstructure: (
  adtype: Structured,
  lastname?: string | null,
  parents?: Record<string, string[]> | null,
) => Record<string, string[]> = /*@__PURE__*/ fn(
  'get_fieldstructure',
  'adtype, lastname=None, parents=None',
  (d: unknown, last: string | null, parents: Record<string, string[]> | null) =>
    structuresAround(dtypeOf(d), last, parents ?? {}),
  'conversion',
);
