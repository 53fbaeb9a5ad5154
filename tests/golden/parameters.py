"""Writes parameters.json: which parameters NumPy's distributions refuse, and with which words, for lone values and for arrays.

    python3 tests/golden/parameters.py
"""

import json
import os
import warnings

import numpy as np

inf, nan = float("inf"), float("nan")
REAL = [-1.0, -0.0, 0.0, 0.5, 1.0, 1.5, inf, nan, 9.3e18]
WHOLE = [-1, 0, 1, 5, 10**9]

# Parameters that are accepted; each is then replaced by every value above, alone and with its neighbour.
GOOD = {
    "normal": [0.0, 1.0], "lognormal": [0.0, 1.0], "exponential": [1.0], "standard_gamma": [2.0], "gamma": [2.0, 1.0], "beta": [2.0, 3.0],
    "chisquare": [2.0], "noncentral_chisquare": [2.0, 1.0], "f": [2.0, 3.0], "noncentral_f": [2.0, 3.0, 1.0], "standard_t": [2.0], "vonmises": [0.0, 1.0],
    "pareto": [2.0], "weibull": [2.0], "power": [2.0], "laplace": [0.0, 1.0], "gumbel": [0.0, 1.0], "logistic": [0.0, 1.0], "rayleigh": [1.0],
    "wald": [1.0, 1.0], "triangular": [0.0, 0.5, 1.0], "binomial": [5, 0.5], "negative_binomial": [2.0, 0.5], "poisson": [1.0], "zipf": [2.0],
    "geometric": [0.5], "hypergeometric": [5, 6, 4], "logseries": [0.5],
}

# RandomState draws for ever.
ENDLESS = {("zipf", inf), ("zipf", 9.3e18), ("vonmises", inf), ("vonmises", 9.3e18), ("negative_binomial", inf), ("negative_binomial", 9.3e18)}


def text(g, name, parameters):
    try:
        getattr(g, name)(*parameters)
        return None
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def shown(x):
    if isinstance(x, list):
        return [shown(v) for v in x]
    return x if isinstance(x, int) else repr(x)


def main():
    warnings.simplefilter("ignore")
    makers = {"modern": lambda: np.random.default_rng(1), "legacy": lambda: np.random.RandomState(1)}
    out = []
    for name, good in GOOD.items():
        for i, usual in enumerate(good):
            values = WHOLE if isinstance(usual, int) else REAL
            for j, bad in enumerate(values):
                for given in (bad, [bad, usual], [values[(j + 1) % len(values)], bad]):
                    flat = given if isinstance(given, list) else [given]
                    parameters = [*good[:i], given, *good[i + 1 :]]
                    for kind, make in makers.items():
                        if kind == "legacy" and any((name, v) in ENDLESS for v in flat):
                            continue
                        out.append([kind, name, [shown(p) for p in parameters], text(make(), name, parameters)])
    for p in [(-1, 2, 3), (-1, -1, 0), (10**9, -1, 5), (10**9, 1, 10**10), (1, 2, -1), (1, 2, 0), (0, 0, 0), (-5, 3, -1)]:
        for kind, make in makers.items():
            out.append([kind, "hypergeometric", list(p), text(make(), "hypergeometric", p)])
            many = [[p[0]], *p[1:]]
            out.append([kind, "hypergeometric", many, text(make(), "hypergeometric", many)])
    for n in (9.22337197e18, 9.2233719e18, 9.22337200648e18, 9.223372006e18, 1e17):
        for p in (0.5, 0.51, 0.49):
            out.append(["modern", "negative_binomial", [repr(n), repr(p)], text(makers["modern"](), "negative_binomial", (n, p))])
    path = os.path.join(os.path.dirname(__file__), "data", "parameters.json")
    with open(path, "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in out) + "\n]\n")
    print(len(out), "cases", os.path.getsize(path))


main()
