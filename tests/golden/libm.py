"""Writes libm.json: hashes of what the C library's functions give, with which NumPy's random streams are made.

Arguments are made from an integer hash, so that any language makes the same: `linear` spans an interval evenly, `wide` spans
exponents. The functions are those of glibc on a processor with fused multiply-adds, which is what NumPy's wheels for Linux call.

    python3 tests/golden/libm.py
"""

import ctypes
import hashlib
import json
import math
import os

import numpy as np

N = 8000
BLOCK = 1000

lib = ctypes.CDLL("libm.so.6")


def real(name, arguments, kind=ctypes.c_double):
    f = getattr(lib, name)
    f.restype = kind
    f.argtypes = [kind] * arguments
    return f


def uniform(i, salt):
    return ((i * 2654435761 + salt * 40503) % 2**32) / 2**32


def argument(spec, i, salt):
    kind, a, b = spec
    u = uniform(i, salt)
    if kind == "linear":
        return a + (b - a) * u
    k = a + math.floor(uniform(i * 7919 + 13, salt) * (b - a))
    return math.ldexp(1 + u, k) * (-1 if kind == "negative" else 1)


L = lambda a, b: ["linear", a, b]
W = lambda a, b: ["wide", a, b]
M = lambda a, b: ["negative", a, b]

CASES = {
    "exp": [[L(-1, 0)], [L(-40, 40)], [L(-746, 711)], [W(-60, 0)], [M(-60, 0)]],
    "log": [[L(0, 1)], [L(0.93, 1.07)], [L(1, 100)], [W(-1074, 1024)]],
    "log1p": [[L(-1, 0)], [L(0, 5)], [W(-60, 60)], [M(-60, -1)], [W(60, 1024)]],
    "expm1": [[L(-5, 0)], [L(0, 5)], [L(-60, 720)], [W(-60, 0)], [M(-60, 0)]],
    "pow": [[L(0, 1), L(0, 10)], [L(0, 1), W(-10, 10)], [L(0, 1), L(-10, 0)], [L(1, 2), L(0, 500)], [W(-1074, 1024), L(-3, 3)], [W(-3, 3), W(-70, 70)]],
    "cos": [[L(0, math.pi)], [W(-40, 1)]],
    "acos": [[L(-1, 1)], [L(0.95, 1)], [L(-1, -0.95)], [W(-60, 0)]],
    "expf": [[L(-16, 0)], [L(-105, 90)], [W(-30, 0)]],
    "logf": [[L(0, 1)], [L(0.9, 1.1)], [W(-149, 128)]],
    "log1pf": [[L(-1, 0)], [L(0, 5)], [W(-60, 60)], [M(-60, -1)]],
    "powf": [[L(0, 1), L(0, 10)], [L(0, 1), W(-10, 10)], [W(-149, 128), L(-3, 3)], [L(1, 2), L(0, 150)]],
}


def main():
    out = []
    for name, ranges in CASES.items():
        single = name.endswith("f")
        f = real(name, len(ranges[0]), ctypes.c_float if single else ctypes.c_double)
        for specs in ranges:
            values = []
            for i in range(N):
                x = [argument(s, i, j + 1) for j, s in enumerate(specs)]
                if single:
                    x = [float(np.float32(v)) for v in x]
                values.append(f(*x))
            values = np.array(values, dtype="<f8")
            values[np.isnan(values)] = float("nan")
            blocks = [hashlib.sha256(values[i : i + BLOCK].tobytes()).hexdigest()[:8] for i in range(0, N, BLOCK)]
            out.append({"name": name, "arguments": specs, "blocks": "".join(blocks)})
    path = os.path.join(os.path.dirname(__file__), "data", "libm.json")
    with open(path, "w") as f:
        f.write('{"n": %d, "block": %d, "cases": [\n' % (N, BLOCK) + ",\n".join(json.dumps(c, separators=(",", ":")) for c in out) + "\n]}\n")
    print(len(out), "cases", os.path.getsize(path))


main()
