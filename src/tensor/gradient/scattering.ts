import type { ArrayValue } from '../../core/array.js';
import { bind1 } from '../../core/dispatch.js';
import { gatherPrimitive } from '../../core/ops/index.js';
import { scatterAdd } from '../../core/ops/scatter.js';
import { type ScatterFoldAttrs, scatterFold } from '../../core/ops/scatter-fold.js';
import * as np from '../../ndarray/index.js';
import { add, div, inDtypeOf, mul, neg, type Rule, type Value, zerosLike } from './rule.js';

/** The rule of values put into places, by what they do to what stands there. */

const scatter_fold: Rule = ([g], { inputs: [base, values, ...indices], outputs: [y], attrs, needs }) => {
  const none = indices.map(() => null);
  if (g === null) return [null, null, ...none];
  const { step, neutral } = attrs as ScatterFoldAttrs;
  const axes = indices.map((_, k) => k);
  const at = (t: Value): Value => bind1(gatherPrimitive, [t, ...indices], { axes, at: 0, names: axes });
  const summed = (v: Value): Value => scatterAdd(v, indices, { shape: base.shape, axes, at: 0, names: axes });
  const as = (c: Value): ArrayValue => inDtypeOf(c, base.dtype);
  switch (step) {
    case 'add':
      return [g, needs[1] ? at(g) : null, ...none];
    case 'subtract':
      return [g, needs[1] ? neg(at(g)) : null, ...none];
    case 'update':
      return [
        needs[0] ? scatterFold(g, zerosLike(values), indices, { step: 'update' }) : null,
        needs[1] ? at(g) : null,
        ...none,
      ];
    case 'multiply': {
      // Each value's gradient is the product of the others: where it is zero that is the product of those that are not, unless another is zero.
      const zero = np.equal(values as never, 0);
      const others = np.where(zero, 1 as never, values as never) as unknown as ArrayValue;
      const kept = scatterFold(base, others, indices, attrs as ScatterFoldAttrs);
      const sole = np.less_equal(summed(as(zero)), 1);
      const rest = np.where(zero, at(kept), div(at(y), others));
      return [null, mul(at(np.where(sole, g as never, 0 as never)), rest), ...none];
    }
    default: {
      // Those that are the extreme share the gradient.
      const mine = as(np.equal(values as never, at(y)));
      const standing = neutral === true ? null : as(np.equal(base as never, y as never));
      const count = standing === null ? summed(mine) : add(summed(mine), standing);
      return [
        standing !== null && needs[0] ? div(mul(g, standing), count) : null,
        needs[1] ? mul(div(at(g), at(count)), mine) : null,
        ...none,
      ];
    }
  }
};

export const SCATTERING: Readonly<Record<string, Rule>> = { scatter_fold };
