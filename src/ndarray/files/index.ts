/** Files of arrays: NumPy's own format, archives, text tables, raw bytes. */
export {
  type LateSink,
  type LateSource,
  load,
  load_async,
  type Load,
  type LoadKeywords,
  type LoadLate,
  save,
  save_async,
  type SaveArchive,
  type SaveArchiveLate,
  type SaveKeywords,
  savez,
  savez_async,
  savez_compressed,
  savez_compressed_async,
  type Source,
} from './arrays.js';
export {
  genfromtxt,
  genfromtxt_async,
  type GenFromText,
  type GenFromTextKeywords,
  type GenFromTextLate,
} from './genfromtxt.js';
export { loadtxt, loadtxt_async, type LoadText, type LoadTextKeywords, type LoadTextLate } from './loadtxt.js';
export { memmap, type MemmapConstructor, type MemmapKeywords } from './memmap.js';
export { type FromFile, type FromFileKeywords, type FromFileLate, fromfile, fromfile_async, fromregex } from './raw.js';
export { savetxt, savetxt_async, type SaveTextKeywords } from './savetxt.js';
