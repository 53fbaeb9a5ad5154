import { byName, type DType } from '../../dtype.js';
import type { Expr, MapProgram, Result } from '../../ir/expr.js';
import { simplify } from '../../ir/simplify.js';
import type { AnyOperand, Immediate, Kernel } from '../device.js';
import { heap, PARAMS, PARAMS_BYTES } from './heap.js';
import { type BlockLayout, blockLayout, buildMap, type MapCode, type MapSource, readsOf } from './mapcode.js';
import { type Class, CONTIGUOUS, FIXED, STRIDED } from './ports.js';
import { isSmall, type Placed, placeImmediate, stage, unstage } from './operands.js';
import { runTiled } from './tiles.js';

/**
 * Running elementwise maps: axes are brought into the order of memory and joined, the variant of the code for the innermost
 * strides is made or found, and operands outside of the heap pass through it.
 */

/** The code of one combination of classes. */
interface Variant {
  readonly code: MapCode;
  readonly layout: BlockLayout;
  readonly strided: readonly number[];
}

export class MapKernel implements Kernel {
  private readonly source: MapSource;
  private readonly dtypes: readonly DType[];
  private readonly inputs: number;
  private readonly k: number;
  private readonly variants = new Map<number, Variant>();
  /** Inner functions by which operands are single elements. */
  private readonly flats: ((...args: number[]) => void)[] = [];
  private readonly flatPosition: boolean;

  constructor(program: Pick<MapProgram, 'operands' | 'results'>) {
    const parts = simplify(program.results.flatMap((r) => r.parts));
    let at = 0;
    const results: Result[] = program.results.map((r) => ({
      dtype: r.dtype,
      parts: r.parts.map(() => parts[at++] as Expr),
    }));
    const operands = program.operands.map((n) => byName[n] as DType);
    this.inputs = operands.length;
    this.dtypes = [...operands, ...results.map((r) => byName[r.dtype] as DType)];
    this.k = this.dtypes.length;
    this.source = { operands, results, ...readsOf(parts, operands.length) };
    this.flatPosition = this.source.position;
  }

  private variant(classes: readonly Class[], key: number): Variant {
    let v = this.variants.get(key);
    if (v === undefined) {
      const code = buildMap(this.source, classes);
      const strided = classes.flatMap((c, i) => (c === STRIDED ? [i] : []));
      v = { code, layout: blockLayout(this.k, strided.length, this.source.position), strided };
      this.variants.set(key, v);
    }
    return v;
  }

  private flatFor(mask: number): (...args: number[]) => void {
    let key = 0;
    const classes: Class[] = [];
    for (let i = 0; i < this.k; i++) {
      const c = mask & (1 << i) ? FIXED : CONTIGUOUS;
      classes.push(c);
      key += c * 3 ** i;
    }
    return (this.flats[mask] = this.variant(classes, key).code.inner);
  }

  flat(n: number, operands: readonly AnyOperand[]): void {
    const k = this.k;
    if (k > 4 || this.flatPosition || n > 0x7fffffff) {
      this.flatGeneral(n, operands);
      return;
    }
    let mask = 0;
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    let outside = 0;
    for (let i = 0; i < k; i++) {
      const o = operands[i];
      let p: number;
      if (o.buffer === null) {
        mask |= 1 << i;
        p = placeImmediate(o as Immediate, i);
      } else {
        if (n !== 1 && i < this.inputs && o.size === 1) mask |= 1 << i;
        const b = o.buffer as Placed;
        const a = b.address;
        if (a >= 0) p = a + o.offset;
        else {
          const bytes = (mask & (1 << i) ? 1 : n) * this.dtypes[i].itemsize;
          if (!isSmall(bytes)) {
            this.flatGeneral(n, operands);
            return;
          }
          p = stage(b, o.offset, bytes, i, i < this.inputs);
          if (i >= this.inputs) outside |= 1 << i;
        }
      }
      if (i === 0) p0 = p;
      else if (i === 1) p1 = p;
      else if (i === 2) p2 = p;
      else p3 = p;
    }
    const f = this.flats[mask] ?? this.flatFor(mask);
    if (k === 3) f(n, p0, p1, p2);
    else if (k === 2) f(n, p0, p1);
    else if (k === 4) f(n, p0, p1, p2, p3);
    else f(n, p0);
    if (outside !== 0) {
      for (let i = this.inputs; i < k; i++) {
        if (outside & (1 << i))
          unstage(operands[i].buffer as Placed, operands[i].offset, n * this.dtypes[i].itemsize, [p0, p1, p2, p3][i]);
      }
    }
  }

  private flatGeneral(n: number, operands: readonly AnyOperand[]): void {
    const strides = operands.map((o, i) => [
      o.buffer === null || (n !== 1 && i < this.inputs && o.size === 1) ? 0 : this.dtypes[i].itemsize,
    ]);
    this.run([n], operands, strides);
  }

  run(shape: readonly number[], operands: readonly AnyOperand[], strides: readonly (readonly number[])[]): void {
    const k = this.k;
    const nd = shape.length;
    // Operand k is the position, which walks through the elements in C order.
    const walk: number[][] = [];
    const start: number[] = [];
    const sizes: number[] = [];
    const axes: number[] = [];
    for (let d = 0; d < nd; d++) {
      if (shape[d] === 0) return;
      if (shape[d] > 1) axes.push(d);
    }
    for (let i = 0; i < k; i++) {
      const o = operands[i];
      const s = strides[i];
      start.push(o.offset);
      walk.push(o.buffer === null ? axes.map(() => 0) : axes.map((d) => s[d]));
    }
    if (this.source.position) {
      let step = 1;
      const place: number[] = new Array<number>(nd);
      for (let d = nd - 1; d >= 0; d--) {
        place[d] = step;
        step *= shape[d];
      }
      walk.push(axes.map((d) => place[d]));
      start.push(0);
    }
    for (const d of axes) sizes.push(shape[d]);
    arrangeMap(sizes, walk, start, this.inputs, k);
    this.launch(sizes, walk, start, operands);
  }

  /** Runs a prepared space: places operands, in tiles where some are outside of the heap. */
  launch(sizes: number[], walk: number[][], start: number[], operands: readonly AnyOperand[]): void {
    const k = this.k;
    const pointers: number[] = new Array<number>(k);
    const back: number[] = [];
    let tiled: number[] | null = null;
    for (let i = 0; i < k; i++) {
      const o = operands[i];
      if (o.buffer === null) {
        pointers[i] = placeImmediate(o as Immediate, i);
        continue;
      }
      const b = o.buffer as Placed;
      if (b.address >= 0) pointers[i] = b.address + start[i];
      else if (isSmall(b.nbytes)) {
        // Outputs too: what lies between their elements must come back as it was.
        pointers[i] = stage(b, 0, b.nbytes, i, true) + start[i];
        if (i >= this.inputs) back.push(i);
      } else (tiled ??= []).push(i);
    }
    const position = this.source.position ? start[k] : 0;
    if (tiled !== null) {
      const task = {
        sizes,
        walk,
        start,
        operands,
        pointers,
        tiled,
        dtypes: this.dtypes,
        inputs: this.inputs,
        whole: 0,
      };
      runTiled(task, (shape, strides, moved, at) => this.execute(shape, strides, moved, at));
    } else this.execute(sizes, walk, pointers, position);
    for (const i of back) {
      const b = operands[i].buffer as Placed;
      unstage(b, 0, b.nbytes, pointers[i] - start[i]);
    }
  }

  /** Runs the code over a space whose operands can all be reached. */
  execute(
    sizes: readonly number[],
    walk: readonly (readonly number[])[],
    pointers: readonly number[],
    position: number,
  ): void {
    const k = this.k;
    const last = sizes.length - 1;
    const classes: Class[] = new Array<Class>(k);
    let key = 0;
    let power = 1;
    for (let i = 0; i < k; i++) {
      const s = last < 0 ? this.dtypes[i].itemsize : walk[i][last];
      const c = s === this.dtypes[i].itemsize ? CONTIGUOUS : s === 0 && i < this.inputs ? FIXED : STRIDED;
      classes[i] = c;
      key += c * power;
      power *= 3;
    }
    const v = this.variants.get(key) ?? this.variant(classes, key);
    const { layout } = v;
    const h = heap();
    const n = last < 0 ? 1 : sizes[last];
    if (n > 0x7fffffff) {
      // More than a 32-bit counter holds, of bytes: in two halves.
      const m = 0x40000000;
      const head = sizes.slice();
      head[last] = m;
      this.execute(head, walk, pointers, position);
      head[last] = n - m;
      const stepped = pointers.map((p, i) => p + m * walk[i][last]);
      this.execute(head, walk, stepped, this.source.position ? position + m * walk[k][last] : 0);
      return;
    }
    if (layout.dims + layout.record * Math.max(0, last) > PARAMS_BYTES)
      throw new Error('cpu: too many axes and operands');
    let at = PARAMS >> 2;
    h.i32[at] = n;
    h.i32[at + 1] = Math.max(0, last);
    at = (PARAMS + layout.pointers) >> 2;
    for (let i = 0; i < k; i++) h.u32[at++] = pointers[i];
    at = (PARAMS + layout.strides) >> 2;
    for (const i of v.strided) h.i32[at++] = last < 0 ? 0 : walk[i][last];
    if (this.source.position) {
      h.f64[(PARAMS + layout.position) >> 3] = position;
      h.f64[((PARAMS + layout.position) >> 3) + 1] = last < 0 ? 1 : walk[k][last];
    }
    let record = PARAMS + layout.dims;
    for (let d = last - 1; d >= 0; d--) {
      at = record >> 2;
      h.i32[at] = sizes[d];
      h.i32[at + 1] = 0;
      for (let i = 0; i < k; i++) h.i32[at + 2 + i] = walk[i][d];
      record += layout.record;
      if (this.source.position) h.f64[(record >> 3) - 1] = walk[k][d];
    }
    v.code.nd(PARAMS);
  }
}

/**
 * Orders the axes of a map, in place: outputs decide, then inputs; axes that an output walks backwards are turned; axes that are one walk
 * for every operand are joined; a very short innermost axis changes places with a long one.
 */
export function arrangeMap(sizes: number[], walk: number[][], start: number[], inputs: number, k: number): void {
  const all = walk.length;
  const nd = sizes.length;
  for (let d = 0; d < nd; d++) {
    let lead = 0;
    for (let i = inputs; i < k && lead === 0; i++) lead = walk[i][d];
    for (let i = 0; i < inputs && lead === 0; i++) lead = walk[i][d];
    if (lead >= 0) continue;
    for (let i = 0; i < all; i++) {
      start[i] += (sizes[d] - 1) * walk[i][d];
      walk[i][d] = walk[i][d] === 0 ? 0 : -walk[i][d];
    }
  }
  if (nd < 2) return;
  const swap = (a: number, b: number): void => {
    [sizes[a], sizes[b]] = [sizes[b], sizes[a]];
    for (let i = 0; i < all; i++) [walk[i][a], walk[i][b]] = [walk[i][b], walk[i][a]];
  };
  // Whether axis a must lie inside of axis b, which comes after it.
  const smaller = (a: number, b: number): boolean => {
    for (let i = inputs; i < k; i++) {
      const x = Math.abs(walk[i][a]);
      const y = Math.abs(walk[i][b]);
      if (x !== y && x !== 0 && y !== 0) return x < y;
    }
    for (let i = 0; i < inputs; i++) {
      const x = Math.abs(walk[i][a]);
      const y = Math.abs(walk[i][b]);
      if (x !== y && x !== 0 && y !== 0) return x < y;
    }
    return false;
  };
  for (let d = 1; d < nd; d++) for (let j = d; j > 0 && smaller(j - 1, j); j--) swap(j - 1, j);
  for (let d = sizes.length - 1; d > 0; d--) {
    let one = true;
    for (let i = 0; i < all && one; i++) one = walk[i][d - 1] === walk[i][d] * sizes[d];
    if (!one) continue;
    sizes[d - 1] *= sizes[d];
    sizes.splice(d, 1);
    for (let i = 0; i < all; i++) {
      walk[i][d - 1] = walk[i][d];
      walk[i].splice(d, 1);
    }
  }
  const last = sizes.length - 1;
  if (last > 0 && sizes[last] < 8) {
    let best = last;
    for (let d = 0; d < last; d++) if (sizes[d] >= 32 && sizes[d] > sizes[best]) best = d;
    if (best !== last) {
      // The long axis goes inside; the others keep their order.
      const n = sizes.splice(best, 1)[0];
      sizes.push(n);
      for (let i = 0; i < all; i++) walk[i].push(walk[i].splice(best, 1)[0]);
    }
  }
}
