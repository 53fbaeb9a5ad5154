"""Writes special.json: special functions at random places, by mpmath with forty digits."""
import json
import os
import random

import mpmath as mp

mp.mp.dps = 40
random.seed(11)
N = 24


def uniform(a, b, n=N):
    return [random.uniform(a, b) for _ in range(n)]


def scales(a, b, n=N):
    return [10 ** random.uniform(a, b) for _ in range(n)]


def erfcinv(p):
    p = mp.mpf(p)
    if p > 1:
        return -erfcinv(2 - p)
    x = mp.sqrt(-mp.log(p * (2 - p)))
    for _ in range(100):
        step = (mp.log(mp.erfc(x)) - mp.log(p)) / (-2 / mp.sqrt(mp.pi) * mp.exp(-x * x) / mp.erfc(x))
        x -= step
        if abs(step) < mp.mpf(10) ** -35 * abs(x):
            break
    return x


def scaled(f, n, sign):
    return lambda x: mp.exp(sign * abs(mp.mpf(x))) * f(n, x)


def dawson(x):
    return mp.sqrt(mp.pi) / 2 * mp.exp(-mp.mpf(x) ** 2) * mp.erfi(x)


ONE = {
    'erf': (uniform(-6, 6) + scales(-200, 0), mp.erf),
    'erfc': (uniform(-6, 26), mp.erfc),
    'erfinv': (uniform(-1, 1) + [1 - 10 ** -k for k in range(1, 16)], mp.erfinv),
    'erfcinv': (uniform(0, 2) + scales(-300, 0), erfcinv),
    'ndtri': (uniform(0, 1) + scales(-300, 0), lambda p: -mp.sqrt(2) * erfcinv(2 * mp.mpf(p))),
    'lgamma': (uniform(0, 3) + uniform(0, 30) + scales(-300, 300), lambda x: mp.re(mp.loggamma(x))),
    'digamma': (uniform(0, 30) + scales(-300, 300), mp.digamma),
    'bessel_i0': (uniform(-20, 700), lambda x: mp.besseli(0, x)),
    'bessel_i0e': (scales(-5, 5), scaled(mp.besseli, 0, -1)),
    'bessel_i1': (uniform(-20, 700), lambda x: mp.besseli(1, x)),
    'bessel_i1e': (scales(-5, 5), scaled(mp.besseli, 1, -1)),
    'bessel_j0': (uniform(-30, 30), lambda x: mp.besselj(0, x)),
    'bessel_j1': (uniform(-30, 30), lambda x: mp.besselj(1, x)),
    'bessel_y0': (uniform(0, 30), lambda x: mp.bessely(0, x)),
    'bessel_y1': (uniform(0, 30), lambda x: mp.bessely(1, x)),
    'bessel_k0': (uniform(0, 30), lambda x: mp.besselk(0, x)),
    'bessel_k0e': (scales(-5, 4), scaled(mp.besselk, 0, 1)),
    'bessel_k1': (uniform(0, 30), lambda x: mp.besselk(1, x)),
    'bessel_k1e': (scales(-5, 4), scaled(mp.besselk, 1, 1)),
    'dawsn': (uniform(-15, 15), dawson),
    'expint': (uniform(0, 30) + scales(-10, 2.8), mp.ei),
    'fresnel_sin': (uniform(-8, 8), mp.fresnels),
    'fresnel_cos': (uniform(-8, 8), mp.fresnelc),
    'spence': (uniform(0, 5) + scales(-10, 10), lambda x: mp.re(mp.polylog(2, 1 - mp.mpf(x)))),
}
AX = [(a, a * random.uniform(0.3, 2)) for a in scales(-2, 3, 60)]
MORE = {
    'igamma': (AX, lambda a, x: mp.gammainc(a, 0, x, regularized=True)),
    'igammac': (AX, lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True)),
    'polygamma': ([(random.randint(0, 12), random.uniform(0.05, 30)) for _ in range(40)], lambda n, x: mp.polygamma(int(n), x)),
    'zeta': ([(random.uniform(1.01, 20), random.uniform(0.05, 30)) for _ in range(40)], lambda s, q: mp.zeta(mp.mpf(s), mp.mpf(q))),
    'betainc': (
        [(10 ** random.uniform(-1, 2.3), 10 ** random.uniform(-1, 2.3), random.random()) for _ in range(60)],
        lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True),
    ),
}
out = {}
for name, (xs, f) in ONE.items():
    out[name] = {'args': [xs], 'want': [float(f(x)) for x in xs]}
for name, (points, f) in MORE.items():
    want = []
    for p in points:
        try:
            want.append(float(f(*p)))
        except Exception:
            want.append(None)
    kept = [i for i, w in enumerate(want) if w is not None and 1e-250 < abs(w)]
    out[name] = {'args': [[float(points[i][k]) for i in kept] for k in range(len(points[0]))], 'want': [want[i] for i in kept]}
with open(os.path.join(os.path.dirname(__file__), 'special.json'), 'w') as file:
    json.dump(out, file)
    file.write('\n')
