import type { Expr, Loop } from '../../../ir/expr.js';
import { simplify } from '../../../ir/simplify.js';
import { type GlType, glType, HELPERS, LINES, literal } from './basis.js';
import { Kept } from '../keep.js';

/** Expressions as functions of the shading language. */

/** What a function takes: numbers out of textures (operand `index`), the position, or accumulators and mapped values. */
type Input = 'arg' | 'position' | 'acc' | 'val';

/** Types of values in a kernel of gpu.js, and in the shading language. */
export type ValueType = 'Float' | 'Integer' | 'Array(2)';
const GL: { readonly [T in ValueType]: string } = { Float: 'float', Integer: 'int', 'Array(2)': 'vec2' };

export interface Parameter {
  readonly name: string;
  readonly type: ValueType;
}
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly gives: ValueType;
}
type Parameters = Map<string, Parameter>;

/** Texts that are known, in the block being written and in those around it. */
class Scope {
  private readonly known = new Map<Expr, string>();
  constructor(private readonly around: Scope | null) {}
  find(e: Expr): string | undefined {
    return this.known.get(e) ?? this.around?.find(e);
  }
  set(e: Expr, text: string): void {
    this.known.set(e, text);
  }
}

/** The functions of one kernel: their texts, and the helpers that they call. */
export class Functions {
  private readonly helpers = new Set<string>();
  private readonly texts: string[] = [];
  private count = 0;
  private kept = new Kept();
  private lone: ReadonlySet<number> = new Set();

  constructor(private readonly program: string) {}

  /** Everything, helpers first. */
  get text(): string {
    return [...[...this.helpers].map((h) => HELPERS[h].text), ...this.texts].join('\n');
  }

  private need(name: string): void {
    for (const n of HELPERS[name].needs ?? []) this.need(n);
    this.helpers.add(name);
  }

  /** Adds a text as it is. */
  plain(text: string): void {
    this.texts.push(text);
  }

  /**
   * Adds the function `name(…)` of an expression. Truths are given and taken as 0 and 1, integers as their halves: 16 bits in each of two
   * floats, since textures hold nothing else. Whole are lone integers, the position, and `zero`, which is 0 when it runs, as no compiler knows.
   * @param lone operands that are no memory
   */
  add(name: string, root: Expr, lone: ReadonlySet<number>): Signature {
    const [e] = simplify([root]);
    this.kept = new Kept();
    this.kept.survey(e);
    this.lone = lone;
    const parameters = new Map<string, Parameter>();
    const lines: string[] = [];
    const top = new Scope(null);
    const at = this.write(e, top, lines, '  ', parameters);
    const order = [...parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const type = this.type(e);
    const halves = type === 'int' || type === 'uint';
    if (halves) this.need('nb_halves');
    const value =
      type === 'float'
        ? at
        : type === 'bool'
          ? `(${at} ? 1.0 : 0.0)`
          : `nb_halves(${type === 'uint' ? at : `uint(${at})`})`;
    const list = order.map((p) => `${GL[p.type]} ${p.name}`).join(', ');
    const gives = halves ? 'Array(2)' : 'Float';
    this.texts.push(`${GL[gives]} ${name}(${list}) {\n${lines.join('\n')}\n  return ${value};\n}`);
    return { name, parameters: order, gives };
  }

  private type(e: Expr): GlType {
    return glType(e.type, this.program);
  }

  /** The text of an expression in a block, whose lines are written as needed. */
  private write(e: Expr, scope: Scope, lines: string[], indent: string, parameters: Parameters): string {
    const known = scope.find(e);
    if (known !== undefined) return known;
    const text = this.form(e, scope, lines, indent, parameters);
    if (e.op === 'const' || e.op === 'arg' || e.op === 'position' || e.op === 'acc' || e.op === 'val') {
      scope.set(e, text);
      return text;
    }
    const name = `t${this.count++}`;
    lines.push(`${indent}${this.type(e)} ${name} = ${this.kept.has(e) ? this.keep(text, parameters) : text};`);
    scope.set(e, name);
    return name;
  }

  /** A number that compilers do not see through. */
  private keep(text: string, parameters: Parameters): string {
    parameters.set('zero', { name: 'zero', type: 'Integer' });
    return `intBitsToFloat(floatBitsToInt(${text}) ^ zero)`;
  }

  private parameter(kind: Input, e: Expr, parameters: Parameters): string {
    const name = kind === 'position' ? kind : `${kind}${e.index}`;
    const type = this.type(e);
    const whole = kind === 'position' || (kind === 'arg' && this.lone.has(e.index));
    if (type === 'int' || type === 'uint') {
      parameters.set(name, { name, type: whole ? 'Integer' : 'Array(2)' });
      if (whole) return type === 'int' ? name : `uint(${name})`;
      this.need('nb_joined');
      return type === 'uint' ? `nb_joined(${name})` : `int(nb_joined(${name}))`;
    }
    parameters.set(name, { name, type: 'Float' });
    return type === 'float' ? name : `(${name} != 0.0)`;
  }

  private form(e: Expr, scope: Scope, lines: string[], indent: string, parameters: Parameters): string {
    switch (e.op) {
      case 'const':
        return literal(e, this.type(e), this.program);
      case 'arg':
      case 'position':
      case 'acc':
      case 'val':
        return this.parameter(e.op, e, parameters);
      case 'state':
        throw new Error('a state outside of its loop');
      case 'loop':
        return this.loop(e, e.loop as Loop, scope, lines, indent, parameters);
      case 'rare':
        return this.rare(e, scope, lines, indent, parameters);
      default: {
        const texts = e.args.map((x) => this.write(x, scope, lines, indent, parameters));
        const [a = '', b = '', c = ''] = texts;
        return LINES[e.op]({
          e,
          a,
          b,
          c,
          from: this.type(e.op === 'select' ? e : e.args[0]),
          to: this.type(e),
          program: this.program,
          call: (name, ...args) => {
            this.need(name);
            return `${name}(${args.join(', ')})`;
          },
        });
      }
    }
  }

  /** The slow way stands in a block that is entered where it is needed. */
  private rare(e: Expr, scope: Scope, lines: string[], indent: string, parameters: Parameters): string {
    const [c, slow, fast] = e.args;
    const name = `t${this.count++}`;
    const usual = this.write(fast, scope, lines, indent, parameters);
    const when = this.write(c, scope, lines, indent, parameters);
    lines.push(`${indent}${this.type(e)} ${name} = ${usual};`, `${indent}if (${when}) {`);
    const inner = `${indent}  `;
    const value = this.write(slow, new Scope(scope), lines, inner, parameters);
    lines.push(`${inner}${name} = ${value};`, `${indent}}`);
    return name;
  }

  /** All states of a loop become known at once. */
  private loop(e: Expr, l: Loop, scope: Scope, lines: string[], indent: string, parameters: Parameters): string {
    const inits = e.args.map((x) => this.write(x, scope, lines, indent, parameters));
    const names = l.states.map((s, i) => {
      const name = `t${this.count++}`;
      lines.push(`${indent}${this.type(s)} ${name} = ${inits[i]};`);
      return name;
    });
    const inner = `${indent}  `;
    const body = new Scope(scope);
    l.states.forEach((s, i) => void body.set(s, names[i]));
    lines.push(`${indent}while (true) {`);
    lines.push(`${inner}if (!(${this.write(l.cond, body, lines, inner, parameters)})) break;`);
    const next = l.next.map((x) => this.write(x, body, lines, inner, parameters));
    // All at once: a state's new value may be another's old one.
    next.forEach((n, i) => void lines.push(`${inner}${this.type(l.states[i])} n${names[i]} = ${n};`));
    names.forEach((n) => void lines.push(`${inner}${n} = n${n};`));
    lines.push(`${indent}}`);
    return names[e.index];
  }
}
