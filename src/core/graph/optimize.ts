import { fuse } from './fuse.js';
import type { Graph } from './graph.js';
import { algebra, dropDead, foldConstants, pass, pipe, shareEqual } from './passes.js';

/** The passes that every graph goes through, in order. */
export const simplified = (g: Graph): Graph =>
  pipe(
    g,
    pass('dead code', dropDead),
    pass('fold constants', foldConstants),
    pass('algebra', algebra),
    pass('common subexpressions', shareEqual),
    pass('algebra', algebra),
    pass('fold constants', foldConstants),
    pass('dead code', dropDead),
  );
export const optimized = (g: Graph): Graph => pipe(simplified(g), pass('fuse', fuse), pass('dead code', dropDead));
