import type { Kernel } from '../../device/device.js';
import { bool, type DType } from '../../dtype.js';
import { converter } from '../casts.js';
import { eachKernel, foldKernelOf } from '../each.js';
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
  const call = (args: any[]): any => {
    for (let i = 0; i < n; i++) {
      const f = load[i];
      if (f !== null) args[i] = f(args[i]);
    }
    const r = each(...args.slice(0, n));
    if (outs.length === 1) return store[0] === null ? r : store[0](r);
    return outs.map((_, k) => store[k]?.(r[k]) ?? r[k]);
  };
  if (!masked) return eachKernel(row.name, ins, outs, (...args) => call(args));
  return eachKernel(row.name, [...ins, bool, ...outs], outs, (...args) => {
    if (args[n] === true) return call(args);
    return outs.length === 1 ? args[n + 1] : args.slice(n + 1);
  });
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
