import { ValueError } from '../../core/errors.js';
import { applied, read, whole } from './arguments.js';
import { type Cursor, pull, run, type Stage, over } from './cursor.js';
import { UNKNOWN_CARDINALITY } from './base.js';
import { Dataset } from './dataset.js';
import { type Element, look, numberOf, type Spec } from './elements.js';
import * as sources from './sources.js';

/** Datasets whose elements are put together anew: methods that are made of other ones. */

type Grouping = {
  key_func: (...args: any[]) => unknown;
  reduce_func: (key: any, window: Dataset) => Dataset;
  window_size: number | null;
  window_size_func: ((key: any) => unknown) | null;
};
type Buckets = {
  element_length_func: (...args: any[]) => unknown;
  bucket_boundaries: readonly number[];
  bucket_batch_sizes: readonly number[];
  padded_shapes: unknown;
  padding_values: unknown;
  pad_to_bucket_boundary: boolean;
  no_padding: boolean;
  drop_remainder: boolean;
};

declare module './dataset.js' {
  interface Dataset {
    /** Batches of another size. @param rest drop_remainder (false) */
    rebatch(batch_size: number | bigint, ...rest: unknown[]): Dataset;
    /**
     * Elements by a key: when `window_size` elements of a key have come, `reduce_func` makes a dataset of them, whose elements are given.
     * @param args key_func, reduce_func, window_size or window_size_func (of the key)
     * @throws ValueError for both or neither of the last two
     */
    group_by_window(...args: unknown[]): Dataset;
    /**
     * Padded batches of elements of like lengths.
     * @param args element_length_func, bucket_boundaries, bucket_batch_sizes (one more), padded_shapes, padding_values, pad_to_bucket_boundary (false),
     * no_padding (false), drop_remainder (false)
     * @throws ValueError unless there is one size more than there are boundaries
     */
    bucket_by_sequence_length(...args: unknown[]): Dataset;
  }
}

const made = (from: Dataset, body: (c: Cursor<Element>) => Stage<Element>, spec: () => Spec): Dataset =>
  new Dataset({ open: () => run(over(() => from.open(), body)), spec, count: UNKNOWN_CARDINALITY });

function grouped(source: Dataset, o: Partial<Grouping>): Dataset {
  const { key_func, reduce_func, window_size, window_size_func } = o as Grouping;
  if ((window_size ?? null) === null ? (window_size_func ?? null) === null : (window_size_func ?? null) !== null)
    throw new ValueError('Either the `window_size` argument or the `window_size_func` argument must be specified.');
  const sizeOf = (key: unknown): number =>
    whole('window_size', window_size ?? (window_size_func as (k: unknown) => unknown)(key), 1);
  const spec = (): Spec => source.element_spec;
  const reduced = (key: unknown, list: readonly Element[]): Dataset =>
    reduce_func(key, new Dataset({ open: () => sources.listCursor(list), spec, count: list.length }));
  const dataset: Dataset = made(
    source,
    function* (c) {
      const windows = new Map<string, { key: unknown; list: Element[]; size: number }>();
      function* given(key: unknown, list: readonly Element[]): Stage<Element> {
        const inner = reduced(key, list).open();
        for (let r = yield* pull(inner); !r.done; r = yield* pull(inner)) yield { value: r.value };
      }
      for (let r = yield* pull(c); !r.done; r = yield* pull(c)) {
        const key = applied(key_func, look(r.value));
        const name = String(numberOf(key));
        let w = windows.get(name);
        if (w === undefined) windows.set(name, (w = { key, list: [], size: sizeOf(key) }));
        w.list.push(r.value);
        if (w.list.length < w.size) continue;
        windows.delete(name);
        yield* given(key, w.list);
      }
      for (const w of windows.values()) yield* given(w.key, w.list);
    },
    () => {
      for (const e of source.take(1)) return reduced(0, [e as Element]).element_spec;
      return source.element_spec;
    },
  );
  return dataset;
}

const METHODS = {
  rebatch(this: Dataset, batch_size: number | bigint, ...rest: unknown[]): Dataset {
    const o = read<{ drop_remainder: boolean }>(['drop_remainder'], rest);
    return this.unbatch().batch(batch_size, o);
  },
  group_by_window(this: Dataset, ...args: unknown[]): Dataset {
    return grouped(this, read<Grouping>(['key_func', 'reduce_func', 'window_size', 'window_size_func'], args));
  },
  bucket_by_sequence_length(this: Dataset, ...args: unknown[]): Dataset {
    const names = [
      'element_length_func',
      'bucket_boundaries',
      'bucket_batch_sizes',
      'padded_shapes',
      'padding_values',
      'pad_to_bucket_boundary',
      'no_padding',
      'drop_remainder',
    ] as const;
    const o = read<Buckets>(names, args) as Buckets;
    const edges = o.bucket_boundaries;
    if (o.bucket_batch_sizes.length !== edges.length + 1)
      throw new ValueError(
        `\`len(bucket_batch_sizes)\` must equal \`len(bucket_boundaries) + 1\` but \`len(bucket_batch_sizes)=${o.bucket_batch_sizes.length}\` and \`len(bucket_boundaries)=${edges.length}\`.`,
      );
    const bucket = (...parts: unknown[]): number => {
      const n = numberOf(o.element_length_func(...parts));
      if (o.pad_to_bucket_boundary && n >= edges[edges.length - 1])
        throw new ValueError('When `pad_to_bucket_boundary=True`, elements must have length < max(bucket_boundaries).');
      const k = edges.findIndex((edge) => n < edge);
      return k < 0 ? edges.length : k;
    };
    const drop_remainder = o.drop_remainder ?? false;
    return grouped(this, {
      key_func: bucket,
      window_size_func: (key) => o.bucket_batch_sizes[numberOf(key)],
      reduce_func: (key, window) => {
        const size = o.bucket_batch_sizes[numberOf(key)];
        if (o.no_padding) return window.batch(size, { drop_remainder });
        // To the boundary: the lengths that are not known become the longest of the bucket.
        const longest = edges[numberOf(key)] - 1;
        const shapes = o.pad_to_bucket_boundary ? filled(window.element_spec, longest) : (o.padded_shapes ?? null);
        return window.padded_batch(size, {
          padded_shapes: shapes,
          padding_values: o.padding_values ?? null,
          drop_remainder,
        });
      },
    });
  },
};
/** Shapes of a spec with a length for what is not known. */
function filled(spec: Spec, length: number): unknown {
  if (Array.isArray(spec)) return spec.map((s) => filled(s as Spec, length));
  const shape = (spec as { shape?: readonly (number | null)[] | null }).shape;
  if (shape !== undefined) return (shape ?? []).map((n) => n ?? length);
  return Object.fromEntries(Object.entries(spec as object).map(([k, s]) => [k, filled(s as Spec, length)]));
}
for (const [name, value] of Object.entries(METHODS))
  Object.defineProperty(Dataset.prototype, name, { value, writable: true, configurable: true });
