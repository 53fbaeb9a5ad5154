import { ArrayValue } from './array.js';
import { ARRAY } from './dispatch.js';
import { type DType, subarrayDtype } from './dtype.js';
import { ValueError } from './errors.js';
import { sameShape } from './view.js';

/** Which levels of nested lists are axes, and which are elements. */

/** Whether a value can be one element of a dtype: a list of its fields, or of a sub-array's elements. */
function isElement(x: unknown, d: DType, objects: boolean): boolean {
  if (d.subdtype !== null) {
    const [base, [n, ...rest]] = d.subdtype;
    if (!isList(x)) return true;
    return (
      (x.length === n || x.length === 1) &&
      x.every((e) => isElement(e, rest.length > 0 ? subarrayDtype(base, rest) : base, objects))
    );
  }
  if (d.layout !== null) {
    const { layout } = d;
    return (
      isList(x) &&
      x.length === layout.length &&
      x.every((e, i) => (isList(e) || layout[i].dtype.layout === null) && isElement(e, layout[i].dtype, objects))
    );
  }
  return d.kind === 'O' && objects ? true : !isList(x);
}

/** How many levels of lists are axes where elements are lists themselves: down to where the first of them is an element. */
export function axesAbove(data: unknown, d: DType): number {
  for (const objects of [false, true]) {
    let x = data;
    for (let k = 0; isList(x); k++, x = x[0]) {
      if (isElement(x, d, objects)) return k;
      if (x.length === 0) return k + 1;
    }
  }
  // A list of plain values that are not as many as the fields: each is for all fields of an element of its own.
  if (isList(data) && !data.some(isList) && !isArrayish(data[0])) return 1;
  const inner = (e: DType): number => (e.layout === null ? 0 : 1 + inner(e.layout[0]?.dtype ?? e.base));
  return Math.max(0, nesting(data) - (isArrayish(deepest(data)) ? 0 : inner(d)));
}

/** The first of what the innermost lists hold. */
export const deepest = (x: unknown): unknown => (isList(x) && x.length > 0 ? deepest(x[0]) : x);

/** How deep lists are nested, along their first members. */
export const nesting = (x: unknown): number =>
  isList(x) ? 1 + (x.length > 0 ? nesting(x[0]) : 0) : x instanceof ArrayValue ? x.ndim : 0;

/** The axes that nested lists have in common: lists of one length at every place. */
export function regularShape(data: unknown): number[] {
  const shape: number[] = [];
  let level: unknown[] = [data];
  for (;;) {
    const first = level[0];
    if (first instanceof ArrayValue && level.every((x) => x instanceof ArrayValue && sameShape(x.shape, first.shape)))
      return [...shape, ...first.shape];
    if (!isList(first) || !level.every((x) => isList(x) && x.length === first.length)) return shape;
    shape.push(first.length);
    if (first.length === 0 || shape.length >= 64) return shape;
    level = level.flat(1);
  }
}

export const isList: (x: unknown) => x is readonly unknown[] = (x): x is readonly unknown[] => Array.isArray(x);

/** Whether a value has array data of its own inside of a list: an array, a typed array, or the protocol. */
export const isArrayish = (x: unknown): boolean =>
  (typeof x === 'object' && x !== null && (x instanceof ArrayValue || ArrayBuffer.isView(x) || ARRAY in x)) ||
  (typeof x === 'function' && ARRAY in x);

/** The error for lists of different lengths. */
export const ragged = (shape: readonly number[], depth: number): ValueError =>
  new ValueError(
    `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${depth} dimensions. ` +
      `The detected shape was ${depth === 1 ? `(${shape[0]},)` : `(${shape.slice(0, depth).join(', ')})`} + inhomogeneous part.`,
  );
