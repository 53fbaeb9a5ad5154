import { isCContiguous } from '../core/array.js';
import { toArray, wrapMemory } from '../core/coerce.js';
import type { ArrayLike } from '../core/coerce.js';
import type { HostBuffer } from '../core/device/device.js';
import { uint8 } from '../core/dtype.js';
import { shapeText, TypeError, ValueError } from '../core/errors.js';
import { announce, runAs } from '../core/transfers.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { newArray } from '../ndarray/creation/make.js';
import { sharedData } from '../ndarray/indexing/data.js';

/** Pixels: a canvas' ImageData and arrays of uint8 whose last axis is red, green, blue, alpha. */

/** What browsers call ImageData, by what it has. */
export interface ImageLike {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly colorSpace?: string;
}

/**
 * The pixels of an ImageData as an array of shape (height, width, 4), without a copy: writes go both ways.
 * @throws TypeError for what is no image, ValueError where the size is not that of its data
 * @example
 * const image = { data: new Uint8ClampedArray(8).fill(255), width: 2, height: 1 };
 * const pixels = interop.from_image_data(image);
 * pixels.set([0, 1, 0], 7);
 * image.data[4] // → 7
 */
export function from_image_data(image: ImageLike): NDArray<'uint8'> {
  const { data, width, height } = image ?? ({} as ImageLike);
  if (!(data instanceof Uint8ClampedArray || data instanceof Uint8Array) || !(width >= 0) || !(height >= 0))
    throw new TypeError('from_image_data: expected an ImageData: an object with data, width and height');
  if (data.length !== width * height * 4)
    throw new ValueError(
      `from_image_data: ${width} times ${height} pixels have ${width * height * 4} bytes, there are ${data.length}`,
    );
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return wrapMemory(bytes, uint8, [height, width, 4]) as NDArray<'uint8'>;
}

/** How many channels an array of pixels has, by its last axis: none for gray ones. */
const CHANNELS: readonly number[] = [1, 3, 4];

/**
 * Pixels as an ImageData (where there is that class, else as an object with the same members). An array of uint8 of shape (height, width, 4) in C order is
 * shared without a copy; gray (height, width) or (height, width, 1) and (height, width, 3) become opaque pixels, which is a copy that the ledger shows.
 * @throws TypeError for other dtypes: how values become bytes is yours to say; ValueError for other shapes
 * @example
 * const gray = np.array([[0, 128]], 'uint8');
 * interop.to_image_data(gray).data // → Uint8ClampedArray(8) [
 * //       0,   0,   0, 255,
 * //     128, 128, 128, 255
 * //   ]
 */
export function to_image_data(pixels: ArrayLike): ImageLike {
  return runAs('to_image_data', () => {
    const a = toArray(pixels) as NDArray;
    if (a.dtype !== uint8)
      throw new TypeError(
        `to_image_data: pixels are uint8, not ${a.dtype.name}; scale and convert them first, as np.clip(np.multiply(a, 255), 0, 255).astype('uint8')`,
      );
    const channels = a.ndim === 2 ? 1 : a.ndim === 3 ? a.shape[2] : 0;
    if (!CHANNELS.includes(channels))
      throw new ValueError(
        `to_image_data: expected the shape (height, width), or (height, width, channels) with 1, 3 or 4 channels, got ${shapeText(a.shape)}`,
      );
    const [height, width] = a.shape;
    let rgba = a;
    if (channels !== 4 || !isCContiguous(a)) {
      announce(channels === 4 ? 'order' : 'dtype', width * height * 4, 'cpu:0', 'cpu:0');
      rgba = newArray([height, width, 4], uint8);
      const whole = channels === 4 ? rgba : (rgba.at('..., :3') as NDArray);
      if (channels !== 4) (rgba.at('..., 3') as NDArray).set(['...'], 255);
      whole.set(['...'], a.ndim === 2 ? (a.reshape(height, width, 1) as NDArray) : a);
    }
    const bytes = rgba.size === 0 ? new Uint8Array(0) : (sharedData(rgba) as Uint8Array);
    const data = new Uint8ClampedArray(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
    kept.set(data, rgba);
    const Image = (globalThis as { ImageData?: new (d: Uint8ClampedArray, w: number, h: number) => ImageLike })
      .ImageData;
    if (Image !== undefined && data.length > 0 && !((rgba.buffer as HostBuffer).address >= 0))
      return new Image(data, width, height);
    return { data, width, height, colorSpace: 'srgb' };
  });
}

/** Memory that was handed out lives as long as the window on it does. */
const kept = new WeakMap<object, NDArray>();
