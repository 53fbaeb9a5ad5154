#!/usr/bin/env python3
"""Writes iteration.json: flat iterators, indices of shapes, broadcasting, functions of single values, blocks, matrices."""
import pathlib

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from pairs import write


def i(x):
    return np.array(x, dtype='int64')


def f(x):
    return np.array(x, dtype='float64')


def R(*shape):
    return np.arange(int(np.prod(shape))).reshape(shape)


def setting(a, index, value):
    """What an array holds after a.flat[index] = value."""
    a.flat[index] = value
    return a


def assigning(a, value):
    a.flat = value
    return a


def after(it, n, *names):
    """Attributes of an iterator after n steps, and what is left in it."""
    for _ in range(n):
        next(it)
    plain = lambda x: x.item() if isinstance(x, np.generic) else tuple(plain(e) for e in x) if isinstance(x, tuple) else x
    return [*(getattr(it, name) for name in names), [plain(x) for x in it]]


names = {'i': i, 'f': f, 'R': R, 'setting': setting, 'assigning': assigning, 'after': after, 'as_strided': as_strided, 'sw': sliding_window_view}
P = []


def pair(js, py):
    P.append((js, py))


def both(text):
    P.append((text, text))


# a.flat
A = ('R(2, 3)', 'R(2, 3).T', 'R(4, 6)[::2, ::-2]', 'i(5)', 'np.zeros((0, 3))')
JS = {'R(4, 6)[::2, ::-2]': "R(4, 6).at('::2', '::-2')", 'np.zeros((0, 3))': 'np.zeros([0, 3])'}
INDEX = [('6', '6'), ('-7', '-7'), ('2', '2'), ('-1', '-1'), ("'1:4'", '1:4'), ("'::-2'", '::-2'), ("'...'", '...'), ("'a b'", "'a'"),
         ('[0, 7]', '[0, 7]'), ('[1, -1]', '[1, -1]'), ('i([[0, 1], [2, 3]])', 'i([[0, 1], [2, 3]])'), ('[]', '[]'), ('0, 1', '0, 1'), ('null', 'None'),
         ('[true, false]', '[True, False]'), ('np.array([true, false, true, false, false, true])', 'np.array([True, False, True, False, False, True])'),
         ('np.array([true, false])', 'np.array([True, False])'), ('np.array([[true, false]])', 'np.array([[True, False]])'), ('f([1, 2])', 'f([1, 2])'), ('1.5', '1.5'), ('[0.5, 1]', '[0.5, 1]'), ('true', 'True'), ('false', 'False')]
for a in A:
    for js, py in INDEX:
        if "'a" in py or (js == 'true' and '0' in a and 'zeros' in a):
            continue
        pair(f'{JS.get(a, a)}.flat.at({js})', f'{a}.flat[{py}]')
    both_names = ('coords', 'index', 'base')
    pair(f'{JS.get(a, a)}.flat.coords', f'{a}.flat.coords')
    pair(f'{JS.get(a, a)}.flat.length', f'len({a}.flat)')
    pair(f'np.array({JS.get(a, a)}.flat)', f'np.array({a}.flat)')
    pair(f'[...{JS.get(a, a)}.flat]', f'[x.item() for x in {a}.flat]')
for js, py, v in [('0', '0', '7'), ('-1', '-1', '1.7'), ('9', '9', '1'), ('0', '0', '[1, 2]'), ("'::2'", 'slice(None, None, 2)', 'i([7, 8])'), ("'0:4'", 'slice(0, 4)', '[]'),
                  ('[0, 1]', '[0, 1]', '[[8, 9]]'), ('[0, 9]', '[0, 9]', '1'), ('null', 'None', '3'), ("'...'", '...', 'f([1.5, 2.5])'), ('0', '0', 'f(np.nan)')]:
    pair(f'setting(R(2, 3), {js}, {v.replace("np.nan", "NaN")})', f'setting(R(2, 3), {py}, {v})')
    pair(f'setting(R(3, 2).T, {js}, {v.replace("np.nan", "NaN")})', f'setting(R(3, 2).T, {py}, {v})')
pair('setting(np.broadcast_to(3, [2]), 0, 1)', 'setting(np.broadcast_to(3, 2), 0, 1)')
for v in ('5', '[1, 2]', '[]', 'R(4, 4)'):
    both(f'assigning(R(2, 3).T, {v})')
pair("after(R(2, 3).flat, 2, 'coords', 'index')", "after(R(2, 3).flat, 2, 'coords', 'index')")
pair("R(2, 3).flat.eq(R(3, 2).flat)", "R(2, 3).flat == R(3, 2).flat")
pair("R(2, 3).flat.lt(3)", "R(2, 3).flat < 3")
pair("np.add(R(2).flat, R(2))", "np.add(R(2).flat, R(2))")

# indices of shapes
for js, py in [('2, 3', '2, 3'), ('[2, 3]', '(2, 3)'), ('', ''), ('[]', '()'), ('0, 2', '0, 2'), ('-1', '-1'), ('1.5', '1.5'), ('3', '3')]:
    pair(f'[...np.ndindex({js})]', f'[*np.ndindex({py})]')
pair('after(np.ndindex(2, 2), 1)', 'after(np.ndindex(2, 2), 1)')
pair('[...np.ndenumerate(R(2, 2).T)]', '[(k, x.item()) for k, x in np.ndenumerate(R(2, 2).T)]')
pair('np.ndenumerate(R(2, 2)).iter.base', 'np.ndenumerate(R(2, 2)).iter.base')

# broadcasting
pair("after(np.broadcast(R(2, 1), R(3)), 2, 'index', 'shape', 'nd', 'ndim', 'numiter', 'size')", "after(np.broadcast(R(2, 1), R(3)), 2, 'index', 'shape', 'nd', 'ndim', 'numiter', 'size')")
pair('np.broadcast(R(2, 3), R(2))', 'np.broadcast(R(2, 3), R(2))')
pair('np.broadcast(...new Array(70).fill(R(2)))', 'np.broadcast(*[R(2)] * 70)')
pair('np.broadcast(np.broadcast(R(2), R(3, 1)), R(2)).numiter', 'np.broadcast(np.broadcast(R(2), R(3, 1)), R(2)).numiter')
pair('np.broadcast(R(2, 1), R(3)).iters.map((x) => [...x])', '[[y.item() for y in x] for x in np.broadcast(R(2, 1), R(3)).iters]')
pair('np.broadcast(R(2, 1), R(3)).iters[0].base', 'np.broadcast(R(2, 1), R(3)).iters[0].base')
pair('np.broadcast(R(2), {foo: 1})', 'np.broadcast(R(2), foo=1)')
for js, py in [('', ''), ('3, [2, 1]', '3, (2, 1)'), ('[1, 2], [3, 4]', '(1, 2), (3, 4)'), ('-1', '-1'), ('[0], [1]', '(0,), (1,)'), ('[0], [2]', '(0,), (2,)')]:
    pair(f'np.broadcast_shapes({js})', f'np.broadcast_shapes({py})')
for js, py in [('[2]', '(2,)'), ('[]', '()'), ('[4, 2, 3]', '(4, 2, 3)'), ('[-1, 3]', '(-1, 3)'), ('[2, 4]', '(2, 4)'), ('6', '6'), ('2.5', '2.5')]:
    pair(f'np.broadcast_to(R(2, 3), {js})', f'np.broadcast_to(R(2, 3), {py})')
pair('np.broadcast_arrays(R(2, 1), R(3))', 'np.broadcast_arrays(R(2, 1), R(3))')
pair('np.broadcast_arrays(R(2, 3), R(2))', 'np.broadcast_arrays(R(2, 3), R(2))')
both('np.broadcast_arrays()')
for js, py in [('[3, 2], [8, 8]', '(3, 2), (8, 8)'), ('[2]', '(2,)'), ('null, [8]', 'None, (8,)'), ('[2, -1], [8, 8]', '(2, -1), (8, 8)'), ('[3], [3.5]', '(3,), (3.5,)')]:
    pair(f'as_strided(R(6), {js})', f'as_strided(R(6), {py})')
    pair(f'as_strided(R(2, 3), {js})', f'as_strided(R(2, 3), {py})')
for js, py in [('3', '3'), ('[3, 3]', '(3, 3)'), ('[2, 2]', '(2, 2)'), ('-1, {axis: 0}', '-1, axis=0'), ('2, {axis: 5}', '2, axis=5'), ('2, {axis: [0, 1]}', '2, axis=(0, 1)'), ('[2, 2], {axis: [0, 0]}', '(2, 2), axis=(0, 0)'),
               ('1, {axis: -1}', '1, axis=-1'), ('2, {axis: []}', '2, axis=()'), ('[], {axis: []}', '(), axis=()'), ('1.5, {axis: 0}', '1.5, axis=0'), ('0, {axis: 0}', '0, axis=0')]:
    pair(f'sw(R(2, 3), {js})', f'sw(R(2, 3), {py})')

# functions of single values, with axes of their own
V = [("'(n)->()'", '(x) => x.sum()', 'lambda x: x.sum()', 'R(2, 3)'), ("'(n)->(k)'", "(x) => x.at(':2')", 'lambda x: x[:2]', 'R(2, 3)'), ("'(n),(n)->()'", '(x, y) => x.mul(y).sum()', 'lambda x, y: (x * y).sum()', 'R(2, 3), R(3)'),
     ("'(n),(n)->()'", '(x, y) => x', 'lambda x, y: x', 'R(3)'), ("'(n),(n)->()'", '(x, y) => x', 'lambda x, y: x', 'R(3), R(2)'), ("'(n),(n)->()'", '(x, y) => x', 'lambda x, y: x', 'i(3), R(2)'), ("'x'", '(x) => x', 'lambda x: x', 'R(3)'),
     ("'(m, n)->(n, m)'", '(x) => x.T', 'lambda x: x.T', 'R(2, 2, 3)'), ("'(m,n)->(n,m)'", '(x) => x', 'lambda x: x', 'R(2, 3)'), ("'(n)->(),(n)'", '(x) => [x.max(), x]', 'lambda x: (x.max(), x)', 'R(2, 3)'), ("'(n)->(),()'", '(x) => x', 'lambda x: x', 'R(2, 3)'),
     ("'(),(n)->(n)'", '(x, y) => y.mul(x)', 'lambda x, y: y * x', 'f([0.5, 1.5, 2.5]), R(2)'), ("'(n)->()'", '(x) => x', 'lambda x: x', 'R(2, 3)'), ("'(n)->(n)'", '(x) => x', 'lambda x: x', 'R(0, 3)'), ("'(n),()->()'", '(x, y) => y', 'lambda x, y: y', 'R(2, 3), R(3)')]
for sig, js, py, args in V:
    pair(f'np.vectorize({js}, {{signature: {sig}}})({args})', f'np.vectorize({py}, signature={sig})({args})')
    pair(f"np.vectorize({js}, {{signature: {sig}, otypes: 'ff'}})({args})", f"np.vectorize({py}, signature={sig}, otypes='ff')({args})")
pair("np.vectorize((x) => x, {signature: '(n)->(k)', otypes: 'd'})(R(0, 3))", "np.vectorize(lambda x: x, signature='(n)->(k)', otypes='d')(R(0, 3))")
pair('np.vectorize(() => 3)()', 'np.vectorize(lambda: 3)()')
pair('np.vectorize((x) => x, {excluded: [0]})([1, 2])', 'np.vectorize(lambda x: x, excluded=[0])([1, 2])')
pair("np.vectorize((p, x) => p.length * x, {excluded: [0]})([1, 2], f([3, 4]))", "np.vectorize(lambda p, x: len(p) * x, excluded=[0])([1, 2], f([3, 4]))")
pair("np.vectorize((x, {p}) => p.length * x, {excluded: ['p']})(f([3, 4]), {p: [1, 2]})", "np.vectorize(lambda x, p: len(p) * x, excluded=['p'])(f([3, 4]), p=[1, 2])")

# universal functions: the results are of dtype object in NumPy
FP, FJ = 'np.frompyfunc(lambda a, b: a + b, 2, 1)', 'np.frompyfunc((a, b) => a + b, 2, 1)'
for call in ('(f([1, 2]), f([3, 4]))', '(f([[1], [2]]), f([3, 4, 5]))', '.reduce(f([1, 2, 3]))', '.accumulate(f([1, 2, 3]))', '.outer(f([1, 2]), f([3, 4]))', '(f([1, 2]))', '.accumulate(f(5))',
             '.reduceat(f([1, 2, 3, 4]), i([0, 2]))', '.reduceat(f([1, 2, 3, 4]), i([2, 0]))', '.reduce(f([[1, 2], [3, 4]]))', '.accumulate(f([[1, 2], [3, 4]]), 1)', '(f([1, 2]), f([1, 2, 3]))', '.reduce(f([]))'):
    pair(f'((r) => r instanceof np.NDArray ? r.astype("float64") : r)({FJ}{call})', f"(lambda r: r.astype(float) if isinstance(r, np.ndarray) else r)({FP}{call})".replace('<lambda>', 'x'))
pair(f'{FJ}.reduce(f([[1, 2], [3, 4]]), {{axis: 1, keepdims: true}}).astype("float64")', f'{FP}.reduce(f([[1, 2], [3, 4]]), axis=1, keepdims=True).astype(float)')
pair(f'{FJ}.reduce(f([[1, 2], [3, 4]]), {{axis: null, initial: 10}})', f'{FP}.reduce(f([[1, 2], [3, 4]]), axis=None, initial=10)')
pair('np.frompyfunc((a, b) => a + b, 2, 1, {identity: 0}).reduce(f([]))', 'np.frompyfunc(lambda a, b: a + b, 2, 1, identity=0).reduce(f([]))')
pair('np.frompyfunc((a) => [a, a + 1], 1, 2)(f([1, 2])).map((x) => x.astype("float64"))', '[x.astype(float) for x in np.frompyfunc(lambda a: (a, a + 1), 1, 2)(f([1, 2]))]')
for attribute in ('nin', 'nout', 'nargs', 'ntypes', 'types', 'identity'):
    pair(f'{FJ}.{attribute}', f'{FP}.{attribute}')
for js, py in [('3, 1, 1', '3, 1, 1'), ('(a) => a, 60, 60', 'lambda a: a, 60, 60'), ('(a) => a, 1.5, 1', 'lambda a: a, 1.5, 1'), ('(a) => a, 1, 1, {foo: 2}', 'lambda a: a, 1, 1, foo=2')]:
    pair(f'np.frompyfunc({js})', f'np.frompyfunc({py})')
pair('np.frompyfunc((a) => a, 1, 1).reduce(f([1, 2]))', 'np.frompyfunc(lambda a: a, 1, 1).reduce(f([1, 2]))')

# blocks
for size in ('5', '1', '2', '4', '12', '100', 'null'):
    for part in ('', ".at(0, '::2')", '.at(1)', ".at('...', 1)", ".at('1:', '...', '::3')"):
        py = {'': '', ".at(0, '::2')": '[0, ::2]', '.at(1)': '[1]', ".at('...', 1)": '[..., 1]', ".at('1:', '...', '::3')": '[1:, ..., ::3]'}[part]
        pair(f'[...np.lib.Arrayterator(R(2, 3, 4), {size}){part}]', f"[*np.lib.Arrayterator(R(2, 3, 4), {size.replace('null', 'None')}){py}]")
pair('np.lib.Arrayterator(R(2, 3), 2).shape', 'np.lib.Arrayterator(R(2, 3), 2).shape')
pair('[...np.lib.Arrayterator(R(2, 3), 2).flat]', '[x.item() for x in np.lib.Arrayterator(R(2, 3), 2).flat]')

# nested iterators
pair('(([a, b]) => Array.from(a, () => Array.from(b, (x) => x.item())))(np.nested_iters(R(2, 3, 2), [[0], [1, 2]]))', '(lambda a, b: [[x.item() for x in b] for _ in a])(*np.nested_iters(R(2, 3, 2), [[0], [1, 2]]))')
for order in 'KCF':
    for axes in ('[[0], [1, 2]]', '[[2], [1, 0]]', '[[1], [0, 2]]', '[[0, 2], [1]]', '[[], [0, 1, 2]]', '[[1, 2], []]'):
        for view, js in (('R(2, 3, 2)', 'R(2, 3, 2)'), ('R(2, 3, 2)[::-1, :, ::-1].T', "R(2, 3, 2).at('::-1', ':', '::-1').T")):
            for flags in ('[]', "['external_loop']", "['buffered', 'external_loop']"):
                pair(f"(([a, b]) => Array.from(a, () => Array.from(b, (x) => x.tolist())))(np.nested_iters({js}, {axes}, {{order: '{order}', flags: {flags}}}))",
                     f"(lambda a, b: [[x.tolist() for x in b] for _ in a])(*np.nested_iters({view}, {axes}, order='{order}', flags={flags}))")
pair("(([a, b, c]) => Array.from(a, () => Array.from(b, () => Array.from(c, (x) => x.item()))))(np.nested_iters(R(2, 3, 2), [[0], [2], [1]]))", "(lambda a, b, c: [[[x.item() for x in c] for _ in b] for _ in a])(*np.nested_iters(R(2, 3, 2), [[0], [2], [1]]))")
pair("(([a, b]) => Array.from(a, () => Array.from(b, (x) => x.item())))(np.nested_iters(R(2, 3), [[0], [1]], {flags: ['buffered'], op_dtypes: 'f8'}))", "(lambda a, b: [[x.item() for x in b] for _ in a])(*np.nested_iters(R(2, 3), [[0], [1]], flags=['buffered'], op_dtypes='f8'))")
for axes in ('3', '[[0]]', '[[0], 1]', '[[0], [0]]', '[[0], [70]]', '[[0], [5]]'):
    both(f'np.nested_iters(R(2, 3), {axes})')

# matrices
M, N = "np.matrix('1. 2; 3 4')", "np.matrix('1 2 3; 4 5 6')"
for js, py in [("'1 2;3 4'",) * 2, ("'1,2;3'",) * 2, ("[1n, 2n]", '[1, 2]'), ('5', '5'), ('[[[1]]]',) * 2, ("'[1 2; 3 4]'",) * 2, ("''",) * 2, ("'1+2j 3'",) * 2, ("'1 2.5'",) * 2, ("'1 2', 'float32'",) * 2, ('R(2, 3)',) * 2, ('R(2)',) * 2, ('f(3)',) * 2]:
    pair(f'np.matrix({js}).repr()', f'repr(np.matrix({py}))')
PARTS = [('at(0)', '[0]'), ("at(':', 0)", '[:, 0]'), ('at(0, 0)', '[0, 0]'), ("at(0, ':')", '[0, :]'), ('at([0, 1], [1, 0])', '[[0, 1], [1, 0]]'), ("at('...')", '[...]'), ("at(':', [0])", '[:, [0]]'), ('at(0).at(0)', '[0][0]'), ('T', '.T'), ('H', '.H'), ('A', '.A'), ('A1', '.A1'),
         ('mul(2)', ' * 2'), ('add(1)', ' + 1'), ('neg()', '.__neg__()'), ('real', '.real'), ('copy()', '.copy()'), ("astype('int8')", ".astype('int8')"), ('flatten()', '.flatten()'), ('ravel()', '.ravel()'), ('squeeze()', '.squeeze()'), ('diagonal()', '.diagonal()'), ('trace()', '.trace()'),
         ('cumsum()', '.cumsum()'), ('cumsum(0)', '.cumsum(0)'), ('reshape(-1)', '.reshape(-1)'), ('transpose()', '.transpose()'), ('repeat(2)', '.repeat(2)'), ('repeat(2, 0)', '.repeat(2, 0)'), ('take([0])', '.take([0])'), ('argsort()', '.argsort()'), ('clip(2, 3)', '.clip(2, 3)'), ('eq(2)', ' == 2'), ('tolist()', '.tolist()'), ('nonzero()', '.nonzero()'), ('getA1()', '.getA1()'), ('getT()', '.getT()')]
for name in ('sum', 'prod', 'mean', 'std', 'var', 'any', 'all', 'max', 'min', 'argmax', 'argmin', 'ptp'):
    PARTS += [(f'{name}()', f'.{name}()'), (f'{name}(0)', f'.{name}(0)'), (f'{name}(1)', f'.{name}(1)'), (f'{name}({{axis: -1}})', f'.{name}(axis=-1)')]
    for m in (M, N):
        pair(f'np.{name}({m}, 1)', f'np.{name}({m}, 1)')
PARTS += [('sum({axis: [0, 1]})', '.sum(axis=(0, 1))'), ('sum(2)', '.sum(2)'), ("mean(0, 'float32')", ".mean(0, 'float32')"), ('pow(2)', ' ** 2'), ('pow(0)', ' ** 0'), ('pow(5)', ' ** 5'), ('pow(0.5)', ' ** 0.5'), ('mul([1, 2])', ' * [1, 2]'), ('mul([[1], [2]])', ' * [[1.], [2.]]')]
for m in (M, N):
    for js, py in PARTS:
        pair(f'{m}.{js}', f'{m}{py}')
        if '[0, 0]' not in py and 'tolist' not in py and 'nonzero' not in py and '()' not in py.replace('flatten()', '').replace('ravel()', ''):
            pair(f'{m}.{js}.repr()', f'repr({m}{py})')
    for call in ('np.add({0}, {0})', 'np.multiply({0}, {0})', 'np.sqrt({0})', 'np.dot({0}, {0}.T)', 'np.concatenate([{0}, {0}])', 'np.hstack([{0}, {0}])', 'np.ravel({0})', 'np.diagonal({0})', 'np.outer({0}, {0})', 'np.where({0}, {0}, 1)', 'np.zeros_like({0})', 'np.ones_like({0})',
                 'np.asarray({0})', 'np.asanyarray({0})', 'np.array({0})', 'np.asmatrix({0})', 'np.squeeze({0})', 'np.add.reduce({0}, 0)', 'np.sort({0})', 'np.flip({0})', 'np.transpose({0})', 'np.median({0}, 1)', 'np.diff({0})', 'np.kron({0}, {0})', 'np.matmul({0}, {0}.T)', 'np.unique({0})', 'np.expand_dims({0}, 0)', 'np.trace({0})'):
        text = call.format(m)
        both(text)
        if 'trace' not in text:
            pair(f'{text}.repr()', f'repr({text})')
pair(f'[...{N}].map((r) => r.repr())', f'[repr(r) for r in {N}]')
pair(f'np.bmat([[{M}, {M}], [{M}, {M}]]).repr()', f'repr(np.bmat([[{M}, {M}], [{M}, {M}]]))')
pair(f'np.bmat([{M}, {M}])', f'np.bmat([{M}, {M}])')
pair(f"np.bmat('A, B; B A', {{ldict: {{A: {M}, B: {N}.at(':', '1:')}}}})", f"(lambda A, B: np.bmat('A, B; B A'))({M}, {N}[:, 1:])")
pair("np.bmat('q')", "np.bmat('q')")
pair('np.nditer([np.matrix([[1, 2]]), null]).operands[1] instanceof np.matrix', 'isinstance(np.nditer([np.matrix([[1, 2]]), None]).operands[1], np.matrix)')

write(pathlib.Path(__file__).with_name('iteration.json'), P, names)
