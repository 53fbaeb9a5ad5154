"""The NumPy side of the benchmark: reads cells as lines of JSON, answers each with the median time of a call in seconds."""
import json
import sys
import time

import numpy as np

rng = np.random.default_rng(1)


def values(kind, shape):
    if kind in 'fmv':
        return rng.uniform(0.5, 1.5, shape)
    if kind == 'c':
        return rng.uniform(0.5, 1.5, shape) + 1j * rng.uniform(0.5, 1.5, shape)
    if kind in 'FM':
        return rng.uniform(0.5, 1.5, shape).astype('float32')
    if kind == 'x':
        return rng.uniform(-1, 1, shape)
    if kind == 'i':
        return rng.integers(1, 1000, shape)
    if kind == 'j':
        return rng.integers(1, 1000, shape).astype('int32')
    if kind == 'b':
        return rng.uniform(0, 1, shape) < 0.5
    if kind == 'k':
        return rng.integers(0, np.prod(shape), shape)
    if kind == 't':
        return np.array([f's{i}' for i in rng.integers(1, 1000, shape)])
    if kind == 'L':
        return rng.uniform(0.5, 1.5, shape).tolist()
    raise ValueError(kind)


def operand(kind, n, layout, first):
    if kind == 'p':
        a = values('m', (n, n))
        return a + a.T + 4 * n * np.eye(n)
    if kind in 'mM':
        a = values(kind, (n, n))
        return a.T if layout == 'transposed' and first else a
    if kind == 'v':
        return values(kind, n)
    if layout == 'contiguous':
        return values(kind, n)
    if layout == 'strided':
        return values(kind, 2 * n)[::2]
    rows = max(1, int(n**0.5))
    cols = n // rows
    if layout == 'square':
        return values(kind, (rows, cols))
    if layout == 'transposed':
        return values(kind, (cols, rows)).T if first else values(kind, (rows, cols))
    if layout == 'broadcast':
        # One operand alone is a row seen many times; of several, the first is full and the others are rows.
        return values(kind, (rows, cols)) if first else values(kind, (cols,))
    raise ValueError(layout)


def measure(cell):
    data, n, layout = cell['data'], int(cell['size']), cell['layout']
    ops = [operand(k, n, layout, i == 0) for i, k in enumerate(data)]
    if layout == 'broadcast' and len(data) == 1:
        rows = max(1, int(n**0.5))
        ops = [np.broadcast_to(values(data, (n // rows,)), (rows, n // rows))]
    call = eval(f"lambda {', '.join('abc'[: len(ops)])}: {cell['py']}", {'np': np})
    clock = time.process_time if cell.get('cpu') else time.perf_counter

    def sample(reps):
        start = clock()
        for _ in range(reps):
            call(*ops)
        return (clock() - start) / reps

    budget = cell['budget']
    def least():
        return min(sample(reps) for _ in range(3))

    reps = 1
    while least() * reps < 5e-4 and reps < 1 << 16:
        reps *= 2
    times, start = [], clock()
    while len(times) < 3 or (clock() - start < budget and len(times) < 101):
        times.append(sample(reps))
    return float(np.min(times) if cell.get('cpu') else np.median(times))


print(json.dumps({'numpy': np.__version__}), flush=True)
for line in sys.stdin:
    try:
        answer = {'time': measure(json.loads(line))}
    except Exception as e:  # the other side prints it in place of a figure
        answer = {'error': f'{type(e).__name__}: {e}'}
    print(json.dumps(answer), flush=True)
