"""Writes draws.json: what every distribution of NumPy's Generator and RandomState draws, as hashes of the bytes.

A case is a distribution, its parameters, the state of the bit generator before, the first draws in full, a hash of every block of
draws (so that a difference is found to the block), and a word drawn afterwards, which shows that no more and no fewer random bits
were used. Parameters lie on both sides of every branch of the algorithms.

    python3 tests/golden/draws.py
"""

import hashlib
import json
import os
import warnings

import numpy as np

N = 1000
BLOCK = 500
inf, nan = float("inf"), float("nan")

LOCATION = [(0.0, 1.0), (-3.5, 0.0), (1e10, 2.5), (0.1, 1e-300), (0.0, 1e300), (nan, 1.0), (1.0, inf)]
SHAPES = [0.0, 5e-324, 1e-10, 0.01, 0.3, 0.5, 0.999999, 1.0, 1.0000001, 1.5, 2.0, 3.7, 10.0, 1e3, 1e8, 1e300, inf]
DF = [1e-5, 0.3, 0.7, 1.0, 1.5, 2.0, 2.5, 3.0, 10.0, 123.456, 1e6]

CASES = {
    "standard_normal": [()],
    "standard_exponential": [()],
    "standard_cauchy": [()],
    "normal": LOCATION,
    "lognormal": [(0.0, 1.0), (-3.5, 0.25), (100.0, 30.0), (0.0, 300.0), (-700.0, 5.0)],
    "exponential": [(1.0,), (0.0,), (1e-310,), (3.25,), (inf,), (nan,)],
    "uniform": [(0.0, 1.0), (-1.0, 1.0), (2.5, 2.5), (5.0, -5.0), (0.0, 1e308), (0.1, 0.3)],
    "standard_gamma": [(s,) for s in SHAPES],
    "gamma": [(0.5, 2.0), (1.0, 0.1), (2.5, 1e-3), (7.0, 0.0), (0.25, 1e300)],
    "beta": [
        (0.5, 0.5), (1.0, 1.0), (0.1, 0.9), (1e-3, 1e-3), (1e-5, 2e-5), (1e-102, 2e-103), (1e-103, 2e-103), (5e-324, 1e-320), (1.0, 1.0000001),
        (2.0, 3.0), (0.5, 2.0), (5.0, 1.0), (1e-3, 5.0), (100.0, 200.0), (1e8, 1e9), (0.01, 0.01), (1e-8, 1.0), (0.3, 1.0),
    ],
    "chisquare": [(d,) for d in DF],
    "noncentral_chisquare": [(d, n) for d in (0.2, 1.0, 1.0001, 3.0, 50.0) for n in (0.0, 1e-3, 2.0, 19.9, 20.0, 1e5)] + [(2.0, nan), (0.5, nan)],
    "f": [(1.0, 1.0), (0.5, 3.0), (2.0, 2.0), (10.0, 5.0), (1e5, 1e-3)],
    "noncentral_f": [(1.0, 1.0, 0.0), (0.5, 3.0, 2.0), (2.0, 2.0, 30.0), (10.0, 5.0, 0.1)],
    "standard_t": [(d,) for d in DF] + [(1e300,)],
    "vonmises": [
        (0.0, 0.0), (1.0, 1e-9), (1.0, 1e-8), (-2.0, 9.9e-6), (0.5, 1e-5), (0.0, 0.1), (3.0, 1.0), (-3.14, 4.0), (0.0, 50.0), (2.0, 1e4),
        (1.0, 1e6), (1.0, 1000001.0), (3.1415, 1e7), (-3.1415, 1e7), (0.0, 1e12), (0.0, nan), (100.0, 2.0), (10.0, 1e10),
    ],
    "pareto": [(1.0,), (0.1,), (3.0,), (100.0,), (1e-3,), (1e10,)],
    "weibull": [(1.0,), (0.0,), (0.1,), (3.0,), (100.0,), (1e-3,)],
    "power": [(1.0,), (0.1,), (3.0,), (100.0,), (1e-3,)],
    "laplace": LOCATION,
    "gumbel": LOCATION,
    "logistic": LOCATION,
    "rayleigh": [(1.0,), (0.0,), (2.5,), (1e300,)],
    "wald": [(1.0, 1.0), (0.1, 5.0), (100.0, 0.5), (1e8, 1.0), (1e-8, 1e8), (3.0, 1e-10)],
    "triangular": [(0.0, 0.0, 1.0), (0.0, 1.0, 1.0), (-1.0, 0.25, 3.0), (1e300, 2e300, 3e300), (-5.0, -4.9, 1e5)],
    "binomial": [
        (n, p)
        for n, p in [
            (0, 0.5), (10, 0.0), (10, 1.0), (1, 0.5), (10, 0.3), (10, 0.7), (59, 0.5), (60, 0.5), (61, 0.5), (62, 0.5), (100, 0.3), (101, 0.3),
            (100, 0.30000001), (100, 0.7), (100, 0.69), (1000, 0.01), (1000, 0.0299), (1000, 0.0301), (1000, 0.5), (1000, 0.97), (1000, 0.9699),
            (10000, 0.4), (10**6, 0.25), (10**9, 0.123), (10**9, 1e-9), (10**12, 0.5), (10**12, 0.9), (2**53, 0.25), (10**5, 1e-10), (10**15, 1e-14), (2**55, 0.3), (2**62, 0.25), (2**60, 2**-50),
        ]
    ],
    "negative_binomial": [(1.0, 0.5), (0.1, 0.1), (5.0, 0.01), (5.5, 0.9), (100.0, 0.3), (1e6, 0.999), (1e-3, 0.5), (10.0, 1.0), (1e9, 0.01), (20.0, 1e-12)],
    "poisson": [(x,) for x in (0.0, 1e-10, 0.1, 1.0, 5.0, 9.99, 9.9999999999, 10.0, 10.01, 12.5, 30.0, 100.0, 1e3, 12345.678, 1e6, 1e9, 1e12, 1e16, 9e18)],
    "zipf": [(x,) for x in (1.0000000001, 1.00001, 1.01, 1.1, 1.5, 2.0, 2.5, 4.0, 10.0, 100.0, 1000.0, 1024.0, 1025.0, 1e10)],
    "geometric": [(p,) for p in (1.0, 0.9, 0.5, 0.34, 0.333333333333333333, 0.3333333, 0.33, 0.1, 0.01, 1e-5, 1e-10, 1e-17, 1e-19)],
    "hypergeometric": [
        (0, 0, 0), (5, 0, 3), (0, 5, 3), (5, 5, 5), (10, 10, 1), (10, 10, 9), (10, 10, 10), (10, 10, 11), (20, 5, 16), (9, 9, 9), (100, 100, 9), (100, 100, 10),
        (100, 100, 11), (100, 100, 190), (100, 100, 191), (30, 200, 50), (200, 30, 50), (200, 30, 180), (1000, 1, 500), (500, 700, 1100), (10**5, 10**6, 5000),
        (10**8, 10**8, 10**7), (999999999, 999999999, 12345), (999999999, 5, 8), (126, 126, 126), (3, 999999999, 10**9),
    ],
    "logseries": [(p,) for p in (0.0, 1e-10, 0.01, 0.3, 0.5, 0.9, 0.99, 0.9999, 1 - 1e-10, 1 - 2**-53)],
}

VECTORS = {
    "multinomial": [(20, [0.2, 0.3, 0.5]), (1000, [0.1] * 10), (0, [0.5, 0.5]), (5, [1.0]), (10**6, [0.0, 0.25, 0.25, 0.5, 0.0]), (100, [0.99, 0.005, 0.005])],
    "dirichlet": [[1.0, 2.0, 3.0], [0.5, 0.5], [0.01, 0.02, 0.03], [0.099, 0.05, 0.09, 1e-3], [0.1, 0.05], [1e-5, 1e-5], [10.0], [1e-160, 2e-160], [0.0, 0.0, 0.0], [0.0, 0.05], [0.05, 0.0, 0.01], [0.0, 1.0]],
    "count": [([3, 4, 5], 6), ([3, 4, 5], 7), ([10, 0, 20, 5], 3), ([1, 1], 2), ([100, 200], 0), ([500], 20), ([30, 40, 50], 100)],
    "marginals": [([3, 4, 5], 6), ([3, 4, 5], 7), ([10, 0, 20, 5], 3), ([1, 1], 2), ([100, 200], 0), ([500], 20), ([300, 400, 500], 1000), ([10**8, 10**8, 10**6], 10**7)],
}

# A draw costs RandomState too long here, or does not end.
SLOW_LEGACY = {("zipf", 1.0000000001), ("zipf", 1025.0), ("zipf", 1e10), ("hypergeometric", 0, 0, 0), ("vonmises", 0.0, 1e12), ("vonmises", 10.0, 1e10)}


def number(x):
    return x if isinstance(x, int) or (x == x and abs(x) != inf) else repr(float(x))


def summary(draws):
    flat = np.ascontiguousarray(draws).reshape(-1)
    if flat.dtype.kind == "f":
        flat[np.isnan(flat)] = nan  # the sign and the payload of a NaN are the processor's
    flat = flat.astype(flat.dtype.newbyteorder("<"))
    blocks = [hashlib.sha256(flat[i : i + BLOCK].tobytes()).hexdigest()[:8] for i in range(0, flat.size, BLOCK)]
    return {"first": [v.tobytes().hex() for v in flat[:3]], "blocks": "".join(blocks)}


def modern(seed):
    bits = np.random.PCG64(seed)
    s = bits.state["state"]
    return np.random.Generator(bits), {"state": f"{s['state']:x}", "inc": f"{s['inc']:x}"}


def legacy(seed):
    return np.random.RandomState(seed), {"seed": seed}


def case(kind, name, parameters, seed, n=N, call=None, **keywords):
    g, start = (legacy if kind == "legacy" else modern)(seed)
    try:
        draws = call(g) if call else getattr(g, name)(*parameters, size=n, **keywords)
    except (ValueError, OverflowError):
        return None
    bits = g._bit_generator if kind == "legacy" else g.bit_generator
    after = int(bits.random_raw())
    shown = [number(p) if not isinstance(p, list) else p for p in parameters]
    return {"kind": kind, "name": name, "parameters": shown, **start, **summary(draws), "after": f"{after:x}"}


def main():
    warnings.simplefilter("ignore")
    out = []
    seed = 1000
    for name, sets in CASES.items():
        for parameters in sets:
            for kind in ("modern", "legacy"):
                if kind == "legacy" and (name, *parameters) in SLOW_LEGACY:
                    continue
                seed += 1
                if os.environ.get("SHOWN"):
                    print(kind, name, parameters, flush=True)
                out.append(case(kind, name, parameters, seed))
    for name, sets in {"standard_normal": [()], "standard_exponential": [()], "standard_gamma": [(s,) for s in SHAPES if s != 5e-324]}.items():
        for parameters in sets:
            seed += 1
            out.append(case("single", name, parameters, seed, n=10000 if not parameters else 3000, dtype=np.float32))
    for dtype, kind in ((np.float64, "modern"), (np.float32, "single")):
        seed += 1
        c = case(kind, "standard_exponential", (), seed, method="inv", dtype=dtype)
        out.append({**c, "name": "standard_exponential_inverse"})
    for kind in ("modern", "legacy"):
        seed += 1
        out.append(case(kind, "standard_normal", (), seed, n=40000))
        out.append(case(kind, "standard_exponential", (), seed, n=40000))
        out.append(case(kind, "lognormal", (0.0, 1.0), seed, n=20000))
        for n, p in VECTORS["multinomial"]:
            seed += 1
            out.append(case(kind, "multinomial", (n, p), seed, n=200))
        for alpha in VECTORS["dirichlet"]:
            seed += 1
            if kind == "modern" or max(alpha) > 1e-100:
                out.append(case(kind, "dirichlet", (alpha,), seed, n=300))
    for method in ("count", "marginals"):
        for colors, sample in VECTORS[method]:
            seed += 1
            out.append({**case("modern", "multivariate_hypergeometric", (colors, sample), seed, n=150, method=method), "name": method})
    out = [c for c in out if c]
    path = os.path.join(os.path.dirname(__file__), "data", "draws.json")
    with open(path, "w") as f:
        f.write('{"numpy": "%s", "block": %d, "cases": [\n' % (np.__version__, BLOCK))
        f.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in out))
        f.write("\n]}\n")
    print(len(out), "cases", os.path.getsize(path))


main()
