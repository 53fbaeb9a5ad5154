import { type Func, I32, I64, Module } from './asm.js';
import { heap } from './heap.js';
import type { KeySize } from './radix.js';

/**
 * Binary search among sorted keys (`radix.ts`), without branches and for several keys at a time: their loads from the table
 * do not wait for each other.
 */

/** Keys that are searched at a time; tables of keys and of results are written up to a multiple of it. */
export const TOGETHER = 8;

/**
 * Writes for each of `count` keys (a multiple of {@link TOGETHER}) how many of the n > 0 sorted keys are before it, as 32-bit integers: less than it,
 * or, in `right`, also equal to it.
 */
export type Search = (table: number, n: number, keys: number, count: number, out: number) => void;

export interface SearchKernels {
  readonly left: { readonly [S in KeySize]: Search };
  readonly right: { readonly [S in KeySize]: Search };
}

function search(m: Module, name: string, size: KeySize, before: string): void {
  const type = size === 8 ? I64 : I32;
  const load = size === 8 ? 'i64_load' : 'i32_load';
  const f = m.func([I32, I32, I32, I32, I32]);
  const [table, n, keys, count, out] = [0, 1, 2, 3, 4];
  const [left, half] = [f.local(I32), f.local(I32)];
  const key = Array.from({ length: TOGETHER }, () => f.local(type));
  const at = key.map(() => f.local(I32));
  /** `at` moves on by a local's bytes where the key at a distance from it is before. */
  const step = (j: number, distance: (f: Func) => Func, back: number): void => {
    f.get(at[j]);
    f.i32(0);
    distance(f.get(at[j])).op('i32_add');
    if (back > 0) f.i32(back).op('i32_sub');
    f.mem(load).get(key[j]).op(before).op('i32_sub');
    distance(f).op('i32_and').op('i32_add').set(at[j]);
  };
  f.block(() => {
    f.loop(() => {
      f.get(count).op('i32_eqz').brIf(1);
      key.forEach((k, j) => {
        f.get(keys)
          .mem(load, j * size)
          .set(k);
        f.get(table).set(at[j]);
      });
      f.get(n).set(left);
      f.block(() => {
        f.loop(() => {
          f.get(left).i32(1).op('i32_le_u').brIf(1);
          f.get(left).get(left).i32(1).op('i32_shr_u').tee(half).op('i32_sub').set(left);
          f.get(half).i32(size).op('i32_mul').set(half);
          for (let j = 0; j < TOGETHER; j++) step(j, (g) => g.get(half), size);
          f.br(0);
        });
      });
      // One key is left to be compared with.
      key.forEach((k, j) => {
        f.get(out);
        f.get(at[j])
          .get(table)
          .op('i32_sub')
          .i32(size === 8 ? 3 : 2)
          .op('i32_shr_u');
        f.get(at[j]).mem(load).get(k).op(before).op('i32_add');
        f.mem('i32_store', j * 4);
      });
      f.bump(keys, TOGETHER * size)
        .bump(out, TOGETHER * 4)
        .bump(count, -TOGETHER)
        .br(0);
    });
  });
  m.export(name, f);
}

let made: SearchKernels | null = null;

/** The kernels, compiled when they are first needed. */
export function searchKernels(): SearchKernels {
  if (made !== null) return made;
  const m = new Module();
  for (const size of [4, 8] as const)
    for (const [side, op] of [
      ['left', 'lt_u'],
      ['right', 'le_u'],
    ])
      search(m, `${side}_${size}`, size, `${size === 8 ? 'i64' : 'i32'}_${op}`);
  const e = m.instantiate(heap().memory) as Record<string, never>;
  made = { left: { 4: e.left_4, 8: e.left_8 }, right: { 4: e.right_4, 8: e.right_8 } };
  return made;
}
