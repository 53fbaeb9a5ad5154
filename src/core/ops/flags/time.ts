import { NAT } from '../../dtype.js';
import { DIVIDE, INVALID } from '../../errstate.js';
import * as x from '../../ir/expr.js';
import type { Expr } from '../../ir/expr.js';
import { allFlags, bit, both, castFlags, either, flagsWithin, isfinite, NO_FLAGS } from './steps.js';

/** Which floating-point errors loops over durations report, by the loop's types: what divides by zero, and what NaT cannot be. */

type TimeRule = (a: Expr, b: Expr) => Expr;

const nat = x.konst('int64', NAT);
const isNat = (e: Expr): Expr => x.eq(e, nat);
const isZero = (e: Expr): Expr => x.eq(e, x.konst('int64', 0));
const float = (e: Expr): Expr => x.cast(e, 'float64');

const byZero: TimeRule = (a, b) => bit(DIVIDE, both(x.not(isNat(a)), isZero(b)));
/** A quotient in integers has no NaT to give. */
const quotient: TimeRule = (a, b) => x.or(bit(INVALID, either(isNat(a), isNat(b))), byZero(a, b));
/** A count times or by a float: the errors of that step, and of a finite result that is no count. */
const scaled = (a: Expr, result: Expr): Expr => {
  const uncounted = x.select(isfinite(result), castFlags(result, 'int64'), NO_FLAGS);
  return x.select(isNat(a), NO_FLAGS, allFlags([flagsWithin(result), uncounted]));
};

const RULES: Readonly<Record<string, TimeRule>> = {
  'floor_divide mm->q': quotient,
  'divmod mm->qm': quotient,
  'remainder mm->m': byZero,
  'divide mm->d': (a, b) => x.select(either(isNat(a), isNat(b)), NO_FLAGS, flagsWithin(x.div(float(a), float(b)))),
};
const BY_TYPES: Readonly<Record<string, TimeRule>> = {
  // NumPy looks at the divisor where it is one for all, NaT or not; here every zero is told.
  'divide mq->m': (_a, b) => bit(DIVIDE, isZero(b)),
  'divide md->m': (a, b) => scaled(a, x.div(float(a), b)),
  'multiply md->m': (a, b) => scaled(a, x.mul(float(a), b)),
  'multiply dm->m': (a, b) => scaled(b, x.mul(a, float(b))),
};
/** Rows that divide into durations are one. */
const SAME: Readonly<Record<string, string>> = { floor_divide: 'divide', true_divide: 'divide' };

/** The rule for a loop over durations, or null where it reports nothing. */
export const timeRuleOf = (name: string, types: string): TimeRule | null =>
  RULES[`${name} ${types}`] ?? BY_TYPES[`${SAME[name] ?? name} ${types}`] ?? null;
