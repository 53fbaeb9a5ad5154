import { ufuncRule } from './elementwise.js';
import { CONTRACTING } from './contracting.js';
import { FOLDING } from './folding.js';
import { MOVING } from './moving.js';
import type { Rule } from './rule.js';
import { analyticRule } from '../linalg/analytic.js';

/** The rule of every primitive that tensors meet, by the primitive's name. */
export const RULES: Readonly<Record<string, Rule>> = {
  ufunc: ufuncRule,
  ...MOVING,
  ...FOLDING,
  ...CONTRACTING,
  matrix_function: analyticRule,
  // What is checked goes on as it is.
  check_numerics: ([g]) => [g],
};
