#!/usr/bin/env python3
"""Writes linalg.json: factors, solutions, determinants, norms and products, and what is refused."""
import pathlib

from matrices import names, python
from pairs import write


rows = []


def both(js):
    rows.append((js, python(js)))


FLOATS = ['float32', 'float64', 'complex64', 'complex128']
for d in FLOATS:
    for n in (1, 2, 5) + ((10,) if d in ('float64', 'complex64') else ()):
        both(f"L.solve(R('{d}', {n}, {n}, {n}), R('{d}', 9, {n}))")
        both(f"L.solve(R('{d}', {n}, {n}, {n}), R('{d}', 9, {n}, 3))")
        both(f"L.inv(R('{d}', {n}, {n}, {n}))")
        both(f"L.det(R('{d}', {n}, {n}, {n}))")
        both(f"L.slogdet(R('{d}', {n}, {n}, {n}))")
        both(f"L.cholesky(P('{d}', {n}, {n}))")
        both(f"L.cholesky(P('{d}', {n}, {n}), {{upper: true}})")
        both(f"L.qr(R('{d}', {n}, {n}, {n}))")
    for n in (64, 200):
        part = f".at('::{n // 5}, ::{n // 4}')"
        both(f"L.solve(D('{d}', 3, {n}), R('{d}', 9, {n})).at('::7')")
        both(f"L.solve(D('{d}', 3, {n}), R('{d}', 9, {n}, 70)){part}")
        both(f"L.inv(D('{d}', 3, {n})){part}")
        both(f"L.slogdet(D('{d}', 3, {n}))")
        both(f"L.cholesky(P('{d}', 3, {n})){part}")
        both(f"L.cholesky(P('{d}', 3, {n}), {{upper: true}}){part}")
        both(f"L.qr(R('{d}', 3, {n}, {n + 30}), {{mode: 'r'}}){part}")
        both(f"L.qr(R('{d}', 3, {n + 30}, {n})).Q{part}")
        both(f"L.qr(R('{d}', 3, {n + 30}, {n}), {{mode: 'complete'}}).Q{part}")
    for shape in ['5, 3', '3, 5', '1, 4', '4, 1', '2, 4, 3', '2, 2, 3, 4', '0, 3', '3, 0', '0, 2, 3', '2, 0, 3', '0, 0']:
        for mode in ('reduced', 'complete', 'r', 'raw'):
            both(f"L.qr(R('{d}', 2, {shape}), {{mode: '{mode}'}})")
    for call in ['inv', 'det', 'slogdet']:
        for shape in ['3, 4, 4', '2, 1, 3, 3', '0, 3, 3', '3, 0, 0', '0, 0']:
            both(f"L.{call}(R('{d}', 2, {shape}))")
    both(f"L.cholesky(P('{d}', 2, 3, 2, 2))")
    both(f"L.cholesky(R('{d}', 2, 0, 0))")
    both(f"L.cholesky(R('{d}', 2, 0, 3, 3))")
    for a, b in [('3, 3', '2, 3, 2'), ('2, 3, 3', '3, 2'), ('2, 1, 3, 3', '4, 3, 1'), ('2, 3, 3', '3'), ('0, 0', '0'), ('0, 0', '0, 2'), ('3, 3', '3, 0'), ('0, 3, 3', '3, 1'), ('0, 3, 3', '3')]:
        both(f"L.solve(R('{d}', 2, {a}), R('{d}', 3, {b}))")
    # Layouts.
    both(f"L.inv(R('{d}', 4, 6, 6).T)")
    both(f"L.inv(R('{d}', 4, 12, 12).at('::2, ::-2'))")
    both(f"L.inv(R('{d}', 4, 6, 6, 3).transpose(2, 1, 0))")
    both(f"L.solve(R('{d}', 4, 6, 6).T, R('{d}', 4, 3, 6).T)")
    both(f"L.qr(R('{d}', 4, 12, 8).at('::-2, ::2').T)")
    both(f"L.cholesky(P('{d}', 4, 6).T)")
    # Norms.
    for ord_ in ['null', '0', '1', '2', '3', '-1', '-2', '0.5', '2.5', 'inf', '-inf']:
        both(f"L.norm(R('{d}', 2, 7), {ord_})")
        both(f"L.norm(R('{d}', 2, 3, 4), {{ord: {ord_}, axis: 1}})")
        both(f"L.norm(R('{d}', 2, 3, 4), {{ord: {ord_}, axis: 0, keepdims: true}})")
        both(f"L.vector_norm(R('{d}', 2, 3, 4), {{ord: {ord_}}})")
        both(f"L.vector_norm(R('{d}', 2, 3, 4, 2), {{ord: {ord_}, axis: [0, -1], keepdims: true}})")
    for ord_ in ['null', "'fro'", '1', '-1', 'inf', '-inf', '2', '-2', "'nuc'"]:
        both(f"L.norm(R('{d}', 2, 3, 4), {ord_})")
        both(f"L.norm(R('{d}', 2, 3, 4, 2), {{ord: {ord_}, axis: [2, 0]}})")
        both(f"L.norm(R('{d}', 2, 3, 4, 2), {{ord: {ord_}, axis: [0, 1], keepdims: true}})")
        both(f"L.matrix_norm(R('{d}', 2, 2, 3, 4), {{ord: {ord_}}})")
    both(f"L.norm(R('{d}', 2, 2, 3, 4))")
    both(f"L.norm(R('{d}', 2, 2, 3, 4), {{keepdims: true}})")
    # Powers and chains.
    for n in (-3, -2, -1, 0, 1, 2, 3, 5, 8, 11):
        both(f"L.matrix_power(R('{d}', 3, 3, 3), {n})")
    both(f"L.matrix_power(R('{d}', 3, 2, 3, 3), 4)")
    both(f"L.matrix_power(R('{d}', 3, 2, 3, 3), -2)")
    both(f"L.matrix_power(R('{d}', 3, 0, 0), 3)")
    both(f"L.multi_dot([R('{d}', 1, 3, 4), R('{d}', 2, 4, 5)])")
    both(f"L.multi_dot([R('{d}', 1, 3, 4), R('{d}', 2, 4, 5), R('{d}', 3, 5, 2)])")
    both(f"L.multi_dot([R('{d}', 1, 3), R('{d}', 2, 3, 5), R('{d}', 3, 5, 2), R('{d}', 4, 2)])")
    both(f"L.multi_dot([R('{d}', 1, 3), R('{d}', 2, 3, 5), R('{d}', 3, 5, 2), R('{d}', 4, 2, 6)])")
    both(f"L.multi_dot([R('{d}', 1, 10, 2), R('{d}', 2, 2, 12), R('{d}', 3, 12, 3), R('{d}', 4, 3, 4), R('{d}', 5, 4)])")
    both(f"L.tensorinv(R('{d}', 1, 4, 6, 8, 3), {{ind: 2}})")
    both(f"L.tensorinv(R('{d}', 1, 6, 2, 3), {{ind: 1}})")
    both(f"L.tensorsolve(R('{d}', 1, 2, 3, 6), R('{d}', 2, 2, 3))")
    both(f"L.tensorsolve(R('{d}', 1, 2, 6, 3), R('{d}', 2, 2, 3), {{axes: [1]}})")
    # Products.
    both(f"L.cross(R('{d}', 1, 4, 3), R('{d}', 2, 3))")
    both(f"L.cross(R('{d}', 1, 3, 4), R('{d}', 2, 3, 4), {{axis: 0}})")
    both(f"L.outer(R('{d}', 1, 4), R('{d}', 2, 3))")
    both(f"L.matmul(R('{d}', 1, 2, 4, 3), R('{d}', 2, 3))")
    both(f"L.tensordot(R('{d}', 1, 2, 4, 3), R('{d}', 2, 4, 3, 2))")
    both(f"L.tensordot(R('{d}', 1, 2, 4, 3), R('{d}', 2, 3, 2), {{axes: 1}})")
    both(f"L.vecdot(R('{d}', 1, 4, 3), R('{d}', 2, 3))")
    both(f"L.vecdot(R('{d}', 1, 4, 3), R('{d}', 2, 4, 1), {{axis: 0}})")
    both(f"L.matrix_transpose(R('{d}', 1, 2, 4, 3))")
    both(f"L.diagonal(R('{d}', 1, 2, 4, 3), {{offset: 1}})")
    both(f"L.trace(R('{d}', 1, 2, 4, 3), {{offset: -1}})")
    both(f"L.trace(R('{d}', 1, 4, 3), {{dtype: 'complex128'}})")

for d in ['bool', 'int8', 'uint8', 'int32', 'int64', 'uint64']:
    both(f"L.inv(R('{d}', 5, 3, 3))")
    both(f"L.det(R('{d}', 5, 3, 3))")
    both(f"L.solve(R('{d}', 5, 3, 3), R('{d}', 9, 3))")
    both(f"L.solve(R('{d}', 5, 3, 3), R('float32', 9, 3))")
    both(f"L.qr(R('{d}', 5, 3, 3))")
    both(f"L.norm(R('{d}', 5, 3, 3))")
    both(f"L.norm(R('{d}', 5, 3, 3), {{ord: 1}})")
    both(f"L.matrix_power(R('{d}', 5, 3, 3), 3)")
    both(f"L.matrix_power(R('{d}', 5, 3, 3), 0)")
    both(f"L.matrix_power(R('{d}', 5, 3, 3), -1)")
for a, b in [('float32', 'float64'), ('complex64', 'float64'), ('complex64', 'float32'), ('float32', 'int8'), ('float64', 'complex128')]:
    both(f"L.solve(R('{a}', 5, 3, 3), R('{b}', 9, 3))")

# Values at the ends of the range, infinities and NaN.
for d in ['float64', 'complex128']:
    for m in ['[[1e308, 1e308], [1e308, -1e308]]', '[[1e-200, 1], [1e200, 1]]', '[[1e300, 1], [1e300, 1]]', '[[1e-300, 1e-300], [1e-300, 2e-300]]', '[[nan, 1], [1, 2]]', '[[2, 1], [1, nan]]',
              '[[inf, 1], [1, 2]]', '[[0, 0], [0, 0]]', '[[1, 2], [2, 4]]', '[[-0.0, 1], [1, 0]]', '[[4, 2], [2, 1]]', '[[4, 2], [2, -1]]', '[[0, 1], [1, 0]]']:
        for f in ['inv', 'det', 'slogdet', 'cholesky']:
            both(f"L.{f}(np.array({m}, '{d}'))")
        # What reflections make of infinite norms depends on the order of steps.
        if 'n' not in m and '308' not in m:
            both(f"L.qr(np.array({m}, '{d}'))")
        both(f"L.solve(np.array({m}, '{d}'), [1, 2])")
        for o in ['null', '1', 'inf', '-inf', "'fro'"]:
            both(f"L.norm(np.array({m}, '{d}'), {{ord: {o}}})")

for text in [
    'L.inv(5)', 'L.inv([1, 2])', 'L.inv(R("float64", 1, 2, 3))', 'L.det([1, 2])', 'L.det(R("float64", 1, 2, 3))', 'L.slogdet([1, 2])', 'L.slogdet(R("float64", 1, 2, 3))', 'L.cholesky([1, 2])', 'L.cholesky(R("float64", 1, 2, 3))',
    'L.solve(R("float64", 1, 2, 3), [1, 2])', 'L.solve([1, 2], [1, 2])', 'L.solve(np.eye(2), [1, 2, 3])', 'L.solve(np.eye(2), np.ones([3, 1]))', 'L.solve(np.eye(2), 5)', 'L.solve(np.ones([2, 3, 3]), np.ones([4, 3, 1]))',
    'L.solve(np.ones([2, 2]), [1, 2])', 'L.inv(np.array([[1, 2], [3, 4]], "float16"))', 'L.det(np.array([[1, 2], [3, 4]], "float16"))', 'L.qr(np.array([[1, 2], [3, 4]], "float16"))', 'L.cholesky(np.array([[1, 2], [3, 4]], "float16"))',
    'L.solve(np.eye(2), np.array([1, 2], "float16"))', 'L.inv([["a", "b"], ["c", "d"]])', 'L.solve([["a", "b"], ["c", "d"]], [1, 2])', 'L.inv(np.array([[1, 2], [3, 4]], "m8[s]"))', 'L.inv(np.array([[1, 2], [3, 4]], "O"))',
    'L.qr([1, 2])', 'L.qr(5)', 'L.qr(np.eye(2), "x")', 'L.qr(np.eye(2), "full")', 'L.qr(np.eye(2), "f")', 'L.qr(np.eye(2), "economic")', 'L.qr(np.eye(2), "e")',
    'L.matrix_power(np.eye(2), 2.5)', 'L.matrix_power([1, 2], 2)', 'L.matrix_power(np.ones([2, 3]), 2)', 'L.matrix_power(np.ones([2, 2]), -1)', 'L.multi_dot([[1, 2]])', 'L.multi_dot([np.ones([2, 2, 2]), np.ones([2, 2]), np.ones([2, 2])])',
    'L.multi_dot([np.ones([2, 3]), np.ones([2, 3]), np.ones([3, 2])])', 'L.norm([1, 2], "fro")', 'L.norm([1, 2], "nuc")', 'L.norm([1, 2], {axis: "x"})', 'L.norm(np.ones([2, 2]), {ord: 3})', 'L.norm(np.ones([2, 2]), {ord: 0})',
    'L.norm(np.ones([2, 2, 2]), {axis: [0, 1, 2]})', 'L.norm(np.ones([2, 2, 2]), {ord: 2})', 'L.norm(np.ones([2, 2]), {axis: 2})', 'L.norm(np.ones([2, 2]), {axis: [0, 2]})', 'L.norm(np.ones([2, 2]), {axis: [0, 0]})', 'L.norm(np.ones([2, 2]), {axis: [0, -2]})',
    'L.norm([3, 4], "a")', 'L.norm([3, 4], nan)', 'L.norm(np.ones([0]), -inf)', 'L.norm(np.ones([0]), inf)', 'L.norm(np.ones([0]))', 'L.norm(np.ones([0, 2]), 1)', 'L.norm(np.ones([2, 0]), 1)', 'L.norm(np.ones([0, 2]), inf)', 'L.norm(np.ones([0, 2]), -1)',
    'L.norm(5)', 'L.norm(np.array([1, 2], "float16"))', 'L.norm(np.array([1, 2], "float16"), 3)', 'L.norm([inf, -inf])', 'L.norm([nan, 1], inf)', 'L.norm([-0.0])', 'L.norm([[1, 2]], {ord: "nope"})',
    'L.matrix_norm(np.ones([3]))', 'L.vector_norm(5)', 'L.vector_norm(np.ones([3, 3]), {axis: 5})', 'L.vector_norm(np.ones([3, 3]), {axis: [0, 0]})', 'L.vector_norm(np.ones([3]), {ord: "fro"})',
    'L.cross([1, 2], [3, 4])', 'L.cross([1, 2, 3], [3, 4])', 'L.cross(5, [1, 2, 3])', 'L.cross(np.ones([2, 3]), np.ones([2, 3]), {axis: 2})', 'L.outer([[1, 2]], [3, 4])', 'L.outer(1, [3, 4])', 'L.diagonal([1, 2])', 'L.trace([1, 2])',
    'L.matrix_transpose([1, 2])', 'L.matmul(2, 3)', 'L.vecdot([1, 2], [1, 2, 3])', 'L.tensorinv(np.ones([2, 2]), {ind: 0})', 'L.tensorinv(np.ones([2, 2]), {ind: -1})', 'L.tensorinv(np.ones([2, 3]), {ind: 1})', 'L.tensorinv(np.ones([4, 2, 2]), {ind: 2})',
    'L.tensorsolve(np.ones([2, 3, 6]), np.ones([3]))', 'L.tensorsolve(np.eye(4).reshape(2, 2, 2, 2), np.ones([2, 2]), {axes: [0, 7]})', 'L.tensorsolve(np.ones([2, 3, 6]), np.ones([2, 3]))',
]:
    both(text)

write(pathlib.Path(__file__).parent / 'linalg.json', rows, names)
