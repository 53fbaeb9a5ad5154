import { type Func, I32, Module, V128 } from './asm.js';
import { heap } from './heap.js';
import { SUM_BLOCK } from '../product.js';

/**
 * The inner kernels of matrix products, in WebAssembly SIMD. They work on packed operands in the heap: `panels` multiplies
 * tiles of rows by tiles of columns; `rows` makes inner products of vectors that lie in memory as they are.
 */

/** What a kernel computes in. Narrower integers and bool use i32, float16 uses f32. */
export type Lane = 'f64' | 'f32' | 'i32' | 'i64';

/** Rows of a tile; columns are two vectors: 4 of eight bytes, 8 of four. */
export const TILE_ROWS = 4;
export const laneBytes = (lane: Lane): 4 | 8 => (lane === 'f64' || lane === 'i64' ? 8 : 4);
export const tileColumns = (lane: Lane): number => 32 / laneBytes(lane);

interface Shape {
  readonly add: string;
  readonly mul: string;
  readonly splat: string;
}
/** Instructions of each lane type. */
export const SHAPES: { readonly [L in Lane]: Shape } = {
  f64: { add: 'f64x2_add', mul: 'f64x2_mul', splat: 'v128_load64_splat' },
  f32: { add: 'f32x4_add', mul: 'f32x4_mul', splat: 'v128_load32_splat' },
  i64: { add: 'i64x2_add', mul: 'i64x2_mul', splat: 'v128_load64_splat' },
  i32: { add: 'i32x4_add', mul: 'i32x4_mul', splat: 'v128_load32_splat' },
};
const ZERO = new Uint8Array(16);

export interface Kernels {
  /**
   * Multiplies packed panels: `a` holds row tiles (k times 4 elements each), `b` column tiles (k times two vectors each). The
   * products go to `c`, where rows are `row` bytes apart, row tiles `rowTile` and column tiles `columnTile`. Not the first block: c is added to.
   */
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
  /**
   * Inner products of `count` (a multiple of 4) pairs of contiguous vectors of length k (a multiple of the lanes of a
   * vector): the i-th of `x + i * xStep` with `y + i * yStep`, to or onto `out`, which is contiguous.
   */
  rows(x: number, xStep: number, y: number, yStep: number, out: number, count: number, k: number, first: number): void;
  /** As `rows`, of vectors that are SUM_BLOCK elements apart, first blocks only; `count` is a multiple of 8. */
  blocks(x: number, y: number, out: number, count: number): void;
  /** out[i] = or += sum over k of x[k] * y[k, i] for `count` columns (a multiple of two vectors); y has unit steps along i. */
  columns(
    x: number,
    xStep: number,
    y: number,
    yStep: number,
    out: number,
    count: number,
    k: number,
    first: number,
  ): void;
}

/** Adds the kernel `panels` to a module. */
export function panels(m: Module, lane: Lane): void {
  const { add, mul, splat } = SHAPES[lane];
  const size = laneBytes(lane);
  const f = m.func(new Array<typeof I32>(10).fill(I32));
  const [a, b, c, rowTiles, columnTiles, k, first, row, rowTile, columnTile] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [ap, bp, cp, at, it, kk] = [f.local(I32), f.local(I32), f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
  const acc = Array.from({ length: 2 * TILE_ROWS }, () => f.local(V128));
  const [b0, b1, s] = [f.local(V128), f.local(V128), f.local(V128)];
  // One k at a time: engines keep eight accumulators in registers for this loop, but no longer when it is unrolled.
  const steps = (): void => {
    f.loop(() => {
      f.get(bp).vmem('v128_load').set(b0);
      f.get(bp).vmem('v128_load', 16).set(b1);
      for (let r = 0; r < TILE_ROWS; r++) {
        f.get(ap)
          .vmem(splat, r * size)
          .set(s);
        f.get(acc[2 * r])
          .get(s)
          .get(b0)
          .v(mul)
          .v(add)
          .set(acc[2 * r]);
        f.get(acc[2 * r + 1])
          .get(s)
          .get(b1)
          .v(mul)
          .v(add)
          .set(acc[2 * r + 1]);
      }
      f.bump(ap, TILE_ROWS * size)
        .bump(bp, 32)
        .bump(kk, -1)
        .get(kk)
        .brIf(0);
    });
  };
  f.loop(() => {
    f.get(a).set(ap);
    f.get(c).set(cp);
    f.get(rowTiles).set(it);
    f.loop(() => {
      for (const v of acc) f.v128(ZERO).set(v);
      f.get(b).set(bp);
      f.get(k).set(kk);
      steps();
      const eachRow = (visit: (r: number) => void): void => {
        f.get(cp).set(at);
        for (let r = 0; r < TILE_ROWS; r++) {
          visit(r);
          if (r < TILE_ROWS - 1) f.get(at).get(row).op('i32_add').set(at);
        }
      };
      f.get(first)
        .op('i32_eqz')
        .if(() => {
          eachRow((r) => {
            for (const v of [0, 1])
              f.get(at)
                .vmem('v128_load', v * 16)
                .get(acc[2 * r + v])
                .v(add)
                .set(acc[2 * r + v]);
          });
        });
      eachRow((r) => {
        for (const v of [0, 1])
          f.get(at)
            .get(acc[2 * r + v])
            .vmem('v128_store', v * 16);
      });
      f.get(cp).get(rowTile).op('i32_add').set(cp);
      f.bump(it, -1).get(it).brIf(0);
    });
    f.get(bp).set(b);
    f.get(c).get(columnTile).op('i32_add').set(c);
    f.bump(columnTiles, -1).get(columnTiles).brIf(0);
  });
  m.export('panels', f);
}

/** Picks 8-byte (or 4-byte) lanes of two vectors on the stack. */
const pick = (f: Func, size: number, lanes: readonly number[]): Func =>
  f.shuffle(lanes.flatMap((l) => Array.from({ length: size }, (_, i) => l * size + i)));

/** Adds four vectors of products, each of one row, to accumulators whose lanes are the rows: in order of k. */
function addTransposed(f: Func, lane: Lane, p: readonly number[], q: readonly number[], acc: readonly number[]): void {
  const { add } = SHAPES[lane];
  if (laneBytes(lane) === 8) {
    for (const h of [0, 1]) {
      for (const l of [0, 1]) {
        f.get(acc[h])
          .get(p[2 * h])
          .get(p[2 * h + 1]);
        pick(f, 8, [l, 2 + l])
          .v(add)
          .set(acc[h]);
      }
    }
    return;
  }
  const pair = (to: number, i: number, j: number, lanes: readonly number[]): void => {
    f.get(p[i]).get(p[j]);
    pick(f, 4, lanes).set(q[to]);
  };
  pair(0, 0, 1, [0, 4, 1, 5]);
  pair(1, 2, 3, [0, 4, 1, 5]);
  pair(2, 0, 1, [2, 6, 3, 7]);
  pair(3, 2, 3, [2, 6, 3, 7]);
  const evens = [0, 1, 4, 5];
  const odds = [2, 3, 6, 7];
  for (const h of [0, 2]) {
    for (const lanes of [evens, odds]) {
      f.get(acc[0])
        .get(q[h])
        .get(q[h + 1]);
      pick(f, 4, lanes).v(add).set(acc[0]);
    }
  }
}

/**
 * Lanes of a vector are neighbours along k, but sums run over k in order, one row a lane: products of several rows are transposed in
 * registers before they are added.
 */
function rows(m: Module, lane: Lane): void {
  const { add, mul } = SHAPES[lane];
  const size = laneBytes(lane);
  const lanes = 16 / size;
  const f = m.func([I32, I32, I32, I32, I32, I32, I32, I32]);
  const [x, xStep, y, yStep, out, count, k, first] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [xr, yr, xk, yk, kk] = [f.local(I32), f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
  const p = [0, 1, 2, 3].map(() => f.local(V128));
  const q = [0, 1, 2, 3].map(() => f.local(V128));
  const v = f.local(V128);
  const all = Array.from({ length: 8 / lanes }, () => f.local(V128));
  /** Many rows at once keep the additions from waiting for each other. */
  const groups = (height: 4 | 8, shared: boolean): void => {
    const acc = all.slice(0, height / lanes);
    f.block(() => {
      f.loop(() => {
        f.get(count).i32(height).op('i32_lt_s').brIf(1);
        for (const a of acc) f.v128(ZERO).set(a);
        f.get(k).set(kk).get(x).set(xk).get(y).set(yk);
        f.block(() => {
          f.loop(() => {
            f.get(kk).op('i32_eqz').brIf(1);
            f.get(xk).set(xr);
            if (shared) f.get(yk).vmem('v128_load').set(v);
            else f.get(yk).set(yr);
            for (let from = 0; from < height; from += 4) {
              for (let r = 0; r < 4; r++) {
                if (from + r > 0) f.get(xr).get(xStep).op('i32_add').set(xr);
                if (from + r > 0 && !shared) f.get(yr).get(yStep).op('i32_add').set(yr);
                f.get(xr).vmem('v128_load');
                if (shared) f.get(v);
                else f.get(yr).vmem('v128_load');
                f.v(mul).set(p[r]);
              }
              addTransposed(f, lane, p, q, acc.slice(from / lanes, (from + 4) / lanes));
            }
            f.bump(xk, 16).bump(yk, 16).bump(kk, -lanes).br(0);
          });
        });
        f.get(first)
          .op('i32_eqz')
          .if(() => {
            for (let i = 0; i < acc.length; i++)
              f.get(out)
                .vmem('v128_load', i * 16)
                .get(acc[i])
                .v(add)
                .set(acc[i]);
          });
        for (let i = 0; i < acc.length; i++)
          f.get(out)
            .get(acc[i])
            .vmem('v128_store', i * 16);
        for (const [at, step] of [
          [x, xStep],
          [y, yStep],
        ])
          f.get(at).get(step).i32(height).op('i32_mul').op('i32_add').set(at);
        f.bump(out, height * size)
          .bump(count, -height)
          .br(0);
      });
    });
  };
  // A matrix times one vector: the vector is loaded once for all rows.
  f.get(yStep)
    .op('i32_eqz')
    .if(() => groups(8, true));
  groups(8, false);
  groups(4, false);
  m.export('rows', f);
}

/** Eight rows at once, at fixed distances. */
function blocks(m: Module, lane: Lane): void {
  const { mul } = SHAPES[lane];
  const size = laneBytes(lane);
  const lanes = 16 / size;
  const f = m.func([I32, I32, I32, I32]);
  const [x, y, out, count] = [0, 1, 2, 3];
  const end = f.local(I32);
  const p = [0, 1, 2, 3].map(() => f.local(V128));
  const q = [0, 1, 2, 3].map(() => f.local(V128));
  const acc = Array.from({ length: 8 / lanes }, () => f.local(V128));
  const apart = SUM_BLOCK * size;
  f.loop(() => {
    for (const v of acc) f.v128(ZERO).set(v);
    f.get(x).i32(apart).op('i32_add').set(end);
    f.loop(() => {
      for (const half of [0, 1]) {
        for (let r = 0; r < 4; r++)
          f.get(x)
            .vmem('v128_load', (4 * half + r) * apart)
            .get(y)
            .vmem('v128_load', (4 * half + r) * apart)
            .v(mul)
            .set(p[r]);
        addTransposed(f, lane, p, q, acc.slice((half * 4) / lanes, ((half + 1) * 4) / lanes));
      }
      f.bump(x, 16).bump(y, 16).get(x).get(end).op('i32_lt_u').brIf(0);
    });
    for (let i = 0; i < acc.length; i++)
      f.get(out)
        .get(acc[i])
        .vmem('v128_store', i * 16);
    f.bump(x, 7 * apart)
      .bump(y, 7 * apart)
      .bump(out, 8 * size)
      .bump(count, -8)
      .get(count)
      .brIf(0);
  });
  m.export('blocks', f);
}

/** One pass over k for each stretch of columns that fits the registers. */
function columns(m: Module, lane: Lane): void {
  const { add, mul, splat } = SHAPES[lane];
  const lanes = 16 / laneBytes(lane);
  const f = m.func([I32, I32, I32, I32, I32, I32, I32, I32]);
  const [x, xStep, y, yStep, out, count, k, first] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [xp, yp, kk] = [f.local(I32), f.local(I32), f.local(I32)];
  const acc = Array.from({ length: 8 }, () => f.local(V128));
  const s = f.local(V128);
  const stretch = (vectors: number): void => {
    f.block(() => {
      f.loop(() => {
        f.get(count)
          .i32(vectors * lanes)
          .op('i32_lt_s')
          .brIf(1);
        for (let i = 0; i < vectors; i++) f.v128(ZERO).set(acc[i]);
        f.get(x).set(xp).get(y).set(yp).get(k).set(kk);
        f.loop(() => {
          f.get(xp).vmem(splat).set(s);
          for (let i = 0; i < vectors; i++)
            f.get(yp)
              .vmem('v128_load', i * 16)
              .get(s)
              .v(mul)
              .get(acc[i])
              .v(add)
              .set(acc[i]);
          f.get(xp).get(xStep).op('i32_add').set(xp).get(yp).get(yStep).op('i32_add').set(yp);
          f.bump(kk, -1).get(kk).brIf(0);
        });
        f.get(first)
          .op('i32_eqz')
          .if(() => {
            for (let i = 0; i < vectors; i++)
              f.get(out)
                .vmem('v128_load', i * 16)
                .get(acc[i])
                .v(add)
                .set(acc[i]);
          });
        for (let i = 0; i < vectors; i++)
          f.get(out)
            .get(acc[i])
            .vmem('v128_store', i * 16);
        f.bump(out, vectors * 16)
          .bump(y, vectors * 16)
          .bump(count, -vectors * lanes)
          .br(0);
      });
    });
  };
  stretch(8);
  stretch(2);
  m.export('columns', f);
}

const made: { [L in Lane]?: Kernels } = {};

/** The kernels of a lane type, compiled when they are first needed. */
export function kernels(lane: Lane): Kernels {
  return (made[lane] ??= (() => {
    const m = new Module();
    panels(m, lane);
    rows(m, lane);
    blocks(m, lane);
    columns(m, lane);
    return m.instantiate(heap().memory) as unknown as Kernels;
  })());
}
