import type { Program } from '../../../ir/expr.js';
import type { AnyOperand, Kernel } from '../../device.js';
import { checkApart, type Layout } from './layout.js';
import type { Handle, Machine } from './machine.js';
import { checkResults, type Input, inputsOf, Ready, type Target, targetOf, wordStrides } from './program.js';

/** What a kernel is run on, in words. */
export interface Opened {
  readonly inputs: readonly Input[];
  /** The steps of the inputs along the axes. */
  readonly walks: readonly (readonly number[])[];
  /** Results, each with its steps. */
  readonly outs: readonly { readonly out: AnyOperand; readonly steps: readonly number[] }[];
}

/** Maps, folds and scans: how they are opened, and how their results are stored. */
export abstract class GlKernel<P extends Program> implements Kernel {
  protected readonly ready: Ready;

  /** @throws TypeError for results in dtypes that textures do not hold */
  constructor(
    protected readonly machine: Machine,
    protected readonly program: P,
  ) {
    checkResults(program);
    this.ready = new Ready(machine);
  }

  abstract run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced?: readonly boolean[],
  ): void;

  /** Whether an operand has one element for all places of a line of n. */
  protected abstract stays(o: AnyOperand, i: number, n: number): boolean;

  flat(n: number, operands: readonly AnyOperand[]): void {
    this.run(
      [n],
      operands,
      operands.map((o, i) => [o.buffer === null || this.stays(o, i, n) ? 0 : o.dtype.itemsize]),
    );
  }

  protected opened(rank: number, operands: readonly AnyOperand[], strides: readonly (readonly number[])[]): Opened {
    const count = this.program.operands.length;
    const steps = operands.map((o, i) => wordStrides(o, strides[i], rank));
    return {
      inputs: inputsOf(this.machine, operands.slice(0, count), this.program.name),
      walks: steps.slice(0, count),
      outs: operands.slice(count).map((out, r) => ({ out, steps: steps[count + r] })),
    };
  }

  /**
   * Computes results into their places. All are computed before any is stored: a result may lie where an operand did.
   * @param laid the layout of a result with these steps; null for one without elements
   */
  protected into(
    outs: Opened['outs'],
    laid: (steps: readonly number[]) => Layout | null,
    one: (r: number, l: Layout, t: Target) => Handle,
  ): void {
    const made: [number, Handle][] = [];
    outs.forEach(({ out, steps }, r) => {
      const l = laid(steps);
      if (l === null) return;
      const t = targetOf(this.machine, out, l, this.program.name);
      if (!t.whole) checkApart(l, this.program.name);
      made.push([t.id, one(r, l, t)]);
    });
    for (const [id, h] of made) this.machine.store(id, h);
  }
}
