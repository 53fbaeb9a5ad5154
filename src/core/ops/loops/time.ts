import { bool, type DType, float64, int64, isText, isTime, NAT, timeDtype, type TimeUnit } from '../../dtype.js';
import { TypeError, UFuncInputCastingError, UFuncTypeError } from '../../errors.js';
import * as x from '../../ir/expr.js';
import type { Expr } from '../../ir/expr.js';
import { type Casting, canCast, weakDefault } from '../../promote.js';
import { commonUnit } from '../../promote-other.js';
import type { Body, Loop, OperandType, UfuncRow } from '../row.js';
import type { FamilyLoop } from './family.js';

/**
 * Loops of ufuncs over dates and durations. What a ufunc takes is a rule on the operands' dtypes, as NumPy resolves them; what
 * it computes are expressions over the counts.
 */

// ---- what is computed ----------------------------------------------------------------------------------------------

const nat = x.konst('int64', NAT);
const zero = x.konst('int64', 0);
const isNat = (a: Expr): Expr => x.eq(a, nat);
const unlessNat = (a: Expr, v: Expr): Expr => x.select(isNat(a), nat, v);
const eitherNat = (a: Expr, b: Expr): Expr => x.or(isNat(a), isNat(b));
const both =
  (f: (a: Expr, b: Expr) => Expr): Body =>
  (a: Expr, b: Expr) =>
    x.select(eitherNat(a, b), nat, f(a, b));
/** A number as a count: what is no finite number, or beyond 64 bits, is NaT. */
const counted = (f: Expr): Expr => x.cast(f, 'int64');
const float = (a: Expr): Expr => x.cast(a, 'float64');

/** The remainder with the divisor's sign. Not for a divisor of zero. */
const modulo = (a: Expr, b: Expr): Expr => {
  const r = x.rem(a, b);
  return x.select(x.and(x.ne(r, zero), x.ne(x.lt(r, zero), x.lt(b, zero))), x.add(r, b), r);
};
const quotient = (a: Expr, b: Expr): Expr => {
  const q = x.quot(a, b);
  const inexact = x.ne(x.rem(a, b), zero);
  return x.select(x.and(inexact, x.ne(x.lt(a, zero), x.lt(b, zero))), x.sub(q, x.konst('int64', 1)), q);
};
const noQuotient = (a: Expr, b: Expr): Expr => x.or(eitherNat(a, b), x.eq(b, zero));
const floorQuotient = (a: Expr, b: Expr): Expr => x.select(noQuotient(a, b), zero, quotient(a, b));
const remainder = (a: Expr, b: Expr): Expr => x.select(noQuotient(a, b), nat, modulo(a, b));

const scaled: Body = (a: Expr, f: Expr) => unlessNat(a, counted(x.mul(float(a), f)));
const dividedBy: Body = (a: Expr, f: Expr) => unlessNat(a, counted(x.div(float(a), f)));
const partOf: Body = (a: Expr, n: Expr) => x.select(x.or(isNat(a), x.eq(n, zero)), nat, x.quot(a, n));
const ratio: Body = (a: Expr, b: Expr) =>
  x.select(eitherNat(a, b), x.konst('float64', Number.NaN), x.div(float(a), float(b)));
const swap =
  (body: Body): Body =>
  (a: Expr, b: Expr) =>
    body(b, a);

const sum = both(x.add);
const difference = both(x.sub);
const product = (a: Expr, n: Expr): Expr => unlessNat(a, x.mul(a, n));

type Compare = (a: Expr, b: Expr) => Expr;
const ordered =
  (f: Compare): Body =>
  (a: Expr, b: Expr) =>
    x.and(f(a, b), x.not(eitherNat(a, b)));
const different: Body = (a: Expr, b: Expr) => x.or(x.ne(a, b), isNat(a));

// ---- which dtypes it is computed in --------------------------------------------------------------------------------

/** A loop as codes (`m`, `M` in one unit, `q` int64, `d` float64, `?`) with its body. */
interface Found {
  readonly text: string;
  readonly unit: TimeUnit;
  readonly body: Body | undefined;
}
/** The codes of operands: M, m, `i` for integers, `?`, `f` for real floats, `c`, `U`, `O`, `V`. */
type Rule = (codes: string, unit: (kind?: 'M' | 'm') => TimeUnit) => Found | null;

const codeOf = (t: OperandType): string => {
  const d = typeof t === 'object' ? t : weakDefault(t);
  return d.kind === 'b' ? '?' : d.kind === 'u' ? 'i' : d.kind;
};

/** Rules by the operands' codes: the first pattern that fits. `n` stands for an integer or a truth value. */
const table =
  (rows: readonly (readonly [pattern: string, loop: string, body: Body])[]): Rule =>
  (codes, unit) => {
    const row = rows.find(([p]) => [...p].every((c, i) => c === codes[i] || (c === 'n' && 'i?'.includes(codes[i]))));
    if (row === undefined) return null;
    return { text: row[1], unit: unit(), body: row[2] };
  };

const floorRules: Rule = table([
  ['mm', 'mm->q', floorQuotient],
  ['mi', 'mq->m', partOf],
  ['mf', 'md->m', dividedBy],
]);

/** Ufuncs with rules of their own; operands that none takes are refused by name. */
const ARITHMETIC: Readonly<Record<string, Rule>> = {
  add: table([
    ['mm', 'mm->m', sum],
    ['mn', 'mm->m', sum],
    ['nm', 'mm->m', sum],
    ['Mm', 'Mm->M', sum],
    ['Mn', 'Mm->M', sum],
    ['mM', 'mM->M', sum],
    ['nM', 'mM->M', sum],
  ]),
  subtract: table([
    ['mm', 'mm->m', difference],
    ['mn', 'mm->m', difference],
    ['nm', 'mm->m', difference],
    ['Mm', 'Mm->M', difference],
    ['Mn', 'Mm->M', difference],
    ['MM', 'MM->m', difference],
  ]),
  multiply: table([
    ['mn', 'mq->m', product],
    ['mf', 'md->m', scaled],
    ['nm', 'qm->m', swap(product)],
    ['fm', 'dm->m', swap(scaled)],
  ]),
  divide: table([
    ['mm', 'mm->d', ratio],
    ['mi', 'mq->m', partOf],
    ['mf', 'md->m', dividedBy],
  ]),
  true_divide: table([['mi', 'mq->m', partOf]]),
  floor_divide: floorRules,
  remainder: table([['mm', 'mm->m', remainder]]),
  divmod: table([['mm', 'mm->qm', (a: Expr, b: Expr) => [floorQuotient(a, b), remainder(a, b)]]]),
};

/** Ufuncs with such rules. */
export const TIME_ARITHMETIC: ReadonlySet<string> = new Set(Object.keys(ARITHMETIC));

const uniform =
  (body: Body): Rule =>
  (codes, unit) =>
    codes.includes('M') ? { text: 'MM->M', unit: unit('M'), body } : { text: 'mm->m', unit: unit('m'), body };
const comparison =
  (body: Body): Rule =>
  (codes, unit) =>
    codes.includes('M') ? { text: 'MM->?', unit: unit(), body } : { text: 'mm->?', unit: unit(), body };

/** Ufuncs whose operands meet in one dtype, which must be a date's or a duration's. */
const MEETING: Readonly<Record<string, Rule>> = {
  maximum: uniform((a: Expr, b: Expr) => x.select(isNat(a), a, x.select(isNat(b), b, x.max(a, b)))),
  minimum: uniform((a: Expr, b: Expr) => x.min(a, b)),
  fmax: uniform((a: Expr, b: Expr) => x.max(a, b)),
  fmin: uniform((a: Expr, b: Expr) => x.select(isNat(a), b, x.select(isNat(b), a, x.min(a, b)))),
  clip: (codes, unit) => {
    const k = codes.includes('M') ? 'M' : 'm';
    const body = (a: Expr, lo: Expr, hi: Expr): Expr =>
      x.select(x.or(isNat(a), eitherNat(lo, hi)), nat, x.min(x.max(a, lo), hi));
    return { text: `${k}${k}${k}->${k}`, unit: unit(k), body };
  },
  equal: comparison(ordered(x.eq)),
  not_equal: comparison(different),
  less: comparison(ordered(x.lt)),
  less_equal: comparison(ordered(x.le)),
  greater: comparison(ordered(x.gt)),
  greater_equal: comparison(ordered(x.ge)),
};

const COMPARISONS: ReadonlySet<string> = new Set([
  'equal',
  'not_equal',
  'less',
  'less_equal',
  'greater',
  'greater_equal',
]);

const duration =
  (body: Body): Rule =>
  (codes, unit) =>
    codes === 'm' ? { text: 'm->m', unit: unit(), body } : null;
const question =
  (body: Body): Rule =>
  (codes, unit) => ({ text: `${codes}->?`, unit: unit(), body });

const UNARY: Readonly<Record<string, Rule>> = {
  negative: duration((a: Expr) => x.neg(a)),
  positive: duration((a: Expr) => a),
  absolute: duration((a: Expr) => unlessNat(a, x.abs(a))),
  sign: duration((a: Expr) =>
    x.select(x.gt(a, zero), x.konst('int64', 1), x.select(x.lt(a, zero), x.konst('int64', -1), zero)),
  ),
  isnat: question((a: Expr) => isNat(a)),
  isnan: question((a: Expr) => isNat(a)),
  isfinite: question((a: Expr) => x.not(isNat(a))),
  isinf: question(() => x.konst('bool', 0)),
};

const LOGICAL: ReadonlySet<string> = new Set(['logical_and', 'logical_or', 'logical_xor']);

// ---- resolution ----------------------------------------------------------------------------------------------------

const dtypeOf = (code: string, unit: TimeUnit): DType =>
  code === 'M' || code === 'm' ? timeDtype(code, unit) : code === 'q' ? int64 : code === 'd' ? float64 : bool;

/** The unit in which operands are counted together. */
function unitOf(types: readonly OperandType[], kind: 'M' | 'm'): TimeUnit {
  let out: TimeUnit = { base: 'generic', count: 1 };
  for (const t of types)
    if (typeof t === 'object' && t.unit !== null) out = out.base === 'generic' ? t.unit : commonUnit(out, t.unit, kind);
  return out;
}

/** @throws TypeError for a dtype with a unit, which `dtype=` cannot ask for */
function checkAsked(want: readonly (DType | null)[]): void {
  if (want.some((d) => d !== null && d.unit !== null && d.unit.base !== 'generic'))
    throw new TypeError(
      'The `dtype` and `signature` arguments to ufuncs only select the general DType and not details such as the byte order or time unit. You can avoid this error by using the scalar types `np.float64` or the dtype string notation.',
    );
}

const shownType = (t: OperandType): string => (typeof t === 'object' ? t : weakDefault(t)).repr();

/** @throws UFuncTypeError `ufunc 'add' cannot use operands with types dtype('<M8[D]') and dtype('<M8[D]')` */
const cannotUse = (row: UfuncRow, types: readonly OperandType[]): UFuncTypeError =>
  new UFuncTypeError(
    `ufunc '${row.name}' cannot use operands with types ${shownType(types[0])} and ${shownType(types[1])}`,
  );

/** @throws TypeError NumPy's general refusal */
const notSupported = (row: UfuncRow): TypeError =>
  new TypeError(
    `ufunc '${row.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );

function checked(row: UfuncRow, loop: Loop, types: readonly OperandType[], casting: Casting): Loop {
  loop.ins.forEach((to, i) => {
    const t = types[i];
    const from = typeof t === 'object' ? t : weakDefault(t);
    if (canCast(from, to, casting)) return;
    throw new UFuncInputCastingError(
      `Cannot cast ufunc '${row.name}' input${types.length === 1 ? '' : ` ${i}`} from ${from.repr()} to ${to.repr()} with casting rule '${casting}'`,
    );
  });
  return loop;
}

/** Whether an operand meets dates or durations in one dtype. */
function meets(types: readonly OperandType[]): boolean {
  const date = types.some((t) => typeof t === 'object' && t.kind === 'M');
  return types.every((t) => {
    if (typeof t !== 'object') return t === 'int' && !date;
    if (isTime(t)) return true;
    return !date && (t.kind === 'b' || ((t.kind === 'i' || t.kind === 'u') && canCast(t, timeDtype('m', DAY), 'safe')));
  });
}
const DAY: TimeUnit = { base: 'D', count: 1 };

/** The dates and durations among the operands, or, where only `dtype=` names one, operands read as it. */
function operandTypes(
  operands: readonly OperandType[],
  want: readonly (DType | null)[] | null,
): readonly OperandType[] {
  if (operands.some((t) => typeof t === 'object' && isTime(t)) || want === null) return operands;
  const asked = want.find((d) => d !== null && isTime(d)) as DType;
  return operands.map(() => asked);
}

export const timeLoop: FamilyLoop = (row, operands, want, casting) => {
  if (want !== null) checkAsked(want);
  const types = operandTypes(operands, want);
  const codes = types.map(codeOf).join('');
  const unit = (kind: 'M' | 'm' = codes.includes('M') ? 'M' : 'm'): TimeUnit => unitOf(types, kind);
  let found: Found | null;
  if (Object.hasOwn(ARITHMETIC, row.name)) {
    found = ARITHMETIC[row.name](codes, unit);
    if (found === null) throw cannotUse(row, types);
  } else if (Object.hasOwn(MEETING, row.name)) {
    if (!meets(types)) return null;
    if (COMPARISONS.has(row.name) && codes.includes('M') && codes.includes('m')) throw cannotUse(row, types);
    found = MEETING[row.name](codes, unit);
  } else if (Object.hasOwn(UNARY, row.name)) {
    found = UNARY[row.name](codes, unit);
  } else if (LOGICAL.has(row.name)) {
    if (types.some((t) => typeof t === 'object' && isText(t))) return null;
    return { text: '??->?', ins: [bool, bool], outs: [bool] };
  } else if (row.name === 'gcd' || row.name === 'lcm') return null;
  else throw notSupported(row);
  if (found === null) return null;
  const f = found;
  const [ins, outs] = f.text.split('->');
  const loop: Loop = {
    text: f.text,
    ins: [...ins].map((c) => dtypeOf(c, f.unit)),
    outs: [...outs].map((c) => dtypeOf(c, f.unit)),
    body: f.body,
  };
  return checked(row, loop, types, casting);
};
