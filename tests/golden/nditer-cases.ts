import { np } from '../../src/index.js';

/** Runs one case of nditer.json; see nditer.py. */

type Operand = readonly [number[], string, number[], number[]] | null;
export interface NditerCase {
  readonly ops: readonly Operand[];
  readonly kw: Record<string, any>;
  readonly want: Record<string, any>;
}

function operand(spec: Operand): any {
  if (spec === null) return null;
  const [shape, dtype, perm, steps] = spec;
  const a: any = np
    .arange(1, shape.reduce((p, n) => p * n, 1) + 1)
    .astype(dtype as 'f8')
    .reshape(shape);
  return a.transpose(perm).at('...', ...steps.map((s) => np.slice(null, null, s)));
}

const values = (a: any): number[] => a.astype('f8').ravel().tolist();

function outcome({ ops, kw }: NditerCase): Record<string, any> {
  const arrays = ops.map(operand);
  const { write = false, ...given } = kw;
  const flags: string[] = given.flags;
  try {
    using it: any = np.nditer(arrays.length > 1 ? arrays : arrays[0], given);
    if (it.has_delayed_bufalloc) {
      it.operands.at(-1).set(['...'], 0);
      it.reset();
    }
    const out: Record<string, any> = {
      shape: it.finished ? null : it.shape,
      ndim: it.ndim,
      itersize: it.itersize,
      dtypes: it.dtypes.map((d: any) => d.name),
      steps: [],
    };
    for (const _ of it) {
      const parts: any[] = Array.from({ length: it.nop }, (_, k) => it[k]);
      const row: unknown[] = [parts.map((p, k) => (given.op_flags[k].includes('writeonly') ? [] : values(p)))];
      row.push(flags.includes('multi_index') && !flags.includes('buffered') ? it.multi_index : null);
      row.push(it.has_index && !flags.includes('buffered') ? it.index : null);
      if (flags.includes('external_loop')) row.push(parts.map((p) => (p.size > 1 ? p.strides[0] : 0)));
      out.steps.push(row);
      parts.forEach((p, k) => {
        if (given.op_flags[k].includes('readwrite')) p.set(['...'], write ? p.add(parts[0]) : p.add(3));
        else if (given.op_flags[k].includes('writeonly')) p.set(['...'], parts[0]);
      });
    }
    const made = it.operands;
    out.strides = made.map((o: any) => [...o.strides]);
    it.close();
    out.after = arrays.map((a, k) => values(a ?? made[k]));
    return out;
  } catch (e) {
    return { e: (e as Error).name, m: (e as Error).message };
  }
}

/** A difference in words, or null. */
export function runNditer(c: NditerCase): string | null {
  const got = outcome(c);
  for (const key of new Set([...Object.keys(c.want), ...Object.keys(got)])) {
    const [a, b] = [JSON.stringify(got[key]), JSON.stringify(c.want[key])];
    if (a !== b)
      return `${JSON.stringify({ ops: c.ops, kw: c.kw })}\n    ${key}: ${a}${got.m ?? ''}\n    instead of ${b}${c.want.m ?? ''}`;
  }
  return null;
}
