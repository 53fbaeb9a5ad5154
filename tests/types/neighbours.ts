import * as arrow from 'apache-arrow';
import * as ort from 'onnxruntime-common';
import type { Tensor as TfjsTensor } from '@tensorflow/tfjs-core';
import * as tfjs from '@tensorflow/tfjs-core';
import { interop, np, tf } from '../../src/index.js';

/** Arrays of other libraries, with the types that those libraries declare. */

/** The package ndarray declares no types; these are of its documentation. */
declare const ndarray: (
  data: object,
  shape?: number[],
  stride?: number[],
  offset?: number,
) => { data: object; shape: number[]; stride: number[]; offset: number; get(...i: number[]): number };

declare const t: TfjsTensor;
export const sum: np.NDArray = np.sum(t);
export const added: tf.Tensor = tf.add(tf.ones([2]), t);
export const vector: np.NDArray = np.asarray(arrow.vectorFromArray([1, 2], new arrow.Float64()));
export const strided: np.NDArray = np.asarray(ndarray(new Float64Array(4), [2, 2]));
export const session: np.NDArray = np.asarray(new ort.Tensor('float32', new Float32Array(2), [2]));
declare const picture: ImageData;
export const pixels: np.NDArray = np.asarray(picture);

export const out: unknown[] = [
  interop.to_tfjs(sum, tfjs),
  interop.to_arrow(sum, arrow),
  interop.to_scijs(sum, ndarray),
  interop.to_onnx(sum, ort),
];
export const columns: Record<string, np.NDArray> = interop.to_columns(arrow.tableFromArrays({ a: [1] }));
export const waited: Promise<np.NDArray> = interop.to_array_async(fetch('x'));

// @ts-expect-error a plain object is no array
np.sum({ a: 1 });
