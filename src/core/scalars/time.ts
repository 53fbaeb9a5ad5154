import { type DType, type TimeUnit, unitText } from '../dtype.js';
import { factorBetween, NAT, type Unit, UNITS } from '../dtypes/units.js';
import { OverflowError, TypeError, ValueError } from '../errors.js';
import { countOf, floorDiv, millisecondsOf, momentOf } from './calendar.js';
import { countFromText, isoText } from './iso.js';
import type { ScalarKind } from './kind.js';

/** Dates and durations. Elements are bigints, counts of the dtype's unit; the smallest stands for NaT. */

export { NAT };

const NAMES: Readonly<Record<string, string>> = {
  Y: 'years',
  M: 'months',
  W: 'weeks',
  D: 'days',
  h: 'hours',
  m: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  ps: 'picoseconds',
  fs: 'femtoseconds',
  as: 'attoseconds',
  generic: 'generic time units',
};

/** Units whose dates read as JavaScript's. */
const READS_AS_DATE: ReadonlySet<string> = new Set(['Y', 'M', 'W', 'D', 'h', 'm', 's', 'ms']);

const notConverted = (d: DType): ValueError =>
  new ValueError(`Could not convert object to NumPy ${d.kind === 'M' ? 'datetime' : 'timedelta'}`);

/** The count that a lone number is. @throws ValueError for a fraction, or for a date without unit */
function countFromNumber(x: number | bigint, d: DType): bigint {
  if (typeof x === 'number' && !Number.isInteger(x)) throw notConverted(d);
  if (d.kind === 'M' && (d.unit as TimeUnit).base === 'generic')
    throw new ValueError('Converting an integer to a NumPy datetime requires a specified unit');
  const n = BigInt(x);
  if (BigInt.asIntN(64, n) !== n) throw new OverflowError('int too big to convert');
  return n;
}

/**
 * A count of one dtype as that of another, as where a scalar is written into an element.
 * @throws ValueError between dates and durations, TypeError for units that have no fixed ratio
 */
export function countAcross(v: bigint, from: DType, to: DType): bigint {
  if (from.kind !== to.kind) throw notConverted(to);
  if (v === NAT) return NAT;
  const [a, b] = [from.unit as TimeUnit, to.unit as TimeUnit];
  if (a.base === 'generic') return v;
  const [i, j] = [a, b].map((u) => UNITS.indexOf(u.base as Unit));
  if (b.base === 'generic' || (to.kind === 'm' && i <= 1 !== j <= 1))
    throw new TypeError(
      `Cannot cast NumPy timedelta64 scalar from metadata ${unitText(a)} to ${unitText(b)} according to the rule 'same_kind'`,
    );
  if (to.kind === 'M') return countOf(momentOf(v, a), b);
  const [up, down] =
    i <= j ? [factorBetween(a.base as Unit, b.base as Unit), 1n] : [1n, factorBetween(b.base as Unit, a.base as Unit)];
  return BigInt.asIntN(64, floorDiv(v * BigInt(a.count) * (up as bigint), BigInt(b.count) * (down as bigint)));
}

export const times: ScalarKind = {
  from(given, d) {
    const x = given instanceof Uint8Array ? new TextDecoder().decode(given) : given;
    if (x === null || x === undefined) return NAT;
    const unit = d.unit as TimeUnit;
    if (typeof x === 'string') {
      if (d.kind === 'M') return countFromText(x, unit);
      if (x === '' || x.toLowerCase() === 'nat') return NAT;
      if (!/^\s*[+-]?\d+\s*$/.test(x)) throw notConverted(d);
      return countFromNumber(BigInt(x.trim().replace(/^\+/, '')), d);
    }
    if (typeof x === 'boolean') return countFromNumber(x ? 1n : 0n, d);
    if (typeof x === 'bigint' || typeof x === 'number') return countFromNumber(x, d);
    if (x instanceof Date && d.kind === 'M') {
      const ms = x.getTime();
      if (Number.isNaN(ms)) return NAT;
      if (unit.base === 'generic') throw notConverted(d);
      return countOf(momentOf(BigInt(ms), { base: 'ms', count: 1 }), unit);
    }
    throw notConverted(d);
  },
  item(v: bigint, d) {
    if (v === NAT) return null;
    const unit = d.unit as TimeUnit;
    if (d.kind === 'M' && READS_AS_DATE.has(unit.base)) {
      const ms = millisecondsOf(v, unit);
      if (ms !== null) return new Date(ms);
    }
    const n = Number(v);
    return Number.isSafeInteger(n) ? n : v;
  },
  text(v: bigint, d) {
    const unit = d.unit as TimeUnit;
    if (d.kind === 'M') return isoText(v, unit);
    return v === NAT ? 'NaT' : `${v * BigInt(unit.count)} ${NAMES[unit.base]}`;
  },
};
