"""Conversions between dtypes, and the questions about them."""
import numpy as np

from .common import ALL, COMPLEX, FLOATS, INTS, L

LAYS = ['C', 'F', 'P', 'rev', 'step2', 'bcast', 'off']


def cases(g):
    for a in ALL:
        for b in ALL:
            m = g.tame(a, (3, 5))
            if np.dtype(b).kind == 'u' and np.dtype(a).kind in 'fc':
                m = np.abs(m).astype(a)
            g.add('.astype', L(m, LAYS[(ALL.index(a) + ALL.index(b)) % 7]), b)
            if np.dtype(a).kind in 'biu' or np.dtype(b).kind in 'bfc':
                g.add('.astype', g.wild(a, 40), b)
            elif np.dtype(b).kind in 'iu':
                # Inside of the target's range, where C defines the conversion.
                i = np.iinfo(b)
                f = np.finfo(a)
                low, high = max(float(i.min), float(f.min) / 2), min(float(i.max) * 0.99, float(f.max) / 2)
                x = g.rng.uniform(low, high, 20)
                g.add('.astype', np.concatenate([x, g.rng.uniform(max(low, -9), 9, 20)]).astype(a), b)
            for casting in ['no', 'equiv', 'safe', 'same_kind', 'unsafe']:
                g.add('np.can_cast', a, b, casting)
            g.add('np.promote_types', a, b)
            g.add('np.result_type', m, g.tame(b, (2,)))
            g.add('.astype', m, b, casting='safe')
    # NaN and infinities to 64-bit and 32-bit integers give the smallest one on this hardware.
    special = np.array([np.nan, np.inf, -np.inf, 1e300])
    g.add('.astype', special, 'int64')
    g.add('.astype', special, 'int32')
    for d in ALL:
        g.add('np.result_type', g.tame(d, (2,)), 1)
        g.add('np.result_type', d, 'int16')
        g.add('np.result_type', g.tame(d, (2,)), 1.5)
        g.add('np.result_type', g.tame(d, (2,)), True)
        g.add('np.result_type', g.tame(d, (2,)), 1 + 2j)
        g.add('np.result_type', d, 'float32', 'int8')
        g.add('np.min_scalar_type', g.tame(d, (2,)))
        g.add('np.common_type', g.tame(d, (2,))) if d != 'bool' else None
        for kind in ['integer', 'floating', 'signedinteger', 'unsignedinteger', 'number', 'inexact', 'complexfloating', 'generic']:
            g.add('np.issubdtype', d, getattr(np, kind))
            if kind == 'number':
                for other in ['float64', 'int32', 'bool']:
                    g.add('np.issubdtype', d, other)
        for kind in ['bool', 'signed integer', 'unsigned integer', 'integral', 'real floating', 'complex floating', 'numeric']:
            g.add('np.isdtype', np.dtype(d), kind)
    for v in (1, 300, -1, -129, 70000, 2**40, 0.5, 1e300, 3.5, True, 1j, 2**63):
        g.add('np.min_scalar_type', v)
    g.add('.view', np.arange(6, dtype='int32'), 'float32')
    g.add('.view', g.tame('float64', (3,)), 'int64')
    g.add('.view', g.tame('float64', (3, 2)), 'uint8')
    g.add('.view', g.tame('uint8', (2, 8)), 'int16')
    g.add('.view', g.tame('complex64', (3,)), 'float32')
    g.add('.view', g.tame('uint8', (7,)), 'int16', message=True)
    g.add('.byteswap', np.arange(5, dtype='int16'))
    g.add('.astype', g.uniform('float64', (5,)), 'float32', copy=False)
    g.add('.astype', g.tame('float64', (3, 4)), 'int8', order='F')
    g.add('.astype', g.uniform('float64', (5,), -2, 2), 'float16')
    g.add('.real', g.tame('complex64', (3, 2)))
    g.add('.imag', g.tame('complex128', (3, 2)))
    g.add('.imag', g.tame('float32', (3,)))
    g.add('.conj', g.tame('complex128', (3,)))
    # Every float16 that matters: rounding to half, subnormals, overflow.
    edge = np.array([65504, 65519, 65520, 1e5, 6e-8, 2.98e-8, 2.99e-8, 6.1e-5, 6.09e-5, 1.0009765625, 1.00048828125, 1.0014648, -0.0, 2049, 2051, 0.1])
    for d in ['float64', 'float32']:
        g.add('.astype', edge.astype(d), 'float16')
    g.add('.astype', np.arange(0, 65536, 257, dtype='uint16').view('float16'), 'float32')
    big = np.array([2**53 + 1, 2**53 + 3, 2**63 - 1, -(2**63), 2**62 + 1, -(2**53) - 1, 2**24 + 1, 2**31 - 1], 'int64')
    for d in ['float64', 'float32', 'float16', 'uint64', 'int32', 'complex64']:
        g.add('.astype', big, d)
    ubig = np.array([2**64 - 1, 2**63, 2**63 + 1025, 2**53 + 1, 2**64 - 1025], 'uint64')
    for d in ['float64', 'float32', 'int64', 'int32', 'complex128']:
        g.add('.astype', ubig, d)
    g.add('.astype', np.array([1.8e19, 9.3e18, 2.0**63]), 'uint64')
