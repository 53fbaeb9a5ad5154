/** np.fft: discrete Fourier transforms. */
export { fftfreq, fftshift, type Frequencies, ifftshift, rfftfreq, type Shift } from './frequencies.js';
export { fft2, fftn, type Fftn, type FftnKeywords, ifft2, ifftn, irfft2, irfftn, rfft2, rfftn } from './grids.js';
export { type Fft, fft, type FftKeywords, hfft, ifft, ihfft, irfft, rfft } from './lines.js';
