import { Stream } from '../../core/random/stream.js';
import { seedByArray } from '../../core/random/seeding.js';
import type { DTypeLike } from '../../core/dtype.js';
import { broadcastShapes } from '../../core/view.js';
import { runAs } from '../../core/transfers.js';
import { convert_to_tensor, options, type TensorLike } from '../convert.js';
import { currentTrace } from '../graph/trace.js';
import type { Tensor } from '../tensor.js';
import { drawnDtype, drawOn, parameter, type Shape, shapeFrom, Source } from './draw.js';
import { Philox } from './philox.js';
import { categoricalFrom, type Drawer, gammaFrom, normalFrom, shuffleFrom, uniformFrom } from './shared.js';

/**
 * Random values that go on: each operation has a seed of its own beside the global one, and a stream of bits from the two. Without a seed of
 * its own an operation gets one from the global seed's sequence (Python's `random`), so that a program that sets the global one is repeatable.
 */

interface Global {
  readonly seed: bigint;
  readonly seeds: Stream;
}
let global: Global | null = null;
/** Streams of operations with a seed of their own: the same call again goes on. */
let streams = new Map<string, Source>();

/** A stream seeded as Python's `random.Random` is. */
function pythonRandom(seed: bigint): Stream {
  const words: number[] = [];
  for (let v = seed < 0n ? -seed : seed; v > 0n || words.length === 0; v >>= 32n) words.push(Number(v & 0xffffffffn));
  const s = new Stream('MT19937');
  seedByArray(s, Uint32Array.from(words));
  return s;
}

/**
 * Sets the global seed: what is drawn from here on, in this order, is the same in every program that does so.
 * @example
 * tf.random.set_seed(7);
 * const a = tf.random.uniform([2]);
 * tf.random.set_seed(7);
 * tf.reduce_all(tf.equal(a, tf.random.uniform([2]))).item() // → true
 */
export function set_seed(seed: number | bigint): void {
  global = { seed: BigInt(seed), seeds: pythonRandom(BigInt(seed)) };
  streams = new Map();
}

const MAX = 0x7fffffffn;
const DEFAULT = 87654321n;

/** A number below 2^31 as Python draws it: words of 32 bits until one is. */
function drawSeed({ seeds }: Global): bigint {
  for (;;) {
    const w = seeds.nextUint32();
    if (w < 0x80000000) return BigInt(w);
  }
}

const entropy = (): bigint => {
  const w = globalThis.crypto.getRandomValues(new Uint32Array(2));
  return (BigInt(w[0]) << 32n) | BigInt(w[1]);
};

/** The stream of one operation. */
function sourceFor(op: string, seed: number | null | undefined): Source {
  const own = seed === null || seed === undefined ? null : BigInt(seed);
  if (own === null && global === null) return new Source(Philox.ofSeeds(entropy(), entropy()));
  const first = (global?.seed ?? DEFAULT) % MAX;
  const trace = currentTrace();
  const second = (own ?? (trace === null ? drawSeed(global as Global) : BigInt(trace.nodes.length))) % MAX;
  const key = first === 0n && second === 0n ? MAX : second;
  const make = (): Source => new Source(Philox.ofSeeds(BigInt.asUintN(64, first), BigInt.asUintN(64, key)));
  // In a traced function every place has its stream, which the function's runs go on with.
  if (own === null || trace !== null) return make();
  const name = `${op} ${first} ${key}`;
  let s = streams.get(name);
  if (s === undefined) streams.set(name, (s = make()));
  return s;
}
const from = (op: string, seed: number | null | undefined): Drawer => {
  const s = sourceFor(op, seed);
  return (kind, shape, dtype, params) => drawOn(s, kind, shape, dtype, params);
};

type Rest<T> = readonly (T | TensorLike | DTypeLike | null | undefined)[];
interface Uniform {
  minval: TensorLike;
  maxval: TensorLike | null;
  dtype: DTypeLike;
  seed: number | null;
}
/**
 * Uniform values in [0, 1), or [minval, maxval); integers need maxval.
 * @throws ValueError for integers without maxval, InvalidArgumentError unless minval < maxval
 * @example
 * tf.random.set_seed(5);
 * tf.random.uniform([], { maxval: 3, dtype: 'int32', seed: 10 }).item() // → 2
 */
export function uniform(shape: Shape, ...rest: Rest<Partial<Uniform>>): Tensor {
  const o = options<Uniform>('random.uniform', ['minval', 'maxval', 'dtype', 'seed'], rest);
  const d = drawnDtype(o.dtype ?? 'float32', 'fi');
  return runAs('tf.random.uniform', () =>
    uniformFrom(
      from(`uniform ${d.name}`, o.seed),
      shapeFrom('uniform', shape),
      o.minval ?? 0,
      o.maxval ?? null,
      d,
      false,
    ),
  );
}
interface Normal {
  mean: TensorLike;
  stddev: TensorLike;
  dtype: DTypeLike;
  seed: number | null;
}
const normalOf =
  (name: string, kind: 'normal' | 'truncated') =>
  (shape: Shape, ...rest: Rest<Partial<Normal>>): Tensor => {
    const o = options<Normal>(`random.${name}`, ['mean', 'stddev', 'dtype', 'seed'], rest);
    const d = drawnDtype(o.dtype ?? 'float32');
    return runAs(`tf.random.${name}`, () =>
      normalFrom(from(`${kind} ${d.name}`, o.seed), kind, shapeFrom(name, shape), o.mean ?? 0, o.stddev ?? 1, d),
    );
  };
/** Normal values. @example tf.random.normal([2, 3], { mean: 1, stddev: 0.5 }).shape // → [ 2, 3 ] */
export const normal: (shape: Shape, ...rest: Rest<Partial<Normal>>) => Tensor = normalOf('normal', 'normal');
/** Normal values within two standard deviations of the mean. @example tf.random.truncated_normal([4]).shape // → [ 4 ] */
export const truncated_normal: (shape: Shape, ...rest: Rest<Partial<Normal>>) => Tensor = normalOf(
  'truncated_normal',
  'truncated',
);

/**
 * Gamma values of concentration `alpha` and rate `beta`: `shape` for each of their pairs.
 * @example tf.random.gamma([10], [0.5, 1.5]).shape // → [ 10, 2 ]
 */
export function gamma(
  shape: Shape,
  alpha: TensorLike,
  ...rest: Rest<{ beta?: TensorLike | null; dtype?: DTypeLike; seed?: number | null }>
): Tensor {
  const o = options<{ beta: TensorLike | null; dtype: DTypeLike; seed: number | null }>(
    'random.gamma',
    ['beta', 'dtype', 'seed'],
    rest,
  );
  return runAs('tf.random.gamma', () => {
    const d = drawnDtype(o.dtype ?? 'float32');
    const a = parameter(alpha, d);
    const b = o.beta === undefined || o.beta === null ? null : parameter(o.beta, d);
    const full = [...shapeFrom('gamma', shape), ...(b === null ? a.shape : broadcastShapes([a.shape, b.shape]))];
    return gammaFrom(from(`gamma ${d.name}`, o.seed), full, a, b, d);
  });
}
/** Poisson values of rates `lam`: `shape` for each. @example tf.random.poisson([10], [0.5, 1.5]).shape // → [ 10, 2 ] */
export function poisson(
  shape: Shape,
  lam: TensorLike,
  ...rest: Rest<{ dtype?: DTypeLike; seed?: number | null }>
): Tensor {
  const o = options<{ dtype: DTypeLike; seed: number | null }>('random.poisson', ['dtype', 'seed'], rest);
  return runAs('tf.random.poisson', () => {
    const d = drawnDtype(o.dtype ?? 'float32', 'fi');
    const l = convert_to_tensor(lam as never) as Tensor;
    return from(`poisson ${d.name}`, o.seed)('poisson', [...shapeFrom('poisson', shape), ...l.shape], d, [l]);
  });
}
/** The first axis in random order. @example tf.sort(tf.random.shuffle([3, 1, 2])).numpy() // → array([1., 2., 3.], dtype=float32) */
export function shuffle(value: TensorLike, ...rest: Rest<{ seed?: number | null }>): Tensor {
  const o = options<{ seed: number | null }>('random.shuffle', ['seed'], rest);
  return runAs('tf.random.shuffle', () => shuffleFrom(from('shuffle', o.seed), value));
}
/** Indices drawn with the weights exp(logits), so many for each row. @example tf.random.categorical([[0, -1000]], 3).numpy() // → array([[0, 0, 0]]) */
export function categorical(
  logits: TensorLike,
  num_samples: number,
  ...rest: Rest<{ dtype?: DTypeLike | null; seed?: number | null }>
): Tensor {
  const o = options<{ dtype: DTypeLike | null; seed: number | null }>('random.categorical', ['dtype', 'seed'], rest);
  return runAs('tf.random.categorical', () =>
    categoricalFrom(from('categorical', o.seed), logits, num_samples, o.dtype ?? null),
  );
}
/** Integers of 64 bits that nothing determines. @internal */
export const entropyWords = (n: number): bigint[] => Array.from({ length: n }, () => BigInt.asIntN(64, entropy()));
