"""How ufuncs are called: numbers of arguments, outputs, masks, dtypes asked for, what is refused and with which words, and their methods."""
import numpy as np

from .common import ALL, FLOATS, INTS, L

I8, U8, I32, I64, U64 = (np.array([1, 2, 3], d) for d in ('int8', 'uint8', 'int32', 'int64', 'uint64'))
F = np.array([1.5, -2.25, 3.0])
F32 = F.astype('float32')
B = np.array([True, False, True])
C = np.array([1 + 2j, -3.5j, 2])
M = np.arange(12.0).reshape(3, 4)
GU = ['matmul', 'vecdot', 'matvec', 'vecmat']


# A part of the calls is kept in the file; all of them are a matter of writing it anew with 1 here.
EVERY = 5


def thin(g):
    """Leaves calls out evenly. The stride is prime to the lengths of the loops below, so that all of their values stay."""
    whole, count = g.add, [0]

    def add(*a, **k):
        count[0] += 1
        if count[0] % EVERY == 0:
            whole(*a, **k)

    g.add = add


def cases(g):
    if EVERY > 1:
        thin(g)
    counts(g)
    outputs(g)
    dtypes(g)
    weak(g)
    reduce(g)
    along(g)
    outer_at(g)
    products(g)
    resolving(g)


def told(g):
    def call(f, *a, **k):
        try:
            g.add('np.' + f, *a, message=True, **k)
        except TypeError as e:
            # Results of dtypes that have no encoding (long doubles, times) are left out.
            if 'no encoding' not in str(e):
                raise

    return call


def counts(g):
    call = told(g)
    for f, n in [('add', 1), ('add', 4), ('add', 0), ('sin', 0), ('sin', 3), ('modf', 0), ('modf', 4), ('divmod', 1), ('divmod', 5), ('frexp', 4), ('ldexp', 1)]:
        call(f, *[F.copy() for _ in range(n)])
    call('add', F, F, bad=1)
    call('add', F, F, F, out=F)
    call('add', F, F, axis=0)
    call('add', F, F, keepdims=True)
    call('add', F, F, dtype='float32', signature='ff->f')
    call('add', F, F, sig='dd->d', signature='dd->d')
    call('add', F, F, subok=False)
    call('add', F, F, sig='dd->d')
    call('add', F32, F32, sig='dd->d')


def outputs(g):
    call = told(g)
    z = np.zeros(3)
    g.add('np.add', F, F, z, ret=2)
    call('add', F, F, out=(z,))
    call('add', F, F, out=(z, z))
    call('add', F, F, out=())
    call('add', F, F, out='x')
    call('add', F, F, out=1)
    call('add', F, F, 1)
    call('add', F, F, None)
    call('add', F, F, out=None)
    call('add', F, F, out=(None,))
    call('add', F, F, None, out=(z,))
    call('modf', F, out=z)
    call('modf', F, out=(z,))
    call('modf', F, out=(z, None))
    call('modf', F, out=(None, z))
    call('modf', F, None, z)
    call('modf', F, z)
    call('modf', F, out=(z, z.copy(), z.copy()))
    call('divmod', F, 2.0, out=(None, None))
    call('divmod', I32, 2, out=(np.zeros(3, 'int8'), None))
    call('divmod', F, 2, out=(np.zeros(3, 'int32'), None))
    call('divmod', F, 2, out=(None, np.zeros(3, 'int32')))
    call('frexp', F, out=(None, np.zeros(3, 'int8')))
    call('frexp', F, out=(None, np.zeros(3, 'bool')))
    call('frexp', F, out=(None, np.zeros(3, 'float32')))
    call('add', F, F, out=np.zeros(3, 'int32'))
    call('add', F, F, out=np.zeros(3, 'float32'))
    call('add', F, F, out=np.zeros(3, 'complex64'))
    call('add', C, C, out=np.zeros(3))
    call('add', F, F, out=np.zeros(3, 'bool'))
    call('less', F, 2, out=np.zeros(3))
    call('less', F, 2, out=np.zeros(3, 'int8'))
    call('add', I32, I32, out=np.zeros(3, 'uint8'))
    call('add', I32, F, out=np.zeros(3, 'int64'))
    call('add', I32, F, out=np.zeros(3, 'int64'), casting='unsafe')
    call('add', F, F, out=np.zeros(3, 'float32'), casting='safe')
    call('add', F, F, out=np.zeros(3, 'float32'), casting='equiv')
    call('add', F, F, out=np.zeros((2, 3)))
    call('add', F, F, out=np.zeros((1, 3)))
    call('add', F, F, out=np.zeros((3, 1)))
    call('add', F, F, out=np.zeros(2))
    call('add', F, F, out=np.zeros(1))
    call('add', F, F, out=np.zeros(()))
    call('add', M, F[:2])
    call('add', M, F)
    call('add', np.zeros((2, 3, 4)), np.zeros((3, 3)))
    call('add', M, M[0], out=np.zeros((3, 3)))
    call('add', np.zeros((2, 1)), np.zeros((1, 3)), out=np.zeros((2, 1)))
    call('sqrt', F, out=np.zeros((2, 2)))
    for w in [True, False, 1, 0, 1.0, [1, 0, 1], [True, False, True], np.array([1, 0, 1]), np.array([1.0, 0, 1]), B, np.array(True), 'x', None, [[True], [False]]]:
        if w is not None and not isinstance(w, str):
            call('add', F, F, where=w, out=np.zeros(3) + 7)
    call('add', F, 1, where=[[True, False, True], [False, True, True]], out=np.zeros((2, 3)))
    call('modf', F, where=B, out=(np.zeros(3), np.zeros(3)))
    call('power', I32, np.array([1, -1, 2]), where=B, out=np.zeros(3, 'int64'))
    for c in ['no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same-kind', 'x', 'SAFE', '']:
        call('add', I32, I32, casting=c)
        call('add', I32, F32, casting=c)
        call('sqrt', I32, casting=c)
        call('sin', F32, casting=c, dtype='float64')
        call('sin', F, casting=c, dtype='float32')
        call('sin', F, casting=c, dtype='float16')
        call('add', F, F, casting=c, dtype='int32')
        call('add', I64, I64, casting=c, dtype='int8')
        call('add', I32, 1.5, casting=c)
    for o in ['C', 'F', 'A', 'K', 'k', 'x', 'c', 'CC', None]:
        call('add', M, M, order=o)
    for o in ['C', 'F', 'A', 'K']:
        for l in ['C', 'F', 'P']:
            call('add', L(np.arange(24.0).reshape(2, 3, 4), l), 1, order=o)


def dtypes(g):
    call = told(g)
    for t in ['float64', 'float32', 'float16', 'int32', 'int8', 'uint64', 'bool', 'complex64', 'complex128', 'd', 'f4', '<f8', 'bad']:
        for f in ['add', 'divide', 'arctan2', 'less', 'logical_and', 'bitwise_and', 'floor_divide', 'power', 'hypot', 'gcd', 'left_shift', 'float_power', 'subtract', 'maximum']:
            call(f, I32, I32, dtype=t, tol=2)
            if f not in ('gcd',):
                call(f, F, F, dtype=t, tol=8 if t.startswith('complex') else 2)
        for f in ['sin', 'absolute', 'negative', 'isnan', 'logical_not', 'invert', 'square', 'rint', 'floor', 'conjugate', 'bitwise_count', 'modf', 'frexp', 'sign', 'signbit']:
            tol = 2 if f == 'sin' else 0
            call(f, I32, dtype=t, tol=tol)
            call(f, F, dtype=t, tol=tol)
            call(f, B, dtype=t, tol=tol)
    for s in ['dd->d', 'ff->f', 'ii->i', 'll->l', 'bb->b', 'd', 'f', 'i', '->d', 'dd', 'ddd', 'dd->dd', 'd->d', 'FF->F', '??->?', 'xx->x', 'dd->', '', 'dd>d', 'qq->q', 'gg->g', 'id->d']:
        call('add', I32, I32, signature=s)
        call('add', F, F, signature=s)
        if s != '??->?':
            call('less', I32, F, signature=s)
        if s not in ('d', 'f', 'i', 'ddd'):
            call('sqrt', F, signature=s)
            call('divmod', I32, 2, signature=s)
    for s in [('d', 'd', 'd'), ('d', None, None), (None, None, 'd'), (None, None, 'f'), ('i', 'i', None), (None, None, None), ('d',), ('d', 'd'), (None,), (), (None, None, 'x'), ('l', None, None),
              ('float32', 'float32', 'float32'), (np.dtype('float32'), None, None), (None, None, '?')]:
        call('add', I32, I32, signature=s)
        call('add', F, F, signature=s)
        call('add', I8, 1, signature=s)
        call('less', I8, 1, signature=s)
        call('equal', I32, I32, signature=s)
    for c in ['unsafe', 'safe', 'no']:
        call('add', F, F, signature='ii->i', casting=c)
        call('add', F32, F32, signature='dd->d', casting=c)
        call('add', I32, F32, signature=('f', None, None), casting=c)


def weak(g):
    call = told(g)
    big = [2**31, 2**31 - 1, -2**31 - 1, 2**63, 2**64, 2**64 - 1, -2**63 - 1, 2**70, 300, -1, 255, 256, 128, 127, -128, -129, 65504, 65536, 10**30]
    for d in ['bool', 'int8', 'uint8', 'int16', 'uint32', 'int32', 'int64', 'uint64', 'float16', 'float32', 'float64', 'complex64']:
        a = np.array([0, 1, 100], d)
        for v in big:
            for f in ['add', 'maximum', 'less', 'equal', 'logical_or']:
                if np.dtype(d).kind == 'b' and abs(v) >= 2**63 and f not in ('less',):
                    continue
                if f == 'logical_or' and abs(v) > 2**63 - 1:
                    continue
                if np.dtype(d).kind in 'fc' and abs(v) > 2**63:
                    continue
                call(f, a, v)
                call(f, v, a)
        for v in [1e6 + 0.5, float('inf'), 0.5, float('nan'), 1 + 2j]:
            for f in ['add', 'multiply', 'less', 'power', 'arctan2']:
                if f == 'arctan2' or f == 'power' and (isinstance(v, complex) or d == 'complex64'):
                    continue
                call(f, a, v)
                if not (f == 'power' and d == 'complex64'):
                    call(f, v, a)
        for v in [True, False]:
            for f in ['add', 'multiply', 'less', 'subtract', 'bitwise_and', 'gcd', 'divide', 'logical_xor']:
                if f == 'gcd' and np.dtype(d).kind in 'fc':
                    continue
                call(f, a, v)
    for f in ['add', 'less', 'equal', 'not_equal', 'greater', 'greater_equal', 'less_equal', 'maximum']:
        u = np.array([0, 1, 2**63, 2**64 - 1, 2**63 - 1, 2**53 + 1], 'uint64')
        s = np.array([0, -1, 2**63 - 1, -2**63, 2**63 - 1, 2**53], 'int64')
        call(f, u, s)
        call(f, s, u)
        call(f, u, s.astype('int8'))
        call(f, s, -5)
        call(f, u, 2**64)
    for f in ['sin', 'exp', 'sqrt', 'divide', 'arctan2', 'hypot', 'copysign', 'nextafter', 'heaviside', 'ldexp', 'logaddexp', 'float_power', 'square', 'absolute', 'rint', 'floor', 'isnan', 'signbit', 'spacing', 'modf', 'cbrt']:
        u = getattr(np, f)
        tol = 2 if f in ('sin', 'exp', 'arctan2', 'hypot', 'logaddexp', 'cbrt') else 0
        for d in ['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'int64', 'float16', 'float32']:
            a = np.array([0, 1, 1], d)
            g.add('np.' + f, *([a] if u.nin == 1 else [a, 2]), tol=tol, message=True)
            if u.nin == 2:
                g.add('np.' + f, *[a, 1.5], tol=tol, message=True)
                g.add('np.' + f, *[a, np.float32(2)], tol=tol, message=True)
    for v in [3, 2.5, True, 1 + 1j, -1, 0]:
        for f in ['negative', 'absolute', 'square', 'sqrt', 'invert', 'sign', 'conjugate', 'isnan', 'positive', 'reciprocal', 'logical_not', 'bitwise_count', 'floor', 'degrees']:
            call(f, v)
        for f in ['add', 'subtract', 'divide', 'floor_divide', 'power', 'bitwise_and', 'less', 'maximum', 'gcd', 'arctan2']:
            if f == 'gcd' and isinstance(v, (float, complex)):
                continue
            if f == 'power' and isinstance(v, complex):
                continue
            call(f, v, 2)
            if f != 'gcd' and not (f == 'power' and isinstance(v, complex)):
                call(f, v, 2.5, tol=2 if f == 'power' else 0)
            call(f, v, True) if f != 'gcd' else None
    for f in ['isnat']:
        call(f, F)
        call(f, I32)


def reduce(g):
    call = told(g)
    for f in ['add', 'multiply', 'subtract', 'divide', 'maximum', 'fmin', 'logical_and', 'logical_or', 'logical_xor', 'bitwise_and', 'bitwise_or', 'gcd', 'lcm', 'hypot', 'less', 'equal', 'sin', 'modf',
              'divmod', 'floor_divide', 'remainder', 'logaddexp', 'nextafter', 'copysign', 'heaviside', 'left_shift', 'frexp', 'absolute']:
        r = f + '.reduce'
        tol = 2 if f in ('hypot', 'logaddexp', 'arctan2', 'power', 'float_power') else 0
        ints = f in ('gcd', 'lcm', 'bitwise_and', 'bitwise_or', 'left_shift')
        for a in ([I32, np.zeros((0,), 'int32'), np.ones((2, 0), 'int64'), np.arange(6).reshape(2, 3)] if ints else [I32, F, B, C, F32, np.zeros((0,)), np.ones((2, 0)), np.arange(1, 7.0).reshape(2, 3), np.array(2.5), I8]):
            if f in ('power', 'float_power') and (a.dtype.kind == 'c' or a.size and a.min() < 0):
                continue
            g.add('np.' + r, a, tol=tol, message=True)
            g.add('np.' + r, a, axis=None, tol=tol, message=True)
            g.add('np.' + r, a, axis=-1, keepdims=True, tol=tol, message=True)
            g.add('np.' + f + '.accumulate', a, tol=tol, message=True)
            g.add('np.' + f + '.reduceat', a, [0], tol=tol, message=True)
            g.add('np.' + r, a, initial=2, tol=tol, message=True)
            g.add('np.' + r, a, initial=None, tol=tol, message=True)
            g.add('np.' + r, a, where=False, tol=tol, message=True)
            g.add('np.' + r, a, (), tol=tol, message=True)
            g.add('np.' + r, a, dtype='float32', tol=tol, message=True)
            g.add('np.' + r, a, dtype='int8', tol=tol, message=True)
            g.add('np.' + r, a, dtype='bool', tol=tol, message=True)
    t = np.arange(24.0).reshape(2, 3, 4)
    for f in ['add', 'maximum', 'subtract', 'logical_or']:
        r = f + '.reduce'
        for ax in [0, 1, -1, 3, -4, (0, 1), (0, 2), (0, 1, 2), (), (0, 0), (0, -3), (0, 3), None, 1.5, True]:
            call(r, t, axis=ax)
            call(r, t, ax, keepdims=True)
        call(r, t, 0, None, None, True)
        call(r, t, 0, 'float32', None, False, 5)
        call(r, t, 0, None, None, False, 5, t > 3)
        call(r, t, 0, None, None, False, 5, t > 3, 1)
        call(r)
        call(r, t, out=np.zeros((3, 4)))
        call(r, t, out=np.zeros((1, 3, 4)))
        call(r, t, out=np.zeros((1, 3, 4)), keepdims=True)
        call(r, t, out=np.zeros((3, 4)), keepdims=True)
        call(r, t, out=np.zeros(4))
        call(r, t, out=np.zeros((2, 3, 4)))
        call(r, t, out=(np.zeros((3, 4)),))
        call(r, t, out=(np.zeros((3, 4)), None))
        call(r, t, out=(None,))
        call(r, t, out=1)
        call(r, t, out=np.zeros((3, 4), 'int32'))
        call(r, t, out=np.zeros((3, 4), 'float32'))
        call(r, t, out=np.zeros((3, 4), 'complex128'))
        call(r, t, out=np.zeros((3, 4), 'bool'))
        call(r, t, dtype='int32')
        call(r, t, dtype='complex64')
        call(r, t, dtype='bad')
        call(r, t, where=1)
        call(r, t, where=[1, 0, 1, 1])
        call(r, t, where=[True, False, True, True])
        call(r, t, where=[True, False, True, True], initial=3)
        call(r, t, where=np.ones((2, 2), bool), initial=3)
        call(r, t, where=np.ones((5, 2, 3, 4), bool), initial=3)
        call(r, t, casting='safe')
    for a in [[1, 2, 3], [[1.5, 2], [3, 4]], 3, 2.5, True, [], [[]], [True, False], [[True], [False]]]:
        if not isinstance(a, list):
            call('add.reduce', a)
            call('maximum.reduce', a)
            call('logical_and.reduce', a)
            call('add.reduce', a, axis=None)
            call('add.reduce', a, axis=1)
            call('subtract.reduce', a)
    for d in ALL:
        for f in ['add', 'multiply', 'maximum', 'logical_and', 'bitwise_or', 'subtract', 'divide', 'floor_divide', 'equal', 'less', 'logical_xor', 'minimum', 'fmax', 'right_shift']:
            if f == 'power' and d.startswith('complex'):
                continue
            a = np.array([3, 2, 1, 5], 'int8').astype(d)
            call(f + '.reduce', a)
            call(f + '.accumulate', a)
            call(f + '.reduceat', a, [0, 2, 1])
            call(f + '.reduce', a[:0])
            call(f + '.accumulate', a[:0])
            call(f + '.reduce', a[:1])
            call(f + '.reduce', a, out=np.zeros((), 'float64')) if f not in ('less', 'equal') else None
            call(f + '.accumulate', a, dtype='float32')
            if np.dtype(d).kind in 'iub':
                call(f + '.reduce', a, initial=300)
                call(f + '.reduce', a, initial=1.5)


def along(g):
    call = told(g)
    for m in ['accumulate', 'reduceat']:
        for f in ['add', 'maximum', 'subtract', 'less', 'logical_and']:
            extra = [[0, 2]] if m == 'reduceat' else []
            r, s = f'{f}.{m}', (3 if m == 'accumulate' else 2, 4)
            for ax in [0, 1, -1, 2, -3, None, (0,), (0, 1), 1.5, True]:
                call(r, M, *extra, axis=ax)
                call(r, F, *extra, axis=ax)
            call(r, M, *extra, 1, 'float32')
            call(r, M, *extra, 1, None, np.zeros((3, 4 if m == 'accumulate' else 2)))
            call(r, M, *extra, out=np.zeros(s))
            call(r, M, *extra, out=np.zeros(s, 'int32'))
            call(r, M, *extra, out=np.zeros(s, 'float32'))
            call(r, M, *extra, out=np.zeros(s, 'complex64'))
            call(r, M, *extra, out=(np.zeros(s),))
            call(r, M, *extra, out=1)
            call(r, M, *extra, dtype='int32')
            call(r, M, *extra, keepdims=True)
            call(r, M, *extra, where=True)
            call(r, M, *extra, initial=1)
            call(r, 3, *extra)
            call(r)
            call(r, M, *extra, 0, None, None, 1)
            call(r, I8, *extra[:1])
            call(r, I8, *extra, dtype='int8')
            call(r, U8, *extra)
            call(r, B, *extra)
    for idx in [[0, 3, 1, 2], [0], [2, 1, 0], [], [3], [-1], [4], [0, 9], [1, 1, 1], 0, [[0, 1]], [True, False], [0.5], [1.0]]:
        idx = np.array(idx) if idx != [] else np.array([], 'int64')
        if idx.dtype.kind != 'f':
            call('add.reduceat', np.arange(4.0), idx)
            call('multiply.reduceat', np.arange(12).reshape(4, 3), idx)
            call('add.reduceat', M, idx, axis=1)
    call('add.reduceat', F, np.array([0.5]))
    call('add.reduceat', F, np.array([1.0]))
    call('add.reduceat', F, C)
    call('add.reduceat', F)
    call('add.reduceat', np.zeros(0), np.array([0]))
    call('add.reduceat', np.zeros(0), np.array([], int))
    call('add.reduceat', np.zeros((2, 0)), np.array([0, 1]))
    call('add.reduceat', F, np.array([0, 1]), out=np.zeros(2, 'float32'))
    for f in ['sin', 'modf', 'divmod', 'negative', 'less', 'equal', 'nextafter']:
        call(f + '.accumulate', F)
        call(f + '.reduceat', F, [0])
        call(f + '.outer', F, F)


def outer_at(g):
    call = told(g)
    for f in ['add', 'less', 'multiply', 'arctan2', 'divmod', 'sin', 'ldexp', 'modf']:
        o = f + '.outer'
        tol = 2 if f == 'arctan2' else 0
        g.add('np.' + o, I32, I32, tol=tol, message=True)
        g.add('np.' + o, M, F[:2], tol=tol, message=f != 'ldexp')
        g.add('np.' + o, 2, F, tol=tol, message=f != 'ldexp')
        g.add('np.' + o, F, 2, tol=tol, message=True)
        g.add('np.' + o, 2, 3, tol=tol, message=True)
        g.add('np.' + o, I8, 3, tol=tol, message=True)
        g.add('np.' + o, I8, 300, tol=tol, message=True)
        g.add('np.' + o, F, tol=tol, message=True)
        g.add('np.' + o, F, F, F, tol=tol, message=True)
        g.add('np.' + o, tol=tol, message=True)
        g.add('np.' + o, np.zeros((0, 2)), np.zeros(3), tol=tol, message=f != 'ldexp')
        if f not in ('ldexp',):
            g.add('np.' + o, F, F, dtype='float32', tol=tol, message=True)
            g.add('np.' + o, F, F, where=False, out=np.zeros((3, 3)), tol=tol, message=True)
            g.add('np.' + o, F, F, where=B, out=np.zeros((3, 3)), tol=tol, message=True)
            g.add('np.' + o, F, F, out=np.zeros((3,)), tol=tol, message=True)
            g.add('np.' + o, F, F, bad=1, tol=tol, message=True)
            g.add('np.' + o, F, F, axis=1, tol=tol, message=True)
    for d in ALL:
        for f in ['add', 'subtract', 'multiply', 'divide', 'maximum', 'floor_divide', 'power', 'bitwise_xor', 'less', 'logical_or', 'left_shift', 'gcd', 'arctan2', 'minimum', 'equal', 'fmin', 'remainder', 'copysign']:
            if f == 'power' and d.startswith('complex') or f == 'gcd' and np.dtype(d).kind in 'fcb':
                continue
            a = np.array([3, 1, 2, 5], 'int8').astype(d)
            g.add(f'np.{f}.at', a, np.array([0, 2, 2, -1]), np.array([1, 2, 3, 2], 'int8').astype(d), ret=0, message=True, tol=2 if f in ('arctan2', 'power') else 0)
            g.add(f'np.{f}.at', a, np.array([0, 2, 2, -1]), 2, ret=0, message=True, tol=2 if f in ('arctan2', 'power') else 0)
            g.add(f'np.{f}.at', a, slice(None, None, 2), 1, ret=0, message=True, tol=2 if f in ('arctan2', 'power') else 0)
            g.add(f'np.{f}.at', a, np.array([1]), 1.5, ret=0, message=True, tol=2 if f in ('arctan2', 'power') else 0)
        for f in ['negative', 'square', 'sqrt', 'invert', 'absolute', 'logical_not', 'floor', 'reciprocal', 'isnan', 'sign', 'conjugate']:
            a = np.array([3, 1, 2, 5], 'int8').astype(d)
            g.add(f'np.{f}.at', a, np.array([0, 2, 2, -1]), ret=0, message=True, tol=1)
            g.add(f'np.{f}.at', a, Ellipsis, ret=0, message=True, tol=1)
    for args in [(0, 1), (-1, 1), (3, 1), (-4, 1), (np.array([0, 3]), 1), ((np.array([0, 1]), np.array([0, 1])), 1), (np.array([0, 1]), np.array([1.0, 2])), (np.array([0, 1]), np.array([1.0, 2, 3])), (slice(0, 2), F[:2]),
                 (Ellipsis, 2), (np.array([], 'int64'), 1), (B, 1), (np.array([True, False]), 1), (np.array([0.5]), 1), (np.array([0, 1]), C[:2]), (np.array([0, 1]), np.array([2, 3], 'int8')), (0, np.array([1.0, 2])),
                 (np.array([0, 1]),), (), (0, 1, 2), (0, 1, 2, 3)]:
        g.add('np.add.at', F.copy(), *args, ret=0, message=True)
        g.add('np.add.at', I32.copy(), *args, ret=0, message=True)
        g.add('np.add.at', M.copy(), *args, ret=0, message=True)
        g.add('np.negative.at', F.copy(), *args, ret=0, message=True)
    for f in ['modf', 'divmod', 'frexp', 'less', 'ldexp', 'isnan']:
        g.add(f'np.{f}.at', F.copy(), np.array([0, 1]), 1, ret=0, message=True)
        g.add(f'np.{f}.at', F.copy(), np.array([0, 1]), ret=0, message=True)
    g.add('np.add.at', 3, 0, 1, message=True)
    g.add('np.add.at', np.array(3.0), Ellipsis, 1, ret=0, message=True)
    g.add('np.add.at', M.copy(), (slice(None), np.array([0, 0, 3])), 1, ret=0, message=True)
    g.add('np.add.at', M.copy(), (np.array([0, 0]), slice(1, 3)), 10, ret=0, message=True)
    g.add('np.add.at', M.copy(), np.array([[0, 1], [1, 0]]), np.arange(4.0), ret=0, message=True)
    g.add('np.add.at', M.copy(), M > 5, 100, ret=0, message=True)
    g.add('np.add.at', M.copy(), None, 100, ret=0, message=True)


def products(g):
    call = told(g)
    v, w = np.array([1.0, 2, 3, 4]), np.array([1.0, 2, 3])
    c = np.array([1 + 2j, 3 - 1j, 2j, 4])
    t = np.arange(24.0).reshape(2, 3, 4)
    ops = {'matmul': (M, M.T.copy()), 'vecdot': (M, v), 'matvec': (M, v), 'vecmat': (w, M)}
    for f in GU:
        a, b = ops[f]
        call(f, a, b)
        call(f, a)
        call(f)
        call(f, a, b, a, b)
        call(f, b, b)
        call(f, a, a)
        call(f, v, v)
        call(f, 3, v)
        call(f, v, 3)
        call(f, v, w)
        call(f, M, w)
        call(f, t, v)
        call(f, t, M)
        call(f, M, t)
        call(f, t, np.ones((3, 4, 2)))
        call(f, a, b, where=True)
        call(f, a, b, bad=1)
        call(f, a, b, axis=0)
        call(f, a, b, axis=-1)
        call(f, a, b, axis=1)
        call(f, a, b, keepdims=True)
        call(f, a, b, dtype='float32')
        call(f, a, b, dtype='int32')
        call(f, a, b, dtype='int32', casting='unsafe')
        call(f, a, b, dtype='complex64')
        call(f, a, b, casting='no')
        call(f, a, b.astype('int32'), casting='no')
        call(f, a, b, casting='x')
        call(f, a, b, order='F')
        call(f, a, b, order='x')
        call(f, a, b, subok=False)
        call(f, a, b, signature='ff->f')
        call(f, a, b, signature='dd->d')
        call(f, a, b, signature='dd')
        call(f, a, b, signature='ii->i')
        call(f, a, b, signature=('f', None, None))
        call(f, a, b, out=np.zeros((3, 3)))
        if f != 'matmul':
            call(f, a, b, out=np.zeros(3))
        if f not in ('matmul', 'vecdot'):
            call(f, a, b, out=np.zeros(4))
            call(f, a, b, out=np.zeros(()))
        call(f, a, b, out=np.zeros(3, 'int32'))
        call(f, a, b, out=np.zeros((2, 3)))
        call(f, a, b, out=np.zeros((2, 3, 3)))
        call(f, a, b, out=(np.zeros((3, 3)), None))
        call(f, a, b, out=1)
        call(f, a, b, 1)
        call(f, a.astype('int8'), b.astype('uint8'))
        call(f, a > 2, b > 2)
        call(f, a.astype('float16'), b.astype('float16'))
        call(f, a, b.astype('complex64'))
        call(f, a + 1j * a, b - 2j * b)
        call(f, L(a, 'F'), L(b, 'rev'))
        call(f, np.zeros((0, 4)), np.zeros(4))
        call(f, np.zeros((3, 0)), np.zeros(0))
        call(f, np.zeros((3, 0)), np.zeros((0, 2)))
        call(f, np.zeros(0), np.zeros((0, 2)))
        call(f, np.zeros(0), np.zeros(0))
        for axes in [[(0, 1), (0, 1), (0, 1)], [(-2, -1), (-2, -1), (-2, -1)], [(1, 0), (1, 0), (1, 0)], [-1, -1], [0, 0], [-1, -1, ()], [(-2, -1), -1, -1], [-1, (-2, -1), -1], [(0,), (0,), ()], [(0, 1), (0, 1)], [0], [(0, 1), (0,), (0,)], [5, 0], [(0, 0), (0, 1), (0, 1)], 3, [(0, 5), (0, 1), (0, 1)], [1.5, 0], [(0,), (0, 1), (0,)]]:
            call(f, a, b, axes=axes)
        call(f, a, b, axes=[0, 0], axis=0)
        for m in ['reduce', 'accumulate']:
            call(f'{f}.{m}', a)
        call(f'{f}.reduceat', a, [0])
        call(f'{f}.outer', a, b)
        call(f'{f}.at', a, [0], b)
    call('vecdot', c, c)
    call('vecdot', c, c.real)
    call('vecdot', c.real, c)
    call('vecmat', c, np.outer(c, c))
    call('matvec', np.outer(c, c), c)
    call('vecdot', M, M, axis=0)
    call('vecdot', M, M, axis=0, keepdims=True)
    call('vecdot', M, M, axis=1, keepdims=True)
    call('vecdot', M, M, axis=2)
    call('vecdot', M, M, axes=[0, 0], keepdims=True)
    call('vecdot', t, t, axes=[1, 1, 0], keepdims=True)
    call('vecdot', t, t, axis=1, out=np.zeros((2, 4)))
    call('vecdot', t, t, axis=1, keepdims=True, out=np.zeros((2, 1, 4)))
    call('matmul', t, t.transpose(0, 2, 1), axes=[(1, 2), (1, 2), (0, 1)])
    call('matmul', t, t, axes=[(1, 2), (2, 1), (0, 2)], out=np.zeros((3, 2, 3)))


def resolving(g):
    call = told(g)
    pick = lambda *names: tuple(np.dtype(n) if isinstance(n, str) else n for n in names)
    for f, types in [('add', ('int32', 'float32', None)), ('add', ('int8', 'uint8', None)), ('less', ('int8', 'int64', None)), ('sqrt', ('int8', None)), ('sqrt', ('float32', None)), ('divide', ('int8', 'int8', None)),
                     ('divmod', ('int8', 'float16', None, None)), ('bitwise_and', ('float64', 'int8', None)), ('add', ('int32', 'float32')), ('add', ('int32', None, None)), ('add', ('int32', 'float32', 'int8')),
                     ('add', ('int32', 'float32', 'float16')), ('matmul', ('int8', 'float32', None)), ('ldexp', ('float32', 'int8', None)), ('frexp', ('int8', None, None)), ('equal', ('int64', 'uint64', None))]:
        call(f + '.resolve_dtypes', pick(*types))
    call('add.resolve_dtypes', pick('float32', 'float32', None), signature=pick('float64', None, None))
    call('add.resolve_dtypes', pick('float64', 'float64', 'float32'), casting='safe')
    call('add.resolve_dtypes', pick(None, 'int8', None), reduction=True)
    call('add.resolve_dtypes', pick('int8', 'int8', 'int8'), reduction=True)
    call('add.resolve_dtypes', pick('int8', 'int8', None), reduction=True)
    call('add.resolve_dtypes', pick('float64', 'float64', None), reduction=1)
    call('sqrt.resolve_dtypes', pick(None, None))
    call('sqrt.resolve_dtypes', pick('int8', None), reduction=True)
    call('add.resolve_dtypes', 3)
