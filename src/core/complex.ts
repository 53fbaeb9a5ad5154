import { Complex } from 'complex.js';

/** Complex scalars as JavaScript values: objects of the package complex.js, whose class mathjs uses too. */
export { Complex };

/** A complex number from its halves. (The constructor of the class refuses NaN and reads other forms; halves are all we have.) */
export function complex(re: number, im = 0): Complex {
  const z = new Complex(0, 0);
  z.re = re;
  z.im = im;
  return z;
}

/** Whether a value is a complex scalar: an object with numeric `re` and `im`, of any class. */
export const isComplex = (x: unknown): x is { re: number; im: number } =>
  typeof x === 'object' &&
  x !== null &&
  typeof (x as { re?: unknown }).re === 'number' &&
  typeof (x as { im?: unknown }).im === 'number';
