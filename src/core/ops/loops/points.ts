import { host, typedView } from '../../device/access.js';
import { type AnyOperand, Immediate } from '../../device/device.js';
import { type Elements, elementsOf } from '../../device/elements.js';
import { bool, type DType, int64, isText } from '../../dtype.js';
import type { Row } from '../each.js';

/**
 * Loops over text as it lies in memory, code points or bytes side by side, without making strings of it: what compares, measures, searches and joins.
 */

/** A text in memory; of a result the room for it. */
export class Points {
  at = 0;
  length = 0;
  constructor(
    readonly words: Uint32Array | Uint8Array,
    /** Of its dtype. */
    readonly room: number,
  ) {}

  /** Goes to a place; text ends before its last zeros. */
  go(at: number): void {
    const { words } = this;
    let n = this.room;
    while (n > 0 && words[at + n - 1] === 0) n--;
    this.at = at;
    this.length = n;
  }
}

/** Lengths of texts that are some words apart, as int64. */
function lengths(a: Points, from: number, step: number, out: Int32Array, to: number, by: number, count: number): void {
  const { words, room } = a;
  for (let i = 0, p = from, r = to; i < count; i++, p += step, r += by) {
    let n = room;
    while (n > 0 && words[p + n - 1] === 0) n--;
    out[r] = n;
    out[r + 1] = 0;
  }
}

/** A function of one or two texts, and of integers: a number, or, into a text, how many points it wrote. */
export type OfPoints = (a: Points, b: Points, from: number, to: number, out: Points) => number;

export function comparePoints(a: Points, b: Points): number {
  const n = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < n; i++) {
    const d = a.words[a.at + i] - b.words[b.at + i];
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

/** Whether two texts are the same, from the end on: what differs usually does so there. */
export function samePoints(a: Points, b: Points): boolean {
  if (a.length !== b.length) return false;
  const { words } = b;
  for (let i = a.length - 1, p = a.at, q = b.at; i >= 0; i--) if (a.words[p + i] !== words[q + i]) return false;
  return true;
}

/** Whether b lies at a place of a, where there is room for it. */
function liesAt(a: Points, b: Points, place: number): boolean {
  const p = a.at + place;
  for (let i = 0; i < b.length; i++) if (a.words[p + i] !== b.words[b.at + i]) return false;
  return true;
}

const startOf = (n: number, start: number): number => (start < 0 ? Math.max(0, start + n) : start);
const endOf = (n: number, end: number): number => (end > n ? n : end < 0 ? Math.max(0, end + n) : end);

/** The functions by the names of their ufuncs; what they compute is said in `strings/search.ts`. */
export const OF_POINTS: Readonly<Record<string, OfPoints>> = {
  str_len: (a) => a.length,
  find: (a, b, start, end) => {
    const last = endOf(a.length, end) - b.length;
    for (let at = startOf(a.length, start); at <= last; at++) if (liesAt(a, b, at)) return at;
    return -1;
  },
  rfind: (a, b, start, end) => {
    const from = startOf(a.length, start);
    for (let at = endOf(a.length, end) - b.length; at >= from; at--) if (liesAt(a, b, at)) return at;
    return -1;
  },
  count: (a, b, start, end) => {
    const from = startOf(a.length, start);
    const to = endOf(a.length, end);
    if (from > to) return 0;
    if (b.length === 0) return to - from + 1;
    let n = 0;
    for (let at = from; at <= to - b.length; ) {
      if (liesAt(a, b, at)) {
        n++;
        at += b.length;
      } else at++;
    }
    return n;
  },
  startswith: (a, b, start, end) => {
    const from = startOf(a.length, start);
    return from + b.length <= endOf(a.length, end) && liesAt(a, b, from) ? 1 : 0;
  },
  endswith: (a, b, start, end) => {
    const at = endOf(a.length, end) - b.length;
    return at >= startOf(a.length, start) && liesAt(a, b, at) ? 1 : 0;
  },
  add: (a, b, _from, _to, out) => {
    const { words, at } = out;
    for (let i = 0; i < a.length; i++) words[at + i] = a.words[a.at + i];
    for (let i = 0; i < b.length; i++) words[at + a.length + i] = b.words[b.at + i];
    return a.length + b.length;
  },
};

const unitOf = (d: DType): number => (d.kind === 'U' ? 4 : 1);

/**
 * The loop over operands in memory, or null where they lie otherwise: not in the host's byte order, or between words.
 * @param ins texts first, then integers
 */
export function pointsRow(
  f: OfPoints,
  ins: readonly DType[],
  outs: readonly DType[],
  operands: readonly AnyOperand[],
  by: string,
): Row | null {
  const [out] = outs;
  if (outs.length !== 1 || !(out === bool || out === int64 || isText(out))) return null;
  const bases: number[] = [];
  const texts: Points[] = [];
  const numbers: (number | Elements)[] = [];
  const dtypes = [...ins, out];
  for (let i = 0; i < dtypes.length; i++) {
    const d = dtypes[i];
    const o = operands[i];
    if (isText(d)) {
      if (o instanceof Immediate || !d.isnative) return null;
      const { array, base } = typedView(host(o.buffer, by), d.kind === 'U' ? Uint32Array : Uint8Array);
      if (!Number.isInteger(base)) return null;
      texts.push(new Points(array as Uint32Array, d.itemsize / unitOf(d)));
      bases.push(base);
    } else if (i < ins.length) numbers.push(o instanceof Immediate ? Number(o.re) : elementsOf(host(o.buffer, by), d));
  }
  const n = ins.filter(isText).length;
  const [a, b = a] = texts;
  const target = isText(out) ? texts[n] : a;
  const last = ins.length;
  const o = operands[last];
  if (o instanceof Immediate) return null;
  const results = isText(out) ? null : typedView(host(o.buffer, by), out === bool ? Uint8Array : Int32Array);
  if (results !== null && !Number.isInteger(results.base)) return null;
  const unit = unitOf(ins[0]);
  const outUnit = isText(out) ? unitOf(out) : out === bool ? 1 : 4;
  const numberAt = (k: number, byte: number): number => {
    const v = numbers[k];
    return v === undefined ? 0 : typeof v === 'number' ? v : Number(v.get(byte));
  };
  const fits = (bytes: number, width: number): boolean => bytes % width === 0;
  return (count, at, steps) => {
    for (let i = 0; i < n; i++) if (!fits(at[i], unit) || !fits(steps[i], unit)) return false;
    if (!fits(at[last], outUnit) || !fits(steps[last], outUnit)) return false;
    let p = bases[0] + at[0] / unit;
    let q = n > 1 ? bases[1] + at[1] / unit : p;
    const s = steps[0] / unit;
    const t = n > 1 ? steps[1] / unit : s;
    let r = (results === null ? bases[n] : results.base) + at[last] / outUnit;
    const u = steps[last] / outUnit;
    const list = results?.array as Int32Array;
    if (f === OF_POINTS.str_len && out === int64) {
      lengths(a, p, s, list, r, u, count);
      return true;
    }
    // Places within texts are mostly the same for all of them.
    const still = numbers.every((v, k) => typeof v === 'number' || steps[n + k] === 0);
    let from = numberAt(0, at[n]);
    let to = numberAt(1, at[n + 1]);
    for (let i = 0; i < count; i++, p += s, q += t, r += u) {
      a.go(p);
      if (n > 1 && (t !== 0 || i === 0)) b.go(q);
      if (!still) {
        from = numberAt(0, at[n] + i * steps[n]);
        to = numberAt(1, at[n + 1] + i * steps[n + 1]);
      }
      if (results === null) {
        target.at = r;
        const written = f(a, b, from, to, target);
        for (let k = written; k < target.room; k++) target.words[r + k] = 0;
      } else {
        const v = f(a, b, from, to, a);
        list[r] = v;
        if (out === int64) list[r + 1] = v >> 31;
      }
    }
    return true;
  };
}
