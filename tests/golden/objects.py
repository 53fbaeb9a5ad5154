#!/usr/bin/env python3
"""Writes objects.json: arrays of objects. Each expression of Python is written anew in JavaScript: ints in data are bigints there."""
import ast
import json
import pathlib
import warnings

import numpy as np

warnings.simplefilter('ignore')
np.seterr(all='ignore')

nan = float('nan')
inf = float('inf')

NAMES = {'None': 'null', 'True': 'true', 'False': 'false', 'nan': 'NaN', 'inf': 'Infinity', 'object': "'object'", 'float': "'float64'", 'int': "'int64'", 'bool': "'bool'", 'complex': "'complex128'", 'n': 'np'}
# What these give is a truth value of Python's, and here one of JavaScript's.
PREDICATES = {'array_equal', 'array_equiv', 'iscomplexobj', 'isrealobj', 'isscalar', 'can_cast', 'allclose'}


def number(v, data):
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    if isinstance(v, bool) or v is None:
        return NAMES[str(v)]
    if isinstance(v, int):
        return f'{v}n' if data else str(v)
    if isinstance(v, complex):
        return f'np.complex({v.real!r}, {v.imag!r})'
    if isinstance(v, bytes):
        return f'new Uint8Array({list(v)})'
    return repr(v)


def js(e, data=False):
    """An expression of Python in JavaScript; `data` where ints are elements of arrays."""
    match e:
        case ast.Constant(value):
            return number(value, data)
        case ast.UnaryOp(ast.USub(), ast.Constant(value)):
            return number(-value, data)
        case ast.UnaryOp():
            return number(eval(ast.unparse(e)), data)
        case ast.BinOp(ast.List() as items, ast.Mult(), ast.Constant(times)):
            return f'new Array({times}).fill({js(items)}).flat()'
        case ast.BinOp():
            return number(eval(ast.unparse(e)), data)
        case ast.Name(id):
            return NAMES.get(id, id)
        case ast.List(items):
            return '[' + ', '.join(js(i, True) for i in items) + ']'
        case ast.Tuple(items):
            return '[' + ', '.join(js(i, data) for i in items) + ']'
        case ast.Dict(keys, values):
            return '({' + ', '.join(f'{k.value}: {js(v, True)}' for k, v in zip(keys, values)) + '})'
        case ast.Attribute(value, attr):
            return f'{js(value)}.{attr}'
        case ast.Subscript(value, index):
            return f'{js(value)}.at({js(index)})'
        case ast.Slice(lower, upper, step):
            return "'" + ':'.join('' if p is None else ast.unparse(p) for p in (lower, upper)) + "'"
        case ast.Call(ast.Name('float'), [ast.Constant(value)]):
            return {'nan': 'NaN', 'inf': 'Infinity', '-inf': '-Infinity'}[value]
        case ast.Call(f, args, keywords):
            inside = isinstance(f, ast.Name)
            given = [js(a, inside) for a in args]
            if keywords:
                given.append('{' + ', '.join(f'{k.arg}: {js(k.value, inside)}' for k in keywords) + '}')
            return f"{js(f)}({', '.join(given)})"
    raise ValueError(ast.dump(e))


def O(*elements):
    """An array of these elements, whatever they are."""
    a = np.empty(len(elements), object)
    for i, x in enumerate(elements):
        a[i] = x
    return a


def show(x, name):
    if isinstance(x, (tuple, list)) and not (name in ('reduce', 'sum', 'max', 'item')):
        return '[' + ', '.join(show(e, name) for e in x) + ']'
    if isinstance(x, bool) and name in PREDICATES:
        x = np.bool_(x)
    if isinstance(x, str) and name.startswith('array'):
        return x
    if x is None and name in ('put', 'place', 'putmask', 'copyto', 'at'):
        return 'None'
    if not isinstance(x, (np.ndarray, np.generic, np.dtype)):
        a = np.empty((), object)
        a[()] = x
        x = a
    return repr(x) if isinstance(x, np.dtype) else repr(np.asarray(x)) + ' ' + np.asarray(x).dtype.name


def answer(text):
    tree = ast.parse(text, mode='eval').body
    name = tree.func.attr if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) else ''
    try:
        want = show(eval(text, {'np': np, 'n': np, 'O': O, 'nan': nan, 'inf': inf}), name)
    except Exception as e:
        want = {'e': type(e).__name__.lstrip('_'), 'm': str(e)}
    return [js(tree), want]


TEXTS = """
np.any(O(None,1,'a'))
np.all(O(None,1,'a'))
np.any(O(None,0,''))
np.logical_and(O(1,0,None),O(2,3,4))
np.logical_or(O(1,0,None),O(2,3,4))
np.logical_xor(O(1,0),O(2,3))
np.logical_not(O(1,0,None,''))
np.logical_and.reduce(O(1,2,3))
np.logical_or.reduce(O(0,0,3))
np.logical_and.reduce(O())
np.logical_or.reduce(O())
np.add.reduce(O())
np.multiply.reduce(O())
np.maximum.reduce(O())
np.subtract.reduce(O(5,2,1))
np.add.reduce(O(),axis=None,initial=None)
np.sum(O('a','b'))
np.sum(O('a'))
np.prod(O(2,3))
np.mean(O(1,2,4))
np.mean(O(1,2,3))
np.mean(O())
np.var(O(1,2,4))
np.cumsum(O(1,2,'a'))
np.cumsum(O('x','y'))
np.ptp(O(1,5,2))
np.min(O(3,1,2))
np.min(O(3,None,2))
np.min(O())
np.argmin(O(3,1,2))
np.argmax(O('a','c','b'))
np.argmax(O(None,1))
np.sort(O(3,1,2))
np.sort(O(3,None,2))
np.argsort(O('b','a'))
np.lexsort((O(3,1,2),O(1,1,0)))
np.searchsorted(O(1,2,3),O(2))
np.searchsorted(O(1,2,3),2)
np.unique(O(3,1,3))
np.dot(O(1,2),O(3,4))
np.matmul(O(1,2),O(3,4))
np.vecdot(O(1,2),O(3,4))
np.tensordot(O(1,2),O(3,4),1)
np.inner(O(1,2),O(3,4))
np.outer(O(1,2),O(3,4))
np.einsum('i,i',O(1,2),O(3,4))
np.einsum('i,i->i',O(1,2),O(3,4))
np.einsum('ij,jk',n.ones((2,2),object),n.ones((2,2),object))
np.where(O(1,0,None),1,2)
np.clip(O(1,5,9),2,6)
np.diff(O(1,3,8))
np.take(O(1,2,3),[0,2])
np.nonzero(O(0,None,1,''))
np.count_nonzero(O(0,None,1,'',[],[1]))
np.array_equal(O(1,None),O(1,None))
np.isin(O(1,None,'a'),O(None,1))
np.isin(O(1,2,3),[1,2])
np.median(O(3,1,2))
np.median(O(3,1,2,4))
np.percentile(O(3,1,2,4),50)
np.isnan(O(1.0))
np.isfinite(O(1.0))
np.add(O(1),O(None))
np.add(O(None),1)
np.subtract(O('a'),O('b'))
np.less(O(None),O(1))
np.less(O(1),O('a'))
np.equal(O(1),O('a'))
np.equal(O(None),None)
np.equal(O(1,2),O(1,3),dtype=object)
np.less(O(1,2),O(1,3),dtype=object)
np.floor_divide(O(7),O(0))
np.divide(O(7),O(0))
np.divide(O(7.0),O(0.0))
np.remainder(O(7),O(0))
np.remainder(O(7.0),O(0.0))
np.floor_divide(O(7.0),O(0.0))
np.power(O(2),O(-1))
np.power(O(0),O(-1))
np.power(O(0.0),O(-1))
np.power(O(-8.0),O(1/3))
np.power(O(2),O(100))
np.left_shift(O(1),O(100))
np.left_shift(O(1),O(-1))
np.right_shift(O(1),O(-1))
np.bitwise_and(O(5),O(3.0))
np.invert(O(5,True))
np.invert(O(5.0))
np.negative(O(5,True,2.5))
np.negative(O('a'))
np.positive(O('a'))
np.absolute(O(-5,-2.5,3+4j))
np.absolute(O('a'))
np.sign(O(-5,2.5,0,True))
np.sign(O(float('nan')))
np.sign(O('a'))
np.sign(O(1j))
np.gcd(O(12,0),O(18,0))
np.lcm(O(12,0),O(18,0))
np.gcd(O(12.0),O(18))
np.gcd(O('a'),O('b'))
np.maximum(O(3,'a'),O(4,'b'))
np.maximum(O(3),O(None))
np.maximum(O(float('nan')),O(1.0))
np.maximum(O(1.0),O(float('nan')))
np.fmax(O(1.0),O(float('nan')))
np.minimum(O(1),O(True))
np.square(O(3,2.5))
np.square(O('a'))
np.reciprocal(O(3,2.0))
np.floor(O(2.5,3))
np.floor(O('a'))
np.ceil(O(2.5,3))
np.trunc(O(2.5,-3))
np.conjugate(O(1,1j))
np.conjugate(O('a'))
np.real(O(1,1j))
np.imag(O(1,1j))
np.bitwise_count(O(5,255))
np.isclose(O(1,2),O(1,2))
np.allclose(O(1,2),O(1,2))
np.multiply(O('ab'),O(2))
np.add(O([1,2],None)[:1],O([3],None)[:1])
np.divmod(O(7),O(2))
np.copysign(O(2),O(3))
np.heaviside(O(2),O(3))
np.signbit(O(2))
np.matmul(O('a'),O('b'))
np.matmul(n.zeros((2,0),object),n.zeros((0,2),object))
np.dot(O(),O())
np.einsum('i->',O(1,2,3))
np.nan_to_num(O(1,2))
np.nansum(O(1,2))
np.nansum(O(1,None,float('nan')))
np.nanmax(O(1,float('nan')))
np.histogram(O(1,2))
np.interp(O(1),O(1),O(2))
np.convolve(O(1,2),O(1,2))
np.correlate(O(1,2),O(1,2))
np.cross(O(1,2,3),O(3,4,5))
np.trace(n.ones((2,2),object))
np.kron(O(1,2),O(3,4))
np.average(O(1,2))
np.average(O(1,2),weights=O(1,3))
np.bincount(O(1,2))
np.digitize(O(1,2),O(1,2))
np.gradient(O(1,2,4))
np.trapezoid(O(1,2,4))
np.partition(O(3,1,2),1)
np.argpartition(O(3,1,2),1)
np.packbits(O(1,0))
np.fix(O(1.5))
np.i0(O(1.5))
np.isposinf(O(1.5))
np.iscomplex(O(1.5,1j))
np.isreal(O(1.5,1j))
np.iscomplexobj(O(1j))
np.isrealobj(O(1j))
np.argwhere(O(1,0,2))
np.flatnonzero(O(1,0,2))
np.extract(O(1,0),O(5,6))
np.select([O(1,0)],[O(5,6)])
np.choose(O(0,1),[O(1,2),O(3,4)])
np.intersect1d(O(1,2),O(2,3))
np.union1d(O(1,'a'),O(2,3))
np.setdiff1d(O(1,2),O(2))
np.ldexp(O(1),O(2))
np.unwrap(O(1,2))
np.zeros(2,object)
np.ones(2,object)
np.full(2,None)
np.full(2,[1,2],object)
np.eye(2,dtype=object)
np.identity(2,dtype=object)
np.arange(3,dtype=object)
np.arange(0,1.5,.5,dtype=object)
np.linspace(0,1,3,dtype=object)
np.fromiter([1,'a',None],object)
np.tri(2,dtype=object)
np.vander(O(1,2,3))
np.ones_like(O('a'))
np.zeros_like(O('a'))
np.concatenate([O(1),[2.5]])
np.append(O(1),'a')
np.roll(O(1,2),1)
np.repeat(O(1,None),2)
np.sum(O(1,2),dtype=float)
np.add(1,2,dtype=object)
np.add(O(1),O(2),dtype=float)
np.add(O(1),1,out=n.zeros(1))
np.add(O(1),1,out=n.zeros(1),casting='unsafe')
np.add.at(O(1,2),[0],5)
np.result_type(object,int)
np.can_cast(object,int)
np.isnan(O(None))
np.nanmean(O(1.0,2.0))
np.nanmedian(O(1.0,2.0))
np.modf(O(1.5))
np.sort_complex(O(1,2))
np.cumprod(O(2,3))
np.cumulative_sum(O(2,3))
np.ediff1d(O(2,3))
np.rot90(n.ones((2,2),object))
np.add.reduce(O(1,2,3),where=[True,False,True])
np.multiply.reduce(O(1,2,3),where=[True,False,True],initial=1)
np.maximum.reduce(O(1,2,3),where=[True,False,True])
np.logical_or.reduce(O(1,2,3),where=[True,False,True])
np.any(O(1,2,3),where=[True,False,True])
np.add.reduce(n.ones((2,0),object),axis=1)
np.add.reduce(n.ones((2,2),object),axis=(0,1))
np.subtract.reduce(n.ones((2,2),object),axis=(0,1))
np.equal.reduce(O(1,2,3))
np.less.reduce(O(1,2,3))
np.less.accumulate(O(1,2,3))
np.equal.accumulate(O(1,2,3))
np.add.accumulate(O(1,'a'))
np.add.reduceat(O(1,2,3,4),[0,2])
np.add.outer(O(1,2),O(3,4))
np.logical_and.accumulate(O(1,0,3))
np.gcd.reduce(O())
np.bitwise_and.reduce(O())
np.bitwise_or.reduce(O())
np.bitwise_xor.reduce(O())
np.lcm.reduce(O())
np.logical_xor.reduce(O())
np.hypot.reduce(O())
np.power.reduce(O())
np.divide.reduce(O(1,2,4))
np.divide.reduce(O())
np.floor_divide.reduce(O(7,2))
np.add.reduce([1.5,2],dtype=object)
np.add.reduce(O(1,2),dtype=int)
np.add.reduce(O(1,2),initial=5)
np.minimum.reduce(O(3,1),initial=0)
np.add([1,2],[3,4],out=O(0,0))
np.add([1,2],[3,4],dtype=object)
np.add(O(1,2),[3,4],signature='OO->O')
np.add(O(1,2),[3,4],signature='dd->d')
np.add(O(1,2),[3,4],dtype=float,casting='unsafe')
np.equal(O(1,2),[1,4],dtype=bool)
np.equal([1],[1],dtype=object)
np.equal([1],[1],signature='OO->?')
np.isnan(O(1),dtype=object)
np.logical_and([1],[0],dtype=object)
np.logical_and(O(1),O(5),dtype=bool)
np.logical_not(O(1),dtype=bool)
np.logical_and.reduce(O(1,5),dtype=bool)
np.gcd(O(None),O(1))
np.gcd(O([1]),O(1))
np.lcm(O('a'),O(1))
np.bitwise_count(O(1.0))
np.add(O(1,2),O(1,2,3))
np.equal(O(float('nan')),O(float('nan')))
np.fmod.reduce(O())
np.invert(O(None))
np.add(O(n.arange(2),None)[:1],1)
np.matmul(O(1,2),O(3,None))
np.add.at(O(1,2),[0,0],5)
np.mean(O(1.5,2j))
np.mean(O('a','b'))
np.nansum(O(1,None))
np.isin(O(1,None),O('a',1))
np.array_equal(O(float('nan')),O(float('nan')),equal_nan=True)
np.array_equiv(O(1,2),O(1,2))
np.setxor1d(O(1,2),O(2,3))
np.unique(O('b','a','b'),return_index=True,return_inverse=True,return_counts=True)
np.argsort(O(3,1,2),kind='stable')
np.clip(O('a','c','z'),'b','y')
np.min(O('b','a'))
np.argmax(O())
np.prod(O())
np.trace(O(1,2).reshape(1,2))
np.diagonal(n.ones((2,2),object))
np.nan_to_num(O(1.0,None))
np.real_if_close(O(1,2))
np.isscalar(O(1))
np.iscomplex(O(1))
np.einsum('ij->j',n.ones((2,2),object))
np.einsum('i,j,k',O(1),O(2),O(3))
np.cumulative_prod(O(1,2))
np.histogram(O(1,2),bins=2)
np.nancumsum(O(1,2))
np.nanargmax(O(1,2))
np.nanargmax(O(1.0,float('nan')))
np.nanmin(O(float('nan'),1))
np.nanvar(O(1.0,2.0))
np.nanstd(O(1.0,2.0))
np.nanprod(O(2,3))
np.nanpercentile(O(1.0,2.0),50)
np.quantile(O(1,2,3),[.5,.25])
np.gradient(O(1,2,4),edge_order=2)
np.interp(1,[1,2],O(1,2))
np.searchsorted(O(1,2,3),O(2,'a'))
np.searchsorted([1,2,3],O(2))
np.searchsorted(O('a','c'),'b')
np.put(O(1,2),[0],[9])
np.place(O(1,2),[True,False],[9])
np.putmask(O(1,2),[True,False],[9])
np.copyto(O(1,2),5)
np.copyto(n.zeros(2),O(1,2))
np.resize(O(1,2),3)
np.tile(O(1,2),2)
np.insert(O(1,2),0,'x')
np.delete(O(1,2),0)
np.trim_zeros(O(0,1,0))
np.block([O(1),O(2)])
np.stack([O(1),O(2)])
np.compress([True,False],O(1,2))
np.outer(O(1,2),[1.5])
np.fmin.reduce(O(1,2))
np.divmod(O(1),1)
np.frexp(O(1))
np.spacing(O(1.))
np.logaddexp(O(1),O(2))
np.min_scalar_type(O(1))
np.equal(O([1,2],None),O([1,2],None))
np.less(O([1,2],None)[:1],O([1,3],None)[:1])
np.not_equal(O('a'),'b')
np.add(O('a'),'b')
np.multiply(2,O('b'))
np.add('b',O('a'))
np.sum(O([1],[2,3]))
np.max(O([1],[2,3]))
np.dot(O(1,2),[1.5,2])
np.dot(n.ones((2,2),object),O(1,2))
np.vdot(O(1,1j),O(1,1j))
np.inner(O(),O())
np.tensordot(n.ones((2,2),object),n.ones((2,2),object))
np.correlate(O(1,1j),O(1,1j))
np.vecdot(O(1,1j),O(1,1j))
np.matvec(n.ones((2,2),object),O(1,2))
np.vecmat(O(1,2),n.ones((2,2),object))
np.asarray(O(1,2),dtype='f4')
np.full(2,1.5,dtype=object)
np.nonzero(O(n.arange(2),1))""".strip().split('\n')

# Every operator and comparison on values of every kind.
VALUES = ['1', '0', '-7', '3', '2**70', '-2**65', '2.5', '-7.5', '0.0', 'nan', 'inf', 'True', 'False', "'ab'", "''", 'None', '1j', '(3+4j)', '[1, 2]', '[]', "b'x'", "{'a': 1}"]
OPERATORS = ['add', 'subtract', 'multiply', 'divide', 'floor_divide', 'remainder', 'power', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'equal', 'less', 'greater_equal', 'maximum', 'minimum', 'logical_and', 'logical_or', 'gcd']
UNARY = ['negative', 'positive', 'absolute', 'invert', 'square', 'reciprocal', 'floor', 'ceil', 'trunc', 'sign', 'conjugate', 'logical_not']


def pairs_of_values():
    """Some of the pairs for every operator, another choice for each, in no order; powers only of what is small."""
    k = 0
    for op in OPERATORS:
        for a in VALUES:
            for b in VALUES:
                k += 1
                if (k * 7919) % 7 != 0 and not (a == b):
                    continue
                # Text formatting is another subject, and powers of libraries differ in their last places.
                # An infinity or NaN is refused before what is no number.
                if op == 'gcd' and ({a, b} & {'nan', 'inf'}) and ({a, b} & {'None', "''", "'ab'", "{'a': 1}"}):
                    continue
                if (op == 'remainder' and a[0] in '"\'b') or op == 'power' and ('j' in a + b or '.5' in a and '.5' in b or '**' in a or '**' in b or '2.5' in (a, b) and '1j' in (a, b)):
                    continue
                yield f'np.{op}(O({a}), O({b}))'
    for op in UNARY:
        for a in VALUES:
            yield f'np.{op}(O({a}))'
    for op in ('left_shift', 'right_shift'):
        for a, b in (('1', '70'), ('-5', '1'), ('True', '2'), ('1.0', '2'), ('1', '-1'), ('2**70', '60'), ('None', '1')):
            yield f'np.{op}(O({a}), O({b}))'
    for d in ('bool', 'int', 'float', 'complex', "'i1'", "'u8'", "'f4'"):
        for a in VALUES[:17] + VALUES[20:]:
            yield f'np.copyto(n.zeros(1, {d}), O({a}))'
            yield f'O({a}).astype({d})'
    for a in VALUES:
        yield f'np.array2string(O({a}, 1))'
        yield f'O(1, {a})'
        yield f'np.nonzero(O({a}))'


# Texts of arrays that are long, wide, nested and empty.
PRINTED = r"""
O()
n.empty((0, 2), object)
n.array([[1, None], ['a', 2.5]], dtype=object)
n.array([[1, 2], [3]], dtype=object)
n.arange(2000, dtype=object)
n.arange(30, dtype=object).reshape(5, 6)
O(n.arange(3), n.arange(4), 1)
O(n.array([[1, 2], [3, 4]]), 1)
O(1, n.array([[1, 2], [3, 4]]), 'x')
O([1, [2, None]], {'a': [1.5, 'b']}, b'ab')
O('it\'s', '"', 'a\nb', 'é', '\x00', '\t', '\\')
O(1e16, 1e-5, 123456789.125, -0.0, nan, inf, 0.1)
O(1j, 2+0j, 1.5-2j)
n.array('a', dtype=object)
n.array(None, dtype=object)
n.array([n.array(['x', None], dtype=object), None], dtype=object)
O('a' * 40, 'b' * 40, 'c' * 40)
n.array([1, None, 'a'] * 20, dtype=object)
n.array([[1.5, None], [True, 'abc']], dtype=object).T
np.array2string(O(1, 'a', None), separator=', ')
np.array_str(O(1, 'a', None))
np.array_repr(O(1, 'a', None))
np.array([1, 2, 3]).astype(object)
np.array([1.5, 2]).astype(object)
np.array([True]).astype(object)
np.array([1j]).astype(object)
np.array(['a', 'bc']).astype(object)
np.array([2**63], 'u8').astype(object)
O(1, 2).reshape(2, 1)
O(1, 2).sum()
O(1, 2).item(0)
np.array([None, 1.5])
np.array([None, 1])
np.array([{'a': 1}, 2])
np.array([2**70, 1])
np.array([[None, 1], [2, 'a']])
np.array([None])
np.asarray([None, 'a'])
np.full((2, 2), None)
np.zeros((2, 2), object)
np.ones((1, 2), object)
np.empty((1, 2), object)
np.zeros_like(O(1, 2))
np.result_type(object, 'i4')
np.promote_types('O', 'f8')
np.can_cast('f8', 'O')
np.can_cast('O', 'f8', 'same_kind')
""".strip().split('\n')

if __name__ == '__main__':
    TEXTS += [*pairs_of_values(), *PRINTED]
    rows = [answer(t) for t in dict.fromkeys(t.strip() for t in TEXTS if t.strip())]
    path = pathlib.Path(__file__).parent / 'objects.json'
    path.write_text('[\n' + ',\n'.join(json.dumps(r) for r in rows) + '\n]\n')
    print(f'{path.name}: {len(rows)} cases, {path.stat().st_size / 1024:.0f} KB')
