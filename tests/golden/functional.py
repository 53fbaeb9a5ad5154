#!/usr/bin/env python3
"""Writes functional.json: functions that take functions, polynomials, memory questions, digits."""
import pathlib

import numpy as np

from pairs import write


def i(*x):
    """An int64 array of a list."""
    return np.array(*x, dtype='int64')


def f(*x):
    return np.array(*x, dtype='float64')


def R(*shape):
    return np.arange(int(np.prod(shape))).reshape(shape)


names = {'i': i, 'f': f, 'R': R}
P = []


def pair(js, py):
    P.append((js, py))


def both(text):
    """An expression that reads the same in both languages."""
    P.append((text, text))


# vectorize
pair('np.vectorize((a, b) => (a > b ? a - b : a + b))(f([1, 2, 3, 4]), 2)', 'np.vectorize(lambda a, b: a - b if a > b else a + b)(f([1, 2, 3, 4]), 2.)')
pair('np.vectorize((a, b) => a * b)(f([[1], [2]]), f([3, 4, 5]))', 'np.vectorize(lambda a, b: a * b)(f([[1], [2]]), f([3, 4, 5]))')
pair('np.vectorize((x) => x > 2)(i([1, 2, 3]))', 'np.vectorize(lambda x: x > 2)(i([1, 2, 3]))')
pair('np.vectorize((x) => BigInt(x) ** 2n)(i([1, 2, 3]))', 'np.vectorize(lambda x: x ** 2)(i([1, 2, 3]))')
pair("np.vectorize((x) => x + 0.5, {otypes: ['int32']})(f([1, 2, -3]))", "np.vectorize(lambda x: x + 0.5, otypes=['int32'])(f([1, 2, -3]))")
pair("np.vectorize((x) => [x, x > 1], {otypes: 'd?'})(f([[1, 2]]))", "np.vectorize(lambda x: (x, x > 1), otypes='d?')(f([[1, 2]]))")
pair('np.vectorize((x) => [x, 2 * x])(f([1, 2]))', 'np.vectorize(lambda x: (x, 2 * x))(f([1, 2]))')
pair('np.vectorize((x) => x + 1)(f(3))', 'np.vectorize(lambda x: x + 1)(f(3))')
pair('np.vectorize((x) => x)([])', 'np.vectorize(lambda x: x)([])')
pair("np.vectorize((x) => x, {otypes: 'f'})(np.zeros([0, 3]))", "np.vectorize(lambda x: x, otypes='f')(np.zeros([0, 3]))")
pair("np.vectorize((x) => x, {otypes: '!'})", "np.vectorize(lambda x: x, otypes='!')")
pair('np.vectorize((x) => x, {otypes: 3})', 'np.vectorize(lambda x: x, otypes=3)')
pair("np.vectorize((x, p) => p.reduce((s, c) => s * x + c, 0), {excluded: [1]})(f([0, 1, 2]), [1, 2, 3])", 'np.vectorize(lambda x, p: np.polyval(p, x), excluded=[1])(f([0, 1, 2]), [1., 2., 3.])')
pair('np.vectorize((x, {n}) => x ** n)(f([1, 2, 3]), {n: f([[1], [2]])})', 'np.vectorize(lambda x, n: x ** n)(f([1, 2, 3]), n=f([[1], [2]]))')
pair('np.vectorize((x) => x.re)(np.array([np.complex(1, 2), np.complex(3, 4)]))', 'np.vectorize(lambda x: x.real)(np.array([1+2j, 3+4j]))')
pair('np.vectorize((a, b) => a + b)(f([1, 2]), f([1, 2, 3]))', 'np.add(f([1, 2]), f([1, 2, 3]))')
pair('np.vectorize(3)', 'np.vectorize(3)')

# along and over axes
for axis in (0, 1, 2, -1, -3):
    for js, py in (('np.max(r)', None), ('r', None), ('r.at("::2")', 'r[::2]'), ('np.diag(r)', None), ('np.sort(r)', None), ('[1, 2]', '[1., 2.]'), ('r.mean()', None), ('np.all(np.greater(r, 3))', None)):
        pair(f'np.apply_along_axis((r) => {js}, {axis}, R(2, 3, 4))', f'np.apply_along_axis(lambda r: {py or js}, {axis}, R(2, 3, 4))')
pair('np.apply_along_axis((r, a, b) => r.mul(a).add(b), 0, f([[1, 2], [3, 4]]), 2, f([1, 2]))', 'np.apply_along_axis(lambda r, a, b: r * a + b, 0, f([[1, 2], [3, 4]]), 2, f([1, 2]))')
pair('np.apply_along_axis((r, {k}) => r.mul(k), 0, f([[1, 2], [3, 4]]), {k: 3})', 'np.apply_along_axis(lambda r, k: r * k, 0, f([[1, 2], [3, 4]]), k=3)')
pair('np.apply_along_axis((r) => r.sum(), 0, i([1, 2, 3]))', 'np.apply_along_axis(lambda r: r.sum(), 0, i([1, 2, 3]))')
both('np.apply_along_axis(np.max, 0, np.zeros([3, 0]))')
both('np.apply_along_axis(np.sum, 0, np.zeros([0, 3]))')
both('np.apply_along_axis(np.max, 2, np.zeros([3, 1]))')
pair('np.apply_along_axis((r) => (r.at(0) > 0 ? [1, 2, 3] : [1]), 1, R(3, 2))', 'np.apply_along_axis(lambda r: [1, 2, 3] if r[0] else [1], 1, R(3, 2))')
both('np.apply_over_axes(np.sum, R(2, 3, 4), [0, -1])')
both('np.apply_over_axes(np.sum, R(2, 3, 4), 1)')
both('np.apply_over_axes(np.cumsum, R(2, 3, 4), [0, 2])')
both('np.apply_over_axes(np.max, f([[1, 2], [3, 4]]), [0, 1])')
pair('np.apply_over_axes((a, k) => a.at(0, 0), R(2, 3, 4), [0])', 'np.apply_over_axes(lambda a, k: a[0, 0], R(2, 3, 4), [0])')

# piecewise
pair('np.piecewise(np.linspace(-2.5, 2.5, 6), [np.less(np.linspace(-2.5, 2.5, 6), 0), np.greater_equal(np.linspace(-2.5, 2.5, 6), 0)], [-1, 1])',
     'np.piecewise(np.linspace(-2.5, 2.5, 6), [np.linspace(-2.5, 2.5, 6) < 0, np.linspace(-2.5, 2.5, 6) >= 0], [-1, 1])')
pair('np.piecewise(f([-2, -1, 1]), np.less(f([-2, -1, 1]), 0), [(v) => v.neg(), (v) => v.mul(10)])', 'np.piecewise(f([-2, -1, 1]), f([-2, -1, 1]) < 0, [lambda v: -v, lambda v: v * 10])')
pair('np.piecewise(f([-2, -1, 1]), [np.less(f([-2, -1, 1]), 0)], [(v) => v.neg()])', 'np.piecewise(f([-2, -1, 1]), [f([-2, -1, 1]) < 0], [lambda v: -v])')
pair('np.piecewise(f([1, 2, 3]), [[true, false, true], [true, true, false]], [5, (v, a, {b}) => v.mul(a).add(b), 7], 3, {b: 0.5})',
     'np.piecewise(f([1, 2, 3]), [[True, False, True], [True, True, False]], [5, lambda v, a, b: v * a + b, 7], 3, b=0.5)')
pair('np.piecewise(f([1, 2, 3]), [true, false, true], [5, 6])', 'np.piecewise(f([1, 2, 3]), [True, False, True], [5, 6])')
pair('np.piecewise(i([1, 2, 3]), [[true, false, true]], [2.75, (v) => v.div(4)])', 'np.piecewise(i([1, 2, 3]), [[True, False, True]], [2.75, lambda v: v / 4])')
pair('np.piecewise(f(3.5), [true], [(v) => v.mul(2)])', 'np.piecewise(f(3.5), [True], [lambda v: v * 2])')
pair('np.piecewise(f(3.5), [np.less(f(3.5), 1), np.greater(f(3.5), 1)], [1, 2])', 'np.piecewise(f(3.5), [f(3.5) < 1, f(3.5) > 1], [1, 2])')
pair('np.piecewise(f(3.5), false, [1, 2])', 'np.piecewise(f(3.5), False, [1, 2])')
pair('np.piecewise(f([[1, 2], [3, 4]]), [np.greater(f([[1, 2], [3, 4]]), 2)], [9])', 'np.piecewise(f([[1, 2], [3, 4]]), [f([[1, 2], [3, 4]]) > 2], [9])')
pair('np.piecewise(f([1, 2]), [[true, false]], [1, 2, 3])', 'np.piecewise(f([1, 2]), [[True, False]], [1, 2, 3])')

# memory
for a, b in [('::2', '1::2'), (':5', '5:'), (':6', '5:'), ('::-1', '3:4'), ('::3', '1::3'), (':0', ':')]:
    pair(f"((x) => [np.may_share_memory(x.at('{a}'), x.at('{b}')), np.shares_memory(x.at('{a}'), x.at('{b}'))])(np.zeros([10, 10]))",
         f'(lambda x: [np.may_share_memory(x[{a}], x[{b}]), np.shares_memory(x[{a}], x[{b}])])(np.zeros([10, 10]))')
    pair(f"((x) => [np.may_share_memory(x.at(':, {a}'), x.at(':, {b}')), np.shares_memory(x.at(':, {a}'), x.at(':, {b}'))])(np.zeros([10, 10]))",
         f'(lambda x: [np.may_share_memory(x[:, {a}], x[:, {b}]), np.shares_memory(x[:, {a}], x[:, {b}])])(np.zeros([10, 10]))')
pair("((x) => np.shares_memory(x, x.view('float32').at('..., 1::2')))(np.zeros([10, 10]))", "(lambda x: np.shares_memory(x, x.view('f4')[..., 1::2]))(np.zeros([10, 10]))")
pair("((x) => np.shares_memory(x.real, x.imag))(np.zeros(4, 'complex128'))", "(lambda x: np.shares_memory(x.real, x.imag))(np.zeros(4, 'complex128'))")
both('np.shares_memory([1, 2], [1, 2])')
both('np.may_share_memory(R(3), R(3))')
pair("np.shares_memory(...((z) => [np.lib.stride_tricks.as_strided(z, [9, 8, 7, 6], [999, 9997, 99991, 503]), z.at('1::1000')])(np.zeros(1000000, 'int8')))",
     "np.shares_memory(*(lambda z: [np.lib.stride_tricks.as_strided(z, [9, 8, 7, 6], [999, 9997, 99991, 503]), z[1::1000]])(np.zeros(1000000, 'int8')))")

# digits
for n in (0, 1, 5, 7, 8, 255, -1, -2, -3, -4, -8, -255, 2**62):
    js = f'{n}n' if abs(n) > 2**53 else f'{n}'
    pair(f'np.binary_repr({js})', f'np.binary_repr({n})')
    for w in (-1, 0, 1, 2, 3, 4, 9, 12):
        pair(f'np.binary_repr({js}, {w})', f'np.binary_repr({n}, {w})')
    for b in (2, 3, 16, 36):
        pair(f'np.base_repr({js}, {b})', f'np.base_repr({n}, {b})')
        pair(f'np.base_repr({js}, {{base: {b}, padding: 2}})', f'np.base_repr({n}, base={b}, padding=2)')
both('np.base_repr(10, 1)')
both('np.base_repr(10, 37)')
both('np.binary_repr(3.5)')

# polynomials
lists = ['[1., 2., 3.]', 'i([0, 0, 2, 1])', '[2.5]', 'f([3, 0, 0, -1])', 'i([1, -3])', "np.array([1, 2, 4], 'float32')", "i([0])", 'f([0, 0])']
for a in lists:
    for m in (0, 1, 2, 3):
        both(f'np.polyder({a}, {m})')
        both(f'np.polyint({a}, {m})')
    pair(f'np.polyint({a}, 2, [1, 2])', f'np.polyint({a}, 2, [1., 2.])')
    pair(f'np.polyint({a}, {{m: 3, k: 3}})', f'np.polyint({a}, m=3, k=3.)')
    for x in ('f(2.5)', 'i([1, -2])', 'f([[1, 2], [0.5, -1]])', "np.array([0.5, 3], 'float32')"):
        both(f'np.polyval({a}, {x})')
    for b in lists:
        both(f'np.polyadd({a}, {b})')
        both(f'np.polysub({a}, {b})')
        if '2.5' not in a + b:
            both(f'np.polymul({a}, {b})')
        if '0])' not in b and 'i([0, 0' not in b:
            both(f'np.polydiv({a}, {b})')
both('np.polyder([1., 2.], -1)')
both('np.polyint([1., 2.], -1)')
both('np.polyint([1., 2.], 3, [1., 2.])')
both('np.polymul([[1., 2.]], [1., 2.])')
both('np.polyval(f([]), f([1, 2]))')

# broadcast
pair('((b) => [b.shape, b.nd, b.ndim, b.size, b.numiter, b.index, b.next().value, b.index, [...b], b.index])(np.broadcast(f([[1], [2]]), f([3, 4])))',
     '(lambda b: [list(b.shape), b.nd, b.ndim, b.size, b.numiter, b.index, [float(e) for e in next(b)], b.index, [[float(e) for e in p] for p in b], b.index])(np.broadcast(f([[1], [2]]), f([3, 4])))')
both('np.broadcast(f([1, 2]), f([1, 2, 3]))')
for k in ('Character', 'Integer', 'UnsignedInteger', 'Float', 'Complex', 'AllInteger', 'AllFloat', 'Datetime', 'All'):
    both(f"np.typecodes['{k}']")
pair("np.seterr({divide: 'foo'})", "np.seterr(divide='foo')")
pair("np.seterr({foo: 'ignore'})", "np.seterr(foo='ignore')")

# fromstring
for text, sep, dtype in [('1 2 3', ' ', 'int64'), ('1, 2', ',', None), ('1 a', ' ', None), ('', ' ', None), ('1 2 3', '  ', None), ('1.5e3;nan;inf;-2', ';', None), ('1,2,3,', ',', None), ('1  2 ', ' ', 'float32'), ('1.5 2', ' ', 'int64'),
                         ('  1 2', ' ', None), ('1,,2', ',', None), ('1;2', ',', None), ('1 , 2', ',', None), ('1 2', ',', None), ('300 -1', ' ', 'uint8'), ('.5,-.25,+3.,1E-3', ',', None), ('12', '', None), ('-INF,Infinity', ',', 'float16')]:
    d = '' if dtype is None else f", '{dtype}'"
    pair(f"np.fromstring('{text}'{d}, {{sep: '{sep}'}})", f"np.fromstring('{text}'{d}, sep='{sep}')")
pair("np.fromstring('1 2 3 x', {sep: ' ', count: 2})", "np.fromstring('1 2 3 x', sep=' ', count=2)")

# nditer
ARRAYS = [('R(2, 3)', 'R(2, 3)'), ('R(2, 3).T', 'R(2, 3).T'), ("R(2, 3).at('::-1')", 'R(2, 3)[::-1]'), ("R(3, 4).at('::-1, ::-2')", 'R(3, 4)[::-1, ::-2]'), ("R(2, 3).at(':, ::2')", 'R(2, 3)[:, ::2]'),
          ('R(2, 3, 4).transpose(1, 2, 0)', 'R(2, 3, 4).transpose(1, 2, 0)'), ("R(2, 3, 4).at(':, 1')", 'R(2, 3, 4)[:, 1]'), ('R(4)', 'R(4)'), ('i(7)', 'i(7)'),
          ('np.broadcast_to(R(3), [2, 3])', 'np.broadcast_to(R(3), [2, 3])')]
for js, py in ARRAYS:
    for order in 'KCFA':
        pair(f"[...np.nditer({js}, {{order: '{order}'}})].map((x) => x.item())", f"[x.item() for x in np.nditer({py}, order='{order}')]")
        pair(f"[...np.nditer({js}, {{flags: ['external_loop'], order: '{order}'}})].map((x) => x.tolist())", f"[x.tolist() for x in np.nditer({py}, flags=['external_loop'], order='{order}')]")
    for flag in ('multi_index', 'c_index', 'f_index'):
        what = 'multi_index' if flag == 'multi_index' else 'index'
        pair(f"((it) => [...(function* () {{ for (const x of it) yield [x.item(), it.{what}]; }})()])(np.nditer({js}, {{flags: ['{flag}']}}))",
             f"(lambda it: [(x.item(), it.{what}) for x in it])(np.nditer({py}, flags=['{flag}']))")
pair('[...np.nditer([R(2, 3), R(3)])].map(([x, y]) => [x.item(), y.item()])', '[(x.item(), y.item()) for x, y in np.nditer([R(2, 3), R(3)])]')
pair('[...np.nditer([R(2, 3).T, R(3, 2)])].map(([x, y]) => [x.item(), y.item()])', '[(x.item(), y.item()) for x, y in np.nditer([R(2, 3).T, R(3, 2)])]')
pair('[...np.nditer([R(3, 1), R(1, 4)])].map(([x, y]) => [x.item(), y.item()])', '[(x.item(), y.item()) for x, y in np.nditer([R(3, 1), R(1, 4)])]')
pair("np.nditer(R(3), {flags: ['foo']})", "np.nditer(R(3), flags=['foo'])")
pair("np.nditer(R(3), {op_flags: ['foo']})", "np.nditer(R(3), op_flags=['foo'])")
pair("np.nditer(R(3), {flags: ['multi_index', 'external_loop']})", "np.nditer(R(3), flags=['multi_index', 'external_loop'])")
pair("np.nditer(R(3), {order: 'Q'})", "np.nditer(R(3), order='Q')")
both('np.nditer(np.zeros([0, 2]))')
pair("[...np.nditer(np.zeros([0, 2]), ['zerosize_ok'])]", "[*np.nditer(np.zeros([0, 2]), ['zerosize_ok'])]")
both('np.nditer(R(3)).multi_index')
both('np.nditer(R(3)).index')

# einsum_path
def path(text, *shapes, options="", how=None):
    ones = ', '.join(f'np.ones({list(s)})' for s in shapes)
    js, py = (f', {{optimize: {how[0]}}}', f', optimize={how[1]}') if how else ('', '')
    # The letters that stand for an ellipsis are any in NumPy: they change from run to run.
    part = '[0]' if '...' in text else ''
    pair(f"np.einsum_path('{text}', {ones}{js}){part}", f"np.einsum_path('{text}', {ones}{py}){part}")


HOWS = [None, ("'optimal'", "'optimal'"), ('false', 'False'), ("['greedy', 10]", "('greedy', 10)"), ("['optimal', 12]", "('optimal', 12)"), ('true', 'True')]
for how in HOWS:
    path('ij,jk,kl->il', (2, 3), (3, 4), (4, 5), how=how)
    path('ij,jk,kl,lm', (2, 3), (3, 4), (4, 5), (5, 2), how=how)
    path('ij,kl,mn->jlm', (2, 3), (4, 5), (5, 2), how=how)
    path('...ij,...jk,kl->...l', (7, 2, 3), (3, 4), (4, 5), how=how)
    path('...ij,...jk,...->...', (7, 6, 2, 3), (6, 3, 4), (7, 6), how=how)
    path('ea,fb,abcd,gc,hd->efgh', (4, 4), (4, 4), (4, 4, 4, 4), (4, 4), (4, 4), how=how)
    path('ij,ik,il->jkl', (10, 2), (10, 3), (10, 4), how=how)
    path('a,b,c,d->', (5,), (6,), (7,), (8,), how=how)
    path('ab,ab,ab->ab', (5, 3), (5, 3), (5, 3), how=how)
    path('bdk,bkn,dn,bd->bn', (3, 4, 5), (3, 5, 6), (4, 6), (3, 4), how=how)
path('ij,jk', (2, 3), (3, 4))
path('ij->', (2, 3))
path('ij,jk,kl->il', (2, 3), (3, 4), (4, 5), how=("['einsum_path', [0, 1], [0, 1]]", "['einsum_path', (0, 1), (0, 1)]"))
path('ij,jk,kl->il', (2, 3), (3, 4), (4, 5), how=("['einsum_path', [0, 1, 2]]", "['einsum_path', (0, 1, 2)]"))
both('np.einsum_path(np.ones([2, 3]), [0, 1], np.ones([3, 4]), [1, 2], np.ones([4, 5]), [2, 3])')

write(pathlib.Path(__file__).resolve().parent / 'functional.json', P, names)
