import type { ArrayValue } from '../../core/array.js';
import { type Attrs, bind1, primitive } from '../../core/dispatch.js';
import { InvalidArgumentError, LinAlgError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import type { TensorLike } from '../convert.js';
import { fromArray, Tensor } from '../tensor.js';
import { linalg, squares, turned } from './common.js';

/**
 * Analytic functions of matrices. The derivative of each in a direction is a block of the function of a larger matrix, so that one rule
 * is the gradient of all of them (Higham, Functions of Matrices, 2008, section 3.2).
 */

type Matrix = any;
const eye = (n: number, like: Matrix): Matrix => np.eye(n, { dtype: like.dtype } as never);
const norm1 = (a: Matrix): number => Number(np.max(np.sum(np.abs(a), { axis: -2 })).item());
const mul = (a: Matrix, b: Matrix): Matrix => np.matmul(a, b);
const add = (a: Matrix, b: Matrix): Matrix => np.add(a, b);
const scale = (a: Matrix, s: number): Matrix => np.multiply(a, s);

/** Coefficients of the diagonal Padé approximant of degree 13 to exp. */
const PADE = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
];

/** exp A by scaling and squaring of the Padé approximant (Higham 2005). */
function exponential(a: Matrix): Matrix {
  const size = norm1(a);
  if (!Number.isFinite(size)) return np.full_like(a, Number.NaN as never);
  const s = Math.max(0, Math.ceil(Math.log2(size / 5.371920351148152)));
  const x = s > 0 ? scale(a, 2 ** -s) : a;
  const one = eye(a.shape[0], a);
  const x2 = mul(x, x);
  const x4 = mul(x2, x2);
  const x6 = mul(x4, x2);
  const sum = (k: number): Matrix =>
    add(add(scale(x6, PADE[k + 6]), scale(x4, PADE[k + 4])), add(scale(x2, PADE[k + 2]), scale(one, PADE[k])));
  const top = (k: number): Matrix =>
    mul(x6, add(add(scale(x6, PADE[k + 12]), scale(x4, PADE[k + 10])), scale(x2, PADE[k + 8])));
  const even = add(top(0), sum(0));
  const odd = mul(x, add(top(1), sum(1)));
  let r = np.linalg.solve(np.subtract(even, odd) as never, add(even, odd)) as Matrix;
  for (let i = 0; i < s; i++) r = mul(r, r);
  return r;
}

/** A square root by eigenvectors: for eigenvalues on the negative real axis, where the iteration finds none. A real matrix has no real one then: NaN. */
function rootByVectors(a: Matrix): Matrix {
  const [w, v] = np.linalg.eig(a.astype('complex128')) as never as Matrix[];
  const r = np.linalg.solve(np.swapaxes(v, 0, 1), np.swapaxes(np.multiply(v, np.sqrt(w)) as never, 0, 1)) as Matrix;
  const x = np.swapaxes(r, 0, 1) as Matrix;
  if (a.dtype.kind === 'c') return x;
  const real = np.real(x) as Matrix;
  const lost = norm1(np.imag(x)) > 1e-8 * norm1(real);
  return lost ? np.full_like(a, Number.NaN as never) : real;
}

/** The principal square root. */
function root(a: Matrix): Matrix {
  const size = norm1(a);
  if (size === 0) return a;
  let x: Matrix = null;
  try {
    x = iteratedRoot(a);
  } catch (e) {
    if (!(e instanceof LinAlgError)) throw e;
  }
  if (x !== null && norm1(np.subtract(mul(x, x), a)) <= 1e-10 * size) return x;
  return Number.isFinite(size) ? rootByVectors(a) : np.full_like(a, Number.NaN as never);
}

/** The principal square root by the product form of the iteration of Denman and Beavers, scaled by determinants while it is far (Higham, algorithm 6.29). */
function iteratedRoot(a: Matrix): Matrix {
  const n = a.shape[0];
  const one = eye(n, a);
  let m = a;
  let x = a;
  for (let k = 0; k < 100; k++) {
    const off = norm1(np.subtract(m, one));
    if (!(off < 1e300)) break;
    let mu = 1;
    if (off > 1e-2) {
      const [, log] = np.linalg.slogdet(m) as never as Matrix[];
      mu = Math.exp(-Number(log.item()) / (2 * n));
      if (!Number.isFinite(mu)) mu = 1;
    }
    const inverse = np.linalg.inv(m) as Matrix;
    x = scale(mul(x, add(one, scale(inverse, mu ** -2))), 0.5 * mu);
    m = scale(add(scale(one, 2), add(scale(m, mu ** 2), scale(inverse, mu ** -2))), 0.25);
    if (off < 1e-7) break;
  }
  return x;
}

/** Nodes and weights of Gauss' quadrature on [0, 1]. */
const quadrature = (): [number, number][] => {
  const [x, w] = np.polynomial.legendre.leggauss(12) as never as Matrix[];
  const weights = w.tolist() as number[];
  return (x.tolist() as number[]).map((v, i) => [(v + 1) / 2, weights[i] / 2]);
};
/** log A by square roots until A is near 1, and the Padé approximant as a sum of partial fractions (Higham, algorithm 11.9). */
function logarithm(a: Matrix): Matrix {
  const one = eye(a.shape[0], a);
  let x = a;
  let k = 0;
  while (norm1(np.subtract(x, one)) > 0.25 && k < 100) {
    x = root(x);
    k++;
  }
  const off = np.subtract(x, one) as Matrix;
  const parts = quadrature().map(([node, weight]) =>
    scale(np.linalg.solve(add(one, scale(off, node)), off) as Matrix, weight),
  );
  return scale(parts.reduce(add), 2 ** k);
}

type Name = 'expm' | 'logm' | 'sqrtm';
const FUNCTIONS: Readonly<Record<Name, (a: Matrix) => Matrix>> = { expm: exponential, logm: logarithm, sqrtm: root };
interface MatrixAttrs extends Attrs {
  readonly name: Name;
}

/** A function of each matrix of a stack, in double precision. */
const analytic = primitive<MatrixAttrs>(
  'matrix_function',
  ([t], { name }) => {
    const a = (t instanceof Tensor ? t.numpy() : t) as NDArray;
    const n = a.shape[a.ndim - 1];
    if (a.size === 0) return fromArray(np.array(a) as never);
    const wide = np.reshape(a.astype(a.dtype.kind === 'c' ? 'complex128' : 'float64'), [-1, n, n]) as Matrix;
    const results = Array.from({ length: wide.shape[0] }, (_, i) => FUNCTIONS[name](wide.at(i)));
    const all = np.reshape(np.stack(results as never), a.shape as never) as Matrix;
    return fromArray(all.astype(a.dtype));
  },
  ([t]) => ({ shape: t.shape, dtype: t.dtype }),
);
const apply = (name: Name, t: ArrayValue): Tensor => bind1(analytic, [t], { name }) as Tensor;

/** The gradient: the upper right block of f([[A^H, G], [0, A^H]]). */
export const analyticRule = (
  [g]: readonly (ArrayValue | null)[],
  { inputs: [a], attrs }: { inputs: readonly ArrayValue[]; attrs: MatrixAttrs },
): readonly (ArrayValue | null)[] => {
  if (g === null) return [null];
  const h = turned(a as Tensor);
  const n = a.shape[a.ndim - 1];
  const wide = (l: unknown, r: unknown): unknown => np.concatenate([l, r] as never, -1 as never);
  const block = np.concatenate([wide(h, g), wide(np.zeros_like(h), h)] as never, -2 as never) as unknown as Tensor;
  return [apply(attrs.name, block).at('...', `:${n}`, `${n}:`)];
};

const FAILED = 'Input matrix has no such function.';
/** Exponentials of square matrices. @example tf.linalg.expm([[0, 1], [0, 0]]).numpy().tolist() // → [ [ 1, 1 ], [ 0, 1 ] ] */
export const expm = (input: TensorLike): Tensor => linalg('expm', FAILED, () => apply('expm', squares('expm', input)));
/**
 * Principal logarithms of complex square matrices without eigenvalues on the negative real axis.
 * @throws InvalidArgumentError for a real matrix: its logarithm may be complex
 * @example tf.linalg.logm(tf.cast([[1, 0], [0, 1]], 'complex64')).numpy().tolist().flat().every((z) => z.re === 0) // → true
 */
export const logm = (input: TensorLike): Tensor =>
  linalg('logm', FAILED, () => {
    const t = squares('logm', input);
    if (t.dtype.kind !== 'c')
      throw new InvalidArgumentError(
        `tf.linalg.logm: Value for attr 'T' of ${t.dtype.name} is not in the list of allowed values: complex64, complex128`,
      );
    return apply('logm', t);
  });
/** Principal square roots of square matrices without eigenvalues on the negative real axis. @example tf.linalg.sqrtm([[4, 0], [0, 9]]).numpy().tolist() // → [ [ 2, 0 ], [ 0, 3 ] ] */
export const sqrtm = (matrix: TensorLike): Tensor =>
  linalg('sqrtm', FAILED, () => apply('sqrtm', squares('sqrtm', matrix)));
