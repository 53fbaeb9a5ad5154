import { byName, type DType } from '../../dtype.js';
import { arg, type Expr, type ReduceProgram, type Result } from '../../ir/expr.js';
import { rewriter } from '../../ir/rewrite.js';
import { cStrides } from '../../view.js';
import type { Axes } from '../axes.js';
import type { AnyOperand, Operand } from '../device.js';
import { accumulators, type Box, boxOf, eachBox, joinAxes } from './boxes.js';
import { MapKernel } from './map.js';

/**
 * Reductions and scans row by row: a row of accumulators lies in scratch memory, and each step is an elementwise map onto it.
 */

type Row = readonly number[];

/** One result for each expression, in the expression's own type. */
const plain = (exprs: readonly Expr[]): Result[] => exprs.map((e) => ({ dtype: e.type, parts: [e] }));
const rewritten = (results: readonly Result[], f: (e: Expr) => Expr): Result[] =>
  results.map((r) => ({ dtype: r.dtype, parts: r.parts.map(f) }));

/** Accumulators and values as operands: what follows the program's own are the accumulators. */
const onOperands = (p: ReduceProgram): ((e: Expr) => Expr) => {
  const k = p.operands.length;
  return rewriter((e) => (e.op === 'acc' ? arg(k + e.index, e.type) : e.op === 'val' ? p.map[e.index] : null));
};
/** The same for a number of rows that are taken one after the other in one step: their operands come first, row by row. */
function manyOnOperands(p: ReduceProgram, rows: number): Expr[] {
  const k = p.operands.length;
  let accs: readonly Expr[] = p.map.map((e, i) => arg(rows * k + i, e.type));
  for (let r = 0; r < rows; r++) {
    const now = accs;
    const moved = rewriter((e) => (e.op === 'arg' ? arg(r * k + e.index, e.type, e.part as 0 | 1) : null));
    const values = p.map.map(moved);
    accs = p.combine.map(rewriter((e) => (e.op === 'acc' ? now[e.index] : e.op === 'val' ? values[e.index] : null)));
  }
  return [...accs];
}
const onFirst = (first: readonly Expr[]): ((e: Expr) => Expr) =>
  rewriter((e) => (e.op === 'acc' ? first[e.index] : null));

abstract class Rows {
  protected readonly accs: readonly Operand[];
  protected readonly room: number;
  protected readonly inputs: number;

  constructor(
    protected readonly program: ReduceProgram,
    protected readonly position: boolean,
  ) {
    const { operands, room } = accumulators(program.map.map((e) => byName[e.type] as DType));
    this.accs = operands;
    this.room = room;
    this.inputs = program.operands.length;
  }

  protected box(axes: Axes, kept: Row): Box {
    return boxOf(
      kept.map((d) => axes.shape[d]),
      this.room,
    );
  }

  /** Strides of the accumulators of a box. */
  protected packed(shape: Row): number[][] {
    return this.accs.map((o) => cStrides(shape, o.dtype.itemsize));
  }

  protected launch(
    kernel: MapKernel,
    shape: Row,
    walk: readonly Row[],
    start: Row,
    operands: readonly AnyOperand[],
  ): void {
    const sizes = shape.slice();
    const steps = walk.map((w) => w.slice());
    joinAxes(sizes, steps);
    kernel.launch(sizes, steps, start.slice(), operands);
  }
}

/** Rows that are taken in one step, so that accumulators are read and written once for all of them. */
const TOGETHER = 4;
/** Below so many steps, or elements of a row, the second kernel is not worth its making. */
const LEAST_STEPS = 4;
const LEAST_ROW = 64;

export class RowFold extends Rows {
  private readonly init: MapKernel;
  private readonly step: MapKernel;
  private several: MapKernel | null = null;
  private readonly finish: MapKernel;
  private nothing: MapKernel | null = null;

  constructor(program: ReduceProgram, position: boolean) {
    super(program, position);
    const operands = [...program.operands, ...program.map.map((e) => e.type)];
    const f = onOperands(program);
    this.init = new MapKernel({ operands: program.operands, results: plain(program.initial ?? program.map) });
    this.step = new MapKernel({ operands, results: plain(program.combine.map(f)) });
    this.finish = new MapKernel({ operands, results: rewritten(program.results, f) });
  }

  /** Results where there is nothing to fold. */
  empty(axes: Axes, kept: Row, start: Row, operands: readonly AnyOperand[]): void {
    const p = this.program;
    this.nothing ??= new MapKernel({
      operands: p.operands,
      results: rewritten(p.results, onFirst(p.initial ?? p.map)),
    });
    const n = operands.length;
    const shape = kept.map((d) => axes.shape[d]);
    const walk = axes.strides.slice(0, n).map((s) => kept.map((d) => s[d]));
    this.nothing.launch(shape, walk, start.slice(0, n), operands);
  }

  /** A kernel for several rows at once, where the program is plain enough. */
  private manyRows(): MapKernel | null {
    const p = this.program;
    if (this.position || this.inputs !== 1 || p.map.length > 2) return null;
    // Extremes are several instructions each: what is saved on memory is less than what is lost on registers.
    if (p.combine.some((e) => e.op === 'min' || e.op === 'max')) return null;
    return (this.several ??= new MapKernel({
      operands: [...new Array<(typeof p.operands)[number]>(TOGETHER).fill(p.operands[0]), ...p.map.map((e) => e.type)],
      results: plain(manyOnOperands(p, TOGETHER)),
    }));
  }

  run(axes: Axes, kept: Row, folded: Row, start: Row, operands: readonly AnyOperand[]): void {
    const p = this.program;
    const k = this.inputs;
    const n = operands.length;
    const box = this.box(axes, kept);
    const boxAxes = kept.slice(box.from);
    const inputs = operands.slice(0, k);
    const outputs = operands.slice(k);
    const atAccs = this.accs.map((o) => o.offset);
    const along = operands.map((_, i) => boxAxes.map((d) => axes.strides[i][d]));
    const ins = along.slice(0, k);
    const lengths = folded.map((d) => axes.shape[d]);
    eachBox(box, kept, axes, start, (at, shape) => {
      const packed = this.packed(shape);
      // How the reduced axes lead through the inputs, from a first index of the outermost of them.
      const fold = (over: Row, lengths: Row, first: Row): void => {
        let sizes = lengths;
        let begin = first;
        const groups = over.length === 1 ? Math.floor(sizes[0] / TOGETHER) : 0;
        const many = groups >= LEAST_STEPS && shape.reduce((m, x) => m * x, 1) >= LEAST_ROW ? this.manyRows() : null;
        if (many !== null) {
          const by = axes.strides[0][over[0]];
          const row = (r: number): number => begin[0] + r * by;
          const accs = packed.map((s) => [0, ...s]);
          const each = Array.from({ length: TOGETHER }, () => [TOGETHER * by, ...ins[0]]);
          const from = [...each.map((_, r) => row(r)), ...atAccs, ...atAccs];
          this.launch(many, [groups, ...shape], [...each, ...accs, ...accs], from, [
            ...each.map(() => inputs[0]),
            ...this.accs,
            ...this.accs,
          ]);
          const left = sizes[0] - groups * TOGETHER;
          if (left === 0) return;
          begin = begin.map((o, i) => o + groups * TOGETHER * axes.strides[i][over[0]]);
          sizes = [left];
        }
        const still = over.map(() => 0);
        const lead = (i: number): number[] => over.map((d) => axes.strides[i][d]);
        const rows = packed.map((s) => [...still, ...s]);
        const walk = [...ins.map((s, i) => [...lead(i), ...s]), ...rows, ...rows];
        const from = [...begin.slice(0, k), ...atAccs, ...atAccs];
        if (this.position) {
          walk.push([...lead(n), ...boxAxes.map(() => 0)]);
          from.push(begin[n]);
        }
        this.launch(this.step, [...sizes, ...shape], walk, from, [...inputs, ...this.accs, ...this.accs]);
      };
      const walk: Row[] = [...ins, ...packed];
      const from = [...at.slice(0, k), ...atAccs];
      if (this.position && p.initial === null) {
        walk.push(boxAxes.map(() => 0));
        from.push(at[n]);
      }
      this.launch(this.init, shape, walk, from, [...inputs, ...this.accs]);
      if (p.initial !== null) fold(folded, lengths, at);
      else {
        // All but the first element: the rest of each axis at the first index of those outside of it, innermost first.
        for (let i = folded.length - 1; i >= 0; i--) {
          if (lengths[i] === 1) continue;
          const begin = at.map((o, q) => o + axes.strides[q][folded[i]]);
          fold(folded.slice(i), [lengths[i] - 1, ...lengths.slice(i + 1)], begin);
        }
      }
      const last = [...at.slice(0, k), ...atAccs, ...at.slice(k, n)];
      this.launch(this.finish, shape, [...ins, ...packed, ...along.slice(k)], last, [
        ...inputs,
        ...this.accs,
        ...outputs,
      ]);
    });
  }
}

export class RowScan extends Rows {
  private readonly init: MapKernel;
  private readonly step: MapKernel;

  constructor(program: ReduceProgram) {
    super(program, false);
    const p = program;
    const next = p.combine.map(onOperands(p));
    const shown = (accs: readonly Expr[]): Result[] => [...plain(accs), ...rewritten(p.results, onFirst(accs))];
    this.init = new MapKernel({ operands: p.operands, results: p.initial !== null ? plain(p.initial) : shown(p.map) });
    this.step = new MapKernel({ operands: [...p.operands, ...p.map.map((e) => e.type)], results: shown(next) });
  }

  /** @param axis the scanned axis, or -1 when it has one element only and was dropped */
  run(axes: Axes, kept: Row, axis: number, start: Row, operands: readonly AnyOperand[]): void {
    const k = this.inputs;
    const n = operands.length;
    const box = this.box(axes, kept);
    const length = axis < 0 ? 1 : axes.shape[axis];
    const inputs = operands.slice(0, k);
    const outputs = operands.slice(k);
    const atAccs = this.accs.map((o) => o.offset);
    const by = operands.map((_, i) => (axis < 0 ? 0 : axes.strides[i][axis]));
    const first = this.program.initial === null;
    eachBox(box, kept, axes, start, (at, shape) => {
      // The innermost axis must be a kept one: accumulators that stand still along it would be read only once.
      const lone = shape.length === 0;
      if (lone) shape.push(1);
      const packed = this.packed(shape);
      const along = operands.map((_, i) => (lone ? [0] : kept.slice(box.from).map((d) => axes.strides[i][d])));
      const lead = (s: Row, by: number): number[] => [by, ...s];
      const rows = packed.map((s) => lead(s, 0));
      this.init.launch(
        shape.slice(),
        [...along.slice(0, k), ...packed, ...(first ? along.slice(k) : [])].map((s) => s.slice()),
        [...at.slice(0, k), ...atAccs, ...(first ? at.slice(k, n) : [])],
        [...inputs, ...this.accs, ...(first ? outputs : [])],
      );
      const skip = first ? 1 : 0;
      if (length === skip) return;
      const begin = operands.map((_, i) => at[i] + skip * by[i]);
      const walk = along.map((s, i) => lead(s, by[i]));
      this.step.launch(
        [length - skip, ...shape],
        [...walk.slice(0, k), ...rows, ...rows.map((s) => s.slice()), ...walk.slice(k)],
        [...begin.slice(0, k), ...atAccs, ...atAccs, ...begin.slice(k)],
        [...inputs, ...this.accs, ...this.accs, ...outputs],
      );
    });
  }
}
