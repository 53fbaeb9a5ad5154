import type { ArrayValue } from '../../core/array.js';
import type { Primitive } from '../../core/dispatch.js';
import { alias, zerosLike } from './parts.js';
import type { Rule } from './rule.js';

/** Results with a gradient of the user's. */

export interface CustomAttrs {
  readonly [key: string]: unknown;
  /** The user's function, on gradients of all results. */
  readonly grad: (gradients: readonly ArrayValue[]) => readonly (ArrayValue | null)[];
  /** How many of the operands are what the function was made of; the others are its results. */
  readonly count: number;
}

/** Operands are what the function depends on, then its results as it computed them: the same values, with a gradient of their own. */
export const customPrimitive: Primitive<CustomAttrs> = {
  name: 'custom_gradient',
  run: (args, { count }) => args.slice(count).map(alias),
};

/** The rule of such functions. */
export const customRule: Rule = (g, { inputs, outputs, attrs }) => {
  const { grad, count } = attrs as CustomAttrs;
  const found = grad(g.map((v, i) => v ?? zerosLike(outputs[i])));
  return inputs.map((_, k) => (k < count ? (found[k] ?? null) : null));
};
