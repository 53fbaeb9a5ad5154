import { type Func, F64, I32, Module, V128 } from '../asm.js';
import { heap } from '../heap.js';
import { butterfly, Vectors } from './butterfly.js';

/**
 * The passes of complex transforms over contiguous doubles in the heap, after Stockham: what is read as (l1, radix, ido) is
 * written as (radix, l1, ido), so that results come out in order and every inner loop walks neighbours.
 */

/** Bytes of a complex number, and of a twiddle factor. */
export const POINT = 16;

type Pass = (from: number, to: number, l1: number, ido: number, twiddles: number) => void;
type AnyPass = (from: number, to: number, l1: number, ido: number, twiddles: number, r: number, table: number, work: number) => void;

/** Runs `body` while the counter, which it counts down, is above 0. */
function times(f: Func, counter: number, body: () => void): void {
  f.block(() => {
    f.loop(() => {
      f.get(counter).i32(0).op('i32_le_s').brIf(1);
      body();
      f.bump(counter, -1).br(0);
    });
  });
}

/** The outer and the inner loop of a pass; `body` is written with and without twiddle factors. */
function walk(
  f: Func,
  r: number | { local: number },
  body: (from: number, to: number, readStep: number, writeStep: number, twiddles: number | null) => void,
): void {
  const [from, to, l1, ido, twiddles] = [0, 1, 2, 3, 4];
  const [readStep, writeStep, tw, i, skip] = [f.local(I32), f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
  f.get(ido).i32(POINT).op('i32_mul').set(readStep);
  f.get(readStep).get(l1).op('i32_mul').set(writeStep);
  const radix = (less: number): void => {
    if (typeof r === 'number') f.i32(r - less);
    else f.get(r.local).i32(less).op('i32_sub');
  };
  f.get(readStep);
  radix(1);
  f.op('i32_mul').set(skip);
  times(f, l1, () => {
    body(from, to, readStep, writeStep, null);
    f.bump(from, POINT).bump(to, POINT);
    f.get(twiddles).set(tw).get(ido).i32(1).op('i32_sub').set(i);
    times(f, i, () => {
      body(from, to, readStep, writeStep, tw);
      f.bump(from, POINT).bump(to, POINT).get(tw);
      radix(1);
      f.i32(POINT).op('i32_mul').op('i32_add').set(tw);
    });
    f.get(from).get(skip).op('i32_add').set(from);
  });
}

function radixPass(m: Module, r: number, backward: boolean): Func {
  const f = m.func([I32, I32, I32, I32, I32]);
  const v = new Vectors(f, backward);
  const p = f.local(I32);
  walk(f, r, (from, to, readStep, writeStep, tw) => {
    v.restart();
    const a: number[] = [];
    for (let j = 0; j < r; j++) {
      if (j === 0) a.push(v.load(from));
      else {
        f.get(j === 1 ? from : p)
          .get(readStep)
          .op('i32_add')
          .set(p);
        a.push(v.load(p));
      }
    }
    butterfly(v, a).forEach((x, j) => {
      const y = j === 0 || tw === null ? x : v.twiddle(x, tw, (j - 1) * POINT);
      if (j > 0)
        f.get(j === 1 ? to : p)
          .get(writeStep)
          .op('i32_add')
          .set(p);
      f.get(j === 0 ? to : p)
        .get(y)
        .vmem('v128_store');
    });
  });
  return f;
}

/**
 * A pass of any odd radix r. `table` has a row for each result 1 … (r-1)/2: cos and sin of its multiples of the angle;
 * `work` takes r points.
 */
function anyPass(m: Module, backward: boolean): Func {
  const f = m.func([I32, I32, I32, I32, I32, I32, I32, I32]);
  const [r, table, work] = [5, 6, 7];
  const v = new Vectors(f, backward);
  const [p, q, s, t, j, k, half, ahead, behind] = Array.from({ length: 9 }, () => f.local(I32));
  const [first, total, even, other] = Array.from({ length: 4 }, () => f.local(V128));
  f.get(r).i32(1).op('i32_shr_u').set(half);
  walk(f, { local: r }, (from, to, readStep, writeStep, tw) => {
    v.restart();
    f.get(from).vmem('v128_load').tee(first).set(total);
    // Sums and turned differences of the values on either side of the first, side by side in `work`.
    f.get(from).set(p);
    f.get(from).get(readStep).get(r).op('i32_mul').op('i32_add').set(q);
    f.get(work).set(s).get(half).set(j);
    times(f, j, () => {
      f.get(p).get(readStep).op('i32_add').set(p).get(q).get(readStep).op('i32_sub').set(q);
      const [a, b] = [v.load(p), v.load(q)];
      f.get(s).get(v.add(a, b)).vmem('v128_store');
      f.get(s).get(v.turn(v.sub(a, b))).vmem('v128_store', POINT);
      f.get(total).get(a).get(b).v('f64x2_add').v('f64x2_add').set(total);
      f.bump(s, 2 * POINT);
    });
    f.get(to).get(total).vmem('v128_store');
    f.get(to).set(ahead);
    f.get(to).get(writeStep).get(r).op('i32_mul').op('i32_add').set(behind);
    if (tw !== null) {
      f.get(tw).set(p);
      f.get(tw).get(r).i32(1).op('i32_sub').i32(POINT).op('i32_mul').op('i32_add').set(q);
    }
    f.get(table).set(t).get(half).set(j);
    times(f, j, () => {
      f.get(first).set(even).v128(new Uint8Array(16)).set(other);
      f.get(work).set(s).get(half).set(k);
      times(f, k, () => {
        f.get(even).get(s).vmem('v128_load').get(t).vmem('v128_load64_splat').v('f64x2_mul').v('f64x2_add').set(even);
        f.get(other).get(s).vmem('v128_load', POINT).get(t).vmem('v128_load64_splat', 8);
        f.v('f64x2_mul').v('f64x2_add').set(other);
        f.bump(s, 2 * POINT).bump(t, POINT);
      });
      f.get(ahead).get(writeStep).op('i32_add').set(ahead).get(behind).get(writeStep).op('i32_sub').set(behind);
      const [x, y] = [v.add(even, other), v.sub(even, other)];
      if (tw !== null) f.bump(q, -POINT);
      f.get(ahead)
        .get(tw === null ? x : v.twiddle(x, p, 0))
        .vmem('v128_store');
      f.get(behind)
        .get(tw === null ? y : v.twiddle(y, q, 0))
        .vmem('v128_store');
      if (tw !== null) f.bump(p, POINT);
    });
  });
  return f;
}

const passes = new Map<string, Pass>();

/** The pass of a radix that has a butterfly, compiled when it is first needed. */
export function passOf(radix: number, backward: boolean): Pass {
  const key = `${radix} ${backward}`;
  let pass = passes.get(key);
  if (pass === undefined) {
    const m = new Module();
    m.export('f', radixPass(m, radix, backward));
    pass = m.instantiate(heap().memory).f as unknown as Pass;
    passes.set(key, pass);
  }
  return pass;
}

export interface Steps {
  /** Forward and backward pass of any odd radix. */
  forward: AnyPass;
  backward: AnyPass;
  /** to[i] = from[i] * table[i], or times its conjugate, for count points. */
  times(from: number, to: number, table: number, count: number): void;
  timesConj(from: number, to: number, table: number, count: number): void;
  /**
   * Joins or parts the transforms of even and odd samples: of points k and h - k of `from`, to the same places in `to`,
   * for 0 < k <= h/2. Sums and differences are taken `factor` times.
   */
  join(from: number, to: number, table: number, h: number, factor: number): void;
  part(from: number, to: number, table: number, h: number, factor: number): void;
}

function product(m: Module, conj: boolean): Func {
  const f = m.func([I32, I32, I32, I32]);
  const [from, to, table, count] = [0, 1, 2, 3];
  const v = new Vectors(f, conj);
  times(f, count, () => {
    v.restart();
    f.get(to).get(v.twiddle(v.load(from), table, 0)).vmem('v128_store');
    f.bump(from, POINT).bump(to, POINT).bump(table, POINT);
  });
  return f;
}

function halves(m: Module, parting: boolean): Func {
  const f = m.func([I32, I32, I32, I32, F64]);
  const [from, to, table, h, factor] = [0, 1, 2, 3, 4];
  const v = new Vectors(f, parting);
  const [back, backTo, count, by] = [f.local(I32), f.local(I32), f.local(I32), f.local(V128)];
  f.get(factor).v('f64x2_splat').set(by);
  f.get(from).get(h).i32(POINT).op('i32_mul').op('i32_add').set(back);
  f.get(to).get(h).i32(POINT).op('i32_mul').op('i32_add').set(backTo);
  f.get(h).i32(1).op('i32_shr_u').set(count);
  times(f, count, () => {
    v.restart();
    f.bump(from, POINT).bump(to, POINT).bump(table, POINT).bump(back, -POINT).bump(backTo, -POINT);
    const x = v.mul(v.load(from), by);
    const y = v.conj(v.mul(v.load(back), by));
    const even = v.add(x, y);
    const odd = v.twiddle(v.sub(x, y), table, 0);
    f.get(to).get(v.add(even, odd)).vmem('v128_store');
    f.get(backTo).get(v.conj(v.sub(even, odd))).vmem('v128_store');
  });
  return f;
}

let made: Steps | null = null;

/** The other steps of transforms. */
export function steps(): Steps {
  if (made === null) {
    const m = new Module();
    m.export('forward', anyPass(m, false));
    m.export('backward', anyPass(m, true));
    m.export('times', product(m, false));
    m.export('timesConj', product(m, true));
    m.export('join', halves(m, false));
    m.export('part', halves(m, true));
    made = m.instantiate(heap().memory) as unknown as Steps;
  }
  return made;
}
