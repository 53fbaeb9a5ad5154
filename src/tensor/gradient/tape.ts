import type { ArrayValue } from '../../core/array.js';
import { hidden } from '../../core/inspect.js';
import { InvalidArgumentError, RuntimeError, shapeText, TypeError, ValueError, warn } from '../../core/errors.js';
import { reshapeTo } from '../../core/ops/move.js';
import { concatenateTo } from '../../core/ops/join.js';
import { sameShape } from '../../core/view.js';
import { ones_like } from '../../ndarray/creation/fill.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import { flatten, isNest, type Nest, packed } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { backward } from './backward.js';
import { zerosLike } from './parts.js';
import { inDtypeOf } from './rule.js';
import { type Entry, type Recording, startRecording, stopRecording, unrecorded } from './recording.js';
import { setReadObserver } from './reads.js';

/** What has the gradients' places: tensors where sources are, null where nothing leads from a source to the target. */
export type Gradients<S> = S extends Tensor | Variable
  ? Tensor | null
  : S extends readonly (infer _E)[]
    ? { [K in keyof S]: Gradients<S[K]> }
    : S extends object
      ? { [K in keyof S]: Gradients<S[K]> }
      : never;

export type Unconnected = 'none' | 'zero';
export interface TapeOptions {
  /** Keeps the recording after a gradient was taken. */
  persistent?: boolean;
  /** Whether trainable variables are watched when they are read. */
  watch_accessed_variables?: boolean;
}
export interface GradientOptions {
  /** Gradients of the target that the chain rule begins with; ones unless given. */
  output_gradients?: Nest<TensorLike> | null;
  /** What stands for a gradient where nothing leads from the source to the target: null, or zeros. */
  unconnected_gradients?: Unconnected;
}

/**
 * Records operations, for gradients. A tape records from when it is made until a gradient is taken of it (with `persistent`, until `stop`), or
 * only what runs inside of `tape.with(f)`. Trainable variables are watched when they are read; other tensors once `watch` was called.
 *
 * @example
 * const x = tf.constant(3);
 * const tape = new tf.GradientTape();
 * tape.watch(x);
 * const y = tf.multiply(x, x);
 * tape.gradient(y, x).item() // → 6
 */
export class GradientTape {
  private readonly recording: Recording = { active: false, watched: new Set(), entries: [] };
  private readonly variables = new Map<Variable, Tensor[]>();
  private readonly persistent: boolean;
  private readonly readsVariables: boolean;
  private used = false;

  constructor(options: TapeOptions = {}) {
    this.persistent = options.persistent ?? false;
    this.readsVariables = options.watch_accessed_variables ?? true;
    this.start();
  }

  /** Runs a function, records what it does, and records no more afterwards: Python's `with` block. */
  with<T>(f: (tape: this) => T): T {
    if (!this.recording.active) this.start();
    try {
      return f(this);
    } finally {
      this.stop();
    }
  }
  private start(): void {
    this.recording.active = true;
    startRecording(this.recording);
    tapes.add(this);
  }

  /** Records no more. */
  stop(): void {
    this.recording.active = false;
    stopRecording(this.recording);
    tapes.delete(this);
  }
  [Symbol.dispose](): void {
    this.stop();
  }

  /** Takes gradients with respect to these, too. @throws TypeError for what is no tensor; a warning for integers, which have no gradient */
  watch(x: Nest<Tensor | Variable>): void {
    for (const t of flatten(x)) {
      if (t instanceof Variable) this.read(t, t.value());
      else if (t instanceof Tensor) {
        if (!'fc'.includes(t.dtype.kind))
          warn(
            'UserWarning',
            `The dtype of the watched tensor must be floating (e.g. tf.float32), got tf.${t.dtype.name}`,
          );
        this.recording.watched.add(t);
      } else
        throw new TypeError(
          `Cannot watch a value of type '${typeof t}'; GradientTape.watch takes tensors and variables`,
        );
    }
  }

  /** @internal A variable was read. */
  read(v: Variable, t: Tensor): void {
    if (!this.recording.active) return;
    const seen = this.variables.get(v);
    if (seen === undefined) this.variables.set(v, [t]);
    else if (!seen.includes(t)) seen.push(t);
    this.recording.watched.add(t);
  }
  /** @internal */
  get watchesReads(): boolean {
    return this.readsVariables;
  }

  /** The variables that were read, in the order of the first reads. */
  watched_variables(): Variable[] {
    return [...this.variables.keys()];
  }

  /** Runs a function of which nothing is recorded. */
  stop_recording<T>(f: () => T): T {
    const before = this.recording.active;
    this.recording.active = false;
    try {
      return f();
    } finally {
      this.recording.active = before;
    }
  }

  /** Forgets all that was recorded. */
  reset(): void {
    this.recording.watched.clear();
    this.recording.entries.length = 0;
    this.variables.clear();
    this.used = false;
    if (!this.recording.active) this.start();
  }

  /**
   * The gradient of a target (the sum of its elements) with respect to sources, in the form that these have.
   *
   * @returns null for a source from which nothing recorded leads to the target, or zeros with `unconnected_gradients: 'zero'`
   * @throws RuntimeError for a second gradient of a tape that is not persistent; ValueError for output gradients of other shapes
   * @example
   * const w = new tf.Variable([1, 2]);
   * const tape = new tf.GradientTape();
   * const loss = tf.reduce_sum(tf.square(w));
   * tape.gradient(loss, w).numpy() // → array([2., 4.], dtype=float32)
   */
  gradient<const S extends Nest<Tensor | Variable>>(
    target: Nest<Tensor | Variable>,
    sources: S,
    options: GradientOptions | Nest<TensorLike> | null = {},
    unconnected?: Unconnected,
  ): Gradients<S> {
    const o: GradientOptions =
      options !== null && typeof options === 'object' && !Array.isArray(options) && isNest(options)
        ? (options as GradientOptions)
        : { output_gradients: options as Nest<TensorLike>, unconnected_gradients: unconnected };
    if (this.used && !this.persistent)
      throw new RuntimeError(
        'A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)',
      );
    this.used = true;
    // The tape's own steps back are not for itself, unless it stays open.
    const wasActive = this.recording.active;
    if (!this.persistent) this.stop();
    const entries = this.recording.entries.slice();
    const leaves = flatten(target).map((t) => (t instanceof Variable ? t.value() : (t as Tensor)));
    const seeds = seedsOf(leaves, o.output_gradients ?? null);
    const wanted = flatten(sources);
    const result = this.pull(entries, seeds, wanted, o.unconnected_gradients ?? 'none');
    if (!this.persistent) {
      this.recording.watched.clear();
      this.recording.entries.length = 0;
    } else this.recording.active = wasActive;
    return packed(sources, result) as Gradients<S>;
  }

  /** Gradients of seeds with respect to leaves. */
  private pull(
    entries: readonly Entry[],
    seeds: ReadonlyMap<ArrayValue, ArrayValue>,
    wanted: readonly unknown[],
    unconnected: Unconnected,
  ): (Tensor | null)[] {
    const tensors = wanted.flatMap((s) => (s instanceof Variable ? (this.variables.get(s) ?? []) : [s as Tensor]));
    const found = backward(entries, seeds, tensors);
    return wanted.map((s) => {
      const parts = s instanceof Variable ? (this.variables.get(s) ?? []) : [s as Tensor];
      let sum: ArrayValue | null = null;
      for (const t of parts) {
        if (!this.recording.watched.has(t) && !(entries.length === 0 && found.has(t))) continue;
        const g = found.get(t);
        if (g !== undefined) sum = sum === null ? g : ((sum as Tensor).add(g) as unknown as ArrayValue);
      }
      if (sum !== null) return sum as Tensor;
      return unconnected === 'zero' ? (zerosLike(s instanceof Variable ? s.value() : (s as Tensor)) as Tensor) : null;
    });
  }

  /**
   * The matrix of all derivatives of a target with respect to a source: of shape target.shape + source.shape.
   * @example
   * const x = tf.constant([1, 2]);
   * const tape = new tf.GradientTape();
   * tape.watch(x);
   * const y = tf.multiply(x, x);
   * tape.jacobian(y, x).numpy() // → array([[2., 0.],
   * //        [0., 4.]], dtype=float32)
   */
  jacobian<const S extends Nest<Tensor | Variable>>(
    target: Tensor,
    sources: S,
    options: { unconnected_gradients?: Unconnected } = {},
  ): Gradients<S> {
    const wanted = flatten(sources);
    const n = target.size;
    const rows = Array.from({ length: n }, (_, i) =>
      this.row(target, i, wanted, options.unconnected_gradients ?? 'none'),
    );
    this.finish();
    const result = wanted.map((s, k) =>
      stackedRows(
        rows.map((r) => r[k]),
        target.shape,
        (s as Tensor).shape,
      ),
    );
    return packed(sources, result) as Gradients<S>;
  }

  /**
   * The Jacobian of each entry of a batch: of shape [batch, ...target.shape[1:], ...source.shape[1:]], when entries do not depend on each other.
   * @throws ValueError when the first axes differ
   * @example
   * const x = tf.constant([[1, 2], [3, 4]]);
   * const tape = new tf.GradientTape();
   * tape.watch(x);
   * const y = tf.multiply(x, x);
   * tape.batch_jacobian(y, x).numpy().at(1) // → array([[6., 0.],
   * //        [0., 8.]], dtype=float32)
   */
  batch_jacobian(
    target: Tensor,
    source: Tensor | Variable,
    options: { unconnected_gradients?: Unconnected } = {},
  ): Tensor | null {
    const batch = target.shape[0];
    if (target.ndim < 1 || source.ndim < 1 || batch !== source.shape[0])
      throw new ValueError(
        `Need first dimension of target shape ${shapeText(target.shape)} and source shape ${shapeText(source.shape)} to match.`,
      );
    // One step back for all entries of the batch at once: they do not meet.
    const inner = target.shape.slice(1);
    const n = inner.reduce((a, b) => a * b, 1);
    const flat = this.stopped(() => reshapeTo(target, [batch, n]) as Tensor);
    const rows: (Tensor | null)[] = [];
    for (let i = 0; i < n; i++) {
      const seed = this.stopped(() => {
        const z = zerosLike(flat) as Tensor;
        const a = z.numpy();
        a.set([':', i], 1);
        return reshapeTo(convert_to_tensor(a as never), target.shape) as Tensor;
      });
      rows.push(
        this.pull(
          this.recording.entries,
          new Map([[target, seed]]),
          [source],
          options.unconnected_gradients ?? 'none',
        )[0],
      );
    }
    this.finish();
    if (rows.some((r) => r === null)) return null;
    const expanded = (rows as Tensor[]).map((r) => reshapeTo(r, [batch, 1, ...source.shape.slice(1)]));
    return reshapeTo(concatenateTo(expanded, 1, source.dtype), [batch, ...inner, ...source.shape.slice(1)]) as Tensor;
  }

  private stopped<T>(f: () => T): T {
    return unrecorded(f);
  }

  /** The derivatives of one element of the target. */
  private row(target: Tensor, i: number, wanted: readonly unknown[], unconnected: Unconnected): (Tensor | null)[] {
    if (this.used && !this.persistent)
      throw new RuntimeError(
        'A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)',
      );
    const seed = this.stopped(() => {
      const a = (zerosLike(target) as Tensor).numpy();
      (a.reshape(-1) as typeof a).set([i], 1);
      return convert_to_tensor(a as never);
    });
    return this.pull(this.recording.entries.slice(), new Map([[target, seed]]), wanted, unconnected);
  }
  private finish(): void {
    this.used = true;
    if (!this.persistent) {
      this.stop();
      this.recording.watched.clear();
      this.recording.entries.length = 0;
    }
  }
}
hidden(GradientTape, 'name', 'GradientTape');

const tapes = new Set<GradientTape>();
setReadObserver((v, t) => {
  for (const tape of tapes) if (tape.watchesReads && (v as Variable).trainable) tape.read(v as Variable, t as Tensor);
});

/** What the chain rule begins with. */
function seedsOf(targets: readonly Tensor[], given: Nest<TensorLike> | null): Map<ArrayValue, ArrayValue> {
  const seeds = new Map<ArrayValue, ArrayValue>();
  const list = given === null ? null : targets.length === 1 && !Array.isArray(given) ? [given] : flatten(given);
  targets.forEach((t, i) => {
    if (!(t instanceof Tensor))
      throw new TypeError(`GradientTape.gradient: the target is no tensor but a '${typeof t}'`);
    let g: ArrayValue;
    const asked = list === null ? null : list.length === 1 && targets.length === 1 ? list[0] : list[i];
    if (asked === null || asked === undefined) g = ones_like(t) as unknown as ArrayValue;
    else {
      g = convert_to_tensor((asked instanceof Variable ? asked.value() : asked) as never, { dtype: t.dtype } as never);
      if (!sameShape(g.shape, t.shape))
        throw new InvalidArgumentError(
          `GradientTape.gradient: an output gradient of shape ${shapeText(g.shape)} does not fit a target of shape ${shapeText(t.shape)}`,
        );
    }
    const before = seeds.get(t);
    seeds.set(t, before === undefined ? inDtypeOf(g, t.dtype) : ((before as Tensor).add(g) as unknown as ArrayValue));
  });
  return seeds;
}

/** Rows of a Jacobian as one tensor. */
function stackedRows(
  rows: readonly (Tensor | null)[],
  target: readonly number[],
  source: readonly number[],
): Tensor | null {
  if (rows.length === 0 || rows.some((r) => r === null)) return null;
  const lines = (rows as Tensor[]).map((r) => reshapeTo(r, [1, ...source]));
  return reshapeTo(concatenateTo(lines, 0, lines[0].dtype), [...target, ...source]) as Tensor;
}
