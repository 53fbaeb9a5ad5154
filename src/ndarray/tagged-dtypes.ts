import type { DType } from '../core/dtype.js';
import { bytesDtype, nativeOf, strDtype, withMetadata } from '../core/dtypes/parametric.js';
import { promote } from '../core/promote.js';

/** What becomes of metadata where dtypes mix: only the functions about dtypes ask, since arrays have none. */

/** The dtype in the machine's byte order, with what a user attached to it. */
export function canonical(d: DType): DType {
  if (d.metadata === null || d.isnative) return d;
  return withMetadata(nativeOf(d), d.metadata);
}

/**
 * The dtype that two dtypes meet in. A dtype with itself stays as it is; text and raw memory stay where they are as long as the result.
 * All else makes a dtype anew, which has no metadata.
 */
export function promoteTagged(a: DType, b: DType): DType {
  const plain = promote(a.plain, b.plain);
  if (a.metadata === null && b.metadata === null) return plain;
  if (a === b && a.isnative) return a;
  if (!'USV'.includes(plain.kind) || plain.layout !== null) return plain;
  // What is not of the result's kind is cast to it first: the length that it then has decides, and its metadata are lost.
  const cast = (d: DType): DType =>
    d.kind === plain.kind ? d : promote(d.plain, plain.kind === 'U' ? strDtype(0) : bytesDtype(0));
  const first = cast(a);
  const second = cast(b);
  return canonical(first.itemsize >= second.itemsize ? first : second);
}
