import { ArrayValue } from '../array.js';
import { forEachOffset } from '../device/access.js';
import { elementsOf } from '../device/elements.js';
import type { HostBuffer } from '../device/device.js';
import { bytesDtype, type DType, isText, isTime, strDtype, timeDtype, type TimeUnit } from '../dtype.js';
import { commonUnit } from '../promote-other.js';
import { pythonText } from './index.js';
import { isoWidth, parseTime } from './iso.js';
import { asciiText, codePoints } from './text.js';

/** dtypes whose size or unit is left open (`'U'`, `'S'`, `'M8'`), settled by the values that are to be stored. */

/** Every value in nested lists that is no list. */
function* leaves(x: unknown): Generator<unknown> {
  if (Array.isArray(x)) for (const e of x) yield* leaves(e);
  else yield x;
}

const OPEN: TimeUnit = { base: 'generic', count: 1 };
const isOpenTime = (d: DType): boolean => d.unit !== null && d.unit.base === 'generic';

/** The unit that a value needs; open where it says nothing. */
function unitOf(x: unknown, kind: 'M' | 'm'): TimeUnit {
  if (x instanceof Date) return { base: 'ms', count: 1 };
  if (typeof x === 'string' && kind === 'M') {
    try {
      return { base: parseTime(x).unit, count: 1 };
    } catch {
      // Whoever stores the text says what is wrong with it.
      return OPEN;
    }
  }
  return x instanceof ArrayValue ? unitOfArray(x, kind) : OPEN;
}

function unitOfArray(a: ArrayValue, kind: 'M' | 'm'): TimeUnit {
  if (isTime(a.dtype)) return a.dtype.unit as TimeUnit;
  if (kind === 'm' || (!isText(a.dtype) && a.dtype.kind !== 'O')) return OPEN;
  const { get } = elementsOf(a.buffer as HostBuffer, a.dtype);
  let unit = OPEN;
  forEachOffset(a.shape, a.strides, a.offset, (at) => {
    const v = get(at);
    unit = commonUnit(unit, unitOf(v instanceof Uint8Array ? asciiText(v) : v, kind), kind);
  });
  return unit;
}

/** The dtype itself, or the one of the length or unit that the values need. */
export function settled(d: DType, values: unknown): DType {
  if (isOpenTime(d)) {
    const kind = d.kind as 'M' | 'm';
    let unit = OPEN;
    for (const v of leaves(values)) unit = commonUnit(unit, unitOf(v, kind), kind);
    return unit.base === 'generic' ? d : timeDtype(kind, unit);
  }
  if (d.itemsize > 0 || (d.kind !== 'U' && d.kind !== 'S')) return d;
  let n = 1;
  for (const v of leaves(values)) n = Math.max(n, v instanceof Uint8Array ? v.length : codePoints(pythonText(v)));
  return d.kind === 'U' ? strDtype(n) : bytesDtype(n);
}

/** The same for a cast of an array: dates keep their unit where none is asked for, and text gets room for every date. */
export function settledFor(d: DType, a: ArrayValue): DType {
  if (isOpenTime(d)) {
    const unit = unitOfArray(a, d.kind as 'M' | 'm');
    return unit.base === 'generic' ? d : timeDtype(d.kind as 'M' | 'm', unit);
  }
  if (d.itemsize === 0 && isTime(a.dtype) && isText(d)) {
    const n = a.dtype.kind === 'M' ? isoWidth(a.dtype.unit as TimeUnit) : 21;
    return d.kind === 'U' ? strDtype(n) : bytesDtype(n);
  }
  return d;
}
