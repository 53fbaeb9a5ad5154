import type { Kernel } from '../../device/device.js';
import { bool, type DType } from '../../dtype.js';
import { converter } from '../casts.js';
import { eachKernel, foldKernelOf } from '../each.js';
import { pointsRow } from './points.js';
import type { Loop, UfuncRow } from '../row.js';

/** Kernels of loops that are written as functions of elements. */

const from = (memory: DType, loop: DType): ((v: any) => any) | null =>
  memory === loop ? null : converter(memory, loop);

/** A map. With `masked`, a last truth value decides between the result and what the outputs held (further operands). */
export function eachLoopKernel(
  row: UfuncRow,
  loop: Loop,
  ins: readonly DType[],
  outs: readonly DType[],
  masked: boolean,
): Kernel {
  const each = loop.each as (...v: any[]) => any;
  const load = ins.map((d, i) => from(d, loop.ins[i]));
  const store = outs.map((d, i) => from(loop.outs[i], d));
  const n = ins.length;
  const plain = outs.length === 1 && store[0] === null && load.every((f) => f === null);
  const call = plain ? each : converted(each, load, store);
  const { points } = loop;
  if (!masked)
    return eachKernel(
      row.name,
      ins,
      outs,
      call,
      plain && points !== undefined ? (operands) => pointsRow(points, ins, outs, operands, row.name) : undefined,
    );
  return eachKernel(row.name, [...ins, bool, ...outs], outs, (...args) => {
    if (args[n] === true) return call(...args.slice(0, n));
    return outs.length === 1 ? args[n + 1] : args.slice(n + 1);
  });
}

type Convert = ((v: any) => any) | null;

/** A function of elements of other dtypes than its own. */
function converted(
  each: (...v: any[]) => any,
  load: readonly Convert[],
  store: readonly Convert[],
): (...v: any[]) => any {
  const back = (r: any): any => {
    if (store.length > 1) return store.map((f, k) => (f === null ? r[k] : f(r[k])));
    return store[0] === null ? r : store[0](r);
  };
  const as = (i: number): ((v: any) => any) => load[i] ?? ((v) => v);
  const [a, b] = [as(0), as(1)];
  if (load.length === 1) return (x) => back(each(a(x)));
  if (load.length === 2) return (x, y) => back(each(a(x), b(y)));
  return (...args) => back(each(...args.map((v, i) => as(i)(v))));
}

/** What a fold of such a loop is described by; see reduce.ts. */
interface Fold {
  readonly row: UfuncRow;
  readonly loop: Loop;
  readonly input: DType;
  readonly out: DType;
  readonly kind: 'reduce' | 'scan';
  readonly masked: boolean;
  readonly start: 'identity' | 'first' | 'operand';
}

/** A fold: reduce, accumulate. */
export function eachFoldKernel(s: Fold): Kernel {
  const { loop } = s;
  const A = loop.outs[0];
  const each = loop.each as (a: any, b: any) => any;
  const load = from(s.input, loop.ins[1]);
  const store = from(A, s.out);
  const back = from(A, loop.ins[0]);
  return foldKernelOf({
    name: s.row.name,
    input: s.input,
    out: s.out,
    load: (v) => (load === null ? v : load(v)),
    step: (a, v) => each(back === null ? a : back(a), v),
    store: (a) => (store === null ? a : store(a)),
    kind: s.kind,
    masked: s.masked,
    start:
      s.start === 'operand'
        ? { from: 'operand', dtype: A, load: (v) => v }
        : s.start === 'identity' && loop.identity !== undefined
          ? { from: 'identity', value: loop.identity }
          : { from: 'first', empty: loop.empty },
  });
}
