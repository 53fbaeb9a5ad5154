import type { ArrayValue } from '../../core/array.js';
import type { Primitive } from '../../core/dispatch.js';
import { concatenateTo } from '../../core/ops/join.js';
import { expandAxes, reshapeTo, sliceAxis } from '../../core/ops/move.js';
import { add, type Rule } from '../gradient/rule.js';
import { addRules } from '../gradient/rules.js';
import { zerosOn } from '../gradient/parts.js';
import { recorded } from '../gradient/recording.js';
import { GradientTape } from '../gradient/tape.js';
import type { Tensor } from '../tensor.js';
import { backOf, isDifferentiable } from './call.js';
import type { Callable } from './callable.js';
import type { Spec } from '../../core/graph/graph.js';
import { eachItsOwn, hostRule } from './opaque.js';
import { opaqueResult } from './parts.js';

/**
 * Loops in graphs: a body that is a graph, run over values that are carried from turn to turn and over entries of tensors, as long as a
 * condition holds or as many times as there are entries. What each turn gives besides is stacked.
 */

export interface LoopAttrs {
  readonly [key: string]: unknown;
  readonly label: string;
  /** The body, and the condition where there is one. */
  readonly calls: readonly Callable[];
  /** What the entrances of each are: an input of the loop; the first are carried, the next are entries of tensors. */
  readonly maps: readonly (readonly number[])[];
  readonly carried: number;
  readonly sliced: number;
  /** How often at most; exactly as often where there is no condition. */
  readonly turns: number | null;
  readonly reverse: boolean;
  /** The carried values at the end, then the stacked ones. */
  readonly outputs: readonly Spec[];
  readonly effect: boolean;
}

const entry = (t: ArrayValue, i: number): ArrayValue => reshapeTo(sliceAxis(t, 0, i, i + 1), t.shape.slice(1));

/** How a graph is run: beside all interpreters, or under those of the values. */
type Runner = (c: Callable, given: readonly ArrayValue[]) => ArrayValue[];
const beside: Runner = (c, given) => c.run(given);
const under: Runner = (c, given) => c.replay(given);

/** Goes through the turns. `seen` is told of the values that each turn was given and gave. */
function turn(
  args: readonly ArrayValue[],
  a: LoopAttrs,
  seen: (given: readonly ArrayValue[], made: readonly ArrayValue[]) => void = () => {},
  run: Runner = beside,
): { state: ArrayValue[]; stacks: ArrayValue[][] } {
  const [body, condition] = a.calls;
  let state = args.slice(0, a.carried);
  const stacks: ArrayValue[][] = a.outputs.slice(a.carried).map(() => []);
  const limit = a.turns ?? Number.POSITIVE_INFINITY;
  const at = (i: number, t: number): ArrayValue => {
    if (i < a.carried) return state[i];
    return i < a.carried + a.sliced ? entry(args[i], a.reverse ? limit - 1 - t : t) : args[i];
  };
  for (let t = 0; t < limit; t++) {
    if (condition !== undefined) {
      const [go] = run(
        condition,
        a.maps[1].map((i) => at(i, t)),
      );
      if (!(go as unknown as { item(): unknown }).item()) break;
    }
    const given = a.maps[0].map((i) => at(i, t));
    const made = run(body, given);
    seen(given, made);
    state = made.slice(0, a.carried);
    stacks.forEach((s, k) => {
      s.push(made[a.carried + k]);
    });
  }
  if (a.reverse) for (const s of stacks) s.reverse();
  return { state, stacks };
}

const stack = (list: readonly ArrayValue[], spec: Spec): ArrayValue =>
  list.length === 0
    ? zerosOn(spec.shape, spec.dtype, 'cpu')
    : concatenateTo(
        list.map((t) => expandAxes(t, [0])),
        0,
        spec.dtype,
      );

export const loopPrimitive: Primitive<LoopAttrs> = {
  name: 'loop',
  anywhere: true,
  run: (args, a) => {
    // Values of the turn before are no longer needed, unless they are what was given.
    let before: readonly ArrayValue[] = [];
    const { state, stacks } = turn(args, a, (_given, made) => {
      for (const t of before) (t as unknown as { dispose(): void }).dispose();
      before = made.slice(0, a.carried);
    });
    return [...state, ...stacks.map((s, k) => stack(s, a.outputs[a.carried + k]))];
  },
};

interface LoopBackAttrs {
  readonly [key: string]: unknown;
  readonly label: string;
  readonly calls: readonly Callable[];
  readonly loop: LoopAttrs;
  readonly needs: readonly boolean[];
  /** Which results of the loop have a gradient, in the order in which these follow the inputs. */
  readonly known: readonly boolean[];
  readonly outputs: readonly Spec[];
}

/** The way back through a loop: forth once more to know every turn's values, then back turn by turn. */
const loopBackPrimitive: Primitive<LoopBackAttrs> = {
  name: 'loop_gradient',
  anywhere: true,
  run: (all, { loop, needs, known }) => {
    const [body] = loop.calls;
    const [map] = loop.maps;
    const args = all.slice(0, needs.length);
    const seeds = all.slice(needs.length);
    const turns: { given: readonly ArrayValue[]; made: readonly ArrayValue[] }[] = [];
    turn(args, loop, (given, made) => turns.push({ given, made }));
    let k = 0;
    const g = loop.outputs.map((o, i) => (known[i] ? seeds[k++] : zerosOn(o.shape, o.dtype, 'cpu')));
    const differentiable = loop.outputs.map(isDifferentiable);
    let state = g.slice(0, loop.carried);
    const stacked = g.slice(loop.carried);
    const wanted = map.map((i) => isDifferentiable(args[i]) && (needs[i] || i < loop.carried));
    const { callable, gives } = backOf(body, wanted, differentiable);
    const sums: (ArrayValue | null)[] = args.map(() => null);
    const pieces: ArrayValue[][] = args.map(() => []);
    const plus = (a: ArrayValue | null, b: ArrayValue): ArrayValue => (a === null ? b : add(a, b));
    for (let t = turns.length - 1; t >= 0; t--) {
      const { given, made } = turns[t];
      const place = loop.reverse ? turns.length - 1 - t : t;
      const here = [...state, ...stacked.map((s) => entry(s, place))].filter((_, i) => differentiable[i]);
      const found = callable.run([...given, ...made, ...here]);
      const next: (ArrayValue | null)[] = state.map(() => null);
      const own: (ArrayValue | null)[] = args.map(() => null);
      let j = 0;
      gives.forEach((there, e) => {
        if (!there) return;
        const v = found[j++];
        const i = map[e];
        if (i < loop.carried) next[i] = plus(next[i], v);
        else if (i < loop.carried + loop.sliced) own[i] = plus(own[i], v);
        else sums[i] = plus(sums[i], v);
      });
      args.forEach((x, i) => {
        if (i >= loop.carried && i < loop.carried + loop.sliced && needs[i])
          pieces[i].push(own[i] ?? zerosOn(x.shape.slice(1), x.dtype, 'cpu'));
      });
      state = next.map((v, i) => v ?? zerosOn(state[i].shape, state[i].dtype, 'cpu'));
    }
    const out: ArrayValue[] = [];
    args.forEach((x, i) => {
      if (!needs[i]) return;
      if (i < loop.carried) out.push(state[i]);
      else if (i < loop.carried + loop.sliced) out.push(stack(loop.reverse ? pieces[i] : pieces[i].reverse(), x));
      else out.push(sums[i] ?? zerosOn(x.shape, x.dtype, 'cpu'));
    });
    return out;
  },
};

const loopRule: Rule = (g, { inputs, attrs, needs }) => {
  const loop = attrs as LoopAttrs;
  const back: LoopBackAttrs = {
    label: `gradient of ${loop.label}`,
    calls: [],
    loop,
    needs,
    known: g.map((v) => v !== null),
    outputs: inputs.filter((_, i) => needs[i]).map((t) => ({ shape: t.shape, dtype: t.dtype })),
  };
  const found = opaqueOrNow(loopBackPrimitive, [...inputs, ...g.filter((v): v is ArrayValue => v !== null)], back);
  let k = 0;
  return needs.map((n) => (n ? found[k++] : null));
};

const opaqueOrNow = (p: Primitive<any>, inputs: readonly ArrayValue[], attrs: LoopBackAttrs): ArrayValue[] =>
  opaqueResult(p, inputs, attrs);

/** The same way back as tapes see it, turn by turn: what its own gradient is taken of. */
function followedBack(all: readonly Tensor[], { loop, needs, known }: LoopBackAttrs): Tensor[] {
  const args = eachItsOwn(all.slice(0, needs.length));
  const wanted = args.filter((_, i) => needs[i]);
  const tape = new GradientTape();
  tape.watch(wanted.filter(isDifferentiable));
  const { state, stacks } = turn(args, loop, undefined, under);
  const outs = [...state, ...stacks.map((s, k) => stack(s, loop.outputs[loop.carried + k]))];
  const sources = wanted.filter(isDifferentiable);
  const found = tape.gradient(outs.filter((_, i) => known[i]) as Tensor[], sources, {
    output_gradients: all.slice(needs.length),
    unconnected_gradients: 'zero',
  }) as Tensor[];
  let k = 0;
  return wanted.map((t) => (isDifferentiable(t) ? found[k++] : (zerosOn(t.shape, t.dtype, 'cpu') as Tensor)));
}
const loopBackRule: Rule = (g, call) => {
  const attrs = call.attrs as LoopBackAttrs;
  const calls_host = (all: readonly Tensor[]): Tensor[] => recorded(() => followedBack(all, attrs));
  return hostRule(g, { ...call, attrs: { label: attrs.label, follows: true, calls_host } });
};

addRules({ loop: loopRule, loop_gradient: loopBackRule });
