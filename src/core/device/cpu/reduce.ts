import { byName, type DType } from '../../dtype.js';
import { arg, cast, type Expr, type ReduceProgram, type Result } from '../../ir/expr.js';
import { pairwiseForm, runOf, WHOLE } from '../../ir/pairwise.js';
import { simplify } from '../../ir/simplify.js';
import { cStrides } from '../../view.js';
import { arrange, type Axes } from '../axes.js';
import type { AnyOperand, Immediate, Kernel } from '../device.js';
import { boxOf, eachBox, joinAxes } from './boxes.js';
import { allocate } from './buffer.js';
import { buildFold } from './foldcode.js';
import type { FoldCode, FoldSource, Mode } from './foldsource.js';
import { heap, PARAMS } from './heap.js';
import { foldLongRuns } from './longruns.js';
import { MapKernel } from './map.js';
import { readsOf } from './mapcode.js';
import { type Class, CONTIGUOUS, FIXED, STRIDED } from './ports.js';
import { isSmall, type Placed, placeImmediate, stage, unstage } from './operands.js';
import { RowFold, RowScan } from './rows.js';
import { runTiled } from './tiles.js';

/**
 * Reductions and scans.
 *
 * NumPy's iterator decides how a sum is formed. Where the innermost axis in memory is reduced, its elements are a run that is summed
 * pairwise; where it is kept, rows are added to rows, which is an elementwise map onto accumulators. Both are made here the same
 * way: runs by the code of foldcode.ts, rows by map kernels.
 */

/** Runs shorter than this go row by row where the order allows it. */
const SHORT = 16;
/** Rows shorter than this go run by run. */
const NARROW = 8;
/** Where there are no more elements than this, rows would cost more to set up than they save. */
const FEW = 1024;

export class FoldKernel implements Kernel {
  private readonly program: ReduceProgram;
  private readonly source: FoldSource;
  private readonly dtypes: readonly DType[];
  private readonly inputs: number;
  private readonly variants = new Map<string, FoldCode>();
  private readonly reorder: boolean;
  private rowFold: RowFold | null = null;
  /** The last run whose operands were all in the heap: small reductions mostly come again with the same shape. */
  private last: Remembered | null = null;
  private written: Block | null = null;
  private rowScan: RowScan | null = null;
  /** For runs that are laid out first: what lays them out, and the same fold over what was laid out. */
  private laid: { readonly values: MapKernel; readonly fold: FoldKernel } | null = null;

  /** @param laid the source of a fold whose values lie ready in further operands */
  constructor(program: ReduceProgram, laid: FoldSource | null = null) {
    this.program = program;
    if (laid !== null) {
      const operands = [...laid.operands, ...laid.types.map((t) => byName[t] as DType)];
      const k = laid.operands.length;
      const map = laid.types.map((t, i) => arg(k + i, t));
      this.inputs = operands.length;
      this.dtypes = [...operands, ...laid.results.map((r) => byName[r.dtype] as DType)];
      this.source = { ...laid, operands, map, ...readsOf(map, operands.length) };
      this.reorder = false;
      return;
    }
    const pairwise = program.order === 'pairwise' && program.kind === 'reduce';
    const form = pairwise
      ? pairwiseForm(program)
      : { types: program.map.map((e) => e.type), map: program.map, combine: program.combine, half: false };
    const initial = program.initial === null ? null : program.initial.map((e) => (form.half ? cast(e, 'float32') : e));
    const finish = program.results.flatMap((r) => r.parts);
    const all = simplify([...form.map, ...form.combine, ...(initial ?? []), ...finish]);
    let at = 0;
    const next = (n: number): Expr[] => all.slice(at, (at += n));
    const map = next(form.map.length);
    const combine = next(form.combine.length);
    const start = initial === null ? null : next(initial.length);
    const results: Result[] = program.results.map((r) => ({ dtype: r.dtype, parts: next(r.parts.length) }));
    const operands = program.operands.map((n) => byName[n] as DType);
    this.inputs = operands.length;
    this.dtypes = [...operands, ...results.map((r) => byName[r.dtype] as DType)];
    this.source = {
      operands,
      results,
      types: form.types,
      map,
      combine,
      initial: start,
      half: form.half,
      ...readsOf(map, operands.length),
    };
    this.reorder = program.kind === 'reduce' && (pairwise || symmetric(combine)) && !this.source.position;
  }

  flat(n: number, operands: readonly AnyOperand[]): void {
    const strides = operands.map((o, i) => [
      o.buffer === null || (i >= this.inputs && this.program.kind === 'reduce') ? 0 : this.dtypes[i].itemsize,
    ]);
    this.run([n], operands, strides, [true]);
  }

  run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[] = shape.map(() => true),
  ): void {
    if (this.last !== null && this.last.again(shape, operands, strides, reduced)) return;
    for (let d = 0; d < shape.length; d++) if (shape[d] === 0 && !reduced[d]) return;
    this.last = null;
    const walk = operands.map((o, i) => (o.buffer === null ? shape.map(() => 0) : strides[i]));
    if (this.source.position) {
      let step = 1;
      const place = shape.map(() => 0);
      for (let d = shape.length - 1; d >= 0; d--) {
        if (!reduced[d]) continue;
        place[d] = step;
        step *= shape[d];
      }
      walk.push(place);
    }
    // Backward axes are turned only where the order of the fold does not show: NumPy leaves them.
    const axes = arrange(shape, walk, reduced, this.inputs, this.reorder, this.reorder && this.program.order === 'any');
    const start = axes.shift.map((s, i) => (i < operands.length ? operands[i].offset : 0) + s);
    if (this.program.kind === 'scan') this.scan(axes, start, operands);
    else this.reduce(axes, start, operands);
    const block = this.written;
    this.written = null;
    if (block !== null) this.last = new Remembered(shape, strides, reduced, operands, axes.shift, block);
  }

  private reduce(axes: Axes, start: readonly number[], operands: readonly AnyOperand[]): void {
    const nd = axes.shape.length;
    const order = this.program.order;
    const kept: number[] = [];
    const folded: number[] = [];
    for (let d = 0; d < nd; d++) (axes.reduced[d] ? folded : kept).push(d);
    if (folded.some((d) => axes.shape[d] === 0)) {
      this.rows().empty(axes, kept, start, operands);
      return;
    }
    const last = nd - 1;
    let mode: Mode = order === 'any' ? 'any' : 'sequential';
    let byRows: boolean;
    if (folded.length === 0) byRows = nd > 0;
    else if (axes.reduced[last]) {
      const most = kept.length === 0 ? 0 : Math.max(...kept.map((d) => axes.shape[d]));
      byRows = order !== 'pairwise' && most >= 4 * SHORT && axes.shape[last] < SHORT;
      if (order === 'pairwise') mode = 'pairwise';
    } else if (axes.shape.reduce((t, n) => t * n, 1) <= FEW) byRows = false;
    else byRows = !(axes.shape[last] < NARROW && Math.max(...folded.map((d) => axes.shape[d])) >= 64);
    if (byRows) {
      this.rows().run(axes, kept, folded, start, operands);
      return;
    }
    let chunk = WHOLE;
    if (mode === 'pairwise') {
      const ends: number[] = [];
      for (let d = last; d >= 0 && axes.reduced[d]; d--) ends.push(axes.shape[d]);
      const run = runOf(ends, this.program.buffered === true);
      chunk = run.chunk;
      if (run.axes > 1) {
        this.byBuffer(axes, kept, folded, start, operands, run);
        return;
      }
    }
    this.byRuns(axes, kept, folded, start, operands, mode, chunk);
  }

  /**
   * Runs over several axes that are no single walk through memory: their values are laid out one after the other first, for as many
   * outputs at a time as make it worth it.
   */
  private byBuffer(
    axes: Axes,
    kept: readonly number[],
    folded: readonly number[],
    start: readonly number[],
    operands: readonly AnyOperand[],
    run: { axes: number; chunk: number },
  ): void {
    const k = this.inputs;
    const n = operands.length;
    const s = this.source;
    this.laid ??= {
      values: new MapKernel({
        operands: this.program.operands,
        results: s.map.map((e) => ({ dtype: e.type, parts: [e] })),
      }),
      fold: new FoldKernel(this.program, s),
    };
    const { values, fold } = this.laid;
    const each = folded.reduce((t, d) => t * axes.shape[d], 1);
    const room = Math.max(1, Math.floor(524288 / each));
    const box = boxOf(
      kept.map((d) => axes.shape[d]),
      room,
    );
    const boxAxes = kept.slice(box.from);
    const outer = folded.slice(0, folded.length - run.axes);
    const length = folded.slice(folded.length - run.axes).reduce((t, d) => t * axes.shape[d], 1);
    const device = operands[k].buffer!.device;
    const most = box.most * each;
    const store = s.types.map((t) => ({
      dtype: byName[t] as DType,
      buffer: allocate(device, most * byName[t].itemsize),
      offset: 0,
    }));
    eachBox(box, kept, axes, start, (at, shape) => {
      const lengths = [...shape, ...folded.map((d) => axes.shape[d])];
      const go = lengths.slice();
      const walk = [
        ...operands.slice(0, k).map((_, i) => [...boxAxes, ...folded].map((d) => axes.strides[i][d])),
        ...store.map((o) => cStrides(lengths, o.dtype.itemsize)),
      ];
      const begin = [...at.slice(0, k), ...store.map(() => 0)];
      if (s.position) {
        walk.push([...boxAxes.map(() => 0), ...folded.map((d) => axes.strides[n][d])]);
        begin.push(at[n]);
      }
      joinAxes(go, walk);
      values.launch(go, walk, begin, [...operands.slice(0, k), ...store]);
      const dims = [...shape, ...outer.map((d) => axes.shape[d]), length];
      const lead = (i: number): number[] => [...boxAxes.map((d) => axes.strides[i][d]), ...outer.map(() => 0), 0];
      const over: Axes = {
        shape: dims,
        strides: [
          ...operands.slice(0, k).map((_, i) => lead(i)),
          ...store.map((o) => cStrides(dims, o.dtype.itemsize)),
          ...operands.slice(k).map((_, i) => lead(k + i)),
        ],
        reduced: dims.map((_, d) => d >= shape.length),
        shift: [],
      };
      const all = [...operands.slice(0, k), ...store, ...operands.slice(k)];
      const offsets = [...at.slice(0, k), ...store.map(() => 0), ...at.slice(k, n)];
      const ids = dims.map((_, d) => d);
      fold.byRuns(over, ids.slice(0, shape.length), ids.slice(shape.length), offsets, all, 'pairwise', run.chunk);
    });
    for (const o of store) o.buffer.free();
  }

  // ---- runs -------------------------------------------------------------------------------------------------------------

  private rows(): RowFold {
    return this.rowFold ?? (this.rowFold = new RowFold(this.program, this.source.position));
  }

  private code(classes: readonly Class[], mode: Mode): FoldCode {
    const key = mode + classes.join('');
    let c = this.variants.get(key);
    if (c === undefined) this.variants.set(key, (c = buildFold(this.source, classes, mode)));
    return c;
  }

  private byRuns(
    axes: Axes,
    kept: readonly number[],
    folded: readonly number[],
    start: readonly number[],
    operands: readonly AnyOperand[],
    mode: Mode,
    chunk: number,
  ): void {
    const n = operands.length;
    const k = this.inputs;
    const order = [...kept, ...folded];
    const sizes = order.map((d) => axes.shape[d]);
    const walk = axes.strides.map((s) => order.map((d) => s[d]));
    const pointers: number[] = new Array<number>(n).fill(0);
    const tiled: number[] = [];
    const back: number[] = [];
    for (let i = 0; i < n; i++) {
      const o = operands[i];
      if (o.buffer === null) {
        pointers[i] = placeImmediate(o as Immediate, i);
        continue;
      }
      const b = o.buffer as Placed;
      if (b.address >= 0) pointers[i] = b.address + start[i];
      else if (isSmall(b.nbytes)) {
        pointers[i] = stage(b, 0, b.nbytes, i, true) + start[i];
        if (i >= k) back.push(i);
      } else tiled.push(i);
    }
    const position = start.length > n ? start[n] : 0;
    if (tiled.length === 0) {
      const block = this.execute(sizes, walk, pointers, position, folded.length, mode, chunk);
      if (operands.every((o) => o.buffer === null || (o.buffer as Placed).address >= 0)) this.written = block;
    } else {
      const task = {
        sizes,
        walk,
        start,
        operands,
        pointers,
        tiled,
        dtypes: this.dtypes,
        inputs: k,
        whole: folded.length,
      };
      if (!runTiled(task, (shape, w, at, pos) => this.execute(shape, w, at, pos, folded.length, mode, chunk))) {
        // Which writes results where they belong: what was staged of them is not copied back.
        const codeFor = (packed: readonly number[]): FoldCode => {
          const classes = this.classesAlong(walk, sizes.length - 1);
          return this.code(
            classes.map((c, i) => (packed.includes(i) && c === STRIDED ? CONTIGUOUS : c)),
            mode,
          );
        };
        foldLongRuns({ ...task, source: this.source, k, folded: folded.length, mode, chunk, codeFor });
        return;
      }
    }
    for (const i of back) {
      const b = operands[i].buffer as Placed;
      unstage(b, 0, b.nbytes, pointers[i] - start[i]);
    }
  }

  private classesAlong(walk: readonly (readonly number[])[], axis: number): Class[] {
    return this.source.operands.map((d, i) => {
      const s = axis < 0 ? 0 : walk[i][axis];
      return s === d.itemsize ? CONTIGUOUS : s === 0 ? FIXED : STRIDED;
    });
  }

  /** Runs the code; the last `folded` axes are the reduced ones. */
  private execute(
    sizes: readonly number[],
    walk: readonly (readonly number[])[],
    pointers: readonly number[],
    position: number,
    folded: number,
    mode: Mode,
    chunk: number,
  ): Block {
    const last = sizes.length - 1;
    const code = this.code(this.classesAlong(walk, folded === 0 ? -1 : last), mode);
    const { layout } = code;
    const h = heap();
    const k = pointers.length;
    const kept = sizes.length - folded;
    h.i32[PARAMS >> 2] = folded === 0 ? 1 : sizes[last];
    h.i32[(PARAMS >> 2) + 1] = kept;
    for (let i = 0; i < k; i++) h.u32[((PARAMS + layout.pointers) >> 2) + i] = pointers[i];
    code.strided.forEach((i, q) => {
      h.i32[((PARAMS + layout.strides) >> 2) + q] = walk[i][last];
    });
    if (this.source.position) {
      h.f64[(PARAMS + layout.position) >> 3] = position;
      h.f64[((PARAMS + layout.position) >> 3) + 1] = folded === 0 ? 0 : walk[k][last];
    }
    let record = PARAMS + layout.dims;
    const head = record >> 2;
    h.i32[head] = Math.max(0, folded - 1);
    h.i32[head + 1] = chunk;
    for (let i = 0; i < k; i++) h.i32[head + 2 + i] = folded === 0 ? 0 : walk[i][last];
    record += layout.record;
    const put = (d: number): void => {
      const at = record >> 2;
      h.i32[at] = sizes[d];
      h.i32[at + 1] = 0;
      for (let i = 0; i < k; i++) h.i32[at + 2 + i] = walk[i][d];
      record += layout.record;
      if (this.source.position) h.f64[(record >> 3) - 1] = walk[k][d];
    };
    for (let d = last - 1; d >= kept; d--) put(d);
    for (let d = kept - 1; d >= 0; d--) put(d);
    code.main(PARAMS);
    return { code, bytes: record - PARAMS };
  }

  // ---- scans ------------------------------------------------------------------------------------------------------------

  private scan(axes: Axes, start: readonly number[], operands: readonly AnyOperand[]): void {
    const nd = axes.shape.length;
    if (axes.shape.some((s) => s === 0)) return;
    const axis = axes.reduced.indexOf(true);
    const kept: number[] = [];
    for (let d = 0; d < nd; d++) if (d !== axis) kept.push(d);
    const inside = operands.every(
      (o) => o.buffer === null || (o.buffer as Placed).address >= 0 || isSmall(o.buffer.nbytes),
    );
    const row = kept.length === 0 ? 0 : axes.shape[kept[kept.length - 1]];
    if (inside && axis >= 0 && (axis === nd - 1 || row < NARROW)) {
      this.byRuns(axes, kept, [axis], start, operands, 'scan', WHOLE);
      return;
    }
    this.rowScan ??= new RowScan(this.program);
    this.rowScan.run(axes, kept, axis, start, operands);
  }
}

/** Code, and the length of the parameter block that was written for it. */
interface Block {
  readonly code: FoldCode;
  readonly bytes: number;
}

/** A run that can be done again, on other operands of the same layout, without working out how. */
class Remembered {
  private readonly shape: readonly number[];
  private readonly strides: readonly (readonly number[])[];
  private readonly reduced: readonly boolean[];
  private readonly lone: readonly boolean[];
  private readonly words: Int32Array;

  /** To be made when the block has just been run: all of its counters are zero again. */
  constructor(
    shape: readonly number[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[],
    operands: readonly AnyOperand[],
    private readonly shift: readonly number[],
    private readonly block: Block,
  ) {
    this.shape = shape.slice();
    this.strides = strides.map((s) => s.slice());
    this.reduced = reduced.slice();
    this.lone = operands.map((o) => o.buffer === null);
    this.words = heap().i32.slice(PARAMS >> 2, (PARAMS + block.bytes) >> 2);
  }

  /** Does the run again when the layout is the same and all operands are in the heap. */
  again(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[],
  ): boolean {
    const nd = shape.length;
    if (nd !== this.shape.length) return false;
    for (let d = 0; d < nd; d++) if (shape[d] !== this.shape[d] || reduced[d] !== this.reduced[d]) return false;
    const n = operands.length;
    for (let i = 0; i < n; i++) {
      const o = operands[i];
      if ((o.buffer === null) !== this.lone[i]) return false;
      if (o.buffer === null) continue;
      if ((o.buffer as Placed).address < 0) return false;
      const mine = this.strides[i];
      const theirs = strides[i];
      for (let d = 0; d < nd; d++) if (mine[d] !== theirs[d]) return false;
    }
    const h = heap();
    const { words, block } = this;
    const at = PARAMS >> 2;
    for (let w = 0; w < words.length; w++) h.i32[at + w] = words[w];
    const pointers = (PARAMS + block.code.layout.pointers) >> 2;
    for (let i = 0; i < n; i++) {
      const o = operands[i];
      h.u32[pointers + i] =
        o.buffer === null ? placeImmediate(o as Immediate, i) : (o.buffer as Placed).address + o.offset + this.shift[i];
    }
    block.code.main(PARAMS);
    return true;
  }
}

/** Whether a combine step treats accumulator and value alike, so that NumPy may turn and sort axes. */
function symmetric(combine: readonly Expr[]): boolean {
  const [c] = combine;
  return (
    combine.length === 1 &&
    (c.op === 'add' || c.op === 'mul' || c.op === 'min' || c.op === 'max') &&
    c.args[0].op === 'acc' &&
    c.args[1].op === 'val'
  );
}
