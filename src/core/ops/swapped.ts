import { ArrayValue } from '../array.js';
import { nativeOf } from '../dtype.js';
import { UFuncInputCastingError } from '../errors.js';
import { assignTo, inNativeOrder, isSwapped } from './copy.js';
import type { UfuncOptions } from './execute.js';
import { type UfuncOperand, Weak } from './operand.js';
import type { UfuncRow } from './row.js';

/** Numbers and times in the other byte order: ufuncs compute with them in the machine's, and write results back. */

/** Whether an operand or an output of a call is in the other byte order. */
export function hasSwapped(operands: readonly UfuncOperand[], options: UfuncOptions): boolean {
  for (let i = 0; i < operands.length; i++) {
    const o = operands[i];
    if (o instanceof ArrayValue && isSwapped(o.dtype)) return true;
  }
  return options.out?.some((o) => o !== null && isSwapped(o.dtype)) ?? false;
}

/** @throws UFuncTypeError for operands in the other byte order, which `casting='no'` does not take */
function checkOrder(row: UfuncRow, given: readonly UfuncOperand[]): void {
  given.forEach((o, i) => {
    if (o instanceof Weak || !isSwapped(o.dtype)) return;
    throw new UFuncInputCastingError(
      `Cannot cast ufunc '${row.name}' input${row.nin === 1 ? '' : ` ${i}`} from ${o.dtype.repr()} to ${nativeOf(o.dtype).repr()} with casting rule 'no'`,
    );
  });
}

/** Runs a call on operands and outputs in the machine's order. */
export function throughNative(
  row: UfuncRow,
  given: readonly UfuncOperand[],
  options: UfuncOptions,
  run: (row: UfuncRow, operands: readonly UfuncOperand[], options: UfuncOptions) => ArrayValue | ArrayValue[],
): ArrayValue | ArrayValue[] {
  if (options.casting === 'no') checkOrder(row, given);
  const operands = given.map((o) => (o instanceof Weak ? o : inNativeOrder(o)));
  if (options.out === null) return run(row, operands, options);
  const targets = options.out;
  const result = run(row, operands, { ...options, out: targets.map((o) => (o === null ? null : inNativeOrder(o))) });
  const results = Array.isArray(result) ? result : [result];
  const written = results.map((r, i) => {
    const target = targets[i] ?? null;
    if (target === null || target === r) return r;
    target.face.beforeWrite(target, row.name);
    assignTo(target, r);
    return target;
  });
  return Array.isArray(result) ? written : written[0];
}
