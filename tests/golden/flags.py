"""
Which floating-point errors NumPy's ufuncs report, value by value: writes flags.json beside this file.

Every value (or pair of values) of a grid is run by itself, and again among copies of itself in a contiguous and in a strided array,
with and without the vector instructions of this machine. What these do not agree on says something about the machine and not about
the function, and is written as a dot: some loops compute lanes that they then throw away, and flags stay behind.
"""

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

GRID = {
    "e": "0 -0.0 1 -1 0.5 2 -2 3 inf -inf nan 6e-8 -6e-8 1e-5 6.104e-05 65504 -65504 300 0.002 -12 12 1.5 0.1 -18 -25",
    "f": "0 -0.0 1 -1 0.5 2 -2 3 inf -inf nan 1e-45 -1e-45 1e-40 1.1754944e-38 3.4028235e38 -3.4028235e38 1e30 1e-30 -95 95 1.5 0.1 -149 -152",
    "d": "0 -0.0 1 -1 0.5 2 -2 3 inf -inf nan 5e-324 -5e-324 1e-310 2.2250738585072014e-308 1.7976931348623157e308 -1.7976931348623157e308 1e200 1e-200 -720 720 1.5 0.1 -1074 -1080",
}
REAL = {"F": "0 -0.0 1 -2 inf nan 1e-30 3e38 1e-45", "D": "0 -0.0 1 -2 inf nan 1e-200 1e308 5e-324"}
PAIRED = {"F": "0 1 -2 inf nan 1e-30 3e38", "D": "0 1 -2 inf nan 1e-200 1e308"}

NAMES = """add subtract multiply divide negative positive absolute fabs sign square reciprocal conjugate floor_divide remainder divmod
fmod power float_power maximum minimum fmax fmin sqrt cbrt exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh
tanh arcsinh arccosh arctanh hypot arctan2 logaddexp logaddexp2 degrees radians deg2rad rad2deg floor ceil trunc rint copysign heaviside
modf frexp ldexp nextafter spacing equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor logical_not
isnan isinf isfinite signbit gcd lcm left_shift right_shift""".split()


def grid(char, nin):
    import numpy as np

    d = np.dtype(char)
    if d.kind == "f":
        return np.array([float(v) for v in GRID[char].split()], dtype=d)
    if d.kind == "c":
        parts = [float(v) for v in (REAL if nin == 1 else PAIRED)[char].split()]
        return np.array([complex(a, b) for a in parts for b in parts], dtype=d)
    if d.kind == "b":
        return np.array([False, True])
    info = np.iinfo(d)
    return np.array([v for v in (0, 1, 2, 3, -1, -2, 7, info.min, info.max) if info.min <= v <= info.max], dtype=d)


def collect():
    import numpy as np

    seen = []
    np.seterrcall(lambda text, flags: seen.append(flags))
    np.seterr(all="call")

    def flags(f, args):
        seen.clear()
        f(*args)
        return max(seen, default=0)

    out = {}
    for name in NAMES:
        f = getattr(np, name)
        loops = []
        for t in f.types:
            ins, outs = t.split("->")
            # q and Q are l and L once more.
            if set(ins + outs) <= set("?bBhHiIlLefdFD") and ins not in [known for known, _ in loops]:
                loops.append((ins, t))
        rows = {}
        for ins, t in loops:
            values = [grid(c, f.nin) for c in ins]
            text = ""
            for i in range(len(values[0])):
                for j in range(len(values[1])) if f.nin == 2 else [0]:
                    one = [v[k : k + 1] for v, k in zip(values, (i, j))]
                    if f.nin == 2 and ins[1] in "bhil" and name == "power" and one[1][0] < 0:
                        text += "0"
                        continue
                    ways = [one, [np.repeat(v, 19) for v in one], [np.repeat(v, 38)[::2] for v in one]]
                    got = {flags(f, w) for w in ways}
                    text += f"{got.pop():x}" if len(got) == 1 else "."
            rows[t] = text
        out[name] = rows

    casts = {}
    for a in "?bBhHiIlLefdFD":
        for b in "bBhHiIlLefdFD":
            v = grid(a, 1)
            text = ""
            for i in range(len(v)):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    got = {
                        flags(lambda x: x.astype(b), [w])
                        for w in (v[i : i + 1], np.repeat(v[i : i + 1], 19), np.repeat(v[i : i + 1], 38)[::2])
                    }
                text += f"{got.pop():x}" if len(got) == 1 else "."
            casts[a + b] = text

    folds = {}
    for name in "add subtract multiply divide power hypot logaddexp maximum arctan2 fmod remainder floor_divide".split():
        f = getattr(np, name)
        for c in "efd":
            v = grid(c, 2)
            for method in ("reduce", "accumulate", "reduceat"):
                text = ""
                for i in range(len(v)):
                    for j in range(len(v)):
                        args = [np.array([v[i], v[j]])]
                        if method == "reduceat":
                            args.append([0])
                        text += f"{flags(getattr(f, method), args):x}"
                folds[f"{name}.{method}.{c}"] = text
    return {"ufuncs": out, "casts": casts, "folds": folds}


def agree(a, b):
    if isinstance(a, dict):
        return {k: agree(a[k], b[k]) for k in a}
    return "".join(x if x == y else "." for x, y in zip(a, b))


def plain(text):
    """What no loop reports, whatever the values, is left out of the file but for its length."""
    return f"0*{len(text)}" if set(text) == {"0"} else text


def main():
    if len(sys.argv) > 1:
        print(json.dumps(collect()))
        return
    runs = []
    for off in ("", "AVX512_ICL X86_V4", "AVX512_ICL X86_V4 X86_V3"):
        env = {**os.environ, "NPY_DISABLE_CPU_FEATURES": off}
        done = subprocess.run([sys.executable, __file__, "collect"], env=env, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    data = runs[0]
    for other in runs[1:]:
        data = agree(data, other)
    squeeze = lambda d: {k: squeeze(v) if isinstance(v, dict) else plain(v) for k, v in d.items()}  # noqa: E731
    import numpy as np

    values = {c: GRID[c].split() for c in GRID}
    whole = {"numpy": np.__version__, "grid": values, "complex": {"unary": REAL, "binary": PAIRED}, **squeeze(data)}
    Path(__file__).with_suffix(".json").write_text(json.dumps(whole, indent=0) + "\n")


main()
