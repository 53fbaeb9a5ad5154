import { type Func, I32, I64, Module, V128 } from './asm.js';
import { heap } from './heap.js';

/**
 * Kernels that move elements by index or by mask. Elements are moved as bits, so one kernel serves every dtype of a size. Addresses
 * are those of the heap; what lies outside of it takes the loops in JavaScript.
 */

export type Width = 1 | 2 | 4 | 8 | 16;

export interface PlaceKernels {
  /**
   * out[i] (with `more`: +=) index * stride, as 32-bit integers, for n int64 indices within -length … length - 1, until one is out
   * of bounds; gives how many were done.
   */
  positions(indices: number, n: number, length: number, stride: number, out: number, more: number): number;
  /** dst[i] = src[indices[i]], `stride` bytes from place to place, until an index is out of bounds; gives how many were done. */
  readonly take: {
    readonly [W in Width]: (
      src: number,
      stride: number,
      indices: number,
      n: number,
      length: number,
      dst: number,
    ) => number;
  };
  /** dst[positions[i] * unit] = src[i]; the source moves on by `step` bytes (0: one element for all). */
  readonly put: {
    readonly [W in Width]: (dst: number, unit: number, positions: number, n: number, src: number, step: number) => void;
  };
  /** dst[i] = src[positions[i] * unit]. */
  readonly get: {
    readonly [W in Width]: (src: number, unit: number, positions: number, n: number, dst: number) => void;
  };
  /** Number of bytes that are not 0: memory that was something else may hold any. */
  count(mask: number, n: number): number;
  /** Elements of an evenly spaced row where the mask is not 0, one after the other up to `end`. */
  readonly pick: {
    readonly [W in Width]: (mask: number, n: number, src: number, stride: number, dst: number, end: number) => void;
  };
  /** Places, as int64 from `first` on, where the mask is not 0, up to `end`. */
  find(mask: number, n: number, first: number, dst: number, end: number): void;
  /** Writes the bits of n bytes (a multiple of 8), the first of each eight in the lowest bit, or with `big` in the highest. */
  pack(bytes: number, n: number, dst: number, big: number): void;
}

const NONE = new Uint8Array(16);
const WIDTHS: readonly Width[] = [1, 2, 4, 8, 16];

/** Copies one element; what pushes the addresses is given. */
function move(f: Func, w: Width, to: () => void, from: () => void): void {
  to();
  from();
  if (w === 16) f.vmem('v128_load').vmem('v128_store');
  else if (w === 8) f.mem('i64_load').mem('i64_store');
  else if (w === 4) f.mem('i32_load').mem('i32_store');
  else if (w === 2) f.mem('i32_load16_u').mem('i32_store16');
  else f.mem('i32_load8_u').mem('i32_store8');
}

/** Reads the index at `at` + offset into `k`, negative ones from the end. */
function index(f: Func, at: number, offset: number, length: number, k: number): void {
  f.get(at)
    .mem('i64_load', offset)
    .tee(k)
    .get(k)
    .i64(63n)
    .op('i64_shr_s')
    .get(length)
    .op('i64_and')
    .op('i64_add')
    .set(k);
}

function positions(m: Module): void {
  const f = m.func([I32, I32, I32, I32, I32, I32], [I32]);
  const [at, n, length, stride, out, more] = [0, 1, 2, 3, 4, 5];
  const start = f.local(I32);
  const end = f.local(I32);
  const k = f.local(I64);
  const l = f.local(I64);
  f.get(at).tee(start).get(n).i32(3).op('i32_shl').op('i32_add').set(end);
  f.get(length).op('i64_extend_i32_u').set(l);
  const loopOf = (add: boolean): void => {
    f.block(() => {
      f.loop(() => {
        f.get(at).get(end).op('i32_ge_u').brIf(1);
        index(f, at, 0, l, k);
        f.get(k).get(l).op('i64_ge_u').brIf(1);
        f.get(out).get(k).op('i32_wrap_i64').get(stride).op('i32_mul');
        if (add) f.get(out).mem('i32_load').op('i32_add');
        f.mem('i32_store');
        f.bump(at, 8).bump(out, 4).br(0);
      });
    });
  };
  f.get(more);
  f.if(
    () => loopOf(true),
    () => loopOf(false),
  );
  f.get(at).get(start).op('i32_sub').i32(3).op('i32_shr_u');
  m.export('positions', f);
}

function take(m: Module, w: Width): void {
  const f = m.func([I32, I32, I32, I32, I32, I32], [I32]);
  const [src, stride, at, n, length, dst] = [0, 1, 2, 3, 4, 5];
  const start = f.local(I32);
  const end = f.local(I32);
  const l = f.local(I64);
  const ks = [0, 1, 2, 3].map(() => f.local(I64));
  f.get(length).op('i64_extend_i32_u').set(l);
  f.get(at).tee(start).get(n).i32(3).op('i32_shl').op('i32_add').set(end);
  const from = (k: number): void => {
    f.get(src).get(k).op('i32_wrap_i64').get(stride).op('i32_mul').op('i32_add');
  };
  const loopOf = (count: number): void => {
    f.block(() => {
      f.loop(() => {
        f.get(at)
          .i32(8 * count)
          .op('i32_add')
          .get(end)
          .op('i32_gt_u')
          .brIf(1);
        for (let i = 0; i < count; i++) {
          index(f, at, 8 * i, l, ks[i]);
          f.get(ks[i]).get(l).op('i64_ge_u');
          if (i > 0) f.op('i32_or');
        }
        // With an index out of bounds among four, they are done one by one.
        f.brIf(1);
        for (let i = 0; i < count; i++)
          move(
            f,
            w,
            () =>
              f
                .get(dst)
                .i32(i * w)
                .op('i32_add'),
            () => from(ks[i]),
          );
        f.bump(at, 8 * count)
          .bump(dst, w * count)
          .br(0);
      });
    });
  };
  loopOf(4);
  loopOf(1);
  f.get(at).get(start).op('i32_sub').i32(3).op('i32_shr_u');
  m.export(`take${w}`, f);
}

/** Moves elements to, or from, places that 32-bit positions name. */
function placed(m: Module, w: Width, to: boolean): void {
  const f = m.func(new Array<typeof I32>(to ? 6 : 5).fill(I32));
  const [far, unit, at, n, near, step] = [0, 1, 2, 3, 4, 5];
  const end = f.local(I32);
  f.get(at).get(n).i32(2).op('i32_shl').op('i32_add').set(end);
  const place = (): void => {
    f.get(far).get(at).mem('i32_load').get(unit).op('i32_mul').op('i32_add');
  };
  f.block(() => {
    f.loop(() => {
      f.get(at).get(end).op('i32_ge_u').brIf(1);
      if (to) {
        move(f, w, place, () => f.get(near));
        f.get(near).get(step).op('i32_add').set(near);
      } else {
        move(f, w, () => f.get(near), place);
        f.bump(near, w);
      }
      f.bump(at, 4).br(0);
    });
  });
  m.export(`${to ? 'put' : 'get'}${w}`, f);
}

function count(m: Module): void {
  const f = m.func([I32, I32], [I32]);
  const [at, n] = [0, 1];
  const total = f.local(I32);
  const stop = f.local(I32);
  const a = f.local(V128);
  const b = f.local(V128);
  const zero = new Uint8Array(16);
  // A byte holds 255 ones; then its sums go on in wider lanes.
  f.block(() => {
    f.loop(() => {
      f.get(n).i32(32).op('i32_lt_u').brIf(1);
      f.v128(zero).set(a).v128(zero).set(b);
      f.get(n)
        .i32(-32)
        .op('i32_and')
        .i32(32 * 255)
        .get(n)
        .i32(32 * 255)
        .op('i32_lt_u')
        .op('select')
        .get(at)
        .op('i32_add')
        .set(stop);
      f.get(n).get(stop).get(at).op('i32_sub').op('i32_sub').set(n);
      f.loop(() => {
        f.get(a).get(at).vmem('v128_load').v128(zero).v('i8x16_ne').v('i8x16_sub').set(a);
        f.get(b).get(at).vmem('v128_load', 16).v128(zero).v('i8x16_ne').v('i8x16_sub').set(b);
        f.bump(at, 32).get(at).get(stop).op('i32_lt_u').brIf(0);
      });
      for (const v of [a, b]) f.get(v).v('i16x8_extadd_pairwise_i8x16_u').v('i32x4_extadd_pairwise_i16x8_u').set(v);
      f.get(a).get(b).v('i32x4_add').set(a);
      for (let i = 0; i < 4; i++) f.get(total).get(a).v('i32x4_extract_lane', i).op('i32_add').set(total);
      f.br(0);
    });
  });
  f.block(() => {
    f.loop(() => {
      f.get(n).op('i32_eqz').brIf(1);
      f.get(total).get(at).mem('i32_load8_u').i32(0).op('i32_ne').op('i32_add').set(total);
      f.bump(at, 1).bump(n, -1).br(0);
    });
  });
  f.get(total);
  m.export('count', f);
}

/** What is written for a true place: `write` for place `i` (a number, or a local) past where the walk is. */
interface Sink {
  readonly f: Func;
  readonly mask: number;
  readonly n: number;
  readonly dst: number;
  readonly end: number;
  /** Bytes written for each. */
  readonly width: number;
  write(place: number | null, local: number): void;
  advance(by: number): void;
}

/**
 * Visits true places, sixteen at a time: none are passed at once, few are found by their bits, many are all written without a branch,
 * and kept when the mask is true.
 */
function eachTrue(s: Sink): void {
  const { f, mask, n, dst, end, width } = s;
  const bits = f.local(I32);
  const place = f.local(I32);
  const room = f.local(I32);
  f.get(end)
    .i32(16 * width)
    .op('i32_sub')
    .set(room);
  const one = (i: number): void => {
    s.write(i, -1);
    f.get(dst)
      .get(mask)
      .mem('i32_load8_u', i)
      .i32(0)
      .op('i32_ne')
      .i32(Math.log2(width))
      .op('i32_shl')
      .op('i32_add')
      .set(dst);
  };
  f.block(() => {
    f.loop(() => {
      f.get(n).i32(16).op('i32_lt_u').brIf(1);
      f.get(mask).vmem('v128_load').v128(NONE).v('i8x16_ne').v('i8x16_bitmask').tee(bits);
      f.if(() => {
        f.get(bits).op('i32_popcnt').i32(5).op('i32_lt_u').get(dst).get(room).op('i32_gt_u').op('i32_or');
        f.if(
          () =>
            f.loop(() => {
              f.get(bits).op('i32_ctz').set(place);
              s.write(null, place);
              f.bump(dst, width);
              f.get(bits).get(bits).i32(1).op('i32_sub').op('i32_and').tee(bits).brIf(0);
            }),
          () => {
            for (let i = 0; i < 16; i++) one(i);
          },
        );
      });
      f.bump(mask, 16).bump(n, -16);
      s.advance(16);
      f.br(0);
    });
  });
  f.block(() => {
    f.loop(() => {
      f.get(n).op('i32_eqz').get(dst).get(end).op('i32_ge_u').op('i32_or').brIf(1);
      one(0);
      f.bump(mask, 1).bump(n, -1);
      s.advance(1);
      f.br(0);
    });
  });
}

function pick(m: Module, w: Width): void {
  const f = m.func([I32, I32, I32, I32, I32, I32]);
  const [mask, n, src, stride, dst, end] = [0, 1, 2, 3, 4, 5];
  const push = (i: number | null, local: number): void => {
    f.get(src);
    if (i === 0) return;
    if (i === null) f.get(local);
    else f.i32(i);
    f.get(stride).op('i32_mul').op('i32_add');
  };
  eachTrue({
    f,
    mask,
    n,
    dst,
    end,
    width: w,
    write: (i, local) =>
      move(
        f,
        w,
        () => f.get(dst),
        () => push(i, local),
      ),
    advance: (by) => {
      f.get(src).get(stride).i32(by).op('i32_mul').op('i32_add').set(src);
    },
  });
  m.export(`pick${w}`, f);
}

function find(m: Module): void {
  const f = m.func([I32, I32, I32, I32, I32]);
  const [mask, n, first, dst, end] = [0, 1, 2, 3, 4];
  eachTrue({
    f,
    mask,
    n,
    dst,
    end,
    width: 8,
    write: (i, local) => {
      f.get(dst).get(first);
      if (i === null) f.get(local).op('i32_add');
      else if (i !== 0) f.i32(i).op('i32_add');
      f.op('i64_extend_i32_u').mem('i64_store');
    },
    advance: (by) => f.bump(first, by),
  });
  m.export('find', f);
}

/** Bits of sixteen bytes at once; the order within each eight is turned around by a shuffle first. */
function pack(m: Module): void {
  const f = m.func([I32, I32, I32, I32]);
  const [at, n, dst, big] = [0, 1, 2, 3];
  const v = f.local(V128);
  const zero = new Uint8Array(16);
  const turned = [7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8];
  const loopOf = (size: 8 | 16): void => {
    f.block(() => {
      f.loop(() => {
        f.get(n).i32(size).op('i32_lt_u').brIf(1);
        f.get(dst);
        f.get(at)
          .vmem(size === 16 ? 'v128_load' : 'v128_load64_zero')
          .set(v);
        f.get(big);
        f.if(() => f.get(v).get(v).shuffle(turned).set(v));
        f.get(v).v128(zero).v('i8x16_ne').v('i8x16_bitmask');
        f.mem(size === 16 ? 'i32_store16' : 'i32_store8');
        f.bump(at, size)
          .bump(n, -size)
          .bump(dst, size / 8)
          .br(0);
      });
    });
  };
  loopOf(16);
  loopOf(8);
  m.export('pack', f);
}

let made: PlaceKernels | null = null;

/** The kernels, made on first use. */
export function placeKernels(): PlaceKernels {
  if (made !== null) return made;
  const m = new Module();
  positions(m);
  count(m);
  find(m);
  pack(m);
  for (const w of WIDTHS) {
    take(m, w);
    placed(m, w, true);
    placed(m, w, false);
    pick(m, w);
  }
  const e = m.instantiate(heap().memory) as unknown as Record<string, never> & PlaceKernels;
  const of = (name: string): never => Object.fromEntries(WIDTHS.map((w) => [w, e[`${name}${w}`]])) as never;
  made = {
    positions: e.positions,
    count: e.count,
    find: e.find,
    pack: e.pack,
    take: of('take'),
    put: of('put'),
    get: of('get'),
    pick: of('pick'),
  };
  return made;
}

/** Address of the first byte of an array's memory in the heap, or -1. */
export const addressOf = (a: ArrayBufferView): number => (a.buffer === heap().memory.buffer ? a.byteOffset : -1);
