import type { ArrayValue } from '../../core/array.js';
import { type Attrs, bind1, primitive } from '../../core/dispatch.js';
import { asDtype, type DType, type DTypeLike } from '../../core/dtype.js';
import { InvalidArgumentError, ValueError } from '../../core/errors.js';
import { placedOn } from '../../core/device/registry.js';
import { movedTo } from '../../core/ops/place.js';
import { drawnOn, isCounted } from '../../core/random/counted.js';
import { asShape, sizeOf } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import { currentTrace } from '../graph/trace.js';
import { fromArray, Tensor, tensorFace } from '../tensor.js';
import { Variable } from '../variable.js';
import { bounded, filled, truncated } from './fill.js';
import { halves, ofSeedPair, Philox, Threefry } from './philox.js';
import { binomial, categories, gamma, permutation, poisson } from './variates.js';

/** Random values as operations: on tapes a source that no gradient passes (but that of gamma variates), in traced functions drawn anew at every run. */

export type Shape = TensorLike;
export type Algorithm = 'philox' | 'threefry';

/** A generator of bits that goes on: what an operation with a state of its own draws from. */
export class Source {
  constructor(private philox: Philox) {}
  /** The bits for so many values; the next ones begin beyond those. */
  take(blocks: bigint): Philox {
    const now = this.philox;
    this.philox = now.skipped(blocks);
    return now.skipped(0n);
  }
}

interface Drawing {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly size: number;
  /** Parameters in double precision, repeated to the shape. */
  readonly param: (k: number) => Float64Array;
  /** A parameter as it is. */
  readonly raw: (k: number) => NDArray;
}
/** Values one after the other, in the dtype that is asked for or in one that casts to it. */
type Draw = (source: Philox, d: Drawing) => NDArray;

/** Values that JavaScript numbers hold, of a distribution of the element's parameters. */
const each =
  (value: (source: Philox, index: number, ...params: number[]) => number, count: number, parameter: number): Draw =>
  (source, d) => {
    const columns = Array.from({ length: count }, (_, k) => d.param(k));
    const result = new Float64Array(d.size);
    // Values of one distribution stand together in the order of the bits.
    const kinds = Math.max(1, parameter < 0 ? 1 : d.raw(parameter).size);
    const samples = result.length / kinds;
    for (let i = 0; i < result.length; i++) {
      const index = (i % kinds) * samples + Math.floor(i / kinds);
      result[i] = value(source, index, ...columns.map((c) => c[i]));
    }
    return np.asarray(result) as unknown as NDArray;
  };

export type Kind =
  | 'uniform'
  | 'normal'
  | 'truncated'
  | 'integers'
  | 'bounded'
  | 'gamma'
  | 'poisson'
  | 'binomial'
  | 'categorical'
  | 'permutation';
const DRAWS: Readonly<Record<Kind, Draw>> = {
  uniform: (s, d) => filled(s, 'uniform', d.dtype, d.size),
  normal: (s, d) => filled(s, 'normal', d.dtype, d.size),
  truncated: (s, d) => truncated(s, d.dtype, d.size),
  integers: (s, d) => filled(s, 'integers', d.dtype, d.size),
  bounded: (s, d) => {
    const [low, high] = [0, 1].map((k) => BigInt(d.raw(k).item({ bigint: true } as never) as never));
    if (low >= high) throw new InvalidArgumentError(`Need minval < maxval, got ${low} >= ${high}`);
    return bounded(s, low, high, d.dtype, d.size);
  },
  gamma: each(gamma, 1, 0),
  poisson: each(poisson, 1, 0),
  binomial: each(binomial, 2, -1),
  categorical: (s, d) => {
    const [rows, classes] = d.raw(0).shape;
    const logits = d.param(0);
    let at = 0;
    const values = new Float64Array(d.size);
    for (let r = 0; r < rows; r++)
      categories(s, logits.subarray(r * classes, (r + 1) * classes), d.shape[1], (v) => {
        values[at++] = v;
      });
    return np.asarray(values) as unknown as NDArray;
  },
  permutation: (s, d) => np.asarray(permutation(s, d.size)) as unknown as NDArray,
};

interface DrawAttrs extends Attrs {
  readonly kind: Kind;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** What the bits come from: a seed of two integers or a generator's state, which is the first operand, or a source. */
  readonly from: 'seed' | 'state' | Source;
  readonly algorithm: Algorithm;
}

const bigints = (a: NDArray): bigint[] =>
  (np.asarray(a).astype('int64') as unknown as { toTypedArray(): BigInt64Array }).toTypedArray() as never;

/** The generator that a state of integers stands for: its counter, and its key last. */
export function fromState(state: readonly bigint[], algorithm: Algorithm): Philox | Threefry {
  if (algorithm === 'threefry') return new Threefry(BigInt.asUintN(64, state[0]), halves(state[1]));
  const counter = new Uint32Array(4);
  counter.set(halves(state[0]), 0);
  counter.set(halves(state[1]), 2);
  return new Philox(counter, halves(state[2]));
}

/** So many blocks are set aside for each value. */
const RESERVED = 256n;

const random = primitive<DrawAttrs>(
  'random',
  (args, { kind, shape, dtype, from, algorithm }) => {
    const arrays = args.map((t) => (t instanceof Tensor ? t.numpy() : t) as NDArray);
    const own = typeof from === 'string';
    const n = sizeOf(shape);
    const blocks = kind === 'permutation' ? BigInt(Math.ceil(n / 4)) : RESERVED * BigInt(n);
    const [a, b, c] = own ? bigints(arrays[0]) : [];
    const source = own ? (from === 'seed' ? ofSeedPair(a, b) : fromState([a, b, c], algorithm)) : from.take(blocks);
    const params = own ? arrays.slice(1) : arrays;
    const there = placedOn();
    if (there !== null) {
      there.transfers?.check(dtype, 'tf.random');
      if (source instanceof Philox && isCounted(kind, dtype)) {
        const range = kind === 'bounded' ? [0, 1].map((k) => Number(params[k].item())) : [];
        if (kind === 'bounded' && !(range[0] < range[1]))
          throw new InvalidArgumentError(`Need minval < maxval, got ${range[0]} >= ${range[1]}`);
        const bounds = kind === 'bounded' ? [range[0], range[1] - range[0]] : [];
        return drawnOn(there, kind, shape, dtype, source.key, source.counter, tensorFace, bounds);
      }
    }
    const plain = (x: NDArray): Float64Array =>
      (np.ravel(np.asarray(x).astype('float64')) as unknown as { toTypedArray(): Float64Array }).toTypedArray();
    const param = (k: number): Float64Array =>
      plain(kind === 'categorical' ? params[k] : (np.broadcast_to(params[k], shape) as never));
    const drawn = DRAWS[kind](source as Philox, { shape, dtype, size: n, param, raw: (k) => params[k] });
    const made = fromArray(
      np.reshape(drawn.astype(dtype, { copy: false } as never), shape as never) as unknown as NDArray,
    );
    return there === null ? made : (movedTo(made, there, 'tf.random') as Tensor);
  },
  (_args, { shape, dtype }) => ({ shape, dtype }),
);

/** Random values by a seed or a generator's state. */
export const drawFrom = (
  from: 'seed' | 'state',
  first: Tensor,
  kind: Kind,
  shape: readonly number[],
  dtype: DType,
  params: readonly Tensor[] = [],
  algorithm: Algorithm = 'philox',
): Tensor => bind1(random, [first, ...params], { kind, shape, dtype, from, algorithm }) as Tensor;

/** Random values from a source. A traced function has the drawing, not what was drawn while it was traced. */
export function drawOn(
  source: Source,
  kind: Kind,
  shape: readonly number[],
  dtype: DType,
  params: readonly Tensor[] = [],
): Tensor {
  const attrs: DrawAttrs = { kind, shape, dtype, from: source, algorithm: 'philox' };
  const trace = currentTrace();
  if (trace !== null && params.every((p) => p.interpreter === null || p.interpreter === trace))
    return trace.process(random, params as readonly ArrayValue[], attrs) as Tensor;
  return bind1(random, params, attrs) as Tensor;
}

/** A shape: a list, or a tensor of one axis. @throws ValueError for negative lengths */
export function shapeFrom(fn: string, shape: Shape): readonly number[] {
  const list =
    typeof shape === 'number'
      ? [shape]
      : Array.isArray(shape)
        ? shape.map(Number)
        : (np.asarray(shape instanceof Tensor || shape instanceof Variable ? shape.numpy() : shape).tolist() as never as
            | number
            | number[]);
  const s = asShape((typeof list === 'number' ? [list] : list).map(Number));
  if (s.some((n) => n < 0 || !Number.isInteger(n)))
    throw new ValueError(`tf.random.${fn}: the lengths of a shape must be integers >= 0, got [${s.join(', ')}]`);
  return s;
}

const INTEGERS = ['int32', 'int64', 'uint32', 'uint64'];
const FLOATS = ['float16', 'float32', 'float64'];
/** A dtype that an operation draws. @throws ValueError for another */
export function drawnDtype(dtype: DTypeLike, kinds: 'f' | 'i' | 'fi' = 'f'): DType {
  const d = asDtype(dtype);
  const accepted = [...(kinds.includes('f') ? FLOATS : []), ...(kinds.includes('i') ? INTEGERS : [])];
  if (!accepted.includes(d.name))
    throw new ValueError(
      `Argument \`dtype\` got invalid value <dtype: '${d.name}'>. Accepted dtypes are ${accepted.join(', ')}.`,
    );
  return d;
}

/** A seed of two integers. @throws InvalidArgumentError for another shape or dtype */
export function seedPair(seed: TensorLike): Tensor {
  const small = (x: unknown): boolean => typeof x === 'number' && x === (x | 0);
  const plain = Array.isArray(seed) && seed.every((x) => typeof x === 'number' || typeof x === 'bigint');
  const t = convert_to_tensor(
    seed as never,
    plain ? ({ dtype: (seed as unknown[]).every(small) ? 'int32' : 'int64' } as never) : {},
  ) as Tensor;
  if (t.dtype.name !== 'int32' && t.dtype.name !== 'int64')
    throw new InvalidArgumentError(`seed must be of dtype int32 or int64, not ${t.dtype.name}`);
  if (t.ndim !== 1 || t.shape[0] !== 2)
    throw new InvalidArgumentError(`seed must have shape [2], not [${t.shape.join(',')}]`);
  return t;
}

/** A parameter in a dtype: tensors must have it, plain values get it. */
export const parameter = (x: TensorLike, dtype: DType): Tensor =>
  convert_to_tensor(x as never, x instanceof Tensor || x instanceof Variable ? {} : ({ dtype } as never)) as Tensor;
