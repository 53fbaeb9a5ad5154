import { ArrayValue } from '../array.js';
import { forEachOffset, host } from '../device/access.js';
import { elementsOf } from '../device/elements.js';
import { bytesDtype, type DType, isText, isTime, strDtype, timeDtype, type TimeUnit, voidDtype } from '../dtype.js';
import { promote } from '../promote.js';
import { commonUnit, textWidth } from '../promote-other.js';
import { lengthOf } from '../strings/points.js';
import { pythonText, textOf } from './index.js';
import { isoWidth, parseTime } from './iso.js';
import { asciiText } from './text.js';

/** dtypes whose size or unit is left open (`'U'`, `'S'`, `'M8'`), settled by the values that are to be stored. */

const isOpenText = (d: DType): boolean => d.itemsize === 0 && isText(d);
const sized = (d: DType, n: number): DType => (d.kind === 'U' ? strDtype(Math.max(1, n)) : bytesDtype(Math.max(1, n)));

/** The most characters that an element of an array takes as text. */
function widthIn(a: ArrayValue): number {
  const d = a.dtype;
  if (d.kind === 'U') return d.itemsize / 4;
  if (d.kind === 'S' || (d.kind === 'V' && d.layout === null)) return d.itemsize;
  if (isTime(d)) return d.kind === 'M' ? isoWidth(d.unit as TimeUnit) : 21;
  if (d.kind !== 'O' && d.kind !== 'V') return textWidth(d);
  let n = 1;
  const { get } = elementsOf(host(a.buffer, 'astype'), d);
  forEachOffset(a.shape, a.strides, a.offset, (at) => {
    const v = get(at);
    n = Math.max(n, d.kind === 'O' && v instanceof Uint8Array ? v.length : lengthOf(textOf(v, d)));
  });
  return n;
}

/** The most characters that a value in nested lists takes. */
function widthOf(x: unknown): number {
  if (Array.isArray(x)) return x.reduce((n: number, e) => Math.max(n, widthOf(e)), 0);
  if (x instanceof ArrayValue) return widthIn(x);
  return x instanceof Uint8Array ? x.length : lengthOf(pythonText(x));
}

const OPEN: TimeUnit = { base: 'generic', count: 1 };
const isOpenTime = (d: DType): boolean => d.unit !== null && d.unit.base === 'generic';

/** The unit that values in nested lists need; open where they say nothing. @throws ValueError for a text that is no date */
function unitOf(x: unknown, kind: 'M' | 'm'): TimeUnit {
  if (Array.isArray(x)) return x.reduce((u: TimeUnit, e) => commonUnit(u, unitOf(e, kind), kind), OPEN);
  if (x instanceof Date) return { base: 'ms', count: 1 };
  if (typeof x === 'string' && kind === 'M') {
    try {
      return { base: parseTime(x).unit, count: 1 };
    } catch {
      // Whoever stores the text says what is wrong with it.
      return OPEN;
    }
  }
  return x instanceof ArrayValue ? unitIn(x, kind) : OPEN;
}

function unitIn(a: ArrayValue, kind: 'M' | 'm'): TimeUnit {
  if (isTime(a.dtype)) return a.dtype.unit as TimeUnit;
  if (kind === 'm' || (!isText(a.dtype) && a.dtype.kind !== 'O')) return OPEN;
  const { get } = elementsOf(host(a.buffer, 'astype'), a.dtype);
  let unit = OPEN;
  forEachOffset(a.shape, a.strides, a.offset, (at) => {
    const v = get(at);
    unit = commonUnit(unit, unitOf(v instanceof Uint8Array ? asciiText(v) : v, kind), kind);
  });
  return unit;
}

/** The raw memory or the structure that values have in common. @throws DTypePromotionError for lengths that differ */
function voidOf(x: unknown): DType | null {
  const met = (list: readonly unknown[]): DType | null =>
    list.reduce((d: DType | null, e) => {
      const found = voidOf(e);
      return d === null || found === null ? (d ?? found) : promote(d, found);
    }, null);
  if (Array.isArray(x)) return met(x);
  if (x instanceof Uint8Array) return voidDtype(x.length);
  if (!(x instanceof ArrayValue)) return null;
  if (x.dtype.kind !== 'O') return x.dtype.kind === 'V' || isText(x.dtype) ? x.dtype : null;
  const { get } = elementsOf(host(x.buffer, 'astype'), x.dtype);
  const all: unknown[] = [];
  forEachOffset(x.shape, x.strides, x.offset, (at) => all.push(get(at)));
  return met(all);
}

/** The dtype itself, or the one of the length or unit that the values (nested lists, or an array) need. */
export function settled(d: DType, values: unknown): DType {
  if (isOpenText(d)) return sized(d, widthOf(values));
  if (d.kind === 'V' && d.itemsize === 0 && d.layout === null) {
    if (values instanceof ArrayValue && values.dtype.kind !== 'O') return voidDtype(values.dtype.itemsize);
    return voidOf(values) ?? d;
  }
  if (!isOpenTime(d)) return d;
  const unit = unitOf(values, d.kind as 'M' | 'm');
  return unit.base === 'generic' ? d : timeDtype(d.kind as 'M' | 'm', unit);
}
