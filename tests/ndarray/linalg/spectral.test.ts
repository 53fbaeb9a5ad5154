import { describe, expect, test } from '@jest/globals';
import { np as numpy } from '../../../src/index.js';

const np: any = numpy;
const L = np.linalg;
const EPS = 2 ** -52;

/** A matrix, or a stack, of numbers between -1 and 1 that is always the same. */
function random(seed: number, complex: boolean, ...shape: number[]): any {
  const n = shape.reduce((a, b) => a * b, 1);
  let x = seed * 7919 + 1;
  const next = (): number => {
    x = (x * 16807) % 2147483647;
    return x / 1073741823.5 - 1;
  };
  const values = (): any => np.array(Array.from({ length: n }, next)).reshape(shape);
  return complex ? values().add(values().mul(np.complex(0, 1))) : values();
}
const H = (a: any): any => np.conj(np.matrix_transpose(a));
const size = (a: any): number => Number(L.norm(np.ravel(a)));
/** The distance of a and b in roundings of a matrix of side n and norm `scale`. */
const off = (a: any, b: any, scale: number, n: number): number =>
  size(np.subtract(a, b)) / (EPS * Math.max(n, 1) * Math.max(scale, 1e-300));
const unitary = (q: any): number => {
  const n = q.shape[q.ndim - 1];
  return n === 0 ? 0 : off(np.matmul(H(q), q), np.eye(n), Math.sqrt(n), n);
};
const BOUND = 10;
const down = (s: any): boolean => s.tolist().every((v: number, i: number, all: number[]) => i === 0 || all[i - 1] >= v);

function holdsSVD(a: any): void {
  const [m, n] = a.shape.slice(-2);
  for (const full of [true, false]) {
    const { U, S, Vh } = L.svd(a, full);
    const k = Math.min(m, n);
    const product = np.matmul(
      U.at('..., :', np.slice(0, k)).mul(S.at('...', null, ':')),
      Vh.at('...', np.slice(0, k), ':'),
    );
    expect(off(product, a, size(a), Math.max(m, n))).toBeLessThan(BOUND);
    expect(unitary(U)).toBeLessThan(BOUND);
    expect(unitary(H(Vh))).toBeLessThan(BOUND);
    expect(
      S.reshape([-1, k])
        .tolist()
        .every((s: number[]) => down(np.array(s))),
    ).toBe(true);
    expect(off(L.svdvals(a), S, size(a), Math.max(m, n))).toBeLessThan(BOUND);
  }
}
function holdsEigh(a: any): void {
  const n = a.shape[a.ndim - 1];
  for (const uplo of ['L', 'U']) {
    const [w, v] = L.eigh(a, uplo);
    expect(off(np.matmul(a, v), v.mul(w.at('...', null, ':')), size(a), n)).toBeLessThan(BOUND);
    expect(unitary(v)).toBeLessThan(BOUND);
    expect(off(L.eigvalsh(a, uplo), w, size(a), n)).toBeLessThan(BOUND);
  }
}
function holdsEig(a: any, lengths = true): void {
  const n = a.shape[a.ndim - 1];
  const [w, v] = L.eig(a);
  expect(off(np.matmul(a, v), v.mul(w.at('...', null, ':')), size(a), n)).toBeLessThan(BOUND);
  const norms = L.norm(v, { axis: -2 });
  if (lengths) expect(off(norms, np.ones(norms.shape), 1, n)).toBeLessThan(BOUND);
  const sum = np.trace(a, { axis1: -2, axis2: -1 });
  expect(off(np.sum(L.eigvals(a), { axis: -1 }), sum, size(a), n)).toBeLessThan(BOUND);
}

describe('eigenvalues and singular values are as good as rounding allows', () => {
  for (const complex of [false, true]) {
    const kind = complex ? 'complex' : 'real';
    for (const n of [1, 2, 5, 16, 31, 32, 33, 64, 70, ...(complex ? [] : [200])]) {
      test(`of ${kind} matrices of side ${n}`, () => {
        const a = random(n, complex, n, n);
        holdsSVD(a);
        holdsEigh(a.add(H(a)));
        holdsEig(a);
      });
    }
    test(`of ${kind} matrices that are not square`, () => {
      for (const [m, n] of [
        [3, 2],
        [2, 3],
        [9, 1],
        [1, 9],
        [40, 33],
        [33, 40],
        [100, 34],
        [34, 100],
        [65, 64],
      ])
        holdsSVD(random(m + n, complex, m, n));
    });
    test(`of stacks of ${kind} matrices`, () => {
      const a = random(3, complex, 3, 2, 4, 4);
      const { U, S, Vh } = L.svd(a);
      expect(off(np.matmul(U.mul(S.at('...', null, ':')), Vh), a, size(a), 4)).toBeLessThan(BOUND);
      const [w, v] = L.eig(a);
      expect(off(np.matmul(a, v), v.mul(w.at('...', null, ':')), size(a), 4)).toBeLessThan(BOUND);
      const [x, q] = L.eigh(a.add(H(a)));
      expect(off(np.matmul(a.add(H(a)), q), q.mul(x.at('...', null, ':')), size(a), 4)).toBeLessThan(BOUND);
    });
  }
});

describe('hard matrices', () => {
  const n = 24;
  const index = np.arange(n).astype('float64');
  const hilbert = np.divide(1, index.reshape([n, 1]).add(index).add(1));
  const wilkinson = np
    .diag(np.abs(index.sub(n / 2)))
    .add(np.eye(n, { k: 1 }))
    .add(np.eye(n, { k: -1 }));
  const q = L.qr(random(5, false, n, n)).Q;
  const withValues = (d: any): any => {
    const a = np.matmul(q.mul(d), q.T);
    return a.add(a.T).div(2);
  };
  const matrices: Record<string, any> = {
    Hilbert: hilbert,
    Wilkinson: wilkinson,
    'with equal eigenvalues': withValues(np.where(index.lt(12), 1, 2)),
    'with clustered eigenvalues': withValues(index.mul(1e-14).add(1)),
    graded: withValues(np.power(10, index.neg())),
    zero: np.zeros([n, n]),
    identity: np.eye(n),
    huge: withValues(index).mul(1e304),
    tiny: withValues(index).mul(1e-304),
  };
  for (const [name, a] of Object.entries(matrices)) {
    test(`${name}`, () => {
      const scale = name === 'huge' ? 1e-304 : name === 'tiny' ? 1e304 : 1;
      const { U, S, Vh } = L.svd(a);
      const b = a.mul(scale);
      expect(off(np.matmul(U.mul(S.mul(scale)), Vh), b, Math.max(size(b), EPS), n)).toBeLessThan(BOUND);
      expect(unitary(U)).toBeLessThan(BOUND);
      const [w, v] = L.eigh(a);
      expect(off(np.matmul(b, v), v.mul(w.mul(scale)), Math.max(size(b), EPS), n)).toBeLessThan(BOUND);
      expect(unitary(v)).toBeLessThan(BOUND);
    });
  }
  test('a Jordan block has one eigenvalue, and its vectors are finite', () => {
    const j = np
      .eye(6)
      .mul(3)
      .add(np.eye(6, { k: 1 }));
    holdsEig(j);
    expect(L.eigvals(j).tolist()).toEqual([3, 3, 3, 3, 3, 3]);
    // Turned, the eigenvalues spread by the sixth root of a rounding; each is that of a matrix nearby.
    const t = np.matmul(q.at('0:6, 0:6'), np.matmul(j, L.inv(q.at('0:6, 0:6'))));
    expect(Number(np.max(np.abs(L.eigvals(t).sub(3))))).toBeLessThan(0.5);
  });
  test('small singular values of a graded bidiagonal matrix keep their leading digits', () => {
    const d = np.power(10, np.arange(0, -20, -1).astype('float64'));
    const s = L.svdvals(np.diag(d));
    expect(Number(np.max(np.abs(s.div(d).sub(1))))).toBeLessThan(8 * EPS);
  });
});

describe('what follows from singular values', () => {
  for (const complex of [false, true]) {
    const kind = complex ? 'complex' : 'real';
    test(`pseudo-inverses of ${kind} matrices keep the conditions of Penrose`, () => {
      for (const [m, n] of [
        [5, 3],
        [3, 5],
        [40, 20],
        [4, 4],
      ]) {
        // Of rank 3, so that the singular values that count as zero do.
        const a = np.matmul(random(m, complex, m, 3), random(n, complex, 3, n));
        const p = L.pinv(a);
        const scale = size(a) * size(p);
        expect(off(np.matmul(np.matmul(a, p), a), a, scale * size(a), m)).toBeLessThan(BOUND);
        expect(off(np.matmul(np.matmul(p, a), p), p, scale * size(p), m)).toBeLessThan(BOUND);
        expect(off(np.matmul(a, p), H(np.matmul(a, p)), scale, m)).toBeLessThan(BOUND);
        expect(Number(L.matrix_rank(a))).toBe(Math.min(m, n, 3));
      }
    });
    test(`least squares of ${kind} matrices leave what is at right angles to the columns`, () => {
      for (const [m, n] of [
        [6, 3],
        [100, 40],
        [3, 6],
      ]) {
        const a = random(m, complex, m, n);
        const b = random(n, complex, m, 2);
        const [x, left, rank] = L.lstsq(a, b);
        const r = b.sub(np.matmul(a, x));
        expect(off(np.matmul(H(a), r), np.zeros([n, 2]), size(a) * size(b), m)).toBeLessThan(BOUND);
        expect(Number(rank)).toBe(Math.min(m, n));
        if (m > n) expect(off(left, np.sum(np.power(np.abs(r), 2), { axis: 0 }), size(b) ** 2, m)).toBeLessThan(BOUND);
      }
    });
  }
});
