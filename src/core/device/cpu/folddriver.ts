import type { DType } from '../../dtype.js';
import { type Func, I32, I64, type Module } from './asm.js';
import type { FoldSource, Mode } from './foldsource.js';
import { type Leaves, ScalarCompiler } from './lower.js';
import type { BlockLayout } from './mapcode.js';
import { type Class, type Port, pushScalar } from './ports.js';
import { castScalar, keep, machineType, SIZE, storeScalar } from './scalar.js';

/**
 * Walks kept axes, and for each output the outer reduced axes. The parameter block is that of a map, except that its second word is
 * the number of kept axes, and that its first record holds the number of outer reduced axes, how many elements are summed at a time,
 * and the strides along the run. Records of the reduced axes follow, innermost first, then those of the kept axes.
 */
export function driver(
  m: Module,
  s: FoldSource,
  run: Func,
  classes: readonly Class[],
  at: BlockLayout,
  strided: readonly number[],
  mode: Mode,
  outs: readonly DType[],
): Func {
  const f = m.func([I32]);
  const block = 0;
  const inputs = s.operands.length;
  const k = inputs + outs.length;
  const load = (offset: number, from = block): Func => f.get(from).mem('i32_load', offset);
  const n = keep(f, I32, () => load(0));
  const kept = keep(f, I32, () => load(4));
  const pointers = Array.from({ length: k }, (_, i) => keep(f, I32, () => load(at.pointers + 4 * i)));
  const strides = strided.map((_, i) => keep(f, I32, () => load(at.strides + 4 * i)));
  const pos = s.position ? keep(f, I64, () => f.get(block).mem('f64_load', at.position).op('i64_trunc_f64_s')) : -1;
  const posStep = s.position
    ? keep(f, I64, () =>
        f
          .get(block)
          .mem('f64_load', at.position + 8)
          .op('i64_trunc_f64_s'),
      )
    : -1;
  const outer = keep(f, I32, () => load(at.dims));
  const accs = s.types.map((t) => f.local(machineType(t)));
  let vals: readonly number[] = [];
  const has = f.local(I32);
  const dim = f.local(I32);
  const left = f.local(I32);
  const counter = f.local(I32);
  const ports: Port[] = s.operands.map((dtype, i) => ({ dtype, class: classes[i], pointer: pointers[i], stride: -1 }));
  const leaves: Leaves = {
    push: (e) => {
      if (e.op === 'arg') pushScalar(f, ports, e);
      else if (e.op === 'acc') {
        f.get(accs[e.index]);
        if (s.half) castScalar(f, 'float32', 'float16');
      } else if (e.op === 'val') f.get(vals[e.index]);
      else throw new Error(`lower: ${e.op} in the epilogue of a reduction`);
    },
    fixed: () => false,
  };
  /** Goes to the next index of the axes at `dim`; at the end of them leaves `exit` levels, else starts over `again` levels out. */
  const carry = (again: number, exit: number): void => {
    f.loop(() => {
      f.get(left)
        .op('i32_eqz')
        .brIf(exit + 1);
      pointers.forEach((p, i) => {
        f.get(p);
        load(8 + 4 * i, dim)
          .op('i32_add')
          .set(p);
      });
      const posAt = at.record - 8;
      const posBy = (): Func => f.get(dim).mem('f64_load', posAt).op('i64_trunc_f64_s');
      if (s.position) {
        f.get(pos);
        posBy().op('i64_add').set(pos);
      }
      load(4, dim).i32(1).op('i32_add').tee(counter);
      load(0, dim).op('i32_lt_u');
      f.if(() =>
        f
          .get(dim)
          .get(counter)
          .mem('i32_store', 4)
          .br(again + 2),
      );
      f.get(dim).i32(0).mem('i32_store', 4);
      pointers.forEach((p, i) => {
        f.get(p);
        load(8 + 4 * i, dim);
        load(0, dim).op('i32_mul').op('i32_sub').set(p);
      });
      if (s.position) {
        f.get(pos);
        posBy();
        load(0, dim).op('i64_extend_i32_u').op('i64_mul').op('i64_sub').set(pos);
      }
      f.bump(dim, at.record);
      f.get(left).i32(1).op('i32_sub').set(left);
      f.br(0);
    });
  };
  const store = (): void => {
    const finish = new ScalarCompiler(
      f,
      leaves,
      s.results.flatMap((r) => r.parts),
      -1,
    );
    const values = s.results.map((r) => r.parts.map((e) => finish.settle(e)));
    values.forEach((v, i) => {
      v.forEach((l, part) => {
        const t = outs[i].part;
        f.get(pointers[inputs + i]).get(l);
        storeScalar(f, t, part * SIZE[t]);
      });
    });
  };
  f.block(() => {
    f.loop(() => {
      if (s.initial === null) f.i32(0).set(has);
      else {
        const c = new ScalarCompiler(f, leaves, s.initial, -1);
        s.initial.forEach((e, i) => {
          c.push(e);
          f.set(accs[i]);
        });
        f.i32(1).set(has);
      }
      f.block(() => {
        f.loop(() => {
          const callRun = (): void => {
            for (let i = 0; i < inputs; i++) f.get(pointers[i]);
            for (const st of strides) f.get(st);
            if (s.position) f.get(pos).get(posStep);
            for (const a of accs) f.get(a);
            f.get(has);
            load(at.dims + 4).call(run);
            for (const a of [...accs].reverse()) f.set(a);
            f.i32(1).set(has);
          };
          if (mode === 'scan') {
            // Element by element; the first record's strides lead along the run, outputs included.
            const i = f.local(I32);
            const steps = pointers.map((_, q) => keep(f, I32, () => load(at.dims + 8 + 4 * q)));
            f.get(n).set(i);
            f.loop(() => {
              const mapped = new ScalarCompiler(f, leaves, s.map, -1);
              vals = s.map.map((e) => mapped.settle(e));
              f.get(has);
              f.if(
                () => {
                  const combined = new ScalarCompiler(f, leaves, s.combine, -1);
                  const next = s.combine.map((e) => combined.settle(e));
                  next.forEach((l, q) => {
                    f.get(l).set(accs[q]);
                  });
                },
                () => {
                  vals.forEach((l, q) => {
                    f.get(l).set(accs[q]);
                  });
                  f.i32(1).set(has);
                },
              );
              store();
              pointers.forEach((p, q) => {
                f.get(p).get(steps[q]).op('i32_add').set(p);
              });
              f.get(i).i32(1).op('i32_sub').tee(i).brIf(0);
            });
            pointers.forEach((p, q) => {
              f.get(p).get(steps[q]).get(n).op('i32_mul').op('i32_sub').set(p);
            });
          } else {
            f.get(n);
            callRun();
          }
          f.get(block)
            .i32(at.dims + at.record)
            .op('i32_add')
            .set(dim);
          f.get(outer).set(left);
          carry(0, 1);
        });
      });
      if (mode !== 'scan') store();
      f.get(block)
        .i32(at.dims + at.record)
        .op('i32_add')
        .get(outer)
        .i32(at.record)
        .op('i32_mul')
        .op('i32_add')
        .set(dim);
      f.get(kept).set(left);
      carry(0, 1);
    });
  });
  return f;
}
