import { ArrayValue } from '../array.js';
import { UFuncInputCastingError } from '../errors.js';
import { assignTo } from './copy.js';
import type { UfuncOptions } from './execute.js';
import { native } from './odd-memory.js';
import type { UfuncOperand } from './operand.js';
import type { UfuncRow } from './row.js';

type Run = (row: UfuncRow, operands: readonly UfuncOperand[], options: UfuncOptions) => ArrayValue | ArrayValue[];

/** @throws UFuncTypeError for operands in the other byte order, which no cast at all may change */
function checkOrder(row: UfuncRow, given: readonly UfuncOperand[], native: readonly UfuncOperand[]): void {
  given.forEach((from, i) => {
    const to = native[i];
    if (to === from || !(from instanceof ArrayValue) || !(to instanceof ArrayValue) || to.dtype === from.dtype) return;
    throw new UFuncInputCastingError(
      `Cannot cast ufunc '${row.name}' input${row.nin === 1 ? '' : ` ${i}`} from ${from.dtype.repr()} to ${to.dtype.repr()} with casting rule 'no'`,
    );
  });
}

/**
 * A ufunc where an operand or an output is in the other byte order: it runs on native copies, which outputs are written back from. Null
 * where none is.
 */
export function executeSwapped(
  row: UfuncRow,
  given: readonly UfuncOperand[],
  options: UfuncOptions,
  run: Run,
): ArrayValue | ArrayValue[] | null {
  const operands = given.map(native);
  const out = options.out?.map(native) ?? null;
  const where = native(options.where);
  const swappedOut = out?.some((o, i) => o !== options.out?.[i]) ?? false;
  const same = !swappedOut && where === options.where;
  if (same && operands.every((o, i) => o === given[i])) return null;
  options.out?.forEach((o, i) => {
    if (o !== out?.[i]) o?.face.beforeWrite(o, row.name);
  });
  if (options.casting === 'no') checkOrder(row, given, operands);
  const result = run(row, operands, same ? options : { ...options, out, where });
  if (!swappedOut) return result;
  const list = (Array.isArray(result) ? result : [result]).map((r, i) => {
    const to = options.out?.[i] ?? null;
    if (to === null || to === r) return r;
    assignTo(to, r);
    return to;
  });
  return Array.isArray(result) ? list : list[0];
}
