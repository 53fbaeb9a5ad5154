import { byName, type DType } from '../../../dtype.js';
import type { ReduceProgram } from '../../../ir/expr.js';
import { simplify } from '../../../ir/simplify.js';
import { arrangeMap } from '../../cpu/map.js';
import type { AnyOperand, Immediate, Kernel } from '../../device.js';
import type { WebgpuBackend } from '../webgpu.js';
import { usesPosition } from './analysis.js';
import { accWords, type FoldLayout, type FoldSource, foldText, type Stage, TOGETHER } from './foldtext.js';
import { GROUP, groupsFor, immediateWords, placesOf, startOf, stepsOf } from './shader.js';

/** Reductions and scans: which stages a fold of a given shape takes, and their dispatches. */

/** A line of fewer elements is a thread's; where there are so many lines, so is every line. */
const SHORT = 32;
const MANY_LINES = 16_384;
/** With so many lines, those that are not long are a thread's, too. */
const SOME_LINES = 256;
/** Groups that keep a device busy; lines are cut into stretches until there are so many. */
const BUSY = 2048;
/** Elements that a group takes at least, and those of a stretch of a scan. */
const LEAST = 64 * TOGETHER;
const SCANNED = 256;

/** Whether the step treats accumulator and value alike, so that stretches can be folded by themselves. */
function joins(p: ReduceProgram): boolean {
  if (p.order !== 'sequential') return p.kind === 'reduce' || isSymmetric(p);
  return isSymmetric(p);
}
function isSymmetric(p: ReduceProgram): boolean {
  const c = p.combine[0];
  return (
    p.combine.length === 1 &&
    (c.op === 'add' || c.op === 'mul' || c.op === 'min' || c.op === 'max') &&
    c.args[0].op === 'acc' &&
    c.args[1].op === 'val'
  );
}

interface Axes {
  readonly sizes: number[];
  readonly walk: number[][];
  readonly start: number[];
}

/** Neighbours that are one walk for every operand become one axis; the order stays. */
function joined(a: Axes): Axes {
  const { sizes, walk } = a;
  for (let d = sizes.length - 1; d > 0; d--) {
    if (!walk.every((w) => w[d - 1] === w[d] * sizes[d])) continue;
    sizes[d - 1] *= sizes[d];
    sizes.splice(d, 1);
    for (const w of walk) {
      w[d - 1] = w[d];
      w.splice(d, 1);
    }
  }
  return a;
}

export class WgslFold implements Kernel {
  private readonly source: FoldSource;
  private readonly shaders = new Map<string, number>();
  private readonly parallel: boolean;

  constructor(
    private readonly backend: WebgpuBackend,
    private readonly program: ReduceProgram,
  ) {
    const operands = program.operands.map((n) => byName[n] as DType);
    const map = simplify(program.map);
    this.source = {
      program,
      dtypes: [...operands, ...program.results.map((r) => byName[r.dtype] as DType)],
      inputs: operands.length,
      map,
      position: usesPosition(map),
    };
    this.parallel = joins(program);
  }

  flat(n: number, operands: readonly AnyOperand[]): void {
    const { dtypes, inputs } = this.source;
    const strides = operands.map((o, i) => [
      o.buffer === null || (n !== 1 && i < inputs && o.size === 1) ? 0 : dtypes[i].itemsize,
    ]);
    this.run([n], operands, strides);
  }

  run(
    shape: readonly number[],
    given: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[] = shape.map(() => true),
  ): void {
    const { backend, program, source } = this;
    const { dtypes, inputs, position } = source;
    const operands = backend.fitted(given, dtypes, inputs, program.name);
    const steps = operands.map((o, i) => (o.buffer === null ? shape.map(() => 0) : stepsOf(strides[i], dtypes[i])));
    const start = operands.map((o, i) => (o.buffer === null ? 0 : startOf(o, dtypes[i])));
    const scan = program.kind === 'scan';
    const pick = (folded: boolean): number[] =>
      shape.flatMap((n, d) => (reduced[d] === folded && (n !== 1 || (folded && scan)) ? [d] : []));
    const [keptAxes, foldedAxes] = [pick(false), pick(true)];

    const kept: Axes = {
      sizes: keptAxes.map((d) => shape[d]),
      walk: steps.map((s) => keptAxes.map((d) => s[d])),
      start,
    };
    const lines = kept.sizes.reduce((a, b) => a * b, 1);
    if (lines === 0) return;
    if (kept.sizes.length > 0) arrangeMap(kept.sizes, kept.walk, kept.start, inputs, dtypes.length);

    // Outputs stand still along folded axes, but for those of a scan.
    const folded: Axes = {
      sizes: foldedAxes.map((d) => shape[d]),
      walk: steps.map((s, i) => foldedAxes.map((d) => (i < inputs || scan ? s[d] : 0))),
      start,
    };
    if (position) {
      let step = 1;
      const place: number[] = [];
      for (let d = shape.length - 1; d >= 0; d--) {
        place[d] = step;
        if (reduced[d]) step *= shape[d];
      }
      folded.walk.push(foldedAxes.map((d) => place[d]));
    }
    const length = folded.sizes.reduce((a, b) => a * b, 1);
    if (scan && length === 0) return;
    if (!scan && length > 0) {
      if (this.parallel && !position && folded.sizes.length > 0)
        arrangeMap(folded.sizes, folded.walk, folded.start, inputs, inputs);
      else joined(folded);
    }

    const places = placesOf(operands, dtypes, inputs, program.name);
    const layout: FoldLayout = { kept: kept.sizes.length, folded: folded.sizes.length, places };
    const wordsFor = (stretches: number, stretch: number): Int32Array => {
      const words = [lines, length, stretches, stretch, ...kept.sizes.slice(1), ...folded.sizes.slice(1)];
      operands.forEach((o, i) => {
        if (o.buffer === null) words.push(...immediateWords(o as Immediate));
        else words.push(start[i], ...kept.walk[i], ...folded.walk[i]);
      });
      if (position) words.push(0, ...folded.walk[dtypes.length]);
      return Int32Array.from(words);
    };
    if (scan) this.scan(layout, lines, length, wordsFor);
    else this.reduce(layout, lines, length, wordsFor);
  }

  private launch(stage: Stage, layout: FoldLayout, groups: number, ids: readonly number[], words: Int32Array): void {
    const { places } = layout;
    const key = `${stage}|${layout.kept}|${layout.folded}|${places.key}`;
    let shader = this.shaders.get(key);
    if (shader === undefined)
      this.shaders.set(key, (shader = this.backend.program(foldText(this.source, stage, layout))));
    const { maxComputeWorkgroupsPerDimension } = this.backend.info.limits;
    this.backend.dispatch(shader, groupsFor(groups, maxComputeWorkgroupsPerDimension), ids, words);
  }

  private reduce(
    layout: FoldLayout,
    lines: number,
    length: number,
    wordsFor: (stretches: number, stretch: number) => Int32Array,
  ): void {
    const { ids } = layout.places;
    if (!this.parallel || length <= (lines >= SOME_LINES ? TOGETHER * 4 : SHORT) || lines >= MANY_LINES) {
      this.launch('lines', layout, Math.ceil(lines / GROUP), ids, wordsFor(1, length));
      return;
    }
    const stretches = Math.max(1, Math.min(Math.ceil(length / LEAST), Math.floor(BUSY / lines)));
    if (stretches === 1) {
      this.launch('groups', layout, lines, ids, wordsFor(1, length));
      return;
    }
    const stretch = Math.ceil(length / stretches);
    const count = Math.ceil(length / stretch);
    this.withTemporary(layout, lines * count, (all) => {
      const words = wordsFor(count, stretch);
      this.launch('partial', layout, lines * count, all, words);
      this.launch('finish', layout, lines, all, words);
    });
  }

  private scan(
    layout: FoldLayout,
    lines: number,
    length: number,
    wordsFor: (stretches: number, stretch: number) => Int32Array,
  ): void {
    const { ids } = layout.places;
    if (!this.parallel || length <= 2 * SCANNED || lines >= MANY_LINES) {
      this.launch('scan', layout, Math.ceil(lines / GROUP), ids, wordsFor(1, length));
      return;
    }
    const count = Math.ceil(length / SCANNED);
    const words = wordsFor(count, SCANNED);
    this.withTemporary(layout, lines * count, (all) => {
      this.launch('partial', layout, lines * count, all, words);
      this.launch('carry', layout, Math.ceil(lines / GROUP), all, words);
      this.launch('resume', layout, Math.ceil((lines * count) / GROUP), all, words);
    });
  }

  /** Runs `f` with memory for so many accumulators in the last slot. */
  private withTemporary(layout: FoldLayout, accs: number, f: (ids: readonly number[]) => void): void {
    const id = this.backend.allocate(accs * accWords(this.source));
    f([...layout.places.ids, id]);
    this.backend.free(id);
  }
}
