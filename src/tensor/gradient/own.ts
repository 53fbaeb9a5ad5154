import type { ArrayValue } from '../../core/array.js';
import type { Primitive } from '../../core/dispatch.js';
import { alias, zerosLike } from './parts.js';
import type { Rule } from './rule.js';

/** Results with a gradient of the user's. */

export interface CustomAttrs {
  readonly [key: string]: unknown;
  /** The user's function, on gradients of all results; `read` are the operands behind the results, which it reads. */
  readonly grad: (gradients: readonly ArrayValue[], read: readonly ArrayValue[]) => readonly (ArrayValue | null)[];
  /** How many of the operands are what the function was made of; behind them stand its results. */
  readonly count: number;
  readonly ends: number;
}

/** Operands are what the function depends on, then its results as it computed them: the same values, with a gradient of their own. */
export const customPrimitive: Primitive<CustomAttrs> = {
  name: 'custom_gradient',
  run: (args, { count, ends }) => args.slice(count, count + ends).map(alias),
};

/** The rule of such functions. */
export const customRule: Rule = (g, { inputs, outputs, attrs }) => {
  const { grad, count, ends } = attrs as CustomAttrs;
  const given = g.map((v, i) => v ?? zerosLike(outputs[i]));
  const found = grad(given, inputs.slice(count + ends));
  return inputs.map((_, k) => (k < count ? (found[k] ?? null) : null));
};
