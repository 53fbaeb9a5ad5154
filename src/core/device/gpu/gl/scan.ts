import { acc, type Expr, type ReduceProgram } from '../../../ir/expr.js';
import type { AnyOperand } from '../../device.js';
import { symmetric } from '../../reference/index.js';
import { GlKernel } from './frame.js';
import { countingSteps, type Layout, layoutOf, product } from './layout.js';
import type { Handle, Machine } from './machine.js';
import {
  Arguments,
  elementText,
  type Input,
  layoutKey,
  placeText,
  putOperand,
  putSteps,
  putTarget,
  resultText,
  type Target,
  Writing,
} from './program.js';

/**
 * Running folds along one axis: a thread for each result. Steps that treat both sides alike are joined in rounds, each of which reaches twice as far
 * back (Hillis and Steele, Data parallel algorithms, 1986), so that a line of n elements takes log2 n rounds. For all others
 * each thread goes through its line from the start.
 */
export class GlScan extends GlKernel<ReduceProgram> {
  private readonly even: boolean;

  constructor(machine: Machine, program: ReduceProgram) {
    super(machine, program);
    this.even = symmetric(program);
  }

  protected stays(): boolean {
    return false;
  }

  run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[] = shape.map(() => true),
  ): void {
    if (shape.includes(0)) return;
    const rank = shape.length;
    const { inputs, walks, outs } = this.opened(rank, operands, strides);
    const axis = reduced.indexOf(true);
    // Lines lie one behind the other while they are worked on: all other axes, and then this one.
    const order = [...shape.keys()].filter((d) => d !== axis);
    order.push(axis);
    const turned = (s: readonly number[]): number[] => order.map((d) => s[d]);
    const length = shape[axis];
    const lines = product(shape) / length;
    const turnedWalks = walks.map(turned);
    const across = turned(shape);
    const none = across.map(() => false);
    const every = across.map(() => true);
    const last = across.map((_, d) => d === rank - 1);
    const dense = countingSteps(across, every);
    const working = [...turnedWalks, countingSteps(across, last)];
    const states = (): Handle[] =>
      this.even
        ? this.rounds(lines * length, length, layoutOf(across, working, none, dense), inputs)
        : this.serial(lines, length, layoutOf(across, working, last, [...dense.slice(0, -1), 0]), inputs);
    this.into(
      outs,
      (steps) => layoutOf(across, [...turnedWalks, dense], none, turned(steps)),
      (r, l, t) => this.end(r, l, t, inputs, states()),
    );
  }

  /** A result of the states of all elements, which are given back. */
  private end(r: number, l: Layout, t: Target, inputs: readonly Input[], states: readonly Handle[]): Handle {
    const { program } = this;
    const count = inputs.length;
    const a = new Arguments();
    putTarget(a, l, t);
    inputs.forEach((input, i) => void putOperand(a, l, i, input));
    putSteps(a, l, count, 0);
    states.forEach((h, j) => void a.texture(`y${j}`, h));
    const done = this.ready.run(`end${r}|${layoutKey(l, t, inputs)}`, t.threads, a, () => {
      const w = new Writing(program.name, [['nb_finish', program.results[r].parts[0]]], inputs);
      const value = w.call('nb_finish', (p) =>
        p.startsWith('acc')
          ? `y${p.slice(3)}[${placeText(w, l, count, t.at, null)}]`
          : elementText(w, l, Number(p.slice(3)), inputs[Number(p.slice(3))], t.at, null),
      );
      return { w, body: `  return ${resultText(w, l, t, 'nb_finish', value)};` };
    });
    for (const h of states) h.delete();
    return done;
  }

  /** Mapped values of all elements, joined in rounds. */
  private rounds(n: number, length: number, l: Layout, inputs: readonly Input[]): Handle[] {
    const { program } = this;
    const a = new Arguments();
    a.lengths('n', l.kept, 1);
    inputs.forEach((input, i) => void putOperand(a, l, i, input));
    putSteps(a, l, inputs.length, 0);
    const kinds = `${l.kept.length}|${inputs.map((i) => (i.handle === null ? 'c' : 'x')).join('')}`;
    const initial = program.initial?.[0] ?? null;
    const parameter =
      (w: Writing) =>
      (p: string): string =>
        p === 'position'
          ? placeText(w, l, inputs.length, 'this.thread.x', null)
          : elementText(w, l, Number(p.slice(3)), inputs[Number(p.slice(3))], 'this.thread.x', null);
    let values = this.ready.run(`map|${kinds}`, n, a, () => {
      const w = new Writing(program.name, [['nb_map', program.map[0]]], inputs);
      return { w, body: `  return ${w.call('nb_map', parameter(w))};` };
    });
    const joined = (w: Writing, older: string, newer: string): string =>
      w.call('nb_step', (p) => (p.startsWith('val') ? newer : older));
    for (let reach = 1; reach < length; reach *= 2) {
      const b = new Arguments();
      b.texture('y', values);
      b.int('reach', reach);
      b.int('length', length);
      const next = this.ready.run('round', n, b, () => {
        const w = new Writing(program.name, [['nb_step', program.combine[0]]], inputs);
        w.native(
          'int nb_back(int i, int reach, int length) { return i - (i / length) * length >= reach ? i - reach : -1; }',
        );
        w.native('int nb_or(int i, int other) { return i < 0 ? other : i; }');
        w.pick(w.gives('nb_step'));
        const back = 'nb_back(this.thread.x, reach, length)';
        const older = `y[nb_or(${back}, this.thread.x)]`;
        return { w, body: `  return nb_pick(${back}, ${joined(w, older, 'y[this.thread.x]')}, y[this.thread.x]);` };
      });
      values.delete();
      values = next;
    }
    if (initial === null) return [values];
    const c = new Arguments();
    c.lengths('n', l.kept, 1);
    inputs.forEach((input, i) => void putOperand(c, l, i, input));
    putSteps(c, l, inputs.length, 0);
    c.texture('y', values);
    const begun = this.ready.run(`begin|${kinds}`, n, c, () => {
      const w = new Writing(
        program.name,
        [
          ['nb_init', initial],
          ['nb_step', program.combine[0]],
        ],
        inputs,
      );
      return { w, body: `  return ${joined(w, w.call('nb_init', parameter(w)), 'y[this.thread.x]')};` };
    });
    values.delete();
    return [begun];
  }

  /** Each accumulator of every element, from the start of its line. */
  private serial(lines: number, length: number, l: Layout, inputs: readonly Input[]): Handle[] {
    const { program } = this;
    const all = [...program.map.keys()];
    const kinds = `${l.kept.length},${l.folded.length}|${inputs.map((i) => (i.handle === null ? 'c' : 'x')).join('')}`;
    return all.map((k) => {
      const a = new Arguments();
      a.lengths('n', l.kept, 1);
      a.lengths('m', l.folded, 1);
      inputs.forEach((input, i) => void putOperand(a, l, i, input));
      putSteps(a, l, inputs.length, 0);
      a.int('length', length);
      return this.ready.run(`serial${k}|${kinds}|${length === 1}`, lines * length, a, () => {
        const named = (name: string, list: readonly Expr[]): [string, Expr][] => list.map((e, j) => [`${name}${j}`, e]);
        const w = new Writing(
          program.name,
          [
            ...named('nb_map', program.map),
            ...named('nb_step', program.combine),
            ...named('nb_init', program.initial ?? []),
            ['nb_last', acc(k, program.map[k].type)],
          ],
          inputs,
        );
        w.native('int nb_line(int i, int length) { return i / length; }');
        w.native('int nb_along(int i, int length) { return i - (i / length) * length; }');
        const owner = 'nb_line(this.thread.x, length)';
        const element = (p: string, i: string): string =>
          p === 'position'
            ? placeText(w, l, inputs.length, owner, i)
            : elementText(w, l, Number(p.slice(3)), inputs[Number(p.slice(3))], owner, i);
        const map = (j: number, i: string): string => w.call(`nb_map${j}`, (p) => element(p, i));
        const begun = program.initial !== null;
        const lines_ = all.map(
          (j) => `let a${j} = ${begun ? w.call(`nb_init${j}`, (p) => element(p, '0')) : map(j, '0')};`,
        );
        lines_.push(
          `for (let i = ${begun ? 0 : 1}; i <= nb_along(this.thread.x, length); i++) {`,
          ...all.map((j) => `  const v${j} = ${map(j, 'i')};`),
          ...all.map(
            (j) =>
              `  const w${j} = ${w.call(`nb_step${j}`, (p) => `${p.startsWith('val') ? 'v' : 'a'}${p.slice(3)}`)};`,
          ),
          ...all.map((j) => `  a${j} = w${j};`),
          '}',
          `return a${k};`,
        );
        return { w, body: lines_.map((x) => `  ${x}`).join('\n') };
      });
    });
  }
}
