/** np.lib.npyio: what files of arrays are made of. */
export { NpzFile } from './npz.js';
