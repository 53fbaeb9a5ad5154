#!/usr/bin/env python3
"""Writes orders.json: the strides of what NumPy's functions return for operands in many memory layouts."""
import ast
import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).resolve().parent

LAYOUTS = {
    'C': "np.arange(24, dtype='float64').reshape(2, 3, 4)",
    'F': "np.arange(24, dtype='float64').reshape(4, 3, 2).transpose(2, 1, 0)",
    'axes 201': "np.arange(24, dtype='float64').reshape(4, 2, 3).transpose(1, 2, 0)",
    'axes 102': "np.arange(24, dtype='float64').reshape(3, 2, 4).transpose(1, 0, 2)",
    'negative': "at(np.arange(24, dtype='float64').reshape(2, 3, 4), '::-1, :, ::-1')",
    'negative F': "at(np.arange(24, dtype='float64').reshape(4, 3, 2).transpose(2, 1, 0), ':, ::-1, ::-1')",
    'steps': "at(np.arange(192, dtype='float64').reshape(4, 6, 8), '::2, ::2, ::2')",
    'steps F': "at(np.arange(192, dtype='float64').reshape(8, 6, 4).transpose(2, 1, 0), '::2, 1::2, ::2')",
    'stretched': "np.broadcast_to(np.arange(4, dtype='float64'), (2, 3, 4))",
    'stretched F': "np.broadcast_to(np.arange(2, dtype='float64').reshape(2, 1, 1), (2, 3, 4))",
}

# a: (2, 3, 4) in the layout; b, d: (3, 4) and (4, 3) of it; q: (3, 3); i: int64 like a; z: complex like a; m: a mask laid out as a is;
# o, f: ones in C and F order; v: four numbers.
NAMES = {
    'b': "at(a, '1')",
    'd': "at(a, '1').T",
    'q': "at(a, '0, :, :3')",
    'i': "a.astype('int64')",
    'z': "a.astype('complex128')",
    'm': 'np.greater(a, 5)',
    'o': 'np.ones((2, 3, 4))',
    'f': "np.ones((2, 3, 4), order='F')",
    'v': "np.arange(4, dtype='float64')",
}

calls = []


def every(names, *forms):
    for name in names.split():
        calls.extend(form.replace('@', name) for form in forms)


# Reductions.
every('sum prod max min mean std var any all', 'np.@(a, axis=0)', 'np.@(a, axis=1)', 'np.@(a, axis=2)', 'np.@(a, axis=1, keepdims=True)')
every('sum max mean var any', 'np.@(a, axis=(0, 2))', 'np.@(a, axis=(0, 2), keepdims=True)', 'np.@(a, axis=())', 'np.@(a, axis=0, keepdims=True)', 'np.@(a, axis=2, keepdims=True)')
every('sum max', 'np.@(a, axis=1, initial=3)', 'np.@(a, axis=1, initial=3, where=m)')
every('argmax argmin', 'np.@(a, axis=0)', 'np.@(a, axis=1)', 'np.@(a, axis=2)', 'np.@(a, axis=1, keepdims=True)')
every('count_nonzero', 'np.@(a, axis=0)', 'np.@(a, axis=1)', 'np.@(a, axis=(1,), keepdims=True)')
every('ptp median average', 'np.@(a, axis=0)', 'np.@(a, axis=1)', 'np.@(a, axis=2)', 'np.@(a, axis=1, keepdims=True)')
every('nansum nanprod nanmax nanmin nanmean nanstd nanvar nanargmax nanmedian', 'np.@(a, axis=0)', 'np.@(a, axis=1)', 'np.@(a, axis=2)')
every('nansum nanmean nanvar nanmax', 'np.@(a, axis=1, keepdims=True)', 'np.@(i, axis=1)')
every('quantile nanquantile', 'np.@(a, 0.5, axis=1)', 'np.@(a, 0.5, axis=(0, 2))', 'np.@(a, 0.5, axis=2)', 'np.@(a, 0.5, axis=1, keepdims=True)')
calls.append('np.quantile(a, (0.5, 0.25), axis=1)')
calls += ['np.percentile(a, 30, axis=0)', 'np.nanpercentile(a, 30, axis=0)', 'np.median(a, axis=(0, 1))', 'np.average(a, axis=1, weights=o)']
# Running folds.
every('cumsum cumprod nancumsum nancumprod', 'np.@(a, axis=0)', 'np.@(a, axis=1)', 'np.@(a, axis=2)', 'np.@(a)', 'np.@(i, axis=1)')
every('cumulative_sum', 'np.@(a, axis=1)', 'np.@(a, axis=1, include_initial=True)')
calls += ['np.add.accumulate(a)', 'np.maximum.accumulate(a, axis=1)', 'np.subtract.accumulate(a, axis=2)', 'np.add.reduce(a)', 'np.add.reduce(a, axis=1, keepdims=True)', 'np.subtract.reduce(a, axis=1)',
          'np.add.reduceat(a, [0, 1])', 'np.add.reduceat(a, [0, 2], axis=1)', 'np.maximum.reduceat(a, [0, 2, 1], axis=2)', 'np.add.outer(a, v)', 'np.add.outer(v, a)', 'np.multiply.outer(a, b)', 'np.subtract.outer(b, d)']
# Elementwise.
every('negative sqrt square exp sin sign isnan floor signbit logical_not reciprocal spacing', 'np.@(a)')
every('add multiply maximum less logical_and power arctan2 hypot', 'np.@(a, o)', 'np.@(a, f)', 'np.@(a, 2)', 'np.@(a, v)', 'np.@(b, a)', 'np.@(f, a)')
every('C F A K', "np.add(a, o, order='@')", "np.negative(a, order='@')", "np.add(a, 2, order='@')", "np.add(a, f, order='@')", "np.add(a, a, order='@')")
every('frexp modf', 'np.@(a)')
every('divmod', 'np.@(a, 2)', 'np.@(a, f)')
every('round around fix trunc rint nan_to_num real imag angle conj conjugate real_if_close sinc i0 unwrap isneginf isposinf iscomplex isreal deg2rad cbrt absolute fabs copy', 'np.@(a)')
every('real imag angle conj nan_to_num iscomplex isreal round', 'np.@(z)')
calls += ['np.round(a, 1)', 'np.round(a, -1)', 'np.round(i, -1)', 'np.round(i)', 'np.clip(a, 1, 5)', 'np.clip(a, o, 5)', 'np.clip(a, None, f)', 'np.isclose(a, o)', 'np.isclose(a, f)', 'np.isclose(a, 1)', 'np.heaviside(a, 1)', 'np.ldexp(a, i)', 'np.bitwise_count(i)', 'np.invert(i)',
          'np.unwrap(a, axis=0)', 'np.interp(a, v, v)', 'np.digitize(a, v)', 'np.searchsorted(v, a)', 'np.isin(a, v)', 'np.isin(i, [1, 2])', 'np.polyval([1, 2, 3], a)', 'np.convolve(v, v)', 'np.piecewise(a, [m], [1, 2])',
          'np.select([m], [a], 0)', 'np.select([m, m], [a, f], 0)', 'np.where(m, a, 0)', 'np.where(m, a, o)', 'np.where(m, f, a)', 'np.where(m, o, f)', 'np.where(m, 1, 0)', 'np.choose(m, [a, o])', 'np.choose(m, [f, a])', 'np.choose(0, [a, f])', 'np.where(m, v, a)']
# Copies and their order.
every('C F A K', "np.array(a, order='@')", "np.copy(a, order='@')", "a.copy(order='@')", "a.copy('@')", "a.astype('float32', order='@')", "a.astype('float64', order='@', copy=False)", "np.asarray(a, order='@')", "np.asanyarray(a, order='@')", "np.asarray(a, dtype='float32', order='@')",
      "np.zeros_like(a, order='@')", "np.ones_like(a, order='@')", "np.empty_like(a, order='@')", "np.full_like(a, 1, order='@')", "np.zeros_like(a, order='@', shape=(3, 4, 2))", "np.zeros_like(a, order='@', shape=(3, 4))", "a.flatten('@')", "a.ravel('@')", "np.ravel(a, order='@')",
      "np.array(a, order='@', copy=None)", "np.array(a, order='@', ndmin=4)")
every('C F A', "np.reshape(a, (6, 4), order='@')", "a.reshape(4, 6, order='@')", "a.reshape((3, 8), order='@')", "np.reshape(a, (2, 3, 2, 2), order='@')", "np.reshape(a, (24,), order='@')", "np.reshape(a, (6, 4), order='@', copy=True)")
every('C F', "np.zeros((2, 3, 4), order='@')", "np.ones((2, 3, 4), order='@')", "np.full((2, 3, 4), 1, order='@')", "np.empty((2, 3, 4), order='@')", "np.identity(3)")
every('require', "np.@(a, requirements=['C'])", "np.@(a, requirements=['F'])", "np.@(a, dtype='float32', requirements=['F'])", 'np.@(a)', "np.@(a, requirements=['O'])")
calls += ['np.array(a)', 'np.asarray(a)', 'a.copy()', "a.astype('int64')", 'np.ascontiguousarray(a)', 'np.asfortranarray(a)', 'np.asarray_chkfinite(a)', 'np.zeros_like(a)', "np.array([a, a])", "np.array([b, b], order='F')", "np.array([b, b], order='K')", 'np.astype(a, "float32")']
# Moving.
every('transpose matrix_transpose fliplr flipud flip rot90 squeeze atleast_1d atleast_3d ravel', 'np.@(a)')
calls += ['a.T', 'a.mT', 'np.swapaxes(a, 0, 2)', 'np.moveaxis(a, 0, 2)', 'np.rollaxis(a, 2)', 'np.expand_dims(a, 1)', 'np.flip(a, 1)', 'np.rot90(a, 3)', 'np.rot90(b)', 'np.rot90(b, 2)', 'np.broadcast_to(a, (2, 2, 3, 4))', 'np.broadcast_arrays(a, v)', 'np.diagonal(a)', 'np.diagonal(a, axis1=1, axis2=2)',
          'np.roll(a, 1)', 'np.roll(a, 1, axis=1)', 'np.roll(a, (1, 1), axis=(0, 2))', 'np.tile(a, 2)', 'np.tile(a, 1)', 'np.tile(a, (2, 1, 1))', 'np.tile(b, (2, 1, 2))', 'np.repeat(a, 2)', 'np.repeat(a, 2, axis=0)', 'np.repeat(a, 2, axis=1)', 'np.repeat(a, [1, 2, 0], axis=1)',
          'np.pad(a, 1)', "np.pad(a, 1, mode='edge')", "np.pad(a, ((0, 0), (1, 1), (0, 0)), mode='reflect')", "np.pad(b, 1, mode='wrap')", "np.pad(a, 1, mode='linear_ramp')", "np.pad(a, 1, mode='mean')", 'np.resize(a, (3, 4))', 'np.resize(a, (5, 6))', 'np.trim_zeros(v)',
          'np.diff(a)', 'np.diff(a, axis=0)', 'np.diff(a, axis=1, n=2)', 'np.diff(a, axis=1, prepend=0)', 'np.ediff1d(a)', 'np.gradient(a)', 'np.gradient(a, axis=1)', 'np.trapezoid(a)', 'np.trapezoid(a, axis=0)', 'np.trapezoid(a, axis=1)',
          'np.delete(a, 1, axis=1)', 'np.delete(a, [0, 1], axis=2)', "np.delete(a, 0, axis=0)", 'np.insert(a, 1, 5, axis=1)', 'np.insert(a, [0, 1], 5, axis=2)', 'np.append(a, a, axis=1)', 'np.append(a, o, axis=0)', 'np.unstack(a, axis=1)', 'np.triu(a)', 'np.tril(a)', 'np.triu(b)', 'np.vander(v)', 'np.diag(b)', 'np.diagflat(b)']
every('concatenate vstack hstack dstack column_stack stack', 'np.@([a, a])', 'np.@([a, o])', 'np.@([f, a])')
calls += ['np.concatenate([a, a], axis=1)', 'np.concatenate([a, a], axis=2)', 'np.concatenate([b, b])', 'np.concatenate([b, b], axis=1)', 'np.concatenate([a, f], axis=2)', 'np.concatenate([a, i], axis=1)', 'np.concatenate([a, a], axis=None)', 'np.stack([a, a], axis=1)', 'np.stack([a, a], axis=-1)', 'np.stack([b, b], axis=2)',
          'np.column_stack([b, b])', 'np.dstack([b, b])', 'np.vstack([b, v])', 'np.hstack([b, b])', 'np.block([b, b])', 'np.block([[b], [b]])', 'np.block([[a, a], [a, a]])', 'np.split(a, 2, axis=2)', 'np.array_split(a, 2, axis=1)', 'np.hsplit(a, 3)', 'np.vsplit(a, 2)', 'np.dsplit(a, 2)']
# Indices.
calls += ["at(a, [1, 0])", "a.take([1, 0])", 'np.take(a, [1, 0], axis=0)', 'np.take(a, [1, 0], axis=1)', 'np.take(a, [[1, 0], [0, 1]], axis=2)', 'np.take(a, 1, axis=1)', "np.take(a, [1, 0], axis=1, mode='wrap')", 'np.compress([True, False], a, axis=0)', 'np.compress([True, False, True], a, axis=1)',
          'np.compress([1, 0, 1], a)', 'np.extract(m, a)', 'np.take_along_axis(a, i.clip(0, 1), axis=1)', 'np.flatnonzero(a)', 'np.indices((2, 3))', "np.indices((2, 3), sparse=True)", "np.meshgrid(v, v)", "np.meshgrid(v, v, indexing='ij')",
          'np.ix_([0, 1], [1, 2])', 'np.tri(3, 4)', 'np.tril_indices(3)', 'np.diag_indices(3)', 'np.fromfunction(np.add, (2, 3))', 'np.eye(3)', "np.eye(3, 4, order='F')"]
for text in ["[1, 0]", "([[0, 1], [1, 0]],)", "('...', [1, 0])", "(':', [2, 0])", "(':', [2, 0], ':')", "([1, 0], ':', [1, 0])", "([1, 0], [1, 0])", "(':', [1, 0], [1, 0])", "([[0], [1]], [1, 0])", "([[0], [1]], ':', [1, 0])", "(':', [[0, 1], [1, 2]])", "('::-1', [0, 1])",
             "(m,)", "(':', at(m, '0'))", "(0, [0, 1])", "([0, 1], 0)", "([0, 1], ':', 0)", "(None, [0, 1])", "(np.array([[0, 1], [1, 1]], dtype='int64').T,)", "(':', np.array([[0, 1], [1, 1]], dtype='int64').T)", "('...', np.array([[0, 1], [1, 1], [2, 2]], dtype='int64').T)", "(':', [True, False, True])", "([True, True], ':', [0, 1])",
             "(np.array([[0, 1], [1, 1]], dtype='int64').T, [1, 0])", "(':', np.array([[0, 1], [1, 1]], dtype='int64').T, [1, 0])", "(np.array([[0, 1, 1], [1, 1, 0]], dtype='int64').T, np.array([[0, 1, 1], [1, 1, 0]], dtype='int64').T)", "(':', np.array([[0, 1, 1], [1, 1, 0]], dtype='int64').T, np.array([[0, 1, 1], [1, 1, 0]], dtype='int64').T)"]:
    calls.append(f'at(a, {text})')
# Sorting.
every('sort argsort', 'np.@(a, axis=0)', 'np.@(a, axis=1)', 'np.@(a, axis=2)')
every('partition argpartition', 'np.@(a, 1, axis=0)', 'np.@(a, 1, axis=1)', 'np.@(a, 1, axis=2)')
calls += ['np.sort(a, axis=None)', 'np.sort_complex(a)', 'np.sort(a, axis=0, stable=True)', 'np.argsort(a, axis=1, stable=True)', 'np.lexsort((a, a))', 'np.lexsort((a, a), axis=0)', 'np.unique(a)', 'np.unique(a, axis=0)', 'np.unique(b, axis=1)', 'np.unique_inverse(a)', 'np.unique(a, return_inverse=True)']
# Products.
calls += ['np.dot(b, d)', 'np.dot(a, d)', 'np.dot(a, v)', 'np.dot(v, a.transpose(0, 2, 1))', 'np.dot(a, 2)', 'np.dot(a, a.transpose(0, 2, 1))', 'np.dot(d, b)', 'np.matmul(b, d)', 'np.matmul(a, d)', 'np.matmul(a, a.transpose(0, 2, 1))', 'np.matmul(a, v)', 'np.inner(a, a)', 'np.inner(b, v)', 'np.outer(b, v)', 'np.tensordot(a, a, axes=((0, 2), (0, 2)))',
          'np.tensordot(a, d, axes=1)', 'np.tensordot(a, b, axes=((1,), (0,)))', 'np.kron(b, d)', 'np.kron(a, b)', 'np.cross(q, q)', 'np.cross(a.transpose(0, 2, 1), a.transpose(0, 2, 1))', 'np.cross(q, q, axis=0)', 'np.trace(a)', 'np.trace(a, axis1=1, axis2=2)', 'np.vdot(a, a)', 'np.vecdot(a, a)', 'np.matvec(a, v)', 'np.vecmat(v, d)',
          "np.einsum('ijk->kji', a)", "np.einsum('ijk->ki', a)", "np.einsum('ijk->ik', a)", "np.einsum('ijk,k->ij', a, v)", "np.einsum('ijk,ljk->il', a, a)", "np.einsum('ij,jk->ik', b, d)", "np.einsum('ijk,ijk->ijk', a, o)", "np.einsum('ijk,ijk->kij', a, o)", "np.einsum('ijk,kl->ijl', a, d, order='F')", "np.einsum('ijk,kl->ijl', a, d, order='C')",
          'np.cov(b)', 'np.corrcoef(b)', 'np.apply_along_axis(np.sum, 1, a)', 'np.apply_along_axis(np.sort, 1, a)', 'np.apply_over_axes(np.sum, a, [0, 2])', 'np.packbits(m, axis=1)', 'np.unpackbits(np.packbits(m, axis=0), axis=0)', 'np.packbits(m, axis=2)', 'np.lib.stride_tricks.sliding_window_view(a, 2, axis=1)',
          'a.sum(axis=1)', 'a.mean(axis=0)', 'a.round(1)', 'a.clip(1, 2)', 'a.conj()', 'a.repeat(2, axis=1)', 'a.argsort(axis=0)', 'a.cumsum(axis=0)', 'a.take([0, 1], axis=1)', 'a.diagonal()', 'a.compress([True, False, True], axis=1)', 'a.dot(v)', 'z.real', 'z.imag', 'a.byteswap()', 'a.swapaxes(0, 1)', 'a.squeeze()', "a.view('int64')", 'm.choose([a, f])', 'a.flatten()', 'a.ravel()', 'a.T.copy()', 'a.argmax(axis=1)']
# Outputs that are given come back as they are.
calls += ["np.sum(a, axis=1, out=np.zeros((2, 4), order='F'))", "np.cumsum(a, axis=1, out=f)", "np.take(a, [0, 1], axis=1, out=np.zeros((2, 2, 4), order='F'))", 'np.round(a, 1, out=f)', 'np.clip(a, 1, 2, out=f)', "np.add(a, 1, out=f)", "np.dot(b, d, out=np.zeros((3, 3)))", "np.mean(a, axis=0, out=np.zeros((3, 4), order='F'))"]


def js(node):
    """A Python expression as JavaScript: keywords become one trailing object."""
    match node:
        case ast.Constant(value=v):
            return json.dumps(v)
        case ast.Name(id=n):
            return n
        case ast.Attribute(value=v, attr=n):
            return f'{js(v)}.{n}'
        case ast.List(elts=e) | ast.Tuple(elts=e):
            return f"[{', '.join(js(x) for x in e)}]"
        case ast.UnaryOp(op=ast.USub(), operand=v):
            return f'-{js(v)}'
        case ast.Call(func=f, args=args, keywords=kw):
            given = [js(x) for x in args]
            if kw:
                given.append('{' + ', '.join(f'{k.arg}: {js(k.value)}' for k in kw) + '}')
            return f"{js(f)}({', '.join(given)})"
    raise NotImplementedError(ast.dump(node))


def at(x, index):
    """An index as text, a list, or a tuple of lists, arrays and texts."""
    def one(e):
        return eval(f'np.s_[{e}]') if isinstance(e, str) else e
    if isinstance(index, str):
        return x[one(index)]
    if isinstance(index, tuple):
        return x[tuple(one(e) for e in index)]
    return x[index]


def said(x):
    """Shape and strides; axes of length 1 have arbitrary strides, and empty arrays have nothing but those."""
    if isinstance(x, (tuple, list)):
        return [said(e) for e in x]
    x = np.asanyarray(x) if not isinstance(x, np.ndarray) else x
    if x.size == 0:
        return f'{x.shape}'.replace(' ', '')
    strides = tuple(0 if n == 1 else s for n, s in zip(x.shape, x.strides))
    return f'{list(x.shape)} {list(strides)} {x.itemsize}'.replace(', ', ',')


def main():
    data = {}
    for text in dict.fromkeys(calls):
        answers = {}
        for name, layout in LAYOUTS.items():
            scope = {'np': np, 'at': at}
            scope['a'] = eval(layout, scope)
            for n, how in NAMES.items():
                scope[n] = eval(how, scope)
            with np.errstate(all='ignore'):
                try:
                    answers[name] = said(eval(text, scope))
                except Exception as e:
                    print(text, name, e)
                    answers = None
                    break
        if answers is not None:
            # Layouts with one answer in common are written together.
            groups = {}
            for k, v in answers.items():
                groups.setdefault(json.dumps(v), []).append(list(LAYOUTS).index(k))
            data[js(ast.parse(text, mode='eval').body)] = [[''.join(map(str, ks)), json.loads(v)] for v, ks in groups.items()]
    out = {'layouts': {k: js(ast.parse(v, mode='eval').body) for k, v in LAYOUTS.items()}, 'names': {k: js(ast.parse(v, mode='eval').body) for k, v in NAMES.items()}, 'calls': data}
    path = here / 'orders.json'
    lines = [f'{json.dumps(k)}:{json.dumps(v, separators=(",", ":"))}' for k, v in data.items()]
    head = json.dumps({'layouts': out['layouts'], 'names': out['names']})
    path.write_text(head[:-1] + ',"calls":{\n' + ',\n'.join(lines) + '\n}}\n')
    print(len(data), path.stat().st_size)


if __name__ == '__main__':
    main()
