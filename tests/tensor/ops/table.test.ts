import { describe, expect, test } from '@jest/globals';
import { tf } from '../../../src/index.js';
import { bothWays, slopeError } from './agree.js';
import { DIFFERENTIABLE, PLAIN } from './cases.js';

describe('gradients are the slopes of central differences', () => {
  for (const [title, f, ...inputs] of DIFFERENTIABLE)
    test(title, () => expect(slopeError(f, ...inputs)).toBeLessThan(1e-5));
});
describe('traced functions give what eager ones give', () => {
  for (const [title, f, ...inputs] of [...DIFFERENTIABLE, ...PLAIN]) {
    test(title, () => {
      const wide = inputs.map((x) =>
        x instanceof tf.Tensor
          ? x
          : tf.constant(x as never, typeof [x].flat(9)[0] === 'number' ? 'float64' : undefined),
      );
      const [eager, traced] = bothWays(f, ...wide);
      expect(traced).toEqual(eager);
    });
  }
});
