import type { MapProgram } from '../../../ir/expr.js';
import type { AnyOperand } from '../../device.js';
import { usesPosition } from '../../reference/index.js';
import { GlKernel } from './frame.js';
import { countingSteps, type Layout, layoutOf } from './layout.js';
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

/** Elementwise programs: one thread for each word of a result's memory. */
export class GlMap extends GlKernel<MapProgram> {
  private readonly position: boolean;

  constructor(machine: Machine, program: MapProgram) {
    super(machine, program);
    this.position = usesPosition(program.results.map((r) => r.parts[0]));
  }

  protected stays(o: AnyOperand, _i: number, n: number): boolean {
    return n !== 1 && (o as { size?: number }).size === 1;
  }

  run(shape: readonly number[], operands: readonly AnyOperand[], strides: readonly (readonly number[])[]): void {
    if (shape.includes(0)) return;
    const { inputs, walks, outs } = this.opened(shape.length, operands, strides);
    const none = shape.map(() => false);
    const every = shape.map(() => true);
    const all = this.position ? [...walks, countingSteps(shape, every)] : walks;
    this.into(
      outs,
      (steps) => layoutOf(shape, all, none, steps),
      (r, l, t) => this.one(r, l, t, inputs),
    );
  }

  private one(r: number, l: Layout, t: Target, inputs: readonly Input[]): Handle {
    const { program } = this;
    const root = program.results[r].parts[0];
    const a = new Arguments();
    putTarget(a, l, t);
    inputs.forEach((input, i) => void putOperand(a, l, i, input));
    const n = inputs.length;
    if (this.position) putSteps(a, l, n, 0);
    return this.ready.run(`${r}|${layoutKey(l, t, inputs)}`, t.threads, a, () => {
      const w = new Writing(program.name, [['nb_f', root]], inputs);
      const value = w.call('nb_f', (p) =>
        p === 'position'
          ? placeText(w, l, n, t.at, null)
          : elementText(w, l, Number(p.slice(3)), inputs[Number(p.slice(3))], t.at, null),
      );
      return { w, body: `  return ${resultText(w, l, t, 'nb_f', value)};` };
    });
  }
}
