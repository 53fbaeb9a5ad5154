#!/usr/bin/env python3
"""Writes arrays.json: arrays over memory, views of some fields, what integers refuse, metadata, scalars' methods, and other edges of the array core."""
import itertools
import pathlib

import numpy as np
from numpy.lib.stride_tricks import as_strided

from pairs import write


def i(x):
    return np.array(x, dtype='int64')


def f(x):
    return np.array(x, dtype='float64')


def fields():
    return np.ones(3, [('a', 'i4'), ('b', 'f4'), ('c', 'u4')])


def part(change):
    """A structure after a change of a view of its first and last field."""
    s = fields()
    change(s[['a', 'c']])
    return s


def tag(d):
    return np.dtype(d, metadata={'by': d})


def by(d):
    return None if d.metadata is None else d.metadata['by']


def setting(a, index, value):
    a[index] = value
    return a


def matmul(a, b):
    a @= b
    return a


names = {'i': i, 'f': f, 'part': part, 'tag': tag, 'by': by, 'setting': setting, 'matmul': matmul, 'as_strided': as_strided}
P = []


def pair(js, py):
    P.append((js, py))


def both(text):
    P.append((text, text))


# np.ndarray over memory
X = 'i([0, 1, 2, 3, 4, 5, 6, 7])'
for shape, offset, strides in itertools.product(('4', '[2, 2]', '8', '0', '[]'), (0, 8, 32, 64), ('null', '-8', '16', '[8, 8]', '[16, 8]', '[-8, -16]', '[]')):
    tuple_of = lambda t: t.replace('[', '(').replace(']', ',)').replace('(,)', '()').replace('null', 'None')
    pair(f"np.ndarray({shape}, 'int64', {{buffer: {X}, offset: {offset}, strides: {strides}}})",
         f"np.ndarray({tuple_of(shape)}, 'int64', buffer={X}, offset={offset}, strides={tuple_of(strides) if '[' in strides else (strides if strides == 'None' or strides == 'null' and False else 'None' if strides == 'null' else f'({strides},)')})")
for d in ('int8', '>i2', 'S3', 'float32', '(2,)i4', 'i4,f4', 'V5'):
    pair(f"np.ndarray([2], '{d}', {X}, 3)", f"np.ndarray((2,), '{d}', {X}, 3)")
    pair(f"np.ndarray([2, 2], '{d}', {{buffer: {X}, order: 'F'}})", f"np.ndarray((2, 2), '{d}', buffer={X}, order='F')")
pair("np.ndarray(-1, 'int64', {buffer: i([1, 2, 3]), offset: 8})", "np.ndarray((-1,), 'int64', buffer=i([1, 2, 3]), offset=8)")
pair("np.ndarray([10], 'S0').itemsize", "np.ndarray((10,), 'S0').itemsize")
pair('np.ndarray([2], {strides: []})', 'np.ndarray((2,), strides=())')

# strides of any byte
for dtype, shape, strides in (('i2', [4], [3]), ('i2', [3, 3], [1, 3]), ('f8', [2, 3], [4, 1]), ('i4', [2, 1, 3], [8, 123, 4])):
    a = f"np.arange(40, {{dtype: '{dtype}'}})"
    b = f"np.arange(40, dtype='{dtype}')"
    for js, py in (('{0}', '{0}'), ('{0}.add(1)', '{0} + 1'), ('np.sort({0})', 'np.sort({0})'), ('{0}.sum(0)', '{0}.sum(0)'), ('{0}.copy().strides', 'list({0}.copy().strides)'), ('np.cumsum({0})', 'np.cumsum({0})'), ('{0}.at(1)', '{0}[1]')):
        if dtype != 'f8' or js in ('{0}', '{0}.at(1)'):
            pair(js.format(f'as_strided({a}, {shape}, {strides})'), py.format(f'as_strided({b}, {shape}, {strides})'))

# views of some fields leave the others alone
for js, py in (("v.set([':'], [4, 5])", 'v.__setitem__(slice(None), (4, 5))'), ('v.set([0], [4, 5])', 'v.__setitem__(0, (4, 5))'), ("v.set([':'], 7)", 'v.__setitem__(slice(None), 7)'),
               ('v.set([[0, 2]], [4, 5])', 'v.__setitem__([0, 2], (4, 5))'), ('v.set([np.array([true, false, true])], [4, 5])', 'v.__setitem__(np.array([True, False, True]), (4, 5))'),
               ('np.copyto(v, np.zeros(3, v.dtype))', 'np.copyto(v, np.zeros(3, v.dtype))'), ('np.copyto(v, np.zeros(3, v.dtype), {where: [true, false, true]})', 'np.copyto(v, np.zeros(3, v.dtype), where=[True, False, True])'),
               ("v.set([':'], np.array([[1, 2]], 'i8,f8'))", "v.__setitem__(slice(None), np.array([(1, 2)], 'i8,f8'))"), ('v.set([0], v.at(1))', 'v.__setitem__(0, v[1])')):
    pair(f'part((v) => {js})', f'part(lambda v: {py})')
pair("np.zeros(4, [[['t', 'n'], 'i4'], ['c', 'i4']]).at(['t', 'c'])", "np.zeros(4, [(('t', 'n'), 'i4'), ('c', 'i4')])[['t', 'c']]")
for value in ("np.ones([1], 'i8,i8')", "np.ones([1, 1], 'i8,i8')", "np.ones([2], 'i8,i8')", 'np.ones([2])'):
    pair(f"setting(np.zeros(2, 'i8,i8'), 0, {value})", f"setting(np.zeros(2, 'i8,i8'), 0, {value})")

# what integers refuse of lone values
for d in ('int8', 'uint8', 'int64', 'float32', 'bool'):
    for v in ('np.float64(NaN)', 'np.float64(1.5)', 'np.float64(1e20)', 'np.int64(300)', 'np.uint8(200)', "np.timedelta64(5, 's')", "np.timedelta64(5, 'ns')"):
        py = v.replace('NaN', 'np.nan')
        if d == 'bool' and 'time' in v:
            continue
        pair(f"np.array([{v}], '{d}')", f"np.array([{py}], '{d}')")
        pair(f"setting(np.zeros(2, '{d}'), 0, {v})", f"setting(np.zeros(2, '{d}'), 0, {py})")

# ndmax
for data in ('[[[1.5], [2.5]], [[3.5], [4.5]]]', 'f([[1, 2], [3, 4]])', '[f([1, 2]), f([3, 4])]', '5.5'):
    for kw in ({'ndmax': 0}, {'ndmax': 1}, {'ndmax': 2}, {'ndmax': 3}, {'ndmax': 1, 'ndmin': 2}, {'ndmax': -1}, {'ndmax': 65}):
        for d in (None, 'float32'):
            js = ', '.join(f'{k}: {v}' for k, v in kw.items()) + (f", dtype: '{d}'" if d else '')
            py = ', '.join(f'{k}={v}' for k, v in kw.items()) + (f", dtype='{d}'" if d else '')
            pair(f'np.array({data}, {{{js}}})', f'np.array({data}, {py})')

# metadata
D = ('?', 'i4', '>f8', 'U3', 'U5', '>U3', 'S3', 'S', 'V3', 'M8[s]', 'i4,f4')
for a in D:
    pair(f"by(np.promote_types(...((d) => [d, d])(tag('{a}'))))", f"(lambda d: by(np.promote_types(d, d)))(tag('{a}'))")
    pair(f"by(tag('{a}').newbyteorder())", f"by(tag('{a}').newbyteorder())")
    both(f"by(np.result_type(tag('{a}')))")
    for b in D:
        both(f"by(np.promote_types(tag('{a}'), tag('{b}')))")
    for b in D:
        pair(f"np.dtype('{a}').equals('{b}')", f"np.dtype('{a}') == '{b}'")

# methods of scalars
for v in ('np.float64(0.75)', 'np.float32(-3)', 'np.float16(0.1)', 'np.float64(1e300)', 'np.float64(NaN)', 'np.float64(-Infinity)', 'np.int8(-128)', 'np.uint64(5)', 'np.bool_(true)', 'np.complex64(1)', 'f([1])'):
    py = v.replace('NaN', 'np.nan').replace('-Infinity', '-np.inf').replace('true', 'True')
    for m in ('is_integer', 'bit_count') + (('as_integer_ratio',) if '1e300' not in v else ()):
        pair(f'{v}.{m}()', f'{py}.{m}()')

# the rest
for text in ("np.partition(np.array([[3, 1], [1, 2], [2, 0]], 'i4,i4'), 1, {order: 'f1'})", "np.argpartition(np.array([[3, 1], [1, 2], [2, 0]], 'i4,i4'), 1, {order: 'f1'})"):
    pair(text, text.replace('[[3, 1], [1, 2], [2, 0]]', '[(3, 1), (1, 2), (2, 0)]').replace("{order: 'f1'}", "order='f1'"))
pair("np.partition(f([1, 2]), 0, {order: 'a'})", "np.partition(f([1, 2]), 0, order='a')")
for a, b in (('[5]', '[5, 5]'), ('[5]', '[5, 2]'), ('[2, 3]', '[3, 3]'), ('[2, 3]', '[3, 2]'), ('[2, 3]', '[3]'), ('[2, 2, 2]', '[2, 2]')):
    both(f'matmul(np.ones({a}), np.ones({b}))')
for axes in ('[[1, 0], [0], [0]]', '[[1, 0], 0, 0]', '[[0, 1], [0], [1]]'):
    n = 3 if axes[1:4] == '[1,' else 4
    pair(f'np.matmul(np.arange(60).reshape(3, 4, 5), np.arange({n}), {{axes: {axes}}})', f"np.matmul(np.arange(60).reshape(3, 4, 5), np.arange({n}), axes={axes.replace('[[1, 0], [0], [0]]', '[(1, 0), (0,), (0,)]').replace('[[1, 0], 0, 0]', '[(1, 0), 0, 0]').replace('[[0, 1], [0], [1]]', '[(0, 1), (0,), (1,)]')})")
for a, b in itertools.product(("[['f1', 'i4']]", "'i4,i4'", "[['f0', '(3,)i4']]", "[['f0', 'i4,i4', [2]]]", "'i4'", "'(3,)i4'", "'V8'"), repeat=2):
    for c in ('safe', 'same_kind', 'unsafe'):
        tuples = lambda t: t.replace("[['", "[('").replace("]]]", "])]").replace("']]", "')]").replace("[2])]", "(2,))]")
        pair(f"np.can_cast({a}, {b}, '{c}')", f"np.can_cast({tuples(a)}, {tuples(b)}, '{c}')")
for text in ('1j, -2j,  3j, 4e1j', '1+1j,2-2j, -3+3j,  -4e1+4j', '1, 2 ,  3', '1+2 j,3', '1+ 2j,3', '1 +2j', '1+j', '1+', '1j+1', 'nan+infj'):
    pair(f"np.fromstring('{text}', 'complex128', {{sep: ','}})", f"np.fromstring('{text}', 'complex128', sep=',')")
pair("np.fromstring('nan +nan -nan NaN nan(foo) NaN(B_1)', {sep: ' '})", "np.fromstring('nan +nan -nan NaN nan(foo) NaN(B_1)', sep=' ')")
for d in ('(3,)i4', 'i4,i4', 'S3', 'O'):
    pair(f"np.fromstring('1,2', '{d}', {{sep: ','}})", f"np.fromstring('1,2', '{d}', sep=',')")
    pair(f"np.arange(2, {{dtype: '{d}'}})", f"np.arange(2, dtype='{d}')") if d != 'O' else None
for block in ('[1, []]', '[[], 2]', '[]', '[[]]', '[[1], [[]]]', '[[1, 2], []]', '[1, [2]]'):
    both(f'np.block({block})')
pair("np.concatenate([[1.5], [2.5]], {casting: 'same_value'})", "np.concatenate([[1.5], [2.5]], casting='same_value')")
pair("np.concatenate([[1.5], [2.5]], {dtype: '(2,)i'})", "np.concatenate([[1.5], [2.5]], dtype='(2,)i')")
both('np.concatenate(np.ones(2), np.ones(2))')
pair('np.array([1.5], {like: 1})', 'np.array([1.5], like=1)')
for d in ('>D', '>c', '<d', '()i4', '(2)i4', '|O'):
    both(f"np.dtype('{d}')")
pair("np.timedelta64(1, ['ms', 2, 1, null])", "np.timedelta64(1, ('ms', 2, 1, None))")
pair("np.timedelta64(1, ['ms', 2, 63])", "np.timedelta64(1, ('ms', 2, 63))")
pair('i([0, 1]).choose(i([1, 2]), i([3, 4]))', 'i([0, 1]).choose(i([1, 2]), i([3, 4]))')
pair("np.fromiter([[1, 2], [3, 4]], '2i')", "np.fromiter([(1, 2), (3, 4)], '2i')")
both("np.fromiter([], 'V0')")

write(pathlib.Path(__file__).with_name('arrays.json'), P, names)
