"""Writes fft_bits.json: hashes of the bytes that np.fft gives for numbers that the test makes, too, by length.

Run: python3 tests/golden/fft_bits.py
"""

import hashlib
import json
import pathlib

import numpy as np

COMPLEX = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18, 21, 22, 24, 25, 27, 30, 32, 33, 35, 36, 40, 45, 48, 49, 50, 55, 60, 64, 77, 80, 81, 96, 99, 100, 105, 121, 125, 128,
           144, 180, 192, 200, 210, 240, 243, 256, 300, 343, 360, 365 // 5 * 4, 400, 480, 500, 512, 600, 625, 720, 1000, 1024, 1331, 2048, 3000, 4096]
REAL = [n for n in range(1, 1025) if not any(n % p == 0 for p in range(7, n + 1, 2) if all(p % q for q in (3, 5)))]


def numbers(seed, count):
    out, x = [], seed
    for _ in range(count):
        x = x * 48271 % 2147483647
        out.append((x % 2000001 - 1000000) / 2**20)
    return np.array(out)


def short(a):
    return hashlib.sha1(np.ascontiguousarray(a).tobytes()).hexdigest()[:12]


COMPLEX = [n for n in COMPLEX if not any(n % p == 0 for p in (13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73))]
out = {'fft': {}, 'ifft': {}, 'rfft': {}, 'irfft': {}}
for n in COMPLEX:
    v = numbers(n, 2 * n)
    out['fft'][n] = short(np.fft.fft(v[::2] + 1j * v[1::2]))
    out['ifft'][n] = short(np.fft.ifft(v[::2] + 1j * v[1::2]))
for n in REAL:
    v = numbers(n, 2 * (n // 2 + 1))
    out['rfft'][n] = short(np.fft.rfft(v[:n]))
    out['irfft'][n] = short(np.fft.irfft(v[::2] + 1j * v[1::2], n))
t = np.arange(32) / 32
out['sine'] = str(np.fft.fft(np.sin(2 * np.pi * 3 * t)))
here = pathlib.Path(__file__).resolve().parent
(here / 'fft_bits.json').write_text(json.dumps(out) + '\n')
