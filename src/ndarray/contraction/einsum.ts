import { ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { bind1, type FunctionFacts, type PublicFunction } from '../../core/dispatch.js';
import { asDtype, type DTypeLike, isTime } from '../../core/dtype.js';
import { memoryDoor } from '../../core/door.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { floatErrors } from '../../core/errstate.js';
import { einsumPrimitive, labelSizes } from '../../core/ops/einsum.js';
import { castTo } from '../../core/ops/move.js';
import { isOdd } from '../../core/ops/odd-memory.js';
import { runAs } from '../../core/transfers.js';
import { asOrder } from '../../core/view.js';
import { release } from '../../core/ops/operand.js';
import { type Casting, canCast, promote } from '../../core/promote.js';
import { fn, isKeywords, unknownKeyword } from '../../core/signature.js';
import { einsum_path } from '../functional/einsum-path.js';
import { type Like, singleOut } from '../ufunc.js';
import { deliver } from './out.js';
import { straightCall } from './straight.js';
import { readLists, readText, resolve, type Resolved, type SubscriptList, type Subscripts } from './subscripts.js';

export type { SubscriptList };

/** Keywords of `einsum`. */
export interface EinsumKeywords {
  out?: ArrayValue | null;
  /** Accepted; operands are always contracted two at a time, the cheapest pair first, through matrix products. */
  optimize?: boolean | string | readonly unknown[];
  /** dtype of the computation and the result. */
  dtype?: DTypeLike | null;
  order?: 'K' | 'C' | 'F' | 'A';
  /** How operands and results may be cast: 'safe' unless given. */
  casting?: Casting;
}

export interface Einsum {
  /** Subscripts as text, then the operands. */
  <A extends ArrayLike>(subscripts: string, first: A, ...rest: (ArrayLike | EinsumKeywords)[]): Like<A>;
  <A extends ArrayLike>(subscripts: string, ...operands: readonly A[]): Like<A>;
  /** Operands, each followed by the list of its labels, then perhaps the labels of the result. */
  <A extends ArrayLike>(
    first: A,
    subscripts: SubscriptList,
    ...rest: (ArrayLike | SubscriptList | EinsumKeywords)[]
  ): Like<A>;
}

const KEYWORDS = ['dtype', 'order', 'casting'];

/** The general way: keywords are bound, and operands of other classes asked. */
const general: Einsum & PublicFunction = /*@__PURE__*/ fn<Einsum>(
  'einsum',
  '*operands, out=None, optimize=False, **kwargs',
  (given: unknown[], out: unknown, optimize: unknown, kwargs: Record<string, unknown>) => {
    for (const key in kwargs)
      if (!KEYWORDS.includes(key)) throw unknownKeyword('einsum', key, ['out', 'optimize', ...KEYWORDS]);
    const order = orderOf(kwargs.order);
    const casting = castingOf(kwargs.casting);
    // The order of contraction is not followed, but a wrong one is refused.
    if (Array.isArray(optimize)) einsum_path(...(given as [string, ...ArrayLike[]]), { optimize });
    if (given.length === 0) {
      throw new ValueError(
        'must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list',
      );
    }
    let operands: ArrayValue[];
    let subscripts: Subscripts;
    if (typeof given[0] === 'string') {
      if (given.length < 2)
        throw new ValueError('must specify the einstein sum subscripts string and at least one operand');
      operands = given.slice(1).map((x) => toArray(x));
      subscripts = readText(given[0], operands.length);
    } else {
      if (given.length < 2) {
        throw new ValueError(
          'must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list',
        );
      }
      const lists = readLists(given);
      operands = lists.operands.map((x) => toArray(x));
      subscripts = lists.subscripts;
    }
    if (operands.some((a) => isTime(a.dtype))) throw new TypeError('invalid data type for einsum');
    const { inputs, output } = resolve(subscripts, operands);
    const asked = kwargs.dtype === undefined || kwargs.dtype === null ? null : asDtype(kwargs.dtype as DTypeLike);
    const d = asked ?? operands.map((o) => o.dtype).reduce(promote);
    operands.forEach((o, i) => {
      if (!canCast(o.dtype, d, casting)) {
        throw new TypeError(
          `Iterator operand ${i} dtype could not be cast from ${o.dtype.repr()} to ${d.repr()} according to the rule '${casting}'`,
        );
      }
    });
    const target = singleOut(out, 'einsum');
    if (target === null) {
      const result = bind1(einsumPrimitive, operands, { inputs, output, dtype: asked });
      return ordered(result, order === 'A' && operands.length > 1 ? anyOrder(operands) : order);
    }
    // As NumPy: what a contraction by `optimize` gives is assigned to `out`, which casts without asking.
    const assigned =
      optimize !== false &&
      operands.length === 2 &&
      inputs[0].some((l) => inputs[1].includes(l) && !output.includes(l));
    if (!assigned && !canCast(d, target.dtype, casting)) {
      throw new TypeError(
        `Iterator requested dtype could not be cast from ${d.repr()} to ${target.dtype.repr()}, the operand ${operands.length} dtype, according to the rule '${casting}'`,
      );
    }
    const sizes = labelSizes(inputs, operands, output);
    const shape = output.map((l) => sizes.get(l) as number);
    const viewed = operands.length === 1 && output.length === new Set(inputs[0]).size;
    return deliver(target, operands, d, shape, 'einsum', (into) => {
      const result = bind1(einsumPrimitive, operands, { inputs, output, dtype: asked, into: viewed ? null : into });
      return result;
    });
  },
  'primitive',
);

/** What the subscripts of a text stand for, by the numbers of axes of the operands. */
const known = new Map<string, Map<string, Resolved>>();
const KNOWN = 500;

/** `np.einsum` of a text and NDArrays of one dtype, perhaps with `optimize` as a boolean: nothing to bind, nobody to ask. */
function plainCall(args: readonly unknown[]): ArrayValue | null {
  const text = args[0];
  if (typeof text !== 'string' || args.length < 2) return null;
  let count = args.length;
  const last = args[count - 1];
  if (!(last instanceof ArrayValue)) {
    if (!isKeywords(last)) return null;
    for (const key in last) if (key !== 'optimize' || typeof last.optimize !== 'boolean') return null;
    count--;
  }
  if (count < 2 || floatErrors.watching) return null;
  let axes = '';
  for (let i = 1; i < count; i++) {
    const a = args[i];
    if (
      !(a instanceof ArrayValue) ||
      a.face.priority !== 0 ||
      a.dtype.index < 0 ||
      a.dtype !== (args[1] as ArrayValue).dtype
    )
      return null;
    if (memoryDoor() !== null && isOdd(a)) return null;
    axes += `${a.ndim},`;
  }
  const operands = args.slice(1, count) as ArrayValue[];
  let of = known.get(text);
  let resolved = of?.get(axes);
  if (resolved === undefined) {
    resolved = resolve(readText(text, operands.length), operands);
    if (of === undefined) {
      if (known.size >= KNOWN) known.clear();
      known.set(text, (of = new Map()));
    }
    of.set(axes, resolved);
  }
  const { inputs, output } = resolved;
  return runAs('einsum', () => bind1(einsumPrimitive, operands, { inputs, output, dtype: null }));
}

/**
 * Einstein summation: products of operands whose axes carry labels, summed over the labels that the result does not have.
 *
 * `'ij,jk->ik'` is the matrix product, `'ii->i'` the diagonal (a view that can be written), `'ij->ji'` the transpose (a view),
 * `'...ij,...jk'` a product of batches. Without `->` the result has the labels that occur once, in alphabetical order.
 * @throws ValueError with NumPy's texts about the subscripts and the operands' shapes
 * @example np.einsum('ij,ij->i', [[1, 2], [3, 4]], [[1, 1], [1, 1]]) // → array([3., 7.])
 */
export const einsum: Einsum & FunctionFacts = /*@__PURE__*/ straightCall(general, plainCall);

const CASTINGS: readonly string[] = ['no', 'equiv', 'safe', 'same_kind', 'unsafe'];

function castingOf(given: unknown): Casting {
  if (given === undefined || given === null) return 'safe';
  if (typeof given !== 'string' || !CASTINGS.includes(given))
    throw new ValueError(
      `casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${String(given)}')`,
    );
  return given as Casting;
}

const orderOf = (given: unknown): string => asOrder(given, 'K');

/** Fortran order where all operands are in it, else C order. */
const anyOrder = (operands: readonly ArrayValue[]): string =>
  operands.every(isFContiguous) && !operands.every(isCContiguous) ? 'F' : 'C';

/** A result in the memory order asked for. */
function ordered(a: ArrayValue, order: string): ArrayValue {
  if (order === 'K' || order === 'A' || (order === 'C' ? isCContiguous(a) : isFContiguous(a))) return a;
  const out = castTo(a, a.dtype, order);
  release(a);
  return out;
}
