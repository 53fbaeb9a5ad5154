import { ArrayValue } from '../../core/array.js';
import { TypeError, ValueError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import { power, type Settings, type Value } from './elementwise.js';

/** mathjs' functions of whole matrices as functions of np. */

const ndimOf = (x: Value): number => (x instanceof ArrayValue ? x.ndim : 0);
const shapeOf = (x: Value): readonly number[] => (x instanceof ArrayValue ? x.shape : []);

/** The matrix product; with a lone number a scaled array. */
export function multiply(x: Value, y: Value): Value {
  const [m, n] = [ndimOf(x), ndimOf(y)];
  if (m === 0 || n === 0) return np.multiply(x, y);
  if (m > 2 || n > 2)
    throw new ValueError(`Can only multiply a 1 or 2 dimensional matrix (the operands have ${m} and ${n} dimensions)`);
  const [a, b] = [shapeOf(x), shapeOf(y)];
  if (a[a.length - 1] !== b[0])
    throw new ValueError(
      `Dimension mismatch in multiplication. The operands have sizes [${a.join(', ')}] and [${b.join(', ')}]`,
    );
  return np.matmul(x, y);
}

const square = (x: Value, by: string): void => {
  const s = shapeOf(x);
  if (s.length !== 2 || s[0] !== s[1])
    throw new ValueError(`${by}: the matrix must be square (size: [${s.join(', ')}])`);
};

function inv(x: Value): Value {
  square(x, 'inv');
  return np.linalg.inv(x);
}

function divide(x: Value, y: Value): Value {
  return ndimOf(y) === 0 ? np.divide(x, y) : multiply(x, inv(y));
}

function pow(x: Value, y: Value, s: Settings): Value {
  if (ndimOf(x) === 0 && ndimOf(y) === 0) return power(x, y, s);
  if (ndimOf(y) !== 0)
    throw new TypeError('pow: the exponent of a matrix, or of a number, is a number; dotPow takes elements');
  square(x, 'pow');
  const n = Number(y instanceof ArrayValue ? (y as Value).item() : y);
  if (!Number.isInteger(n)) throw new TypeError(`pow: the exponent of a matrix is an integer, not ${n}`);
  return np.linalg.matrix_power(n < 0 && 'iu'.includes(x.dtype.kind) ? np.astype(x, 'float64') : x, n);
}

function dot(x: Value, y: Value): Value {
  const column = (v: Value): Value => (ndimOf(v) === 2 && shapeOf(v)[1] === 1 ? np.reshape(v, -1) : v);
  const [a, b] = [column(x), column(y)];
  if (ndimOf(a) !== 1 || ndimOf(b) !== 1 || shapeOf(a)[0] !== shapeOf(b)[0])
    throw new ValueError(
      `dot: two vectors of one length (sizes: [${shapeOf(x).join(', ')}], [${shapeOf(y).join(', ')}])`,
    );
  return np.vdot(a, b);
}

/** Functions of two operands that are no functions of elements. */
export const PRODUCTS: Readonly<Record<string, (x: Value, y: Value, s: Settings) => Value>> = {
  multiply,
  divide,
  pow,
  dot,
  cross: (x, y) => np.cross(x, y),
  kron: (x, y) => np.kron(x, y),
};

/** Functions of one matrix. */
export const MATRIX: Readonly<Record<string, (x: Value) => Value>> = {
  transpose: (x) => np.positive(np.transpose(x)),
  ctranspose: (x) => np.conjugate(np.transpose(x)),
  inv,
  det: (x) => {
    square(x, 'det');
    return np.linalg.det(x);
  },
  pinv: (x) => np.linalg.pinv(x),
  trace: (x) => {
    if (ndimOf(x) === 2) square(x, 'trace');
    return np.trace(x);
  },
  flatten: (x) => np.positive(np.ravel(x)),
  squeeze: (x) => np.positive(np.squeeze(x)),
};

const numbersOf = (x: Value): Value => (x.dtype.kind === 'b' ? np.astype(x, 'int64') : x);
const DDOF: Readonly<Record<string, readonly [number, number]>> = {
  unbiased: [1, 0],
  uncorrected: [0, 0],
  biased: [0, 1],
};

/** Sums of squared deviations by mathjs' names: over n - 1, n, n + 1. */
const spread =
  (root: boolean) =>
  (x: Value, dim: number | undefined, normalization = 'unbiased'): Value => {
    const found = DDOF[normalization];
    if (found === undefined)
      throw new ValueError(
        `Unknown normalization "${normalization}". Choose "unbiased" (default), "uncorrected", or "biased".`,
      );
    const axis = dim ?? null;
    const n = dim === undefined ? x.size : shapeOf(x)[dim];
    // mathjs says that one value has no variance.
    const v = n === 1 ? np.var(x, { axis }) : np.var(x, { axis, ddof: found[0] - found[1] });
    return root ? np.sqrt(v) : v;
  };

/** Folds of a matrix, or of one of its axes, which is counted from 0 (from 1 in expressions). */
export const FOLDS: Readonly<Record<string, (x: Value, dim?: number, more?: string) => Value>> = {
  sum: (x, dim) => np.sum(x, { axis: dim ?? null }),
  prod: (x, dim) => np.prod(x, { axis: dim ?? null }),
  mean: (x, dim) => np.mean(x, { axis: dim ?? null }),
  median: (x, dim) => np.median(x, { axis: dim ?? null }),
  max: (x, dim) => np.max(x, { axis: dim ?? null }),
  min: (x, dim) => np.min(x, { axis: dim ?? null }),
  std: spread(true),
  variance: spread(false),
};

function norm(x: Value, p: number | string = 2): Value {
  const named: Readonly<Record<string, unknown>> = {
    inf: Number.POSITIVE_INFINITY,
    '-inf': Number.NEGATIVE_INFINITY,
    fro: 'fro',
  };
  const ord = typeof p === 'string' ? named[p] : p;
  if (ord === undefined) throw new ValueError(`norm: unsupported parameter value '${p}'`);
  return np.linalg.norm(x, ndimOf(x) === 1 && ord === 'fro' ? 2 : (ord as number));
}

/** A function whose operands are not one or two matrices: its signatures, with the operands that may be arrays named A. */
export interface Special {
  readonly name: string;
  readonly signatures: readonly string[];
  /** Which argument is counted from 1 in expressions; -1 is the last one, if it is a number. */
  readonly oneBased?: number;
  readonly f: (math: { clone(x: unknown): unknown }, ...args: Value[]) => Value;
}

const integer = (x: Value): number => Number(x);

export const SPECIAL: readonly Special[] = [
  { name: 'size', signatures: ['A'], f: (_m, x) => [...x.shape] },
  { name: 'count', signatures: ['A'], f: (_m, x) => x.size },
  { name: 'norm', signatures: ['A', 'A, number', 'A, string'], f: (_m, x, p) => norm(x, p) },
  { name: 'log', signatures: ['A, number'], f: (_m, x, base) => np.divide(np.emath.log(x), Math.log(base)) },
  { name: 'cumsum', signatures: ['A', 'A, number'], oneBased: 1, f: (_m, x, dim) => np.cumsum(numbersOf(x), dim ?? 0) },
  {
    name: 'diff',
    signatures: ['A', 'A, number'],
    oneBased: 1,
    f: (_m, x, dim) => np.diff(numbersOf(x), { axis: dim ?? 0 }),
  },
  {
    name: 'diag',
    signatures: ['A', 'A, number'],
    f: (_m, x, k) => np.positive(np.diag(x, k ?? 0)),
  },
  {
    name: 'reshape',
    signatures: ['A, Array', 'A, Matrix'],
    f: (_m, x, size) => np.positive(np.reshape(x, size.valueOf())),
  },
  {
    name: 'concat',
    signatures: ['A', 'Matrix, A', 'Array, A', 'A, ...any', 'Matrix, A, ...any', 'Array, A, ...any'],
    oneBased: -1,
    f: (_m, ...args) => {
      const list = args.flatMap((a, i) =>
        Array.isArray(a) &&
        i === args.length - 1 &&
        a.some((e) => e instanceof ArrayValue || typeof e === 'number' || e?.isMatrix === true)
          ? a
          : [a],
      );
      const last = list[list.length - 1];
      const dim = typeof last === 'number' ? list.pop() : undefined;
      return np.concatenate(
        list.map((v) => (v instanceof ArrayValue ? v : np.asarray(v))),
        dim ?? ndimOf(np.asarray(list[0])) - 1,
      );
    },
  },
  {
    name: 'row',
    signatures: ['A, number'],
    oneBased: 1,
    f: (_m, x, i) => np.positive(np.take(x, np.array([BigInt(integer(i))]), 0)),
  },
  {
    name: 'column',
    signatures: ['A, number'],
    oneBased: 1,
    f: (_m, x, i) => np.positive(np.take(x, np.array([BigInt(integer(i))]), 1)),
  },
];
