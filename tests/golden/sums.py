"""Writes sums.json: sums, products and running sums of floats by NumPy, as bits.

The order in which NumPy adds shows in the last bits, so every case is exact: memory layout, axes, dtype. Elements are
((i * 7919 + 13) % 1000 - 300) / (7 + i % 11), which any language computes alike.

    python3 tests/golden/sums.py
"""

import itertools
import json
import os

import numpy as np

CHARS = {"float16": "f2", "float32": "f4", "float64": "f8", "complex64": "c8", "complex128": "c16", "int32": "i4"}


def base(n, dtype):
    i = np.arange(n, dtype=np.int64)
    x = ((i * 7919 + 13) % 1000 - 300) / (7 + i % 11)
    if dtype.startswith("complex"):
        return (x + 1j * (((i * 104729 + 7) % 1000 - 600) / (9 + i % 7))).astype(dtype)
    if dtype == "int32":
        return ((i * 7919 + 13) % 1000 - 300).astype(dtype)
    return x.astype(dtype)


def layouts(shape, dtype):
    n = int(np.prod(shape))
    nd = len(shape)
    b = base(n, dtype)
    yield b, b.reshape(shape)
    if nd > 1:
        b = base(n, dtype)
        yield b, b.reshape(shape[::-1]).T
    if nd > 2:
        perm = (1, 0) + tuple(range(2, nd))
        b = base(n, dtype)
        yield b, b.reshape(tuple(shape[p] for p in perm)).transpose(perm)
    b = base(n, dtype)
    yield b, b.reshape(shape)[tuple(slice(None, None, -1) for _ in shape)]
    b = base(2 * n, dtype)
    yield b, b.reshape(shape[:-1] + (2 * shape[-1],))[..., ::2]
    if nd > 1:
        b = base(2 * n, dtype)
        yield b, b.reshape((2 * shape[0],) + shape[1:])[1::2]
        b = base(2 * n, dtype)
        yield b, b.reshape((2 * shape[0],) + shape[1:])[::-2, ..., ::-1]


def bits(a):
    return np.ascontiguousarray(a).view(np.uint8).tobytes().hex()


def case(op, b, a, dtype, axis, r):
    offset = a.__array_interface__["data"][0] - b.__array_interface__["data"][0]
    return {
        "op": op, "in": str(a.dtype), "as": dtype, "length": b.size, "shape": list(a.shape), "strides": list(a.strides),
        "offset": offset, "axis": list(axis), "bits": bits(r),
    }


def main():
    cases = []
    shapes = [(1,), (7,), (8,), (9,), (100,), (129,), (300,), (5, 3), (3, 5), (40, 50), (3, 200), (200, 3), (4, 5, 6), (3, 40, 9), (2, 3, 4, 5), (300, 2, 2), (2, 2, 300), (100, 100), (7, 3000), (2, 9000), (20, 30, 40), (2, 50, 100, 3)]
    for dtype in ("float16", "float32", "float64", "complex64", "complex128"):
        for shape in shapes:
            for b, a in layouts(shape, dtype):
                axes = [t for k in range(1, len(shape) + 1) for t in itertools.combinations(range(len(shape)), k)]
                if dtype in ("complex64", "float32"):
                    axes = axes[-2:]
                for axis in axes:
                    cases.append(case("sum", b, a, dtype, axis, np.add.reduce(a, axis=axis)))
                if dtype in ("float16", "float64"):
                    cases.append(case("cumsum", b, a, dtype, (len(shape) - 1,), np.add.accumulate(a, axis=len(shape) - 1)))
    with np.errstate(all="ignore"):
        for shape in [(9,), (200,), (5, 30), (30, 5), (4, 5, 6)]:
            for b, a in layouts(shape, "float64"):
                for axis in [(0,), tuple(range(len(shape)))]:
                    cases.append(case("prod", b, a, "float64", axis, np.multiply.reduce(a, axis=axis)))
    for source, dtype in (("int32", "float64"), ("float32", "float64"), ("float16", "float32"), ("float64", "complex128")):
        for shape in [(9,), (300,), (9000,), (5, 3), (40, 50), (3, 4000), (4000, 3), (4, 5, 6), (20, 30, 40), (3, 100, 60), (2, 9000)]:
            for b, a in layouts(shape, source):
                for axis in [(0,), (len(shape) - 1,), tuple(range(len(shape)))]:
                    cases.append(case("sum", b, a, dtype, axis, np.add.reduce(a, axis=axis, dtype=dtype)))
    big = base(20000, "float64")
    cases.append(case("sum", big, big, "float64", (0,), np.add.reduce(big)))
    path = os.path.join(os.path.dirname(__file__), "sums.json")
    with open(path, "w") as f:
        f.write('{"numpy": "%s", "cases": [\n' % np.__version__)
        f.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases if len(c["bits"]) <= 256))
        f.write("\n]}\n")
    print(len(cases))


main()
