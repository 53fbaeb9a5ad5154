import { MemoryError } from '../../../errors.js';
import type { FourierTransform } from '../../device.js';
import { sizeText } from '../buffer.js';
import { heap } from '../heap.js';
import { withScratch } from '../scratch.js';
import { BYTES, Lines, type Stage } from './lines.js';
import { type Form, moveOf } from './moves.js';
import { POINT, steps } from './passes.js';
import { type Plan, withJoin, withPlan } from './plan.js';

/**
 * Fourier transforms on the cpu. Everything is computed in doubles. Lines that lie in the heap side by side as complex doubles
 * are read and written where they are; others pass through scratch memory, several at a time, so that columns are read by rows.
 */

/** One way to transform a line, from and to contiguous doubles in the heap. */
interface Way {
  readonly source: Form;
  /** Points that are read. */
  readonly reads: number;
  readonly target: Form;
  /** Points that are written, and how many of them are the result. */
  readonly writes: number;
  readonly keeps: number;
  readonly scratch: number;
  /** Transforms; gives the factor that is still to be applied. */
  run(from: number, to: number, work: number, factor: number): number;
  /** Points are given by their conjugates in the second half of a line. */
  readonly mirrored?: boolean;
}

/** Lines that are staged together, and the bytes that they may take. */
const TOGETHER = 8;
const STAGED = 4 * 1024 * 1024;

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
    scratch: plan.scratch,
    run(from, to, work, factor) {
      plan.run(from, to, work, false);
      const points = heap().f64;
      const first = to / 8;
      const [even, odd] = [points[first], points[first + 1]];
      points[first] = (even + odd) * factor;
      points[first + 1] = 0;
      points[first + n] = (even - odd) * factor;
      points[first + n + 1] = 0;
      steps().join(to, to, table, h, 0.5 * factor);
      if (kind === 'complex') {
        // The other half are the conjugates, of a backward transform the points themselves.
        const copy = moveOf('c128', 'c128');
        const im = backward ? 1 : -1;
        copy(to + POINT, to + (n - 1) * POINT, 1, 0, 0, h - 1, POINT, -POINT, 1, im);
        if (backward) copy(to + POINT, to + POINT, 1, 0, 0, h - 1, POINT, POINT, 1, -1);
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
    scratch: plan.scratch + h * POINT,
    run(from, to, work, factor) {
      const points = heap().f64;
      const [low, high] = [points[from / 8], points[from / 8 + n]];
      points[work / 8] = low + high;
      points[work / 8 + 1] = low - high;
      steps().part(from, work, table, h, 1);
      plan.run(work, to, work + h * POINT, true);
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
    scratch: plan.scratch,
    mirrored: kind === 'hermitian',
    run(from, to, work, factor) {
      plan.run(from, to, work, backward);
      return factor;
    },
  };
}

function withWay(t: FourierTransform, use: (way: Way) => void): void {
  const { n, kind } = t;
  if (n % 2 !== 0 || (kind === 'complex' && t.from.dtype.kind === 'c')) withPlan(n, (plan) => use(whole(t, plan)));
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
    const direct = input.isPlain(way.source) && t.length >= way.reads && way.mirrored !== true;
    const straight = output.isPlain(way.target) && way.keeps === way.writes;
    const sourceBytes = way.reads * BYTES[way.source];
    const targetBytes = way.writes * BYTES[way.target];
    const each = (direct ? 0 : sourceBytes) + (straight ? 0 : targetBytes);
    const lines = each === 0 ? 1 : Math.max(1, Math.min(TOGETHER, count, Math.floor(STAGED / each)));
    const bytes = way.scratch + lines * each + 16;
    const done = withScratch(bytes, (address) => {
      const source: Stage = { address, form: way.source, apart: sourceBytes };
      const target: Stage = { address: address + (direct ? 0 : lines * sourceBytes), form: way.target, apart: targetBytes };
      const work = target.address + (straight ? 0 : lines * targetBytes);
      for (let run = 0; run < input.runCount; run++) {
        for (let line = 0; line < count; line += lines) {
          const some = Math.min(lines, count - line);
          if (!direct) fetch(t, way, input, run, line, some, source);
          let rest = 1;
          for (let i = 0; i < some; i++) {
            const from = direct ? input.address + input.at(run, line + i) : source.address + i * sourceBytes;
            const to = straight ? output.address + output.at(run, line + i) : target.address + i * targetBytes;
            rest = way.run(from, to, work, t.factor);
            if (straight && rest !== 1) {
              const size = BYTES[way.target];
              moveOf(way.target, way.target)(to, to, 1, 0, 0, way.keeps, size, size, rest, rest);
            }
          }
          if (!straight) output.write(run, line, some, way.keeps, target, rest);
        }
      }
    });
    if (!done) throw new MemoryError(`Unable to allocate ${sizeText(bytes)} for a Fourier transform`);
  });
}

/** Brings points into scratch memory, and zeros for those that are missing. */
function fetch(t: FourierTransform, way: Way, input: Lines, run: number, line: number, some: number, to: Stage): void {
  const { n } = t;
  const given = way.mirrored === true ? Math.floor(n / 2) + 1 : way.reads;
  const have = Math.min(given, t.length);
  const size = BYTES[way.source];
  if (have < way.reads)
    for (let i = 0; i < some; i++) {
      const start = to.address + i * to.apart;
      heap().u8.fill(0, start + have * size, start + to.apart);
    }
  input.read(run, line, some, have, to);
  if (way.mirrored === true) input.read(run, line, some, have - 1, to, 1, n - 1, true);
}
