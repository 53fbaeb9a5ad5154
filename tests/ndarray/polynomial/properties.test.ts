import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np, tf } from '../../../src/index.js';

const { polynomial: P } = np;
const CLASSES = {
  Polynomial: P.Polynomial,
  Chebyshev: P.Chebyshev,
  Legendre: P.Legendre,
  Hermite: P.Hermite,
  HermiteE: P.HermiteE,
  Laguerre: P.Laguerre,
};
const coefficients = fc.array(
  fc.integer({ min: -20, max: 20 }).map((n) => n / 4),
  { minLength: 1, maxLength: 6 },
);
const at = np.array([-0.9, -0.25, 0, 0.5, 1]);
/** Rounding is relative to the largest coefficient that values are made of. */
const close = (a: any, b: any, coef: any = 0): boolean => {
  const most = Math.max(1, Number(np.max(np.abs(b))), Number(np.max(np.abs(coef))));
  return Boolean(np.allclose(a, b, { rtol: 0, atol: 1e-9 * most }));
};

for (const [name, Series] of Object.entries(CLASSES))
  describe(name, () => {
    test('products, sums and quotients of series are those of their values', () => {
      fc.assert(
        fc.property(coefficients, coefficients, (c1, c2) => {
          const [p, q] = [Series(c1), Series(c2)];
          expect(close(p.mul(q)(at), np.multiply(p(at), q(at)), p.mul(q).coef)).toBe(true);
          expect(close(p.add(q)(at), np.add(p(at), q(at)))).toBe(true);
          if (c2.some((v) => v !== 0)) {
            const [quotient, rest] = p.divmod(q.trim());
            expect(close(quotient.mul(q).add(rest)(at), p(at), np.outer(quotient.coef, q.coef))).toBe(true);
            expect(rest.degree() < Math.max(1, q.trim().degree())).toBe(true);
          }
        }),
        { numRuns: 60 },
      );
    });
    test('a derivation takes an integration back, and integrals vanish at their lower bound', () => {
      fc.assert(
        fc.property(coefficients, fc.integer({ min: -3, max: 3 }), (c, from) => {
          const p = Series(c, [-2, 3]);
          const q = p.integ({ lbnd: from });
          expect(close(q.deriv()(at), p(at), q.coef)).toBe(true);
          expect(close(q(from), 0, q.coef)).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
    test('conversion to another basis keeps the values, and substitution is a composition', () => {
      fc.assert(
        fc.property(coefficients, coefficients, (c1, c2) => {
          const p = Series(c1);
          for (const kind of Object.values(CLASSES)) {
            const q = p.convert({ kind });
            expect(close(q(at), p(at), q.coef)).toBe(true);
          }
          const inner = Series(c2.slice(0, 3));
          const whole = p(inner);
          expect(close(whole(at), p(inner(at)), whole.coef)).toBe(true);
        }),
        { numRuns: 30 },
      );
    });
    test('objects of it are functions, print as their repr, and know their class', () => {
      const p = new Series([1, 2]);
      expect(p instanceof Series && p instanceof P.ABCPolyBase).toBe(true);
      expect(p.constructor).toBe(Series);
      expect(p.length).toBe(2);
      expect([...p].map(Number)).toEqual([1, 2]);
      expect(typeof p).toBe('function');
    });
  });

describe('series beside arrays', () => {
  const p = P.Polynomial([1, 2, 3]);
  const x: any = np.ones(3);
  test('operators are those of the series, whichever comes first', () => {
    expect(x.add(p).repr()).toBe(p.radd(x).repr());
    expect(x.mul(p).coef.tolist()).toEqual([1, 3, 6, 5, 3]);
    expect(x.sub(p).coef.tolist()).toEqual([0, -1, -2]);
    expect(x.floordiv(p).coef.tolist()).toEqual(p.rfloordiv(x).coef.tolist());
    expect(x.eq(p)).toBe(false);
    expect(x.ne(p)).toBe(true);
    expect(() => x.lt(p)).toThrow("'<' not supported between instances of");
  });
  test('ufuncs do not take series, other functions do', () => {
    const refused = "operand 'Polynomial' does not support ufuncs (__array_ufunc__=None)";
    expect(() => np.add(x, p as never)).toThrow(refused);
    expect(() => np.add(p as never, x)).toThrow(refused);
    expect(() => np.sin(p as never)).toThrow(refused);
    expect(np.asarray(p as never).dtype).toBe(np.dtype('O'));
    expect((np.sum([p, p] as never) as any).item().coef.tolist()).toEqual([2, 4, 6]);
  });
});

describe('series and tensors', () => {
  test('the values of a series at a tensor are a tensor', () => {
    const x = tf.constant([0, 0.5], 'float64');
    const y = np.polynomial.legendre.legval(x, [1, 2, 3]);
    expect(y.constructor.name).toBe('Tensor');
    expect(np.asarray(y).tolist()).toEqual((np.polynomial.legendre.legval([0, 0.5], [1, 2, 3]) as any).tolist());
  });
  test('a subclass keeps its class through operations', () => {
    class Mine extends (P.Polynomial as any) {}
    const p = new (Mine as any)([1, 2]);
    expect(p.mul(p) instanceof Mine).toBe(true);
    expect(p.deriv() instanceof Mine).toBe(true);
  });
  test('an array of coefficients is not changed by what is made of it', () => {
    const c = np.array([1, 2, 3]);
    P.Polynomial(c).integ(2);
    P.legendre.legder(c);
    np.polyadd(np.poly1d(c), 1);
    expect(c.tolist()).toEqual([1, 2, 3]);
  });
});
