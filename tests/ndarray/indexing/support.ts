import * as namespace from '../../../src/ndarray/index.js';

/** The namespace without its types: the expressions of these tests come as data. */
export const np: any = namespace;
