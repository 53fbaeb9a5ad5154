"""
Random calls of the functions of the array API standard, with NumPy's answers: special values, empty arrays and ones without axes, negative
strides, broadcasting, lone numbers, all dtypes of the standard. Run: python3 tests/golden/array_api.py [cases] [seed]
"""
import random
import sys
from pathlib import Path

import numpy as np
import pairs

INTS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
REAL = ["float32", "float64"]
COMPLEX = ["complex64", "complex128"]
NUMERIC = INTS + REAL + COMPLEX
ALL = ["bool", *NUMERIC]
FLOATS = REAL + COMPLEX
R = random.Random()

# Exact ones only: rounding of elementary functions is held by other tests.
UNARY = {
    "abs": NUMERIC, "bitwise_invert": ["bool", *INTS], "ceil": INTS + REAL, "conj": NUMERIC, "floor": INTS + REAL,
    "imag": COMPLEX, "isfinite": NUMERIC, "isinf": NUMERIC, "isnan": NUMERIC, "logical_not": ALL, "negative": NUMERIC,
    "positive": NUMERIC, "real": COMPLEX, "reciprocal": REAL, "round": NUMERIC, "sign": NUMERIC, "signbit": REAL, "square": NUMERIC,
    "sqrt": REAL, "trunc": INTS + REAL,
}
SPECIAL = {name: REAL for name in "acos acosh asin asinh atan atanh cos cosh exp expm1 log log1p log2 log10 sin sinh tan tanh".split()}
BINARY = {
    "add": NUMERIC, "subtract": NUMERIC, "multiply": NUMERIC, "divide": REAL + INTS, "floor_divide": INTS + REAL, "remainder": INTS + REAL,
    "pow": INTS, "maximum": INTS + REAL, "minimum": INTS + REAL, "copysign": REAL, "nextafter": REAL, "bitwise_and": ["bool", *INTS],
    "bitwise_or": ["bool", *INTS], "bitwise_xor": ["bool", *INTS], "bitwise_left_shift": INTS, "bitwise_right_shift": INTS,
    "equal": ALL, "not_equal": ALL, "less": INTS + REAL, "less_equal": INTS + REAL, "greater": INTS + REAL,
    "greater_equal": INTS + REAL, "logical_and": ALL, "logical_or": ALL, "logical_xor": ALL,
}
SPECIAL2 = {"atan2": REAL, "hypot": REAL, "logaddexp": REAL, "pow": REAL}
REDUCE = {
    "sum": NUMERIC, "prod": NUMERIC, "max": INTS + REAL, "min": INTS + REAL, "all": ALL, "any": ALL, "mean": REAL, "std": REAL, "var": REAL,
    "argmax": INTS + REAL, "argmin": INTS + REAL, "count_nonzero": ALL,
}


def number(x, js):
    if isinstance(x, bool):
        return str(x).lower() if js else str(x)
    if isinstance(x, complex):
        return f"{'np.' if js else ''}complex({number(x.real, js)}, {number(x.imag, js)})"
    if isinstance(x, int):
        return f"{x}n" if js and abs(x) > 2**53 else str(x)
    if x != x:
        return "NaN" if js else "nan"
    if x in (float("inf"), float("-inf")):
        return ("-" if x < 0 else "") + ("Infinity" if js else "inf")
    return repr(x)


def text(x, js):
    return "[" + ", ".join(text(e, js) for e in x) + "]" if isinstance(x, list) else number(x, js)


def value(dtype):
    if dtype == "bool":
        return R.random() < 0.5
    if dtype in INTS:
        i = np.iinfo(dtype)
        return int(R.choice([0, 1, 2, 3, 5, 7, i.max, i.min, i.max - 1, R.randint(0, 20), max(i.min, -R.randint(0, 20))]))
    if dtype in COMPLEX:
        return complex(value("float64"), value("float64"))
    return R.choice([0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.5, 3.0, -7.0, float("inf"), float("-inf"), float("nan"), 1e30, 1e-30, 255.0, 1.5])


def nested(dtype, shape):
    return value(dtype) if not shape else [nested(dtype, shape[1:]) for _ in range(shape[0])]


def shape():
    return R.choice([[], [0], [1], [3], [4], [2, 3], [3, 1], [1, 3], [2, 0], [2, 2, 3], [5], [2, 3]])


def array(dtype, s):
    """An array as JavaScript and as Python, at times with its axes reversed."""
    data = nested(dtype, s)
    js, py = f"np.asarray({text(data, True)}, '{dtype}')", f"np.asarray({text(data, False)}, dtype='{dtype}')"
    if s == [] and R.random() < 0.2 and (dtype == "bool" or (dtype == "float64" and data == data and data % 1 == 0.5)):
        return number(data, True), number(data, False)
    if 0 in s and len(s) > 1:
        t = R.choice([s])
        return f"np.zeros({t}, '{dtype}')", f"np.zeros({t}, '{dtype}')"
    if s and R.random() < 0.3:
        return f"{js}.at('::-1')", f"{py}[::-1]"
    if len(s) > 1 and R.random() < 0.2:
        return f"{js}.T", f"{py}.T"
    return js, py


def literal(v, js):
    if v is None:
        return "null" if js else "None"
    if isinstance(v, str):
        return f"'{v}'"
    if isinstance(v, (list, tuple)):
        inner = ", ".join(literal(e, js) for e in v)
        return f"[{inner}]" if js or isinstance(v, list) else f"({inner}{',' if len(v) == 1 else ''})"
    return number(v, js)


def call(name, args, **kw):
    js = [a[0] if isinstance(a, tuple) and len(a) == 2 and isinstance(a[0], str) else literal(a, True) for a in args]
    py = [a[1] if isinstance(a, tuple) and len(a) == 2 and isinstance(a[0], str) else literal(a, False) for a in args]
    if kw:
        js.append("{" + ", ".join(f"{k}: {literal(v, True)}" for k, v in kw.items()) + "}")
        py += [f"{k}={literal(v, False)}" for k, v in kw.items()]
    return f"np.{name}({', '.join(js)})", f"np.{name}({', '.join(py)})"


def together(*dtypes):
    """Shapes that broadcast, mostly."""
    s = shape()
    out = []
    for d in dtypes:
        t = list(s)
        if R.random() < 0.3:
            t = [n if R.random() < 0.5 else 1 for n in t[R.randint(0, len(t)) :]]
        if R.random() < 0.04:
            t = shape()
        out.append(array(d, t))
    return out


def axis_of(s):
    return R.choice([None, *range(-len(s), len(s)), len(s) + 1] if R.random() < 0.05 or not s else [None, *range(-len(s), len(s))])


def of_kind(name, groups):
    group = R.choice([g for g in groups if g])
    return R.choice(group)


def unary():
    name, dtypes = R.choice(list(UNARY.items()))
    return call(name, [array(R.choice(dtypes), shape())])


def unary_special():
    name, dtypes = R.choice(list(SPECIAL.items()))
    v = R.choice([0.0, -0.0, 1.0, -1.0, 2.0, -2.0, float("inf"), float("-inf"), float("nan")])
    return call(name, [(f"np.asarray({number(v, True)}, '{dtypes[1]}')", f"np.asarray({number(v, False)}, dtype='{dtypes[1]}')")])


def binary():
    name, dtypes = R.choice(list(BINARY.items()))
    a = R.choice(dtypes)
    b = a if R.random() < 0.6 else R.choice(dtypes)
    return call(name, together(a, b))


def binary_special():
    name, dtypes = R.choice(list(SPECIAL2.items()))
    pick = lambda: R.choice([0.0, -0.0, 1.0, -1.0, float("inf"), float("-inf"), float("nan"), 2.0, -2.0, 0.5])
    x, y = pick(), pick()
    if name == "pow" and y == 0.5:
        # NumPy takes the square root where the exponent is one number for all.
        y = 1.5
    one = lambda v: (f"np.asarray({number(v, True)})", f"np.asarray({number(v, False)})")
    return call(name, [one(x), one(y)])


def weak():
    """A lone number beside an array."""
    name = R.choice(["add", "subtract", "multiply", "equal", "less", "maximum", "bitwise_and", "pow", "divide"])
    dtypes = BINARY[name]
    n = R.choice([0, 1, 2, 3, -1, 300, 70000, 0.5, 2**40])
    a = array(R.choice(dtypes), R.choice([[3], [2, 3], [0]]))
    return call(name, [a, n] if R.random() < 0.6 else [n, a])


def reduction():
    name, dtypes = R.choice(list(REDUCE.items()))
    s = shape()
    kw = {}
    if R.random() < 0.7:
        kw["axis"] = axis_of(s)
        if len(s) > 1 and name not in ("argmax", "argmin") and R.random() < 0.2:
            kw["axis"] = (0, 1)
    if R.random() < 0.4:
        kw["keepdims"] = R.random() < 0.7
    if name in ("sum", "prod") and R.random() < 0.2:
        kw["dtype"] = R.choice(["float64", "int64"])
    if name in ("std", "var") and R.random() < 0.5:
        kw["correction"] = R.choice([0, 1, 0.5])
    return call(name, [array(R.choice(dtypes), s)], **kw)


def cumulative():
    s = R.choice([[3], [2, 3], [0], [], [4], [2, 2, 2]])
    kw = {"include_initial": R.random() < 0.5} if R.random() < 0.6 else {}
    if len(s) != 1 or R.random() < 0.3:
        kw["axis"] = R.choice(range(-len(s), len(s))) if s else 0
    if len(s) > 1 and R.random() < 0.1:
        del kw["axis"]
    return call(R.choice(["cumulative_sum", "cumulative_prod"]), [array(R.choice(INTS + REAL), s)], **kw)


def moving():
    s = R.choice([[3], [2, 3], [2, 2, 3], [], [0], [1, 3]])
    a = array(R.choice(ALL), s)
    n = len(s)
    ax = lambda: R.choice(range(-n, n)) if n else 0
    pick = R.choice(["concat", "stack", "unstack", "flip", "roll", "expand_dims", "squeeze", "permute_dims", "moveaxis", "repeat", "tile",
                     "reshape", "broadcast_to", "matrix_transpose", "tril", "triu", "take", "take_along_axis", "diff", "meshgrid", "astype",
                     "broadcast_arrays", "clip", "where", "nonzero", "searchsorted"])
    two = lambda: (f"[{a[0]}, {b[0]}]", f"[{a[1]}, {b[1]}]")
    if pick in ("concat", "stack"):
        b = array(R.choice(ALL), s)
        return call(pick, [two()], axis=R.choice([None, ax()]) if pick == "concat" else ax())
    if pick == "unstack":
        return call(pick, [a], axis=ax())
    if pick == "flip":
        return call(pick, [a], axis=R.choice([None, ax()]))
    if pick == "roll":
        return call(pick, [a, R.choice([0, 1, -1, 5])], axis=R.choice([None, ax()]))
    if pick in ("expand_dims", "squeeze"):
        return call(pick, [a], axis=R.choice([0, -1, 1, n + 1]))
    if pick == "permute_dims":
        axes = list(range(n))
        R.shuffle(axes)
        return call(pick, [a, tuple(axes)])
    if pick == "moveaxis":
        return call(pick, [a, ax(), ax()])
    if pick == "repeat":
        return call(pick, [a, R.choice([0, 1, 2])], axis=R.choice([None, ax()]))
    if pick == "tile":
        return call(pick, [a, R.choice([(2,), (2, 1), (1, 2, 1), (0,)])])
    if pick == "reshape":
        return call(pick, [a, R.choice([(-1,), (1, -1), (3, -1), (6,), (-1, 2)])], copy=R.choice([None, True]))
    if pick == "broadcast_to":
        return call(pick, [a, tuple([R.choice([2, 3]), *s])])
    if pick in ("tril", "triu"):
        return call(pick, [a], k=R.choice([0, 1, -1]))
    if pick == "take":
        i = R.choice([[0], [0, 0], [-1], [1, 0], [5]])
        return call(pick, [a, (f"np.asarray({i}, 'int64')", f"np.asarray({i})")], axis=ax())
    if pick == "take_along_axis":
        i = nested("bool", s)
        return call(pick, [a, (f"np.asarray({text(i, True)}, 'int64')", f"np.asarray({text(i, False)}, dtype='int64')")], axis=ax())
    if pick == "diff":
        return call(pick, [a], axis=ax(), n=R.choice([0, 1, 2]))
    if pick == "meshgrid":
        b = array(R.choice(ALL), R.choice([[2], [3]]))
        return call(pick, [a, b], indexing=R.choice(["xy", "ij"]))
    if pick == "astype":
        return call(pick, [a, R.choice(ALL)], copy=R.random() < 0.5)
    if pick == "broadcast_arrays":
        return call(pick, together("int8", "float32"))
    if pick == "clip":
        d = R.choice(INTS + REAL)
        return call(pick, [array(d, s)], **R.choice([{"min": 1}, {"max": 3}, {"min": 1, "max": 3}, {"min": 3, "max": 1}, {}]))
    if pick == "where":
        return call(pick, [array("bool", s), a, array(R.choice(ALL), s)])
    if pick in ("nonzero", "matrix_transpose"):
        return call(pick, [a])
    sorted_ = sorted(value("int16") for _ in range(4))
    return call(pick, [(f"np.asarray({sorted_}, 'int16')", f"np.asarray({sorted_}, dtype='int16')"), array("int16", s)], side=R.choice(["left", "right"]))


def sets():
    name = R.choice(["unique_values", "unique_counts", "unique_inverse", "unique_all", "sort", "argsort"])
    s = R.choice([[4], [2, 3], [0], []])
    data = [R.choice([0.0, 1.0, 2.0, 3.0, float("nan"), -1.0]) for _ in range(int(np.prod(s)))]
    d = R.choice(["float64", "float32"])
    make = lambda js: f"np.asarray({text(data, js)}, {'' if js else 'dtype='}'{d}').reshape({', '.join(map(str, s)) if s else ('[]' if js else '()')})"
    kw = {}
    if name in ("sort", "argsort"):
        kw = {"stable": True, **({"axis": R.choice(range(-len(s), len(s)))} if s else {})}
    return call(name, [(make(True), make(False))], **kw)


def creation():
    d = R.choice(ALL)
    return R.choice([
        lambda: call("zeros", [R.choice([3, (2, 3), 0, ()])], dtype=R.choice([None, d])),
        lambda: call("ones", [R.choice([3, (2, 0)])], dtype=d),
        lambda: call("full", [R.choice([2, (2, 2)]), R.choice([True, 1.5])]),
        lambda: call("eye", [R.choice([0, 1, 3]), R.choice([None, 2, 4])], k=R.choice([0, 1, -1]), dtype=d),
        lambda: call("arange", [R.choice([0, 3, -2]), R.choice([5, 2, -5]), R.choice([1, 2, -1])], dtype=R.choice([None, "int64", "float32"])),
        lambda: call("linspace", [R.choice([0, -1.0, 2.5]), R.choice([1, 5.0, 2.5]), R.choice([0, 1, 5])], endpoint=R.random() < 0.5),
        lambda: call("zeros_like", [array(d, shape())], dtype=R.choice([None, *ALL])),
        lambda: call("full_like", [array("int32", shape()), R.choice([3, 300])]),
        lambda: call("isdtype", [(f"np.dtype('{d}')",) * 2, R.choice(["bool", "integral", "signed integer", "unsigned integer", "real floating", "complex floating", "numeric", "x", ("bool", "integral", "real floating"), ("x", "bool", 5)])]),
        lambda: call("result_type", [(f"np.dtype('{d}')",) * 2, (f"np.dtype('{R.choice(ALL)}')",) * 2]),
        lambda: call("can_cast", [(f"np.dtype('{d}')",) * 2, (f"np.dtype('{R.choice(ALL)}')",) * 2]),
    ])()


def products():
    a, b = R.choice(INTS + REAL), R.choice(INTS + REAL)
    small = lambda d, s: (f"np.asarray({text(v := nested_small(s), True)}, '{d}')", f"np.asarray({text(v, False)}, dtype='{d}')")
    return R.choice([
        lambda: call("matmul", [small(a, [2, 3]), small(b, R.choice([[3], [3, 2], [2, 3, 2], [2]]))]),
        lambda: call("vecdot", [small(a, [2, 3]), small(b, [3])]),
        lambda: call("tensordot", [small(a, [2, 3]), small(b, [3, 2])], axes=R.choice([1, 0, 2])),
        lambda: call("linalg.cross", [small(a, [3]), small(b, [2, 3])]),
        lambda: call("linalg.outer", [small(a, [3]), small(b, [2])]),
        lambda: call("linalg.trace", [small(a, [2, 3])], offset=R.choice([0, 1])),
        lambda: call("linalg.diagonal", [small(a, [2, 3, 2])], offset=R.choice([0, 1, -1])),
        lambda: call("linalg.matrix_transpose", [small(a, R.choice([[2, 3], [2, 3, 1], [3]]))]),
        lambda: call("linalg.matrix_power", [small(a, [2, 2]), R.choice([0, 1, 3])]),
        lambda: call("linalg.vecdot", [small(a, [2, 3]), small(b, [2, 3])], axis=R.choice([0, 1, -1])),
        lambda: call("linalg.vector_norm", [small("float64", [3])], ord=R.choice([1, 2, 0])),
        lambda: call("linalg.matrix_norm", [small("float64", [2, 2])], ord=R.choice(["fro", 1, -1])),
    ])()


def nested_small(s):
    return R.randint(0, 5) if not s else [nested_small(s[1:]) for _ in range(s[0])]


MAKERS = [unary, unary_special, binary, binary, binary_special, weak, reduction, reduction, cumulative, moving, moving, moving, sets, creation, products]


def main(cases=1100, seed=1, path=None):
    R.seed(seed)
    seen = {}
    while len(seen) < cases:
        js, py = R.choice(MAKERS)()
        seen[js] = py
    pairs.write(Path(path) if path else Path(__file__).with_name("array_api.json"), list(seen.items()), {"inf": float("inf"), "nan": float("nan")})


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:3]), *sys.argv[3:4])
