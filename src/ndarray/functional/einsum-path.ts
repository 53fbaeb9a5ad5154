import { exponentialText, fixedText } from '../../core/text/fixed.js';
import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { IndexError, KeyError, RuntimeError, TypeError, ValueError } from '../../core/errors.js';
import { labelSizes } from '../../core/ops/einsum.js';
import { fn } from '../../core/signature.js';
import { readLists, readText, resolve, type SubscriptList } from '../contraction/subscripts.js';

/** In which order the operands of an einsum are best contracted, and what that costs. */

type Labels = ReadonlySet<number>;

/** An operand, or what a contraction gave. */
interface Term {
  readonly labels: Labels;
}

/** What contracting some terms does: the labels it goes over, those that are left, and multiplications and additions. */
interface Step {
  readonly over: Labels;
  readonly left: Labels;
  readonly size: number;
  readonly cost: number;
}

/** Positions of terms to contract; the result goes to the end of the list. */
export type EinsumPath = ['einsum_path', ...number[][]];

class Costs {
  constructor(
    readonly sizes: ReadonlyMap<number, number>,
    readonly output: Labels,
  ) {}

  sizeOf(labels: Iterable<number>): number {
    let n = 1;
    for (const l of labels) n *= this.sizes.get(l) as number;
    return n;
  }

  /** Products of the operands at each place, and one addition where labels are summed. */
  flops(over: Iterable<number>, summed: boolean, operands: number): number {
    return this.sizeOf(over) * (Math.max(1, operands - 1) + (summed ? 1 : 0));
  }

  step(terms: readonly Term[], chosen: readonly Term[]): Step {
    const over = new Set(chosen.flatMap((t) => [...t.labels]));
    const kept = new Set([...this.output, ...terms.filter((t) => !chosen.includes(t)).flatMap((t) => [...t.labels])]);
    const left = new Set([...over].filter((l) => kept.has(l)));
    return { over, left, size: this.sizeOf(left), cost: this.flops(over, left.size < over.size, chosen.length) };
  }
}

const positions = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const without = (terms: readonly Term[], chosen: readonly Term[], left: Labels): Term[] => [
  ...terms.filter((t) => !chosen.includes(t)),
  { labels: left },
];

/** Every order of pairs within the limit; the cheapest of them, the first found of equals. */
function optimal(terms: readonly Term[], costs: Costs, limit: number): number[][] {
  let level: { cost: number; path: number[][]; terms: readonly Term[] }[] = [{ cost: 0, path: [], terms }];
  const best = (): number[][] => level.reduce((a, b) => (b.cost < a.cost ? b : a)).path;
  for (let n = terms.length; n > 1; n--) {
    const next: typeof level = [];
    for (const at of level) {
      for (let i = 0; i < n; i++) {
        for (let j = i + 1; j < n; j++) {
          const pair = [at.terms[i], at.terms[j]];
          const s = costs.step(at.terms, pair);
          if (s.size <= limit)
            next.push({ cost: at.cost + s.cost, path: [...at.path, [i, j]], terms: without(at.terms, pair, s.left) });
        }
      }
    }
    if (next.length === 0) return [...best(), positions(n)];
    level = next;
  }
  return best();
}

/** At every step the pair that takes away most elements, the cheaper one of equals; outer products only where nothing else is left. */
function greedy(operands: readonly Term[], costs: Costs, limit: number): number[][] {
  let terms = operands;
  const all = costs.step(terms, terms).cost;
  const path: number[][] = [];
  let spent = 0;
  let known: { a: Term; b: Term; step: Step; removed: number }[] = [];
  const consider = (a: Term, b: Term): void => {
    const step = costs.step(terms, [a, b]);
    if (step.size > limit || spent + step.cost > all) return;
    known.push({ a, b, step, removed: costs.sizeOf(a.labels) + costs.sizeOf(b.labels) - step.size });
  };
  const meet = (a: Term, b: Term): boolean => [...a.labels].some((l) => b.labels.has(l));
  const pairs = (f: (a: Term, b: Term) => void): void => {
    terms.forEach((b, j) => {
      for (const a of terms.slice(j + 1)) f(b, a);
    });
  };
  pairs((a, b) => {
    if (meet(a, b)) consider(a, b);
  });
  while (terms.length > 1) {
    if (known.length === 0) pairs(consider);
    if (known.length === 0) {
      path.push(positions(terms.length));
      break;
    }
    const best = known.reduce((p, q) =>
      q.removed > p.removed || (q.removed === p.removed && q.step.cost < p.step.cost) ? q : p,
    );
    path.push([terms.indexOf(best.a), terms.indexOf(best.b)]);
    spent += best.step.cost;
    terms = without(terms, [best.a, best.b], best.step.left);
    known = known.filter((p) => p.a !== best.a && p.a !== best.b && p.b !== best.a && p.b !== best.b);
    const made = terms[terms.length - 1];
    for (const t of terms.slice(0, -1)) if (meet(t, made)) consider(t, made);
  }
  return path;
}

/** `1.810e+02` */
const exponent = (x: number): string => exponentialText(x, 3);

/** The letters of an einsum whose labels are all known; axes of an ellipsis get the last small letters that nobody uses. */
function letters(labels: readonly number[]): Map<number, string> {
  const name = (l: number): string => String.fromCharCode(l < 26 ? 65 + l : 71 + l);
  const used = labels.filter((l) => l < 52);
  const free = positions(52).filter((l) => !used.includes(l));
  const dots = [...new Set(labels.filter((l) => l >= 52))].sort((a, b) => b - a);
  const out = new Map(used.map((l) => [l, name(l)]));
  for (const [i, l] of dots.entries()) out.set(l, name(free[free.length - dots.length + i]));
  return out;
}

const isNumber = (x: unknown): boolean => typeof x === 'number' || typeof x === 'bigint';
// NumPy forgets to put the name into its text.
const unknownPath = (name: string): KeyError => new KeyError(`('Path name %s not found', '${name}')`);

function readOptimize(given: unknown): {
  kind: 'greedy' | 'optimal' | 'none' | 'given';
  path: number[][];
  limit: number | null;
} {
  if (given === null || given === false) return { kind: 'none', path: [], limit: null };
  if (given === true) return { kind: 'greedy', path: [], limit: null };
  if (given === 'greedy' || given === 'optimal') return { kind: given, path: [], limit: null };
  if (Array.isArray(given) && given[0] === 'einsum_path')
    return { kind: 'given', path: given.slice(1).map((p) => Array.from(p as number[], Number)), limit: null };
  if (Array.isArray(given) && given.length === 2 && typeof given[0] === 'string' && isNumber(given[1])) {
    if (given[0] === 'greedy' || given[0] === 'optimal') return { kind: given[0], path: [], limit: Number(given[1]) };
    throw unknownPath(given[0]);
  }
  if (typeof given === 'string') throw unknownPath(given);
  throw new TypeError(`Did not understand the path: ${String(given)}`);
}

export interface EinsumPathFunction {
  (subscripts: string, ...operands: (ArrayLike | EinsumPathKeywords)[]): [path: EinsumPath, text: string];
  (
    first: ArrayLike,
    subscripts: SubscriptList,
    ...rest: (ArrayLike | SubscriptList | EinsumPathKeywords)[]
  ): [path: EinsumPath, text: string];
}

/** Keywords of `einsum_path`. */
export interface EinsumPathKeywords {
  /** 'greedy', 'optimal', one of them with the largest size of an intermediate result, false, or a path. */
  optimize?: boolean | 'greedy' | 'optimal' | readonly unknown[] | null;
}

/**
 * The order in which `einsum` contracts its operands cheapest, two at a time, and a table of what each contraction costs.
 *
 * An intermediate result is at most as large as the largest operand or the result, unless `optimize` names another limit.
 * @throws ValueError about subscripts and shapes as `einsum` does
 * @example np.einsum_path('ij,jk,kl->il', np.ones([2, 3]), np.ones([3, 4]), np.ones([4, 5]))[0] // → [ 'einsum_path', [ 1, 2 ], [ 0, 1 ] ]
 */
export const einsum_path: EinsumPathFunction & FunctionFacts = /*@__PURE__*/ fn<EinsumPathFunction>(
  'einsum_path',
  "*operands, optimize='greedy', einsum_call=False",
  (given: unknown[], optimize: unknown) => {
    const asked = readOptimize(optimize);
    const text = typeof given[0] === 'string';
    const lists = text
      ? { operands: given.slice(1), subscripts: readText(given[0] as string, given.length - 1) }
      : readLists(given);
    const operands: ArrayValue[] = lists.operands.map((x) => toArray(x));
    if (operands.length === 0) throw new ValueError('No input operands');
    const { inputs, output } = resolve(lists.subscripts, operands);
    const costs = new Costs(labelSizes(inputs, operands, output), new Set(output));
    let terms: Term[] = inputs.map((l) => ({ labels: new Set(l) }));
    const indices = new Set(inputs.flat());
    const limit = asked.limit ?? Math.max(...terms.map((t) => costs.sizeOf(t.labels)), costs.sizeOf(output));
    const summed = terms.reduce((n, t) => n + t.labels.size, 0) > indices.size;
    const naive = costs.flops(indices, summed, terms.length);
    let path = asked.path;
    if (asked.kind !== 'given') {
      const single = asked.kind === 'none' || terms.length <= 2 || indices.size === output.length;
      path = single
        ? [positions(terms.length)]
        : asked.kind === 'optimal'
          ? optimal(terms, costs, limit)
          : greedy(terms, costs, limit);
    }

    const names = letters(inputs.flat());
    const word = (labels: Iterable<number>): string => [...labels].map((l) => names.get(l)).join('');
    let words = inputs.map(word);
    const end = word(output);
    const lines: string[] = [];
    let scaling = 0;
    let largest = 0;
    let total = 1;
    path.forEach((step, k) => {
      const order = [...step].sort((a, b) => b - a);
      if (order.some((i) => i < 0 || i >= terms.length)) throw new IndexError('pop index out of range');
      const chosen = order.map((i) => terms[i]);
      const s = costs.step(terms, chosen);
      const ranked = [...s.left].map((l) => ({ n: costs.sizes.get(l) as number, c: names.get(l) as string }));
      ranked.sort((a, b) => a.n - b.n || (a.c < b.c ? -1 : 1));
      const result = k === path.length - 1 ? end : ranked.map((r) => r.c).join('');
      const current = `${order.map((i) => words[i]).join(',')}->${result}`;
      words = [...words.filter((_, i) => !order.includes(i)), result];
      terms = without(terms, chosen, s.left);
      scaling = Math.max(scaling, s.over.size);
      largest = Math.max(largest, s.size);
      total += s.cost;
      lines.push(
        `${String(s.over.size).padStart(4)}    ${current.padStart(24)} ${`${words.join(',')}->${end}`.padStart(40)}`,
      );
    });
    if (terms.length !== 1)
      throw new RuntimeError(
        `Invalid einsum_path is specified: ${terms.length - 1} more operands has to be contracted.`,
      );
    const table = [
      `  Complete contraction:  ${inputs.map(word).join(',')}->${end}`,
      `         Naive scaling:  ${indices.size}`,
      `     Optimized scaling:  ${scaling}`,
      `      Naive FLOP count:  ${exponent(naive)}`,
      `  Optimized FLOP count:  ${exponent(total)}`,
      `   Theoretical speedup:  ${fixedText(naive / total, 3)}`,
      `  Largest intermediate:  ${exponent(largest)} elements`,
      '-'.repeat(74),
      `scaling ${'current'.padStart(24)} ${'remaining'.padStart(40)}`,
      '-'.repeat(74),
      ...lines,
    ];
    return [['einsum_path', ...path], table.join('\n')];
  },
  'primitive',
);
