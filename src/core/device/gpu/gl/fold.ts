import { type Expr, type ReduceProgram, val } from '../../../ir/expr.js';
import type { AnyOperand } from '../../device.js';
import { symmetric, usesPosition } from '../../reference/index.js';
import { GlKernel } from './frame.js';
import { countingSteps, type Layout, layoutOf, product } from './layout.js';
import type { Handle, Machine } from './machine.js';
import {
  Arguments,
  foldText,
  type Input,
  layoutKey,
  placeText,
  putOperand,
  putSteps,
  putTarget,
  resultText,
  type Target,
  Writing,
} from './program.js';

/**
 * Reductions: one thread for each result. Sums, products and extrema add up blocks of 256 elements, and then the blocks; where there are few results
 * and many elements, threads fold 64 elements each, and their results are folded in the same way until 64 are left. All other steps go
 * through the elements one after the other.
 */
const BLOCK = 256;
const SHARE = 64;
/** Results from which on there are threads enough. */
const MANY = 4096;

/** What a thread folds: results are `chunks` threads each, of which every one has `share` elements. */
interface Split {
  readonly chunks: number;
  readonly share: number;
}

/** Values to fold that another kernel computed: `count` for each result, one behind the other. */
interface Partial {
  readonly handle: Handle;
  readonly count: number;
}

const TURNS = `int nb_turns(int thread, int chunks, int share, int total) {
  int from = (thread - (thread / chunks) * chunks) * share;
  return min(share, total - from);
}`;
const FROM = `int nb_from(int thread, int chunks, int share) {
  return (thread - (thread / chunks) * chunks) * share;
}`;
const SAME = `int nb_same(int i) {
  return i;
}`;
const PLUS = `int nb_plus(int a, int b) {
  return a + b;
}`;
const OWNER = `int nb_owner(int thread, int chunks) {
  return thread / chunks;
}`;
const JOIN = `int nb_join(int owner, int count, int i) {
  return owner * count + i;
}`;

export class GlFold extends GlKernel<ReduceProgram> {
  private readonly position: boolean;
  private readonly even: boolean;

  constructor(machine: Machine, program: ReduceProgram) {
    super(machine, program);
    this.position = usesPosition(program.map);
    this.even = symmetric(program);
  }

  protected stays(_o: AnyOperand, i: number): boolean {
    return i >= this.program.operands.length;
  }

  run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced: readonly boolean[] = shape.map(() => true),
  ): void {
    const { inputs, walks, outs } = this.opened(shape.length, operands, strides);
    const all = this.position ? [...walks, countingSteps(shape, reduced)] : walks;
    this.into(
      outs,
      (steps) => {
        const l = layoutOf(shape, all, reduced, steps);
        return l.kept.includes(0) ? null : l;
      },
      (r, l, t) => this.one(r, l, t, inputs),
    );
  }

  /** One result, in as many stages as it takes. */
  private one(r: number, l: Layout, t: Target, inputs: readonly Input[]): Handle {
    const results = product(l.kept);
    let total = product(l.folded);
    let partial: Partial | null = null;
    while (this.even && total > SHARE && results < MANY) {
      const chunks = Math.ceil(total / SHARE);
      const plain: Target = {
        ...t,
        whole: true,
        threads: results * chunks,
        old: null,
        at: 'nb_owner(this.thread.x, chunks)',
      };
      const next = this.stage(r, l, plain, inputs, partial, total, { chunks, share: SHARE }, false);
      partial?.handle.delete();
      partial = { handle: next, count: chunks };
      total = chunks;
    }
    const out = this.stage(r, l, t, inputs, partial, total, { chunks: 1, share: total }, true);
    partial?.handle.delete();
    return out;
  }

  private stage(
    r: number,
    l: Layout,
    t: Target,
    inputs: readonly Input[],
    partial: Partial | null,
    total: number,
    split: Split,
    last: boolean,
  ): Handle {
    const { program } = this;
    const a = new Arguments();
    putTarget(a, l, t);
    inputs.forEach((input, i) => void putOperand(a, l, i, input));
    const n = inputs.length;
    if (this.position) putSteps(a, l, n, 0);
    a.int('total', total);
    a.int('share', split.share);
    a.int('chunks', split.chunks);
    if (partial !== null) {
      a.texture('values', partial.handle);
      a.int('count', partial.count);
    }
    const blocks = this.even && split.share > BLOCK;
    const initial = last && program.initial !== null;
    const key = `${r}|${layoutKey(l, t, inputs)}|${partial === null}|${last}|${blocks}|${total === 0}`;
    return this.ready.run(key, t.threads, a, () => {
      const k = program.map.length;
      const all = [...Array(k).keys()];
      const finish = program.results[r].parts[0];
      const w = new Writing(
        program.name,
        [
          ...all.map((j) => [`nb_map${j}`, partial === null ? program.map[j] : val(j, program.map[j].type)] as const),
          ...all.map((j) => [`nb_step${j}`, program.combine[j]] as const),
          ...(initial ? all.map((j) => [`nb_init${j}`, (program.initial as readonly Expr[])[j]] as const) : []),
          ...(last ? [['nb_finish', finish] as const] : []),
        ],
        inputs,
      );
      for (const text of [TURNS, FROM, OWNER, JOIN, SAME, PLUS]) w.native(text);
      // What does not change within a thread is found once.
      const lines: string[] = [
        `const owner = nb_same(${t.at});`,
        'const start = nb_from(this.thread.x, chunks, share);',
        'const turns = nb_turns(this.thread.x, chunks, share, total);',
      ];
      const based = [...inputs.keys()].filter((i) => inputs[i].handle !== null);
      if (this.position) based.push(n);
      for (const i of based) lines.push(`const k${i} = ${placeText(w, l, i, 'owner', null)};`);
      const place = (i: string): string => (i === '0' ? 'start' : `nb_plus(start, ${i})`);
      const element = (i: number, fold: string | null): string =>
        inputs[i].handle === null ? `c${i}` : `x${i}[${fold === null ? `k${i}` : foldText(w, l, i, `k${i}`, fold)}]`;
      /** The value j of the element whose number in this thread is i. */
      const mapped = (j: number, i: string): string =>
        w.call(`nb_map${j}`, (p) =>
          p === 'position'
            ? foldText(w, l, n, `k${n}`, place(i))
            : p.startsWith('val')
              ? `values[nb_join(owner, count, ${place(i)})]`
              : element(Number(p.slice(3)), place(i)),
        );
      const still = (p: string, accs: string): string =>
        p.startsWith('acc') ? `${accs}${p.slice(3)}` : element(Number(p.slice(3)), null);
      const step = (accs: string, i: string): string =>
        [
          ...all.map((j) => `const v${j} = ${mapped(j, i)};`),
          ...all.map(
            (j) =>
              `const w${j} = ${w.call(`nb_step${j}`, (p) => (p.startsWith('val') ? `v${p.slice(3)}` : `${accs}${p.slice(3)}`))};`,
          ),
          ...all.map((j) => `${accs}${j} = w${j};`),
        ].join(' ');
      const from = initial || total === 0 ? 0 : 1;
      for (const j of all)
        lines.push(
          `let a${j} = ${initial ? w.call(`nb_init${j}`, (p) => still(p, 'a')) : total === 0 ? '0.0' : mapped(j, '0')};`,
        );
      if (total > 0 && !blocks) lines.push(`for (let i = ${from}; i < turns; i++) { ${step('a', 'i')} }`);
      else if (total > 0) {
        // Blocks are folded from their first element.
        lines.push(`for (let i = ${from}; i < turns; i += ${BLOCK}) {`);
        lines.push(`let b0 = ${mapped(0, 'i')};`);
        lines.push(`for (let j = 1; j < ${BLOCK}; j++) { if (i + j < turns) { ${step('b', 'i + j')} } }`);
        lines.push(`const joined = ${w.call('nb_step0', (p) => (p.startsWith('val') ? 'b0' : 'a0'))};`);
        lines.push('a0 = joined;', '}');
      }
      const value = last ? w.call('nb_finish', (p) => still(p, 'a')) : 'a0';
      lines.push(`return ${last ? resultText(w, l, t, 'nb_finish', value) : value};`);
      return { w, body: lines.map((x) => `  ${x}`).join('\n') };
    });
  }
}
