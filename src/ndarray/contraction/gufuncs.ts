import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { type PublicFunction, showAs } from '../../core/dispatch.js';
import type { DType, DTypeLike } from '../../core/dtype.js';
import { AxisError, RuntimeError, TypeError, UFuncOutputCastingError, ValueError } from '../../core/errors.js';
import * as x from '../../core/ir/expr.js';
import { loopShape, matmulOf, matmulPrimitive, matmulShape } from '../../core/ops/contract.js';
import { einsumPrimitive } from '../../core/ops/einsum.js';
import { expandAxes, permute } from '../../core/ops/move.js';
import { applyRow } from '../../core/ops/execute.js';
import { conjugate } from '../../core/ops/ufuncs/arithmetic.js';
import { bind1 } from '../../core/dispatch.js';
import { resolve } from '../../core/ops/loops/resolve.js';
import { over, row, type UfuncRow } from '../../core/ops/row.js';
import { checkCount, readCasting, readOrder, readOut, readTypes, ufuncSide } from '../../core/ops/ufunc.js';
import { type Casting, canCast } from '../../core/promote.js';
import { fn, isKeywords } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { asUfunc, resolveDtypes, typesOf, type UfuncFacts } from '../ufunc-class.js';
import { deliver } from './out.js';
import { straight } from './straight.js';
import { refuseTimes } from './times.js';

/**
 * The products that NumPy has as generalised ufuncs: matmul, vecdot, matvec, vecmat. They broadcast over all axes but the
 * last one or two of each operand.
 */

/** Which of an operand's (or the result's) axes are its core ones: one axis, or as many as it has core dimensions. */
export type CoreAxes = number | readonly number[];

/** Keywords of the products. */
export interface ProductKeywords {
  /** Where the result is written, instead of into a fresh array. */
  out?: ArrayValue | null | readonly (ArrayValue | null)[];
  /** The core axes of each operand and of the result; by default the last ones. */
  axes?: readonly CoreAxes[];
  /** The one axis that is summed over, where the operands share one. */
  axis?: number;
  /** Leaves the summed axis in the result with length 1, where no core axes remain. */
  keepdims?: boolean;
  casting?: Casting;
  order?: 'K' | 'C' | 'F' | 'A';
  /** dtype of the computation and the result. */
  dtype?: DTypeLike | null;
  subok?: boolean;
  signature?: string | readonly (DTypeLike | null)[];
}

export type Product = (<A extends ArrayLike, B extends ArrayLike>(
  x1: A,
  x2: B,
  out?: ArrayValue | null | ProductKeywords,
  kw?: ProductKeywords,
) => A extends ArrayValue ? A : Like<B>) &
  PublicFunction &
  UfuncFacts;

/** A product by its core dimensions: their names, and which of them may be missing. */
interface Spec {
  readonly name: string;
  /** NumPy's signature text. */
  readonly text: string;
  readonly ins: readonly [readonly string[], readonly string[]];
  readonly out: readonly string[];
  readonly conjugates: boolean;
  /** One line of documentation. */
  readonly doc: string;
}

const SIGNATURE =
  "x1, x2, /, out=None, *, axes=<no value>, axis=<no value>, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None";

/** @throws ValueError when core dimensions are missing or differ */
function checkCore(s: Spec, operands: readonly ArrayValue[]): void {
  const sizes = new Map<string, number>();
  operands.forEach((a, i) => {
    const core = s.ins[i];
    if (a.ndim < core.length) {
      throw new ValueError(
        `${s.name}: Input operand ${i} does not have enough dimensions (has ${a.ndim}, gufunc core with signature ${s.text} requires ${core.length})`,
      );
    }
    core.forEach((name, d) => {
      const n = a.shape[a.ndim - core.length + d];
      const seen = sizes.get(name);
      if (seen === undefined) sizes.set(name, n);
      else if (seen !== n) {
        throw new ValueError(
          `${s.name}: Input operand ${i} has a mismatch in its core dimension ${d}, with gufunc signature ${s.text} (size ${n} is different from ${seen})`,
        );
      }
    });
  });
}

/** The permutation that brings given axes to the end, in their order. */
function toEnd(ndim: number, axes: readonly number[]): number[] {
  const rest = Array.from({ length: ndim }, (_, i) => i).filter((i) => !axes.includes(i));
  return [...rest, ...axes];
}

function coreAxes(s: Spec, entry: CoreAxes, which: string, ndim: number, cores: number): number[] {
  if (!Array.isArray(entry) && cores !== 1)
    throw new AxisErrorText(`${s.name}: ${which} has ${cores} core dimensions, but the axes item is a single integer.`);
  const list = Array.isArray(entry) ? entry : [entry];
  if (list.length !== cores)
    throw new AxisErrorText(
      `${s.name}: ${which} has ${cores} core dimensions, but ${list.length} dimensions are specified by axes tuple.`,
    );
  const axes = list.map((k) => normalizeAxis(k, ndim));
  const twice = axes.find((k, i) => axes.indexOf(k) < i);
  if (twice !== undefined) throw new ValueError(`axes item ${which.at(-1)} has value ${twice} repeated`);
  return axes;
}

/** An AxisError with a text of its own. */
class AxisErrorText extends AxisError {
  override readonly name = 'AxisError';
  constructor(text: string) {
    super(0, 0);
    this.message = text;
  }
}

/** Shape of the result of operands whose core axes are last. */
function resultShape(s: Spec, [a, b]: readonly ArrayValue[]): number[] {
  if (s.name === 'matmul') return matmulShape(a, b);
  checkCore(s, [a, b]);
  const core = s.out.map((name) => {
    const i = s.ins[0].includes(name) ? 0 : 1;
    const x = i === 0 ? a : b;
    return x.shape[x.ndim - s.ins[i].length + s.ins[i].indexOf(name)];
  });
  return [...loopShape([a.shape, b.shape], [s.ins[0].length, s.ins[1].length], core), ...core];
}

/** Runs the product through its primitive. */
function compute(
  s: Spec,
  operands: readonly ArrayValue[],
  dtype: DType | null,
  into: ArrayValue | null,
  ndim: number,
): ArrayValue {
  if (s.name === 'matmul') return bind1(matmulPrimitive, operands, { dtype, into });
  const [a, b] = operands;
  const left =
    s.conjugates && (a.dtype.kind === 'c' || a.dtype.kind === 'O') ? (applyRow(conjugate, [a]) as ArrayValue) : a;
  const loop = ndim - s.out.length;
  // Core dimensions are labelled from 0, loop dimensions after them, from the right.
  const names = ['n', 'm'];
  const labels = (x: ArrayValue, core: readonly string[]): number[] => {
    const free = x.ndim - core.length;
    return [...Array.from({ length: free }, (_, i) => 2 + (free - 1 - i)), ...core.map((c) => names.indexOf(c))];
  };
  const output = [...Array.from({ length: loop }, (_, i) => 2 + (loop - 1 - i)), ...s.out.map((c) => names.indexOf(c))];
  return bind1(einsumPrimitive, [left, b], {
    inputs: [labels(left, s.ins[0]), labels(b, s.ins[1])],
    output,
    dtype,
    into,
    // Core axes lie innermost, in order; with less than two loop axes that is C order.
    plain: s.out.length > 0 && loop < 2,
  });
}

function product(s: Spec, loops: UfuncRow): Product {
  const single = s.out.length === 0;
  return fn<Product>(
    s.name,
    SIGNATURE,
    (x1, x2, out, axes, axis, keepdims, rule, layout, dtype, _subok, signature) => {
      let operands = [toArray(x1), toArray(x2)];
      refuseTimes(s.name, operands);
      const given = readOut(loops, out, [])?.[0] ?? null;
      const casting = readCasting(rule);
      readOrder(layout);
      const types = readTypes(loops, { dtype, signature });
      const d = resolve(loops, [operands[0].dtype, operands[1].dtype], casting, types).ins[0];
      const asked = types === null ? null : d;
      if (given !== null && !canCast(d, given.dtype, casting)) {
        throw new UFuncOutputCastingError(
          `Cannot cast ufunc '${s.name}' output from ${d.repr()} to ${given.dtype.repr()} with casting rule '${casting}'`,
        );
      }
      if (typeof keepdims !== 'boolean') throw new TypeError("'keepdims' must be a boolean");
      if (keepdims && !single) {
        const uneven = s.ins[0].length !== s.ins[1].length;
        const [which, count] = uneven ? ['input 1', s.ins[1].length] : ['output 0', s.out.length];
        throw new TypeError(
          `${s.name} does not support keepdims: its signature ${s.text} requires ${which} to have ${count} core dimension${count === 1 && !uneven ? '' : 's'}, but keepdims can only be used when all inputs have the same number of core dimensions and all outputs have no core dimensions.`,
        );
      }
      let outAxes: number[] | null = null;
      let moved: readonly CoreAxes[] | null = axes === undefined || axes === null ? null : axes;
      if (axis !== undefined && axis !== null) {
        if (moved !== null) throw new TypeError("cannot specify both 'axis' and 'axes'");
        if (!single) {
          const distinct = new Set([...s.ins[0], ...s.ins[1]]).size;
          throw new TypeError(
            `${s.name}: axis can only be used with a single shared core dimension, not with the ${distinct} distinct ones implied by signature ${s.text}.`,
          );
        }
        moved = [axis, axis, keepdims ? [axis] : []];
      }
      if (moved !== null) {
        if (!Array.isArray(moved)) throw new TypeError('axes should be a list.');
        if (moved.length !== 3 && !(moved.length === 2 && single)) {
          throw new ValueError(
            'axes should be a list with an entry for all 3 inputs and outputs; entries for outputs can only be omitted if none of them has core axes.',
          );
        }
        const list = moved;
        const optional = s.name === 'matmul';
        operands = operands.map((a, i) => {
          const cores = optional ? Math.min(2, a.ndim) : s.ins[i].length;
          return permute(a, toEnd(a.ndim, coreAxes(s, list[i], `operand ${i}`, a.ndim, cores)));
        });
        const shape = resultShape(s, operands);
        const cores = optional ? operands.filter((a) => a.ndim > 1).length : s.out.length;
        const kept = single && keepdims ? 1 : Math.min(s.out.length, cores);
        if (list.length === 3)
          outAxes = coreAxes(s, list[2], 'operand 2', shape.length + (single && keepdims ? 1 : 0), kept);
      }
      const shape = resultShape(s, operands);
      const run = (into: ArrayValue | null): ArrayValue => compute(s, operands, asked, into, shape.length);
      const plain = outAxes === null && !keepdims;
      if (plain && given !== null) return deliver(checkOut(s, given, shape), operands, d, shape, s.name, run);
      let result = run(null);
      if (keepdims) result = expandAxes(result, [outAxes !== null && outAxes.length > 0 ? outAxes[0] : result.ndim]);
      else if (outAxes !== null && outAxes.length > 0) {
        // The result's last axes go to the places asked for.
        const places = outAxes;
        const from = result.ndim - places.length;
        const perm = new Array<number>(result.ndim).fill(-1);
        places.forEach((to, i) => {
          perm[to] = from + i;
        });
        let next = 0;
        for (let i = 0; i < perm.length; i++) if (perm[i] < 0) perm[i] = next++;
        result = permute(result, perm);
      }
      if (given === null) return result;
      if (outAxes === null || outAxes.length === 0) return deliver(given, [], d, result.shape, s.name, () => result);
      const whole = permute(
        given,
        toEnd(given.ndim, coreAxes(s, (moved as CoreAxes[])[2], 'operand 2', given.ndim, outAxes.length)),
      );
      checkOut(s, whole, shape);
      return deliver(given, [], d, result.shape, s.name, () => result);
    },
    'primitive',
  );
}

/** The ufunc of a product: a callable with NumPy's attributes, and the methods only to say that it has none. */
function gufunc(s: Spec, run?: (a: ArrayValue, b: ArrayValue) => ArrayValue | null): Product {
  const types = over('?bBhHiIlLefdFD', '$$->$');
  const loops = row(s.name, 2, 1, { types, real: x.mul, doc: s.doc });
  const bound = product(s, loops);
  const counted = (...args: unknown[]): unknown => {
    checkCount(loops, args.length - (isKeywords(args[args.length - 1]) ? 1 : 0));
    return bound(...(args as Parameters<Product>));
  };
  const whole = showAs(counted, bound) as unknown as Product;
  const call = run === undefined ? whole : straight(whole, run);
  const folds = (): never => {
    throw new RuntimeError('Reduction not defined on ufunc with signature');
  };
  Object.assign(call, {
    signatureText: SIGNATURE,
    reduce: folds,
    accumulate: folds,
    reduceat: folds,
    outer: () => {
      throw new TypeError('method outer is not allowed in ufunc with non-trivial signature');
    },
    at: () => {
      throw new TypeError(
        `${s.name}.at does not support ufunc with non-trivial signature: ${s.name} has signature ${s.text}.`,
      );
    },
  });
  Object.defineProperties(call, Object.getOwnPropertyDescriptors(ufuncSide(loops, () => call)));
  return asUfunc(call, {
    name: s.name,
    nin: 2,
    nout: 1,
    types: () => typesOf(s.name, types),
    identity: null,
    signature: s.text,
    doc: () =>
      `${s.name}(x1, x2, /, out=None, *, casting='same_kind', order='K', dtype=None, subok=True[, signature, axes, axis])\n\n${s.doc}`,
    resolve_dtypes: (dtypes, kw) => resolveDtypes(loops, dtypes, kw),
  }) as Product;
}

/** @throws ValueError when the core dimensions of an out array are not the result's */
function checkOut(s: Spec, out: ArrayValue, shape: readonly number[]): ArrayValue {
  const cores = Math.min(s.out.length, shape.length);
  if (out.ndim < cores && s.name !== 'matmul')
    throw new ValueError(
      `${s.name}: Output operand 0 does not have enough dimensions (has ${out.ndim}, gufunc core with signature ${s.text} requires ${cores})`,
    );
  if (out.ndim >= cores) {
    for (let d = 0; d < cores; d++) {
      const n = out.shape[out.ndim - cores + d];
      const want = shape[shape.length - cores + d];
      if (n !== want) {
        throw new ValueError(
          `${s.name}: Output operand 0 has a mismatch in its core dimension ${d}, with gufunc signature ${s.text} (size ${n} is different from ${want})`,
        );
      }
    }
  }
  return out;
}

/**
 * Matrix product of two arrays.
 *
 * Two matrices: (n, k) with (k, m) gives (n, m). A vector stands for a row on the left and for a column on the right, and its
 * added axis is left out of the result. More axes are batches, which broadcast. Integers wrap, bool is or of ands, float16
 * accumulates in float32.
 * @throws ValueError when the inner dimensions differ or an operand is a scalar
 * @example np.matmul([[1, 2], [3, 4]], [[5], [6]]) // → array([[17.],
 * //          [39.]])
 */
export const matmul: Product = /*@__PURE__*/ gufunc(
  {
    name: 'matmul',
    text: '(n?,k),(k,m?)->(n?,m?)',
    ins: [
      ['n', 'k'],
      ['k', 'm'],
    ],
    out: ['n', 'm'],
    conjugates: false,
    doc: 'Matrix product of two arrays.',
  },
  (a, b) => matmulOf(a, b),
);

/**
 * Inner products over the last axis (or `axis`): (…, n) with (…, n) gives (…). The first operand is conjugated.
 * @throws ValueError when the lengths differ
 * @example np.vecdot([[1, 2], [3, 4]], [1, 1]) // → array([3., 7.])
 */
export const vecdot: Product = /*@__PURE__*/ gufunc({
  name: 'vecdot',
  text: '(n),(n)->()',
  ins: [['n'], ['n']],
  out: [],
  conjugates: true,
  doc: 'Vector dot product of two arrays.',
});

/**
 * Matrices times vectors: (…, m, n) with (…, n) gives (…, m).
 * @throws ValueError when the lengths differ
 * @example np.matvec([[1, 2], [3, 4]], [1, 1]) // → array([3., 7.])
 */
export const matvec: Product = /*@__PURE__*/ gufunc({
  name: 'matvec',
  text: '(m,n),(n)->(m)',
  ins: [['m', 'n'], ['n']],
  out: ['m'],
  conjugates: false,
  doc: 'Matrix-vector dot product of two arrays.',
});

/**
 * Conjugated vectors times matrices: (…, n) with (…, n, m) gives (…, m).
 * @throws ValueError when the lengths differ
 * @example np.vecmat([1, 1], [[1, 2], [3, 4]]) // → array([4., 6.])
 */
export const vecmat: Product = /*@__PURE__*/ gufunc({
  name: 'vecmat',
  text: '(n),(n,m)->(m)',
  ins: [['n'], ['n', 'm']],
  out: ['m'],
  conjugates: true,
  doc: 'Vector-matrix dot product of two arrays.',
});
