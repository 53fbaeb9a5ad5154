import { ArrayValue } from '../../core/array.js';
import { complex } from '../../core/complex.js';
import { accessor, host } from '../../core/device/access.js';
import { elementsOf } from '../../core/device/elements.js';
import type { DType } from '../../core/dtype.js';
import type { Printable, PrintValue } from './printable.js';

/** What can be printed: an array or a tensor in the host's memory, or anything that gives its elements on demand. */
export type PrintSource = Printable | ArrayValue;

/** How an element reads at a byte of the buffer. */
function reader(a: ArrayValue, by: string): (byte: number) => PrintValue {
  const dtype: DType = a.dtype;
  if (dtype.index < 0) return elementsOf(host(a.buffer, by), dtype).get;
  const { get } = accessor(host(a.buffer, by), dtype.part);
  if (dtype.kind === 'b') return (byte) => get(byte) !== 0;
  if (dtype.kind !== 'c') return get;
  const half = dtype.itemsize / 2;
  return (byte) => complex(get(byte) as number, get(byte + half) as number);
}

/**
 * An array as something printable.
 * @throws TypeError when its memory is not the host's
 */
export function printableOf(a: PrintSource, by: string): Printable {
  if (!(a instanceof ArrayValue)) return a;
  return {
    dtype: a.dtype,
    shape: a.shape,
    size: a.size,
    values(mesh) {
      const read = reader(a, by);
      const out: PrintValue[] = [];
      const walk = (k: number, byte: number): void => {
        if (k === mesh.length) out.push(read(byte));
        else for (const i of mesh[k]) walk(k + 1, byte + i * a.strides[k]);
      };
      walk(0, a.offset);
      return out;
    },
  };
}
