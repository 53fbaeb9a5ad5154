import { IndexError, ValueError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import { NDArray } from '../../ndarray/ndarray.js';
import { Tensor } from '../../tensor/tensor.js';
import type { MathInstance } from './instance.js';
import { to_mathjs } from './matrices.js';

/** `A[1:2, :]` in expressions, and math.subset: mathjs' indices, which count from 0 once they are here, on arrays and tensors. */

interface MathIndex {
  size(): number[];
  dimension(i: number): number | string | { toArray?(): unknown; valueOf(): unknown };
}

type Ours = NDArray<any> | Tensor<any>;

/** The positions that an index takes along each axis: a number, which drops the axis, or a list. */
function positionsOf(x: Ours, index: MathIndex): (number | number[])[] {
  const n = index.size().length;
  if (n !== x.ndim) throw new IndexError(`Dimension mismatch (${n} != ${x.ndim})`);
  return x.shape.map((length, axis) => {
    const d = index.dimension(axis);
    if (typeof d === 'string') throw new IndexError(`no property '${d}' of an array`);
    const list = typeof d === 'number' ? d : ((d.toArray?.() ?? d.valueOf()) as number[]);
    for (const i of typeof list === 'number' ? [list] : list)
      if (!Number.isInteger(i) || i < 0 || i >= length)
        throw new IndexError(
          `index ${i} is out of bounds for axis ${axis} with size ${length} (counted from 0; expressions count from 1)`,
        );
    return list;
  });
}

const indices = (list: readonly number[]): NDArray => np.array(list.map(BigInt), 'int64');

/** The part of an array that an index names, as an array of its own. */
export function part(x: Ours, index: MathIndex): unknown {
  const positions = positionsOf(x, index);
  let out: unknown = x;
  // From the last axis to the first, so that those that are dropped move no others.
  for (let axis = positions.length - 1; axis >= 0; axis--) {
    const p = positions[axis];
    out = np.take(out as NDArray, typeof p === 'number' ? (p as never) : indices(p), axis);
  }
  return out === x ? np.positive(x) : out;
}

/** Writes into the part of an array that an index names. */
export function replace(x: NDArray, index: MathIndex, value: unknown): NDArray {
  const lists = positionsOf(x, index).map((p) => (typeof p === 'number' ? [p] : p));
  const lengths = lists.map((l) => l.length);
  const given = value instanceof Tensor ? value.numpy() : np.asarray(value as never);
  const kept = lengths.filter((_, axis) => typeof index.dimension(axis) !== 'number');
  const shape =
    given.ndim === kept.length && kept.length < lengths.length ? inserted(given.shape, index, lengths) : null;
  const fits = shape === null ? given : np.reshape(given, shape);
  if (fits.ndim > lengths.length) throw new ValueError(`Dimension mismatch (${fits.ndim} != ${lengths.length})`);
  x.set(np.ix_(...lists.map((l) => indices(l))) as never, fits);
  return x;
}

/** A shape with axes of length 1 where the index has numbers. */
function inserted(shape: readonly number[], index: MathIndex, lengths: readonly number[]): number[] {
  let k = 0;
  return lengths.map((_, axis) => (typeof index.dimension(axis) === 'number' ? 1 : shape[k++]));
}

/** The method by which mathjs' expressions read and write parts: with a replacement an array is written itself, of a tensor another is made. */
function subset(this: Ours, index: MathIndex, replacement?: unknown): unknown {
  if (replacement === undefined) {
    const r = part(this, index);
    return r instanceof NDArray && r.ndim === 0 ? (r.item() as unknown) : r;
  }
  if (this instanceof NDArray) return replace(this, index, replacement);
  return toTensor(replace(np.array(this.numpy()), index, replacement));
}

let toTensor: (a: NDArray) => Tensor = () => {
  throw new ValueError('no instance of mathjs was registered');
};

/** Text as matrices have it, in lists of results and in templates. */
function format(this: Ours, options?: unknown): string {
  return String((to_mathjs(this) as { format?: (o: unknown) => string }).format?.(options) ?? (this as NDArray).item());
}

/** Gives arrays and tensors the methods, and an instance's nodes of indices what `end` and `:` need. */
export function installIndices(math: MathInstance, tensorOf: (a: NDArray) => Tensor): void {
  toTensor = tensorOf;
  for (const c of [NDArray, Tensor])
    if (!Object.hasOwn(c.prototype, 'subset'))
      Object.defineProperties(c.prototype, {
        subset: { value: subset, enumerable: false, configurable: true },
        format: { value: format, enumerable: false, configurable: true },
      });
  const node = math.IndexNode?.prototype;
  if (node === undefined) return;
  const compile = node._compile;
  node._compile = function (names, args) {
    const evaluate = compile.call(this, names, args);
    return (scope, values, context) =>
      evaluate(scope, values, context instanceof NDArray || context instanceof Tensor ? sized(math, context) : context);
  };
}

/** Arrays in brackets are joined along a first axis, as matrices are. */
export function installBrackets(math: MathInstance): void {
  const node = math.ArrayNode?.prototype as MathInstance['IndexNode']['prototype'] | undefined;
  if (node === undefined) return;
  const compile = node._compile;
  node._compile = function (names, args) {
    const evaluate = compile.call(this, names, args);
    return (scope, values, context) => {
      const made = evaluate(scope, values, context);
      const lists = Array.isArray(made) ? made : (made as { valueOf(): unknown }).valueOf();
      return holds(lists) ? joined(lists) : made;
    };
  };
}

const isOurs = (x: unknown): x is Ours => x instanceof NDArray || x instanceof Tensor;
const holds = (x: unknown): boolean => (Array.isArray(x) ? x.some(holds) : isOurs(x));
function joined(x: unknown): unknown {
  if (!Array.isArray(x)) return isOurs(x) ? x : np.asarray(x as never);
  return np.stack(x.map(joined) as never);
}

/** A matrix without values, of the size of an array: all that an index asks of what it is an index of. */
function sized(math: MathInstance, x: Ours): unknown {
  const m = Object.create((math.DenseMatrix as unknown as { prototype: object }).prototype) as { _size: number[] };
  m._size = [...x.shape];
  return m;
}
