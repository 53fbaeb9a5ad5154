import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';
import { optimizeGraphs } from '../../../src/tensor/graph/callable.js';
import { verifyPasses } from '../../../src/core/graph/passes.js';

/** Random programs: traced they give what they give operation by operation, to the bit. */

type T = any;

/** A small generator of its own, so that a failing program can be made again from its seed. */
function randomOf(seed: number): { next: () => number; pick: <E>(list: readonly E[]) => E } {
  let s = seed * 2654435761 + 12345;
  const next = (): number => {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0;
    return ((s ^ (s >>> 12)) >>> 0) / 2 ** 32;
  };
  return { next, pick: (list) => list[Math.floor(next() * list.length)] };
}

type Step = (values: T[], r: ReturnType<typeof randomOf>) => ((values: T[]) => T) | null;
const floating = (t: T): boolean => t.dtype.kind === 'f';
const number = (r: ReturnType<typeof randomOf>): number => r.pick([0, 1, -1, 2, 0.5, -0.25, 3, 1.5, -0]);

const index = (values: T[], r: ReturnType<typeof randomOf>): number => Math.floor(r.next() * values.length);
const unary =
  (names: readonly string[], fits: (t: T) => boolean): Step =>
  (values, r) => {
    const i = index(values, r);
    const name = r.pick(names);
    return fits(values[i]) ? (v) => (np as T)[name](v[i]) : null;
  };
const binary =
  (names: readonly string[], fits: (a: T, b: T) => boolean): Step =>
  (values, r) => {
    const [i, j] = [index(values, r), index(values, r)];
    const name = r.pick(names);
    return fits(values[i], values[j]) ? (v) => (np as T)[name](v[i], v[j]) : null;
  };
const numeric = (t: T): boolean => t.dtype.kind !== 'b';

const STEPS: readonly Step[] = [
  unary(['sin', 'exp', 'tanh', 'sqrt', 'square', 'negative', 'absolute', 'floor', 'log1p', 'reciprocal'], floating),
  unary(['negative', 'absolute', 'square', 'positive', 'conjugate'], numeric),
  unary(['logical_not'], () => true),
  binary(['add', 'subtract', 'multiply', 'maximum', 'minimum'], (a, b) => numeric(a) && numeric(b)),
  binary(['divide', 'hypot', 'arctan2', 'copysign', 'fmin'], (a, b) => floating(a) && floating(b)),
  binary(['less', 'equal', 'logical_and', 'greater_equal'], () => true),
  (values, r) => {
    const i = index(values, r);
    const [name, c, swap] = [
      r.pick(['add', 'multiply', 'subtract', 'maximum', 'divide', 'power']),
      number(r),
      r.next() < 0.3,
    ];
    if (!floating(values[i]) || (swap && name === 'power')) return null;
    return (v) => (swap ? (np as T)[name](c, v[i]) : (np as T)[name](v[i], c));
  },
  (values, r) => {
    const [c, a, b] = [index(values, r), index(values, r), index(values, r)];
    return (v) => np.where(v[c], v[a], v[b]);
  },
  (values, r) => {
    const i = index(values, r);
    const d = r.pick(['float32', 'float64', 'int32', 'float16'] as const);
    return floating(values[i]) && d === 'int32' ? null : (v) => tf.cast(v[i], d);
  },
  ...['sum', 'mean', 'max', 'min', 'prod', 'any', 'std'].map(
    (name): Step =>
      (values, r) => {
        const i = index(values, r);
        const nd = values[i].ndim;
        const axis = r.pick([null, ...Array.from({ length: nd }, (_, k) => k)]);
        const keepdims = r.next() < 0.5;
        return numeric(values[i]) ? (v) => (np as T)[name](v[i], { axis, keepdims }) : null;
      },
  ),
  (values, r) => {
    const i = index(values, r);
    return (v) => np.transpose(v[i]);
  },
  (values, r) => {
    const i = index(values, r);
    return (v) => np.reshape(v[i], -1 as never);
  },
  (values, r) => {
    const i = index(values, r);
    const at = r.pick(['::-1', ':2', '1:', '::2']);
    return values[i].ndim > 0 ? (v) => v[i].at(at) : null;
  },
  (values, r) => {
    const i = index(values, r);
    return values[i].ndim === 2 && floating(values[i]) ? (v) => np.matmul(v[i], np.transpose(v[i]) as never) : null;
  },
  (values, r) => {
    const i = index(values, r);
    return values[i].ndim > 0 && numeric(values[i]) ? (v) => np.cumsum(v[i], 0) : null;
  },
];

/** A program over three arguments, and the values it has for these. */
function programOf(seed: number, args: readonly T[]): (...given: T[]) => T[] {
  const r = randomOf(seed);
  const steps: ((values: T[]) => T)[] = [];
  const values: T[] = [...args];
  const count = 3 + Math.floor(r.next() * 14);
  for (let tries = 0; steps.length < count && tries < 200; tries++) {
    const step = r.pick(STEPS)(values, r);
    if (step === null) continue;
    let made: T;
    try {
      made = step(values);
    } catch {
      // Shapes that do not broadcast: another step.
      continue;
    }
    if (made.size > 4000) continue;
    steps.push(step);
    values.push(made);
  }
  const keep = values.map((_, i) => i >= args.length && (i === values.length - 1 || r.next() < 0.25));
  return (...given) => {
    const all = [...given];
    for (const s of steps) all.push(s(all));
    return all.filter((_, i) => keep[i]);
  };
}

/** A result as text in which every bit but those of NaN shows. */
const bits = (t: T): string => {
  const a = t.numpy();
  const text = (x: any): any => (Array.isArray(x) ? x.map(text) : Object.is(x, -0) ? '-0' : String(x));
  return `${t.dtype.name}[${t.shape}]${JSON.stringify(text(a.tolist()))}`;
};

function argumentsOf(seed: number): T[] {
  const r = randomOf(seed + 7777);
  const fill = (shape: number[], dtype: string): T => {
    const n = shape.reduce((a, b) => a * b, 1);
    const data = Array.from({ length: n }, () =>
      dtype === 'int32' ? Math.floor(r.next() * 9) - 4 : r.pick([0, -0, 1, 2, -3]) * 0.5 + (r.next() - 0.5),
    );
    return tf.constant(np.reshape(np.array(data, { dtype: dtype as never }), shape as never) as never);
  };
  const [a, b] = [2 + Math.floor(r.next() * 17), 2 + Math.floor(r.next() * 13)];
  const first = fill([b, a], 'float32');
  return [
    // Now and then an argument whose axes lie the other way round.
    r.next() < 0.25 ? np.transpose(first) : fill([a, b], 'float32'),
    fill(r.pick([[a, b], [b], [a, 1], []]), r.pick(['float32', 'float64'])),
    fill(r.pick([[a, b], [b]]), 'int32'),
  ];
}

beforeAll(() => verifyPasses(true));
afterAll(() => {
  verifyPasses(false);
  optimizeGraphs(true);
});

// Program 1010 sums over operands that lie in several orders.
const SEEDS = [...Array.from({ length: 80 }, (_, i) => i + 1), 1010];

describe('random programs', () => {
  test('traced, simplified and fused they give the same bits as operation by operation', () => {
    for (const seed of SEEDS) {
      const args = argumentsOf(seed);
      const program = programOf(seed, args);
      const eager = program(...args).map(bits);
      const traced = tf.function(program, { name: `program ${seed}` });
      expect([seed, ...(traced(...args) as T[]).map(bits)]).toEqual([seed, ...eager]);
      // A second run finds the memory of the first.
      expect((traced(...args) as T[]).map(bits)).toEqual(eager);
    }
  });

  test('without any pass they give the same, too', () => {
    optimizeGraphs(false);
    try {
      for (const seed of SEEDS.slice(0, 50)) {
        const args = argumentsOf(seed);
        const program = programOf(seed, args);
        expect([seed, ...(tf.function(program)(...args) as T[]).map(bits)]).toEqual([
          seed,
          ...program(...args).map(bits),
        ]);
      }
    } finally {
      optimizeGraphs(true);
    }
  });

  test('gradients of traced programs are those of the programs', () => {
    let compared = 0;
    for (const seed of SEEDS.filter((n) => n <= 50 || n > 1000)) {
      const args = argumentsOf(seed);
      const program = programOf(seed, args);
      const loss = (...given: T[]): T => {
        let sum: T = np.sum(given[0]);
        for (const t of program(...given)) if (floating(t)) sum = np.add(sum, np.sum(np.multiply(t, t)));
        return tf.cast(sum, 'float64');
      };
      const wanted = args.filter(floating);
      const gradient = (f: (...given: T[]) => T): (string | null)[] => {
        const tape = new tf.GradientTape();
        tape.watch(wanted);
        return tape.gradient(f(...args), wanted).map((g: T) => (g === null ? null : bits(g)));
      };
      const eager = gradient(loss);
      expect([seed, ...gradient(tf.function(loss))]).toEqual([seed, ...eager]);
      compared += eager.filter((g) => g !== null).length;
    }
    expect(compared).toBeGreaterThan(50);
  });
});
