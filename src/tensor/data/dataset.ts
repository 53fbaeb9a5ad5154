import { hidden } from '../../core/inspect.js';
import { InvalidArgumentError, ValueError } from '../../core/errors.js';
import { isKeywords } from '../../core/signature.js';
import * as np from '../../ndarray/index.js';
import type { Generator as Rng } from '../../ndarray/random/generator.js';
import { convert_to_tensor } from '../convert.js';
import { TensorSpec } from '../graph/signature.js';
import { type Cursor, isPromise, type Maybe, over, pull, run, type Stage, settle } from './cursor.js';
import { Elements, INFINITE_CARDINALITY, UNKNOWN_CARDINALITY } from './base.js';
import {
  asElement,
  type Element,
  keyOf,
  look,
  mapParts,
  numberOf,
  parts,
  Row,
  type Spec,
  specInside,
  stacked,
  stackedPadded,
} from './elements.js';
import { applied, bounded, read, whole } from './arguments.js';
import { inferred } from './inference.js';
import * as sources from './sources.js';
import type { Tensor } from '../tensor.js';

/**
 * A sequence of elements (tensors, or lists and objects of them), made when it is iterated: by `for…of`, or by `for await…of` where a source or a
 * mapped function is asynchronous. Arrays become tensors once, without a copy where dtypes allow it; the ledger shows what is copied.
 *
 * @example
 * const ds = tf.data.Dataset.range(5).map((x) => tf.multiply(x, x)).batch(2);
 * for (const batch of ds) console.log(batch.numpy());
 * // → array([0, 1])
 * //   array([4, 9])
 * //   array([16])
 */
export class Dataset extends Elements {
  // ---- sources -------------------------------------------------------------------------------------------------------

  /** The entries of tensors along their first axis. @throws ValueError for scalars; InvalidArgumentError when the lengths differ */
  static from_tensor_slices(tensors: unknown): Dataset {
    return new Dataset(sources.slices(tensors));
  }
  /** One element: the tensors themselves. */
  static from_tensors(tensors: unknown): Dataset {
    return new Dataset(sources.single(tensors));
  }
  /**
   * What a generator function gives, called anew for each iteration; an async generator makes a dataset for `for await`.
   * @param output_signature TensorSpecs in the elements' form: lists are split by it, and numbers get its dtypes
   */
  static from_generator(generator: (...args: any[]) => unknown, ...rest: unknown[]): Dataset {
    const o = read<{ output_types: unknown; output_shapes: unknown; args: unknown[]; output_signature: Spec }>(
      ['output_types', 'output_shapes', 'args', 'output_signature'],
      rest.length === 1 && rest[0] instanceof TensorSpec ? [{ output_signature: rest[0] }] : rest,
    );
    return new Dataset(sources.generated(generator, o.args ?? [], o.output_signature ?? null, o.output_types ?? null));
  }
  /** Integers as Python's range gives them, int64 unless `output_type` says otherwise. */
  static range(...args: unknown[]): Dataset {
    return new Dataset(sources.numbers(args));
  }
  /** Integers without an end, from `start` in steps. @param rest start (0), step (1), dtype (int64) */
  static counter(...rest: unknown[]): Dataset {
    return new Dataset(sources.counted(rest));
  }
  /** Elements of several datasets side by side, as long as all have one: datasets one by one, or a list or an object of them. */
  static zip(...datasets: any[]): Dataset {
    return new Dataset(sources.zipped(datasets.length === 1 ? datasets[0] : datasets));
  }
  /** Elements drawn from datasets by chance. @param rest weights (all equal), seed, stop_on_empty_dataset (false) */
  static sample_from_datasets(datasets: readonly Dataset[], ...rest: unknown[]): Dataset {
    const o = read<{ weights: readonly number[] | null; seed: number | null; stop_on_empty_dataset: boolean }>(
      ['weights', 'seed', 'stop_on_empty_dataset'],
      rest,
    );
    return new Dataset(sources.sampled(datasets, o.weights ?? null, o.seed ?? null, o.stop_on_empty_dataset ?? false));
  }
  /** Elements of the datasets that a dataset of numbers names. */
  static choose_from_datasets(datasets: readonly Dataset[], choice_dataset: Dataset, ...rest: unknown[]): Dataset {
    const o = read<{ stop_on_empty_dataset: boolean }>(['stop_on_empty_dataset'], rest);
    return new Dataset(sources.chosen(datasets, choice_dataset, o.stop_on_empty_dataset ?? true));
  }
  /** Random numbers without end: int64, the same for each iteration of a seed unless `rerandomize_each_iteration`. */
  static random(...rest: unknown[]): Dataset {
    const o = read<{ seed: number | null; rerandomize_each_iteration: boolean }>(
      ['seed', 'rerandomize_each_iteration'],
      rest,
    );
    return new Dataset(sources.randoms(o.seed ?? null, o.rerandomize_each_iteration ?? false));
  }

  // ---- stages ---------------------------------------------------------------------------------------------------------

  /** One element, of a dataset that has one. @throws InvalidArgumentError for another number of elements */
  get_single_element(): Element {
    const [first, second] = [...this.take(2)];
    if (first === undefined) throw new InvalidArgumentError('Dataset was empty.');
    if (second !== undefined) throw new InvalidArgumentError('Dataset had more than one element.');
    return first;
  }

  /** A dataset made of this one's elements. */
  private staged(
    body: (c: Cursor<Element>) => Stage<Element>,
    count: number,
    spec: () => Spec = () => this.element_spec,
  ): Dataset {
    return new Dataset({ open: () => run(over(() => this.open(), body)), spec, count });
  }

  // ---- one element at a time -----------------------------------------------------------------------------------------

  /** A function of each element; of a list it gets the parts one by one. It may give a promise. */
  map(map_func: (...args: any[]) => unknown, ..._rest: unknown[]): Dataset {
    const made: Dataset = this.staged(
      function* (c) {
        for (let r = yield* pull(c); !r.done; r = yield* pull(c))
          yield { value: asElement(yield* settle(applied(map_func, look(r.value)))) };
      },
      this.count,
      () => inferred(map_func, this, made),
    );
    return made;
  }
  /** Elements of which a function says that they stay. */
  filter(predicate: (...args: any[]) => unknown, ..._rest: unknown[]): Dataset {
    return this.staged(
      function* (c) {
        for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
          const keep = yield* settle(applied(predicate, look(r.value)));
          if (numberOf(keep) !== 0) yield { value: r.value };
        }
      },
      this.count === 0 ? 0 : this.count === INFINITE_CARDINALITY ? INFINITE_CARDINALITY : UNKNOWN_CARDINALITY,
    );
  }
  /** Elements up to the first of which a function says no. */
  take_while(predicate: (...args: any[]) => unknown, ..._rest: unknown[]): Dataset {
    return this.staged(function* (c) {
      for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
        if (numberOf(yield* settle(applied(predicate, look(r.value)))) === 0) return;
        yield { value: r.value };
      }
    }, UNKNOWN_CARDINALITY);
  }
  /** Pairs of a number and an element. */
  enumerate(start: number | bigint = 0, ..._rest: unknown[]): Dataset {
    const from = Number(start);
    return this.staged(
      function* (c) {
        let i = from;
        for (let r = yield* pull(c); !r.done; r = yield* pull(c))
          yield { value: [convert_to_tensor(np.asarray(i++, 'int64') as never), look(r.value)] };
      },
      this.count,
      () => [new TensorSpec([], 'int64'), this.element_spec],
    );
  }
  /** A state carried through the elements: the function gives [state, result]. */
  scan(initial_state: unknown, scan_func: (state: any, element: any) => any, ..._rest: unknown[]): Dataset {
    const made: Dataset = this.staged(
      function* (c) {
        let state = asElement(initial_state);
        for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
          const [next, out] = (yield* settle(scan_func(state, look(r.value)))) as [unknown, unknown];
          state = asElement(next);
          yield { value: asElement(out) };
        }
      },
      this.count,
      () => inferred(null, this, made),
    );
    return made;
  }
  /** Each element once. */
  unique(..._rest: unknown[]): Dataset {
    return this.staged(
      function* (c) {
        const seen = new Set<string>();
        for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
          const key = keyOf(look(r.value));
          if (seen.has(key)) continue;
          seen.add(key);
          yield { value: r.value };
        }
      },
      this.count === 0 ? 0 : UNKNOWN_CARDINALITY,
    );
  }
  /**
   * The dataset itself, telling how far it is: the function is called after each element with the number of elements so far and the number of all
   * (-1 and -2 as `cardinality` has them). This is an addition to TensorFlow.
   */
  with_progress(callback: (done: number, total: number) => void): Dataset {
    const total = this.count;
    return this.staged(function* (c) {
      let done = 0;
      for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
        yield { value: r.value };
        callback(++done, total);
      }
    }, total);
  }

  // ---- which elements ------------------------------------------------------------------------------------------------

  /** The first elements; all for -1. */
  take(count: number | bigint, ..._rest: unknown[]): Dataset {
    const n = Number(count) < 0 ? Number.POSITIVE_INFINITY : Number(count);
    const known =
      this.count === INFINITE_CARDINALITY
        ? n === Number.POSITIVE_INFINITY
          ? INFINITE_CARDINALITY
          : n
        : bounded(this.count)
          ? Math.min(n, this.count)
          : n === 0
            ? 0
            : this.count;
    return this.staged(function* (c) {
      for (let i = 0; i < n; i++) {
        const r = yield* pull(c);
        if (r.done) return;
        yield { value: r.value };
      }
    }, known);
  }
  /** All but the first elements; none for -1. */
  skip(count: number | bigint, ..._rest: unknown[]): Dataset {
    const n = Number(count) < 0 ? Number.POSITIVE_INFINITY : Number(count);
    const known = n === Number.POSITIVE_INFINITY ? 0 : bounded(this.count) ? Math.max(0, this.count - n) : this.count;
    return this.staged(function* (c) {
      if (n === Number.POSITIVE_INFINITY) return;
      let i = 0;
      for (let r = yield* pull(c); !r.done; r = yield* pull(c)) if (i++ >= n) yield { value: r.value };
    }, known);
  }
  /** Every `num_shards`-th element, from the one at `index`. */
  shard(num_shards: number, index: number, ..._rest: unknown[]): Dataset {
    const n = whole('num_shards', num_shards, 1);
    if (!(index >= 0 && index < n))
      throw new InvalidArgumentError(`Argument \`index\` must be between 0 and ${n - 1}, but got ${index}.`);
    return this.staged(
      function* (c) {
        let i = 0;
        for (let r = yield* pull(c); !r.done; r = yield* pull(c)) if (i++ % n === index) yield { value: r.value };
      },
      bounded(this.count) ? Math.max(0, Math.ceil((this.count - index) / n)) : this.count,
    );
  }
  /** The dataset again and again: `count` times, without end for -1 or nothing. */
  repeat(count: number | bigint | null = null, ..._rest: unknown[]): Dataset {
    const n = count === null || Number(count) < 0 ? Number.POSITIVE_INFINITY : Number(count);
    const open = (): Cursor<Element> => this.open();
    const known =
      this.count === 0 || n === 0
        ? 0
        : n === Number.POSITIVE_INFINITY
          ? INFINITE_CARDINALITY
          : bounded(this.count)
            ? this.count * n
            : this.count;
    return new Dataset({
      open: () =>
        run(
          (function* (): Stage<Element> {
            for (let i = 0; i < n; i++) {
              let some = false;
              yield* over(open, function* (c) {
                for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
                  some = true;
                  yield { value: r.value };
                }
              });
              // Nothing without end is nothing.
              if (!some) return;
            }
          })(),
        ),
      spec: () => this.element_spec,
      count: known,
    });
  }
  /** The elements, and those of another dataset after them. */
  concatenate(dataset: Dataset, ..._rest: unknown[]): Dataset {
    const list: readonly Dataset[] = [this, dataset];
    const known = list.some((d) => d.count === INFINITE_CARDINALITY)
      ? INFINITE_CARDINALITY
      : list.every((d) => bounded(d.count))
        ? this.count + dataset.count
        : UNKNOWN_CARDINALITY;
    return new Dataset({
      open: () =>
        run(
          (function* (): Stage<Element> {
            for (const d of list)
              yield* over(
                () => d.open(),
                function* (c) {
                  for (let r = yield* pull(c); !r.done; r = yield* pull(c)) yield { value: r.value };
                },
              );
          })(),
        ),
      spec: () => sources.merged(this.element_spec, dataset.element_spec),
      count: known,
    });
  }
  /**
   * The elements in an order of chance: each is drawn from the `buffer_size` that come next (all of them where it is as large as the dataset).
   * @param rest seed (none), reshuffle_each_iteration (true): whether iterations of the dataset have orders of their own
   */
  shuffle(buffer_size: number | bigint, ...rest: unknown[]): Dataset {
    const size = whole('buffer_size', buffer_size, 1);
    const o = read<{ seed: number | null; reshuffle_each_iteration: boolean | null }>(
      ['seed', 'reshuffle_each_iteration'],
      rest,
    );
    const again = o.reshuffle_each_iteration ?? true;
    const seed = o.seed ?? Number(np.random.default_rng().integers(0, 2 ** 31));
    let generator: Rng | null = null;
    const open = (): Cursor<Element> => this.open();
    return new Dataset({
      open: () => {
        const rng = again ? (generator ??= np.random.default_rng(seed)) : np.random.default_rng(seed);
        return run(over(open, (c) => sources.shuffled(c, size, rng)));
      },
      spec: () => this.element_spec,
      count: this.count,
    });
  }

  // ---- batches -------------------------------------------------------------------------------------------------------

  private grouped(
    size: number,
    drop: boolean,
    make: (list: Element[]) => Element,
  ): (c: Cursor<Element>) => Stage<Element> {
    return function* (c) {
      let list: Element[] = [];
      for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
        list.push(r.value);
        if (list.length < size) continue;
        const full = list;
        list = [];
        yield { value: make(full) };
      }
      if (list.length > 0 && !drop) yield { value: make(list) };
    };
  }
  private groups(size: number, drop: boolean): number {
    return bounded(this.count) ? (drop ? Math.floor(this.count / size) : Math.ceil(this.count / size)) : this.count;
  }
  /** So many elements stacked into one; the last may have fewer, unless `drop_remainder`. @throws InvalidArgumentError where shapes differ */
  batch(batch_size: number | bigint, ...rest: unknown[]): Dataset {
    const size = whole('batch_size', batch_size, 1);
    const drop = read<{ drop_remainder: boolean }>(['drop_remainder'], rest).drop_remainder ?? false;
    return this.staged(this.grouped(size, drop, stacked), this.groups(size, drop), () =>
      specInside(this.element_spec, drop ? size : null),
    );
  }
  /**
   * Batches of elements of several lengths: shorter ones are filled up, to the longest of the batch or to `padded_shapes`.
   * @param rest padded_shapes (null), padding_values (0), drop_remainder (false)
   */
  padded_batch(batch_size: number | bigint, ...rest: unknown[]): Dataset {
    const size = whole('batch_size', batch_size, 1);
    const o = read<{ padded_shapes: unknown; padding_values: unknown; drop_remainder: boolean }>(
      ['padded_shapes', 'padding_values', 'drop_remainder'],
      rest,
    );
    const drop = o.drop_remainder ?? false;
    return this.staged(
      this.grouped(size, drop, (list) => stackedPadded(list, o.padded_shapes ?? null, o.padding_values ?? null)),
      this.groups(size, drop),
      () =>
        mapParts(
          this.element_spec,
          (s: TensorSpec) =>
            new TensorSpec(s.shape === null ? null : [drop ? size : null, ...s.shape.map(() => null)], s.dtype),
        ),
    );
  }
  /** The entries of each element along its first axis. */
  unbatch(..._rest: unknown[]): Dataset {
    const spec = (): Spec =>
      mapParts(this.element_spec, (s: TensorSpec) => new TensorSpec(s.shape?.slice(1) ?? null, s.dtype));
    return this.staged(
      function* (c) {
        for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
          const table = look(r.value);
          const n = sources.commonLength(parts(table) as Tensor[]);
          for (let i = 0; i < n; i++) yield { value: new Row(table, i) };
        }
      },
      UNKNOWN_CARDINALITY,
      spec,
    );
  }
  /** Datasets of `size` elements that follow each other, each `shift` after the one before, of every `stride`-th element. */
  window(size: number, ...rest: unknown[]): Dataset {
    const o = read<{ shift: number | null; stride: number; drop_remainder: boolean }>(
      ['shift', 'stride', 'drop_remainder'],
      rest,
    );
    const n = whole('size', size, 1);
    const shift = whole('shift', o.shift ?? n, 1);
    const stride = whole('stride', o.stride ?? 1, 1);
    const drop = o.drop_remainder ?? false;
    const spec = (): Spec => this.element_spec;
    const inner = (elements: readonly Element[]): Dataset =>
      new Dataset({ open: () => sources.listCursor(elements), spec, count: elements.length });
    return this.staged((c) => sources.windowed(c, n, shift, stride, drop, inner), UNKNOWN_CARDINALITY);
  }

  // ---- datasets of datasets ------------------------------------------------------------------------------------------

  /** The elements of the datasets that a function makes of each element, one after the other. */
  flat_map(map_func: (...args: any[]) => Maybe<Dataset>, ..._rest: unknown[]): Dataset {
    return this.interleave(map_func, { cycle_length: 1 });
  }
  /** The elements of the datasets that a function makes, `block_length` of each in turn, `cycle_length` at a time. */
  interleave(map_func: (...args: any[]) => Maybe<Dataset>, ...rest: unknown[]): Dataset {
    const last = rest[rest.length - 1];
    const keyed = isKeywords(last) ? last : {};
    const cycle = whole('cycle_length', keyed.cycle_length ?? (typeof rest[0] === 'number' ? rest[0] : 16), 1);
    const block = whole('block_length', keyed.block_length ?? (typeof rest[1] === 'number' ? rest[1] : 1), 1);
    const made: Dataset = this.staged(
      (c) => sources.interleaved(c, map_func, applied, cycle, block),
      this.count === 0 ? 0 : UNKNOWN_CARDINALITY,
      () => inferred(null, this, made),
    );
    return made;
  }
  /** A function of the dataset. */
  apply<T>(transformation_func: (dataset: Dataset) => T): T {
    return transformation_func(this);
  }

  // ---- when elements are made ----------------------------------------------------------------------------------------

  /** Elements kept when they are first made, once all were. @param filename none: files are not written */
  cache(filename = ''): Dataset {
    if (filename !== '') throw new ValueError('tf.data: cache keeps elements in memory; it takes no file name');
    let kept: readonly Element[] | null = null;
    return new Dataset({
      open: () =>
        kept !== null
          ? sources.listCursor(kept)
          : run(
              over(
                () => this.open(),
                function* (c) {
                  const list: Element[] = [];
                  for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
                    list.push(r.value);
                    yield { value: r.value };
                  }
                  kept = list;
                },
              ),
            ),
      spec: () => this.element_spec,
      count: this.count,
    });
  }
  /** Where elements have to be waited for, so many are asked for ahead; -1 (AUTOTUNE) is two. */
  prefetch(buffer_size: number | bigint, ..._rest: unknown[]): Dataset {
    const n = Number(buffer_size) < 0 ? 2 : Number(buffer_size);
    return this.staged(function* (c) {
      const ahead: ReturnType<typeof c.next>[] = [];
      for (;;) {
        const r = yield* settle(ahead.length > 0 ? (ahead.shift() as never) : c.next());
        if ((r as { done?: boolean }).done) return;
        // What is at hand need not be asked for before its time.
        const next = ahead.length < n ? c.next() : null;
        if (next !== null) ahead.push(next);
        while (next !== null && isPromise(next) && ahead.length < n) ahead.push(c.next());
        for (const p of ahead) if (isPromise(p)) void Promise.resolve(p).catch(() => {});
        yield { value: (r as { value: Element }).value };
      }
    }, this.count);
  }

  // ---- the end -------------------------------------------------------------------------------------------------------

  /** All elements folded into one state: `reduce_func(state, element)`. @throws TypeError where elements have to be waited for */
  reduce(initial_state: unknown, reduce_func: (state: any, element: any) => unknown, ..._rest: unknown[]): Element {
    let state = asElement(initial_state);
    for (const e of this) state = asElement(reduce_func(state, e));
    return state;
  }
}
hidden(Dataset, 'name', 'Dataset');
