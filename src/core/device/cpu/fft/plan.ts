import { MemoryError } from '../../../errors.js';
import { convolutionLength, factorsOf } from '../../../fft/factors.js';
import { Roots } from '../../../fft/roots.js';
import { sizeText } from '../buffer.js';
import { allocateBlock, type Block, freeBlock, heap } from '../heap.js';
import { moveOf } from './moves.js';
import { anyPassOf, passOf, POINT, steps } from './passes.js';
import { BACKWARD, FORWARD, realFactors } from './real.js';

/** Plans: what transforms of one length have in common. Their tables lie in the heap. */

/** Memory for a table. @throws MemoryError where the heap is full */
function room(bytes: number): Block {
  const block = allocateBlock(bytes);
  if (block === null)
    throw new MemoryError(`Unable to allocate ${sizeText(bytes)} for the tables of a Fourier transform`);
  return block;
}

/** What is kept for the next transform of a length. */
interface Kept {
  /** Bytes of tables. */
  readonly bytes: number;
  free(): void;
}

/** Several transforms: one after the other, so many bytes apart, or in columns, whose points are so many bytes apart. */
export interface Several {
  readonly count: number;
  readonly fromStep: number;
  readonly toStep: number;
  readonly columns: boolean;
}

export interface Plan extends Kept {
  readonly n: number;
  /** Whether it runs over columns. */
  readonly hasColumns: boolean;
  /** Bytes that so many transforms need beside their results. */
  scratch(count: number): number;
  /** Transforms n points from one place to another, which do not overlap; the first keeps what it has. */
  run(from: number, to: number, work: number, backward: boolean, several: Several): void;
}

interface Step {
  readonly radix: number;
  readonly l1: number;
  readonly ido: number;
  /** Offsets of tables: twiddle factors, and cos and sin of a radix without a butterfly. */
  readonly twiddles: number;
  readonly table: number;
  /** The passes forward, backward, and over columns, once they are made. */
  readonly passes: ReturnType<typeof passOf>[];
}

const hasButterfly = (r: number): boolean => r <= 13;

/** A transform by passes, one for each factor. */
class PassPlan implements Plan {
  readonly hasColumns = true;
  readonly bytes: number;
  private readonly list: Step[] = [];
  private readonly block: Block | null;
  /** Points for a pass of any radix. */
  private readonly widest: number;

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
      this.list.push({ radix, l1, ido, twiddles, table, passes: [] });
      l1 *= radix;
    }
    this.bytes = at;
    this.widest = widest;
    this.block = at === 0 ? null : room(at);
    if (this.block !== null) this.fill(this.block.address);
  }

  scratch(count: number): number {
    // One pass goes straight to its result.
    return (this.list.length > 1 ? count * this.n * POINT : 0) + this.widest * POINT;
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

  run(from: number, to: number, work: number, backward: boolean, several: Several): void {
    const { list, n } = this;
    const { count, fromStep, toStep, columns } = several;
    if (list.length === 0) {
      const step = (bytes: number): number => (columns ? POINT : bytes);
      moveOf('c128', 'c128')(from, to, count, step(fromStep), step(toStep), 1, 0, 0, 1, 1);
      return;
    }
    const base = this.block === null ? 0 : this.block.address;
    const beside = work + (list.length > 1 ? count * n * POINT : 0);
    const workStep = (columns ? count : n) * POINT;
    const way = (backward ? 1 : 0) + (columns ? 2 : 0);
    let source = from;
    let sourceStep = fromStep;
    for (let i = 0; i < list.length; i++) {
      const { radix, l1, ido, twiddles, table, passes } = list[i];
      const last = (list.length - i) % 2 === 1;
      const target = last ? to : work;
      const targetStep = last ? toStep : workStep;
      if (hasButterfly(radix)) {
        passes[way] ??= passOf(radix, backward, columns);
        passes[way](source, target, l1, ido, base + twiddles, count, sourceStep, targetStep);
      } else {
        const any = anyPassOf(backward, columns);
        any(source, target, l1, ido, base + twiddles, count, sourceStep, targetStep, radix, base + table, beside);
      }
      source = target;
      sourceStep = targetStep;
    }
  }

  free(): void {
    if (this.block !== null) freeBlock(this.block);
  }
}

const ONE: Several = { count: 1, fromStep: 0, toStep: 0, columns: false };

/** A transform as a convolution with a chirp, of a length that has small factors only (Bluestein). */
class ChirpPlan implements Plan {
  readonly hasColumns = false;
  readonly bytes: number;
  private readonly inner: Plan;
  private readonly block: Block;

  constructor(
    readonly n: number,
    private readonly m: number,
  ) {
    this.inner = new PassPlan(m);
    const bytes = (n + m) * POINT;
    this.bytes = bytes + this.inner.bytes;
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
    const work = room(m * POINT + this.inner.scratch(1));
    const points = work.address / 8;
    to.fill(0, points, points + 2 * m);
    for (let k = 0; k < n; k++) {
      const at = chirp / 8 + 2 * k;
      for (const i of k === 0 ? [0] : [k, m - k]) {
        to[points + 2 * i] = to[at] / m;
        to[points + 2 * i + 1] = -to[at + 1] / m;
      }
    }
    this.inner.run(work.address, spectrum, work.address + m * POINT, false, ONE);
    freeBlock(work);
  }

  scratch(): number {
    return 2 * this.m * POINT + this.inner.scratch(1);
  }

  run(from: number, to: number, work: number, backward: boolean, several: Several): void {
    const { n, m, inner } = this;
    const chirp = this.block.address;
    const spectrum = chirp + n * POINT;
    const times = backward ? steps().timesConj : steps().times;
    const other = work + m * POINT;
    const rest = other + m * POINT;
    for (let i = 0; i < several.count; i++) {
      times(from + i * several.fromStep, work, chirp, n);
      heap().u8.fill(0, work + n * POINT, work + m * POINT);
      inner.run(work, other, rest, false, ONE);
      times(other, other, spectrum, m);
      inner.run(other, work, rest, true, ONE);
      times(work, to + i * several.toStep, chirp, n);
    }
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

/** Transforms of real points by passes over reals, one for each factor. */
export class RealPlan implements Kept {
  readonly bytes: number;
  private readonly block: Block;
  /** The passes, the first that the way back has first; `w` is the index of its twiddle factors. */
  private readonly list: {
    readonly radix: 2 | 3 | 4 | 5;
    readonly l1: number;
    readonly ido: number;
    readonly w: number;
  }[] = [];

  constructor(readonly n: number) {
    const roots = new Roots(n);
    const factors = realFactors(n) ?? [];
    this.bytes = Math.max(POINT, factors.length * n * 8);
    this.block = room(this.bytes);
    const to = heap().f64;
    const root = new Float64Array(2);
    let w = this.block.address / 8;
    let l1 = 1;
    for (const radix of factors) {
      const ido = n / l1 / radix;
      this.list.push({ radix, l1, ido, w });
      for (let j = 1; j < radix; j++, w += ido - 1) {
        for (let i = 1; 2 * i < ido; i++) {
          roots.put(j * l1 * i, root, 0);
          to[w + 2 * i - 2] = root[0];
          to[w + 2 * i - 1] = -root[1];
        }
      }
      l1 *= radix;
    }
  }

  /** Bytes of memory for the points on their way. */
  get scratch(): number {
    return 2 * this.n * 8;
  }

  /** From n points at an index to floor(n / 2) + 1 complex ones at another, through memory at a third. */
  forward(from: number, to: number, work: number): void {
    const { list, n } = this;
    const h = heap().f64;
    let at = from;
    for (let i = list.length - 1; i >= 0; i--) {
      const { radix, l1, ido, w } = list[i];
      const target = at === work ? work + n : work;
      FORWARD[radix](h, at, target, l1, ido, w);
      at = target;
    }
    h[to] = h[at];
    h[to + 1] = 0;
    for (let i = 1; i < n; i++) h[to + i + 1] = h[at + i];
    if (n % 2 === 0) h[to + n + 1] = 0;
  }

  /** The way back. */
  backward(from: number, to: number, work: number): void {
    const { list, n } = this;
    const h = heap().f64;
    h[work] = h[from];
    for (let i = 1; i < n; i++) h[work + i] = h[from + i + 1];
    let at = work;
    for (const { radix, l1, ido, w } of list) {
      const target = l1 * radix === n ? to : at === work ? work + n : work;
      BACKWARD[radix](h, at, target, l1, ido, w);
      at = target;
    }
    if (n === 1) h[to] = h[work];
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

const reals = new Cache<RealPlan>((n) => new RealPlan(n));

/** Gives `use` the plan for real points of a length that has only factors with passes. */
export const withRealPlan = (n: number, use: (plan: RealPlan) => void): void => reals.with(n, use);
export const withPlan = (n: number, use: (plan: Plan) => void): void => transforms.with(n, use);
/** Gives `use` the address of the table for n real points, n even. */
export const withJoin = (n: number, use: (table: number) => void): void => joins.with(n, (p) => use(p.block.address));
