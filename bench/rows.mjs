// The rows of the benchmark: what is computed, in JavaScript and in Python, on the same operands.
//
// `data` names the operands: a letter for each, f a random float64, F float32, i int64, j int32, b bool, x float64 in disorder for sorting,
// k indices in range, m a square matrix, p one that is positive definite, v a vector of its side. `layouts` says which layouts make sense; every row runs contiguous.

const ALL = ['contiguous', 'strided', 'broadcast', 'transposed'];
const NONE = ['contiguous'];
const AXES = ['square', 'transposed'];

export const SIZES = [10, 1e3, 1e6, 1e7];

export const ROWS = [
  { name: 'add', data: 'ff', layouts: ALL, js: (np, a, b) => np.add(a, b), py: 'np.add(a, b)' },
  { name: 'multiply', data: 'ff', layouts: ALL, js: (np, a, b) => np.multiply(a, b), py: 'np.multiply(a, b)' },
  { name: 'divide', data: 'ff', layouts: NONE, js: (np, a, b) => np.divide(a, b), py: 'np.divide(a, b)' },
  { name: 'add number', data: 'f', layouts: NONE, js: (np, a) => np.add(a, 1.5), py: 'np.add(a, 1.5)' },
  { name: 'add float32', data: 'FF', layouts: ALL, js: (np, a, b) => np.add(a, b), py: 'np.add(a, b)' },
  {
    name: 'add out=',
    data: 'fff',
    layouts: NONE,
    js: (np, a, b, c) => np.add(a, b, { out: c }),
    py: 'np.add(a, b, out=c)',
  },
  {
    name: 'a*b+c',
    data: 'fff',
    layouts: ALL,
    js: (np, a, b, c) => np.add(np.multiply(a, b), c),
    fused: (np, a, b, c) => np.evaluate('a*b+c', { a, b, c }),
    py: 'a * b + c',
  },
  { name: 'exp', data: 'f', layouts: ALL, js: (np, a) => np.exp(a), py: 'np.exp(a)' },
  { name: 'log', data: 'f', layouts: NONE, js: (np, a) => np.log(a), py: 'np.log(a)' },
  { name: 'sin', data: 'f', layouts: ALL, js: (np, a) => np.sin(a), py: 'np.sin(a)' },
  { name: 'tanh', data: 'f', layouts: NONE, js: (np, a) => np.tanh(a), py: 'np.tanh(a)' },
  { name: 'sqrt', data: 'f', layouts: ALL, js: (np, a) => np.sqrt(a), py: 'np.sqrt(a)' },
  { name: 'exp float32', data: 'F', layouts: NONE, js: (np, a) => np.exp(a), py: 'np.exp(a)' },
  { name: 'power 2.5', data: 'f', layouts: NONE, js: (np, a) => np.power(a, 2.5), py: 'np.power(a, 2.5)' },
  {
    name: '1/(1+exp(-a))',
    data: 'f',
    layouts: NONE,
    js: (np, a) => np.divide(1, np.add(1, np.exp(np.negative(a)))),
    fused: (np, a) => np.evaluate('1/(1+exp(-a))', { a }),
    py: '1 / (1 + np.exp(-a))',
  },
  { name: 'less', data: 'ff', layouts: ALL, js: (np, a, b) => np.less(a, b), py: 'np.less(a, b)' },
  { name: 'where', data: 'bff', layouts: ALL, js: (np, m, a, b) => np.where(m, a, b), py: 'np.where(a, b, c)' },
  { name: 'clip', data: 'f', layouts: NONE, js: (np, a) => np.clip(a, 0.7, 1.2), py: 'np.clip(a, 0.7, 1.2)' },
  { name: 'add int64', data: 'ii', layouts: ALL, js: (np, a, b) => np.add(a, b), py: 'np.add(a, b)' },
  { name: 'multiply int64', data: 'ii', layouts: NONE, js: (np, a, b) => np.multiply(a, b), py: 'np.multiply(a, b)' },
  {
    name: 'floor_divide int64',
    data: 'ii',
    layouts: NONE,
    js: (np, a, b) => np.floor_divide(a, b),
    py: 'np.floor_divide(a, b)',
  },
  { name: 'remainder', data: 'ff', layouts: NONE, js: (np, a, b) => np.remainder(a, b), py: 'np.remainder(a, b)' },
  {
    name: 'astype int64 to float64',
    data: 'i',
    layouts: ALL,
    js: (_np, a) => a.astype('float64'),
    py: 'a.astype("float64")',
  },
  {
    name: 'astype float64 to float32',
    data: 'f',
    layouts: NONE,
    js: (_np, a) => a.astype('float32'),
    py: 'a.astype("float32")',
  },
  { name: 'add int32 float64', data: 'jf', layouts: NONE, js: (np, a, b) => np.add(a, b), py: 'np.add(a, b)' },

  { name: 'sum', data: 'f', layouts: ALL, js: (np, a) => np.sum(a), py: 'np.sum(a)' },
  { name: 'sum axis 0', data: 'f', layouts: AXES, js: (np, a) => np.sum(a, 0), py: 'np.sum(a, 0)' },
  { name: 'sum axis 1', data: 'f', layouts: AXES, js: (np, a) => np.sum(a, 1), py: 'np.sum(a, 1)' },
  { name: 'sum int32', data: 'j', layouts: NONE, js: (np, a) => np.sum(a), py: 'np.sum(a)' },
  { name: 'mean', data: 'f', layouts: ALL, js: (np, a) => np.mean(a), py: 'np.mean(a)' },
  { name: 'var', data: 'f', layouts: NONE, js: (np, a) => np.var(a), py: 'np.var(a)' },
  { name: 'max', data: 'f', layouts: ALL, js: (np, a) => np.max(a), py: 'np.max(a)' },
  { name: 'max axis 0', data: 'f', layouts: AXES, js: (np, a) => np.max(a, 0), py: 'np.max(a, 0)' },
  { name: 'argmax', data: 'f', layouts: NONE, js: (np, a) => np.argmax(a), py: 'np.argmax(a)' },
  { name: 'count_nonzero', data: 'b', layouts: NONE, js: (np, a) => np.count_nonzero(a), py: 'np.count_nonzero(a)' },
  { name: 'cumsum', data: 'f', layouts: NONE, js: (np, a) => np.cumsum(a), py: 'np.cumsum(a)' },
  { name: 'median', data: 'x', layouts: NONE, js: (np, a) => np.median(a), py: 'np.median(a)', max: 1e6 },

  { name: 'sort', data: 'x', layouts: NONE, js: (np, a) => np.sort(a), py: 'np.sort(a)' },
  { name: 'argsort', data: 'x', layouts: NONE, js: (np, a) => np.argsort(a), py: 'np.argsort(a)' },
  { name: 'unique int64', data: 'i', layouts: NONE, js: (np, a) => np.unique(a), py: 'np.unique(a)', max: 1e6 },
  { name: 'mask indexing', data: 'fb', layouts: NONE, js: (_np, a, m) => a.at(m), py: 'a[b]' },
  {
    name: 'mask assignment',
    data: 'fb',
    layouts: NONE,
    js: (_np, a, m) => a.set([m], 1.5),
    py: 'a.__setitem__(b, 1.5)',
  },
  { name: 'take', data: 'fk', layouts: NONE, js: (np, a, k) => np.take(a, k), py: 'np.take(a, b)' },
  { name: 'fancy indexing', data: 'fk', layouts: NONE, js: (_np, a, k) => a.at(k), py: 'a[b]' },
  { name: 'slice copy', data: 'f', layouts: NONE, js: (_np, a) => a.at('::2').copy(), py: 'a[::2].copy()' },
  { name: 'view', data: 'f', layouts: NONE, js: (_np, a) => a.at('1:-1'), py: 'a[1:-1]' },
  {
    name: 'concatenate',
    data: 'ff',
    layouts: NONE,
    js: (np, a, b) => np.concatenate([a, b]),
    py: 'np.concatenate([a, b])',
  },
  {
    name: 'transpose copy',
    data: 'f',
    layouts: ['square', 'transposed'],
    js: (np, a) => np.ascontiguousarray(a.T),
    py: 'np.ascontiguousarray(a.T)',
  },
  { name: 'dot', data: 'ff', layouts: NONE, js: (np, a, b) => np.dot(a, b), py: 'np.dot(a, b)' },
  { name: 'zeros', data: 'f', layouts: NONE, js: (np, a) => np.zeros(a.size), py: 'np.zeros(a.size)' },
  { name: 'arange', data: 'f', layouts: NONE, js: (np, a) => np.arange(a.size), py: 'np.arange(a.size)' },

  // A size of a matrix product is the side of its square operands.
  {
    name: 'matmul',
    data: 'mm',
    sizes: [10, 128, 512, 1000],
    layouts: ['contiguous', 'transposed'],
    js: (np, a, b) => np.matmul(a, b),
    py: 'np.matmul(a, b)',
  },
  {
    name: 'matmul float32',
    data: 'MM',
    sizes: [128, 512, 1000],
    layouts: NONE,
    js: (np, a, b) => np.matmul(a, b),
    py: 'np.matmul(a, b)',
  },
  {
    name: 'matmul vector',
    data: 'mv',
    sizes: [10, 128, 1000],
    layouts: NONE,
    js: (np, a, b) => np.matmul(a, b),
    py: 'np.matmul(a, b)',
  },
  ...[
    ['solve', 'mv', (np, a, b) => np.linalg.solve(a, b), 'np.linalg.solve(a, b)'],
    ['inv', 'm', (np, a) => np.linalg.inv(a), 'np.linalg.inv(a)'],
    ['det', 'm', (np, a) => np.linalg.det(a), 'np.linalg.det(a)'],
    ['cholesky', 'p', (np, a) => np.linalg.cholesky(a), 'np.linalg.cholesky(a)'],
    ['qr', 'm', (np, a) => np.linalg.qr(a), 'np.linalg.qr(a)'],
    ['svd', 'm', (np, a) => np.linalg.svd(a), 'np.linalg.svd(a)'],
    ['eigh', 'p', (np, a) => np.linalg.eigh(a), 'np.linalg.eigh(a)'],
    ['eig', 'm', (np, a) => np.linalg.eig(a), 'np.linalg.eig(a)'],
  ].map(([name, data, js, py]) => ({ name, data, sizes: [5, 50, 200, 1000], layouts: NONE, js, py })),
];

export const cellsOf = (row, sizes) =>
  row.layouts.flatMap((layout) =>
    (row.sizes ?? sizes.filter((n) => n <= (row.max ?? Infinity))).map((size) => ({
      row: row.name,
      layout,
      size,
      data: row.data,
      py: row.py,
    })),
  );
