"""Waves: spectra with their noise, filters, windows, a spectrogram, convolutions, polynomials."""
import numpy as np

fs = 64
t = np.arange(fs) / fs
x = np.sin(2 * np.pi * 5 * t) + .5 * np.cos(2 * np.pi * 12 * t)
F = np.fft.rfft(x)
f = np.fft.rfftfreq(fs, 1 / fs)
P = np.abs(F) / fs * 2
print(np.flatnonzero(P > .1), P[P > .1], f[np.argsort(P)[-2:]])
print(F[:6])
F[f > 8] = 0
print(np.fft.irfft(F)[:5], np.allclose(np.fft.irfft(F), np.sin(2 * np.pi * 5 * t)))
print(np.fft.fft(np.sin(2 * np.pi * t[::4] * 2)))
print(np.fft.fftshift(np.fft.fftfreq(7, .1)), np.hanning(6), np.kaiser(5, 14), sep='\n')
frames = np.lib.stride_tricks.sliding_window_view(x, 16)[::8]
spectrogram = np.abs(np.fft.rfft(frames * np.hanning(16), axis=1))
print(spectrogram.argmax(axis=1), spectrogram.sum(axis=0).round(6))
n = np.arange(8)
D = np.sqrt(2 / 8) * np.cos(np.pi * (2 * n + 1) * n[:, None] / 16)
D[0] /= np.sqrt(2)
block = np.add.outer(n, 2 * n)**2 % 97
q = np.round(D @ block @ D.T / 16).astype(int)
print(q)
print(np.convolve([1, 2, 3], [0, 1, .5]), np.fft.irfft(np.fft.rfft([1, 2, 3], 5) * np.fft.rfft([0, 1, .5], 5), 5).round(12))
print(np.correlate(x[:12], x[:5], 'valid').round(8))
z = np.exp(1j * np.linspace(0, np.pi, 5))
print(z.round(3), np.unwrap(np.angle(z**2)), np.abs(z).sum())
p = np.poly1d([1, -6, 11, -6])
print(p)
print(p.roots, p.deriv()(2), np.polyval(p, [0, 1.5]), np.polyfit([0, 1, 2, 3], [1, 3, 2, 5], 2))
print(np.gradient(x, 1 / fs)[:3], np.trapezoid(x[:17], t[:17]), np.cumsum(x)[[5, 40]])
with np.printoptions(precision=3, suppress=True, linewidth=60):
    print(np.outer(np.hamming(4), x[:6]))
