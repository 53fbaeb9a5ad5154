import type { FamilyLoop } from './family.js';

/** Loops of ufuncs over text dtypes. */

export const textLoop: FamilyLoop = () => null;
