"""Reductions and running reductions over dtypes, axes, layouts and keywords."""
import numpy as np

from .common import ALL, COMPLEX, FLOATS, L, REAL

LAYS = ['F', 'P', 'rev', 'step2', 'bcast', 'off']
AXES3 = [None, 0, 1, -1, (0, 1), (0, 2), (0, 1, 2), ()]


def cases(g):
    for d in ALL:
        t, m, v = g.tame(d, (2, 3, 4)), g.tame(d, (3, 4)), g.tame(d, (17,))
        k = 4 if d in COMPLEX else 0
        for name in ['sum', 'prod', 'max', 'min', 'all', 'any', 'mean', 'argmax', 'argmin', 'count_nonzero', 'ptp', 'var', 'std']:
            if name in ('ptp', 'var', 'std') and d == 'bool' and name == 'ptp':
                g.add('np.ptp', v)
                continue
            f = 'np.' + name
            scale = (k or (4 if name in ('var', 'std') or (name, d) == ('prod', 'float16') else 0)) if name in ('prod', 'mean', 'var', 'std') else 0
            g.add(f, v, scale=scale)
            g.add(f, g.tame(d, (1,)), scale=scale)
            g.add(f, g.tame(d, ()), scale=scale)
            for axis in AXES3:
                if name in ('argmax', 'argmin') and isinstance(axis, tuple):
                    continue
                if axis == () and name in ('mean', 'var', 'std', 'ptp', 'count_nonzero'):
                    continue
                g.add(f, t, axis=axis, scale=scale)
            for i, lay in enumerate(LAYS):
                g.add(f, L(m, lay), scale=scale)
                g.add(f, L(m, lay), i % 2, scale=scale)
                g.add(f, L(t, lay), axis=(i % 3), keepdims=True, scale=scale)
                if name not in ('argmax', 'argmin'):
                    g.add(f, L(t, lay), axis=((0, 2), (1, 2), (0, 1))[i % 3], scale=scale)
        g.add('.sum', m, scale=k)
        g.add('.max', m, 1)
        g.add('.mean', L(m, 'F'), axis=0, scale=k)
        g.add('.argmax', m)
        g.add('.any', m, axis=0)
        for name in ['cumsum', 'cumprod']:
            f = 'np.' + name
            scale = k if name == 'cumprod' else 0
            g.add(f, v[:9], scale=scale)
            g.add(f, L(m, 'F'), scale=scale)
            for i, lay in enumerate(LAYS):
                g.add(f, L(t, lay), axis=i % 3, scale=scale)
            g.add(f, g.tame(d, (0,)))
        g.add('np.cumulative_sum', m, axis=1, include_initial=True)
        g.add('np.cumulative_prod', v[:5], include_initial=True, scale=k)
        for n in (100, 300):
            g.add('np.sum', g.tame(d, (n,)))
            g.add('np.max', g.tame(d, (n,)))
    # Sums of floats with rounding: NumPy's pairwise order, to the last bit where the memory is contiguous.
    for d in FLOATS + COMPLEX:
        for n in (7, 8, 9, 15, 16, 17, 31, 100, 127, 128, 129, 130, 200, 255, 256, 257, 300):
            x = g.uniform(d, n, -1, 1)
            g.add('np.sum', x)
            if n in (17, 129, 300):
                g.add('np.mean', x, tol=1 if d in COMPLEX else 0)
                g.add('np.var', x, scale=4)
                g.add('np.std', x, scale=4)
                g.add('np.cumsum', x)
                g.add('np.prod', x[:40], scale=32)
                g.add('np.sum', L(x, 'rev'), scale=4)
                g.add('np.sum', L(x, 'step2'), scale=4)
        m = g.uniform(d, (5, 17), -1, 1)
        for axis in (0, 1, None):
            g.add('np.sum', m, axis=axis)
            g.add('np.sum', L(m, 'F'), axis=axis, scale=4)
            g.add('np.mean', m, axis=axis, scale=2)
            g.add('np.var', m, axis=axis, scale=8)
            g.add('np.std', m, axis=axis, ddof=1, scale=8)
            g.add('np.var', L(m, 'rev'), axis=axis, keepdims=True, scale=8)
            g.add('np.cumsum', m, axis=axis)
    for d in ['float16', 'float32', 'float64', 'int32', 'uint8', 'bool', 'int64']:
        m, mask = g.tame(d, (3, 4)), g.tame('bool', (3, 4))
        for name in ['sum', 'prod', 'max', 'min']:
            f = 'np.' + name
            scale = 8 if (name, d) == ('prod', 'float16') else 0
            g.add(f, m, initial=2, scale=scale)
            g.add(f, m, axis=0, initial=3, where=mask, scale=scale)
            g.add(f, L(m, 'F'), axis=1, initial=1, where=L(mask, 'rev'), keepdims=True, scale=scale)
            g.add(f, m, where=np.array([True, False, True, True]), initial=0)
        for name in ['all', 'any']:
            g.add('np.' + name, m, where=mask)
            g.add('np.' + name, m, axis=1, where=mask, keepdims=True)
        g.add('np.sum', m, where=mask)
        g.add('np.mean', m, where=np.array([[True], [False], [True]]), scale=2)
        g.add('np.var', m, where=np.array([[True], [False], [True]]), scale=4)
        g.add('np.std', m, axis=0, where=np.array([[True], [False], [True]]), scale=4)
    m, i = g.uniform('float64', (3, 4)), g.tame('int32', (3, 4))
    for name in ['sum', 'mean', 'prod', 'cumsum', 'cumprod', 'var', 'std']:
        for d in ['float32', 'float64', 'complex128', 'float16']:
            g.add('np.' + name, m, dtype=d, scale=8)
            g.add('np.' + name, i, dtype=d, scale=8)
    for d in ['int8', 'int64', 'uint8', 'bool']:
        g.add('np.sum', i, dtype=d)
        g.add('np.sum', m, dtype=d)
        g.add('np.prod', i, 1, dtype=d)
    for name, out in [('sum', np.zeros(4)), ('mean', np.zeros(4)), ('max', np.zeros(4)), ('min', np.zeros(4, 'float32')), ('var', np.zeros(4)), ('prod', np.zeros(4)),
                      ('any', np.zeros(4, bool)), ('all', np.zeros(4)), ('argmax', np.zeros(4, 'int64'))]:
        g.add('np.' + name, m, 0, out=out, ret='out', scale=4)
    for ddof in (0, 1, 2, 0.5):
        g.add('np.var', m, ddof=ddof, scale=4)
        g.add('np.std', m, axis=1, ddof=ddof, scale=4)
    g.add('np.var', m, correction=1, scale=4)
    g.add('np.std', m, axis=0, correction=1, scale=4)
    g.add('np.var', m, axis=0, mean=np.mean(m, axis=0, keepdims=True), scale=4)
    g.add('np.var', np.zeros((1,)), ddof=1)
    # NaN wins in max, min, argmax and argmin; special values.
    for d in ['float32', 'float64', 'float16', 'complex128']:
        w = g.tame(d, (3, 5))
        w[1, 2], w[2, 4] = np.nan, np.nan
        for name in ['max', 'min', 'argmax', 'argmin', 'sum', 'mean', 'any', 'all', 'ptp', 'cumsum', 'nanmax', 'nanmin', 'nansum', 'nanprod', 'nanmean', 'nanargmax',
                     'nanargmin', 'nancumsum', 'nancumprod']:
            scale = 4 if name in ('nanmean', 'nanprod', 'nancumprod') else 0
            g.add('np.' + name, w, scale=scale)
            g.add('np.' + name, w, axis=0, scale=scale)
            g.add('np.' + name, L(w, 'F'), axis=1, scale=scale)
        for name in ['max', 'min', 'argmax', 'argmin', 'nanmax', 'nanargmin']:
            x = g.wild(d, 30)
            g.add('np.' + name, x)
            g.add('np.' + name, x[~np.isnan(x)])
            g.add('np.' + name, L(x.reshape(5, 6), 'rev'), axis=0)
    for d in ['int64', 'uint64', 'int8', 'uint32']:
        w = g.wild(d, 40)
        for name in ['max', 'min', 'argmax', 'argmin', 'sum', 'prod', 'mean', 'cumsum', 'ptp', 'any', 'count_nonzero']:
            g.add('np.' + name, w, tol=1 if name == 'mean' else 0)
            g.add('np.' + name, L(w.reshape(5, 8), 'F'), axis=1, tol=1 if name == 'mean' else 0)
    # Ties: the first wins.
    for d in ['int32', 'float64', 'bool', 'uint8', 'float32']:
        x = (g.rng.integers(0, 2, (4, 33))).astype(d)
        for name in ['argmax', 'argmin']:
            for lay in ['C', 'F', 'rev', 'step2']:
                g.add('np.' + name, L(x, lay))
                g.add('np.' + name, L(x, lay), axis=0)
                g.add('np.' + name, L(x, lay), axis=1, keepdims=True)
    # Empty.
    for d in ['float64', 'int32', 'bool']:
        for name in ['sum', 'prod', 'max', 'min', 'mean', 'all', 'any', 'argmax', 'var', 'count_nonzero', 'cumsum', 'ptp', 'median', 'nanmax', 'nansum']:
            g.add('np.' + name, np.zeros((0,), d))
            g.add('np.' + name, np.zeros((0, 3), d), axis=0)
            g.add('np.' + name, np.zeros((0, 3), d), axis=1)
    g.add('np.max', np.zeros((0,)), message=True)
    g.add('np.argmin', np.zeros((0,)), message=True)
    g.add('np.amax', m, 1)
    g.add('np.amin', m, 0)
    g.add('np.sum', m, 2, message=True)
    g.add('np.mean', m, axis=-3, message=True)
    g.add('np.sum', m, axis=(0, 0), message=True)
    # Differences.
    for d in ['float64', 'int32', 'uint8', 'bool', 'float32', 'int64']:
        v, t = g.tame(d, (9,)), g.tame(d, (3, 4))
        g.add('np.diff', v)
        g.add('np.diff', v, 2)
        g.add('np.diff', v, n=0)
        g.add('np.diff', L(t, 'F'), axis=0)
        g.add('np.diff', L(t, 'rev'), 1, -1)
        if d != 'bool':
            g.add('np.diff', v, prepend=1, append=2)
            g.add('np.diff', t, prepend=t[:, :1])
            g.add('np.ediff1d', v)
            g.add('np.ediff1d', v, to_end=np.array([3, 4], d), to_begin=np.array([1], d))
            g.add('np.trapezoid', v, scale=2)
            g.add('np.trapezoid', t, axis=0, scale=2)
            g.add('np.trapezoid', v, dx=0.5, scale=2)
            g.add('np.trapezoid', v, np.arange(9.0) ** 2, scale=2)
        if d not in ('bool', 'uint8'):
            g.add('np.gradient', v, scale=2)
            g.add('np.gradient', t, scale=2)
            g.add('np.gradient', t, 2, axis=0, scale=2)
            g.add('np.gradient', v, 0.5, edge_order=2, scale=4)
            g.add('np.gradient', v, np.arange(9.0) ** 2 / 4 + 1, scale=4)
            g.add('np.gradient', t, 1.5, 2.5, scale=2)
    g.add('np.diff', v, -1, message=True)
    g.add('np.cumsum', g.tame('float64', (2, 3)), axis=2, message=True)
