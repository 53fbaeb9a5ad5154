import { ufuncRule } from './elementwise.js';
import { CONTRACTING } from './contracting.js';
import { FOLDING } from './folding.js';
import { MOVING } from './moving.js';
import type { Rule } from './rule.js';
import { analyticRule } from '../linalg/analytic.js';

const rules: Record<string, Rule> = {
  ufunc: ufuncRule,
  ...MOVING,
  ...FOLDING,
  ...CONTRACTING,
  matrix_function: analyticRule,
  // What is checked goes on as it is.
  check_numerics: ([g]) => [g],
};

/** The rule of every primitive that tensors meet, by the primitive's name. */
export const RULES: Readonly<Record<string, Rule>> = rules;

/** Rules of primitives that are made above gradients: calls of graphs. */
export function addRules(more: Readonly<Record<string, Rule>>): void {
  Object.assign(rules, more);
}
