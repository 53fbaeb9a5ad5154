import type { FamilyLoop } from './family.js';

/** Loops of ufuncs over time dtypes. */

export const timeLoop: FamilyLoop = () => null;
