"""Steps from a table: functions and methods that need no thought beyond their arguments."""
import numpy as np

from program import REAL, WEIGHTED, Drop, V, second, spell

TEXT = ['<U3', '<U7', '|S4', '>U2']


def some(p, **k):
    return V(p.any(**k))


def text(p, shape=None):
    return V(p.new(dtype=p.r.choice(TEXT), shape=shape if shape is not None else p.shape()))


def like(p, a, shape=None, **k):
    """An array of the same dtype."""
    v = p.env[a['v']]
    return V(p.new(dtype=spell(v.dtype), shape=v.shape if shape is None else shape, **k))


def small(p, dtype='float64', n=None, mode='small'):
    return V(p.new(dtype=dtype, shape=[p.r.randint(1, 6) if n is None else n], mode=mode))


def days(p, shape=None):
    return V(p.new(dtype='<M8[D]', shape=shape if shape is not None else p.shape(), mode='days'))


def axis_of(p, a):
    v = p.env[a['v']]
    return p.axis(v) if v.ndim else None


def maybe(p, chance=0.3, **k):
    return {name: f() if callable(f) else f for name, f in k.items() if p.chance(chance)}


def masked(p, a):
    """axis=, keepdims=, where= of a reduction."""
    v = p.env[a['v']]
    k = maybe(p, axis=lambda: p.axes(v), keepdims=True)
    if p.chance(0.2):
        k['where'] = V(p.new(dtype='bool', shape=v.shape))
    return k


def plain1(name, **notes):
    return lambda p: (name, [some(p)], {}, notes)


def plain2(name, **notes):
    def make(p):
        a = some(p)
        b = second(p, a)
        return name, [a, b] if p.chance(0.8) else [b, a], {}, notes

    return make


def over_axis(name, **notes):
    def make(p):
        a = some(p)
        return name, [a], maybe(p, 0.7, axis=lambda: axis_of(p, a)), notes

    return make


def folded(name, extra=(), **notes):
    def make(p):
        a = some(p)
        k = masked(p, a)
        if p.chance(0.15) and 'dtype' in extra:
            k['dtype'] = p.r.choice(WEIGHTED)
        if 'ddof' in extra and p.chance(0.3):
            k['ddof'] = 1
        if p.env[a['v']].dtype.kind not in 'fc' and not notes.get('always'):
            return name, [a], k, {'z': 1}
        return name, [a], k, {n: v for n, v in notes.items() if n != 'always'}

    return make


def split_at(name, least):
    def make(p):
        a = some(p, nd=[n for n in (1, 2, 3, 4) if n >= least])
        return name, [a, p.r.choice([1, 2, [1], [1, 2]])], {}, {}

    return make


def indices_from(name):
    def make(p):
        n = p.r.randint(0, 4)
        a = V(p.new(shape=[n, p.r.randint(0, 4) if name[1] == 'r' else n]))
        return f'np.{name}', [a], {} if 'diag' in name else {'k': p.r.randint(-2, 2)}, {}

    return make


def polynomial(name, n):
    def make(p):
        dtype = p.r.choice(['float64', 'int64', 'complex128', 'float32', 'int8'])
        return f'np.{name}', [small(p, dtype) for _ in range(n)], {}, {'t': 8, 'm': 1, 'z': 1}

    return make


def strings(name, *rest, kinds='US'):
    """A function of np.strings; rest: t text, i a small integer, c a character, s a short text."""

    def make(p):
        a = text(p)
        v = p.env[a['v']]
        if v.dtype.kind not in kinds:
            raise Drop
        args = [a]
        for c in rest:
            if c == 'i':
                args.append(p.r.choice([0, 1, 2, 5, V(p.new(dtype='int64', shape=p.broadcastable(v.shape), mode='small'))]))
            elif c == 't':
                args.append(like(p, a, p.broadcastable(v.shape)))
            elif c == 'c':
                args.append(like(p, a, [], layout='C'))
            else:
                args.append(like(p, a, p.r.choice([[], p.broadcastable(v.shape)])))
        return f'np.strings.{name}', args, {}, {}

    return make


def windowed(name):
    return lambda p: (f'np.{name}', [p.r.randint(0, 9), *([p.r.choice([0, 2.5, 14])] if name == 'kaiser' else [])], {}, {'t': 64, 'm': 1})


def number(p):
    return p.r.choice([0.1, 1.5, -2.75, 1e10, 1.25e-7, 123456.789, 3, {'n': 'nan'}, {'n': 'inf'}, 1e22, 5e-324])


def formatted(name):
    def make(p):
        k = maybe(p, precision=lambda: p.r.randint(0, 6), trim=lambda: p.r.choice('k.0-'), sign=True, unique=True)
        return f'np.{name}', [number(p)], k, {}

    return make


def bins(p):
    return p.r.choice([2, 3, [0, 1, 2.5, 5]])


def business(name):
    def make(p):
        a = days(p)
        k = maybe(p, weekmask=lambda: p.r.choice(['1111100', '1111111', '0101010']), holidays=lambda: days(p, [2]))
        if name == 'is_busday':
            return f'np.{name}', [a], k, {}
        if name == 'busday_count':
            return f'np.{name}', [a, days(p, p.broadcastable(p.env[a['v']].shape))], k, {}
        k['roll'] = p.r.choice(['forward', 'backward', 'modifiedfollowing', 'nat'])
        return f'np.{name}', [a, p.r.choice([0, 1, -3, V(p.new(dtype='int64', shape=p.broadcastable(p.env[a['v']].shape), mode='small'))])], k, {}

    return make


def along(p):
    a = some(p, nd=[1, 2, 3], minimum=1)
    f = p.r.choice(['sum', 'sort', 'cumsum', 'max', 'diff', 'count_nonzero', 'ptp'])
    return 'np.apply_along_axis', [{'fn': f'np.{f}'}, p.axis(p.env[a['v']], 0), a], {}, {'t': 4, 'm': 1, 'z': 1}


def over(p):
    a = some(p, nd=[2, 3])
    return 'np.apply_over_axes', [{'fn': p.r.choice(['np.sum', 'np.max', 'np.min'])}, a, [0, -1]], {}, {'t': 4, 'm': 1, 'z': 1}


def pieces(p):
    a = some(p)
    v = p.env[a['v']]
    masks = [V(p.new(dtype='bool', shape=v.shape)) for _ in range(p.r.randint(1, 2))]
    if v.dtype.kind == 'O':
        raise Drop
    values = [p.r.choice([0, 1, 2.5, -3, {'fn': 'np.negative'}, {'fn': 'np.square'}]) for _ in range(len(masks) + p.r.randint(0, 1))]
    return 'np.piecewise', [a, masks, values], {}, {}


def raveled(p):
    dims = [p.r.randint(2, 5) for _ in range(p.r.randint(1, 3))]
    shape = p.shape()
    index = [V(p.new_index(shape, p.r.choice([n, n + 2]))) for n in dims]
    return 'np.ravel_multi_index', [{'t': index}, {'t': dims}], maybe(p, mode=lambda: p.r.choice(['raise', 'wrap', 'clip']), order='F'), {}


def unraveled(p):
    dims = [p.r.randint(1, 5) for _ in range(p.r.randint(1, 3))]
    n = int(np.prod(dims))
    return 'np.unravel_index', [V(p.new_index(p.shape(), n)), {'t': dims}], maybe(p, order='F'), {}


def histogram(name):
    def make(p):
        a = small(p, p.r.choice(['float64', 'int32', 'float32']), mode='tame')
        n = p.env[a['v']].size
        if name == 'histogram2d':
            return 'np.histogram2d', [a, small(p, n=n, mode='tame')], {'bins': p.r.choice([2, 3, [2, 3]])}, {'t': 4}
        if name == 'histogramdd':
            return 'np.histogramdd', [V(p.new(dtype='float64', shape=[n, 2], mode='tame'))], {'bins': p.r.choice([2, [2, 3]])}, {'t': 4}
        return 'np.histogram_bin_edges', [a], {'bins': bins(p), **maybe(p, range={'t': [0, 4.5]})}, {'t': 4}

    return make


def running(name):
    def make(p):
        a = some(p)
        v = p.env[a['v']]
        return f'np.{name}', [a], {'axis': p.axis(v) if v.ndim else 0, **maybe(p, include_initial=True)}, {'t': 4 + v.size // 4, 'm': 1, 'c': 1} if v.dtype.kind in 'fc' else {}

    return make


def at_unary(p):
    a = some(p, nd=[1, 2])
    v = p.env[a['v']]
    if not v.flags.writeable or not v.shape[0]:
        raise Drop
    return f"np.{p.r.choice(['negative', 'square', 'absolute', 'logical_not', 'invert'])}.at", [a, V(p.new_index([p.r.randint(1, 4)], v.shape[0]))], {}, {'r': 0, 'changes': True}


def signed(p):
    """signature= of a ufunc."""
    f, signature = p.r.choice([('add', 'dd->d'), ('add', 'ff->f'), ('multiply', 'll->l'), ('maximum', 'FF->F'), ('less', 'dd->?'), ('divide', 'dd->d'), ('logical_and', '??->?')])
    a = some(p)
    return f'np.{f}', [a, second(p, a)], {'signature': signature, **maybe(p, casting=lambda: p.r.choice(['unsafe', 'same_kind', 'safe'])), **maybe(p, order=lambda: p.r.choice('CFAK'))}, {'z': 1}


def two_outs(p):
    f = p.r.choice(['divmod', 'modf', 'frexp'])
    a = V(p.new(dtype=p.r.choice(REAL[1:])))
    s = p.env[a['v']].shape
    outs = [V(p.new(dtype=p.r.choice(['float64', 'float64', 'int32', 'float32']), shape=s, layout=p.r.choice(['C', 'F', 'step', 'rev']))), V(p.new(dtype='float64' if f != 'frexp' else 'int32', shape=s, layout='C'))]
    return f'np.{f}', [a, *([2] if f == 'divmod' else [])], {'out': {'t': outs}}, {'changes': True, 'z': 1}


def method(name, *rest, **notes):
    """A method; rest are functions of the program and the array."""

    def make(p):
        a = some(p)
        args, k = [a], {}
        for f in rest:
            r = f(p, a)
            if isinstance(r, dict) and not set(r) & {'v', 't', 'i', 's', 'n', 'c'}:
                k.update(r)
            else:
                args.append(r)
        return f'.{name}', args, k, notes

    return make


ax = lambda p, a: {'axis': axis_of(p, a)} if p.chance(0.6) else {}
places = lambda p, a: V(p.new_index([p.r.randint(0, 3)], max(1, p.env[a['v']].size)))
ROWS = {
    **{f: plain1(f'np.{f}', t=4, c=1) for f in ('acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh')},
    **{f: plain1(f'np.{f}') for f in ('conj', 'bitwise_not', 'bitwise_invert', 'isnat', 'isscalar', 'isfortran', 'isrealobj', 'iterable', 'atleast_1d', 'asanyarray', 'array_str', 'array_repr',
                                      'array2string', 'diagflat', 'unique_all', 'unique_inverse')},  # fmt: skip
    **{f: plain2(f'np.{f}', z=1) for f in ('mod', 'true_divide', 'bitwise_left_shift', 'bitwise_right_shift', 'may_share_memory', 'shares_memory')},
    'atan2': plain2('np.atan2', t=8, c=1),
    'pow': plain2('np.pow', t=500, c=1, z=1),
    'ldexp': lambda p: ('np.ldexp', [some(p, dtypes=REAL), V(p.new(dtype='int32', shape=[], mode='small', layout='C'))], {}, {}),
    # NumPy gives these in an order of its own.
    'unique_values': lambda p: ('np.unique_values', [some(p)], {}, {'q': 1}),
    'typename': lambda p: ('np.typename', [p.r.choice('?bBhHiIlLfdFDSUVO')], {}, {}),
    'i0': lambda p: ('np.i0', [V(p.new(dtype=p.r.choice(['float64', 'float32', 'int16']), mode='tame'))], {}, {'t': 64}),
    'issubdtype': lambda p: ('np.issubdtype', [p.r.choice(['i4', 'f8', 'c8', 'U', 'bool']), p.r.choice(['i4', 'f8', 'U', '?'])], {}, {}),
    'mintypecode': lambda p: ('np.mintypecode', [p.r.choice(['fd', 'fF', 'i', 'dD', 'iFd'])], {}, {}),
    **{f: windowed(f) for f in ('bartlett', 'blackman', 'hamming', 'hanning', 'kaiser')},
    **{f: split_at(f'np.{f}', n) for f, n in (('hsplit', 1), ('vsplit', 2), ('dsplit', 3))},
    **{f: indices_from(f) for f in ('diag_indices_from', 'tril_indices_from', 'triu_indices_from')},
    **{f: (lambda f: lambda p: (f'np.{f}', [p.r.randint(0, 4)], {'k': p.r.randint(-2, 2), 'm': p.r.randint(0, 4)}, {}))(f) for f in ('tril_indices', 'triu_indices')},
    'diag_indices': lambda p: ('np.diag_indices', [p.r.randint(0, 4), p.r.randint(1, 3)], {}, {}),
    **{f: polynomial(f, n) for f, n in (('polyadd', 2), ('polysub', 2), ('polymul', 2), ('polyval', 2), ('polyder', 1), ('polyint', 1))},
    **{f: running(f) for f in ('cumulative_sum', 'cumulative_prod')},
    **{f: histogram(f) for f in ('histogram2d', 'histogramdd', 'histogram_bin_edges')},
    **{f: business(f) for f in ('is_busday', 'busday_count', 'busday_offset')},
    **{f: formatted(f) for f in ('format_float_positional', 'format_float_scientific')},
    'concat': lambda p: (lambda a: ('np.concat', [[a, like(p, a)]], {'axis': p.r.choice([0, None])}, {}))(some(p, nd=[1, 2])),
    'permute_dims': lambda p: (lambda a: ('np.permute_dims', [a, p.r.sample(range(p.env[a['v']].ndim), p.env[a['v']].ndim)], {}, {}))(some(p)),
    'ones_like': lambda p: ('np.ones_like', [some(p)], maybe(p, dtype=lambda: p.r.choice(WEIGHTED), order=lambda: p.r.choice('CFAK'), shape={'t': [2, 3]}), {}),
    'full': lambda p: ('np.full', [{'t': p.shape()}, V(p.new(shape=[], layout='C'))], maybe(p, order='F'), {}),
    'datetime_as_string': lambda p: ('np.datetime_as_string', [V(p.new(dtype=p.r.choice(['<M8[D]', '<M8[s]', '<M8[ms]']), mode='days'))], maybe(p, unit=lambda: p.r.choice(['D', 's', 'M', 'auto']), casting='unsafe'), {}),
    'datetime_data': lambda p: ('np.datetime_data', [p.r.choice(['M8[D]', 'm8[5s]', 'M8[25us]'])], {}, {}),
    'binary_repr': lambda p: ('np.binary_repr', [p.r.randint(-200, 200)], maybe(p, width=lambda: p.r.choice([0, 8, 12])), {}),
    'base_repr': lambda p: ('np.base_repr', [p.r.randint(-5000, 5000)], maybe(p, base=lambda: p.r.choice([2, 3, 16, 36]), padding=lambda: p.r.randint(0, 3)), {}),
    'fromiter': lambda p: ('np.fromiter', [[p.r.randint(0, 9) for _ in range(p.r.randint(0, 5))], p.r.choice(WEIGHTED)], {}, {}),
    'fromstring': lambda p: ('np.fromstring', [p.r.choice(['1 2 3', '1.5 2e3', '4', '7 8 '])], {'sep': ' ', **maybe(p, dtype=lambda: p.r.choice(['float64', 'float32']))}, {}),
    'fromfunction': lambda p: ('np.fromfunction', [{'fn': p.r.choice(['np.add', 'np.multiply', 'np.equal', 'np.minimum'])}, {'t': [p.r.randint(0, 4), p.r.randint(1, 3)]}], maybe(p, dtype=lambda: p.r.choice(WEIGHTED[1:])), {}),
    'apply_along_axis': along,
    'apply_over_axes': over,
    'piecewise': pieces,
    'ravel_multi_index': raveled,
    'unravel_index': unraveled,
    'at': at_unary,
    'signature': signed,
    'outs': two_outs,
    **{f's.{f}': strings(f) for f in ('isalpha', 'isdigit', 'isspace', 'isalnum', 'islower', 'isupper', 'istitle', 'str_len', 'lstrip', 'rstrip', 'strip', 'expandtabs', 'upper', 'lower',
                                      'swapcase', 'capitalize', 'title')},  # fmt: skip
    **{f's.{f}': strings(f, kinds='U') for f in ('isdecimal', 'isnumeric')},
    **{f's.{f}': strings(f, 's') for f in ('find', 'rfind', 'index', 'rindex', 'count', 'startswith', 'endswith', 'partition', 'rpartition', 'add', 'equal', 'not_equal', 'less', 'less_equal', 'greater',
                                           'greater_equal', 'lstrip', 'strip')},  # fmt: skip
    **{f's.{f}': strings(f, 'i') for f in ('multiply', 'zfill', 'center', 'ljust', 'rjust', 'slice')},
    's.replace': strings('replace', 's', 's'),
    's.slice3': strings('slice', 'i', 'i'),
    's.encode': strings('encode', kinds='U'),
    's.decode': strings('decode', kinds='S'),
    **{f'm.{f}': folded(f'.{f}', ('dtype',), t=4, m=1, always=1) for f in ('sum', 'mean')},
    'm.prod': folded('.prod', (), t=64, m=1, c=1),
    **{f'm.{f}': folded(f'.{f}', ('ddof',), t=64, m=1, c=1, always=1) for f in ('std', 'var')},
    **{f'm.{f}': folded(f'.{f}', z=1) for f in ('all', 'any')},
    **{f'm.{f}': method(f, ax, z=1) for f in ('max', 'min', 'argmax', 'argmin')},
    'm.argsort': method('argsort', ax, lambda p, a: {'kind': 'stable'}),
    'm.cumsum': method('cumsum', ax, t=8, m=1),
    'm.diagonal': method('diagonal', lambda p, a: p.r.randint(-1, 2)),
    'm.trace': method('trace', m=1, t=4),
    **{f'm.{f}': method(f) for f in ('conj', 'conjugate', 'nonzero', 'squeeze', 'transpose', 'real', 'imag', 'mT', 'nbytes', 'size', 'ndim', 'shape', 'itemsize', 'tobytes', 'item', 'dtype', 'byteswap')},
    'm.tobytesF': method('tobytes', lambda p, a: {'order': p.r.choice('CFA')}),
    'm.ravel': method('ravel', lambda p, a: p.r.choice('CFAK')),
    'm.repeat': method('repeat', lambda p, a: p.r.randint(0, 3), ax),
    'm.round': method('round', lambda p, a: p.r.randint(-2, 3), t=2),
    'm.clip': method('clip', lambda p, a: p.r.choice([0, 1, None]), lambda p, a: p.r.choice([2, 5]), z=1),
    'm.swapaxes': method('swapaxes', lambda p, a: axis_of(p, a) or 0, lambda p, a: axis_of(p, a) or 0),
    'm.take': method('take', places, lambda p, a: {'mode': p.r.choice(['wrap', 'clip'])}),
    'm.searchsorted': lambda p: (lambda a: ('.searchsorted', [a, like(p, a)], maybe(p, side='right'), {}))(V(p.step('np.sort', [small(p, p.r.choice(REAL))]))),
    'm.dot': lambda p: (lambda a: ('.dot', [a, like(p, a, mode='small')], {}, {'t': 4, 'm': 1, 'z': 1}))(V(p.new(dtype=p.r.choice(WEIGHTED), shape=[3], mode='small'))),
    'm.compress': lambda p: ('.compress', [some(p), [True, False, True]], {}, {}),
    'm.fill': lambda p: ('.fill', [V(p.new(layout='C')), p.r.choice([1, 2.5, 0, True])], {}, {'changes': True}),
    'm.put': lambda p: (lambda a: ('.put', [a, places(p, a), p.r.choice([1, 3])], {'mode': p.r.choice(['wrap', 'clip'])}, {'changes': True}))(V(p.new(layout=p.r.choice(['C', 'F', 'step'])))),
}  # fmt: skip


def listed(p):
    """A step from the table."""
    name, args, k, notes = ROWS[p.r.choice(sorted(ROWS))](p)
    if any(isinstance(x, dict) and 'v' in x and x['v'] is None for x in args):
        raise Drop
    p.step(name, args, k, **notes)
