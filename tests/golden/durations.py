"""Golden data for divided durations: values and the floating-point errors that NumPy warns of. Run: python3 tests/golden/durations.py"""
import json
import os
import warnings

import numpy as np

COUNTS = ["NaT", 0, 7, -7, 2**62]
OTHERS = [("i8", [0, -1, 3]), ("f8", [0.0, "nan", "inf", 1e-300, 1e300, 1e308, 5e-324, 2.5]), ("m8[s]", ["NaT", 0, 3, -2])]
UFUNCS = ["divide", "floor_divide", "multiply", "remainder", "divmod"]


def text(r):
    return [f"{e.dtype} {e}" for e in (r if isinstance(r, tuple) else (r,))]


def main():
    rows = []
    for name in UFUNCS:
        for dtype, values in OTHERS:
            for count in COUNTS:
                for v in values:
                    a = np.array([count], "m8[s]")
                    b = np.array(v, dtype) if dtype == "i8" else np.array([v], dtype)
                    with warnings.catch_warnings(record=True) as seen:
                        warnings.simplefilter("always")
                        try:
                            got = text(getattr(np, name)(a, b))
                        except TypeError:
                            continue
                    rows.append([name, str(count), dtype, str(v), got, [str(w.message) for w in seen]])
    texts = []
    for spelling in ("<datetime64[Y]", "=datetime64[Y]", "|datetime64[s]", "!datetime64[s]", ">timedelta64", "@datetime64", "<M8[μs]",
                     "m8[5μs]", "M8[µs]", "<q", ">c", ">P", "<n", "()i4", "<float64"):
        try:
            texts.append([spelling, np.dtype(spelling).str])
        except TypeError as e:
            texts.append([spelling, f"TypeError: {e}"])
    units = ["M8[7000ms]", "M8[7s]", "M8[7000000us]", "M8[2s]", "m8[1000ns]", "m8[us]", "m8[60s]", "m8[m]"]
    casts = [[a, b, [c for c in ("no", "equiv", "safe", "same_kind") if np.can_cast(a, b, c)]] for a in units for b in units]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "durations.json")
    with open(path, "w") as f:
        json.dump({"divided": rows, "texts": texts, "casts": casts}, f, indent=None, separators=(",", ":"))


if __name__ == "__main__":
    main()
