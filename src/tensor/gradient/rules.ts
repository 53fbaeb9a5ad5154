import { ufuncRule } from './elementwise.js';
import { CONTRACTING } from './contracting.js';
import { FOLDING } from './folding.js';
import { MOVING } from './moving.js';
import { SCATTERING } from './scattering.js';
import type { Rule } from './rule.js';

/** The rule of every primitive that tensors meet, by the primitive's name. */
export const RULES: Readonly<Record<string, Rule>> = {
  ufunc: ufuncRule,
  ...MOVING,
  ...FOLDING,
  ...CONTRACTING,
  ...SCATTERING,
};
