import { bool, bytesDtype, type DType, int64, isNumber, isText, strDtype } from '../../dtype.js';
import { OverflowError, TypeError, UFuncInputCastingError, UFuncNoLoopError } from '../../errors.js';
import { canCast, type Casting, weakDefault, type WeakKind } from '../../promote.js';
import { compareBytes, compareText, latin, lengthOf, unlatin } from '../../strings/points.js';
import { ASCII, PREDICATES, type Rules, UNICODE } from '../../strings/rules.js';
import * as search from '../../strings/search.js';
import * as shape from '../../strings/shape.js';
import { textWidth } from '../../promote-other.js';
import { checkOutput, type Loop, noLoop, type OperandType, type UfuncRow } from '../row.js';
import type { FamilyLoop } from './family.js';
import { comparePoints, OF_POINTS, samePoints } from './points.js';

/**
 * Loops of ufuncs over text and bytes. One row for each ufunc: which operands are text (`t`) and which integers (`i`), what comes out, and a function
 * of strings; bytes take part as strings of characters up to U+00FF.
 */

type Out = 'bool' | 'int' | 'first' | 'sum' | 'given';

interface TextRow {
  readonly ins: string;
  readonly out: Out;
  /** Makes the function of elements, given the rules of characters. */
  readonly of: (rules: Rules) => (...v: any[]) => unknown;
  /** Bytes have no such question. */
  readonly textOnly?: boolean;
}

/** Engines hold strings of about 2^29 characters. */
const LONGEST = 2 ** 29 - 24;

const TABLE = new Map<string, TextRow>();
const define = (name: string, ins: string, out: Out, of: TextRow['of'], textOnly = false): void => {
  TABLE.set(name, { ins, out, of, textOnly });
};
const same =
  (f: (...v: any[]) => unknown): TextRow['of'] =>
  () =>
    f;

for (const [name, f] of Object.entries(PREDICATES))
  define(name, 't', 'bool', (r) => (s) => f(r, s), name === 'isdecimal' || name === 'isnumeric');
define('str_len', 't', 'int', same(lengthOf));
define(
  'add',
  'tt',
  'sum',
  same((a: string, b: string) => a + b),
);
define('multiply', 'ti', 'given', same(repeated));
for (const name of ['find', 'rfind', 'index', 'rindex', 'count'] as const)
  define(name, 'ttii', 'int', same(search[name]));
for (const name of ['startswith', 'endswith'] as const) define(name, 'ttii', 'bool', same(search[name]));
for (const [name, left, right] of [
  ['strip', true, true],
  ['lstrip', true, false],
  ['rstrip', false, true],
] as const) {
  define(`_${name}_whitespace`, 't', 'first', (r) => (s) => search.strip(r, s, null, left, right));
  define(`_${name}_chars`, 'tt', 'first', (r) => (s, c) => search.strip(r, s, c, left, right));
}
define('_replace', 'ttti', 'given', same(search.replace));
define(
  '_expandtabs_length',
  'ti',
  'int',
  (r) => (s: string, n: number) => shape.expandedLength(s, n, r === UNICODE ? 4 : 1),
);
define('_expandtabs', 'ti', 'given', same(shape.expandtabs));
define('_center', 'tit', 'given', same(shape.center));
define('_ljust', 'tit', 'given', same(shape.ljust));
define('_rjust', 'tit', 'given', same(shape.rjust));
define('_zfill', 'ti', 'given', same(shape.zfill));
define('_partition_index', 'tti', 'given', same(search.partition));
define('_rpartition_index', 'tti', 'given', same(search.rpartition));
define('_slice', 'tiii', 'first', same(shape.slice));

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  equal: (o) => o === 0,
  not_equal: (o) => o !== 0,
  less: (o) => o < 0,
  less_equal: (o) => o <= 0,
  greater: (o) => o > 0,
  greater_equal: (o) => o >= 0,
};

/** What logical ufuncs do with truth values. */
export const LOGICAL: Readonly<Record<string, (a: boolean, b: boolean) => boolean>> = {
  logical_and: (a, b) => a && b,
  logical_or: (a, b) => a || b,
  logical_xor: (a, b) => Boolean(a) !== Boolean(b),
};

/** ufuncs whose errors name the operands' dtypes; of those in `BY_CLASS` and the ones over text only the classes are named. */
const BY_DTYPE: ReadonlySet<string> = new Set([
  'matmul',
  'vecdot',
  'matvec',
  'vecmat',
  'add',
  'subtract',
  'multiply',
  'maximum',
  'minimum',
  'fmax',
  'fmin',
  'clip',
  'gcd',
  'lcm',
]);
/** @throws OverflowError where no string of the engine is as long */
function repeated(s: string, n: number): string {
  if (s.length * n > LONGEST) throw new OverflowError('Overflow detected in string multiply');
  return s.repeat(Math.max(0, n));
}

const BY_CLASS: ReadonlySet<string> = new Set([
  ...Object.keys(COMPARISONS),
  'absolute',
  'negative',
  'positive',
  'sign',
]);

const isOperand = (t: OperandType, kind: 'U' | 'S'): t is DType => typeof t === 'object' && t.kind === kind;
const defaultOf = (t: OperandType): DType => (typeof t === 'object' ? t : weakDefault(t as WeakKind));

function missing(row: UfuncRow, operands: readonly OperandType[]): Error {
  if (BY_CLASS.has(row.name) || (TABLE.has(row.name) && !BY_DTYPE.has(row.name))) return noLoop(row.name, operands);
  if (BY_DTYPE.has(row.name)) {
    const list = operands.map((t) => defaultOf(t).repr()).join(', ');
    if (row.name === 'add' && operands.every((t) => isOperand(t, 'U') || isOperand(t, 'S')))
      return new UFuncNoLoopError(
        `ufunc 'add' cannot use operands with types ${operands.map((t) => defaultOf(t).repr()).join(' and ')}`,
      );
    return new UFuncNoLoopError(
      `ufunc '${row.name}' did not contain a loop with signature matching types (${list}) -> None`,
    );
  }
  row.refuse?.(operands, null);
  return new TypeError(
    `ufunc '${row.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

const lengthIn = (d: DType): number => (d.kind === 'U' ? d.itemsize / 4 : d.itemsize);
const sized = (kind: 'U' | 'S', n: number): DType => (kind === 'U' ? strDtype(n) : bytesDtype(n));

const text = (name: string, ins: readonly DType[], outs: readonly DType[]): string =>
  `${name}:${ins.map((d) => d.kind).join('')}->${outs.map((d) => d.kind).join('')}`;

/** A function of strings as one of elements: bytes to strings and back, integers to numbers. */
function adapted(spec: TextRow, kind: 'U' | 'S'): (...v: any[]) => unknown {
  const f = spec.of(kind === 'U' ? UNICODE : ASCII);
  if (kind === 'U' && !spec.ins.includes('i')) return f;
  const load = [...spec.ins].map((c) => (c === 'i' ? Number : kind === 'S' ? latin : (s: string): string => s));
  const store = (r: unknown): unknown => (typeof r === 'string' ? unlatin(r) : r);
  const back =
    kind === 'U' ? (r: unknown): unknown => r : (r: any): unknown => (Array.isArray(r) ? r.map(store) : store(r));
  return (...v) => back(f(...v.map((e, i) => load[i](e))));
}

/** Operands in the order of the row: an integer may stand in front of the text that it multiplies. */
function arrange(row: UfuncRow, operands: readonly OperandType[]): boolean {
  return row.name === 'multiply' && !(typeof operands[0] === 'object' && isText(operands[0]));
}

function tableLoop(
  row: UfuncRow,
  spec: TextRow,
  operands: readonly OperandType[],
  casting: Casting,
  given: readonly (DType | null)[] | null,
): Loop | null {
  const flipped = arrange(row, operands);
  const types = flipped ? [operands[1], operands[0]] : operands;
  const kind = isOperand(types[0], 'U') ? 'U' : 'S';
  if (kind === 'S' && spec.textOnly) return null;
  for (let i = 0; i < types.length; i++) if (spec.ins[i] === 't' && !isOperand(types[i], kind)) return null;
  const multiply = row.name === 'multiply';
  const count = defaultOf(types[1] ?? types[0]);
  if (multiply && count.kind !== 'i' && count.kind !== 'u') return null;
  const ins = types.map((t, i) => (spec.ins[i] === 't' ? (t as DType) : int64));
  if (!multiply)
    for (let i = 0; i < types.length; i++)
      if (spec.ins[i] === 'i' && !canCast(defaultOf(types[i]), int64, casting))
        throw new UFuncInputCastingError(
          `Cannot cast ufunc '${row.name}' input ${i} from ${defaultOf(types[i]).repr()} to dtype('int64') with casting rule '${casting}'`,
        );
  let outs: DType[];
  switch (spec.out) {
    case 'bool':
      outs = [bool];
      break;
    case 'int':
      outs = [int64];
      break;
    case 'first':
      outs = [ins[0]];
      break;
    case 'sum':
      outs = [sized(kind, lengthIn(ins[0]) + lengthIn(ins[1]))];
      break;
    default: {
      const asked = given ?? [];
      const number = asked.find((d) => d !== null && isNumber(d));
      if (number !== undefined && number !== null) checkOutput(row, 0, sized(kind, textWidth(number)), number, casting);
      if (asked.length < row.nout || asked.some((d) => d === null || d.kind !== kind)) {
        throw new TypeError(
          `The 'out' kwarg is necessary when using the string ${row.name.replace(/^_/, '')} ufunc directly. Use numpy.strings.${row.name.replace(/^_/, '')} to ${row.name.replace(/^_/, '')} strings without specifying 'out'.`,
        );
      }
      outs = asked as DType[];
    }
  }
  const f = adapted(spec, kind);
  const each = flipped ? (a: unknown, b: unknown): unknown => f(b, a) : f;
  const list = flipped ? [ins[1], ins[0]] : ins;
  return { text: text(row.name, list, outs), ins: list, outs, each, points: OF_POINTS[row.name] };
}

export const textLoop: FamilyLoop = (row, operands, want, casting, given = null) => {
  if (want?.some((d) => d !== null && isText(d) && d.itemsize > 0))
    throw new TypeError(
      'The `dtype` and `signature` arguments to ufuncs only select the general DType and not details such as the byte order or time unit. You can avoid this error by using the scalar types `np.float64` or the dtype string notation.',
    );
  const logical = LOGICAL[row.name];
  if (logical !== undefined)
    return {
      text: `${row.name}:text`,
      ins: [bool, bool],
      outs: [bool],
      each: logical,
      identity: row.identity ?? undefined,
    };
  const test = COMPARISONS[row.name];
  if (test !== undefined) {
    const asked = want?.[0] ?? want?.[1] ?? null;
    const kind = isOperand(asked ?? operands[0], 'U') ? 'U' : 'S';
    // Text is read as bytes, or bytes as text, only where that is asked for without a rule of casting.
    const fits = (t: OperandType): t is DType =>
      isOperand(t, kind) || (asked !== null && casting === 'unsafe' && typeof t === 'object' && isText(t));
    if (!operands.every(fits)) throw missing(row, operands);
    const ins = operands.map((d) => (d.kind === kind ? d : sized(kind, lengthIn(d))));
    const compare: (a: any, b: any) => number = kind === 'U' ? compareText : compareBytes;
    return {
      text: text(row.name, ins, [bool]),
      ins,
      outs: [bool],
      each: (a, b) => test(compare(a, b)),
      points:
        row.name === 'equal'
          ? (a, b) => (samePoints(a, b) ? 1 : 0)
          : row.name === 'not_equal'
            ? (a, b) => (samePoints(a, b) ? 0 : 1)
            : (a, b) => (test(comparePoints(a, b)) ? 1 : 0),
    };
  }
  const spec = TABLE.get(row.name);
  const loop = spec === undefined ? null : tableLoop(row, spec, operands, casting, given);
  if (loop === null) throw missing(row, operands);
  return loop;
};
