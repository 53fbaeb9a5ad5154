import type { DType, TimeUnit } from '../dtype.js';
import { TypeError } from '../errors.js';
import type { ScalarKind } from './kind.js';

/** Dates and durations. Elements are bigints, counts of the dtype's unit; the smallest stands for NaT. */

export const NAT: bigint = -(2n ** 63n);

export const times: ScalarKind = {
  from(x, d) {
    if (x === null || x === undefined || x === 'NaT') return NAT;
    if (typeof x === 'bigint') return x;
    if (typeof x === 'number' && Number.isInteger(x)) return BigInt(x);
    throw new TypeError(`Could not convert object to NumPy ${(d as DType).family.replace('64', '')}`);
  },
  item(v: bigint) {
    if (v === NAT) return null;
    const n = Number(v);
    return Number.isSafeInteger(n) ? n : v;
  },
  text: (v: bigint, d) => (v === NAT ? 'NaT' : `${v} ${(d.unit as TimeUnit).base}`),
};
