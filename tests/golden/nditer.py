#!/usr/bin/env python3
"""Writes nditer.json: random iterators over views of every layout, what each step shows and what the operands hold afterwards.

A case is {"ops": [...], "kw": {...}, "want": ...}. An operand is null or [shape, dtype, permutation, steps]: numbers counted up from 1,
their axes permuted and stepped through. The answer is {"e": name, "m": message} or
{"shape", "ndim", "itersize", "dtypes", "steps": [[values of each operand, multi_index, index], ...], "after": [values of operands], "strides"}.
"""
import json
import pathlib
import random
import warnings

import numpy as np

warnings.simplefilter('ignore')
R = random.Random(20240611)


def operand(spec):
    if spec is None:
        return None
    shape, dtype, perm, steps = spec
    a = np.arange(1, int(np.prod(shape)) + 1).astype(dtype).reshape(shape)
    return a.transpose(perm)[(..., *(slice(None, None, s) for s in steps))]


def values(a):
    return np.asarray(a).astype('f8').ravel().tolist()


def answer(ops, kw):
    arrays = [operand(o) for o in ops]
    kw = dict(kw)
    writes = kw.pop('write', False)
    try:
        it = np.nditer(arrays if len(arrays) > 1 else arrays[0], **kw)
        with it:
            if it.has_delayed_bufalloc:
                it.operands[-1][...] = 0
                it.reset()
            out = {'shape': list(it.shape) if not it.finished else None, 'ndim': it.ndim, 'itersize': it.itersize, 'dtypes': [d.name for d in it.dtypes], 'steps': []}
            flags = kw.get('flags', [])
            for _ in it:
                parts = [it[k] for k in range(it.nop)]
                row = [[values(p) if 'write' not in str(f) or 'readwrite' in f else [] for p, f in zip(parts, kw['op_flags'])]]
                row.append(list(it.multi_index) if 'multi_index' in flags and 'buffered' not in flags else None)
                row.append(it.index if it.has_index and 'buffered' not in flags else None)
                if 'external_loop' in flags:
                    row.append([p.strides[0] if p.size > 1 else 0 for p in parts])
                out['steps'].append(row)
                for p, f in zip(parts, kw['op_flags']):
                    if 'readwrite' in f:
                        p[...] = p + 3 if not writes else p + parts[0]
                    elif 'writeonly' in f:
                        p[...] = parts[0]
            made = it.operands
            out['strides'] = [list(o.strides) for o in made]
        out['after'] = [values(m if a is None else a) for a, m in zip(arrays, made)]
        return out
    except Exception as e:
        return {'e': type(e).__name__.lstrip('_'), 'm': str(e)}


def random_operand(shape):
    """A view whose shape is `shape`, or broadcasts to it."""
    shape = [1 if R.random() < 0.12 else n for n in shape]
    if R.random() < 0.2 and shape:
        shape = shape[R.randint(1, len(shape)):]
    n = len(shape)
    perm = list(range(n))
    if R.random() < 0.6:
        R.shuffle(perm)
    steps = [R.choice([1, 1, 1, -1, 2, -2]) for _ in shape]
    base = [0] * n
    for d in range(n):
        base[perm[d]] = shape[d] * abs(steps[d]) if shape[d] > 1 or abs(steps[d]) == 1 else 1
    steps = [s if shape[d] > 1 else (1 if s > 0 else -1) for d, s in enumerate(steps)]
    return [base, R.choice(['f8', 'f8', 'i4', 'f4', 'i8']), perm, steps]


def case():
    shape = [R.choice([1, 2, 2, 3, 4]) for _ in range(R.choice([0, 1, 2, 2, 3, 3]))]
    nop = R.choice([1, 1, 2, 2, 3])
    ops = [random_operand(shape) for _ in range(nop)]
    flags, op_flags = [], []
    if R.random() < 0.5:
        flags.append('external_loop')
    elif R.random() < 0.6:
        flags += R.choice([['multi_index'], ['c_index'], ['f_index'], ['multi_index', 'c_index']])
    if R.random() < 0.4:
        flags.append('reduce_ok')
    buffered = R.random() < 0.5
    kw = {'order': R.choice('KKKCFA')}
    if buffered:
        flags.append('buffered')
        if R.random() < 0.3:
            flags.append('growinner')
        kw['buffersize'] = R.choice([0, 1, 2, 3, 4, 6, 7, 10])
    for k in range(nop):
        f = [R.choice(['readonly', 'readonly', 'readonly', 'readwrite'] + (['writeonly'] if k else []))]
        if R.random() < 0.2:
            f.append('copy' if f[0] == 'readonly' else 'updateifcopy')
        if R.random() < 0.05:
            f.append(R.choice(['no_broadcast', 'contig']))
        op_flags.append(f)
    if nop > 1 and R.random() < 0.25:
        ops[-1] = None
        op_flags[-1] = ['writeonly', 'allocate']
        if buffered and R.random() < 0.5:
            flags.append('delay_bufalloc')
            op_flags[-1] = ['readwrite', 'allocate']
    if R.random() < 0.4:
        kw['op_dtypes'] = [R.choice(['f8', 'f4', 'i4', None]) for _ in ops]
        kw['casting'] = R.choice(['unsafe', 'unsafe', 'safe', 'same_kind'])
    if R.random() < 0.1:
        flags.append('common_dtype')
    if R.random() < 0.15 and shape:
        axes = []
        for o in ops:
            n = len(shape) if o is None else len(o[0])
            a = [-1] * (len(shape) - n) + list(range(n))
            if R.random() < 0.3:
                a[R.randrange(len(a))] = -1
            axes.append(a)
        kw['op_axes'] = axes
    elif R.random() < 0.08:
        kw['itershape'] = [R.choice([2, -1])] + [-1] * len(shape)
    kw['flags'] = flags
    kw['op_flags'] = op_flags
    if R.random() < 0.4:
        kw['write'] = True
    return ops, kw


rows, size = [], 0
errors = {}
count = int(__import__('sys').argv[1]) if len(__import__('sys').argv) > 1 else 520
path = pathlib.Path(__import__('sys').argv[2]) if len(__import__('sys').argv) > 2 else pathlib.Path(__file__).with_suffix('.json')
while len(rows) < count:
    ops, kw = case()
    want = answer(ops, kw)
    if want.get('itersize') == 1 and {'c_index', 'f_index'} & set(kw['flags']):
        continue  # the steps of the index are uninitialised memory there, and decide what is joined
    if 'e' in want:
        kind = want['m'][:30]
        errors[kind] = errors.get(kind, 0) + 1
        if errors[kind] > max(6, count // 60):
            continue
    row = json.dumps({'ops': ops, 'kw': kw, 'want': want}, separators=(',', ':'))
    if len(row) > 2500:
        continue
    rows.append(row)
path.write_text('[\n' + ',\n'.join(rows) + '\n]\n')
print(f'{path.name}: {len(rows)} cases, {path.stat().st_size / 1024:.0f} KB')
