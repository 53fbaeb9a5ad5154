import { acc, add, and, arg, konst, mul, or, type ReduceProgram, val } from '../../../ir/expr.js';
import type { MatrixProduct } from '../../device.js';
import { GlFold } from './fold.js';
import type { Machine } from './machine.js';
import { checkDtype } from './program.js';

/** Matrix products are folds of products: a thread for each result, blocks of 256 added up. */

type Multiplied = 'float32' | 'int32' | 'uint32' | 'bool';

const product = (type: Multiplied): ReduceProgram => ({
  kind: 'reduce',
  name: 'matmul',
  operands: [type, type],
  map: [type === 'bool' ? and(arg(0, type), arg(1, type)) : mul(arg(0, type), arg(1, type))],
  combine: [type === 'bool' ? or(acc(0, type), val(0, type)) : add(acc(0, type), val(0, type))],
  initial: [konst(type, 0)],
  order: 'sequential',
  results: [{ dtype: type, parts: [acc(0, type)] }],
});

export function matmulOf(machine: Machine): (p: MatrixProduct) => void {
  const ready = new Map<string, GlFold>();
  return (p) => {
    const { name } = p.dtype;
    checkDtype(p.dtype, 'matmul');
    let fold = ready.get(name);
    if (fold === undefined) ready.set(name, (fold = new GlFold(machine, product(name as Multiplied))));
    const none = (shape: readonly number[]): number[] => shape.map(() => 0);
    const { left, right, out } = p;
    fold.run(
      [...p.batch, ...p.m, ...p.n, ...p.k],
      [left, right, out].map((o) => ({ dtype: p.dtype, buffer: o.buffer, offset: o.offset })),
      [
        [...left.batch, ...left.rows, ...none(p.n), ...left.columns],
        [...right.batch, ...none(p.m), ...right.columns, ...right.rows],
        [...out.batch, ...out.rows, ...out.columns, ...none(p.k)],
      ],
      [...none([...p.batch, ...p.m, ...p.n]).map(() => false), ...none(p.k).map(() => true)],
    );
  };
}
