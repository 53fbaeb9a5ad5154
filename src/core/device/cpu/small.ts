import { type Func, I32, Module, V128 } from './asm.js';
import { type Lane, laneBytes, SHAPES } from './gemm.js';
import { heap } from './heap.js';

/**
 * Batches of small products, on operands as they lie in the heap: nothing is packed. Columns of the right operand and of the
 * result are neighbours in memory; k is at most one block of the sum, so that products are added in order, from zero.
 */
export interface SmallKernel {
  (
    left: number,
    leftBatch: number,
    leftRow: number,
    leftColumn: number,
    right: number,
    rightBatch: number,
    rightRow: number,
    out: number,
    outBatch: number,
    outRow: number,
    count: number,
    m: number,
    k: number,
    n: number,
  ): void;
}

const ZERO = new Uint8Array(16);

function build(lane: Lane): SmallKernel {
  const { add, mul, splat } = SHAPES[lane];
  const size = laneBytes(lane);
  const lanes = 16 / size;
  const module = new Module();
  const f: Func = module.func(new Array<typeof I32>(14).fill(I32));
  const [left, leftBatch, leftRow, leftColumn, right, rightBatch, rightRow, out, outBatch, outRow, count, m, k, n] =
    Array.from({ length: 14 }, (_, i) => i);
  const int = (): number => f.local(I32);
  const [rows, columns, kk, x0, b, c, bk, ci] = [int(), int(), int(), int(), int(), int(), int(), int()];
  const a = [int(), int(), int(), int()];
  const acc = Array.from({ length: 8 }, () => f.local(V128));
  const [b0, b1, s] = [f.local(V128), f.local(V128), f.local(V128)];
  const step = (pointer: number, by: number): void => {
    f.get(pointer).get(by).op('i32_add').set(pointer);
  };

  /** R rows of as many columns as `vectors` hold; 0 stands for a single column. */
  const block = (R: number, vectors: number): void => {
    const width = vectors === 0 ? 1 : vectors * lanes;
    const V = Math.max(1, vectors);
    f.block(() => {
      f.loop(() => {
        f.get(columns).i32(width).op('i32_lt_s').brIf(1);
        for (let r = 0; r < R; r++) {
          f.get(r === 0 ? x0 : a[r - 1]);
          if (r > 0) f.get(leftRow).op('i32_add');
          f.set(a[r]);
        }
        for (let i = 0; i < R * V; i++) f.v128(ZERO).set(acc[i]);
        f.get(b).set(bk).get(k).set(kk);
        f.loop(() => {
          f.get(bk)
            .vmem(vectors === 0 ? splat : 'v128_load')
            .set(b0);
          if (V === 2) f.get(bk).vmem('v128_load', 16).set(b1);
          for (let r = 0; r < R; r++) {
            f.get(a[r]).vmem(splat).set(s);
            f.get(acc[r * V])
              .get(s)
              .get(b0)
              .v(mul)
              .v(add)
              .set(acc[r * V]);
            if (V === 2)
              f.get(acc[r * V + 1])
                .get(s)
                .get(b1)
                .v(mul)
                .v(add)
                .set(acc[r * V + 1]);
          }
          for (let r = 0; r < R; r++) step(a[r], leftColumn);
          step(bk, rightRow);
          f.bump(kk, -1).get(kk).brIf(0);
        });
        f.get(c).set(ci);
        for (let r = 0; r < R; r++) {
          if (vectors === 0)
            f.get(ci)
              .get(acc[r])
              .vmem(size === 8 ? 'v128_store64_lane' : 'v128_store32_lane', 0, 0);
          else
            for (let v = 0; v < V; v++)
              f.get(ci)
                .get(acc[r * V + v])
                .vmem('v128_store', 16 * v);
          if (r < R - 1) step(ci, outRow);
        }
        f.bump(b, width * size)
          .bump(c, width * size)
          .bump(columns, -width)
          .br(0);
      });
    });
  };
  const stripes = (R: number): void => {
    f.block(() => {
      f.loop(() => {
        f.get(rows).i32(R).op('i32_lt_s').brIf(1);
        f.get(right).set(b).get(n).set(columns);
        // The rows of the result that this stripe begins with.
        f.get(out).get(m).get(rows).op('i32_sub').get(outRow).op('i32_mul').op('i32_add').set(c);
        block(R, 2);
        block(R, 1);
        block(R, 0);
        for (let r = 0; r < R; r++) step(x0, leftRow);
        f.bump(rows, -R).br(0);
      });
    });
  };
  f.loop(() => {
    f.get(m).set(rows).get(left).set(x0);
    stripes(4);
    stripes(1);
    step(left, leftBatch);
    step(right, rightBatch);
    step(out, outBatch);
    f.bump(count, -1).get(count).brIf(0);
  });
  module.export('small', f);
  return (module.instantiate(heap().memory) as { small: SmallKernel }).small;
}

const made: { [L in Lane]?: SmallKernel } = {};

/** The kernel of a lane type, compiled when it is first needed. */
export const smallKernel = (lane: Lane): SmallKernel => (made[lane] ??= build(lane));
