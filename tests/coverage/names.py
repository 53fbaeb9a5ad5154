"""Every public name of NumPy's namespaces and classes, for the table of what is done."""
import importlib
import json
import pathlib

import numpy as np

MODULES = ['numpy', 'numpy.strings', 'numpy.char', 'numpy.rec', 'numpy.exceptions', 'numpy.dtypes', 'numpy.lib.stride_tricks',
           'numpy.linalg', 'numpy.fft', 'numpy.random', 'numpy.polynomial']
CLASSES = {'numpy.ndarray': np.ndarray, 'numpy.dtype': np.dtype, 'numpy.ufunc': np.ufunc, 'numpy.flatiter': np.flatiter,
           'numpy.nditer': np.nditer, 'numpy.broadcast': np.broadcast}


def public(o):
    names = getattr(o, '__all__', None) if not isinstance(o, type) else None
    return sorted(n for n in (names or dir(o)) if not n.startswith('_'))


table = {name: public(importlib.import_module(name)) for name in MODULES}
table['numpy'] = sorted(n for n in dir(np) if not n.startswith('_'))
table |= {name: public(c) for name, c in CLASSES.items()}
path = pathlib.Path(__file__).parent / 'names.json'
path.write_text(json.dumps({'numpy': np.__version__, 'names': table}, indent=0) + '\n')
print({k: len(v) for k, v in table.items()})
