import type { ArrayValue } from '../core/array.js';
import { isHost } from '../core/device/access.js';
import { type Attrs, bind1, primitive } from '../core/dispatch.js';
import type { DType } from '../core/dtype.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { deviceElsewhere, hostOnly } from './elsewhere.js';
import { fromArray, type Tensor } from './tensor.js';

/**
 * Operations that need values: computed on arrays over the tensors' memory, and described without them, so that a traced function holds them
 * as one operation. Their results are integers or truth values, through which no gradient comes.
 */

export type Described = { readonly shape: readonly number[]; readonly dtype: DType };

/** An operation of this name: what it computes, and the shape and dtype that it has. */
export function hosted<A extends Attrs>(
  name: string,
  compute: (arrays: any[], attrs: A) => NDArray,
  describe: (tensors: readonly Described[], attrs: A) => Described,
  /** The same on devices that the host does not reach, where that can be had. */
  elsewhere: ((tensors: readonly ArrayValue[], attrs: A) => ArrayValue) | null = null,
): (tensors: readonly Tensor[], attrs: A) => Tensor {
  const p = primitive<A>(
    name,
    (args, attrs) => {
      const device = deviceElsewhere(args);
      if (device !== null) {
        if (elsewhere === null) throw hostOnly(`tf.${name}`, device);
        return elsewhere(args, attrs);
      }
      return fromArray(
        compute(
          args.map((t) => (t as Tensor).numpy()),
          attrs,
        ),
      );
    },
    describe,
  );
  return (tensors, attrs) => bind1(p, tensors, attrs) as Tensor;
}

interface CheckAttrs extends Attrs {
  readonly test: (a: NDArray) => void;
}
const check = primitive<CheckAttrs>(
  'check',
  ([t], { test }) => {
    // Values on a device are not waited for.
    if (t.size > 0 && isHost(t.buffer)) test((t as Tensor).numpy());
    return t;
  },
  ([t]) => ({ shape: t.shape, dtype: t.dtype }),
);

/**
 * The tensor itself, once its values are known to pass a test, which throws; in a traced function whenever it runs. What lives on a device
 * that the host does not reach goes untested.
 */
export const checked = (t: Tensor, test: (a: NDArray) => void): Tensor => bind1(check, [t], { test }) as Tensor;
