import type { ScalarType } from '../../../dtype.js';
import { fitValue } from '../../../ir/evaluate.js';
import type { Expr, ScalarOp, Table } from '../../../ir/expr.js';

/**
 * The basis in WGSL: one line for each operation. Narrow integers are computed with in 32 bits and cut to size, 64-bit integers and float64 are
 * pairs of words that functions of the library work on, float16 is a float32 that is rounded.
 */

/** How values of a type are held: boolean, i32, u32, pairs that are signed, unsigned or float64, float16 in f32, f32. */
type Class = 'b' | 'i' | 'u' | 'I' | 'U' | 'D' | 'h' | 'f';
const CLASSES: { readonly [T in ScalarType]: Class } = {
  bool: 'b',
  int8: 'i',
  int16: 'i',
  int32: 'i',
  uint8: 'u',
  uint16: 'u',
  uint32: 'u',
  int64: 'I',
  uint64: 'U',
  float16: 'h',
  float32: 'f',
  float64: 'D',
};
export const classOf = (t: ScalarType): Class => CLASSES[t];
const HELD: { readonly [C in Class]: string } = {
  b: 'bool',
  i: 'i32',
  u: 'u32',
  I: 'vec2<u32>',
  U: 'vec2<u32>',
  D: 'vec2<u32>',
  h: 'f32',
  f: 'f32',
};
/** The type in WGSL that values of a type have. */
export const heldAs = (t: ScalarType): string => HELD[CLASSES[t]];

const hex = (u: number): string => `0x${(u >>> 0).toString(16)}u`;
const scratch = new DataView(new ArrayBuffer(8));
const pair = (lo: number, hi: number): string => `vec2<u32>(${hex(lo)}, ${hex(hi)})`;

/** A literal. */
export function literal(t: ScalarType, given: number | bigint): string {
  const v = fitValue(t, given);
  switch (CLASSES[t]) {
    case 'b':
      return v ? 'true' : 'false';
    case 'i':
      return v === -2147483648 ? `bitcast<i32>(${hex(0x80000000)})` : `${v}i`;
    case 'u':
      return `${v}u`;
    case 'I':
    case 'U':
      return pair(Number(BigInt.asUintN(32, v as bigint)), Number(BigInt.asUintN(32, (v as bigint) >> 32n)));
    case 'D':
      scratch.setFloat64(0, v as number);
      return pair(scratch.getUint32(4), scratch.getUint32(0));
    default:
      scratch.setFloat32(0, v as number);
      return `${Number.isFinite(v as number) ? 'bitcast<f32>' : 'nb_f'}(${hex(scratch.getUint32(0))})`;
  }
}

/** An expression over 32-bit integers, cut to the width of a type. */
export const cut = (t: ScalarType, e: string): string => {
  switch (t) {
    case 'int8':
      return `extractBits(${e}, 0u, 8u)`;
    case 'int16':
      return `extractBits(${e}, 0u, 16u)`;
    case 'uint8':
      return `(${e} & 0xffu)`;
    case 'uint16':
      return `(${e} & 0xffffu)`;
    case 'float16':
      return `nb_half(${e})`;
    default:
      return e;
  }
};
const WIDTH: { readonly [T in ScalarType]: number } = {
  bool: 1,
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
  float16: 16,
  float32: 32,
  float64: 64,
};

/** What an operation is in each class; where there is none, the basis has none either. */
type Forms = { readonly [C in Class]?: string };
/** `$0`, `$1`, … stand for operands. The result is cut to its type. */
const fill = (form: string, args: readonly string[]): string => form.replace(/\$(\d)/g, (_, i) => args[Number(i)]);

const same = (forms: Forms) => (from: ScalarType, to: ScalarType, args: readonly string[]) => {
  const form = forms[CLASSES[from]];
  if (form === undefined) throw new Error(`wgsl: no form for ${from}`);
  return cut(to, fill(form, args));
};
const infix = (op: string, I: string, D: string): Forms => ({
  i: `($0 ${op} $1)`,
  u: `($0 ${op} $1)`,
  f: `($0 ${op} $1)`,
  h: `($0 ${op} $1)`,
  I,
  U: I,
  D,
});
const floats = (f: string, D: string): Forms => ({ f, h: f, D });
const whole = (op: string): Forms => ({
  i: `($0 ${op} $1)`,
  u: `($0 ${op} $1)`,
  I: `($0 ${op} $1)`,
  U: `($0 ${op} $1)`,
});

/** A count of a shift: modulo the width, as words. */
const shiftBy =
  (t: ScalarType, form: (a: string, n: string) => Forms) =>
  (from: ScalarType, to: ScalarType, [a, b]: readonly string[]) => {
    const c = CLASSES[from];
    const n = c === 'I' || c === 'U' ? `${b}.x` : c === 'i' ? `bitcast<u32>(${b})` : b;
    void t;
    return cut(to, form(a, `(${n} & ${WIDTH[from] - 1}u)`)[c] as string);
  };

type Line = (from: ScalarType, to: ScalarType, args: readonly string[], table: Table | null) => string;

export const LINES: { readonly [N in ScalarOp]: Line } = {
  add: same(infix('+', 'nb_add64($0, $1)', 'nb_dadd($0, $1)')),
  sub: same(infix('-', 'nb_sub64($0, $1)', 'nb_dsub($0, $1)')),
  mul: same(infix('*', 'nb_mul64($0, $1)', 'nb_dmul($0, $1)')),
  div: same(floats('($0 / $1)', 'nb_ddiv($0, $1)')),
  neg: same({
    i: '(0i - $0)',
    u: '(0u - $0)',
    I: 'nb_neg64($0)',
    U: 'nb_neg64($0)',
    ...floats('nb_neg($0)', '($0 ^ vec2<u32>(0u, 0x80000000u))'),
  }),
  abs: same({
    i: 'select($0, 0i - $0, $0 < 0i)',
    u: '$0',
    I: 'nb_abs64($0)',
    U: '$0',
    ...floats('nb_abs($0)', '($0 & vec2<u32>(0xffffffffu, 0x7fffffffu))'),
  }),
  sqrt: same(floats('nb_sqrt($0)', 'nb_dsqrt($0)')),
  floor: same(floats('nb_floor($0)', 'nb_dfloor($0)')),
  ceil: same(floats('nb_ceil($0)', 'nb_dceil($0)')),
  trunc: same(floats('nb_trunc($0)', 'nb_dtrunc($0)')),
  rint: same(floats('nb_rint($0)', 'nb_drint($0)')),
  min: same({
    b: '($0 && $1)',
    i: 'min($0, $1)',
    u: 'min($0, $1)',
    I: 'select($1, $0, nb_lts64($0, $1))',
    U: 'select($1, $0, nb_ltu64($0, $1))',
    ...floats('nb_min($0, $1)', 'nb_dmin($0, $1)'),
  }),
  max: same({
    b: '($0 || $1)',
    i: 'max($0, $1)',
    u: 'max($0, $1)',
    I: 'select($0, $1, nb_lts64($0, $1))',
    U: 'select($0, $1, nb_ltu64($0, $1))',
    ...floats('nb_max($0, $1)', 'nb_dmax($0, $1)'),
  }),
  copysign: same(floats('nb_copysign($0, $1)', 'vec2<u32>($0.x, ($0.y & 0x7fffffffu) | ($1.y & 0x80000000u))')),
  quot: same({ i: 'nb_quot_i($0, $1)', u: 'nb_quot_u($0, $1)', I: 'nb_quots64($0, $1)', U: 'nb_divu64($0, $1).xy' }),
  rem: same({ i: 'nb_rem_i($0, $1)', u: 'nb_rem_u($0, $1)', I: 'nb_rems64($0, $1)', U: 'nb_divu64($0, $1).zw' }),
  and: same({ b: '($0 && $1)', ...whole('&') }),
  or: same({ b: '($0 || $1)', ...whole('|') }),
  xor: same({ b: '($0 != $1)', ...whole('^') }),
  not: same({ b: '(!$0)', i: '(~$0)', u: '(~$0)', I: '(~$0)', U: '(~$0)' }),
  shl: shiftBy('int32', (a, n) => ({
    i: `(${a} << ${n})`,
    u: `(${a} << ${n})`,
    I: `nb_shl64(${a}, ${n})`,
    U: `nb_shl64(${a}, ${n})`,
  })),
  shr: shiftBy('int32', (a, n) => ({
    i: `(${a} >> ${n})`,
    u: `(${a} >> ${n})`,
    I: `nb_shrs64(${a}, ${n})`,
    U: `nb_shru64(${a}, ${n})`,
  })),
  clz: (from, to, [a]) => {
    const c = CLASSES[from];
    if (c === 'I' || c === 'U') return `vec2<u32>(nb_clz64(${a}), 0u)`;
    const bits = c === 'i' ? `bitcast<u32>(${a})` : a;
    const n = WIDTH[from];
    const own = n === 32 ? bits : `(${bits} & ${2 ** n - 1}u)`;
    const count = `(countLeadingZeros(${own}) - ${32 - n}u)`;
    return cut(to, c === 'i' ? `bitcast<i32>${count}` : count);
  },
  popcnt: (from, to, [a]) => {
    const c = CLASSES[from];
    if (c === 'I' || c === 'U') return `vec2<u32>(countOneBits(${a}.x) + countOneBits(${a}.y), 0u)`;
    const n = WIDTH[from];
    const bits = c === 'i' ? `bitcast<u32>(${a})` : a;
    const count = `countOneBits(${n === 32 ? bits : `(${bits} & ${2 ** n - 1}u)`})`;
    return cut(to, c === 'i' ? `bitcast<i32>(${count})` : count);
  },
  eq: same({ b: '($0 == $1)', ...infix('==', 'nb_eq64($0, $1)', 'nb_deq($0, $1)') }),
  ne: (from, _, [a, b]) => {
    const c = CLASSES[from];
    // What compares a number with itself asks for NaN, which compilers take the liberty to think away.
    if ((c === 'f' || c === 'h') && a === b) return `nb_nan(${a})`;
    if (c === 'f' || c === 'h') return `(!(${a} == ${b}))`;
    if (c === 'D') return a === b ? `nb_dnan(${a})` : `(!nb_deq(${a}, ${b}))`;
    return c === 'I' || c === 'U' ? `(!nb_eq64(${a}, ${b}))` : `(${a} != ${b})`;
  },
  lt: same({
    b: '(!$0 && $1)',
    ...infix('<', 'nb_lts64($0, $1)', 'nb_dlt($0, $1)'),
    U: 'nb_ltu64($0, $1)',
  }),
  le: same({
    b: '(!$0 || $1)',
    ...infix('<=', '(!nb_lts64($1, $0))', '(nb_dlt($0, $1) || nb_deq($0, $1))'),
    U: '(!nb_ltu64($1, $0))',
  }),
  gt: same({
    b: '($0 && !$1)',
    ...infix('>', 'nb_lts64($1, $0)', 'nb_dlt($1, $0)'),
    U: 'nb_ltu64($1, $0)',
  }),
  ge: same({
    b: '($0 || !$1)',
    ...infix('>=', '(!nb_lts64($0, $1))', '(nb_dlt($1, $0) || nb_deq($0, $1))'),
    U: '(!nb_ltu64($0, $1))',
  }),
  select: (_f, _t, [c, a, b]) => `select(${b}, ${a}, ${c})`,
  rare: (_f, _t, [c, a, b]) => `select(${b}, ${a}, ${c})`,
  cast: (from, to, [a]) => castText(from, to, a),
  bitcast: (from, to, [a]) => {
    const held = heldAs(to);
    return heldAs(from) === held ? a : `bitcast<${held}>(${a})`;
  },
  lookup: (_f, _t, [i], table) => `${tableName(table as Table)}[${i}]`,
};

/** Casts by the classes of both types; narrow results are cut. */
function castText(from: ScalarType, to: ScalarType, a: string): string {
  const [f, t] = [CLASSES[from], CLASSES[to]];
  // Wide integers to 32 bits first.
  const low: Forms = {
    b: `select(0i, 1i, ${a})`,
    i: a,
    u: `bitcast<i32>(${a})`,
    I: `bitcast<i32>(${a}.x)`,
    U: `bitcast<i32>(${a}.x)`,
    f: `nb_f_i(${a})`,
    h: `nb_f_i(${a})`,
    D: `nb_d_i(${a})`,
  };
  const low32: Forms = {
    ...low,
    f: `bitcast<i32>(nb_f_i64(${a}).x)`,
    h: `bitcast<i32>(nb_f_i64(${a}).x)`,
    D: `bitcast<i32>(nb_d_i64(${a}).x)`,
  };
  const single: Forms = {
    b: `select(0.0, 1.0, ${a})`,
    i: `f32(${a})`,
    u: `f32(${a})`,
    I: `nb_i64_f(${a})`,
    U: `nb_u64_f(${a})`,
    f: a,
    h: a,
    D: `nb_d_f(${a})`,
  };
  const wide: Forms = {
    b: `vec2<u32>(select(0u, 1u, ${a}), 0u)`,
    i: `nb_i_64(${a})`,
    u: `vec2<u32>(${a}, 0u)`,
    I: a,
    U: a,
    f: `nb_f_i64(${a})`,
    h: `nb_f_i64(${a})`,
    D: `nb_d_i64(${a})`,
  };
  const forms: { readonly [C in Class]: Forms } = {
    b: {
      b: a,
      i: `(${a} != 0i)`,
      u: `(${a} != 0u)`,
      I: `((${a}.x | ${a}.y) != 0u)`,
      U: `((${a}.x | ${a}.y) != 0u)`,
      f: `((bitcast<u32>(${a}) & 0x7fffffffu) != 0u)`,
      h: `((bitcast<u32>(${a}) & 0x7fffffffu) != 0u)`,
      D: `((${a}.x | (${a}.y & 0x7fffffffu)) != 0u)`,
    },
    i: low,
    u: to === 'uint32' ? low32 : low,
    I: wide,
    U: { ...wide, f: `nb_f_u64(${a})`, h: `nb_f_u64(${a})`, D: `nb_d_u64(${a})` },
    f: single,
    h: single,
    D: {
      b: `nb_u64_d(vec2<u32>(select(0u, 1u, ${a}), 0u))`,
      i: `nb_i64_d(nb_i_64(${a}))`,
      u: `nb_u64_d(vec2<u32>(${a}, 0u))`,
      I: `nb_i64_d(${a})`,
      U: `nb_u64_d(${a})`,
      f: `nb_f_d(${a})`,
      h: `nb_f_d(${a})`,
      D: a,
    },
  };
  const text = forms[t][f] as string;
  return cut(to, t === 'u' ? `bitcast<u32>(${text})` : text);
}

/** Tables that lowered texts name, so that their text can be found. */
const tables = new Map<string, Table>();
export function tableName(t: Table): string {
  const name = `table_${t.name.replace(/\W/g, '_')}`;
  tables.set(name, t);
  return name;
}
/** The text of the tables that a text names. */
export function tablesFor(text: string): string {
  const names = new Set([...text.matchAll(/\btable_\w+/g)].map((m) => m[0]));
  return [...names]
    .map((name) => {
      const { data } = tables.get(name) as Table;
      const entries = Array.from(data, (x) => literal('float64', x)).join(', ');
      return `const ${name} = array<vec2<u32>, ${data.length}>(${entries});\n`;
    })
    .join('');
}

/** An expression with its operands' texts put in. */
export const lineOf = (e: Expr, args: readonly string[]): string =>
  LINES[e.op as ScalarOp](e.op === 'select' || e.op === 'rare' ? e.type : e.args[0].type, e.type, args, e.table);
