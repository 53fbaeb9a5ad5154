#!/usr/bin/env python3
"""Writes statistics.json: reductions over dtypes, shapes, layouts and axes, to the last bit.

Inputs are made by a formula, here and in the test, so that the file holds results only. A case is
[function, dtype, shape, layout, keywords, result dtype, result shape, result bytes in base64], or for several results [.., 'tuple', [results], ''],
or [.., 'error', name, message].
"""
import base64
import json
import pathlib
import warnings

import numpy as np

warnings.simplefilter('ignore')
np.seterr(all='ignore')

FLOATS = ['float16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']
INTS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']


def values(dtype, n, holes):
    """The formula: thousandths between -5 and 5 for floats, integers for integers; with holes every 11th is NaN."""
    d = np.dtype(dtype)
    k = (np.arange(n) * 7919 + 13) % 10007
    if d.kind == 'b':
        return k % 3 == 0
    if d.kind in 'iu':
        return (k % 200).astype('int64').astype(d) if d.kind == 'u' else (k % 200 - 100).astype(d)
    x = (k - 5000) / 1000
    if holes:
        x[::11] = np.nan
    if d.kind == 'c':
        z = np.empty(n, 'complex128')
        z.real, z.imag = x, ((k * 31) % 10007 - 5000) / 1000
        return z.astype(d)
    return x.astype(d)


def laid(dtype, shape, layout, holes):
    n = int(np.prod(shape))
    if layout == 'C':
        return values(dtype, n, holes).reshape(shape)
    if layout == 'F':
        return values(dtype, n, holes).reshape(shape[::-1]).T
    if layout == 'reversed':
        return values(dtype, n, holes).reshape(shape)[(slice(None, None, -1),) * len(shape)]
    if layout == 'strided':
        wide = (*shape[:-1], 2 * shape[-1])
        return values(dtype, 2 * n, holes).reshape(wide)[..., ::2]
    if layout == 'part':
        wide = (*shape[:-1], shape[-1] + 3)
        return values(dtype, int(np.prod(wide)), holes).reshape(wide)[..., 1:-2]
    raise ValueError(layout)


cases = []


def encoded(r):
    r = np.asarray(r)
    return [r.dtype.name, list(r.shape), base64.b64encode(np.ascontiguousarray(r).tobytes()).decode()]


def case(f, dtype, shape, layout='C', holes=False, **kw):
    a = laid(dtype, shape, layout, holes)
    head = [f, dtype, list(shape), layout + ('+nan' if holes else ''), kw]
    try:
        r = getattr(np, f)(a, **{k: tuple(v) if k == 'axis' and isinstance(v, list) else v for k, v in kw.items()})
        if isinstance(r, (tuple, list)):
            flat = [x for e in r for x in (e if isinstance(e, list) else [e])]
            cases.append([*head, 'tuple', [encoded(e) for e in flat], ''])
        else:
            cases.append([*head, *encoded(r)])
    except Exception as e:
        cases.append([*head, 'error', type(e).__name__.lstrip('_'), str(e)])


ALL = ['bool', *INTS, *FLOATS, *COMPLEX]
LAYOUTS = ['C', 'F', 'reversed', 'strided', 'part']

for d in FLOATS + COMPLEX + ['int16', 'bool']:
    for f in ['sum', 'mean', 'var', 'std']:
        for shape, axes in [((7,), [None]), ((129,), [0]), ((1000,), [None]), ((20000,), [None]), ((9, 33), [None, 0, 1]), ((4, 3, 30), [None, 1, [0, 2], [1, 2]])]:
            for layout in LAYOUTS:
                for axis in axes:
                    # Over several axes of a part of an array NumPy sums the pieces that its iterator buffers.
                    if layout == 'part' and len(shape) > 1 and (axis is None or axis == [1, 2]):
                        continue
                    if shape == (20000,) and layout not in ('C', 'reversed'):
                        continue
                    case(f, d, shape, layout, axis=axis)
for d in ALL:
    for f in ['max', 'min', 'argmax', 'argmin', 'prod', 'all', 'any', 'count_nonzero', 'median', 'cumsum', 'cumprod', 'ptp']:
        if f in ('prod', 'cumprod') and d in ('float16', *COMPLEX):
            continue
        for layout in LAYOUTS:
            if f.startswith('cum'):
                case(f, d, (3, 4), layout, axis=0)
            else:
                case(f, d, (4, 33), layout, axis=1)
                case(f, d, (9, 12), layout, axis=0, keepdims=True)
            case(f, d, (3, 5), layout)
for d in ['float16', 'float32', 'float64', 'complex64']:
    for f in ['nansum', 'nanmean', 'nanvar', 'nanstd', 'nanmax', 'nanmin', 'nanargmax', 'nanargmin', 'nancumsum', 'nanmedian', 'max', 'argmin', 'median', 'mean']:
        for layout in LAYOUTS:
            # Complex products: NumPy's SIMD loops fuse multiplication and addition.
            if f in ('nanmedian', 'nanvar', 'nanstd') and d == 'complex64':
                continue
            case(f, d, (4, 33), layout, True, axis=1)
            case(f, d, (40 if f == 'nancumsum' else 200,), layout, True)
METHODS = ['inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear', 'median_unbiased', 'normal_unbiased',
           'lower', 'higher', 'midpoint', 'nearest']
for m in METHODS:
    for d in ['float64', 'float32', 'float16', 'int8', 'int64', 'uint8']:
        case('quantile', d, (41,), q=[0.0, 0.1, 0.25, 0.37, 0.5, 0.9, 1.0], method=m)
        case('quantile', d, (6, 10), 'F', q=0.3, axis=0, method=m)
        case('percentile', d, (6, 10), 'reversed', q=[12.5, 90.0], axis=1, method=m, keepdims=True)
    case('nanquantile', 'float32', (6, 33), 'strided', True, q=[0.2, 0.75], axis=1, method=m)
    case('nanpercentile', 'float64', (6, 33), 'C', True, q=[20.5], method=m)
for d in ['float64', 'float32', 'float16', 'complex64', 'int16', 'uint8', 'int64']:
    for decimals in (0, 1, 2, 5, -1, -2):
        case('round', d, (60,), decimals=decimals)
    case('nan_to_num', d, (40,), holes=d[0] in 'fc')
    case('clip', d, (40,), a_min=1, a_max=3)
    case('average', d, (5, 6), axis=0)
    case('average', d, (5, 6), axis=1, weights=[1.5, 2.5, 3.5, 4.5, 5.5, 7.5])
for d in ['float64', 'float32', 'int32', 'bool']:
    for f in ['max', 'argmax', 'mean', 'median', 'sum', 'nanmax', 'ptp', 'quantile']:
        kw = {'q': 0.5} if f == 'quantile' else {}
        case(f, d, (0,), **kw)
        case(f, d, (0, 3), axis=0, **kw)
        case(f, d, (3, 0), axis=0, **kw)
for f, kw in [('sum', {'axis': 2}), ('mean', {'axis': -3}), ('max', {'axis': [0, 0]}), ('median', {'axis': [1, 1]}), ('median', {'axis': 5}), ('argmax', {'axis': 7}), ('quantile', {'q': 1.5}),
              ('percentile', {'q': -1.0}), ('quantile', {'q': 0.5, 'method': 'best'}), ('quantile', {'q': 0.5, 'method': 'linear', 'weights': [1.0, 2.0]}), ('var', {'ddof': 1, 'correction': 2}),
              ('average', {'weights': [1.5, 2.5]}), ('average', {'axis': 0, 'weights': [0.0, 0.0]}), ('average', {'axis': 1, 'weights': [1.5, 2.5]}), ('clip', {'a_min': 1}),
              ('clip', {'a_min': 1, 'a_max': 2, 'max': 3}), ('cumulative_sum', {}), ('cumsum', {'axis': 2}), ('max', {'where': False})]:
    case(f, 'float64', (2, 3), **kw)

EDGES = [-4.5, -1.25, 0.0, 0.5, 3.75]
for d in ['float64', 'float32', 'float16', 'int16', 'uint8', 'int64']:
    for bins in (1, 7, 10, 33):
        case('histogram', d, (500,), bins=bins)
        case('histogram', d, (20, 30), 'F', bins=bins, range=[-3.0, 4.5], density=True)
    case('histogram', d, (500,), bins=EDGES)
    case('histogram', d, (500,), bins=EDGES, density=True)
    case('histogram', d, (500,), bins=5, weights=[0.5 + i % 7 for i in range(500)])
    case('histogram', d, (500,), bins=EDGES, weights=[0.25 + i % 5 for i in range(500)])
    case('histogram_bin_edges', d, (60,), bins=6)
    case('digitize', d, (40,), bins=EDGES)
    case('digitize', d, (40,), 'strided', bins=EDGES[::-1], right=True)
    case('gradient', d, (12,))
    case('gradient', d, (4, 5), 'F')
    case('gradient', d, (4, 5), 'F', axis=1, edge_order=2)
    case('trapezoid', d, (4, 5), 'reversed', dx=0.5, axis=0)
    case('interp', d, (20,), xp=[-4.5, -1.5, 0.25, 2.5, 4.0], fp=[1.5, -2.5, 0.5, 3.5, 9.25])
    case('interp', d, (20,), xp=[0.25, -1.5, 2.5], fp=[1.5, -2.5, 0.5], period=3.5)
    case('interp', d, (20,), xp=[-1.5, 0.25, 2.5], fp=[1.5, -2.5, 0.5], left=-9.5, right=9.5)
for rule in ['auto', 'fd', 'doane', 'scott', 'rice', 'sturges', 'sqrt', 'stone']:
    case('histogram', 'float64', (300,), bins=rule)
    case('histogram', 'float64', (300,), bins=rule, range=[-2.5, 2.5])
for d in ['uint8', 'uint16', 'uint32']:
    case('bincount', d, (50,))
    case('bincount', d, (50,), weights=[0.5 + i for i in range(50)], minlength=300)
for d in ['float64', 'float32', 'int16', 'int64', 'complex64', 'bool']:
    for mode in ['full', 'same', 'valid']:
        case('convolve', d, (9,), v=[1.5, -2.5, 0.5], mode=mode)
        case('correlate', d, (2,), v=[1.5, -2.5, 0.5, 4.5], mode=mode)
    case('cov', d, (3, 8))
    case('cov', d, (3, 8), 'F', bias=True)
    case('cov', d, (3, 8), aweights=[1.5, 2.5, 1.5, 0.5, 2.5, 3.5, 4.5, 0.5])
    if d != 'bool':
        case('corrcoef', d, (3, 8))
        case('cov', d, (8,))
case('histogramdd', 'float64', (60, 3), bins=[2, 3, 4])
case('histogramdd', 'float64', (60, 2), bins=4, range=[[-3.0, 3.5], [-2.5, 1.5]], density=True)
for f, kw in [('histogram', {'bins': 0}), ('histogram', {'bins': 'most'}), ('histogram', {'bins': [2.5, 1.5]}), ('histogram', {'range': [2.5, 1.5]}), ('digitize', {'bins': [1.5, 0.5, 2.5]}),
              ('gradient', {'axis': 5}), ('gradient', {'edge_order': 3}), ('convolve', {'v': [1.5], 'mode': 'best'}), ('cov', {'ddof': 1.5}), ('cov', {'aweights': [1.5]})]:
    case(f, 'float64', (2,) if f == 'convolve' else (2, 3), **kw)

here = pathlib.Path(__file__).resolve().parent
text = ',\n'.join(json.dumps(c, separators=(',', ':')) for c in cases)
(here / 'statistics.json').write_text(f'{{"numpy":"{np.__version__}","cases":[\n{text}\n]}}\n')
print(len(cases), 'cases', (here / 'statistics.json').stat().st_size // 1024, 'KB')
