"""Writes limits.json: np.finfo and np.iinfo, and where scalar types stand in their hierarchy, for tests/ndarray/scalar-types.test.ts.

Run: python3 tests/golden/limits.py
"""

import json
import os

import numpy as np

FLOATS = ['bits', 'eps', 'epsneg', 'iexp', 'machep', 'max', 'maxexp', 'min', 'minexp', 'negep', 'nexp', 'nmant', 'precision', 'resolution', 'tiny', 'smallest_normal', 'smallest_subnormal']  # fmt: skip
KINDS = ['generic', 'number', 'integer', 'signedinteger', 'unsignedinteger', 'inexact', 'floating', 'complexfloating', 'flexible', 'character']
CODES = ['?', 'i1', 'u2', '>i4', 'i8', 'u8', 'f2', '>f4', 'f8', 'c8', 'c16', 'U3', 'S2', 'V4', 'O', 'M8[s]', 'm8[D]', 'i4,f4']


def told(f, x):
    try:
        o = f(x)
    except ValueError as e:
        return {'error': str(e)}
    if f is np.finfo:
        return {'repr': repr(o), 'str': str(o), 'dtype': str(o.dtype), 'values': {k: repr(float(getattr(o, k))) for k in FLOATS}}
    return {'repr': repr(o), 'str': str(o), 'dtype': str(o.dtype), 'values': {'min': str(o.min), 'max': str(o.max), 'bits': str(o.bits), 'kind': o.kind, 'key': o.key}}


golden = {
    'finfo': {c: told(np.finfo, c) for c in CODES},
    'iinfo': {c: told(np.iinfo, c) for c in CODES},
    'types': {c: np.dtype(c).type.__name__ for c in CODES},
    'below': {c: [k for k in KINDS if np.issubdtype(c, getattr(np, k))] for c in CODES},
    'same': {c: [d for d in CODES if np.issubdtype(np.dtype(c), np.dtype(d))] for c in CODES},
    'sctypeDict': {k: v.__name__ for k, v in np.sctypeDict.items() if k not in ('float128', 'complex256')},
}
path = os.path.join(os.path.dirname(__file__), 'limits.json')
with open(path, 'w', encoding='utf-8') as f:
    json.dump(golden, f, indent=1)
    f.write('\n')
print(os.path.getsize(path), 'bytes')
