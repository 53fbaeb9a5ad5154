import type { FamilyLoop } from './family.js';

/** Loops of ufuncs over object dtypes. */

export const objectLoop: FamilyLoop = () => null;
