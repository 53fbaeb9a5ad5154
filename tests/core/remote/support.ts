import { np as numpy, tf as tensors } from '../../../src/index.js';
import { peek, remote } from './device.js';

const np: any = numpy;
const tf: any = tensors;

/** The dtype of the device that stands for one that it does not have. */
export const NARROW: Readonly<Record<string, string>> = {
  float64: 'float32',
  float16: 'float32',
  int64: 'int32',
  uint64: 'uint32',
  int8: 'int32',
  uint8: 'int32',
  int16: 'int32',
};

/** A host array in a dtype that the device has. */
export const array = (values: readonly unknown[], dtype: string, shape: readonly number[]): any =>
  np.array([...values], NARROW[dtype] ?? dtype).reshape([...shape]);

/** The device that is tested: the one whose memory is hidden, unless somebody named another one before. */
export const deviceName: string = (globalThis as { deviceUnderTest?: string }).deviceUnderTest ?? remote.name;

export const sent = (t: any): any => t.to(deviceName);

/** What a value holds, wherever it lives. */
export function read(x: any): any {
  const t = x instanceof tf.Variable ? x.held : x;
  if (!(t instanceof tf.Tensor) || t.device !== remote.name) return t instanceof tf.Tensor ? t.numpy() : t;
  const whole = np.frombuffer(peek(t.buffer), t.dtype);
  const start = t.offset / t.dtype.itemsize;
  return np.array(np.lib.stride_tricks.as_strided(whole.at(`${start}:`), { shape: t.shape, strides: t.strides }));
}

export const isThere = (x: any): boolean => x?.device === deviceName;

/** Results, lists of results included, as one list. */
export const listed = (r: any): any[] => [r].flat(9).filter((x) => x !== null && x !== undefined);

/** Why two lists of results differ, or an empty text. */
export function difference(got: readonly any[], want: readonly any[], rtol: number): string {
  if (got.length !== want.length) return `${got.length} results instead of ${want.length}`;
  for (const [i, g] of got.map(read).entries()) {
    // A truth without an axis is a boolean for arrays.
    const w = typeof want[i] === 'boolean' ? np.array(want[i]) : read(want[i]);
    if (typeof g !== 'object') {
      if (!Object.is(g, w)) return `${g} instead of ${w}`;
    } else if (g.dtype !== w.dtype) return `${g.dtype.name} instead of ${w.dtype.name}`;
    else if (`${g.shape}` !== `${w.shape}`) return `shape ${g.shape} instead of ${w.shape}`;
    else if (!np.allclose(g, w, { rtol, atol: rtol / 10, equal_nan: true }))
      return `${JSON.stringify(g.tolist())} instead of ${JSON.stringify(w.tolist())}`;
  }
  return '';
}
