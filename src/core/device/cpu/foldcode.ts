import { byName, type DType } from '../../dtype.js';
import type { Expr } from '../../ir/expr.js';
import { BLOCK } from '../../ir/pairwise.js';
import { type Func, I32, I64, Module, V128, type ValueType } from './asm.js';
import { beginExtremum, floatExtremum } from './extremum.js';
import { driver } from './folddriver.js';
import type { FoldCode, FoldSource, Mode } from './foldsource.js';
import { widestOf } from './analysis.js';
import { heap } from './heap.js';
import { type Leaves, ScalarCompiler } from './lower.js';
import { VectorCompiler } from './vector.js';
import { blockLayout } from './mapcode.js';
import { advance, type Class, CONTIGUOUS, FIXED, type Port, pushScalar, STRIDED, VectorReader } from './ports.js';
import { castScalar, halfToFloat, machineType, SIZE } from './scalar.js';
import { extractLane } from './lanes.js';

/**
 * Code of reductions along a run: one module for a program and the classes of its inputs' strides along the run.
 */

/** Everything that walks along a run: locals of one function. */
interface Walk {
  readonly f: Func;
  readonly n: number;
  readonly ports: readonly Port[];
  /** Locals of the position and its step, or -1. */
  readonly pos: number;
  readonly step: number;
}

export function buildFold(s: FoldSource, classes: readonly Class[], mode: Mode): FoldCode {
  const m = new Module();
  const inputs = s.operands.length;
  const outs = s.results.map((r) => byName[r.dtype] as DType);
  const k = inputs + outs.length;
  const strided = classes.flatMap((c, i) => (c === STRIDED ? [i] : []));
  const layout = blockLayout(k, strided.length, s.position);
  const accTypes = s.types.map(machineType);
  const widest = Math.max(
    s.position ? 8 : 1,
    widestOf([...s.map, ...s.combine]),
    ...s.operands.map((d, i) => (s.reads[i].length > 0 ? SIZE[d.part] : 1)),
  );
  const lanes = Math.min(16 / widest, mode === 'pairwise' ? (s.types.length === 2 ? 4 : 8) : 16);

  /** Parameters that describe a run: n, pointers of inputs, strides, position and step. */
  const runParams: ValueType[] = [
    I32,
    ...new Array<ValueType>(inputs + strided.length).fill(I32),
    ...((s.position ? [I64, I64] : []) as ValueType[]),
  ];
  const walkOf = (f: Func): Walk => ({
    f,
    n: 0,
    ports: s.operands.map((dtype, i) => ({
      dtype,
      class: classes[i],
      pointer: 1 + i,
      stride: 1 + inputs + strided.indexOf(i),
    })),
    pos: s.position ? 1 + inputs + strided.length : -1,
    step: s.position ? 2 + inputs + strided.length : -1,
  });
  const moveOn = (w: Walk, count: number, gathered: boolean): void => {
    w.ports.forEach((p, i) => {
      if (!(gathered && p.class === STRIDED && s.reads[i].length > 0)) advance(w.f, p, count);
    });
    if (w.pos >= 0) w.f.get(w.pos).get(w.step).i64(BigInt(count)).op('i64_mul').op('i64_add').set(w.pos);
  };

  const makeAccs = (f: Func): number[] => accTypes.map((t) => f.local(t));
  const scalarLeaves = (w: Walk, accs: readonly number[], vals: readonly number[]): Leaves => ({
    push: (e) => {
      if (e.op === 'arg') pushScalar(w.f, w.ports, e);
      else if (e.op === 'position') w.f.get(w.pos);
      else w.f.get((e.op === 'acc' ? accs : vals)[e.index]);
    },
    fixed: () => false,
  });
  /** Maps the element at the pointers into locals. */
  const scalarMap = (w: Walk, into?: readonly number[]): number[] => {
    const c = new ScalarCompiler(w.f, scalarLeaves(w, [], []), s.map, -1);
    return s.map.map((e, i) => {
      const l = c.settle(e);
      if (into === undefined) return l;
      w.f.get(l).set(into[i]);
      return into[i];
    });
  };
  /** accs = combine(accs, vals). */
  const scalarCombine = (w: Walk, accs: readonly number[], vals: readonly number[]): void => {
    const c = new ScalarCompiler(w.f, scalarLeaves(w, accs, vals), s.combine, -1);
    const next = s.combine.map((e) => c.settle(e));
    next.forEach((l, i) => {
      w.f.get(l).set(accs[i]);
    });
  };
  /** Folds the elements one by one; at least one. `first`: accs are not set yet. */
  const scalarRun = (w: Walk, accs: readonly number[], first: boolean): void => {
    const { f } = w;
    if (first) {
      scalarMap(w, accs);
      moveOn(w, 1, false);
      f.bump(w.n, -1);
    }
    f.get(w.n);
    f.if(() =>
      f.loop(() => {
        scalarCombine(w, accs, scalarMap(w));
        moveOn(w, 1, false);
        f.get(w.n).i32(1).op('i32_sub').tee(w.n).brIf(0);
      }),
    );
  };

  /** Folds vectors of elements: `sets` vectors of accumulators side by side. What is left of n stays for scalar code. */
  const vectorRun = (w: Walk, sets: number, finish: (sets: readonly (readonly number[])[]) => void): void => {
    const { f } = w;
    const size = lanes * sets;
    const constantHole = f.hole();
    const hole = f.hole();
    let mapper: VectorCompiler;
    const reader = new VectorReader(f, w.ports, s.reads, () => mapper);
    const pushPosition = (): void => {
      f.get(w.pos).v('i64x2_splat').get(w.pos).get(w.step).op('i64_add').v('i64x2_replace_lane', 1);
      if (reader.step > 0)
        f.get(w.step)
          .i64(BigInt(2 * reader.step))
          .op('i64_mul')
          .v('i64x2_splat')
          .v('i64x2_add');
    };
    let accs: readonly number[] = [];
    let vals: readonly number[] = [];
    const leaves: Leaves = {
      push: (e) => {
        if (e.op === 'arg') reader.push(e);
        else if (e.op === 'position') pushPosition();
        else f.get((e.op === 'acc' ? accs : vals)[e.index]);
      },
      fixed: (e) => e.op === 'arg' && w.ports[e.index].class === FIXED,
    };
    mapper = new VectorCompiler(f, leaves, s.map, constantHole, hole, lanes);
    const state = (c: VectorCompiler, e: Expr, into: number): void => {
      if (e.type === 'bool') c.mask(e, 1);
      else c.push(e);
      f.set(into);
    };
    const mapAt = (u: number): number[] => {
      mapper.nextIteration();
      reader.begin(u);
      return s.map.map((e) => {
        const l = f.local(V128);
        state(mapper, e, l);
        return l;
      });
    };
    const combiner = new VectorCompiler(f, leaves, s.combine, constantHole, hole, lanes);
    const combine = (a: readonly number[], b: readonly number[]): void => {
      accs = a;
      vals = b;
      combiner.nextIteration();
      const next = s.combine.map((e) => {
        const l = f.local(V128);
        state(combiner, e, l);
        return l;
      });
      next.forEach((l, i) => {
        f.get(l).set(a[i]);
      });
    };
    const all: number[][] = [];
    for (let u = 0; u < sets; u++) all.push(mapAt(u));
    const fast = mode === 'any' ? floatExtremum(s.combine) : null;
    const seen = fast === null ? null : beginExtremum(f, s.types[0], fast, all);
    const step = (u: number): void => {
      if (seen === null) combine(all[u], mapAt(u));
      else seen.add(all[u][0], mapAt(u)[0]);
    };
    const loopStep = (): void => {
      moveOn(w, size, true);
      f.bump(w.n, -size);
    };
    loopStep();
    f.block(() => {
      f.get(w.n).i32(size).op('i32_lt_u').brIf(0);
      f.loop(() => {
        for (let u = 0; u < sets; u++) step(u);
        loopStep();
        f.get(w.n).i32(size).op('i32_ge_u').brIf(0);
      });
    });
    if (seen !== null) {
      for (let u = 1; u < sets; u++) seen.add(all[0][0], all[u][0]);
      seen.finish(all[0][0]);
      finish([all[0]]);
    } else if (mode === 'any') {
      // In pairs, so that the steps do not wait for each other.
      for (let span = 1; span < sets; span *= 2)
        for (let u = 0; u + span < sets; u += 2 * span) combine(all[u], all[u + span]);
      finish([all[0]]);
    } else finish(all);
  };
  /** Lane `lane` of a vector of accumulators as scalars. */
  const lanesOf = (f: Func, vectors: readonly number[], lane: number): number[] =>
    vectors.map((v, i) => {
      const t = s.types[i];
      const l = f.local(machineType(t));
      f.get(v);
      extractLane(f, t, lane);
      if (t === 'bool') f.i32(1).op('i32_and');
      f.set(l);
      return l;
    });

  // ---- the sum of a run, pairwise -------------------------------------------------------------------------------------

  const pairwise = (): Func => {
    const f = m.func(runParams, accTypes);
    const w = walkOf(f);
    const parts = s.types.length === 2 ? 2 : 1;
    const group = 8 / parts;
    const accs = makeAccs(f);
    const sum = (): void => {
      for (const a of accs) f.get(a);
    };
    f.get(w.n).i32(group).op('i32_lt_u');
    f.if(() => {
      scalarRun(w, accs, true);
      sum();
      f.op('return');
    });
    f.get(w.n)
      .i32(BLOCK / parts)
      .op('i32_le_u');
    f.if(() => {
      vectorRun(w, group / lanes, (sets) => {
        let r: number[][] = [];
        for (const v of sets) for (let i = 0; i < lanes; i++) r.push(lanesOf(f, v, i));
        while (r.length > 1) {
          for (let i = 0; i < r.length; i += 2) scalarCombine(w, r[i], r[i + 1]);
          r = r.filter((_, i) => i % 2 === 0);
        }
        r[0].forEach((l, i) => {
          f.get(l).set(accs[i]);
        });
      });
      scalarRun(w, accs, false);
      sum();
      f.op('return');
    });
    // Two halves, the first of a multiple of eight components.
    const half = f.local(I32);
    f.get(w.n)
      .i32(1)
      .op('i32_shr_u')
      .i32(parts === 2 ? ~3 : ~7)
      .op('i32_and')
      .set(half);
    f.get(half);
    for (const p of w.ports) f.get(p.pointer);
    for (const i of strided) f.get(w.ports[i].stride);
    if (s.position) f.get(w.pos).get(w.step);
    f.call(f);
    for (const a of [...accs].reverse()) f.set(a);
    f.get(w.n).get(half).op('i32_sub');
    for (const p of w.ports) {
      f.get(p.pointer);
      if (p.class === CONTIGUOUS) f.get(half).i32(p.dtype.itemsize).op('i32_mul').op('i32_add');
      else if (p.class === STRIDED) f.get(half).get(p.stride).op('i32_mul').op('i32_add');
    }
    for (const i of strided) f.get(w.ports[i].stride);
    if (s.position) f.get(w.pos).get(half).op('i64_extend_i32_u').get(w.step).op('i64_mul').op('i64_add').get(w.step);
    f.call(f);
    const second = makeAccs(f);
    for (const a of [...second].reverse()) f.set(a);
    scalarCombine(w, accs, second);
    sum();
    return f;
  };

  /** Rounds accumulators to float16. */
  const roundAccs = (f: Func, accs: readonly number[]): void => {
    if (!s.half) return;
    for (const a of accs) {
      f.get(a);
      castScalar(f, 'float32', 'float16');
      halfToFloat(f);
      f.set(a);
    }
  };

  // ---- one run: the accumulators so far and the elements give the new ones ------------------------------------------

  const run = m.func([...runParams, ...accTypes, I32, I32], accTypes);
  {
    const f = run;
    const w = walkOf(f);
    const accs = accTypes.map((_, i) => runParams.length + i);
    const has = runParams.length + accTypes.length;
    const chunk = has + 1;
    if (mode === 'pairwise') {
      const pw = pairwise();
      m.export('sum', pw);
      // An accumulator that has no value yet takes the first element.
      f.get(has).op('i32_eqz');
      f.if(() => {
        scalarMap(w, accs);
        moveOn(w, 1, false);
        f.bump(w.n, -1);
      });
      const take = f.local(I32);
      const sums = makeAccs(f);
      f.block(() =>
        f.loop(() => {
          f.get(w.n).op('i32_eqz').brIf(1);
          f.get(w.n).get(chunk).get(w.n).get(chunk).op('i32_lt_u').op('select').tee(take);
          for (const p of w.ports) f.get(p.pointer);
          for (const i of strided) f.get(w.ports[i].stride);
          if (s.position) f.get(w.pos).get(w.step);
          f.call(pw);
          for (const a of [...sums].reverse()) f.set(a);
          scalarCombine(w, accs, sums);
          roundAccs(f, accs);
          for (const p of w.ports) {
            if (p.class === FIXED) continue;
            f.get(p.pointer).get(take);
            if (p.class === CONTIGUOUS) f.i32(p.dtype.itemsize);
            else f.get(p.stride);
            f.op('i32_mul').op('i32_add').set(p.pointer);
          }
          if (s.position)
            f.get(w.pos).get(take).op('i64_extend_i32_u').get(w.step).op('i64_mul').op('i64_add').set(w.pos);
          f.get(w.n).get(take).op('i32_sub').set(w.n);
          f.br(0);
        }),
      );
    } else {
      if (mode === 'any' && lanes > 1) {
        const sets = s.types.length === 1 ? 4 : s.types.length === 2 ? 2 : 1;
        f.get(w.n)
          .i32(lanes * sets)
          .op('i32_ge_u');
        f.if(() => {
          vectorRun(w, sets, ([v]) => {
            const r = lanesOf(f, v, 0);
            for (let i = 1; i < lanes; i++) scalarCombine(w, r, lanesOf(f, v, i));
            f.get(has);
            f.if(
              () => scalarCombine(w, accs, r),
              () => {
                r.forEach((l, i) => {
                  f.get(l).set(accs[i]);
                });
              },
            );
            f.i32(1).set(has);
          });
        });
      }
      f.get(w.n);
      f.if(() => {
        f.get(has).op('i32_eqz');
        f.if(() => {
          scalarMap(w, accs);
          moveOn(w, 1, false);
          f.bump(w.n, -1);
          if (s.half) roundAccs(f, accs);
        });
        f.get(w.n);
        f.if(() =>
          f.loop(() => {
            scalarCombine(w, accs, scalarMap(w));
            roundAccs(f, accs);
            moveOn(w, 1, false);
            f.get(w.n).i32(1).op('i32_sub').tee(w.n).brIf(0);
          }),
        );
      });
    }
    for (const a of accs) f.get(a);
  }

  const main = driver(m, s, run, classes, layout, strided, mode, outs);
  m.export('main', main);
  m.export('run', run);
  const e = m.instantiate(heap().memory) as unknown as {
    main: FoldCode['main'];
    run: FoldCode['run'];
    sum?: FoldCode['run'];
  };
  return { main: e.main, run: e.run, sum: e.sum ?? null, layout, strided };
}
