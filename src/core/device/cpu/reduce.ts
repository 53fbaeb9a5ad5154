import type { ReduceProgram } from '../../ir/expr.js';
import type { AnyOperand, Kernel } from '../device.js';
import { reference } from '../reference/index.js';

/** Reductions and scans. */
export class FoldKernel implements Kernel {
  constructor(private readonly program: ReduceProgram) {}
  flat(n: number, operands: readonly AnyOperand[]): void {
    reference.prepare(this.program).flat(n, operands);
  }
  run(shape: readonly number[], operands: readonly AnyOperand[], strides: readonly (readonly number[])[], reduced?: readonly boolean[]): void {
    reference.prepare(this.program).run(shape, operands, strides, reduced);
  }
}
