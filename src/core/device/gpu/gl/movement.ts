import { byName, type DType, type ScalarType } from '../../../dtype.js';
import { acc, add, type Expr, max, min, mul, sub, val } from '../../../ir/expr.js';
import type { Movement, Operand, ScatterStep, Strided } from '../../device.js';
import { gpuBuffer } from '../buffer.js';
import { toWords } from '../cells.js';
import { checkApart, insideFunction, type Layout, layoutOf, product } from './layout.js';
import type { Machine } from './machine.js';
import {
  Arguments,
  checkDtype,
  type Input,
  inputsOf,
  kindOf,
  layoutKey,
  placeText,
  putOperand,
  putSteps,
  putTarget,
  Ready,
  resultText,
  type Target,
  targetOf,
  Writing,
} from './program.js';

/**
 * Gathers: a thread for each word of the list. Scatters: threads do not write where they like, so that each word of the table goes through the
 * places and takes what is for it.
 */

const STEPS: { readonly [S in ScatterStep]: (type: ScalarType) => Expr } = {
  update: (t) => val(0, t),
  add: (t) => add(acc(0, t), val(0, t)),
  subtract: (t) => sub(acc(0, t), val(0, t)),
  multiply: (t) => mul(acc(0, t), val(0, t)),
  maximum: (t) => max(acc(0, t), val(0, t)),
  minimum: (t) => min(acc(0, t), val(0, t)),
};

/** No word has this number: out of range. */
const NOWHERE = '(-2147483647 - 1)';
const PLACE = `int nb_place(vec2 p, int len, int by) {
  int v = int((uint(p.x) << 16u) | uint(p.y));
  if (v < 0) v += len;
  if (v < 0 || v >= len) return ${NOWHERE};
  return v * by;
}`;
const SUM = `int nb_sum(int a, int b) {
  if (a == ${NOWHERE} || b == ${NOWHERE}) return ${NOWHERE};
  return a + b;
}`;
const CLAMP = 'int nb_clamp(int a) { return max(a, 0); }';
const LESS = `int nb_less(int w, int by) {
  if (by == ${NOWHERE}) return -1;
  return w - by;
}`;
const THERE = `int nb_there(int at) { return at == ${NOWHERE} ? -1 : 0; }`;

const operandOf = (s: Strided, dtype: DType): Operand => ({ dtype, buffer: s.buffer, offset: s.offset });
const words = (strides: readonly number[], d: DType): number[] => strides.map((s) => toWords(s, d));

export class Movements {
  private readonly ready: Ready;
  constructor(private readonly machine: Machine) {
    this.ready = new Ready(machine);
  }

  /** Lengths and steps of the places, as arguments of a kernel. */
  private putPlaces(a: Arguments, m: Movement): void {
    m.places.forEach((p, k) => {
      a.int(`len${k}`, p.length);
      a.int(`by${k}`, toWords(p.step, m.dtype));
    });
  }
  /**
   * Lines that find how many words the places and `first` add up to, where a thread's element is `at` (and `fold`): the constant `moved`. gpu.js takes an
   * element within an index to be a float; a constant of its own keeps it an integer.
   */
  private movedLines(w: Writing, l: Layout, m: Movement, first: string, at: string, fold: string | null): string[] {
    const lines = m.places.map((_, k) => {
      const i = k + 1;
      return `const p${k} = nb_place(x${i}[${placeText(w, l, i, at, fold)}], len${k}, by${k});`;
    });
    return [...lines, `const moved = ${m.places.reduce((sum, _, k) => `nb_sum(${sum}, p${k})`, first)};`];
  }
  private natives(w: Writing): void {
    w.functions.plain(PLACE);
    w.natives.push({ name: 'nb_place', takes: ['Array(2)', 'Integer', 'Integer'], gives: 'Integer' });
    for (const text of [SUM, CLAMP, LESS, THERE]) w.native(text);
  }

  private inputs(m: Movement, first: Strided, by: string): Input[] {
    checkDtype(m.dtype, by);
    const int32 = byName.int32;
    // Memory in which nothing was written yet has a texture, too: here its elements are looked up.
    for (const [s, d] of [[first, m.dtype] as const, ...m.places.map((p) => [p, int32] as const)])
      this.machine.before(gpuBuffer(s.buffer, by).words(d, by), kindOf(d));
    return inputsOf(this.machine, [operandOf(first, m.dtype), ...m.places.map((p) => operandOf(p, int32))], by);
  }

  readonly gather = (m: Movement): void => {
    const { machine } = this;
    const inputs = this.inputs(m, m.table, 'gather');
    const none = m.shape.map(() => false);
    const walks = [words(m.table.strides, m.dtype), ...m.places.map((p) => words(p.strides, byName.int32))];
    const l = layoutOf(m.shape, walks, none, words(m.list.strides, m.dtype));
    const t = targetOf(machine, operandOf(m.list, m.dtype), l, 'gather');
    if (!t.whole) checkApart(l, 'gather');
    const a = new Arguments();
    putTarget(a, l, t);
    inputs.forEach((input, i) => void putOperand(a, l, i, input));
    this.putPlaces(a, m);
    const made = this.ready.run(`gather|${m.dtype.part}|${layoutKey(l, t, inputs)}`, t.threads, a, () => {
      const w = new Writing('gather', [['nb_f', val(0, m.dtype.part)]], inputs);
      this.natives(w);
      w.pick(w.gives('nb_f'));
      const zero = w.gives('nb_f') === 'Float' ? '0.0' : '[0.0, 0.0]';
      const value = 'nb_pick(nb_there(moved), x0[nb_clamp(moved)], zeros)';
      return {
        w,
        body: [
          `const zeros = ${zero};`,
          ...this.movedLines(w, l, m, placeText(w, l, 0, t.at, null), t.at, null),
          `return ${resultText(w, l, t, 'nb_f', value)};`,
        ].join('\n'),
      };
    });
    machine.store(t.id, made);
  };

  readonly scatter = (m: Movement & { readonly step: ScatterStep }): void => {
    const { machine } = this;
    const inputs = this.inputs(m, m.list, 'scatter');
    const steps = words(m.table.strides, m.dtype);
    // Along these axes a thread goes through the list; the others follow from the word that it stands for.
    const along = m.shape.map((_, d) => steps[d] === 0 || m.places.some((p) => p.strides[d] !== 0));
    const walks = [
      words(m.list.strides, m.dtype),
      ...m.places.map((p) => words(p.strides, byName.int32)),
      steps.map((s, d) => (along[d] ? s : 0)),
    ];
    const l = layoutOf(
      m.shape,
      walks,
      along,
      steps.map((s, d) => (along[d] ? 0 : s)),
    );
    checkApart(l, 'scatter');
    const b = gpuBuffer(m.table.buffer, 'scatter');
    const id = b.words(m.dtype, 'scatter');
    const old = machine.before(id, kindOf(m.dtype));
    const t: Target = {
      id,
      whole: false,
      offset: toWords(m.table.offset, m.dtype) + l.resultShift,
      threads: machine.words(id),
      old,
      at: 'at',
    };
    const a = new Arguments();
    putTarget(a, l, t);
    inputs.forEach((input, i) => void putOperand(a, l, i, input));
    const extra = inputs.length;
    putSteps(a, l, extra, 0);
    this.putPlaces(a, m);
    a.int('total', product(l.folded));
    const made = this.ready.run(`${m.step}|${m.dtype.part}|${layoutKey(l, t, inputs)}`, t.threads, a, () => {
      const w = new Writing('scatter', [['nb_step', STEPS[m.step](m.dtype.part)]], inputs);
      this.natives(w);
      w.native(insideFunction(l.kept.length));
      const list = ['ro', ...l.kept.map((_, d) => `n${d}`), ...l.kept.map((_, d) => `r${d}`)];
      const lines = this.movedLines(w, l, m, placeText(w, l, extra, '0', 'i'), '0', 'i');
      lines.push(`const at = nb_in${l.kept.length}(nb_less(this.thread.x, moved), ${list.join(', ')});`);
      lines.push(`const v0 = x0[nb_clamp(${placeText(w, l, 0, 'at', 'i')})];`);
      w.pick(w.gives('nb_step'));
      const next = w.call('nb_step', (p) => (p.startsWith('acc') ? 'a0' : 'v0'));
      return {
        w,
        body: [
          'let a0 = old[this.thread.x];',
          'for (let i = 0; i < total; i++) {',
          ...lines,
          `const w0 = nb_pick(at, ${next}, a0);`,
          'a0 = w0;',
          '}',
          'return a0;',
        ].join('\n'),
      };
    });
    machine.store(id, made);
  };
}
