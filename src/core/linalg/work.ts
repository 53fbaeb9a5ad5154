import { I32, F64, V128, type Func, Module } from '../device/cpu/asm.js';
import { panels as panelKernel } from '../device/cpu/gemm.js';

/**
 * Memory for the factorisations of matrices, with the kernels that work on it. A matrix is (offset, leading dimension) in doubles: columns are
 * contiguous, and the imaginary part of every number lies `im` behind its real part. Columns are taken several at a time, so that a vector is read once for all of them.
 */

/** Addresses and leading dimensions are in bytes. */
export interface WorkKernels {
  /** y += a[:, 0..3] @ coefficients, over m rows. */
  axpy4(a: number, ld: number, coefficients: number, y: number, m: number): void;
  axpy1(a: number, ld: number, coefficients: number, y: number, m: number): void;
  /** out[j] = a[:, j] . x for four columns. */
  dot4(a: number, ld: number, x: number, out: number, m: number): void;
  dot1(a: number, ld: number, x: number, out: number, m: number): void;
  /** Both at once: one pass over the columns of a symmetric matrix. */
  sym4(a: number, ld: number, x: number, out: number, m: number, coefficients: number, y: number): void;
  sym1(a: number, ld: number, x: number, out: number, m: number, coefficients: number, y: number): void;
  panels(
    a: number,
    b: number,
    c: number,
    rowTiles: number,
    columnTiles: number,
    k: number,
    first: number,
    row: number,
    rowTile: number,
    columnTile: number,
  ): void;
  /** Turns neighbouring columns of 16 rows by `count` rotations (c, s), from the first pair on. */
  forward(a: number, ld: number, rotations: number, count: number): void;
  /** The same from the last pair back; `a` is the last column, the rotations are in order of use. */
  backward(a: number, ld: number, rotations: number, count: number): void;
  /** Reflects columns of 16 rows: entries (byte offset of the first column, v2, v3, t1, t2, t3); v3 = t3 = 0 takes part too. */
  reflect(a: number, ld: number, list: number, count: number): void;
  /** Reflects rows of four columns: entry i of such a list turns the rows from a + i on. */
  rows4(a: number, ld: number, list: number, count: number): void;
}

const ZERO = new Uint8Array(16);

/** Makes y += A c, out = A^T x or both, over `width` columns. */
function columns(m: Module, name: string, width: number, adds: boolean, dots: boolean): void {
  const both = adds && dots;
  const f = m.func(new Array<typeof I32>(both ? 7 : 5).fill(I32));
  const [a, ld, v2, v3, rows] = [0, 1, 2, 3, 4];
  const x = v2;
  const out = v3;
  const coefficients = both ? 5 : v2;
  const y = both ? 6 : v3;
  const at = Array.from({ length: width }, () => f.local(I32));
  const c = Array.from({ length: width }, () => f.local(V128));
  const s = Array.from({ length: width }, () => f.local(V128));
  const one = Array.from({ length: width }, () => f.local(F64));
  const [xv, yv, av] = [f.local(V128), f.local(V128), f.local(V128)];
  const [xs, ys, as] = [f.local(F64), f.local(F64), f.local(F64)];
  const xp = f.local(I32);
  const yp = f.local(I32);
  f.get(a).set(at[0]);
  for (let j = 1; j < width; j++)
    f.get(at[j - 1])
      .get(ld)
      .op('i32_add')
      .set(at[j]);
  if (adds) {
    f.get(y).set(yp);
    for (let j = 0; j < width; j++)
      f.get(coefficients)
        .vmem('v128_load64_splat', 8 * j)
        .set(c[j]);
  }
  if (dots) {
    f.get(x).set(xp);
    for (let j = 0; j < width; j++) f.v128(ZERO).set(s[j]);
  }
  f.block(() => {
    f.loop(() => {
      f.get(rows).i32(2).op('i32_lt_s').brIf(1);
      if (adds) f.get(yp).vmem('v128_load').set(yv);
      if (dots) f.get(xp).vmem('v128_load').set(xv);
      for (let j = 0; j < width; j++) {
        f.get(at[j]).vmem('v128_load').set(av);
        if (adds) f.get(yv).get(av).get(c[j]).v('f64x2_mul').v('f64x2_add').set(yv);
        if (dots) f.get(s[j]).get(av).get(xv).v('f64x2_mul').v('f64x2_add').set(s[j]);
        f.bump(at[j], 16);
      }
      if (adds) f.get(yp).get(yv).vmem('v128_store').bump(yp, 16);
      if (dots) f.bump(xp, 16);
      f.bump(rows, -2).br(0);
    });
  });
  if (dots)
    for (let j = 0; j < width; j++)
      f.get(s[j]).v('f64x2_extract_lane', 0).get(s[j]).v('f64x2_extract_lane', 1).op('f64_add').set(one[j]);
  f.get(rows).if(() => {
    if (adds) f.get(yp).mem('f64_load').set(ys);
    if (dots) f.get(xp).mem('f64_load').set(xs);
    for (let j = 0; j < width; j++) {
      f.get(at[j]).mem('f64_load').set(as);
      if (adds) f.get(ys).get(as).get(c[j]).v('f64x2_extract_lane', 0).op('f64_mul').op('f64_add').set(ys);
      if (dots) f.get(one[j]).get(as).get(xs).op('f64_mul').op('f64_add').set(one[j]);
    }
    if (adds) f.get(yp).get(ys).mem('f64_store');
  });
  if (dots)
    for (let j = 0; j < width; j++)
      f.get(out)
        .get(one[j])
        .mem('f64_store', 8 * j);
  m.export(name, f);
}

/** Vectors of two rows that a panel of the rotations has. */
const PANEL = 8;
export const PANEL_ROWS = 16;

/** The column that both neighbouring rotations turn stays in registers. */
function rotations(m: Module, name: string, forward: boolean): void {
  const f = m.func([I32, I32, I32, I32]);
  const [a, ld, list, count] = [0, 1, 2, 3];
  const carry = Array.from({ length: PANEL }, () => f.local(V128));
  const [c, s, x] = [f.local(V128), f.local(V128), f.local(V128)];
  const next = f.local(I32);
  for (let i = 0; i < PANEL; i++)
    f.get(a)
      .vmem('v128_load', 16 * i)
      .set(carry[i]);
  f.loop(() => {
    f.get(list).vmem('v128_load64_splat').set(c).get(list).vmem('v128_load64_splat', 8).set(s);
    f.get(a)
      .get(ld)
      .op(forward ? 'i32_add' : 'i32_sub')
      .set(next);
    for (let i = 0; i < PANEL; i++) {
      f.get(next)
        .vmem('v128_load', 16 * i)
        .set(x);
      // Forward the carried column is the left one of the pair, backward the right one.
      f.get(a);
      f.get(c).get(carry[i]).v('f64x2_mul').get(s).get(x).v('f64x2_mul');
      f.v(forward ? 'f64x2_add' : 'f64x2_sub').vmem('v128_store', 16 * i);
      f.get(c).get(x).v('f64x2_mul').get(s).get(carry[i]).v('f64x2_mul');
      f.v(forward ? 'f64x2_sub' : 'f64x2_add').set(carry[i]);
    }
    f.get(next).set(a).bump(list, 16).bump(count, -1).get(count).brIf(0);
  });
  for (let i = 0; i < PANEL; i++)
    f.get(a)
      .get(carry[i])
      .vmem('v128_store', 16 * i);
  m.export(name, f);
}

function reflections(m: Module): void {
  const f = m.func([I32, I32, I32, I32]);
  const [a, ld, list, count] = [0, 1, 2, 3];
  const [v2, v3, t1, t2, t3, sum] = Array.from({ length: 6 }, () => f.local(V128));
  const x = [f.local(V128), f.local(V128), f.local(V128)];
  const at = [f.local(I32), f.local(I32), f.local(I32)];
  const splat = (i: number, to: number): Func =>
    f
      .get(list)
      .vmem('v128_load64_splat', 8 * i)
      .set(to);
  f.loop(() => {
    f.get(a).get(list).mem('i32_load').op('i32_add').set(at[0]);
    for (const j of [1, 2])
      f.get(at[j - 1])
        .get(ld)
        .op('i32_add')
        .set(at[j]);
    [v2, v3, t1, t2, t3].forEach((to, i) => {
      splat(i + 1, to);
    });
    for (let i = 0; i < PANEL; i++) {
      for (let j = 0; j < 3; j++)
        f.get(at[j])
          .vmem('v128_load', 16 * i)
          .set(x[j]);
      f.get(x[0])
        .get(v2)
        .get(x[1])
        .v('f64x2_mul')
        .v('f64x2_add')
        .get(v3)
        .get(x[2])
        .v('f64x2_mul')
        .v('f64x2_add')
        .set(sum);
      [t1, t2, t3].forEach((t, j) => {
        f.get(at[j])
          .get(x[j])
          .get(sum)
          .get(t)
          .v('f64x2_mul')
          .v('f64x2_sub')
          .vmem('v128_store', 16 * i);
      });
    }
    f.bump(list, 48).bump(count, -1).get(count).brIf(0);
  });
  m.export('reflect', f);
}

/** Reflectors one row further each, applied to four columns: two in the lanes of a vector. Three rows stay in registers. */
function reflectedRows(m: Module): void {
  const f = m.func([I32, I32, I32, I32]);
  const [a, ld, list, count] = [0, 1, 2, 3];
  const [v2, v3, t1, t2, t3, sum] = Array.from({ length: 6 }, () => f.local(V128));
  const x = [0, 1].map(() => [f.local(V128), f.local(V128), f.local(V128)]);
  const at = [a, f.local(I32), f.local(I32), f.local(I32)];
  for (const j of [1, 2, 3])
    f.get(at[j - 1])
      .get(ld)
      .op('i32_add')
      .set(at[j]);
  const load = (h: number, row: number): Func =>
    f
      .get(at[2 * h + 1])
      .get(at[2 * h])
      .vmem('v128_load64_zero', 8 * row)
      .vmem('v128_load64_lane', 8 * row, 1);
  const store = (h: number, row: number, from: number): void => {
    for (const lane of [0, 1])
      f.get(at[2 * h + lane])
        .get(from)
        .vmem('v128_store64_lane', 8 * row, lane);
  };
  for (const h of [0, 1]) for (const r of [0, 1]) load(h, r).set(x[h][r]);
  f.loop(() => {
    [v2, v3, t1, t2, t3].forEach((to, i) => {
      f.get(list)
        .vmem('v128_load64_splat', 8 * (i + 1))
        .set(to);
    });
    for (const h of [0, 1]) {
      const [x0, x1, x2] = x[h];
      load(h, 2).set(x2);
      f.get(x0).get(v2).get(x1).v('f64x2_mul').v('f64x2_add').get(v3).get(x2).v('f64x2_mul').v('f64x2_add').set(sum);
      f.get(x0).get(sum).get(t1).v('f64x2_mul').v('f64x2_sub').set(x0);
      store(h, 0, x0);
      f.get(x1).get(sum).get(t2).v('f64x2_mul').v('f64x2_sub').set(x0);
      f.get(x2).get(sum).get(t3).v('f64x2_mul').v('f64x2_sub').set(x1);
    }
    for (const p of at) f.bump(p, 8);
    f.bump(list, 48).bump(count, -1).get(count).brIf(0);
  });
  for (const h of [0, 1]) for (const r of [0, 1]) store(h, r, x[h][r]);
  m.export('rows4', f);
}

let made: WebAssembly.Module | null = null;

function compiled(): WebAssembly.Module {
  if (made !== null) return made;
  const m = new Module();
  for (const [suffix, width] of [
    ['4', 4],
    ['1', 1],
  ] as const) {
    columns(m, `axpy${suffix}`, width, true, false);
    columns(m, `dot${suffix}`, width, false, true);
    columns(m, `sym${suffix}`, width, true, true);
  }
  panelKernel(m, 'f64');
  rotations(m, 'forward', true);
  rotations(m, 'backward', false);
  reflections(m);
  reflectedRows(m);
  made = new WebAssembly.Module(m.bytes());
  return made;
}

/** Doubles that products pack their operands into. */
export const PACK_A: number = 128 * 256;
export const PACK_B: number = 256 * 256;
const PACK_EDGE = 4 * 260;
/** Numbers at `spare`. */
export const SPARE = 64;
const FIXED = 128 + PACK_A + PACK_B + PACK_EDGE;

/** One stretch of memory; `take` hands out parts of it until the whole is given back. */
export class Work {
  readonly f: Float64Array;
  readonly i: Int32Array;
  readonly k: WorkKernels;
  /** Places of eight doubles for coefficients and results of the kernels. */
  readonly coefficients = 0;
  readonly results = 8;
  readonly spare = 64;
  readonly packA: number = 128;
  readonly packB: number = 128 + PACK_A;
  readonly edge: number = 128 + PACK_A + PACK_B;
  /** Imaginary parts lie this far behind the real ones; 0 where all is real. */
  im = 0;
  private top = FIXED;
  private end = FIXED;
  busy = false;

  constructor(readonly doubles: number) {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(((FIXED + doubles) * 8) / 65536) });
    this.f = new Float64Array(memory.buffer);
    this.i = new Int32Array(memory.buffer);
    this.k = new WebAssembly.Instance(compiled(), { m: { m: memory } }).exports as unknown as WorkKernels;
  }

  /** Makes all of the memory real, or its second half the imaginary parts of the first. */
  open(complex: boolean): void {
    const half = Math.floor((this.f.length - FIXED) / 4) * 2;
    this.im = complex ? half : 0;
    this.top = FIXED;
    this.end = complex ? FIXED + half : this.f.length;
  }

  /** Offset of `n` numbers, all zero. */
  take(n: number): number {
    const at = this.top;
    this.top += n + (n & 1);
    if (this.top > this.end) throw new Error('linalg: a routine asked for less memory than it uses');
    this.f.fill(0, at, at + n);
    if (this.im > 0) this.f.fill(0, at + this.im, at + this.im + n);
    return at;
  }

  mark(): number {
    return this.top;
  }
  release(mark: number): void {
    this.top = mark;
  }
}

const SMALL = 1 << 17;
let small: Work | null = null;

/** Runs `body` with room for at least `numbers` numbers, complex or real. Small memory is kept for the next call. */
export function withWork<T>(numbers: number, complex: boolean, body: (w: Work) => T): T {
  const doubles = complex ? 2 * numbers + 4 : numbers;
  let w: Work;
  if (doubles <= SMALL && !small?.busy) w = small ??= new Work(SMALL);
  else w = new Work(doubles);
  w.open(complex);
  w.busy = true;
  try {
    return body(w);
  } finally {
    w.busy = false;
  }
}

/** A leading dimension for n rows: whole panels, and columns that do not all fall on the same lines of the cache. */
export function leading(n: number): number {
  const padded = Math.ceil(n / PANEL_ROWS) * PANEL_ROWS;
  return padded >= 64 && padded % 64 === 0 ? padded + PANEL_ROWS : padded;
}
