import { ArrayValue } from '../../core/array.js';
import { fromScalar, toArray } from '../../core/coerce.js';
import { bind1, type PublicFunction } from '../../core/dispatch.js';
import { applyRow } from '../../core/ops/execute.js';
import { wherePrimitive } from '../../core/ops/masked.js';
import { component } from '../../core/ops/move.js';
import { Weak } from '../../core/ops/operand.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { positive } from '../../core/ops/ufuncs/arithmetic.js';
import { weakDefault } from '../../core/promote.js';
import { commonType } from '../indexing/take.js';
import { where } from '../indexing/where.js';
import { imag, real } from '../manipulation/complex.js';
import { mean, std } from '../statistics/moments.js';
import { var_ } from '../statistics/moments.js';
import { all, any, max, min, prod, sum } from '../statistics/reductions.js';
import type { UfuncMethods } from '../ufunc.js';
import * as ufuncs from '../ufuncs.js';

/** What an expression may call, and what its operators are. */

/** An operand: an array, a lone number, or an object of a class with a protocol of its own. */
export type Operand = ArrayValue | Weak | boolean | object;

const AXES = ['axis', 'keepdims'] as const;

/** Functions that fold axes, by name, with the keywords that they take. */
const FOLDS: Readonly<Record<string, (...args: any[]) => unknown>> = {
  sum,
  prod,
  min,
  max,
  amin: min,
  amax: max,
  mean,
  std,
  var: var_,
  all,
  any,
};
export const REDUCTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.keys(FOLDS).map((name) => [name, AXES]),
);

/** Every ufunc of one or two operands and one result. */
const ELEMENTWISE: ReadonlyMap<string, UfuncMethods & PublicFunction> = new Map(
  Object.entries(ufuncs as Record<string, unknown>)
    .filter(([, f]) => {
      const row = (f as { row?: UfuncRow }).row;
      return row !== undefined && row.nout === 1 && row.nin <= 2;
    })
    .map(([name, f]) => [name, f as UfuncMethods & PublicFunction]),
);

/** What in np are views of an array, and here values like others. */
const PARTS: ReadonlyMap<string, { readonly part: 0 | 1; readonly f: (x: any) => unknown }> = new Map([
  ['real', { part: 0, f: real }],
  ['imag', { part: 1, f: imag }],
]);

function partOf(x: ArrayValue, part: 0 | 1): ArrayValue {
  if (x.dtype.kind === 'c' && x.dtype.index >= 0) return applyRow(positive, [component(x, part)]) as ArrayValue;
  if (part === 0) return x;
  const zero = fromScalar(0, x.dtype);
  return bind1(wherePrimitive, [x, zero, zero], { dtype: x.dtype });
}

/** Everything that may be called, with the fewest and the most operands. */
export const FUNCTIONS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ...[...ELEMENTWISE].map(([name, f]) => [name, [f.row.nin, f.row.nin]] as const),
  ...[...PARTS.keys()].map((name) => [name, [1, 1]] as const),
  ...[...REDUCTIONS.keys()].map((name) => [name, [1, 2]] as const),
  ['where', [3, 3]] as const,
]);

/** Python's operators on arrays, as functions of np. */
const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floor_divide',
  '%': 'remainder',
  '**': 'power',
  '&': 'bitwise_and',
  '|': 'bitwise_or',
  '^': 'bitwise_xor',
  '<<': 'left_shift',
  '>>': 'right_shift',
  '<': 'less',
  '<=': 'less_equal',
  '>': 'greater',
  '>=': 'greater_equal',
  '==': 'equal',
  '!=': 'not_equal',
  'u+': 'positive',
  'u-': 'negative',
  'u~': 'invert',
};

export interface Callee {
  readonly kind: 'operator' | 'function';
  readonly name: string;
  readonly keywords: Readonly<Record<string, unknown>>;
}

/** The ufunc that a call is of; null for the others. */
export const rowOf = (c: Callee): UfuncRow | null =>
  ELEMENTWISE.get(c.kind === 'operator' ? OPERATORS[c.name] : c.name)?.row ?? null;

const isForeign = (x: Operand): boolean => typeof x === 'object' && !(x instanceof ArrayValue) && !(x instanceof Weak);
const plain = (x: Operand): unknown => (x instanceof Weak ? x.value : x);
const data = (x: Operand): ArrayValue => (x instanceof Weak ? fromScalar(x.value, weakDefault(x.kind)) : toArray(x));

function choose([condition, ...two]: readonly Operand[]): ArrayValue {
  const sides = two.map((x) => (x instanceof Weak ? x : toArray(x)));
  const dtype = commonType(sides);
  const whole = sides.map((x) =>
    x instanceof Weak ? fromScalar(x.value, dtype.kind === 'f' ? dtype : weakDefault(x.kind)) : x,
  );
  return bind1(wherePrimitive, [data(condition), ...whole], { dtype });
}

/** Calls a function, or an operator, of np: now, or under whatever interprets the operands. */
export function apply(c: Callee, args: readonly Operand[]): unknown {
  const name = c.kind === 'operator' ? OPERATORS[c.name] : c.name;
  const ufunc = ELEMENTWISE.get(name);
  if (args.some(isForeign)) {
    const f = (ufunc ?? PARTS.get(name)?.f ?? FOLDS[name] ?? where) as (...args: unknown[]) => unknown;
    return Object.keys(c.keywords).length === 0 ? f(...args.map(plain)) : f(...args.map(plain), { ...c.keywords });
  }
  if (ufunc !== undefined)
    return applyRow(
      ufunc.row,
      args.map((x) => (x instanceof Weak ? x : toArray(x))),
    );
  if (name === 'where') return choose(args);
  const part = PARTS.get(name);
  if (part !== undefined) return partOf(data(args[0]), part.part);
  return FOLDS[name](data(args[0]), { ...c.keywords });
}
