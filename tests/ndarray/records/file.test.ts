import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { np } from '../../../src/index.js';

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
  setWarningHandler((category) => void told.push(category));
});
afterEach(() => void setWarningHandler(null));

/** Three records of an int32 and a float64, as NumPy writes them with tofile. */
const made: any = (np.zeros as any)(3, [
  ['f0', 'i4'],
  ['f1', 'f8'],
]);
made.at('f0').set([], [1, 2, 3]);
made.at('f1').set([], [0.5, 1.5, 2.5]);
const memory = made.tobytes();
const read = (kw: object, bytes: Uint8Array = memory): any => np.rec.fromfile(bytes, kw);

describe('np.rec.fromfile', () => {
  test('reads as many records as there are, and leaves a rest out', () => {
    const r = read({ formats: 'i4,f8', names: 'n,x' });
    expect(r.repr()).toBe("rec.array([(1, 0.5), (2, 1.5), (3, 2.5)],\n          dtype=[('n', '<i4'), ('x', '<f8')])");
    expect(r.x.tolist()).toEqual([0.5, 1.5, 2.5]);
    expect(read({ dtype: 'i4,f8' }, Uint8Array.of(...memory, 7)).shape).toEqual([3]);
  });
  test('takes a shape of which one length may be open, and an offset', () => {
    expect(read({ dtype: 'i4,f8', shape: 2 }).f0.tolist()).toEqual([1, 2]);
    expect(read({ dtype: 'i4,f8', shape: [-1, 2] }).f0.tolist()).toEqual([[1, 2]]);
    expect(read({ dtype: 'i4,f8', shape: [1, 3] }).f1.tolist()).toEqual([[0.5, 1.5, 2.5]]);
    expect(read({ dtype: 'i4,f8', offset: 12 }).f0.tolist()).toEqual([2, 3]);
    expect(told).toEqual([]);
    expect(read({ dtype: 'i4,f8', shape: 0 }).f0.tolist()).toEqual([1, 2, 3]);
    expect(told).toEqual(['FutureWarning']);
  });
  test('reads the other byte order where it is told to', () => {
    const swapped = made.astype([
      ['f0', '>i4'],
      ['f1', '>f8'],
    ]);
    expect(read({ formats: 'i4,f8', byteorder: 'big' }, swapped.tobytes()).f1.tolist()).toEqual([0.5, 1.5, 2.5]);
  });
  test('reads objects with a method read, as np.rec.array does', () => {
    const file = (): { read(n: number): Uint8Array } => {
      let at = 0;
      return { read: (n) => memory.subarray(at, (at = n < 0 ? memory.length : Math.min(memory.length, at + n))) };
    };
    expect((np.rec.fromfile(file(), { dtype: 'i4,f8' }) as any).f0.tolist()).toEqual([1, 2, 3]);
    expect((np.rec.array(file(), { dtype: 'i4,f8', shape: 2 }) as any).f0.tolist()).toEqual([1, 2]);
    expect(() => np.rec.array(file())).toThrow(
      'Must define formats (or dtype) if object is None, string, or an open file',
    );
  });
  test('says what it lacks', () => {
    expect(() => read({})).toThrow("fromfile() needs a 'dtype' or 'formats' argument");
    expect(() => read({ dtype: 'i4,f8', shape: 5 })).toThrow(
      'Not enough bytes left in file for specified shape and type.',
    );
    expect(() => np.rec.fromfile('/not/there', { dtype: 'i4' })).toThrow('No such file or directory');
  });
  test('gives a promise for what arrives later', async () => {
    const r = (await np.rec.fromfile(new Blob([memory.slice()]), { dtype: 'i4,f8' })) as any;
    expect(r.f0.tolist()).toEqual([1, 2, 3]);
  });
});
