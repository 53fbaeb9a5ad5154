import type { ArrayValue } from '../array.js';
import { ValueError } from '../errors.js';
import { broadcastShapes, broadcastStrides, sameShape } from '../view.js';
import { converter } from './casts.js';
import { eachKernel } from './each.js';

export const tightSpace = (s: readonly number[]): string => (s.length === 1 ? `(${s[0]},)` : `(${s.join(',')})`);

/** Stores what a ufunc gave in an output of any dtype, where a mask says so. */
export function storeResult(name: string, value: ArrayValue, out: ArrayValue, mask: ArrayValue | null): void {
  const shape = broadcastShapes([value.shape, out.shape]);
  if (!sameShape(shape, out.shape))
    throw new ValueError(
      `non-broadcastable output operand with shape ${tightSpace(out.shape)} doesn't match the broadcast shape ${tightSpace(shape)}`,
    );
  out.face.beforeWrite(out, name);
  const convert = converter(value.dtype, out.dtype);
  const reads: ArrayValue[] = mask === null ? [value] : [value, mask, out];
  const kernel =
    mask === null
      ? eachKernel(name, [value.dtype], [out.dtype], convert)
      : eachKernel(name, [value.dtype, mask.dtype, out.dtype], [out.dtype], (v, m, old) =>
          m === true ? convert(v) : old,
        );
  kernel.run(
    out.shape,
    [...reads, out],
    [...reads, out].map((v) => broadcastStrides(v.shape, v.strides, out.shape)),
  );
}
