import { MemoryError } from '../../../errors.js';
import type { FourierTransform } from '../../device.js';
import { sizeText } from '../buffer.js';
import { heap } from '../heap.js';
import { withScratch } from '../scratch.js';
import { BYTES, Lines, type Stage } from './lines.js';
import { type Form, moveOf } from './moves.js';
import { POINT, steps } from './passes.js';
import { type Plan, type RealPlan, type Several, withJoin, withPlan, withRealPlan } from './plan.js';
import { realFactors } from './real.js';

/**
 * Fourier transforms on the cpu. Everything is computed in doubles. Lines that lie in the heap side by side as complex doubles
 * are read and written where they are; others pass through scratch memory, several at a time, so that columns are read by rows.
 */

/** One way to transform lines, from and to contiguous doubles in the heap. */
interface Way {
  readonly source: Form;
  /** Points that are read. */
  readonly reads: number;
  readonly target: Form;
  /** Points that are written, and how many of them are the result. */
  readonly writes: number;
  readonly keeps: number;
  /** Whether it runs over columns as well. */
  readonly columns: boolean;
  /** Points are given by their conjugates in the second half of a line. */
  readonly mirrored: boolean;
  scratch(count: number): number;
  /** Transforms; gives the factor that is still to be applied. */
  run(from: number, to: number, work: number, factor: number, several: Several): number;
}

/** Real points that are transformed with NumPy's bits. More are transformed in half the time, as half as many complex points. */
const FEW = 1024;
/** Lines that are staged together, and the bytes that they may take. */
const TOGETHER = 8;
const STAGED = 4 * 1024 * 1024;
/** Bytes of short lines that are transformed together: what stays in the first-level cache. */
const NEAR = 16 * 1024;
/** Bytes of columns that are transformed together. */
const COLUMNS = 128 * 1024;

/** Transforms of real points, n of them and even: half as many complex points, whose results are then joined. */
function joined(t: FourierTransform, plan: Plan, table: number): Way {
  const { n, kind, backward } = t;
  const h = n / 2;
  return {
    source: 'f64',
    reads: n,
    target: 'c128',
    writes: kind === 'real' ? h + 1 : n,
    keeps: kind === 'real' ? h + 1 : n,
    columns: false,
    mirrored: false,
    scratch: (count) => plan.scratch(count),
    run(from, to, work, factor, several) {
      const { count, toStep } = several;
      plan.run(from, to, work, false, several);
      steps().join(to, table, h, factor, count, toStep);
      if (kind === 'complex' && h > 1) {
        // The other half are the conjugates, of a backward transform the points themselves.
        const copy = moveOf('c128', 'c128', true);
        const im = backward ? 1 : -1;
        copy(to + POINT, to + (n - 1) * POINT, count, toStep, toStep, h - 1, POINT, -POINT, 1, im);
        if (backward) copy(to + POINT, to + POINT, count, toStep, toStep, h - 1, POINT, POINT, 1, -1);
      }
      return 1;
    },
  };
}

/** The way back: what even and odd samples have in common is parted, and transformed as half as many complex points. */
function parted(t: FourierTransform, plan: Plan, table: number): Way {
  const { n } = t;
  const h = n / 2;
  return {
    source: 'c128',
    reads: h + 1,
    target: 'f64',
    writes: n,
    keeps: n,
    columns: false,
    mirrored: false,
    scratch: (count) => plan.scratch(count) + count * h * POINT,
    run(from, to, work, factor, several) {
      const { count, fromStep } = several;
      const step = h * POINT;
      steps().part(from, table, h, count, fromStep, work, step);
      plan.run(work, to, work + count * step, true, { ...several, fromStep: step });
      return factor;
    },
  };
}

/** Transforms of few real points, and the way back, with NumPy's passes and so its bits. */
function overReals(t: FourierTransform, plan: RealPlan): Way {
  const { n, kind } = t;
  const half = Math.floor(n / 2) + 1;
  const forward = kind === 'real';
  return {
    source: forward ? 'f64' : 'c128',
    reads: forward ? n : half,
    target: forward ? 'c128' : 'f64',
    writes: forward ? half : n,
    keeps: forward ? half : n,
    columns: false,
    mirrored: false,
    scratch: () => plan.scratch,
    run(from, to, work, factor, { count, fromStep, toStep }) {
      for (let i = 0; i < count; i++) {
        const [a, b] = [(from + i * fromStep) / 8, (to + i * toStep) / 8];
        if (forward) plan.forward(a, b, work / 8);
        else plan.backward(a, b, work / 8);
      }
      return factor;
    },
  };
}

/** All others: complex points. */
function whole(t: FourierTransform, plan: Plan): Way {
  const { n, kind, backward } = t;
  return {
    source: 'c128',
    reads: n,
    target: 'c128',
    writes: n,
    keeps: kind === 'real' ? (n + 1) / 2 : n,
    columns: plan.hasColumns && kind === 'complex',
    mirrored: kind === 'hermitian',
    scratch: (count) => plan.scratch(count),
    run(from, to, work, factor, several) {
      plan.run(from, to, work, backward, several);
      return factor;
    },
  };
}

function withWay(t: FourierTransform, use: (way: Way) => void): void {
  const { n, kind } = t;
  if (kind !== 'complex' && n <= FEW && realFactors(n) !== null) withRealPlan(n, (plan) => use(overReals(t, plan)));
  else if (n % 2 !== 0 || (kind === 'complex' && (n <= FEW || t.from.dtype.kind === 'c')))
    withPlan(n, (plan) => use(whole(t, plan)));
  else
    withPlan(n / 2, (plan) =>
      withJoin(n, (table) => use(kind === 'hermitian' ? parted(t, plan, table) : joined(t, plan, table))),
    );
}

/** The axis whose neighbouring lines lie closest, last: they are staged together. */
function inOrder(t: FourierTransform): number[] {
  const axes = t.batch.map((_, d) => d).filter((d) => t.batch[d] > 1);
  const apart = (d: number): number => Math.abs(t.from.batch[d]) + Math.abs(t.to.batch[d]);
  return axes.sort((a, b) => apart(b) - apart(a));
}

/** The routine of the cpu device. @throws MemoryError where the heap has no room for scratch memory */
export function fourier(t: FourierTransform): void {
  const axes = inOrder(t);
  const shape = axes.length === 0 ? [1] : axes.map((d) => t.batch[d]);
  const along = (strides: readonly number[]): number[] => (axes.length === 0 ? [0] : axes.map((d) => strides[d]));
  const input = new Lines(t.from, shape, along(t.from.batch));
  const output = new Lines(t.to, shape, along(t.to.batch));
  const count = shape[shape.length - 1];
  withWay(t, (way) => {
    if (way.columns && t.length >= t.n && areColumns(input, count) && areColumns(output, count))
      runColumns(t, way, input, output, count);
    else runLines(t, way, input, output, count);
  });
}

/** Whether lines are columns of complex doubles in the heap, side by side. */
const areColumns = (l: Lines, count: number): boolean =>
  count > 1 && l.address >= 0 && l.form === 'c128' && l.next === POINT && l.step !== POINT;

function withRoom(bytes: number, use: (address: number) => void): void {
  if (!withScratch(bytes + 16, use))
    throw new MemoryError(`Unable to allocate ${sizeText(bytes)} for a Fourier transform`);
}

function runColumns(t: FourierTransform, way: Way, input: Lines, output: Lines, count: number): void {
  const most = Math.max(4, Math.min(count, Math.floor(COLUMNS / (t.n * POINT))));
  const [fromStep, toStep] = [input.step, output.step];
  withRoom(way.scratch(most), (work) => {
    for (let run = 0; run < input.runCount; run++) {
      for (let line = 0; line < count; line += most) {
        const some = Math.min(most, count - line);
        const to = output.address + output.at(run, line);
        const several = { count: some, fromStep, toStep, columns: true };
        const rest = way.run(input.address + input.at(run, line), to, work, t.factor, several);
        if (rest !== 1) moveOf('c128', 'c128')(to, to, t.n, toStep, toStep, some, POINT, POINT, rest, rest);
      }
    }
  });
}

function runLines(t: FourierTransform, way: Way, input: Lines, output: Lines, count: number): void {
  const direct = input.isPlain(way.source) && t.length >= way.reads && !way.mirrored;
  const straight = output.isPlain(way.target) && way.keeps === way.writes;
  const sourceBytes = way.reads * BYTES[way.source];
  const targetBytes = way.writes * BYTES[way.target];
  const each = (direct ? 0 : sourceBytes) + (straight ? 0 : targetBytes);
  const near = Math.floor(NEAR / Math.max(sourceBytes, targetBytes));
  const staged = each === 0 ? 1 : Math.min(TOGETHER, Math.floor(STAGED / each));
  const lines = Math.max(1, Math.min(count, Math.max(near, staged)));
  withRoom(way.scratch(lines) + lines * each, (address) => {
    const source: Stage = { address, form: way.source, apart: sourceBytes };
    const target: Stage = {
      address: address + (direct ? 0 : lines * sourceBytes),
      form: way.target,
      apart: targetBytes,
    };
    const work = target.address + (straight ? 0 : lines * targetBytes);
    const fromStep = direct ? input.next : sourceBytes;
    const toStep = straight ? output.next : targetBytes;
    for (let run = 0; run < input.runCount; run++) {
      for (let line = 0; line < count; line += lines) {
        const some = Math.min(lines, count - line);
        if (!direct) fetch(t, way, input, run, line, some, source);
        const from = direct ? input.address + input.at(run, line) : source.address;
        const to = straight ? output.address + output.at(run, line) : target.address;
        const rest = way.run(from, to, work, t.factor, { count: some, fromStep, toStep, columns: false });
        if (!straight) output.write(run, line, some, way.keeps, target, rest);
        else if (rest !== 1) {
          const size = BYTES[way.target];
          moveOf(way.target, way.target)(to, to, some, toStep, toStep, way.keeps, size, size, rest, rest);
        }
      }
    }
  });
}

/** Brings points into scratch memory, and zeros for those that are missing. */
function fetch(t: FourierTransform, way: Way, input: Lines, run: number, line: number, some: number, to: Stage): void {
  const { n } = t;
  const given = way.mirrored ? Math.floor(n / 2) + 1 : way.reads;
  const have = Math.min(given, t.length);
  const size = BYTES[way.source];
  if (have < way.reads)
    for (let i = 0; i < some; i++) {
      const start = to.address + i * to.apart;
      heap().u8.fill(0, start + have * size, start + to.apart);
    }
  input.read(run, line, some, have, to);
  if (way.mirrored) input.read(run, line, some, have - 1, to, 1, n - 1, true);
}
