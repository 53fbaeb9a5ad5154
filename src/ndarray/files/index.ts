/** Files of arrays: NumPy's own format, archives, text tables, raw bytes. */
export { load, type Load, type LoadKeywords, save, savez, savez_compressed, type SaveArchive } from './arrays.js';
export { genfromtxt, type GenFromText, type GenFromTextKeywords } from './genfromtxt.js';
export { loadtxt, type LoadText, type LoadTextKeywords } from './loadtxt.js';
export { type FromFile, type FromFileKeywords, fromfile, fromregex } from './raw.js';
export { savetxt, type SaveTextKeywords } from './savetxt.js';
