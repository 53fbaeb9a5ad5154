import type { DType } from '../../dtype.js';
import { TypeError } from '../../errors.js';
import type { Expr } from '../../ir/expr.js';

/** Casts between dates, durations and numbers, as expressions over their counts. */

/** The components of a value of one dtype in another, of which at least one counts time. */
export function castTime(parts: readonly Expr[], from: DType, to: DType): readonly Expr[] {
  if (from === to) return parts;
  throw new TypeError(`cannot cast ${from.repr()} to ${to.repr()}`);
}
