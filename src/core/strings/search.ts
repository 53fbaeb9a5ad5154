import { ValueError } from '../errors.js';
import { placesOf } from './points.js';
import type { Rules } from './rules.js';

/** Finding, counting, stripping and splitting text, as the methods of Python's str and bytes do. Places are code points. */

/** Python's start and end: from the end where negative, and within the text. */
function bounds(n: number, start: number, end: number): [number, number] {
  let e = end > n ? n : end;
  if (e < 0) e = Math.max(0, e + n);
  const s = start < 0 ? Math.max(0, start + n) : start;
  return [s, e];
}

/** Where `sub` first lies within start … end; -1 where it does not. */
export function find(s: string, sub: string, start: number, end: number): number {
  const p = placesOf(s);
  const [from, to] = bounds(p.length, start, end);
  if (from > to) return -1;
  const at = s.indexOf(sub, p.unit(from));
  return at < 0 || at + sub.length > p.unit(to) ? -1 : p.point(at);
}

/** Where `sub` last lies within start … end; -1 where it does not. */
export function rfind(s: string, sub: string, start: number, end: number): number {
  const p = placesOf(s);
  const [from, to] = bounds(p.length, start, end);
  if (from > to) return -1;
  const last = p.unit(to) - sub.length;
  if (last < 0) return -1;
  const at = s.lastIndexOf(sub, last);
  return at < 0 || at < p.unit(from) ? -1 : p.point(at);
}

const found = (at: number): number => {
  if (at < 0) throw new ValueError('substring not found');
  return at;
};
/** As `find`. @throws ValueError `substring not found` */
export const index = (s: string, sub: string, start: number, end: number): number => found(find(s, sub, start, end));
/** As `rfind`. @throws ValueError `substring not found` */
export const rindex = (s: string, sub: string, start: number, end: number): number => found(rfind(s, sub, start, end));

/** How often `sub` lies within start … end, without overlap. */
export function count(s: string, sub: string, start: number, end: number): number {
  const p = placesOf(s);
  const [from, to] = bounds(p.length, start, end);
  if (from > to) return 0;
  if (sub === '') return to - from + 1;
  const last = p.unit(to) - sub.length;
  let n = 0;
  for (let at = s.indexOf(sub, p.unit(from)); at >= 0 && at <= last; at = s.indexOf(sub, at + sub.length)) n++;
  return n;
}

export function startswith(s: string, sub: string, start: number, end: number): boolean {
  const p = placesOf(s);
  const [from, to] = bounds(p.length, start, end);
  if (from > to || from > p.length) return false;
  const at = p.unit(from);
  return at + sub.length <= p.unit(to) && s.startsWith(sub, at);
}

export function endswith(s: string, sub: string, start: number, end: number): boolean {
  const p = placesOf(s);
  const [from, to] = bounds(p.length, start, end);
  if (from > to || from > p.length) return false;
  const stop = p.unit(to);
  return stop - sub.length >= p.unit(from) && s.startsWith(sub, stop - sub.length);
}

/** At most `most` of `old` replaced, from the left; all where it is negative. */
export function replace(s: string, old: string, by: string, most: number): string {
  if (most === 0) return s;
  const limit = most < 0 ? Number.POSITIVE_INFINITY : most;
  let out = '';
  let done = 0;
  if (old === '') {
    for (const c of s) out += done++ < limit ? by + c : c;
    return done < limit ? out + by : out;
  }
  let from = 0;
  for (let at = s.indexOf(old); at >= 0 && done < limit; at = s.indexOf(old, from)) {
    out += s.slice(from, at) + by;
    from = at + old.length;
    done++;
  }
  return out + s.slice(from);
}

/** What counts as a character to strip: white space, or those of a text. */
const stripped = (rules: Rules, chars: string | null): ((c: string) => boolean) => {
  if (chars === null) return rules.isspace;
  const set = new Set(chars);
  return (c) => set.has(c);
};

/** Without the given characters (white space for null) at the start, the end or both. */
export function strip(rules: Rules, s: string, chars: string | null, left: boolean, right: boolean): string {
  const p = placesOf(s);
  const is = stripped(rules, chars);
  const at = (i: number): string => s.slice(p.unit(i), p.unit(i + 1));
  let from = 0;
  let to = p.length;
  if (left) while (from < to && is(at(from))) from++;
  if (right) while (to > from && is(at(to - 1))) to--;
  return s.slice(p.unit(from), p.unit(to));
}

const separator = (sep: string): string => {
  if (sep === '') throw new ValueError('empty separator');
  return sep;
};

/** The parts before, of, and after the first `sep`. */
export function partition(s: string, sep: string): [string, string, string] {
  const at = s.indexOf(separator(sep));
  return at < 0 ? [s, '', ''] : [s.slice(0, at), sep, s.slice(at + sep.length)];
}
/** The parts before, of, and after the last `sep`. */
export function rpartition(s: string, sep: string): [string, string, string] {
  const at = s.lastIndexOf(separator(sep));
  return at < 0 ? ['', '', s] : [s.slice(0, at), sep, s.slice(at + sep.length)];
}

/** The words of a text, or what lies between separators; at most `most` cuts where it is not negative. */
export function split(rules: Rules, s: string, sep: string | null, most: number): string[] {
  const limit = most < 0 ? Number.POSITIVE_INFINITY : most;
  const out: string[] = [];
  if (sep !== null) {
    let from = 0;
    for (let at = s.indexOf(separator(sep)); at >= 0 && out.length < limit; at = s.indexOf(sep, from)) {
      out.push(s.slice(from, at));
      from = at + sep.length;
    }
    return [...out, s.slice(from)];
  }
  let i = 0;
  while (i < s.length) {
    while (i < s.length && rules.isspace(s[i])) i++;
    if (i === s.length) break;
    if (out.length >= limit) return [...out, s.slice(i)];
    let j = i;
    while (j < s.length && !rules.isspace(s[j])) j++;
    out.push(s.slice(i, j));
    i = j;
  }
  return out;
}

/** The same with cuts counted from the right. */
export function rsplit(rules: Rules, s: string, sep: string | null, most: number): string[] {
  if (most < 0) return split(rules, s, sep, most);
  const out: string[] = [];
  if (sep !== null) {
    let to = s.length;
    separator(sep);
    while (out.length < most && to >= sep.length) {
      const at = s.lastIndexOf(sep, to - sep.length);
      if (at < 0) break;
      out.push(s.slice(at + sep.length, to));
      to = at;
    }
    return [...out, s.slice(0, to)].reverse();
  }
  let i = s.length;
  while (i > 0) {
    while (i > 0 && rules.isspace(s[i - 1])) i--;
    if (i === 0) break;
    if (out.length >= most) {
      out.push(s.slice(0, i));
      break;
    }
    let j = i;
    while (j > 0 && !rules.isspace(s[j - 1])) j--;
    out.push(s.slice(j, i));
    i = j;
  }
  return out.reverse();
}

/** The lines of a text, with their ends if `keep`. */
export function splitlines(rules: Rules, s: string, keep: boolean): string[] {
  const out: string[] = [];
  let from = 0;
  for (let i = 0; i < s.length; i++) {
    if (!rules.endsLine(s[i])) continue;
    const end = s[i] === '\r' && s[i + 1] === '\n' ? i + 2 : i + 1;
    out.push(s.slice(from, keep ? end : i));
    from = end;
    i = end - 1;
  }
  if (from < s.length) out.push(s.slice(from));
  return out;
}
