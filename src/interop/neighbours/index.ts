import { setNeighbours, type Brought } from '../../core/neighbours.js';
import { isComplex } from '../../core/complex.js';
import { ARRAY } from '../../core/dispatch.js';
import { arrow, arrowColumns, isTable } from './arrow.js';
import { blobs, type ByteOptions, bytes } from './bytes.js';
import { columnsOf, frames, isFrame } from './frames.js';
import { Tensor } from '../../tensor/tensor.js';
import type { Neighbour } from './neighbour.js';
import { onnx } from './onnx.js';
import { pictures } from './pictures.js';
import { scijs, stdlib } from './scijs.js';
import { tfjs } from './tfjs.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { TypeError } from '../../core/errors.js';
import { describe } from '../../core/device/access.js';
import { runAs } from '../../core/transfers.js';

/** The libraries whose arrays are taken wherever arrays are: a new one is a file, and a line here. */
const NEIGHBOURS: readonly Neighbour[] = [tfjs, arrow, scijs, stdlib, onnx, pictures, frames, bytes, blobs];

/** The library that an object is of. */
const libraryOf = (x: object): Neighbour | undefined =>
  ARRAY in x || isComplex(x) || x instanceof Date ? undefined : NEIGHBOURS.find((n) => n.knows(x));

/** Reads an object of another library; null for what is none. */
export function readNeighbour(x: unknown, options: ByteOptions = {}): Brought | null {
  if (typeof x !== 'object' || x === null || Array.isArray(x)) return null;
  return libraryOf(x)?.read(x, options) ?? null;
}

/** The values of what has to be waited for; anything else as it is. */
export async function waitFor(x: unknown): Promise<unknown> {
  const given = await x;
  // Of a tensor of ours that is on another device.
  if (given instanceof Tensor) return given.array();
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  // Responses and files are waited for, too.
  if (typeof (given as Response).arrayBuffer === 'function' && !ArrayBuffer.isView(given))
    return (given as Response).arrayBuffer();
  const library = libraryOf(given);
  return library?.wait === undefined ? given : library.wait(given);
}

/**
 * The columns of a table of Apache Arrow, or of a frame in the manner of danfo.js, by name. Columns share their memory where they can.
 *
 * @param options `nulls`: how missing values are read, see `to_array`
 * @throws TypeError for what has no columns
 * @example
 * const arrow = require('apache-arrow');
 * const table = arrow.tableFromArrays({ x: new Float32Array([1, 2]), y: new Int32Array([3, 4]) });
 * interop.to_columns(table).y; // → array([3, 4], dtype=int32)
 */
export function to_columns(x: unknown, options: ByteOptions = {}): Record<string, NDArray> {
  return runAs('interop.to_columns', () => {
    if (typeof x === 'object' && x !== null) {
      if (isTable(x)) return arrowColumns(x, options);
      if (isFrame(x)) return columnsOf(x as never, options);
    }
    throw new TypeError(`to_columns: expected a table of Apache Arrow or a frame, got ${describe(x)}`);
  });
}

setNeighbours(readNeighbour);

export { to_masked } from './arrow.js';
export { type ArrowOptions, to_arrow } from './arrow-out.js';
export { to_blob } from './bytes.js';
export { to_danfo } from './frames.js';
export { to_onnx } from './onnx.js';
export { to_image_data } from './pictures.js';
export { to_scijs, to_stdlib } from './scijs.js';
export { to_tfjs } from './tfjs.js';
