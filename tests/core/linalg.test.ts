import { describe, expect, test } from '@jest/globals';
import { doubles, scratch, take } from '../../src/core/linalg/arena.js';
import { exp, log } from '../../src/core/linalg/logarithm.js';
import { lapack, replaceRoutines } from '../../src/core/linalg/routines.js';
import { np as numpy } from '../../src/index.js';

const np: any = numpy;

describe('logarithm and exponential of determinants', () => {
  test('undo each other within a rounding of the logarithm', () => {
    for (let i = 1; i < 3000; i++) {
      const x = i * 1.37 ** (i % 40);
      const y = log(x);
      expect(Math.abs(exp(y) - x) / x).toBeLessThanOrEqual(2 ** -52 * (1 + Math.abs(y)));
    }
  });
  test('agree with the engine to a place, also at the ends of the range', () => {
    for (const x of [5e-324, 1e-310, 2.3e-308, 1e-300, 0.5, 0.99, 1 - 2 ** -53, 1, 1 + 2 ** -52, 2, 4, 1e300, 1.79e308])
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(2 ** -52 * Math.abs(Math.log(x)));
    for (const y of [
      -745,
      -720,
      -700,
      -1,
      -1e-20,
      0,
      1e-20,
      0.3465,
      0.3466,
      1,
      10,
      699,
      709.7,
      710,
      Infinity,
      -Infinity,
    ])
      expect(exp(y) === Math.exp(y) || Math.abs(exp(y) / Math.exp(y) - 1) <= 2 ** -52).toBe(true);
    expect([log(0), log(-1), log(Number.NaN), exp(Number.NaN)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe('the routines of linear algebra', () => {
  test('can be replaced one by one', () => {
    let calls = 0;
    const own = lapack(false).gesv;
    const before = replaceRoutines(false, {
      gesv: (...args) => {
        calls++;
        return own(...args);
      },
    });
    try {
      expect(
        np.linalg
          .solve(
            [
              [2, 0],
              [0, 4],
            ],
            [2, 8],
          )
          .tolist(),
      ).toEqual([1, 2]);
      expect(np.linalg.solve([[np.complex(0, 1)]], [1]).size).toBe(1);
    } finally {
      replaceRoutines(false, before);
    }
    expect(calls).toBe(1);
    np.linalg.solve([[2]], [2]);
    expect(calls).toBe(1);
  });

  test('multiply and solve with every side, triangle and transposition', () => {
    for (const complex of [false, true]) {
      const l = lapack(complex);
      const w = l.width;
      scratch(() => {
        const H = doubles();
        /** A column-major matrix in working memory, with room between its columns. */
        const put = (a: any, lda: number): number => {
          const [m, n] = a.shape;
          const at = take(w * lda * n);
          for (let j = 0; j < n; j++)
            for (let i = 0; i < m; i++) {
              const v = a.item(i, j);
              const p = at + w * (i + j * lda);
              H[p] = typeof v === 'number' ? v : v.re;
              if (w === 2) H[p + 1] = v.im;
            }
          return at;
        };
        const get = (at: number, lda: number, m: number, n: number): any =>
          np.array(
            Array.from({ length: m }, (_, i) =>
              Array.from({ length: n }, (_, j) => {
                const p = at + w * (i + j * lda);
                return w === 1 ? H[p] : np.complex(H[p], H[p + 1]);
              }),
            ),
          );
        const random = (...shape: number[]): any => {
          const n = shape[0] * shape[1];
          const a = np.array(Array.from({ length: n }, (_, i) => Math.sin(i * i + n))).reshape(shape);
          return complex ? a.add(np.flip(a).mul(np.complex(0, 1))) : a;
        };
        const op = (a: any, trans: string): any => (trans === 'N' ? a : trans === 'T' ? a.T : np.conj(a.T));
        const near = (got: any, want: any): void =>
          expect(Number(np.max(np.abs(np.subtract(got, want))))).toBeLessThan(1e-11);
        for (const [m, n, k] of [
          [7, 5, 3],
          [41, 35, 67],
          [4, 8, 300],
        ])
          for (const ta of ['N', 'T', 'C'] as const)
            for (const tb of ['N', 'T', 'C'] as const)
              for (const beta of [0, 1, -0.5])
                scratch(() => {
                  const a = ta === 'N' ? random(m, k) : random(k, m);
                  const b = tb === 'N' ? random(k, n) : random(n, k);
                  const c = random(m, n);
                  const [pa, pb, pc] = [put(a, a.shape[0] + 3), put(b, b.shape[0] + 1), put(c, m + 2)];
                  l.gemm(ta, tb, m, n, k, -2, pa, a.shape[0] + 3, pb, b.shape[0] + 1, beta, pc, m + 2);
                  near(get(pc, m + 2, m, n), np.matmul(op(a, ta), op(b, tb)).mul(-2).add(c.mul(beta)));
                });
        for (const [m, n] of [
          [5, 1],
          [6, 9],
          [70, 45],
          [45, 70],
        ])
          for (const side of ['L', 'R'] as const)
            for (const uplo of ['L', 'U'] as const)
              for (const trans of ['N', 'T', 'C'] as const)
                for (const diag of ['N', 'U'] as const)
                  scratch(() => {
                    const order = side === 'L' ? m : n;
                    // What is not read is poisoned.
                    const full = random(order, order).div(order).add(np.eye(order).mul(2));
                    const kept =
                      uplo === 'L' ? np.tril(full, diag === 'U' ? -1 : 0) : np.triu(full, diag === 'U' ? 1 : 0);
                    const t = diag === 'U' ? kept.add(np.eye(order)) : kept;
                    const stored = np.where(kept.eq(0), Number.NaN, kept);
                    const b = random(m, n);
                    const [pa, pb] = [put(stored, order + 1), put(b, m + 3)];
                    l.trsm(side, uplo, trans, diag, m, n, pa, order + 1, pb, m + 3);
                    const x = get(pb, m + 3, m, n);
                    near(side === 'L' ? np.matmul(op(t, trans), x) : np.matmul(x, op(t, trans)), b);
                  });
      });
    }
  });
});
