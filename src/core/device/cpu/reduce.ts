import { byName, type DType, isWide, type ScalarType } from '../../dtype.js';
import { evaluator, roundHalf, type Value } from '../../ir/evaluate.js';
import { arg, cast, type Expr, type ReduceProgram, type Result } from '../../ir/expr.js';
import { pairwiseForm, runOf, splitAt, WHOLE } from '../../ir/pairwise.js';
import { rewriter } from '../../ir/rewrite.js';
import { simplify } from '../../ir/simplify.js';
import { type Accessor, accessor, halfToNumber, numberToHalf } from '../access.js';
import { arrange, type Axes } from '../axes.js';
import type { AnyOperand, HostBuffer, Immediate, Kernel } from '../device.js';
import { cStrides } from '../../view.js';
import { allocate } from './buffer.js';
import { buildFold, type FoldCode, type FoldSource, type Mode } from './foldcode.js';
import { heap, PARAMS, ROWS, ROWS_BYTES, TILES, TILES_BYTES } from './heap.js';
import { MapKernel } from './map.js';
import { type Class, CONTIGUOUS, FIXED, readsOf, STRIDED } from './mapcode.js';
import { isSmall, moveBox, type Placed, placeImmediate, stage, unstage } from './operands.js';
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

export class FoldKernel implements Kernel {
  private readonly program: ReduceProgram;
  private readonly source: FoldSource;
  private readonly dtypes: readonly DType[];
  private readonly inputs: number;
  private readonly variants = new Map<string, FoldCode>();
  private readonly reorder: boolean;
  private rows: { readonly init: MapKernel; readonly step: MapKernel; readonly finish: MapKernel } | null = null;
  private scans: { readonly init: MapKernel; readonly step: MapKernel } | null = null;

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
    const form = pairwise ? pairwiseForm(program) : { types: program.map.map((e) => e.type), map: program.map, combine: program.combine, half: false };
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
      operands, results, types: form.types, map, combine, initial: start, half: form.half, ...readsOf(map, operands.length),
    }; // biome-ignore format: one line
    this.reorder = program.kind === 'reduce' && (pairwise || symmetric(combine)) && !this.source.position;
  }

  flat(n: number, operands: readonly AnyOperand[]): void {
    const strides = operands.map((o, i) => [o.buffer === null || (i >= this.inputs && this.program.kind === 'reduce') ? 0 : this.dtypes[i].itemsize]);
    this.run([n], operands, strides, [true]);
  }

  run(shape: readonly number[], operands: readonly AnyOperand[], strides: readonly (readonly number[])[], reduced: readonly boolean[] = shape.map(() => true)): void {
    for (let d = 0; d < shape.length; d++) if (shape[d] === 0 && !reduced[d]) return;
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
  }

  private reduce(axes: Axes, start: readonly number[], operands: readonly AnyOperand[]): void {
    const nd = axes.shape.length;
    const order = this.program.order;
    const kept: number[] = [];
    const folded: number[] = [];
    for (let d = 0; d < nd; d++) (axes.reduced[d] ? folded : kept).push(d);
    if (folded.some((d) => axes.shape[d] === 0)) {
      this.launch(this.rowKernels().finishEmpty, axes, kept, start, operands);
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
    } else byRows = !(axes.shape[last] < NARROW && Math.max(...folded.map((d) => axes.shape[d])) >= 64);
    if (byRows) {
      this.byRows(axes, kept, folded, start, operands);
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
  private byBuffer(axes: Axes, kept: readonly number[], folded: readonly number[], start: readonly number[], operands: readonly AnyOperand[], run: { axes: number; chunk: number }): void {
    const k = this.inputs;
    const n = operands.length;
    const s = this.source;
    this.laid ??= { values: new MapKernel({ operands: this.program.operands, results: s.map.map((e) => ({ dtype: e.type, parts: [e] })) }), fold: new FoldKernel(this.program, s) };
    const { values, fold } = this.laid;
    const each = folded.reduce((t, d) => t * axes.shape[d], 1);
    const room = Math.max(1, Math.floor(524288 / each));
    const sizes = kept.map((d) => axes.shape[d]);
    let split = sizes.length - 1;
    let inside = 1;
    while (split >= 0 && inside * sizes[split] <= room) inside *= sizes[split--];
    const part = split < 0 ? 1 : Math.max(1, Math.floor(room / inside));
    const from = Math.max(0, split);
    const boxAxes = kept.slice(from);
    const outer = folded.slice(0, folded.length - run.axes);
    const length = folded.slice(folded.length - run.axes).reduce((t, d) => t * axes.shape[d], 1);
    const device = operands[k].buffer!.device;
    const most = inside * part * each;
    const store = s.types.map((t) => ({ dtype: byName[t] as DType, buffer: allocate(device, most * byName[t].itemsize), offset: 0 }));
    eachBox(sizes, kept, axes, start, split, part, (at, count) => {
      const shape = sizes.slice(from);
      if (split >= 0) shape[0] = count;
      const lengths = [...shape, ...folded.map((d) => axes.shape[d])];
      const packed = (size: number, dims: readonly number[]): number[] => cStrides(dims, size);
      const go = lengths.slice();
      const walk = [
        ...operands.slice(0, k).map((_, i) => [...boxAxes, ...folded].map((d) => axes.strides[i][d])),
        ...store.map((o) => packed(o.dtype.itemsize, lengths)),
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
        strides: [...operands.slice(0, k).map((_, i) => lead(i)), ...store.map((o) => packed(o.dtype.itemsize, dims)), ...operands.slice(k).map((_, i) => lead(k + i))],
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

  // ---- rows -------------------------------------------------------------------------------------------------------------

  private rowKernels(): { readonly init: MapKernel; readonly step: MapKernel; readonly finish: MapKernel; readonly finishEmpty: MapKernel } {
    if (this.rows === null) {
      const p = this.program;
      const k = this.inputs;
      const accTypes = p.map.map((e) => e.type);
      const accs: Result[] = p.combine.map((e) => ({ dtype: e.type, parts: [e] }));
      const withAcc = rewriter((e) => (e.op === 'acc' ? arg(k + e.index, e.type) : e.op === 'val' ? p.map[e.index] : null));
      const operands = [...p.operands, ...accTypes];
      const first = p.initial ?? p.map;
      const early = rewriter((e) => (e.op === 'acc' ? first[e.index] : null));
      const made = {
        init: new MapKernel({ operands: p.operands, results: first.map((e) => ({ dtype: e.type, parts: [e] })) }),
        step: new MapKernel({ operands, results: accs.map((r) => ({ dtype: r.dtype, parts: r.parts.map(withAcc) })) }),
        finish: new MapKernel({ operands, results: p.results.map((r) => ({ dtype: r.dtype, parts: r.parts.map(withAcc) })) }),
        finishEmpty: new MapKernel({ operands: p.operands, results: p.results.map((r) => ({ dtype: r.dtype, parts: r.parts.map(early) })) }),
      };
      this.rows = made;
    }
    return this.rows as ReturnType<FoldKernel['rowKernels']>;
  }

  /** Runs a map over some of the axes. */
  private launch(kernel: MapKernel, axes: Axes, over: readonly number[], start: readonly number[], operands: readonly AnyOperand[]): void {
    const n = operands.length;
    const sizes = over.map((d) => axes.shape[d]);
    const walk = axes.strides.slice(0, n).map((s) => over.map((d) => s[d]));
    kernel.launch(sizes, walk, start.slice(0, n), operands);
  }

  /** Rows of accumulators in scratch memory, a box of kept elements at a time. */
  private byRows(axes: Axes, kept: readonly number[], folded: readonly number[], start: readonly number[], operands: readonly AnyOperand[]): void {
    const p = this.program;
    const { init, step, finish } = this.rowKernels();
    const k = this.inputs;
    const accs = p.map.map((e) => byName[e.type] as DType);
    const bytes = accs.reduce((t, d) => t + d.itemsize, 0);
    const room = Math.min(4096, Math.floor(ROWS_BYTES / bytes) - 16);
    let addr = ROWS;
    const rowOperands = accs.map((dtype) => {
      const o = { dtype, buffer: SCRATCH, offset: addr };
      addr += Math.ceil((room * dtype.itemsize) / 16) * 16;
      return o;
    });
    const sizes = kept.map((d) => axes.shape[d]);
    // The box: whole inner kept axes as long as they fit, and a part of the next.
    let split = sizes.length - 1;
    let inside = 1;
    while (split >= 0 && inside * sizes[split] <= room) inside *= sizes[split--];
    const part = split < 0 ? 1 : Math.max(1, Math.floor(room / inside));
    const from = Math.max(0, split);
    const position = this.source.position;
    const inputs = operands.slice(0, k);
    const outputs = operands.slice(k);

    const box = (at: readonly number[], count: number): void => {
      const shape = sizes.slice(from);
      if (split >= 0) shape[0] = count;
      const boxAxes = kept.slice(from);
      const packed = accs.map((d) => {
        let size = d.itemsize;
        const s = shape.map(() => 0);
        for (let i = shape.length - 1; i >= 0; i--) {
          s[i] = size;
          size *= shape[i];
        }
        return s;
      });
      const over = (list: readonly number[]): number[][] => list.map((i) => boxAxes.map((d) => axes.strides[i][d]));
      const ins = over(inputs.map((_, i) => i));
      const outs = over(outputs.map((_, i) => k + i));
      const atIns = at.slice(0, k);
      const atAccs = rowOperands.map((o) => o.offset);
      const go = (kernel: MapKernel, shape: number[], walk: number[][], begin: number[], ops: readonly AnyOperand[]): void => {
        const w = walk.map((x) => x.slice());
        const sh = shape.slice();
        joinAxes(sh, w);
        kernel.launch(sh, w, begin, ops);
      };
      // How the reduced axes lead through the inputs, from the given first index of the outermost one.
      const fold = (list: readonly number[], lengths: readonly number[], begin: readonly number[], place: number): void => {
        const lead = (i: number): number[] => list.map((d) => axes.strides[i][d]);
        const walk = [
          ...ins.map((s, i) => [...lead(i), ...s]),
          ...packed.map((s) => [...list.map(() => 0), ...s]),
          ...packed.map((s) => [...list.map(() => 0), ...s]),
        ];
        const begins = [...begin.slice(0, k), ...atAccs, ...atAccs];
        if (position) {
          walk.push([...lead(operands.length), ...boxAxes.map(() => 0)]);
          begins.push(place);
        }
        go(step, [...lengths, ...shape], walk, begins, [...inputs, ...rowOperands, ...rowOperands]);
      };
      const lengths = folded.map((d) => axes.shape[d]);
      const place = position ? at[operands.length] : 0;
      const initWalk = [...ins, ...packed];
      const initBegin = [...atIns, ...atAccs];
      if (position && p.initial === null) {
        initWalk.push(boxAxes.map(() => 0));
        initBegin.push(place);
      }
      go(init, shape, initWalk, initBegin, [...inputs, ...rowOperands]);
      if (p.initial !== null) fold(folded, lengths, at, place);
      else {
        // All but the first element: the rest of each axis at the first index of those outside of it, innermost first.
        for (let i = folded.length - 1; i >= 0; i--) {
          const d = folded[i];
          if (lengths[i] === 1) continue;
          const rest = folded.slice(i);
          const begin = at.map((o, q) => o + axes.strides[q][d]);
          fold(rest, [lengths[i] - 1, ...lengths.slice(i + 1)], begin, position ? begin[operands.length] : 0);
        }
      }
      go(finish, shape, [...ins, ...packed, ...outs], [...atIns, ...atAccs, ...at.slice(k, operands.length)], [...inputs, ...rowOperands, ...outputs]);
    };
    eachBox(sizes, kept, axes, start, split, part, box);
  }

  // ---- runs -------------------------------------------------------------------------------------------------------------

  private code(classes: readonly Class[], mode: Mode): FoldCode {
    const key = mode + classes.join('');
    let c = this.variants.get(key);
    if (c === undefined) this.variants.set(key, (c = buildFold(this.source, classes, mode)));
    return c;
  }

  private byRuns(axes: Axes, kept: readonly number[], folded: readonly number[], start: readonly number[], operands: readonly AnyOperand[], mode: Mode, chunk: number): void {
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
    if (tiled.length === 0) this.execute(sizes, walk, pointers, position, folded.length, mode, chunk);
    else {
      const task = { sizes, walk, start, operands, pointers, tiled, dtypes: this.dtypes, inputs: k, whole: folded.length };
      if (!runTiled(task, (shape, w, at, pos) => this.execute(shape, w, at, pos, folded.length, mode, chunk))) {
        // Which writes results where they belong: what was staged of them is not copied back.
        this.longRuns(sizes, walk, start, operands, pointers, tiled, folded.length, mode, chunk);
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
  private execute(sizes: readonly number[], walk: readonly (readonly number[])[], pointers: readonly number[], position: number, folded: number, mode: Mode, chunk: number): void {
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
  }

  /** Runs over inputs outside of the heap that are longer than a tile: piece by piece, put together here. */
  private longRuns(
    sizes: readonly number[],
    walk: readonly (readonly number[])[],
    start: readonly number[],
    operands: readonly AnyOperand[],
    pointers: readonly number[],
    tiled: readonly number[],
    folded: number,
    mode: Mode,
    chunk: number,
  ): void {
    const s = this.source;
    const k = this.inputs;
    const n = operands.length;
    const h = heap();
    const last = sizes.length - 1;
    const keptCount = sizes.length - folded;
    const combine = evaluator(s.combine);
    const finish = evaluator(s.results.flatMap((r) => r.parts));
    const initial = s.initial === null ? null : evaluator(s.initial);
    const ports: (Accessor | null)[] = operands.map((o, i) => (o.buffer === null ? null : accessor(o.buffer as HostBuffer, this.dtypes[i].part)));
    const read = (at: readonly number[]) => (i: number, part: number): Value => {
      const p = ports[i];
      const o = operands[i];
      if (p === null) return part === 0 ? (o as Immediate).re : (o as Immediate).im;
      return p.get(at[i] + part * (this.dtypes[i].itemsize / this.dtypes[i].parts));
    };
    const share = Math.floor(TILES_BYTES / tiled.length / 64) * 64;
    const most = Math.floor(Math.floor(share / Math.max(...tiled.map((i) => this.dtypes[i].itemsize))) / 128) * 128;
    const classes = this.classesAlong(walk, last).map((c, i) => (tiled.includes(i) && c === STRIDED ? CONTIGUOUS : c));
    const code = this.code(classes, mode);
    const strides = code.strided.map((i) => walk[i][last]);
    /** Copies `count` elements from `at` into tiles and gives the arguments that describe them. */
    const bring = (at: readonly number[], count: number): (number | bigint)[] => {
      const args: (number | bigint)[] = [count];
      for (let i = 0; i < k; i++) {
        const t = tiled.indexOf(i);
        if (t < 0) {
          args.push(operands[i].buffer === null ? pointers[i] : pointers[i] + at[i] - start[i]);
          continue;
        }
        const b = operands[i].buffer as Placed;
        const source = b.memory !== undefined ? new Uint8Array(b.memory) : b.bytes;
        const base = b.memory !== undefined ? (b.base ?? 0) : 0;
        const step = walk[i][last];
        const size = this.dtypes[i].itemsize;
        moveBox(source, base + at[i], h.u8, TILES + t * share, size, [count], [step], [step === 0 ? 0 : size], true);
        args.push(TILES + t * share);
      }
      args.push(...strides);
      if (s.position) args.push(BigInt(at[n]), BigInt(walk[n][last]));
      return args;
    };
    const values = (out: unknown): Value[] => {
      const list = s.types.length === 1 ? [out] : [...(out as Iterable<unknown>)];
      return list.map((v, i) => fromMachine(s.types[i], v as Value));
    };
    /** Folds `count` elements with the accumulators so far. */
    const piece = (at: readonly number[], count: number, accs: readonly Value[] | null): Value[] => {
      const given = s.types.map((t, i) => toMachine(t, accs === null ? (isWide(t) ? 0n : 0) : accs[i]));
      return values(code.run(...bring(at, count), ...given, accs === null ? 0 : 1, WHOLE));
    };
    const parts = s.types.length === 2 ? 2 : 1;
    const at2 = (at: readonly number[], steps: number): number[] => at.map((o, i) => o + steps * walk[i][last]);
    const pairs = (at: readonly number[], count: number): Value[] => {
      if (count <= most) return values(code.sum!(...bring(at, count)));
      const m = splitAt(count, parts);
      const a = pairs(at, m);
      return combine({ acc: a, val: pairs(at2(at, m), count - m) });
    };
    const foldRun = (at: readonly number[], accs: readonly Value[] | null): readonly Value[] => {
      const total = sizes[last];
      let now: readonly Value[] | null = accs;
      if (mode !== 'pairwise') {
        for (let i = 0; i < total; i += most) now = piece(at2(at, i), Math.min(most, total - i), now);
        return now as readonly Value[];
      }
      let i = 0;
      if (now === null) {
        now = piece(at, 1, null);
        i = 1;
      }
      for (; i < total; i += chunk) {
        const count = Math.min(chunk, total - i);
        if (count <= most) now = piece(at2(at, i), count, now);
        else {
          now = combine({ acc: now, val: pairs(at2(at, i), count) });
          if (s.half) now = now.map((v) => roundHalf(v as number));
        }
      }
      return now;
    };
    const outer = (d: number, stop: number, at: readonly number[], body: (at: readonly number[]) => void): void => {
      if (d === stop) body(at);
      else for (let j = 0; j < sizes[d]; j++) outer(d + 1, stop, at.map((o, i) => o + j * walk[i][d]), body);
    };
    outer(0, keptCount, start, (base) => {
      let accs: readonly Value[] | null = initial === null ? null : initial({ arg: read(base) });
      outer(keptCount, last, base, (at) => {
        accs = foldRun(at, accs);
      });
      const final = s.half ? (accs as unknown as number[]).map(roundHalf) : (accs as unknown as Value[]);
      const shown = finish({ arg: read(base), acc: final });
      let v = 0;
      s.results.forEach((r, i) => {
        const d = this.dtypes[k + i];
        r.parts.forEach((_, part) => {
          ports[k + i]?.set(base[k + i] + part * (d.itemsize / d.parts), shown[v++]);
        });
      });
    });
  }

  // ---- scans ------------------------------------------------------------------------------------------------------------

  private scanKernels(): { readonly init: MapKernel; readonly step: MapKernel } {
    if (this.scans === null) {
      const p = this.program;
      const k = this.inputs;
      const accTypes = p.map.map((e) => e.type);
      const withAcc = rewriter((e) => (e.op === 'acc' ? arg(k + e.index, e.type) : e.op === 'val' ? p.map[e.index] : null));
      const next = p.combine.map(withAcc);
      const later = rewriter((e) => (e.op === 'acc' ? next[e.index] : null));
      const first = rewriter((e) => (e.op === 'acc' ? p.map[e.index] : null));
      const made = (accs: readonly Expr[], f: (e: Expr) => Expr): Result[] => [
        ...accs.map((e) => ({ dtype: e.type, parts: [e] })),
        ...p.results.map((r) => ({ dtype: r.dtype, parts: r.parts.map(f) })),
      ];
      this.scans = {
        init:
          p.initial !== null
            ? new MapKernel({ operands: p.operands, results: p.initial.map((e) => ({ dtype: e.type, parts: [e] })) })
            : new MapKernel({ operands: p.operands, results: made(p.map, first) }),
        step: new MapKernel({ operands: [...p.operands, ...accTypes], results: made(next, later) }),
      };
    }
    return this.scans;
  }

  private scan(axes: Axes, start: readonly number[], operands: readonly AnyOperand[]): void {
    const p = this.program;
    const k = this.inputs;
    const nd = axes.shape.length;
    if (axes.shape.some((s) => s === 0)) return;
    const axis = axes.reduced.indexOf(true);
    const kept: number[] = [];
    for (let d = 0; d < nd; d++) if (d !== axis) kept.push(d);
    const inHeap = operands.every((o) => o.buffer === null || (o.buffer as Placed).address >= 0 || isSmall(o.buffer.nbytes));
    const widest = kept.length === 0 ? 0 : axes.shape[kept[kept.length - 1]];
    if (inHeap && !this.source.position && (axis < 0 || axis === nd - 1 || widest < NARROW)) {
      if (axis < 0) this.byRuns({ ...axes, shape: [...axes.shape, 1], strides: axes.strides.map((s) => [...s, 0]), reduced: [...axes.reduced, true] }, kept, [nd], start, operands, 'scan', WHOLE);
      else this.byRuns(axes, kept, [axis], start, operands, 'scan', WHOLE);
      return;
    }
    const { init, step } = this.scanKernels();
    const accs = p.map.map((e) => byName[e.type] as DType);
    const bytes = accs.reduce((t, d) => t + d.itemsize, 0);
    const room = Math.min(4096, Math.floor(ROWS_BYTES / bytes) - 16);
    let addr = ROWS;
    const rowOperands = accs.map((dtype) => {
      const o = { dtype, buffer: SCRATCH, offset: addr };
      addr += Math.ceil((room * dtype.itemsize) / 16) * 16;
      return o;
    });
    const sizes = kept.map((d) => axes.shape[d]);
    let split = sizes.length - 1;
    let inside = 1;
    while (split >= 0 && inside * sizes[split] <= room) inside *= sizes[split--];
    const part = split < 0 ? 1 : Math.max(1, Math.floor(room / inside));
    const from = Math.max(0, split);
    const length = axis < 0 ? 1 : axes.shape[axis];
    const inputs = operands.slice(0, k);
    const outputs = operands.slice(k);
    eachBox(sizes, kept, axes, start, split, part, (at, count) => {
      const shape = sizes.slice(from);
      if (split >= 0) shape[0] = count;
      const boxAxes = kept.slice(from);
      // The innermost axis must be a kept one: accumulators that stand still along it would be read only once.
      const lone = shape.length === 0;
      if (lone) shape.push(1);
      const packed = accs.map((d) => {
        let size = d.itemsize;
        const s = shape.map(() => 0);
        for (let i = shape.length - 1; i >= 0; i--) {
          s[i] = size;
          size *= shape[i];
        }
        return s;
      });
      const along = operands.map((_, i) => (lone ? [0] : boxAxes.map((d) => axes.strides[i][d])));
      const by = operands.map((_, i) => (axis < 0 ? 0 : axes.strides[i][axis]));
      const atAccs = rowOperands.map((o) => o.offset);
      const initOuts = p.initial === null;
      init.launch(
        shape.slice(),
        [...along.slice(0, k), ...packed, ...(initOuts ? along.slice(k) : [])].map((s) => s.slice()),
        [...at.slice(0, k), ...atAccs, ...(initOuts ? at.slice(k, operands.length) : [])],
        [...inputs, ...rowOperands, ...(initOuts ? outputs : [])],
      );
      const skip = initOuts ? 1 : 0;
      if (length === skip) return;
      const begin = operands.map((_, i) => at[i] + skip * by[i]);
      const lead = (s: readonly number[], first: number): number[] => [first, ...s];
      step.launch(
        [length - skip, ...shape],
        [...along.slice(0, k).map((s, i) => lead(s, by[i])), ...packed.map((s) => lead(s, 0)), ...packed.map((s) => lead(s, 0)), ...along.slice(k).map((s, i) => lead(s, by[k + i]))],
        [...begin.slice(0, k), ...atAccs, ...atAccs, ...begin.slice(k)],
        [...inputs, ...rowOperands, ...rowOperands, ...outputs],
      );
    });
  }
}

/** A value as WebAssembly takes it, and back. */
const toMachine = (t: ScalarType, v: Value): Value => (t === 'float16' ? numberToHalf(v as number) : v);
function fromMachine(t: ScalarType, v: Value): Value {
  if (t === 'float16') return halfToNumber(v as number);
  if (t === 'uint32') return (v as number) >>> 0;
  return t === 'uint64' ? BigInt.asUintN(64, v as bigint) : v;
}

/** The heap's scratch memory as an operand's buffer: offsets in it are addresses. */
const SCRATCH = { address: 0, nbytes: 2 ** 32, owners: 1, exposed: false, free: () => {} } as unknown as Placed;

/** Calls `box` for every box of kept elements, with the operands' offsets there. */
function eachBox(
  sizes: readonly number[],
  kept: readonly number[],
  axes: Axes,
  start: readonly number[],
  split: number,
  part: number,
  box: (at: readonly number[], count: number) => void,
): void {
  const outer = (i: number, at: readonly number[]): void => {
    if (split < 0) box(at, 1);
    else if (i < split) for (let j = 0; j < sizes[i]; j++) outer(i + 1, at.map((o, q) => o + j * axes.strides[q][kept[i]]));
    else for (let j = 0; j < sizes[split]; j += part) box(at.map((o, q) => o + j * axes.strides[q][kept[split]]), Math.min(part, sizes[split] - j));
  };
  outer(0, start);
}

/** Joins neighbouring axes that are one walk for every operand. */
function joinAxes(sizes: number[], walk: number[][]): void {
  for (let d = sizes.length - 1; d > 0; d--) {
    if (!walk.every((w) => w[d - 1] === w[d] * sizes[d])) continue;
    sizes[d - 1] *= sizes[d];
    sizes.splice(d, 1);
    for (const w of walk) {
      w[d - 1] = w[d];
      w.splice(d, 1);
    }
  }
}

/** Whether a combine step treats accumulator and value alike, so that NumPy may turn and sort axes. */
function symmetric(combine: readonly Expr[]): boolean {
  const [c] = combine;
  return combine.length === 1 && (c.op === 'add' || c.op === 'mul' || c.op === 'min' || c.op === 'max') && c.args[0].op === 'acc' && c.args[1].op === 'val';
}
