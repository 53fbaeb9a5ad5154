import { fromScalar } from '../../core/coerce.js';
import { NAT, type DType, type TimeUnit } from '../../core/dtype.js';
import { isoText } from '../../core/scalars/iso.js';
import { textOf } from '../../core/scalars/index.js';
import type { FormatRow } from './formatters.js';
import type { PrintDType } from './printable.js';

/** How dates and durations look: quoted ISO text, and counts; NaT is quoted in both, and columns are aligned to the right. */

/** One width for all elements: that of the smallest and the largest, and of NaT where there is one. */
function aligned(values: readonly bigint[], text: (v: bigint) => string): (v: bigint) => string {
  let low: bigint | null = null;
  let high: bigint | null = null;
  for (const v of values) {
    if (v === NAT) continue;
    if (low === null || v < low) low = v;
    if (high === null || v > high) high = v;
  }
  let width = low === null || high === null ? 0 : Math.max(text(low).length, text(high).length);
  if (values.includes(NAT)) width = Math.max(width, 5);
  return (v) => (v === NAT ? "'NaT'" : text(v)).padStart(width);
}

/** What a user's formatter gets: an array without axes, whose text and repr are those of NumPy's scalar. */
const scalarOf = (v: bigint, d: PrintDType): unknown => fromScalar(v === NAT ? null : v, d as DType);

const unitOf = (d: PrintDType): TimeUnit => d.unit as TimeUnit;
const unitName = (u: TimeUnit): string => `${u.count === 1 ? '' : u.count}${u.base}`;

export const dates: FormatRow<bigint> = {
  keys: ['datetime', 'all'],
  read: scalarOf,
  format: (values, dtype) => aligned(values, (v) => `'${isoText(v, unitOf(dtype))}'`),
  str: (v, dtype) => textOf(v, dtype as DType),
  repr(v, dtype) {
    const u = unitOf(dtype);
    const text = textOf(v, dtype as DType);
    // Most units are seen in the text.
    const plain = v !== NAT && (u.base === 'generic' || (u.count === 1 && u.base !== 'h'));
    return `np.datetime64('${text}'${plain ? '' : `,'${unitName(u)}'`})`;
  },
};

export const durations: FormatRow<bigint> = {
  keys: ['timedelta', 'all'],
  read: scalarOf,
  format: (values) => aligned(values, String),
  str: (v, dtype) => textOf(v, dtype as DType),
  repr(v, dtype) {
    const u = unitOf(dtype);
    return `np.timedelta64(${v === NAT ? "'NaT'" : v}${u.base === 'generic' ? '' : `,'${unitName(u)}'`})`;
  },
};
