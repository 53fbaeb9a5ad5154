import type { Bits } from './bits.js';
import { type BoundedKind, type Method, VARY_COUNT, VARY_RANGES, VARY_RESULTS } from './bounded-code.js';
import {
  INSIDE as INSIDE_E,
  INSIDE_SINGLE as INSIDE_SINGLE_E,
  WIDTH as WIDTH_E,
  WIDTH_SINGLE as WIDTH_SINGLE_E,
} from './distributions/tables-exponential.js';
import {
  INSIDE as INSIDE_N,
  INSIDE_SINGLE as INSIDE_SINGLE_N,
  WIDTH as WIDTH_N,
  WIDTH_SINGLE as WIDTH_SINGLE_N,
} from './distributions/tables-normal.js';
import { Machine, type ZigguratName, type ZigguratTables } from './kernels.js';
import {
  HAS_UINT32,
  LEFT_COUNT,
  MASK,
  OFFSET,
  RANGE,
  RESULT,
  STAGE,
  STAGE_BYTES,
  STATE,
  STOPPED,
  UINTEGER,
} from './layout.js';
import { type Algorithm, STATE_BYTES } from './steppers.js';

/**
 * Streams of random bits. The state of a stream is an array of its own; to draw, it is loaded into the memory of its algorithm's kernels
 * and stays there until another stream of the algorithm draws. Single draws and fills run over the same state.
 */

const words = (values: Float64Array): BigUint64Array => BigUint64Array.from(values, (v) => BigInt(v));
const halves = (values: Float32Array): Uint32Array => Uint32Array.from(values);

let tables: Readonly<Record<ZigguratName, ZigguratTables>> | null = null;
const machines = new Map<Algorithm, Machine>();

function machineOf(algorithm: Algorithm): Machine {
  let m = machines.get(algorithm);
  if (m === undefined) {
    tables ??= {
      normals: { bounds: words(INSIDE_N), widths: WIDTH_N },
      normalsF: { bounds: halves(INSIDE_SINGLE_N), widths: WIDTH_SINGLE_N },
      exponentials: { bounds: words(INSIDE_E), widths: WIDTH_E },
      exponentialsF: { bounds: halves(INSIDE_SINGLE_E), widths: WIDTH_SINGLE_E },
    };
    m = new Machine(algorithm, tables);
    machines.set(algorithm, m);
  }
  return m;
}

/** A word that was drawn already, then the stream's kernels: what the slow path of a ziggurat draws from. */
class Again implements Bits {
  hi = 0;
  lo = 0;
  private held = true;
  constructor(
    private readonly machine: Machine,
    private readonly heldLo: number,
    private readonly heldHi: number,
  ) {}
  nextDouble(): number {
    return this.machine.run.double();
  }
  nextFloat(): number {
    return this.machine.run.float();
  }
  nextUint32(): number {
    if (!this.held) return this.machine.run.uint32() >>> 0;
    this.held = false;
    return this.heldLo;
  }
  nextUint64(): void {
    if (this.held) {
      this.held = false;
      this.lo = this.heldLo;
      this.hi = this.heldHi;
      return;
    }
    this.machine.run.uint64();
    this.lo = this.machine.u32[RESULT / 4];
    this.hi = this.machine.u32[RESULT / 4 + 1];
  }
}

type Floats = Float64Array | Float32Array;
type Integers = BigUint64Array | Uint32Array | Uint16Array | Uint8Array;

export class Stream implements Bits {
  hi = 0;
  lo = 0;
  private readonly machine: Machine;
  private readonly saved: Uint32Array<ArrayBuffer>;
  /** Whether words are of 32 bits. */
  private readonly narrow: boolean;
  /** Words drawn ahead (two of 32 bits for each of 64), the next of them, their number, and the state before them. */
  private readonly words32: Uint32Array = new Uint32Array(512);
  private at = 0;
  private end = 0;
  private readonly start: Uint32Array;
  private run = 8;
  private has = false;
  private half = 0;

  constructor(readonly algorithm: Algorithm) {
    this.machine = machineOf(algorithm);
    this.saved = new Uint32Array(STATE_BYTES[algorithm] / 4);
    this.start = new Uint32Array(STATE_BYTES[algorithm] / 4);
    this.narrow = algorithm === 'MT19937';
  }

  private load(): void {
    const m = this.machine;
    (m.owner as Stream | null)?.sync();
    m.u32.set(this.saved, STATE / 4);
    m.owner = this;
  }

  /** Puts back what was drawn ahead, so that the memory holds the state as of now. */
  private settle(): void {
    const { u32, run } = this.machine;
    const n = this.at;
    if (this.owns()) {
      if (n < this.end) {
        u32.set(this.start, STATE / 4);
        if (this.narrow) run.words32(n);
        else run.words64(n / 2);
      }
      if (!this.narrow) {
        u32[HAS_UINT32 / 4] = this.has ? 1 : 0;
        u32[UINTEGER / 4] = this.half;
      }
    }
    this.at = 0;
    this.end = 0;
  }

  private owns(): boolean {
    return this.machine.owner === this;
  }

  /** The kernels' memory with this stream's state in it. */
  private begin(): Machine {
    if (!this.owns()) this.load();
    else if (this.end > 0) this.settle();
    this.run = 8;
    return this.machine;
  }

  private sync(): void {
    if (!this.owns()) return;
    if (this.end > 0) this.settle();
    this.saved.set(this.machine.u32.subarray(STATE / 4, STATE / 4 + this.saved.length));
  }

  /**
   * Draws words ahead for single values, twice as many each time: calling a kernel for each would cost more than the draw. From here to `settle`
   * the left half of a word is kept by this object.
   */
  private ahead(): void {
    if (!this.owns()) this.load();
    const { u32, run } = this.machine;
    if (this.end === 0) {
      this.has = u32[HAS_UINT32 / 4] !== 0;
      this.half = u32[UINTEGER / 4];
    }
    const n = this.run;
    if (n < 256) this.run = 2 * n;
    this.start.set(u32.subarray(STATE / 4, STATE / 4 + this.start.length));
    if (this.narrow) run.words32(2 * n);
    else run.words64(n);
    this.words32.set(u32.subarray(STAGE / 4, STAGE / 4 + 2 * n));
    this.at = 0;
    this.end = 2 * n;
  }

  /** The state as 32-bit words, as of now. What is written to them holds from `written` on. */
  words(): Uint32Array<ArrayBuffer> {
    this.sync();
    return this.saved;
  }

  written(): void {
    const m = this.machine;
    if (m.owner !== this) return;
    this.at = 0;
    this.end = 0;
    m.u32.set(this.saved, STATE / 4);
  }

  nextDouble(): number {
    if (this.narrow) return ((this.word() >>> 5) * 67108864 + (this.word() >>> 6)) * 2 ** -53;
    if (this.at === this.end) this.ahead();
    const lo = this.words32[this.at];
    const hi = this.words32[this.at + 1];
    this.at += 2;
    return (hi * 2097152 + (lo >>> 11)) * 2 ** -53;
  }
  /** The next 32 bits of those drawn ahead. */
  private word(): number {
    if (this.at === this.end) this.ahead();
    return this.words32[this.at++];
  }
  nextFloat(): number {
    return (this.nextUint32() >>> 8) * 2 ** -24;
  }
  nextUint32(): number {
    if (this.end === 0) this.ahead();
    if (this.has) {
      this.has = false;
      return this.half;
    }
    const w = this.word();
    if (!this.narrow) {
      this.half = this.words32[this.at++];
      this.has = true;
    }
    return w;
  }
  nextUint64(): void {
    if (this.narrow) {
      this.hi = this.word();
      this.lo = this.word();
      return;
    }
    if (this.at === this.end) this.ahead();
    this.lo = this.words32[this.at];
    this.hi = this.words32[this.at + 1];
    this.at += 2;
  }

  /** Fills from the stage, in runs that fit there. */
  private inRuns(bytes: Uint8Array, size: number, run: (n: number) => void): void {
    const { u8 } = this.begin();
    const most = STAGE_BYTES / size;
    for (let at = 0, left = bytes.length / size; left > 0; left -= most) {
      const n = Math.min(left, most);
      run(n);
      bytes.set(u8.subarray(STAGE, STAGE + n * size), at);
      at += n * size;
    }
  }

  /** Uniform values in [0, 1). */
  fillUniform(out: Floats): void {
    const run = this.machine.run;
    const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
    if (out instanceof Float64Array) this.inRuns(bytes, 8, (n) => run.doubles(n));
    else this.inRuns(bytes, 4, (n) => run.floats(n));
  }

  /** Raw words. */
  fillWords(out: BigUint64Array | Uint32Array): void {
    const run = this.machine.run;
    const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
    if (out instanceof Uint32Array) this.inRuns(bytes, 4, (n) => run.words32(n));
    else this.inRuns(bytes, 8, (n) => run.words64(n));
  }

  /** Values of a ziggurat; `slow` draws one value by the whole algorithm. */
  fillZiggurat(name: 'normals' | 'exponentials', out: Floats, slow: (bits: Bits) => number): void {
    const { run, u8, u32 } = this.begin();
    const single = out instanceof Float32Array;
    const fill = run[single ? (`${name}F` as const) : name];
    const size = single ? 4 : 8;
    const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
    const most = STAGE_BYTES / size;
    for (let at = 0; at < out.length; ) {
      const want = Math.min(out.length - at, most);
      const n = fill(want);
      bytes.set(u8.subarray(STAGE, STAGE + n * size), at * size);
      at += n;
      if (n < want) out[at++] = slow(new Again(this.machine, u32[STOPPED / 4], u32[STOPPED / 4 + 1]));
    }
  }

  /** Integers `offset + draw`, 0 <= draw <= range, as unsigned bits of the array's width. `boolean` takes one bit for each. */
  fillBounded(out: Integers, offset: bigint, range: bigint, method: Method, boolean = false): void {
    if (range === 0n) {
      if (out instanceof BigUint64Array) out.fill(BigInt.asUintN(64, offset));
      else out.fill(Number(offset));
      return;
    }
    const size = out.BYTES_PER_ELEMENT;
    const { u32, u64, run } = this.machine;
    const bits = size === 8 ? (range <= 0xffffffffn ? 32 : 64) : boolean ? 1 : size * 8;
    const kind = `${bits}_${size}` as BoundedKind;
    const all = (1n << BigInt(bits)) - 1n;
    // The whole range needs no rejection, which a mask of all bits is.
    const by = range === all ? 'masked' : method;
    u64[OFFSET / 8] = BigInt.asUintN(64, offset);
    u64[RANGE / 8] = range;
    u64[MASK / 8] = (1n << BigInt(range.toString(2).length)) - 1n;
    u32[LEFT_COUNT / 4] = 0;
    const fill = run[`bounded_${kind}_${by}`];
    this.inRuns(new Uint8Array(out.buffer, out.byteOffset, out.byteLength), size, (n) => fill(n, STAGE));
  }

  /** The same with an offset and a range for each element, both as 64 bits. */
  fillVarying(out: Integers, offsets: BigUint64Array, ranges: BigUint64Array, method: Method, boolean = false): void {
    const size = out.BYTES_PER_ELEMENT;
    const { u8, u32, u64, run } = this.begin();
    const fill = run[`vary_${boolean ? 1 : size * 8}_${method}`];
    const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
    u32[LEFT_COUNT / 4] = 0;
    for (let at = 0; at < out.length; at += VARY_COUNT) {
      const n = Math.min(VARY_COUNT, out.length - at);
      u64.set(offsets.subarray(at, at + n), STAGE / 8);
      u64.set(ranges.subarray(at, at + n), VARY_RANGES / 8);
      fill(n, 0);
      bytes.set(u8.subarray(VARY_RESULTS, VARY_RESULTS + n * size), at * size);
    }
  }

  /**
   * Exchanges for a shuffle of n elements down to `first`: calls `exchange(i, j)` for i = n − 1 … first with j in 0 … i. Generators draw
   * them by `lemire`, or by `masked` where the elements are bytes to them; the legacy functions by `masked`.
   */
  shuffle(n: number, first: number, method: Method, exchange: (i: number, j: number) => void): void {
    const most = STAGE_BYTES / 4;
    const js = new Uint32Array(Math.min(most, Math.max(0, n - first)));
    for (let i = n - 1; i >= first; ) {
      // What is exchanged may be the program's own objects, which may draw from this stream.
      this.begin();
      const count = Math.min(most, i - first + 1);
      this.machine.run[`steps_${method}`](i, count);
      js.set(this.machine.u32.subarray(STAGE / 4, STAGE / 4 + count));
      for (let k = 0; k < count; k++, i--) exchange(i, js[k]);
    }
  }

  /** One 32-bit draw from 0 … range, as a shuffle's step. */
  below(range: number, method: Method): number {
    this.begin();
    this.machine.run[`steps_${method}`](range, 1);
    return this.machine.u32[STAGE / 4];
  }
}
