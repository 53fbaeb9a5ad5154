import type { ArrayValue } from '../../core/array.js';
import { InvalidArgumentError, RuntimeError, shapeText, TypeError, ValueError, warn } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import { hidden } from '../../core/inspect.js';
import { sameShape } from '../../core/view.js';
import { ones_like } from '../../ndarray/creation/fill.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import { flatten, isNest, type Nest, packed } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { isDifferentiable, WayBack } from './backward.js';
import { batchRows, stackedRows, unitTensors } from './jacobian.js';
import { zerosLike } from './parts.js';
import {
  newRecording,
  noteHeld,
  type Recording,
  startRecording,
  stopRecording,
  type TapeRecording,
} from './recording.js';
import { add } from './rule.js';

/** What has the gradients' places: tensors where sources are, null where nothing leads from a source to the target. */
export type Gradients<S> = S extends Tensor | Variable
  ? Tensor | null
  : S extends readonly (infer _E)[]
    ? { [K in keyof S]: Gradients<S[K]> }
    : S extends object
      ? { [K in keyof S]: Gradients<S[K]> }
      : never;

/** What stands for a gradient where nothing leads from the source to the target: null, or zeros. */
export const UnconnectedGradients = { NONE: 'none', ZERO: 'zero' } as const;
export type Unconnected = 'none' | 'zero';
export interface TapeOptions {
  /** Keeps the recording after a gradient was taken. */
  persistent?: boolean;
  /** Whether trainable variables are watched when they are read. */
  watch_accessed_variables?: boolean;
}
export interface JacobianOptions {
  unconnected_gradients?: Unconnected;
  /** Accepted and without effect: rows are computed one after another. */
  parallel_iterations?: number | null;
  experimental_use_pfor?: boolean;
}
export interface GradientOptions {
  /** Gradients of the target that the chain rule begins with; ones unless given. */
  output_gradients?: Nest<TensorLike> | null;
  unconnected_gradients?: Unconnected;
}

/** A tape that nobody holds any longer records no more. */
const forgotten =
  typeof FinalizationRegistry === 'undefined' ? null : new FinalizationRegistry<Recording>((r) => stopRecording(r));

class Tape {
  private readonly recording: TapeRecording;
  private readonly persistent: boolean;
  private released = false;

  constructor(options: TapeOptions = {}) {
    this.persistent = options.persistent ?? false;
    this.recording = newRecording(options.watch_accessed_variables ?? true);
    this.start();
  }

  /**
   * Runs a function, records what it does, and records no more afterwards: Python's `with` block.
   * @example
   * const x = tf.constant(3);
   * const tape = tf.GradientTape();
   * const y = tape.with((t) => { t.watch(x); return tf.square(x); });
   * tape.gradient(y, x).item() // → 6
   */
  with<T>(f: (tape: this) => T): T {
    if (this.released) this.clear();
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
    forgotten?.register(this, this.recording, this);
  }
  private clear(): void {
    this.recording.watched.clear();
    this.recording.entries = [];
    this.recording.variables.clear();
    this.released = false;
  }

  /** Records no more. */
  stop(): void {
    this.recording.active = false;
    stopRecording(this.recording);
    // What is registered is kept until the job ends.
    forgotten?.unregister(this);
  }
  [Symbol.dispose](): void {
    this.stop();
  }

  /**
   * Takes gradients with respect to these, too.
   * @throws ValueError for what is no tensor; a warning for integers, which have no gradient
   */
  watch(tensor: Nest<Tensor | Variable>): void {
    for (const t of flatten(tensor)) {
      if (!(t instanceof Tensor || t instanceof Variable))
        throw new ValueError(
          `GradientTape.watch: Passed in object ${String(t)} of type '${typeof t}', not tf.Tensor or tf.Variable.`,
        );
      if (!isDifferentiable(t))
        warn(
          'UserWarning',
          `The dtype of the watched tensor must be floating (e.g. tf.float32), got tf.${t.dtype.name}`,
        );
      if (t instanceof Variable) noteHeld(this.recording, t, t.value());
      else this.recording.watched.add(t);
    }
  }

  /** The variables that were read, in the order of the first reads. */
  watched_variables(): Variable[] {
    return [...this.recording.variables.keys()] as Variable[];
  }

  /**
   * Runs a function of which nothing is recorded.
   * @throws RuntimeError when the tape does not record
   */
  stop_recording<T>(f: () => T): T {
    if (!this.recording.active) throw new RuntimeError('Trying to stop recording a tape which is not recording.');
    this.recording.active = false;
    try {
      return f();
    } finally {
      this.recording.active = true;
    }
  }

  /** Forgets all that was recorded, and records anew. */
  reset(): void {
    this.clear();
    if (!this.recording.active) this.start();
  }

  /**
   * The gradient of a target (the sum of its elements) with respect to sources, in the form that these have. Of complex sources it is the
   * conjugate of the derivative, as in TensorFlow.
   *
   * @returns null for a source from which nothing recorded leads to the target, or zeros with `unconnected_gradients: 'zero'`; integers and
   *   tensors that were not watched have none
   * @throws RuntimeError for a second gradient of a tape that is not persistent; LookupError for an operation that has no gradient;
   *   InvalidArgumentError for output gradients of other shapes
   * @example
   * const w = new tf.Variable([1, 2]);
   * const tape = tf.GradientTape();
   * const loss = tf.reduce_sum(tf.square(w));
   * tape.gradient(loss, w).numpy() // → array([2., 4.], dtype=float32)
   */
  gradient<const S extends Nest<Tensor | Variable>>(
    target: Nest<Tensor | Variable>,
    sources: S,
    options: GradientOptions | Nest<TensorLike> | null = {},
    unconnected?: Unconnected,
  ): Gradients<S> {
    const o = readOptions(options, unconnected);
    this.begin();
    const targets = this.targetsOf(target);
    const wanted = this.sourcesOf(sources);
    const seeds = seedsOf(targets, o.output_gradients ?? null);
    const way = this.wayTo(wanted);
    const result = this.collect(way, seeds, wanted, o.unconnected_gradients ?? 'none');
    this.end();
    return packed(sources, result) as Gradients<S>;
  }

  /**
   * The matrix of all derivatives of a target with respect to a source: of shape target.shape + source.shape.
   * @throws RuntimeError, LookupError as `gradient`
   * @example
   * const x = tf.constant([1, 2]);
   * const tape = tf.GradientTape();
   * tape.watch(x);
   * const y = tf.multiply(x, x);
   * tape.jacobian(y, x).numpy() // → array([[2., 0.],
   * //          [0., 4.]], dtype=float32)
   */
  jacobian<const S extends Nest<Tensor | Variable>>(
    target: Tensor | Variable,
    sources: S,
    options: JacobianOptions | Unconnected = {},
  ): Gradients<S> {
    const unconnected = readUnconnected(options);
    this.begin();
    const [t] = this.targetsOf(single(target, 'jacobian'));
    const wanted = this.sourcesOf(sources);
    const way = this.wayTo(wanted);
    const rows = unitTensors(t, []).map((seed) => this.collect(way, new Map([[t, seed]]), wanted, unconnected));
    this.end();
    const result = wanted.map((s, k) => {
      if (rows.length > 0)
        return stackedRows(
          rows.map((r) => r[k]),
          t.shape,
          s.shape,
        );
      return stackedRows([], t.shape, s.shape, isDifferentiable(s) ? s : null);
    });
    return packed(sources, result) as Gradients<S>;
  }

  /**
   * The Jacobian of each entry of a batch: of shape [batch, ...target.shape[1:], ...source.shape[1:]], when entries do not depend on each
   * other. Zeros where nothing leads from the source to the target.
   * @throws ValueError when the first axes differ
   * @example
   * const x = tf.constant([[1, 2], [3, 4]]);
   * const tape = tf.GradientTape();
   * tape.watch(x);
   * const y = tf.multiply(x, x);
   * tape.batch_jacobian(y, x).numpy().at(1) // → array([[6., 0.],
   * //          [0., 8.]], dtype=float32)
   */
  batch_jacobian(
    target: Tensor | Variable,
    source: Tensor | Variable,
    options: JacobianOptions | Unconnected = {},
  ): Tensor {
    readUnconnected(options);
    single(target, 'batch_jacobian');
    if (target.ndim < 1 || source.ndim < 1 || target.shape[0] !== source.shape[0])
      throw new ValueError(
        `Need first dimension of target shape ${shapeText(target.shape)} and source shape ${shapeText(source.shape)} to match.`,
      );
    this.begin();
    const [t] = this.targetsOf(target);
    const wanted = this.sourcesOf(single(source, 'batch_jacobian'));
    const way = this.wayTo(wanted);
    // One way back for all entries of the batch at once: they do not meet.
    const rows = unitTensors(t, [t.shape[0]]).map(
      (seed) => this.collect(way, new Map([[t, seed]]), wanted, 'zero')[0] as Tensor,
    );
    this.end();
    return batchRows(rows, t, source.shape.slice(1));
  }

  /** Called before gradients are taken: a tape that is not persistent records no more, so that its own way back is not for itself. */
  private begin(): void {
    if (this.released)
      throw new RuntimeError(
        'A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)',
      );
    if (!this.persistent) this.stop();
  }
  private end(): void {
    if (this.persistent) return;
    this.released = true;
    this.recording.watched.clear();
    this.recording.entries = [];
  }

  private targetsOf(target: unknown): Tensor[] {
    if (target === null || target === undefined)
      throw new TypeError(
        `Argument \`target\` should be a list or nested structure of Tensors or Variables to be differentiated, but received None.`,
      );
    return flatten(target).map((t) => {
      if (!(t instanceof Tensor || t instanceof Variable))
        throw new TypeError(`GradientTape.gradient: the target is no tensor but ${describe(t)}`);
      if (!isDifferentiable(t))
        warn(
          'UserWarning',
          `The dtype of the target tensor must be floating (e.g. tf.float32) when calling GradientTape.gradient, got tf.${t.dtype.name}`,
        );
      if (t instanceof Tensor) return t;
      const v = t.value();
      noteHeld(this.recording, t, v);
      return v;
    });
  }
  private sourcesOf(sources: unknown): (Tensor | Variable)[] {
    return flatten(sources).map((s) => {
      if (!(s instanceof Tensor || s instanceof Variable))
        throw new TypeError(`GradientTape.gradient: a source is no tensor but ${describe(s)}`);
      if (!isDifferentiable(s))
        warn(
          'UserWarning',
          `The dtype of the source tensor must be floating (e.g. tf.float32) when calling GradientTape.gradient, got tf.${s.dtype.name}`,
        );
      else if (s instanceof Tensor && !this.recording.watched.has(s))
        warn(
          'UserWarning',
          `GradientTape.gradient: no gradient for a tensor of shape ${shapeText(s.shape)} and dtype ${s.dtype.name} that was not watched; call tape.watch(x) before it is used`,
        );
      return s;
    });
  }

  /** The tensors that a source stands for: those watched ones that a variable held when it was read. */
  private tensorsOf(s: Tensor | Variable): Tensor[] {
    if (s instanceof Variable) return (this.recording.variables.get(s) ?? []) as Tensor[];
    return this.recording.watched.has(s) ? [s] : [];
  }
  private wayTo(wanted: readonly (Tensor | Variable)[]): WayBack {
    return new WayBack(
      this.recording.entries.slice(),
      wanted.flatMap((s) => this.tensorsOf(s)),
    );
  }

  /** Gradients of seeds with respect to sources. */
  private collect(
    way: WayBack,
    seeds: ReadonlyMap<ArrayValue, ArrayValue>,
    wanted: readonly (Tensor | Variable)[],
    unconnected: Unconnected,
  ): (Tensor | null)[] {
    const found = runAs('GradientTape.gradient', () => way.from(seeds));
    return wanted.map((s) => {
      let sum: ArrayValue | null = null;
      if (isDifferentiable(s))
        for (const t of this.tensorsOf(s)) {
          const g = found.get(t);
          if (g !== undefined) sum = sum === null ? g : (add(sum, g) as ArrayValue);
        }
      if (sum !== null) return sum as Tensor;
      return unconnected === 'zero' ? (zerosLike(s instanceof Variable ? s.value() : s) as Tensor) : null;
    });
  }
}
hidden(Tape, 'name', 'GradientTape');

/** What {@link GradientTape} makes. */
export type GradientTape = Tape;

/**
 * Records operations, for gradients. A tape records from when it is made until a gradient is taken of it (with `persistent`, until `stop`), or
 * only what runs inside of `tape.with(f)`. Trainable variables are watched when they are read; other tensors once `watch` was called. `new`
 * may be left out.
 *
 * @example
 * const x = tf.constant(3);
 * const tape = tf.GradientTape();
 * tape.watch(x);
 * const y = tf.multiply(x, x);
 * tape.gradient(y, x).item() // → 6
 */
export const GradientTape: (new (options?: TapeOptions) => Tape) & ((options?: TapeOptions) => Tape) =
  /*@__PURE__*/ (() =>
    new Proxy(Tape, {
      apply: (_target, _self, [options]: [TapeOptions?]) => new Tape(options),
    }) as never)();

const describe = (x: unknown): string => (x === null || x === undefined ? 'None' : `of type '${typeof x}'`);

function single<T>(t: T, by: string): T {
  if (!(t instanceof Tensor || t instanceof Variable))
    throw new TypeError(`GradientTape.${by}: expected one tensor, got ${describe(t)}`);
  return t;
}

function checkUnconnected(u: unknown): Unconnected {
  if (u !== 'none' && u !== 'zero')
    throw new ValueError(`Unknown value for unconnected_gradients: '${String(u)}'; it is 'none' or 'zero'`);
  return u;
}
const readUnconnected = (options: JacobianOptions | Unconnected): Unconnected =>
  checkUnconnected(typeof options === 'string' ? options : (options.unconnected_gradients ?? 'none'));

/** Keywords, or TensorFlow's order of arguments. */
function readOptions(given: unknown, unconnected: Unconnected | undefined): GradientOptions {
  const keywords =
    isNest(given) &&
    !Array.isArray(given) &&
    Object.keys(given).every((k) => k === 'output_gradients' || k === 'unconnected_gradients');
  const o: GradientOptions = keywords
    ? (given as GradientOptions)
    : { output_gradients: given as Nest<TensorLike> | null };
  const u = o.unconnected_gradients ?? unconnected ?? 'none';
  return { output_gradients: o.output_gradients ?? null, unconnected_gradients: checkUnconnected(u) };
}

/** What the chain rule begins with. */
function seedsOf(targets: readonly Tensor[], given: Nest<TensorLike> | null): Map<ArrayValue, ArrayValue> {
  const seeds = new Map<ArrayValue, ArrayValue>();
  // A list for one target may be data.
  const alone = targets.length === 1 && !(Array.isArray(given) && given.length === 1 && !isNumber(given[0]));
  const list = given === null ? null : alone ? [given] : flatten(given);
  if (list !== null && list.length !== targets.length)
    throw new ValueError(
      `GradientTape.gradient: ${list.length} output gradients for ${targets.length} targets; there is one for each`,
    );
  targets.forEach((t, i) => {
    if (!isDifferentiable(t)) return;
    const asked = list?.[i];
    let g: ArrayValue;
    if (asked === null || asked === undefined) g = ones_like(t) as unknown as ArrayValue;
    else {
      g = convert_to_tensor(asked as never, asked instanceof Tensor ? {} : { dtype: t.dtype });
      if (g.dtype !== t.dtype || !sameShape(g.shape, t.shape))
        throw new InvalidArgumentError(
          `GradientTape.gradient: an output gradient of shape ${shapeText(g.shape)} and dtype ${g.dtype.name} does not fit a target of shape ${shapeText(t.shape)} and dtype ${t.dtype.name}`,
        );
    }
    const before = seeds.get(t);
    seeds.set(t, before === undefined ? g : (add(before, g) as ArrayValue));
  });
  return seeds;
}
const isNumber = (x: unknown): boolean => typeof x === 'number' || typeof x === 'bigint';
