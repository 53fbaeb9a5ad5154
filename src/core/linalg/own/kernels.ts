import { F64, type Func, I32, Module, V128 } from '../../device/cpu/asm.js';
import { heap } from '../../device/cpu/heap.js';

/**
 * The steps of real factorisations that are no matrix products, in WebAssembly SIMD. Addresses and strides are in bytes, lengths in
 * elements. What happens to one element is the same wherever it lies: lanes are rows, never terms of a sum, but in `project`.
 */
export interface StepKernels {
  /** y = y - A x with A m by k; the products for an element are summed in order, then subtracted. k is at least 1. */
  gemv(m: number, k: number, a: number, lda: number, x: number, incx: number, y: number): void;
  /** w[j] = the inner product of column j of A and v: even and odd terms are summed apart. */
  project(m: number, n: number, a: number, lda: number, v: number, w: number): void;
  /** A = A - s v wᵀ. */
  rank1(m: number, n: number, s: number, v: number, w: number, a: number, lda: number): void;
  /** n columns of B = L⁻¹ B, column by column of L. The diagonal is of ones (`unit` 1), divided by (2), or multiplied by its reciprocals (0). */
  lower(m: number, n: number, a: number, lda: number, b: number, ldb: number, unit: number): void;
  /** n columns of B = U⁻¹ B. */
  upper(m: number, n: number, a: number, lda: number, b: number, ldb: number, unit: number): void;
  /** Packs `tiles` tiles of four rows of A, k columns each. */
  packRows(tiles: number, k: number, a: number, lda: number, to: number): void;
  /** Packs `tiles` tiles of four columns of alpha B, k rows each. */
  packColumns(tiles: number, k: number, b: number, ldb: number, alpha: number, to: number): void;
}

const ZERO = new Uint8Array(16);
const lanes = (...of: number[]): number[] => of.flatMap((l) => Array.from({ length: 8 }, (_, i) => l * 8 + i));

/** Repeats while a count is at least so much. */
function whileAtLeast(f: Func, count: number, least: number, body: () => void): void {
  f.block(() => {
    f.loop(() => {
      f.get(count).i32(least).op('i32_lt_s').brIf(1);
      body();
      f.bump(count, -least).br(0);
    });
  });
}
const step = (f: Func, pointer: number, by: number): Func => f.get(pointer).get(by).op('i32_add').set(pointer);

function gemv(module: Module): void {
  const f = module.func(new Array<typeof I32>(7).fill(I32));
  const [m, k, a, lda, x, incx, y] = [0, 1, 2, 3, 4, 5, 6];
  const [ap, xp, kk] = [f.local(I32), f.local(I32), f.local(I32)];
  const acc = [0, 1, 2, 3].map(() => f.local(V128));
  const s = f.local(V128);
  const sum = f.local(F64);
  const rows = (vectors: number): void =>
    whileAtLeast(f, m, 2 * vectors, () => {
      for (let i = 0; i < vectors; i++) f.v128(ZERO).set(acc[i]);
      f.get(a).set(ap).get(x).set(xp).get(k).set(kk);
      f.loop(() => {
        f.get(xp).vmem('v128_load64_splat').set(s);
        for (let i = 0; i < vectors; i++)
          f.get(acc[i])
            .get(ap)
            .vmem('v128_load', 16 * i)
            .get(s)
            .v('f64x2_mul')
            .v('f64x2_add')
            .set(acc[i]);
        step(f, ap, lda);
        step(f, xp, incx);
        f.bump(kk, -1).get(kk).brIf(0);
      });
      for (let i = 0; i < vectors; i++)
        f.get(y)
          .get(y)
          .vmem('v128_load', 16 * i)
          .get(acc[i])
          .v('f64x2_sub')
          .vmem('v128_store', 16 * i);
      f.bump(a, 16 * vectors).bump(y, 16 * vectors);
    });
  rows(4);
  rows(1);
  f.get(m).if(() => {
    f.f64(0).set(sum).get(a).set(ap).get(x).set(xp).get(k).set(kk);
    f.loop(() => {
      f.get(sum).get(ap).mem('f64_load').get(xp).mem('f64_load').op('f64_mul').op('f64_add').set(sum);
      step(f, ap, lda);
      step(f, xp, incx);
      f.bump(kk, -1).get(kk).brIf(0);
    });
    f.get(y).get(y).mem('f64_load').get(sum).op('f64_sub').mem('f64_store');
  });
  module.export('gemv', f);
}

function project(module: Module): void {
  const f = module.func(new Array<typeof I32>(6).fill(I32));
  const [m, n, a, lda, v, w] = [0, 1, 2, 3, 4, 5];
  const [vp, mm] = [f.local(I32), f.local(I32)];
  const c = [0, 1, 2, 3].map(() => f.local(I32));
  const acc = [0, 1, 2, 3].map(() => f.local(V128));
  const s = f.local(V128);
  const columns = (count: number): void =>
    whileAtLeast(f, n, count, () => {
      for (let i = 0; i < count; i++) {
        f.v128(ZERO).set(acc[i]);
        if (i === 0) f.get(a).set(c[0]);
        else
          f.get(c[i - 1])
            .get(lda)
            .op('i32_add')
            .set(c[i]);
      }
      f.get(v).set(vp).get(m).set(mm);
      whileAtLeast(f, mm, 2, () => {
        f.get(vp).vmem('v128_load').set(s);
        for (let i = 0; i < count; i++) {
          f.get(acc[i]).get(c[i]).vmem('v128_load').get(s).v('f64x2_mul').v('f64x2_add').set(acc[i]);
          f.bump(c[i], 16);
        }
        f.bump(vp, 16);
      });
      for (let i = 0; i < count; i++) {
        f.get(w);
        f.get(acc[i]).v('f64x2_extract_lane', 0).get(acc[i]).v('f64x2_extract_lane', 1).op('f64_add');
        f.mem('f64_store', 8 * i);
        f.get(mm).if(() => {
          f.get(w)
            .get(w)
            .mem('f64_load', 8 * i)
            .get(c[i])
            .mem('f64_load')
            .get(vp)
            .mem('f64_load')
            .op('f64_mul')
            .op('f64_add')
            .mem('f64_store', 8 * i);
        });
      }
      for (let i = 0; i < count; i++) step(f, a, lda);
      f.bump(w, 8 * count);
    });
  columns(4);
  columns(1);
  module.export('project', f);
}

function rank1(module: Module): void {
  const f = module.func([I32, I32, F64, I32, I32, I32, I32]);
  const [m, n, s, v, w, a, lda] = [0, 1, 2, 3, 4, 5, 6];
  const [ap, vp, mm] = [f.local(I32), f.local(I32), f.local(I32)];
  const t = f.local(F64);
  const ts = f.local(V128);
  const rows = (vectors: number): void =>
    whileAtLeast(f, mm, 2 * vectors, () => {
      for (let i = 0; i < vectors; i++)
        f.get(ap)
          .get(ap)
          .vmem('v128_load', 16 * i)
          .get(vp)
          .vmem('v128_load', 16 * i)
          .get(ts)
          .v('f64x2_mul')
          .v('f64x2_sub')
          .vmem('v128_store', 16 * i);
      f.bump(ap, 16 * vectors).bump(vp, 16 * vectors);
    });
  whileAtLeast(f, n, 1, () => {
    f.get(w).mem('f64_load').get(s).op('f64_mul').tee(t).v('f64x2_splat').set(ts);
    f.get(a).set(ap).get(v).set(vp).get(m).set(mm);
    rows(4);
    rows(1);
    f.get(mm).if(() => {
      f.get(ap).get(ap).mem('f64_load').get(vp).mem('f64_load').get(t).op('f64_mul').op('f64_sub').mem('f64_store');
    });
    step(f, a, lda);
    f.bump(w, 8);
  });
  module.export('rank1', f);
}

/** Solutions with a triangle: each known element is eliminated from those that follow. */
function triangle(module: Module, name: 'lower' | 'upper'): void {
  const f = module.func(new Array<typeof I32>(7).fill(I32));
  const [m, n, a, lda, b, ldb, unit] = [0, 1, 2, 3, 4, 5, 6];
  const int = (): number => f.local(I32);
  const [diagonal, ap, left, count, k] = [int(), int(), int(), int(), int()];
  const x = [0, 1, 2, 3].map(int);
  const p = [0, 1, 2, 3].map(int);
  const t = [0, 1, 2, 3].map(() => f.local(F64));
  const ts = [0, 1, 2, 3].map(() => f.local(V128));
  const s = f.local(V128);
  const r = f.local(F64);
  const upper = name === 'upper';
  const columns = (width: number): void =>
    whileAtLeast(f, n, width, () => {
      for (let i = 0; i < width; i++) {
        if (i === 0) f.get(b);
        else
          f.get(x[i - 1])
            .get(ldb)
            .op('i32_add');
        f.set(x[i]);
      }
      // The element that becomes known is at x + k, its column of A ends or begins at the diagonal.
      f.get(a).set(diagonal);
      if (upper) {
        f.get(m).i32(1).op('i32_sub').tee(left);
        f.get(lda).i32(8).op('i32_add').op('i32_mul').get(diagonal).op('i32_add').set(diagonal);
        f.get(left).i32(3).op('i32_shl').set(k);
      } else f.i32(0).set(k).get(m).i32(1).op('i32_sub').set(left);
      f.block(() => {
        f.loop(() => {
          f.get(left).i32(0).op('i32_lt_s').brIf(1);
          for (let i = 0; i < width; i++) {
            f.get(x[i]).get(k).op('i32_add').tee(p[i]).mem('f64_load').set(t[i]);
          }
          f.get(unit)
            .op('i32_eqz')
            .if(() => {
              f.f64(1).get(diagonal).mem('f64_load').op('f64_div').set(r);
              for (let i = 0; i < width; i++) f.get(p[i]).get(t[i]).get(r).op('f64_mul').tee(t[i]).mem('f64_store');
            });
          f.get(unit)
            .i32(2)
            .op('i32_eq')
            .if(() => {
              for (let i = 0; i < width; i++)
                f.get(p[i]).get(t[i]).get(diagonal).mem('f64_load').op('f64_div').tee(t[i]).mem('f64_store');
            });
          for (let i = 0; i < width; i++) {
            f.get(t[i]).v('f64x2_splat').set(ts[i]);
            if (upper) f.get(x[i]).set(p[i]);
            else f.bump(p[i], 8);
          }
          if (upper) f.get(diagonal).get(k).op('i32_sub').set(ap);
          else f.get(diagonal).i32(8).op('i32_add').set(ap);
          f.get(left).set(count);
          whileAtLeast(f, count, 2, () => {
            f.get(ap).vmem('v128_load').set(s);
            for (let i = 0; i < width; i++) {
              f.get(p[i])
                .get(p[i])
                .vmem('v128_load')
                .get(s)
                .get(ts[i])
                .v('f64x2_mul')
                .v('f64x2_sub')
                .vmem('v128_store');
              f.bump(p[i], 16);
            }
            f.bump(ap, 16);
          });
          f.get(count).if(() => {
            for (let i = 0; i < width; i++)
              f.get(p[i])
                .get(p[i])
                .mem('f64_load')
                .get(ap)
                .mem('f64_load')
                .get(t[i])
                .op('f64_mul')
                .op('f64_sub')
                .mem('f64_store');
          });
          f.bump(left, -1).bump(k, upper ? -8 : 8);
          f.get(diagonal)
            .get(lda)
            .i32(8)
            .op('i32_add')
            .op(upper ? 'i32_sub' : 'i32_add')
            .set(diagonal);
          f.br(0);
        });
      });
      f.get(x[width - 1])
        .get(ldb)
        .op('i32_add')
        .set(b);
    });
  columns(4);
  columns(1);
  module.export(name, f);
}

function packs(module: Module): void {
  {
    const f = module.func(new Array<typeof I32>(5).fill(I32));
    const [tiles, k, a, lda, to] = [0, 1, 2, 3, 4];
    const [ap, kk] = [f.local(I32), f.local(I32)];
    whileAtLeast(f, tiles, 1, () => {
      f.get(a).set(ap).get(k).set(kk);
      f.loop(() => {
        for (const i of [0, 16]) f.get(to).get(ap).vmem('v128_load', i).vmem('v128_store', i);
        f.bump(to, 32);
        step(f, ap, lda);
        f.bump(kk, -1).get(kk).brIf(0);
      });
      f.bump(a, 32);
    });
    module.export('packRows', f);
  }
  const f = module.func([I32, I32, I32, I32, F64, I32]);
  const [tiles, k, b, ldb, alpha, to] = [0, 1, 2, 3, 4, 5];
  const kk = f.local(I32);
  const c = [0, 1, 2, 3].map(() => f.local(I32));
  const v = [0, 1, 2, 3].map(() => f.local(V128));
  const s = f.local(V128);
  f.get(alpha).v('f64x2_splat').set(s);
  whileAtLeast(f, tiles, 1, () => {
    f.get(b).set(c[0]);
    for (let i = 1; i < 4; i++)
      f.get(c[i - 1])
        .get(ldb)
        .op('i32_add')
        .set(c[i]);
    f.get(c[3]).get(ldb).op('i32_add').set(b);
    f.get(k).set(kk);
    whileAtLeast(f, kk, 2, () => {
      for (let i = 0; i < 4; i++) {
        f.get(c[i]).vmem('v128_load').get(s).v('f64x2_mul').set(v[i]);
        f.bump(c[i], 16);
      }
      for (const row of [0, 1])
        for (const pair of [0, 2])
          f.get(to)
            .get(v[pair])
            .get(v[pair + 1])
            .shuffle(lanes(row, 2 + row))
            .vmem('v128_store', 32 * row + 8 * pair);
      f.bump(to, 64);
    });
    f.get(kk).if(() => {
      for (let i = 0; i < 4; i++)
        f.get(to)
          .get(c[i])
          .mem('f64_load')
          .get(alpha)
          .op('f64_mul')
          .mem('f64_store', 8 * i);
      f.bump(to, 32);
    });
  });
  module.export('packColumns', f);
}

let made: StepKernels | null = null;

/** The kernels, compiled when they are first needed. */
export function stepKernels(): StepKernels {
  return (made ??= (() => {
    const module = new Module();
    gemv(module);
    project(module);
    rank1(module);
    triangle(module, 'lower');
    triangle(module, 'upper');
    packs(module);
    return module.instantiate(heap().memory) as unknown as StepKernels;
  })());
}
