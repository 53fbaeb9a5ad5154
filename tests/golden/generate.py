#!/usr/bin/env python3
"""Writes the golden data: what NumPy answers to thousands of calls. Run it with the NumPy whose behaviour is the reference."""
import importlib
import pathlib
import subprocess
import sys
import time

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))

from gen.common import Family  # noqa: E402

# Areas with a form of data of their own, each written by its own script.
SCRIPTS = ['contraction', 'creation', 'digits', 'fft_bits', 'files', 'functional', 'indexing', 'manipulation', 'math', 'printing', 'sorting', 'statistics', 'sums', 'flags', 'iteration', 'nditer', 'limits',
           'durations', 'objects', 'orders', 'polynomial', 'recfunctions', 'rounded', 'structures', 'text', 'times']
FAMILIES = ['ufuncs', 'ufunc_calls', 'ufunc_specials', 'reductions', 'creation', 'manipulation', 'indexing', 'contraction', 'ordering', 'statistics', 'casting', 'errors']


def main():
    folder = here / 'data'
    folder.mkdir(exist_ok=True)
    chosen = sys.argv[1:] or FAMILIES + ['promotion', 'signatures', 'ufunc_facts']
    total = size = 0
    for name in chosen:
        start = time.time()
        module = importlib.import_module(f'gen.{name}')
        if hasattr(module, 'cases'):
            g = Family(name)
            module.cases(g)
            n, bytes_, errors = g.write(folder)
        else:
            n, bytes_, errors = module.write(here)
        total += n
        size += bytes_
        print(f'{name:13} {n:6} cases, {errors:4} of errors, {bytes_ / 1024:8.1f} KB, {time.time() - start:5.1f} s')
    print(f'{"total":13} {total:6} cases, {size / 1e6:.2f} MB')
    if not sys.argv[1:]:
        for script in SCRIPTS:
            start = time.time()
            subprocess.run([sys.executable, str(here / f'{script}.py')], check=True, stdout=subprocess.DEVNULL)
            print(f'{script + ".json":18} written in {time.time() - start:5.1f} s')


if __name__ == '__main__':
    main()
