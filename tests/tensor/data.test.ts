import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../src/index.js';

const { Dataset } = tf.data;
type Dataset = tf.data.Dataset;

/** Elements as plain values: bigints as numbers, which these are. */
const plain = (x: unknown): unknown => {
  if (x instanceof tf.Tensor) return plain(x.tolist());
  if (typeof x === 'bigint') return Number(x);
  if (Array.isArray(x)) return x.map(plain);
  if (typeof x === 'object' && x !== null) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, plain(v)]));
  return x;
};
const all = (d: Dataset): unknown[] => [...d].map(plain);
const n = (x: unknown): number => Number((x as tf.Tensor).item());

describe('a dataset', () => {
  test('gives the rows of tensors, in the form that they have', () => {
    expect(all(Dataset.from_tensor_slices([1, 2, 3]))).toEqual([1, 2, 3]);
    expect(
      all(
        Dataset.from_tensor_slices({
          a: [1, 2],
          b: [
            [1, 2],
            [3, 4],
          ],
        }),
      ),
    ).toEqual([
      { a: 1, b: [1, 2] },
      { a: 2, b: [3, 4] },
    ]);
    expect(all(Dataset.from_tensor_slices([np.arange(2), tf.constant([5, 6])]))).toEqual([
      [0, 5],
      [1, 6],
    ]);
    expect(() => Dataset.from_tensor_slices([np.arange(2), np.arange(3)])).toThrow(
      'Dimensions 2 and 3 are not compatible',
    );
    expect(() => Dataset.from_tensor_slices(1)).toThrow('rank >= 1');
  });
  test('converts its data once, and batches rows that follow each other as views', () => {
    const x = np.arange(12).reshape(6, 2);
    const p = interop.profile(() => [...Dataset.from_tensor_slices(x).batch(3)]);
    expect(p.copies).toBe(0);
    expect((p.result[0] as tf.Tensor).buffer).toBe(x.buffer);
    const f = interop.profile(() => [...Dataset.from_tensor_slices(x).shuffle(6, 1).repeat(2).batch(4)]);
    expect(f.copies).toBe(0);
  });
  test('ranges, repeats, takes, skips and shards', () => {
    expect(all(Dataset.range(1, 8, 3))).toEqual([1, 4, 7]);
    expect(all(Dataset.range(3).repeat(2))).toEqual([0, 1, 2, 0, 1, 2]);
    expect(all(Dataset.range(3).repeat().take(5))).toEqual([0, 1, 2, 0, 1]);
    expect(all(Dataset.range(0).repeat())).toEqual([]);
    expect(all(Dataset.range(9).skip(7))).toEqual([7, 8]);
    expect(all(Dataset.range(10).shard(3, 1))).toEqual([1, 4, 7]);
    expect(all(Dataset.range(2).concatenate(Dataset.range(5, 7)))).toEqual([0, 1, 5, 6]);
  });
  test('maps, filters, scans and reduces', () => {
    expect(all(Dataset.range(4).map((x) => tf.multiply(x, x)))).toEqual([0, 1, 4, 9]);
    expect(all(Dataset.from_tensor_slices([np.arange(2), np.arange(2)]).map((a, b) => [b, tf.add(a, b)]))).toEqual([
      [0, 0],
      [1, 2],
    ]);
    expect(all(Dataset.range(6).filter((x) => n(x) % 2 === 1))).toEqual([1, 3, 5]);
    expect(all(Dataset.range(6).take_while((x) => tf.less(x, 2n)))).toEqual([0, 1]);
    expect(all(Dataset.range(4).scan(0n, (s, x) => [tf.add(s, x), tf.add(s, x)]))).toEqual([0, 1, 3, 6]);
    expect(n(Dataset.range(5).reduce(0n, (s, x) => tf.add(s, x)))).toBe(10);
    expect(all(Dataset.from_tensor_slices([2, 1, 2, 3, 1]).unique())).toEqual([2, 1, 3]);
    expect(all(Dataset.range(2).enumerate(5))).toEqual([
      [5, 0],
      [6, 1],
    ]);
  });
  test('makes batches, padded batches and windows', () => {
    expect(all(Dataset.range(5).batch(2))).toEqual([[0, 1], [2, 3], [4]]);
    expect(all(Dataset.range(5).batch(2, true))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(all(Dataset.range(5).batch(2).unbatch())).toEqual([0, 1, 2, 3, 4]);
    const uneven = Dataset.from_generator(() => [[1], [1, 2], [3]]);
    expect(all(uneven.padded_batch(2, { padding_values: -1 }))).toEqual([
      [
        [1, -1],
        [1, 2],
      ],
      [[3]],
    ]);
    expect(all(uneven.padded_batch(2, [4]))).toEqual([
      [
        [1, 0, 0, 0],
        [1, 2, 0, 0],
      ],
      [[3, 0, 0, 0]],
    ]);
    expect(() => all(uneven.batch(2))).toThrow('Cannot batch tensors with different shapes');
    const windows = Dataset.range(7).window(3, { shift: 2, stride: 2, drop_remainder: true });
    expect(all(windows.flat_map((w) => w.batch(3)))).toEqual([
      [0, 2, 4],
      [2, 4, 6],
    ]);
    expect(() => Dataset.range(3).batch(0)).toThrow('batch_size must be greater than zero');
  });
  test('joins datasets side by side, in turn, by choice and by chance', () => {
    expect(all(Dataset.zip(Dataset.range(3), Dataset.range(5, 9)))).toEqual([
      [0, 5],
      [1, 6],
      [2, 7],
    ]);
    expect(all(Dataset.zip({ a: Dataset.range(1), b: Dataset.range(1) }))).toEqual([{ a: 0, b: 0 }]);
    const turns = Dataset.range(1, 4).interleave((x) => Dataset.from_tensors(x).repeat(4), {
      cycle_length: 2,
      block_length: 2,
    });
    expect(all(turns)).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 3, 3]);
    const two = [Dataset.range(3), Dataset.range(10, 13)];
    expect(all(Dataset.choose_from_datasets(two, Dataset.range(2).repeat(2)))).toEqual([0, 10, 1, 11]);
    const mixed = all(Dataset.sample_from_datasets(two, { seed: 4 })) as number[];
    expect(mixed.filter((x) => x < 10)).toEqual([0, 1, 2]);
    expect([...mixed].sort((a, b) => a - b)).toEqual([0, 1, 2, 10, 11, 12]);
  });
  test('shuffles by a seed, anew in every iteration unless told otherwise', () => {
    const once = (o: object): unknown[][] => {
      const d = Dataset.range(20).shuffle(20, o);
      return [all(d), all(d)];
    };
    const [a, b] = once({ seed: 5 });
    expect(a).not.toEqual(b);
    expect(once({ seed: 5 })).toEqual([a, b]);
    const [c, d] = once({ seed: 5, reshuffle_each_iteration: false });
    expect(c).toEqual(d);
    expect([...(a as number[])].sort((x, y) => x - y)).toEqual(all(Dataset.range(20)));
    const near = all(Dataset.range(50).shuffle(4, 1)) as number[];
    near.forEach((x, i) => {
      expect(x).toBeLessThan(i + 4);
    });
  });
  test('keeps what it made, where it is told to', () => {
    let made = 0;
    const d = Dataset.range(3)
      .map((x) => {
        made++;
        return x;
      })
      .cache();
    all(d);
    all(d);
    expect(made).toBe(3);
  });
  test('knows what its elements look like and how many there are', () => {
    const d = Dataset.range(5).batch(2);
    expect(String(d.element_spec)).toBe('TensorSpec(shape=(None,), dtype=tf.int64, name=None)');
    let ran = 0;
    const mapped = d.map((x) => {
      ran++;
      return [tf.cast(x, 'float32'), tf.reduce_sum(x)];
    });
    expect(mapped.element_spec.map(String)).toEqual([
      'TensorSpec(shape=(None,), dtype=tf.float32, name=None)',
      'TensorSpec(shape=(), dtype=tf.int64, name=None)',
    ]);
    expect(ran).toBe(2);
    expect([d, d.repeat(), d.repeat(3), d.filter(() => true)].map((x) => n(x.cardinality()))).toEqual([3, -1, 9, -2]);
    expect(d.length).toBe(3);
    expect(() => d.repeat().length).toThrow('The dataset is infinite.');
  });
  test('tells how far it is', () => {
    const told: number[][] = [];
    for (const _ of Dataset.range(2).with_progress((done, total) => told.push([done, total]))) void _;
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
  test('closes its source when it is left early', () => {
    let closed = 0;
    const d = Dataset.from_generator(function* () {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        closed++;
      }
    });
    for (const x of d.batch(2).prefetch(1)) if (n(x.at(0)) >= 4) break;
    expect(closed).toBe(1);
  });
});

describe('a dataset of what must be waited for', () => {
  const later = (ms = 1): Promise<void> => new Promise((r) => setTimeout(r, ms));
  const source = (): Dataset =>
    Dataset.from_generator(
      async function* () {
        for (let i = 0; i < 5; i++) {
          await later();
          yield [i, i * i];
        }
      },
      { output_signature: [new tf.TensorSpec([], 'int32'), new tf.TensorSpec([], 'float32')] },
    );
  test('is iterated with for await, through the same transformations', async () => {
    const d = source()
      .map(async (a, b) => {
        await later();
        return tf.add(tf.cast(a, 'float32'), b);
      })
      .filter((x) => n(x) !== 2)
      .batch(2)
      .prefetch(2);
    const got: unknown[] = [];
    for await (const x of d) got.push(plain(x));
    expect(got).toEqual([
      [0, 6],
      [12, 20],
    ]);
    const arrays: unknown[] = [];
    for await (const x of source().take(1).as_numpy_iterator())
      arrays.push(x.map((a: { dtype: { name: string } }) => a.dtype.name));
    expect(arrays).toEqual([['int32', 'float32']]);
  });
  test('says so where it is iterated with for', () => {
    expect(() => [...source()]).toThrow('iterate it with `for await`');
  });
  test('gives errors of its source to who iterates', async () => {
    const broken = Dataset.from_generator(async function* () {
      yield 1;
      throw new Error('no more');
    });
    await expect(
      (async () => {
        for await (const _ of broken.batch(3)) void _;
      })(),
    ).rejects.toThrow('no more');
  });
});
