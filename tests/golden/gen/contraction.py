"""Products: dot, matmul, inner, outer, einsum, tensordot, kron and the like, without decompositions."""
import numpy as np

from .common import ALL, COMPLEX, FLOATS, L

LAYS = ['C', 'F', 'P', 'rev', 'step2', 'bcast', 'off']


def cases(g):
    for d in ALL:
        a, b, v, w = g.tame(d, (3, 4)), g.tame(d, (4, 5)), g.tame(d, (4,)), g.tame(d, (4,))
        t, u = g.tame(d, (2, 3, 4)), g.tame(d, (2, 4, 5))
        for i, lay in enumerate(LAYS):
            other = LAYS[(i + 3) % 7]
            g.add('np.matmul', L(a, lay), L(b, other))
            g.add('np.dot', L(a, lay), L(b, other))
            g.add('np.dot', L(v, lay), L(w, other))
            g.add('np.dot', L(a, lay), L(v, other))
            g.add('np.matmul', L(v, lay), L(b, other))
            g.add('np.matmul', L(t, lay), L(u, other))
            g.add('np.inner', L(a, lay), L(t, other))
            g.add('np.vdot', L(a, lay), L(g.tame(d, (3, 4)), other))
            g.add('np.outer', L(v, lay), L(w, other))
        g.add('np.matmul', a, u)
        g.add('np.matmul', t, v)
        g.add('np.matmul', t[:, None], g.tame(d, (3, 4, 2)))
        g.add('np.dot', t, g.tame(d, (3, 4, 2)))
        g.add('np.dot', v, 2)
        g.add('np.dot', a, g.tame(d, ()))
        g.add('.dot', a, b)
        g.add('np.tensordot', t, u, axes=((0, 2), (0, 1)))
        g.add('np.tensordot', a, b, 1)
        g.add('np.tensordot', a, v, 0, scale=1)
        g.add('np.kron', a[:2, :2], b[:2, :3])
        g.add('np.kron', v[:2], b[:2, :2])
        g.add('np.matmul', np.zeros((3, 0), d), np.zeros((0, 2), d))
        g.add('np.matmul', np.zeros((0, 4), d), b)
        g.add('np.dot', np.zeros((0,), d), np.zeros((0,), d))
        for sub, ops in [('ij,jk->ik', (a, b)), ('ij,jk', (a, b)), ('ij->ji', (a,)), ('ij->', (a,)), ('ij->i', (a,)), ('ij,j->i', (a, v)), ('i,i->', (v, w)), ('i,j->ij', (v, w)),
                         ('bij,bjk->bik', (t, u)), ('...ij,...jk->...ik', (t, u)), ('ii', (b[:4, :4],)), ('ii->i', (b[:4, :4],)), ('ijk->kji', (t,)), ('ijk,ilm->jklm', (t, u[:, :2, :2])),
                         ('i...->...', (t,)), ('ij,kj,j->ik', (a, a, v)), ('ijk,k', (t, v)), ('ij,ij->ij', (a, a)), ('i,i,i->i', (v, w, v)), ('ba', (a,)), ('...j,j', (t, v))]:
            g.add('np.einsum', sub, *ops, scale=16 if d == 'float16' else 1)
    for d in FLOATS + COMPLEX:
        for n in (17, 33):
            x, y = g.uniform(d, (n, n + 3)), g.uniform(d, (n + 3, 9))
            g.add('np.matmul', x, y, scale=16)
            g.add('np.dot', L(x, 'F'), L(y, 'rev'), scale=16)
            g.add('np.matmul', L(x, 'step2'), y[:, 0], scale=16)
            g.add('np.einsum', 'ij,jk->ik', x, L(y, 'F'), scale=16)
            g.add('np.vdot', x, x, scale=32)
            g.add('np.dot', x[0], y[:, 0], scale=16)
    for f in ['matvec', 'vecmat', 'vecdot']:
        for d in ['float64', 'int32', 'complex128']:
            t, v, w = g.tame(d, (2, 3, 4)), g.tame(d, (4,)), g.tame(d, (2, 3))
            g.add('np.' + f, t, L(v, 'rev')) if f == 'matvec' else g.add('np.' + f, w, t) if f == 'vecmat' else g.add('np.' + f, t, L(v, 'step2'))
    a, b = g.tame('float64', (3, 4)), g.tame('float64', (4, 3))
    i = g.tame('int32', (4, 3))
    g.add('np.matmul', a, i)
    g.add('np.matmul', g.tame('bool', (2, 3)), g.tame('int8', (3, 2)))
    g.add('np.matmul', a, b, out=np.zeros((3, 3)), ret='out')
    g.add('np.matmul', a, b, out=L(np.zeros((3, 3)), 'F'), ret='out')
    g.add('np.matmul', a, b, dtype='float32')
    g.add('np.dot', a, b, out=np.zeros((3, 3)), ret='out')
    g.add('np.dot', 3, a)
    g.add('np.dot', 2, 3)
    g.add('np.inner', 2, a)
    g.add('np.outer', a, i)
    g.add('np.outer', a[0], i[0], out=np.zeros((4, 3)), ret='out')
    g.add('np.einsum', a, [0, 1], b, [1, 2], [0, 2])
    g.add('np.einsum', a, [0, 1], [1, 0])
    g.add('np.einsum', 'ij,jk,kl->il', a, b, a)
    g.add('np.einsum', 'ij,jk,kl->il', a, b, a, optimize=True)
    g.add('np.einsum', 'ij,jk->ik', a, i)
    g.add('np.einsum', 'ij,jk->ik', a, b, out=np.zeros((3, 3)), ret='out')
    g.add('np.einsum', 'ij,jk->ik', a, b, dtype='float32', casting='same_kind')
    g.add('np.einsum', 'ij , jk -> ik', a, b)
    g.add('np.einsum', 'ij,jk->ijk', np.ones((3, 1)), b)
    g.add('np.tensordot', a, b, ([0, 1], [1, 0]))
    g.add('np.tensordot', a, b, axes=2, message=True)
    g.add('np.tensordot', a, b, axes=[1, 0])
    g.add('np.kron', a, i)
    g.add('np.kron', 2, a)
    for x, y in [((3,), (3,)), ((2,), (3,)), ((4, 3), (3,)), ((4, 3), (4, 3)), ((4, 2), (4, 2)), ((2, 1, 3), (5, 3))]:
        g.add('np.cross', g.tame('float64', x), g.tame('float64', y))
        g.add('np.cross', g.tame('int32', x), g.tame('int32', y))
    g.add('np.cross', b, b[::-1].copy(), axis=0, message=True)
    g.add('np.cross', g.tame('float64', (3, 4)), g.tame('float64', (3, 4)), axis=0)
    g.add('np.trace', g.tame('complex64', (4, 4)), 1)
    for mode in ['full', 'same', 'valid']:
        for d in ['float64', 'int32', 'complex64', 'float32', 'bool']:
            g.add('np.convolve', g.tame(d, (7,)), g.tame(d, (3,)), mode)
            g.add('np.correlate', g.tame(d, (7,)), g.tame(d, (3,)), mode)
            g.add('np.correlate', L(g.tame(d, (3,)), 'rev'), g.tame(d, (6,)), mode=mode)
