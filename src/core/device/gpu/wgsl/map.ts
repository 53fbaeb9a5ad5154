import { byName, type DType } from '../../../dtype.js';
import type { Expr, MapProgram } from '../../../ir/expr.js';
import { simplify } from '../../../ir/simplify.js';
import { arrangeMap } from '../../cpu/map.js';
import type { AnyOperand, Immediate, Kernel } from '../../device.js';
import { wordsOf } from '../cells.js';
import type { WebgpuBackend } from '../webgpu.js';
import { usesPosition } from './analysis.js';
import { Emitter } from './emit.js';
import {
  component,
  GROUP,
  groupsFor,
  immediateWords,
  loaded,
  type Places,
  placesOf,
  shaderText,
  type ShaderText,
  startOf,
  stepsOf,
  storing,
  word,
} from './shader.js';

/** Elementwise maps: a thread for each element. Shapes and strides come with the dispatch, so that one shader serves all of a rank. */
export class WgslMap implements Kernel {
  private readonly dtypes: readonly DType[];
  private readonly inputs: number;
  private readonly parts: readonly Expr[];
  private readonly position: boolean;
  private readonly shaders = new Map<string, number>();

  constructor(
    private readonly backend: WebgpuBackend,
    private readonly program: MapProgram,
  ) {
    const operands = program.operands.map((n) => byName[n] as DType);
    this.inputs = operands.length;
    this.dtypes = [...operands, ...program.results.map((r) => byName[r.dtype] as DType)];
    this.parts = simplify(program.results.flatMap((r) => r.parts));
    this.position = usesPosition(this.parts);
  }

  /** Where the words of a dispatch lie: count, inner lengths, then each operand's start and steps, or its value. */
  private text(rank: number, places: Places): ShaderText {
    const { dtypes, inputs } = this;
    let at = rank;
    const bases = dtypes.map((d, i) => {
      const here = at;
      at += places.slots[i] < 0 ? wordsOf(d) : 1 + rank;
      return here;
    });
    const positionAt = at;
    if (this.position) at += 1 + rank;
    const lines = [`let i = gid.x + gid.y * (nw.x * ${GROUP}u);`, `if (i >= ${word(0)}) { return; }`];
    let rest = 'i';
    const index: string[] = [];
    for (let d = rank - 1; d > 0; d--) {
      lines.push(`let q${d} = ${rest} / ${word(d)};`, `let i${d} = ${rest} - q${d} * ${word(d)};`);
      index[d] = `i${d}`;
      rest = `q${d}`;
    }
    if (rank > 0) index[0] = rest;
    const walk = (base: number): string =>
      [word(base), ...index.map((x, d) => `${x} * ${word(base + 1 + d)}`)].join(' + ');
    dtypes.forEach((_, i) => {
      if (places.slots[i] >= 0) lines.push(`let x${i} = ${walk(bases[i])};`);
    });
    const emitter = new Emitter((e) => {
      if (e.op === 'position') return `vec2<u32>(${walk(positionAt)}, 0u)`;
      const d = dtypes[e.index];
      return places.slots[e.index] >= 0
        ? component(d, e.part, places.slots[e.index], `x${e.index}`)
        : loaded(d.part, (k) => word(bases[e.index] + (e.part * wordsOf(d)) / d.parts + k));
    });
    const values = this.parts.map((e) => emitter.name(e));
    let k = 0;
    dtypes.slice(inputs).forEach((d, r) => {
      const own = values.slice(k, (k += d.parts));
      emitter.lines.push(...storing(d, own, places.slots[inputs + r], `x${inputs + r}`));
    });
    return shaderText({ words: at, written: places.written, body: [...lines, ...emitter.lines].join('\n') });
  }

  flat(n: number, operands: readonly AnyOperand[]): void {
    const strides = operands.map((o, i) => [
      o.buffer === null || (n !== 1 && i < this.inputs && o.size === 1) ? 0 : this.dtypes[i].itemsize,
    ]);
    this.run([n], operands, strides);
  }

  run(shape: readonly number[], given: readonly AnyOperand[], strides: readonly (readonly number[])[]): void {
    const { dtypes, backend } = this;
    const axes: number[] = [];
    let n = 1;
    for (let d = 0; d < shape.length; d++) {
      n *= shape[d];
      if (shape[d] > 1) axes.push(d);
    }
    if (n === 0) return;
    const operands = backend.fitted(given, dtypes, this.inputs, this.program.name);
    const sizes = axes.map((d) => shape[d]);
    const walk = operands.map((o, i) => {
      if (o.buffer === null) return axes.map(() => 0);
      const steps = stepsOf(strides[i], dtypes[i]);
      return axes.map((d) => steps[d]);
    });
    const start = operands.map((o, i) => (o.buffer === null ? 0 : startOf(o, dtypes[i])));
    if (this.position) {
      let step = 1;
      const place: number[] = [];
      for (let d = shape.length - 1; d >= 0; d--) {
        place[d] = step;
        step *= shape[d];
      }
      walk.push(axes.map((d) => place[d]));
      start.push(0);
    }
    arrangeMap(sizes, walk, start, this.inputs, dtypes.length);
    if (sizes.length === 0) {
      sizes.push(1);
      for (const w of walk) w.push(0);
    }
    const places = placesOf(operands, dtypes, this.inputs, this.program.name);
    const key = `${sizes.length}|${places.key}`;
    let shader = this.shaders.get(key);
    if (shader === undefined) this.shaders.set(key, (shader = backend.program(this.text(sizes.length, places))));
    const words = [n, ...sizes.slice(1)];
    operands.forEach((o, i) => {
      if (o.buffer === null) words.push(...immediateWords(o as Immediate));
      else words.push(start[i], ...walk[i]);
    });
    if (this.position) words.push(start[dtypes.length], ...walk[dtypes.length]);
    const groups = groupsFor(Math.ceil(n / GROUP), backend.info.limits.maxComputeWorkgroupsPerDimension);
    backend.dispatch(shader, groups, places.ids, Int32Array.from(words));
  }
}
