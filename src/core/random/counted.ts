import { type Device, Immediate } from '../device/device.js';
import type { ArrayValue, Face } from '../array.js';
import { byName, type DType, type NumericName } from '../dtype.js';
import { cos, sin } from '../math/trig.js';
import { log } from '../math/log.js';
import * as x from '../ir/expr.js';
import type { Expr, MapProgram } from '../ir/expr.js';
import { sizeOf } from '../view.js';

/**
 * Random bits by counting, as maps: Philox 4x32 of ten rounds, whose block k is a function of a key and a counter k. So a device draws where
 * the values are wanted, every element for itself.
 */

const A = 0xd2511f53;
const B = 0xcd9e8d57;
const WEYL = [0x9e3779b9, 0xbb67ae85];

const word = (v: number): Expr => x.konst('uint32', v);

/** The upper word of a product with a constant: by halves of 16 bits. */
function high(c: number, b: Expr): Expr {
  const [cl, ch] = [word(c & 0xffff), word(c >>> 16)];
  const [bl, bh] = [x.and(b, 0xffff), x.shr(b, 16)];
  const mid = x.add(x.mul(ch, bl), x.shr(x.mul(cl, bl), 16));
  const low = x.add(x.mul(cl, bh), x.and(mid, 0xffff));
  return x.add(x.mul(ch, bh), x.add(x.shr(mid, 16), x.shr(low, 16)));
}

/** The four words of the block `k` after a counter (operands 2 … 5) under a key (operands 0 and 1). */
function block(k: Expr): Expr[] {
  const start = [2, 3, 4, 5].map((i) => x.arg(i, 'uint32'));
  const counter: Expr[] = [x.add(start[0], k)];
  let carry: Expr = x.lt(counter[0], k);
  for (let i = 1; i < 4; i++) {
    const sum = x.add(start[i], x.cast(carry, 'uint32'));
    carry = x.and(carry, x.eq(sum, 0));
    counter.push(sum);
  }
  let [a, b, c, d] = counter;
  let keys: Expr[] = [x.arg(0, 'uint32'), x.arg(1, 'uint32')];
  for (let round = 0; round < 10; round++) {
    const [ha, hc] = [high(A, a), high(B, c)];
    const [la, lc] = [x.mul(a, word(A)), x.mul(c, word(B))];
    [a, b, c, d] = [x.xor(x.xor(hc, b), keys[0]), lc, x.xor(x.xor(ha, d), keys[1]), la];
    keys = keys.map((key, i) => x.add(key, word(WEYL[i])));
  }
  return [a, b, c, d];
}

/** Words 0 … of the blocks: the word at a place. */
function wordAt(words: readonly Expr[], place: Expr): Expr {
  const at = x.and(place, 3);
  return x.select(x.eq(at, 0), words[0], x.select(x.eq(at, 1), words[1], x.select(x.eq(at, 2), words[2], words[3])));
}
/** 23 bits below the exponent of 1: a float32 in [1, 2), less 1. */
const single = (w: Expr): Expr => x.sub(x.bitcast(x.or(x.and(w, 0x7fffff), 0x3f800000), 'float32'), 1);

export type Counted = 'uniform' | 'normal' | 'integers' | 'bounded';

function valueOf(kind: Counted, d: DType): Expr {
  const place = x.cast(x.position, 'uint32');
  const words = block(x.shr(place, 2));
  if (kind === 'normal') {
    // Two values of two words, by the method of Box and Muller.
    const upper = x.eq(x.and(place, 2), 0);
    const u = x.max(single(x.select(upper, words[0], words[2])), 1e-7);
    const angle = x.mul(single(x.select(upper, words[1], words[3])), 2 * Math.PI);
    const radius = x.sqrt(x.mul(log(u), -2));
    return x.mul(x.select(x.eq(x.and(place, 1), 0), sin(angle), cos(angle)), radius);
  }
  const w = wordAt(words, place);
  if (kind === 'uniform') return single(w);
  if (kind === 'integers') return x.cast(w, d.part);
  return x.cast(x.add(x.rem(w, x.arg(7, 'uint32')), x.arg(6, 'uint32')), d.part);
}

const programs = new Map<string, MapProgram>();
function programOf(kind: Counted, d: DType): MapProgram {
  const key = `${kind} ${d.name}`;
  let p = programs.get(key);
  if (p === undefined) {
    const operands = new Array<NumericName>(kind === 'bounded' ? 8 : 6).fill('uint32');
    p = {
      kind: 'map',
      name: `random.${kind}`,
      operands,
      results: [{ dtype: d.name as NumericName, parts: [valueOf(kind, d)] }],
    };
    programs.set(key, p);
  }
  return p;
}

/** Whether values of a kind and dtype are drawn so. */
export const isCounted = (kind: string, d: DType): kind is Counted =>
  d === byName.float32
    ? kind === 'uniform' || kind === 'normal'
    : (d === byName.int32 || d === byName.uint32) && (kind === 'integers' || kind === 'bounded');

/**
 * Values drawn on a device by a key of two words and a counter of four, lowest first.
 * @param bounds of `bounded`: the least integer, and how many there are
 */
export function drawnOn(
  device: Device,
  kind: Counted,
  shape: readonly number[],
  dtype: DType,
  key: Uint32Array,
  counter: Uint32Array,
  face: Face,
  bounds: readonly number[] = [],
): ArrayValue {
  const n = sizeOf(shape);
  const out = face.fresh(device.allocate(n * dtype.itemsize), dtype, shape);
  const given = [...key, ...counter, ...bounds.map((v) => v >>> 0)].map((v) => new Immediate(byName.uint32, v));
  if (n > 0) device.prepare(programOf(kind, dtype)).flat(n, [...given, out]);
  return out;
}
