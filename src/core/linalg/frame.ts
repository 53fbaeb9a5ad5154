import { type ArrayValue, faceOf } from '../array.js';
import { isHost } from '../device/access.js';
import type { TypedArray } from '../device/access.js';
import { isDescribed } from '../device/shapes.js';
import { memoryOf } from '../device/cpu/tiny.js';
import { groupOffsets } from '../device/product.js';
import { bind, type Primitive, primitive } from '../dispatch.js';
import { byName, complex128, complex64, type DType, float32, float64 } from '../dtype.js';
import { LinAlgError, NotImplementedError, TypeError, UFuncInputCastingError, ValueError } from '../errors.js';
import { inDtype, loopShape, loopStrides } from '../ops/contract.js';
import { deviceOf, release as discard } from '../ops/operand.js';
import { canCast } from '../promote.js';
import { sizeOf } from '../view.js';
import { doubles, integers, mark, release, take } from './arena.js';
import type { Lapack } from './lapack.js';
import { lapack } from './routines.js';
import { loadMatrix, storeMatrix } from './transfer.js';

/**
 * Batched routines of linear algebra: a table of rows, each a routine for one matrix, which this frame runs over stacks of them.
 *
 * As NumPy's generalised ufuncs, rows compute in double precision whatever they are given, on copies in column-major order; results are
 * in C order, in single precision where all operands were.
 */

/** One set of matrices, in working memory. */
export interface Call {
  /** The length of each core dimension; of dimensions that no operand has, those that `dims` of the row adds. */
  readonly d: Readonly<Record<string, number>>;
  /** Where each operand lies: column-major, without gaps, to be overwritten at will. */
  readonly ins: readonly number[];
  /** Where each result is to be put, in the same form; uninitialised, or an operand's place (`shares`). */
  readonly outs: readonly number[];
  readonly complex: boolean;
  /** What the caller of the row added. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface LinalgRow {
  /** NumPy's name of the gufunc. */
  readonly name: string;
  /** Core dimensions: '(m,m),(m,n)->(m,n)'. */
  readonly signature: string;
  /** NumPy's loops, the real one and the complex one: 'dd->d' and 'DD->D'; 'i' is a 32-bit integer. */
  readonly types: readonly [string, string];
  /** LinAlgError's text where a routine gives something else than 0. */
  readonly failure?: string;
  /** For each result the operand whose memory it takes, or -1. */
  readonly shares?: readonly number[];
  /** Adds the lengths of core dimensions that only results have. */
  dims?(d: Record<string, number>): void;
  /** Working memory comes from `take` and is taken back by the frame. Gives 0, or another number for a failure. */
  run(l: Lapack, c: Call): number;
}

export interface LinalgAttrs {
  readonly [key: string]: unknown;
  readonly complex: boolean;
  /** Results in single precision. */
  readonly single: boolean;
  /** Matrices that fail: LinAlgError, or results of NaN. */
  readonly failing: 'raise' | 'nan';
  readonly options: Readonly<Record<string, unknown>>;
}

interface Spec {
  readonly ins: readonly (readonly string[])[];
  readonly outs: readonly (readonly string[])[];
}

function parse(signature: string): Spec {
  const side = (text: string): string[][] =>
    [...text.matchAll(/\(([^)]*)\)/g)].map((m) => (m[1] === '' ? [] : m[1].split(',').map((s) => s.trim())));
  const [left, right] = signature.split('->');
  return { ins: side(left), outs: side(right) };
}

const OUTPUT: Readonly<Record<string, readonly [DType, DType]>> = {
  d: [float64, float32],
  D: [complex128, complex64],
  i: [byName.int32, byName.int32],
};

/** Lengths of core dimensions. @throws ValueError with NumPy's texts */
function coreLengths(row: LinalgRow, spec: Spec, args: readonly ArrayValue[]): Record<string, number> {
  const d: Record<string, number> = {};
  for (let i = 0; i < args.length; i++) {
    const { shape } = args[i];
    const core = spec.ins[i];
    const lead = shape.length - core.length;
    if (lead < 0)
      throw new ValueError(
        `${row.name}: Input operand ${i} does not have enough dimensions (has ${shape.length}, gufunc core with signature ${row.signature} requires ${core.length})`,
      );
    for (let k = 0; k < core.length; k++) {
      const n = shape[lead + k];
      const seen = d[core[k]];
      if (seen === undefined) d[core[k]] = n;
      else if (seen !== n)
        throw new ValueError(
          `${row.name}: Input operand ${i} has a mismatch in its core dimension ${k}, with gufunc signature ${row.signature} (size ${n} is different from ${seen})`,
        );
    }
  }
  row.dims?.(d);
  return d;
}

const NONE: Int32Array = new Int32Array(1);

/** What copying one operand or result takes. */
interface Port {
  readonly array: TypedArray;
  /** Of the first element, in elements of `array`. */
  readonly base: number;
  readonly batch: Int32Array | Float64Array;
  readonly m: number;
  readonly n: number;
  /** Steps between rows and between columns, in elements of `array`. */
  readonly rows: number;
  readonly columns: number;
  /** Numbers in an element. */
  readonly parts: number;
  place: number;
}

function portOf(a: ArrayValue, core: number, loop: readonly number[], place: number): Port {
  const { shape, strides } = a;
  const unit = a.dtype.itemsize / a.dtype.parts;
  const { array, base } = memoryOf(a.buffer, a.dtype.part);
  const nd = shape.length;
  return {
    array,
    base: base + a.offset / unit,
    batch: loop.length === 0 ? NONE : groupOffsets(loop, loopStrides(a, core, loop), unit),
    m: core > 0 ? shape[nd - core] : 1,
    n: core > 1 ? shape[nd - 1] : 1,
    rows: core > 0 ? strides[nd - core] / unit : 0,
    columns: core > 1 ? strides[nd - 1] / unit : 0,
    parts: a.dtype.parts,
    place,
  };
}

function run(row: LinalgRow, spec: Spec, given: readonly ArrayValue[], attrs: LinalgAttrs): ArrayValue[] {
  const d = coreLengths(row, spec, given);
  const [from, to] = row.types[attrs.complex ? 1 : 0].split('->');
  const device = deviceOf(given, `linalg.${row.name}`);
  for (const a of given)
    if (!isHost(a.buffer) && !isDescribed(a.buffer))
      throw new NotImplementedError(
        `linalg.${row.name}: ${a.buffer.device.name} has no linear algebra; move the operands with t.to('cpu') first`,
      );
  const loop = loopShape(
    given.map((a) => a.shape),
    spec.ins.map((s) => s.length),
    spec.outs.length === 1 ? spec.outs[0].map((s) => d[s]) : [],
  );
  const temporaries: ArrayValue[] = [];
  const args = given.map((a, i) => inDtype(a, from[i] === 'D' ? complex128 : float64, temporaries));
  const face = faceOf(given);
  const results = spec.outs.map((core, i) => {
    const dtype = OUTPUT[to[i]][attrs.single ? 1 : 0];
    const shape = [...loop, ...core.map((s) => d[s])];
    return face.fresh(device.allocate(sizeOf(shape) * dtype.itemsize), dtype, shape);
  });
  // Of what is only described there is nothing to compute.
  const count = given.some((a) => isDescribed(a.buffer)) ? 0 : sizeOf(loop);
  if (count > 0) {
    const start = mark();
    try {
      const ins = args.map((a, i) => {
        const p = portOf(a, spec.ins[i].length, loop, 0);
        p.place = take(p.m * p.n * p.parts);
        return p;
      });
      const outs = results.map((a, i) => {
        const shared = row.shares?.[i] ?? -1;
        const p = portOf(a, spec.outs[i].length, loop, 0);
        p.place = shared >= 0 ? ins[shared].place : take(p.m * p.n * p.parts);
        return p;
      });
      const call: Call = {
        d,
        ins: ins.map((p) => p.place),
        outs: outs.map((p) => p.place),
        complex: attrs.complex,
        options: attrs.options,
      };
      const l = lapack(attrs.complex);
      const inner = mark();
      for (let g = 0; g < count; g++) {
        for (const p of ins) loadMatrix(p.array, p.base + p.batch[g], p.rows, p.columns, p.m, p.n, p.parts, p.place);
        const failed = row.run(l, call) !== 0;
        release(inner);
        if (failed && attrs.failing === 'raise') throw new LinAlgError(row.failure ?? `${row.name} failed`);
        for (let i = 0; i < outs.length; i++) {
          const p = outs[i];
          if (failed) doubles().fill(Number.NaN, p.place, p.place + p.m * p.n * p.parts);
          const source = to[i] === 'i' ? integers() : doubles();
          const at = to[i] === 'i' ? 2 * p.place : p.place;
          storeMatrix(source, at, p.array, p.base + p.batch[g], p.rows, p.columns, p.m, p.n, p.parts);
        }
      }
    } finally {
      release(start);
    }
  }
  for (const t of temporaries) discard(t);
  return results;
}

/** A row with the primitive that runs it. */
export interface LinalgRoutine extends LinalgRow {
  readonly primitive: Primitive<LinalgAttrs>;
}

/** Makes a row of the table callable. */
export function linalgRow(row: LinalgRow): LinalgRoutine {
  const spec = parse(row.signature);
  return {
    ...row,
    primitive: primitive<LinalgAttrs>(`linalg.${row.name}`, (args, attrs) => run(row, spec, args, attrs)),
  };
}

/** How operands of some dtypes are computed with. */
export interface LinalgTypes {
  readonly complex: boolean;
  readonly single: boolean;
  /** dtype of results, and of real ones. */
  readonly dtype: DType;
  readonly real: DType;
}

/**
 * NumPy's rule: integers and bool become double, single precision stays where all operands have it, one complex operand makes all complex.
 * @throws TypeError `array type float16 is unsupported in linalg`
 */
export function linalgTypes(args: readonly ArrayValue[]): LinalgTypes {
  let single = true;
  let complex = false;
  for (const { dtype: d } of args) {
    if (d.kind === 'c') complex = true;
    if (d.kind === 'f' || d.kind === 'c') {
      if (d.itemsize / (d.kind === 'c' ? 2 : 1) === 8) single = false;
      else if (d.itemsize === 2) throw new TypeError(`array type ${d.name} is unsupported in linalg`);
    } else single = false;
  }
  const real = single ? float32 : float64;
  return { complex, single, dtype: complex ? (single ? complex64 : complex128) : real, real };
}

const NO_OPTIONS: Readonly<Record<string, unknown>> = {};

/**
 * Runs a row over its operands' leading axes.
 * @throws LinAlgError with the row's text; ValueError for core dimensions that do not fit; UFuncTypeError for dtypes that are no numbers
 */
export function runRow(
  row: LinalgRoutine,
  args: readonly ArrayValue[],
  types: LinalgTypes = linalgTypes(args),
  options: Readonly<Record<string, unknown>> = NO_OPTIONS,
  failing: 'raise' | 'nan' = 'raise',
): readonly ArrayValue[] {
  for (let i = 0; i < args.length; i++) {
    const { dtype } = args[i];
    const computed = types.complex ? complex128 : float64;
    if (dtype.index < 0 && !canCast(dtype, computed, 'same_kind'))
      throw new UFuncInputCastingError(
        `Cannot cast ufunc '${row.name}' input${args.length > 1 ? ` ${i}` : ''} from ${dtype.repr()} to ${computed.repr()} with casting rule 'same_kind'`,
      );
  }
  return bind(row.primitive, args, {
    complex: types.complex,
    single: types.single,
    failing,
    options,
  }) as readonly ArrayValue[];
}
