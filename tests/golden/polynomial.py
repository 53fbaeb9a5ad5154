#!/usr/bin/env python3
"""Writes polynomial.json and series.json: the functions and the classes of np.polynomial, poly1d, the older functions, emath."""
import pathlib

import numpy as np

from pairs import write


def i(*x):
    """An int64 array of a list."""
    return np.array(*x, dtype='int64')


def f(*x):
    return np.array(*x, dtype='float64')


def g(*x):
    return np.array(*x, dtype='float32')


def z(*x):
    """Complex numbers from their parts."""
    a = np.array(*x, dtype='float64')
    return a[..., 0] + 1j * a[..., 1]


def R(*shape):
    return (np.arange(int(np.prod(shape))) % 7 - 2.5).reshape(shape)


names = {'i': i, 'f': f, 'g': g, 'z': z, 'R': R, 'String': str, 'repr': repr}
P = []


def pair(js, py):
    P.append((js, py))


def both(text):
    """An expression that reads the same in both languages."""
    P.append((text, text))


FAMILIES = {
    'polynomial': ('poly', 'Polynomial'),
    'chebyshev': ('cheb', 'Chebyshev'),
    'legendre': ('leg', 'Legendre'),
    'hermite': ('herm', 'Hermite'),
    'hermite_e': ('herme', 'HermiteE'),
    'laguerre': ('lag', 'Laguerre'),
}
SERIES = ['f([1, 2, 3])', 'f([0.5, -1.25, 2, 0, 3.75, 1e-3])', 'i([3, 0, -2, 5])', 'g([1, 0.5, -2])', 'z([[1, 2], [0, -1], [3, 0.5]])', 'f([2])', 'f([1, 2, 0, 0])', 'f([0])']
for module, (p, cls) in FAMILIES.items():
    n = f'np.polynomial.{module}.{p}'
    for name in ('zero', 'one', 'x', 'domain'):
        both(f'{n}{name}')
    for a in SERIES:
        both(f'{n}mulx({a})')
        both(f'{n}trim({a}, 1)')
        for m in (0, 1, 3):
            both(f'{n}der({a}, {m})')
            both(f'{n}int({a}, {m})')
        pair(f'{n}der({a}, 1, {{scl: 0.5}})', f'{n}der({a}, 1, scl=0.5)')
        pair(f'{n}int({a}, 2, [1, 2.5], {{lbnd: -1, scl: 2}})', f'{n}int({a}, 2, [1, 2.5], lbnd=-1, scl=2)')
        for k in (0, 1, 3):
            both(f'{n}pow({a}, {k})')
        for x in ('f([0, 0.25, -1.5])', '0.75', 'R(2, 1)', 'z([[1, 1], [0, 2]])', 'f([])'):
            both(f'{n}val({x}, {a})')
        for b in SERIES[:6:2]:
            for op in ('add', 'sub', 'mul', 'div'):
                # A complex series by itself leaves nothing but rounding.
                if not a == b == SERIES[4]:
                    both(f'{n}{op}({a}, {b})')
        if module != 'polynomial':
            both(f'{n}2poly({a})')
            both(f'np.polynomial.{module}.poly2{p}({a})')
        both(f'{n}companion({a})')
    both(f'{n}val(f([1, 2]), R(3, 2))')
    both(f'{n}val(f([1, 2]), R(3, 2), False)'.replace('False', '0'))
    both(f'{n}val2d(f([1, 2]), f([0.5, -1]), R(3, 4))')
    both(f'{n}val2d(f([1, 2]), f([0.5]), R(3, 4))')
    both(f'{n}val3d(f([1, 2]), f([0.5, -1]), f([0, 1]), R(3, 4, 2))')
    both(f'{n}grid2d(f([1, 2]), f([0.5, -1, 2]), R(3, 4))')
    both(f'{n}grid3d(f([1, 2]), f([0.5]), f([0, 1]), R(3, 4, 2))')
    for d in (0, 1, 4):
        both(f'{n}vander(f([0, 0.25, -1.5]), {d})')
        both(f'{n}vander(g([0, 0.25, -1.5]), {d})')
        both(f'{n}vander(R(2, 3), {d})')
    both(f'{n}vander2d(f([1, 2]), f([0.5, -1]), [1, 2])')
    both(f'{n}vander3d(f([1, 2]), f([0.5, -1]), f([0, 1]), [1, 2, 1])')
    both(f'{n}vander(f([1]), -1)')
    both(f'{n}vander(f([1]), 1.5)')
    both(f'{n}fromroots(f([-1, 0.5, 2]))')
    both(f'{n}fromroots(f([2, 3, 1, -4, 0.5]))')
    both(f'{n}fromroots([])')
    both(f'{n}line(0.5, 2.5)')
    both(f'{n}line(0.5, 0)')
    both(f'{n}roots(f([1]))')
    both(f'{n}roots(f([1, 2.5]))')
    both(f'{n}add([], [1.5])')
    both(f'{n}add([[1.5]], [1.5])')
    both(f'{n}div([1.5, 2], [0])')
    both(f'{n}pow([1.5, 2], -1)')
    both(f'{n}pow([1.5, 2], 3, 2)')
    both(f'{n}der([1.5, 2], -1)')
    both(f'{n}der([1.5, 2], 0.5)')
    both(f'{n}int([1.5, 2], -1)')
    both(f'{n}int([1.5, 2], 1, [1, 2])')
    for axis in (0, 1, -1):
        pair(f'{n}der(R(3, 4), {{axis: {axis}}})', f'{n}der(R(3, 4), axis={axis})')
        pair(f'{n}int(R(3, 4), 2, {{axis: {axis}}})', f'{n}int(R(3, 4), 2, axis={axis})')
        pair(f'{n}der(R(3, 4), 5, {{axis: {axis}}})', f'{n}der(R(3, 4), 5, axis={axis})')
    pair(f'{n}der(R(3, 4), {{axis: 2}})', f'{n}der(R(3, 4), axis=2)')
    if module != 'polynomial':
        both(f'{n}weight(f([0.25, 0.5]))')
        both(f'{n}gauss(0)')

functions, P = P, []
for module, (p, cls) in FAMILIES.items():
    c = f'np.polynomial.{cls}'
    for a in SERIES[:5]:
        pair(f'{c}({a}).repr()', f'repr({c}({a}))')
        pair(f'`${{{c}({a})}}`', f'str({c}({a}))')
        pair(f"{c}({a}).format('ascii')", f"format({c}({a}), 'ascii')")
        both(f'{c}({a})(f([0.25, -1]))')
        both(f'{c}({a}, f([0, 4]))(f([0.25, -1]))')
        pair(f'`${{{c}({a}, f([0, 4]))}}`', f'str({c}({a}, f([0, 4])))')
        pair(f"`${{{c}({a}, {{window: f([-2, 2]), symbol: 't'}})}}`", f"str({c}({a}, window=f([-2, 2]), symbol='t'))")
        both(f'{c}({a}).deriv().coef')
        both(f'{c}({a}, f([0, 4])).deriv(2).coef')
        both(f'{c}({a}, f([0, 4])).integ(2, [1, 2], 0.5).coef')
        both(f'{c}({a}).degree()')
        both(f'{c}({a}).trim(1).coef')
        both(f'{c}({a}).truncate(2).coef')
        both(f'{c}({a}).cutdeg(1).coef')
        both(f'{c}({a}).mapparms()')
        both(f'{c}({a}).linspace(3)')
        for other in FAMILIES.values():
            pair(f'{c}({a}).convert({{kind: np.polynomial.{other[1]}}}).coef', f'{c}({a}).convert(kind=np.polynomial.{other[1]}).coef')
        pair(f'{c}({a}).add({c}([1.5, 2])).coef', f'({c}({a}) + {c}([1.5, 2])).coef')
        pair(f'{c}({a}).sub(f([1, 2])).coef', f'({c}({a}) - f([1, 2])).coef')
        pair(f'{c}({a}).rsub(f([1, 2])).coef', f'({c}([0.5]) * 0 + f([1, 2]) - {c}({a})).coef')
        pair(f'{c}({a}).mul(2.5).coef', f'({c}({a}) * 2.5).coef')
        pair(f'{c}({a}).div(2.5).coef', f'({c}({a}) / 2.5).coef')
        pair(f'{c}({a}).floordiv({c}([1.5, 2])).coef', f'({c}({a}) // {c}([1.5, 2])).coef')
        pair(f'{c}({a}).mod({c}([1.5, 2])).coef', f'({c}({a}) % {c}([1.5, 2])).coef')
        pair(f'{c}({a}).pow(3).coef', f'({c}({a}) ** 3).coef')
        pair(f'{c}({a})._repr_latex_()', f'{c}({a})._repr_latex_()')
    pair(f'{c}([1.5]).add({c}([1.5], [0, 1.5]))', f'{c}([1.5]) + {c}([1.5], [0, 1.5])')
    pair(f"{c}([1.5]).add({c}([1.5], {{symbol: 'y'}}))", f"{c}([1.5]) + {c}([1.5], symbol='y')")
    pair(f"{c}([1.5], {{symbol: '1y'}})", f"{c}([1.5], symbol='1y')")
    pair(f'{c}([1.5], {{symbol: 3}})', f'{c}([1.5], symbol=3)')
    pair(f'{c}([1.5], [1.5])', f'{c}([1.5], [1.5])')
    both(f'{c}([1.5]).truncate(0)')
    both(f'{c}.basis(3).coef')
    both(f'{c}.basis(-1)')
    both(f'{c}.identity().coef')
    both(f'{c}.identity(f([0, 4])).coef')
    both(f'{c}.fromroots(f([1, 2, -0.5])).coef')
    both(f'{c}.fromroots(f([1, 2, -0.5]), f([0, 3])).coef')
    pair(f'{c}.fromroots(f([1, 2, -0.5]), null).coef', f'{c}.fromroots(f([1, 2, -0.5]), None).coef')
    both(f'{c}.domain')
    both(f'{c}.window')
    both(f'{c}([1.5]).has_samecoef({c}([1.5]))')
series, P = P, functions
both('np.polynomial.chebyshev.chebpts1(5)')
both('np.polynomial.chebyshev.chebpts2(5)')
both('np.polynomial.chebyshev.chebpts1(0)')
both('np.polynomial.chebyshev.chebpts2(1)')
both('np.polynomial.chebyshev.chebpts2(2.5)')
both('np.polynomial.chebyshev.chebgauss(5)')
both('np.polynomial.polynomial.polyvalfromroots(f([1, 2]), f([0.5, -1]))')
both('np.polynomial.polynomial.polyvalfromroots(f([1, 2]), R(3, 2))')
for name in ('trimcoef(f([1, 0.5, 0.1]), 0.2)', 'trimcoef(f([1]), -1)', 'getdomain(f([3, -1]))', 'getdomain(z([[1, 2], [0, 5]]))',
             'mapparms(f([0, 1]), f([-2, 2]))', 'mapdomain(f([0, 0.5, 1]), f([0, 1]), f([-2, 2]))', 'as_series([f([1, 0]), g([2])])',
             'format_float(0.5)', 'format_float(1e-12)', 'format_float(1.5e+20)', 'format_float(1e-12, 1)', 'format_float(12345.678901)'):
    both(f'np.polynomial.polyutils.{name}')

# poly1d and the functions with the highest power first
for a in SERIES + ['i([0, 0, 1])', 'f([12345, -1e-7, 99999.5])', 'f([1, 0, 0, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])']:
    p = f'np.poly1d({a})'
    pair(f'`${{{p}}}`', f'str({p})')
    pair(f'{p}.repr()', f'repr({p})')
    both(f'{p}.coeffs')
    both(f'{p}.order')
    both(f'{p}(f([0.5, 2]))')
    both(f'{p}({p}).coef')
    both(f'{p}.deriv().c')
    both(f'{p}.deriv(2).c')
    both(f'{p}.integ().c')
    pair(f'{p}.integ({{m: 2, k: [1, 2.5]}}).c', f'{p}.integ(m=2, k=[1, 2.5]).c')
    pair(f'{p}.at(1)', f'{p}[1]')
    pair(f'{p}.mul(f([1, 2])).c', f'({p} * f([1, 2])).c')
    pair(f'{p}.pow(3).c', f'({p} ** 3).c')
    pair(f'{p}.neg().c', f'(-{p}).c')
    for b in SERIES[:4]:
        for op in ('add', 'sub', 'mul'):
            both(f'np.poly{op}({a}, {b})')
            pair(f'np.poly{op}({p}, {b}).repr()', f'repr(np.poly{op}({p}, {b}))')
        both(f'np.polydiv({a}, {b})')
both('np.poly1d([[1.5]])')
both('np.poly(f([1, 2, -0.5]))')
both('np.poly(z([[1, 2], [1, -2]]))')
both('np.poly(z([[1, 2], [0, 3]]))')
both('np.poly([])')
both('np.poly(R(2, 3))')
both('np.roots([])')
both('np.roots(f([0, 0]))')
both('np.roots(R(2, 2))')

for x in ('f([-1, 4, 0, -0.5])', 'f([1, 4])', 'g([-1, 2])', 'i([-4, 9])', 'i([4, 9])', "np.array([-4, 9], 'int8')", 'z([[1, 2], [-1, 0]])', 'f([np.nan, -np.inf, np.inf])', 'f(-2)'):
    for name in ('sqrt', 'log', 'log2', 'log10', 'arccos', 'arcsin', 'arctanh'):
        both(f'np.emath.{name}({x})')
    both(f'np.emath.logn(2, {x})')
    both(f'np.emath.power({x}, 2)')
    both(f'np.emath.power({x}, f(0.5))')

here = pathlib.Path(__file__)
write(here.with_name('polynomial.json'), P, names)
write(here.with_name('series.json'), series, names)
