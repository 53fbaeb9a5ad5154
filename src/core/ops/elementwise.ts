import { type ArrayValue, faceOf } from '../array.js';
import { allocate } from '../coerce.js';
import type { DType } from '../dtype.js';
import { eachKernel } from './each.js';

/** A fresh array of what a function makes of every element, as elements of a dtype. */
export function mapElements(a: ArrayValue, dtype: DType, f: (element: any) => unknown): ArrayValue {
  const out = allocate(a.shape, dtype, faceOf([a]));
  if (a.size > 0) eachKernel('map', [a.dtype], [dtype], f).run(a.shape, [a, out], [a.strides, out.strides]);
  return out;
}
