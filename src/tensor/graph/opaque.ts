import type { ArrayValue } from '../../core/array.js';
import { isDescribed } from '../../core/device/shapes.js';
import { bind, type Primitive } from '../../core/dispatch.js';
import { asDtype, type DTypeLike } from '../../core/dtype.js';
import { InvalidArgumentError, NotImplementedError, shapeText } from '../../core/errors.js';
import { sameShape, sizeOf } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import { missing } from '../gradient/elementwise.js';
import { zerosLike } from '../gradient/parts.js';
import { recorded } from '../gradient/recording.js';
import type { Rule } from '../gradient/rule.js';
import { addRules } from '../gradient/rules.js';
import { GradientTape } from '../gradient/tape.js';
import { flatten } from '../nest.js';
import { fromArray, mapArrays, Tensor } from '../tensor.js';
import type { Spec } from '../../core/graph/graph.js';
import { callSite } from './site.js';
import { origin, setHostTracer } from './symbols.js';
import { currentTrace } from './trace.js';

/** Operations that a graph knows nothing about but what they give: functions of the host, which run when the graph does. */

interface OpaqueAttrs {
  readonly [key: string]: unknown;
  readonly label: string;
  readonly outputs: readonly Spec[];
  /** Whether it runs in its place even where nobody reads what it gives. */
  readonly effect: boolean;
  /** Whether gradients follow the function (true), end there (false), or are missed. */
  readonly follows?: boolean;
  readonly calls_host: (tensors: readonly Tensor[]) => readonly ArrayValue[];
}

/** What it is given is its own to keep. */
const own = (t: ArrayValue): Tensor => new Tensor(t.buffer, t.dtype, t.shape, t.strides, t.offset);

const opaquePrimitive: Primitive<OpaqueAttrs> = {
  name: 'host',
  anywhere: true,
  run: (args, { calls_host }) => calls_host(args.map(own)),
};
/** The same tensors, none of which is another one: each operand of an operation has a gradient of its own. */
export const eachItsOwn = (list: readonly Tensor[]): Tensor[] =>
  list.map((t, i) => (t.dtype.kind !== 'b' && list.indexOf(t) < i ? (np.positive(t) as unknown as Tensor) : t));

/** Gradients through what the host computes: none, unless it is a function of tensors, which a tape of its own can follow. */
export const hostRule: Rule = (g, { inputs, outputs, attrs }) => {
  const { label, follows, calls_host } = attrs as OpaqueAttrs;
  if (follows === undefined) throw missing(label);
  if (!follows) return inputs.map(() => null);
  const isReal = (t: ArrayValue): boolean => 'fc'.includes(t.dtype.kind);
  const real = outputs.some(isReal);
  const known = g.map((v) => v !== null);
  const specs = inputs.map((t) => ({ shape: t.shape, dtype: t.dtype }));
  const given = [...inputs, ...g.filter((v) => v !== null)] as Tensor[];
  const back = (values: readonly Tensor[]): Tensor[] => {
    return recorded(() => {
      const own = eachItsOwn(values.slice(0, inputs.length));
      const tape = new GradientTape();
      const sources = own.filter(isReal);
      tape.watch(sources);
      const outs = calls_host(own).filter((_, i) => known[i]) as Tensor[];
      const seeds = values.slice(inputs.length);
      const found = tape.gradient(outs, sources, {
        output_gradients: seeds,
        unconnected_gradients: 'zero',
      }) as Tensor[];
      let k = 0;
      return own.map((t) => (isReal(t) ? found[k++] : (zerosLike(t) as Tensor)));
    });
  };
  // Followed in turn, so that gradients have gradients.
  return hostCall(`gradient of ${label}`, given, specs, back, false, true).map((v, i) =>
    real && isReal(inputs[i]) ? v : null,
  );
};
addRules({ host: hostRule });

/**
 * In a traced function: an operation that calls `f` with the tensors' values whenever the graph runs; `outputs` describes what it gives.
 * With `effect` it runs in its place among others of its kind, whether its results are used or not. Elsewhere `f` is called now.
 */
export function hostCall(
  label: string,
  tensors: readonly Tensor[],
  outputs: readonly Spec[],
  f: (tensors: readonly Tensor[]) => readonly ArrayValue[],
  effect = false,
  follows?: boolean,
): Tensor[] {
  const trace = currentTrace();
  const attrs: OpaqueAttrs = { label, outputs, effect, calls_host: f, ...(follows === undefined ? {} : { follows }) };
  if (trace !== null && (effect || tensors.some((t) => isDescribed(t.buffer))))
    return trace.process(opaquePrimitive, tensors, attrs) as Tensor[];
  if (tensors.some((t) => isDescribed(t.buffer)))
    return bind(opaquePrimitive as Primitive<any>, tensors, attrs) as Tensor[];
  return f(tensors) as Tensor[];
}

/** Something that a traced function does whenever it runs, in its place: printing, checking. Elsewhere it is done now. */
export function sideEffect(label: string, tensors: readonly Tensor[], f: (tensors: readonly Tensor[]) => void): void {
  hostCall(
    label,
    tensors,
    [],
    (given) => {
      f(given);
      return [];
    },
    true,
  );
}

// ---- functions of np that need values -------------------------------------------------------------------------------------

/** Values to find the shape of a result with: ones and a ramp, with a heavy diagonal that makes matrices regular. */
function probe(t: Tensor, ramp: boolean): Tensor {
  const n = sizeOf(t.shape);
  const values = ramp ? np.arange(n) : np.ones([n]);
  const a = np.reshape(
    (t.dtype.kind === 'b' ? np.not_equal(values, 0) : values) as never,
    t.shape as never,
  ) as unknown as NDArray;
  const [rows, columns] = t.shape.slice(-2);
  const square = t.ndim >= 2 && rows === columns && 'fc'.includes(t.dtype.kind);
  const made = square ? np.add(a as never, np.multiply(np.eye(rows), 2 * n + 1)) : a;
  return fromArray((made as unknown as NDArray).astype(t.dtype as never) as unknown as NDArray);
}

const unknownShape = (name: string, tensors: readonly Tensor[], why: string): NotImplementedError => {
  const site = callSite();
  return new NotImplementedError(
    `${name}${site === null ? '' : ` (${site})`}: ${why}, and a traced function has none: its argument is ${origin(tensors.find((t) => isDescribed(t.buffer)) ?? tensors[0])}. Do this outside of tf.function, write it with tf.where and masks of a fixed shape, or call tf.config.run_functions_eagerly(true)`,
  );
};

function traceHost(
  name: string,
  f: (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) => unknown,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown {
  const tensors: Tensor[] = [];
  const visit = (x: unknown): unknown => {
    if (x instanceof Tensor) {
      const k = tensors.push(x) - 1;
      return (given: readonly Tensor[]) => given[k];
    }
    if (!Array.isArray(x)) return () => x;
    const parts = x.map(visit) as ((given: readonly Tensor[]) => unknown)[];
    return (given: readonly Tensor[]) => parts.map((p) => p(given));
  };
  const fillArgs = visit([...args]) as (given: readonly Tensor[]) => unknown[];
  const names = Object.keys(kwargs);
  const fillValues = visit(Object.values(kwargs)) as (given: readonly Tensor[]) => unknown[];
  const run = (given: readonly Tensor[]): unknown => {
    const values = fillValues(given);
    return f(fillArgs(given), Object.fromEntries(names.map((k, i) => [k, values[i]])));
  };
  const arraysOf = (result: unknown): Tensor[] => {
    const found: Tensor[] = [];
    mapArrays(result, (a) => found.push(a as Tensor));
    return found;
  };
  const tried: unknown[] = [];
  let failure: unknown = null;
  for (const ramp of [false, true])
    try {
      tried.push(run(tensors.map((t) => (isDescribed(t.buffer) ? probe(t, ramp) : t))));
    } catch (e) {
      failure ??= e;
    }
  if (tried.length === 0) throw failure;
  const [first, second] = tried.map(arraysOf);
  if (second !== undefined) {
    const same =
      first.length === second.length &&
      first.every((a, i) => a.dtype === second[i].dtype && sameShape(a.shape, second[i].shape));
    if (!same) throw unknownShape(`np.${name}`, tensors, 'the shape of its result depends on values');
  }
  if (first.length === 0) throw unknownShape(`np.${name}`, tensors, 'its result is no tensor, but read from values');
  const outs = hostCall(
    name,
    tensors,
    first.map((a) => ({ shape: a.shape, dtype: a.dtype })),
    (given) => checked(`np.${name}`, arraysOf(run(given)), first),
  );
  let k = 0;
  return mapArrays(tried[0], () => outs[k++]);
}
setHostTracer(traceHost);

/** Results that are what the graph was made for. @throws InvalidArgumentError when they are not */
function checked(name: string, made: readonly ArrayValue[], specs: readonly Spec[]): readonly ArrayValue[] {
  made.forEach((a, i) => {
    if (!sameShape(a.shape, specs[i].shape))
      throw new InvalidArgumentError(
        `${name}: result ${i} has shape ${shapeText(a.shape)}, and the graph was made for ${shapeText(specs[i].shape)}; say which shape it has with { shape: … }`,
      );
  });
  return made;
}

// ---- functions of the user ----------------------------------------------------------------------------------------------------

export interface HostFunctionOptions {
  /** Shapes of the results, in graphs: that of the first input unless given. */
  shape?: readonly number[] | readonly (readonly number[])[];
  name?: string;
}

function userFunction(
  label: string,
  f: (...args: any[]) => unknown,
  inp: readonly TensorLike[],
  Tout: DTypeLike | readonly DTypeLike[] | null,
  o: HostFunctionOptions,
  given: (t: Tensor) => unknown,
  follows: boolean,
): unknown {
  const tensors = inp.map((x) => convert_to_tensor(x as never) as Tensor);
  const single = Tout !== null && !Array.isArray(Tout);
  const dtypes = (Tout === null ? [] : single ? [Tout] : (Tout as readonly DTypeLike[])).map((d) =>
    asDtype(d as DTypeLike),
  );
  const usual = tensors[0]?.shape ?? [];
  const shapes = dtypes.map((_, i) =>
    o.shape === undefined ? usual : Array.isArray(o.shape[i]) ? (o.shape[i] as number[]) : (o.shape as number[]),
  );
  const tracing = currentTrace() !== null;
  const outputs = dtypes.map((dtype, i) => ({ shape: shapes[i], dtype }));
  const outs = hostCall(
    label,
    tensors,
    outputs,
    (values) => {
      const r = recorded(() => f(...values.map(given)));
      const list = dtypes.length === 0 ? [] : single ? [r] : flatten(r);
      if (list.length !== dtypes.length)
        throw new InvalidArgumentError(
          `${label}: the function gave ${list.length} results, and Tout has ${dtypes.length}`,
        );
      const made = list.map((v, i) => convert_to_tensor(v as never, { dtype: dtypes[i] } as never) as Tensor);
      return tracing ? checked(label, made, outputs) : made;
    },
    true,
    follows,
  );
  return single ? outs[0] : outs;
}

/**
 * Calls a function of tensors when the graph runs, whatever it does: in a traced function it sees values.
 *
 * @param Tout the dtype of the result, or a list of dtypes for several; an empty list for none
 * @param options `shape`: the result's shape in graphs, unless it is that of the first input
 * @throws InvalidArgumentError when the results are not of these dtypes and shapes
 * @example
 * const f = tf.function((x) => tf.py_function((v) => tf.reduce_max(v), [x], 'float32', { shape: [] }));
 * f(tf.constant([1, 5, 2])).item() // → 5
 */
export const py_function = (
  func: (...args: Tensor[]) => unknown,
  inp: readonly TensorLike[] = [],
  Tout: DTypeLike | readonly DTypeLike[] | null = null,
  options: HostFunctionOptions = {},
): any => userFunction(options.name ?? 'py_function', func, inp, Tout, options, (t) => t, true);

/**
 * The same with a function of NumPy arrays.
 * @example
 * const f = tf.function((x) => tf.numpy_function((a) => np.flip(a), [x], 'float32'));
 * f(tf.constant([1, 2])).numpy() // → array([2., 1.], dtype=float32)
 */
export const numpy_function = (
  func: (...args: NDArray[]) => unknown,
  inp: readonly TensorLike[] = [],
  Tout: DTypeLike | readonly DTypeLike[] | null = null,
  options: HostFunctionOptions = {},
): any => userFunction(options.name ?? 'numpy_function', func, inp, Tout, options, (t) => t.numpy(), false);
