import { describe, expect, test } from '@jest/globals';
import { np as numpy } from '../../../src/index.js';

const np: any = numpy;
const L = np.linalg;
const EPS = 2 ** -52;

/** A matrix, or a stack, of numbers between -1 and 1 that is always the same. */
function random(seed: number, complex: boolean, ...shape: number[]): any {
  const n = shape.reduce((a, b) => a * b, 1);
  let s = seed;
  const next = (): number => {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return s / 2 ** 31 - 1;
  };
  const values = (): any => np.array(Array.from({ length: n }, next)).reshape(shape);
  return complex ? values().add(values().mul(np.complex(0, 1))) : values();
}
const H = (a: any): any => np.conj(np.matrix_transpose(a));
const largest = (a: any): number => (a.size === 0 ? 0 : Number(np.max(np.abs(a))));
/** The Frobenius norm of a - b in units of rounding of a matrix of such a size and norm. */
const off = (a: any, b: any, scale: any, n: number): number =>
  Number(L.norm(np.subtract(a, b))) / (EPS * Math.max(1, n) * Math.max(Number(L.norm(scale)), 1e-300));
const BOUND = 10;

describe('factors and solutions are as good as rounding allows', () => {
  for (const complex of [false, true]) {
    const kind = complex ? 'complex' : 'real';
    // On both sides of the sizes at which recursion begins, and no multiples of tiles.
    for (const n of [1, 2, 3, 15, 16, 17, 31, 33, 64, 67, 130]) {
      test(`${kind} matrices of side ${n}`, () => {
        const a = random(n, complex, n, n);
        const b = random(n + 1, complex, n, 5);
        const x = L.solve(a, b);
        // Backward error: the residual relative to |a| |x|.
        expect(off(np.matmul(a, x), b, Number(L.norm(a)) * Number(L.norm(x)), n)).toBeLessThan(BOUND);
        const i = L.inv(a);
        expect(off(np.matmul(a, i), np.eye(n), Number(L.norm(a)) * Number(L.norm(i)), n)).toBeLessThan(BOUND);
        const p = np.matmul(a, H(a)).add(np.eye(n));
        const lower = L.cholesky(p);
        expect(off(np.matmul(lower, H(lower)), p, p, n)).toBeLessThan(BOUND);
        expect(largest(np.triu(lower, 1))).toBe(0);
        const upper = L.cholesky(p, { upper: true });
        expect(off(np.matmul(H(upper), upper), p, p, n)).toBeLessThan(BOUND);
        expect(largest(np.tril(upper, -1))).toBe(0);
        const { sign, logabsdet } = L.slogdet(a);
        const determinant = L.det(a);
        expect(Number(np.abs(determinant.sub(sign.mul(np.exp(logabsdet)))))).toBeLessThan(
          1e-10 * Number(np.abs(determinant)),
        );
      });
    }
    for (const [m, n] of [
      [1, 1],
      [5, 3],
      [3, 5],
      [40, 33],
      [33, 40],
      [70, 64],
      [64, 70],
      [131, 97],
    ]) {
      test(`${kind} Q and R of ${m} by ${n}`, () => {
        const a = random(m * n, complex, m, n);
        for (const mode of ['reduced', 'complete']) {
          const { Q, R } = L.qr(a, mode);
          expect(off(np.matmul(Q, R), a, a, m)).toBeLessThan(BOUND);
          expect(off(np.matmul(H(Q), Q), np.eye(Q.shape[1]), np.eye(Q.shape[1]), m)).toBeLessThan(BOUND);
          expect(largest(np.tril(R, -1))).toBe(0);
          // LAPACK's reflections leave the diagonal of R real.
          expect(largest(np.imag(np.diagonal(R)).mul(1))).toBe(0);
        }
        expect(largest(np.subtract(L.qr(a, 'r'), L.qr(a).R))).toBe(0);
      });
    }
  }
});

describe('stacks and layouts', () => {
  test('a matrix of a stack is computed as it is alone, bit for bit', () => {
    for (const complex of [false, true]) {
      const stack = random(3, complex, 4, 20, 20);
      for (const name of ['inv', 'det', 'cholesky', 'slogdet', 'qr']) {
        const a = name === 'cholesky' ? np.matmul(stack, H(stack)).add(np.eye(20)) : stack;
        const whole = [L[name](a)].flat();
        for (let i = 0; i < 4; i++) {
          const alone = [L[name](a.at(i))].flat();
          whole.forEach((w: any, k: number) => {
            expect(np.array_equal(w.at(i), alone[k])).toBe(true);
          });
        }
      }
    }
  });
  test('layouts do not matter', () => {
    const a = random(5, false, 30, 30);
    const copies = [
      np.asfortranarray(a),
      a.T.copy().T,
      np.flip(np.flip(a).copy()),
      np.concatenate([a, a], 1).at(':, :30'),
      np.repeat(a, 2, 0).at('::2'),
    ];
    for (const f of [L.inv, L.det, (x: any) => L.qr(x).Q, (x: any) => L.solve(x, x.at(0))])
      for (const c of copies) expect(np.array_equal(f(c), f(a))).toBe(true);
  });
  test('operands are not written', () => {
    const a = random(6, false, 20, 20).add(np.eye(20).mul(30));
    const kept = a.copy();
    L.inv(a);
    L.solve(a, a);
    L.qr(a, 'raw');
    L.det(a);
    L.cholesky(a);
    L.matrix_power(a, -3);
    expect(np.array_equal(a, kept)).toBe(true);
  });
  test('memory of the user is read where it lies', () => {
    const mine = new Float64Array([2, 1, 1, 3]);
    expect(L.det(np.asarray(mine).reshape([2, 2])).item()).toBeCloseTo(5, 14);
    expect(
      L.inv(np.asarray(mine).reshape([2, 2]))
        .mul(5)
        .tolist(),
    ).toEqual([
      [expect.closeTo(3, 14), expect.closeTo(-1, 14)],
      [expect.closeTo(-1, 14), expect.closeTo(2, 14)],
    ]);
  });
});

describe('results of several arrays', () => {
  test('have names beside their places', () => {
    const { Q, R } = L.qr(np.eye(2));
    const [q, r] = L.qr(np.eye(2));
    expect(np.array_equal(Q, q) && np.array_equal(R, r)).toBe(true);
    const { sign, logabsdet } = L.slogdet([
      [0, 2],
      [1, 0],
    ]);
    expect([sign.item(), logabsdet.item()]).toEqual([-1, Math.log(2)]);
  });
});

describe('chains of products', () => {
  test('are made in the cheapest order', () => {
    // The orders differ in rounding: it shows which was taken.
    const [a, b, c] = [random(1, false, 90, 2), random(2, false, 2, 90), random(3, false, 90, 2)];
    expect(np.array_equal(L.multi_dot([a, b, c]), np.dot(a, np.dot(b, c)))).toBe(true);
    expect(np.array_equal(L.multi_dot([b, c, b]), np.dot(np.dot(b, c), b))).toBe(true);
    expect(np.array_equal(L.multi_dot([a, b, c, b]), np.dot(a, np.dot(np.dot(b, c), b)))).toBe(true);
  });
  test('write into out', () => {
    const out = np.zeros([2, 2]);
    const a = random(1, false, 2, 2);
    expect(L.multi_dot([a, a, a, a], { out })).toBe(out);
    expect(np.allclose(out, L.matrix_power(a, 4))).toBe(true);
  });
});
