import { ArrayValue } from '../../core/array.js';
import { describe } from '../../core/device/access.js';
import { AttributeError, BufferError } from '../../core/errors.js';
import { plainArray, type NDArray } from '../ndarray.js';
import { checkDevice, direct, toNDArray } from './make.js';

export interface FromDlpack {
  (x: ArrayValue, kw?: { device?: 'cpu' | null; copy?: boolean | null }): NDArray;
}

/**
 * An array over the memory of another array, or of a tensor (whose memory is copied at the first write). DLPack's capsules are pointers,
 * which JavaScript does not have: arrays of other libraries come in by the array protocol, `np.asarray`.
 *
 * @throws AttributeError for what is no array; BufferError for dtypes that DLPack does not know, and for other libraries' capsules
 * @example
 * const a = np.zeros(2);
 * np.from_dlpack(a).set(0, 5);
 * a; // → array([5., 0.])
 */
export const from_dlpack: FromDlpack = /*@__PURE__*/ direct<FromDlpack>(
  'from_dlpack',
  'x, /, *, device=None, copy=None',
  (x, device, copy) => {
    checkDevice(device);
    if (!(x instanceof ArrayValue)) {
      if (typeof (x as { __dlpack__?: unknown } | null)?.__dlpack__ === 'function')
        throw new BufferError(
          'from_dlpack: JavaScript has no pointers to memory, so capsules cannot be read; give the memory with np.asarray',
        );
      throw new AttributeError(`'${describe(x)}' object has no attribute '__dlpack__'`);
    }
    if (!'biufc'.includes(x.dtype.kind))
      throw new BufferError('DLPack only supports signed/unsigned integers, float and complex dtypes.');
    const a = plainArray(toNDArray(x));
    return copy === true ? a.copy() : a.viewOf(a.dtype, a.shape, a.strides, a.offset);
  },
);
