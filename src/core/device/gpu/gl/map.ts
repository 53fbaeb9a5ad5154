import type { MapProgram } from '../../../ir/expr.js';
import type { AnyOperand, Kernel } from '../../device.js';
import { usesPosition } from '../../reference/index.js';
import { checkApart, countingSteps, type Layout, layoutOf } from './layout.js';
import type { Handle, Machine } from './machine.js';
import {
  Arguments,
  checkResults,
  elementText,
  type Input,
  inputsOf,
  layoutKey,
  placeText,
  putOperand,
  putSteps,
  putTarget,
  Ready,
  resultText,
  type Target,
  targetOf,
  wordStrides,
  Writing,
} from './program.js';

/** Elementwise programs: one thread for each word of a result's memory. */
export class GlMap implements Kernel {
  private readonly ready: Ready;
  private readonly position: boolean;

  constructor(
    private readonly machine: Machine,
    private readonly program: MapProgram,
  ) {
    checkResults(program);
    this.ready = new Ready(machine);
    this.position = usesPosition(program.results.map((r) => r.parts[0]));
  }

  flat(n: number, operands: readonly AnyOperand[]): void {
    const strides = operands.map((o) => [
      o.buffer === null || (n !== 1 && (o as { size?: number }).size === 1) ? 0 : o.dtype.itemsize,
    ]);
    this.run([n], operands, strides);
  }

  run(shape: readonly number[], operands: readonly AnyOperand[], strides: readonly (readonly number[])[]): void {
    if (shape.includes(0)) return;
    const { program, machine } = this;
    const count = program.operands.length;
    const inputs = inputsOf(machine, operands.slice(0, count), program.name);
    const none = shape.map(() => false);
    const walks = operands.slice(0, count).map((o, i) => wordStrides(o, strides[i], shape.length));
    if (this.position)
      walks.push(
        countingSteps(
          shape,
          shape.map(() => true),
        ),
      );
    // All are computed before any is stored: a result may lie where an operand did.
    const made = program.results.map((_, r): [number, Handle] => {
      const out = operands[count + r];
      const l = layoutOf(shape, walks, none, wordStrides(out, strides[count + r], shape.length));
      const t = targetOf(machine, out, l, program.name);
      if (!t.whole) checkApart(l, program.name);
      return [t.id, this.one(r, l, t, inputs)];
    });
    for (const [id, h] of made) machine.store(id, h);
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
