/** Calls that every implementation must answer as arrays do. Operands are named by letters; laws.ts makes them. */
export interface Operands {
  /** float64 (7,) */ readonly v: any;
  /** float64 (3, 4) */ readonly m: any;
  /** float64 (3, 4) */ readonly n: any;
  /** float64 (2, 3, 4) */ readonly t: any;
  /** positive float64 (3, 4) */ readonly p: any;
  /** float64 inside of (-1, 1), (3, 4) */ readonly u: any;
  /** float32 (3, 4) */ readonly s: any;
  /** float16 (3, 4) */ readonly h: any;
  /** float64 (4, 4) */ readonly q: any;
  /** int32 (3, 4) */ readonly i: any;
  /** int32 (3, 4) without zeros */ readonly j: any;
  /** int64 (6,), from 0 to 2 */ readonly k: any;
  /** int64 (3, 4) */ readonly l: any;
  /** uint8 (3, 4) */ readonly o: any;
  /** bool (3, 4) */ readonly b: any;
  /** complex128 (3, 4) */ readonly c: any;
  /** float64 (3, 4) with NaN */ readonly w: any;
  /** float64 (0, 3) */ readonly z: any;
  /** int64 (7,) with repeats */ readonly d: any;
  /** float64 () */ readonly e: any;
}

type Call = (np: any, o: Operands) => unknown;

const unary = (names: string, operand: keyof Operands): Record<string, Call> =>
  Object.fromEntries(names.split(' ').map((f) => [`np.${f}(${operand})`, (np, o) => np[f](o[operand])]));
const binary = (names: string, a: keyof Operands, b: keyof Operands): Record<string, Call> =>
  Object.fromEntries(names.split(' ').map((f) => [`np.${f}(${a}, ${b})`, (np, o) => np[f](o[a], o[b])]));
const along = (names: string, operand: keyof Operands, axis: number | number[]): Record<string, Call> =>
  Object.fromEntries(
    names.split(' ').map((f) => [`np.${f}(${operand}, {axis: ${axis}})`, (np, o) => np[f](o[operand], { axis })]),
  );

export const CASES: Record<string, Call> = {
  // Elementwise
  ...unary('negative positive absolute sign square sqrt cbrt reciprocal exp exp2 expm1 log log2 log10 log1p', 'p'),
  ...unary(
    'sin cos tan sinh cosh tanh arctan arcsinh floor ceil trunc rint fabs deg2rad rad2deg isnan isfinite isinf signbit spacing frexp modf',
    'm',
  ),
  ...unary('arcsin arccos arctanh', 'u'),
  ...unary('exp sin sqrt tanh log1p square negative floor absolute', 's'),
  ...unary('exp sin negative floor isnan absolute', 'h'),
  ...unary('negative absolute sign square sqrt exp sin invert bitwise_count logical_not', 'i'),
  ...unary('invert logical_not', 'b'),
  ...unary('conjugate absolute exp sqrt sin log square negative real imag angle', 'c'),
  ...unary('exp isnan negative sqrt', 'w'),
  ...unary('exp sum negative', 'z'),
  ...unary('exp negative sin', 'e'),
  ...binary(
    'add subtract multiply divide floor_divide remainder fmod power maximum minimum fmax fmin copysign nextafter hypot arctan2 logaddexp logaddexp2 heaviside divmod less greater_equal equal logical_and',
    'm',
    'n',
  ),
  ...binary('power float_power', 'p', 'm'),
  ...binary(
    'add subtract multiply divide floor_divide remainder power gcd lcm bitwise_and bitwise_or bitwise_xor less not_equal maximum divmod',
    'l',
    'j',
  ),
  ...binary('left_shift right_shift', 'j', 'j'),
  ...binary('add subtract multiply divide', 'c', 'm'),
  ...binary('add multiply less', 'i', 's'),
  ...binary('add multiply', 'o', 'i'),
  ...binary('add maximum', 'h', 's'),
  ...binary('logical_and logical_or logical_xor bitwise_and', 'b', 'b'),
  'np.add(m, 2)': (np, o) => np.add(o.m, 2),
  'np.add(i, 1.5)': (np, o) => np.add(o.i, 1.5),
  'np.subtract(1, s)': (np, o) => np.subtract(1, o.s),
  'np.power(i, 2)': (np, o) => np.power(o.i, 2),
  'np.ldexp(m, j)': (np, o) => np.ldexp(o.m, o.j),
  'np.add(m, n, {where})': (np, o) => np.where(o.b, np.add(o.m, o.n), 0),
  'np.add(i, j, {dtype: float32})': (np, o) => np.add(o.i, o.j, { dtype: 'float32' }),
  'np.multiply.outer(v, v)': (np, o) => np.multiply.outer(o.v, o.v),
  'np.add.reduce(t, {axis: 1})': (np, o) => np.add.reduce(o.t, { axis: 1 }),
  'np.maximum.accumulate(m, {axis: 1})': (np, o) => np.maximum.accumulate(o.m, { axis: 1 }),
  'np.add.reduceat(v, [0, 3, 1])': (np, o) => np.add.reduceat(o.v, [0, 3, 1]),

  // Reductions
  ...unary('sum prod mean var std max min ptp argmax argmin all any cumsum cumprod median count_nonzero average', 'm'),
  ...along('sum prod mean var std max min ptp argmax argmin all any cumsum cumprod median average', 't', 1),
  ...along('sum mean max all', 't', [0, 2]),
  ...unary('sum mean max argmin cumsum prod', 'i'),
  ...unary('sum mean var max', 's'),
  ...unary('sum mean max', 'h'),
  ...unary('sum mean all any argmax', 'b'),
  ...unary('sum mean prod var', 'c'),
  ...unary(
    'nansum nanprod nanmean nanvar nanstd nanmax nanmin nanargmax nanargmin nancumsum nanmedian sum max argmax',
    'w',
  ),
  'np.sum(t, {axis: 0, keepdims: true})': (np, o) => np.sum(o.t, { axis: 0, keepdims: true }),
  'np.sum(m, {where})': (np, o) => np.sum(o.m, { where: o.b }),
  'np.max(m, {initial, axis})': (np, o) => np.max(o.m, { initial: 1, axis: 0 }),
  'np.mean(i, {dtype: float32})': (np, o) => np.mean(o.i, { dtype: 'float32' }),
  'np.std(m, {axis: 0, ddof: 1})': (np, o) => np.std(o.m, { axis: 0, ddof: 1 }),
  'np.percentile(m, 30)': (np, o) => np.percentile(o.m, 30),
  'np.quantile(m, [0.2, 0.5], {axis: 1})': (np, o) => np.quantile(o.m, [0.2, 0.5], { axis: 1 }),
  'np.average(m, {axis, weights})': (np, o) => np.average(o.m, { axis: 0, weights: o.p }),
  'np.diff(m)': (np, o) => np.diff(o.m),
  'np.ediff1d(v)': (np, o) => np.ediff1d(o.v),
  'np.gradient(v)': (np, o) => np.gradient(o.v),
  'np.trapezoid(m)': (np, o) => np.trapezoid(o.m),

  // Shapes
  'np.reshape(t, [4, 6])': (np, o) => np.reshape(o.t, [4, 6]),
  'np.ravel(t)': (np, o) => np.ravel(o.t),
  'np.transpose(t)': (np, o) => np.transpose(o.t),
  'np.transpose(t, [1, 0, 2])': (np, o) => np.transpose(o.t, [1, 0, 2]),
  'np.swapaxes(t, 0, 2)': (np, o) => np.swapaxes(o.t, 0, 2),
  'np.moveaxis(t, 0, -1)': (np, o) => np.moveaxis(o.t, 0, -1),
  'np.expand_dims(m, 1)': (np, o) => np.expand_dims(o.m, 1),
  'np.squeeze(expanded)': (np, o) => np.squeeze(np.expand_dims(o.m, 0)),
  'np.concatenate([m, n])': (np, o) => np.concatenate([o.m, o.n]),
  'np.concatenate([m, i], 1)': (np, o) => np.concatenate([o.m, o.i], 1),
  'np.stack([m, n], {axis: 1})': (np, o) => np.stack([o.m, o.n], { axis: 1 }),
  'np.hstack, vstack, dstack': (np, o) => [np.hstack([o.m, o.n]), np.vstack([o.m, o.n]), np.dstack([o.m, o.n])],
  'np.column_stack([v, v])': (np, o) => np.column_stack([o.v, o.v]),
  'np.split(m, 2, 1)': (np, o) => np.split(o.m, 2, 1),
  'np.array_split(v, 3)': (np, o) => np.array_split(o.v, 3),
  'np.tile(m, [2, 1])': (np, o) => np.tile(o.m, [2, 1]),
  'np.repeat(m, 2, 0)': (np, o) => np.repeat(o.m, 2, 0),
  'np.flip(t, 1)': (np, o) => np.flip(o.t, 1),
  'np.roll(m, 2, 1)': (np, o) => np.roll(o.m, 2, 1),
  'np.rot90(m)': (np, o) => np.rot90(o.m),
  'np.pad(m, 1)': (np, o) => np.pad(o.m, 1),
  'np.pad(m, 1, edge)': (np, o) => np.pad(o.m, 1, 'edge'),
  'np.pad(m, [2, 1], reflect)': (np, o) => np.pad(o.m, [2, 1], { mode: 'reflect' }),
  'np.broadcast_to(v, [2, 7])': (np, o) => np.broadcast_to(o.v, [2, 7]),
  'np.broadcast_arrays': (np, o) => np.broadcast_arrays(o.m, np.sum(o.m, 0)),
  'np.atleast_2d(v)': (np, o) => np.atleast_2d(o.v),
  'np.tril(q), np.triu(q, 1)': (np, o) => [np.tril(o.q), np.triu(o.q, 1)],
  'np.diag(q), np.diag(v)': (np, o) => [np.diag(o.q), np.diag(o.v)],
  'np.diagonal(t, 0, 1, 2)': (np, o) => np.diagonal(o.t, 0, 1, 2),
  'np.trace(q)': (np, o) => np.trace(o.q),
  'np.meshgrid(v, v)': (np, o) => np.meshgrid(o.v, o.v),
  'np.append(m, n)': (np, o) => np.append(o.m, o.n),
  'np.delete(v, 2)': (np, o) => np.delete(o.v, 2),
  'np.insert(v, 2, 9)': (np, o) => np.insert(o.v, 2, 9),
  'np.zeros_like(m)': (np, o) => np.zeros_like(o.m),
  'np.ones_like(i)': (np, o) => np.ones_like(o.i),
  'np.full_like(s, 2)': (np, o) => np.full_like(o.s, 2),

  // Choosing
  'np.where(b, m, n)': (np, o) => np.where(o.b, o.m, o.n),
  'np.where(b, i, 1.5)': (np, o) => np.where(o.b, o.i, 1.5),
  'np.select([b], [m], 7)': (np, o) => np.select([o.b, np.less(o.m, 0)], [o.m, o.n], 7),
  'np.choose(k, …)': (np, o) => np.choose(o.k, [np.arange(6), np.zeros(6), np.ones(6)]),
  'np.take(m, [0, 2])': (np, o) => np.take(o.m, [0, 2]),
  'np.take(m, k, {axis: 0})': (np, o) => np.take(o.m, o.k, { axis: 0 }),
  'np.take_along_axis(m, argsort)': (np, o) => np.take_along_axis(o.m, np.argsort(o.m, 1), 1),
  'np.compress([true, false, true], m, 0)': (np, o) => np.compress([true, false, true], o.m, 0),
  'np.extract(b, m)': (np, o) => np.extract(o.b, o.m),
  'np.clip(m, -1, 1)': (np, o) => np.clip(o.m, -1, 1),
  'np.nonzero(i)': (np, o) => np.nonzero(o.i),
  'np.argwhere(b)': (np, o) => np.argwhere(o.b),
  'np.flatnonzero(b)': (np, o) => np.flatnonzero(o.b),
  'np.nan_to_num(w)': (np, o) => np.nan_to_num(o.w),

  // Order and sets
  'np.sort(m)': (np, o) => np.sort(o.m),
  'np.sort(t, {axis: 0})': (np, o) => np.sort(o.t, { axis: 0 }),
  'np.argsort(m)': (np, o) => np.argsort(o.m, { kind: 'stable' }),
  'np.searchsorted(sorted, v)': (np, o) => np.searchsorted(np.sort(o.v), o.v),
  'np.unique(d)': (np, o) => np.unique(o.d),
  'np.unique(d, {return_counts, return_inverse})': (np, o) => [
    ...np.unique(o.d, { return_counts: true, return_inverse: true }),
  ],
  'np.partition(v, all)': (np, o) => np.partition(o.v, [0, 1, 2, 3, 4, 5, 6]),
  'np.lexsort([d, v])': (np, o) => np.lexsort([o.d, o.v]),
  'np.isin(d, [1, 2])': (np, o) => np.isin(o.d, [1, 2]),
  'np.digitize(v, [-1, 0, 1])': (np, o) => np.digitize(o.v, [-1, 0, 1]),
  'np.bincount(k)': (np, o) => np.bincount(o.k),
  'np.histogram(v, 4)': (np, o) => [...np.histogram(o.v, 4)],
  'np.interp(v, …)': (np, o) => np.interp(o.v, [-2, 0, 2], [1, 5, 3]),

  // Products
  'np.dot(m, q)': (np, o) => np.dot(o.m, o.q),
  'np.matmul(t, q)': (np, o) => np.matmul(o.t, o.q),
  'np.matmul(m, transposed)': (np, o) => np.matmul(o.m, np.transpose(o.n)),
  'np.matmul(i, …)': (np, o) => np.matmul(o.i, np.transpose(o.j)),
  'np.matmul(c, …)': (np, o) => np.matmul(o.c, np.transpose(o.c)),
  'np.matmul(s, …)': (np, o) => np.matmul(o.s, np.transpose(o.s)),
  'np.vdot(m, n)': (np, o) => np.vdot(o.m, o.n),
  'np.inner(m, n)': (np, o) => np.inner(o.m, o.n),
  'np.outer(v, v)': (np, o) => np.outer(o.v, o.v),
  'np.tensordot(t, t, …)': (np, o) =>
    np.tensordot(o.t, o.t, [
      [0, 1],
      [0, 1],
    ]),
  'np.einsum(ij,kj->ik)': (np, o) => np.einsum('ij,kj->ik', o.m, o.n),
  'np.einsum(bij,jk->bik)': (np, o) => np.einsum('bij,jk->bik', o.t, o.q),
  'np.einsum(ii->i)': (np, o) => np.einsum('ii->i', o.q),
  'np.kron(q, q)': (np, o) => np.kron(o.q, o.q),
  'np.cross': (np, o) => np.cross(np.reshape(o.m, [4, 3]), np.reshape(o.n, [4, 3])),
  'np.convolve(v, v)': (np, o) => np.convolve(o.v, o.v),
  'np.cov(m)': (np, o) => np.cov(o.m),
  'np.corrcoef(m)': (np, o) => np.corrcoef(o.m),

  // Linear algebra
  'np.linalg.solve(q, …)': (np, o) => np.linalg.solve(o.q, np.transpose(o.m)),
  'np.linalg.inv(q)': (np, o) => np.linalg.inv(o.q),
  'np.linalg.det(q)': (np, o) => np.linalg.det(o.q),
  'np.linalg.slogdet(q)': (np, o) => np.linalg.slogdet(o.q),
  'np.linalg.cholesky(…)': (np, o) => np.linalg.cholesky(np.matmul(o.m, np.transpose(o.m))),
  'np.linalg.qr(t)': (np, o) => np.linalg.qr(o.t),
  'np.linalg.qr(c, complete)': (np, o) => np.linalg.qr(o.c, 'complete'),
  'np.linalg.qr(s, raw)': (np, o) => np.linalg.qr(o.s, 'raw'),
  'np.linalg.svd(t)': (np, o) => np.linalg.svd(o.t),
  'np.linalg.svd(c, thin)': (np, o) => np.linalg.svd(o.c, false),
  'np.linalg.svdvals(s)': (np, o) => np.linalg.svdvals(o.s),
  'np.linalg.eigh(q)': (np, o) => np.linalg.eigh(o.q),
  'np.linalg.eig(q)': (np, o) => [...np.linalg.eig(o.q), np.linalg.eigvals(o.q)],
  'np.linalg.pinv, matrix_rank, cond': (np, o) => [
    np.linalg.pinv(o.m),
    np.linalg.matrix_rank(o.t),
    np.linalg.cond(o.q),
    np.linalg.cond(o.q, 1),
  ],
  'np.linalg.lstsq': (np, o) => np.linalg.lstsq(np.transpose(o.m), np.transpose(o.n)),
  'np.linalg.matrix_power(q, -2)': (np, o) => np.linalg.matrix_power(o.q, -2),
  'np.linalg.matrix_power(q, 0)': (np, o) => np.linalg.matrix_power(o.q, 0),
  'np.linalg.multi_dot': (np, o) => np.linalg.multi_dot([o.m, o.q, np.transpose(o.n), o.m]),
  'np.linalg.norm': (np, o) => [
    np.linalg.norm(o.m),
    np.linalg.norm(o.c, 1),
    np.linalg.norm(o.t, { axis: 1, ord: 3 }),
    np.linalg.vector_norm(o.t, { axis: [0, 2] }),
    np.linalg.matrix_norm(o.t, { ord: Number.POSITIVE_INFINITY }),
  ],
  'np.linalg.trace, diagonal, cross, outer': (np, o) => [
    np.linalg.trace(o.t),
    np.linalg.diagonal(o.t),
    np.linalg.cross(np.reshape(o.m, [4, 3]), np.reshape(o.n, [4, 3])),
    np.linalg.outer(o.v, o.v),
  ],
  'np.linalg.tensorsolve, tensorinv': (np, o) => [
    np.linalg.tensorsolve(np.reshape(o.q, [2, 2, 2, 2]), np.reshape(np.diagonal(o.q), [2, 2])),
    np.linalg.tensorinv(np.reshape(o.q, [4, 2, 2]), 1),
  ],

  // Questions
  'np.isclose(m, m)': (np, o) => np.isclose(o.m, o.m),
  'np.round(m, 1)': (np, o) => np.round(o.m, 1),
  'np.astype(m, int32)': (np, o) => np.astype(o.m, 'int32'),
  'np.astype(i, float16)': (np, o) => np.astype(o.i, 'float16'),
  'np.shape, ndim, size': (np, o) => [np.shape(o.t), Number(np.ndim(o.t)), Number(np.size(o.t))],
};
