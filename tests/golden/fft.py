"""Writes fft.json: np.fft's signatures, transforms of many lengths, dtypes, layouts and keywords, and errors, for tests/ndarray/fft.

Run: python3 tests/golden/fft.py
"""

import inspect
import json
import pathlib
import warnings

import numpy as np

SAMPLES = 3


def numbers(seed, count):
    """What the test makes, too: numbers between -1 and 1 that doubles hold exactly."""
    out, x = [], seed
    for _ in range(count):
        x = x * 48271 % 2147483647
        out.append((x % 2000001 - 1000000) / 2**20)
    return np.array(out)


def operand(seed, shape, dtype, layout):
    size = int(np.prod(shape))
    d = np.dtype(dtype)
    if d.kind == 'c':
        v = numbers(seed, 2 * size)
        a = (v[::2] + 1j * v[1::2]).astype(d)
    elif d.kind in 'iu':
        a = np.abs(np.floor(numbers(seed, size) * 100)).astype(d)
    elif d.kind == 'b':
        a = numbers(seed, size) > 0
    else:
        a = numbers(seed, size).astype(d)
    if layout == 'F':
        return a.reshape(shape[::-1]).T
    a = a.reshape(shape)
    return a[::-1] if layout == 'reversed' else a


cases = []


def case(f, shape, dtype='float64', layout='C', **kw):
    seed = len(cases) + 1
    a = operand(seed, shape, dtype, layout)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        y = getattr(np.fft, f)(a, **kw)
    step = max(1, y.size // SAMPLES)
    flat = np.ascontiguousarray(y).ravel()[::step].astype(complex)
    cases.append({
        'f': f, 'seed': seed, 'shape': shape, 'dtype': dtype, 'layout': layout, 'kw': kw,
        'to': [str(y.dtype), list(y.shape), list(y.strides)], 'step': step, 'largest': float(f'{np.abs(y.astype(complex)).max():.3g}') if y.size else 0,
        're': [float(f'{v:.16g}') for v in flat.real], 'im': [float(f'{v:.16g}') for v in flat.imag] if y.dtype.kind == 'c' else [],
    })  # fmt: skip


LENGTHS = [*range(1, 65), 97, 100, 128, 243, 289, 1000, 1021, 2042, 3**7, 4096, 4099, 5**5, 7**4, 11**3, 13**3, 17 * 19 * 23]
for n in LENGTHS:
    case('fft', [n], 'complex128')
    case('ifft', [n], 'complex128')
    case('fft', [n])
    case('rfft', [n])
    case('irfft', [n // 2 + 1], 'complex128', n=n)
for n in (60000, 65536, 65537, 60001):
    for f in ('fft', 'ifft'):
        case(f, [n], 'complex128')
    case('rfft', [n])
    case('irfft', [n // 2 + 1], 'complex128', n=n)
ONE = ('fft', 'ifft', 'rfft', 'irfft', 'hfft', 'ihfft')
for f in ONE:
    for dtype in ('bool', 'int8', 'uint64', 'float16', 'float32', 'float64', 'complex64', 'complex128', '>f8', '>i4', '>c8'):
        if f in ('rfft', 'ihfft') and np.dtype(dtype).kind == 'c':
            continue
        for norm in (None, 'ortho', 'forward'):
            case(f, [9], dtype, norm=norm)
    for n in (1, 2, 5, 9, 12, 13):
        case(f, [9], n=n)
        case(f, [4, 9], n=n, axis=0, norm='ortho')
    for layout in ('C', 'F', 'reversed'):
        for axis in (0, 1, 2, -2):
            case(f, [4, 6, 5], 'float32', layout, axis=axis)
            if f not in ('rfft', 'ihfft'):
                case(f, [4, 6, 5], 'complex128', layout, axis=axis)
    case(f, [40, 30], axis=0)
    case(f, [0, 4])
MANY = ('fft2', 'ifft2', 'rfft2', 'irfft2', 'fftn', 'ifftn', 'rfftn', 'irfftn')
for f in MANY:
    kinds = ['float64', 'float32', 'int32'] + ([] if f.startswith('rfft') else ['complex128', 'complex64'])
    for dtype in kinds:
        for layout in ('C', 'F', 'reversed'):
            case(f, [3, 4, 5], dtype, layout)
    case(f, [12, 10], norm='ortho')
    case(f, [12, 10], norm='forward')
    case(f, [3, 4, 5], axes=[0, 2])
    case(f, [3, 4, 5], axes=[2, 0])
    case(f, [3, 4, 5], axes=[-1])
    case(f, [3, 4, 5], axes=[1, 1])
    case(f, [3, 4, 5], s=[5, 4], axes=[0, 1])
    case(f, [3, 4, 5], s=[-1, 3], axes=[1, 2])
    case(f, [3, 4, 5], s=[2, 7], axes=[2, 1])
    case(f, [16, 16, 16])
for f in ('fftn', 'rfftn', 'irfftn'):
    case(f, [3, 4, 5], s=[2, 6])

errors = []


def error(f, data, dtype=None, out=None, **kw):
    """`out` is a shape and a dtype."""
    a = np.array(data, dtype)
    given = dict(kw)
    if out is not None:
        given['out'] = np.empty(*out)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            getattr(np.fft, f)(a, **given)
    except Exception as e:
        errors.append({'f': f, 'data': data, 'dtype': a.dtype.str, 'out': out, 'kw': kw, 'type': type(e).__name__, 'text': str(e)})
        return
    raise SystemExit(f'{f} {data} {kw} is no error')


ROW = [1.0, 2.0]
GRID = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
for f in ONE:
    error(f, [])
    error(f, ROW, n=0)
    error(f, ROW, n=-3)
    error(f, ROW, n=2.5)
    error(f, 3.0)
    error(f, ROW, axis=1)
    error(f, ROW, n=2, axis=1)
    error(f, ROW, n=2, axis=-2)
    error(f, ROW, norm='backwards')
    error(f, ['a', 'b'])
    error(f, [1, 2], 'm8[s]')
    error(f, [1, 2], 'object')
    if f in ('hfft',):
        continue
    error(f, ROW, out=[[5], 'complex128'])
    error(f, GRID, out=[[2], 'complex128'])
    error(f, ROW, out=[[2 if f != 'ifft' else 2], 'int64'])
error('rfft', [1, 2], 'complex64')
error('rfft', [1, 2, 3], 'complex128')
error('ihfft', [1, 2, 3], 'complex128')
error('fft', GRID, axis=0, out=[[2, 4], 'complex128'])
error('fft', GRID, axis=0, out=[[2, 1], 'complex128'])
error('fft', GRID, axis=0, out=[[3, 3], 'complex128'])
for f in MANY:
    error(f, GRID, s=[2, 2], axes=[0])
    error(f, GRID, axes=[0, 4])
    error(f, GRID, s=[2, 0], axes=[0, 1])
    error(f, GRID, s=[2.5, 2], axes=[0, 1])
    error(f, GRID, s=3)
    error(f, GRID, s=[3], axes=[4])
for f in ('fft2', 'ifft2', 'rfft2', 'irfft2'):
    error(f, ROW)
for f in ('rfftn', 'irfftn'):
    error(f, 3.0)
    error(f, GRID, axes=[])

grids = []
for f in ('fftfreq', 'rfftfreq'):
    for n in (1, 2, 3, 8, 9, 20):
        for d in (1.0, 0.1, 3, -0.25):
            grids.append({'f': f, 'n': n, 'd': d, 'dtype': str(getattr(np.fft, f)(n, d).dtype), 'values': getattr(np.fft, f)(n, d).tolist()})

golden = {
    'signatures': {n: str(inspect.signature(getattr(np.fft, n)))[1:-1] for n in dir(np.fft) if not n.startswith('_') and n not in ('test',) and callable(getattr(np.fft, n))},
    'cases': cases,
    'errors': errors,
    'frequencies': grids,
}  # fmt: skip
path = pathlib.Path(__file__).with_name('fft.json')
path.write_text(json.dumps(golden, separators=(',', ':')).replace('{"f"', '\n{"f"') + '\n')
print(path.stat().st_size, 'bytes,', len(cases), 'cases')
