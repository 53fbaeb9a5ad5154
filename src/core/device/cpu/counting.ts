import { I32, I64, Module, V128 } from './asm.js';
import { heap } from './heap.js';
import { withScratch } from './scratch.js';

/** Kernels over tables with a place for each integer of a range, for int64 numbers in the heap: how often each occurs, and which do. */
export interface CountingKernels {
  /** The largest of n > 0 numbers; -2 where one is negative or has more than 31 bits. */
  extent(at: number, n: number): number;
  /**
   * Adds one to the counter of each number: to 32-bit counters in four tables that are `apart` bytes apart, in turn, because a counter
   * that was written a moment ago is slow to read.
   */
  tally(at: number, n: number, tables: number, apart: number): void;
  /** Writes the least and the largest of n > 0 numbers. */
  bounds(at: number, n: number, out: number): void;
  /** Writes a byte for each number, at its distance from the least. */
  mark(at: number, n: number, least: bigint, table: number, byte: number): void;
  /** For each number the byte at its distance from the least, or for those beyond `size` the byte behind the table. */
  lookUp(at: number, n: number, least: bigint, size: bigint, table: number, out: number): void;
  /** Counters of four tables, or of one where `apart` is 0, as int64. */
  gather(tables: number, apart: number, bins: number, out: number): void;
}

function extent(m: Module): void {
  const f = m.func([I32, I32], [I32]);
  const [at, n] = [0, 1];
  const [most, any, v] = [f.local(V128), f.local(V128), f.local(V128)];
  const [top, bits] = [f.local(I32), f.local(I32)];
  f.block(() => {
    f.loop(() => {
      f.get(n).i32(2).op('i32_lt_u').brIf(1);
      f.get(at).vmem('v128_load').tee(v).get(most).v('i32x4_max_s').set(most);
      f.get(any).get(v).v('v128_or').set(any);
      f.bump(at, 16).bump(n, -2).br(0);
    });
  });
  // Upper words must be zero, so that lower ones are the numbers; and those must not have a sign.
  f.get(most).v('i32x4_extract_lane', 0).set(top);
  f.get(most).v('i32x4_extract_lane', 2).get(top);
  f.get(most).v('i32x4_extract_lane', 2).get(top).op('i32_gt_s').op('select').set(top);
  const lane = (i: number): void => {
    f.get(any).v('i32x4_extract_lane', i);
  };
  lane(1);
  lane(3);
  f.op('i32_or');
  lane(0);
  lane(2);
  f.op('i32_or').i32(31).op('i32_shr_u').op('i32_or').set(bits);
  f.get(n);
  f.if(() => {
    f.get(at).mem('i32_load').get(top);
    f.get(at).mem('i32_load').get(top).op('i32_gt_s').op('select').set(top);
    f.get(bits).get(at).mem('i32_load', 4).op('i32_or');
    f.get(at).mem('i32_load').i32(31).op('i32_shr_u').op('i32_or').set(bits);
  });
  f.i32(-2).get(top).get(bits).op('select');
  m.export('extent', f);
}

function tally(m: Module): void {
  const f = m.func([I32, I32, I32, I32]);
  const [at, n, tables, apart] = [0, 1, 2, 3];
  const counter = f.local(I32);
  const others = [1, 2, 3].map(() => f.local(I32));
  const all = [tables, ...others];
  for (let i = 1; i < 4; i++)
    f.get(all[i - 1])
      .get(apart)
      .op('i32_add')
      .set(all[i]);
  const one = (i: number): void => {
    f.get(all[i])
      .get(at)
      .mem('i32_load', 8 * i)
      .i32(2)
      .op('i32_shl')
      .op('i32_add')
      .tee(counter);
    f.get(counter).mem('i32_load').i32(1).op('i32_add').mem('i32_store');
  };
  for (const step of [4, 1])
    f.block(() => {
      f.loop(() => {
        f.get(n).i32(step).op('i32_lt_u').brIf(1);
        for (let i = 0; i < step; i++) one(i);
        f.bump(at, 8 * step)
          .bump(n, -step)
          .br(0);
      });
    });
  m.export('tally', f);
}

function gather(m: Module): void {
  const f = m.func([I32, I32, I32, I32]);
  const [tables, apart, bins, out] = [0, 1, 2, 3];
  const [sum, at, i] = [f.local(I32), f.local(I32), f.local(I32)];
  f.block(() => {
    f.loop(() => {
      f.get(bins).op('i32_eqz').brIf(1);
      f.get(tables).mem('i32_load').set(sum);
      f.get(apart);
      f.if(() => {
        f.get(tables).set(at).i32(3).set(i);
        f.loop(() => {
          f.get(at).get(apart).op('i32_add').tee(at).mem('i32_load').get(sum).op('i32_add').set(sum);
          f.bump(i, -1).get(i).brIf(0);
        });
      });
      f.get(out).get(sum).op('i64_extend_i32_u').mem('i64_store');
      f.bump(tables, 4).bump(out, 8).bump(bins, -1).br(0);
    });
  });
  m.export('gather', f);
}

function membership(m: Module): void {
  const b = m.func([I32, I32, I32]);
  {
    const [at, n, out] = [0, 1, 2];
    const [least, most, v] = [b.local(I64), b.local(I64), b.local(I64)];
    b.get(at).mem('i64_load').tee(least).set(most);
    b.loop(() => {
      b.get(at).mem('i64_load').tee(v).get(least);
      b.get(v).get(least).op('i64_lt_s').op('select').set(least);
      b.get(v).get(most);
      b.get(v).get(most).op('i64_gt_s').op('select').set(most);
      b.bump(at, 8).bump(n, -1).get(n).brIf(0);
    });
    b.get(out).get(least).mem('i64_store');
    b.get(out).get(most).mem('i64_store', 8);
    m.export('bounds', b);
  }
  const f = m.func([I32, I32, I64, I32, I32]);
  {
    const [at, n, least, table, byte] = [0, 1, 2, 3, 4];
    f.loop(() => {
      f.get(table).get(at).mem('i64_load').get(least).op('i64_sub').op('i32_wrap_i64').op('i32_add');
      f.get(byte).mem('i32_store8');
      f.bump(at, 8).bump(n, -1).get(n).brIf(0);
    });
    m.export('mark', f);
  }
  const g = m.func([I32, I32, I64, I64, I32, I32]);
  const [at, n, least, size, table, out] = [0, 1, 2, 3, 4, 5];
  const k = g.local(I64);
  for (const step of [4, 1])
    g.block(() => {
      g.loop(() => {
        g.get(n).i32(step).op('i32_lt_u').brIf(1);
        for (let i = 0; i < step; i++) {
          g.get(out).get(table);
          g.get(at)
            .mem('i64_load', 8 * i)
            .get(least)
            .op('i64_sub')
            .tee(k)
            .get(size);
          g.get(k).get(size).op('i64_lt_u').op('select').op('i32_wrap_i64').op('i32_add');
          g.mem('i32_load8_u').mem('i32_store8', i);
        }
        g.bump(at, 8 * step)
          .bump(out, step)
          .bump(n, -step)
          .br(0);
      });
    });
  m.export('lookUp', g);
}

let made: CountingKernels | null = null;

/** The kernels, made on first use. */
export function countingKernels(): CountingKernels {
  if (made !== null) return made;
  const m = new Module();
  extent(m);
  tally(m);
  gather(m);
  membership(m);
  return (made = m.instantiate(heap().memory) as unknown as CountingKernels);
}

/** From so many bins on the counters of four tables would not stay in the first-level cache. */
const FEW = 2048;

/** The bytes of scratch memory that `countAt` wants. */
export const countingBytes = (bins: number): number => 4 * bins * (bins <= FEW ? 4 : 1) + 16;

/** Writes how often 0 … bins - 1 occur among n int64 numbers below `bins`, as int64. */
export function countAt(at: number, n: number, bins: number, out: number, scratch: number): void {
  const apart = bins <= FEW ? 4 * bins : 0;
  const { tally: count, gather: collect } = countingKernels();
  heap().u8.fill(0, scratch, scratch + countingBytes(bins));
  count(at, n, scratch, apart);
  collect(scratch, apart, bins, out);
}

/** Two stretches of int64 numbers in the heap. */
export interface Among {
  readonly at: number;
  readonly n: number;
  readonly others: number;
  readonly count: number;
}

/** Writes a byte for each number: `hit` where it is among the others, else the other truth; false where those are more than `most` apart. */
export function amongAt({ at, n, others, count }: Among, most: number, hit: 0 | 1, out: number): boolean {
  const { bounds, mark, lookUp } = countingKernels();
  let range: readonly [bigint, bigint] = [0n, 0n];
  const found = withScratch(16, (scratch) => {
    bounds(others, count, scratch);
    const { i64 } = heap();
    range = [i64[scratch / 8], i64[scratch / 8 + 1]];
  });
  const size = Number(range[1] - range[0]) + 1;
  if (!found || size - 1 > most) return false;
  return withScratch(size + 1, (table) => {
    heap().u8.fill(1 - hit, table, table + size + 1);
    mark(others, count, range[0], table, hit);
    lookUp(at, n, range[0], BigInt(size), table, out);
  });
}
