"""NumPy's public functions and ufuncs with their signatures as text."""
import inspect
import json

import numpy as np
import numpy.lib.recfunctions

MODULES = {'linalg': np.linalg, 'fft': np.fft, 'random': np.random, 'emath': np.emath, 'strings': np.strings, 'char': np.char, 'rec': np.rec,
           **{f'polynomial.{m}': getattr(np.polynomial, m) for m in 'polynomial chebyshev legendre hermite hermite_e laguerre polyutils'.split()},
           'lib.format': np.lib.format, 'lib.stride_tricks': np.lib.stride_tricks, 'lib.array_utils': np.lib.array_utils, 'lib.recfunctions': np.lib.recfunctions}


def names_of(module):
    """The public functions of a namespace."""
    m = MODULES[module]
    return sorted(n for n in (getattr(m, '__all__', None) or dir(m)) if not n.startswith('_') and not inspect.ismodule(getattr(m, n)))


def write(folder):
    table, classes = {}, []
    for name in sorted(dir(np)):
        if name.startswith('_'):
            continue
        o = getattr(np, name)
        if isinstance(o, type):
            classes.append(name)
            continue
        if not callable(o):
            continue
        try:
            table[name] = str(inspect.signature(o))[1:-1].split(') -> ')[0]
        except ValueError:
            table[name] = None
    others = sorted(n for n in dir(np) if not n.startswith('_') and n not in table and n not in classes)
    methods = {}
    for name in sorted(dir(np.ndarray)):
        if not name.startswith('_') and callable(getattr(np.ndarray, name)):
            try:
                methods[name] = str(inspect.signature(getattr(np.ndarray, name)))[1:-1].removeprefix('self, /').removeprefix('self').lstrip(', ')
            except ValueError:
                methods[name] = None
    modules = {}
    for module in MODULES:
        modules[module] = {}
        for name in names_of(module):
            o = getattr(MODULES[module], name)
            if isinstance(o, type) or not callable(o):
                continue
            try:
                modules[module][name] = str(inspect.signature(o))[1:-1].split(') -> ')[0]
            except ValueError:
                modules[module][name] = None
    path = folder / 'signatures.json'
    path.write_text(json.dumps({'numpy': np.__version__, 'functions': table, 'classes': classes, 'others': others, 'methods': methods, 'modules': modules}, indent=0) + '\n')
    return len(table), path.stat().st_size, 0
