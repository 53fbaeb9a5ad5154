"""Writes math.json: what NumPy gives for the elementary functions, for tests/core/math.

Run: python3 tests/golden/math.py
Operands and results are base64 of their bytes. Every case names its function, the dtypes of operands and results and the group of
operands, so that operands are stored once.
"""

import base64
import json
import os

import numpy as np

np.seterr(all='ignore')
rng = np.random.default_rng(20240607)
inf, nan = np.inf, np.nan


def bits(n, t):
    return rng.integers(0, 2 ** (8 * np.dtype(t).itemsize), n, dtype=f'u{np.dtype(t).itemsize}').view(t)


def wide(n, low, high):
    """Magnitudes 2^low to 2^high, either sign."""
    return np.ldexp(rng.uniform(0.5, 1, n), rng.integers(low, high, n)) * rng.choice([-1.0, 1.0], n)


TINY, HUGE = 2.2250738585072014e-308, 1.7976931348623157e308
SPECIAL = np.array([0.0, -0.0, inf, -inf, nan, 5e-324, -5e-324, TINY, -TINY, HUGE, -HUGE, 1, -1, 0.5, -0.5, 2, -2, 3, 10, 1e-300, 1e300, 1e200, -400,
                    100, 1000, -1000, 709.7, 709.79, 710.4, 711, -745, -746, -708, 1024, -1074, -1075, -1076, 1e22, 1e12, 1e308, 1e-5, 1e-10, 27, 8])  # fmt: skip


def reals(t):
    n = 90 if t == 'f8' else 80
    top, low = (1000, -1070) if t == 'f8' else (127, -148)
    parts = [SPECIAL, wide(n, -50, 50), wide(n, -12, 5), wide(n, low, top), rng.uniform(-4, 4, 2 * n), rng.uniform(-1, 1, 2 * n), rng.uniform(-750, 750, n),
             np.round(rng.uniform(-1000, 1000, n)), 1 + wide(n, -50 if t == 'f8' else -22, -1), np.arange(n) * np.pi / 2, np.arange(n) * 1e5 + 1.5e6, 2.0 ** np.arange(-40, 40)]  # fmt: skip
    return np.concatenate([np.concatenate(parts).astype(t), bits(n, t)])


def pairs(t):
    s = SPECIAL[[0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]]
    x, y = [a.ravel() for a in np.meshgrid(s, np.concatenate([s, [-3, 2.5, 2.0**53, 2.0**53 - 1]]))]
    n = 90
    e = 1000 if t == 'f8' else 120
    xs = [x, wide(n, -20, 20), rng.normal(size=n), rng.uniform(0, 100, n), 1 + wide(n, -22, -2), wide(n, -e, -e + 100), wide(n, e - 100, e), wide(n, -3, 3)]
    ys = [y, wide(n, -5, 5), rng.normal(size=n), rng.uniform(-150, 150, n), wide(n, 0, 20), wide(n, -e, -e + 100), wide(n, e - 100, e), np.round(rng.uniform(-40, 40, n))]
    return [np.concatenate([np.concatenate(v).astype(t), bits(n, t)]) for v in (xs, ys)]


def plane(n, low, high):
    z = np.empty(n, 'c16')
    z.real, z.imag = wide(n, low, high), wide(n, low, high)
    return z


def grid(values):
    re, im = [a.ravel() for a in np.meshgrid(values, values)]
    z = np.empty(re.size, 'c16')
    z.real, z.imag = re, im
    return z


def ordinary(n, a):
    z = np.empty(n, 'c16')
    z.real, z.imag = rng.uniform(-a, a, n), rng.uniform(-a, a, n)
    return z


file = {'groups': {}, 'cases': []}
b64 = lambda a: base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()


def group(name, *operands):
    file['groups'][name] = [{'dtype': a.dtype.name, 'data': b64(a)} for a in operands]
    return operands


def case(function, name, operands, own=None):
    """One function over one group; `own` is its name here where NumPy's differs."""
    result = getattr(np, function)(*operands)
    results = result if isinstance(result, tuple) else (result,)
    file['cases'].append({'fn': own or function, 'group': name, 'results': [{'dtype': r.dtype.name, 'data': b64(r)} for r in results]})


UNARY = ['exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'tanh', 'arcsinh', 'arccosh',
         'arctanh', 'cbrt']  # fmt: skip
BINARY = {'arctan2': 'arctan2', 'power': 'pow', 'hypot': 'hypot', 'logaddexp': 'logaddexp', 'logaddexp2': 'logaddexp2', 'fmod': 'fmod', 'divmod': 'divmod', 'floor_divide': 'floorDivide',
          'remainder': 'remainder', 'nextafter': 'nextafter'}  # fmt: skip

for t in ('f8', 'f4'):
    name = np.dtype(t).name
    x = group(f'real {name}', reals(t))
    for f in UNARY + ['spacing', 'signbit', 'frexp']:
        case(f, f'real {name}', x)
    xy = group(f'pair {name}', *pairs(t))
    for f, own in BINARY.items():
        case(f, f'pair {name}', xy, own)
    n = rng.integers(-2200, 2200, x[0].size).astype('i4')
    n[::5] = rng.integers(-30, 30, n[::5].size)
    n[::17] = rng.integers(-(2**31), 2**31, n[::17].size)
    case('ldexp', f'scale {name}', group(f'scale {name}', x[0], n))

h = group('real float16', np.concatenate([np.arange(0, 65536, 61, dtype='u2'), np.array([0x7BFF, 0x7C00, 0x7BFE, 0xFBFF, 0xFC00, 0x8000, 1, 0x8001, 0x400, 0x8400, 0x3C00, 0xBC00], 'u2')]).view('f2'))
case('spacing', 'real float16', h)
for k, target in enumerate([inf, -inf, 0]):
    case('nextafter', f'pair float16 {k}', group(f'pair float16 {k}', h[0], np.full(h[0].size, target, 'f2')))

for t in ('i1', 'u1', 'i4', 'u4', 'i8', 'u8'):
    name = np.dtype(t).name
    info = np.iinfo(t)
    a, b = [rng.integers(info.min, info.max, 200, dtype=t, endpoint=True) for _ in range(2)]
    a[::3] //= 7
    b[1::3] //= 3
    a[:4], b[2:6], a[7], b[8], a[9], b[9] = info.min, info.min, 0, 0, 0, 0
    group(f'int {name}', a, b)
    case('gcd', f'int {name}', (a, b))
    case('lcm', f'int {name}', (a, b))
    e = np.abs(b % 64)
    case('power', f'exponent {name}', group(f'exponent {name}', a, e.astype(t)), 'intPow')

CVALUES = np.array([0.0, -0.0, inf, -inf, nan, 1, -1, 0.5, -2, 1e-10, 30, -700, np.pi])
COMPLEX = ['square', 'reciprocal', 'sqrt', 'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'arcsin', 'arccos',
           'arctan', 'arcsinh', 'arccosh', 'arctanh', 'sign', 'absolute']  # fmt: skip
COMPLEX_BINARY = {'add': 'add', 'subtract': 'sub', 'multiply': 'mul', 'divide': 'div', 'power': 'pow', 'maximum': 'maximum', 'minimum': 'minimum', 'fmax': 'fmax', 'fmin': 'fmin',
                  'less': 'lt', 'less_equal': 'le'}  # fmt: skip
for t in ('c16', 'c8'):
    name = np.dtype(t).name
    unit = np.exp(1j * rng.uniform(-4, 4, 50)) * (1 + wide(50, -40, -5))
    e = 300 if t == 'c16' else 50
    z = group(f'complex {name}', np.concatenate([grid(CVALUES), plane(70, -3, 4), ordinary(100, 3), ordinary(60, 15), plane(40, -30, 30), plane(40, -e, e), unit]).astype(t))
    for f in COMPLEX:
        case(f, f'complex {name}', z, 'abs' if f == 'absolute' else f)
    s = grid(np.array([0.0, -0.0, inf, nan, 1, -1, 0.5]))
    i, j = [v.ravel() for v in np.meshgrid(np.arange(s.size), np.arange(0, s.size, 3))]
    x = np.concatenate([s[i], ordinary(200, 3)]).astype(t)
    y = np.concatenate([s[j], ordinary(100, 3), np.round(rng.uniform(-20, 20, 100)) + 0j]).astype(t)
    group(f'complex pair {name}', x, y)
    for f, own in COMPLEX_BINARY.items():
        case(f, f'complex pair {name}', (x, y), own)

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'math.json')
with open(path, 'w') as out:
    json.dump(file, out, separators=(',', ':'))
    out.write('\n')
print(len(file['cases']), 'cases,', os.path.getsize(path), 'bytes')
