import { host } from '../device/access.js';
import type { AnyOperand, DeviceBuffer, Kernel } from '../device/device.js';
import { sizeOf } from '../view.js';

/** Kernels that move elements of a size that no number has, as they lie. */

type Memory = Uint8Array | Uint32Array;
type Place = { readonly buffer: DeviceBuffer; readonly offset: number };

/** A copy of elements of `size` bytes. Source and target do not overlap, as for every kernel. */
export function rawCopyKernel(size: number): Kernel {
  const run = (
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
  ): void => {
    if (size === 0 || sizeOf(shape) === 0) return;
    const [a, b] = operands as readonly Place[];
    const from = host(a.buffer, 'copy').bytes;
    const to = host(b.buffer, 'copy').bytes;
    const [s, t] = strides.map((list) => shape.map((_, d) => list[d] ?? 0));
    const places = [size, a.offset, b.offset, from.byteOffset, to.byteOffset, ...s, ...t];
    if (places.every((p) => p % 4 === 0)) {
      const words = (m: Uint8Array): Memory => new Uint32Array(m.buffer, m.byteOffset, m.byteLength >> 2);
      const quarter = (list: number[]): number[] => list.map((x) => x / 4);
      move(words(from), words(to), a.offset / 4, b.offset / 4, shape, quarter(s), quarter(t), size / 4);
    } else move(from, to, a.offset, b.offset, shape, s, t, size);
  };
  return {
    flat: (n, operands) => {
      const [a] = operands;
      run([n], operands, [[n !== 1 && 'size' in a && a.size === 1 ? 0 : size], [size]]);
    },
    run,
  };
}

function move(
  from: Memory,
  to: Memory,
  p: number,
  q: number,
  shape: readonly number[],
  s: readonly number[],
  t: readonly number[],
  size: number,
): void {
  const last = shape.length - 1;
  const walk = (x: number, y: number, d: number): void => {
    if (d < last) {
      for (let i = 0; i < shape[d]; i++) walk(x + i * s[d], y + i * t[d], d + 1);
      return;
    }
    const n = last < 0 ? 1 : shape[last];
    const [u, v] = last < 0 ? [size, size] : [s[last], t[last]];
    if (u === size && v === size) {
      to.set(from.subarray(x, x + n * size), y);
      return;
    }
    for (let i = 0, f = x, g = y; i < n; i++, f += u, g += v) for (let k = 0; k < size; k++) to[g + k] = from[f + k];
  };
  walk(p, q, 0);
}
