#!/usr/bin/env python3
"""Writes indexing.json: what NumPy answers to random index expressions, to assignments, and to calls of the functions around them.

An index is a list of entries in the library's own spelling: integers, text for slices and '...', null for a new axis, {"x": [..]} for a
nested list (of integers or booleans), {"x": [..], "t": dtype} for an array of that dtype. An array is [dtype, shape, values].
"""
import json
import pathlib
import warnings

import numpy as np

warnings.simplefilter('ignore')
rng = np.random.default_rng(20)

LAYOUTS = ['C', 'C', 'F', 'rev', 'step']
DTYPES = ['bool', 'int8', 'uint8', 'int16', 'uint32', 'int64', 'int64', 'uint64', 'float16', 'float32', 'float64', 'float64', 'complex64', 'complex128']


def base(shape, dtype, layout):
    """0, 1, 2, … in C order, in one of a few layouts; the test builds the same."""
    a = np.arange(int(np.prod(shape))).reshape(shape).astype(dtype)
    if a.ndim == 0:
        return a
    if layout == 'F':
        return np.array(a, order='F')
    if layout == 'rev':
        at = (slice(None, None, -1),) * a.ndim
        return np.ascontiguousarray(a[at])[at]
    if layout == 'step':
        big = np.zeros([2 * n for n in shape], dtype)
        at = (slice(None, None, 2),) * a.ndim
        big[at] = a
        return big[at]
    return a


def text(s):
    f = lambda x: '' if x is None else str(x)
    return f'{f(s.start)}:{f(s.stop)}' + ('' if s.step is None else f':{s.step}')


def some_slice(n):
    r = lambda: None if rng.random() < 0.35 else int(rng.integers(-n - 2, n + 3))
    step = None if rng.random() < 0.5 else int(rng.choice([-3, -2, -1, 1, 2, 3]))
    return slice(r(), r(), step)


def some_ints(n, wild):
    shape = [(2,), (3,), (1,), (2, 3), (1, 3), (2, 1), (0,), ()][int(rng.choice(8, p=[.3, .2, .12, .12, .08, .08, .05, .05]))]
    if n == 0:
        shape = (0,)
    lo, hi = (-n - 1, n + 1) if wild else (-n, n)
    return rng.integers(lo, max(hi, lo + 1), shape)


def encode(e):
    if isinstance(e, slice):
        return text(e)
    if e is Ellipsis:
        return '...'
    if isinstance(e, np.ndarray):
        return {'x': listing(e), 't': e.dtype.name, 's': list(e.shape)}
    if isinstance(e, list):
        return {'x': e}
    return e


def some_index(shape):
    """A random index; now and then it is out of bounds or too long."""
    wild = rng.random() < 0.12
    entries, axis = [], 0
    simple = rng.random() < 0.45
    dots = False
    while axis < len(shape) + (1 if wild and rng.random() < .3 else 0):
        n = shape[axis] if axis < len(shape) else 2
        u = rng.random()
        if u < .08 and len(entries) < 4:
            entries.append(None)
            continue
        if u < .16 and (not dots or (wild and rng.random() < .3)):
            dots = True
            entries.append(Ellipsis)
            axis += int(rng.integers(0, len(shape) - axis + 1)) if axis < len(shape) else 0
            continue
        if u < .2 and axis > 0:
            break
        if u < .42 or (simple and u < .55):
            entries.append(int(rng.integers(-n, n)) if n and not wild else int(rng.integers(-n - 1, n + 2)))
            axis += 1
        elif u < .62 or simple:
            entries.append(some_slice(n))
            axis += 1
        elif u < .86:
            a = some_ints(n, wild)
            k = rng.random()
            if k < .4 and a.ndim:
                entries.append(a.tolist())
            else:
                entries.append(a.astype(rng.choice(['int64', 'int32', 'int16', 'int64'])))
            axis += 1
        elif u < .97:
            nd = int(rng.integers(1, min(3, max(1, len(shape) - axis)) + 1))
            m = list(shape[axis:axis + nd]) or [2]
            if wild and rng.random() < .4:
                m[0] += 1
            mask = rng.random(m) < .5
            entries.append(mask.tolist() if rng.random() < .5 and mask.size else mask)
            axis += nd
        else:
            entries.append(bool(rng.random() < .7))
    return entries


SHAPES = [(5,), (4,), (2, 3), (3, 4), (2, 3, 4), (3, 2, 3), (2, 3, 2, 2), (), (0,), (3, 0), (2, 0, 3), (1,), (1, 3)]


def listing(a):
    a = np.asarray(a)
    if a.dtype.kind == 'c':
        return a.real.tolist()
    return a.tolist()


def failure(e):
    return {'e': type(e).__name__.lstrip('_'), 'm': str(e)}


def gets(n):
    out = []
    for _ in range(n):
        shape = SHAPES[int(rng.integers(0, len(SHAPES)))]
        dtype, layout = str(rng.choice(DTYPES)), str(rng.choice(LAYOUTS))
        index = some_index(shape)
        a = base(shape, dtype, layout)
        try:
            r = a[tuple(index)]
            res = {'s': list(np.shape(r)), 'v': listing(r), 'share': bool(isinstance(r, np.ndarray) and r.size and np.shares_memory(r, a))}
        except Exception as e:
            res = failure(e)
        out.append([list(shape), dtype, layout, [encode(e) for e in index], res])
    return out


def some_value(shape, dtype):
    """A value for assignment to a result of this shape: mostly it fits."""
    u = rng.random()
    if u < .3:
        return int(rng.integers(50, 100))
    if u < .36:
        return float(rng.integers(50, 100)) + .5
    if u < .4:
        return 300
    shape = list(shape)
    if u < .5:
        shape = shape[int(rng.integers(0, len(shape) + 1)):]
    elif u < .6:
        shape = [1 if rng.random() < .5 else n for n in shape]
    elif u < .68:
        shape = [int(rng.integers(1, 4)) for _ in range(max(1, len(shape)))]
    elif u < .72:
        shape = [1] + shape
    v = rng.integers(50, 100, shape)
    k = rng.random()
    if k < .4 and v.ndim:
        return v.tolist()
    return v.astype(rng.choice(['int64', 'float64', 'int32', 'float32', 'uint8', dtype]))


def sets(n):
    out = []
    while len(out) < n:
        shape = SHAPES[int(rng.integers(0, len(SHAPES)))]
        dtype, layout = str(rng.choice(DTYPES)), str(rng.choice(LAYOUTS))
        index = some_index(shape)
        a = base(shape, dtype, layout)
        try:
            want = np.shape(a[tuple(index)])
        except Exception:
            want = (2,)
        value = some_value(want, dtype)
        if isinstance(value, list) and 0 in np.shape(value):
            continue
        try:
            a[tuple(index)] = value
            res = {'s': list(a.shape), 'v': listing(a)}
        except Exception as e:
            res = failure(e)
        out.append([list(shape), dtype, layout, [encode(e) for e in index], encode(value), res])
    return out



def A(values, dtype='float64'):
    return np.array(values, dtype=dtype)


B = np.arange(6)
M = np.arange(24.).reshape(2, 3, 4)
Z = np.zeros((3, 0))
U = np.zeros((3, 3), 'u1')
W = np.array([[7, 0, 3], [0, 5, 9]], 'i4')

CALLS = [
    ('take', [M, [0, 5, 23]]), ('take', [M, [0, 2], 1]), ('take', [M, [[0, 1], [2, 0]], 2]), ('take', [M, -1, 0]), ('take', [M, 100]),
    ('take', [M, [10], 1]), ('take', [M, [10, -7], 1], {'mode': 'wrap'}), ('take', [M, [10, -7], 1], {'mode': 'clip'}), ('take', [Z, [0], 1]),
    ('take', [Z, [0], 1], {'mode': 'clip'}), ('take', [B, [1.5]]), ('take', [B, A([1.0])]), ('take', [B, [0], None], {'mode': 'x'}), ('take', [B, 0, 3]),
    ('take', [W, [5, 1, 1]]), ('take', [B, [True, False]]), ('take', [B, A([1], 'uint64')]), ('take', [A(5, 'int64'), [0]]),
    ('choose', [[2, 3, 1, 0], A([[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23], [30, 31, 32, 33]], 'int64')]), ('choose', [[2, 4, 1, 0], [1, 2, 3, 4], None], {'mode': 'clip'}),
    ('choose', [[2, 4, -1, 0], [1, 2, 3, 4]], {'mode': 'wrap'}), ('choose', [[2, 4], [1, 2, 3]]), ('choose', [[[0], [1]], [A([1, 2, 3], 'int64'), 4]]),
    ('choose', [[0, 1], [1, A(3, 'float32')]]), ('choose', [A([0, 1], 'int64'), A([[1, 2], [3, 4]], 'int64')]),
    ('compress', [[0, 1], M], {'axis': 1}), ('compress', [[0, 1, 1, 1, 1], M], {'axis': 1}), ('compress', [[0, 1, 1], M]), ('compress', [[[0, 1]], M]),
    ('extract', [[1, 0, 1], B]), ('extract', [[1, 0, 1, 1, 1, 1, 1], B]), ('extract', [np.equal(np.mod(B, 3), 0), B]), ('extract', [W > 2, W]),
    ('take_along_axis', [M, A([[[1]]], 'int64'), 1]), ('take_along_axis', [M, A([[1]], 'int64'), 1]), ('take_along_axis', [M, A([[[1.]]]), 1]),
    ('take_along_axis', [M, A([[[5]]], 'int64'), 1]), ('take_along_axis', [B, A([5, 1], 'int64'), None]), ('take_along_axis', [B, A([5, 1], 'int64')]),
    ('take_along_axis', [M, np.zeros((2, 2, 3), int), 1]), ('take_along_axis', [W, np.argsort(W, 1), 1]), ('take_along_axis', [W, np.argsort(W, 0), 0]),
    ('nonzero', [W]), ('nonzero', [M > 20]), ('nonzero', [A(3)]), ('nonzero', [A([0, 1j, 0, 2], 'complex128')]), ('nonzero', [W.T]), ('nonzero', [Z]),
    ('flatnonzero', [W]), ('flatnonzero', [A(3)]), ('argwhere', [W]), ('argwhere', [A(3)]), ('argwhere', [A(0)]), ('argwhere', [Z]), ('argwhere', [M > 20]),
    ('where', [W]), ('where', [B > 2, 1, 0]), ('where', [B > 2, 1.5, 0]), ('where', [B > 2, A(1, 'float32'), 0]), ('where', [B > 2, np.zeros(6, 'f4'), 2.5]),
    ('where', [B > 2, np.zeros(6, 'u1'), 300]), ('where', [B > 2, np.zeros(6, 'u1'), -1]), ('where', [B > 2, np.zeros(3), 1]), ('where', [B > 2, B]),
    ('where', [B > 2, True, False]), ('where', [B, B, -B]), ('where', [True, 1, 2]), ('where', [B > 2, B > 3, 2]), ('where', [W, W, M[:, :, :3]]), ('where', [W.T > 2, W.T, -1]),
    ('where', [W > 2, A([1, 2, 3], 'complex64'), W]), ('where', [A([True, False]), A([1], 'int8'), A([[1], [2]], 'uint16')]),
    ('select', [[B < 2, B > 3], [B, B * 10], -1]), ('select', [[B < 2, B > 3], [B, B * 10.5]]), ('select', [[B < 2], [B, B]]), ('select', [[], []]), ('select', [[B], [B]]),
    ('select', [[B < 2, B > 3], [1, 2.5], 7]), ('select', [[True, False], [1, 2], 7]), ('select', [[B < 2], [A(1, 'float32')], 0]), ('select', [[B[:, None] < 2, B > 3], [B, B[:, None]], 9]),
    ('ix_', [[0, 1], [2, 3]]), ('ix_', [[True, False, True], [2]]), ('ix_', [[[0]]]), ('ix_', []),
    ('unravel_index', [[5, 6], [2, 3, 4]]), ('unravel_index', [5, [2, 3, 4]]), ('unravel_index', [[24], [2, 3, 4]]), ('unravel_index', [[-1], [2, 3, 4]]),
    ('unravel_index', [[1.5], [2, 3, 4]]), ('unravel_index', [[5], [2, 3, 4], 'F']), ('unravel_index', [[5], [2, 3, 4], 'G']), ('unravel_index', [[], [2, 3, 4]]),
    ('unravel_index', [0, []]), ('unravel_index', [[0], []]), ('unravel_index', [5, 6]), ('unravel_index', [[[5, 1]], [2, 3, 4]]),
    ('ravel_multi_index', [[[1, 0], [2, 1]], [2, 3]]), ('ravel_multi_index', [[1, 2], [2, 3]]), ('ravel_multi_index', [[[1, 0], [2, 3]], [2, 3]]),
    ('ravel_multi_index', [[[1, 0], [2, 3]], [2, 3]], {'mode': 'wrap'}), ('ravel_multi_index', [[[1, -5], [2, 3]], [2, 3]], {'mode': 'clip'}),
    ('ravel_multi_index', [[[1, -5], [2, 3]], [2, 3]], {'mode': ['wrap', 'clip']}), ('ravel_multi_index', [[[1, 0], [2, 1]], [2, 3]], {'order': 'F'}),
    ('ravel_multi_index', [[[1, 0]], [2, 3]]), ('ravel_multi_index', [[[1.5, 0], [1, 1]], [2, 3]]), ('ravel_multi_index', [A([[1, 0], [1, 1]], 'int64'), [2, 3]]),
    ('indices', [[2, 3]]), ('indices', [[2, 3]], {'sparse': True}), ('indices', [[2], 'int32']), ('indices', [[]]), ('indices', [[2, 0]]),
    ('diag_indices', [3]), ('diag_indices', [2, 3]), ('diag_indices_from', [np.zeros((3, 3))]), ('diag_indices_from', [W]), ('diag_indices_from', [B]),
    ('tril_indices', [3]), ('tril_indices', [3, 1, 2]), ('tril_indices', [3, -1]), ('tril_indices', [3, -1, 5]), ('triu_indices', [3, -1]), ('triu_indices', [3, 1, 5]), ('triu_indices', [2, 9]),
    ('tril_indices_from', [W]), ('triu_indices_from', [B]), ('triu_indices_from', [W, 1]),
    ('insert', [B, 1, 9]), ('insert', [B, [1, 1, 3], [9, 8, 7]]), ('insert', [B, [1, 3], 9.5]), ('insert', [B, 10, 9]), ('insert', [B, [10, 1], 9]), ('insert', [B, -1, 9]),
    ('insert', [B, slice(0, 4, 2), 9]), ('insert', [M, 1, 9]), ('insert', [M, 1, [1, 2, 3], 1]), ('insert', [M, 1, [1, 2, 3, 4], 1]), ('insert', [M, [1], np.ones((2, 1, 4)), 1]),
    ('insert', [W, 1, [7, 8], 1]), ('insert', [W, [1], [[7], [8]], 1]), ('insert', [W, [0, 2], [[7], [8]], 1]), ('insert', [W, [0, 2], [7, 8], 1]), ('insert', [B, B > 3, -1]),
    ('insert', [B, [], -1]), ('insert', [A(5, 'int64'), 0, 9]), ('insert', [B, [[1]], 2]), ('insert', [B, 1, [7, 8, 9]]), ('insert', [B, 0, 9, 3]), ('insert', [W.T, 1, 9, 0]),
    ('delete', [B, 1]), ('delete', [B, -7]), ('delete', [B, 10]), ('delete', [B, [1, 1, 2]]), ('delete', [B, [10]]), ('delete', [B, [-1]]), ('delete', [B, slice(None, None, 2)]),
    ('delete', [B, slice(4, 1, -2)]), ('delete', [B, B > 2]), ('delete', [B, [True, False]]), ('delete', [B, []]), ('delete', [B, [1.5]]), ('delete', [M, 1, 0]), ('delete', [M, [0, 5]]),
    ('delete', [M, True, 0]), ('delete', [A(5, 'int64'), 0]), ('delete', [M, 0, 7]), ('delete', [W.T, 1, 0]),
    ('append', [B, [1.5]]), ('append', [M, M, 0]), ('append', [M, [1], 0]), ('append', [B, 3]), ('append', [W, [[1.5, 2.5, 3.5]], 0]), ('append', [A([1], 'float32'), 3.5]),
    ('trim_zeros', [A([0, 0, 1, 2, 0])]), ('trim_zeros', [A([0, 0, 1, 2, 0]), 'f']), ('trim_zeros', [A([0, 0, 1, 2, 0]), 'b']), ('trim_zeros', [A([0, 0]), 'b']), ('trim_zeros', [A([0, 0]), 'f']),
    ('trim_zeros', [A([[0, 0, 0], [0, 1, 2], [0, 0, 0]])]), ('trim_zeros', [A([[0, 0, 0], [0, 1, 2], [0, 0, 0]])], {'axis': 1}), ('trim_zeros', [A([1]), 'x']), ('trim_zeros', [A([0, 1]), 'FB']),
    ('trim_zeros', [A([[0, 0, 0], [0, 1, 2], [0, 0, 0]])], {'axis': 2}),
]

# Functions that write into their first argument: the result is what it then holds.
WRITES = [
    ('put', [B, [0, 1], [1, 2, 3]]), ('put', [B, [0, 1, 2], [7, 8]]), ('put', [B, [10], [7, 8]]), ('put', [B, [10, -8], [7, 8]], {'mode': 'wrap'}), ('put', [B, [10, -8], [7, 8], 'clip']),
    ('put', [B, [0], []]), ('put', [B, [0], [1.5]]), ('put', [U, [0], 300]), ('put', [W.T, [1, 2], [-1, -2]]), ('put', [B, [0, 0], [7, 8]]),
    ('place', [B, B > 2, [1, 2]]), ('place', [B, B > 2, []]), ('place', [B, B > 20, []]), ('place', [B, [1, 0], [7, 8]]), ('place', [B, B > 2, [1.7]]), ('place', [W.T, W.T > 2, [-1, -2, -3]]),
    ('putmask', [B, B > 2, [-1, -2]]), ('putmask', [B, [1, 0], [-1, -2]]), ('putmask', [B, B > 2, []]), ('putmask', [B, B > 2, [1.5]]), ('putmask', [B, B > 2, B * 10]), ('putmask', [W.T, W.T > 2, [-1, -2, -3]]),
    ('put_along_axis', [B, A([1, 2], 'int64'), [9, 8], 0]), ('put_along_axis', [B, A([1, 2], 'int64'), 9, None]), ('put_along_axis', [W, A([[0], [1]], 'int64'), 99, 1]), ('put_along_axis', [B, A([1, 20], 'int64'), [9, 8], 0]),
    ('fill_diagonal', [B, 5]), ('fill_diagonal', [np.zeros((3, 3)), 5]), ('fill_diagonal', [np.zeros((5, 2), int), 5]), ('fill_diagonal', [np.zeros((5, 2), int), [1, 2], True]),
    ('fill_diagonal', [np.zeros((2, 2, 3), int), 1]), ('fill_diagonal', [U, [1, 2, 3, 4]]), ('fill_diagonal', [U, [1, 2]]), ('fill_diagonal', [U, 300]), ('fill_diagonal', [np.zeros((2, 2, 2)), [1, 2]]),
    ('fill_diagonal', [W.T, 1]),
    ('copyto', [B, A([1.5])]), ('copyto', [B, 1.5]), ('copyto', [B, 1]), ('copyto', [U, 300]), ('copyto', [U, -1]), ('copyto', [U, A([300], 'int64')]), ('copyto', [B, A([1.5])], {'casting': 'unsafe'}),
    ('copyto', [B, [1, 2]]), ('copyto', [B, 9], {'where': B > 2}), ('copyto', [B, 9], {'where': [True, False]}), ('copyto', [B, 9], {'where': A([[True]], 'bool')}), ('copyto', [B, np.zeros(6, 'f4')]),
    ('copyto', [W, A([1, 2, 3], 'int8')]), ('copyto', [W.T, A([[1], [2], [3]], 'int16')], {'where': W.T > 2}), ('copyto', [W, [1, 2, 3]]),
    ('add.at', [B, [0, 0, 1], 1]), ('add.at', [B, [0, 0, 1], [1, 2, 3]]), ('add.at', [B, [0, 0, 1], [1, 2]]), ('add.at', [B, [0, 0, 10], 1]), ('add.at', [np.zeros((3, 4)), [0, 0, 2], A([1, 2, 3, 4])]),
    ('subtract.at', [np.zeros(3), [0, 0, 2], A([1.5, 2, 3])]), ('multiply.at', [B, [3, 3, 3, 4], 2]), ('maximum.at', [B, [0, 0, 1, 0], [5, 9, 0, 7]]), ('power.at', [np.arange(4.), [2, 2, 3], 2]),
    ('negative.at', [B, [1, 1, 2]]), ('logical_or.at', [A([True, False, False]), [1, 1], [False, True]]), ('divide.at', [np.full(3, 64.), [0] * 5 + [1], 2]), ('add.at', [np.zeros(3, 'f4'), [0, 1, 0], [.1, .2, .3]]),
    ('add.at', [np.zeros(3, 'u1'), [0, 1, 0], [200, 1, 100]]), ('bitwise_xor.at', [B, [0] * 100, list(range(100))]), ('add.at', [np.zeros(2, 'c16'), [0, 0, 1], [1, 2, 3]]),
    ('add.at', [np.zeros(2), slice(None), [1, 2]]), ('floor_divide.at', [B * 100, [5] * 40, 1]), ('hypot.at', [np.zeros(3), [0] * 50 + [1], 1]), ('add.at', [np.zeros(6)[::2], [0, 2, 2], 1]),
]


def enc(x):
    if isinstance(x, np.ndarray) or isinstance(x, np.generic):
        x = np.asarray(x)
        layout = 'F' if x.ndim > 1 and x.flags.f_contiguous and not x.flags.c_contiguous else 'C'
        v = np.ascontiguousarray(x).ravel()
        values = [[c.real, c.imag] for c in v.tolist()] if x.dtype.kind == 'c' else v.tolist()
        return {'a': [x.dtype.name, list(x.shape), values, layout]}
    if isinstance(x, slice):
        return {'sl': [x.start, x.stop, x.step]}
    if isinstance(x, (list, tuple)):
        return [enc(e) for e in x]
    return x


def copy(x):
    if isinstance(x, np.ndarray):
        return x.copy(order='K')
    if isinstance(x, list):
        return [copy(e) for e in x]
    return x


def run(cases, first):
    out = []
    for name, args, *kw in cases:
        kw = kw[0] if kw else {}
        live = [copy(a) for a in args]
        if name in ('ravel_multi_index', 'select', 'choose', 'unravel_index', 'indices'):
            live = [tuple(a) if isinstance(a, list) and name == 'ravel_multi_index' else a for a in live]
            kw = {k: tuple(v) if isinstance(v, list) else v for k, v in kw.items()}
        f = np
        for part in name.split('.'):
            f = getattr(f, part)
        try:
            r = f(*live, **kw)
            res = enc(live[0] if first else r)
        except Exception as e:
            res = failure(e)
        out.append([name, [enc(a) for a in args], {k: enc(v) for k, v in kw.items()}, res])
    return out


def main():
    data = {'numpy': np.__version__, 'get': gets(700), 'set': sets(600), 'call': run(CALLS, False), 'write': run(WRITES, True)}
    path = pathlib.Path(__file__).with_suffix('.json')
    body = ',\n'.join(f'"{k}":' + (json.dumps(v) if isinstance(v, str) else '[\n' + ',\n'.join(json.dumps(r, separators=(',', ':')) for r in v) + '\n]') for k, v in data.items())
    path.write_text('{' + body + '}\n')
    for k in ('get', 'set', 'call', 'write'):
        errors = sum(isinstance(r[-1], dict) and 'e' in r[-1] for r in data[k])
        print(k, len(data[k]), 'errors', errors)
    print(path.stat().st_size)


if __name__ == '__main__':
    main()
