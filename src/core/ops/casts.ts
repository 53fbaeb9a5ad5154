import { isComplex } from '../complex.js';
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
import { floatErrors } from '../errstate.js';
import { castValue, type Value } from '../ir/evaluate.js';
import { eachKernel } from './each.js';
import { watchedCast } from './flags/watch.js';
import { castProgram } from './program.js';
import { rawCopyKernel } from './raw.js';
import { conversion } from './conversions.js';
import { TypeError, ValueError } from '../errors.js';
import { tight } from '../view.js';

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
    return floatErrors.watching ? watchedCast(from, to, device, kernel) : kernel;
  }
  if (from === to) {
    const bits = bitsOf(from);
    if (isNumeric(bits)) return device.prepare(castProgram(bits, bits));
    return memo(from, to, () => rawCopyKernel(bits.itemsize));
  }
  if (byProgram(from, to)) return device.prepare(castProgram(from, to));
  // Structures and raw memory are read as each other's bytes, and anything as raw memory.
  if (
    !from.hasobject &&
    !to.hasobject &&
    ((to.kind === 'V' && isRaw(to)) || (to.kind === 'V' && from.kind === 'V' && isRaw(from)))
  )
    return memo(from, to, () =>
      eachKernel(
        'cast',
        [voidDtype(from.itemsize)],
        [voidDtype(to.itemsize)],
        from.isnative || from.kind === 'V' ? (v) => v : nativeBytes(from),
      ),
    );
  return memo(from, to, () => eachKernel('cast', [from], [to], converter(from, to)));
}

/** The bytes of an element in the machine's order, in which raw memory takes them. */
const nativeBytes = (d: DType): ((v: Uint8Array) => Uint8Array) => {
  const unit = d.kind === 'U' ? 4 : d.kind === 'c' ? d.itemsize / 2 : d.itemsize;
  return (v) => Uint8Array.from(v, (_, i) => v[i - (i % unit) + unit - 1 - (i % unit)]);
};

const isRaw = (d: DType): boolean => d.layout === null && d.subdtype === null;

function memo(from: DType, to: DType, make: () => Kernel): Kernel {
  let row = others.get(from);
  if (row === undefined) others.set(from, (row = new Map()));
  let k = row.get(to);
  if (k === undefined) row.set(to, (k = make()));
  return k;
}

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
  if (from.layout !== null && to.layout !== null) {
    if (from.layout.length !== to.layout.length) throw noCast(from, to);
    const fields = to.layout;
    const each = from.layout.map((f, i) => converter(f.dtype, fields[i].dtype));
    return (v: readonly unknown[]) => each.map((f, i) => f(v[i]));
  }
  if (from.layout !== null && to.kind !== 'O' && to.subdtype === null && to.kind !== 'V') {
    if (from.layout.length !== 1) throw noCast(from, to);
    const only = converter(from.layout[0].dtype, to);
    return (v: readonly unknown[]) => only(v[0]);
  }
  if (to.layout !== null && from.kind !== 'O' && from.kind !== 'V') {
    const each = to.layout.map((f) => converter(from, f.dtype));
    return (v) => each.map((f) => f(v));
  }
  if (to.subdtype !== null) return toSubarray(from, to);
  return conversion(from, to);
}

const noCast = (from: DType, to: DType): TypeError =>
  new TypeError(`Cannot cast array data from ${from.repr()} to ${to.repr()} according to the rule 'unsafe'`);

/** A value, or the elements of a sub-array, as a sub-array: stretched as shapes are. */
function toSubarray(from: DType, to: DType): (v: any) => unknown {
  const [base, shape] = to.subdtype as readonly [DType, readonly number[]];
  const [inner, own] = from.subdtype ?? [from, []];
  const one = converter(inner, base);
  const lead = shape.length - own.length;
  if (lead < 0 || own.some((n, i) => n !== 1 && n !== shape[lead + i]))
    throw new ValueError(`could not broadcast input array from shape ${tight(own)} into shape ${tight(shape)}`);
  const build = (v: any, d: number): unknown => {
    if (d === shape.length) return one(v);
    const given = d >= lead;
    return Array.from({ length: shape[d] }, (_, i) => build(given ? v[own[d - lead] === 1 ? 0 : i] : v, d + 1));
  };
  return (v) => build(v, 0);
}
