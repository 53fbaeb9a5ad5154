import type { FamilyLoop } from './family.js';

/** Loops of ufuncs over structure dtypes. */

export const structureLoop: FamilyLoop = () => null;
