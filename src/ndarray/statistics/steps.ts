import type { ArrayValue } from '../../core/array.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { applyRow } from '../../core/ops/execute.js';
import { type UfuncOperand, Weak } from '../../core/ops/operand.js';
import { discard } from './common.js';

/** A calculation in elementwise steps, whose intermediate arrays are freed together at its end. */
export class Steps {
  private readonly made: ArrayValue[] = [];

  /** Applies a row and remembers the result as a temporary. */
  do(row: UfuncRow, ...operands: UfuncOperand[]): ArrayValue {
    return this.own(applyRow(row, operands) as ArrayValue);
  }

  /** Makes a fresh array a temporary of this calculation. */
  own(a: ArrayValue): ArrayValue {
    this.made.push(a);
    return a;
  }

  /** Frees everything but the result, which it returns. */
  end<T extends ArrayValue | readonly ArrayValue[]>(result: T): T {
    for (const a of this.made) if (a !== result && !(Array.isArray(result) && result.includes(a))) discard(a);
    return result;
  }
}

/** A number that adapts to the floats beside it. @example np.real([1, np.complex(2, 3)]) // → array([1., 2.]) */
export const real = (x: number): Weak => new Weak(x, 'float');
