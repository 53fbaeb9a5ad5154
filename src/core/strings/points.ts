/** Text by code points, as Python counts it. JavaScript counts units of UTF-16, which differ beyond U+FFFF. */

const WIDE = /[\ud800-\udbff][\udc00-\udfff]/;

/** Whether a text has code points of two units, so that places in it must be translated. */
export const isWide = (s: string): boolean => WIDE.test(s);

/** Number of code points. */
export function lengthOf(s: string): number {
  if (!isWide(s)) return s.length;
  let n = 0;
  for (const _ of s) n++;
  return n;
}

/** A text's units by code points: `unit(i)` is where code point i starts, `point(u)` is which code point starts at unit u. */
export interface Places {
  readonly length: number;
  unit(point: number): number;
  point(unit: number): number;
}

/** The places of a text. */
export function placesOf(s: string): Places {
  if (!isWide(s)) return { length: s.length, unit: (i) => i, point: (u) => u };
  const units: number[] = [];
  const points = new Int32Array(s.length + 1);
  let u = 0;
  for (const c of s) {
    points[u] = units.length;
    if (c.length === 2) points[u + 1] = units.length;
    units.push(u);
    u += c.length;
  }
  points[u] = units.length;
  units.push(u);
  return { length: units.length - 1, unit: (i) => units[i], point: (v) => points[v] };
}

/** The code points from one place up to another. */
export function sliceOf(s: string, from: number, to: number): string {
  if (!isWide(s)) return s.slice(from, to);
  const p = placesOf(s);
  return s.slice(p.unit(Math.min(from, p.length)), p.unit(Math.min(to, p.length)));
}

/** Order by code points: surrogates stand above all of U+E000 … U+FFFF, though their units are smaller. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = a.codePointAt(i) as number;
      y = b.codePointAt(i) as number;
      // Both may lie in the second half of pairs that begin alike.
      if (x >= 0xdc00 && x <= 0xdfff && y >= 0xdc00 && y <= 0xdfff) return x - y;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** Order by bytes. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

/** Text without the NULs at its end, which memory of a fixed length cannot tell from none. */
export function untrailed(s: string): string {
  let n = s.length;
  while (n > 0 && s.charCodeAt(n - 1) === 0) n--;
  return n === s.length ? s : s.slice(0, n);
}

/** Bytes as text of characters up to U+00FF, so that one set of functions serves both. */
export function latin(bytes: Uint8Array): string {
  if (bytes.length < 4096) return String.fromCharCode(...bytes);
  let out = '';
  for (let i = 0; i < bytes.length; i += 4096) out += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return out;
}

/** The bytes of such a text. */
export function unlatin(s: string): Uint8Array {
  const out = new Uint8Array(s.length);
  for (let i = 0; i < s.length; i++) out[i] = s.charCodeAt(i);
  return out;
}
