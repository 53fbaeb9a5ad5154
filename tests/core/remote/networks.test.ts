import { describe, expect, test } from '@jest/globals';
import { interop, tf as tensors } from '../../../src/index.js';
import { NETWORKS } from './networks.js';
import { difference, isThere, listed, sent } from './support.js';

/** Layers, losses, metrics and optimizers on a device that the host does not reach. */

const tf: any = tensors;

/** Those that keep state of their own, and so are not traced. */
const STATEFUL = /^(optimizer|metric|variable)/;
/** Those without a gradient. */
const STEPS = /boolean|casts|int math/;

function slopes(f: (...x: any[]) => any, x: readonly any[]): any[] {
  const tape = new tf.GradientTape();
  const floats = x.filter((t) => t.dtype.kind === 'f');
  for (const t of floats) tape.watch(t);
  const sums = listed(f(...x))
    .filter((t) => t.dtype.kind === 'f')
    .map((t) => tf.reduce_sum(tf.multiply(t, t)));
  return tape.gradient(tf.add_n(sums), floats, { unconnected_gradients: 'zero' });
}

describe('networks', () => {
  for (const [title, f, ...here] of NETWORKS) {
    test(title, () => {
      const there = here.map(sent);
      const want = listed(f(...here));
      const got = listed(f(...there));
      expect(difference(got, want, 1e-4)).toBe('');
      expect(got.every(isThere)).toBe(true);
      if (STATEFUL.test(title)) return;
      const traced = tf.function(f);
      expect(difference(listed(traced(...there)), want, 1e-4)).toBe('');
      // What a graph holds is there after its first run.
      expect(interop.profile(() => traced(...there)).count('device')).toBe(0);
      if (STEPS.test(title)) return;
      const g = slopes(f, there);
      expect(difference(g, slopes(f, here), 1e-3)).toBe('');
      expect(g.every(isThere)).toBe(true);
    });
  }
});
