#!/usr/bin/env python3
"""Writes edges.json: elements that are sub-arrays, sizes near 2^63, integers that no dtype holds, dates without a unit, what folds and masks refuse,
triangles of fractional diagonals, numbers in text, times in structures, and in how many steps shared memory is found."""
import pathlib

import numpy as np

from pairs import write

P = []


def pair(js, py):
    P.append((js, py))


def both(text):
    P.append((text, text))


def folded(a, out, dtype):
    np.add.reduce(a, out=out, dtype=dtype)
    return float(out[()])


def shifted():
    """An array whose elements share bytes, negated in place."""
    x = np.arange(1, 9, dtype='int16')
    a = np.lib.stride_tricks.as_strided(x, (7,), (1,))
    np.invert(a, out=a)
    return x


def named(nin, nout, **kw):
    def mul(a, b):
        return a * b
    return np.frompyfunc(mul, nin, nout, **kw)


names = {'folded': folded, 'shifted': shifted, 'named': named}

for data, py in (
    ('[1, 2]', '[1, 2]'), ('[[1, 2], [3, 4]]', '[(1, 2), (3, 4)]'), ("['1', '2']", "['1', '2']"), ('[]', '[]'), ('3', '3'),
    ('[[[1], [2]], np.array([1, 2])]', '[[(1,), (2,)], np.array([1, 2])]'), ('[np.array([1, 2]), np.array([3, 4])]',) * 2,
):
    pair(f"np.array({data}, '(2,)i4')", f"np.array({py}, '(2,)i4')")
pair("np.array([[[0, 1], [1, 2]], [[2]]], '(2,2)f4')", "np.array([((0, 1), (1, 2)), ((2,),)], '(2,2)f4')")
pair("np.array([np.array([1, 2]), np.array([3, 4])], '(3,)i4')", "np.array([np.array([1, 2]), np.array([3, 4])], '(3,)i4')")

for n in ('9223372036854775807', '9223372036854775808'):
    both(f"np.ravel_multi_index([[0], [0]], [{n}, 1])") if n.endswith('8') else None
    pair(f"np.sign({n}n)", f"np.sign({n})")
pair('np.ravel_multi_index([[0], [0]], [4611686018427387903n, 2])', 'np.ravel_multi_index(([0], [0]), (4611686018427387903, 2))')
pair('np.ravel_multi_index([[0], [0]], [4611686018427387904n, 2])', 'np.ravel_multi_index(([0], [0]), (4611686018427387904, 2))')
pair("np.empty(9223372036854775808n, 'u1')", "np.empty(9223372036854775808, 'u1')")
for f, x in (('negative', 2**63), ('invert', 2**63), ('bitwise_count', 2**64 - 1)):
    pair(f'np.{f}({x}n)', f'np.{f}({x})')
pair('np.ldexp(2, 9223372036854775807n)', 'np.ldexp(2, 9223372036854775807)')
pair("np.ldexp(np.float32(2), 9223372036854775807n)", 'np.ldexp(np.float32(2), 9223372036854775807)')

for f in ('any', 'all'):
    pair(f"np.{f}(np.zeros(1, [['a', 'i4'], ['b', 'i4']]))", f"np.{f}(np.zeros(1, [('a', 'i4'), ('b', 'i4')]))")
    pair(f"np.{f}(np.ones(1, [['a', 'i4']]), {{axis: 0}})", f"np.{f}(np.ones(1, [('a', 'i4')]), axis=0)")
for d, e in (('f2', 'f4'), ('f4', 'f8'), ('f8', 'f4'), ('i2', 'i8'), ('f4', 'i8')):
    pair(f"np.histogram(np.array([1, 2], '{d}'), {{bins: 2, range: np.array([1, 3], '{e}')}})[1]",
         f"np.histogram(np.array([1, 2], '{d}'), bins=2, range=np.array([1, 3], '{e}'))[1]")
pair("np.histogram(np.array([1], 'f4'), {bins: 1, range: np.array([1.00001, 2])})", "np.histogram(np.array([1], 'f4'), bins=1, range=np.array([1.00001, 2]))")
pair("np.unique(np.array([[1, 2]], 'O'), {axis: 0})", "np.unique(np.array([[1, 2]], 'O'), axis=0)")
pair("np.unique(np.zeros([2, 2], [['a', 'i8'], ['b', 'O']]), {axis: 0})", "np.unique(np.zeros((2, 2), [('a', 'i8'), ('b', 'O')]), axis=0)")
pair("np.isin(np.array([[1n, null], [2n, 'x']], [['a', 'i8'], ['b', 'O']]), np.array([[2n, 'x'], [3n, null]], [['a', 'i8'], ['b', 'O']]))",
     "np.isin(np.array([(1, None), (2, 'x')], [('a', 'i8'), ('b', 'O')]), np.array([(2, 'x'), (3, None)], [('a', 'i8'), ('b', 'O')]))")
for a in ('[]', '[1.5]', '[1.5, 2]'):
    pair(f"folded({a}, np.array(null, 'O'), 'float64')", f"folded({a}, np.array(None, 'O'), 'float64')")
pair("np.where([true, false], np.float32(1), 1e150)", "np.where([True, False], np.float32(1), 1e150)")
pair("np.where([true, false], np.array([1, 2], 'f2'), 1e5)", "np.where([True, False], np.array([1, 2], 'f2'), 1e5)")
pair("np.add(np.ones(2), 1.5, {casting: 'equiv'})", "np.add(np.ones(2), 1.5, casting='equiv')")
pair("np.add(np.ones(2, 'i4'), 1, {casting: 'equiv'})", "np.add(np.ones(2, 'i4'), 1, casting='equiv')")
for t in ('bool', 'int64', 'float32', 'float64'):
    pair(f'np.{t}(1, {{garbage: true}})', f'np.{t}(1, garbage=True)')
for t in ("np.ones(2, 'M8')", "np.full(2, 3, 'M8')", "np.array([1]).astype('M8')", "np.array([true]).astype('M8')", "np.full(2, 3, 'M8[s]')"):
    pair(f"{t}.view('i8')", f"{t.replace('true', 'True')}.view('i8')")
pair("np.ones(2, 'M8').astype('U')", "np.ones(2, 'M8').astype('U')")
pair("np.datetime_data(np.datetime64('2000-01', ['M', 2]))", "np.datetime_data(np.datetime64('2000-01', ('M', 2)))")
for d in ("'U'", "'S'", "'V'", 'np.str_'):
    pair(f"np.dtype([['a', {d}, 4], ['b', 'i4', 2]])", f"np.dtype([('a', {d}, 4), ('b', 'i4', 2)])")
pair("np.zeros(1, [['a', 'i4'], ['b', 'i4']]).at(['b', 'a']).dtype.descr", "np.zeros(1, [('a', 'i4'), ('b', 'i4')])[['b', 'a']].dtype.descr")
pair("np.rec.fromrecords([[[1, 2], [3, 4], [5, 6]], [[6, 5], [4, 3], [2, 1]]], {names: 'a,b'}).a",
     "np.rec.fromrecords([[(1., 2.), (3., 4.), (5., 6.)], [(6., 5.), (4., 3.), (2., 1.)]], names='a,b').a")
pair("np.array([[1, np.array('ab', 'S'), np.array('cd')]], 'i4,S3,U3').at('f1')", "np.array([(1, np.array('ab', 'S'), np.array('cd'))], 'i4,S3,U3')['f1']")
pair("np.array([[1, np.array('ab', 'S'), np.array('cd')]], 'i4,S3,U3').at('f2')", "np.array([(1, np.array('ab', 'S'), np.array('cd'))], 'i4,S3,U3')['f2']")
both('shifted()')

# Triangles of diagonals with fractions, powers by one number for all, complex numbers of two parts, numbers in text.
for k in ('0', '1.5', '0.5', '-0.5', '-1.5', '2.999', '-7.25', '1e9'):
    both(f'np.tril(np.ones([3, 3]), {k})')
    both(f'np.triu(np.ones([3, 3]), {k})')
    both(f'np.tri(3, 4, {k})')
    both(f'np.tril_indices(3, {k})[1]')
    both(f'np.triu_indices(3, {k})[1]')
pair('np.tril(np.ones([2, 2]), Infinity)', 'np.tril(np.ones([2, 2]), np.inf)')
pair('np.tri(2, 2, NaN)', 'np.tri(2, 2, np.nan)')
pair('np.tril(np.ones([2, 2]), np.array(1.5))', 'np.tril(np.ones([2, 2]), np.array(1.5))')
both('np.tri(2.5)')
both('np.tri(2, 2.5)')
both('np.tri(2, -1.5)')
V = '[-np.inf, -0.0, 4]'
for dtype in ('d', 'f', 'e'):
    a = f"np.array({V}, '{dtype}')"
    for e in (f"np.array(0.5, '{dtype}')", f"np.array([0.5], '{dtype}')", f"np.array([0.5, 0.5, 0.5], '{dtype}')", f"np.broadcast_to(np.array(0.5, '{dtype}'), [3])", f"np.array(2, '{dtype}')"):
        both(f'np.power({a}, {e})')
both("np.power(np.array([-np.inf]), np.array([0.5]))")
both("np.power(np.array(-np.inf), np.array(0.5))")
both("np.power(np.array([-np.inf, -0.0], 'f'), np.array(0.5))")
both("np.power(-np.inf, np.array([0.5, 0.5]))")
pair('np.array([[-Infinity, -0]]).pow(np.array([[0.5]]))', 'np.array([[-np.inf, -0.0]]) ** np.array([[0.5]])')
pair('np.array([true, false]).pow(2)', 'np.array([True, False]) ** 2')
pair("np.array(['a']).pow(2)", "np.array(['a']) ** 2")
pair("np.zeros([2], 'i4,i4').pow(2)", "np.zeros([2], 'i4,i4') ** 2")
for t in ('complex64', 'complex128'):
    both(f"np.{t}('1+2j')")
    both(f"np.{t}(' (nan+infj) ')")
    both(f"np.{t}('x')")
    both(f'np.{t}(1, 2)')
    both(f'np.{t}(np.float32(1), np.int8(2))')
    pair(f'np.{t}(np.complex(0, 1), np.complex(0, 1))', f'np.{t}(1j, 1j)')
    pair(f'np.{t}(1n, null)', f'np.{t}(1, None)')
    pair(f"np.{t}(1n, 'a')", f"np.{t}(1, 'a')")
    both(f'np.{t}(1, 2, 3)')
    both(f'np.{t}(1, np.array([2]))')
for text in ('1_0', '0x1', '1_', '_1', '1__0', '1e1_0', '1_.5', ' 12 ', '', 'infinity', '+nan', 'a'):
    for t in ('float64', 'float16', 'int64', 'bool', 'complex128'):
        if t != 'complex128' or '_' not in text:
            both(f"np.{t}('{text}')")
both('np.float64(1, 2)')
both('np.int8(1, 2)')
both('np.bool(1, 2)')
both('np.void(-1)')
pair("np.void(4, {dtype: 'i8'})", "np.void(4, dtype='i8')")
pair("np.void(4, {dtype: '4i'})", "np.void(4, dtype='4i')")
both('np.void(np.array(567.))')
pair('np.void(1, {garbage: true})', 'np.void(1, garbage=True)')
both('np.str_(5)')
both('np.bytes_(-2)')
pair("np.dtype(['O', [['name', 'i8']]])", "np.dtype(('O', [('name', 'i8')]))")
pair("np.dtype([[['t', 'a'], 'i4']]).field(['t'])", "np.dtype([(('t', 'a'), 'i4')])[['t']]")
pair("np.dtype('i4,f8').field(-1n).str", "np.dtype('i4,f8')[-1].str")
pair('np.vecdot(np.ones([2, 3]), np.ones([2, 3]), {axes: [-1, -1, -1]})', 'np.vecdot(np.ones([2, 3]), np.ones([2, 3]), axes=[-1, -1, -1])')
for s in (('bool', None, 'O'), ('O', None, 'bool'), (None, 'O', 'bool')):
    js = ', '.join('null' if x is None else f"'{x}'" for x in s)
    pair(f"np.logical_or(np.array([true, null], 'O'), np.array([true, null], 'O'), {{signature: [{js}]}})", f"np.logical_or(np.array([True, None], 'O'), np.array([True, None], 'O'), signature={s!r})")
pair('np.may_share_memory(np.zeros(1), np.zeros(1), {max_work: 10n ** 100n})', 'np.may_share_memory(np.zeros(1), np.zeros(1), max_work=10 ** 100)')
pair('np.shares_memory(np.zeros(1), np.zeros(1), {max_work: 1.5})', 'np.shares_memory(np.zeros(1), np.zeros(1), max_work=1.5)')
# Iterators: byte order and alignment that were asked for, the dtype of what is allocated.
pair("new np.nditer(np.arange(3).astype('>i4'), ['buffered'], [['readonly', 'nbo']]).dtypes[0].str", "np.nditer(np.arange(3).astype('>i4'), ['buffered'], [['readonly', 'nbo']]).dtypes[0].str")
pair("new np.nditer(np.arange(3).astype('>i4'), [], [['readonly', 'nbo']]).dtypes[0].str", "np.nditer(np.arange(3).astype('>i4'), [], [['readonly', 'nbo']]).dtypes[0].str")
for ops in ("[np.array([3], '>u4'), None]", "[np.array([3], '>u4'), np.array([3], '>u4'), None]"):
    n = ops.count('np.')
    f = repr([['readonly']] * n + [['writeonly', 'allocate']])
    pair(f"new np.nditer({ops.replace('None', 'null')}, [], {f}).dtypes[{n}].str", f'np.nditer({ops}, [], {f}).dtypes[{n}].str')
M = "[np.zeros(3), np.zeros(3, 'i1')], ['buffered'], [['readwrite', 'writemasked'], ['readonly', 'arraymask']], ['f4', None]"
pair(f"new np.nditer({M.replace('None', 'null')}, {{casting: 'same_kind'}})", f"np.nditer({M}, casting='same_kind')")
pair('new np.nditer(np.arange(3)).close(1)', 'np.nditer(np.arange(3)).close(1)')
big = 'np.broadcast_to(np.zeros(1), [2 ** 53])'
pair(f"new np.nditer([{big}, {big}.at(':', null)], ['multi_index'])", f"np.nditer([{big}, {big}[:, None]], ['multi_index'])")
# Times without axes in structures; functions over times in a unit; folds of functions with and without an identity.
for v, d in (("np.datetime64('2009-02-03', 'us')", 'M8[D]'), ("np.datetime64('2009-01-01T01:00')", 'M8[us]'), ("np.timedelta64(1500, 'ms')", 'm8[s]'), ("np.timedelta64(-1500, 'ms')", 'm8[s]'),
             ("np.timedelta64(1, 'Y')", 'm8[D]'), ("np.timedelta64(1, 'D')", 'm8[M]'), ("np.timedelta64(2, 'Y')", 'm8[M]'), ("np.timedelta64(1, 'D')", 'M8[M]'), ("np.datetime64('2009')", 'm8[M]'),
             ("np.datetime64('2009')", 'M8'), ("np.timedelta64(3, 's')", 'm8'), ('np.timedelta64(3)', 'm8[s]'), ("np.datetime64('NaT')", 'M8[s]'), ('np.int8(3)', 'm8[s]'), ("np.str_('2009')", 'M8[us]'),
             ("np.timedelta64(90, 'm')", '>m8[25s]')):
    pair(f"np.array([[{v}]], [['x', '{d}']]).at('x')", f"np.array([({v},)], [('x', '{d}')])['x']")
for signature in ('', ", signature: '(i)->(j)'", ", signature: '()->()'"):
    js = "np.array(['2024-01-01', '2024-01-02'], 'M8[ns]')"
    pair(f"np.vectorize((x) => x, {{otypes: ['datetime64[ns]']{signature}}})({js})", f"np.vectorize(lambda x: x, otypes=['datetime64[ns]']{signature.replace(': ', '=')})({js})")
for kw in ('{}', '{identity: null}', '{identity: 1}'):
    py = kw.strip('{}').replace(': ', '=').replace('null', 'None')
    f, g = f"np.frompyfunc(function mul(a, b) {{ return a * b; }}, 2, 1, {kw})", f"named(2, 1{', ' + py if py else ''})"
    pair(f"np.float64({f}.reduce(np.ones([2, 2]), {{axis: [0, 1]}}))", f"np.float64({g}.reduce(np.ones([2, 2]), axis=(0, 1)))")
    pair(f"np.float64({f}.reduce([]))", f"np.float64({g}.reduce([]))")
# Truth values where integers are wanted; empty lists beside empty arrays.
for text in ('np.reshape(np.ones([1, 1]), [true, -1])', 'np.ones([1, 1]).reshape(true, 1)', 'np.sum(np.ones([1, 1]), {axis: true})', 'np.transpose(np.ones([1, 1]), [true, false])', 'np.zeros(true)', 'np.zeros([true])',
             'np.repeat([1.5, 2], true)', 'np.tile([1.5, 2], true)'):
    pair(text, text.replace('true', 'True').replace('false', 'False').replace('{axis: ', 'axis=').replace('})', ')'))
for call in ('reduce([1.5], 0, null, OUT)', 'accumulate([1.5], 0, null, OUT)', 'reduceat([1.5], [0], 0, null, OUT)'):
    pair(f"np.add.{call.replace('OUT', repr('...'))}", f"np.add.{call.replace('OUT', '...').replace('null', 'None')}")
    pair(f"np.add.{call.replace('OUT', '{out: ' + repr('...') + '}')}", f"np.add.{call.replace('OUT', 'out=...').replace('null', 'None')}")
# How many steps it takes to find out whether memory is shared.
for work in (0, 1, 2, 5, -1):
    for left, right in (('::2', '::3'), ('::3', '1::3'), ('::-2', '1::2'), ('1:4', '2:')):
        js = f"(x) => np.NAME(x.at(':', '{left}', '{right}'), x.at('1:', '{right}', '{left}'), {{max_work: {work}}})"
        py = f'lambda x: np.NAME(x[:, {left}, {right}], x[1:, {right}, {left}], max_work={work})'
        for name in ('shares_memory', 'may_share_memory'):
            pair(f"({js})(np.zeros([4, 5, 6], 'i2'))".replace('NAME', name), f"({py})(np.zeros([4, 5, 6], 'i2'))".replace('NAME', name))

write(pathlib.Path(__file__).with_name('edges.json'), P, names)
