import { ArrayValue } from '../array.js';
import { nativeOf } from '../dtype.js';
import { UFuncInputCastingError } from '../errors.js';
import { assignTo, inNativeOrder, isSwapped } from './copy.js';
import type { UfuncOptions } from './execute.js';
import { resolve } from './loops/resolve.js';
import { type UfuncOperand, Weak } from './operand.js';
import { signatureOf, typeOf } from './plans.js';
import { checkOutput, type UfuncRow } from './row.js';

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

/** The error of a call that was refused in the machine's order, said of the dtypes that were given. */
function refusal(error: unknown, row: UfuncRow, given: readonly UfuncOperand[], options: UfuncOptions): unknown {
  try {
    const outs = options.out?.map((o) => o?.dtype ?? null) ?? null;
    const loop = resolve(row, given.map(typeOf), options.casting, signatureOf(row, options), outs);
    for (const [i, d] of (outs ?? []).entries()) if (d !== null) checkOutput(row, i, loop.outs[i], d, options.casting);
  } catch (e) {
    if ((e as Error).name === (error as Error).name) return e;
  }
  return error;
}

/** Runs a call on operands and outputs in the machine's order. */
export function throughNative(
  row: UfuncRow,
  given: readonly UfuncOperand[],
  options: UfuncOptions,
  run: (row: UfuncRow, operands: readonly UfuncOperand[], options: UfuncOptions) => ArrayValue | ArrayValue[],
): ArrayValue | ArrayValue[] {
  const targets = options.out ?? [];
  for (const o of targets)
    if (o !== null && (o as { writeable?: boolean }).writeable === false) o.face.beforeWrite(o, 'out');
  const operands = given.map((o) => (o instanceof Weak ? o : inNativeOrder(o)));
  let result: ArrayValue | ArrayValue[];
  try {
    if (options.casting === 'no') {
      resolve(row, operands.map(typeOf), 'no', signatureOf(row, options));
      checkOrder(row, given);
    }
    result = run(row, operands, {
      ...options,
      out: options.out === null ? null : targets.map((o) => (o === null ? null : inNativeOrder(o))),
    });
  } catch (e) {
    throw refusal(e, row, given, options);
  }
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
