"""Writes data/random.json: programs of draws, for tests/golden/random.test.ts. A program is a generator and calls of its methods, each with what NumPy gave,
and the state after all of them.

A value is [dtype, shape, base64 of its bytes] for arrays and NumPy's scalars, {"e": name, "m": text} for errors, {"b": hex} for bytes, {"i": digits} for integers,
{"n": text} for floats that JSON lacks, {"a": value} for an array as an argument ("o": "F" in Fortran order), {"r": [dtype, n]} for a range, {"t": text of a dtype}.

Run: python3 tests/golden/random.py
"""

import base64
import hashlib
import json
import os
import warnings

import numpy as np

warnings.simplefilter('ignore')
MODERN = ['PCG64', 'PCG64DXSM', 'MT19937', 'Philox', 'SFC64']


class L:
    """An argument that is an array."""

    def __init__(self, values, dtype=None, order='C'):
        self.array = np.array(values, dtype, order=order)


def encode(x, most=96):
    if isinstance(x, np.str_):
        return str(x)
    if x is None or isinstance(x, (bool, str)):
        return x
    if isinstance(x, bytes):
        return {'b': x.hex()}
    if isinstance(x, int):
        return x if abs(x) < 2**53 else {'i': str(x)}
    if isinstance(x, float):
        return x if np.isfinite(x) and not (x == 0 and np.signbit(x)) else {'n': repr(x)}
    if isinstance(x, L):
        a = x.array
        if a.ndim == 1 and a.size > 99:
            return {'r': [str(a.dtype), a.size]}
        order = {'o': 'F'} if a.ndim > 1 and a.flags.f_contiguous and not a.flags.c_contiguous else {}
        return {'a': encode(a, 10**9), **order}
    if isinstance(x, (np.ndarray, np.generic)):
        a = np.asarray(x)
        if a.dtype.kind in 'US':
            return [str(a.dtype), list(a.shape), a.tolist()]
        raw = np.ascontiguousarray(a).tobytes()
        # Long results are compared by a digest, and by their beginning.
        if len(raw) > most:
            return [str(a.dtype), list(a.shape), base64.b64encode(raw[:24]).decode(), hashlib.sha256(raw).hexdigest()[:16]]
        return [str(a.dtype), list(a.shape), base64.b64encode(raw).decode()]
    if isinstance(x, dict):
        return {'d': {k: encode(v) for k, v in x.items()}}
    if isinstance(x, (list, tuple)):
        return {'l': [encode(e) for e in x]}
    raise TypeError(type(x))


def arg(x):
    if isinstance(x, (list, tuple)):
        return [arg(e) for e in x]
    return encode(x)


def real(x):
    if isinstance(x, L):
        return x.array.copy(order='K')
    if isinstance(x, list):
        return [real(e) for e in x]
    if isinstance(x, tuple):
        return tuple(real(e) for e in x)
    return x


programs = []


def program(make, seed, calls, legacy=False):
    """calls: [name, args, kwargs]."""
    if legacy:
        g = np.random.RandomState(seed) if make == 'RandomState' else np.random.RandomState(getattr(np.random, make)(seed))
    else:
        g = np.random.Generator(getattr(np.random, make)(seed))
    out = []
    for name, args, kw in calls:
        try:
            a = [real(x) for x in args]
            k = {n: real(v) for n, v in kw.items()}
            r = getattr(g, name)(*a, **k)
            # What is changed in place is the result.
            r = encode(a[0] if name == 'shuffle' else k['out'] if k.get('out') is not None else r)
        except Exception as e:
            r = {'e': type(e).__name__, 'm': str(e)}
        out.append([name, [arg(x) for x in args], {n: arg(v) for n, v in kw.items()} or 0, r])
    state = g.get_state(legacy=False) if legacy else g.bit_generator.state
    programs.append([make, encode(seed) if not isinstance(seed, list) else arg(seed), legacy, out, encode(state)])


def C(name, *args, **kw):
    return [name, list(args), kw]


F = [1.5, 0.25, 3.0]
# Parameters of each distribution: lone values that take its branches, and broadcast arrays.
SETS = {
    'beta': [(0.5, 0.5), (2.0, 3.0), (1e-3, 1e-3), ([0.5, 2.0], 1.5), ([[1.0], [2.0]], [0.5, 2.0, 3.0])],
    'binomial': [(10, 0.5), (100, 0.3), (1000, 0.9), (10, 0.0), (0, 0.5), ([5, 100], 0.25), ([[5], [200]], [0.1, 0.9])],
    'chisquare': [(0.5,), (3.0,), ([1.0, 30.0],)],
    'exponential': [(2.0,), (0.0,), ([1.0, 2.5],)],
    'f': [(1.0, 2.0), (30.0, 5.0), ([1.0, 2.0], 3.0)],
    'gamma': [(0.5, 2.0), (1.0, 1.0), (5.0, 0.5), (0.0, 1.0), ([0.1, 3.0], [[1.0], [2.0]])],
    'geometric': [(0.1,), (0.5,), (1.0,), (0.001,), ([0.2, 0.7],)],
    'gumbel': [(0.0, 1.0), (-3.0, 0.5), ([0.0, 1.0], 2.0)],
    'hypergeometric': [(5, 6, 4), (100, 200, 150), (10, 0, 5), (1000, 2000, 30), ([5, 50], 60, 7)],
    'laplace': [(0.0, 1.0), ([0.0, 1.0], 2.0)],
    'logistic': [(0.0, 1.0), ([0.0, 1.0], 2.0)],
    'lognormal': [(0.0, 1.0), (2.0, 0.1), ([0.0, 1.0], 0.5)],
    'logseries': [(0.5,), (0.99,), (0.0,), ([0.2, 0.9],)],
    'negative_binomial': [(5, 0.5), (0.5, 0.1), ([1.0, 10.0], 0.3)],
    'noncentral_chisquare': [(3.0, 1.0), (0.5, 2.0), (4.0, 0.0), ([1.0, 3.0], 2.0)],
    'noncentral_f': [(3.0, 4.0, 1.0), ([2.0, 5.0], 6.0, 0.5)],
    'normal': [(0.0, 1.0), (-3.0, 0.5), ([0.0, 1.0], [[1.0], [2.0]])],
    'pareto': [(3.0,), ([0.5, 2.0],)],
    'poisson': [(0.0,), (0.5,), (9.0,), (20.0,), (1e6,), ([2.0, 50.0],)],
    'power': [(3.0,), ([0.5, 2.0],)],
    'rayleigh': [(2.0,), ([0.5, 2.0],)],
    'standard_cauchy': [()],
    'standard_exponential': [()],
    'standard_gamma': [(0.5,), (1.0,), (5.0,), ([0.1, 3.0],)],
    'standard_normal': [()],
    'standard_t': [(3.0,), ([1.0, 30.0],)],
    'triangular': [(-1.0, 0.0, 2.0), ([0.0, 1.0], 1.0, 3.0)],
    'uniform': [(0.0, 1.0), (-5.0, 5.0), ([0.0, 1.0], [[2.0], [3.0]])],
    'vonmises': [(0.0, 1.0), (1.0, 1e-9), (0.5, 1e7), (0.0, 0.0), ([0.0, 1.0], 4.0)],
    'wald': [(1.0, 2.0), ([0.5, 3.0], 1.0)],
    'weibull': [(2.0,), (0.0,), ([0.5, 3.0],)],
    'zipf': [(2.0,), (1.1,), ([1.5, 4.0],)],
}


def distribution_calls(name, sizes):
    for p in SETS[name]:
        shape = np.broadcast_shapes(*[np.shape(x) for x in p])
        for s in sizes:
            size = s if shape == () or s is None else (2, *shape)
            yield C(name, *p, **({} if size is None else {'size': size}))


seed = 100
for name in SETS:
    for make in ['PCG64'] if len(name) % 2 else ['PCG64', 'MT19937']:
        seed += 1
        program(make, seed, list(distribution_calls(name, [None, 5] if make == 'PCG64' else [3])) + [C('random'), C('integers', 0, 7, dtype='uint32')])
    program('RandomState', seed, list(distribution_calls(name, [None, 5])) + [C('rand'), C('randn')], legacy=True)
    program('PCG64', seed, list(distribution_calls(name, [4])), legacy=True)

# Long fills: their kernels' every branch, the state after them, and single draws between them.
for make in MODERN:
    n = 9001
    program(make, 5, [
        C('random', n), C('random', 333, dtype='float32'), C('integers', 0, 10, 5, dtype='uint32'), C('standard_normal', n), C('standard_normal', n, dtype='float32'),
        C('random'), C('random', dtype='float32'), C('standard_exponential', n), C('standard_exponential', n, dtype='float32'), C('standard_exponential', 700, method='inv'),
        C('standard_exponential', 700, dtype='float32', method='inv'), C('standard_gamma', 2.5, 700, dtype='float32'), C('standard_gamma', 0.5, 700, dtype='float32'), C('standard_gamma', [0.5, 1.0, 2.0], dtype='float32'),
        C('standard_normal'), C('standard_normal', dtype='float32'), C('standard_exponential'), C('normal', 3.0, 2.0, (90, 100)), C('exponential', 2.0, 999), C('uniform', -1.0, 1.0, n),
        C('bytes', 11), C('bytes', 0), C('bytes', -1), C('normal', size=()), C('random', (0, 3)), C('random', (2, 3)), C('random', out=L([0.0] * 4)), C('standard_normal', out=L([[0.0] * 2] * 3, 'f4')), C('standard_gamma', [1.0, 2.0], out=L([0.0, 0.0])),
    ])  # fmt: skip

# Integers of every dtype: lone and array bounds, the whole range, powers of two.
DT = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']


def integer_calls(name, d, **kw):
    info = (0, 1) if d == 'bool' else (int(np.iinfo(d).min), int(np.iinfo(d).max))
    lo, hi = info
    for a, b in [(0, 2), (lo, hi + 1), (lo, hi), (hi, hi + 1), (0, hi), (0, min(100, hi + 1)), (0, min(2**32, hi + 1)), (0, min(2**32 + 1, hi + 1)), (0, min(3 * 2**61, hi + 1))]:
        yield C(name, a, b, 7, dtype=d, **kw)
    if d != 'bool':
        yield C(name, 0, min(50, hi + 1), dtype=d, **kw)
        yield C(name, [0, 1, 5], 9, dtype=d, **kw)
        yield C(name, [[0], [3]], [9, 4, 100], dtype=d, **kw)
        yield C(name, L([lo, 0], d), L([hi, hi], d), (3, 2), dtype=d, **kw)
        yield C(name, L([0, 1]), L([1, 100]), (1,), dtype=d, **kw)
    yield C(name, 0, 2, 9000, dtype=d, **kw)
    yield C(name, [0], 2, 1500, dtype=d, **kw)


for make in MODERN:
    for d in DT if make == 'PCG64' else ['int8', 'uint32', 'int64']:
        program(make, 77, list(integer_calls('integers', d)) + [C('integers', 0, 1, 4, dtype=d, endpoint=True), C('integers', [0, 0], [0, 1], dtype=d, endpoint=True), C('random')])
for d in DT:
    program('RandomState', 78, list(integer_calls('randint', d)) + [C('rand')], legacy=True)
program('PCG64', 79, [
    C('integers', 10), C('integers', 0), C('integers', 5, 1), C('integers', -1, endpoint=True), C('integers', [5, 0]), C('integers', 1.5), C('integers', 300, dtype='uint8'), C('integers', 0, [300, 2], dtype='uint8'),
    C('integers', -1, 5, dtype='uint8'), C('integers', [-1], 5, dtype='uint8'), C('integers', 5, size=(0, 2)), C('integers', float('nan')), C('integers', float('inf')), C('integers', 3, dtype='float64'), C('integers', 3, dtype='>i4'),
    C('integers', 2**64, dtype='uint64'), C('integers', 2**64 + 1, dtype='uint64'), C('integers', 0, [1, 2], size=3), C('integers', [0, 0], [1, 2, 3]), C('integers', 3, size=-1), C('integers', 7, size=()),
    C('random', dtype='int32'), C('random', out=L([0.0], 'f4')), C('random', 2, out=L([0.0] * 3)), C('normal', [1.0, 2.0], size=3), C('normal', [1.0, 2.0], size=(1,)), C('normal', [1.0, 2.0], [1.0, 2.0, 3.0]), C('normal', 0.0, -1.0), C('normal', 0.0, [-1.0, 1.0]),
    C('normal', size=-1), C('normal', size=1.5), C('beta', 0.0, 1.0), C('beta', [0.0], 1.0), C('binomial', -1, 0.5), C('binomial', 5, 1.5), C('binomial', 5, [1.5]), C('binomial', 5, float('nan')), C('binomial', L([1.0, 2.0]), 0.5), C('poisson', -1.0), C('poisson', 1e30), C('poisson', [1e30]), C('poisson', float('nan')),
    C('geometric', 0.0), C('geometric', [0.0, 0.5]), C('zipf', 1.0), C('zipf', float('nan')), C('logseries', 1.0), C('hypergeometric', 5, 5, 20), C('hypergeometric', -1, 5, 2), C('hypergeometric', 2 * 10**9, 5, 2), C('triangular', 2.0, 1.0, 3.0), C('triangular', 0.0, 4.0, 3.0), C('triangular', 1.0, 1.0, 1.0),
    C('uniform', 0.0, float('inf')), C('uniform', [0.0], float('inf')), C('uniform', 1.0, 0.0), C('uniform', [1.0], 0.0), C('negative_binomial', 0, 0.5), C('negative_binomial', 1e300, 1e-10), C('vonmises', 0.0, -1.0), C('weibull', -1.0), C('wald', 0.0, 1.0), C('standard_gamma', -0.0), C('gamma', 1.0, -1.0), C('random'),
])  # fmt: skip

# Samples, shuffles.
P = [0.1, 0.0, 0.3, 0.6]
A = L(np.arange(24).reshape(2, 3, 4))
FA = L(np.arange(24).reshape(2, 3, 4), order='F')
for make in MODERN:
    program(make, 81, [
        C('choice', 5), C('choice', 5, 3), C('choice', 5, (2, 3)), C('choice', 5, ()), C('choice', 5, 3, False), C('choice', 5, 5, False), C('choice', 5, replace=False), C('choice', 100, 7, False, shuffle=False), C('choice', 20000, 5, False), C('choice', 20000, 5, False, shuffle=False),
        C('choice', 20000, 401, False), C('choice', 20000, 1001, False, shuffle=False), C('choice', 20000, 20000, False), C('choice', 4, p=P), C('choice', 4, 6, p=P), C('choice', 4, (3, 1), p=P), C('choice', 4, 3, False, P), C('choice', 4, 2, False, P), C('choice', 4, (), p=P),
        C('choice', ['a', 'bb', 'c'], 4), C('choice', ['a', 'bb', 'c']), C('choice', L([1.5, 2.5, 3.5]), 2, False), C('choice', A, 2), C('choice', A, (2, 2), axis=1), C('choice', A, 3, False, axis=2), C('choice', A, axis=-1), C('choice', L([7, 8]), ()), C('choice', 0, 0), C('choice', [], 0),
        C('permutation', 10), C('permutation', 0), C('permutation', L([1.0, 2.0, 3.0, 4.0])), C('permutation', A), C('permutation', A, 1), C('permutation', A, axis=-1), C('permutation', 5000),
        C('shuffle', L(np.arange(10))), C('shuffle', L(np.arange(10, dtype='u1'))), C('shuffle', A), C('shuffle', A, 2), C('shuffle', L([], 'f8')), C('shuffle', L(['x', 'y', 'zz'])), C('shuffle', L(np.arange(9000))), C('shuffle', L([[1 + 2j, 3], [4, 5], [6, 7]])),
        C('permuted', A), C('permuted', A, axis=0), C('permuted', A, axis=1), C('permuted', A, axis=-1), C('permuted', FA), C('permuted', FA, axis=1), C('permuted', L([1, 2, 3])), C('permuted', L([3, 2, 1]), out=L([0, 0, 0])), C('permuted', L([[1, 2], [3, 4]]), axis=1, out=L([[0.0, 0], [0, 0]])), C('permuted', L(np.zeros((0, 3)))), C('permuted', L(np.zeros((3, 0))), axis=0),
        C('random'),
    ])  # fmt: skip
program('PCG64', 82, [
    C('choice', 0), C('choice', []), C('choice', 3.5), C('choice', 'abc'), C('choice', 3, p=[0.5, 0.5]), C('choice', 2, p=[[0.5, 0.5]]), C('choice', 2, p=[0.5, 0.6]), C('choice', 2, p=[-0.5, 1.5]), C('choice', 2, p=[float('nan'), 1.0]), C('choice', 2, 5, False), C('choice', 3, 3, False, [0.5, 0.5, 0.0]), C('choice', 2, -1, False),
    C('choice', 2, -1), C('choice', A, axis=3), C('permutation', 3.5), C('permutation', 'abc'), C('shuffle', 5), C('shuffle', A, 3), C('permuted', 5), C('permuted', A, axis=5), C('permuted', L([1, 2]), out=L([0, 0, 0])), C('permuted', L([1.5, 2]), out=L([0, 0])), C('random'),
])  # fmt: skip
program('RandomState', 83, [
    C('choice', 5), C('choice', 5, 3), C('choice', 5, (2, 3)), C('choice', 5, 3, False), C('choice', 5, replace=False), C('choice', 4, p=P), C('choice', 4, 6, p=P), C('choice', 4, 3, False, P), C('choice', ['a', 'bb', 'c'], 4), C('choice', ['a', 'bb', 'c']), C('choice', L([1.5, 2.5]), 2, False), C('choice', L([7, 8]), ()),
    C('choice', 0), C('choice', []), C('choice', [[1, 2]]), C('choice', 3.5), C('choice', 3, p=[0.5, 0.5]), C('choice', 2, p=[[0.5, 0.5]]), C('choice', 2, p=[0.5, 0.6]), C('choice', 2, p=[-0.5, 1.5]), C('choice', 2, p=[float('nan'), 1.0]), C('choice', 2, 5, False), C('choice', 3, 3, False, [0.5, 0.5, 0.0]), C('choice', 2, -1),
    C('permutation', 10), C('permutation', L([1.0, 2.0, 3.0])), C('permutation', A), C('permutation', 3.5), C('shuffle', L(np.arange(10))), C('shuffle', A), C('bytes', 7), C('rand', 2, 3), C('randn', 3), C('rand', 1.5), C('random_sample', 4), C('random', (2, 2)), C('tomaxint', 3), C('tomaxint'), C('random_integers', 5, size=3), C('random_integers', 2, 9, 4),
    C('randint', 10), C('randint', 5, 1), C('randint', 0), C('standard_normal', 3), C('standard_normal'), C('randn'),
], legacy=True)  # fmt: skip

# Vectors.
for make in MODERN:
    program(make, 91, [
        C('multinomial', 20, [1 / 6] * 6), C('multinomial', 20, [1 / 6] * 6, 3), C('multinomial', 20, [0.2, 0.8], (2, 2)), C('multinomial', [10, 20], [0.3, 0.7]), C('multinomial', [[1], [200]], [[0.5, 0.5], [0.1, 0.9]]), C('multinomial', [1, 2], [0.5, 0.5], (3, 2)), C('multinomial', 0, [0.5, 0.5]), C('multinomial', 10, [1.0, 0.0]),
        C('multivariate_hypergeometric', [16, 8, 4], 6), C('multivariate_hypergeometric', [16, 8, 4], 20, 3), C('multivariate_hypergeometric', [16, 8, 4], 6, (2, 2), method='count'), C('multivariate_hypergeometric', [16, 8, 4], 20, 3, method='count'), C('multivariate_hypergeometric', [1000, 2000, 3000], 100, 3), C('multivariate_hypergeometric', [5, 0, 3], 0), C('multivariate_hypergeometric', [], 0),
        C('dirichlet', [1.0, 2.0, 3.0]), C('dirichlet', [1.0, 2.0, 3.0], 4), C('dirichlet', [0.01, 0.02], (2, 2)), C('dirichlet', [0.0, 0.0]), C('dirichlet', [0.0, 1.0], 2), C('dirichlet', []), C('random'),
    ])  # fmt: skip
program('PCG64', 92, [
    C('multinomial', 5, [0.5, 0.6, 0.1]), C('multinomial', 5, []), C('multinomial', 5, 0.5), C('multinomial', -1, [0.5, 0.5]), C('multinomial', [-1], [0.5, 0.5]), C('multinomial', [1, 2], [0.5, 0.5], (3,)), C('multinomial', 5, [-0.5, 0.5]), C('multivariate_hypergeometric', [5, 3], 9), C('multivariate_hypergeometric', [[5]], 2), C('multivariate_hypergeometric', [5, 3], 2.5), C('multivariate_hypergeometric', [5, 3], -2),
    C('multivariate_hypergeometric', [-5, 3], 1), C('multivariate_hypergeometric', [5, 3], 1, method='x'), C('multivariate_hypergeometric', [10**9, 1], 1), C('dirichlet', [-1.0, 2.0]), C('dirichlet', 5), C('random'),
])  # fmt: skip
program('RandomState', 93, [
    C('multinomial', 20, [1 / 6] * 6), C('multinomial', 20, [0.2, 0.8], 3), C('multinomial', 5, [0.5, 0.6, 0.1]), C('multinomial', -1, [0.5, 0.5]), C('dirichlet', [1.0, 2.0]), C('dirichlet', [0.01, 0.02], 2), C('dirichlet', [0.0, 1.0]), C('rand'),
], legacy=True)  # fmt: skip

# Seeds: what they make of a generator, and of sequences.
SEEDS = [0, 1, 2**31, 2**32, 2**64 + 3, 2**200 + 12345, [], [0], [1, 2, 3], [2**40, 5], list(range(12))]
seeds = []
for s in SEEDS:
    q = np.random.SeedSequence(s)
    seeds.append([arg(s), encode(q.pool), encode(q.generate_state(5)), encode(q.generate_state(5, 'u8')), [encode(c.generate_state(3)) for c in q.spawn(2)],
                  {m: encode(getattr(np.random, m)(s).random_raw(3)) for m in MODERN}])  # fmt: skip
options = [[3, {'spawn_key': [1, 2]}], [3, {'spawn_key': [2**40]}], [[1, 2], {'pool_size': 8}], [[1, 2, 3, 4, 5, 6], {'spawn_key': [7]}], [0, {'n_children_spawned': 3}]]
sequences = []
for e, kw in options:
    q = np.random.SeedSequence(e, **kw)
    sequences.append([e, kw if not kw.get('spawn_key') else {'spawn_key': [arg(k) for k in kw['spawn_key']]}, encode(q.pool), [repr(c) for c in q.spawn(2)], repr(q)])
legacy_seeds = [[arg(s), encode(np.random.RandomState(s).get_state(legacy=False))] for s in [0, 1, 2**32 - 1, [0], [1, 2, 3], list(range(700))]]
moved = {m: [[j, encode(getattr(np.random, m)(9).jumped(j).state)] for j in (1, 2)] for m in ['PCG64', 'PCG64DXSM', 'MT19937', 'Philox']}
advanced = {m: [[arg(d), encode(getattr(np.random, m)(9).advance(d).state)] for d in (0, 1, 10**6, 2**100 + 7, -1, -(2**70))] for m in ['PCG64', 'PCG64DXSM', 'Philox']}
philox = [[{k: arg(v) for k, v in kw.items()}, encode(np.random.Philox(**kw).state), encode(np.random.Philox(**kw).random_raw(6))] for kw in [{'key': 5}, {'key': 2**127 + 3, 'counter': 7}, {'key': [1, 2], 'counter': [3, 4, 5, 6]}, {'key': 1, 'counter': 2**192 - 1}, {'seed': 3, 'counter': 2**256 - 1}]]

path = os.path.join(os.path.dirname(__file__), 'data', 'random.json')
with open(path, 'w', encoding='utf-8') as f:
    f.write('{"numpy": "%s",\n"programs": [\n' % np.__version__)
    f.write(',\n'.join(json.dumps(p, separators=(',', ':')) for p in programs))
    f.write('\n],\n' + json.dumps({'seeds': seeds, 'sequences': sequences, 'legacy': legacy_seeds, 'jumped': moved, 'advanced': advanced, 'philox': philox}, separators=(',', ':'))[1:])
    f.write('\n')
print(os.path.getsize(path), 'bytes', len(programs), 'programs')
