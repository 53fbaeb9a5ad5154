import { ValueError, warn } from '../errors.js';
import { NAT, type Unit, UNITS } from '../dtypes/units.js';
import type { TimeUnit } from '../dtype.js';
import { ATTO, countOf, laterBy, type Moment, momentOf, monthLength } from './calendar.js';

/** Dates as ISO 8601 text, read and written as NumPy does. */

/** What a text says: a moment (null: not a time) and the coarsest unit that holds it. */
export interface ParsedTime {
  readonly moment: Moment | null;
  readonly unit: Unit | 'generic';
}

const digit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';
const space = (c: string | undefined): boolean => c !== undefined && /\s/.test(c);

function nowMoment(midnight: boolean): Moment {
  const ms = BigInt(Date.now());
  const s = ms / 1000n;
  const t = momentOf(s, { base: 's', count: 1 });
  return midnight ? { ...t, atto: 0n } : t;
}

/**
 * Reads a date. @throws ValueError `Error parsing datetime string "x" at position 0`, `Month out of range in datetime string "2011-13"`
 */
export function parseTime(text: string): ParsedTime {
  let i = 0;
  while (space(text[i])) i++;
  const word = text.slice(i).toLowerCase();
  if (text === '' || word === 'nat') return { moment: null, unit: 'generic' };
  if (word === 'today') return { moment: localToday(), unit: 'D' };
  if (word === 'now') return { moment: nowMoment(false), unit: 's' };
  const fail = (): never => {
    throw new ValueError(`Error parsing datetime string "${text}" at position ${i}`);
  };
  const outside = (what: string): never => {
    throw new ValueError(`${what} out of range in datetime string "${text}"`);
  };
  const two = (): number => {
    if (!digit(text[i]) || !digit(text[i + 1])) fail();
    i += 2;
    return Number(text.slice(i - 2, i));
  };
  /** Goes over a separator that something must follow. */
  const over = (): void => {
    i++;
    if (i >= text.length) fail();
  };
  const negative = text[i] === '-';
  if (negative || text[i] === '+') over();
  if (i >= text.length) fail();
  const from = i;
  while (digit(text[i])) i++;
  let year = BigInt.asIntN(64, BigInt(text.slice(from, i) || '0'));
  if (negative) year = -year;
  const date = (month = 1, day = 1, atto = 0n): Moment => ({ year, month, day, atto });
  if (i >= text.length) return { moment: date(), unit: 'Y' };
  if (text[i] !== '-') fail();
  over();
  const month = two();
  if (month < 1 || month > 12) outside('Month');
  if (i >= text.length) return { moment: date(month), unit: 'M' };
  if (text[i] !== '-') fail();
  over();
  const day = two();
  if (day < 1 || day > monthLength(year, month)) outside('Day');
  if (i >= text.length) return { moment: date(month, day), unit: 'D' };
  if (text[i] !== 'T' && text[i] !== ' ') fail();
  i++;
  const hour = two();
  if (hour >= 24) outside('Hours');
  let unit: Unit = 'h';
  let atto = BigInt(hour) * ATTO.h;
  if (text[i] === ':') {
    over();
    const minute = two();
    if (minute >= 60) outside('Minutes');
    unit = 'm';
    atto += BigInt(minute) * ATTO.m;
    if (text[i] === ':') {
      over();
      const second = two();
      if (second >= 60) outside('Seconds');
      unit = 's';
      atto += BigInt(second) * ATTO.s;
      if (text[i] === '.') {
        i++;
        const start = i;
        while (digit(text[i]) && i - start < 18) i++;
        const n = i - start;
        atto += BigInt(text.slice(start, i).padEnd(18, '0'));
        unit = UNITS[UNITS.indexOf('ms') + Math.max(0, Math.ceil(n / 3) - 1)];
      }
    }
  }
  const moment = date(month, day, atto);
  if (text[i] === 'Z' || text[i] === '+' || text[i] === '-') return { moment: zoned(moment, text, i), unit };
  while (space(text[i])) i++;
  if (i < text.length) fail();
  return { moment, unit };
}

/** The moment in UTC of one that is followed by the offset of a time zone. */
function zoned(t: Moment, text: string, at: number): Moment {
  let i = at;
  const fail = (): never => {
    throw new ValueError(`Error parsing datetime string "${text}" at position ${i}`);
  };
  warn('UserWarning', 'no explicit representation of timezones available for np.datetime64');
  let out = t;
  if (text[i] === 'Z') i++;
  else {
    const sign = text[i] === '-' ? -1n : 1n;
    i++;
    const two = (what: string, limit: number): bigint => {
      if (!digit(text[i]) || !digit(text[i + 1])) fail();
      const n = Number(text.slice(i, i + 2));
      if (n >= limit) throw new ValueError(`Timezone ${what} offset out of range in datetime string "${text}"`);
      i += 2;
      return BigInt(n);
    };
    let minutes = two('hours', 24) * 60n;
    if (i < text.length) {
      if (text[i] === ':') i++;
      minutes += two('minutes', 60);
    }
    out = laterBy(t, -sign * minutes);
  }
  while (space(text[i])) i++;
  if (i < text.length) fail();
  return out;
}

function localToday(): Moment {
  const d = new Date();
  return { year: BigInt(d.getFullYear()), month: d.getMonth() + 1, day: d.getDate(), atto: 0n };
}

/** The count of a unit that a text stands for. @throws as `parseTime` */
export function countFromText(text: string, unit: TimeUnit): bigint {
  if (unit.base === 'generic') {
    if (text === '' || text.trim().toLowerCase() === 'nat') return NAT;
    throw new ValueError('Cannot create a NumPy datetime other than NaT with generic units');
  }
  const { moment } = parseTime(text);
  return moment === null ? NAT : countOf(moment, unit);
}

const LONGEST: Readonly<Record<string, number>> = {
  Y: 21,
  M: 24,
  W: 27,
  D: 27,
  h: 31,
  m: 34,
  s: 37,
  ms: 41,
  us: 44,
  ns: 47,
  ps: 50,
  fs: 53,
  as: 56,
};
/** Characters that NumPy reserves for the text of a date. */
export const isoWidth = (unit: TimeUnit): number => (LONGEST[unit.base] ?? 3) + 1;

const pad = (n: bigint | number, width: number): string => {
  const s = String(n);
  return s[0] === '-' ? `-${s.slice(1).padStart(width - 1, '0')}` : s.padStart(width, '0');
};

/** A moment as text, down to a unit. */
export function isoOf(t: Moment, base: TimeUnit['base']): string {
  if (base === 'generic')
    throw new ValueError('Cannot convert a NumPy datetime value other than NaT with generic units');
  let out = pad(t.year, 4);
  if (base === 'Y') return out;
  out += `-${pad(t.month, 2)}`;
  if (base === 'M') return out;
  out += `-${pad(t.day, 2)}`;
  if (base === 'D' || base === 'W') return out;
  out += `T${pad(t.atto / ATTO.h, 2)}`;
  if (base === 'h') return out;
  out += `:${pad((t.atto / ATTO.m) % 60n, 2)}`;
  if (base === 'm') return out;
  out += `:${pad((t.atto / ATTO.s) % 60n, 2)}`;
  const digits = 3 * (UNITS.indexOf(base) - UNITS.indexOf('s'));
  return digits === 0
    ? out
    : `${out}.${String(t.atto % ATTO.s)
        .padStart(18, '0')
        .slice(0, digits)}`;
}

/** A count as text. @throws ValueError for a count without unit */
export function isoText(count: bigint, unit: TimeUnit): string {
  if (count === NAT) return 'NaT';
  if (unit.base === 'generic')
    throw new ValueError('Cannot convert a NumPy datetime value other than NaT with generic units');
  return isoOf(momentOf(count, unit), unit.base);
}
