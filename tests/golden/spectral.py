#!/usr/bin/env python3
"""Writes spectral.json: eigenvalues, singular values, least squares and what follows from them."""
import pathlib

from matrices import names, python
from pairs import write

rows = []


def both(js):
    rows.append((js, python(js)))


FLOATS = ['float32', 'float64', 'complex64', 'complex128']
for d in FLOATS:
    for n in (1, 2, 3, 4, 5, 6):
        # Vectors too: signs and order are LAPACK's.
        both(f"L.eigh(P('{d}', {n}, {n}))")
        both(f"L.eigh(R('{d}', {n}, {n}, {n}), 'U')")
        both(f"L.eigvalsh(R('{d}', {n}, {n}, {n}))")
        both(f"L.eig(R('{d}', {n}, {n}, {n}))")
        both(f"L.eigvals(R('{d}', {n}, {n}, {n}))")
        both(f"L.svd(R('{d}', {n}, {n}, {n}))")
        both(f"L.svdvals(R('{d}', {n}, {n}, {n}))")
        both(f"L.pinv(R('{d}', {n}, {n}, {n}))")
    for n in (64, 200):
        both(f"L.svdvals(R('{d}', 3, {n}, {n + 30})).at('::7')")
        both(f"L.eigvalsh(P('{d}', 3, {n})).at('::7')")
        both(f"L.eigvalsh(R('{d}', 3, {n}, {n}), 'u').at('::7')")
        both(f"L.pinv(R('{d}', 3, {n}, {n // 2})).at('::9, ::31')")
        both(f"L.cond(R('{d}', 3, {n}, {n // 2}))")
        both(f"L.matrix_rank(R('{d}', 3, {n}, {n // 2}))")
    for shape in ['3, 2', '2, 3', '5, 2', '2, 5', '1, 4', '4, 1', '9, 2', '2, 2, 3', '2, 2, 3, 2', '0, 3', '3, 0', '0, 2, 3', '2, 0, 3', '0, 0']:
        both(f"L.svd(R('{d}', 2, {shape}))")
        both(f"L.svd(R('{d}', 2, {shape}), false)")
        both(f"L.svd(R('{d}', 2, {shape}), {{compute_uv: false}})")
        both(f"L.pinv(R('{d}', 2, {shape}))")
        both(f"L.matrix_rank(R('{d}', 2, {shape}))")
        for ord_ in ['2', '-2', "'nuc'"]:
            both(f"L.matrix_norm(R('{d}', 2, {shape}), {{ord: {ord_}}})")
    for shape in ['3, 4, 4', '2, 1, 3, 3', '0, 3, 3', '3, 0, 0', '0, 0']:
        for call in ['eigvals', 'eigvalsh', 'eigh', 'eig']:
            both(f"L.{call}(R('{d}', 5, {shape}))")
    for a, b in [('5, 3', '5'), ('5, 3', '5, 2'), ('3, 5', '3'), ('3, 5', '3, 2'), ('4, 4', '4, 1'), ('40, 3', '40, 2'), ('0, 3', '0'), ('3, 0', '3'), ('0, 3', '0, 2'), ('0, 0', '0'), ('5, 3', '5, 0')]:
        both(f"L.lstsq(R('{d}', 2, {a}), R('{d}', 3, {b}))")
    for p in ['null', "'fro'", "'nuc'", '1', '-1', '2', '-2', 'inf', '-inf']:
        both(f"L.cond(R('{d}', 2, 4, 4), {p})")
        both(f"L.cond(R('{d}', 2, 2, 3, 3), {p})")
    # Layouts.
    both(f"L.eigh(P('{d}', 4, 6).T)")
    both(f"L.eigvals(R('{d}', 4, 12, 12).at('::2, ::-2'))")
    both(f"L.svd(R('{d}', 4, 12, 8).at('::-3, ::2').T)")
    # Hermitian ways.
    both(f"L.svd(P('{d}', 4, 3), {{hermitian: true}})")
    both(f"L.svd(P('{d}', 4, 3, 2), {{hermitian: true, compute_uv: false}})")
    both(f"L.pinv(P('{d}', 4, 3), {{hermitian: true}})")
    both(f"L.matrix_rank(P('{d}', 4, 3, 2), {{hermitian: true}})")
    for kw in ['{rtol: 0.5}', '{rtol: null}', '{rcond: 0.5}']:
        both(f"L.pinv(R('{d}', 4, 4, 3), {kw})")
    for kw in ['{tol: 0.5}', '{rtol: 0.5}', '{tol: [0.1, 5]}', '{rtol: [0.1, 0.9]}']:
        both(f"L.matrix_rank(R('{d}', 4, 2, 4, 3), {kw})")
    both(f"L.matrix_rank(np.ones([4, 4], '{d}'))")
    both(f"L.matrix_rank(np.zeros([4, 3], '{d}'))")
    both(f"L.matrix_rank(np.eye(4).astype('{d}'))")
    for r in ['null', '-1', '0.5']:
        both(f"L.lstsq(R('{d}', 2, 5, 3), R('{d}', 3, 5), {r})")

for d in ['bool', 'int8', 'int64', 'uint64']:
    for call in ['eigvals', 'eigvalsh', 'svdvals', 'cond', 'matrix_rank']:
        both(f"L.{call}(R('{d}', 7, 3, 3))")

# Matrices that are hard, by their values; vectors are held by the properties.
HARD = {
    'Hilbert': '[[1, 0.5, 0.3333333333333333], [0.5, 0.3333333333333333, 0.25], [0.3333333333333333, 0.25, 0.2]]',
    'graded': '[[1e8, 1e4, 1], [1e4, 1, 1e-4], [1, 1e-4, 1e-8]]',
    'huge': '[[1e300, 2e300], [3e300, -1e300]]',
    'tiny': '[[1e-300, 2e-300], [3e-300, -1e-300]]',
    'zero': '[[0, 0, 0], [0, 0, 0], [0, 0, 0]]',
    'equal': '[[2, 0, 0], [0, 2, 0], [0, 0, 2]]',
    'Wilkinson': '[[2, 1, 0, 0, 0], [1, 1, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 1, 1], [0, 0, 0, 1, 2]]',
    'companion': '[[6, -11, 6], [1, 0, 0], [0, 1, 0]]',
    'cyclic': '[[0, 1, 0], [0, 0, 1], [1, 0, 0]]',
    'unbalanced': '[[1, 1e6, 1e12], [1e-6, 1, 1e6], [1e-12, 1e-6, 3]]',
    'permuted': '[[1, 0, 2], [3, 4, 5], [0, 0, 6]]',
}
for m in HARD.values():
    for call in ['eigvals', 'eigvalsh', 'svdvals']:
        both(f'L.{call}({m})')
for m in ['[[1, 2], [3, 4]]', '[[2, 0], [0, 3]]', '[[0, -1], [1, 0]]', '[[2, 1], [1, 2]]', '[[1, 2, 3], [4, 5, 6], [7, 8, 10]]', '[[4, -2], [1, 1]]', '[[0, 1], [-2, -3]]', '[[1, 1], [1, 0]]', '[[5, 0], [0, 0]]', '[[0, 0], [0, 0]]']:
    for call in ['eig', 'eigh', 'svd', 'cond', 'pinv', 'matrix_rank']:
        both(f'L.{call}({m})')
for m in ['[[nan, 1], [1, 2]]', '[[inf, 1], [1, 2]]', '[[1, 2, 3], [4, nan, 6], [7, 8, 10]]', '[[1, 2, 3], [4, inf, 6], [7, 8, 10]]', '[[nan]]', '[[inf]]']:
    for call in ['eigvals', 'eig', 'svdvals', 'cond']:
        both(f'L.{call}({m})')
    # Where infinities leave NaN, and what eigvalsh makes of them, depends on the order of steps.
    if 'nan' in m:
        both(f'L.svd({m})')
        both(f'L.pinv({m})')
    if m not in ('[[nan, 1], [1, 2]]', '[[1, 2, 3], [4, inf, 6], [7, 8, 10]]'):
        both(f'L.eigvalsh({m})')
    both(f'L.cond({m}, 1)')

for text in [
    'L.eig(5)', 'L.eig([1, 2])', 'L.eigvals(R("float64", 1, 2, 3))', 'L.eigh([1, 2])', 'L.eigvalsh(R("float64", 1, 2, 3))', 'L.eigh(np.eye(2), "x")', 'L.eigvalsh(np.eye(2), "up")', 'L.svd(5)', 'L.svd([1, 2])', 'L.svdvals([1, 2])',
    'L.eig(np.eye(2).astype("float16"))', 'L.svd(np.eye(2).astype("float16"))', 'L.lstsq([1, 2], [1, 2])', 'L.lstsq(np.eye(2), [1, 2, 3])', 'L.lstsq(np.eye(2), np.ones([2, 2, 2]))', 'L.lstsq(np.ones([2, 2, 2]), [1, 2])',
    'L.pinv([1, 2])', 'L.pinv(np.eye(2), {rcond: 1, rtol: 1})', 'L.matrix_rank(np.eye(2), {tol: 1, rtol: 1})', 'L.matrix_rank(5)', 'L.matrix_rank(0)', 'L.matrix_rank([0, 0])', 'L.matrix_rank([0, 1])', 'L.cond(np.ones([0, 2]))', 'L.cond([1, 2])',
    'L.cond(np.ones([2, 3]), 1)', 'L.cond(np.ones([2, 2]), 3)', 'L.cond(np.ones([2, 2]), "x")', 'L.cond(np.ones([2, 2]), 1)', 'L.cond(np.zeros([2, 2]), "fro")', 'L.cond([[[1, 2], [3, 4]], [[0, 0], [0, 0]]], 1)',
    'L.norm([[1, 2], [3, 4]], 2)', 'L.norm([[1, 2], [3, 4]], "nuc")', 'L.eigvals([["a", "b"], ["c", "d"]])', 'L.svdvals([["a", "b"], ["c", "d"]])',
]:
    both(text)

write(pathlib.Path(__file__).parent / 'spectral.json', rows, names)
