import { complex } from '../../core/complex.js';
import { NotImplementedError, SyntaxError } from '../../core/errors.js';
import type { Lone } from './lone.js';

/** The words of an expression, with their places in the text. */

export interface Token {
  readonly kind: 'name' | 'number' | 'operator' | '(' | ')' | ',' | '=';
  readonly text: string;
  readonly at: number;
  readonly value?: Lone;
}

/** As much as an expression may be. */
export const LONGEST = 10_000;
const MOST_TOKENS = 2_000;
const DEEPEST = 60;
const MOST_DIGITS = 400;

/** A part of the text around a place, for messages. */
const shown = (text: string, at: number): string => {
  const from = Math.max(0, at - 20);
  const to = Math.min(text.length, at + 20);
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
};

export const wrong = (text: string, at: number, what: string): SyntaxError =>
  new SyntaxError(`evaluate: ${what} (position ${at} of '${shown(text, at)}')`);

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([jJ]?)/y;
const OPERATOR = /\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%&|^~<>]/y;

/** Words of Python's that an expression over arrays cannot have, and what to write instead. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['and', "'and' asks for the truth value of a whole array; write & between conditions in parentheses"],
  ['or', "'or' asks for the truth value of a whole array; write | between conditions in parentheses"],
  ['not', "'not' asks for the truth value of a whole array; write ~ before a condition in parentheses"],
  ['if', 'a choice between whole arrays; write where(condition, a, b)'],
  ['else', 'a choice between whole arrays; write where(condition, a, b)'],
  ...['in', 'is', 'lambda', 'for', 'import', 'await', 'async', 'yield', 'None', 'del', 'from', 'def', 'class'].map(
    (w) => [w, `'${w}' is no part of an expression over arrays`] as const,
  ),
]);

/** Characters that begin something which is left out on purpose. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['.', 'attributes are not read; give the value under a name of its own'],
  ['[', 'no lists, and no indexing; give the value under a name of its own'],
  [']', 'no lists, and no indexing'],
  ['{', 'no braces'],
  ['}', 'no braces'],
  ["'", 'no text'],
  ['"', 'no text'],
  ['`', 'no text'],
  [';', 'one expression alone'],
  [':', 'no assignments, and no slices'],
  ['@', 'products of matrices are no operation element by element; use np.matmul'],
  ['!', "'!' is no operator; write ~ before a condition"],
  ['?', 'a choice is where(condition, a, b)'],
]);

function numberOf(text: string, digits: string, imaginary: boolean): Lone {
  if (imaginary) return complex(0, Number(digits.slice(0, -1)));
  if (/^0[xXoObB]/.test(text)) return BigInt(text.toLowerCase());
  return /[.eE]/.test(text) ? Number(text) : BigInt(text);
}

/** @throws SyntaxError with the place of what is no part of an expression */
export function tokensOf(text: string): Token[] {
  if (text.length > LONGEST)
    throw new NotImplementedError(`evaluate: an expression of ${text.length} characters; ${LONGEST} are the most`);
  const out: Token[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const c = text[at];
    if (/\s/.test(c)) {
      at++;
      continue;
    }
    if (out.length >= MOST_TOKENS)
      throw new NotImplementedError(`evaluate: an expression of more than ${MOST_TOKENS} words`);
    const read = (r: RegExp): RegExpExecArray | null => {
      r.lastIndex = at;
      return r.exec(text);
    };
    const before = out[out.length - 1];
    const operand = before !== undefined && (before.kind === 'name' || before.kind === 'number' || before.kind === ')');
    let found: RegExpExecArray | null;
    let token: Token;
    if ((found = read(NUMBER)) !== null) {
      const after = text[at + found[0].length] ?? '';
      if (/[\p{L}\p{N}_.]/u.test(after)) throw wrong(text, at, `'${found[0]}${after}' is no number`);
      if (found[0].length > MOST_DIGITS)
        throw new NotImplementedError(`evaluate: a number of more than ${MOST_DIGITS} digits (position ${at})`);
      if (/^0\d*[1-9]/.test(found[0]) && /^\d+$/.test(found[0]))
        throw wrong(text, at, 'leading zeros in integers are not permitted');
      token = { kind: 'number', text: found[0], at, value: numberOf(found[0], found[0], found[1] !== '') };
    } else if ((found = read(NAME)) !== null) {
      const word = WORDS.get(found[0]);
      if (word !== undefined) throw wrong(text, at, word);
      if (found[0].startsWith('__')) throw wrong(text, at, `names do not begin with '__'`);
      token = { kind: 'name', text: found[0], at };
      if (found[0] === 'True' || found[0] === 'False')
        token = { kind: 'number', text: found[0], at, value: found[0] === 'True' };
    } else if ((found = read(OPERATOR)) !== null) token = { kind: 'operator', text: found[0], at };
    else if (c === '(' || c === ')' || c === ',' || c === '=') token = { kind: c, text: c, at };
    else throw wrong(text, at, REFUSED.get(c) ?? `'${c}' is no part of an expression`);
    if (operand && (token.kind === 'name' || token.kind === 'number'))
      throw wrong(text, at, 'an operator is missing; products are written with *');
    if (operand && token.kind === '(' && before.kind !== 'name')
      throw wrong(text, at, 'an operator is missing; products are written with *');
    if (token.kind === '(' && ++depth > DEEPEST)
      throw new NotImplementedError(`evaluate: parentheses nested more than ${DEEPEST} deep (position ${at})`);
    if (token.kind === ')') depth--;
    out.push(token);
    at += token.text.length;
  }
  if (out.length === 0) throw wrong(text, 0, 'an empty expression');
  return out;
}
