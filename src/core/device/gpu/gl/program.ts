import type { DType } from '../../../dtype.js';
import { byName, type NumericName } from '../../../dtype.js';
import { NotImplementedError } from '../../../errors.js';
import { castValue } from '../../../ir/evaluate.js';
import type { Expr, Program } from '../../../ir/expr.js';
import type { AnyOperand, Immediate } from '../../device.js';
import { lacking } from '../../types.js';
import { gpuBuffer } from '../buffer.js';
import { toWords } from '../cells.js';
import { foldFunction, insideFunction, isWhole, type Layout, placeFunction, product } from './layout.js';
import type { ArgumentType, Handle, Kind, Machine, Native, Source } from './machine.js';
import { Functions, type Signature, type ValueType } from './scalar.js';

/** What the kernels of maps, folds and products have in common: operands as arguments of a gpu.js kernel. */

/** An operand: a texture with a place in it, or a number. */
export interface Input {
  readonly handle: Handle | null;
  readonly value: number;
  /** Whether it is an integer. */
  readonly int: boolean;
  readonly offset: number;
}

/** Textures that one kernel may read: WebGL2 promises sixteen, of which gpu.js keeps one, and what was there before is another. */
const MOST_TEXTURES = 14;

const isInteger = (d: DType): boolean => d.kind === 'i' || d.kind === 'u';
/** How words of a dtype lie in textures. */
export const kindOf = (d: DType): Kind => (isInteger(d) ? 2 : 1);

/** Operands in words. Memory in which nothing was written yet is read as zeros. */
export function inputsOf(m: Machine, operands: readonly AnyOperand[], by: string): Input[] {
  return operands.map((o) => {
    if (o.buffer === null)
      return {
        handle: null,
        value: immediate(o as Immediate, by),
        int: o.dtype.kind === 'i' || o.dtype.kind === 'u',
        offset: 0,
      };
    checkDtype(o.dtype, by);
    const handle = m.handle(gpuBuffer(o.buffer, by).words(o.dtype, by));
    const int = isInteger(o.dtype);
    if (handle !== null) m.checkKind(handle, kindOf(o.dtype));
    return { handle, value: 0, int, offset: toWords(o.offset, o.dtype) };
  });
}

/** A lone number, which may be an integer, too. @throws NotImplementedError for one that 32 bits do not hold */
function immediate(o: Immediate, by: string): number {
  if (o.dtype.kind === 'b') return castValue(o.re, typeof o.re === 'bigint' ? 'int64' : 'float64', 'bool') as number;
  if (o.dtype.kind === 'f') return Math.fround(Number(o.re));
  const v = Number(o.re);
  if (v !== (v | 0))
    throw new NotImplementedError(
      `${by}: the integer ${o.re} does not fit 32 bits, with which WebGL2 computes; move the operands with t.to('cpu') first`,
    );
  return v;
}

export const wordStrides = (o: AnyOperand, strides: readonly number[], rank: number): number[] =>
  o.buffer === null ? new Array<number>(rank).fill(0) : strides.map((s) => toWords(s, o.dtype));

export const DTYPE_NAMES = ['float32', 'int32', 'uint32', 'bool'] as const;
const HERE = { name: 'gpu:0' };

/** @throws TypeError for dtypes that do not live on this backend */
export function checkDtype(d: DType, by: string, what = 'an operand has dtype'): void {
  if (!(DTYPE_NAMES as readonly string[]).includes(d.name)) throw lacking(HERE, by, d.name as NumericName, what);
}
/** The same for what a program gives. */
export function checkResults(p: Program): void {
  for (const r of p.results)
    checkDtype((byName as Record<NumericName, DType>)[r.dtype], p.name, 'the result has dtype');
}

/** Gathers the arguments of one kernel: the same names in the same order for text and call. */
export class Arguments {
  readonly names: string[] = [];
  readonly types: ArgumentType[] = [];
  readonly values: unknown[] = [];
  constructor() {
    // What functions take so that compilers leave their steps alone.
    this.int('zero', 0);
  }
  private put(name: string, type: ArgumentType, value: unknown): void {
    this.names.push(name);
    this.types.push(type);
    this.values.push(value);
  }
  texture(name: string, h: Handle): void {
    this.put(name, h.type, h);
    if (this.types.filter((t) => t.startsWith('ArrayTexture')).length > MOST_TEXTURES)
      throw new NotImplementedError(`gpu:0: more than ${MOST_TEXTURES} operands in one kernel do not run on WebGL2`);
  }
  int(name: string, value: number): void {
    this.put(name, 'Integer', value);
  }
  float(name: string, value: number): void {
    this.put(name, 'Float', value);
  }
  lengths(name: string, shape: readonly number[], first: number): void {
    for (let d = first; d < shape.length; d++) this.int(`${name}${d}`, shape[d]);
  }
}

/** A kernel being written: its functions, and how operands are read in it. */
export class Writing {
  readonly functions: Functions;
  readonly natives: Native[] = [];
  private readonly scalars: readonly Signature[];

  constructor(program: string, expressions: readonly (readonly [string, Expr])[], inputs: readonly Input[]) {
    this.functions = new Functions(program);
    const lone = new Set(inputs.flatMap((x, i) => (x.handle === null ? [i] : [])));
    this.scalars = expressions.map(([name, e]) => {
      const made = this.functions.add(name, e, lone);
      this.natives.push({ name, takes: made.parameters.map((p) => p.type), gives: made.gives });
      return made;
    });
  }

  native(text: string): void {
    const [, name, list] = /^int (\w+)\(([^)]*)\)/.exec(text) as RegExpExecArray;
    if (this.natives.some((n) => n.name === name)) return;
    this.functions.plain(text);
    this.natives.push({ name, takes: list.split(',').map(() => 'Integer'), gives: 'Integer' });
  }

  /** `nb_pick(at, here, old)`: the second of values of a type, or the third where `at` is negative. */
  pick(type: ValueType): void {
    if (this.natives.some((n) => n.name === 'nb_pick')) return;
    const t = type === 'Float' ? 'float' : 'vec2';
    this.functions.plain(`${t} nb_pick(int at, ${t} here, ${t} old) { if (at >= 0) return here; return old; }`);
    this.natives.push({ name: 'nb_pick', takes: ['Integer', type, type], gives: type });
  }

  /** What a function gives. */
  gives(name: string): ValueType {
    return this.scalar(name).gives;
  }
  private scalar(name: string): Signature {
    return this.scalars.find((s) => s.name === name) as Signature;
  }
  /** A call of a function, with texts for its parameters. */
  call(name: string, text: (parameter: string) => string): string {
    return `${name}(${this.scalar(name)
      .parameters.map((p) => (p.name === 'zero' ? 'zero' : text(p.name)))
      .join(', ')})`;
  }

  source(text: string, a: Arguments): Source {
    return { text, types: [...a.types], functions: this.functions, natives: this.natives };
  }
}

/** The text of the place of operand i: number `at` along kept axes, `fold` along folded ones. */
export function placeText(w: Writing, l: Layout, i: number, at: string, fold: string | null): string {
  const p = l.kept.length;
  const q = fold === null ? 0 : l.folded.length;
  w.native(placeFunction(p, q));
  const list = [at];
  if (q > 0) list.push(fold as string);
  for (let d = 1; d < p; d++) list.push(`n${d}`);
  for (let d = 1; d < q; d++) list.push(`m${d}`);
  for (let d = 0; d < p + q; d++) list.push(`s${i}_${d}`);
  list.push(`o${i}`);
  return `nb_at${p}_${q}(${list.join(', ')})`;
}

/** The text of the place of operand i that is number `fold` along folded axes behind the word `base`. */
export function foldText(w: Writing, l: Layout, i: number, base: string, fold: string): string {
  const p = l.kept.length;
  const q = l.folded.length;
  w.native(foldFunction(q));
  const list = [base, fold];
  for (let d = 1; d < q; d++) list.push(`m${d}`);
  for (let d = 0; d < q; d++) list.push(`s${i}_${p + d}`);
  return `nb_fold${q}(${list.join(', ')})`;
}

/** The arguments of operand i: its texture or number, its steps and its offset. */
export function putOperand(a: Arguments, l: Layout, i: number, input: Input): void {
  if (input.handle === null && input.int) a.int(`c${i}`, input.value);
  else if (input.handle === null) a.float(`c${i}`, input.value);
  else {
    a.texture(`x${i}`, input.handle);
    putSteps(a, l, i, input.offset);
  }
}
export function putSteps(a: Arguments, l: Layout, i: number, offset: number): void {
  l.steps[i].forEach((s, d) => void a.int(`s${i}_${d}`, s));
  a.int(`o${i}`, offset + l.shift[i]);
}

/** The text of an operand's element. */
export const elementText = (w: Writing, l: Layout, i: number, input: Input, at: string, fold: string | null): string =>
  input.handle === null ? `c${i}` : `x${i}[${placeText(w, l, i, at, fold)}]`;

/** Where results go: over the whole of a buffer, or into some of its words. */
export interface Target {
  readonly id: number;
  readonly whole: boolean;
  readonly offset: number;
  /** Threads that are run. */
  readonly threads: number;
  /** What was there before, where only a part is written. */
  readonly old: Handle | null;
  /** The number of a thread's element, in the text of a kernel. */
  readonly at: string;
}

export function targetOf(m: Machine, o: AnyOperand, l: Layout, by: string): Target {
  const b = gpuBuffer(o.buffer, by);
  const id = b.words(o.dtype, by);
  const words = m.words(id);
  const offset = toWords(o.offset, o.dtype);
  const whole = isWhole(l, offset, words);
  const list = ['this.thread.x', 'ro', ...l.kept.map((_, d) => `n${d}`), ...l.kept.map((_, d) => `r${d}`)];
  return {
    id,
    whole,
    offset: offset + l.resultShift,
    threads: whole ? product(l.kept) : words,
    old: whole ? null : m.before(id, kindOf(o.dtype)),
    at: whole ? 'this.thread.x' : `nb_in${l.kept.length}(${list.join(', ')})`,
  };
}

/** Arguments of the axes and of the result. */
export function putTarget(a: Arguments, l: Layout, t: Target): void {
  a.lengths('n', l.kept, t.whole ? 1 : 0);
  a.lengths('m', l.folded, 1);
  if (t.whole) return;
  l.result.forEach((s, d) => void a.int(`r${d}`, s));
  a.int('ro', t.offset);
  a.texture('old', t.old as Handle);
}

/** The text that gives a thread's value: what the function `by` gives, or what was there before. */
export function resultText(w: Writing, l: Layout, t: Target, by: string, value: string): string {
  if (t.whole) return value;
  w.native(insideFunction(l.kept.length));
  w.pick(w.gives(by));
  return `nb_pick(${t.at}, ${value}, old[this.thread.x])`;
}

/** What of a layout decides the text of a kernel. */
export const layoutKey = (l: Layout, t: Target, inputs: readonly Input[]): string =>
  `${l.kept.length},${l.folded.length}|${t.whole ? 'w' : 'o'}|${inputs.map((i) => (i.handle === null ? 'c' : 'x')).join('')}`;

/** Kernels by what decides their text. */
export class Ready {
  private readonly made = new Map<string, { kernel: ReturnType<Machine['kernel']>; names: string }>();
  constructor(private readonly machine: Machine) {}
  /** Runs the kernel of a key, which is written when it is first needed. */
  run(key: string, n: number, a: Arguments, write: () => { readonly w: Writing; readonly body: string }): Handle {
    const names = a.names.join(', ');
    let k = this.made.get(key);
    if (k === undefined) {
      const { w, body } = write();
      k = { kernel: this.machine.kernel(w.source(`function kernel(${names}) {\n${body}\n}`, a)), names };
      this.made.set(key, k);
    }
    if (k.names !== names) throw new Error(`gpu:0: a kernel for (${k.names}) is called with (${names})`);
    return this.machine.run(k.kernel, n, a.values);
  }
}
