"""Indexing by `at` and `set` in every form, and the functions that select, take and put."""
import numpy as np

from .common import ALL, L

LAYS = ['C', 'F', 'P', 'rev', 'step2', 'bcast', 'off']
s = slice
A = np.array


def forms():
    """Indices of a (3, 4, 5) array: the index, and whether writing through it is tested too."""
    mask3 = (np.arange(60).reshape(3, 4, 5) * 7) % 3 == 0
    return [
        (), (0,), (-1,), (2, 3), (1, -2, 4), (s(None),), (s(1, 3),), (s(None, None, -1),), (s(None, None, 2), s(1, None, 2)), (s(-2, None), s(None, -1), s(None, None, -2)),
        (s(5, 1, -2),), (s(3, 1),), (s(-100, 100),), (Ellipsis,), (Ellipsis, 0), (0, Ellipsis), (0, Ellipsis, 1), (Ellipsis, s(1, 3), 2), (None,), (None, 0), (s(None), None, 1),
        (Ellipsis, None), (None, Ellipsis, None, 2), (0, None, s(1, 3), None), (A([0, 2]),), (A([-1, 0, 1]),), ([0, 2],), (A([[0, 1], [2, 0]]),), (s(None), A([3, 0])),
        (s(None), s(None), A([4, 0, 4])), (A([0, 1]), A([1, 2])), (A([0, 1]), A([1, 2]), A([3, 4])), (A([[0], [2]]), A([0, 3])), (A([0, 2]), s(None), A([1, 4])),
        (A([0, 2]), 1), (0, A([0, 2])), (0, s(None), A([0, 2])), (s(None), 1, A([0, 2])), (A([0, 2]), s(None), 1), (A([0, 2]), None, A([1, 3])), (s(1, 3), A([0, 2]), s(None, None, 2)),
        (Ellipsis, A([0, 2])), (A([0, 2]), Ellipsis, A([1, 3])), (None, A([1, 2]), s(None), A([0, 1])), (A([[0, 1]]), s(1, 3), A([[2], [3]])), (mask3,), (mask3[:, :, 0],),
        (A([True, False, True]),), (s(None), A([True, False, True, True])), (Ellipsis, A([True, False, True, False, True])), (A([True, False, True]), 1), (A([True, False, True]), A([0, 1])),
        (mask3[0, :, :],) if False else (0, mask3[0]), (A([True, False, True]), s(None), A([0, 3])), (s(None), mask3[0]), (1, A([True, False, True, False]), s(1, 3)),
        (A([], 'int64'),), (A([False, False, False]),), (A([0, 0, 1]),), (A([0, 1], 'int8'),), (A([0, 1], 'uint8'), A([2, 2], 'int32')), (True,), (False,), (A(1), 2), (np.int64(1),),
        ([[0, 1], [1, 2]],), ([0, 1], [1, 2]), (s(None, 2), [0, 3, 1], 2),
    ]


def cases(g):
    for d in ALL:
        t, m, v = g.tame(d, (3, 4, 5)), g.tame(d, (3, 4)), g.tame(d, (7,))
        lay = LAYS[ALL.index(d) % 7]
        for index in forms()[:: 1 if d in ('float64', 'int32', 'int8') else 7]:
            g.add('.at', L(t, lay), *index)
        for index in forms()[:: 3]:
            value = 1
            g.add('.set', L(t, lay if lay != 'bcast' else 'C'), list(index), value, ret=0)
        g.add('np.take', L(m, lay), [0, 2, 5])
        g.add('np.where', g.tame('bool', (3, 4)), L(m, lay), g.tame(d, (4,)))
        g.add('np.nonzero', L(m, lay))
        g.add('np.choose', A([0, 1, 1]), [v[:3], v[3:6]])
        g.add('np.select', [v > 1, v < 0], [v, g.tame(d, (7,))], 1)
        g.add('np.clip', L(m, lay), 0 if d != 'bool' else False, 2 if d != 'bool' else True) if d != 'bool' else None
        g.add('np.put', v, [0, -1], v[:2], ret=0)
        g.add('np.copyto', v, v[::-1].copy(), ret=0)
        g.add('np.extract', v > 0, L(v, 'rev'))
        g.add('np.argwhere', L(m, lay))
        g.add('np.flatnonzero', v)
        g.add('np.compress', [True, False, True], L(m, lay), axis=0)
        g.add('.fill', L(m, 'F'), 1, ret=0)
        g.add('.item', v, 3)
        g.add('.item', m, 1, 2)
        g.add('.item', m, -1)
    for lay in LAYS:
        t, m, v = (L(g.tame('float64', sh), lay) for sh in [(3, 4, 5), (3, 4), (7,)])
        i = L(g.tame('int16', (3, 4, 5)), lay)
        for index in forms():
            g.add('.at', t, *index)
            if lay == 'bcast':
                continue
            part = np.asarray(t.array[index])
            g.add('.set', i, list(index), 9, ret=0)
            repeats = index and isinstance(index[0], np.ndarray) and index[0].tolist() == [0, 0, 1]
            g.add('.set', t, list(index), g.tame('float64', part.shape), ret=0)
            if part.ndim and not repeats:
                g.add('.set', t, list(index), g.tame('int8', part.shape[-1:]), ret=0)
        for args in [(0,), ([0, 5, 11],), (A([[0, 1], [2, 3]]),), ([0, -1], 0), ([2, 0], 1), (A([[0, 1], [2, 0]]), 1), (1, 0), ([], 0)]:
            g.add('np.take', m, *args)
        g.add('np.take', t, [0, 2], axis=-1)
        g.add('np.take', m, [9, -9], mode='wrap')
        g.add('np.take', m, [99, -9], 1, mode='clip')
        g.add('.take', t, [1, 0], axis=1)
        c = L(g.tame('bool', (3, 4)), lay)
        g.add('np.where', c)
        g.add('np.where', c, m, 0)
        g.add('np.where', c, 1, m)
        g.add('np.where', c, m, i.array[:, :, 0])
        g.add('np.where', c, t.array[0, :3, :4], np.float32(2.5))
        g.add('np.nonzero', t)
        g.add('np.argwhere', c)
        g.add('np.flatnonzero', t)
        g.add('np.count_nonzero', c, axis=1)
        g.add('np.clip', t, -1, 1.5)
        g.add('np.clip', t, None, 1.5)
        g.add('np.clip', t, -1, None)
        g.add('np.clip', i, A([-2, -1, 0, 0, 1]), 2)
        g.add('np.clip', t, min=-0.5, max=0.5)
        g.add('.clip', t, -1, 1)
        g.add('np.compress', [False, True, True, False], m, axis=1)
        g.add('np.compress', [False, True, True, False, True], m)
        g.add('np.extract', c, m)
        g.add('np.take_along_axis', m, A([[0, 1, 1, 0], [2, 2, 0, 1]]), 0)
        g.add('np.take_along_axis', m, A([[3], [0], [1]]), 1)
        g.add('np.take_along_axis', v, A([3, 0]), axis=None)
        g.add('np.choose', g.rng.integers(0, 3, (3, 4)), [m, 1.5, A([1.0, 2, 3, 4])])
        if lay != 'bcast':
            g.add('np.put', m, [0, 5, -1], [7, 8, 9], ret=0)
            g.add('np.put', m, A([0, 5, 3]), 2.5, ret=0)
            g.add('np.put', v, [17, -20], [1, 2], mode='wrap', ret=0)
            g.add('np.put', v, [17, -20], [1, 2], mode='clip', ret=0)
            g.add('np.putmask', m, c, A([1.5, 2.5, 3.5]), ret=0)
            g.add('np.place', m, c, A([1.5, 2.5, 3.5]), ret=0)
            g.add('np.put_along_axis', m, A([[3], [0], [1]]), 99, 1, ret=0)
            g.add('np.fill_diagonal', m, 5, ret=0)
            g.add('np.fill_diagonal', L(g.tame('int32', (7, 3)), lay), A([1, 2]), wrap=True, ret=0)
            g.add('np.copyto', m, A([1.5, 2, 3, 4]), where=c, ret=0)
            g.add('np.copyto', i, 7, ret=0)
    for args in [(A([22, 41, 37]), (7, 6)), (1621, (6, 7, 8, 9)), (A([[1, 2], [3, 4]]), (3, 4)), (A([5, 7]), (3, 4), 'F')]:
        g.add('np.unravel_index', *args)
    g.add('np.ravel_multi_index', (A([3, 6, 6]), A([4, 5, 1])), (7, 6))
    g.add('np.ravel_multi_index', (A([3, 6, 6]), A([4, 5, 1])), (7, 6), order='F')
    g.add('np.ravel_multi_index', (A([3, 9, 6]), A([4, 5, -1])), (7, 6), mode='clip')
    g.add('np.ravel_multi_index', (A([3, 9, 6]), A([4, 5, -1])), (7, 6), mode=('wrap', 'clip'))
    g.add('np.ravel_multi_index', (3, 1, 4, 1), (6, 7, 8, 9))
    for n in (3, 4):
        g.add('np.diag_indices', n)
        g.add('np.tril_indices', n, 1)
        g.add('np.triu_indices', n, -1)
        g.add('np.triu_indices', n, k=1, m=5)
        g.add('np.tril_indices', n, 0, 2)
    g.add('np.diag_indices', 2, 3)
    g.add('np.diag_indices_from', g.tame('int8', (3, 3)))
    g.add('np.triu_indices_from', g.tame('int8', (3, 4)), 1)
    g.add('np.tril_indices_from', g.tame('int8', (4, 3)))
    g.add('np.ix_', A([0, 2]), A([1, 3, 4]))
    g.add('np.ix_', A([True, False, True]), A([1, 3]))
    g.add('np.ix_', [1, 2], [0], [3, 4])
    x = g.uniform('float64', (6,))
    g.add('np.select', [x < -1, x < 1], [x, x * x])
    g.add('np.select', [x < -1, x < 1], [x, 2.5], default=7)
    g.add('np.select', [A([[True], [False]]), x < 1], [1.5, x], -1)
    g.add('np.clip', g.tame('uint8', (5,)), 2, 5)
    g.add('np.clip', g.tame('int8', (5,)), -2, 300)
    g.add('np.clip', g.tame('float32', (5,)), np.float64(-1.5), 2)
    g.add('np.clip', g.wild('float64', 20), -1, 1)
    g.add('np.clip', x, np.nan, 1)
    g.add('np.clip', x, 1, -1)
    g.add('np.clip', x, -1, 1, out=np.zeros(6, 'float32'), ret='out')
    g.add('np.where', A([True, False, True]), np.float32(1.5), 2.5)
    g.add('np.where', A([0, 1, 2]), A([1, 2, 3], 'int8'), A([1.5, 2.5, 3.5], 'float16'))
    g.add('np.where', True, 1, 2)
    g.add('.at', g.tame('float64', ()), ())  if False else g.add('.at', g.tame('float64', ()))
    g.add('.at', g.tame('float64', ()), Ellipsis)
    g.add('.at', g.tame('float64', ()), None)
    g.add('.set', g.tame('float64', ()), [], 3, ret=0)
    g.add('.set', g.tame('int8', (3,)), [0], 200, ret=0)
    g.add('.set', g.tame('int32', (3,)), [0], 2.75, ret=0)
    g.add('.set', g.tame('int32', (3,)), [s(None)], g.uniform('float64', (3,)), ret=0)
    g.add('.set', g.tame('float32', (3, 4)), [1], g.tame('float64', (1, 4)), ret=0)
    g.add('.set', g.tame('float32', (3, 4)), [s(None), 1], g.tame('bool', (3,)), ret=0)
