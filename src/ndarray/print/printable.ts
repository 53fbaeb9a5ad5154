import type { DType } from '../../core/dtype.js';

/**
 * What printing needs to know of an array: its dtype and shape, and its elements at chosen places. Anything that has these
 * can be printed; nothing here knows a class of arrays.
 */

/** A complex number, of any class. */
export interface ComplexValue {
  readonly re: number;
  readonly im: number;
}

/** One element, exact: 64-bit integers may come as bigints or (where nothing is lost) as numbers. */
export type PrintValue = any;

/** The facts of a dtype that printing uses. */
export type PrintDType = Pick<DType, 'name' | 'kind' | 'itemsize'> &
  Partial<Pick<DType, 'index' | 'unit' | 'layout' | 'subdtype' | 'isnative' | 'str'>>;

export interface Printable {
  readonly dtype: PrintDType;
  readonly shape: readonly number[];
  readonly size: number;
  /**
   * Elements on an open mesh: `mesh[k]` lists the indices wanted along axis k (all of them non-negative and in range), and
   * the result has one element per combination, in C order. A summarised array is asked for its edges only.
   */
  values(mesh: readonly (readonly number[])[]): readonly PrintValue[];
}

/** The indices 0 … n-1. */
export const allOf = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
