"""Writes src/core/math/special/tables.ts: piecewise polynomials of the special functions, found by Chebyshev interpolation with mpmath.

Each row: a name, what it is, where the first piece begins, how long a piece is, how many there are, the function.
"""
import os
import sys

import mpmath as mp

mp.mp.dps = 60
INF = mp.inf
half = mp.mpf(1) / 2


def erfcx(x):
    if x > 100:
        return mp.nsum(lambda k: (-1) ** int(k) * mp.fac2(2 * k - 1) / (2 * x * x) ** k, [0, 12]) / (x * mp.sqrt(mp.pi))
    return mp.erfc(x) * mp.exp(x * x)


def erfinv_ratio(w):
    """erfinv(x) / x for w = -log(1 - x^2)."""
    if w < mp.mpf(10) ** -25:
        return mp.sqrt(mp.pi) / 2
    x = mp.sqrt(-mp.expm1(-w))
    p = mp.exp(-w) / (1 + x)  # 1 - x
    y = mp.sqrt(w)
    for _ in range(200):
        # Newton on log erfc.
        f = mp.log(mp.erfc(y)) - mp.log(p)
        d = -2 / mp.sqrt(mp.pi) / erfcx(y)
        step = f / d
        y -= step
        if abs(step) < mp.mpf(10) ** -45 * abs(y):
            break
    return y / x


ROOT_DIGAMMA = mp.findroot(mp.digamma, 1.46)
ROOT_EI = mp.findroot(mp.ei, 0.37)


def removable(f, places, h=mp.mpf(10) ** -20):
    """f where it has removable singularities: the mean of two neighbours there."""

    def g(x):
        if any(abs(x - p) < h / 10 for p in places):
            return (f(x + h) + f(x - h)) / 2
        return f(x)

    return g


def limit0(f, at=mp.mpf(10) ** -15):
    """f at a place where its formula has no value."""
    return lambda x: f(at if abs(x) < at else x)


def ein(x):
    return mp.ei(x) - mp.euler - mp.log(x)


def hankel(n, which):
    """P and Q of the asymptotic forms of the Bessel functions of order n."""

    def f(z):
        x = 8 / mp.sqrt(max(z, mp.mpf(10) ** -30))
        if x > 200:
            # The asymptotic series: it stops growing far beyond the digits needed.
            mu = 4 * n * n
            s, t = mp.mpf(0), mp.mpf(1)
            p, q = mp.mpf(0), mp.mpf(0)
            for k in range(40):
                if k % 2 == 0:
                    p += t * (1 if k % 4 == 0 else -1)
                else:
                    q += t * (1 if k % 4 == 1 else -1)
                t = t * (mu - (2 * k + 1) ** 2) / ((k + 1) * 8 * x)
            return p if which == 'p' else q * x
        j, y = mp.besselj(n, x), mp.bessely(n, x)
        c = x - (2 * n + 1) * mp.pi / 4
        s = mp.sqrt(mp.pi * x / 2)
        p = s * (j * mp.cos(c) + y * mp.sin(c))
        q = s * (y * mp.cos(c) - j * mp.sin(c))
        return p if which == 'p' else q * x

    return f


def fresnel_parts(which):
    def f(z):
        # z = 4 / x^2
        z = max(z, mp.mpf(10) ** -8)
        x = 2 / mp.sqrt(z)
        if x > 30:
            t = mp.pi * x * x
            if which == 'f':
                return mp.nsum(lambda m: (-1) ** int(m) * mp.fac2(4 * m - 1) / t ** (2 * m), [0, 20])
            return mp.nsum(lambda m: (-1) ** int(m) * mp.fac2(4 * m + 1) / t ** (2 * m), [0, 20])
        s, c = half - mp.fresnels(x), half - mp.fresnelc(x)
        a = mp.pi * x * x / 2
        if which == 'f':
            return mp.pi * x * (s * mp.cos(a) - c * mp.sin(a))
        return mp.pi**2 * x**3 * (c * mp.cos(a) + s * mp.sin(a))

    return f


def dawson(x):
    return mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x)


def spence(x):
    return mp.re(mp.polylog(2, 1 - x))


E = mp.exp
ROWS = [
    ('ERF', 'erf(x) / x by x^2', 0, 1, 1, limit0(lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z), mp.mpf(10) ** -40)),
    ('ERFCX', 'x exp(x^2) erfc(x) by 1 / x', 0, mp.mpf(1) / 8, 8, lambda u: erfcx(1 / u) / u if u > 0 else 1 / mp.sqrt(mp.pi)),
    ('ERFINV', 'erfinv(x) / x by w = -log(1 - x^2)', 0, 1, 8, erfinv_ratio),
    ('ERFINV_FAR', 'the same by the root of w', 2, 2, 13, lambda s: erfinv_ratio(s * s)),
    ('LGAMMA', 'lgamma(x) / ((x - 1) (x - 2))', 1, 1, 8, removable(lambda x: mp.loggamma(x) / ((x - 1) * (x - 2)), [1, 2])),
    ('STIRLING', 'what Stirling\'s formula leaves, times x, by 81 / x^2', 0, 1, 1,
     lambda z: mp.mpf(1) / 12 if z < mp.mpf(10) ** -30 else (lambda x: x * (mp.loggamma(x) - (x - half) * mp.log(x) + x - mp.log(2 * mp.pi) / 2))(9 / mp.sqrt(z))),
    ('DIGAMMA', 'digamma(x) / (x - root)', 1, 1, 8, removable(lambda x: mp.digamma(x) / (x - ROOT_DIGAMMA), [ROOT_DIGAMMA])),
    ('DIGAMMA_FAR', '(log x - 1 / 2x - digamma(x)) x^2 by 81 / x^2', 0, 1, 1,
     lambda z: mp.mpf(1) / 12 if z < mp.mpf(10) ** -20 else (lambda x: x * x * (mp.log(x) - 1 / (2 * x) - mp.digamma(x)))(9 / mp.sqrt(z))),
    ('I0E', 'exp(-x) I0(x)', 0, 1, 8, lambda x: E(-x) * mp.besseli(0, x)),
    ('I0E_FAR', 'sqrt(x) exp(-x) I0(x) by 8 / x', 0, mp.mpf(1) / 8, 8, lambda v: (lambda x: mp.sqrt(x) * E(-x) * mp.besseli(0, x))(8 / v) if v > 0 else 1 / mp.sqrt(2 * mp.pi)),
    ('I1E', 'exp(-x) I1(x) / x', 0, 1, 8, lambda x: E(-x) * mp.besseli(1, x) / x if x > 0 else half),
    ('I1E_FAR', 'sqrt(x) exp(-x) I1(x) by 8 / x', 0, mp.mpf(1) / 8, 8, lambda v: (lambda x: mp.sqrt(x) * E(-x) * mp.besseli(1, x))(8 / v) if v > 0 else 1 / mp.sqrt(2 * mp.pi)),
    ('J0', 'J0(x) by x', 0, 1, 8, lambda x: mp.besselj(0, x)),
    ('J1', 'J1(x) / x by x', 0, 1, 8, lambda x: mp.besselj(1, x) / x if x > 0 else half),
    ('P0', 'P of order 0 by 64 / x^2', 0, half, 2, hankel(0, 'p')),
    ('Q0', 'Q of order 0 times x', 0, half, 2, hankel(0, 'q')),
    ('P1', 'P of order 1', 0, half, 2, hankel(1, 'p')),
    ('Q1', 'Q of order 1 times x', 0, half, 2, hankel(1, 'q')),
    ('Y0', 'Y0(x) - 2/pi log(x) J0(x)', 0, 1, 8, limit0(lambda x: mp.bessely(0, x) - 2 / mp.pi * mp.log(x) * mp.besselj(0, x), mp.mpf(10) ** -30)),
    ('Y1', '(Y1(x) - 2/pi (log(x) J1(x) - 1/x)) / x', 0, 1, 8,
     limit0(lambda x: (mp.bessely(1, x) - 2 / mp.pi * (mp.log(x) * mp.besselj(1, x) - 1 / x)) / x, mp.mpf(10) ** -15)),
    ('K0', 'K0(x) + log(x / 2) I0(x) by x^2', 0, 4, 1, limit0(lambda z: mp.besselk(0, mp.sqrt(z)) + mp.log(mp.sqrt(z) / 2) * mp.besseli(0, mp.sqrt(z)), mp.mpf(10) ** -40)),
    ('K1', '(K1(x) - log(x / 2) I1(x)) x by x^2', 0, 4, 1, limit0(lambda z: (mp.besselk(1, mp.sqrt(z)) - mp.log(mp.sqrt(z) / 2) * mp.besseli(1, mp.sqrt(z))) * mp.sqrt(z), mp.mpf(10) ** -40)),
    ('K0_FAR', 'sqrt(x) exp(x) K0(x) by 2 / x', 0, mp.mpf(1) / 8, 8, lambda v: (lambda x: mp.sqrt(x) * E(x) * mp.besselk(0, x))(2 / v) if v > 0 else mp.sqrt(mp.pi / 2)),
    ('K1_FAR', 'sqrt(x) exp(x) K1(x) by 2 / x', 0, mp.mpf(1) / 8, 8, lambda v: (lambda x: mp.sqrt(x) * E(x) * mp.besselk(1, x))(2 / v) if v > 0 else mp.sqrt(mp.pi / 2)),
    ('DAWSON', 'dawsn(x) / x', 0, 1, 8, lambda x: dawson(x) / x if x > 0 else mp.mpf(1)),
    ('DAWSON_FAR', 'dawsn(x) x by 64 / x^2', 0, 1, 1, lambda z: (lambda x: dawson(x) * x)(8 / mp.sqrt(z)) if z > mp.mpf(1) / 200 else half * mp.nsum(lambda k: mp.fac2(2 * k - 1) * (z / 128) ** k, [0, 30])),
    ('EI', '(Ein(x) - Ein(root)) / (x - root), Ein = Ei - log - gamma', 0, 1, 6, removable(limit0(lambda x: (ein(x) - ein(ROOT_EI)) / (x - ROOT_EI), mp.mpf(10) ** -30), [ROOT_EI])),
    ('EI_FAR', 'x exp(-x) Ei(x) by 4 / x', 0, mp.mpf(1) / 16, 16, lambda v: (lambda x: x * E(-x) * mp.ei(x))(4 / v) if v > 0 else mp.mpf(1)),
    ('FRESNEL_C', 'C(x) / x by x', 0, mp.mpf(1) / 4, 8, lambda x: mp.fresnelc(x) / x if x > 0 else mp.mpf(1)),
    ('FRESNEL_S', 'S(x) / x^3 by x', 0, mp.mpf(1) / 4, 8, lambda x: mp.fresnels(x) / x**3 if x > mp.mpf(10) ** -8 else mp.pi / 6),
    ('FRESNEL_F', 'pi x f(x) by 4 / x^2', 0, half, 2, fresnel_parts('f')),
    ('FRESNEL_G', 'pi^2 x^3 g(x) by 4 / x^2', 0, half, 2, fresnel_parts('g')),
    ('SPENCE', 'spence(x) / (1 - x)', half, half, 2, removable(lambda x: spence(x) / (1 - x), [1])),
]


def chebyshev(f, a, b, n):
    """Coefficients of the interpolant of degree n on [a, b] in powers of t = (2x - a - b) / (b - a)."""
    xs = [mp.cos(mp.pi * (k + half) / (n + 1)) for k in range(n + 1)]
    ys = [f((a + b) / 2 + (b - a) / 2 * x) for x in xs]
    c = [2 * mp.fsum(ys[k] * mp.cos(mp.pi * j * (k + half) / (n + 1)) for k in range(n + 1)) / (n + 1) for j in range(n + 1)]
    c[0] /= 2
    scale = max(abs(y) for y in ys)
    return c, scale


def powers(c):
    """From the Chebyshev basis to powers."""
    n = len(c)
    out = [mp.mpf(0)] * n
    t0, t1 = [mp.mpf(1)] + [mp.mpf(0)] * (n - 1), [mp.mpf(0), mp.mpf(1)] + [mp.mpf(0)] * max(n - 2, 0)
    for j in range(n):
        t = t0 if j == 0 else t1[:n]
        for i in range(n):
            out[i] += c[j] * t[i]
        if j >= 1:
            t2 = [mp.mpf(0)] * n
            for i in range(n):
                t2[i] = (2 * t1[i - 1] if i else 0) - t0[i]
            t0, t1 = t1[:n], t2
    return out


def pieces(f, start, width, count):
    full, needed = [], 0
    for i in range(count):
        a = mp.mpf(start) + mp.mpf(width) * i
        c, scale = chebyshev(f, a, a + width, 40)
        d = len(c) - 1
        while d > 0 and abs(c[d]) < scale * mp.mpf(2) ** -59:
            d -= 1
        needed = max(needed, d)
        full.append(c)
    if count == 1:
        # From zero on, in powers of the place itself: nothing cancels where it is small.
        return needed, [[float(v) for v in shifted(powers(full[0][: needed + 1]))]]
    return needed, [[float(v) for v in powers(c[: needed + 1])] for c in full]


def shifted(c):
    """Coefficients by t = 2p - 1 as coefficients by p."""
    out = [mp.mpf(0)] * len(c)
    for k in reversed(range(len(c))):
        out = [(2 * out[i - 1] if i else 0) - out[i] for i in range(len(c))]
        out[0] += c[k]
    return out


def wrapped(numbers):
    lines, line = [], '   '
    for text in numbers:
        if len(line) + len(text) + 2 > 120:
            lines.append(line)
            line = '   '
        line += ' ' + text + ','
    return '\n'.join(lines + [line])


def number(v):
    text = repr(v)
    if text.endswith('.0'):
        text = text[:-2]
    return text.replace('e-0', 'e-')


def main():
    groups = {'error': ['ERF', 'ERFCX', 'ERFINV', 'ERFINV_FAR', 'DAWSON', 'DAWSON_FAR', 'FRESNEL_C', 'FRESNEL_S', 'FRESNEL_F', 'FRESNEL_G'],
              'gamma': ['LGAMMA', 'STIRLING', 'DIGAMMA', 'DIGAMMA_FAR', 'EI', 'EI_FAR', 'SPENCE'],
              'bessel': ['I0E', 'I0E_FAR', 'I1E', 'I1E_FAR', 'J0', 'J1', 'P0', 'Q0', 'P1', 'Q1', 'Y0', 'Y1', 'K0', 'K1', 'K0_FAR', 'K1_FAR']}
    rows = {r[0]: r for r in ROWS}
    where = os.path.join(os.path.dirname(__file__), '..', 'src', 'core', 'math', 'special')
    for group, names in groups.items():
        out = ["import { type Pieces, pieces } from './pieces.js';", '', '/** Piecewise polynomials; written by scripts/coefficients.py. */', '']
        for name in names:
            _, what, start, width, count, f = rows[name]
            degree, c = pieces(f, start, width, count)
            sys.stderr.write(f'{name}: {count} pieces of degree {degree}\n')
            flat = [number(v) for p in c for v in p]
            out.append(f'/** {what} */')
            out.append(f'export const {name}: Pieces = /*@__PURE__*/ pieces(')
            out.append(f"  '{name}', {number(float(start))}, {number(float(width))}, {count},")
            out.append('  [\n' + wrapped(flat) + '\n  ],')
            out.append(');')
        with open(os.path.join(where, f'{group}-tables.ts'), 'w') as file:
            file.write('\n'.join(out) + '\n')
    sys.stderr.write(f'root of digamma {mp.nstr(ROOT_DIGAMMA, 40)}, of Ei {mp.nstr(ROOT_EI, 40)}\n')
    for r in (ROOT_DIGAMMA, ROOT_EI):
        hi = mp.mpf(float(r))
        sys.stderr.write(f'{float(r)!r} {float(r - hi)!r}\n')


main()
