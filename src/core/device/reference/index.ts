import { byName, type NumericName, DTYPES } from '../../dtype.js';
import { MemoryError } from '../../errors.js';
import { castValue, evaluator, type Value } from '../../ir/evaluate.js';
import type { Expr, MapProgram, Program, ReduceProgram, Result } from '../../ir/expr.js';
import { BLOCK, pairwiseForm, runOf, splitAt } from '../../ir/pairwise.js';
import { type Accessor, accessor } from '../access.js';
import { arrange } from '../axes.js';
import { plainGather, plainScatter } from '../movement.js';
import type { AnyOperand, Device, HostBuffer, Immediate, Kernel } from '../device.js';

/**
 * The reference device: programs run as they are written down, one element after the other, through `evaluate`. It is the
 * definition that the other devices are tested against, and is slow.
 */

class ReferenceBuffer implements HostBuffer {
  owners = 0;
  exposed = false;
  readonly bytes: Uint8Array;
  readonly address = -1;

  constructor(
    readonly nbytes: number,
    given: Uint8Array | null = null,
  ) {
    if (given !== null) {
      this.bytes = given;
      this.exposed = true;
      return;
    }
    try {
      this.bytes = new Uint8Array(new ArrayBuffer(Math.ceil(nbytes / 8) * 8), 0, nbytes);
    } catch {
      throw new MemoryError(`Unable to allocate ${nbytes} bytes`);
    }
  }

  get device(): Device {
    return reference;
  }

  free(): void {}
}

/** Reads and writes components of one operand. */
interface Port {
  readonly read: (byte: number, part: number) => Value;
  readonly write: (byte: number, part: number, value: Value) => void;
}

function port(o: AnyOperand): Port {
  if (o.buffer === null) {
    const im = o as Immediate;
    const { part } = im.dtype;
    const source = typeof im.re === 'bigint' ? 'int64' : 'float64';
    const fit = (v: Value): Value =>
      part === 'uint64' && typeof v === 'bigint'
        ? BigInt.asUintN(64, v)
        : castValue(v, typeof v === 'bigint' ? 'int64' : source, part);
    const halves = [fit(im.re), fit(im.im)];
    return { read: (_, k) => halves[k], write: () => {} };
  }
  const at: Accessor = accessor(o.buffer as HostBuffer, o.dtype.part);
  const step = o.dtype.itemsize / o.dtype.parts;
  return { read: (byte, k) => at.get(byte + k * step), write: (byte, k, v) => at.set(byte + k * step, v) };
}

/** Visits every index of a shape in C order with the offset of each operand there. */
function walk(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  start: readonly number[],
  visit: (offsets: number[]) => void,
): void {
  const index = shape.map(() => 0);
  if (shape.some((n) => n === 0)) return;
  for (;;) {
    visit(start.map((s, i) => index.reduce((t, k, d) => t + k * (strides[i][d] ?? 0), s)));
    let d = shape.length - 1;
    while (d >= 0 && ++index[d] === shape[d]) index[d--] = 0;
    if (d < 0) return;
  }
}

/** C-order strides that count elements: what `position` walks by. */
function positions(shape: readonly number[], counted: readonly boolean[]): number[] {
  let step = 1;
  const out = shape.map(() => 0);
  for (let d = shape.length - 1; d >= 0; d--) {
    if (!counted[d]) continue;
    out[d] = step;
    step *= shape[d];
  }
  return out;
}

abstract class ReferenceKernel implements Kernel {
  flat(n: number, operands: readonly AnyOperand[]): void {
    const strides = operands.map((o) => [
      o.buffer === null || (n !== 1 && (o as { size?: number }).size === 1) ? 0 : o.dtype.itemsize,
    ]);
    this.run([n], operands, strides);
  }
  abstract run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced?: readonly boolean[],
  ): void;
}

/** Splits values of all results' parts, which are computed together, over the outputs. */
function store(
  results: readonly Result[],
  ports: readonly Port[],
  offsets: readonly number[],
  first: number,
  values: readonly Value[],
): void {
  let k = 0;
  results.forEach((r, i) => {
    r.parts.forEach((_, part) => {
      ports[first + i].write(offsets[first + i], part, values[k++]);
    });
  });
}

const partsOf = (results: readonly Result[]): Expr[] => results.flatMap((r) => r.parts);

/** Complex results with one expression only are real ones. */
const checked = (results: readonly Result[]): readonly Result[] => {
  for (const r of results)
    if (r.parts.length !== byName[r.dtype as NumericName].parts)
      throw new Error(`program: ${r.dtype} with ${r.parts.length} parts`);
  return results;
};

class ReferenceMap extends ReferenceKernel {
  private readonly compute: ReturnType<typeof evaluator>;
  constructor(private readonly program: MapProgram) {
    super();
    this.compute = evaluator(partsOf(checked(program.results)));
  }

  run(shape: readonly number[], operands: readonly AnyOperand[], strides: readonly (readonly number[])[]): void {
    const ports = operands.map(port);
    const place = positions(
      shape,
      shape.map(() => true),
    );
    const n = operands.length;
    walk(shape, [...strides, place], [...operands.map((o) => o.offset), 0], (at) => {
      const values = this.compute({ arg: (i, part) => ports[i].read(at[i], part), position: BigInt(at[n]) });
      store(this.program.results, ports, at, this.program.operands.length, values);
    });
  }
}

/** Whether folding in another order is NumPy's right: the step treats accumulator and value alike. */
export function symmetric(p: ReduceProgram): boolean {
  const c = p.combine[0];
  return (
    p.combine.length === 1 &&
    (c.op === 'add' || c.op === 'mul' || c.op === 'min' || c.op === 'max') &&
    c.args[0].op === 'acc' &&
    c.args[1].op === 'val'
  );
}

/** Whether `position` occurs. */
export function usesPosition(roots: readonly Expr[]): boolean {
  const seen = new Set<Expr>();
  const look = (e: Expr): boolean => {
    if (seen.has(e)) return false;
    seen.add(e);
    return (
      e.op === 'position' || e.args.some(look) || (e.loop !== null && (look(e.loop.cond) || e.loop.next.some(look)))
    );
  };
  return roots.some(look);
}

class ReferenceFold extends ReferenceKernel {
  constructor(private readonly program: ReduceProgram) {
    super();
  }

  run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[] = shape.map(() => true),
  ): void {
    const p = this.program;
    const inputs = p.operands.length;
    const k = p.map.length;
    const ports = operands.map(port);
    // A position that nobody asks for must not keep axes from being joined.
    const place = usesPosition(p.map) ? positions(shape, reduced) : shape.map(() => 0);
    const all = [...operands.map((o, i) => (o.buffer === null ? shape.map(() => 0) : strides[i])), place];
    const pairwise = p.order === 'pairwise' && p.kind === 'reduce';
    const form = pairwise
      ? pairwiseForm(p)
      : { types: p.map.map((e) => e.type), map: p.map, combine: p.combine, half: false };
    const map = evaluator(form.map);
    const combine = evaluator(form.combine);
    const finish = evaluator(partsOf(p.results));
    const initial = p.initial === null ? null : evaluator(p.initial);
    const reorder = p.kind === 'reduce' && (pairwise || symmetric(p)) && !usesPosition(p.map);
    // NumPy leaves backward axes as they are where a result is allocated, and the order of a sum or product of floats shows it.
    const axes = arrange(shape, all, reduced, inputs, reorder, reorder && p.order === 'any');
    const start = [...operands.map((o) => o.offset), 0].map((s, i) => s + axes.shift[i]);

    const keptAxes = axes.shape.map((_, d) => d).filter((d) => !axes.reduced[d]);
    const foldAxes = axes.shape.map((_, d) => d).filter((d) => axes.reduced[d]);
    // The run: innermost axes, when they are reduced.
    const ends: number[] = [];
    for (let d = axes.shape.length - 1; d >= 0 && axes.reduced[d]; d--) ends.push(axes.shape[d]);
    const run = ends.length === 0 ? { axes: 0, chunk: 1 } : runOf(ends, p.buffered === true);
    const runFrom = foldAxes.length - run.axes;
    const pick = (list: readonly number[]) => ({
      shape: list.map((d) => axes.shape[d]),
      strides: axes.strides.map((s) => list.map((d) => s[d])),
    });
    const kept = pick(keptAxes);
    const outer = pick(foldAxes.slice(0, runFrom));
    const inner = pick(foldAxes.slice(runFrom));
    const half = (v: Value[]): Value[] =>
      form.half ? v.map((x) => castValue(castValue(x, 'float32', 'float16'), 'float16', 'float32')) : v;

    walk(kept.shape, kept.strides, start, (base) => {
      const argAt = (at: readonly number[]) => (i: number, part: number) => ports[i].read(at[i], part);
      const env = { arg: argAt(base) };
      let accs: Value[] | null = initial === null ? null : initial(env);
      const emit = (at: readonly number[]): void =>
        store(p.results, ports, at, inputs, finish({ ...env, acc: accs as Value[] }));
      walk(outer.shape, outer.strides, base, (from) => {
        let values: Value[][] = [];
        walk(inner.shape, inner.strides, from, (at) => {
          const v = map({ arg: argAt(at), position: BigInt(at[operands.length]) });
          if (p.kind === 'scan') {
            accs = accs === null ? v : combine({ acc: accs, val: v });
            emit(at);
          } else values.push(v);
        });
        if (p.kind === 'scan' || values.length === 0) return;
        if (accs === null) {
          accs = values[0];
          values = values.slice(1);
        }
        if (!pairwise) {
          for (const v of values) accs = combine({ acc: accs, val: v });
          return;
        }
        const step = run.chunk;
        for (let i = 0; i < values.length; i += step) {
          accs = half(
            combine({ acc: accs, val: pairs(values.slice(i, i + step), k, (a, b) => combine({ acc: a, val: b })) }),
          );
        }
      });
      if (p.kind === 'reduce' && accs !== null) emit(base);
    });
  }
}

/** NumPy's pairwise summation of one run. */
function pairs(v: readonly Value[][], k: number, add: (a: Value[], b: Value[]) => Value[]): Value[] {
  const n = v.length;
  if (n * k < 8) return v.slice(1).reduce(add, v[0]);
  if (n * k > BLOCK) {
    const m = splitAt(n, k);
    return add(pairs(v.slice(0, m), k, add), pairs(v.slice(m), k, add));
  }
  // Eight running sums, of four complex numbers or eight real ones.
  const lanes = k === 2 ? 4 : 8;
  let r = v.slice(0, lanes);
  const whole = n - (n % lanes);
  for (let i = lanes; i < whole; i += lanes) for (let j = 0; j < lanes; j++) r[j] = add(r[j], v[i + j]);
  while (r.length > 1) r = r.filter((_, i) => i % 2 === 0).map((a, i) => add(a, r[2 * i + 1]));
  return v.slice(whole).reduce(add, r[0]);
}

const kernels = new WeakMap<Program, Kernel>();

export const reference: Device = {
  name: 'reference',
  dtypes: new Set(DTYPES.map((d) => d.name)),
  sync: true,
  allocate: (nbytes) => new ReferenceBuffer(nbytes),
  wrap: (bytes) => new ReferenceBuffer(bytes.byteLength, bytes),
  prepare(program) {
    let kernel = kernels.get(program);
    if (kernel === undefined)
      kernels.set(program, (kernel = program.kind === 'map' ? new ReferenceMap(program) : new ReferenceFold(program)));
    return kernel;
  },
  routines: { gather: plainGather, scatter: plainScatter },
};
