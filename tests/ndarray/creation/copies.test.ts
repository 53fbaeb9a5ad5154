import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { copyTotals, resetCopyTotals, setPolicy } from '../../../src/core/transfers.js';

/** Reasons of the copies made since the last reset, as `reason×count`. */
const copies = (): string[] =>
  Object.entries(copyTotals())
    .filter(([, t]) => t.copies > 0)
    .map(([reason, t]) => `${reason}×${t.copies}`);

beforeEach(() => resetCopyTotals());
afterEach(() => {
  setPolicy('allow');
});

describe('copies on the way into arrays', () => {
  test('asarray of a typed array shares its memory', () => {
    const data = new Float32Array([1, 2, 3]);
    const a = np.asarray(data);
    data[1] = 7;
    expect(a.dtype.name).toBe('float32');
    expect(a.item(1)).toBe(7);
    a.set([0], 5);
    expect(data[0]).toBe(5);
    expect(copies()).toEqual([]);
  });

  test('asarray of an array is the array itself', () => {
    const a = np.zeros([2, 3]);
    expect(np.asarray(a)).toBe(a);
    expect(np.asanyarray(a, 'float64')).toBe(a);
    expect(np.ascontiguousarray(a)).toBe(a);
    expect(copies()).toEqual([]);
  });

  test('asarray to another dtype announces a dtype copy, to another order an order copy', () => {
    const a = np.zeros([2, 3]);
    np.asarray(a, 'float32');
    expect(copies()).toEqual(['dtype×1']);
    np.asfortranarray(a);
    expect(copies()).toEqual(['dtype×1', 'order×1']);
  });

  test('array and copy announce the copy that was asked for', () => {
    const a = np.zeros([2, 3]);
    const b = np.array(a);
    const c = np.copy(a);
    b.set([0, 0], 1);
    c.set([0, 0], 2);
    expect(a.item(0)).toBe(0);
    expect(copies()).toEqual(['requested×2']);
  });

  test('building from lists copies no array', () => {
    np.array(
      [
        [1, 2],
        [3, 4],
      ],
      'int64',
    );
    np.full([3], 7);
    np.arange(5);
    np.linspace(0, 1, 5);
    expect(copies()).toEqual([]);
  });

  test('with copies forbidden, asarray refuses to cast and array does not', () => {
    const a = np.zeros(3);
    setPolicy('forbid');
    expect(() => np.asarray(a, 'float32')).toThrow("interop.policy('forbid')");
    expect(np.array(a, 'float32').dtype.name).toBe('float32');
  });

  test('results of computations are not announced as copies', () => {
    const a = np.arange(6).reshape(2, 3);
    setPolicy('forbid');
    np.tile(a.T, [2, 2]);
    np.repeat(a.T, 2);
    np.roll(a.T, 1, 0);
    np.pad(a.T, 2, 'reflect');
    np.concatenate([a.T, a.T], 1);
    np.meshgrid(np.arange(2), np.arange(3));
    np.tril(a.T);
    np.diff(a.T);
    expect(copies()).toEqual([]);
  });

  test('reshaping without a view announces an order copy', () => {
    const a = np.arange(6).reshape(2, 3);
    a.T.reshape(6);
    expect(copies()).toEqual(['order×1']);
    setPolicy('forbid');
    expect(() => a.T.ravel()).toThrow('ravel: needs an implicit copy');
  });
});

describe('memory of new arrays', () => {
  test('frombuffer shares memory, at odd addresses too', () => {
    const bytes = new Uint8Array(16);
    const shared = np.frombuffer(bytes, 'int32');
    bytes[4] = 9;
    expect(shared.item(1)).toBe(9);
    expect(copies()).toEqual([]);
    const odd = np.frombuffer(bytes, 'int32', 3, 1);
    expect(odd.item(0)).toBe(9 * 2 ** 24);
    bytes[1] = 1;
    expect(odd.item(0)).toBe(9 * 2 ** 24 + 1);
    expect(odd.flags.aligned).toBe(false);
    expect(copies()).toEqual([]);
  });

  test('zeros are zeros also in memory that was used before', () => {
    for (let i = 0; i < 20; i++) {
      np.full([1000], 5.5).dispose();
      const z = np.zeros([1000]);
      expect(np.any(z)).toBe(false);
      z.dispose();
    }
  });

  test('a list of arrays is stacked with casts', () => {
    const a = np.array([np.arange(3, { dtype: 'int8' }), np.array([0.5, 1.5, 2.5], 'float32')]);
    expect(a.dtype.name).toBe('float32');
    expect(a.tolist()).toEqual([
      [0, 1, 2],
      [0.5, 1.5, 2.5],
    ]);
  });

  test('numbers are float64, bigints int64, booleans bool, and large bigints uint64', () => {
    expect(np.array([1, 2]).dtype.name).toBe('float64');
    expect(np.array([1n, 2n]).dtype.name).toBe('int64');
    expect(np.array([true]).dtype.name).toBe('bool');
    expect(np.array([2n ** 63n]).dtype.name).toBe('uint64');
    expect(np.full(2, 3).dtype.name).toBe('float64');
    expect(np.full(2, 3n).dtype.name).toBe('int64');
    expect(np.arange(3).dtype.name).toBe('int64');
    expect(np.arange(3.5).dtype.name).toBe('float64');
  });
});
