import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';
import * as rows from '../../src/tensor/special/ufuncs.js';
import { ulps } from '../core/math/golden.js';

/** Special functions against values of forty digits, and their derivatives against differences. */

type Case = { args: number[][]; want: number[] };
const cases = JSON.parse(readFileSync(join(__dirname, '../golden/special.json'), 'utf8')) as Record<string, Case>;
const { special: rest, ...own } = tf.math as unknown as Record<string, any>;
const fn = (name: string): ((...x: unknown[]) => any) => own[name] ?? rest[name] ?? (rows as any)[name];

/** Units in the last place that each may be off in float64. */
const LIMIT: Record<string, number> = {
  igamma: 20,
  igammac: 30,
  igamma_grad_a: 40,
  gamma_growth: 40,
  betainc: 50,
  beta_density: 20,
  polygamma: 6,
};
/** Those with zeros, near which they are good to the last place of 1. */
const ZEROS = new Set(['bessel_j0', 'bessel_j1', 'bessel_y0', 'bessel_y1', 'lgamma', 'digamma', 'expint']);

describe('special functions', () => {
  for (const [name, { args, want }] of Object.entries(cases)) {
    test(`${name} is within ${LIMIT[name] ?? 8} ulp in float64`, () => {
      const got = fn(name)(...args.map((a) => tf.constant(a, 'float64')))
        .numpy()
        .tolist() as number[];
      const bad = want.flatMap((w, i) => {
        const off = ulps(got[i], w, 'float64');
        const near = ZEROS.has(name) && Math.abs(got[i] - w) < 1e-15;
        return off <= (LIMIT[name] ?? 8) || near ? [] : [`${args.map((a) => a[i])}: ${got[i]}, not ${w}: ${off}`];
      });
      expect(bad).toEqual([]);
    });
    test(`${name} is rounded once in float32`, () => {
      const singles = args.map((a) => a.map(Math.fround));
      const narrow = fn(name)(...singles.map((a) => tf.constant(a, 'float32'))).numpy();
      const wide = fn(name)(...singles.map((a) => tf.constant(a, 'float64'))).numpy();
      expect(narrow.dtype.name).toBe('float32');
      expect(narrow.tolist()).toEqual(wide.astype('float32').tolist());
    });
  }

  test('values at the edges of the domains are those of the limits', () => {
    const at = (name: string, ...x: number[]): number => fn(name)(...x.map((v) => tf.constant(v, 'float64'))).item();
    const inf = Number.POSITIVE_INFINITY;
    expect(['erf', 'erfc'].flatMap((f) => [at(f, inf), at(f, -inf), at(f, Number.NaN)])).toEqual([
      1,
      -1,
      NaN,
      0,
      2,
      NaN,
    ]);
    expect([at('erfinv', 1), at('erfinv', -1), at('erfinv', 1.5), at('erfinv', 0)]).toEqual([inf, -inf, NaN, 0]);
    expect([at('ndtri', 0), at('ndtri', 1), at('ndtri', 0.5), at('ndtri', -1)]).toEqual([-inf, inf, 0, NaN]);
    expect([at('lgamma', 0), at('lgamma', -3), at('lgamma', inf), at('lgamma', 1), at('lgamma', 2)]).toEqual([
      inf,
      inf,
      inf,
      0,
      0,
    ]);
    expect([at('digamma', -2), at('digamma', 0), at('digamma', inf)]).toEqual([NaN, -inf, inf]);
    expect([at('igamma', 1, 0), at('igamma', 2, inf), at('igamma', -1, 1), at('igammac', 1, 0)]).toEqual([
      0,
      1,
      NaN,
      1,
    ]);
    expect([at('betainc', 1, 2, 0), at('betainc', 1, 2, 1), at('betainc', 0, 2, 0.5), at('betainc', 1, 1, 2)]).toEqual([
      0,
      1,
      NaN,
      NaN,
    ]);
    expect([at('zeta', 1, 2), at('zeta', 0.5, 2), at('polygamma', 1.5, 2)]).toEqual([inf, NaN, NaN]);
    expect([at('bessel_k0', 0), at('bessel_y0', 0), at('bessel_y1', -1), at('expint', 0)]).toEqual([
      inf,
      -inf,
      NaN,
      -inf,
    ]);
    expect([at('spence', 1), at('spence', 0), at('spence', -1)].map((v) => Number(v.toFixed(12)))).toEqual([
      0,
      1.644934066848,
      NaN,
    ]);
  });

  test('lgamma of negative numbers is the logarithm of the size of gamma', () => {
    const x = np.array([-0.5, -1.5, -2.5, -10.3]);
    const by = np.subtract(
      np.log(np.divide(Math.PI, np.abs(np.multiply(x, np.sin(np.multiply(x, Math.PI)))))),
      fn('lgamma')(np.negative(x)).numpy(),
    );
    expect(np.allclose(fn('lgamma')(x).numpy(), by, { rtol: 1e-13 } as never)).toBe(true);
  });
});

/** The gradient of each operand that has one against a central difference. */
function gradients(f: (...x: any[]) => any, xs: readonly number[][], skip: readonly number[] = []): void {
  const tensors = xs.map((x) => tf.constant(x, 'float64'));
  const tape = new tf.GradientTape({ persistent: true });
  for (const t of tensors) tape.watch(t);
  const y = tf.reduce_sum(f(...tensors));
  tensors.forEach((t, k) => {
    if (skip.includes(k)) return;
    const g = (tape.gradient(y, t) as any).numpy();
    const h = 1e-6;
    const moved = (d: number): any => f(...tensors.map((v, i) => (i === k ? tf.add(v, d) : v))).numpy();
    const numeric = np.divide(np.subtract(moved(h), moved(-h)), 2 * h);
    expect(
      g.tolist().map((v: number, i: number) => Math.abs(v - (numeric as any).tolist()[i]) / (1 + Math.abs(v))),
    ).toEqual(xs[k].map(() => expect.closeTo(0, 6)));
  });
  tape.stop();
}

describe('gradients of special functions', () => {
  const ONE = Object.keys(cases).filter((n) => cases[n].args.length === 1);
  for (const name of ONE) {
    const points = name === 'erfinv' || name === 'ndtri' ? [0.2, 0.5, 0.8] : [0.3, 0.9, 1.7];
    test(`${name}`, () => gradients(fn(name), [points]));
  }
  test('igamma and igammac by both operands', () => {
    for (const name of ['igamma', 'igammac'])
      gradients(fn(name), [
        [0.5, 2, 7],
        [0.3, 3, 5],
      ]);
  });
  test('polygamma and zeta by the second, betainc by the third', () => {
    gradients(
      fn('polygamma'),
      [
        [1, 2, 3],
        [0.5, 1.5, 4],
      ],
      [0],
    );
    gradients(
      fn('zeta'),
      [
        [1.5, 2, 3],
        [0.5, 1.5, 4],
      ],
      [0],
    );
    gradients(
      fn('betainc'),
      [
        [1.5, 2, 3],
        [0.5, 1.5, 4],
        [0.2, 0.5, 0.8],
      ],
      [0, 1],
    );
  });
  test('products that vanish where a factor does have no gradient there', () => {
    gradients(fn('xlogy'), [
      [1, 2],
      [2, 3],
    ]);
    gradients(fn('xlog1py'), [
      [1, 2],
      [2, 3],
    ]);
    gradients(fn('xdivy'), [
      [1, 2],
      [2, 3],
    ]);
    const x = tf.constant([0, 2], 'float64');
    const tape = new tf.GradientTape();
    tape.watch(x);
    const y = tf.reduce_sum(tf.math.reciprocal_no_nan(x));
    expect((tape.gradient(y, x) as any).numpy().tolist()).toEqual([0, -0.25]);
  });
  test('traced functions give what the functions give', () => {
    const x = tf.constant([0.2, 0.7, 2.5]);
    for (const name of ['erf', 'lgamma', 'digamma', 'bessel_i1', 'fresnel_cos'])
      expect(
        tf
          .function((v: any) => fn(name)(v))(x)
          .numpy()
          .tolist(),
      ).toEqual(fn(name)(x).numpy().tolist());
  });
  test('sigmoid has a gradient where its exponential overflows', () => {
    const x = tf.constant([-1000, 0, 1000], 'float64');
    const tape = new tf.GradientTape();
    tape.watch(x);
    const y = tf.reduce_sum(tf.sigmoid(x));
    expect((tape.gradient(y, x) as any).numpy().tolist()).toEqual([0, 0.25, 0]);
  });
  test('integers are refused', () => {
    expect(() => tf.math.erf(tf.constant([1], 'int32'))).toThrow('dtype int32 is not allowed');
  });
});
