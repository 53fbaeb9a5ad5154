#!/usr/bin/env python3
"""Writes manipulation.json: casts, views, halves of complex numbers, bits, windows and errors, beyond what data/manipulation.json holds."""
import pathlib

import numpy as np

from pairs import write

ALL = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'complex64', 'complex128']
f8 = np.arange(6.0).reshape(2, 3)
i4 = np.arange(6, dtype='int32').reshape(2, 3)
z = np.array([1 + 2j, 3 - 4j, -5j])
t = np.arange(24.0).reshape(2, 3, 4)
b = np.array([True, False, True, True, False, False, False, True, True])
one = np.zeros((1, 3, 1))


def fill(vector, width, axis, kwargs):
    value = kwargs.get('padder', 10)
    vector[: width[0]] = value + axis
    vector[len(vector) - width[1] :] = value - axis


def resized(a, shape):
    a = a.copy()
    a.resize(shape)
    return a


def setpart(a, part, value):
    a = a.copy()
    setattr(a, part, value)
    return a


def swapped(a):
    a = a.copy()
    a.byteswap(True)
    return a


def values(d, n):
    return (np.arange(n) * 37 % 23 - 7).astype('float64').astype(d) if not d.startswith('u') and d != 'bool' else (np.arange(n) * 37 % 23).astype(d)


names = {'f8': f8, 'i4': i4, 'z': z, 't': t, 'b': b, 'one': one, 'fill': fill, 'resized': resized, 'setpart': setpart, 'swapped': swapped, 'values': values,
         'as_strided': np.lib.stride_tricks.as_strided, 'windows': np.lib.stride_tricks.sliding_window_view, 'a': lambda x, d=None: np.array(x, d)}
P = []


def both(text):
    P.append((text, text))


def pair(js, py):
    P.append((js, py))


for d in ALL:
    for to in ALL:
        pair(f"values('{d}', 9).astype('{to}')", f"values('{d}', 9).astype('{to}')")
    both(f"values('{d}', 12).reshape(3, 4).byteswap()")
    both(f"values('{d}', 12).reshape(3, 4).T.tobytes()")
    pair(f"values('{d}', 12).reshape(3, 4).tobytes('F')", f"values('{d}', 12).reshape(3, 4).tobytes('F')")
    both(f"values('{d}', 12).reshape(3, 4).T.ravel('K')")
    both(f"values('{d}', 8).view('uint8')")
    both(f"np.real(values('{d}', 3))")
    both(f"np.imag(values('{d}', 3))")
    both(f"np.isreal(values('{d}', 3))")
    both(f"np.iscomplex(values('{d}', 3))")
    both(f"np.repeat(values('{d}', 6).reshape(2, 3), [2, 0, 1], 1)")
    both(f"np.repeat(values('{d}', 6).reshape(2, 3).T, [1, 2, 0], 0)")
    both(f"np.resize(values('{d}', 5), [3, 4])")
    for mode in ['reflect', 'symmetric', 'wrap', 'edge', 'linear_ramp', 'maximum', 'mean', 'minimum', 'median']:
        if not (d == 'bool' and mode == 'median'):
            both(f"np.pad(values('{d}', 6).reshape(2, 3), 2, '{mode}')")
    if d != 'bool':
        for mode in ['reflect', 'symmetric']:
            pair(f"np.pad(values('{d}', 4), 6, '{mode}', {{reflect_type: 'odd'}})", f"np.pad(values('{d}', 4), 6, '{mode}', reflect_type='odd')")
        both(f"np.diff(values('{d}', 6).reshape(2, 3))")

for text in [
    'np.reshape(f8, 4)', 'np.reshape(f8, [-1, -1])', 'np.reshape(f8, [-1, 4])', 'np.reshape(f8, [4, -1, 5])', 'np.reshape(f8, [3, -2])', 'f8.reshape(3, 2)', 'f8.reshape([3, 2])', 'f8.reshape(2.5, 3)', "f8.ravel('X')", "f8.flatten('X')",
    'f8.transpose(0)', 'f8.transpose(0, 0)', 'f8.transpose(0, 5)', 'np.matrix_transpose(a([1, 2]))', 'a([1.5, 2.5]).mT', 'f8.swapaxes(0, 3)', 'np.moveaxis(f8, [0, 1], [0])', 'np.moveaxis(f8, [0, 0], [0, 1])', 'np.moveaxis(f8, 0, 5)',
    'np.moveaxis(f8, 5, 0)', 'np.rollaxis(f8, 2)', 'np.rollaxis(f8, 1, 5)', 'np.expand_dims(f8, 5)', 'np.expand_dims(f8, [0, 0])', 'np.squeeze(f8, 0)', 'one.squeeze(0)', 'one.squeeze()', 'np.squeeze(one, 5)', 'np.broadcast_to(f8, [3])',
    'np.broadcast_to(f8, [4, 3])', 'np.broadcast_to(f8, [-1, 3])', 'np.broadcast_arrays(f8, np.zeros(5))', 'np.broadcast_shapes([2, 3], [4])', 'np.broadcast_shapes([2, 3], [1], [5, 1, 3])', 'np.concatenate([])', 'np.concatenate([f8, np.zeros(3)])',
    'np.concatenate([f8, np.zeros([2, 4])])', 'np.concatenate([f8, f8], 5)', 'np.concatenate([np.float64(1), np.float64(2)])', 'np.concatenate(f8)', 'np.concatenate([f8, i4], None)'.replace('None', '0'), 'np.concatenate([f8, f8], 0, np.zeros(3))',
    "np.concatenate([f8, f8], 0, np.zeros([4, 3], 'int32'))", 'np.concatenate([f8, f8], 0, np.zeros([4, 3]))', 'np.stack([])', 'np.stack([f8, np.zeros(2)])', 'np.stack([f8, f8], 5)', 'np.stack(5)', 'np.stack(f8)', 'np.vstack([])', 'np.vstack(f8)',
    'np.hstack([np.zeros(3), np.zeros([3, 3])])', 'np.vstack([np.zeros(3), np.zeros(4)])', 'np.dstack([f8, np.zeros([3, 3])])', 'np.unstack(np.float64(1))', 'np.block([])', 'np.block([[f8, f8], f8])', 'np.block([[f8, f8], [f8]])', 'np.block(f8)',
    'np.block([[f8], [[f8, f8]]])', 'np.block([[f8, f8], [f8, f8]])', 'np.block([[a([1.5, 2.5]), 3.5]])', 'np.split(f8, 2)', 'np.split(f8, 4)', 'np.split(f8, 0)', 'np.array_split(f8, 0)', 'np.split(f8, 2, 5)', 'np.hsplit(np.float64(1), 1)', 'np.vsplit(np.zeros(3), 1)',
    'np.dsplit(f8, 1)', 'np.split(t, [1, -1], 2)', 'np.split(np.zeros(5), [3, 1])', "np.split(np.zeros(5), a([2], 'int64'))", 'np.tile(f8, -1)', 'np.tile(f8, [2, 0])', 'np.repeat(f8, [1, 2, 3], 0)', 'np.repeat(f8, -1)', 'np.repeat(f8, 2.5)', 'np.repeat(f8, [-1, 2], 0)',
    'np.repeat(np.float64(2), 3)', 'np.flip(f8, 5)', 'np.fliplr(np.zeros(3))', 'np.flipud(np.float64(1))', 'np.roll(f8, 1, 5)', 'np.roll(f8, 1.5)', 'np.roll(f8, 7, 1)', 'np.rot90(np.zeros(3))',
    'np.resize(f8, -1)', 'np.resize(np.zeros(0), [2, 2])', 'np.diff(f8, -1)', 'np.diff(np.float64(1))', 'np.diff(f8, 5)', 'np.diff(b)', 'np.diff(f8, 2, 1)', 'np.ediff1d(f8)', 'np.ediff1d(np.float64(5))', 'np.packbits(f8)', 'np.packbits(b)', 'np.packbits(i4)',
    'np.packbits(np.bool(1))', 'np.packbits(np.zeros([0, 3], "bool"))', 'np.packbits(b.reshape(3, 3), 0)', 'np.packbits(b.reshape(3, 3), 1)', 'np.packbits(b, 5)', 'np.unpackbits(i4)', "np.unpackbits(np.packbits(b))", "np.unpackbits(a([[3], [255]], 'uint8'), 1, 5)",
    "np.unpackbits(a([3, 255], 'uint8'), 0, 20)", "np.unpackbits(a([3, 255], 'uint8'), 0, -3, 'little')", "np.unpackbits(a([1], 'uint8'), 0, -9)", "np.packbits(b, 0, 'little')", "np.packbits(b, 0, 'x')", 'np.real(5)', 'np.imag(5)', 'np.real(z)', 'np.imag(z)', 'np.angle(f8)',
    'np.angle(np.float32(-1))', 'np.isrealobj(z)', 'np.iscomplexobj(z)', 'np.isrealobj(f8)', 'np.isscalar(3)', "np.isscalar('x')", 'np.isscalar(f8)', 'np.isscalar([1])', 'np.iterable(f8)', 'np.iterable(3)', 'np.iterable("ab")', 'np.size(f8, 0)', 'np.size(f8, 5)',
    "z.view('float64')", "z.view('complex64')", "np.zeros([2, 3], 'float32').view('float64')", "np.zeros([2, 4], 'float32').T.view('float64')", "np.zeros([2, 4]).view('float32')", "np.float64(1).reshape([]).view('float32')", "a([[1.5, 2.5]]).view('int64')", 'f8.view(3)',
    "np.zeros([2, 0], 'float32').view('float64')", "np.zeros([2, 3], 'int8').view('int16')", "f8.astype('int64', 'K', 'safe')", "f8.astype('float32', 'X')", "f8.astype('float32', 'K', 'bad')", "f8.astype('int32', 'K', 'same_value')", "f8.astype('float16', 'F').strides",
    "np.array([0.5]).astype('int32', 'K', 'same_value')", "np.array([300.]).astype('uint8', 'K', 'same_value')", "z.astype('float32', 'K', 'same_value')", "np.astype(f8, 'int32')", 'resized(f8, [3, 4])', 'resized(f8, [2])', 'resized(f8, [3, 2])', 'resized(f8, [2, -3])',
    "setpart(z, 'real', 7)", "setpart(z, 'imag', a([1.5, 2.5, 3.5]))", "setpart(f8, 'imag', 1)", "setpart(f8, 'real', 9)", 'swapped(f8)', 'as_strided(f8, [3, 2], [8, 16])', 'windows(f8, 2)', 'windows(f8, [2, 2])', 'windows(f8, 2, 1)', 'windows(f8, 5, 1)', 'windows(f8, -1, 1)',
    'windows(f8, [1, 2], 1)', 'windows(t, [2, 2], [0, 2])', 'windows(np.arange(5), 3)', 'np.pad(f8, -1)', "np.pad(f8, 1, 'nope')", 'np.pad(f8, 1.5)', 'np.pad(f8, [[1], [2]])', 'np.pad(f8, [1, 2, 3])', 'np.pad(np.float64(3), 1)', 'np.pad(np.zeros([0, 3]), 1, "edge")',
    'np.pad(np.zeros([0, 3]), [[0, 0], [1, 1]], "edge")', 'np.pad(f8, 1, fill)', 'np.pad(f8, [[1, 0], [2, 1]], fill)', "np.pad(i4, [2, 3], 'empty').shape",
]:
    both(text)
for js, py in [
    ('np.concatenate([f8, i4], null)', 'np.concatenate([f8, i4], None)'), ("np.concatenate([f8, f8], {dtype: 'int32', casting: 'safe'})", "np.concatenate([f8, f8], dtype='int32', casting='safe')"), ("np.concatenate([f8, f8], {dtype: 'int32'})", "np.concatenate([f8, f8], dtype='int32')"),
    ("np.concatenate([f8, f8], {out: np.zeros([4, 3]), dtype: 'float64'})", "np.concatenate([f8, f8], out=np.zeros([4, 3]), dtype='float64')"), ("np.concatenate([i4, i4], {dtype: 'float32'})", "np.concatenate([i4, i4], dtype='float32')"), ("np.concatenate([i4, 3], {axis: null})", 'np.concatenate([i4, 3], axis=None)'),
    ('np.reshape(f8.T, 6, {copy: false})', 'np.reshape(f8.T, 6, copy=False)'), ("f8.reshape([3, 2], {order: 'F'})", "f8.reshape([3, 2], order='F')"), ("f8.reshape([2, 3], {order: 'X'})", "f8.reshape([2, 3], order='X')"), ("f8.reshape([2, 3], {order: 'K'})", "f8.reshape([2, 3], order='K')"),
    ('np.roll(f8, [1, 2], [0, 1, 1])', 'np.roll(f8, (1, 2), (0, 1, 1))'), ('np.roll(f8, [1, 2])', 'np.roll(f8, (1, 2))'), ('np.roll(f8, [1, 2], [0, 1])', 'np.roll(f8, (1, 2), (0, 1))'), ('np.rot90(f8, 1, [0, 0])', 'np.rot90(f8, 1, (0, 0))'), ('np.rot90(f8, 1, [0, 5])', 'np.rot90(f8, 1, (0, 5))'),
    ('np.rot90(f8, 1, [0, 1, 2])', 'np.rot90(f8, 1, (0, 1, 2))'), ('np.squeeze(one, [0, 0])', 'np.squeeze(one, (0, 0))'), ('np.size(f8, [0, 1])', 'np.size(f8, (0, 1))'), ('np.flip(t, [0, 2])', 'np.flip(t, (0, 2))'), ('np.flip(f8, [0, 0])', 'np.flip(f8, (0, 0))'), ('np.real(np.complex(1, 2))', '(1+2j).real'), ('np.imag(np.complex(1, 2))', '(1+2j).imag'),
    ('np.angle(z, {deg: true}).shape', 'np.angle(z, deg=True).shape'), ('np.real_if_close(a([np.complex(1, 1e-15)]))', 'np.real_if_close(a([1+1e-15j]))'), ('np.real_if_close(a([np.complex(1, 1e-3)]))', 'np.real_if_close(a([1+1e-3j]))'), ('np.real_if_close(a([np.complex(1, 1e-15)]), 1e-14)', 'np.real_if_close(a([1+1e-15j]), 1e-14)'),
    ('np.diff(i4, {prepend: 0, append: [[9, 10], [7, 8]]}).shape', 'np.diff(i4, prepend=0, append=[[9, 10], [7, 8]]).shape'), ('np.diff(f8, {prepend: 1.5})', 'np.diff(f8, prepend=1.5)'), ('np.ediff1d(f8, {to_end: [9, 8], to_begin: -1})', 'np.ediff1d(f8, to_end=[9, 8], to_begin=-1)'), ('np.ediff1d(i4, {to_begin: 1.5})', 'np.ediff1d(i4, to_begin=1.5)'),
    ("np.pad(f8, 1, 'edge', {constant_values: 3})", "np.pad(f8, 1, 'edge', constant_values=3)"), ("np.pad(f8, 1, {stat_length: 1})", 'np.pad(f8, 1, stat_length=1)'), ("np.pad(f8, 1, 'maximum', {stat_length: 0})", "np.pad(f8, 1, 'maximum', stat_length=0)"), ("np.pad(f8, 1, 'mean', {stat_length: -1})", "np.pad(f8, 1, 'mean', stat_length=-1)"),
    ("np.pad(f8, {0: 1, '-1': [2, 3]}, {constant_values: 7})", 'np.pad(f8, {0: 1, -1: (2, 3)}, constant_values=7)'), ("np.pad(f8, 1, 'mean', {stat_length: [[1, 2], [3, 1]]})", "np.pad(f8, 1, 'mean', stat_length=((1, 2), (3, 1)))"), ("np.pad(i4, 1, {constant_values: 2.7})", 'np.pad(i4, 1, constant_values=2.7)'), ("np.pad(i4, 1, {constant_values: NaN})", 'np.pad(i4, 1, constant_values=np.nan)'),
    ("np.pad(i4, 1, {constant_values: [1, 2]})", 'np.pad(i4, 1, constant_values=[1, 2])'), ("np.pad(f8, 2, 'linear_ramp', {end_values: [[5, -4], [1.5, 2]]})", "np.pad(f8, 2, 'linear_ramp', end_values=[[5, -4], [1.5, 2]])"), ("np.pad(i4, 1, {constant_values: [[1, 2], [3, 4], [5, 6]]})", 'np.pad(i4, 1, constant_values=[[1, 2], [3, 4], [5, 6]])'), ("np.pad(f8, 1, fill, {padder: 100})", 'np.pad(f8, 1, fill, padder=100)'),
    ("np.pad(f8.astype('float32'), 3, 'linear_ramp', {end_values: 0.1})", "np.pad(f8.astype('float32'), 3, 'linear_ramp', end_values=0.1)"), ('np.astype([1], "int32")', 'np.astype([1], "int32")'), ('np.unstack(t, {axis: -1})', 'np.unstack(t, axis=-1)'), ("f8.astype('float32', {casting: 'no'})", "f8.astype('float32', casting='no')"),
]:
    pair(js, py)

write(pathlib.Path(__file__).with_name('manipulation.json'), P, names)
