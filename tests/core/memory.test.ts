import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';
import { stats } from '../../src/core/device/cpu/index.js';

const MB = 2 ** 20;

describe('memory', () => {
  test('disposing twice gives back once, and never what a tensor still holds', () => {
    const a = np.ones([200_000]);
    const t = tf.constant(a);
    a.dispose();
    a.dispose();
    const noise = np.zeros([200_000]);
    expect(Number(np.sum(t))).toBe(200_000);
    expect(Number(np.sum(noise))).toBe(0);
    t.dispose();
    t.dispose();
  });
  test('tidy gives back what its function made, except what it returns', () => {
    np.tidy(() => np.zeros([1000]));
    const before = stats().live;
    const kept = np.tidy(() => {
      const x = np.ones([MB / 8]);
      const y = np.add(x, 1);
      np.multiply(y, y);
      return { y };
    });
    expect(stats().live - before).toBeLessThan(1.5 * MB);
    expect(kept.y.item(5)).toBe(2);
  });
  test('tidy gives back after a throw, and refuses promises', () => {
    const before = stats().live;
    expect(() =>
      np.tidy(() => {
        np.ones([MB]);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(stats().live - before).toBeLessThan(MB);
    expect(() => np.tidy(async () => 1)).toThrow('synchronous');
  });
  test('a block that is disposed of is used again', () => {
    const a = np.ones([MB]);
    const place = (a.buffer as unknown as { address: number }).address;
    a.dispose();
    const b = np.ones([MB]);
    expect((b.buffer as unknown as { address: number }).address).toBe(place);
  });
  test('a synchronous loop over large temporaries stays bounded', () => {
    const a = np.ones([MB]);
    let peak = 0;
    for (let i = 0; i < 300; i++) {
      np.add(a, i);
      peak = Math.max(peak, stats().top);
    }
    expect(peak).toBeLessThan(1024 * MB);
  });
  test('sizes past memory are a MemoryError that names shape and dtype', () => {
    expect(() => np.zeros([1e6, 1e6])).toThrow(
      'Unable to allocate 7.28 TiB for an array with shape (1000000, 1000000) and data type float64',
    );
    expect(() => np.add(np.broadcast_to(np.zeros(1), [1e6, 1e6]), 1)).toThrow(/Unable to allocate/);
  });
});
