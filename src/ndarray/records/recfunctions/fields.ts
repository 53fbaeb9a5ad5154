import { showAs } from '../../../core/dispatch.js';
import { type ArrayLike, toArray } from '../../../core/coerce.js';
import { asDtype, DType, type DTypeLike } from '../../../core/dtype.js';
import { KeyError, ValueError } from '../../../core/errors.js';
import { fn, isKeywords } from '../../../core/signature.js';
import { newArray, toNDArray } from '../../creation/make.js';
import { cast } from '../../manipulation/astype.js';
import { getIndex, setIndex } from '../../indexing/item.js';
import type { NDArray } from '../../ndarray.js';
import { type FieldSpec, layoutOf, packed, type Structured } from './descr.js';
import { fillFields, finished, seenAs } from './fill.js';

/** Arrays of structures with other fields: fewer, renamed, repacked, assigned by name. */

/** Keywords of functions that may give arrays of records. `usemask` is accepted: there are no masked arrays. */
export interface ResultKeywords {
  usemask?: boolean;
  asrecarray?: boolean;
}

/**
 * Fills the fields of an array from those of the same name in another, at every depth, and gives the filled array.
 *
 * @example np.lib.recfunctions.recursive_fill_fields(np.zeros(1, [['a', 'i4']]), np.ones(2, [['a', 'i4'], ['b', 'i4']])).at('a') // → array([0, 1], dtype=int32)
 */
export const recursive_fill_fields: (input: ArrayLike, output: NDArray) => NDArray = /*@__PURE__*/ fn(
  'recursive_fill_fields',
  'input, output',
  (input, output) => {
    layoutOf(output.dtype);
    return fillFields(toNDArray(input), output);
  },
  'host',
);

const without = (d: DType, names: ReadonlySet<string>): FieldSpec[] =>
  layoutOf(d).flatMap((f): FieldSpec[] => {
    if (names.has(f.name)) return [];
    if (f.dtype.layout === null) return [{ ...f, title: null }];
    const inner = without(f.dtype, names);
    return inner.length > 0 ? [{ name: f.name, dtype: packed(inner), title: null }] : [];
  });

function dropped(base: NDArray, names: string | readonly string[], asrecarray: unknown): NDArray {
  const fields = without(base.dtype, new Set(typeof names === 'string' ? [names] : names));
  return finished(fillFields(base, newArray(base.shape, packed(fields), 'C', true)), asrecarray);
}

/**
 * A copy without the fields named, at every depth. A structure none of whose fields is left goes, too.
 *
 * @example np.lib.recfunctions.drop_fields(np.zeros(1, 'i4,f8'), 'f0').dtype.names // → [ 'f1' ]
 */
export const drop_fields: (
  base: ArrayLike,
  drop_names: string | readonly string[],
  usemask?: boolean | ResultKeywords,
  asrecarray?: boolean,
) => NDArray = /*@__PURE__*/ fn(
  'drop_fields',
  'base, drop_names, usemask=True, asrecarray=False',
  (base, names, _usemask, asrecarray) => dropped(toNDArray(base), names, asrecarray),
  'host',
);

/** `drop_fields` as an array of records. @example np.lib.recfunctions.rec_drop_fields(np.zeros(1, 'i4,f8'), 'f0').f1 // → array([0.]) */
export const rec_drop_fields: (
  base: ArrayLike,
  drop_names: string | readonly string[],
) => NDArray & Record<string, any> = /*@__PURE__*/ fn(
  'rec_drop_fields',
  'base, drop_names',
  (base, names) => dropped(toNDArray(base), names, true),
  'host',
);

const renamed = (d: DType, names: ReadonlyMap<string, string>): DType =>
  packed(
    layoutOf(d).map((f) => ({
      name: names.get(f.name) ?? f.name,
      dtype: f.dtype.layout !== null ? renamed(f.dtype, names) : f.dtype,
      title: null,
    })),
  );

const renameCall = /*@__PURE__*/ fn(
  'rename_fields',
  'base, namemapper',
  (base, mapper) => {
    const a = toNDArray(base);
    return seenAs(a, renamed(a.dtype, mapper instanceof Map ? mapper : new Map(Object.entries(mapper))));
  },
  'host',
);

/**
 * A view with other names of fields, at every depth.
 *
 * @param namemapper new names by old ones, as a plain object or a Map
 * @throws TypeError as a view does where the structure has gaps
 * @example np.lib.recfunctions.rename_fields(np.zeros(1, 'i4,f8'), { f0: 'n' }).dtype.names // → [ 'n', 'f1' ]
 */
export const rename_fields: (
  base: ArrayLike,
  namemapper: Readonly<Record<string, string>> | ReadonlyMap<string, string>,
) => NDArray = /*@__PURE__*/ showAs(
  // A plain object in this place is the names, unless it names the parameter.
  (base: any, mapper: any, ...rest: any[]): any =>
    renameCall(
      base,
      isKeywords(mapper) && !('namemapper' in mapper) ? new Map(Object.entries(mapper)) : mapper,
      ...rest,
    ),
  renameCall as never,
) as any;

function repacked(d: DType, align: boolean, recurse: boolean): DType {
  if (d.layout === null) return d;
  return packed(
    d.layout.map((f) => ({ ...f, dtype: recurse ? repacked(f.dtype, align, recurse) : f.dtype })),
    align,
  );
}

/**
 * An array, or a dtype, with its fields one after the other: without gaps, or `align`ed as a C compiler lays them out.
 *
 * @example np.lib.recfunctions.repack_fields(np.dtype('u1,f8'), { align: true }).itemsize // → 16
 */
export const repack_fields: <A extends ArrayLike | DType>(
  a: A,
  align?: boolean | { align?: boolean; recurse?: boolean },
  recurse?: boolean | { recurse?: boolean },
) => A extends DType ? DType : NDArray = /*@__PURE__*/ fn(
  'repack_fields',
  'a, align=False, recurse=False',
  (a, align, recurse) => {
    if (a instanceof DType) return repacked(a, align, recurse);
    const x = toNDArray(a);
    return cast(x, repacked(x.dtype, align, recurse), 'K', 'unsafe', false);
  },
  'host',
);

function assignByName(to: NDArray, from: NDArray, zero: boolean): void {
  if (to.dtype.layout === null) {
    setIndex(to, ['...'], from);
    return;
  }
  for (const { name } of to.dtype.layout) {
    if (from.dtype.layout?.some((f) => f.name === name))
      assignByName(getIndex(to, [name]), getIndex(from, [name]), zero);
    else if (zero) setIndex(to, [name], 0);
  }
}

/**
 * Writes fields from those of the same name in another array; others become zero unless told to stay.
 *
 * @example np.lib.recfunctions.assign_fields_by_name(np.zeros(1, [['a', 'i4']]), np.ones(1, [['a', 'f8']])) // → null
 */
export const assign_fields_by_name: (
  dst: NDArray,
  src: ArrayLike,
  zero_unassigned?: boolean | { zero_unassigned?: boolean },
) => null = /*@__PURE__*/ fn(
  'assign_fields_by_name',
  'dst, src, zero_unassigned=True',
  (dst, src, zero) => {
    assignByName(dst, toArray(src) as NDArray, zero);
    return null;
  },
  'host',
);

/**
 * A copy with the fields of a dtype, by name; fields that the array lacks are zero.
 *
 * @example np.lib.recfunctions.require_fields(np.ones(1, 'i4,f8'), [['f1', 'f4'], ['g', 'u1']]) // → array([(1., 0)], dtype=[('f1', '<f4'), ('g', 'u1')])
 */
export const require_fields: (array: ArrayLike, required_dtype: Structured) => NDArray = /*@__PURE__*/ fn(
  'require_fields',
  'array, required_dtype',
  (array, required) => {
    const a = toNDArray(array);
    const out = newArray(a.shape, asDtype(required as DTypeLike), 'C', true);
    assignByName(out, a, true);
    return out;
  },
  'host',
);

/** The fields named of an array, packed. @throws KeyError */
export function keptFields(a: NDArray, names: readonly string[]): NDArray {
  const fields = names.map((name) => {
    const f = a.dtype.layout?.find((e) => e.name === name);
    if (f === undefined) throw new KeyError(`"Field named '${name}' not found."`);
    return { ...f, title: null };
  });
  if (fields.length === 0) throw new ValueError('no fields');
  return fillFields(a, newArray(a.shape, packed(fields), 'C', true));
}
