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
# Points all over the plane, and near the mean of narrow distributions.
more = random.Random(12)


def log_uniform(a, b):
    return 10 ** more.uniform(a, b)


WIDE = [(a, a * more.uniform(0.01, 6)) for a in (log_uniform(-7, 3) for _ in range(60))]
WIDE += [(log_uniform(-8, 1), log_uniform(-3, 1)) for _ in range(20)]
WIDE += [(a, a + more.uniform(-25, 25) * a**0.5) for a in (log_uniform(3, 8) for _ in range(30))]
WIDE += [(float(a), a * f) for a in (1, 2, 5, 20) for f in (0.3, 1, 1.0625, 2)]


def halves(a, x):
    """Both incomplete gamma functions, the smaller to all digits."""
    if x <= a or x < 2:
        n, term, total = a, mp.mpf(1), mp.mpf(1)
        while term > total * mp.mpf(10) ** -mp.mp.dps:
            n += 1
            term *= x / n
            total += term
        p = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)).real * total
        return p, 1 - p
    b = x + 1 - a
    c, d = mp.mpf(10) ** 300, 1 / b
    h, k = d, 0
    while True:
        k += 1
        an = -k * (k - a)
        b += 2
        d = 1 / (an * d + b)
        c = b + an / c
        h *= c * d
        if abs(c * d - 1) < mp.mpf(10) ** (3 - mp.mp.dps):
            break
    q = mp.exp(a * mp.log(x) - x - mp.loggamma(a)).real * h
    return 1 - q, q


def wide(f):
    def g(*args):
        with mp.workdps(70):
            return f(*(mp.mpf(v) for v in args))

    return g


def by_a(a, x):
    h = a * mp.mpf(10) ** -18
    (p1, q1), (p0, q0) = halves(a + h, x), halves(a - h, x)
    return (p1 - p0 if p0 < q0 else q0 - q1) / (2 * h)


def gamma_density(a, x):
    return mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a)).real


MORE['igamma'] = (AX + WIDE, wide(lambda a, x: halves(a, x)[0]))
MORE['igammac'] = (AX + WIDE, wide(lambda a, x: halves(a, x)[1]))
MORE['igamma_grad_a'] = (WIDE, wide(by_a))
MORE['gamma_density'] = (WIDE, wide(gamma_density))
MORE['gamma_growth'] = (WIDE, wide(lambda a, x: -by_a(a, x) / gamma_density(a, x)))
BETAS = [(log_uniform(-2, 4), log_uniform(-2, 4), more.random()) for _ in range(60)]
for _ in range(40):
    a, b = log_uniform(0, 5), log_uniform(0, 5)
    m = a / (a + b)
    x = m + more.uniform(-15, 15) * (m * (1 - m) / (a + b)) ** 0.5
    if 0 < x < 1:
        BETAS.append((a, b, x))
MORE['betainc'] = (MORE['betainc'][0] + BETAS, MORE['betainc'][1])
MORE['beta_density'] = (
    BETAS,
    wide(lambda a, b, x: mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)).real),
)
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
