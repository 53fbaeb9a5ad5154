import { ufuncRule } from './elementwise.js';
import { CONTRACTING } from './contracting.js';
import { DECOMPOSITIONS } from './decompositions.js';
import { FOLDING } from './folding.js';
import { MOVING } from './moving.js';
import { SCATTERING } from './scattering.js';
import { isDescribed } from '../../core/device/shapes.js';
import { moveTo } from '../../core/ops/journey.js';
import type { Rule } from './rule.js';
import { analyticRule } from '../linalg/analytic.js';
import { customRule } from './own.js';
import { SPECTRAL } from './spectral.js';
import { randomRule } from './special.js';
import { WINDOWING } from './windowing.js';

const rules: Record<string, Rule> = {
  ufunc: ufuncRule,
  stop_gradient: () => [null],
  // Back to where it came from; a described value says nothing about that, and goes on where it is.
  move: ([g], { inputs }) => [g === null || isDescribed(inputs[0].buffer) ? g : moveTo(g, inputs[0].buffer.device)],
  held: () => [null],
  custom_gradient: customRule,
  random: randomRule,
  ...MOVING,
  ...FOLDING,
  ...CONTRACTING,
  matrix_function: analyticRule,
  // What is checked goes on as it is.
  check_numerics: ([g]) => [g],
  ...DECOMPOSITIONS,
  ...SPECTRAL,
  ...WINDOWING,
  ...SCATTERING,
};

/** The rule of every primitive that tensors meet, by the primitive's name. */
export const RULES: Readonly<Record<string, Rule>> = rules;

/** Rules of primitives that are made above gradients: calls of graphs. */
export function addRules(more: Readonly<Record<string, Rule>>): void {
  Object.assign(rules, more);
}
