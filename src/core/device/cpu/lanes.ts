import { isWide, type ScalarType } from '../../dtype.js';
import { type Func, V128 } from './asm.js';
import { type Push, SIZE } from './scalar.js';

/** Vectors as packed lanes: constants, masks, widths, single lanes, loads and stores. */

/** What the code of a vector kernel is made with. */
export interface Vec {
  readonly f: Func;
  readonly lanes: number;
  /** Pushes a constant vector (kept in a local across the loop). */
  constant(bytes: Uint8Array): void;
}

const view = new DataView(new ArrayBuffer(8));

/** The 16 bytes of a value repeated in every lane of its type. */
export function splatBytes(t: ScalarType, value: number | bigint): Uint8Array {
  const w = SIZE[t];
  if (t === 'float64') view.setFloat64(0, Number(value), true);
  else if (t === 'float32') view.setFloat32(0, Number(value), true);
  else if (isWide(t)) view.setBigInt64(0, BigInt.asIntN(64, BigInt(value)), true);
  else view.setInt32(0, Number(value), true);
  const out = new Uint8Array(16);
  for (let i = 0; i < 16; i++) out[i] = view.getUint8(i % w);
  return out;
}

/** Pushes a value in every lane. */
export const splat = (c: Vec, t: ScalarType, value: number | bigint): void => c.constant(splatBytes(t, value));

/** The shape of vectors of the type, as instructions are named. */
export function shapeOf(t: ScalarType): string {
  if (t === 'float64') return 'f64x2';
  if (t === 'float32') return 'f32x4';
  return ['', 'i8x16', 'i16x8', '', 'i32x4', '', '', '', 'i64x2'][SIZE[t]];
}
const INT_SHAPE = ['', 'i8x16', 'i16x8', '', 'i32x4', '', '', '', 'i64x2'];

/** Width of the mask that a comparison of operands of this type gives. */
export const maskWidth = (t: ScalarType): number => (t === 'float16' ? 4 : SIZE[t]);

export function keepVector(f: Func, push: Push): number {
  const l = f.local(V128);
  push();
  f.set(l);
  return l;
}

/** Takes the low bytes of each lane: lanes of `from` bytes on the stack become lanes of `to` bytes. */
export function narrowLanes(c: Vec, from: number, to: number): void {
  if (from === to) return;
  const lanes = new Uint8Array(16);
  for (let i = 0; i < c.lanes; i++) for (let b = 0; b < to; b++) lanes[i * to + b] = i * from + b;
  const x = c.f.local(V128);
  c.f.tee(x).get(x).shuffle(lanes);
}

/** Widens integer lanes. */
export function widenLanes(c: Vec, from: number, to: number, sign: '_s' | '_u'): void {
  for (let w = from; w < to; w *= 2) c.f.v(`${INT_SHAPE[2 * w]}_extend_low_${INT_SHAPE[w]}${sign}`);
}

/** A mask of another width. */
export function convertMask(c: Vec, from: number, to: number): void {
  if (from < to) widenLanes(c, from, to, '_s');
  else narrowLanes(c, from, to);
}

/** Extracts a lane as a scalar of the type. */
export function extractLane(f: Func, t: ScalarType, lane: number): void {
  const w = SIZE[t];
  const s = shapeOf(t);
  f.v(`${s}_extract_lane${w >= 4 ? '' : t === 'int8' || t === 'int16' ? '_s' : '_u'}`, lane);
}

/** Result of a rule that works on one lane at a time. A bool result becomes a mask of `width` bytes. */
export function lanewise(
  c: Vec,
  types: readonly ScalarType[],
  operands: readonly Push[],
  out: ScalarType,
  width: number,
  rule: (...lane: Push[]) => void,
): void {
  const { f } = c;
  const locals = operands.map((p) => keepVector(f, p));
  const r = f.local(V128);
  c.constant(new Uint8Array(16));
  f.set(r);
  for (let i = 0; i < c.lanes; i++) {
    f.get(r);
    if (out === 'bool') {
      if (width === 8) f.i64(0n);
      else f.i32(0);
    }
    rule(
      ...locals.map((l, k) => () => {
        f.get(l);
        extractLane(f, types[k], i);
      }),
    );
    if (out === 'bool') {
      if (width === 8) f.op('i64_extend_i32_u').op('i64_sub');
      else f.op('i32_sub');
      f.v(`${INT_SHAPE[width]}_replace_lane`, i);
    } else f.v(`${shapeOf(out)}_replace_lane`, i);
    f.set(r);
  }
  f.get(r);
}

/** Clears what is beyond the lanes of the mask of `width` bytes on the stack. */
export function onlyUsed(c: Vec, width: number): void {
  const used = c.lanes * width;
  if (used >= 16) return;
  const low = new Uint8Array(16);
  low.fill(0xff, 0, used);
  c.constant(low);
  c.f.v('v128_and');
}

/** Whether any of the lanes of the mask of `width` bytes on the stack is set; leaves an i32. */
export function anyLane(c: Vec, width: number): void {
  onlyUsed(c, width);
  c.f.v('v128_any_true');
}

/** Loads L packed lanes; the address is on the stack. */
export function loadVector(c: Vec, t: ScalarType, offset: number): void {
  const n = c.lanes * SIZE[t];
  c.f.vmem(
    n === 16 ? 'v128_load' : n === 8 ? 'v128_load64_zero' : n === 4 ? 'v128_load32_zero' : 'v128_load16_splat',
    offset,
  );
}

/** Stores L packed lanes; the address and the vector are on the stack. */
export function storeVector(c: Vec, t: ScalarType, offset: number): void {
  const n = c.lanes * SIZE[t];
  if (n === 16) c.f.vmem('v128_store', offset);
  else c.f.vmem(n === 8 ? 'v128_store64_lane' : n === 4 ? 'v128_store32_lane' : 'v128_store16_lane', offset, 0);
}
