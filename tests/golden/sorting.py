#!/usr/bin/env python3
"""Writes sorting.json: sorting, searching and sets, beyond what data/ordering.json holds."""
import pathlib

import numpy as np

from pairs import write

ALL = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'complex64', 'complex128']
nan = np.nan


def mix(d, *shape):
    """Values in no order, many of them several times."""
    n = int(np.prod(shape))
    x = (np.arange(n) * 7919 + 13) % 101 % 23 - (0 if np.dtype(d).kind in 'bu' else 11)
    a = x.astype(d)
    if a.dtype.kind == 'c':
        a = (a + 1j * ((np.arange(n) * 31) % 5).astype(d)).astype(d)
    return a.reshape(shape)


names = {'A': mix, 'a': lambda x, d=None: np.array(x, d), 'NaN': nan, 'cnan': np.array([complex(1, nan), complex(nan, 1), complex(nan, 0), complex(2, 0), complex(1, 5), complex(nan, nan), complex(0, nan)])}
P = []


def both(text):
    """An expression that reads the same in both languages."""
    P.append((text, text))


def pair(js, py):
    P.append((js, py))


for d in ALL:
    for n in (1, 2, 37, 200, 1500) if d in ('int32', 'int64', 'float64') else (2, 37, 100):
        both(f"np.sort(A('{d}', {n}))")
        pair(f"np.argsort(A('{d}', {n}))", f"np.argsort(A('{d}', {n}), kind='stable')")
    both(f"np.sort(A('{d}', 3, 4, 5), 1)")
    both(f"np.sort(A('{d}', 3, 4, 5).T, 0)")
    pair(f"np.sort(A('{d}', 3, 4), null)", f"np.sort(A('{d}', 3, 4), None)")
    pair(f"np.argsort(A('{d}', 4, 50).T, 0)", f"np.argsort(A('{d}', 4, 50).T, 0, kind='stable')")
    both(f"np.searchsorted(np.sort(A('{d}', 40)), A('{d}', 3, 4))")
    both(f"np.searchsorted(np.sort(A('{d}', 40)), A('{d}', 3, 4), 'right')")
    pair(f"np.searchsorted(A('{d}', 40), A('{d}', 3, 4), {{sorter: np.argsort(A('{d}', 40))}})", f"np.searchsorted(A('{d}', 40), A('{d}', 3, 4), sorter=np.argsort(A('{d}', 40), kind='stable'))")
    pair(f"np.unique(A('{d}', 6, 7), true, true, true)", f"np.unique(A('{d}', 6, 7), True, True, True)")
    both(f"np.intersect1d(A('{d}', 20), A('{d}', 5))")
    pair(f"np.intersect1d(A('{d}', 20), A('{d}', 5), {{return_indices: true}})", f"np.intersect1d(A('{d}', 20), A('{d}', 5), return_indices=True)")
    both(f"np.union1d(A('{d}', 20), A('{d}', 2, 3))")
    both(f"np.setdiff1d(A('{d}', 20), A('{d}', 5))")
    both(f"np.setxor1d(A('{d}', 20), A('{d}', 5))")
    both(f"np.isin(A('{d}', 4, 5).T, A('{d}', 3))")
    both(f"np.lexsort([A('{d}', 30), A('float32', 30)])")
    both(f"np.lexsort([A('{d}', 3, 9), A('int8', 3, 9)], 0)")
    if d != 'float16':
        pair(f"np.unique(np.tile(A('{d}', 2, 3), [3, 1]), {{axis: 0, return_index: true, return_inverse: true, return_counts: true}})", f"np.unique(np.tile(A('{d}', 2, 3), [3, 1]), axis=0, return_index=True, return_inverse=True, return_counts=True)")
        pair(f"np.unique(np.tile(A('{d}', 2, 3), [1, 2]), {{axis: 1, return_inverse: true}})", f"np.unique(np.tile(A('{d}', 2, 3), [1, 2]), axis=1, return_inverse=True)")
        pair(f"np.unique(np.tile(A('{d}', 2, 2, 3), [1, 2, 1]), {{axis: 1}})", f"np.unique(np.tile(A('{d}', 2, 2, 3), [1, 2, 1]), axis=1)")

big = [2**62 + 1, 2**62, -(2**62) - 1, -(2**62), 2**53 + 1, 2**53, -1, 0]
pair(f"np.sort(a([{', '.join(f'{b}n' for b in big)}]))", f'np.sort(a({big}))')
pair(f"np.searchsorted(a([{2**53}n, {2**53 + 1}n, {2**53 + 2}n]), a([{2**53 + 1}n]))", f'np.searchsorted(a([{2**53}, {2**53 + 1}, {2**53 + 2}]), a([{2**53 + 1}]))')
pair(f"np.unique(a([{2**63 + 1}n, {2**63}n, {2**63 + 1}n, 0n], 'uint64'))", f"np.unique(a([{2**63 + 1}, {2**63}, {2**63 + 1}, 0], 'uint64'))")
pair(f"np.isin(a([{2**53}n, {2**53 + 1}n]), a([{2**53 + 1}n]))", f'np.isin(a([{2**53}, {2**53 + 1}]), a([{2**53 + 1}]))')
both('np.sort(cnan)')
pair('np.argsort(cnan)', "np.argsort(cnan, kind='stable')")
both("np.searchsorted(np.sort(cnan), cnan)")
pair('np.sort(a([NaN, 1.0, -0.0, 0.0, NaN, -1.0, 0.0, -0.0]), {kind: "stable"})', "np.sort(a([NaN, 1.0, -0.0, 0.0, NaN, -1.0, 0.0, -0.0]), kind='stable')")
pair('np.argsort(a([NaN, 1.0, -0.0, 0.0, NaN, -1.0, 0.0, -0.0]))', "np.argsort(a([NaN, 1.0, -0.0, 0.0, NaN, -1.0, 0.0, -0.0]), kind='stable')")
pair("np.sort(a([NaN, 1.0, -0.0, 0.0, NaN, -1.0], 'float16'), {kind: 'stable'})", "np.sort(a([NaN, 1.0, -0.0, 0.0, NaN, -1.0], 'float16'), kind='stable')")
pair('np.unique(a([NaN, 1.0, NaN]), {equal_nan: false})', 'np.unique(a([NaN, 1.0, NaN]), equal_nan=False)')
pair('np.unique(a([NaN, 1.0, NaN]), {return_counts: true})', 'np.unique(a([NaN, 1.0, NaN]), return_counts=True)')
pair('np.unique_all(a([1.0, NaN, NaN]))', 'tuple(np.unique_all(a([1.0, NaN, NaN])))')
pair('np.unique_all(a([1.0, NaN, NaN])).counts', 'np.unique_all(a([1.0, NaN, NaN])).counts')
pair("np.unique_inverse(A('int32', 3, 4)).inverse_indices", "np.unique_inverse(A('int32', 3, 4)).inverse_indices")
pair('np.unique(np.zeros([0, 3]), {axis: 0})', 'np.unique(np.zeros((0, 3)), axis=0)')
pair('np.unique(np.zeros([3, 0]), {axis: 0, return_counts: true})', 'np.unique(np.zeros((3, 0)), axis=0, return_counts=True)')
pair('np.unique(np.zeros(0), {return_index: true, return_inverse: true, return_counts: true})', 'np.unique(np.zeros(0), return_index=True, return_inverse=True, return_counts=True)')
pair('np.unique(a([[1.0, NaN], [1.0, NaN]]), {axis: 0})', 'np.unique(a([[1.0, NaN], [1.0, NaN]]), axis=0)')
both("np.unique(A('int32'))")
for text in [
    "np.sort(A('int32', 2, 3), 2)", "np.sort(A('int32'))", "np.argsort(A('int32'))", "np.unique(A('int32', 2, 3), axis=2)", "np.searchsorted(A('int32', 2, 3), 1)", "np.searchsorted(A('int32'), 1)",
    "np.searchsorted(A('int32', 3), 1, 'foo')", "np.lexsort([])", "np.lexsort([A('int32', 2), A('int32', 3)])", "np.lexsort([A('int32', 2)], 3)", "np.lexsort([A('int32'), A('int32')])",
    "np.partition(A('int32', 2, 3), 5)", "np.partition(A('int32', 2, 3), -4)", "np.partition(A('int32', 2, 3), 1.5)", "np.partition(A('int32', 9), [0, 1, 2, 3, 4, 5, 6, 7, 8])", "np.partition(A('int32'), 0)",
    "np.sort(A('int32', 3), -1, 'foo')", "np.lexsort(A('int32', 3, 4))", "np.sort_complex(A('int16', 4))", "np.sort_complex(A('int32', 2, 4))", "np.sort_complex(A('float32', 4))",
    "np.sort(np.zeros(0))", "np.intersect1d(np.zeros(0), A('int32', 3))", "np.isin(A('int32', 3), np.zeros(0))", "np.isin(A('int32'), A('int32', 3))", "np.setxor1d(np.zeros(0), np.zeros(0))",
]:  # fmt: skip
    js = text.replace('axis=2', '{axis: 2}')
    pair(js, text)
for js, py in [
    ("np.sort(A('int32', 3), {kind: 'stable', stable: true})", "np.sort(A('int32', 3), kind='stable', stable=True)"),
    ("np.sort(A('int32', 3), {order: 'x'})", "np.sort(A('int32', 3), order='x')"),
    ("np.partition(A('int32', 3), 0, {kind: 'foo'})", "np.partition(A('int32', 3), 0, kind='foo')"),
    ("np.searchsorted(A('int32', 3), A('int32', 2), {sorter: a([0, 1], 'int64')})", "np.searchsorted(A('int32', 3), A('int32', 2), sorter=a([0, 1]))"),
    ("np.searchsorted(A('int32', 3), A('int32', 2), {sorter: a([3, 3, 3], 'int64')})", "np.searchsorted(A('int32', 3), A('int32', 2), sorter=a([3, 3, 3]))"),
    ("np.searchsorted(A('int32', 3), A('int32', 2), {sorter: a([0.5, 1.0, 2.0])})", "np.searchsorted(A('int32', 3), A('int32', 2), sorter=a([0.5, 1.0, 2.0]))"),
    ("np.isin(A('float32', 3), A('float32', 2), {kind: 'table'})", "np.isin(A('float32', 3), A('float32', 2), kind='table')"),
    ("np.isin(A('float32', 3), A('float32', 2), {kind: 'foo'})", "np.isin(A('float32', 3), A('float32', 2), kind='foo')"),
    ("np.isin(A('int32', 5), A('int32', 2), {invert: true, kind: 'table'})", "np.isin(A('int32', 5), A('int32', 2), invert=True, kind='table')"),
    ("np.setdiff1d(a([3, 1, 1]), a([2]), {assume_unique: true})", 'np.setdiff1d(a([3.0, 1, 1]), a([2.0]), assume_unique=True)'),
    ("np.setxor1d(a([[1, 2]]), a([2]), true)", 'np.setxor1d(a([[1.0, 2]]), a([2.0]), True)'),
    ("np.intersect1d(a([1, 1]), a([1]), {assume_unique: true})", 'np.intersect1d(a([1.0, 1]), a([1.0]), assume_unique=True)'),
    ("np.sort(A('float64', 3, 4).T).strides", "list(np.sort(A('float64', 3, 4).T).strides)"),
    ("np.argsort(A('float64', 3, 4).T).strides", "list(np.argsort(A('float64', 3, 4).T).strides)"),
]:  # fmt: skip
    pair(js, py)

write(pathlib.Path(__file__).with_suffix('.json'), P, names)
