import { expect, jest, test } from '@jest/globals';
import type { GpuBuffer } from '../../src/core/device/gpu/buffer.js';
import type { WebgpuBackend } from '../../src/core/device/gpu/webgpu.js';
import { tf as tensors } from '../../src/index.js';
import { onGpu } from './adapter.js';

const tf: any = tensors;
jest.setTimeout(120_000);

const there = (values: readonly number[]): any => tf.constant(values).to('gpu');
const id = (t: any): number => (t.buffer as GpuBuffer).words(t.dtype, 'test');

onGpu('kernels of gpu.js', () => {
  test('take their turn among the shaders, on the same buffers', () => {
    const [a, b, c] = [there([1, 2, 3, 4]), there([10, 20, 30, 40]), there([0, 0, 0, 0])];
    const backend = a.buffer.device.backend() as WebgpuBackend;
    const sum = 'function (a, b) { return a[this.thread.x] + b[this.thread.x]; }';
    const doubled = tf.multiply(a, 2);
    backend.plain(sum, id(c), 4, [{ buffer: id(doubled) }, { buffer: id(b) }]);
    expect(tf.multiply(c, 2).numpy().tolist()).toEqual([24, 48, 72, 96]);
    backend.plain(sum, id(c), 4, [{ buffer: id(c) }, { buffer: id(b) }]);
    expect(tf.subtract(c, 1).numpy().tolist()).toEqual([21, 43, 65, 87]);
    const part = 'function (a, s, n) { return a[this.thread.x * n] * s; }';
    const half = there([0, 0]);
    backend.plain(part, id(half), 2, [{ buffer: id(b) }, { float: 0.5 }, { integer: 2 }]);
    expect(half.numpy().tolist()).toEqual([5, 15]);
  });

  test('one that cannot be translated is an error where a value is read, and nothing else is lost', () => {
    const [a, c] = [there([1, 2]), there([0, 0])];
    const backend = a.buffer.device.backend() as WebgpuBackend;
    backend.plain('function (a) { return nothing(a); }', id(c), 2, [{ buffer: id(a) }]);
    expect(() => c.numpy()).toThrow();
    expect(tf.add(a, 1).numpy().tolist()).toEqual([2, 3]);
  });
});
