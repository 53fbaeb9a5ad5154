import { type DType, isWide, type ScalarType } from '../../dtype.js';
import { evaluator, roundHalf, type Value } from '../../ir/evaluate.js';
import { splitAt, WHOLE } from '../../ir/pairwise.js';
import { type Accessor, accessor, halfToNumber, numberToHalf } from '../access.js';
import type { AnyOperand, HostBuffer, Immediate } from '../device.js';
import type { FoldCode, FoldSource, Mode } from './foldsource.js';
import { heap, TILES, TILES_BYTES } from './heap.js';
import { moveBox, type Placed } from './operands.js';

/** A value as WebAssembly takes it, and back. */
const toMachine = (t: ScalarType, v: Value): Value => (t === 'float16' ? numberToHalf(v as number) : v);
function fromMachine(t: ScalarType, v: Value): Value {
  if (t === 'float16') return halfToNumber(v as number);
  if (t === 'uint32') return (v as number) >>> 0;
  return t === 'uint64' ? BigInt.asUintN(64, v as bigint) : v;
}

/** A reduction some of whose inputs are outside of the heap. */
export interface LongRuns {
  readonly source: FoldSource;
  readonly dtypes: readonly DType[];
  /** How many of the operands are read. */
  readonly k: number;
  /** Kept axes and then the reduced ones, outermost first. */
  readonly sizes: readonly number[];
  readonly walk: readonly (readonly number[])[];
  readonly start: readonly number[];
  readonly operands: readonly AnyOperand[];
  readonly pointers: readonly number[];
  readonly tiled: readonly number[];
  /** How many axes are reduced. */
  readonly folded: number;
  readonly mode: Mode;
  readonly chunk: number;
  /** The code for runs along the innermost axis when these operands are laid out contiguously. */
  readonly codeFor: (tiled: readonly number[]) => FoldCode;
}

/**
 * Runs over inputs outside of the heap that are longer than a tile: piece by piece, put together here as the code would have done.
 */
export function foldLongRuns(task: LongRuns): void {
  const { source: s, dtypes, k, sizes, walk, start, operands, pointers, tiled, folded, mode, chunk, codeFor } = task;
  const n = operands.length;
  const h = heap();
  const last = sizes.length - 1;
  const kept = sizes.length - folded;
  const combine = evaluator(s.combine);
  const finish = evaluator(s.results.flatMap((r) => r.parts));
  const initial = s.initial === null ? null : evaluator(s.initial);
  const ports: (Accessor | null)[] = operands.map((o, i) =>
    o.buffer === null ? null : accessor(o.buffer as HostBuffer, dtypes[i].part),
  );
  const read =
    (at: readonly number[]) =>
    (i: number, part: number): Value => {
      const p = ports[i];
      const o = operands[i];
      if (p === null) return part === 0 ? (o as Immediate).re : (o as Immediate).im;
      return p.get(at[i] + part * (dtypes[i].itemsize / dtypes[i].parts));
    };
  const share = Math.floor(TILES_BYTES / tiled.length / 64) * 64;
  const most = Math.floor(Math.floor(share / Math.max(...tiled.map((i) => dtypes[i].itemsize))) / 128) * 128;
  const code = codeFor(tiled);
  const strides = code.strided.map((i) => walk[i][last]);
  /** Copies `count` elements from `at` into tiles and gives the arguments that describe them. */
  const bring = (at: readonly number[], count: number): (number | bigint)[] => {
    const args: (number | bigint)[] = [count];
    for (let i = 0; i < k; i++) {
      const t = tiled.indexOf(i);
      if (t < 0) {
        args.push(operands[i].buffer === null ? pointers[i] : pointers[i] + at[i] - start[i]);
        continue;
      }
      const b = operands[i].buffer as Placed;
      const source = b.memory !== undefined ? new Uint8Array(b.memory) : b.bytes;
      const base = b.memory !== undefined ? (b.base ?? 0) : 0;
      const step = walk[i][last];
      const size = dtypes[i].itemsize;
      moveBox(source, base + at[i], h.u8, TILES + t * share, size, [count], [step], [step === 0 ? 0 : size], true);
      args.push(TILES + t * share);
    }
    args.push(...strides);
    if (s.position) args.push(BigInt(at[n]), BigInt(walk[n][last]));
    return args;
  };
  const values = (out: unknown): Value[] => {
    const list = s.types.length === 1 ? [out] : [...(out as Iterable<unknown>)];
    return list.map((v, i) => fromMachine(s.types[i], v as Value));
  };
  /** Folds `count` elements with the accumulators so far. */
  const piece = (at: readonly number[], count: number, accs: readonly Value[] | null): Value[] => {
    const given = s.types.map((t, i) => toMachine(t, accs === null ? (isWide(t) ? 0n : 0) : accs[i]));
    return values(code.run(...bring(at, count), ...given, accs === null ? 0 : 1, WHOLE));
  };
  const parts = s.types.length === 2 ? 2 : 1;
  const at2 = (at: readonly number[], steps: number): number[] => at.map((o, i) => o + steps * walk[i][last]);
  const pairs = (at: readonly number[], count: number): Value[] => {
    if (count <= most) return values(code.sum!(...bring(at, count)));
    const m = splitAt(count, parts);
    const a = pairs(at, m);
    return combine({ acc: a, val: pairs(at2(at, m), count - m) });
  };
  const foldRun = (at: readonly number[], accs: readonly Value[] | null): readonly Value[] => {
    const total = sizes[last];
    let now: readonly Value[] | null = accs;
    if (mode !== 'pairwise') {
      for (let i = 0; i < total; i += most) now = piece(at2(at, i), Math.min(most, total - i), now);
      return now as readonly Value[];
    }
    let i = 0;
    if (now === null) {
      now = piece(at, 1, null);
      i = 1;
    }
    for (; i < total; i += chunk) {
      const count = Math.min(chunk, total - i);
      if (count <= most) now = piece(at2(at, i), count, now);
      else {
        now = combine({ acc: now, val: pairs(at2(at, i), count) });
        if (s.half) now = now.map((v) => roundHalf(v as number));
      }
    }
    return now;
  };
  const outer = (d: number, stop: number, at: readonly number[], body: (at: readonly number[]) => void): void => {
    if (d === stop) body(at);
    else
      for (let j = 0; j < sizes[d]; j++)
        outer(
          d + 1,
          stop,
          at.map((o, i) => o + j * walk[i][d]),
          body,
        );
  };
  outer(0, kept, start, (base) => {
    let accs: readonly Value[] | null = initial === null ? null : initial({ arg: read(base) });
    outer(kept, last, base, (at) => {
      accs = foldRun(at, accs);
    });
    const final = s.half ? (accs as unknown as number[]).map(roundHalf) : (accs as unknown as Value[]);
    const shown = finish({ arg: read(base), acc: final });
    let v = 0;
    s.results.forEach((r, i) => {
      const d = dtypes[k + i];
      r.parts.forEach((_, part) => {
        ports[k + i]?.set(base[k + i] + part * (d.itemsize / d.parts), shown[v++]);
      });
    });
  });
}
