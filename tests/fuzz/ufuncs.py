"""Steps that call ufuncs, their methods and reductions."""
import numpy as np

from program import WEIGHTED, Drop, V, second, spell

EXACT1 = ['negative', 'positive', 'absolute', 'fabs', 'rint', 'sign', 'conjugate', 'invert', 'isfinite', 'isinf', 'isnan', 'signbit', 'floor', 'ceil', 'trunc',
          'square', 'sqrt', 'reciprocal', 'logical_not', 'spacing', 'bitwise_count', 'deg2rad', 'rad2deg', 'modf', 'frexp']
TRANSCENDENTAL1 = ['exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'cbrt', 'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'tanh',
                   'arcsinh', 'arccosh', 'arctanh', 'degrees', 'radians']
EXACT2 = ['add', 'subtract', 'multiply', 'divide', 'floor_divide', 'remainder', 'fmod', 'divmod', 'maximum', 'minimum', 'fmax', 'fmin', 'bitwise_and', 'bitwise_or',
          'bitwise_xor', 'left_shift', 'right_shift', 'logical_and', 'logical_or', 'logical_xor', 'greater', 'greater_equal', 'less', 'less_equal', 'equal',
          'not_equal', 'copysign', 'nextafter', 'heaviside', 'gcd', 'lcm']
TRANSCENDENTAL2 = ['power', 'float_power', 'arctan2', 'hypot', 'logaddexp', 'logaddexp2']
FOLDING = ['add', 'multiply', 'maximum', 'minimum', 'fmax', 'fmin', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'logical_and', 'logical_or', 'logical_xor', 'subtract',
           'gcd', 'floor_divide', 'divide']
ZERO_SIGN = {'maximum', 'minimum', 'fmax', 'fmin', 'power', 'float_power'}
SAME_KIND_IN_PLACE = ['iadd', 'isub', 'imul', 'idiv', 'ifloordiv', 'imod', 'ipow', 'iand', 'ior', 'ixor', 'ilshift', 'irshift']

def ufunc_keywords(p, operands, names, nout=1):
    """out, where, dtype, casting, order; the place of out is of a fitting shape mostly."""
    r = p.r
    k = {}
    if p.chance(0.12) and nout == 1:
        try:
            shape = np.broadcast_shapes(*[np.shape(p.env[o['v']]) if isinstance(o, dict) and 'v' in o else () for o in operands])
        except ValueError:
            return k
        if p.chance(0.35):
            same = [i for i, v in enumerate(p.env) if isinstance(v, np.ndarray) and v.shape == shape and v.flags.writeable]
            out = r.choice(same) if same else p.new(shape=shape)
        else:
            out = p.new(dtype=r.choice(['float64', 'float64', 'complex128', 'int64', 'float32', 'bool', r.choice(WEIGHTED)]), shape=shape)
        k['out'] = V(out)
        if p.chance(0.4):
            k['where'] = V(p.new(dtype='bool', shape=p.broadcastable(shape)[-max(1, len(shape)):]))
    if p.chance(0.06):
        k['dtype'] = r.choice(WEIGHTED)
    if p.chance(0.05):
        k['casting'] = r.choice(['no', 'safe', 'same_kind', 'unsafe'])
    if p.chance(0.04):
        k['order'] = r.choice('CFAK')
    return k


def unary(p):
    inexact = p.chance(0.45)
    f = p.r.choice(TRANSCENDENTAL1 if inexact else EXACT1)
    a = V(p.any())
    # NumPy 2.4 leaves a strided output of signbit half written where the operand is cast.
    k = {} if f == 'signbit' else ufunc_keywords(p, [a], f, 2 if f in ('modf', 'frexp') else 1)
    notes = {'t': 4, 'c': 1} if inexact else {'t': 4, 'c': 1} if p.env[a['v']].dtype.kind == 'c' and f in ('absolute', 'sqrt', 'reciprocal', 'sign', 'square') else {}
    p.step('np.' + f, [a], k, changes='out' in k, **notes)


def wild(p, args):
    """Whether numbers are so large, or none, that a complex power keeps no digits of them."""
    return any(not (np.abs(np.asarray(v).astype('complex128')) < 100).all() for v in p.arrays({'a': args}))


def binary(p):
    inexact = p.chance(0.15)
    f = p.r.choice(TRANSCENDENTAL2 if inexact else EXACT2)
    a = V(p.any())
    b = second(p, a)
    args = [a, b] if p.chance(0.8) else [b, a]
    k = ufunc_keywords(p, args, f, 2 if f == 'divmod' else 1)
    comp = any(isinstance(x, dict) and ('c' in x or ('v' in x and p.env[x['v']].dtype.kind == 'c')) for x in args)
    # The logarithm of a sum is exact to the size of what is added, not to its own.
    notes = {'t': 8, 'm': 1} if 'logaddexp' in f else {'t': 500 if comp and 'power' in f else 8, 'c': 1} if inexact or (comp and f in ('divide', 'multiply')) else {}
    if f in ZERO_SIGN:
        notes['z'] = 1
    if comp and 'power' in f and wild(p, args):
        raise Drop
    p.step('np.' + f, args, k, changes='out' in k, **notes)


def in_place(p):
    target = p.pick(lambda a: a.flags.writeable and not isinstance(a, np.generic), layout=p.r.choice(['C', 'F', 'rev', 'step', 'off', 'P', 'step0']))
    if not isinstance(p.env[target], np.ndarray):
        raise Drop
    v = p.env[target]
    f = p.r.choice(SAME_KIND_IN_PLACE if p.chance(0.4) else ['iadd', 'isub', 'imul'])
    # Operands that lie in the same memory: reversed, shifted, transposed.
    k = p.r.random()
    if k < 0.3 and v.ndim:
        b = V(p.step('getitem', [V(target), [{'s': [None, None, -1]}]]))
    elif k < 0.45 and v.ndim:
        b = V(p.step('getitem', [V(target), [p.r.randrange(max(1, v.shape[0]))]]))
    elif k < 0.6 and v.ndim == 2 and v.shape[0] == v.shape[1]:
        b = V(p.step('.T', [V(target)]))
    elif k < 0.7 and v.ndim == 1 and v.size > 2:
        x = p.step('getitem', [V(target), [{'s': [1, None, None]}]])
        b = V(p.step('getitem', [V(target), [{'s': [None, -1, None]}]]))
        target = x
    else:
        b = second(p, V(target))
    if b['v'] is None if isinstance(b, dict) and 'v' in b else False:
        raise Drop
    if f == 'ipow' and v.dtype.kind == 'c' and wild(p, [V(target), b]):
        raise Drop
    notes = {'t': 500 if f == 'ipow' and v.dtype.kind == 'c' else 4, 'c': 1} if f == 'ipow' or v.dtype.kind == 'c' else {}
    p.step(f, [V(target), b], changes=True, **notes)


def reduction(p):
    r = p.r
    f = r.choice(['sum', 'prod', 'mean', 'std', 'var', 'max', 'min', 'any', 'all', 'argmax', 'argmin', 'ptp', 'nansum', 'nanprod', 'nanmax', 'nanmin', 'nanmean', 'nanstd',
                  'nanvar', 'nanargmax', 'nanargmin', 'median', 'nanmedian', 'count_nonzero', 'average', 'cumsum', 'cumprod', 'nancumsum', 'nancumprod'])
    a = p.any()
    v = p.env[a]
    k = {}
    if f in ('argmax', 'argmin', 'nanargmax', 'nanargmin', 'cumsum', 'cumprod', 'nancumsum', 'nancumprod'):
        k['axis'] = None if p.chance(0.25) or v.ndim == 0 else p.axis(v)
    else:
        k['axis'] = p.axes(v)
    if not f.endswith(('cumsum', 'cumprod')) and p.chance(0.2):
        k['keepdims'] = True
    if f in ('sum', 'prod', 'mean', 'cumsum', 'cumprod', 'nansum') and p.chance(0.12):
        k['dtype'] = r.choice(WEIGHTED)
    if f in ('sum', 'prod', 'max', 'min', 'nansum', 'nanmax') and p.chance(0.12):
        k['initial'] = r.choice([0, 5, 2.5, -3])
    if f in ('sum', 'prod', 'max', 'min', 'any', 'all', 'mean', 'std', 'var', 'nansum', 'nanmean') and p.chance(0.15):
        k['where'] = V(p.new(dtype='bool', shape=v.shape if p.chance(0.6) else p.broadcastable(v.shape)[-v.ndim:] if v.ndim else []))
        if f in ('max', 'min'):
            k['initial'] = 1
    if f in ('std', 'var', 'nanstd', 'nanvar') and p.chance(0.3):
        k['ddof'] = 1
    notes = {}
    if v.dtype.kind in 'fc' or f in ('mean', 'std', 'var', 'nanmean', 'nanstd', 'nanvar', 'average'):
        if f not in ('max', 'min', 'any', 'all', 'argmax', 'argmin', 'count_nonzero', 'nanmax', 'nanmin', 'nanargmax', 'nanargmin', 'ptp'):
            notes = {'t': 2, 'm': 1}
            if f.endswith(('prod', 'var', 'std')):
                notes = {'t': 16 + v.size // 4, 'm': 1, 'c': 1}
    if f in ('max', 'min', 'nanmax', 'nanmin', 'median', 'nanmedian'):
        notes['z'] = 1
    method = f in ('sum', 'prod', 'mean', 'max', 'min', 'cumsum', 'std', 'argmax') and p.chance(0.15) and k.get('axis', 0) is not None
    p.step(('.' if method else 'np.') + f, [V(a)], k, **notes)


def ufunc_method(p):
    r = p.r
    f = r.choice(FOLDING)
    how = r.choice(['reduce', 'reduce', 'accumulate', 'reduceat', 'outer', 'at'])
    a = p.any(nd=[1, 2, 3]) if how != 'outer' else p.any(nd=[0, 1, 2])
    v = p.env[a]
    notes = {'t': 4 + v.size // 4, 'm': 1, 'c': 1} if v.dtype.kind in 'fc' and f in ('add', 'multiply', 'subtract', 'divide') else {}
    if f in ZERO_SIGN or f in ('logaddexp', 'arctan2', 'divide', 'floor_divide', 'multiply'):
        notes['z'] = 1
    name = f'np.{f}.{how}'
    if how == 'reduce':
        k = {'axis': p.axis(v) if f in ('subtract', 'divide', 'floor_divide') else p.axes(v)}
        if p.chance(0.2):
            k['keepdims'] = True
        if p.chance(0.1):
            k['initial'] = r.choice([0, 1, 3])
        if p.chance(0.1):
            k['dtype'] = r.choice(WEIGHTED)
        p.step(name, [V(a)], k, **notes)
    elif how == 'accumulate':
        k = {'axis': p.axis(v)}
        if p.chance(0.1):
            k['dtype'] = r.choice(WEIGHTED)
        p.step(name, [V(a)], k, **notes)
    elif how == 'reduceat':
        ax = p.axis(v, 0)
        n = v.shape[ax]
        if n == 0:
            raise Drop
        ix = [r.randrange(n) for _ in range(r.randint(1, 4))]
        p.step(name, [V(a), ix], {'axis': ax}, **notes)
    elif how == 'outer':
        if v.size > 200:
            raise Drop
        p.step(name, [V(a), V(p.new(shape=r.choice([[], [3], [2, 2], [4], [0]])))], {}, **({'t': 4, 'c': 1} if notes else {}))
    else:
        if not v.flags.writeable or v.ndim == 0 or v.shape[0] == 0 or v.size == 0:
            raise Drop
        if f in ('logical_and',):
            raise Drop
        n = v.shape[0]
        m = r.randint(1, 5) if n < 50 else r.choice([5, 100, 300])
        ix = p.new(dtype=r.choice(['int64', 'int32', 'int64']), shape=[m], mode='index') if n > 3 else [r.randrange(-n, n) for _ in range(m)]
        b = V(p.new(dtype=spell(v.dtype), shape=[m, *v.shape[1:]]))
        p.step(name, [V(a), V(ix) if isinstance(ix, int) else ix, b], changes=True, r=0, **notes)
