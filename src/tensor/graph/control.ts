import type { ArrayValue } from '../../core/array.js';
import { isDescribed } from '../../core/device/shapes.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../../core/errors.js';
import { sameShape } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import { flatten, isNest, packed } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { Callable } from './callable.js';
import { asResult } from './concrete.js';
import { endsOf, hasEffect, type Spec } from '../../core/graph/graph.js';
import { type LoopAttrs, loopPrimitive } from './loops.js';
import { opaqueResult, structureOf } from './parts.js';
import { currentTrace, Trace, whileTracing } from './trace.js';
import { stack } from '../shapes.js';

/** Loops as they are written: turn by turn where values are at hand, as one operation where a function is traced. */

const tensors = (nest: unknown): unknown =>
  packed(
    nest,
    flatten(nest).map((x) => (x instanceof Variable ? x.value() : convert_to_tensor(x as never))),
  );
const leaves = (nest: unknown): Tensor[] => flatten(nest) as Tensor[];
const specOf = (t: Tensor): Spec => ({ shape: t.shape, dtype: t.dtype });

/** A loop over described tensors. `body` maps carried values and entries to carried values and what is stacked. */
function looped(
  label: string,
  carry: unknown,
  sliced: readonly Tensor[],
  turns: number | null,
  reverse: boolean,
  body: (carry: unknown, entries: readonly Tensor[]) => { carry: unknown; out: unknown },
  condition: ((carry: unknown) => unknown) | null,
): { carry: unknown; out: unknown } {
  const start = leaves(carry);
  const fresh = (name: string): { trace: Trace; args: Tensor[] } => {
    const trace = new Trace(name);
    let place = 0;
    const specs = [...start.map(specOf), ...sliced.map((t) => ({ shape: t.shape.slice(1), dtype: t.dtype }))];
    return { trace, args: specs.map((s) => trace.argument(place++, s)) };
  };
  const inside = fresh(`${label} body`);
  const made = whileTracing(inside.trace, () => {
    const r = body(packed(carry, inside.args.slice(0, start.length)), inside.args.slice(start.length));
    const as = (nest: unknown): unknown => packed(nest, flatten(nest).map(asResult));
    return { carry: as(r.carry), out: as(r.out) };
  });
  if (structureOf(made.carry) !== structureOf(carry))
    throw new TypeError(
      `${label}: the body must return what it was given, got ${structureOf(made.carry)} for ${structureOf(carry)}`,
    );
  const next = leaves(made.carry);
  next.forEach((t, i) => {
    if (!sameShape(t.shape, start[i].shape))
      throw new ValueError(
        `Input tensor ${i} enters the loop with shape ${shapeText(start[i].shape)}, but has shape ${shapeText(t.shape)} after one iteration. In a graph every shape is known before it runs: keep the shape, or pad to it.`,
      );
  });
  const outs = flatten(made.out).filter((t): t is Tensor => t instanceof Tensor);
  const written = [...inside.trace.writes];
  const bodyGraph = new Callable(
    whileTracing(inside.trace, () => inside.trace.graph([...next, ...outs])),
    inside.trace,
  );
  // Results, then what variables hold: these are carried, so they come before what is stacked.
  const ends = endsOf(bodyGraph.graph);
  const n = next.length;
  const order = [...ends.slice(0, n), ...ends.slice(n + outs.length), ...ends.slice(n, n + outs.length)];
  const callee = new Callable({ ...bodyGraph.graph, results: order, assigns: [] }, inside.trace);
  const calls = [callee];
  if (condition !== null) {
    const test = fresh(`${label} condition`);
    const go = whileTracing(test.trace, () => {
      const r = convert_to_tensor(condition(packed(carry, test.args.slice(0, start.length))) as never) as Tensor;
      if (r.size !== 1)
        throw new ValueError(`${label}: cond must return a single value, got a tensor of shape ${shapeText(r.shape)}`);
      return test.trace.graph([r]);
    });
    calls.push(new Callable(go));
  }
  const cells = written.map((v) => v.value());
  const carried = [...start, ...cells];
  const first = [...carried, ...sliced];
  // What is captured follows; a captured value that is also the start of a carried one is another input.
  const inputs: ArrayValue[] = [...first];
  const maps = calls.map((c) =>
    c.entrances.map(({ source }) => {
      if (source?.kind === 'argument') return source.place < n ? source.place : source.place + cells.length;
      const cell = source?.kind === 'variable' ? written.indexOf(source.variable as Variable) : -1;
      if (cell >= 0) return n + cell;
      const value = source?.kind === 'variable' ? source.variable.value() : (source as { value: ArrayValue }).value;
      const at = inputs.indexOf(value, first.length);
      return at >= 0 ? at : inputs.push(value) - 1;
    }),
  );
  const attrs: LoopAttrs = {
    label,
    calls,
    maps,
    carried: carried.length,
    sliced: sliced.length,
    turns,
    reverse,
    outputs: [...carried.map(specOf), ...outs.map((t) => ({ shape: [turns ?? 0, ...t.shape], dtype: t.dtype }))],
    effect: calls.some((c) => c.graph.nodes.some(hasEffect)),
  };
  const results = opaqueResult(loopPrimitive, inputs, attrs) as Tensor[];
  written.forEach((v, i) => {
    v.assign(results[n + i]);
  });
  let k = carried.length;
  return {
    carry: packed(carry, results.slice(0, n)),
    out: packed(
      made.out,
      flatten(made.out).map((leaf) => (leaf instanceof Tensor ? results[k++] : leaf)),
    ),
  };
}

const holds = (x: unknown): boolean =>
  Boolean(x instanceof Tensor ? x.item() : x instanceof Variable ? x.value().item() : x);

export interface WhileOptions {
  maximum_iterations?: number | null;
  /** Accepted; shapes stay as they are. */
  shape_invariants?: unknown;
  parallel_iterations?: number;
  back_prop?: boolean;
  swap_memory?: boolean;
  name?: string;
}

/**
 * Repeats `body` while `cond` holds. Both are given the loop's variables, and the body returns their next values.
 *
 * @param loop_vars a list (or a nest) of tensors
 * @param options `maximum_iterations`
 * @throws TypeError when the body returns another structure; ValueError when a shape changes, in graphs
 * @example
 * const f = tf.function((n) => tf.while_loop((i, s) => tf.less(i, n), (i, s) => [tf.add(i, 1), tf.add(s, i)], [tf.constant(0), tf.constant(0)])[1]);
 * f(tf.constant(5)).item() // → 10
 */
export function while_loop(
  cond: (...vars: any[]) => unknown,
  body: (...vars: any[]) => unknown,
  loop_vars: unknown,
  options: WhileOptions = {},
): any {
  const limit = options.maximum_iterations ?? null;
  const list = Array.isArray(loop_vars) ? loop_vars : [loop_vars];
  let state = tensors(list) as unknown[];
  const again = (r: unknown): unknown[] =>
    Array.isArray(r) && (r.length === list.length || list.length !== 1) ? r : [r];
  if (currentTrace() === null) {
    for (let i = 0; (limit === null || i < limit) && holds(cond(...state)); i++) {
      const made = tensors(again(body(...state))) as unknown[];
      if (structureOf(made) !== structureOf(state))
        throw new TypeError(
          `tf.while_loop: the body must return what it was given, got ${structureOf(made)} for ${structureOf(state)}`,
        );
      state = made;
    }
  } else
    state = looped(
      'tf.while_loop',
      state,
      [],
      limit,
      false,
      (vars) => ({ carry: again(body(...(vars as unknown[]))), out: [] }),
      (vars) => cond(...(vars as unknown[])),
    ).carry as unknown[];
  return Array.isArray(loop_vars) ? state : state[0];
}

/** The entries of a nest of tensors along their first axes. @throws ValueError when these differ in length */
function entriesOf(label: string, elems: unknown): { nest: unknown; list: Tensor[]; length: number } {
  const nest = tensors(elems);
  const list = leaves(nest);
  if (list.length === 0) throw new ValueError(`${label}: elems must hold a tensor`);
  for (const t of list) {
    if (t.ndim === 0) throw new ValueError(`${label}: elements in elems must be 1+ dimensional Tensors, not scalars`);
    if (t.shape[0] !== list[0].shape[0])
      throw new InvalidArgumentError(
        `${label}: tensors in elems have first axes of lengths ${list[0].shape[0]} and ${t.shape[0]}`,
      );
  }
  return { nest, list, length: list[0].shape[0] };
}

const isOpen = (list: readonly Tensor[]): boolean => currentTrace() !== null || list.some((t) => isDescribed(t.buffer));

/** What each turn of a fold gives, with the last state; written once for map_fn, scan, foldl and foldr. */
function folded(
  label: string,
  init: unknown,
  elems: { nest: unknown; list: Tensor[]; length: number },
  reverse: boolean,
  step: (state: unknown, entry: unknown) => { carry: unknown; out: unknown },
): { carry: unknown; out: unknown } {
  const { nest, list, length } = elems;
  if (isOpen([...list, ...leaves(init)]))
    return looped(label, init, list, length, reverse, (carry, entries) => step(carry, packed(nest, entries)), null);
  let carry = init;
  const outs: Tensor[][] = [];
  let form: unknown = [];
  for (let k = 0; k < length; k++) {
    const i = reverse ? length - 1 - k : k;
    const r = step(
      carry,
      packed(
        nest,
        list.map((t) => t.at(i)),
      ),
    );
    carry = packed(r.carry, flatten(r.carry).map(asResult));
    form = r.out;
    outs[i] = flatten(r.out).map(asResult) as Tensor[];
  }
  const stacked = (outs[0] ?? []).map((_, j) => stack(outs.map((o) => o[j]) as never));
  return { carry, out: packed(form, stacked) };
}

/** A nest with other leaves in turn: lists of turns are what TensorFlow calls unpacked. */
const first = (elems: { nest: unknown; list: Tensor[]; length: number }, reverse: boolean): unknown =>
  packed(
    elems.nest,
    elems.list.map((t) => t.at(reverse ? elems.length - 1 : 0)),
  );
const rest = (elems: { nest: unknown; list: Tensor[]; length: number }, reverse: boolean): typeof elems => {
  const list = elems.list.map((t) => t.at(reverse ? ':-1' : '1:'));
  return { nest: elems.nest, list, length: elems.length - 1 };
};

export interface MapOptions {
  /** Accepted: results have the dtypes that the function gives. */
  fn_output_signature?: unknown;
  dtype?: unknown;
  parallel_iterations?: number;
  back_prop?: boolean;
  swap_memory?: boolean;
  infer_shape?: boolean;
  name?: string;
}

/**
 * A function of the entries along the first axis, its results stacked.
 * @throws ValueError for scalars
 * @example tf.map_fn((x) => tf.reduce_sum(x), tf.constant([[1, 2], [3, 4]])).numpy() // → array([3., 7.], dtype=float32)
 */
export function map_fn(fn: (entry: any) => unknown, elems: unknown, options: MapOptions = {}): any {
  const all = entriesOf(options.name ?? 'tf.map_fn', elems);
  if (all.length === 0 && !isOpen(all.list)) return emptyMap(fn, all);
  return folded('tf.map_fn', [], all, false, (carry, entry) => ({ carry, out: fn(entry) })).out;
}

/** Of no entries the results have the shapes that a trace finds. */
function emptyMap(fn: (entry: any) => unknown, all: { nest: unknown; list: Tensor[] }): unknown {
  const trace = new Trace('tf.map_fn');
  const args = all.list.map((t, i) => trace.argument(i, { shape: t.shape.slice(1), dtype: t.dtype }));
  const out = whileTracing(trace, () => {
    const r = fn(packed(all.nest, args));
    return packed(r, flatten(r).map(asResult));
  });
  return packed(
    out,
    leaves(out).map((t) => convert_to_tensor(np.zeros([0, ...t.shape] as never, { dtype: t.dtype } as never) as never)),
  );
}

/** The same as `map_fn`. @example tf.vectorized_map((x) => tf.square(x), tf.constant([1, 2])).numpy() // → array([1., 4.], dtype=float32) */
export const vectorized_map = (fn: (entry: any) => unknown, elems: unknown): any => map_fn(fn, elems);

export interface FoldOptions {
  initializer?: unknown;
  /** From the last entry to the first. */
  reverse?: boolean;
  parallel_iterations?: number;
  back_prop?: boolean;
  swap_memory?: boolean;
  infer_shape?: boolean;
  name?: string;
}
type FoldArgument = FoldOptions | TensorLike | readonly unknown[] | null;
function foldOptions(given: FoldArgument): FoldOptions {
  if (given === null || given === undefined) return {};
  const plain = isNest(given) && !Array.isArray(given);
  const known = ['initializer', 'reverse', 'parallel_iterations', 'back_prop', 'swap_memory', 'infer_shape', 'name'];
  if (plain && Object.keys(given).every((k) => known.includes(k))) return given as FoldOptions;
  return { initializer: given };
}

function started(
  label: string,
  elems: unknown,
  o: FoldOptions,
  reverse: boolean,
): { init: unknown; all: ReturnType<typeof entriesOf>; own: boolean } {
  const all = entriesOf(label, elems);
  if (o.initializer !== undefined && o.initializer !== null) return { init: tensors(o.initializer), all, own: true };
  if (all.length === 0) throw new ValueError(`${label}: elems is empty, and there is no initializer`);
  return { init: first(all, reverse), all: rest(all, reverse), own: false };
}

/**
 * `fn(state, entry)` over the entries, every state stacked; it starts with the initializer, or with the first entry.
 * @example tf.scan((a, x) => tf.add(a, x), tf.constant([1, 2, 3])).numpy() // → array([1., 3., 6.], dtype=float32)
 */
export function scan(fn: (state: any, entry: any) => unknown, elems: unknown, options: FoldArgument = {}): any {
  const o = foldOptions(options);
  const reverse = o.reverse ?? false;
  const { init, all, own } = started('tf.scan', elems, o, reverse);
  const { out } = folded('tf.scan', init, all, reverse, (state, entry) => {
    const r = fn(state, entry);
    return { carry: r, out: r };
  });
  if (own) return out;
  // The first entry is the first state.
  const firsts = leaves(init).map((t) => t.reshape([1, ...t.shape]));
  const outs = leaves(out);
  return packed(
    init,
    firsts.map((t, i) =>
      outs[i] === undefined ? t : np.concatenate((reverse ? [outs[i], t] : [t, outs[i]]) as never),
    ),
  );
}

const fold =
  (label: string, reverse: boolean) =>
  (fn: (state: any, entry: any) => unknown, elems: unknown, options: FoldArgument = {}): any => {
    const { init, all } = started(label, elems, foldOptions(options), reverse);
    return folded(label, init, all, reverse, (state, entry) => ({ carry: fn(state, entry), out: [] })).carry;
  };

/** `fn(state, entry)` from the first entry to the last. @example tf.foldl((a, x) => tf.subtract(a, x), tf.constant([10, 2, 3])).item() // → 5 */
export const foldl: (fn: (state: any, entry: any) => unknown, elems: unknown, options?: FoldArgument) => any = fold(
  'tf.foldl',
  false,
);
/** `fn(state, entry)` from the last entry to the first. @example tf.foldr((a, x) => tf.subtract(a, x), tf.constant([1, 2, 10])).item() // → 7 */
export const foldr: (fn: (state: any, entry: any) => unknown, elems: unknown, options?: FoldArgument) => any = fold(
  'tf.foldr',
  true,
);
