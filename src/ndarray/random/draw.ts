import { ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { describe } from '../../core/device/access.js';
import { asDtype, type DType, type DTypeLike, float32, float64, int64 } from '../../core/dtype.js';
import { OverflowError, TypeError, ValueError, shapeText } from '../../core/errors.js';
import type { Bits } from '../../core/random/bits.js';
import {
  checkMany,
  checkOne,
  DISTRIBUTIONS,
  type Distribution,
  type Draw,
  type GaussBits,
  type Parameter,
} from '../../core/random/distributions/index.js';
import type { Stream } from '../../core/random/stream.js';
import { broadcastTo } from '../../core/ops/move.js';
import { canCast } from '../../core/promote.js';
import { broadcastShapes, sameShape, sizeOf } from '../../core/view.js';
import { newArray, readShape } from '../creation/make.js';
import { commonShape } from '../manipulation/broadcast.js';
import { NDArray } from '../ndarray.js';
import { asInt64, indexOf, valuesAs, viewOf, writeInt64 } from './values.js';

/** Drawing from the table of distributions: parameters, their checks, shapes, and the filling of results. */

/** What draws: the bits, and which of the two families of algorithms. */
export interface Source {
  readonly stream: Stream;
  /** What the legacy algorithms draw from; null where the modern ones are meant. */
  readonly legacy: GaussBits | null;
}

/** A shape argument, or null where a lone value is meant. */
export const sizeArgument = (size: unknown): number[] | null =>
  size === null || size === undefined ? null : readShape(size);

/** @throws TypeError as Python's float(), or as the cast of an array by the rule 'safe' */
function notReal(x: unknown): never {
  if (typeof x === 'string') throw new ValueError(`could not convert string to float: '${x}'`);
  const what =
    x === null || x === undefined ? 'NoneType' : typeof x === 'object' && 're' in x ? 'complex' : describe(x);
  throw new TypeError(`float() argument must be a string or a real number, not '${what}'`);
}

/** A parameter: a number, or an array of the wanted dtype. */
function parameterOf(x: unknown, wanted: DType): number | ArrayValue {
  if (typeof x === 'number') return wanted === int64 ? wholeOf(x) : x;
  if (typeof x === 'bigint') return Number(x);
  if (typeof x === 'boolean') return x ? 1 : 0;
  if (Array.isArray(x)) {
    const a = toArray(x, x.length === 0 || wanted !== int64 ? null : int64);
    return arrayOf(a, a.size === 0 ? 'unsafe' : 'safe');
  }
  if (typeof x !== 'object' || x === null || (!(x instanceof ArrayValue) && 're' in x)) notReal(x);
  const a = toArray(x);
  // Scalars are arrays without axes here: a float counts as the number it is.
  if (a.ndim === 0 && a.dtype.kind === 'f' && wanted === int64)
    return wholeOf(Number((a as NDArray & { item(): number }).item()));
  if (a.dtype.kind === 'O' && a.ndim === 0) notReal((a as NDArray & { item(): unknown }).item());
  const r = arrayOf(a, 'safe');
  return r.ndim === 0 ? Number((r as NDArray & { item(): number }).item()) : r;

  function arrayOf(given: ArrayValue, rule: 'safe' | 'unsafe'): ArrayValue {
    if (!canCast(given.dtype, wanted, rule))
      throw new TypeError(
        `Cannot cast array data from ${given.dtype.repr()} to ${wanted.repr()} according to the rule 'safe'`,
      );
    return given;
  }
}

/** A number cut to an integer, as Python's int(). */
function wholeOf(x: number): number {
  if (Number.isNaN(x)) throw new ValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(x)) throw new OverflowError('cannot convert float infinity to integer');
  return Math.trunc(x);
}

/** Values of a parameter for every element of a shape. */
export function spread(p: number | ArrayValue, shape: readonly number[], dtype: DType): Float64Array {
  if (typeof p === 'number') return new Float64Array(sizeOf(shape)).fill(p);
  const a = sameShape(p.shape, shape) ? p : broadcastTo(p, [...shape]);
  if (dtype === int64) return Float64Array.from(valuesAs<BigInt64Array>(a, int64), Number);
  return valuesAs<Float64Array>(a, float64);
}

/** An array that results are to be written into. @throws ValueError, TypeError as NumPy */
export function checkOut(out: unknown, dtype: DType, size: readonly number[] | null, c: boolean): NDArray | null {
  if (out === null || out === undefined) return null;
  if (!(out instanceof NDArray)) throw new TypeError(`Cannot convert ${describe(out)} to numpy.ndarray`);
  if (!out.writeable || !out.dtype.isnative || !(isCContiguous(out) || (isFContiguous(out) && !c)))
    throw new ValueError(
      `Supplied output array must be ${c ? 'C-' : ''}contiguous, writable, aligned, and in machine byte-order.`,
    );
  if (out.dtype !== dtype)
    throw new TypeError(`Supplied output array has the wrong type. Expected ${dtype.name}, got ${out.dtype.name}`);
  if (size !== null && !sameShape(size, out.shape))
    throw new ValueError('size must match out.shape when used together');
  out.face.beforeWrite(out, 'out');
  return out;
}

type Write = (i: number, v: number) => void;

/** What writes results of a distribution into an array. */
function writer(out: ArrayValue): Write {
  if (out.dtype === int64) {
    const words = viewOf(out, Int32Array);
    return (i, v) => writeInt64(words, i, v);
  }
  const values = out.dtype === float32 ? viewOf(out, Float32Array) : viewOf(out, Float64Array);
  return (i, v) => {
    values[i] = v;
  };
}

/** n draws with the same parameters. */
function fillSame(out: ArrayValue, draw: Draw, bits: Bits, p: readonly number[]): void {
  const n = out.size;
  const write = writer(out);
  const [a, b, c] = p;
  if (p.length === 0) for (let i = 0; i < n; i++) write(i, draw(bits));
  else if (p.length === 1) for (let i = 0; i < n; i++) write(i, draw(bits, a));
  else if (p.length === 2) for (let i = 0; i < n; i++) write(i, draw(bits, a, b));
  else for (let i = 0; i < n; i++) write(i, draw(bits, a, b, c));
}

/** Fills that kernels do, by name of the distribution: standard values, then scaled in place as the scalar algorithms do. */
function fillFast(
  s: Source,
  name: string,
  out: ArrayValue,
  draw: (name: string) => Draw,
  p: readonly number[],
): boolean {
  const values = out.dtype === float32 ? viewOf(out, Float32Array) : viewOf(out, Float64Array);
  if (name === 'uniform') {
    s.stream.fillUniform(values);
    const [low, range] = p;
    if (low !== 0 || range !== 1) for (let i = 0; i < values.length; i++) values[i] = low + range * values[i];
    return true;
  }
  if (s.legacy !== null) return false;
  if (name === 'standard_normal' || name === 'normal') {
    s.stream.fillZiggurat('normals', values, draw('standard_normal'));
    if (name === 'normal') for (let i = 0; i < values.length; i++) values[i] = p[0] + p[1] * values[i];
    return true;
  }
  if (name === 'standard_exponential' || name === 'exponential') {
    s.stream.fillZiggurat('exponentials', values, draw('standard_exponential'));
    if (name === 'exponential') for (let i = 0; i < values.length; i++) values[i] = p[0] * values[i];
    return true;
  }
  return false;
}

/** A row of the table. */
export function rowOf(name: string): Distribution {
  const row = DISTRIBUTIONS.get(name);
  if (row === undefined) throw new Error(`random: no distribution ${name}`);
  return row;
}

const drawOf = (row: Distribution, s: Source, single: boolean): Draw =>
  s.legacy !== null ? (row.legacy as Draw) : single ? (row.single as Draw) : row.modern;

const constraintOf = (p: Parameter, s: Source): Parameter['constraint'] =>
  s.legacy !== null ? (p.legacyConstraint ?? p.constraint) : p.constraint;

/**
 * Draws from a distribution: a number where all parameters are lone and no size is given, an array otherwise. Array parameters are broadcast,
 * and drawn for in C order.
 */
export function drawFrom(
  row: Distribution,
  s: Source,
  given: readonly unknown[],
  size: unknown,
  dtype: DType = row.result === 'int64' ? int64 : float64,
  target: unknown = null,
): number | bigint | NDArray {
  const bits = s.legacy ?? s.stream;
  const single = dtype === float32;
  const draw = drawOf(row, s, single);
  const shape = sizeArgument(size);
  const out = checkOut(target, dtype, shape, row.parameters.length > 0);
  const parameters = row.parameters.map((p, i) => parameterOf(given[i], p.kind === 'int64' ? int64 : float64));
  const together = (s.legacy === null ? row.together : row.legacyTogether) ?? [];
  if (parameters.every((p) => typeof p === 'number')) {
    const p = parameters as number[];
    if (single) for (let i = 0; i < p.length; i++) p[i] = Math.fround(p[i]);
    const each = (): void =>
      p.forEach((v, i) => {
        checkOne(constraintOf(row.parameters[i], s), row.parameters[i].name, v);
      });
    if (!row.togetherFirst) each();
    for (const test of together) test(...p);
    if (row.togetherFirst) each();
    if (shape === null && out === null) {
      const v = draw(bits, ...p);
      return row.result === 'int64' ? asInt64(v) : v;
    }
    const result = out ?? newArray(shape as number[], dtype);
    if (!fillFast(s, row.name, result, (name) => drawOf(rowOf(name), s, single), p)) fillSame(result, draw, bits, p);
    return result;
  }
  const own = parameters.map((p) => (typeof p === 'number' ? [] : p.shape));
  const each = (): void =>
    parameters.forEach((p, i) => {
      const { name, kind } = row.parameters[i];
      const values = typeof p === 'number' ? [p] : spread(p, p.shape, kind === 'int64' ? int64 : float64);
      checkMany(constraintOf(row.parameters[i], s), name, values);
    });
  if (!row.togetherFirst) each();
  // Where a size is given, it is the first of the operands that are broadcast.
  const common =
    out !== null ? commonShape([out.shape, ...own]) : shape !== null ? commonShape([shape, ...own]) : commonShape(own);
  const wanted = out?.shape ?? shape ?? common;
  if (!sameShape(common, wanted))
    throw new ValueError(
      `Output size ${shapeText(wanted)} is not compatible with broadcast dimensions of inputs ${shapeText(common)}.`,
    );
  const values = parameters.map((p, i) => spread(p, common, row.parameters[i].kind === 'int64' ? int64 : float64));
  const n = sizeOf(common);
  if (single) for (const v of values) for (let i = 0; i < n; i++) v[i] = Math.fround(v[i]);
  for (const test of together) for (let i = 0; i < n; i++) test(...values.map((v) => v[i]));
  if (row.togetherFirst) each();
  const result = out ?? newArray(common, dtype);
  const write = writer(result);
  const [a, b, c] = values;
  for (let i = 0; i < n; i++)
    write(
      i,
      values.length === 1
        ? draw(bits, a[i])
        : values.length === 2
          ? draw(bits, a[i], b[i])
          : draw(bits, a[i], b[i], c[i]),
    );
  return result;
}

/** `dtype` of the distributions that have float32, too. @throws TypeError `Unsupported dtype dtype('int32') for random` */
export function floatDtype(dtype: unknown, by: string): DType {
  const d = dtype === null || dtype === undefined ? float64 : asDtype(dtype as DTypeLike);
  if (d !== float64 && d !== float32) throw new TypeError(`Unsupported dtype ${d.repr()} for ${by}`);
  return d;
}

/** Uniform values in [0, 1). */
export function drawRandom(s: Source, size: unknown, dtype: DType, target: unknown): number | NDArray {
  const shape = sizeArgument(size);
  const out = checkOut(target, dtype, shape, false);
  if (shape === null && out === null) return dtype === float32 ? s.stream.nextFloat() : s.stream.nextDouble();
  const result = out ?? newArray(shape as number[], dtype);
  s.stream.fillUniform(dtype === float32 ? viewOf(result, Float32Array) : viewOf(result, Float64Array));
  return result;
}

/** `uniform` of a low and a high end, from which the distribution's range is made. */
export function drawUniform(s: Source, low: unknown, high: unknown, size: unknown): number | bigint | NDArray {
  const [a, b] = [parameterOf(low, float64), parameterOf(high, float64)];
  const row = rowOf('uniform');
  const modern = s.legacy === null;
  const check = (values: ArrayLike<number>, many: boolean): void => {
    for (let i = 0; i < values.length; i++)
      if (!Number.isFinite(values[i]))
        throw new OverflowError(
          many || !modern ? 'Range exceeds valid bounds' : 'high - low range exceeds valid bounds',
        );
    if (modern) for (let i = 0; i < values.length; i++) if (values[i] < 0) throw new ValueError('high - low < 0');
  };
  if (typeof a === 'number' && typeof b === 'number') {
    check([b - a], false);
    return drawFrom(row, s, [a, b - a], size);
  }
  const shape = broadcastShapes([b, a].map((p) => (typeof p === 'number' ? [] : p.shape)));
  const lows = spread(a, shape, float64);
  const ranges = newArray(shape, float64);
  viewOf(ranges, Float64Array).set(spread(b, shape, float64).map((v, i) => v - lows[i]));
  check(viewOf(ranges, Float64Array), true);
  return drawFrom(row, s, [a, ranges], size);
}

/** A size argument that is an integer, as operator.index has it; null for anything else. */
export const sizeIndex = (size: unknown): number | null => {
  const v = indexOf(size);
  return v === null ? null : Number(v);
};
