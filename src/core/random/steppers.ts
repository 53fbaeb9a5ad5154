import { type Func, I32, I64, type Module } from '../device/cpu/asm.js';
import { HAS_UINT32, MT_PLACE, MT_WORDS, OWN, PHILOX_BUFFER, PHILOX_KEY, PHILOX_PLACE, UINTEGER } from './layout.js';

/**
 * The five algorithms as code: each emits, into any function, the drawing of one value. The state is held in locals between `enter` and
 * `leave`, since a loop that kept it in memory would wait for it at every step.
 */
export interface Stepper {
  /** Loads the state. */
  enter(): void;
  /** Stores the state. */
  leave(): void;
  /** Pushes an i64. */
  next64(): void;
  /** Pushes an i32. */
  next32(): void;
  /** Pushes an f64 in [0, 1). */
  double(): void;
}

export type Algorithm = 'MT19937' | 'PCG64' | 'PCG64DXSM' | 'Philox' | 'SFC64';

/** Pushes the upper half of the 128-bit product of two i64 locals; `t` are four i64 locals to work in. */
export function mulHigh(f: Func, a: () => void, b: () => void, t: readonly number[]): void {
  const [al, ah, bl, mid] = t;
  const low = (): Func => f.i64(0xffffffffn).op('i64_and');
  const high = (): Func => f.i64(32n).op('i64_shr_u');
  a();
  low().set(al);
  a();
  high().set(ah);
  b();
  low().set(bl);
  // mid = ah·bl + (al·bl >> 32), which cannot overflow.
  f.get(ah).get(bl).op('i64_mul').get(al).get(bl).op('i64_mul');
  high().op('i64_add').set(mid);
  // bl is bh from here on.
  b();
  high().set(bl);
  f.get(ah).get(bl).op('i64_mul').get(mid);
  high().op('i64_add');
  f.get(al).get(bl).op('i64_mul').get(mid);
  low().op('i64_add');
  high().op('i64_add');
}

/** What generators of 64-bit words share: 32-bit values are the halves of one word, the lower first. */
function words64(f: Func, own: Pick<Stepper, 'enter' | 'leave' | 'next64'>): Stepper {
  const [has, half] = [f.local(I32), f.local(I32)];
  const word = f.local(I64);
  return {
    enter() {
      own.enter();
      f.i32(0).mem('i32_load', HAS_UINT32).set(has);
      f.i32(0).mem('i32_load', UINTEGER).set(half);
    },
    leave() {
      own.leave();
      f.i32(0).get(has).mem('i32_store', HAS_UINT32);
      f.i32(0).get(half).mem('i32_store', UINTEGER);
    },
    next64: own.next64,
    next32() {
      f.get(has).if(
        () => {
          f.i32(0).set(has).get(half);
        },
        () => {
          own.next64();
          f.tee(word).i64(32n).op('i64_shr_u').op('i32_wrap_i64').set(half);
          f.i32(1).set(has).get(word).op('i32_wrap_i64');
        },
        I32,
      );
    },
    double() {
      own.next64();
      f.i64(11n)
        .op('i64_shr_u')
        .op('f64_convert_i64_s')
        .f64(2 ** -53)
        .op('f64_mul');
    },
  };
}

const PCG_MULTIPLIER_HIGH = 2549297995355413924n;
const PCG_MULTIPLIER_LOW = 4865540595714422341n;
const PCG_CHEAP = 0xda942042e4dd58b5n;

function pcg(f: Func, dxsm: boolean): Stepper {
  const [lo, hi, incLo, incHi] = [f.local(I64), f.local(I64), f.local(I64), f.local(I64)];
  const t = [f.local(I64), f.local(I64), f.local(I64), f.local(I64)];
  const [out, other] = [f.local(I64), f.local(I64)];
  const step = (): void => {
    const m = dxsm ? PCG_CHEAP : PCG_MULTIPLIER_LOW;
    mulHigh(
      f,
      () => f.get(lo),
      () => f.i64(m),
      t,
    );
    f.get(hi).i64(m).op('i64_mul').op('i64_add');
    if (!dxsm) f.get(lo).i64(PCG_MULTIPLIER_HIGH).op('i64_mul').op('i64_add');
    f.get(incHi).op('i64_add').set(hi);
    f.get(lo).i64(m).op('i64_mul').get(incLo).op('i64_add').tee(lo);
    // The carry of the lower half.
    f.get(incLo).op('i64_lt_u').op('i64_extend_i32_u').get(hi).op('i64_add').set(hi);
  };
  return words64(f, {
    enter() {
      for (const [i, l] of [lo, hi, incLo, incHi].entries())
        f.i32(0)
          .mem('i64_load', OWN + 8 * i)
          .set(l);
    },
    leave() {
      for (const [i, l] of [lo, hi].entries())
        f.i32(0)
          .get(l)
          .mem('i64_store', OWN + 8 * i);
    },
    next64() {
      if (!dxsm) {
        step();
        f.get(hi).get(lo).op('i64_xor').get(hi).i64(58n).op('i64_shr_u').op('i64_rotr');
        return;
      }
      f.get(lo).i64(1n).op('i64_or').set(other);
      f.get(hi).get(hi).i64(32n).op('i64_shr_u').op('i64_xor').i64(PCG_CHEAP).op('i64_mul').set(out);
      f.get(out).get(out).i64(48n).op('i64_shr_u').op('i64_xor').get(other).op('i64_mul').set(out);
      step();
      f.get(out);
    },
  });
}

function sfc(f: Func): Stepper {
  const s = [f.local(I64), f.local(I64), f.local(I64), f.local(I64)];
  const out = f.local(I64);
  return words64(f, {
    enter() {
      for (let i = 0; i < 4; i++)
        f.i32(0)
          .mem('i64_load', OWN + 8 * i)
          .set(s[i]);
    },
    leave() {
      for (let i = 0; i < 4; i++)
        f.i32(0)
          .get(s[i])
          .mem('i64_store', OWN + 8 * i);
    },
    next64() {
      f.get(s[0]).get(s[1]).op('i64_add').get(s[3]).op('i64_add').set(out);
      f.get(s[3]).i64(1n).op('i64_add').set(s[3]);
      f.get(s[1]).get(s[1]).i64(11n).op('i64_shr_u').op('i64_xor').set(s[0]);
      f.get(s[2]).get(s[2]).i64(3n).op('i64_shl').op('i64_add').set(s[1]);
      f.get(s[2]).i64(24n).op('i64_rotl').get(out).op('i64_add').set(s[2]);
      f.get(out);
    },
  });
}

/** Advances Philox's counter and computes its next four words: a function, since it is long and drawn from once in four. */
function philoxRefill(m: Module): Func {
  const f = m.func([]);
  const c = [f.local(I64), f.local(I64), f.local(I64), f.local(I64)];
  const k = [f.local(I64), f.local(I64)];
  const t = [f.local(I64), f.local(I64), f.local(I64), f.local(I64)];
  const [h0, l0, h1, l1] = [f.local(I64), f.local(I64), f.local(I64), f.local(I64)];
  const carry = f.local(I64);
  f.i64(1n).set(carry);
  for (let i = 0; i < 4; i++) {
    f.i32(0)
      .mem('i64_load', OWN + 8 * i)
      .get(carry)
      .op('i64_add')
      .set(c[i]);
    f.get(c[i]).op('i64_eqz').op('i64_extend_i32_u').get(carry).op('i64_and').set(carry);
    f.i32(0)
      .get(c[i])
      .mem('i64_store', OWN + 8 * i);
  }
  for (let i = 0; i < 2; i++)
    f.i32(0)
      .mem('i64_load', PHILOX_KEY + 8 * i)
      .set(k[i]);
  const multipliers = [0xd2e7470ee14c6c93n, 0xca5a826395121157n];
  const weyl = [0x9e3779b97f4a7c15n, 0xbb67ae8584caa73bn];
  for (let round = 0; round < 10; round++) {
    if (round > 0) for (let i = 0; i < 2; i++) f.get(k[i]).i64(weyl[i]).op('i64_add').set(k[i]);
    for (const [i, h, l] of [
      [0, h0, l0],
      [1, h1, l1],
    ]) {
      mulHigh(
        f,
        () => f.get(c[2 * i]),
        () => f.i64(multipliers[i]),
        t,
      );
      f.set(h);
      f.get(c[2 * i])
        .i64(multipliers[i])
        .op('i64_mul')
        .set(l);
    }
    f.get(h1).get(c[1]).op('i64_xor').get(k[0]).op('i64_xor').set(c[0]);
    f.get(l1).set(c[1]);
    f.get(h0).get(c[3]).op('i64_xor').get(k[1]).op('i64_xor').set(c[2]);
    f.get(l0).set(c[3]);
  }
  for (let i = 0; i < 4; i++)
    f.i32(0)
      .get(c[i])
      .mem('i64_store', PHILOX_BUFFER + 8 * i);
  return f;
}

function philox(f: Func, refill: Func): Stepper {
  const place = f.local(I32);
  return words64(f, {
    enter() {
      f.i32(0).mem('i32_load', PHILOX_PLACE).set(place);
    },
    leave() {
      f.i32(0).get(place).mem('i32_store', PHILOX_PLACE);
    },
    next64() {
      f.get(place)
        .i32(4)
        .op('i32_ge_u')
        .if(() => {
          f.call(refill).i32(0).set(place);
        });
      f.get(place).i32(3).op('i32_shl').mem('i64_load', PHILOX_BUFFER);
      f.bump(place, 1);
    },
  });
}

/** The next 624 words of MT19937. */
function mtRefill(m: Module): Func {
  const f = m.func([]);
  const [at, y] = [f.local(I32), f.local(I32)];
  // Words `from` to `to`, each from itself, its successor and the word `far` places on.
  const run = (from: number, to: number, next: number, far: number): void => {
    f.i32(4 * from).set(at);
    f.loop(() => {
      f.get(at).mem('i32_load', OWN).i32(0x80000000).op('i32_and');
      f.get(at)
        .i32(4 * next)
        .op('i32_add')
        .mem('i32_load', OWN)
        .i32(0x7fffffff)
        .op('i32_and')
        .op('i32_or')
        .set(y);
      f.get(at)
        .get(at)
        .i32(4 * far)
        .op('i32_add')
        .mem('i32_load', OWN)
        .get(y)
        .i32(1)
        .op('i32_shr_u')
        .op('i32_xor');
      f.i32(0).get(y).i32(1).op('i32_and').op('i32_sub').i32(0x9908b0df).op('i32_and').op('i32_xor');
      f.mem('i32_store', OWN);
      f.bump(at, 4)
        .get(at)
        .i32(4 * to)
        .op('i32_lt_u')
        .brIf(0);
    });
  };
  run(0, MT_WORDS - 397, 1, 397);
  run(MT_WORDS - 397, MT_WORDS - 1, 1, 397 - MT_WORDS);
  run(MT_WORDS - 1, MT_WORDS, 1 - MT_WORDS, 397 - MT_WORDS);
  return f;
}

function mt(f: Func, refill: Func): Stepper {
  const [place, y] = [f.local(I32), f.local(I32)];
  const next32 = (): void => {
    f.get(place)
      .i32(MT_WORDS)
      .op('i32_ge_u')
      .if(() => {
        f.call(refill).i32(0).set(place);
      });
    f.get(place).i32(2).op('i32_shl').mem('i32_load', OWN).set(y);
    f.bump(place, 1);
    f.get(y).get(y).i32(11).op('i32_shr_u').op('i32_xor').set(y);
    f.get(y).get(y).i32(7).op('i32_shl').i32(0x9d2c5680).op('i32_and').op('i32_xor').set(y);
    f.get(y).get(y).i32(15).op('i32_shl').i32(0xefc60000).op('i32_and').op('i32_xor').set(y);
    f.get(y).get(y).i32(18).op('i32_shr_u').op('i32_xor');
  };
  return {
    enter() {
      f.i32(0).mem('i32_load', MT_PLACE).set(place);
    },
    leave() {
      f.i32(0).get(place).mem('i32_store', MT_PLACE);
    },
    next32,
    next64() {
      next32();
      f.op('i64_extend_i32_u').i64(32n).op('i64_shl');
      next32();
      f.op('i64_extend_i32_u').op('i64_or');
    },
    double() {
      next32();
      f.i32(5).op('i32_shr_u').op('f64_convert_i32_s').f64(67108864).op('f64_mul');
      next32();
      f.i32(6)
        .op('i32_shr_u')
        .op('f64_convert_i32_s')
        .op('f64_add')
        .f64(2 ** -53)
        .op('f64_mul');
    },
  };
}

/** What makes the code of an algorithm in functions of a module. */
export function stepperFor(m: Module, algorithm: Algorithm): (f: Func) => Stepper {
  switch (algorithm) {
    case 'PCG64':
      return (f) => pcg(f, false);
    case 'PCG64DXSM':
      return (f) => pcg(f, true);
    case 'SFC64':
      return sfc;
    case 'Philox': {
      const refill = philoxRefill(m);
      return (f) => philox(f, refill);
    }
    case 'MT19937': {
      const refill = mtRefill(m);
      return (f) => mt(f, refill);
    }
  }
}

/** Bytes of the state, from STATE on. */
export const STATE_BYTES: { readonly [A in Algorithm]: number } = {
  PCG64: 40,
  PCG64DXSM: 40,
  SFC64: 40,
  Philox: PHILOX_PLACE + 4 - HAS_UINT32,
  MT19937: MT_PLACE + 4 - HAS_UINT32,
};
