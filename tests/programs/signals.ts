import * as np from '../../src/ndarray/index.js';

export function main(print: (...line: unknown[]) => void): void {
  const fs = 64;
  const t = np.arange(fs).div(fs);
  const x = np.sin(t.mul(2 * Math.PI * 5)).add(np.cos(t.mul(2 * Math.PI * 12)).mul(0.5));
  const F = np.fft.rfft(x);
  const f = np.fft.rfftfreq(fs, 1 / fs);
  const P = np.abs(F).div(fs).mul(2);
  print(np.flatnonzero(P.gt(0.1)), P.at(P.gt(0.1)), f.at(np.argsort(P).at('-2:')));
  print(F.at(':6'));
  F.set(f.gt(8), 0);
  print(np.fft.irfft(F).at(':5'), np.allclose(np.fft.irfft(F), np.sin(t.mul(2 * Math.PI * 5))));
  print(
    np.fft.fft(
      np.sin(
        t
          .at('::4')
          .mul(2 * Math.PI)
          .mul(2),
      ),
    ),
  );
  for (const a of [np.fft.fftshift(np.fft.fftfreq(7, 0.1)), np.hanning(6), np.kaiser(5, 14)]) print(a);
  const frames = np.lib.stride_tricks.sliding_window_view(x, 16).at('::8');
  const spectrogram = np.abs(np.fft.rfft(frames.mul(np.hanning(16)), { axis: 1 }));
  print(spectrogram.argmax({ axis: 1 }), spectrogram.sum({ axis: 0 }).round(6));
  const n = np.arange(8);
  const D = np.cos(n.mul(2).add(1).mul(Math.PI).mul(n.at(':', null)).div(16)).mul(Math.sqrt(2 / 8));
  D.at(0).idiv(Math.SQRT2);
  const block = np.add.outer(n, n.mul(2)).pow(2).mod(97);
  const q = np.round(D.matmul(block).matmul(D.T).div(16)).astype('int');
  print(q);
  const product = np.fft.rfft([1, 2, 3], 5).mul(np.fft.rfft([0, 1, 0.5], 5));
  print(np.convolve([1, 2, 3], [0, 1, 0.5]), np.fft.irfft(product, 5).round(12));
  print(np.correlate(x.at(':12'), x.at(':5'), 'valid').round(8));
  const z = np.exp(np.linspace(0, Math.PI, 5).mul(np.complex(0, 1)));
  print(z.round(3), np.unwrap(np.angle(z.pow(2))), np.abs(z).sum());
  const p = np.poly1d([1n, -6n, 11n, -6n]);
  print(p);
  print(p.roots, p.deriv()(2n), np.polyval(p, [0, 1.5]), np.polyfit([0, 1, 2, 3], [1, 3, 2, 5], 2));
  print(np.gradient(x, 1 / fs).at(':3'), np.trapezoid(x.at(':17'), t.at(':17')), np.cumsum(x).at([5, 40]));
  np.printoptions({ precision: 3, suppress: true, linewidth: 60 }, () => print(np.outer(np.hamming(4), x.at(':6'))));
}
