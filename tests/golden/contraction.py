#!/usr/bin/env python3
"""Writes contraction.json: views, keywords and errors of the contractions, beyond what data/contraction.json holds."""
import pathlib

import numpy as np

from pairs import write

ALL = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'complex64', 'complex128']
# BLAS may give zeros either sign: products of complex numbers are told apart after one more addition.
names = {'A': lambda d, *shape: (np.arange(int(np.prod(shape))) % 7 - (0 if np.dtype(d).kind in 'bu' else 3)).reshape(shape).astype(d), 'o': lambda *shape: np.ones(shape)}
P = []


def both(text):
    """An expression that reads the same in both languages."""
    P.append((text, text))


def pair(js, py):
    P.append((js, py))


for d in ALL:
    both(f"np.matmul(A('{d}', 3, 4), A('{d}', 4, 5))")
    both(f"np.matmul(A('{d}', 17, 300), A('{d}', 300, 9))")
    both(f"np.matmul(A('{d}', 2, 3, 4), A('{d}', 5, 1, 4, 2))")
    both(f"np.matmul(A('{d}', 4), A('{d}', 3, 4, 2))")
    both(f"np.matmul(A('{d}', 3, 2, 4), A('{d}', 4))")
    both(f"np.add(np.matmul(A('{d}', 9, 4).T, A('{d}', 6, 9).T), A('{d}'))")
    both(f"np.matmul(A('{d}', 3, 0), A('{d}', 0, 2))")
    both(f"np.dot(A('{d}', 3, 4), A('{d}', 2, 4, 5))")
    both(f"np.inner(A('{d}', 2, 3, 4), A('{d}', 5, 4))")
    both(f"np.vecdot(A('{d}', 5, 6), A('{d}', 6))")
    both(f"np.matvec(A('{d}', 5, 6), A('{d}', 2, 1, 6))")
    both(f"np.add(np.vecmat(A('{d}', 2, 1, 5), A('{d}', 5, 6)), A('{d}'))")
    both(f"np.tensordot(A('{d}', 3, 4, 5), A('{d}', 4, 3, 2), [[1, 0], [0, 1]])")
    both(f"np.kron(A('{d}', 2, 2), A('{d}', 3))")
    both(f"np.outer(A('{d}', 2, 2), A('{d}', 3))")
    both(f"np.trace(A('{d}', 3, 4, 2))")
    for s in ['ij,jk', 'ij,jk->ki', 'ij,ij->i', 'ij,ij->', 'ij,kj->jik', 'ij,kl->']:
        shapes = {'ij,jk': '3, 4|4, 5', 'ij,jk->ki': '3, 4|4, 5', 'ij,ij->i': '3, 4|3, 4', 'ij,ij->': '3, 4|3, 4', 'ij,kj->jik': '3, 4|2, 4', 'ij,kl->': '2, 3|2, 2'}[s].split('|')
        both(f"np.einsum('{s}', A('{d}', {shapes[0]}), A('{d}', {shapes[1]}))")
    both(f"np.einsum('ii->i', A('{d}', 4, 4))")
    both(f"np.einsum('iji->j', A('{d}', 3, 4, 3))")
    both(f"np.einsum('ij->j', A('{d}', 3, 4))")
    both(f"np.einsum('...ij,...jk->...ik', A('{d}', 2, 3, 4), A('{d}', 4, 2))")
    both(f"np.einsum('ij,jk,kl->il', A('{d}', 2, 3), A('{d}', 3, 4), A('{d}', 4, 2))")
    both(f"np.einsum('i,i,i->i', A('{d}', 4), A('{d}', 4), A('{d}', 1))")

for x, y in [('int8', 'uint8'), ('bool', 'float32'), ('int64', 'uint64'), ('float16', 'int8'), ('float32', 'complex64'), ('int32', 'float32')]:
    both(f"np.matmul(A('{x}', 2, 3), A('{y}', 3, 2))")
    both(f"np.einsum('ij,jk', A('{x}', 2, 3), A('{y}', 3, 2))")

for text in [
    'np.matmul(o(2, 3), o(2, 3))', 'np.matmul(o(2, 3), 2)', 'np.matmul(2, o(2, 3))', 'np.matmul(o(3), o(4))', 'np.matmul(o(2, 3, 4), o(3, 4, 2))', 'np.matmul(o(2, 3), o(4))',
    'np.matmul(o(4), o(3, 4))', 'np.dot(o(2, 3), o(2, 3))', 'np.dot(o(3), o(4))', 'np.dot(o(2, 3), o(4))', 'np.vdot(o(3), o(4))', 'np.inner(o(2, 3), o(2, 4))', 'np.inner(o(3), o(4))',
    'np.tensordot(o(2, 3), o(2, 3))', 'np.tensordot(o(2, 3), o(4, 5), 1)', 'np.tensordot(o(2, 3), o(3, 2), [[1, 5], [0, 1]])', 'np.tensordot(o(2, 3), o(3, 2), [[1, 0], [0]])',
    'np.tensordot(o(2, 3), o(2, 3), 3)', 'np.tensordot(o(2, 3), o(2, 3), 0)', 'np.tensordot(o(2, 3), o(2, 3), [[0, 0], [0, 0]])', 'np.tensordot(o(2, 3), o(2), [0, 0])',
    'np.vecdot(o(3), o(4))', 'np.matvec(o(2, 3), o(4))', 'np.vecmat(o(2, 3), o(4, 2))', 'np.vecdot(2, o(4))', 'np.vecdot(o(2, 3), o(4, 3))', 'np.matvec(o(2, 2, 3), o(4, 3))',
    'np.cross(o(4), o(4))', 'np.cross(1, o(2))', 'np.cross(o(3), o(3), 3)', 'np.trace(o(3))', 'np.diagonal(o(3))', 'np.diagonal(o(2, 3), 0, 1, 1)', 'np.diagonal(o(3, 3), 0, 0, 2)',
    "np.einsum('ij,jk', o(2, 3), o(2, 3))", "np.einsum('ij,jk->iz', o(2, 3), o(3, 2))", "np.einsum('ij->ii', o(2, 3))", "np.einsum('ijk', o(2, 3))", "np.einsum('i', o(2, 3))",
    "np.einsum('ij,jk', o(2, 3))", "np.einsum('ii', o(2, 3))", "np.einsum('i1', o(2, 3))", "np.einsum('ij', o(2, 3), o(2, 3))", "np.einsum('..i', o(2, 3))", "np.einsum('...i...', o(2, 3))",
    "np.einsum('...ij->ij', o(2, 3, 4))", "np.einsum('i->ij', o(3))", 'np.einsum()', "np.einsum('ij')", "np.einsum('i-j', o(3))", 'np.einsum(o(2, 3), [0, 1], o(2, 3), [0, 1], [70])',
    "np.einsum('ij,ij->', o(2, 3), o(4, 3))", "np.einsum('ij,ij->i', o(2, 3), o(2, 1))", "np.einsum('ba', A('int32', 2, 3))", "np.einsum('bA,Ac', A('int32', 2, 3), A('int32', 3, 2))",
    "np.einsum('...i->i...', A('int32', 2, 3, 4))", "np.einsum('...i->...', A('int32', 2, 3, 4))", "np.einsum('i...j->ji', A('int32', 2, 4))", "np.einsum('...,...', A('int32', 2, 3), A('int32', 3))",
    "np.einsum(',->', A('int32'), A('int32'))", "np.einsum(' ij , jk -> ik ', A('int32', 2, 3), A('int32', 3, 2))", "np.einsum(A('int32', 2, 3), [1, 0])", "np.einsum(A('int32', 2, 3), [0, 1], A('int32', 3, 2), [1, 2], [2, 0])",
    "np.kron(A('int32', 2, 2), A('int32', 1, 2, 3))", "np.cross(A('int32', 2, 3), A('int32', 3))", "np.cross(A('float64', 3, 4), A('float64', 3, 4), 0, 0, 0)",
]:  # fmt: skip
    both(text)
for js, py in [
    ('np.matmul(o(2, 3), o(3, 2), {axes: [[0, 1], [0, 1], [1, 0]]})', 'np.matmul(o(2, 3), o(3, 2), axes=[(0, 1), (0, 1), (1, 0)])'),
    ("np.matmul(A('int64', 3, 4), A('int64', 3, 5), {axes: [[1, 0], [0, 1], [0, 1]]})", "np.matmul(A('int64', 3, 4), A('int64', 3, 5), axes=[(1, 0), (0, 1), (0, 1)])"),
    ("np.matmul(A('int64', 3, 2, 4), A('int64', 4, 5), {axes: [[0, 2], [0, 1], [0, 2]]})", "np.matmul(A('int64', 3, 2, 4), A('int64', 4, 5), axes=[(0, 2), (0, 1), (0, 2)])"),
    ('np.matmul(o(2, 3), o(3, 2), {keepdims: true})', 'np.matmul(o(2, 3), o(3, 2), keepdims=True)'),
    ('np.matmul(o(2, 3), o(3, 2), {axis: 0})', 'np.matmul(o(2, 3), o(3, 2), axis=0)'),
    ('np.matmul(o(2, 3), o(3, 2), {axes: 3})', 'np.matmul(o(2, 3), o(3, 2), axes=3)'),
    ('np.matmul(o(2, 3), o(3, 2), {axes: [[0, 1], [0, 1]]})', 'np.matmul(o(2, 3), o(3, 2), axes=[(0, 1), (0, 1)])'),
    ('np.matmul(o(2, 3), o(3, 2), {axes: [[0, 1, 2], [0, 1], [0, 1]]})', 'np.matmul(o(2, 3), o(3, 2), axes=[(0, 1, 2), (0, 1), (0, 1)])'),
    ("np.matmul(o(2, 3), o(3, 2), {dtype: 'float32'})", "np.matmul(o(2, 3), o(3, 2), dtype='float32')"),
    ("np.matmul(o(2, 3), o(3, 2), {dtype: 'int32'})", "np.matmul(o(2, 3), o(3, 2), dtype='int32')"),
    ("np.matmul(o(2, 3), o(3, 2), {dtype: 'float32', casting: 'no'})", "np.matmul(o(2, 3), o(3, 2), dtype='float32', casting='no')"),
    ("np.matmul(o(2, 3), o(3, 2), {out: np.zeros([2, 2], 'float32')})", "np.matmul(o(2, 3), o(3, 2), out=np.zeros([2, 2], 'float32'))"),
    ("np.matmul(o(2, 3), o(3, 2), {out: np.zeros([2, 2], 'int32')})", "np.matmul(o(2, 3), o(3, 2), out=np.zeros([2, 2], 'int32'))"),
    ('np.matmul(o(2, 3), o(3, 2), {out: np.zeros([2, 3])})', 'np.matmul(o(2, 3), o(3, 2), out=np.zeros([2, 3]))'),
    ('np.matmul(o(2, 3), o(3, 2), {out: np.zeros([5, 2, 2])})', 'np.matmul(o(2, 3), o(3, 2), out=np.zeros([5, 2, 2]))'),
    ('np.vecdot(o(2, 3), o(2, 3), {axis: 0})', 'np.vecdot(o(2, 3), o(2, 3), axis=0)'),
    ('np.vecdot(o(2, 3), o(2, 3), {keepdims: true})', 'np.vecdot(o(2, 3), o(2, 3), keepdims=True)'),
    ('np.vecdot(o(2, 3), o(2, 3), {axis: 0, keepdims: true})', 'np.vecdot(o(2, 3), o(2, 3), axis=0, keepdims=True)'),
    ('np.vecdot(o(2, 3), o(2, 3), {axis: 5})', 'np.vecdot(o(2, 3), o(2, 3), axis=5)'),
    ('np.vecdot(o(2, 3), o(2, 3), {axes: [0, 0]})', 'np.vecdot(o(2, 3), o(2, 3), axes=[0, 0])'),
    ('np.matvec(o(2, 3), o(3), {axes: [[0, 1], 0, 0]})', 'np.matvec(o(2, 3), o(3), axes=[(0, 1), 0, 0])'),
    ("np.dot(o(2, 3), o(3, 2), np.zeros([2, 2], 'float32'))", "np.dot(o(2, 3), o(3, 2), np.zeros([2, 2], 'float32'))"),
    ('np.dot(o(2, 3), o(3, 2), {out: np.zeros([2, 3])})', 'np.dot(o(2, 3), o(3, 2), out=np.zeros([2, 3]))'),
    ('np.dot(o(2, 3), o(3, 2), {out: np.zeros([2, 2])})', 'np.dot(o(2, 3), o(3, 2), out=np.zeros([2, 2]))'),
    ("np.einsum('ij,jk->ik', o(2, 3), o(3, 2), {dtype: 'float32'})", "np.einsum('ij,jk->ik', o(2, 3), o(3, 2), dtype='float32')"),
    ("np.einsum('ij,jk->ik', o(2, 3), o(3, 2), {dtype: 'float32', casting: 'unsafe'})", "np.einsum('ij,jk->ik', o(2, 3), o(3, 2), dtype='float32', casting='unsafe')"),
    ("np.einsum('ij,jk->ik', o(2, 3), o(3, 2), {out: np.zeros([2, 2], 'int32')})", "np.einsum('ij,jk->ik', o(2, 3), o(3, 2), out=np.zeros([2, 2], 'int32'))"),
    ("np.einsum('ij,jk->ik', o(2, 3), o(3, 2), {out: np.zeros([2, 2])})", "np.einsum('ij,jk->ik', o(2, 3), o(3, 2), out=np.zeros([2, 2]))"),
    ("np.einsum('ij->i', o(2, 3), {out: np.zeros(2, 'float32'), casting: 'same_kind'})", "np.einsum('ij->i', o(2, 3), out=np.zeros(2, 'float32'), casting='same_kind')"),
    ("np.einsum('ij->ji', A('int32', 2, 3), {out: np.zeros([3, 2], 'int32')})", "np.einsum('ij->ji', A('int32', 2, 3), out=np.zeros([3, 2], 'int32'))"),
    ("np.einsum('ij,jk,kl->il', o(2, 3), o(3, 4), o(4, 2), {optimize: 'greedy'})", "np.einsum('ij,jk,kl->il', o(2, 3), o(3, 4), o(4, 2), optimize='greedy')"),
    ("np.trace(np.eye(3), {dtype: 'int32'})", "np.trace(np.eye(3), dtype='int32')"),
    ("np.trace(np.eye(3), {out: np.zeros([], 'float32')})", "np.trace(np.eye(3), out=np.zeros([], 'float32'))"),
    ('np.trace(np.eye(3), 5)', 'np.trace(np.eye(3), 5)'),
    ("A('int32', 3, 4).trace(1)", "A('int32', 3, 4).trace(1)"),
    ("A('int32', 3, 4).diagonal({offset: -1})", "A('int32', 3, 4).diagonal(offset=-1)"),
    ("A('int32', 3, 4).dot(A('int32', 4))", "A('int32', 3, 4).dot(A('int32', 4))"),
    ("np.diagonal(A('int32', 3, 4)).flags.writeable", "np.diagonal(A('int32', 3, 4)).flags.writeable"),
    ("np.einsum('ii->i', A('int32', 3, 3)).flags.writeable", "np.einsum('ii->i', A('int32', 3, 3)).flags.writeable"),
    ("np.einsum('ij,jk->ki', o(2, 3), o(3, 2)).strides", "list(np.einsum('ij,jk->ki', o(2, 3), o(3, 2)).strides)"),
    ("np.einsum('ij,k->jik', o(2, 3), o(3)).strides", "list(np.einsum('ij,k->jik', o(2, 3), o(3)).strides)"),
    ("np.einsum('ijk->ji', o(2, 3, 4)).strides", "list(np.einsum('ijk->ji', o(2, 3, 4)).strides)"),
    ("np.einsum('ij,jk->ik', o(3, 2).T, o(2, 3).T).strides", "list(np.einsum('ij,jk->ik', o(3, 2).T, o(2, 3).T).strides)"),
    ('np.matmul(o(3, 2).T, o(2, 3).T).strides', 'list(np.matmul(o(3, 2).T, o(2, 3).T).strides)'),
    ('np.cross(o(3, 3), o(3, 3), {axis: 0}).strides', 'list(np.cross(o(3, 3), o(3, 3), axis=0).strides)'),
]:  # fmt: skip
    pair(js, py)

write(pathlib.Path(__file__).with_suffix('.json'), P, names)
