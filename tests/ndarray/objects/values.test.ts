import { describe, expect, test } from '@jest/globals';
import { all, create } from 'mathjs';
import { slotsInUse } from '../../../src/core/device/objects.js';
import { interop, np, tf } from '../../../src/index.js';

const math = create(all as never) as any;
const O = (...elements: unknown[]): any => np.array(elements as never, { dtype: 'object' });
const F = (n: number, d: number): unknown => math.fraction(n, d);
const B = (x: string): unknown => math.bignumber(x);

describe('values of mathjs in arrays', () => {
  test('fractions are added, multiplied and averaged exactly', () => {
    expect(
      np
        .sum(O(F(1, 3), F(1, 6)))
        .item()
        .toFraction(),
    ).toBe('1/2');
    expect(
      np
        .dot(O(F(1, 2), F(1, 3)), O(F(2, 1), F(3, 1)))
        .item()
        .toFraction(),
    ).toBe('2');
    expect(
      np
        .mean(O(F(1, 3), F(1, 6)))
        .item()
        .toFraction(),
    ).toBe('1/4');
    expect(
      np
        .median(O(F(1, 3), F(1, 2), F(1, 7)))
        .item()
        .toFraction(),
    ).toBe('1/3');
  });
  test('big numbers keep their digits', () => {
    expect(np.add(O(B('0.1')), O(B('0.2'))).repr()).toBe('array([0.3], dtype=object)');
    expect(String(np.sqrt(O(B('2'))).item(0))).toMatch(/^1\.41421356237309504880168872420969807856967/);
    expect(np.rint(O(B('2.5'), B('3.5'))).repr()).toBe('array([2, 4], dtype=object)');
  });
  test('comparisons are exact', () => {
    expect(np.equal(O(B('1.00000000000000000001')), 1).tolist()).toEqual([false]);
    expect(np.argsort(O(F(1, 2), 2n, F(1, 3))).tolist()).toEqual([2, 0, 1]);
  });
  test('remainders have the sign of the divisor', () => {
    expect(np.remainder(O(B('-7'), F(-7, 2)), O(B('3'), F(3, 1))).repr()).toBe('array([2, 2.5], dtype=object)');
  });
  test('a package can be given by hand', async () => {
    expect(await interop.load('mathjs', () => math)).toBe(math);
    await expect(interop.load('left-pad')).rejects.toThrow("no package 'left-pad' is used");
  });
});

describe('objects with rules of their own', () => {
  class Money {
    constructor(readonly cents: number) {}
    add(o: Money | number): Money {
      return new Money(this.cents + (typeof o === 'number' ? o : o.cents));
    }
    lt(o: Money): boolean {
      return this.cents < o.cents;
    }
    sin(): string {
      return 'sine';
    }
  }
  test('methods named as those of arrays are their operators', () => {
    expect(np.sum(O(new Money(1), new Money(2))).item().cents).toBe(3);
    expect(np.add(O(new Money(1)), 5).item(0).cents).toBe(6);
    expect(
      np
        .sort(O(new Money(3), new Money(1)))
        .tolist()
        .map((m: any) => m.cents),
    ).toEqual([1, 3]);
    expect(np.sin(O(new Money(1))).item(0)).toBe('sine');
  });
  test('what they lack is an error of NumPy', () => {
    expect(() => np.cos(O(new Money(1)))).toThrow(
      'loop of ufunc does not support argument 0 of type Money which has no callable cos method',
    );
    expect(() => np.subtract(O(new Money(1)), O(2n))).toThrow("unsupported operand type(s) for -: 'Money' and 'int'");
  });
  test('their own errors pass through, and the array they were read from is as it was', () => {
    const a = O(
      1n,
      {
        add: () => {
          throw new RangeError('mine');
        },
      },
      3n,
    );
    expect(() => a.add(1)).toThrow(RangeError);
    expect(a.item(0)).toBe(1n);
    expect(a.item(2)).toBe(3n);
  });
  test('numbers compute where NumPy asks for a method', () => {
    expect(np.sqrt(O(4, 9n)).tolist()).toEqual([2, 3]);
  });
});

describe('objects in memory', () => {
  test('a synchronous loop over arrays of objects stays bounded, and what lives survives', () => {
    const keep = O({ a: 1 }, 'x', [1, 2], 5n);
    const view = O({ z: 1 }, { z: 2 }, { z: 3 }).at('::2');
    let most = 0;
    for (let i = 0; i < 1e5; i++) {
      O({ i }, [i]);
      if (i % 1000 === 0) most = Math.max(most, slotsInUse());
    }
    expect(most).toBeLessThan(150000);
    expect(keep.tolist()).toEqual([{ a: 1 }, 'x', [1, 2], 5n]);
    expect(view.tolist()).toEqual([{ z: 1 }, { z: 3 }]);
  });
  test('arrays within arrays are found to be dead, too', () => {
    let most = 0;
    for (let i = 0; i < 4e4; i++) {
      const outer = np.empty(2, 'object');
      outer.set([0], O({ i }, {}) as never);
      if (i % 1000 === 0) most = Math.max(most, slotsInUse());
    }
    expect(most).toBeLessThan(150000);
  });
  test('tensors hold no objects', () => {
    expect(() => tf.convert_to_tensor(O(1n) as never)).toThrow('a tensor cannot hold JavaScript objects');
  });
  test('memory of objects is not to be had as bytes or numbers', () => {
    expect(() => O(1n).view('int64')).toThrow('Cannot change data-type for array of references.');
    expect(() => np.frombuffer(new Uint8Array(8), 'object')).toThrow(
      'cannot create an OBJECT array from memory buffer',
    );
  });
});
