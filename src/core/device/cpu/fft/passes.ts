import { type Func, F64, I32, Module, V128 } from '../asm.js';
import { heap } from '../heap.js';
import { butterfly, Vectors } from './butterfly.js';

/**
 * The passes of complex transforms over contiguous doubles in the heap, after Stockham: what is read as (l1, radix, ido) is
 * written as (radix, l1, ido), so that results come out in order and every inner loop walks neighbours.
 */

/** Bytes of a complex number, and of a twiddle factor. */
export const POINT = 16;

/**
 * A pass, over several transforms at once: `count` of them, either one after the other, `fromStep` and `toStep` bytes apart, or
 * (columns) side by side, when those are the bytes from one point of a transform to the next.
 */
type Pass = (
  from: number,
  to: number,
  l1: number,
  ido: number,
  twiddles: number,
  count: number,
  fromStep: number,
  toStep: number,
) => void;
/** The pass of any odd radix r: `table` has cos and sin, `work` room for r points. */
type AnyPass = (
  from: number,
  to: number,
  l1: number,
  ido: number,
  twiddles: number,
  count: number,
  fromStep: number,
  toStep: number,
  r: number,
  table: number,
  work: number,
) => void;

const PARAMETERS = new Array<typeof I32>(8).fill(I32);

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

/** The loops of a pass; `body` is written with and without twiddle factors. */
function walk(
  f: Func,
  columns: boolean,
  r: number | { local: number },
  body: (from: number, to: number, readStep: number, writeStep: number, twiddles: number | null) => void,
): void {
  const [from, to, l1, ido, twiddles, count, fromStep, toStep] = [0, 1, 2, 3, 4, 5, 6, 7];
  const locals = Array.from({ length: 10 }, () => f.local(I32));
  const [readStep, writeStep, tw, i, k, c, skip, skipTwiddles, p, q] = locals;
  const radix = (less: number): void => {
    if (typeof r === 'number') f.i32(r - less);
    else f.get(r.local).i32(less).op('i32_sub');
  };
  const unit = (step: number): Func => (columns ? f.get(step) : f.i32(POINT));
  const advance = (local: number, step: number): void => {
    f.get(local);
    unit(step).op('i32_add').set(local);
  };
  unit(fromStep).get(ido).op('i32_mul').set(readStep);
  unit(toStep).get(ido).op('i32_mul').get(l1).op('i32_mul').set(writeStep);
  f.get(readStep);
  radix(1);
  f.op('i32_mul').set(skip);
  radix(1);
  f.i32(POINT).op('i32_mul').set(skipTwiddles);
  /** One butterfly, or one for each column. */
  const point = (t: number | null): void => {
    if (columns) {
      f.get(from).set(p).get(to).set(q).get(count).set(c);
      times(f, c, () => {
        body(p, q, readStep, writeStep, t);
        f.bump(p, POINT).bump(q, POINT);
      });
    } else body(from, to, readStep, writeStep, t);
    advance(from, fromStep);
    advance(to, toStep);
  };
  const transform = (): void => {
    f.get(l1).set(k);
    times(f, k, () => {
      point(null);
      f.get(twiddles).set(tw).get(ido).i32(1).op('i32_sub').set(i);
      times(f, i, () => {
        point(tw);
        f.get(tw).get(skipTwiddles).op('i32_add').set(tw);
      });
      f.get(from).get(skip).op('i32_add').set(from);
    });
  };
  if (columns) {
    transform();
    return;
  }
  times(f, count, () => {
    f.get(from).set(p).get(to).set(q);
    transform();
    f.get(p).get(fromStep).op('i32_add').set(from).get(q).get(toStep).op('i32_add').set(to);
  });
}

function radixPass(m: Module, r: number, backward: boolean, columns: boolean): Func {
  const f = m.func(PARAMETERS);
  const v = new Vectors(f, backward);
  const p = f.local(I32);
  walk(f, columns, r, (from, to, readStep, writeStep, tw) => {
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
function anyPass(m: Module, backward: boolean, columns: boolean): Func {
  const f = m.func([...PARAMETERS, I32, I32, I32]);
  const [r, table, work] = [8, 9, 10];
  const v = new Vectors(f, backward);
  const [p, q, s, t, j, k, half, ahead, behind] = Array.from({ length: 9 }, () => f.local(I32));
  const [first, total, even, other] = Array.from({ length: 4 }, () => f.local(V128));
  f.get(r).i32(1).op('i32_shr_u').set(half);
  walk(f, columns, { local: r }, (from, to, readStep, writeStep, tw) => {
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
      f.get(s)
        .get(v.turn(v.sub(a, b)))
        .vmem('v128_store', POINT);
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

const compiled = new Map<string, WebAssembly.Exports[string]>();

/** A kernel, compiled when it is first needed. */
function kernel(name: string, write: (m: Module) => Func): WebAssembly.Exports[string] {
  let found = compiled.get(name);
  if (found === undefined) {
    const m = new Module();
    m.export('f', write(m));
    found = m.instantiate(heap().memory).f;
    compiled.set(name, found);
  }
  return found;
}

/** The pass of a radix that has a butterfly. */
export const passOf = (radix: number, backward: boolean, columns: boolean): Pass =>
  kernel(`${radix} ${backward} ${columns}`, (m) => radixPass(m, radix, backward, columns)) as Pass;

/** The pass of any odd radix. */
export const anyPassOf = (backward: boolean, columns: boolean): AnyPass =>
  kernel(`any ${backward} ${columns}`, (m) => anyPass(m, backward, columns)) as AnyPass;

export interface Steps {
  /** to[i] = from[i] * table[i], or times its conjugate, for count points. */
  times(from: number, to: number, table: number, count: number): void;
  timesConj(from: number, to: number, table: number, count: number): void;
  /**
   * Joins the transforms of even and odd samples, of which there are h each, for `count` lines in place; all of it `factor`
   * times. A line has h + 1 points then.
   */
  join(at: number, table: number, h: number, factor: number, count: number, step: number): void;
  /** The way back, for `count` lines from one place to another. */
  part(from: number, table: number, h: number, count: number, step: number, to: number, toStep: number): void;
}

function product(m: Module, conj: boolean): Func {
  const f = m.func([I32, I32, I32, I32]);
  const [from, to, table, count] = [0, 1, 2, 3];
  const v = new Vectors(f, conj);
  times(f, count, () => {
    v.restart();
    f.get(to)
      .get(v.twiddle(v.load(from), table, 0))
      .vmem('v128_store');
    f.bump(from, POINT).bump(to, POINT).bump(table, POINT);
  });
  return f;
}

/** Points k and h - k of a line, for 0 < k < h/2, once `from`, `to` and `table` stand at point 0. */
function pairs(
  f: Func,
  v: Vectors,
  [from, to, table, h]: readonly number[],
  by: number | null,
  [back, backTo, k]: readonly number[],
): void {
  f.get(from).get(h).i32(POINT).op('i32_mul').op('i32_add').set(back);
  f.get(to).get(h).i32(POINT).op('i32_mul').op('i32_add').set(backTo);
  f.get(h).i32(1).op('i32_sub').i32(1).op('i32_shr_s').set(k);
  times(f, k, () => {
    v.restart();
    f.bump(from, POINT).bump(to, POINT).bump(table, POINT).bump(back, -POINT).bump(backTo, -POINT);
    const read = (at: number): number => (by === null ? v.load(at) : v.mul(v.load(at), by));
    const x = read(from);
    const y = v.conj(read(back));
    const even = v.add(x, y);
    const odd = v.twiddle(v.sub(x, y), table, 0);
    f.get(to).get(v.add(even, odd)).vmem('v128_store');
    // Conjugates of zeros are made positive again, as sums have them.
    f.get(backTo)
      .get(v.add(v.conj(v.sub(even, odd)), v.constant(0, 0)))
      .vmem('v128_store');
  });
}

function join(m: Module): Func {
  const f = m.func([I32, I32, I32, F64, I32, I32]);
  const [at, table, h, factor, count, step] = [0, 1, 2, 3, 4, 5];
  const v = new Vectors(f, false);
  const [p, q, t, ...more] = Array.from({ length: 6 }, () => f.local(I32));
  const [by, first] = [f.local(V128), f.local(V128)];
  // Halves are taken before sums, which then stay finite where the results do.
  f.get(factor).f64(0.5).op('f64_mul').v('f64x2_splat').set(by);
  times(f, count, () => {
    // Point 0 is the sum of both parts, point h their difference; both are real.
    f.get(at).vmem('v128_load').get(factor).v('f64x2_splat').v('f64x2_mul').set(first);
    const part = (lane: number): Func => f.get(first).v('f64x2_extract_lane', lane);
    f.get(at).get(h).i32(POINT).op('i32_mul').op('i32_add').set(q);
    f.get(q).v128(new Uint8Array(16));
    part(0);
    part(1).op('f64_sub').v('f64x2_replace_lane', 0).vmem('v128_store');
    f.get(at).v128(new Uint8Array(16));
    part(0);
    part(1).op('f64_add').v('f64x2_replace_lane', 0).vmem('v128_store');
    // Of even h, point h/2 is its own partner.
    const middle = (): void => {
      f.get(h)
        .i32(POINT / 2)
        .op('i32_mul')
        .get(at)
        .op('i32_add')
        .set(p);
      f.get(p).get(p).mem('f64_load').get(factor).op('f64_mul').mem('f64_store');
      f.get(p).f64(0).get(p).mem('f64_load', 8).get(factor).op('f64_mul').op('f64_sub').mem('f64_store', 8);
    };
    f.get(h).i32(1).op('i32_and').op('i32_eqz').if(middle);
    f.get(at).set(p).get(at).set(q).get(table).set(t);
    pairs(f, v, [p, q, t, h], by, more);
    f.get(at).get(step).op('i32_add').set(at);
  });
  return f;
}

function part(m: Module): Func {
  const f = m.func([I32, I32, I32, I32, I32, I32, I32]);
  const [from, table, h, count, step, to, toStep] = [0, 1, 2, 3, 4, 5, 6];
  const v = new Vectors(f, true);
  const [p, q, t, ...more] = Array.from({ length: 6 }, () => f.local(I32));
  times(f, count, () => {
    const both = (op: string): void => {
      f.get(from).mem('f64_load').get(from).get(h).i32(POINT).op('i32_mul').op('i32_add').mem('f64_load').op(op);
    };
    f.get(to);
    both('f64_add');
    f.mem('f64_store').get(to);
    both('f64_sub');
    f.mem('f64_store', 8);
    const middle = (): void => {
      const half = (base: number): Func =>
        f
          .get(h)
          .i32(POINT / 2)
          .op('i32_mul')
          .get(base)
          .op('i32_add');
      half(from).set(p);
      half(to).set(q);
      f.get(q).get(p).mem('f64_load').f64(2).op('f64_mul').mem('f64_store');
      f.get(q).get(p).mem('f64_load', 8).f64(-2).op('f64_mul').mem('f64_store', 8);
    };
    f.get(h).i32(1).op('i32_and').op('i32_eqz').if(middle);
    f.get(from).set(p).get(to).set(q).get(table).set(t);
    pairs(f, v, [p, q, t, h], null, more);
    f.get(from).get(step).op('i32_add').set(from).get(to).get(toStep).op('i32_add').set(to);
  });
  return f;
}

let made: Steps | null = null;

/** The other steps of transforms. */
export function steps(): Steps {
  if (made === null) {
    const m = new Module();
    m.export('times', product(m, false));
    m.export('timesConj', product(m, true));
    m.export('join', join(m));
    m.export('part', part(m));
    made = m.instantiate(heap().memory) as unknown as Steps;
  }
  return made;
}
