import { numberToHalf, halfToNumber } from '../../../src/core/device/access.js';
import { isFloat, isWide, type ScalarType } from '../../../src/core/dtype.js';
import type { Expr, Loop } from '../../../src/core/ir/expr.js';

/**
 * Turns scalar expressions into one JavaScript function, so that thousands of values go through in a moment. It covers the
 * part of the basis that src/core/math uses; meaning.test.ts checks it against src/core/ir/evaluate.ts.
 */

type Value = number | bigint;
export type Compiled = (args: readonly Value[]) => Value[];

const view = new DataView(new ArrayBuffer(8));
const NAMES: { readonly [T in ScalarType]?: string } = {
  float32: 'Float32',
  float64: 'Float64',
  int32: 'Int32',
  uint32: 'Uint32',
  int64: 'BigInt64',
  uint64: 'BigUint64',
};

const runtime = {
  view,
  halfToNumber,
  numberToHalf,
  copysign: (a: number, b: number): number => (isNegative(b) ? -Math.abs(a) : Math.abs(a)),
  rint: (x: number): number => {
    const r = Math.abs(x) < 2 ** 52 ? Math.abs(x) + 2 ** 52 - 2 ** 52 : Math.abs(x);
    return isNegative(x) ? -r : r;
  },
  int64: (x: number): bigint => (x >= -(2 ** 63) && x < 2 ** 63 ? BigInt(Math.trunc(x)) : -(1n << 63n)),
};

function isNegative(x: number): boolean {
  view.setFloat64(0, x);
  return view.getUint8(0) > 127;
}

/** Code that brings the code of a result into its type. */
function intoType(t: ScalarType, code: string): string {
  switch (t) {
    case 'float64':
      return code;
    case 'float32':
      return `Math.fround(${code})`;
    case 'float16':
      return `R.halfToNumber(R.numberToHalf(${code}))`;
    case 'int64':
      return `BigInt.asIntN(64,${code})`;
    case 'uint64':
      return `BigInt.asUintN(64,${code})`;
    case 'int32':
      return `(${code})|0`;
    case 'uint32':
      return `(${code})>>>0`;
    case 'int16':
    case 'int8':
      return `((${code})<<${t === 'int8' ? 24 : 16})>>${t === 'int8' ? 24 : 16}`;
    case 'uint16':
    case 'uint8':
      return `(${code})&${t === 'uint8' ? 255 : 65535}`;
    case 'bool':
      return `(${code})?1:0`;
  }
}

const literal = (e: Expr): string =>
  typeof e.value === 'bigint' ? `(${e.value}n)` : Object.is(e.value, -0) ? '(-0)' : `(${e.value})`;
const INFIX: Record<string, string> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  and: '&',
  or: '|',
  xor: '^',
  eq: '===',
  ne: '!==',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};
const BITS: Record<string, number> = {
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
};

function cast(x: string, from: ScalarType, to: ScalarType): string {
  if (to === 'bool') return `${x}?1:${x}!==${x}?1:0`;
  if (isWide(to)) return intoType(to, isFloat(from) ? `R.int64(${x})` : isWide(from) ? x : `BigInt(${x})`);
  if (isFloat(to)) return intoType(to, isWide(from) ? `Number(${x})` : x);
  if (isFloat(from)) return intoType(to, `Number(BigInt.asIntN(32,R.int64(${x})))`);
  return intoType(to, isWide(from) ? `Number(BigInt.asIntN(32,${x}))` : x);
}

/** A function from the values of all parts of all operands, in order, to the results. */
export function compile(outputs: readonly Expr[], slot: (index: number, part: number) => number): Compiled {
  const tables: Float64Array[] = [];
  let count = 0;
  type Scope = { names: Map<Expr, string>; up: Scope | null; loops: Map<Loop, number>; code: string[] };
  const visit = (e: Expr, scope: Scope): string => {
    for (let s: Scope | null = scope; s; s = s.up) {
      const known = s.names.get(e);
      if (known) return known;
    }
    const name = emit(e, scope);
    scope.names.set(e, name);
    return name;
  };
  const emit = (e: Expr, scope: Scope): string => {
    const t = e.type;
    if (e.op === 'const') return literal(e);
    if (e.op === 'arg') return `a[${slot(e.index, e.part)}]`;
    const x = e.args.map((p) => visit(p, scope));
    const from = e.args[0]?.type ?? t;
    const define = (code: string): string => {
      const name = `v${count++}`;
      scope.code.push(`const ${name}=${code};`);
      return name;
    };
    if (e.op === 'loop') {
      const l = e.loop as Loop;
      let id = scope.loops.get(l);
      if (id === undefined) {
        id = count++;
        scope.loops.set(l, id);
        const inner: Scope = {
          names: new Map(l.states.map((s, i) => [s, `s${id}_${i}`])),
          up: scope,
          loops: new Map(),
          code: [],
        };
        const cond = visit(l.cond, inner);
        inner.code.push(`if(!${cond})break;`);
        const next = l.next.map((n) => visit(n, inner));
        scope.code.push(
          x.map((init, i) => `let s${id}_${i}=${init};`).join(''),
          'for(;;){',
          ...inner.code,
          `[${l.states.map((_, i) => `s${id}_${i}`)}]=[${next}];`,
          '}',
        );
      }
      return `s${id}_${e.index}`;
    }
    if (e.op in INFIX) {
      if (e.op === 'mul' && (t === 'int32' || t === 'uint32')) return define(intoType(t, `Math.imul(${x[0]},${x[1]})`));
      return define(intoType(t, `${x[0]}${INFIX[e.op]}${x[1]}`));
    }
    const shift = isWide(t) ? `(BigInt.asUintN(64,${x[1]})%64n)` : `(${x[1]}&${BITS[t] - 1})`;
    switch (e.op) {
      case 'neg':
        return define(intoType(t, `-${x[0]}`));
      case 'abs':
        return define(isFloat(t) ? `Math.abs(${x[0]})` : intoType(t, `${x[0]}<0?-${x[0]}:${x[0]}`));
      case 'sqrt':
      case 'floor':
      case 'ceil':
      case 'trunc':
        return define(intoType(t, `Math.${e.op}(${x[0]})`));
      case 'rint':
        return define(`R.rint(${x[0]})`);
      case 'copysign':
        return define(`R.copysign(${x[0]},${x[1]})`);
      case 'not':
        return define(t === 'bool' ? `1-${x[0]}` : intoType(t, `~${x[0]}`));
      case 'select':
      case 'rare':
        return define(`${x[0]}?${x[1]}:${x[2]}`);
      case 'shl':
        return define(intoType(t, `${x[0]}<<${shift}`));
      case 'shr':
        return define(intoType(t, `${x[0]}>>${t === 'uint32' ? '>' : ''}${shift}`));
      case 'quot':
      case 'rem': {
        const zero = isWide(t) ? '0n' : '0';
        const code = e.op === 'rem' ? `${x[0]}%${x[1]}` : isWide(t) ? `${x[0]}/${x[1]}` : `Math.trunc(${x[0]}/${x[1]})`;
        return define(`${x[1]}==0?${zero}:${intoType(t, code)}`);
      }
      case 'cast':
        return define(cast(x[0], from, t));
      case 'bitcast':
        scope.code.push(`R.view.set${NAMES[from]}(0,${x[0]});`);
        return define(`R.view.get${NAMES[t]}(0)`);
      case 'lookup': {
        const table = (e.table as { data: Float64Array }).data;
        if (!tables.includes(table)) tables.push(table);
        return define(`T[${tables.indexOf(table)}][${x[0]}]`);
      }
      default:
        throw new Error(`compile: ${e.op}`);
    }
  };
  const top: Scope = { names: new Map(), up: null, loops: new Map(), code: [] };
  const results = outputs.map((o) => visit(o, top));
  const body = `return a=>{${top.code.join('\n')}\nreturn [${results}];}`;
  return new Function('R', 'T', body)(runtime, tables) as Compiled;
}
