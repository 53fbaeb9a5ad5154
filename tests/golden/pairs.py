"""Pairs of expressions, one of JavaScript and one of Python, with what NumPy answers to the second.

A result is {"d": dtype, "s": shape, "b": bytes in base64} for arrays and NumPy's scalars, {"l": [..]} for lists and tuples,
{"t": name} for dtypes and types, {"f": text} for floats JSON has no word for, {"e": name, "m": message} for errors, else a JSON value.
"""
import base64
import json
import math
import warnings

import numpy as np

warnings.simplefilter('ignore')
np.seterr(all='ignore')


def encode(x):
    if isinstance(x, (np.ndarray, np.generic)):
        a = np.asarray(x)
        return {'d': a.dtype.name, 's': list(a.shape), 'b': base64.b64encode(a.tobytes()).decode()}
    if isinstance(x, (tuple, list)):
        return {'l': [encode(e) for e in x]}
    if isinstance(x, np.dtype):
        return {'t': x.name}
    if isinstance(x, type):
        return {'t': np.dtype(x).name}
    if isinstance(x, bytes):
        return {'l': list(x)}
    if isinstance(x, int) and not isinstance(x, bool) and abs(x) > 2**53:
        return {'i': str(x)}
    if isinstance(x, float) and not math.isfinite(x):
        return {'f': repr(x)}
    return x


def answer(python, names):
    try:
        return encode(eval(python, {'np': np, **names}))
    except Exception as e:
        return {'e': type(e).__name__.lstrip('_'), 'm': str(e)}


def write(path, pairs, names):
    rows = [[js, answer(py, names)] for js, py in pairs]
    path.write_text('[\n' + ',\n'.join(json.dumps(r) for r in rows) + '\n]\n')
    print(f'{path.name}: {len(rows)} cases, {path.stat().st_size / 1024:.0f} KB')
