import { MemoryError } from '../../../errors.js';
import { convolutionLength, factorsOf } from '../../../fft/factors.js';
import { Roots } from '../../../fft/roots.js';
import { sizeText } from '../buffer.js';
import { allocateBlock, type Block, freeBlock, heap } from '../heap.js';
import { passOf, POINT, steps } from './passes.js';

/** Plans: what transforms of one length have in common. Their tables lie in the heap. */

/** Memory for a table. @throws MemoryError where the heap is full */
function room(bytes: number): Block {
  const block = allocateBlock(bytes);
  if (block === null) throw new MemoryError(`Unable to allocate ${sizeText(bytes)} for the tables of a Fourier transform`);
  return block;
}

/** What is kept for the next transform of a length. */
interface Kept {
  /** Bytes of tables. */
  readonly bytes: number;
  free(): void;
}

export interface Plan extends Kept {
  readonly n: number;
  /** Bytes that a run needs beside its result. */
  readonly scratch: number;
  /** Transforms n points from one place to another, which do not overlap; the first keeps what it has. */
  run(from: number, to: number, work: number, backward: boolean): void;
}

interface Step {
  readonly radix: number;
  readonly l1: number;
  readonly ido: number;
  /** Offsets of tables: twiddle factors, and cos and sin of a radix without a butterfly. */
  readonly twiddles: number;
  readonly table: number;
}

const hasButterfly = (r: number): boolean => r <= 13;

/** A transform by passes, one for each factor. */
class PassPlan implements Plan {
  readonly bytes: number;
  readonly scratch: number;
  private readonly list: Step[] = [];
  private readonly block: Block | null;

  constructor(readonly n: number) {
    const factors = factorsOf(n);
    let l1 = 1;
    let at = 0;
    let widest = 0;
    for (const radix of factors) {
      const ido = n / l1 / radix;
      const twiddles = at;
      at += (ido - 1) * (radix - 1) * POINT;
      const table = at;
      if (!hasButterfly(radix)) {
        at += ((radix - 1) / 2) ** 2 * POINT;
        widest = Math.max(widest, radix);
      }
      this.list.push({ radix, l1, ido, twiddles, table });
      l1 *= radix;
    }
    this.bytes = at;
    // One pass goes straight to its result; a pass of any radix has points of its own beside.
    this.scratch = (factors.length > 1 ? n * POINT : 0) + widest * POINT;
    this.block = at === 0 ? null : room(at);
    if (this.block !== null) this.fill(this.block.address);
  }

  private fill(address: number): void {
    const { n } = this;
    const roots = new Roots(n);
    const to = heap().f64;
    for (const { radix, l1, ido, twiddles, table } of this.list) {
      let at = (address + twiddles) / 8;
      for (let i = 1; i < ido; i++) {
        for (let j = 1; j < radix; j++) {
          roots.put(j * l1 * i, to, at);
          at += 2;
        }
      }
      if (hasButterfly(radix)) continue;
      at = (address + table) / 8;
      const half = (radix - 1) / 2;
      for (let q = 1; q <= half; q++) {
        for (let j = 1; j <= half; j++) {
          roots.put(((j * q) % radix) * (n / radix), to, at);
          to[at + 1] = -to[at + 1];
          at += 2;
        }
      }
    }
  }

  run(from: number, to: number, work: number, backward: boolean): void {
    const { list, n } = this;
    if (list.length === 0) {
      heap().u8.copyWithin(to, from, from + POINT);
      return;
    }
    const base = this.block === null ? 0 : this.block.address;
    const beside = work + (list.length > 1 ? n * POINT : 0);
    let source = from;
    for (let i = 0; i < list.length; i++) {
      const { radix, l1, ido, twiddles, table } = list[i];
      const target = (list.length - i) % 2 === 1 ? to : work;
      if (hasButterfly(radix)) passOf(radix, backward)(source, target, l1, ido, base + twiddles);
      else {
        const any = backward ? steps().backward : steps().forward;
        any(source, target, l1, ido, base + twiddles, radix, base + table, beside);
      }
      source = target;
    }
  }

  free(): void {
    if (this.block !== null) freeBlock(this.block);
  }
}

/** A transform as a convolution with a chirp, of a length that has small factors only (Bluestein). */
class ChirpPlan implements Plan {
  readonly bytes: number;
  readonly scratch: number;
  private readonly inner: Plan;
  private readonly block: Block;

  constructor(
    readonly n: number,
    private readonly m: number,
  ) {
    this.inner = new PassPlan(m);
    const bytes = (n + m) * POINT;
    this.bytes = bytes + this.inner.bytes;
    this.scratch = 2 * m * POINT + this.inner.scratch;
    this.block = room(bytes);
    const chirp = this.block.address;
    const spectrum = chirp + n * POINT;
    const roots = new Roots(2 * n);
    const to = heap().f64;
    // exp(-πi k²/n), with k² modulo 2n kept small on the way.
    for (let k = 0, square = 0; k < n; k++) {
      roots.put(square, to, chirp / 8 + 2 * k);
      square += 2 * k + 1;
      if (square >= 2 * n) square -= 2 * n;
    }
    const work = room(m * POINT + this.inner.scratch);
    const points = work.address / 8;
    to.fill(0, points, points + 2 * m);
    for (let k = 0; k < n; k++) {
      const at = chirp / 8 + 2 * k;
      for (const i of k === 0 ? [0] : [k, m - k]) {
        to[points + 2 * i] = to[at] / m;
        to[points + 2 * i + 1] = -to[at + 1] / m;
      }
    }
    this.inner.run(work.address, spectrum, work.address + m * POINT, false);
    freeBlock(work);
  }

  run(from: number, to: number, work: number, backward: boolean): void {
    const { n, m, inner } = this;
    const chirp = this.block.address;
    const spectrum = chirp + n * POINT;
    const times = backward ? steps().timesConj : steps().times;
    const other = work + m * POINT;
    const rest = other + m * POINT;
    times(from, work, chirp, n);
    heap().u8.fill(0, work + n * POINT, work + m * POINT);
    inner.run(work, other, rest, false);
    times(other, other, spectrum, m);
    inner.run(other, work, rest, true);
    times(work, to, chirp, n);
  }

  free(): void {
    this.inner.free();
    freeBlock(this.block);
  }
}

function make(n: number): Plan {
  const m = convolutionLength(n);
  return m === 0 ? new PassPlan(n) : new ChirpPlan(n, m);
}

/** A transform of an even number of real points is one of half as many complex points, and this table with which halves are joined. */
class JoinTable implements Kept {
  readonly bytes: number;
  readonly block: Block;

  constructor(n: number) {
    const count = Math.floor(n / 4) + 1;
    this.bytes = count * POINT;
    this.block = room(this.bytes);
    const roots = new Roots(n);
    const to = heap().f64;
    for (let k = 0; k < count; k++) {
      const at = this.block.address / 8 + 2 * k;
      roots.put(k, to, at);
      // Times -i.
      const re = to[at];
      to[at] = to[at + 1];
      to[at + 1] = -re;
    }
  }

  free(): void {
    freeBlock(this.block);
  }
}

/** Plans that were used last stay: so many, and so many bytes of tables. */
const MOST_PLANS = 48;
const MOST_BYTES = 64 * 1024 * 1024;

class Cache<P extends Kept> {
  private readonly plans = new Map<number, P>();
  private bytes = 0;

  constructor(private readonly make: (n: number) => P) {}

  /** Gives `use` the plan of a length. */
  with(n: number, use: (plan: P) => void): void {
    const { plans } = this;
    let plan = plans.get(n);
    if (plan !== undefined) {
      // To the end of the line: the first is the one that was used longest ago.
      plans.delete(n);
      plans.set(n, plan);
    } else {
      plan = this.make(n);
      if (plan.bytes > MOST_BYTES / 2) {
        try {
          use(plan);
        } finally {
          plan.free();
        }
        return;
      }
      plans.set(n, plan);
      this.bytes += plan.bytes;
      for (const [old, p] of plans) {
        if (plans.size <= MOST_PLANS && this.bytes <= MOST_BYTES) break;
        if (p === plan) break;
        plans.delete(old);
        this.bytes -= p.bytes;
        p.free();
      }
    }
    use(plan);
  }
}

const transforms = new Cache<Plan>(make);
const joins = new Cache<JoinTable>((n) => new JoinTable(n));

export const withPlan = (n: number, use: (plan: Plan) => void): void => transforms.with(n, use);
/** Gives `use` the address of the table for n real points, n even. */
export const withJoin = (n: number, use: (table: number) => void): void => joins.with(n, (p) => use(p.block.address));
