"""Sorting, searching, sets."""
import numpy as np

from .common import ALL, L

LAYS = ['C', 'F', 'P', 'rev', 'step2', 'bcast', 'off']


def cases(g):
    for d in ALL:
        w = g.wild(d, 40)
        t, v = g.tame(d, (2, 3, 5)), g.tame(d, (24,))
        g.add('np.sort', w, zeros=True)
        g.add('np.sort', w, kind='stable')
        g.add('np.argsort', w, kind='stable')
        g.add('np.argsort', v, stable=True)
        g.add('.sort', L(v, 'rev'), ret=0)
        g.add('.sort', L(t, 'F'), axis=0, ret=0)
        g.add('.argsort', t, axis=1, kind='stable')
        for i, lay in enumerate(LAYS):
            g.add('np.sort', L(t, lay), i % 3)
            g.add('np.sort', L(t, lay), axis=None)
            g.add('np.argsort', L(t, lay), axis=i % 3, kind='stable')
            g.add('np.unique', L(t, lay))
        srt = np.sort(v)
        for side in ['left', 'right']:
            g.add('np.searchsorted', srt, v[:9], side)
            g.add('np.searchsorted', srt, L(t, 'rev'), side=side)
            g.add('np.searchsorted', np.sort(w), w, side=side)
        g.add('np.searchsorted', v, v[:5], sorter=np.argsort(v, kind='stable'))
        g.add('np.searchsorted', srt, srt[3])
        for kw in [{}, {'return_index': True}, {'return_inverse': True}, {'return_counts': True}, {'return_index': True, 'return_inverse': True, 'return_counts': True}]:
            g.add('np.unique', v, **kw)
            g.add('np.unique', t, **kw)
        if d not in ('float16',):
            g.add('np.unique', np.array([v[:3], v[3:6], v[:3]]), axis=0)
            g.add('np.unique', np.array([v[:3], v[3:6], v[:3]]), axis=1, return_inverse=True, return_counts=True)
        a, b = g.tame(d, (9,)), g.tame(d, (6,))
        for f in ['intersect1d', 'union1d', 'setdiff1d', 'setxor1d']:
            g.add('np.' + f, a, b)
        g.add('np.isin', a, b)
        g.add('np.isin', L(t, 'F'), b, invert=True)
        g.add('np.unique_counts', v)
        g.add('np.unique_inverse', t)
        g.add('np.unique_all', v)
        g.add('np.lexsort', (v[:12], v[12:]))
        g.add('np.sort_complex', v[:8])
        k = np.sort(v)[12]
        g.add('np.array_equal', v, v)
        g.add('np.array_equal', v, a)
        g.add('np.array_equiv', v[:1], np.broadcast_to(v[:1], (3, 1)).copy())
        # A full list of places sorts: the result is then determined.
        g.add('np.partition', w[:9], list(range(9)), zeros=True)
        g.add('np.partition', L(t, 'rev'), [0, 1, 2], axis=1)
    for n in (16, 17, 33, 100, 300):
        for d in ['float64', 'int32', 'int64', 'float32', 'uint8', 'int16', 'uint64']:
            x = g.wild(d, n)
            g.add('np.sort', x, zeros=True)
            g.add('np.argsort', x, kind='stable')
            if d in ('float64', 'float32'):
                u = g.uniform(d, n)
                g.add('np.argsort', u)
                g.add('np.sort', L(u, 'step2'))
    nan = np.array([np.nan, 1, np.nan, -np.inf, 0.0, -0.0, np.inf, 1])
    g.add('np.sort', nan, zeros=True)
    g.add('np.argsort', nan, kind='stable')
    g.add('np.unique', nan)
    g.add('np.unique', nan, equal_nan=False)
    g.add('np.unique', nan, return_counts=True, return_inverse=True)
    g.add('np.array_equal', nan, nan)
    g.add('np.array_equal', nan, nan, equal_nan=True)
    g.add('np.searchsorted', np.array([1.0, 2, 3, np.nan]), nan)
    g.add('np.searchsorted', np.array([1, 2, 3]), 2.5)
    g.add('np.searchsorted', np.array([1, 2, 3]), 2, 'right')
    g.add('np.intersect1d', np.array([1, 3, 4, 3]), np.array([3, 1, 2, 1]), return_indices=True)
    g.add('np.isin', np.array([1, 2, 3]), np.array([2, 9]), assume_unique=True)
    for d in ['int64', 'float64', 'float32']:
        x, bins = g.tame(d, (12,)), np.array([-2, 0, 1, 3]).astype(d)
        g.add('np.digitize', x, bins)
        g.add('np.digitize', x, bins, right=True)
        g.add('np.digitize', x, bins[::-1].copy())
        g.add('np.digitize', x.reshape(3, 4), bins)
    g.add('np.sort', np.zeros((0,)))
    g.add('np.sort', np.zeros((3, 0)), axis=0)
    g.add('np.argsort', np.zeros((0, 2)), axis=0)
    g.add('np.unique', np.zeros((0,)), return_inverse=True)
    keys = (g.rng.integers(0, 3, 20), g.rng.integers(0, 3, 20), g.tame('float64', (20,)))
    g.add('np.lexsort', keys)
    g.add('np.lexsort', keys[:1])
    g.add('np.lexsort', g.rng.integers(0, 3, (3, 5)))
    g.add('np.lexsort', g.rng.integers(0, 3, (2, 3, 5)), axis=0)
    g.add('np.allclose', nan, nan)
    g.add('np.allclose', nan, nan, equal_nan=True)
    g.add('np.isclose', np.array([1, 1e10, 1e-9]), np.array([1 + 1e-9, 1.00001e10, 0]))
    g.add('np.isclose', nan, nan, equal_nan=True)
    g.add('np.isclose', np.array([1.0, 2]), np.array([1.1, 2.5]), rtol=0.1, atol=0)
    g.add('np.allclose', np.array([1, 2], 'int8'), np.array([1, 2.00001]))
