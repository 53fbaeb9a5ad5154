import type { ArrayValue } from '../../core/array.js';
import { allocate } from '../../core/coerce.js';
import { host, typedView } from '../../core/device/access.js';
import { int64 } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { broadcastTo } from '../../core/ops/move.js';
import type { NDArray } from '../ndarray.js';

/** Places and coordinates in shapes of more elements than float64 counts without gaps. */

/** From here on sizes are counted in 64-bit integers. */
export const VAST: number = 2 ** 53;
const MOST = 2n ** 63n - 1n;

/** Whether there are more elements than NumPy counts. */
export const tooMany = (shape: readonly number[], count: number): boolean => count >= VAST && exactSize(shape) > MOST;
const exactSize = (shape: readonly number[]): bigint => shape.reduce((n, m) => n * BigInt(m), 1n);

const valuesOf = (a: ArrayValue): BigInt64Array => {
  const c = copyAs(a, int64, 'C');
  const { array, base } = typedView(host(c.buffer, 'indices'), BigInt64Array);
  return (array as BigInt64Array).slice(base + c.offset / 8, base + c.offset / 8 + c.size);
};
const made = (values: BigInt64Array, shape: readonly number[]): NDArray => {
  const out = allocate(shape, int64) as NDArray;
  const { array, base } = typedView(host(out.buffer, 'indices'), BigInt64Array);
  (array as BigInt64Array).set(values, base + out.offset / 8);
  return out;
};
const stepsOf = (shape: readonly number[], reading: 'C' | 'F'): bigint[] => {
  const steps = new Array<bigint>(shape.length);
  let step = 1n;
  for (let i = 0; i < shape.length; i++) {
    const d = reading === 'C' ? shape.length - 1 - i : i;
    steps[d] = step;
    step *= BigInt(shape[d]);
  }
  return steps;
};

/** Coordinates of places. @throws ValueError for places out of bounds */
export function unravelVast(ix: ArrayValue, dims: readonly number[], reading: 'C' | 'F'): NDArray[] {
  const places = valuesOf(ix);
  const size = exactSize(dims);
  for (const k of places)
    if (k < 0n || k >= size) throw new ValueError(`index ${k} is out of bounds for array with size ${size}`);
  const steps = stepsOf(dims, reading);
  return dims.map((m, d) =>
    made(
      places.map((k) => (k / steps[d]) % BigInt(m)),
      ix.shape,
    ),
  );
}

/** Places of coordinates. @throws ValueError for coordinates out of bounds, where the mode of their axis is 'raise' */
export function ravelVast(
  parts: readonly ArrayValue[],
  full: readonly number[],
  shape: readonly number[],
  modes: readonly string[],
  reading: 'C' | 'F',
): NDArray {
  const steps = stepsOf(shape, reading);
  const out = new BigInt64Array(full.reduce((n, m) => n * m, 1));
  parts.forEach((p, d) => {
    const n = BigInt(shape[d]);
    valuesOf(broadcastTo(p, full)).forEach((given, i) => {
      let k = given;
      if (k < 0n || k >= n) {
        if (modes[d] === 'raise') throw new ValueError('invalid entry in coordinates array');
        k = modes[d] === 'wrap' ? ((k % n) + n) % n : k < 0n ? 0n : n - 1n;
      }
      out[i] += k * steps[d];
    });
  });
  return made(out, full);
}
