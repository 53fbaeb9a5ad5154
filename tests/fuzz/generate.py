"""Random programs with NumPy's answers, one JSON object a line: {"p": program, "a": answers, "end": state}.

    python3 generate.py --cases 1000 --seed 1 [--only sort,take] [--skip 20000] [--sizes small|long] [--dtypes numeric|all]

The same seed gives the same programs. A step notes how exact its comparison can be: "t" ulps of a component, "m" the size of the
numbers that entered a sum (results may be off by a few roundings of it), "z" zeros of either sign.
"""
import argparse
import json
import sys

import numpy as np

from oracle import Unknown, state
from orders import ordering, quantiles, testing
from places import choosing, reading, writing
from products import products
from program import Drop, Program
from rows import listed
from shapes import joining, making, shaping
from ufuncs import binary, in_place, reduction, ufunc_method, unary

AREAS = [(unary, 12), (binary, 20), (in_place, 7), (reduction, 12), (ufunc_method, 9), (reading, 10), (writing, 7), (shaping, 16), (joining, 6), (ordering, 12), (choosing, 9),
         (quantiles, 3), (products, 7), (making, 3), (testing, 5), (listed, 25)]


def generate(seed, i, only, sizes, dtypes='numeric'):
    """Program number i of a seed, with its answers."""
    for attempt in range(50):
        p = Program(f'{seed}:{i}:{attempt}', sizes, dtypes)
        areas = [a for a in AREAS if not only or a[0].__name__ in only]
        try:
            for _ in range(p.r.choice([1, 1, 2, 2, 3, 4, 5, 6])):
                before = len(p.items)
                for _ in range(8):
                    area = p.r.choices([a for a, _ in areas], [w for _, w in areas])[0]
                    try:
                        area(p)
                        break
                    except Drop:
                        continue
                    except (TypeError, ValueError, AttributeError, KeyError, IndexError):
                        # The areas choose their arguments by the values of numbers.
                        if dtypes == 'numeric':
                            raise
                if p.tainted or len(p.items) > 30:
                    break
            if not any('f' in x for x in p.items):
                continue
            return {'p': p.items, 'a': p.answers, 'end': None if p.tainted else [state(v) for v in p.env]}
        except (Unknown, OverflowError, RecursionError, MemoryError):
            continue
    raise SystemExit(f'no program for seed {seed}, case {i}')


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--cases', type=int, default=1000)
    args.add_argument('--seed', default='1')
    args.add_argument('--skip', type=int, default=0)
    args.add_argument('--only', default='')
    args.add_argument('--sizes', default='mixed')
    args.add_argument('--dtypes', default='numeric', choices=['numeric', 'all'])
    a = args.parse_args()
    np.seterr(all='warn')
    only = set(a.only.split(',')) if a.only else None
    for i in range(a.skip, a.skip + a.cases):
        sys.stdout.write(json.dumps({'i': i, **generate(a.seed, i, only, a.sizes, a.dtypes)}) + '\n')
    sys.stdout.flush()


if __name__ == '__main__':
    main()
