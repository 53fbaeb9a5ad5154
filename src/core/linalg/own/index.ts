import type { Lapack } from '../lapack.js';
import { potrf } from './cholesky.js';
import { complexKit } from './complex.js';
import type { Kit } from './kit.js';
import { gesv, getrf, inverse } from './lu.js';
import { geqrf, orgqr } from './qr.js';
import { real } from './real.js';
import { spectral } from './spectral.js';
import { trsm } from './trsm.js';

/** The library's own routines, for real or for complex matrices. */
export function ownRoutines(width: 1 | 2): Partial<Lapack> {
  const kit: Kit = width === 1 ? real : complexKit;
  return {
    gemm: (...args) => kit.gemm(...args),
    trsm: (...args) => trsm(kit, ...args),
    getrf: (...args) => getrf(kit, ...args),
    gesv: (...args) => gesv(kit, ...args),
    potrf: (...args) => potrf(kit, ...args),
    geqrf: (...args) => geqrf(kit, ...args),
    orgqr: (...args) => orgqr(kit, ...args),
    inverse: (...args) => inverse(kit, ...args),
    ...spectral(width),
  };
}
