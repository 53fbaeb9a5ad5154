"""Matrices for golden data that both sides make alike, and JavaScript's spelling of a call as Python's."""
import re

import numpy as np


def numbers(seed, n):
    """The numbers of Park and Miller's generator, in [-1, 1)."""
    x, out = seed * 7919 + 1, []
    for _ in range(n):
        x = x * 16807 % 2147483647
        out.append(x / 1073741823.5 - 1)
    return out


def R(dtype, seed, *shape):
    n = int(np.prod(shape))
    d = np.dtype(dtype)
    a = np.array(numbers(seed, n)).reshape(shape)
    if d.kind == 'c':
        return (a + 1j * np.array(numbers(seed + 1, n)).reshape(shape)).astype(d)
    return np.rint(a * 9).astype(d) if d.kind in 'iu' else a > 0 if d.kind == 'b' else a.astype(d)


def P(dtype, seed, n, *lead):
    """Hermitian and positive definite."""
    a = R('complex128' if np.dtype(dtype).kind == 'c' else 'float64', seed, *lead, n, n)
    return (np.matmul(a, np.conj(np.swapaxes(a, -1, -2))) + np.eye(n)).astype(dtype)


def D(dtype, seed, n):
    """Far from singular."""
    return (R(dtype, seed, n, n) + n * np.eye(n) / 4).astype(dtype)


names = {'R': R, 'P': P, 'D': D, 'L': np.linalg, 'nan': np.nan, 'inf': np.inf}


def python(js):
    s = re.sub(r"axis: \[([^\]]*)\]", r"axis: (\1,)", js)
    s = re.sub(r"\.at\('([^']*)'\)", r'[\1]', s)
    while '{' in s:
        s = re.sub(r'\{([^{}]*)\}', lambda m: re.sub(r'(\w+): ', r'\1=', m[1]), s)
    return s.replace('true', 'True').replace('false', 'False').replace('null', 'None').replace('Infinity', 'np.inf')
