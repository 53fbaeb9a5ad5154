import { AttributeError, TypeError, ValueError } from '../../core/errors.js';
import { typedArrayDtype } from '../../core/coerce.js';
import { copyAs } from '../../core/ops/copy.js';
import { byName } from '../../core/dtype.js';
import { runAs } from '../../core/transfers.js';
import { empty } from '../../ndarray/creation/index.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { sharedElements } from '../../ndarray/shared.js';
import { asArray, copied, inC, type Neighbour, over } from './neighbour.js';

/** Pixels: ImageData of canvases, rows of red, green, blue and opacity. */

export interface ImageDataLike {
  readonly data: any;
  readonly width: number;
  readonly height: number;
}

export const pictures: Neighbour = {
  name: 'ImageData',
  knows: (x) =>
    typeof x.width === 'number' &&
    typeof x.height === 'number' &&
    ArrayBuffer.isView(x.data) &&
    (x.data as unknown as { length?: number }).length === 4 * x.width * x.height,
  read: ({ data, width, height }: ImageDataLike) =>
    over({ data, shape: [height, width, 4], dtype: typedArrayDtype(data) ?? byName.uint8 }),
};

type ImageDataConstructor = new (data: any, width: number, height: number) => any;

/**
 * An ImageData of an array of uint8. Rows of four (height, width, 4) in C order share their memory; grey (height, width) or (height, width, 1) and
 * three colours (height, width, 3) are completed, opaque, which is a copy.
 *
 * @param make the class to make it of: the browser's `ImageData` unless given
 * @throws TypeError for another dtype, ValueError for another shape
 * @example
 * class ImageData {
 *   constructor(data, width, height) {
 *     Object.assign(this, { data, width, height });
 *   }
 * }
 * const grey = np.array([[0, 128]], 'uint8');
 * interop.to_image_data(grey, ImageData).data.length; // → 8
 */
export function to_image_data(x: unknown, make?: ImageDataConstructor): any {
  return runAs('interop.to_image_data', () => {
    const Made = make ?? (globalThis as { ImageData?: ImageDataConstructor }).ImageData;
    if (Made === undefined)
      throw new AttributeError('to_image_data: there is no ImageData here; give its class as the second argument');
    const a = asArray(x);
    if (a.dtype !== byName.uint8)
      throw new TypeError(
        `to_image_data: pixels are uint8, not ${a.dtype.name}; scale the values to 0 … 255 and cast them`,
      );
    const channels = a.ndim === 2 ? 1 : a.shape[2];
    if (a.ndim < 2 || a.ndim > 3 || ![1, 3, 4].includes(channels))
      throw new ValueError(
        `to_image_data: the shape is (height, width), or (height, width, 1, 3 or 4), not (${a.shape.join(', ')})`,
      );
    const [height, width] = a.shape;
    let whole = a;
    if (channels !== 4) {
      copied('order', height * width * 4, 'cpu:0', 'ImageData');
      whole = empty([height, width, 4], 'uint8') as NDArray;
      whole.set(['...', 3], 255);
      whole.set(['...', ':3'], (a.ndim === 2 ? a.reshape(height, width, 1) : a) as never);
    } else whole = inC(a, 'ImageData');
    if (!whole.writeable || x !== a) {
      // Who draws on it must not change what does not change.
      copied('external', whole.nbytes, 'cpu:0', 'ImageData');
      whole = copyAs(whole, whole.dtype, 'C') as NDArray;
    }
    const { data } = sharedElements(whole, 'to_image_data', true);
    return new Made(new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length), width, height);
  });
}
