#!/usr/bin/env python3
"""Writes creation.json: grids, concatenators, buffers, dtypes and limits, beyond what data/creation.json holds."""
import pathlib

import numpy as np

from pairs import write

ALL = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'complex64', 'complex128']
f8 = np.arange(6.0).reshape(2, 3)
i4 = np.arange(6, dtype='int32').reshape(2, 3)
names = {'f8': f8, 'i4': i4, 'bytes8': bytes(range(8)), 'a': lambda x, d=None: np.array(x, d)}
P = []


def both(text):
    """An expression that reads the same in both languages."""
    P.append((text, text))


def pair(js, py):
    P.append((js, py))


# The grid makers and the concatenators take slices, which JavaScript writes as text.
for js, py in [
    ("np.mgrid('0:5')", 'np.mgrid[0:5]'), ("np.mgrid('0:5, 0:3')", 'np.mgrid[0:5, 0:3]'), ("np.mgrid('0:2,0:1:3j')", 'np.mgrid[0:2, 0:1:3j]'),
    ("np.mgrid('0:1:5j')", 'np.mgrid[0:1:5j]'), ("np.mgrid('0:5:0.5')", 'np.mgrid[0:5:0.5]'), ("np.mgrid('0:4:2, -1:1.5:0.5')", 'np.mgrid[0:4:2, -1:1.5:0.5]'),
    ("np.mgrid(np.slice(0, 3), np.slice(2, 8, 3))", 'np.mgrid[0:3, 2:8:3]'), ("np.mgrid('0:2,')", 'np.mgrid[0:2,]'), ("np.mgrid(':4')", 'np.mgrid[:4]'),
    ("np.mgrid('5:0:-2, 3:0')", 'np.mgrid[5:0:-2, 3:0]'), ("np.mgrid('0:2.0')", 'np.mgrid[0:2.0]'), ("np.mgrid('1:3:1j')", 'np.mgrid[1:3:1j]'),
    ("np.ogrid('0:5, 0:3')", 'np.ogrid[0:5, 0:3]'), ("np.ogrid('0:1:3j, 0:2, 1:4:2')", 'np.ogrid[0:1:3j, 0:2, 1:4:2]'), ("np.ogrid('0:5')", 'np.ogrid[0:5]'),
    ("np.r_('1:5', a([1, 2], 'int64'), 3)", "np.r_[1:5, a([1, 2], 'int64'), 3]"), ("np.r_('0:1:5j')", 'np.r_[0:1:5j]'), ("np.r_(':5')", 'np.r_[:5]'),
    ("np.r_('0,2', i4[0], i4[1])", "np.r_['0,2', i4[0], i4[1]]"), ("np.r_('r', 1, 2)", "np.asarray(np.r_['r', 1, 2])"),
    ("np.r_('c', i4[0])", "np.asarray(np.r_['c', i4[0]])"), ("np.r_('0,2,0', i4[0], i4[1])", "np.r_['0,2,0', i4[0], i4[1]]"),
    ("np.r_('1,2,0', i4[0], i4[1])", "np.r_['1,2,0', i4[0], i4[1]]"), ("np.r_('1,3,1', i4[0], i4[1])", "np.r_['1,3,1', i4[0], i4[1]]"),
    ("np.r_('1:5:2', 7.5)", 'np.r_[1:5:2, 7.5]'), ("np.r_(i4[0], 0, 0, f8[1])", 'np.r_[i4[0], 0, 0, f8[1]]'), ("np.r_('-1', i4, i4)", "np.r_['-1', i4, i4]"),
    ("np.r_('q', 1)", "np.r_['q', 1]"), ("np.r_('1,x', 1)", "np.r_['1,x', 1]"), ("np.r_(1, 'r')", "np.r_[1, 'r']"), ("np.r_('0:3', i4)", 'np.r_[0:3, i4]'),
    ("np.r_(1, 2.5, true)", 'np.r_[1, 2.5, True]'), ("np.r_(a([1], 'float32'), 2.5)", "np.r_[a([1], 'float32'), 2.5]"),
    ("np.c_(i4[0], i4[1])", 'np.c_[i4[0], i4[1]]'), ("np.c_(i4[[0]], 0, 0, i4[[1]])".replace('i4[[0]]', 'i4.at("0:1")').replace('i4[[1]]', 'i4.at("1:2")'), 'np.c_[i4[0:1], 0, 0, i4[1:2]]'),
    ("np.c_('0:3', i4[1])", 'np.c_[0:3, i4[1]]'), ("np.c_('0:1:3j', f8[1])", 'np.c_[0:1:3j, f8[1]]'),
]:
    pair(js.replace('i4[0]', 'i4.at(0)').replace('i4[1]', 'i4.at(1)').replace('f8[1]', 'f8.at(1)'), py)

# Copies and orders.
for js, py in [
    ("np.array(f8, 'float32', {copy: false})", "np.array(f8, 'float32', copy=False)"), ("np.array([1, 2], {copy: false})", 'np.array([1, 2], copy=False)'),
    ("np.asarray(f8, {order: 'F', copy: false})", "np.asarray(f8, order='F', copy=False)"), ("np.array(f8, {order: 'X'})", "np.array(f8, order='X')"),
    ("np.array(f8, {ndmin: 100})", 'np.array(f8, ndmin=100)'), ("np.array(f8, {ndmin: 4}).strides", 'np.array(f8, ndmin=4).strides'),
    ("np.array(2.5, {ndmin: 2})", 'np.array(2.5, ndmin=2)'), ("np.array(f8, {order: 'F'}).strides", "np.array(f8, order='F').strides"),
    ("np.require(f8, 'float32', ['F', 'W']).strides", "np.require(f8, 'float32', ['F', 'W']).strides"), ("np.require(f8, {requirements: 'X'})", "np.require(f8, requirements='X')"),
    ("np.require(f8, {requirements: ['C', 'F']})", "np.require(f8, requirements=['C', 'F'])"),
    ("np.asarray_chkfinite([1, NaN])", 'np.asarray_chkfinite([1, np.nan])'), ("np.asarray_chkfinite([1.5, 2.5])", 'np.asarray_chkfinite([1.5, 2.5])'),
    ("np.zeros([2, 3], {order: 'F'}).strides", "np.zeros([2, 3], order='F').strides"), ("np.zeros([2], {order: 'K'})", "np.zeros([2], order='K')"),
    ("np.zeros(-1)", 'np.zeros(-1)'), ("np.zeros(2.5)", 'np.zeros(2.5)'), ("np.zeros(3, {device: 'x'})", "np.zeros(3, device='x')"), ("np.zeros(1e18)", 'np.zeros(10**18)'),
    ("np.zeros([1e10, 1e10])", 'np.zeros([10**10, 10**10])'), ("np.full(2, 300, 'uint8')", "np.full(2, 300, 'uint8')"), ("np.full(3, 7n)", 'np.full(3, 7)'),
    ("np.full([2, 2], Infinity)", 'np.full([2, 2], np.inf)'), ("np.full(2, true)", 'np.full(2, True)'), ("np.full([2, 3], i4.at(0))", 'np.full([2, 3], i4[0])'),
    ("np.full(2, NaN, 'int64')", "np.full(2, np.nan, 'int64')"), ("np.full_like(i4, 2.7)", 'np.full_like(i4, 2.7)'), ("np.full_like(i4, 300, 'uint8')", "np.full_like(i4, 300, 'uint8')"),
    ("np.zeros_like(f8.T).strides", 'np.zeros_like(f8.T).strides'), ("np.ones_like(f8.T, {order: 'C'}).strides", "np.ones_like(f8.T, order='C').strides"),
    ("np.empty_like(f8.T, {shape: [4, 5]}).strides", 'np.empty_like(f8.T, shape=[4, 5]).strides'), ("np.empty_like(f8, {shape: 3, dtype: 'int8'}).strides", "np.empty_like(f8, shape=3, dtype='int8').strides"),
    ("np.eye(3, {order: 'F', k: 1})", "np.eye(3, order='F', k=1)"), ("np.eye(2, 4, {k: -1, dtype: 'complex64'})", "np.eye(2, 4, k=-1, dtype='complex64')"), ("np.eye(-1)", 'np.eye(-1)'),
    ("np.eye(2.5)", 'np.eye(2.5)'), ("np.tri(-2, 3)", 'np.tri(-2, 3)'), ("np.tri(2, 3, {dtype: 'float16'})", "np.tri(2, 3, dtype='float16')"), ("np.vander(f8)", 'np.vander(f8)'),
    ("np.vander(a([true, false, true]))", 'np.vander(a([True, False, True]))'), ("np.vander(a([2, 3], 'int8'), 0)", "np.vander(a([2, 3], 'int8'), 0)"), ("np.diag(f8.at(0), 1).dtype", 'np.diag(f8[0], 1).dtype'),
    ("np.diag(np.zeros([2, 2, 2]))", 'np.diag(np.zeros([2, 2, 2]))'), ("np.tril(np.float64(1))", 'np.tril(np.float64(1)) if 0 else None') if False else ("np.triu(i4, {k: 1})", 'np.triu(i4, k=1)'),
]:
    pair(js, py)

# Buffers, iterators, functions.
for js, py in [
    ("np.frombuffer(bytes8, 'int32')", "np.frombuffer(bytes8, 'int32')"), ("np.frombuffer(bytes8, 'int16', 2, 2)", "np.frombuffer(bytes8, 'int16', 2, 2)"),
    ("np.frombuffer(bytes8, 'int32', {offset: 9})", "np.frombuffer(bytes8, 'int32', offset=9)"), ("np.frombuffer(bytes8, 'int32', {offset: -1})", "np.frombuffer(bytes8, 'int32', offset=-1)"),
    ("np.frombuffer(bytes8, 'int32', {count: 3})", "np.frombuffer(bytes8, 'int32', count=3)"), ("np.frombuffer(bytes8, 'int32', {offset: 6})", "np.frombuffer(bytes8, 'int32', offset=6)"),
    ("np.frombuffer(bytes8, 'int16', {offset: 1, count: 3})", "np.frombuffer(bytes8, 'int16', offset=1, count=3)"), ("np.frombuffer(bytes8, 'int32', {count: 0})", "np.frombuffer(bytes8, 'int32', count=0)"),
    ("np.frombuffer(bytes8.buffer, 'uint8', 3, 5)", "np.frombuffer(bytes8, 'uint8', 3, 5)"), ("np.frombuffer(i4, 'int16')", "np.frombuffer(i4, 'int16')"), ("np.frombuffer(i4.T, 'int16')", "np.frombuffer(i4.T, 'int16')"),
    ("np.fromiter([3, 1, 2], 'int64')", "np.fromiter([3, 1, 2], 'int64')"), ("np.fromiter([3, 1, 2], 'int64', 2)", "np.fromiter([3, 1, 2], 'int64', 2)"), ("np.fromiter([3, 1], 'complex64')", "np.fromiter([3, 1], 'complex64')"),
    ("np.fromiter([3, 1, 2], 'int64', {count: 5})", "np.fromiter([3, 1, 2], 'int64', count=5)"), ("np.fromiter([1.5, 2.5][Symbol.iterator](), 'float32')", "np.fromiter(iter([1.5, 2.5]), 'float32')"),
    ("np.fromfunction((i, j) => np.add(i, j), [2, 3], {dtype: 'int64'})", 'np.fromfunction(lambda i, j: i + j, [2, 3], dtype=int)'),
    ("np.fromfunction((i, j) => np.equal(i, j), [2, 2])", 'np.fromfunction(lambda i, j: i == j, [2, 2])'), ("np.fromfunction((i) => i, [4])", 'np.fromfunction(lambda i: i, [4])'),
]:
    pair(js, py)

# Ranges.
for args in ['5', '0, 5, 1.5', '1, 0', '0, 10, 0', '0.5, 1, 0', '1e30', '0, 10, np.nan', '0, np.inf', '3, 8', '10, 0, -3', '-0.5, 0.5, 0.1', '5, 0, -1', '0, 1, 1e-3']:
    both(f'np.arange({args})')
for js, py in [
    ("np.arange(2n ** 62n, 2n ** 62n + 3n)", 'np.arange(2**62, 2**62 + 3)'), ("np.arange(-(2n ** 63n), -(2n ** 63n) + 2n)", 'np.arange(-2**63, -2**63 + 2)'), ("np.arange(3, {dtype: 'bool'})", "np.arange(3, dtype='bool')"),
    ("np.arange(2, {dtype: 'bool'})", "np.arange(2, dtype='bool')"), ("np.arange(300, 310, {dtype: 'uint8'})", "np.arange(300, 310, dtype='uint8')"), ("np.arange(0, 300, 100, 'uint8')", "np.arange(0, 300, 100, 'uint8')"),
    ("np.arange(0.5, 4, {dtype: 'int64'})", "np.arange(0.5, 4, dtype='int64')"), ("np.arange()", 'np.arange()'), ("np.arange(1, 2, 3, 4, 5)", 'np.arange(1, 2, 3, 4, 5)'), ("np.arange({stop: 4})", 'np.arange(stop=4)'),
    ("np.arange(2, {stop: 9, step: 3})", 'np.arange(2, stop=9, step=3)'), ("np.arange(np.float32(3))", 'np.arange(np.float32(3))'), ("np.arange(np.int8(3))", 'np.arange(np.int8(3))'), ("np.arange(0, 1, 0.1, 'float16')", "np.arange(0, 1, 0.1, 'float16')"),
    ("np.arange(0, 1, 0.1, 'float32')", "np.arange(0, 1, 0.1, 'float32')"), ("np.arange(1, 4, 0.5, 'complex64')", "np.arange(1, 4, 0.5, 'complex64')"), ("np.arange(20n, 0n, -7n)", 'np.arange(20, 0, -7)'), ("np.arange(-5, 5, 2, 'int64')", "np.arange(-5, 5, 2, 'int64')"),
    ("np.linspace(0, 1, 2.5)", 'np.linspace(0, 1, 2.5)'), ("np.linspace(f8, 10, 3)", 'np.linspace(f8, 10, 3)'), ("np.linspace(f8, f8.mul(2), 3, {axis: -1})", 'np.linspace(f8, f8 * 2, 3, axis=-1)'),
    ("np.linspace(np.float32(0), np.float32(1), 3)", 'np.linspace(np.float32(0), np.float32(1), 3)'), ("np.linspace(i4, 7, 4, {retstep: true})", 'np.linspace(i4, 7, 4, retstep=True)'), ("np.linspace(0, -3.7, 5, {dtype: 'int32'})", "np.linspace(0, -3.7, 5, dtype='int32')"),
    ("np.linspace(a([0, 0]), a([5e-324, 1]), 3)", 'np.linspace(a([0., 0.]), a([5e-324, 1.]), 3)'), ("np.linspace(0, 1, 1, {retstep: true})", 'np.linspace(0, 1, 1, retstep=True)'), ("np.linspace(0, 5e-324, 4)", 'np.linspace(0, 5e-324, 4)'),
    ("np.logspace(0, 1, 3, {base: [2, 10]}).shape", 'np.logspace(0, 1, 3, base=[2, 10]).shape'), ("np.geomspace(1, 1000, 4, {dtype: 'int64'})", "np.geomspace(1, 1000, 4, dtype='int64')"),
    ("np.geomspace(0, 1)", 'np.geomspace(0, 1)'), ("np.geomspace(np.complex(0, 1), np.complex(0, 1000), 4).shape", 'np.geomspace(1j, 1000j, 4).shape'), ("np.geomspace([1, 2], [100, 200], 3, {axis: 1}).shape", 'np.geomspace([1, 2], [100, 200], 3, axis=1).shape'),
    ("np.meshgrid()", 'list(np.meshgrid())'), ("np.meshgrid([1], [2], {indexing: 'q'})", "np.meshgrid([1], [2], indexing='q')"),
]:
    pair(js, py)

# Scalar types and how dtypes mix.
for d in ALL:
    both(f"np.{d}(1)")
    both(f"np.dtype('{d}')")
    both(f"np.dtype(np.{d})")
    for c in ['floating', 'integer', 'number', 'signedinteger', 'unsignedinteger', 'inexact', 'complexfloating', 'generic', 'float64', 'character']:
        both(f"np.issubdtype('{d}', np.{c})")
    for k in ['bool', 'signed integer', 'unsigned integer', 'integral', 'real floating', 'complex floating', 'numeric']:
        both(f"np.isdtype(np.{d}, '{k}')")
    for x in ['3', '2.5', 'True']:
        pair(f"np.result_type('{d}', {x.lower()})", f"np.result_type('{d}', {x})")
for js, py in [
    ("np.uint8(300)", 'np.uint8(300)'), ("np.uint8(-1)", 'np.uint8(-1)'), ("np.int8('12')", "np.int8('12')"), ("np.int8('x')", "np.int8('x')"), ("np.float64('1.5')", "np.float64('1.5')"), ("np.int32(NaN)", 'np.int32(np.nan)'), ("np.int32(3.7)", 'np.int32(3.7)'),
    ("np.float64([1, 2])", 'np.float64([1, 2])'), ("np.float32()", 'np.float32()'), ("np.int64(true)", 'np.int64(True)'), ("np.complex64(np.complex(1, 2))", 'np.complex64(1+2j)'), ("np.half(0.1)", 'np.half(0.1)'), ("np.intp(5)", 'np.intp(5)'),
    ("np.bool_(3)", 'np.bool_(3)'), ("String(np.float64)", 'str(np.float64)'), ("String(np.floating)", 'str(np.floating)'), ("np.dtype(null)", 'np.dtype(None)'), ("np.dtype('nope')", "np.dtype('nope')"), ("np.dtype('<f4')", "np.dtype('<f4')"),
    ("np.issubdtype(np.floating, np.inexact)", 'np.issubdtype(np.floating, np.inexact)'), ("np.issubdtype(np.inexact, np.float64)", 'np.issubdtype(np.inexact, np.float64)'), ("np.isdtype(np.float64, 'nope')", "np.isdtype(np.float64, 'nope')"),
    ("np.isdtype('f4', 'bool')", "np.isdtype('f4', 'bool')"), ("np.isdtype(np.float32, [np.float32, 'bool'])", "np.isdtype(np.float32, (np.float32, 'bool'))"), ("np.isdtype(np.float32, 3)", 'np.isdtype(np.float32, 3)'),
    ("np.result_type()", 'np.result_type()'), ("np.result_type(f8, 3, np.complex(0, 1))", 'np.result_type(f8, 3, 1j)'), ("np.result_type(3)", 'np.result_type(3)'), ("np.result_type('i1', 'u1', 'f2')", "np.result_type('i1', 'u1', 'f2')"),
    ("np.can_cast('f8', 'f4')", "np.can_cast('f8', 'f4')"), ("np.can_cast('f8', 'f4', 'same_kind')", "np.can_cast('f8', 'f4', 'same_kind')"), ("np.can_cast(3, 'f4')", "np.can_cast(3, 'f4')"), ("np.can_cast('f8', 'f4', 'bad')", "np.can_cast('f8', 'f4', 'bad')"),
    ("np.can_cast(f8, 'i4', {casting: 'unsafe'})", "np.can_cast(f8, 'i4', casting='unsafe')"), ("np.promote_types('i8', 'u8')", "np.promote_types('i8', 'u8')"), ("np.promote_types('x', 'u8')", "np.promote_types('x', 'u8')"),
    ("np.common_type(i4, f8)", 'np.common_type(i4, f8)'), ("np.common_type(np.zeros(2, 'c8'), i4)", "np.common_type(np.zeros(2, 'c8'), i4)"), ("np.common_type(a([true]))", 'np.common_type(a([True]))'), ("np.common_type()", 'np.common_type()'),
    ("np.mintypecode(['d', 'f'])", "np.mintypecode(['d', 'f'])"), ("np.mintypecode('fD')", "np.mintypecode('fD')"), ("np.mintypecode('i')", "np.mintypecode('i')"), ("np.mintypecode('Fd')", "np.mintypecode('Fd')"), ("np.mintypecode('fd', 'f')", "np.mintypecode('fd', 'f')"),
    ("[np.pi, np.e, np.euler_gamma, np.inf, np.nan]", '[np.pi, np.e, np.euler_gamma, np.inf, np.nan]'),
]:
    pair(js, py)
for v in ['0', '-1', '255', '256', '-129', '65536', '1.5', '70000.5', '1e50', '3.1', 'np.inf', 'np.nan']:
    pair(f'np.min_scalar_type({v})', f'np.min_scalar_type({v})')
for js, py in [('2n ** 63n', '2**63'), ('-(2n ** 40n)', '-2**40'), ('true', 'True'), ('np.complex(0, 1)', '1j'), ('np.complex(1e40, 0)', '1e40+0j'), ('i4', 'i4'), ('np.float64(3)', 'np.float64(3)'), ('np.int64(3)', 'np.int64(3)')]:
    pair(f'np.min_scalar_type({js})', f'np.min_scalar_type({py})')
for d in ['float16', 'float32', 'float64']:
    pair(f"String(np.finfo('{d}'))", f"str(np.finfo('{d}'))")
    pair(f"np.finfo('{d}').repr()", f"repr(np.finfo('{d}'))")
    for k in ['bits', 'nmant', 'nexp', 'iexp', 'maxexp', 'minexp', 'machep', 'negep', 'precision']:
        both(f"np.finfo('{d}').{k}")
    for k in ['eps', 'epsneg', 'max', 'min', 'tiny', 'smallest_normal', 'smallest_subnormal']:
        pair(f"np.finfo('{d}').{k}", f"float(np.finfo('{d}').{k})")
for d in ALL[1:9]:
    pair(f"String(np.iinfo('{d}'))", f"str(np.iinfo('{d}'))")
    pair(f"np.iinfo('{d}').repr()", f"repr(np.iinfo('{d}'))")
    for k in ['min', 'max', 'bits', 'kind', 'key']:
        both(f"np.iinfo('{d}').{k}")
for t in ["np.finfo('c8').dtype", "np.finfo('i4')", "np.iinfo('f4')", 'np.iinfo(5).max', 'np.finfo(1.5).eps + 0', 'np.finfo(np.float32(1)).dtype']:
    both(t) if 'eps' not in t else pair('np.finfo(1.5).eps', 'float(np.finfo(1.5).eps)')

write(pathlib.Path(__file__).with_name('creation.json'), P, names)
