import { TypeError, ValueError } from '../errors.js';
import type { TimeUnit } from './class.js';

/** The units of dates and durations. */

/** The count that stands for no time at all. */
export const NAT: bigint = -(2n ** 63n);

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

const PYTHON_NAMES: Readonly<Record<string, Unit>> = { μs: 'us' };

const baseOf = (text: string): TimeUnit['base'] | undefined =>
  text === 'generic' ? 'generic' : (PYTHON_NAMES[text] ?? UNITS.find((u) => u === text));

/**
 * A unit from the text of a dtype's brackets: `[ms]`, `[25s]`, `[h/4]`.
 * @throws TypeError `Invalid datetime unit in metadata string "[x]"`
 */
export function parseBracket(bracket: string): TimeUnit {
  const invalid = (at?: number): never => {
    throw new TypeError(`Invalid datetime metadata string "${bracket}"${at === undefined ? '' : ` at position ${at}`}`);
  };
  if (bracket.length < 3 || bracket.indexOf(']') !== bracket.length - 1) {
    const end = bracket.indexOf(']');
    if (bracket.length < 3 || end < 0) invalid();
    parseBracket(bracket.slice(0, end + 1));
    return invalid(end + 1);
  }
  return parseUnit(bracket.slice(1, -1), bracket);
}

/**
 * A unit from its text, without the brackets: `ms`, `25s`, `h/4`.
 * @throws TypeError `Invalid datetime unit in metadata string "[x]"`
 */
export function parseUnit(text: string, whole: string): TimeUnit {
  const m = /^(\d*)([^/\]]*)(?:\/(\d+))?$/.exec(text);
  const inString = whole.startsWith('[');
  if (
    m === null ||
    /^[-+]/.test(text) ||
    Number(m[1]) > 0x7fffffff ||
    (!inString && (m[2] === '' || text.includes('/')))
  )
    throw new TypeError(`Invalid datetime metadata string "${whole}"${inString ? ' at position 1' : ''}`);
  const base = baseOf(m[2]);
  if (base === undefined)
    throw new TypeError(
      inString ? `Invalid datetime unit in metadata string "${whole}"` : `Invalid datetime unit "${m[2]}" in metadata`,
    );
  if (base === 'generic') return { base, count: 1 };
  const count = m[1] === '' ? 1 : Number(m[1]);
  return m[3] === undefined ? { base, count } : divided(base, count, Number(m[3]), whole);
}

/** Units that a fraction of a unit may be counted in, and how many make one: years and months as NumPy rounds them. */
const PARTS: Readonly<Record<string, readonly (readonly [Unit, bigint])[]>> = {
  Y: [
    ['M', 12n],
    ['W', 52n],
    ['D', 365n],
  ],
  M: [
    ['W', 4n],
    ['D', 30n],
    ['h', 720n],
  ],
  W: [
    ['D', 7n],
    ['h', 168n],
    ['m', 10080n],
  ],
  D: [
    ['h', 24n],
    ['m', 1440n],
    ['s', 86400n],
  ],
  h: [
    ['m', 60n],
    ['s', 3600n],
  ],
  m: [
    ['s', 60n],
    ['ms', 60000n],
  ],
};

/** A fraction of a unit as a whole number of a finer one. */
function divided(base: Unit, count: number, by: number, whole: string): TimeUnit {
  const at = UNITS.indexOf(base);
  const parts =
    PARTS[base] ??
    UNITS.slice(at + 1, at + 3).map((u, i) => [u, i === 0 ? 1000n : 1000000n] as readonly [Unit, bigint]);
  for (const [unit, f] of parts)
    if (f % BigInt(by) === 0n) return { base: unit, count: count * Number(f / BigInt(by)) };
  throw new ValueError(`divisor (${by}) is not a multiple of a lower-unit in datetime metadata "${whole}"`);
}
