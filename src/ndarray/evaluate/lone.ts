import { isComplex } from '../../core/complex.js';
import { TypeError } from '../../core/errors.js';
import { Weak } from '../../core/ops/operand.js';
import { type Comparison, compare } from '../../core/python/compare.js';
import * as o from '../../core/python/operators.js';

/** Lone numbers in expressions: what is made of them alone is made by Python's rules, and stays a lone number. */

/** Integers are bigints and floats are numbers, as Python's values are. */
export type Lone = bigint | number | boolean | { readonly re: number; readonly im: number };

/** A lone number beside arrays. */
export function weakOf(x: Lone): Weak | boolean {
  if (typeof x === 'boolean') return x;
  if (typeof x === 'bigint') return new Weak(x, 'int');
  if (typeof x === 'number') return new Weak(x, 'float');
  return new Weak(x, 'complex');
}

/** A number that the user gives: a whole one is an integer, as everywhere in np. */
export function loneOf(x: unknown): Lone | null {
  if (typeof x === 'number') return Number.isInteger(x) ? BigInt(x) : x;
  if (typeof x === 'bigint' || typeof x === 'boolean') return x;
  return isComplex(x) ? { re: x.re, im: x.im } : null;
}

const BINARY: ReadonlyMap<string, o.Operator> = new Map([
  ['+', o.ADD],
  ['-', o.SUBTRACT],
  ['*', o.MULTIPLY],
  ['/', o.DIVIDE],
  ['//', o.FLOOR_DIVIDE],
  ['%', o.REMAINDER],
  ['**', o.POWER],
  ['&', o.AND],
  ['|', o.OR],
  ['^', o.XOR],
  ['<<', o.LEFT_SHIFT],
  ['>>', o.RIGHT_SHIFT],
]);

/** Above this many bits an integer is no operand of anything, and only takes time and memory. */
const BITS = 4096n;

const tooLarge = (x: unknown): boolean => typeof x === 'bigint' && (x > 1n << BITS || x < -(1n << BITS));

/** An operator on lone numbers. @throws TypeError, ZeroDivisionError as Python */
export function operateLone(name: string, args: readonly Lone[]): Lone {
  const [a, b] = args;
  if (b === undefined) return unary(name, a);
  if (name === '**' || name === '<<') refuseHuge(name, a, b);
  const op = BINARY.get(name);
  const r = op === undefined ? compare(name as Comparison, a, b) : o.operate(op, a, b);
  if (tooLarge(r)) throw new TypeError(`evaluate: an integer of more than ${BITS} bits`);
  return r as Lone;
}

/** Powers of integers are made in full: their size is looked at before. */
function refuseHuge(name: string, a: Lone, b: Lone): void {
  if (typeof a === 'object' || typeof b !== 'bigint' || typeof a === 'number') return;
  const bits = BigInt(BigInt(a).toString(2).length);
  if ((name === '**' ? bits * b : bits + b) > BITS && BigInt(a) !== 0n && BigInt(a) !== 1n)
    throw new TypeError(`evaluate: an integer of more than ${BITS} bits`);
}

function unary(name: string, a: Lone): Lone {
  if (name === 'u+') return typeof a === 'boolean' ? BigInt(a) : a;
  if (name === 'u~') {
    if (typeof a === 'bigint' || typeof a === 'boolean') return ~BigInt(a);
    throw new TypeError(`bad operand type for unary ~: '${typeof a === 'number' ? 'float' : 'complex'}'`);
  }
  if (typeof a === 'object') return { re: -a.re, im: -a.im };
  return typeof a === 'boolean' ? -BigInt(a) : -a;
}
