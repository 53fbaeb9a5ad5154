import type { ArrayValue } from '../../core/array.js';
import { host, typedView } from '../../core/device/access.js';
import { InvalidArgumentError, TypeError, ValueError } from '../../core/errors.js';
import { read } from './arguments.js';
import { INFINITE_CARDINALITY } from './base.js';
import { asDtype, type DTypeLike } from '../../core/dtype.js';
import { isKeywords } from '../../core/signature.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor } from '../convert.js';
import { TensorSpec } from '../graph/signature.js';
import type { Generator as Rng } from '../../ndarray/random/generator.js';
import type { Tensor } from '../tensor.js';
import { type Cursor, cursorOf, END, type Maybe, over, pull, run, type Stage, settle } from './cursor.js';
import {
  asElement,
  type Element,
  look,
  mapParts,
  numberOf,
  parts,
  Row,
  type Spec,
  specOf,
  zipParts,
} from './elements.js';

/** Where elements come from. */

interface Plan {
  open(): Cursor<Element>;
  spec(): Spec;
  readonly count: number;
}
interface Source {
  readonly count: number;
  readonly element_spec: Spec;
  open(): Cursor<Element>;
}

export function listCursor(list: readonly Element[]): Cursor<Element> {
  let i = 0;
  return { next: () => (i < list.length ? { done: false, value: list[i++] } : END), close: () => {} };
}

/** The length of the first axes. @throws ValueError for scalars; InvalidArgumentError when they differ */
export function commonLength(tensors: readonly Tensor[]): number {
  if (tensors.length === 0) throw new ValueError('Invalid `tensors`. `tensors` is empty.');
  for (const t of tensors)
    if (t.ndim === 0) throw new ValueError('Unbatching a tensor is only supported for rank >= 1');
  const n = tensors[0].shape[0];
  for (const t of tensors)
    if (t.shape[0] !== n) throw new ValueError(`Dimensions ${n} and ${t.shape[0]} are not compatible`);
  return n;
}

export function slices(tensors: unknown): Plan {
  return runAs('tf.data.Dataset.from_tensor_slices', () => {
    const table = asElement(tensors);
    const n = commonLength(parts(table));
    return {
      open: () => {
        let i = 0;
        return { next: () => (i < n ? { done: false, value: new Row(table, i++) } : END), close: () => {} };
      },
      spec: () => mapParts(table, (t: Tensor) => new TensorSpec(t.shape.slice(1), t.dtype)),
      count: n,
    };
  });
}

export function single(tensors: unknown): Plan {
  return runAs('tf.data.Dataset.from_tensors', () => {
    const element = asElement(tensors);
    return { open: () => listCursor([element]), spec: () => specOf(element), count: 1 };
  });
}

export function generated(
  f: (...args: any[]) => unknown,
  args: readonly unknown[],
  signature: Spec,
  types: unknown,
): Plan {
  if (typeof f !== 'function') throw new TypeError('`generator` must be a Python callable.');
  const spec: Spec = signature ?? (types === null ? null : mapTypes(types));
  const open = (): Cursor<Element> =>
    run(
      over(
        () => cursorOf(f(...args)),
        function* (c) {
          for (let r = yield* pull(c); !r.done; r = yield* pull(c)) yield { value: asElement(r.value, spec) };
        },
      ),
    );
  return {
    open,
    spec: () => {
      if (spec !== null) return spec;
      const c = open();
      try {
        const r = c.next() as { done?: boolean; value?: Element };
        if (r.done !== false)
          throw new TypeError('tf.data: the elements of this generator are not known; give an `output_signature`');
        return specOf(r.value);
      } finally {
        c.close();
      }
    },
    count: -2,
  };
}
const mapTypes = (x: unknown): Spec => {
  if (Array.isArray(x)) return x.map(mapTypes);
  if (isKeywords(x)) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, mapTypes(v)]));
  return new TensorSpec(null, x as DTypeLike);
};

export function numbers(args: readonly unknown[]): Plan {
  const last = args[args.length - 1];
  const dtype = asDtype((isKeywords(last) ? (last.output_type as DTypeLike) : null) ?? 'int64');
  const given = (isKeywords(last) ? args.slice(0, -1) : args).map(numberOf);
  if (given.length < 1 || given.length > 3)
    throw new ValueError(
      `Invalid \`args\`. The length of \`args\` should be between 1 and 3. Received: args=${JSON.stringify(given)}`,
    );
  const [start, stop, step] = given.length === 1 ? [0, given[0], 1] : [given[0], given[1], given[2] ?? 1];
  if (step === 0) throw new InvalidArgumentError('step must be a non-zero integer.');
  const n = Math.max(0, Math.ceil((stop - start) / step));
  const at = (i: number): Tensor => convert_to_tensor(np.asarray(start + i * step, dtype) as never) as Tensor;
  return {
    open: () => {
      let i = 0;
      return { next: () => (i < n ? { done: false, value: at(i++) } : END), close: () => {} };
    },
    spec: () => new TensorSpec([], dtype),
    count: n,
  };
}

/** Integers without an end. */
export function counted(args: readonly unknown[]): Plan {
  const o = read<{ start: number; step: number; dtype: DTypeLike }>(['start', 'step', 'dtype'], args);
  const [start, step] = [numberOf(o.start ?? 0), numberOf(o.step ?? 1)];
  const all = numbers([start, step < 0 ? -Infinity : Infinity, step, { output_type: o.dtype ?? 'int64' }]);
  return { ...all, count: INFINITE_CARDINALITY };
}

const isSource = (x: unknown): x is Source => typeof (x as Source | null)?.open === 'function';
/** A form with datasets in it, with something else in their places. */
function mapSources(x: unknown, f: (d: Source) => unknown): any {
  if (isSource(x)) return f(x);
  if (Array.isArray(x)) return x.map((e) => mapSources(e, f));
  if (isKeywords(x)) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, mapSources(v, f)]));
  throw new TypeError('The argument to `Dataset.zip()` must be a (nested) structure of `Dataset` objects.');
}

export function zipped(form: unknown): Plan {
  const list: Source[] = [];
  mapSources(form, (d) => list.push(d));
  const finite = list.map((d) => d.count).filter((n) => n !== -1);
  const count = list.length === 0 ? 0 : finite.length === 0 ? -1 : finite.includes(-2) ? -2 : Math.min(...finite);
  return {
    open: () => {
      const cursors = list.map((d) => d.open());
      const stage = function* (): Stage<Element> {
        try {
          for (;;) {
            const values: Element[] = [];
            for (const c of cursors) {
              const r = yield* pull(c);
              if (r.done) return;
              values.push(look(r.value));
            }
            let k = 0;
            yield { value: mapSources(form, () => values[k++]) };
          }
        } finally {
          for (const c of cursors) c.close();
        }
      };
      return run(stage());
    },
    spec: () => mapSources(form, (d) => d.element_spec),
    count,
  };
}

/** Elements of datasets, the next one named by a function that gives null for the end. */
function byChoice(
  list: readonly Source[],
  start: () => { next(open: readonly boolean[]): Generator<any, number | null, any>; close(): void },
  stopOnEmpty: boolean,
): () => Cursor<Element> {
  return () => {
    const cursors = list.map((d) => d.open());
    const alive = list.map(() => true);
    const choice = start();
    const stage = function* (): Stage<Element> {
      try {
        while (alive.includes(true)) {
          const k = yield* choice.next(alive);
          if (k === null) return;
          if (!(k >= 0 && k < list.length))
            throw new InvalidArgumentError(`Selector index out of range: ${k} >= ${list.length}`);
          if (!alive[k]) continue;
          const r = yield* pull(cursors[k]);
          if (!r.done) yield { value: r.value };
          else if (stopOnEmpty) return;
          else alive[k] = false;
        }
      } finally {
        choice.close();
        for (const c of cursors) c.close();
      }
    };
    return run(stage());
  };
}
const commonSpec = (list: readonly Source[]): Spec => list.map((d) => d.element_spec).reduce(merged);

export function sampled(
  list: readonly Source[],
  weights: readonly number[] | null,
  seed: number | null,
  stop: boolean,
): Plan {
  if (list.length === 0) throw new ValueError('Invalid `datasets`. `datasets` should not be empty.');
  if (weights !== null && weights.length !== list.length)
    throw new ValueError(
      `Invalid \`weights\`. The shape of \`weights\` should be compatible with \`[len(datasets)]\` = [${list.length}] but is [${weights.length}].`,
    );
  const w = weights ?? list.map(() => 1);
  return {
    open: byChoice(
      list,
      () => {
        const rng = np.random.default_rng(seed as number);
        return {
          *next(alive) {
            const total = w.reduce((s, x, i) => s + (alive[i] ? x : 0), 0);
            if (!(total > 0)) return null;
            let at = Number(rng.random()) * total;
            for (let i = 0; i < w.length; i++) if (alive[i] && (at -= w[i]) < 0) return i;
            return alive.lastIndexOf(true);
          },
          close() {},
        };
      },
      stop,
    ),
    spec: () => commonSpec(list),
    count: list.some((d) => d.count === -1) ? -1 : -2,
  };
}

export function chosen(list: readonly Source[], choice: Source, stop: boolean): Plan {
  if (list.length === 0) throw new ValueError('Invalid `datasets`. `datasets` should not be empty.');
  return {
    open: byChoice(
      list,
      () => {
        const c = choice.open();
        return {
          *next() {
            const r = yield* pull(c);
            return r.done ? null : numberOf(look(r.value));
          },
          close: () => c.close(),
        };
      },
      stop,
    ),
    spec: () => commonSpec(list),
    count: -2,
  };
}

export function randoms(seed: number | null, again: boolean): Plan {
  const first = seed ?? Number(np.random.default_rng().integers(0, 2 ** 31));
  let kept: ReturnType<typeof np.random.default_rng> | null = null;
  return {
    open: () => {
      const rng = again ? (kept ??= np.random.default_rng(first)) : np.random.default_rng(first);
      const draw = (): Tensor =>
        convert_to_tensor(np.asarray(rng.integers(0, 2 ** 32) as never, 'int64') as never) as Tensor;
      return { next: () => ({ done: false, value: draw() }), close: () => {} };
    },
    spec: () => new TensorSpec([], 'int64'),
    count: -1,
  };
}

/** Specs of elements of both kinds: lengths that differ are not known. */
export function merged(a: Spec, b: Spec): Spec {
  return zipParts([a, b], ([s, t]: TensorSpec[]) => {
    if (s.dtype !== t.dtype)
      throw new TypeError(`Incompatible types of input datasets: ${s.toString()} vs. ${t.toString()}.`);
    if (s.shape === null || t.shape === null || s.shape.length !== t.shape.length) return new TensorSpec(null, s.dtype);
    return new TensorSpec(
      s.shape.map((n, i) => (n === t.shape?.[i] ? n : null)),
      s.dtype,
    );
  });
}

/** `block` elements of each of `cycle` datasets in turn; what has ended gives its place to the next. */
export function* interleaved(
  c: Cursor<Element>,
  f: (...args: any[]) => Maybe<Source>,
  applied: (f: (...a: any[]) => any, e: Element) => any,
  cycle: number,
  block: number,
): Stage<Element> {
  const open: (Cursor<Element> | null)[] = [];
  let ended = false;
  try {
    for (let at = 0; ; at = (at + 1) % cycle) {
      if (ended && open.every((o) => o === null)) return;
      let o = open[at] ?? null;
      for (let k = 0; k < block; ) {
        if (o === null) {
          if (ended) break;
          const r = yield* pull(c);
          if (r.done) {
            ended = true;
            break;
          }
          const d: Source = yield* settle(applied(f, look(r.value)));
          if (!isSource(d)) throw new TypeError('The `map_func` argument must return a `Dataset` object.');
          o = d.open();
          open[at] = o;
        }
        const r = yield* pull(o);
        if (r.done) {
          o.close();
          open[at] = o = null;
          continue;
        }
        k++;
        yield { value: r.value };
      }
    }
  } finally {
    for (const o of open) o?.close();
  }
}

/** Fresh float64 memory as JavaScript reads it. */
function floatsOf(a: ArrayValue): Float64Array {
  const { array, base } = typedView(host(a.buffer, 'shuffle'), Float64Array);
  return (array as Float64Array).slice(base + a.offset / 8, base + a.offset / 8 + a.size);
}

/** Elements drawn from a window of those that come. */
export function* shuffled(c: Cursor<Element>, size: number, rng: Rng): Stage<Element> {
  const buffer: Element[] = [];
  let ended = false;
  // Draws are made in blocks: one call for each would take longer than the elements.
  let draws: Float64Array = new Float64Array(0);
  let at = 0;
  const below = (n: number): number => {
    if (at === draws.length) {
      draws = floatsOf(rng.random(1024 as never) as never);
      at = 0;
    }
    return Math.floor(draws[at++] * n);
  };
  for (;;) {
    while (!ended && buffer.length < size) {
      const r = yield* pull(c);
      if (r.done) ended = true;
      else buffer.push(r.value);
    }
    if (buffer.length === 0) return;
    const k = below(buffer.length);
    const chosen = buffer[k];
    const last = buffer.pop();
    if (k < buffer.length) buffer[k] = last;
    yield { value: chosen };
  }
}

/** Elements `shift` after `shift`, each with those that follow it, handed to a function. */
export function* windowed(
  c: Cursor<Element>,
  n: number,
  shift: number,
  stride: number,
  drop: boolean,
  inner: (elements: readonly Element[]) => unknown,
): Stage<Element> {
  let buffer: Element[] = [];
  let ended = false;
  const reach = (n - 1) * stride + 1;
  for (;;) {
    while (!ended && buffer.length < Math.max(reach, shift)) {
      const r = yield* pull(c);
      if (r.done) ended = true;
      else buffer.push(r.value);
    }
    if (buffer.length === 0 || (drop && buffer.length < reach)) return;
    yield { value: inner(buffer.slice(0, reach).filter((_, i) => i % stride === 0)) };
    buffer = buffer.slice(shift);
  }
}
