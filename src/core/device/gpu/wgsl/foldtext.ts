import type { DType } from '../../../dtype.js';
import type { Expr, ReduceProgram } from '../../../ir/expr.js';
import { wordsOf } from '../cells.js';
import { heldAs } from './basis.js';
import { Emitter } from './emit.js';
import {
  component,
  GROUP,
  loaded,
  type Places,
  type ShaderText,
  shaderText,
  stored,
  storing,
  word,
  wordsOfType,
} from './shader.js';

/**
 * The texts of folds. A line is what is folded into one result. Where there are many lines, each is a thread's; otherwise groups of threads
 * share one, and, where there are too few of these, groups fold stretches of lines, and what they give is folded again.
 *
 * The order in which floats are summed: a thread adds stretches of 128 up and then their sums; within a group thread t takes the elements t, t + 64, …, whose sums are added as a
 * balanced tree. Programs whose step may not be reordered are always a thread's.
 */
export type Stage = 'lines' | 'groups' | 'partial' | 'finish' | 'scan' | 'carry' | 'resume';

export interface FoldLayout {
  readonly kept: number;
  readonly folded: number;
  readonly places: Places;
}

export interface FoldSource {
  readonly program: ReduceProgram;
  readonly dtypes: readonly DType[];
  readonly inputs: number;
  readonly map: readonly Expr[];
  readonly position: boolean;
}

/** Words before those of the operands: lines, elements in a line, stretches of a line, elements in a stretch. */
export const HEAD = 4;
/** Threads that share a line. */
export const TOGETHER = 64;
/** Elements that a thread adds up before it adds their sum to the total. */
const STRETCH = 128;

/** Words of a fold's accumulators in memory of its own. */
export const accWords = (s: FoldSource): number => s.map.reduce((n, e) => n + wordsOfType(e.type), 0);

export function foldText(s: FoldSource, stage: Stage, layout: FoldLayout): ShaderText {
  const { program, dtypes, inputs, map } = s;
  const { kept, folded, places } = layout;
  const { slots } = places;
  const types = map.map((e) => heldAs(e.type));

  let at = HEAD;
  const keptSizes = at;
  at += Math.max(0, kept - 1);
  const foldedSizes = at;
  at += Math.max(0, folded - 1);
  const bases = dtypes.map((d, i) => {
    const here = at;
    at += slots[i] < 0 ? wordsOf(d) : 1 + kept + folded;
    return here;
  });
  const positionAt = at;
  if (s.position) at += 1 + folded;

  /** Statements that take a number apart into indices; the names of these. */
  const apart = (n: string, rank: number, sizes: number, name: string): [string[], string[]] => {
    const lines: string[] = [];
    const names: string[] = [];
    let rest = n;
    for (let d = rank - 1; d > 0; d--) {
      lines.push(`let ${name}q${d} = ${rest} / ${word(sizes + d - 1)};`);
      lines.push(`let ${name}${d} = ${rest} - ${name}q${d} * ${word(sizes + d - 1)};`);
      names[d] = `${name}${d}`;
      rest = `${name}q${d}`;
    }
    if (rank > 0) names[0] = rest;
    return [lines, names];
  };
  const sum = (first: string, names: readonly string[], base: number): string =>
    [first, ...names.map((n, d) => `${n} * ${word(base + d)}`)].join(' + ');

  const memory = dtypes.flatMap((_, i) => (slots[i] >= 0 ? [i] : []));
  const read = memory.filter((i) => i < inputs);
  const leafAt =
    (prefix: string, acc: string, val: string) =>
    (e: Expr): string => {
      if (e.op === 'acc') return `${acc}.a${e.index}`;
      if (e.op === 'val') return `${val}.a${e.index}`;
      if (e.op === 'position') return 'vec2<u32>(place, 0u)';
      const d = dtypes[e.index];
      return slots[e.index] >= 0
        ? component(d, e.part, slots[e.index], `${prefix}${e.index}`)
        : loaded(d.part, (k) => word(bases[e.index] + (e.part * wordsOf(d)) / d.parts + k));
    };
  const struct = (names: readonly string[]): string => `Acc(${names.join(', ')})`;
  const starts = read.map((i) => `b${i}: u32`).join(', ');
  const given = read.map((i) => `b${i}`).join(', ');

  const [foldedLines, foldedNames] = apart('r', folded, foldedSizes, 'r');
  const mapper = new Emitter(leafAt('x', '', ''));
  const mapped = map.map((e) => mapper.name(e));
  const elementBody = [
    ...foldedLines,
    ...read.map((i) => `let x${i} = ${sum(`b${i}`, foldedNames, bases[i] + 1 + kept)};`),
    ...(s.position ? [`let place = ${sum(word(positionAt), foldedNames, positionAt + 1)};`] : []),
    ...mapper.lines,
    `return ${struct(mapped)};`,
  ];
  const combiner = new Emitter(leafAt('', 'x', 'y'));
  const combined = program.combine.map((e) => combiner.name(e));

  const temporary = places.written.length;
  const usesTemporary = stage === 'partial' || stage === 'finish' || stage === 'carry' || stage === 'resume';
  const width = accWords(s);
  const offsets: number[] = [];
  map.reduce((n, e, i) => ((offsets[i] = n), n + wordsOfType(e.type)), 0);

  const global = [
    `struct Acc { ${types.map((t, i) => `a${i}: ${t}`).join(', ')} }`,
    `fn element(r: u32${starts === '' ? '' : `, ${starts}`}) -> Acc {\n${elementBody.join('\n')}\n}`,
    `fn combine(x: Acc, y: Acc) -> Acc {\n${combiner.text()}\nreturn ${struct(combined)};\n}`,
  ];
  if (usesTemporary) {
    const t = `s${temporary}`;
    global.push(
      `fn held(i: u32) -> Acc { return ${struct(map.map((e, k) => loaded(e.type, (w) => `${t}[i * ${width}u + ${offsets[k] + w}u]`)))}; }`,
      `fn hold(i: u32, a: Acc) {\n${map
        .flatMap((e, k) => stored(e.type, `a.a${k}`).map((v, w) => `${t}[i * ${width}u + ${offsets[k] + w}u] = ${v};`))
        .join('\n')}\n}`,
    );
  }

  const element = (r: string): string =>
    stage === 'finish' ? `held(line * ${word(2)} + (${r}))` : `element(${r}${given === '' ? '' : `, ${given}`})`;
  /** Statements that find where the operands of line `line` begin. */
  const lineLines = (): string[] => {
    const [lines, names] = apart('line', kept, keptSizes, 'k');
    return [...lines, ...memory.map((i) => `let b${i} = ${sum(word(bases[i]), names, bases[i] + 1)};`)];
  };
  const start = (): string[] => {
    const e = new Emitter(leafAt('b', '', ''), 'start');
    const values = (program.initial as readonly Expr[]).map((x) => e.name(x));
    return [...e.lines, `let first = ${struct(values)};`];
  };
  /** Statements that store what follows from `acc`; outputs lie where `place(i)` says. */
  const finish = (place: (i: number) => string): string[] => {
    const e = new Emitter(leafAt('b', 'acc', ''), 'end');
    const out: string[] = [];
    program.results.forEach((result, r) => {
      const values = result.parts.map((x) => e.name(x));
      e.lines.push(...storing(dtypes[inputs + r], values, slots[inputs + r], place(inputs + r)));
    });
    out.push(...e.lines);
    return out;
  };
  const outAt = (i: number): string => `b${i}`;
  const number = `gid.x + gid.y * (nw.x * ${GROUP}u)`;
  const group = 'wid.x + wid.y * nw.x';
  const initial = program.initial !== null;

  const body: string[] = [];
  const text = (): ShaderText =>
    shaderText({
      words: at,
      written: usesTemporary ? [...places.written, true] : places.written,
      global: global.join('\n'),
      group: stage === 'groups' || stage === 'partial' || stage === 'finish' ? [TOGETHER, 1, 1] : [GROUP, 1, 1],
      body: body.join('\n'),
    });

  if (stage === 'lines') {
    body.push(`let line = ${number};`, `if (line >= ${word(0)}) { return; }`, ...lineLines());
    if (initial) body.push(...start(), 'var acc = first;', 'var r = 0u;');
    else body.push(`var acc = ${element('0u')};`, 'var r = 1u;');
    if (program.order === 'pairwise')
      body.push(
        `while (r < ${word(1)}) {`,
        `let end = min(r + ${STRETCH}u, ${word(1)});`,
        `var part = ${element('r')};`,
        'r = r + 1u;',
        `while (r < end) { part = combine(part, ${element('r')}); r = r + 1u; }`,
        'acc = combine(acc, part);',
        '}',
      );
    else body.push(`while (r < ${word(1)}) { acc = combine(acc, ${element('r')}); r = r + 1u; }`);
    body.push('{', ...finish(outAt), '}');
    return text();
  }

  if (stage === 'scan' || stage === 'resume') {
    // A thread goes along a line, or along a stretch of one, on from what came before it.
    const place = (i: number): string => `(b${i} + r * ${word(bases[i] + 1 + kept)})`;
    body.push(`let at = ${number};`);
    if (stage === 'scan')
      body.push(
        `let line = at;`,
        `if (line >= ${word(0)}) { return; }`,
        ...lineLines(),
        'var r = 0u;',
        `let end = ${word(1)};`,
      );
    else
      body.push(
        `let line = at / ${word(2)};`,
        `let stretch = at - line * ${word(2)};`,
        `if (line >= ${word(0)}) { return; }`,
        ...lineLines(),
        `var r = stretch * ${word(3)};`,
        `let end = min(r + ${word(3)}, ${word(1)});`,
      );
    if (initial) body.push(...start(), 'var acc = first;', 'var begun = true;');
    else body.push('var acc: Acc;', 'var begun = false;');
    if (stage === 'resume') body.push('if (stretch > 0u) { acc = held(at - 1u); begun = true; }');
    body.push(
      'while (r < end) {',
      `let e = ${element('r')};`,
      'if (begun) { acc = combine(acc, e); } else { acc = e; begun = true; }',
      ...finish(place),
      'r = r + 1u;',
      '}',
    );
    return text();
  }

  if (stage === 'carry') {
    body.push(
      `let line = ${number};`,
      `if (line >= ${word(0)}) { return; }`,
      ...lineLines(),
      `let base = line * ${word(2)};`,
      'var acc = held(base);',
    );
    if (initial) body.push(...start(), 'acc = combine(first, acc);', 'hold(base, acc);');
    body.push(
      `for (var r = 1u; r < ${word(2)}; r = r + 1u) {`,
      'acc = combine(acc, held(base + r));',
      'hold(base + r, acc);',
      '}',
    );
    return text();
  }

  global.push(`var<workgroup> shared_acc: array<Acc, ${TOGETHER}>;`);
  body.push(`let g = ${group};`);
  if (stage === 'partial')
    body.push(
      `let line = g / ${word(2)};`,
      `if (line >= ${word(0)}) { return; }`,
      `let begin = (g - line * ${word(2)}) * ${word(3)};`,
      `let end = min(begin + ${word(3)}, ${word(1)});`,
    );
  else
    body.push(
      'let line = g;',
      `if (line >= ${word(0)}) { return; }`,
      'let begin = 0u;',
      `let end = ${stage === 'finish' ? word(2) : word(1)};`,
    );
  body.push(
    ...lineLines(),
    'let n = end - begin;',
    'if (lid < n) {',
    `var own = ${element('begin + lid')};`,
    `for (var r = begin + lid + ${TOGETHER}u; r < end; r = r + ${TOGETHER}u) { own = combine(own, ${element('r')}); }`,
    'shared_acc[lid] = own;',
    '}',
    `for (var s = ${TOGETHER / 2}u; s > 0u; s = s >> 1u) {`,
    'workgroupBarrier();',
    'if (lid < s && lid + s < n) { shared_acc[lid] = combine(shared_acc[lid], shared_acc[lid + s]); }',
    '}',
    'if (lid == 0u) {',
    'var acc = shared_acc[0];',
  );
  if (stage === 'partial') body.push('hold(g, acc);');
  else {
    if (initial) body.push(...start(), 'acc = combine(first, acc);');
    body.push(...finish(outAt));
  }
  body.push('}');
  return text();
}
