import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../src/index.js';

const np: any = namespace;
const range = (...shape: number[]): any => np.arange(shape.reduce((n, m) => n * m, 1)).reshape(...shape);

describe('Assigning to shape, strides and dtype', () => {
  test('gives an array another shape where strides can say it, and other views keep theirs', () => {
    const a = range(2, 3);
    const view = a.T;
    a.shape = [3, -1];
    expect(a.tolist()).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    a.shape = 6;
    expect(a.shape).toEqual([6]);
    expect(view.shape).toEqual([3, 2]);
  });

  test('refuses shapes of other sizes, and shapes that need a copy, and leaves the array as it was', () => {
    const a = range(2, 3).T;
    expect(() => {
      a.shape = [4];
    }).toThrow('cannot reshape array of size 6 into shape (4,)');
    expect(() => {
      a.shape = [6];
    }).toThrow('Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.');
    expect(() => {
      a.shape = ['x'];
    }).toThrow("'str' object cannot be interpreted as an integer");
    expect(a.tolist()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  test('reads the memory as another dtype, the last axis growing or shrinking', () => {
    const a = np.array([1, 2]);
    a.dtype = 'int64';
    expect(a.tolist({ bigint: true })).toEqual([4607182418800017408n, 4611686018427387904n]);
    a.dtype = 'int32';
    expect([a.shape, a.strides, a.itemsize]).toEqual([[4], [4], 4]);
    expect(() => {
      a.T.at('::2').dtype = 'int8';
    }).toThrow('To change to a dtype of a different size, the last axis must be contiguous');
  });

  test('keeps strides within the memory', () => {
    const a = np.zeros([2, 3]);
    expect(() => {
      a.strides = [80, 8];
    }).toThrow('strides is not compatible with available memory');
    expect(() => {
      a.strides = [8];
    }).toThrow('strides must be  same length as shape (2)');
  });
});

describe('Memory orders in arguments', () => {
  const takers: Record<string, (order: unknown) => any> = {
    array: (order) => np.array(range(2, 3), { order }),
    asarray: (order) => np.asarray(range(2, 3), { order }),
    copy: (order) => np.copy(range(2, 3), { order }),
    'a.copy': (order) => range(2, 3).copy(order),
    astype: (order) => range(2, 3).astype('float32', { order }),
    reshape: (order) => np.reshape(range(2, 3), [3, 2], { order }),
    ravel: (order) => range(2, 3).ravel(order),
    flatten: (order) => range(2, 3).flatten(order),
    tobytes: (order) => range(2, 3).tobytes(order),
    zeros: (order) => np.zeros([2, 3], { order }),
    full_like: (order) => np.full_like(range(2, 3), 1, { order }),
    add: (order) => np.add(range(2, 3), 1, { order }),
  };

  test.each(Object.keys(takers))('%s takes small letters and null, and refuses anything else', (name) => {
    const take = takers[name];
    for (const order of ['c', 'C', 'f', 'F', null]) expect(() => take(order)).not.toThrow();
    expect(String(take('f'))).toBe(String(take('F')));
    expect(() => take('CC')).toThrow("order must be one of 'C', 'F', 'A', or 'K' (got 'CC')");
    expect(() => take(1)).toThrow('order must be str, not int');
  });

  test('says where K has no meaning', () => {
    expect(() => range(2, 3).reshape(6, { order: 'k' })).toThrow("order 'K' is not permitted for reshaping");
    expect(() => np.zeros([2], { order: 'a' })).toThrow("only 'C' or 'F' order is permitted");
  });
});

describe('Beside the mathematics', () => {
  test('arrays in F order are resized in F order', () => {
    const a = range(2, 3).copy('F');
    a.resize([2, 2]);
    expect(a.tolist()).toEqual([
      [0, 1],
      [3, 4],
    ]);
  });

  test('the conjugate of a real array is the array itself', () => {
    const a = range(3);
    expect(a.conj()).toBe(a);
    expect(
      np
        .array([np.complex(1, 2)])
        .conjugate()
        .item().im,
    ).toBe(-2);
  });

  test('all arrays live on the cpu', () => {
    const a = range(3);
    expect(a.to_device('cpu')).toBe(a);
    expect(() => a.to_device('gpu')).toThrow("Unsupported device: gpu. Only 'cpu' is accepted.");
  });

  test('files take bytes or texts, in C order', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tofile-'));
    try {
      const file = join(folder, 'a');
      const a = np.array([[1, 2.5, Number.NaN]]).T;
      a.tofile(file);
      expect([...new Float64Array(new Uint8Array(readFileSync(file)).buffer)]).toEqual([1, 2.5, Number.NaN]);
      a.tofile(file, { sep: ', ' });
      expect(readFileSync(file, 'utf8')).toBe('1.0, 2.5, nan');
      expect(() => a.tofile(join(folder, 'no', 'a'))).toThrow('No such file or directory');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('what only Python has is refused in words', () => {
    expect(() => range(2).dumps()).toThrow('pickles can only be written by Python');
    expect(() => range(2).ctypes).toThrow("'numpy.ndarray' object has no attribute 'ctypes'");
  });
});
