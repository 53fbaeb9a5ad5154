import type { DType } from '../../dtype.js';
import type { Expr } from '../../ir/expr.js';
import { type Func, V128 } from './asm.js';
import { loadVector, storeVector, type Vec } from './lanes.js';
import { loadScalar, SIZE } from './scalar.js';

/** Reading and writing operands from the code of kernels, by how they move along the innermost axis. */

/** How an operand moves along the innermost axis: contiguous, not at all, or by any stride. */
export const CONTIGUOUS = 0;
export const FIXED = 1;
export const STRIDED = 2;
export type Class = typeof CONTIGUOUS | typeof FIXED | typeof STRIDED;

/** Shuffles that separate and join real and imaginary parts of w bytes, from two vectors. */
function lanes(w: number, count: number, pick: (i: number) => number): Uint8Array {
  const out = new Uint8Array(16);
  for (let i = 0; i < count; i++) for (let b = 0; b < w; b++) out[i * w + b] = pick(i) * w + b;
  return out;
}

/** One operand in the code: where its pointer and stride are. */
export interface Port {
  readonly dtype: DType;
  readonly class: Class;
  readonly pointer: number;
  readonly stride: number;
}

/** Advances a pointer past `n` elements. */
export function advance(f: Func, p: Port, n: number): void {
  if (p.class === CONTIGUOUS) f.bump(p.pointer, n * p.dtype.itemsize);
  else if (p.class === STRIDED) {
    f.get(p.pointer).get(p.stride);
    if (n !== 1) f.i32(n).op('i32_mul');
    f.op('i32_add').set(p.pointer);
  }
}

/** Vector reads of operands. Strided operands are read, with all their parts, when an iteration begins. */
export class VectorReader {
  private readonly loaded = new Map<number, number>();
  constructor(
    private readonly f: Func,
    private readonly ports: readonly Port[],
    private readonly reads: readonly (readonly number[])[],
    private readonly vec: () => Vec,
  ) {}

  /** Which of the unrolled steps is being built. */
  step = 0;

  begin(step: number): void {
    this.step = step;
    this.loaded.clear();
    this.ports.forEach((p, i) => {
      if (p.class === STRIDED && i < this.reads.length && this.reads[i].length > 0) this.gather(p, i);
    });
  }

  private gather(p: Port, i: number): void {
    const { f } = this;
    const t = p.dtype.part;
    const w = SIZE[t];
    const L = this.vec().lanes;
    const locals = this.reads[i].map((part) => {
      const l = f.local(V128);
      this.loaded.set(i * 2 + part, l);
      return l;
    });
    for (let lane = 0; lane < L; lane++) {
      this.reads[i].forEach((part, k) => {
        f.get(p.pointer);
        if (lane === 0)
          f.vmem(
            w === 8
              ? 'v128_load64_zero'
              : w === 4
                ? 'v128_load32_zero'
                : w === 2
                  ? 'v128_load16_splat'
                  : 'v128_load8_splat',
            part * w,
          );
        else f.get(locals[k]).vmem(`v128_load${w * 8}_lane`, part * w, lane);
        f.set(locals[k]);
      });
      f.get(p.pointer).get(p.stride).op('i32_add').set(p.pointer);
    }
  }

  push(e: Expr): void {
    const { f } = this;
    const p = this.ports[e.index];
    const t = p.dtype.part;
    const w = SIZE[t];
    const vec = this.vec();
    const L = vec.lanes;
    if (p.class === FIXED) {
      f.get(p.pointer).vmem(`v128_load${w * 8}_splat`, e.part * w);
      return;
    }
    if (p.class === STRIDED) {
      f.get(this.loaded.get(e.index * 2 + e.part) as number);
      return;
    }
    if (p.dtype.parts === 1) {
      f.get(p.pointer);
      loadVector(vec, t, this.step * L * w);
      return;
    }
    const key = e.index * 4 + 1024;
    let a = this.loaded.get(key);
    let b = this.loaded.get(key + 1);
    const two = L * w === 16;
    if (a === undefined) {
      const at = this.step * L * w * 2;
      a = f.local(V128);
      f.get(p.pointer).vmem('v128_load', at).set(a);
      this.loaded.set(key, a);
      b = a;
      if (two) {
        b = f.local(V128);
        f.get(p.pointer)
          .vmem('v128_load', at + 16)
          .set(b);
        this.loaded.set(key + 1, b);
      }
    }
    f.get(a)
      .get(b ?? a)
      .shuffle(lanes(w, L, (i) => 2 * i + e.part));
  }
}

/** Stores a result's parts, which are in locals (or one of them on the stack maker), at the port. */
export function storeVectors(f: Func, vec: Vec, p: Port, parts: readonly number[], step: number): void {
  const t = p.dtype.part;
  const w = SIZE[t];
  const L = vec.lanes;
  if (p.class === STRIDED || p.class === FIXED) {
    for (let lane = 0; lane < L; lane++) {
      parts.forEach((local, k) => {
        f.get(p.pointer)
          .get(local)
          .vmem(`v128_store${w * 8}_lane`, k * w, lane);
      });
      if (p.class === STRIDED) f.get(p.pointer).get(p.stride).op('i32_add').set(p.pointer);
    }
    return;
  }
  if (parts.length === 1) {
    f.get(p.pointer).get(parts[0]);
    storeVector(vec, t, step * L * w);
    return;
  }
  const at = step * L * w * 2;
  const [re, im] = parts;
  const join = (from: number): Uint8Array =>
    lanes(w, 16 / w, (i) => (i % 2 === 0 ? from + i / 2 : 16 / w + from + (i - 1) / 2));
  f.get(p.pointer).get(re).get(im).shuffle(join(0)).vmem('v128_store', at);
  if (L * w === 16)
    f.get(p.pointer)
      .get(re)
      .get(im)
      .shuffle(join(8 / w))
      .vmem('v128_store', at + 16);
}

/** Scalar reads of operands at their pointers. */
export function pushScalar(f: Func, ports: readonly Port[], e: Expr): void {
  const p = ports[e.index];
  f.get(p.pointer);
  loadScalar(f, p.dtype.part, e.part * SIZE[p.dtype.part]);
}
