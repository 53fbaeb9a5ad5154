import type { Expr, Loop } from '../../../ir/expr.js';
import { Kept } from '../keep.js';
import { heldAs, lineOf, literal } from './basis.js';

/** Expressions as statements: each node is computed once in the block that first needs it. */
export class Emitter {
  readonly lines: string[] = [];
  private names = new Map<Expr, string>();
  private loops = new Map<Loop, readonly string[]>();
  private readonly kept = new Kept();
  private count = 0;

  /**
   * @param leaf the text of an arg, position, acc or val
   * @param prefix what names begin with
   */
  constructor(
    private readonly leaf: (e: Expr) => string,
    private readonly prefix = 'v',
  ) {}

  fresh(): string {
    return `${this.prefix}${this.count++}`;
  }
  /** Runs `f` in a block of its own: what it names is forgotten behind it. */
  private block(f: () => void): void {
    const [names, loops] = [this.names, this.loops];
    this.names = new Map(names);
    this.loops = new Map(loops);
    f();
    this.names = names;
    this.loops = loops;
  }

  /** The name of an expression's value, computed here if it was not before. */
  name(e: Expr): string {
    this.kept.survey(e);
    const known = this.names.get(e);
    if (known !== undefined) return known;
    const made = this.make(e);
    this.names.set(e, made);
    return made;
  }

  private make(e: Expr): string {
    switch (e.op) {
      case 'const':
        return this.define(e, literal(e.type, e.value));
      case 'arg':
      case 'position':
      case 'acc':
      case 'val':
        return this.define(e, this.leaf(e));
      case 'state':
        throw new Error('wgsl: a state outside of its loop');
      case 'loop':
        return this.loop(e)[e.index];
      case 'rare': {
        const [c, slow, fast] = e.args;
        const [condition, usual] = [this.name(c), this.name(fast)];
        const result = this.fresh();
        this.lines.push(`var ${result}: ${heldAs(e.type)} = ${usual};`, `if (${condition}) {`);
        this.block(() => this.lines.push(`${result} = ${this.name(slow)};`));
        this.lines.push('}');
        return result;
      }
      default:
        return this.define(
          e,
          lineOf(
            e,
            e.args.map((a) => this.name(a)),
          ),
        );
    }
  }
  private define(e: Expr, given: string): string {
    const text = this.kept.has(e) ? `nb_keep(${given})` : given;
    const name = this.fresh();
    this.lines.push(`let ${name}: ${heldAs(e.type)} = ${text};`);
    return name;
  }

  private loop(e: Expr): readonly string[] {
    const l = e.loop as Loop;
    const known = this.loops.get(l);
    if (known !== undefined) return known;
    const inits = e.args.map((a) => this.name(a));
    const states = l.states.map((s, i) => {
      const name = this.fresh();
      this.lines.push(`var ${name}: ${heldAs(s.type)} = ${inits[i]};`);
      return name;
    });
    this.lines.push('loop {');
    this.block(() => {
      l.states.forEach((s, i) => {
        this.names.set(s, states[i]);
      });
      this.lines.push(`if (!(${this.name(l.cond)})) { break; }`);
      const next = l.next.map((n) => this.name(n));
      // All at once: a name may be that of another state.
      const held = next.map((n) => {
        if (!states.includes(n)) return n;
        const copy = this.fresh();
        this.lines.push(`let ${copy} = ${n};`);
        return copy;
      });
      this.lines.push(...held.map((n, i) => `${states[i]} = ${n};`));
    });
    this.lines.push('}');
    this.loops.set(l, states);
    return states;
  }
  text(indent = '  '): string {
    return this.lines.map((l) => indent + l).join('\n');
  }
}
