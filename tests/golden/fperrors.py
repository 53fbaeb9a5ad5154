"""Floating-point flags that NumPy raises, for every numeric ufunc over grids of special values."""
import json
import pathlib
import warnings

import numpy as np

FLOATS = ['0', '-0.0', '1', '-1', '0.5', '2', '-2.5', 'inf', '-inf', 'nan', 'max', '-max', 'tiny', 'sub', '710', '-750', '1e3']
INTS = {'int8': [0, 1, -1, 7, 127, -128], 'int64': [0, 1, -1, 7, 2**63 - 1, -2**63], 'uint8': [0, 1, 7, 255]}
COMPLEX = ['0', '1', '1j', 'inf', 'nan', '1+1j', '-1', '0.5j', 'max']
SKIP = {'matmul', 'vecdot', 'matvec', 'vecmat', 'isnat', 'ldexp', 'frexp', 'modf', 'spacing', 'nextafter', 'bitwise_count'}
# Flags there depend on the instructions that a compiler chose.
NOISE = {'arctan2', 'hypot'}


def value(text, dt):
    info = np.finfo(dt)
    named = {'max': info.max, '-max': info.min, 'tiny': info.tiny, 'sub': info.smallest_subnormal}
    if text in named:
        return dt.type(named[text])
    with np.errstate(all='ignore'):
        return dt.type(complex(text)) if dt.kind == 'c' else dt.type(float(text))


def flags(f, *args):
    seen = []
    with warnings.catch_warnings(), np.errstate(all='call', call=lambda text, bits: seen.append(bits)):
        warnings.simplefilter('ignore')
        try:
            f(*args)
        except (TypeError, ValueError):
            return None
    return seen[0] if seen else 0


def main():
    np.seterr(all='ignore')
    table = {}
    for name in sorted(dir(np)):
        u = getattr(np, name)
        if not isinstance(u, np.ufunc) or u.__name__ != name or name in SKIP or name in NOISE:
            continue
        for code in ['float16', 'float32', 'float64', 'complex64', 'complex128', *INTS]:
            dt = np.dtype(code)
            texts = COMPLEX if dt.kind == 'c' else INTS[code] if code in INTS else FLOATS
            values = [np.array([t], dt) if code in INTS else np.array([value(t, dt)], dt) for t in texts]
            if u.nin == 1:
                row = [flags(u, v) for v in values]
            else:
                row = [flags(u, v, w) for v in values for w in values]
            if any(f is None for f in row):
                continue
            table.setdefault(name, {})[code] = ''.join('0123456789abcdef'[f] for f in row)
    casts = {}
    for a in ['float16', 'float32', 'float64', 'complex128', 'int64']:
        texts = INTS[a] if a in INTS else FLOATS if a != 'complex128' else COMPLEX
        dt = np.dtype(a)
        values = [np.array([t], dt) if a in INTS else np.array([value(t, dt)], dt) for t in texts]
        for b in ['bool', 'int8', 'uint8', 'int32', 'uint32', 'int64', 'uint64', 'float16', 'float32', 'float64', 'complex64']:
            casts[f'{a}->{b}'] = ''.join('0123456789abcdef'[flags(lambda v: v.astype(b), v)] for v in values)
    out = {'numpy': np.__version__, 'floats': FLOATS, 'complex': COMPLEX, 'ints': {k: [str(v) for v in vs] for k, vs in INTS.items()},
           'ufuncs': table, 'casts': casts}
    path = pathlib.Path(__file__).parent / 'fperrors.json'
    path.write_text(json.dumps(out, separators=(',', ':')).replace('},"', '},\n"') + '\n')
    print(path.name, path.stat().st_size, sum(len(t) for r in table.values() for t in r.values()))


if __name__ == '__main__':
    main()
