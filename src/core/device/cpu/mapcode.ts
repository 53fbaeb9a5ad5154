import { byName, type DType, type ScalarType } from '../../dtype.js';
import type { Expr, Result } from '../../ir/expr.js';
import { F64, type Func, I32, I64, Module, V128, type ValueType } from './asm.js';
import { widestOf } from './analysis.js';
import { heap } from './heap.js';
import { advance, type Class, FIXED, type Port, pushScalar, storeVectors, STRIDED, VectorReader } from './ports.js';
import { type Leaves, ScalarCompiler } from './lower.js';
import { VectorCompiler } from './vector.js';
import { keep, SIZE, storeScalar } from './scalar.js';

/**
 * Code of elementwise maps: one module for a program and the classes of its operands' innermost strides.
 */

/** A map program after simplification. */
export interface MapSource {
  readonly operands: readonly DType[];
  readonly results: readonly Result[];
  readonly position: boolean;
  /** Parts of each operand that are read. */
  readonly reads: readonly (readonly number[])[];
}

export interface MapCode {
  /** (n, pointers of inputs and outputs, strides of the strided ones[, position, its step]) */
  readonly inner: (...args: number[]) => void;
  /** (parameter block): any number of axes. */
  readonly nd: (block: number) => void;
}

/** Byte offsets in a parameter block; see `odometer`. */
export interface BlockLayout {
  readonly pointers: number;
  readonly strides: number;
  readonly position: number;
  readonly dims: number;
  readonly record: number;
}

const even = (n: number): number => (n + 7) & ~7;

/** Where things are in the parameter block of a program with k operands, some of them strided. */
export function blockLayout(k: number, strided: number, position: boolean): BlockLayout {
  const pointers = 8;
  const strides = pointers + 4 * k;
  const at = even(strides + 4 * strided);
  const dims = at + (position ? 16 : 0);
  return { pointers, strides, position: at, dims, record: even(8 + 4 * k) + (position ? 8 : 0) };
}

/** Counts nodes (of `rare` those of the fast side), to decide how far to unroll. */
function countNodes(roots: readonly Expr[]): number {
  const seen = new Set<Expr>();
  const look = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    if (e.loop !== null) for (let i = 0; i < 40; i++) seen.add({ ...e });
    e.args.forEach((a, i) => {
      if (e.op !== 'rare' || i !== 1) look(a);
    });
  };
  for (const r of roots) look(r);
  return seen.size;
}

/** Programs of more nodes would not fit the registers twice over anyway, and their code would be long. */
const MOST_UNROLLED = 240;

/** Whether values with a rare side are computed in every iteration. */
function hasRare(roots: readonly Expr[]): boolean {
  const seen = new Set<Expr>();
  const look = (e: Expr): boolean => {
    if (seen.has(e)) return false;
    seen.add(e);
    return e.op === 'rare' || e.args.some(look);
  };
  return roots.some(look);
}

function buildInner(m: Module, s: MapSource, classes: readonly Class[]): Func {
  const k = s.operands.length + s.results.length;
  const dtypes = [...s.operands, ...s.results.map((r) => byName[r.dtype] as DType)];
  const strided = classes.filter((c) => c === STRIDED).length;
  const params: ValueType[] = [I32, ...new Array<ValueType>(k + strided).fill(I32)];
  if (s.position) params.push(F64, F64);
  const f = m.func(params);
  const n = 0;
  let nextStride = 1 + k;
  const ports: Port[] = dtypes.map((dtype, i) => ({
    dtype,
    class: classes[i],
    pointer: 1 + i,
    stride: classes[i] === STRIDED ? nextStride++ : -1,
  }));
  const roots = s.results.flatMap((r) => r.parts);
  const outs = s.results.map((_, i) => ports[s.operands.length + i]);

  let pos = -1;
  let posStep = -1;
  if (s.position) {
    pos = f.local(I64);
    posStep = f.local(I64);
    f.get(1 + k + strided)
      .op('i64_trunc_f64_s')
      .set(pos);
    f.get(2 + k + strided)
      .op('i64_trunc_f64_s')
      .set(posStep);
  }
  const moveOn = (step: number): void => {
    ports.forEach((p, i) => {
      const moved = p.class === STRIDED && (i >= s.operands.length || s.reads[i].length > 0);
      if (!moved) advance(f, p, step);
    });
    if (pos >= 0) f.get(pos).get(posStep).i64(BigInt(step)).op('i64_mul').op('i64_add').set(pos);
    f.get(n).i32(step).op('i32_sub').set(n);
  };

  // Eight-byte values go two at a time, bytes sixteen.
  const L = 16 / Math.max(s.position ? 8 : 1, widestOf(roots), ...dtypes.map((d) => SIZE[d.part]));
  const constantHole = f.hole();
  const vectorHole = f.hole();
  let compiler: VectorCompiler;
  const reader = new VectorReader(f, ports, s.reads, () => compiler);
  const vectorLeaves: Leaves = {
    push: (e) => {
      if (e.op !== 'position') return reader.push(e);
      f.get(pos).v('i64x2_splat').get(pos).get(posStep).op('i64_add').v('i64x2_replace_lane', 1);
      for (let i = 0; i < reader.step; i++) {
        f.get(posStep).i64(2n).op('i64_mul').v('i64x2_splat').v('i64x2_add');
      }
    },
    fixed: (e) => e.op === 'arg' && ports[e.index].class === FIXED,
  };
  compiler = new VectorCompiler(f, vectorLeaves, roots, constantHole, vectorHole, L);
  const nodes = countNodes(roots);
  const unroll = nodes <= 10 && strided === 0 ? 4 : nodes <= MOST_UNROLLED ? 2 : 1;
  /** Values of the next `steps` vectors; all come before the first store: an output may be the very memory of an input. */
  const compute = (steps: number): number[][][] => {
    const all: number[][][] = [];
    for (let u = 0; u < steps; u++) {
      compiler.nextIteration();
      reader.begin(u);
      all.push(
        s.results.map((r) =>
          r.parts.map((e) => {
            const l = f.local(V128);
            compiler.stored(e);
            f.set(l);
            return l;
          }),
        ),
      );
    }
    return all;
  };
  const store = (all: number[][][]): void => {
    all.forEach((values, u) => {
      values.forEach((v, i) => {
        storeVectors(f, compiler, outs[i], v, u);
      });
    });
  };
  const vectorLoop = (steps: number): void => {
    const size = L * steps;
    f.get(n).i32(size).op('i32_ge_u');
    f.if(() => {
      f.loop(() => {
        store(compute(steps));
        moveOn(size);
        f.get(n).i32(size).op('i32_ge_u').brIf(0);
      });
    });
  };
  /**
   * With `rare` in the program: the fast sides of several vectors in one piece of code without a branch, so that their chains of
   * operations overlap, and one question for all of them. When a lane was in doubt the general code goes on for a while from
   * the same place; data that is full of rare values costs little more than without this.
   */
  const doubtful = (steps: number): void => {
    const size = L * steps;
    const budget = f.local(I32);
    const doubts = f.local(V128);
    f.loop(() => {
      f.block(() => {
        f.loop(() => {
          f.get(n).i32(size).op('i32_lt_u').brIf(1);
          f.v128(new Uint8Array(16)).set(doubts);
          compiler.doubts = doubts;
          const all = compute(steps);
          compiler.doubts = -1;
          compiler.nextIteration();
          f.get(doubts).v('v128_any_true').brIf(1);
          store(all);
          moveOn(size);
          f.br(0);
        });
      });
      f.i32(16).set(budget);
      f.block(() => {
        f.loop(() => {
          f.get(n).i32(L).op('i32_lt_u').brIf(1);
          store(compute(1));
          moveOn(L);
          f.bump(budget, -1);
          f.get(budget).op('i32_eqz').get(n).i32(size).op('i32_ge_u').op('i32_and').op('i32_eqz').brIf(0);
        });
      });
      f.get(n).i32(size).op('i32_ge_u').brIf(0);
    });
  };
  if (strided === 0 && hasRare(roots)) doubtful(nodes <= MOST_UNROLLED ? 4 : 1);
  else {
    if (unroll > 1) vectorLoop(unroll);
    vectorLoop(1);
  }

  // The rest, one by one.
  f.get(n);
  f.if(() => {
    const scalarHole = f.hole();
    const scalar = new ScalarCompiler(
      f,
      {
        push: (e) => {
          if (e.op === 'position') f.get(pos);
          else pushScalar(f, ports, e);
        },
        fixed: vectorLeaves.fixed,
      },
      roots,
      scalarHole,
    );
    f.loop(() => {
      const values = s.results.map((r) => r.parts.map((e) => scalar.settle(e)));
      values.forEach((v, i) => {
        v.forEach((local, part) => {
          const t = outs[i].dtype.part;
          f.get(outs[i].pointer).get(local);
          storeScalar(f, t, part * SIZE[t]);
        });
      });
      for (const p of ports) advance(f, p, 1);
      if (pos >= 0) f.get(pos).get(posStep).op('i64_add').set(pos);
      f.get(n).i32(1).op('i32_sub').tee(n).brIf(0);
    });
  });
  return f;
}

/**
 * Walks the outer axes. The parameter block holds: inner length, number of outer axes, pointers, strides of the strided operands,
 * position and its step, and for each outer axis, innermost first: length, counter (0), stride of each operand, step of the position.
 */
function odometer(m: Module, inner: Func, k: number, strided: number, position: boolean): Func {
  const f = m.func([I32]);
  const at = blockLayout(k, strided, position);
  const block = 0;
  const load = (offset: number, from = block): void => {
    f.get(from).mem('i32_load', offset);
  };
  const local = (offset: number): number => keep(f, I32, () => load(offset));
  const n = local(0);
  const nd = local(4);
  const pointers = Array.from({ length: k }, (_, i) => local(at.pointers + 4 * i));
  const strides = Array.from({ length: strided }, (_, i) => local(at.strides + 4 * i));
  const pos = position ? keep(f, F64, () => f.get(block).mem('f64_load', at.position)) : -1;
  const dim = f.local(I32);
  const left = f.local(I32);
  const counter = f.local(I32);
  f.loop(() => {
    f.get(n);
    for (const p of pointers) f.get(p);
    for (const s of strides) f.get(s);
    if (position)
      f.get(pos)
        .get(block)
        .mem('f64_load', at.position + 8);
    f.call(inner);
    f.get(block).i32(at.dims).op('i32_add').set(dim);
    f.get(nd).set(left);
    f.loop(() => {
      f.get(left).op('i32_eqz');
      f.if(() => f.op('return'));
      pointers.forEach((p, i) => {
        f.get(p);
        load(8 + 4 * i, dim);
        f.op('i32_add').set(p);
      });
      const posAt = at.record - 8;
      if (position) f.get(pos).get(dim).mem('f64_load', posAt).op('f64_add').set(pos);
      load(4, dim);
      f.i32(1).op('i32_add').tee(counter);
      load(0, dim);
      f.op('i32_lt_u');
      f.if(() => f.get(dim).get(counter).mem('i32_store', 4).br(2));
      f.get(dim).i32(0).mem('i32_store', 4);
      pointers.forEach((p, i) => {
        f.get(p);
        load(8 + 4 * i, dim);
        load(0, dim);
        f.op('i32_mul').op('i32_sub').set(p);
      });
      if (position) {
        f.get(pos).get(dim).mem('f64_load', posAt);
        load(0, dim);
        f.op('f64_convert_i32_u').op('f64_mul').op('f64_sub').set(pos);
      }
      f.bump(dim, at.record);
      f.get(left).i32(1).op('i32_sub').set(left);
      f.br(0);
    });
  });
  return f;
}

/** Makes the code for one combination of classes. */
export function buildMap(s: MapSource, classes: readonly Class[]): MapCode {
  const m = new Module();
  const inner = buildInner(m, s, classes);
  const strided = classes.filter((c) => c === STRIDED).length;
  m.export('f', inner);
  m.export('g', odometer(m, inner, classes.length, strided, s.position));
  const e = m.instantiate(heap().memory) as unknown as { f: MapCode['inner']; g: MapCode['nd'] };
  return { inner: e.f, nd: e.g };
}

/** Which parts of which operands occur in expressions. */
export function readsOf(roots: readonly Expr[], operands: number): { reads: number[][]; position: boolean } {
  const reads: number[][] = Array.from({ length: operands }, () => []);
  let position = false;
  const seen = new Set<Expr>();
  const look = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    if (e.op === 'position') position = true;
    if (e.op === 'arg' && !reads[e.index].includes(e.part)) reads[e.index].push(e.part);
    for (const a of e.args) look(a);
    if (e.loop !== null) for (const b of [e.loop.cond, ...e.loop.next]) look(b);
  };
  for (const r of roots) look(r);
  return { reads, position };
}

export type { ScalarType };
