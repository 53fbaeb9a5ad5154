import { type Func, I32, I64, type Module } from '../device/cpu/asm.js';
import { LEFT_BITS, LEFT_COUNT, MASK, OFFSET, RANGE, STAGE } from './layout.js';
import { mulHigh, type Stepper } from './steppers.js';

/**
 * Bounded integers: `offset + draw` with 0 <= draw <= range. `lemire` multiplies and rejects few, `masked` cuts bits off and
 * rejects what is above the range. Narrow types take 16, 8 or 1 bits at a time from 32-bit values.
 */

export type Method = 'lemire' | 'masked';
/** Bits that are drawn for one candidate, and bytes of an element. */
export type BoundedKind = '64_8' | '32_8' | '32_4' | '16_2' | '8_1' | '1_1';
export const BOUNDED_KINDS: readonly BoundedKind[] = ['64_8', '32_8', '32_4', '16_2', '8_1', '1_1'];

const STORES: Record<number, string> = { 4: 'i32_store', 2: 'i32_store16', 1: 'i32_store8' };

/** Runs `body` while n counts down to 0. */
export function countdown(f: Func, n: number, body: () => void): void {
  f.block(() => {
    f.loop(() => {
      f.get(n).op('i32_eqz').brIf(1);
      body();
      f.bump(n, -1).br(0);
    });
  });
}

/** Draws of `bits` bits from 32-bit values, with what is left of the last one in locals. */
class Narrow {
  private readonly count: number;
  private readonly left: number;
  constructor(
    private readonly f: Func,
    private readonly s: Stepper,
    private readonly bits: number,
  ) {
    this.count = f.local(I32);
    this.left = f.local(I32);
  }
  enter(): void {
    this.f.i32(0).mem('i32_load', LEFT_COUNT).set(this.count);
    this.f.i32(0).mem('i32_load', LEFT_BITS).set(this.left);
  }
  leave(): void {
    this.f.i32(0).get(this.count).mem('i32_store', LEFT_COUNT);
    this.f.i32(0).get(this.left).mem('i32_store', LEFT_BITS);
  }
  next(): void {
    const { f, bits } = this;
    f.get(this.count).if(
      () => {
        f.get(this.left).i32(bits).op('i32_shr_u').set(this.left);
        f.bump(this.count, -1);
      },
      () => {
        this.s.next32();
        f.set(this.left);
        f.i32(32 / bits - 1).set(this.count);
      },
    );
    f.get(this.left)
      .i32(2 ** bits - 1)
      .op('i32_and');
  }
}

/** Locals that the code of one draw works in. */
interface Work {
  readonly m: number;
  readonly w: number;
  readonly t: readonly number[];
}

const work = (f: Func): Work => ({
  m: f.local(I64),
  w: f.local(I64),
  t: [f.local(I64), f.local(I64), f.local(I64), f.local(I64)],
});

/** Pushes an i64 draw of up to 32 bits: range, and threshold or mask, are i64 locals. */
function narrowDraw(
  f: Func,
  next: () => void,
  bits: number,
  method: Method,
  rng: number,
  limit: number,
  k: Work,
): void {
  f.loop(() => {
    next();
    f.op('i64_extend_i32_u');
    if (method === 'lemire') {
      f.get(rng).i64(1n).op('i64_add').op('i64_mul').tee(k.m);
      f.i64((1n << BigInt(bits)) - 1n)
        .op('i64_and')
        .get(limit)
        .op('i64_lt_u')
        .brIf(0);
    } else f.get(limit).op('i64_and').tee(k.m).get(rng).op('i64_gt_u').brIf(0);
  });
  f.get(k.m);
  if (method === 'lemire') f.i64(BigInt(bits)).op('i64_shr_u');
}

/** Pushes an i64 draw of 64 bits. */
function wideDraw(f: Func, s: Stepper, method: Method, rng: number, limit: number, k: Work): void {
  f.loop(() => {
    s.next64();
    if (method === 'lemire') {
      f.tee(k.w).get(rng).i64(1n).op('i64_add').op('i64_mul').get(limit).op('i64_lt_u').brIf(0);
    } else f.get(limit).op('i64_and').tee(k.w).get(rng).op('i64_gt_u').brIf(0);
  });
  if (method === 'masked') f.get(k.w);
  else {
    f.get(rng).i64(1n).op('i64_add').set(k.m);
    mulHigh(
      f,
      () => f.get(k.w),
      () => f.get(k.m),
      k.t,
    );
  }
}

/** Sets `limit` for a range: the threshold below which products are rejected, or the smallest mask that covers it. */
function setLimit(f: Func, bits: number, method: Method, rng: number, limit: number): void {
  if (method === 'masked') f.i64(-1n).get(rng).op('i64_clz').op('i64_shr_u').set(limit);
  else
    f.i64((1n << BigInt(bits)) - 1n)
      .get(rng)
      .op('i64_sub')
      .get(rng)
      .i64(1n)
      .op('i64_add')
      .op('i64_rem_u')
      .set(limit);
}

/** `(n, at)`: n elements at `at`, of the range and offset that lie in memory. With `masked` the mask lies there, too. */
function fill(m: Module, stepper: (f: Func) => Stepper, kind: BoundedKind, method: Method): void {
  const [bits, size] = kind.split('_').map(Number);
  const f = m.func([I32, I32]);
  const s = stepper(f);
  const narrow = bits < 32 ? new Narrow(f, s, bits) : null;
  const k = work(f);
  const [off, rng, limit] = [f.local(I64), f.local(I64), f.local(I64)];
  f.i32(0).mem('i64_load', OFFSET).set(off);
  f.i32(0).mem('i64_load', RANGE).set(rng);
  if (method === 'masked') f.i32(0).mem('i64_load', MASK).set(limit);
  else setLimit(f, bits, method, rng, limit);
  s.enter();
  narrow?.enter();
  countdown(f, 0, () => {
    f.get(1);
    if (bits === 64) wideDraw(f, s, method, rng, limit, k);
    else narrowDraw(f, narrow === null ? s.next32 : () => narrow.next(), bits, method, rng, limit, k);
    f.get(off).op('i64_add');
    if (size === 8) f.mem('i64_store');
    else f.op('i32_wrap_i64').mem(STORES[size]);
    f.bump(1, size);
  });
  narrow?.leave();
  s.leave();
  m.export(`bounded_${kind}_${method}`, f);
}

/** Elements, or bytes, of each of the three areas that {@link vary} works in: offsets, ranges, results. */
export const VARY_COUNT = 1024;
export const VARY_RANGES: number = STAGE + 8 * VARY_COUNT;
export const VARY_RESULTS: number = STAGE + 16 * VARY_COUNT;

/** `(n)`: n elements, each of an offset and a range of its own. */
function vary(m: Module, stepper: (f: Func) => Stepper, bits: 64 | 32 | 16 | 8 | 1, method: Method): void {
  const f = m.func([I32]);
  const s = stepper(f);
  const narrow = bits < 32 ? new Narrow(f, s, bits) : null;
  const k = work(f);
  const [rng, limit, draw] = [f.local(I64), f.local(I64), f.local(I64)];
  const [from, to] = [f.local(I32), f.local(I32)];
  const size = Math.max(1, bits / 8);
  const all = (1n << BigInt(bits)) - 1n;
  s.enter();
  narrow?.enter();
  /** Draws of up to 32 bits; the whole range needs no test. */
  const small = (width: number, next: () => void): void => {
    f.get(rng)
      .i64((1n << BigInt(width)) - 1n)
      .op('i64_eq')
      .if(
        () => {
          next();
          f.op('i64_extend_i32_u').set(draw);
        },
        () => {
          setLimit(f, width, method, rng, limit);
          narrowDraw(f, next, width, method, rng, limit, k);
          f.set(draw);
        },
      );
  };
  countdown(f, 0, () => {
    f.get(from).mem('i64_load', VARY_RANGES).set(rng);
    if (bits < 64) f.get(rng).i64(all).op('i64_and').set(rng);
    f.i64(0n).set(draw);
    f.get(rng)
      .op('i64_eqz')
      .op('i32_eqz')
      .if(() => {
        if (narrow !== null) small(bits, () => narrow.next());
        else if (bits === 32) small(32, s.next32);
        else
          f.get(rng)
            .i64(0xffffffffn)
            .op('i64_le_u')
            .if(
              () => small(32, s.next32),
              () => {
                f.get(rng)
                  .i64(-1n)
                  .op('i64_eq')
                  .if(
                    () => {
                      s.next64();
                      f.set(draw);
                    },
                    () => {
                      setLimit(f, 64, method, rng, limit);
                      wideDraw(f, s, method, rng, limit, k);
                      f.set(draw);
                    },
                  );
              },
            );
      });
    f.get(to).get(draw).get(from).mem('i64_load', STAGE).op('i64_add');
    if (size === 8) f.mem('i64_store', VARY_RESULTS);
    else f.op('i32_wrap_i64').mem(STORES[size], VARY_RESULTS);
    f.bump(from, 8).bump(to, size);
  });
  narrow?.leave();
  s.leave();
  m.export(`vary_${bits}_${method}`, f);
}

/** `(first, n)`: n 32-bit draws from 0 … first, 0 … first − 1, and so on: what shuffling asks for. */
function steps(m: Module, stepper: (f: Func) => Stepper, method: Method): void {
  const f = m.func([I32, I32]);
  const s = stepper(f);
  const k = work(f);
  const [at, rng, limit] = [f.local(I32), f.local(I64), f.local(I64)];
  s.enter();
  countdown(f, 1, () => {
    f.get(at);
    f.get(0).op('i64_extend_i32_u').set(rng);
    f.get(0).if(
      () => {
        if (method === 'masked') {
          setLimit(f, 32, method, rng, limit);
          narrowDraw(f, s.next32, 32, method, rng, limit, k);
        } else {
          // The threshold is below the range, so that its division is rarely needed.
          s.next32();
          f.op('i64_extend_i32_u').get(rng).i64(1n).op('i64_add').op('i64_mul').tee(k.m);
          f.i64(0xffffffffn).op('i64_and').get(rng).op('i64_le_u');
          f.if(() => {
            setLimit(f, 32, method, rng, limit);
            f.block(() => {
              f.loop(() => {
                f.get(k.m).i64(0xffffffffn).op('i64_and').get(limit).op('i64_ge_u').brIf(1);
                s.next32();
                f.op('i64_extend_i32_u').get(rng).i64(1n).op('i64_add').op('i64_mul').set(k.m);
                f.br(0);
              });
            });
          });
          f.get(k.m).i64(32n).op('i64_shr_u');
        }
      },
      () => {
        f.i64(0n);
      },
      I64,
    );
    f.op('i32_wrap_i64').mem('i32_store', STAGE);
    f.bump(at, 4).bump(0, -1);
  });
  s.leave();
  m.export(`steps_${method}`, f);
}

export function boundedFunctions(m: Module, stepper: (f: Func) => Stepper): void {
  for (const method of ['lemire', 'masked'] as const) {
    for (const kind of BOUNDED_KINDS) fill(m, stepper, kind, method);
    for (const bits of [64, 32, 16, 8, 1] as const) vary(m, stepper, bits, method);
    steps(m, stepper, method);
  }
}
