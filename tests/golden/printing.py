"""Writes printing.json, and printing-legacy.json for the modes of earlier versions: how NumPy prints arrays and numbers, for tests/ndarray/print.

Run: python3 tests/golden/printing.py
Elements are given as the base64 of their bytes and repeated cyclically until the shape is full, so that summarised arrays stay small here.
"""

import base64
import json
import os
import random
import warnings

import numpy as np

warnings.simplefilter('ignore')
np.seterr(all='ignore')
rng = np.random.RandomState(20240607)
random.seed(20240607)
choice = random.choice

# The same functions exist under these names in the test.
FORMATTERS = {
    'stars': lambda x: '***',
    'int!': lambda x: f'{int(x)}!',
    'rows': lambda x: 'ab\nc',
    'real': lambda x: f'{int(x.real)}r',
    'sign': lambda x: 'neg' if x < 0 else 'pos',
}

INTS = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64']
FLOATS = ['float16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']


def floats(n):
    """Doubles of many temperaments."""
    kind = random.randrange(12)
    if kind == 0:
        x = rng.standard_normal(n)
    elif kind == 1:
        x = np.round(rng.standard_normal(n) * 100, choice([0, 1, 2, 3]))
    elif kind == 2:
        x = 10.0 ** rng.randint(-12, 13, n)
    elif kind == 3:
        x = rng.standard_normal(n) * 10.0 ** rng.randint(-20, 20)
    elif kind == 4:
        x = rng.randint(-1000, 1000, n).astype(float)
    elif kind == 5:
        x = rng.randint(0, 2**63, n, dtype=np.uint64).view(np.float64)
    elif kind == 6:
        x = rng.randint(-20, 20, n) / 8
    elif kind == 7:
        x = rng.standard_normal(n) * 10.0 ** rng.randint(-3, 4, n)
    elif kind == 8:
        x = np.zeros(n)
    elif kind == 9:
        x = 2.0 ** rng.randint(-30, 30, n)
    elif kind == 10:
        x = rng.uniform(0, 1, n) * 10.0 ** choice([-5, -4, -3, 7, 8, 9, 15, 16, 99, 100, 300])
    else:
        x = np.arange(n) / choice([1, 2, 3, 7, 10])
    for special, odds in ((np.nan, 0.12), (np.inf, 0.08), (-np.inf, 0.08), (-0.0, 0.08), (0.0, 0.1)):
        if random.random() < odds and n:
            x[rng.randint(0, n, rng.randint(1, 3))] = special
    if random.random() < 0.02:
        x[:] = choice([np.nan, np.inf, -np.inf])
    return x


def data(dtype, n):
    if dtype == 'bool':
        return rng.randint(0, 2, n).astype(bool)
    if dtype in INTS:
        info = np.iinfo(dtype)
        kind = random.randrange(4)
        if kind == 0:
            x = rng.bytes(n * info.dtype.itemsize)
            return np.frombuffer(x, dtype).copy()
        if kind == 1:
            return np.arange(n).astype(dtype)
        if kind == 2:
            return rng.randint(0 if info.min == 0 else -50, 100, n).astype(dtype)
        return np.array([choice([info.min, info.max, 0, 1, 7]) for _ in range(n)], dtype)
    if dtype in FLOATS:
        return floats(n).astype(dtype)
    return (floats(n) + 0j if random.random() < 0.1 else floats(n) + 1j * np.where(np.isfinite(y := floats(n)), y, 0)).astype(dtype)


SHAPES = [(), (1,), (2,), (3,), (5,), (8,), (13,), (30,), (2, 2), (3, 4), (1, 1), (4, 1), (2, 3, 2), (1, 2, 1, 3), (2, 2, 2, 2), (12, 3), (5, 9)]
LARGE = [(1200,), (1001,), (60, 50), (40, 5, 6), (7, 200), (2, 2, 2, 200), (1000, 2), (1, 1500)]
EMPTY = [(0,), (0, 3), (3, 0), (2, 0, 2), (0, 0)]


def print_options():
    o = {}
    if random.random() < 0.35:
        return o
    if random.random() < 0.4:
        o['precision'] = choice([0, 1, 2, 3, 4, 8, 12, 17, 20])
    if random.random() < 0.3:
        o['floatmode'] = choice(['fixed', 'unique', 'maxprec', 'maxprec_equal'])
    if random.random() < 0.25:
        o['suppress'] = choice([True, False])
    if random.random() < 0.25:
        o['sign'] = choice([' ', '+', '-'])
    if random.random() < 0.25:
        o['linewidth'] = choice([10, 20, 30, 40, 60, 100, 200])
    if random.random() < 0.25:
        o['threshold'] = choice([0, 2, 5, 10, 20])
    if random.random() < 0.25:
        o['edgeitems'] = choice([0, 1, 2, 3, 5])
    if random.random() < 0.1:
        o['nanstr'] = choice(['NA', '-', 'not a number'])
    if random.random() < 0.1:
        o['infstr'] = choice(['INF', '∞', 'infinite'])
    return o


def keywords(dtype):
    k = {}
    if random.random() < 0.4:
        k['separator'] = choice([', ', ',', ' ', ' | ', ';  ', ''])
    if random.random() < 0.25:
        k['prefix'] = choice(['x = ', 'array(', 'a long prefix '])
    if random.random() < 0.2:
        k['suffix'] = choice([')', ' # end'])
    if random.random() < 0.2:
        k['max_line_width'] = choice([12, 25, 50, 90])
    if random.random() < 0.25:
        k['precision'] = choice([0, 1, 3, 6, 10])
    if random.random() < 0.2:
        k['suppress_small'] = choice([True, False])
    if random.random() < 0.2:
        k['floatmode'] = choice(['fixed', 'unique', 'maxprec', 'maxprec_equal'])
    if random.random() < 0.2:
        k['sign'] = choice([' ', '+', '-'])
    if random.random() < 0.2:
        k['threshold'] = choice([0, 3, 6])
    if random.random() < 0.2:
        k['edgeitems'] = choice([1, 2])
    if random.random() < 0.2:
        k['formatter'] = {choice(['bool', 'int', 'float', 'complexfloat', 'int_kind', 'float_kind', 'complex_kind', 'all', 'object']): choice(['stars', 'rows'])}
        if dtype in INTS and random.random() < 0.5:
            k['formatter'] = {choice(['int', 'int_kind', 'all']): choice(['int!', 'sign'])}
        if dtype in FLOATS and random.random() < 0.5:
            k['formatter'] = {choice(['float', 'float_kind', 'all']): 'sign', choice(['all', 'int']): 'stars'}
        if dtype in COMPLEX and random.random() < 0.5:
            k['formatter'] = {'complex_kind': 'stars', 'all': 'rows', choice(['complexfloat', 'float']): 'stars'}
    return k


def functions(options):
    """The options with named formatters replaced by the functions."""
    if 'formatter' not in options:
        return options
    return {**options, 'formatter': {k: FORMATTERS[v] for k, v in options['formatter'].items()}}


def case(x, shape, options, kw):
    a = np.resize(x, shape) if np.prod(shape) else np.zeros(shape, x.dtype)
    with np.printoptions(**functions(options)):
        texts = [str(a), repr(a), np.array2string(a, **functions(kw))]
    return [x.dtype.name, list(shape), base64.b64encode(x.tobytes()).decode(), options, kw, *texts]


def arrays():
    out = []
    for dtype in ['bool', *INTS, *FLOATS, *COMPLEX]:
        for shape in EMPTY:
            out.append(case(np.zeros(1, dtype), shape, {}, {}))
        many = {'float64': 420, 'float32': 420, 'float16': 260, 'complex64': 220, 'complex128': 220}.get(dtype, 60)
        for i in range(many):
            large = i % 14 == 0
            shape = choice(LARGE if large else SHAPES)
            n = int(np.prod(shape))
            n = min(n, choice([7, 11, 50]) if large else 40)
            options = print_options()
            if large and random.random() < 0.7:
                options.pop('threshold', None)
            if random.random() < 0.06:
                options['formatter'] = {choice(['all', 'int_kind', 'float_kind', 'complex_kind', 'bool']): 'stars'}
            if int(np.prod(shape)) > 300 and options.get('edgeitems') == 5 and len(shape) > 2:
                options['edgeitems'] = 2
            made = case(data(dtype, max(n, 1)), shape, options, keywords(dtype))
            if sum(map(len, made[5:])) < 1900:
                out.append(made)
    known = [
        [1.0, 2.0, 3.5], [1e-10, 1.0, 1e10], [0.1, 0.22, 0.333], [1e16, 1.0], [123456789.0, 0.5], [np.nan, np.inf, -np.inf, 0.0],
        [1e8, 1.0], [99999999.0, 1.0], [1e-4, 1.0], [9.9e-5, 0.01], [1.0, 1000.0], [1.0, 1000.1], [1e100, 1e-100], [1e-300, 1.0], [-0.0], [5e-324],
        [1e5, 2e5], [999999.0, 1.0], [1e6, 1.0], [0.5, 1.5, 2.5], [0.05, 0.15, 0.25], [1.0, np.nan], [-1.0, np.inf], [1e-5, np.nan], [100.0, -np.inf],
    ]  # fmt: skip
    for v in known:
        for dtype in FLOATS + COMPLEX:
            for options in ({}, {'suppress': True}, {'precision': 3}, {'precision': 1, 'floatmode': 'fixed'}, {'floatmode': 'unique'}, {'sign': ' '}):
                out.append(case(np.array(v, dtype), (len(v),), options, {}))
    return out


def scalars():
    out = []
    values = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 1e-4, 9.99e-5, 1e-5, 123456.7, 999.0, 999.5, 1000.0, 1024.0, 65504.0, 999999.0, 1e6, 16777217.0, 1e15,
              9999999999999998.0, 1e16, 1e17, 1e22, 1e23, 5e-324, 2.0**-44, 1.7976931348623157e308, 1e100, -1e-100, np.nan, np.inf, -np.inf]  # fmt: skip
    for dtype in FLOATS:
        for v in [*values, *floats(20), *floats(20)]:
            x = np.array([v]).astype(dtype)
            out.append([dtype, base64.b64encode(x.tobytes()).decode(), str(x[0]), repr(x[0])])
    for dtype in COMPLEX:
        for re in [0.0, -0.0, 1.0, -2.5, 1e16, 1e6, 1e-5, np.nan, np.inf, -np.inf]:
            for im in [0.0, -0.0, 2.0, -0.1, 1e20, 1e-7, np.nan, np.inf, -np.inf]:
                x = np.array([complex(re, im)]).astype(dtype)
                out.append([dtype, base64.b64encode(x.tobytes()).decode(), str(x[0]), repr(x[0])])
    for dtype in INTS:
        for v in {np.iinfo(dtype).min, np.iinfo(dtype).max, 0, 1, 100}:
            x = np.array([v], dtype)
            out.append([dtype, base64.b64encode(x.tobytes()).decode(), str(x[0]), repr(x[0])])
    for v in (True, False):
        x = np.array([v])
        out.append(['bool', base64.b64encode(x.tobytes()).decode(), str(x[0]), repr(x[0])])
    return out


def numbers():
    """format_float_positional and format_float_scientific: [dtype, bits, name, arguments, text or [error, message]]."""
    out = []
    for i in range(1100):
        dtype = choice(FLOATS)
        x = floats(8).astype(dtype)[:1]
        name = choice(['format_float_positional', 'format_float_scientific'])
        k = {'unique': random.random() < 0.7, 'trim': choice('k.0-'), 'sign': random.random() < 0.3}
        k['precision'] = choice([0, 1, 2, 3, 5, 8, 8, 17, 30, *([None, None, None] if k['unique'] else [])])
        k['min_digits'] = choice([None, None, None, 0, 1, 4, 12])
        k['pad_left'] = choice([None, None, 0, 3, 10])
        if name == 'format_float_positional':
            k['pad_right'] = choice([None, None, 0, 3, 10])
            k['fractional'] = random.random() < 0.7
        else:
            k['exp_digits'] = choice([None, None, 0, 1, 3, 4, 7])
        if i % 40 == 0:
            k[choice(['precision', 'min_digits', 'pad_left'])] = -1
        k = {a: b for a, b in k.items() if b is not None}
        try:
            text = getattr(np, name)(x[0], **k)
            if len(text) > 120:
                continue
        except (ValueError, TypeError) as e:
            text = [type(e).__name__, str(e)]
        out.append([dtype, base64.b64encode(x.tobytes()).decode(), name, k, text])
    return out


def python():
    """[bits, repr] of Python floats."""
    values = [0.0, -0.0, 1.0, 1e15, 1e16, 1e-4, 1e-5, 123456789.123, 1e22, 1e23, 0.1, 5e-324, 2.0**-1022, 9007199254740993.0, np.inf, -np.inf, np.nan]
    for _ in range(30):
        values += floats(10).tolist()
    return [[base64.b64encode(np.float64(v).tobytes()).decode(), repr(float(v))] for v in values]


def legacy():
    """Arrays as earlier versions print them."""
    out = []
    for mode in ('1.13', '1.21', '1.25', '2.1', '2.2'):
        for i in range(160 if mode == '1.13' else 40):
            dtype = choice(['bool', 'int8', 'int64', 'uint64', *FLOATS, *FLOATS, *COMPLEX])
            large = i % 9 == 0
            shape = choice(LARGE[:4] if large else [*SHAPES, (0, 3)])
            options = {**print_options(), 'legacy': mode}
            if large:
                options['threshold'] = 20
            if options.get('edgeitems') == 5:
                options['edgeitems'] = 2
            options.pop('floatmode', None) if options.get('floatmode') == 'unique' else None
            kw = keywords(dtype)
            kw.pop('floatmode', None)
            made = case(data(dtype, min(max(int(np.prod(shape)), 1), 12)), shape, options, kw)
            if sum(map(len, made[5:])) < 900:
                out.append(made)
    return out


golden = {'numpy': np.__version__, 'arrays': arrays(), 'scalars': scalars(), 'numbers': numbers(), 'python': python()}


def write(name, golden):
    path = os.path.join(os.path.dirname(__file__), name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write('{\n')
        parts = []
        for name, rows in golden.items():
            if isinstance(rows, str):
                parts.append(f'{json.dumps(name)}: {json.dumps(rows)}')
            else:
                body = ',\n'.join(json.dumps(r, ensure_ascii=False, separators=(',', ':')) for r in rows)
                parts.append(f'{json.dumps(name)}: [\n{body}\n]')
        f.write(',\n'.join(parts) + '\n}\n')
    print({k: len(v) for k, v in golden.items()}, os.path.getsize(path), 'bytes')


write('printing.json', golden)
write('printing-legacy.json', {'arrays': legacy()})
