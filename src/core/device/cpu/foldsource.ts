import type { DType, ScalarType } from '../../dtype.js';
import type { Expr, Result } from '../../ir/expr.js';
import type { BlockLayout } from './mapcode.js';

/** How the elements of a run are combined: NumPy's blocked summation, strictly in order, in any order, or in order with every step stored. */
export type Mode = 'pairwise' | 'sequential' | 'any' | 'scan';

/** A reduction after simplification. */
export interface FoldSource {
  readonly operands: readonly DType[];
  readonly results: readonly Result[];
  /** Types of the accumulators while they are combined. */
  readonly types: readonly ScalarType[];
  readonly map: readonly Expr[];
  readonly combine: readonly Expr[];
  /** Of the types above, or null: the first element. */
  readonly initial: readonly Expr[] | null;
  /** Accumulators are float32 but rounded to float16 after each run; the results see float16. */
  readonly half: boolean;
  readonly position: boolean;
  readonly reads: readonly (readonly number[])[];
}

export interface FoldCode {
  /** (parameter block): all runs of all outputs. */
  readonly main: (block: number) => void;
  /** (n, pointers, strides of the strided inputs[, position, step], accumulators, whether there are any, elements summed at a time): the new accumulators. */
  readonly run: (...args: (number | bigint)[]) => unknown;
  /** (n, pointers, strides[, position, step]): the pairwise sum of a run alone. */
  readonly sum: ((...args: (number | bigint)[]) => unknown) | null;
  readonly layout: BlockLayout;
  readonly strided: readonly number[];
}
