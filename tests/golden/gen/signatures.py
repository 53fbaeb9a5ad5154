"""NumPy's public functions and ufuncs with their signatures as text."""
import inspect
import json

import numpy as np


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
    # Namespaces whose functions are here.
    spaces = {space: {n: str(inspect.signature(getattr(getattr(np, space), n)))[1:-1] for n in getattr(np, space).__all__
                      if not isinstance(getattr(getattr(np, space), n), type)} for space in ['linalg']}
    path = folder / 'signatures.json'
    path.write_text(json.dumps({'numpy': np.__version__, 'functions': table, 'classes': classes, 'others': others, 'methods': methods, 'spaces': spaces}, indent=0) + '\n')
    return len(table), path.stat().st_size, 0
