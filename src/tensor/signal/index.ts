/** tf.signal: Fourier and cosine transforms, frames, spectra over time, windows. */
export * from './frames.js';
export * from './lapped.js';
export * from './transforms.js';
export {
  hamming_window,
  hann_window,
  kaiser_bessel_derived_window,
  kaiser_window,
  vorbis_window,
} from './windows.js';
