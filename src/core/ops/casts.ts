import { isComplex } from '../complex.js';
import { hostDevice } from '../device/registry.js';
import type { Device, Kernel } from '../device/device.js';
import { carrierOf } from '../device/elements.js';
import {
  byName,
  type DType,
  isNumber,
  isNumeric,
  isTime,
  nativeOf,
  type NumericName,
  type ScalarType,
  voidDtype,
} from '../dtype.js';
import { checking } from '../fperrors.js';
import { castValue, type Value } from '../ir/evaluate.js';
import { eachKernel } from './each.js';
import { castFlagsProgram, checkedMap } from './flags.js';
import { castProgram } from './program.js';
import { conversion } from './conversions.js';

/**
 * Kernels that copy with a cast, for every two dtypes: programs between numbers, moves of bits within one dtype, and conversions
 * of single elements for the rest.
 */

/** What stands for a dtype where its elements are moved as they lie: numbers of that size, or raw memory. */
export const bitsOf = (d: DType): DType => (isNumeric(d) ? d : (carrierOf(d) ?? voidDtype(d.itemsize)));

/** Whether kernels made of programs know how to cast between these. */
const byProgram = (from: DType, to: DType): boolean =>
  (isNumeric(from) || (isTime(from) && from.isnative)) && (isNumeric(to) || (isTime(to) && to.isnative));

const others = new Map<DType, Map<DType, Kernel>>();

/** A kernel `out = (to) in`. */
export function castKernelOn(device: Device, from: DType, to: DType): Kernel {
  if (from.index >= 0 && to.index >= 0) {
    const kernel = device.prepare(castProgram(from, to));
    return checking && from !== to ? checkedMap(device, kernel, castFlagsProgram(from, to), 1, 'cast') : kernel;
  }
  if (from === to) {
    const bits = bitsOf(from);
    if (isNumeric(bits)) return device.prepare(castProgram(bits, bits));
    return memo(from, to, () => eachKernel('copy', [bits], [bits], (v) => v));
  }
  if (byProgram(from, to)) return device.prepare(castProgram(from, to));
  return memo(from, to, () => eachKernel('cast', [from], [to], converter(from, to)));
}

function memo(from: DType, to: DType, make: () => Kernel): Kernel {
  let row = others.get(from);
  if (row === undefined) others.set(from, (row = new Map()));
  let k = row.get(to);
  if (k === undefined) row.set(to, (k = make()));
  return k;
}

export const castKernel = (from: DType, to: DType): Kernel => castKernelOn(hostDevice(), from, to);

/** One number from one numeric dtype to another, as kernels cast. */
function castNumber(v: any, from: DType, to: DType): unknown {
  const exact = (x: any, t: ScalarType): Value => (t === 'int64' || t === 'uint64' ? BigInt(x) : Number(x));
  const source = byName[from.family as NumericName];
  const target = byName[to.family as NumericName];
  const re = castValue(exact(isComplex(v) ? v.re : v, source.part), source.part, target.part);
  if (target.kind === 'c') {
    const im = isComplex(v) ? castValue(v.im, source.part, target.part) : 0;
    return { re: Number(re), im: Number(im) };
  }
  if (target.kind === 'b') return re !== 0 || (isComplex(v) && v.im !== 0);
  return re;
}

/** The conversion of one element, read and written as `elementsOf` does. */
export function converter(from: DType, to: DType): (v: any) => unknown {
  if (isNumber(from) && isNumber(to)) return (v) => castNumber(v, from, to);
  if (from.kind === to.kind && nativeOf(from) === nativeOf(to)) return (v) => v;
  return conversion(from, to);
}
