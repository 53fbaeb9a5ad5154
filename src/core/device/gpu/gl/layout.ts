import { NotImplementedError } from '../../../errors.js';
import { arrange } from '../../axes.js';

/**
 * Where elements are, in words. Axes are brought into the order of the result's memory, so that a thread's number is a place in the result;
 * neighbours that all operands walk as one are joined.
 */
export interface Layout {
  /** Lengths of the axes that are kept, in the order of the result's memory. */
  readonly kept: readonly number[];
  /** Lengths of the axes that are folded, in C order. */
  readonly folded: readonly number[];
  /** Per operand: steps along kept axes, then along folded ones. */
  readonly steps: readonly (readonly number[])[];
  /** Per operand, words added to its offset. */
  readonly shift: readonly number[];
  /** Steps of the result along kept axes, all positive. */
  readonly result: readonly number[];
  readonly resultShift: number;
}

export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * @param strides per operand, in words
 * @param result strides of the result, in words (0 along folded axes)
 */
export function layoutOf(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  reduced: readonly boolean[],
  result: readonly number[],
): Layout {
  const n = strides.length;
  const shift = new Array<number>(n).fill(0);
  let resultShift = 0;
  const kept = shape.flatMap((length, d) => (reduced[d] || length === 1 ? [] : [d]));
  const folded = shape.flatMap((length, d) => (reduced[d] && length !== 1 ? [d] : []));
  kept.sort((a, b) => Math.abs(result[b]) - Math.abs(result[a]) || a - b);
  const order = [...kept, ...folded];
  const columns = [...strides, result].map((s) => order.map((d) => s[d]));
  // The result is written from its first word up.
  kept.forEach((d, k) => {
    if (result[d] >= 0) return;
    for (let i = 0; i <= n; i++) {
      const back = (shape[d] - 1) * columns[i][k];
      if (i < n) shift[i] += back;
      else resultShift += back;
      columns[i][k] = -columns[i][k];
    }
  });
  const axes = arrange(
    order.map((d) => shape[d]),
    columns,
    order.map((d) => reduced[d]),
    n + 1,
    false,
    false,
  );
  const count = axes.reduced.filter((r) => !r).length;
  return {
    kept: axes.shape.slice(0, count),
    folded: axes.shape.slice(count),
    steps: axes.strides.slice(0, n),
    shift,
    result: axes.strides[n].slice(0, count),
    resultShift,
  };
}

/** Whether a result fills memory of `words` words from its first to its last, in order. */
export function isWhole(l: Layout, offset: number, words: number): boolean {
  if (offset + l.resultShift !== 0 || product(l.kept) !== words) return false;
  let step = 1;
  for (let d = l.kept.length - 1; d >= 0; d--) {
    if (l.result[d] !== step) return false;
    step *= l.kept[d];
  }
  return true;
}

/** @throws NotImplementedError where a word of the result stands for several elements, so that no thread can be its own */
export function checkApart(l: Layout, by: string): void {
  let reach = 0;
  for (let d = l.kept.length - 1; d >= 0; d--) {
    if (l.result[d] <= reach)
      throw new NotImplementedError(`${by}: the result's elements overlap in memory, which the gpu does not write to`);
    reach += l.result[d] * (l.kept[d] - 1);
  }
}

/** C-order steps of the axes that are counted: what a position walks by. */
export function countingSteps(shape: readonly number[], counted: readonly boolean[]): number[] {
  const out = new Array<number>(shape.length).fill(0);
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (!counted[d]) continue;
    out[d] = step;
    step *= shape[d];
  }
  return out;
}

/** `int nb_at2_1(i, r, …)`: the word of the element with number i along two kept axes and number r along a folded one. */
export function placeFunction(p: number, q: number): string {
  const list = ['int i'];
  if (q > 0) list.push('int r');
  for (let d = 1; d < p; d++) list.push(`int n${d}`);
  for (let d = 1; d < q; d++) list.push(`int m${d}`);
  for (let d = 0; d < p + q; d++) list.push(`int s${d}`);
  list.push('int o');
  const lines: string[] = [];
  const walk = (name: string, lengths: string, rank: number, first: number): void => {
    for (let d = rank - 1; d > 0; d--) {
      lines.push(`  o += (${name} - (${name} / ${lengths}${d}) * ${lengths}${d}) * s${first + d};`);
      lines.push(`  ${name} = ${name} / ${lengths}${d};`);
    }
    if (rank > 0) lines.push(`  o += ${name} * s${first};`);
  };
  walk('i', 'n', p, 0);
  walk('r', 'm', q, p);
  return `int nb_at${p}_${q}(${list.join(', ')}) {\n${lines.join('\n')}\n  return o;\n}`;
}

/** `int nb_fold2(base, r, …)`: the word at `base` moved to the element with number r along two folded axes. */
export function foldFunction(q: number): string {
  const list = ['int o', 'int r'];
  for (let d = 1; d < q; d++) list.push(`int m${d}`);
  for (let d = 0; d < q; d++) list.push(`int s${d}`);
  const lines: string[] = [];
  for (let d = q - 1; d > 0; d--) lines.push(`  o += (r - (r / m${d}) * m${d}) * s${d};`, `  r = r / m${d};`);
  if (q > 0) lines.push('  o += r * s0;');
  return `int nb_fold${q}(${list.join(', ')}) {\n${lines.join('\n')}\n  return o;\n}`;
}

/** `int nb_in2(w, …)`: the number of the element at word w of the result along two kept axes, or -1. */
export function insideFunction(p: number): string {
  const list = ['int w', 'int o'];
  for (let d = 0; d < p; d++) list.push(`int n${d}`);
  for (let d = 0; d < p; d++) list.push(`int s${d}`);
  const lines = ['  int i = 0;', '  int q = 0;', '  w -= o;', '  if (w < 0) return -1;'];
  for (let d = 0; d < p; d++) {
    lines.push(`  q = w / s${d};`, `  if (q >= n${d}) return -1;`, `  w -= q * s${d};`, `  i = i * n${d} + q;`);
  }
  return `int nb_in${p}(${list.join(', ')}) {\n${lines.join('\n')}\n  return w == 0 ? i : -1;\n}`;
}
