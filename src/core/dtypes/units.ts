import { TypeError } from '../errors.js';
import type { TimeUnit } from './class.js';

/** The units of dates and durations. */

/** From the coarsest to the finest. Years and months have no fixed length. */
export const UNITS = ['Y', 'M', 'W', 'D', 'h', 'm', 's', 'ms', 'us', 'ns', 'ps', 'fs', 'as'] as const;
export type Unit = (typeof UNITS)[number];

/** How many of the next finer unit make one, from weeks down (for years: months). */
const STEPS: Readonly<Record<string, bigint>> = {
  Y: 12n,
  W: 7n,
  D: 24n,
  h: 60n,
  m: 60n,
  s: 1000n,
  ms: 1000n,
  us: 1000n,
  ns: 1000n,
  ps: 1000n,
  fs: 1000n,
};

/** How many of a finer unit make one of a coarser; null between months or years and anything of fixed length. */
export function factorBetween(from: Unit, to: Unit): bigint | null {
  let f = 1n;
  for (let i = UNITS.indexOf(from); i < UNITS.indexOf(to); i++) {
    if (UNITS[i] === 'M') return null;
    f *= STEPS[UNITS[i]];
  }
  return f;
}

const PYTHON_NAMES: Readonly<Record<string, Unit>> = { μs: 'us', µs: 'us' };

/**
 * A unit from its text, without the brackets: `ms`, `25s`, `h/4`.
 * @throws TypeError `Invalid datetime unit in metadata string "[x]"`
 */
export function parseUnit(text: string, whole: string): TimeUnit {
  if (text === 'generic') return { base: 'generic', count: 1 };
  const m = /^(\d*)([a-zA-Zμµ]+)(?:\/(\d+))?$/.exec(text);
  const base = m === null ? undefined : (PYTHON_NAMES[m[2]] ?? (UNITS as readonly string[]).find((u) => u === m[2]));
  if (m === null || base === undefined) {
    const bracket = whole.includes('[') ? whole.slice(whole.indexOf('[')) : `[${text}]`;
    throw new TypeError(`Invalid datetime unit in metadata string "${bracket}"`);
  }
  const count = m[1] === '' ? 1 : Number(m[1]);
  if (m[3] === undefined) return { base: base as Unit, count };
  return divided(base as Unit, count, Number(m[3]), whole);
}

/** A fraction of a unit as a whole number of a finer one. */
function divided(base: Unit, count: number, by: number, whole: string): TimeUnit {
  for (let i = UNITS.indexOf(base) + 1; i < UNITS.length; i++) {
    const f = base === 'Y' && UNITS[i] !== 'M' ? null : factorBetween(base, UNITS[i]);
    if (f === null) continue;
    const n = f * BigInt(count);
    if (n % BigInt(by) === 0n) return { base: UNITS[i], count: Number(n / BigInt(by)) };
  }
  throw new TypeError(`divisor (${by}) is not a multiple of a lower-unit in datetime metadata "${whole}"`);
}
