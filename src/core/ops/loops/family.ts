import type { DType } from '../../dtype.js';
import type { Casting } from '../../promote.js';
import type { Loop, OperandType, UfuncRow } from '../row.js';

/** What a family makes of a call: its loop, or null where it has none. */
export type FamilyLoop = (
  row: UfuncRow,
  operands: readonly OperandType[],
  want: readonly (DType | null)[] | null,
  casting: Casting,
  /** dtypes of the arrays given for results. */
  given?: readonly (DType | null)[] | null,
) => Loop | null;
