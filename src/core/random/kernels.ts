import { F32, F64, type Func, I32, I64, Module } from '../device/cpu/asm.js';
import { boundedFunctions, countdown } from './bounded-code.js';
import { RESULT, STAGE, STAGE_BYTES, STOPPED, TABLES } from './layout.js';
import { type Algorithm, type Stepper, stepperFor } from './steppers.js';

/** The kernels of one algorithm. Fills write `n` values to the stage; bounded ones say where. */
export interface Kernels {
  double(): number;
  float(): number;
  uint32(): number;
  uint64(): void;
  doubles(n: number): void;
  floats(n: number): void;
  words64(n: number): void;
  words32(n: number): void;
  /** Ziggurats: how many values could be made before one needs the slow path; its word is then in STOPPED. */
  normals(n: number): number;
  normalsF(n: number): number;
  exponentials(n: number): number;
  exponentialsF(n: number): number;
  readonly [bounded: `bounded_${string}` | `vary_${string}` | `steps_${string}`]: (n: number, at: number) => void;
}

/** The rectangles of a ziggurat: where the fast path ends, and widths. */
export interface ZigguratTables {
  /** In words of the memory: [bound, width] of 64 bits each for doubles, of 32 for floats. */
  readonly bounds: BigUint64Array | Uint32Array;
  readonly widths: Float64Array | Float32Array;
}

export type ZigguratName = 'normals' | 'normalsF' | 'exponentials' | 'exponentialsF';
/** Places of the tables: 256 bounds, 256 widths. */
const AT: Record<ZigguratName, number> = {
  normals: TABLES,
  exponentials: TABLES + 4096,
  normalsF: TABLES + 8192,
  exponentialsF: TABLES + 10240,
};

function scalars(m: Module, stepper: (f: Func) => Stepper): void {
  const one = (
    name: string,
    results: readonly (typeof F64 | typeof F32 | typeof I32)[],
    draw: (f: Func, s: Stepper) => void,
  ): void => {
    const f = m.func([], results);
    const s = stepper(f);
    s.enter();
    draw(f, s);
    s.leave();
    m.export(name, f);
  };
  one('double', [F64], (_, s) => s.double());
  one('float', [F32], float);
  one('uint32', [I32], (_, s) => s.next32());
  one('uint64', [], (f, s) => {
    f.i32(0);
    s.next64();
    f.mem('i64_store', RESULT);
  });
}

function float(f: Func, s: Stepper): void {
  s.next32();
  f.i32(8)
    .op('i32_shr_u')
    .op('f32_convert_i32_s')
    .f32(2 ** -24)
    .op('f32_mul');
}

function fills(m: Module, stepper: (f: Func) => Stepper): void {
  const fill = (name: string, size: number, store: string, draw: (f: Func, s: Stepper) => void): void => {
    const f = m.func([I32]);
    const s = stepper(f);
    const at = f.local(I32);
    s.enter();
    countdown(f, 0, () => {
      f.get(at);
      draw(f, s);
      f.mem(store, STAGE);
      f.bump(at, size);
    });
    s.leave();
    m.export(name, f);
  };
  fill('doubles', 8, 'f64_store', (_, s) => s.double());
  fill('floats', 4, 'f32_store', float);
  fill('words64', 8, 'i64_store', (_, s) => s.next64());
  fill('words32', 4, 'i32_store', (_, s) => s.next32());
}

/** A fill that stops where a value falls outside of its rectangle. */
function ziggurat(m: Module, stepper: (f: Func) => Stepper, name: ZigguratName): void {
  const single = name.endsWith('F');
  const normal = name.startsWith('normals');
  const [type, o, size] = single ? ([I32, 'i32', 4] as const) : ([I64, 'i64', 8] as const);
  const f = m.func([I32], [I32]);
  const s = stepper(f);
  const [at, rest, slot, left] = [f.local(I32), f.local(type), f.local(I32), f.local(I32)];
  const r = f.local(type);
  const konst = (v: number): Func => (single ? f.i32(v) : f.i64(BigInt(v)));
  const low8 = (): Func => (single ? f : f.op('i32_wrap_i64')).i32(255).op('i32_and');
  f.get(0).set(left);
  s.enter();
  f.block(() => {
    f.loop(() => {
      f.get(left).op('i32_eqz').brIf(1);
      if (single) s.next32();
      else s.next64();
      f.set(r);
      // The lowest bits (of what exponentials shift first) choose the rectangle.
      f.get(r);
      if (!normal) konst(single ? 1 : 3).op(`${o}_shr_u`);
      low8()
        .i32(single ? 2 : 3)
        .op('i32_shl')
        .set(slot);
      f.get(r);
      konst(normal ? 9 : single ? 9 : 11).op(`${o}_shr_u`);
      if (normal) (single ? f.i32(0x7fffff) : f.i64(0xfffffffffffffn)).op(`${o}_and`);
      f.set(rest);
      f.get(rest).get(slot).mem(`${o}_load`, AT[name]).op(`${o}_ge_u`).brIf(1);
      f.get(at);
      f.get(rest).op(single ? 'f32_convert_i32_s' : 'f64_convert_i64_s');
      f.get(slot)
        .mem(single ? 'f32_load' : 'f64_load', AT[name] + 256 * size)
        .op(single ? 'f32_mul' : 'f64_mul');
      if (normal) {
        // The sign is bit 8: moved to the top, it is the sign of the result.
        f.op(single ? 'i32_reinterpret_f32' : 'i64_reinterpret_f64').get(r);
        konst(8).op(`${o}_shr_u`);
        konst(single ? 31 : 63)
          .op(`${o}_shl`)
          .op(`${o}_xor`)
          .mem(`${o}_store`, STAGE);
      } else f.mem(single ? 'f32_store' : 'f64_store', STAGE);
      f.bump(at, size).bump(left, -1).br(0);
    });
  });
  s.leave();
  f.i32(0).get(r).mem(`${o}_store`, STOPPED);
  f.get(0).get(left).op('i32_sub');
  m.export(name, f);
}

/** The kernels of an algorithm over a memory of their own. */
export class Machine {
  readonly memory: WebAssembly.Memory;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly u64: BigUint64Array<ArrayBuffer>;
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly run: Kernels;
  /** Whose state is in the memory. */
  owner: object | null = null;

  constructor(algorithm: Algorithm, tables: Readonly<Record<ZigguratName, ZigguratTables>>) {
    const m = new Module();
    const stepper = stepperFor(m, algorithm);
    scalars(m, stepper);
    fills(m, stepper);
    for (const name of Object.keys(AT) as ZigguratName[]) ziggurat(m, stepper, name);
    boundedFunctions(m, stepper);
    this.memory = new WebAssembly.Memory({ initial: (STAGE + STAGE_BYTES) / 65536 });
    const b = this.memory.buffer as ArrayBuffer;
    this.u32 = new Uint32Array(b);
    this.u64 = new BigUint64Array(b);
    this.u8 = new Uint8Array(b);
    for (const name of Object.keys(AT) as ZigguratName[]) {
      const { bounds, widths } = tables[name];
      this.u8.set(new Uint8Array(bounds.buffer, bounds.byteOffset, bounds.byteLength), AT[name]);
      this.u8.set(new Uint8Array(widths.buffer, widths.byteOffset, widths.byteLength), AT[name] + bounds.byteLength);
    }
    this.run = m.instantiate(this.memory) as unknown as Kernels;
  }
}
