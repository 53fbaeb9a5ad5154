import { type Func, I32, I64, Module, type ValueType } from './asm.js';
import { heap } from './heap.js';

/**
 * Sorting kernels. Elements become keys: unsigned integers whose order is the order wanted (NaN last, all NaNs equal). Keys of 4 or 8
 * bytes, alone or with 32-bit indices beside them, are then sorted by bytes, from the lowest up, or by insertion.
 */

export type KeySize = 4 | 8;

/** How elements and keys correspond: sign bits are turned over for integers; negative floats are turned over whole. */
export type KeyKind = 'f64' | 'i64' | 'u64' | 'f32' | 'i32' | 'u32';
export const KEY_SIZE: { readonly [K in KeyKind]: KeySize } = { f64: 8, i64: 8, u64: 8, f32: 4, i32: 4, u32: 4 };

export interface RadixKernels {
  /**
   * Writes the keys of n elements, `stride` bytes apart, to `dst`. Returns how many are negative zeros; with `merge` those
   * get the key of zero.
   */
  readonly keys: {
    readonly [K in KeyKind]: (src: number, stride: number, n: number, dst: number, merge: number) => number;
  };
  /** The elements of keys. */
  readonly elements: { readonly [K in KeyKind]: (src: number, n: number, dst: number, stride: number) => void };
  readonly of: { readonly [S in KeySize]: SizedKernels };
}

export interface SizedKernels {
  /** Counts every byte of every key: 256 counters for each byte, lowest first, added to what is there. */
  count(keys: number, n: number, table: number): void;
  /** Moves keys to the places that the counters of one byte say; counters are byte offsets into dst. */
  scatter(src: number, dst: number, n: number, shift: number, offsets: number): void;
  /** The same with indices. */
  scatterPairs(src: number, dst: number, indices: number, to: number, n: number, shift: number, offsets: number): void;
  /** Insertion sort in place. Returns 0, or 1 when it gave up after about `budget` moves: keys are then a permutation still. */
  insert(keys: number, n: number, budget: number): number;
  insertPairs(keys: number, indices: number, n: number, budget: number): number;
  /** dst[i] = src[indices[i]] */
  gather(src: number, dst: number, indices: number, n: number): void;
}

interface Words {
  readonly type: ValueType;
  readonly load: string;
  readonly store: string;
  readonly op: (name: string) => string;
  readonly konst: (f: Func, v: bigint) => Func;
}

/** Names of instructions for one key size. */
const words = (size: KeySize): Words =>
  size === 8
    ? {
        type: I64,
        load: 'i64_load',
        store: 'i64_store',
        op: (n: string) => `i64_${n}`,
        konst: (f: Func, v: bigint) => f.i64(v),
      }
    : {
        type: I32,
        load: 'i32_load',
        store: 'i32_store',
        op: (n: string) => `i32_${n}`,
        konst: (f: Func, v: bigint) => f.i32(Number(BigInt.asIntN(32, v))),
      };

/** Runs `body` while local n counts down to 0. */
function countdown(f: Func, n: number, body: () => void): void {
  f.block(() => {
    f.loop(() => {
      f.get(n).op('i32_eqz').brIf(1);
      body();
      f.bump(n, -1).br(0);
    });
  });
}

function transforms(m: Module, kind: KeyKind): void {
  const size = KEY_SIZE[kind];
  const w = words(size);
  const bits = BigInt(size * 8 - 1);
  const sign = 1n << bits;
  const float = kind[0] === 'f';
  // Bits of infinity: what is above, without its sign, is NaN.
  const infinity = size === 8 ? 0x7ff0000000000000n : 0x7f800000n;
  {
    const f = m.func([I32, I32, I32, I32, I32], [I32]);
    const [src, stride, n, dst, merge] = [0, 1, 2, 3, 4];
    const k = f.local(w.type);
    const zeros = f.local(I32);
    countdown(f, n, () => {
      f.get(src).mem(w.load).set(k);
      if (float) {
        w.konst(f.get(k), sign)
          .op(w.op('eq'))
          .if(() => {
            f.bump(zeros, 1);
            f.get(merge).if(() => {
              w.konst(f, 0n).set(k);
            });
          });
        w.konst(f.get(k), sign - 1n).op(w.op('and'));
        w.konst(f, infinity)
          .op(w.op('gt_u'))
          .if(
            () => {
              w.konst(f, sign | infinity | (size === 8 ? 1n << 51n : 1n << 22n)).set(k);
            },
            () => {
              // All bits for negative numbers, the sign bit for others.
              w.konst(f.get(k), bits).op(w.op('shr_s'));
              w.konst(f, sign).op(w.op('or')).get(k).op(w.op('xor')).set(k);
            },
          );
      } else if (kind[0] === 'i') w.konst(f.get(k), sign).op(w.op('xor')).set(k);
      f.get(dst).get(k).mem(w.store);
      f.get(src).get(stride).op('i32_add').set(src);
      f.bump(dst, size);
    });
    f.get(zeros);
    m.export(`keys_${kind}`, f);
  }
  {
    const f = m.func([I32, I32, I32, I32]);
    const [src, n, dst, stride] = [0, 1, 2, 3];
    const k = f.local(w.type);
    countdown(f, n, () => {
      f.get(src).mem(w.load).set(k);
      if (float) {
        f.get(k);
        w.konst(f, bits).op(w.op('shr_s'));
        w.konst(f, -1n).op(w.op('xor'));
        w.konst(f, sign).op(w.op('or')).get(k).op(w.op('xor')).set(k);
      } else if (kind[0] === 'i') w.konst(f.get(k), sign).op(w.op('xor')).set(k);
      f.get(dst).get(k).mem(w.store);
      f.get(dst).get(stride).op('i32_add').set(dst);
      f.bump(src, size);
    });
    m.export(`elements_${kind}`, f);
  }
}

function sized(m: Module, size: KeySize): void {
  const w = words(size);
  const low = (f: Func): Func => (size === 8 ? f.op('i32_wrap_i64') : f);
  {
    const f = m.func([I32, I32, I32]);
    const [keys, n, table] = [0, 1, 2];
    const [k, at] = [f.local(w.type), f.local(I32)];
    countdown(f, n, () => {
      f.get(keys).mem(w.load).set(k);
      for (let b = 0; b < size; b++) {
        f.get(k);
        if (b > 0) w.konst(f, BigInt(8 * b)).op(w.op('shr_u'));
        low(f).i32(255).op('i32_and').i32(2).op('i32_shl').get(table).op('i32_add').tee(at);
        f.get(at)
          .mem('i32_load', b * 1024)
          .i32(1)
          .op('i32_add')
          .mem('i32_store', b * 1024);
      }
      f.bump(keys, size);
    });
    m.export(`count_${size}`, f);
  }
  for (const pairs of [false, true]) {
    const f = m.func(new Array<typeof I32>(pairs ? 7 : 5).fill(I32));
    const [src, dst, indices, to, n, shift, offsets] = pairs ? [0, 1, 2, 3, 4, 5, 6] : [0, 1, -1, -1, 2, 3, 4];
    const [k, slot, place] = [f.local(w.type), f.local(I32), f.local(I32)];
    const wide = f.local(w.type);
    f.get(shift);
    if (size === 8) f.op('i64_extend_i32_u');
    f.set(wide);
    countdown(f, n, () => {
      f.get(src).mem(w.load).tee(k).get(wide).op(w.op('shr_u'));
      low(f)
        .i32(255)
        .op('i32_and')
        .i32(2)
        .op('i32_shl')
        .get(offsets)
        .op('i32_add')
        .tee(slot)
        .mem('i32_load')
        .set(place);
      f.get(place).get(dst).op('i32_add').get(k).mem(w.store);
      f.get(slot).get(place).i32(size).op('i32_add').mem('i32_store');
      if (pairs) {
        f.get(place);
        if (size === 8) f.i32(1).op('i32_shr_u');
        f.get(to).op('i32_add').get(indices).mem('i32_load').mem('i32_store');
        f.bump(indices, 4);
      }
      f.bump(src, size);
    });
    m.export(`scatter${pairs ? 'Pairs' : ''}_${size}`, f);
  }
  for (const pairs of [false, true]) {
    const f = m.func(new Array<typeof I32>(pairs ? 4 : 3).fill(I32), [I32]);
    const [keys, indices, n, budget] = pairs ? [0, 1, 2, 3] : [0, -1, 1, 2];
    const [k, other] = [f.local(w.type), f.local(w.type)];
    const [at, hole, index, ihole] = [f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
    const end = f.local(I32);
    f.get(keys).get(n).i32(size).op('i32_mul').op('i32_add').set(end);
    f.get(keys).i32(size).op('i32_add').set(at);
    f.block(() => {
      f.loop(() => {
        f.get(at).get(end).op('i32_ge_u').brIf(1);
        f.get(at).mem(w.load).set(k);
        f.get(at).set(hole);
        if (pairs)
          f.get(at)
            .get(keys)
            .op('i32_sub')
            .i32(size === 8 ? 1 : 0)
            .op('i32_shr_u')
            .get(indices)
            .op('i32_add')
            .tee(ihole)
            .mem('i32_load')
            .set(index);
        f.block(() => {
          f.loop(() => {
            f.get(hole).get(keys).op('i32_le_u').brIf(1);
            f.get(hole).i32(size).op('i32_sub').mem(w.load).tee(other).get(k).op(w.op('le_u')).brIf(1);
            f.get(hole).get(other).mem(w.store);
            f.bump(hole, -size);
            if (pairs) {
              f.get(ihole).get(ihole).i32(4).op('i32_sub').mem('i32_load').mem('i32_store');
              f.bump(ihole, -4);
            }
            f.bump(budget, -1).br(0);
          });
        });
        f.get(hole).get(k).mem(w.store);
        if (pairs) f.get(ihole).get(index).mem('i32_store');
        f.get(budget)
          .i32(0)
          .op('i32_lt_s')
          .if(() => {
            f.i32(1).op('return');
          });
        f.bump(at, size).br(0);
      });
    });
    f.i32(0);
    m.export(`insert${pairs ? 'Pairs' : ''}_${size}`, f);
  }
  {
    const f = m.func([I32, I32, I32, I32]);
    const [src, dst, indices, n] = [0, 1, 2, 3];
    countdown(f, n, () => {
      f.get(dst).get(indices).mem('i32_load').i32(size).op('i32_mul').get(src).op('i32_add').mem(w.load).mem(w.store);
      f.bump(dst, size).bump(indices, 4);
    });
    m.export(`gather_${size}`, f);
  }
}

let made: RadixKernels | null = null;

/** The kernels, compiled when they are first needed. */
export function radixKernels(): RadixKernels {
  if (made !== null) return made;
  const m = new Module();
  const kinds = Object.keys(KEY_SIZE) as KeyKind[];
  for (const kind of kinds) transforms(m, kind);
  sized(m, 4);
  sized(m, 8);
  const e = m.instantiate(heap().memory) as Record<string, never>;
  const of = (size: KeySize): SizedKernels => ({
    count: e[`count_${size}`],
    scatter: e[`scatter_${size}`],
    scatterPairs: e[`scatterPairs_${size}`],
    insert: e[`insert_${size}`],
    insertPairs: e[`insertPairs_${size}`],
    gather: e[`gather_${size}`],
  });
  const table = (name: string): never => Object.fromEntries(kinds.map((k) => [k, e[`${name}_${k}`]])) as never;
  made = { keys: table('keys'), elements: table('elements'), of: { 4: of(4), 8: of(8) } };
  return made;
}
