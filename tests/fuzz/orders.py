"""Steps that sort, search, count and compare."""
import numpy as np

from oracle import KNOWN
from program import INTS, REAL, Drop, V, second, spell


def ordering(p):
    r = p.r
    f = r.choice(['sort', 'argsort', 'unique', 'unique', 'searchsorted', 'partition', 'lexsort', '.sort', 'nonzero', 'argwhere', 'flatnonzero', 'isin', 'intersect1d', 'union1d', 'setdiff1d', 'setxor1d',
                  'digitize', 'bincount', 'sort_complex', 'count_nonzero', 'unique_counts', 'argpartition_', 'histogram', 'interp', 'convolve', 'correlate', 'cov', 'corrcoef', 'cross', 'trapezoid', 'vander', 'unwrap', 'i0_'])
    a = p.any()
    v = p.env[a]
    k = {}
    notes = {}
    if f in ('unique', 'union1d', 'setxor1d', 'intersect1d', 'setdiff1d') and v.dtype.kind in 'fc' and (v.size > 16 and v.dtype.itemsize == 2 or v.dtype.kind == 'c' and not np.isfinite(v).all()):
        raise Drop
    if f in ('sort', 'argsort', '.sort'):
        if f == '.sort':
            if not v.flags.writeable:
                raise Drop
            notes = {'z': 1}
        k = {'axis': p.axis(v) if v.ndim else -1} if p.chance(0.7) else {}
        if f == 'sort' and p.chance(0.1) and v.size < 3000:
            k['axis'] = None
        if f == 'argsort' or p.chance(0.3):
            k['kind'] = 'stable'
        if f == 'sort':
            notes = {'z': 1}
        p.step(f if f[0] == '.' else 'np.' + f, [V(a)], k, changes=f == '.sort', **notes)
    elif f == 'unique':
        for name in ('return_index', 'return_inverse', 'return_counts'):
            if p.chance(0.4):
                k[name] = True
        if v.ndim and p.chance(0.3):
            k['axis'] = p.axis(v)
        # Among several NaNs, which is first is left open.
        if p.chance(0.1) and 'return_inverse' not in k:
            k['equal_nan'] = False
        p.step('np.unique', [V(a)], k, z=1)
    elif f == 'searchsorted':
        b = p.step('np.sort', [V(p.any(nd=1))], {'kind': 'stable'})
        if b is None:
            return
        if p.chance(0.5):
            k['side'] = 'right'
        p.step('np.searchsorted', [V(b), V(p.new(dtype=spell(p.env[b].dtype) if p.chance(0.6) else None))], k)
    elif f == 'partition':
        b = p.any(nd=1, minimum=1)
        n = p.env[b].size
        kth = r.randrange(n)
        i = p.step('np.partition', [V(b), kth], {}, q=1)
        if i is not None:
            p.step('getitem', [V(i), [kth]], z=1)
    elif f == 'lexsort':
        if v.ndim == 0 or v.size > 5000:
            raise Drop
        p.step('np.lexsort', [[V(p.new(shape=v.shape)), V(a)]])
    elif f in ('isin', 'intersect1d', 'union1d', 'setdiff1d', 'setxor1d'):
        b = p.new(dtype=spell(v.dtype) if p.chance(0.7) else None)
        if p.env[b].dtype.kind == 'c' and not np.isfinite(p.env[b]).all():
            raise Drop
        if f == 'isin' and p.chance(0.2):
            k['invert'] = True
        if f == 'intersect1d' and p.chance(0.3):
            k['return_indices'] = True
        p.step('np.' + f, [V(a), V(b)], k, z=1)
    elif f == 'digitize':
        b = p.step('np.sort', [V(p.new(dtype=r.choice(REAL), shape=[r.randint(0, 6)], mode=None))])
        p.step('np.digitize', [V(a), V(b)], {'right': True} if p.chance(0.4) else {})
    elif f == 'bincount':
        b = p.new(dtype=r.choice(['int64', 'int32', 'uint8', 'int8', 'bool']), shape=p.shape(1), mode='index')
        if p.chance(0.4):
            k['weights'] = V(p.new(dtype=r.choice(REAL), shape=p.env[b].shape, mode='small'))
        if p.chance(0.3):
            k['minlength'] = r.randint(0, 9)
        p.step('np.bincount', [V(b)], k)
    elif f == 'histogram':
        b = p.any(dtypes=[*INTS, 'float32', 'float64'], mode='tame')
        if p.chance(0.4):
            k['bins'] = r.choice([3, 5, 10, [0.5, 1.25, 2.5, 5.5]])
        if p.chance(0.3):
            k['range'] = {'t': [0, 4.5]}
        if p.chance(0.3):
            k['density'] = True
        p.step('np.histogram', [V(b)], k, t=4)
    elif f == 'interp':
        b = p.new(dtype=r.choice(['float64', 'float32', 'int32']), mode='tame')
        n = r.randint(1, 6)
        xp = p.step('np.sort', [V(p.new(dtype='float64', shape=[n], mode='tame'))])
        p.step('np.interp', [V(b), V(xp), V(p.new(dtype=r.choice(['float64', 'int32', 'complex128']), shape=[n], mode='tame'))], {'left': -1} if p.chance(0.3) else {}, t=4, m=1)
    elif f in ('convolve', 'correlate'):
        b = p.new(shape=p.shape(1), mode='small')
        p.step('np.' + f, [V(b), V(p.new(dtype=spell(p.env[b].dtype) if p.chance(0.6) else None, shape=[r.randint(0, 8)], mode='small'))], {'mode': r.choice(['full', 'same', 'valid'])}, t=4, m=1)
    elif f in ('cov', 'corrcoef'):
        b = p.new(dtype=r.choice(['float64', 'float32', 'int32', 'complex128']), shape=p.shape(r.choice([1, 2])), mode='small')
        p.step('np.' + f, [V(b)], {'rowvar': False} if p.chance(0.3) else {}, t=16, m=1)
    elif f == 'cross':
        s = [*p.shape(r.choice([0, 1, 2])), r.choice([2, 3, 3, 3])]
        p.step('np.cross', [V(p.new(shape=s)), V(p.new(shape=s))], {}, t=4, m=1)
    elif f == 'trapezoid':
        p.step('np.trapezoid', [V(a)], {'axis': p.axis(v)} if v.ndim else {}, t=4, m=1)
    elif f == 'vander':
        p.step('np.vander', [V(p.any(nd=1))], {'N': r.randint(0, 4)} if p.chance(0.6) else {'N': 3}, t=8, c=1)
    elif f == 'unwrap':
        p.step('np.unwrap', [V(p.new(dtype=r.choice(['float32', 'float64', 'int32']), mode='tame'))], {}, t=8, m=1)
    elif f[-1] == '_':
        raise Drop
    else:
        p.step('np.' + f, [V(a)], z=1)


def quantiles(p):
    r = p.r
    f = r.choice(['quantile', 'percentile', 'nanquantile', 'nanpercentile', 'median', 'nanmedian'])
    a = p.any(dtypes=REAL[1:], minimum=1)
    v = p.env[a]
    k = {'axis': p.axes(v)}
    if p.chance(0.2):
        k['keepdims'] = True
    args = [V(a)]
    if 'median' not in f:
        q = r.choice([0.25, 0.5, [0.1, 0.9], 0.999, [0.5]])
        scale = 100 if 'percentile' in f else 1
        args.append([x * scale for x in q] if isinstance(q, list) else q * scale)
        if p.chance(0.5):
            k['method'] = r.choice(['inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear', 'median_unbiased',
                                    'normal_unbiased', 'lower', 'higher', 'midpoint', 'nearest'])
    p.step('np.' + f, args, k, t=4, m=1, z=1)


def testing(p):
    r = p.r
    f = r.choice(['isclose', 'allclose', 'array_equal', 'array_equiv', 'round', 'fix', 'isreal', 'iscomplex', 'angle', 'sinc', 'isposinf', 'isneginf', 'real_if_close', 'result_type', 'can_cast',
                  'promote_types', 'min_scalar_type', 'around', 'shape', 'size', 'ndim', 'broadcast_shapes_', 'iscomplexobj', 'common_type'])
    a = p.any()
    v = p.env[a]
    if f in ('isclose', 'allclose', 'array_equal', 'array_equiv'):
        p.step('np.' + f, [V(a), second(p, V(a))], {'equal_nan': True} if p.chance(0.3) and f != 'array_equiv' else {})
    elif f in ('round', 'around'):
        p.step('np.' + f, [V(a), r.randint(-2, 3)], {}, t=2)
    elif f == 'angle':
        p.step('np.angle', [V(a)], {'deg': True} if p.chance(0.3) else {}, t=4)
    elif f == 'sinc':
        p.step('np.sinc', [V(a)], t=64, m=1, c=1)
    elif f == 'result_type':
        p.step('np.result_type', [V(a), second(p, V(a))])
    elif f == 'can_cast':
        p.step('np.can_cast', [r.choice(KNOWN), r.choice(KNOWN)], {'casting': r.choice(['safe', 'same_kind', 'no'])})
    elif f == 'promote_types':
        p.step('np.promote_types', [r.choice(KNOWN), r.choice(KNOWN)])
    elif f[-1] == '_':
        raise Drop
    else:
        p.step('np.' + f, [V(a)])
