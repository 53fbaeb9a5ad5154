import type { ArrayValue } from '../array.js';
import { allocate } from '../coerce.js';
import { openMemoryDoor } from '../door.js';
import { bool, type DType, type Field, structDtype } from '../dtype.js';
import { IndexError, KeyError, ValueError } from '../errors.js';
import { eachKernel } from './each.js';
import { isAligned } from './odd-memory.js';

/** Views of the fields of structures. */

/** The field of a name or title, or null. */
export const fieldNamed = (d: DType, name: string): Field | null =>
  d.layout?.find((f) => f.name === name) ?? d.layout?.find((f) => f.title === name) ?? null;

/** A view of one field; a field of sub-arrays has their axes behind the array's own. */
export function viewField(a: ArrayValue, f: Field): ArrayValue {
  const { base, shape } = f.dtype;
  const strides: number[] = [];
  for (let k = shape.length - 1, step = base.itemsize; k >= 0; step *= shape[k--]) strides[k] = step;
  const out = a.face.view(a, base, [...a.shape, ...shape], [...a.strides, ...strides], a.offset + f.offset);
  if (!isAligned(out)) openMemoryDoor();
  return out;
}

/** A view of one field. @throws ValueError `no field of name x` */
export function fieldOf(a: ArrayValue, name: string): ArrayValue {
  const f = fieldNamed(a.dtype, name);
  if (f === null) throw new ValueError(`no field of name ${name}`);
  return viewField(a, f);
}

/** A structure of some fields of another, where they lie in it. @throws KeyError, ValueError */
export function someFields(d: DType, names: readonly string[]): DType {
  const layout = names.map((n) => {
    const f = d.layout?.find((g) => g.name === n) ?? null;
    if (f === null && fieldNamed(d, n) !== null) throw new KeyError("'cannot use field titles in multi-field index'");
    if (f === null) throw new KeyError(`'${n}'`);
    return f;
  });
  names.forEach((n, i) => {
    if (names.indexOf(n) !== i) throw new ValueError(`duplicate field of name '${n}'`);
  });
  return structDtype(layout, d.itemsize);
}

/** A view of several fields. */
export const fieldsOf = (a: ArrayValue, names: readonly string[]): ArrayValue =>
  a.face.view(a, someFields(a.dtype, names), a.shape, a.strides, a.offset);

/** A field by its place. @throws IndexError `invalid index (5)` */
export function fieldAt(a: ArrayValue, k: number): ArrayValue {
  const layout = a.dtype.layout as readonly Field[];
  const i = k < 0 ? k + layout.length : k;
  if (i < 0 || i >= layout.length) throw new IndexError(`invalid index (${k})`);
  return viewField(a, layout[i]);
}

const areNames = (x: unknown): x is readonly string[] =>
  Array.isArray(x) && x.length > 0 && x.every((e) => typeof e === 'string');

/**
 * The fields that an index names: one name, or one list of names. Null for any other index.
 * @throws ValueError, KeyError for names of no field
 */
export function namedFields(a: ArrayValue, index: readonly unknown[]): ArrayValue | null {
  if (index.length !== 1) return null;
  const [only] = index;
  if (typeof only === 'string') {
    if (fieldNamed(a.dtype, only) !== null) return fieldOf(a, only);
    if (/^\s*[-+.:\d]|^\s*(None|newaxis|np\.newaxis)/.test(only)) return null;
    throw new ValueError(`no field of name ${only}`);
  }
  if (!areNames(only) || (only.some((n) => /[:.]/.test(n)) && !only.some((n) => fieldNamed(a.dtype, n) !== null)))
    return null;
  return fieldsOf(a, only);
}

/** Whether an element, as `elementsOf` reads it, is anything but zeros. */
function isTrue(v: any): boolean {
  if (Array.isArray(v) || v instanceof Uint8Array) return (v as readonly unknown[]).some(isTrue);
  return typeof v === 'object' && v !== null && 're' in v ? v.re !== 0 || v.im !== 0 : Boolean(v);
}

/** Which structures have a field that is not zero. */
export function truthOfStructures(a: ArrayValue): ArrayValue {
  const out = allocate(a.shape, bool);
  const kernel = eachKernel('nonzero', [a.dtype], [bool], isTrue);
  kernel.run(a.shape, [a, out], [a.strides, out.strides]);
  return out;
}
