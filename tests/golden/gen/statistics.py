"""Order statistics, averages, histograms, correlation, nan-functions, and the small functions on one axis."""
import numpy as np

from .common import FLOATS, INTS, L

METHODS = ['inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear', 'median_unbiased',
           'normal_unbiased', 'lower', 'higher', 'midpoint', 'nearest']
LAYS = ['C', 'F', 'P', 'rev', 'step2', 'bcast', 'off']


def cases(g):
    for d in FLOATS + ['int32', 'uint8', 'int64', 'bool']:
        v, m, t, e = g.tame(d, (7,)), g.tame(d, (4, 5)), g.tame(d, (2, 3, 4)), g.tame(d, (8,))
        if d != 'bool':
            for method in METHODS:
                for x in (v, e):
                    g.add('np.quantile', x, [0, 0.1, 0.25, 0.5, 0.7, 0.9, 1], method=method, scale=4)
                g.add('np.percentile', m, 30, axis=0, method=method, scale=4)
            for q in [0, 100, 50, 25, 33.3, [10, 50, 90], np.array([[5.0, 20], [80, 95]])]:
                g.add('np.percentile', v, q, scale=4)
                g.add('np.percentile', m, q, axis=1, scale=4)
                g.add('np.percentile', m, q, axis=(0, 1), keepdims=True, scale=4)
                g.add('np.nanpercentile', m, q, axis=0, scale=4)
            g.add('np.quantile', L(t, 'F'), 0.3, axis=(0, 2), scale=4)
            g.add('np.quantile', t, [0.2, 0.8], axis=-1, keepdims=True, scale=4)
        for i, lay in enumerate(LAYS):
            g.add('np.median', L(m, lay), scale=2)
            g.add('np.median', L(t, lay), axis=i % 3, scale=2)
            g.add('np.median', L(t, lay), axis=(0, 1), keepdims=True, scale=2)
            g.add('np.average', L(m, lay), scale=4)
            g.add('np.average', L(m, lay), 0, weights=np.array([1, 2, 3, 4.5]), scale=4)
        g.add('np.median', v)
        g.add('np.median', e)
        g.add('np.average', v, weights=np.arange(7.0), scale=4)
        g.add('np.average', m, 1, np.arange(5), True, scale=4)
        g.add('np.average', m, weights=np.abs(m) + 1, returned=True, scale=4)
        g.add('np.average', m, axis=0, keepdims=True, scale=4)
    for d in FLOATS + ['complex128', 'int32']:
        w = g.tame(d, (4, 5))
        if d != 'int32':
            w[0, 1], w[2, 2], w[3, 4] = np.nan, np.nan, np.nan
        for f in ['nansum', 'nanprod', 'nanmean', 'nanvar', 'nanstd', 'nanmax', 'nanmin', 'nanargmax', 'nanargmin', 'nancumsum', 'nancumprod', 'nanmedian']:
            if d == 'complex128' and f == 'nanmedian':
                continue
            for lay in ['C', 'F', 'rev', 'step2']:
                g.add('np.' + f, L(w, lay), scale=8)
                g.add('np.' + f, L(w, lay), axis=0, scale=8)
                g.add('np.' + f, L(w, lay), axis=1, scale=8, **({'keepdims': True} if not f.startswith('nancum') else {}))
        if d in FLOATS:
            for q in [0.25, [0.1, 0.5]]:
                g.add('np.nanquantile', w, q, scale=4)
                g.add('np.nanquantile', w, q, axis=1, scale=4)
            g.add('np.median', w)
            g.add('np.median', w, axis=0)
            g.add('np.percentile', w, 50, axis=1)
            g.add('np.nanvar', w, axis=0, ddof=1, scale=8)
            g.add('np.nan_to_num', g.wild(d, 30))
            g.add('np.nan_to_num', g.wild(d, 30), nan=1.5, posinf=99, neginf=-99)
    g.add('np.nanmax', np.full(3, np.nan))
    g.add('np.nanargmax', np.full(3, np.nan), message=True)
    g.add('np.nanmean', np.full(3, np.nan))
    g.add('np.nansum', np.full(3, np.nan))
    x, y = g.uniform('float64', (12,)), g.uniform('float64', (12,))
    m = g.uniform('float64', (3, 12))
    for a in (x, m, L(m, 'F'), g.tame('int32', (3, 6)), g.uniform('float32', (2, 9))):
        g.add('np.cov', a, scale=32)
        g.add('np.corrcoef', a, scale=32)
        g.add('np.cov', a, rowvar=False, scale=32)
        g.add('np.cov', a, bias=True, scale=32)
        g.add('np.cov', a, ddof=0, scale=32)
    g.add('np.cov', x, y, scale=32)
    g.add('np.corrcoef', x, y, scale=32)
    g.add('np.cov', m, fweights=np.arange(1, 13), scale=32)
    g.add('np.cov', m, aweights=np.arange(1, 13) / 4, scale=32)
    for bins in [10, 4, np.array([-3.0, -1, 0, 2.5]), np.array([0, 1, 1, 2])]:
        g.add('np.histogram', x, bins, scale=2)
        g.add('np.histogram', x, bins, density=True, scale=4)
        g.add('np.histogram', x, bins, weights=np.abs(y), scale=4)
    g.add('np.histogram', x, 5, (-1, 1.5), scale=2)
    g.add('np.histogram', g.tame('int32', (30,)), 4, scale=2)
    g.add('np.histogram', g.tame('bool', (9,)), 2, scale=2)
    for b in ['auto', 'fd', 'sturges', 'rice', 'scott', 'sqrt', 'doane']:
        g.add('np.histogram', x, b, scale=4)
        g.add('np.histogram_bin_edges', y, b, scale=4)
    g.add('np.histogram_bin_edges', x, 3, range=(0, 1), scale=2)
    g.add('np.histogram2d', x, y, 3, scale=4)
    g.add('np.histogram2d', x, y, [2, 4], range=[[-3, 3], [-2, 2]], density=True, scale=4)
    c = g.rng.integers(0, 6, 20)
    g.add('np.bincount', c)
    g.add('np.bincount', c, minlength=9)
    g.add('np.bincount', c, g.uniform('float64', 20), scale=4)
    g.add('np.bincount', c.astype('uint8'), weights=np.arange(20))
    g.add('np.bincount', np.array([], 'int64'))
    for xs in (np.array([-1, 0.5, 1, 2.25, 9]), np.array(1.75), g.uniform('float64', (2, 3))):
        g.add('np.interp', xs, np.array([0, 1, 2, 4]), np.array([1.5, -2, 3, 0.25]), scale=2)
        g.add('np.interp', xs, np.array([0, 1, 2, 4]), np.array([1.5, -2, 3, 0.25]), left=-9, right=9, scale=2)
        g.add('np.interp', xs, np.array([0, 1, 2, 4]), np.array([1.5, -2, 3, 0.25]), period=3, scale=4)
        g.add('np.interp', xs, np.array([0, 1, 2, 4]), np.array([1.5 + 1j, -2, 3, 0.25]), scale=4)
    for d in ['float64', 'float32', 'float16', 'complex128', 'int32']:
        v = (g.uniform(d, (9,), -50, 50) if d != 'int32' else g.rng.integers(-500, 500, 9).astype(d))
        for n in (0, 1, 2, -1, -2):
            g.add('np.round', v, n)
        g.add('np.around', v, 1)
        g.add('.round', v, 1)
        g.add('np.fix', v) if d != 'complex128' else None
        g.add('np.real', v)
        g.add('np.imag', v)
        g.add('np.angle', v, tol=2)
        g.add('np.angle', v, deg=True, tol=2)
        g.add('np.real_if_close', v)
        g.add('np.isreal', v)
        g.add('np.iscomplex', v)
        g.add('np.iscomplexobj', v)
        g.add('np.isrealobj', v)
        g.add('np.sinc', v / 8 if d != 'int32' else v, scale=4)
        g.add('np.i0', v / 10, scale=8) if d not in ('complex128', 'float16') else None
        g.add('np.unwrap', v, tol=2) if d != 'complex128' else None
        g.add('np.isposinf', v) if d != 'complex128' else None
        g.add('np.isneginf', g.wild(d, 20)) if d in FLOATS else None
    half = np.array([0.5, 1.5, 2.5, -0.5, -1.5, 0.125, 2.675, 1e300, -1e-300, 123456.789])
    for n in (0, 1, 2, 5, -1, -3):
        g.add('np.round', half, n)
    g.add('np.round', np.array([15, 25, 35, -15], 'int64'), -1)
    g.add('np.convolve', x, y, scale=8)
    g.add('np.correlate', x, y, 'full', scale=8)
    g.add('np.apply_along_axis', 0) if False else None
    g.add('np.packbits', g.tame('bool', (3, 11)), axis=1)
    g.add('np.packbits', g.tame('uint8', (19,)), bitorder='little')
    g.add('np.unpackbits', np.array([7, 200], 'uint8'))
    g.add('np.unpackbits', np.array([[7], [200]], 'uint8'), axis=1, count=5)
