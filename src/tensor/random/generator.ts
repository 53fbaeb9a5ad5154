import { ArrayValue } from '../../core/array.js';
import { bind1, primitive } from '../../core/dispatch.js';
import { type DTypeLike, int64 } from '../../core/dtype.js';
import { hidden } from '../../core/inspect.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { sizeOf } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike } from '../convert.js';
import { fromArray, Tensor } from '../tensor.js';
import { hostVariable, Variable } from '../variable.js';
import { type Algorithm, drawFrom, drawnDtype, type Shape, shapeFrom } from './draw.js';
import { type Drawer, normalFrom, uniformFrom } from './shared.js';
import { entropyWords } from './stateful.js';

/** Generators: a state of 64-bit integers, a counter and a key, that every drawing moves on. */

const SIZE: Readonly<Record<Algorithm, number>> = { philox: 3, threefry: 2 };

/** The algorithm of a name, or of TensorFlow's number for it. */
function algorithmOf(alg: unknown): Algorithm {
  if (alg === undefined || alg === null || alg === 1 || alg === 'philox' || alg === 'auto_select') return 'philox';
  if (alg === 2 || alg === 'threefry') return 'threefry';
  throw new ValueError(
    `Argument \`alg\` got unsupported string value ${String(alg)}. Supported string values are philox and threefry.`,
  );
}

/** tf.random.Algorithm. */
export const Algorithms: { readonly PHILOX: 1; readonly THREEFRY: 2 } = { PHILOX: 1, THREEFRY: 2 };

const words = (list: readonly bigint[]): Tensor =>
  fromArray(
    np.array(
      list.map((v) => BigInt.asIntN(64, v)),
      { dtype: 'int64' } as never,
    ) as never,
  );

/**
 * The state that a seed stands for: an integer of any length, or a list of them.
 * @example tf.random.create_rng_state(1234, 'philox').numpy() // → array([1234,    0,    0])
 */
export function create_rng_state(seed: number | bigint | TensorLike, alg: string | number): Tensor {
  const n = SIZE[algorithmOf(alg)];
  if (typeof seed === 'number' || typeof seed === 'bigint') {
    const all = BigInt(seed);
    return words(Array.from({ length: n }, (_, k) => all >> BigInt(64 * k)));
  }
  const given = (np
    .ravel(np.asarray(seed instanceof Tensor ? seed.numpy() : (seed as never)))
    .astype('int64')
    .tolist({ bigint: true } as never) ?? []) as unknown as (bigint | number)[];
  const list = given.slice(0, n).map(BigInt);
  // A short seed is the key: as a counter it would give overlapping values.
  return words([...new Array<bigint>(n - list.length).fill(0n), ...list]);
}

const skip = primitive<{ readonly delta: bigint; readonly algorithm: Algorithm }>(
  'skip_random',
  ([t], { delta, algorithm }) => {
    const state = Array.from((t as Tensor).numpy().toTypedArray() as unknown as BigInt64Array);
    if (algorithm === 'threefry') return words([state[0] + delta, state[1]]);
    const counter = BigInt.asUintN(64, state[0]) + (BigInt.asUintN(64, state[1]) << 64n) + delta;
    return words([counter, counter >> 64n, state[2]]);
  },
  ([t]) => ({ shape: t.shape, dtype: int64 }),
);

type Rest<T> = readonly (T | TensorLike | DTypeLike | null | undefined)[];
interface Init {
  copy_from?: Generator | null;
  state?: TensorLike | null;
  alg?: string | number | null;
}

/**
 * A generator of random values with a state of its own.
 * @example
 * const g = tf.random.Generator.from_seed(1234);
 * g.uniform_full_int([2]).shape // → [ 2 ]
 * g.state.numpy() // → array([1746,    0,    0])
 */
export class Generator {
  readonly state: Variable;
  private readonly alg: Algorithm;

  constructor({ copy_from = null, state = null, alg = null }: Init = {}) {
    if (copy_from !== null) {
      this.alg = copy_from.alg;
      this.state = hostVariable(copy_from.state.value() as never, { dtype: 'int64', name: 'StateVar:0' });
      return;
    }
    if (state === null || alg === null) throw new ValueError('Must specify `state` and `alg`, or `copy_from`');
    this.alg = algorithmOf(alg);
    const t = state instanceof Variable ? state : checked(state, this.alg);
    this.state = t instanceof Variable ? t : hostVariable(t as never, { dtype: 'int64', name: 'StateVar:0' });
  }

  /** @example tf.random.Generator.from_seed(7, 'threefry').state.shape // → [ 2 ] */
  static from_seed(seed: number | bigint | TensorLike, alg: string | number | null = null): Generator {
    const a = algorithmOf(alg);
    return new Generator({ state: create_rng_state(seed, a), alg: a });
  }
  static from_state(state: TensorLike, alg: string | number): Generator {
    return new Generator({ state, alg });
  }
  static from_non_deterministic_state(alg: string | number | null = null): Generator {
    const a = algorithmOf(alg);
    return new Generator({ state: words(entropyWords(SIZE[a])), alg: a });
  }
  static from_key_counter(
    key: number | bigint,
    counter: readonly (number | bigint)[],
    alg: string | number,
  ): Generator {
    return new Generator({ state: words([...counter, key].map(BigInt)), alg });
  }

  get algorithm(): number {
    return this.alg === 'philox' ? 1 : 2;
  }
  /** The key: the last integer of the state. */
  get key(): Tensor {
    return this.state.value().at(-1);
  }

  /** A fresh state from a seed. */
  reset_from_seed(seed: number | bigint | TensorLike): void {
    this.state.assign(create_rng_state(seed, this.alg) as never);
  }
  /** Another state. */
  reset(state: TensorLike): void {
    this.state.assign(checked(state, this.alg) as never);
  }
  reset_from_key_counter(key: number | bigint, counter: readonly (number | bigint)[]): void {
    this.state.assign(words([...counter, key].map(BigInt)) as never);
  }

  /** Integers of the whole range that no seed determines. @example tf.random.Generator.from_seed(1).non_deterministic_ints([2]).dtype.name // → 'int64' */
  non_deterministic_ints(shape: Shape, ...rest: Rest<{ dtype?: DTypeLike }>): Tensor {
    const o = options<{ dtype: DTypeLike }>('random.Generator.non_deterministic_ints', ['dtype'], rest);
    const s = shapeFrom('Generator.non_deterministic_ints', shape);
    const dtype = drawnDtype(o.dtype ?? 'int64', 'i');
    return drawFrom('state', words(entropyWords(SIZE.philox)), 'integers', s, dtype, [], 'philox');
  }

  /** Moves the counter by 256 for each of so many values; gives the state before. */
  skip(delta: number | bigint): Tensor {
    const before = this.state.value() as Tensor;
    this.state.assign(bind1(skip, [before], { delta: BigInt(delta) * 256n, algorithm: this.alg }) as never);
    return before;
  }
  private get draw(): Drawer {
    return (kind, shape, dtype, params) =>
      drawFrom('state', this.skip(sizeOf(shape)), kind, shape, dtype, params, this.alg);
  }
  private only(kind: string): void {
    if (this.alg !== 'philox')
      throw new ValueError(
        `Generator.${kind}: the algorithm threefry draws uniform and normal values only; use philox`,
      );
  }

  /** Normal values. @example tf.random.Generator.from_seed(1).normal([2, 3]).shape // → [ 2, 3 ] */
  normal(shape: Shape, ...rest: Rest<{ mean?: TensorLike; stddev?: TensorLike; dtype?: DTypeLike }>): Tensor {
    const o = options<{ mean: TensorLike; stddev: TensorLike; dtype: DTypeLike }>(
      'random.Generator.normal',
      ['mean', 'stddev', 'dtype'],
      rest,
    );
    const s = shapeFrom('Generator.normal', shape);
    return normalFrom(this.draw, 'normal', s, o.mean ?? 0, o.stddev ?? 1, o.dtype ?? 'float32');
  }
  /** Normal values within two standard deviations of the mean. */
  truncated_normal(shape: Shape, ...rest: Rest<{ mean?: TensorLike; stddev?: TensorLike; dtype?: DTypeLike }>): Tensor {
    const o = options<{ mean: TensorLike; stddev: TensorLike; dtype: DTypeLike }>(
      'random.Generator.truncated_normal',
      ['mean', 'stddev', 'dtype'],
      rest,
    );
    this.only('truncated_normal');
    const s = shapeFrom('Generator.truncated_normal', shape);
    return normalFrom(this.draw, 'truncated', s, o.mean ?? 0, o.stddev ?? 1, o.dtype ?? 'float32');
  }
  /** Uniform values in [0, 1), or [minval, maxval); integers need maxval. */
  uniform(shape: Shape, ...rest: Rest<{ minval?: TensorLike; maxval?: TensorLike | null; dtype?: DTypeLike }>): Tensor {
    const o = options<{ minval: TensorLike; maxval: TensorLike | null; dtype: DTypeLike }>(
      'random.Generator.uniform',
      ['minval', 'maxval', 'dtype'],
      rest,
    );
    const s = shapeFrom('Generator.uniform', shape);
    return uniformFrom(this.draw, s, o.minval ?? 0, o.maxval ?? null, o.dtype ?? 'float32', false);
  }
  /** Integers of the whole range of their dtype. */
  uniform_full_int(shape: Shape, ...rest: Rest<{ dtype?: DTypeLike }>): Tensor {
    const o = options<{ dtype: DTypeLike }>('random.Generator.uniform_full_int', ['dtype'], rest);
    return this.draw('integers', shapeFrom('Generator.uniform_full_int', shape), drawnDtype(o.dtype ?? 'uint64', 'i'));
  }
  /** Numbers of successes in `counts` trials of probability `probs`, whose shapes broadcast to the end of `shape`. */
  binomial(shape: Shape, counts: TensorLike, probs: TensorLike, ...rest: Rest<{ dtype?: DTypeLike }>): Tensor {
    const o = options<{ dtype: DTypeLike }>('random.Generator.binomial', ['dtype'], rest);
    this.only('binomial');
    const params = [counts, probs].map((x) => convert_to_tensor(x as never) as Tensor);
    const dtype = drawnDtype(o.dtype ?? 'int32', 'fi');
    return this.draw('binomial', shapeFrom('Generator.binomial', shape), dtype, params);
  }

  /** Seeds for stateless functions: a column for each. @example tf.random.Generator.from_seed(1).make_seeds(3).shape // → [ 2, 3 ] */
  make_seeds(count = 1): Tensor {
    const keys = this.uniform_full_int([count], { dtype: 'int64' });
    return np.stack([keys, np.zeros_like(keys)]) as unknown as Tensor;
  }
  /** So many generators that are independent of this one and each other. */
  split(count = 1): Generator[] {
    const keys = this.uniform_full_int([count], { dtype: 'int64' });
    const zeros = np.zeros([SIZE[this.alg] - 1], { dtype: 'int64' } as never);
    return Array.from(
      { length: count },
      (_, k) =>
        new Generator({
          state: np.concatenate([convert_to_tensor(zeros as never), keys.at([k])] as never) as unknown as Tensor,
          alg: this.alg,
        }),
    );
  }
}
hidden(Generator, 'name', 'Generator');

function checked(state: TensorLike, alg: Algorithm): Tensor {
  const t =
    state instanceof ArrayValue || state instanceof Variable
      ? cast(state as never, 'int64')
      : create_rng_state(state, alg);
  if (t.ndim !== 1 || t.shape[0] !== SIZE[alg])
    throw new TypeError(`the state of ${alg} is ${SIZE[alg]} integers, got shape [${t.shape.join(',')}]`);
  return t as Tensor;
}

let shared: Generator | null = null;
/** The global generator. @example tf.random.get_global_generator().state.shape // → [ 3 ] */
export function get_global_generator(): Generator {
  shared ??= Generator.from_non_deterministic_state();
  return shared;
}
export function set_global_generator(g: Generator): void {
  shared = g;
}
