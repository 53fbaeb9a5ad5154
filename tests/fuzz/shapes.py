"""Steps that move elements, join arrays and make new ones."""
import numpy as np

from program import OTHERS, WEIGHTED, Drop, V, spell


def shaping(p):
    r = p.r
    a = p.any()
    v = p.env[a]
    f = r.choice(['reshape', '.reshape', 'transpose', 'swapaxes', 'moveaxis', 'rollaxis', 'expand_dims', 'squeeze', 'ravel', '.flatten', '.T', 'broadcast_to', 'flip', 'fliplr', 'flipud',
                  'rot90', 'roll', 'repeat', 'tile', 'pad', 'atleast_2d', 'atleast_3d', 'array_split', 'split', 'diagonal', 'trace', 'diag', 'tril', 'triu', 'delete', 'insert', 'append',
                  'resize', '.view', '.astype', '.astype', '.copy', 'ascontiguousarray', 'asfortranarray', 'matrix_transpose', 'diff', 'ediff1d', 'trim_zeros', 'kron', 'unstack',
                  'require', 'astype', 'copy', 'array', 'full_like', 'zeros_like', 'sliding_window_view', 'real', 'imag', 'packbits', 'unpackbits', 'gradient', 'nan_to_num', '.byteswap', '.tobytes_'])
    args, k, notes = [V(a)], {}, {}
    name = f if f[0] == '.' else 'np.' + f
    nd = v.ndim
    if f in ('reshape', '.reshape'):
        n = v.size
        fs = [d for d in range(1, 13) if n and n % d == 0]
        d = r.choice(fs) if fs else 0
        shape = r.choice([[-1], [n], [d, n // d if d else 0], [n // d if d else 0, d], [d, -1] if d else [0, 3], [-1, d] if d else [2, 0], [1, n, 1]])
        args.append({'t': shape} if f == 'reshape' else shape)
        if p.chance(0.4):
            k['order'] = r.choice('CFA')
    elif f in ('transpose',):
        if p.chance(0.7):
            args.append(r.sample(range(nd), nd))
    elif f == 'swapaxes':
        args += [p.axis(v), p.axis(v)]
    elif f in ('moveaxis',):
        args += [p.axis(v), p.axis(v)]
    elif f == 'rollaxis':
        args += [p.axis(v), r.randint(0, nd)]
    elif f == 'expand_dims':
        args.append(r.choice([r.randint(-nd - 1, nd), {'t': [0, nd + 1]}]))
    elif f == 'squeeze':
        if p.chance(0.3):
            args.append(p.axis(v))
    elif f in ('ravel', '.flatten', '.copy', 'copy'):
        if p.chance(0.6):
            args.append(r.choice('CFAK'))
    elif f == 'broadcast_to':
        args.append({'t': [r.randint(1, 3), *[s if s != 1 else r.randint(1, 3) for s in v.shape]]})
    elif f in ('flip',):
        k['axis'] = p.axes(v)
    elif f == 'rot90':
        args.append(r.randint(-1, 4))
    elif f == 'roll':
        if p.chance(0.4):
            args.append(r.randint(-5, 5))
        elif nd and p.chance(0.7):
            args += [r.randint(-5, 5), p.axis(v)]
        elif nd > 1:
            args += [{'t': [1, -2]}, {'t': [0, 1]}]
        else:
            args.append(2)
    elif f == 'repeat':
        if v.size > 3000:
            raise Drop
        if nd and p.chance(0.6):
            ax = p.axis(v, 0)
            args.append(r.choice([2, 3, 0, [r.randint(0, 3) for _ in range(v.shape[ax])] if v.shape[ax] < 30 else 2]))
            k['axis'] = ax
        else:
            args.append(r.randint(0, 3))
    elif f == 'tile':
        if v.size > 3000:
            raise Drop
        args.append(r.choice([2, 0, {'t': [2, 1]}, {'t': [1, 3]}, {'t': [2, 1, 2]}]))
    elif f == 'pad':
        mode = r.choice(['constant', 'edge', 'linear_ramp', 'maximum', 'mean', 'median', 'minimum', 'reflect', 'symmetric', 'wrap', 'empty'])
        if mode == 'empty':
            mode = 'constant'
        args.append(r.choice([1, 2, {'t': [1, 2]}, {'t': [0, 3]}, {'t': [{'t': [1, 0]}] * nd}]))
        k['mode'] = mode
        if mode == 'constant' and p.chance(0.5):
            k['constant_values'] = r.choice([0, 1, 7, {'t': [1, 2]}])
        if mode in ('reflect', 'symmetric') and p.chance(0.3):
            k['reflect_type'] = 'odd'
        if mode in ('mean', 'median', 'maximum') and p.chance(0.3):
            k['stat_length'] = r.choice([1, 2, 3])
        if mode in ('mean', 'median', 'linear_ramp'):
            notes = {'t': 4, 'm': 1}
    elif f in ('array_split', 'split'):
        ax = p.axis(v, 0) if nd else 0
        args += [r.choice([1, 2, 3, [1], [1, 2], [2, 1]]), ax]
    elif f in ('diagonal', 'trace'):
        args.append(r.randint(-2, 2))
        if nd > 2:
            args += r.sample(range(nd), 2)
        if f == 'trace':
            notes = {'m': 1}
    elif f in ('diag', 'tril', 'triu'):
        if f == 'diag' and v.size > 100 and nd == 1:
            raise Drop
        if v.size > 3000 and nd == 1:
            raise Drop
        args.append(r.randint(-2, 2))
    elif f == 'delete':
        if not nd:
            raise Drop
        ax = p.axis(v)
        args += [r.choice([0, -1, [0, 1], {'s': [None, None, 2]}, [0, 0], {'s': [1, 3, None]}])]
        if p.chance(0.7):
            args.append(ax)
    elif f == 'insert':
        if not nd:
            raise Drop
        args += [r.choice([0, 1, -1, [0, 1], [1, 1]]), r.choice([5, 7])]
        if p.chance(0.7):
            args.append(p.axis(v))
    elif f == 'append':
        if p.chance(0.5):
            args.append(V(p.new()))
        else:
            args += [V(p.new(shape=v.shape)), p.axis(v)]
    elif f == 'resize':
        args.append({'t': r.choice([[3], [2, 3], [0], [4, 2, 2]])})
    elif f == '.view':
        if v.dtype.kind in 'fc' and not np.isfinite(v).all() or v.dtype.kind == 'b':
            raise Drop
        d = r.choice(['uint8', 'int8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'])
        if any(x['l'] == 'off' for x in p.items if 'l' in x):
            raise Drop
        args.append(d)
    elif f in ('.astype', 'astype'):
        args.append(r.choice([d for d in OTHERS if d[0] != '['] if p.others and p.chance(0.6) else WEIGHTED))
        if f == '.astype' and p.chance(0.4):
            k['order'] = r.choice('CFAK')
        if p.chance(0.2) and f == '.astype':
            k['casting'] = r.choice(['no', 'equiv', 'safe', 'same_kind', 'unsafe'])
        if p.chance(0.2):
            k['copy'] = False
    elif f == 'array':
        k = {'ndmin': r.randint(0, 4)}
        if p.chance(0.4):
            k['order'] = r.choice('CFAK')
        if p.chance(0.4):
            k['dtype'] = r.choice(WEIGHTED)
    elif f == 'diff':
        k = {'n': r.randint(1, 2), 'axis': p.axis(v)} if nd else {}
    elif f == 'kron':
        if v.size > 200:
            raise Drop
        args.append(V(p.new(dtype=spell(v.dtype), shape=r.choice([[2], [2, 2], [1, 3]]))))
        notes = {'t': 4, 'c': 1}
    elif f == 'require':
        args += [r.choice([None, 'float64', 'int32']), r.choice(['C', 'F', ['C', 'W']])]
    elif f == 'full_like':
        args.append(3)
        if p.chance(0.5):
            k['dtype'] = r.choice(WEIGHTED)
    elif f == 'zeros_like':
        if p.chance(0.5):
            k['dtype'] = r.choice(WEIGHTED)
            k['order'] = r.choice('CFAK')
    elif f == 'sliding_window_view':
        if not nd:
            raise Drop
        args += [2, p.axis(v)]
        name = 'np.lib.stride_tricks.sliding_window_view'
    elif f in ('packbits', 'unpackbits'):
        args = [V(p.new(dtype='uint8' if f == 'unpackbits' else r.choice(['bool', 'uint8', 'int32']), shape=v.shape))]
        k = {'axis': p.axis(v) if nd and p.chance(0.7) else None}
        if p.chance(0.3):
            k['bitorder'] = 'little'
    elif f == 'gradient':
        if v.size > 4000 or v.dtype.kind == 'b':
            raise Drop
        if nd and p.chance(0.5):
            k['axis'] = p.axis(v)
        notes = {'t': 4, 'm': 1}
    elif f == 'ediff1d':
        if p.chance(0.4):
            k['to_begin'] = V(p.new(dtype=spell(v.dtype), shape=[2]))
    elif f == 'unstack':
        k = {'axis': p.axis(v)} if nd else {}
    elif f == '.tobytes_':
        name = '.tolist'
        raise Drop
    p.step(name, args, k, **notes)


def joining(p):
    r = p.r
    a = p.any()
    v = p.env[a]
    f = r.choice(['concatenate', 'concatenate', 'stack', 'vstack', 'hstack', 'dstack', 'column_stack', 'block', 'broadcast_arrays', 'meshgrid', 'ix_'])
    n = r.randint(1, 3)
    others = [V(a)]
    for _ in range(n):
        s = list(v.shape)
        if f == 'concatenate' and s and p.chance(0.3):
            s[0] = r.randint(0, 3)
        others.append(V(p.new(dtype=spell(v.dtype) if p.chance(0.5) else None, shape=s)))
    k = {}
    if f == 'concatenate':
        k['axis'] = r.choice([0, 0, None, p.axis(v)])
        if p.chance(0.1):
            k['dtype'] = r.choice(WEIGHTED)
            k['casting'] = r.choice(['same_kind', 'unsafe'])
    elif f == 'stack':
        k['axis'] = r.randint(-v.ndim - 1, v.ndim)
    if f == 'broadcast_arrays':
        others = [V(a), V(p.new(shape=p.broadcastable(v.shape)))]
        p.step('np.broadcast_arrays', others)
        return
    if f in ('meshgrid', 'ix_'):
        xs = [V(p.new(shape=[r.randint(0, 4)])) for _ in range(n)]
        if f == 'meshgrid':
            if p.chance(0.4):
                k['indexing'] = 'ij'
            if p.chance(0.3):
                k['sparse'] = True
        p.step('np.' + f, xs, k)
        return
    p.step('np.' + f, [others], k)


def making(p):
    r = p.r
    f = r.choice(['arange', 'linspace', 'geomspace', 'logspace', 'full', 'eye', 'tri', 'indices', 'identity', 'zeros', 'fromfunction_'])
    dt = r.choice(WEIGHTED)
    if f == 'arange':
        a, b, c = r.randint(-5, 5), r.randint(-5, 20), r.choice([1, 2, -1, 3, 0.5, 0.1])
        p.step('np.arange', [a, b, c], {'dtype': dt} if p.chance(0.5) or isinstance(c, int) else {})
    elif f in ('linspace', 'geomspace', 'logspace'):
        a, b = (r.choice([1, 2.5, 0.001]), r.choice([10, 1000, 7.25])) if f == 'geomspace' else (r.choice([0, -1, 2.5, -3.25]), r.choice([1, 3, 0.1, 7.7]))
        k = {'num': r.choice([0, 1, 2, 5, 9, 50])}
        if p.chance(0.3):
            k['endpoint'] = False
        if p.chance(0.3):
            k['dtype'] = dt
        if f == 'linspace' and p.chance(0.3):
            k['retstep'] = True
        if p.chance(0.2):
            a = V(p.new(dtype='float64', shape=[2], mode='unit')) if f != 'geomspace' else a
        p.step('np.' + f, [a, b], k, **({} if f == 'linspace' else {'t': 8}))
    elif f == 'full':
        p.step('np.full', [{'t': p.shape()}, p.r.choice([1, 2.5, True])], {'dtype': dt})
    elif f == 'eye':
        p.step('np.eye', [r.randint(0, 6), r.randint(0, 6)], {'k': r.randint(-2, 2), 'dtype': dt, 'order': r.choice('CF')})
    elif f == 'tri':
        p.step('np.tri', [r.randint(0, 6), r.randint(0, 6)], {'k': r.randint(-2, 2), 'dtype': dt})
    elif f == 'indices':
        p.step('np.indices', [{'t': [r.randint(0, 3), r.randint(1, 4)]}])
    elif f == 'identity':
        p.step('np.identity', [r.randint(0, 5)], {'dtype': dt})
    elif f == 'zeros':
        p.step('np.zeros', [{'t': p.shape()}], {'dtype': dt, 'order': r.choice('CF')})
    else:
        raise Drop
