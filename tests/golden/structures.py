"""Writes structures.json: expressions over structures, raw memory and odd byte orders, each with the text of NumPy's answer.

Run: python3 tests/golden/structures.py
A case is (JavaScript, Python); arrays and scalars answer with the repr of the array, dtypes with theirs, lists with JSON, errors with
their class and message.
"""
import json
import os
import warnings

import numpy as np

warnings.simplefilter('ignore')

D = np.dtype([('a', 'i4'), ('b', 'f8')])
E = np.dtype([('a', 'i8'), ('b', 'f4')])
F = np.dtype([('x', 'i8'), ('y', 'f4')])
N = np.dtype([('p', [('x', 'i4'), ('y', 'f4', (2,))]), ('s', 'U3')])
K = np.dtype([('u', 'u1'), ('v', 'f8'), ('w', '>i2')])


def names():
    a = np.array([(3, 2.5), (1, 4.0), (1, -1.0)], D)
    k = np.zeros(3, K)
    k['u'] = [1, 2, 3]
    k['v'] = [0.5, -1.5, 1e10]
    k['w'] = [1, -2, 300]
    return {'np': np, 'D': D, 'E': E, 'F': F, 'N': N, 'K': K, 'a': a, 'c': a.astype(E), 'f': np.zeros(3, F),
            'z': np.zeros(2, N), 'k': k, 'v': k['v'], 'w': k['w'], 's': np.array([3.0, 1.0, 2.0], '>f8')}


def then(first, result):
    return result


CASES = [
    # (JavaScript, Python); the same text where one is enough
    'a', 'z', 'k', 'c', 's',
    ("a.at('b')", "a['b']"), ("a.at(['b'])", "a[['b']]"), ("a.at(['b', 'a'])", "a[['b', 'a']]"),
    ("a.at(0)", "a[0]"), ("a.at(-1).at('b')", "a[-1]['b']"), ("a.at(0).at(1)", "a[0][1]"), ("a.at(0).at(5)", "a[0][5]"),
    ("a.at('zz')", "a['zz']"), ("a.at(['a', 'zz'])", "a[['a', 'zz']]"), ("a.at(['a', 'a'])", "a[['a', 'a']]"),
    ("a.at([0, 2])", "a[[0, 2]]"), ("a.at('1:')", "a[1:]"), ("a.at('::-1').at('a')", "a[::-1]['a']"),
    ("z.at('p').at('y')", "z['p']['y']"), ("z.at('p').at('y').shape", "list(z['p']['y'].shape)"),
    ("(a.set(['a'], [7, 8, 9]), a)", "then(a.__setitem__('a', [7, 8, 9]), a)"),
    ("(a.set([0], [5, 6]), a)", "then(a.__setitem__(0, (5, 6)), a)"),
    ("(a.set([1], 5), a)", "then(a.__setitem__(1, 5), a)"),
    ("(a.at(1).set(['b'], 99), a)", "then(a[1].__setitem__('b', 99), a)"),
    ("(a.set([['a', 'b']], c.at(['a', 'b'])), a)", "then(a.__setitem__(['a', 'b'], c[['a', 'b']]), a)"),
    ("(a.set(['...'], f), a)", "then(a.__setitem__(..., f), a)"),
    ("(a.set([[0, 2]], [[1, 2], [3, 4]]), a)", "then(a.__setitem__([0, 2], [(1, 2), (3, 4)]), a)"),
    ("(z.at('p').set(['y'], [1, 2]), z)", "then(z['p'].__setitem__('y', [1, 2]), z)"),
    ("a.set(['zz'], 1)", "a.__setitem__('zz', 1)"), ("a.set(['a'], [1, 2])", "a.__setitem__('a', [1, 2])"),
    ("a.set([0], [1, 2, 3])", "a.__setitem__(0, (1, 2, 3))"),
    ('a.astype(E)', 'a.astype(E)'), 'a.astype(F)', ("a.astype(N)", "a.astype(N)"), ("a.astype('i4')", "a.astype('i4')"),
    ("a.at(['a']).astype('f8')", "a[['a']].astype('f8')"), ("a.astype('V16')", "a.astype('V16')"),
    ("np.arange(2).astype(D)", "np.arange(2).astype(D)"), ("np.array([[1, 2, 3]], D)", "np.array([(1, 2, 3)], D)"),
    ("np.array([[1, 2], [3, 4]], D)", "np.array([(1, 2), (3, 4)], D)"),
    ("np.array([[[1, 2]], [[3, 4]]], D)", "np.array([[(1, 2)], [(3, 4)]], D)"),
    ("np.array([[[1, [2, 3]], 'ab']], N)", "np.array([((1, [2, 3]), 'ab')], N)"),
    ("np.array(5, D)", "np.array(5, D)"), ("np.full(2, [1, 2], D)", "np.full(2, (1, 2), D)"), 'np.ones(2, D)', 'np.zeros(0, D)',
    ("np.array([[true, 1e10, np.complex(1, 2), 'M']], [['a', '?'], ['b', 'f8'], ['c', 'c16'], ['d', 'U2']])",
     "np.array([(True, 1e10, 1 + 2j, 'M')], [('a', '?'), ('b', 'f8'), ('c', 'c16'), ('d', 'U2')])"),
    ('a.eq(a)', 'a == a'), ('a.ne(c)', 'a != c'), ('a.eq(f)', 'a == f'), ('a.eq(1)', 'a == 1'), ('z.eq(z)', 'z == z'),
    ('a.at(0).eq(a)', 'a[0] == a'), ("np.zeros(2, 'V4').eq(np.zeros(2, 'V4'))", "np.zeros(2, 'V4') == np.zeros(2, 'V4')"),
    ("np.zeros(2, 'V4').eq(np.zeros(2, 'V5'))", "np.zeros(2, 'V4') == np.zeros(2, 'V5')"),
    ('a.eq(np.zeros(2, D))', 'a == np.zeros(2, D)'), ('a.lt(a)', 'a < a'), 'np.add(a, a)', 'np.isfinite(a)', 'np.sqrt(a)',
    'np.negative(a)', 'np.maximum(a, a)', 'np.sum(a)', 'np.max(a)', 'np.argmax(a)', 'np.cumsum(a)', 'np.logical_not(a)',
    'np.sort(a)', ("np.sort(a, {order: 'b'})", "np.sort(a, order='b')"), 'np.argsort(a)',
    ("np.argsort(a, {order: ['a', 'b']})", "np.argsort(a, order=['a', 'b'])"), ("np.sort(a, {order: 'zz'})", "np.sort(a, order='zz')"),
    ("np.sort(s, {order: 'a'})", "np.sort(s, order='a')"), 'np.unique(a)', 'np.searchsorted(np.sort(a), a)',
    'np.concatenate([a, c])', 'np.concatenate([a, f])', ('np.where([true, false, true], a, c)', 'np.where([True, False, True], a, c)'),
    'np.take(a, [2, 0])', 'np.repeat(a, 2)', 'np.roll(a, 1)', 'np.flip(a)', 'np.result_type(D, E)', 'np.result_type(D, F)',
    ("np.promote_types(D, 'i4')", "np.promote_types(D, 'i4')"), ("np.promote_types('V4', 'V8')", "np.promote_types('V4', 'V8')"),
    ("np.promote_types(D, 'V4')", "np.promote_types(D, 'V4')"), 'np.can_cast(D, E)', ("np.can_cast(D, E, 'same_kind')", "np.can_cast(D, E, 'same_kind')"),
    ("np.can_cast(D, F, 'same_kind')", "np.can_cast(D, F, 'same_kind')"), ("np.can_cast(D, F, 'unsafe')", "np.can_cast(D, F, 'unsafe')"),
    ("a.view('V12')", "a.view('V12')"), ("a.view('i4')", "a.view('i4')"), ("k.view('u1').shape", "list(k.view('u1').shape)"),
    ("np.arange(4, {dtype: 'i4'}).view('i4,i4')", "np.arange(4, dtype='i4').view('i4,i4')"),
    ("np.zeros(2, 'V3')", "np.zeros(2, 'V3')"), ("np.zeros([], 'V3')", "np.zeros((), 'V3')"),
    ("np.zeros(2, '(2,)i4')", "np.zeros(2, '(2,)i4')"), ("a.getfield('f8', 4)", "a.getfield('f8', 4)"),
    ("a.getfield('f8', 8)", "a.getfield('f8', 8)"), 'a.byteswap()', 'k.byteswap()',
    ('np.nonzero(z)[0]', 'np.nonzero(z)[0]'), 'np.count_nonzero(a)', 'np.matmul(a, a)',
    ("s.flat.at('1:')", 's.flat[1:]'), ("v.flat.at('1:')", 'v.flat[1:]'), ("np.arange(3, {dtype: '>i4'})", "np.arange(3, dtype='>i4')"),
    ("np.eye(2, {dtype: '>f4'})", "np.eye(2, dtype='>f4')"),
    ('v.flags.aligned', 'v.flags.aligned'), 'v', 'w', ('v.sum()', 'v.sum()'), ('w.add(1)', 'w + 1'), ('np.sort(w)', 'np.sort(w)'),
    ("(v.set([[0, 2]], 9), k)", "then(v.__setitem__([0, 2], 9), k)"), ("(v.set([np.less(v, 0)], 9), k)", "then(v.__setitem__(v < 0, 9), k)"),
    ("(w.iadd(1), k)", "then(w.__iadd__(1), k)"), ("(np.add(v, 1, {out: v}), k)", "then(np.add(v, 1, out=v), k)"),
    ("(v.sort(), k)", "then(v.sort(), k)"), ("(np.put(w, [0], 5), k)", "then(np.put(w, [0], 5), k)"),
    ("(np.add.at(v, [0, 0], 1), k)", "then(np.add.at(v, [0, 0], 1), k)"), ('s.add(1)', 's + 1'), 's.cumsum()', 'np.sort(s)', 'np.take(s, [1])',
    'np.concatenate([s, s])', 'np.median(s)', 'np.dot(s, s)', ("s.at([0, 1])", "s[[0, 1]]"), 's.byteswap()', 'np.repeat(s, 2)', 'np.clip(s, 1, 2)',
    ("np.dtype('f8').newbyteorder('>')", "np.dtype('f8').newbyteorder('>')"), ("D.newbyteorder()", "D.newbyteorder()"),
    ("D.newbyteorder('X')", "D.newbyteorder('X')"), ("D.field('a')", "D['a']"), ("D.field(1)", "D[1]"), ("D.field(['b'])", "D[['b']]"),
    ("D.field('zz')", "D['zz']"), ("D.field(5)", "D[5]"), ("D.descr", "[list(x) for x in D.descr]"), ("D.names", "list(D.names)"),
    ("D.length", "len(D)"), 'D', 'N', 'K', 'D.itemsize', 'N.isalignedstruct', 'N.hasobject',
    ("np.dtype({names: ['a', 'b'], formats: ['i4', 'f8'], offsets: [4, 8], itemsize: 20})",
     "np.dtype({'names': ['a', 'b'], 'formats': ['i4', 'f8'], 'offsets': [4, 8], 'itemsize': 20})"),
    ("np.dtype({names: ['a'], formats: ['i4'], offsets: [4], itemsize: 12}).descr",
     "[list(x) for x in np.dtype({'names': ['a'], 'formats': ['i4'], 'offsets': [4], 'itemsize': 12}).descr]"),
    ("np.dtype([['a', 'i4'], ['a', 'i4']])", "np.dtype([('a', 'i4'), ('a', 'i4')])"), ("np.dtype([['a']])", "np.dtype([('a',)])"),
    ("np.dtype([['a', 'i4', 2, 3]])", "np.dtype([('a', 'i4', 2, 3)])"), ("np.dtype([['a', 'zz']])", "np.dtype([('a', 'zz')])"),
    ("np.dtype('i4,zz')", "np.dtype('i4,zz')"), ("np.dtype([['a', 'i4', [-1]]])", "np.dtype([('a', 'i4', (-1,))])"),
    ("np.dtype({names: ['a', 'b'], formats: ['i4']})", "np.dtype({'names': ['a', 'b'], 'formats': ['i4']})"),
    ("np.dtype({names: ['a'], formats: ['i4'], offsets: [-1]})", "np.dtype({'names': ['a'], 'formats': ['i4'], 'offsets': [-1]})"),
    ("np.void(4)", "np.void(4)"), ("np.void('abc')", "np.void(b'abc')"), ("np.void([1, 2], D)", "np.void((1, 2), D)"),
    ("np.rec.array([[1, 2.5], [3, 4]], {dtype: D})", "np.rec.array([(1, 2.5), (3, 4)], dtype=D)"),
    ("np.rec.array(a).b", "np.rec.array(a).b"), ("np.rec.fromarrays([v, w], {names: 'x,y'})", "np.rec.fromarrays([v, w], names='x,y')"),
    ("np.rec.fromarrays([v, [1, 2]])", "np.rec.fromarrays([v, [1, 2]])"), ("np.rec.array(null)", "np.rec.array(None)"),
    ("np.rec.format_parser(['f8', 'i4'], ['a', 'b'], []).dtype", "np.rec.format_parser(['f8', 'i4'], ['a', 'b'], []).dtype"),
    ("np.rec.format_parser(['i4', 'i4'], 'a,a', []).dtype", "np.rec.format_parser(['i4', 'i4'], 'a,a', []).dtype"),
]


def text(x):
    if isinstance(x, np.recarray):
        return repr(x)
    if isinstance(x, (np.ndarray, np.generic)) and not isinstance(x, np.bool_):
        return repr(np.asarray(x))
    if isinstance(x, np.dtype):
        return repr(x)
    if isinstance(x, np.bool_):
        return repr(np.asarray(x))
    return json.dumps(x, separators=(',', ':'))


def answer(python):
    scope = {**names(), 'then': then}
    try:
        return text(eval(python, scope))
    except Exception as e:
        return {'e': type(e).__name__.lstrip('_'), 'm': str(e)}


out = [[c if isinstance(c, str) else c[0], answer(c if isinstance(c, str) else c[1])] for c in CASES]
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'structures.json')
with open(path, 'w') as f:
    f.write('[\n' + ',\n'.join(json.dumps(c) for c in out) + '\n]\n')
print(len(out), 'cases')
