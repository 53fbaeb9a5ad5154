import { F64, I32, Module, V128 } from '../asm.js';
import { heap } from '../heap.js';

/** How points lie in memory: real or complex, of doubles or singles. */
export type Form = 'f64' | 'f32' | 'c128' | 'c64';

/** Two nested loops over points: addresses, then counts and steps in bytes of the outer and the inner loop, then factors of both parts. */
type Move = (
  from: number,
  to: number,
  outer: number,
  outerFrom: number,
  outerTo: number,
  inner: number,
  innerFrom: number,
  innerTo: number,
  re: number,
  im: number,
) => void;

const made = new Map<string, Move>();

/**
 * Copies points from one form to another: real numbers get imaginary part 0, and of complex ones made real it is dropped.
 * @param positive whether zeros become positive ones, as they are in differences
 */
export function moveOf(source: Form, target: Form, positive = false): Move {
  const key = `${source} ${target} ${positive}`;
  let move = made.get(key);
  if (move === undefined) {
    move = compile(source, target, positive);
    made.set(key, move);
  }
  return move;
}

function compile(source: Form, target: Form, positive: boolean): Move {
  const m = new Module();
  const f = m.func([I32, I32, I32, I32, I32, I32, I32, I32, F64, F64]);
  const [from, to, outer, outerFrom, outerTo, inner, innerFrom, innerTo, re, im] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [p, q, i, by] = [f.local(I32), f.local(I32), f.local(I32), f.local(V128)];
  f.get(re).v('f64x2_splat').get(im).v('f64x2_replace_lane', 1).set(by);
  const point = (): void => {
    f.get(q).get(p);
    if (source === 'c128') f.vmem('v128_load');
    else if (source === 'f64') f.vmem('v128_load64_zero');
    else f.vmem(source === 'c64' ? 'v128_load64_zero' : 'v128_load32_zero').v('f64x2_promote_low_f32x4');
    f.get(by).v('f64x2_mul');
    if (positive) f.v128(new Uint8Array(16)).v('f64x2_add');
    if (target === 'c128') f.vmem('v128_store');
    else if (target === 'f64') f.vmem('v128_store64_lane', 0, 0);
    else f.v('f32x4_demote_f64x2_zero').vmem(target === 'c64' ? 'v128_store64_lane' : 'v128_store32_lane', 0, 0);
  };
  f.block(() => {
    f.loop(() => {
      f.get(outer).i32(0).op('i32_le_s').brIf(1);
      f.get(from).set(p).get(to).set(q).get(inner).set(i);
      f.block(() => {
        f.loop(() => {
          f.get(i).i32(0).op('i32_le_s').brIf(1);
          point();
          f.get(p).get(innerFrom).op('i32_add').set(p).get(q).get(innerTo).op('i32_add').set(q);
          f.bump(i, -1).br(0);
        });
      });
      f.get(from).get(outerFrom).op('i32_add').set(from).get(to).get(outerTo).op('i32_add').set(to);
      f.bump(outer, -1).br(0);
    });
  });
  m.export('f', f);
  return m.instantiate(heap().memory).f as unknown as Move;
}
