import { NotImplementedError, TypeError } from '../../core/errors.js';
import { inUse, optional, required } from '../../core/optional.js';
import { nearest } from '../../core/signature.js';
import { FUNCTIONS, REDUCTIONS } from './functions.js';
import { type Token, tokensOf, wrong } from './tokens.js';
import type { CallTree, Tree } from './tree.js';

/**
 * From text to a tree, with mathjs' parser. It is given no word of the text: each operand stands there under a number, and each operator as the
 * one of mathjs' that has its place in Python's order of operators. What an expression means is thus Python's alone, and nothing that
 * mathjs knows by name (units, constants, functions, imports) can be reached.
 */

/** Python's levels of operators, as operators of mathjs with the same order. All of one level associate alike. */
const CARRIERS: ReadonlyMap<string, string> = new Map([
  ...['<', '>', '<=', '>=', '==', '!='].map((t) => [t, 'or'] as const),
  ['|', '|'],
  ['^', '^|'],
  ['&', '&'],
  ...['<<', '>>'].map((t) => [t, '<<'] as const),
  ...['+', '-'].map((t) => [t, '+'] as const),
  ...['*', '/', '//', '%'].map((t) => [t, '*'] as const),
  ['**', '^'],
]);
const UNARY = '-';

interface MathNode {
  readonly type: string;
  readonly name?: string;
  readonly fn?: { readonly name?: string } | string;
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
  readonly object?: MathNode;
  readonly value?: MathNode;
  readonly implicit?: boolean;
}

/** The text with mathjs' operators, and of each of its characters the place where it comes from. */
function carried(tokens: readonly Token[], text: string): { readonly carrier: string; readonly places: number[] } {
  let carrier = '';
  const places: number[] = [];
  const put = (s: string, at: number): void => {
    for (let i = 0; i < s.length; i++) places.push(at);
    carrier += s;
  };
  tokens.forEach((t, i) => {
    const before = tokens[i - 1];
    const operand = before !== undefined && (before.kind === 'name' || before.kind === 'number' || before.kind === ')');
    if (t.kind === 'name' || t.kind === 'number') put(`v${i}`, t.at);
    else if (t.kind !== 'operator') put(t.text, t.at);
    else if (operand) {
      if (t.text === '~') throw wrong(text, t.at, "'~' stands before one operand");
      put(` ${CARRIERS.get(t.text) as string} `, t.at);
    } else {
      if (!'+-~'.includes(t.text)) throw wrong(text, t.at, `'${t.text}' lacks what stands before it`);
      put(` ${UNARY} `, t.at);
    }
  });
  return { carrier, places };
}

class Reader {
  /** Operators that no node was found for yet, in their order, which is also that of a walk from left to right. */
  private readonly operators: readonly Token[];
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {
    this.operators = tokens.filter((t) => t.kind === 'operator' || t.kind === '=');
  }

  private token(n: MathNode): Token {
    return this.tokens[Number((n.name as string).slice(1))];
  }

  read(n: MathNode): Tree {
    switch (n.type) {
      case 'ParenthesisNode':
        return this.read(n.content as MathNode);
      case 'SymbolNode': {
        const t = this.token(n);
        if (t.kind === 'number') return { kind: 'lone', value: t.value as never, at: t.at };
        return { kind: 'name', name: t.text, at: t.at };
      }
      case 'OperatorNode':
        return this.operator(n);
      case 'FunctionNode':
        return this.call(n);
      case 'AssignmentNode':
        throw wrong(this.text, this.operators[this.next]?.at ?? 0, 'nothing is assigned; == compares');
      case 'FunctionAssignmentNode':
        throw wrong(this.text, this.operators.find((t) => t.kind === '=')?.at ?? 0, 'no functions are defined');
      default:
        throw wrong(this.text, 0, `no ${n.type.replace(/Node$/, '').toLowerCase()} in an expression`);
    }
  }

  private operator(n: MathNode): Tree {
    const args = n.args as readonly MathNode[];
    if (n.implicit === true) throw wrong(this.text, 0, 'an operator is missing; products are written with *');
    if (args.length === 1) {
      const t = this.operators[this.next++];
      return { kind: 'operator', name: `u${t.text}`, args: [this.read(args[0])], keywords: {}, at: t.at };
    }
    const left = this.read(args[0]);
    const t = this.operators[this.next++];
    const made: CallTree = { kind: 'operator', name: t.text, args: [left, this.read(args[1])], keywords: {}, at: t.at };
    if (CARRIERS.get(t.text) === 'or' && args.some((a) => a.type === 'OperatorNode' && a.fn === 'or'))
      throw wrong(
        this.text,
        t.at,
        'a chain of comparisons asks for the truth value of a whole array; write (a < b) & (b < c)',
      );
    return made;
  }

  private call(n: MathNode): Tree {
    const named = n.fn as unknown as MathNode;
    if (named.type !== 'SymbolNode') throw wrong(this.text, 0, 'only functions of the list are called');
    const t = this.token(named);
    const rule = t.kind === 'name' ? FUNCTIONS.get(t.text) : undefined;
    if (rule === undefined) {
      const near = nearest(t.text, [...FUNCTIONS.keys()]);
      throw wrong(this.text, t.at, `there is no function '${t.text}'${near === undefined ? '' : `; '${near}' is one`}`);
    }
    const args: Tree[] = [];
    const keywords: Record<string, unknown> = Object.create(null);
    for (const a of n.args as readonly MathNode[]) {
      if (a.type !== 'AssignmentNode') {
        if (Object.keys(keywords).length > 0)
          throw wrong(this.text, t.at, 'positional argument follows keyword argument');
        args.push(this.read(a));
        continue;
      }
      const key = this.token(a.object as MathNode);
      this.next++;
      const at = key.at;
      if (key.kind !== 'name' || REDUCTIONS.get(t.text)?.includes(key.text) !== true)
        throw wrong(this.text, at, `${t.text}() takes no argument '${key.text}'`);
      if (key.text in keywords) throw wrong(this.text, at, `keyword argument repeated: ${key.text}`);
      keywords[key.text] = this.constant(a.value as MathNode, at);
    }
    const [least, most] = rule;
    if (args.length < least || args.length > most)
      throw new TypeError(
        `evaluate: ${t.text}() takes ${least === most ? least : `from ${least} to ${most}`} argument${most === 1 ? '' : 's'} but ${args.length} ${args.length === 1 ? 'was' : 'were'} given (position ${t.at})`,
      );
    // The axis of a reduction is no operand.
    if (REDUCTIONS.has(t.text) && args.length === 2) {
      if ('axis' in keywords) throw wrong(this.text, t.at, "got multiple values for argument 'axis'");
      keywords.axis = this.literal(args.pop() as Tree, t.at);
    }
    return { kind: 'function', name: t.text, args, keywords, at: t.at };
  }

  private constant(n: MathNode, at: number): unknown {
    return this.literal(this.read(n), at);
  }

  private literal(t: Tree, at: number): unknown {
    const negative = t.kind === 'operator' && t.name === 'u-';
    const inner = negative ? t.args[0] : t;
    if (inner.kind !== 'lone' || typeof inner.value === 'object' || typeof inner.value === 'number')
      throw wrong(this.text, at, 'an integer, or True or False, is wanted here');
    if (typeof inner.value === 'boolean') return inner.value;
    return negative ? -Number(inner.value) : Number(inner.value);
  }
}

const known = new Map<string, Tree>();
const KEPT = 500;

/** The tree of an expression. @throws SyntaxError, TypeError naming the place; ImportError without mathjs */
export function parse(text: string): Tree {
  const before = known.get(text);
  if (before !== undefined) return before;
  const tokens = tokensOf(text);
  const { carrier, places } = carried(tokens, text);
  // The same parser is in a part of mathjs, half as large: the engine's collector passes over all that is loaded, again and again.
  const math = (inUse('mathjs') ?? optional('mathjs/number') ?? required('mathjs', 'np.evaluate')) as {
    parse(text: string): MathNode;
  };
  let tree: Tree;
  try {
    let node: MathNode;
    try {
      node = math.parse(carrier);
    } catch (e) {
      const char = (e as { char?: number }).char;
      if (char === undefined) throw e;
      const at = places[char - 1] ?? text.length;
      throw wrong(text, at, at >= text.length ? 'the expression ends too early' : 'invalid syntax');
    }
    tree = new Reader(text, tokens).read(node);
  } catch (e) {
    if (e instanceof RangeError) throw new NotImplementedError('evaluate: the expression is nested too deeply');
    throw e;
  }
  if (known.size >= KEPT) known.clear();
  known.set(text, tree);
  return tree;
}
