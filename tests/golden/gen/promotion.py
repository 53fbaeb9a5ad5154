"""Result dtypes of binary ufuncs over all pairs of dtypes, and with weak scalars: tables of names, written as one file."""
import json

import numpy as np

from .common import ALL

FUNCTIONS = ['add', 'subtract', 'multiply', 'divide', 'floor_divide', 'remainder', 'power', 'float_power', 'maximum', 'fmin', 'less', 'equal', 'logical_and',
             'bitwise_and', 'left_shift', 'arctan2', 'hypot', 'copysign', 'logaddexp', 'gcd', 'heaviside', 'nextafter', 'ldexp', 'fmod', 'matmul', 'divmod']
UNARY = ['negative', 'positive', 'absolute', 'sign', 'square', 'sqrt', 'cbrt', 'reciprocal', 'exp', 'sin', 'floor', 'rint', 'ceil', 'isnan', 'logical_not', 'invert',
         'conjugate', 'signbit', 'spacing', 'bitwise_count', 'frexp', 'modf', 'fabs', 'deg2rad']
REDUCTIONS = ['sum', 'prod', 'cumsum', 'mean', 'var', 'max', 'ptp', 'median', 'all', 'argmax', 'count_nonzero', 'nansum', 'average', 'round', 'trace', 'diff']
WEAK = {'true': True, '1': 1, '1.5': 1.5, '1j': 1j}


def dtype_of(call):
    try:
        r = call()
    except Exception as e:
        return type(e).__name__.lstrip('_')
    r = r[0] if isinstance(r, tuple) else r
    return np.asarray(r).dtype.name


def write(folder):
    one = {d: np.ones(1, d) for d in ALL}
    pairs = {f: [[dtype_of(lambda: getattr(np, f)(one[a], one[b])) for b in ALL] for a in ALL] for f in FUNCTIONS}
    weak = {f: {w: [dtype_of(lambda: getattr(np, f)(one[a], v)) for a in ALL] for w, v in WEAK.items()} for f in FUNCTIONS if f != 'matmul'}
    unary = {f: [dtype_of(lambda: getattr(np, f)(one[a])) for a in ALL] for f in UNARY}
    two = {d: np.ones((2, 2), d) for d in ALL}
    reductions = {f: [dtype_of(lambda: getattr(np, f)(two[a])) for a in ALL] for f in REDUCTIONS}
    text = json.dumps({'numpy': np.__version__, 'dtypes': ALL, 'pairs': pairs, 'weak': weak, 'unary': unary, 'reductions': reductions}, separators=(',', ':'))
    path = folder / 'data' / 'promotion.json'
    path.write_text(text.replace('],"', '],\n"') + '\n')
    n = len(FUNCTIONS) * len(ALL) ** 2 + len(weak) * 4 * len(ALL) + (len(UNARY) + len(REDUCTIONS)) * len(ALL)
    return n, path.stat().st_size, 0
