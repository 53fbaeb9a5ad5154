"""Every numeric ufunc over its own loops, layouts, mixed dtypes and keywords, and the five methods."""
import numpy as np

from .common import ALL, CHARS, COMPLEX, FLOATS, INTS, L, REAL

NAMES = sorted(
    n for n in dir(np)
    if isinstance(getattr(np, n), np.ufunc) and getattr(np, n).__name__ == n and n not in ('isnat', 'matmul', 'matvec', 'vecdot', 'vecmat')
)
ALIASES = ['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'bitwise_invert', 'bitwise_left_shift', 'bitwise_not',
           'bitwise_right_shift', 'conj', 'mod', 'pow', 'true_divide']
TRANS = {'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'tanh',
         'arcsinh', 'arccosh', 'arctanh', 'cbrt', 'power', 'float_power', 'arctan2', 'hypot', 'logaddexp', 'logaddexp2', 'deg2rad', 'rad2deg', 'degrees', 'radians'}
UNIT = {'arcsin', 'arccos', 'arctanh'}
POSITIVE = {'log', 'log2', 'log10', 'log1p', 'arccosh', 'sqrt'}


def tolerance(name, dtypes):
    """Complex results are scaled by the larger component, and differ by how products are fused."""
    if any(d.startswith('complex') for d in dtypes):
        if name in ('add', 'subtract', 'negative', 'positive', 'conjugate', 'equal', 'not_equal', 'isnan', 'isinf', 'isfinite', 'logical_and',
                    'logical_or', 'logical_xor', 'logical_not', 'less', 'less_equal', 'greater', 'greater_equal', 'maximum', 'minimum', 'fmax', 'fmin'):
            return 0
        # The error of exp(b log a) grows with |b log a|, in NumPy as here.
        return 32 if 'power' in name else 8
    return 2 if name in TRANS else 0


def scaled(name):
    """Results that cancel near zero are compared on the scale of the largest one."""
    return 4 if name in ('logaddexp', 'logaddexp2') else 0


def loops(u):
    """The distinct loops of a ufunc over the dtypes that we have."""
    seen = []
    for t in u.types:
        ins = t.split('->')[0]
        if all(c in CHARS for c in ins) and ins not in seen:
            seen.append(ins)
    return [[CHARS[c] for c in ins] for ins in seen]


def second(g, name, dtype, a):
    """Right operands on which every loop is defined."""
    d = np.dtype(dtype)
    n = a.shape
    if name in ('power', 'float_power', 'pow') and d.kind in 'iu':
        return g.rng.integers(0, 9, n).astype(d)
    if name in ('left_shift', 'right_shift', 'bitwise_left_shift', 'bitwise_right_shift') and d.kind in 'iu':
        return g.rng.integers(0, 70 if d.itemsize == 8 else 40, n).astype(d)
    if name == 'ldexp' and d.kind in 'iu':
        return g.rng.integers(-12, 13, n).astype(d)
    return None


def domain(g, name, dtype, shape):
    d = np.dtype(dtype)
    if d.kind in 'fc':
        if name in UNIT:
            return g.uniform(dtype, shape, -0.99, 0.99)
        if name in POSITIVE:
            return g.uniform(dtype, shape, 0.01, 9) if name != 'arccosh' else g.uniform(dtype, shape, 1.01, 9)
        return g.uniform(dtype, shape)
    return g.tame(dtype, shape)


def operands(g, name, ins, shape):
    a = domain(g, name, ins[0], shape)
    if len(ins) == 1:
        return [a]
    b = second(g, name, ins[1], np.empty(shape))
    return [a, g.nonzero(ins[1], shape) if b is None else b]


def cases(g):
    for name in NAMES:
        f, u = 'np.' + name, getattr(np, name)
        all_loops = loops(u)
        if name in ('gcd', 'lcm'):
            for ins in all_loops:
                small = [g.rng.integers(0, 100, 40).astype(ins[0]), g.rng.integers(0, 60, 40).astype(ins[1])]
                g.add(f, *small)
                if np.dtype(ins[0]).kind == 'i':
                    g.add(f, -small[0], small[1])
        for ins in all_loops:
            tol = tolerance(name, ins)
            kinds = {np.dtype(i).kind for i in ins}
            g.add(f, *operands(g, name, ins, (5,)), tol=tol, scale=scaled(name))
            if 'c' in kinds and name in TRANS | {'sqrt', 'reciprocal', 'divide', 'multiply', 'square', 'absolute', 'sign'}:
                g.add(f, *operands(g, name, ins, (17,)), tol=tol, scale=scaled(name))
                continue
            if name in ('gcd', 'lcm'):
                continue
            a = g.wild(ins[0], 40 if len(ins) == 1 else 61)
            if len(ins) == 1:
                g.add(f, a, tol=tol, scale=scaled(name))
            else:
                b = second(g, name, ins[1], a)
                if b is None:
                    b = g.wild(ins[1], len(a))
                g.add(f, a, b, tol=tol, scale=scaled(name))
        # Layouts, on the loops that most programs use.
        chosen = [i for i in all_loops if i[0] in ('float64', 'int32', 'float32')] or all_loops[:1]
        for ins in chosen:
            tol = tolerance(name, ins)
            ops = operands(g, name, ins, (2, 3, 4))
            combos = [('F',), ('P',), ('rev',), ('step2',), ('bcast',), ('off',)] if len(ins) == 1 else [
                ('F', 'C'), ('P', 'P'), ('rev', 'step2'), ('step2', 'off'), ('bcast', 'F'), ('off', 'rev')]
            if ins[0] == 'float32':
                combos = combos[:3]
            for c in combos:
                g.add(f, *[L(o, l) for o, l in zip(ops, c)], tol=tol, scale=scaled(name))
            g.add(f, *operands(g, name, ins, (0,)))
            g.add(f, *operands(g, name, ins, ()), tol=tol, scale=scaled(name))
            if len(ins) == 2:
                x, y = operands(g, name, ins, (3, 1)), operands(g, name, ins, (4,))
                g.add(f, x[0], y[1], tol=tol, scale=scaled(name))
                x, y = operands(g, name, ins, (2, 1, 4)), operands(g, name, ins, (3, 1))
                g.add(f, x[0], L(y[1], 'rev'), tol=tol, scale=scaled(name))
                g.add(f, operands(g, name, ins, (0, 3))[0], operands(g, name, ins, (1,))[1])
        # Dtypes that a loop has to be found for.
        if len(all_loops[0]) == 1:
            for d in ALL:
                g.add(f, domain(g, name, d, (6,)), tol=tolerance(name, [d]) or (8 if d in COMPLEX else 0))
        else:
            pairs = [('int8', 'float16'), ('int64', 'uint64'), ('bool', 'int8'), ('float32', 'complex64'), ('int32', 'float32'), ('uint8', 'int16'),
                     ('uint32', 'int32'), ('float16', 'float32'), ('bool', 'bool'), ('int64', 'float32'), ('complex64', 'float64')]
            for p in pairs:
                a, b = domain(g, name, p[0], (6,)), g.nonzero(p[1], (6,))
                if np.dtype(p[1]).kind in 'iu':
                    b = np.abs(b)
                g.add(f, a, b, tol=tolerance(name, [*p, 'float64']), scale=scaled(name))
            # Numbers are weak: they take the array's dtype.
            for d in ['bool', 'int8', 'uint8', 'int32', 'int64', 'float16', 'float32', 'float64', 'complex64']:
                a = domain(g, name, d, (5,))
                g.add(f, a, 2, tol=tolerance(name, [d]), scale=scaled(name))
                g.add(f, a, 1.5, tol=tolerance(name, [d]), scale=scaled(name))
                if np.dtype(d).kind not in 'iu' or name != 'power':
                    g.add(f, 3, np.abs(a) if np.dtype(d).kind != 'c' else a, tol=tolerance(name, [d]), scale=scaled(name))
                g.add(f, a, np.float64(2.5), tol=tolerance(name, [d, 'float64']), scale=scaled(name))
    for alias in ALIASES:
        a = np.abs(g.nonzero('int32', (6,)))
        u = getattr(np, alias)
        args = [a] * u.nin if alias not in ('acos', 'asin', 'atanh') else [g.uniform('float64', (6,), -0.9, 0.9)]
        g.add('np.' + alias, *args, tol=2)
    keywords(g)
    methods(g)


def keywords(g):
    a, b = g.uniform('float64', (3, 4)), g.uniform('float64', (3, 4))
    i = g.tame('int32', (3, 4))
    mask = g.tame('bool', (3, 4))
    for name in ['add', 'multiply', 'divide', 'maximum', 'less', 'arctan2']:
        f = 'np.' + name
        out = np.zeros((3, 4)) if name != 'less' else np.zeros((3, 4), bool)
        tol = 2 if name == 'arctan2' else 0
        g.add(f, a, b, out=out, ret='out', tol=tol, scale=scaled(name))
        g.add(f, a, b, out=L(out, 'F'), ret='out', tol=tol, scale=scaled(name))
        g.add(f, a, b, out=L(out, 'rev'), where=mask, ret='out', tol=tol, scale=scaled(name))
        g.add(f, a, b, out=L(out, 'step2'), where=L(mask, 'F'), ret='out', tol=tol, scale=scaled(name))
        g.add(f, a, i, out=out, where=np.array([True, False, True, False]), ret='out', tol=tol, scale=scaled(name))
        g.add(f, a, 2.5, out=out, where=False, ret='out')
    for d in ['float32', 'float16', 'complex64']:
        g.add('np.add', a, b, out=np.zeros((3, 4), d), ret='out')
        g.add('np.add', a, b, dtype=d)
        g.add('np.sqrt', np.abs(a), dtype=d, tol=1)
    g.add('np.add', a[0], b, out=np.zeros((2, 3, 4)), ret='out')
    g.add('np.add', i, i, dtype='float64')
    g.add('np.add', i, i, dtype='int8')
    g.add('np.add', i, i, dtype='int64')
    g.add('np.multiply', i, i, out=np.zeros((3, 4), 'int8'), ret='out')
    g.add('np.add', a, b, dtype='int32', message=True)
    g.add('np.add', a, b, dtype='int32', casting='unsafe')
    g.add('np.add', i, 1, casting='no')
    g.add('np.add', i, a, casting='no', message=True)
    g.add('np.add', i, g.tame('int64', (3, 4)), casting='safe')
    g.add('np.add', i, a, out=np.zeros((3, 4), 'int32'), message=True)
    g.add('np.add', i, a, out=np.zeros((3, 4), 'int32'), casting='unsafe', ret='out')
    g.add('np.sqrt', i, dtype='float32')
    g.add('np.exp', np.abs(i), dtype='float32', tol=2)
    g.add('np.divide', i, g.nonzero('int32', (3, 4)), dtype='float32')
    g.add('np.less', i, 2, dtype='bool')
    g.add('np.logical_and', a, i, out=np.zeros((3, 4)), ret='out')
    g.add('np.bitwise_and', a, i, message=True)
    g.add('np.invert', a, message=True)
    g.add('np.subtract', mask, mask, message=True)
    g.add('np.negative', mask, message=True)
    g.add('np.power', i, -2, message=True)
    g.add('np.power', i, np.array([-1] * 4), message=True)
    g.add('np.add', a, np.zeros((2, 4)), message=True)
    g.add('np.add', a, np.zeros(5), message=True)
    g.add('np.add', a, b, out=np.zeros((3, 3)), message=True)
    g.add('np.floor_divide', g.uniform('complex128', 3), 2.5, message=True)
    g.add('np.add', g.tame('uint8', 3), 256, message=True)
    g.add('np.add', g.tame('uint8', 3), -1, message=True)
    g.add('np.add', g.tame('int8', 3), 200, message=True)
    g.add('np.less', g.tame('uint8', 3), 256)
    g.add('np.less', g.tame('uint8', 3), -1)
    g.add('np.equal', g.tame('int8', 3), 300)
    # Overlapping memory of input and output is as if the input were copied first.
    g.add('np.frexp', a)
    g.add('np.modf', L(a, 'F'))
    g.add('np.divmod', L(i, 'rev'), g.nonzero('int32', (3, 4)))
    g.add('np.divmod', i, 3)
    g.add('np.divmod', a, 0.75)
    big = g.wild('int64', 300)
    g.add('np.add', big, big[::-1].copy())
    g.add('np.multiply', big, big[::-1].copy())
    g.add('np.floor_divide', big, 7)
    g.add('np.remainder', big, -7)
    g.add('np.bitwise_count', big)
    for d in ['float64', 'float32']:
        w = g.wild(d, 300)
        for name in ['sqrt', 'floor', 'rint', 'absolute', 'square', 'reciprocal']:
            g.add('np.' + name, w)
        for name in ['multiply', 'divide', 'remainder', 'floor_divide', 'minimum', 'fmax', 'copysign', 'less', 'fmod']:
            g.add('np.' + name, w, g.rng.permutation(w))
        for name in ['exp', 'log', 'sin', 'cos', 'tan', 'tanh', 'arctan', 'cbrt', 'expm1', 'log1p', 'sinh', 'arcsinh']:
            g.add('np.' + name, g.uniform(d, 300, -9, 9), tol=2)


METHOD_UFUNCS = [('add', ['bool', 'int8', 'uint8', 'int32', 'int64', 'uint64', 'float16', 'float32', 'float64', 'complex128']),
                 ('multiply', ['bool', 'int8', 'int32', 'float32', 'float64', 'complex64']), ('subtract', ['int32', 'float64']), ('divide', ['float64']),
                 ('maximum', ['int8', 'uint64', 'float32', 'float64']), ('minimum', ['bool', 'int64', 'float64']), ('fmax', ['float64']), ('fmin', ['float32']),
                 ('logical_and', ['bool', 'float64', 'int32']), ('logical_or', ['bool', 'int8']), ('logical_xor', ['int32']),
                 ('bitwise_and', ['int32', 'uint8']), ('bitwise_or', ['int64', 'bool']), ('bitwise_xor', ['int16']), ('gcd', ['int64']), ('lcm', ['int32']),
                 ('hypot', ['float64']), ('logaddexp', ['float64']), ('floor_divide', ['int32']), ('power', ['int64']), ('remainder', ['int32'])]
# Not power of floats: with AVX-512 NumPy's own loop of it gives wrong reductions (1.5, 0.5, 2 reduces to something else than (1.5**0.5)**2).
REORDERABLE = {'add', 'multiply', 'maximum', 'minimum', 'fmax', 'fmin', 'logical_and', 'logical_or', 'logical_xor', 'bitwise_and', 'bitwise_or',
               'bitwise_xor', 'gcd', 'lcm', 'hypot', 'logaddexp'}


def methods(g):
    for name, dtypes in METHOD_UFUNCS:
        f = 'np.' + name
        for d in dtypes:
            scale = 4 if name in ('hypot', 'logaddexp') or d.startswith('complex') else 0
            if name in ('gcd', 'lcm'):
                make = lambda s: g.rng.integers(1, 7, s).astype(d)
            elif name in ('divide', 'floor_divide', 'remainder'):
                make = lambda s: g.nonzero(d, s)
            elif name in ('power', 'hypot'):
                make = (lambda s: g.uniform(d, s, 0.5, 2)) if d == 'float64' else (lambda s: g.rng.integers(1, 3, s).astype(d))
            else:
                make = lambda s: g.tame(d, s)
            v, m, t = make((7,)), make((3, 4)), make((2, 3, 4))
            g.add(f + '.reduce', v, scale=scale)
            g.add(f + '.reduce', m, scale=scale)
            g.add(f + '.reduce', m, 1, scale=scale)
            g.add(f + '.reduce', L(t, 'F'), axis=-1, scale=scale)
            g.add(f + '.reduce', L(t, 'rev'), axis=1, keepdims=True, scale=scale)
            g.add(f + '.reduce', L(t, 'step2'), axis=(0, 2), scale=scale)
            g.add(f + '.reduce', t, axis=None, scale=scale)
            g.add(f + '.reduce', t, axis=(), scale=scale)
            g.add(f + '.reduce', np.zeros((0, 3), d), scale=scale)
            g.add(f + '.reduce', np.zeros((3, 0), d), axis=0, scale=scale)
            g.add(f + '.accumulate', v, scale=scale)
            g.add(f + '.accumulate', L(m, 'F'), 1, scale=scale)
            g.add(f + '.accumulate', L(t, 'P'), axis=-1, scale=scale)
            g.add(f + '.accumulate', np.zeros((0,), d), scale=scale)
            g.add(f + '.reduceat', v, np.array([0, 3, 1, 5]), scale=scale)
            g.add(f + '.reduceat', L(m, 'rev'), np.array([0, 2, 2, 3]), axis=1, scale=scale)
            g.add(f + '.outer', v[:3], make((4,)), scale=scale, tol=2 if scale else 0)
            g.add(f + '.outer', L(m, 'F'), make((2,)), scale=scale, tol=2 if scale else 0)
            if name not in ('divide', 'power', 'hypot', 'logaddexp'):
                if np.dtype(getattr(np, name)(v[:1], v[:1]).dtype) == np.dtype(d):
                    g.add(f + '.at', v, np.array([0, 2, 2, -1]), make((4,)), ret=0)
                    g.add(f + '.at', L(m, 'F'), (np.array([0, 0, 2]), np.array([1, 1, 3])), make((3,)), ret=0)
        if name in REORDERABLE:
            m, mask = g.tame(dtypes[-1], (3, 4)), g.tame('bool', (3, 4))
            if name in ('gcd', 'lcm'):
                m = np.abs(m)
            scale = 4 if name in ('hypot', 'logaddexp') or dtypes[-1].startswith('complex') else 0
            g.add(f + '.reduce', m, axis=0, initial=1, where=mask, scale=scale)
            g.add(f + '.reduce', m, axis=1, initial=2, scale=scale)
            g.add(f + '.reduce', L(m, 'F'), axis=None, where=mask, initial=0, keepdims=True, scale=scale)
    a = g.tame('float64', (3, 4))
    g.add('np.add.reduce', a, out=np.zeros(4), ret='out')
    g.add('np.add.reduce', a, axis=1, dtype='float32')
    g.add('np.add.reduce', g.tame('int8', (30,)), dtype='int8')
    g.add('np.add.reduce', g.tame('bool', (30,)))
    g.add('np.add.reduce', g.tame('bool', (30,)), dtype='bool')
    g.add('np.add.accumulate', a, out=np.zeros((3, 4), 'float32'), ret='out')
    g.add('np.add.accumulate', g.tame('int8', (9,)))
    g.add('np.multiply.accumulate', g.tame('uint8', (9,)))
    g.add('np.subtract.reduce', a, axis=(0, 1), message=True)
    g.add('np.maximum.reduce', np.zeros((0,)), message=True)
    g.add('np.add.reduce', a, 2, message=True)
    g.add('np.add.reduce', a, axis=(0, 0), message=True)
    g.add('np.add.reduceat', a, np.array([0, 5]), message=True)
    g.add('np.negative.at', a, np.array([0, 1]), ret=0)
    g.add('np.add.at', a, np.array([0, 3]), 1, message=True, ret=0)
    g.add('np.maximum.at', a, np.array([0, 1, 0]), 2, ret=0)
    for d in ['float64', 'float32', 'float16']:
        for n in (9, 17, 100, 127, 128, 129, 300):
            g.add('np.add.reduce', g.uniform(d, n, -1, 1))
    w = g.wild('float64', 40)
    g.add('np.maximum.reduce', w)
    g.add('np.fmax.reduce', w)
    g.add('np.minimum.accumulate', w)
    g.add('np.maximum.reduce', w[~np.isnan(w)])
