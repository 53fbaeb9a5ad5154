import type { ArrayValue } from '../../core/array.js';
import { isDescribed } from '../../core/device/shapes.js';
import { bind, type Primitive } from '../../core/dispatch.js';
import { InvalidArgumentError, TypeError, ValueError } from '../../core/errors.js';
import { sameShape } from '../../core/view.js';
import { not_equal } from '../../ndarray/ufuncs.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import { recorded } from '../gradient/recording.js';
import { add, type Rule } from '../gradient/rule.js';
import { addRules } from '../gradient/rules.js';
import { flatten, packed } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { backOf } from './call.js';
import { Callable } from './callable.js';
import { asResult } from './concrete.js';
import type { Spec } from '../../core/graph/graph.js';
import { sideEffect } from './opaque.js';
import { opaqueResult, structureOf } from './parts.js';
import { zerosOn } from '../gradient/parts.js';
import { Trace, whileTracing } from './trace.js';

/** Decisions in graphs: every branch is a graph of its own, and the value decides at run time which of them runs. */

interface BranchAttrs {
  readonly [key: string]: unknown;
  readonly label: string;
  readonly calls: readonly Callable[];
  /** Of each branch which of the inputs (the decision is input 0) its entrances are. */
  readonly maps: readonly (readonly number[])[];
  readonly outputs: readonly Spec[];
  readonly effect: boolean;
}

/** Which branch a value chooses: the first for true, and by number for integers, where the last stands for all others. */
function chosen(decision: ArrayValue, count: number): number {
  const v = (decision as Tensor).item();
  if (decision.dtype.kind === 'b') return v ? 0 : 1;
  const k = Number(v);
  return k >= 0 && k < count ? k : count - 1;
}

const branchPrimitive: Primitive<BranchAttrs> = {
  name: 'branch',
  anywhere: true,
  run: (args, { calls, maps }) => {
    const k = chosen(args[0], calls.length);
    return calls[k].run(maps[k].map((i) => args[i]));
  },
};

/** A graph of plain operations on described tensors. */
export function graphOf(
  name: string,
  specs: readonly Spec[],
  f: (args: readonly ArrayValue[]) => readonly ArrayValue[],
): Callable {
  const trace = new Trace(name);
  const args = specs.map((s, i) => trace.argument(i, s));
  return recorded(() => whileTracing(trace, () => new Callable(trace.graph(f(args)), trace)));
}

/** Inputs of several graphs as one list, and where each graph finds its own. */
function joined(
  lists: readonly (readonly ArrayValue[])[],
  first: readonly ArrayValue[],
): { inputs: ArrayValue[]; maps: number[][] } {
  const inputs = [...first];
  const maps = lists.map((list) =>
    list.map((t) => {
      const at = inputs.indexOf(t, first.length);
      return at >= 0 ? at : inputs.push(t) - 1;
    }),
  );
  return { inputs, maps };
}

const branchRule: Rule = (g, { inputs, outputs, attrs, needs }) => {
  const { calls, maps, label } = attrs as BranchAttrs;
  const wanted = inputs.flatMap((_, i) => (needs[i] && i > 0 ? [i] : []));
  const known = g.map((v) => v !== null);
  const seeds = g.filter((v): v is ArrayValue => v !== null);
  const given = [...inputs, ...outputs, ...seeds];
  const specs = given.map((t) => ({ shape: t.shape, dtype: t.dtype }));
  const backs = calls.map((c, k) => {
    const { callable, gives } = backOf(
      c,
      maps[k].map((i) => needs[i]),
      known,
    );
    return graphOf(`gradient of ${c.graph.name}`, specs, (args) => {
      const found = callable.replay([...maps[k].map((i) => args[i]), ...args.slice(inputs.length)]);
      const sums = new Map<number, ArrayValue>();
      let at = 0;
      gives.forEach((there, j) => {
        if (!there) return;
        const i = maps[k][j];
        const before = sums.get(i);
        const v = found[at++];
        sums.set(i, before === undefined ? v : add(before, v));
      });
      return wanted.map((i) => sums.get(i) ?? zerosOn(inputs[i].shape, inputs[i].dtype, 'cpu'));
    });
  });
  const all = given.map((_, i) => i + 1);
  const back: BranchAttrs = {
    label: `gradient of ${label}`,
    calls: backs,
    maps: backs.map(() => all),
    outputs: wanted.map((i) => ({ shape: inputs[i].shape, dtype: inputs[i].dtype })),
    effect: false,
  };
  const found = bind(branchPrimitive as Primitive<any>, [inputs[0], ...given], back) as ArrayValue[];
  return inputs.map((_, i) => (wanted.includes(i) ? found[wanted.indexOf(i)] : null));
};
addRules({ branch: branchRule });

/** Traces branches and joins them to one operation. */
function decide(
  label: string,
  decision: Tensor,
  names: readonly string[],
  branches: readonly (() => unknown)[],
): unknown {
  const traces = names.map((n) => new Trace(n));
  const forms = branches.map((f, k) =>
    whileTracing(traces[k], () => {
      const r = f();
      return packed(r, flatten(r).map(asResult));
    }),
  );
  const [first] = forms;
  const kinds = (form: unknown): string => structureOf(form);
  for (const form of forms)
    if (kinds(form) !== kinds(first))
      throw new TypeError(
        `${names.join(' and ')} arguments to ${label} must have the same number, type, and overall structure of return values, got ${kinds(first)} and ${kinds(form)}`,
      );
  const tensorsOf = (form: unknown): Tensor[] => flatten(form).filter((t): t is Tensor => t instanceof Tensor);
  const results = forms.map(tensorsOf);
  for (const list of results)
    list.forEach((t, i) => {
      if (!sameShape(t.shape, results[0][i].shape))
        throw new InvalidArgumentError(
          `${label}: the branches give tensors of shapes (${results[0][i].shape.join(', ')}) and (${t.shape.join(', ')}); in a graph they must have one shape`,
        );
    });
  // What one branch assigns, the other leaves as it is.
  const written = new Set<Variable>(traces.flatMap((t) => [...t.writes]));
  const calls = traces.map(
    (t, k) =>
      new Callable(
        whileTracing(t, () => t.graph(results[k], written)),
        t,
      ),
  );
  const order = calls[0].assigned;
  const aligned = calls.map((c) => (c.assigned.every((v, i) => v === order[i]) ? c : reordered(c, order)));
  const { inputs, maps } = joined(
    aligned.map((c) => c.given([])),
    [decision],
  );
  const effect = aligned.some((c) => c.graph.nodes.some((n) => n.attrs.effect === true));
  const outputs = [...aligned[0].graph.results, ...aligned[0].graph.assigns.map((a) => a.value)].map(
    (r) => r.node.outputs[r.index],
  );
  const attrs: BranchAttrs = { label, calls: aligned, maps, outputs, effect };
  const outs = opaqueResult(branchPrimitive, inputs, attrs);
  order.forEach((v, i) => {
    v.assign(outs[results[0].length + i] as Tensor);
  });
  let k = 0;
  return packed(
    first,
    flatten(first).map((leaf) => (leaf instanceof Tensor ? outs[k++] : leaf)),
  );
}

const reordered = (c: Callable, order: readonly Variable[]): Callable =>
  new Callable(
    {
      ...c.graph,
      assigns: order.map((v) => c.graph.assigns.find((a) => a.variable === v) as (typeof c.graph.assigns)[number]),
    },
    c.trace,
  );

const asDecision = (x: unknown): Tensor | boolean | number =>
  x instanceof Variable
    ? x.value()
    : x instanceof Tensor || typeof x === 'boolean' || typeof x === 'number'
      ? x
      : (convert_to_tensor(x as never) as Tensor);

const truthy = (x: unknown): boolean => Boolean(x instanceof Tensor ? scalar('tf.cond', x).item() : x);

/** Whether a decision is made at run time only. */
const isOpen = (x: unknown): x is Tensor<any> => x instanceof Tensor && isDescribed(x.buffer);

const scalar = (label: string, t: Tensor): Tensor => {
  if (t.size !== 1)
    throw new ValueError(
      `${label}: the decision must be a single value, got a tensor of shape (${t.shape.join(', ')})`,
    );
  return t;
};

/**
 * `true_fn()` where the predicate is true, else `false_fn()`: in a traced function decided when it runs, elsewhere now.
 *
 * @throws TypeError when the two give other structures or dtypes; InvalidArgumentError for other shapes, in graphs
 * @example
 * const f = tf.function((x) => tf.cond(tf.reduce_sum(x).gt(0), () => tf.sqrt(x), () => tf.zeros_like(x)));
 * f(tf.constant([4, 9])).numpy() // → array([2., 3.], dtype=float32)
 * f(tf.constant([-4, -9])).numpy() // → array([0., 0.], dtype=float32)
 */
export function cond<T>(pred: TensorLike | boolean, true_fn: () => T, false_fn: () => T): T {
  const p = asDecision(pred);
  if (!isOpen(p)) return truthy(p) ? true_fn() : false_fn();
  const t = scalar('tf.cond', p);
  const truth = t.dtype.kind === 'b' ? t : (not_equal(t as never, 0) as unknown as Tensor);
  return decide('tf.cond', truth, ['true_fn', 'false_fn'], [true_fn, false_fn]) as T;
}

/**
 * The branch with this number; `default` (or the last branch) for all other numbers.
 * @example tf.switch_case(tf.constant(1, { dtype: 'int32' }), [() => tf.constant(10), () => tf.constant(20)]).item() // → 20
 */
export function switch_case(
  branch_index: TensorLike | number,
  branch_fns: readonly (() => unknown)[] | Readonly<Record<number, () => unknown>>,
  options: { default?: (() => unknown) | null; name?: string } | (() => unknown) | null = null,
): any {
  const otherwise = typeof options === 'function' ? options : (options?.default ?? null);
  const list = Array.isArray(branch_fns)
    ? [...branch_fns]
    : Object.keys(branch_fns).map((k) => (branch_fns as Record<string, () => unknown>)[k]);
  if (list.length === 0) throw new ValueError('tf.switch_case: branch_fns must not be empty');
  const numbers = Array.isArray(branch_fns) ? list.map((_, i) => i) : Object.keys(branch_fns).map(Number);
  const width = Math.max(...numbers) + 1;
  const last = otherwise ?? list[numbers.indexOf(width - 1)];
  const all = Array.from({ length: width }, (_, i) => (numbers.includes(i) ? list[numbers.indexOf(i)] : last));
  if (otherwise !== null) all.push(otherwise);
  const index = asDecision(branch_index);
  if (isOpen(index)) {
    if (!'iu'.includes(index.dtype.kind))
      throw new TypeError(`tf.switch_case: branch_index must have an integer dtype, got ${index.dtype.name}`);
    return decide(
      'tf.switch_case',
      scalar('tf.switch_case', index),
      all.map((_, i) => `branch_${i}`),
      all,
    );
  }
  const k = Number(typeof index === 'object' ? scalar('tf.switch_case', index).item() : index);
  return (k >= 0 && k < all.length ? all[k] : all[all.length - 1])();
}

/**
 * What the first pair gives whose predicate is true, else `default`.
 *
 * @param options `default`; with `exclusive` it is an error when more than one predicate is true
 * @throws InvalidArgumentError when no predicate is true and there is no default
 * @example
 * const x = tf.constant(5);
 * tf.case([[x.lt(3), () => tf.constant(1)], [x.lt(9), () => tf.constant(2)]], { default: () => tf.constant(3) }).item() // → 2
 */
export function case_(
  pred_fn_pairs: readonly (readonly [TensorLike | boolean, () => unknown])[],
  options: { default?: (() => unknown) | null; exclusive?: boolean; name?: string } = {},
): any {
  const otherwise = options.default ?? null;
  if (pred_fn_pairs.length === 0 && otherwise === null) throw new ValueError('tf.case: no pairs and no default');
  if (options.exclusive === true) {
    const preds = pred_fn_pairs.map(([p]) => asDecision(p));
    const values = preds.filter((p) => !isOpen(p)).filter(truthy);
    if (values.length > 1)
      throw new InvalidArgumentError('tf.case: more than one condition evaluated as True, and exclusive is true');
  }
  const none = (): Error =>
    new InvalidArgumentError('tf.case: none of the conditions evaluated as True, and there is no default');
  const from = (i: number): unknown => {
    if (i === pred_fn_pairs.length) {
      if (otherwise === null) throw none();
      return otherwise();
    }
    const [p, f] = pred_fn_pairs[i];
    const last = asDecision(p);
    if (i === pred_fn_pairs.length - 1 && otherwise === null && isOpen(last)) {
      sideEffect('tf.case', [last], ([v]) => {
        if (!truthy(v)) throw none();
      });
      return f();
    }
    return cond(p, f, () => from(i + 1));
  };
  return from(0);
}
