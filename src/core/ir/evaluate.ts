import { halfToNumber, numberToHalf } from '../device/access.js';
import { isFloat, isUnsigned, isWide, type ScalarType } from '../dtype.js';
import type { Expr, ScalarOp } from './expr.js';

/**
 * The meaning of the basis, as code. A value is a number, or a bigint for the 64-bit integers; bool is 0 or 1; float32
 * and float16 are numbers that are already rounded. Speed does not matter here, being obvious does.
 *
 * Casts from floats to integers are those of the x86-64 instructions that NumPy's C code compiles to:
 * - to int32: truncation; NaN and what is out of range give -2^31;
 * - to int8, uint8, int16, uint16: the low bits of the cast to int32;
 * - to int64: truncation; NaN and what is out of range give -2^63;
 * - to uint32: the low bits of the cast to int64;
 * - to uint64: below 2^63 (and for NaN) the bits of the cast to int64; from there on those of the cast of x - 2^63, with the
 *   top bit changed;
 * - to bool: x != 0, so that NaN is true.
 * Casts among integers keep the low bits. Casts to floats round once, to nearest even.
 */
export type Value = number | bigint;

/** What the leaves of an expression stand for. */
export interface Env {
  arg?(index: number, part: number): Value;
  position?: bigint;
  acc?: readonly Value[];
  val?: readonly Value[];
}

const BITS: { readonly [T in ScalarType]: number } = {
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

export const bitsOf = (t: ScalarType): number => BITS[t];

/** The nearest float16 of a number, as a number. */
export const roundHalf = (x: number): number => halfToNumber(numberToHalf(x));

/** Brings a result into its type: wraps integers, rounds floats. */
function fit(t: ScalarType, x: Value): Value {
  switch (t) {
    case 'bool':
      return x ? 1 : 0;
    case 'int8':
      return (Number(x) << 24) >> 24;
    case 'uint8':
      return Number(x) & 0xff;
    case 'int16':
      return (Number(x) << 16) >> 16;
    case 'uint16':
      return Number(x) & 0xffff;
    case 'int32':
      return Number(x) | 0;
    case 'uint32':
      return Number(x) >>> 0;
    case 'int64':
      return BigInt.asIntN(64, x as bigint);
    case 'uint64':
      return BigInt.asUintN(64, x as bigint);
    case 'float16':
      return roundHalf(x as number);
    case 'float32':
      return Math.fround(x as number);
    case 'float64':
      return x;
  }
}

/** A literal as a value of its type. */
export const fitValue = (t: ScalarType, x: Value): Value => fit(t, isWide(t) ? BigInt(x) : Number(x));

const scratch = new DataView(new ArrayBuffer(8));

function isNegative(x: number): boolean {
  scratch.setFloat64(0, x);
  return scratch.getUint8(0) > 127;
}

function signed(magnitude: number, negative: boolean): number {
  scratch.setFloat64(0, magnitude);
  scratch.setUint8(0, (scratch.getUint8(0) & 0x7f) | (negative ? 0x80 : 0));
  return scratch.getFloat64(0);
}

function roundToEven(x: number): number {
  const f = Math.floor(x);
  const d = x - f;
  const r = d < 0.5 || (d === 0.5 && f % 2 === 0) ? f : f + 1;
  return r === 0 ? signed(0, isNegative(x)) : r;
}

/** A 64-bit integer as the nearest float32. Going through float64 would round twice; a sticky last bit prevents that. */
function wideToFloat32(x: bigint): number {
  const m = x < 0n ? -x : x;
  if (m < 1n << 53n) return Math.fround(Number(x));
  const r = Math.fround(Number((m >> 11n) | ((m & 2047n) !== 0n ? 1n : 0n))) * 2048;
  return x < 0n ? -r : r;
}

const toInt32 = (x: number): number => (x > -2147483649 && x < 2147483648 ? Math.trunc(x) | 0 : -2147483648);
const toInt64 = (x: number): bigint => (x >= -(2 ** 63) && x < 2 ** 63 ? BigInt(Math.trunc(x)) : -(1n << 63n));

/** A C cast, as NumPy makes it on x86-64. */
export function castValue(x: Value, from: ScalarType, to: ScalarType): Value {
  if (to === 'bool') return x ? 1 : Number.isNaN(x) ? 1 : 0;
  if (isFloat(from)) {
    const f = x as number;
    switch (to) {
      case 'int8':
      case 'uint8':
      case 'int16':
      case 'uint16':
      case 'int32':
        return fit(to, toInt32(f));
      case 'uint32':
        return Number(BigInt.asUintN(32, toInt64(f)));
      case 'int64':
        return toInt64(f);
      case 'uint64':
        return f >= 2 ** 63 ? BigInt.asUintN(64, toInt64(f - 2 ** 63) ^ (1n << 63n)) : BigInt.asUintN(64, toInt64(f));
      default:
        return fit(to, f);
    }
  }
  if (isFloat(to)) {
    if (!isWide(from) || to === 'float64') return fit(to, Number(x));
    return fit(to, wideToFloat32(x as bigint));
  }
  if (isWide(to)) return fit(to, BigInt(x));
  return isWide(from) ? fit(to, Number(BigInt.asIntN(32, x as bigint))) : fit(to, x);
}

function bitcastValue(x: Value, from: ScalarType, to: ScalarType): Value {
  const write: { [T in ScalarType]?: () => void } = {
    float32: () => scratch.setFloat32(0, x as number),
    float64: () => scratch.setFloat64(0, x as number),
    int32: () => scratch.setInt32(0, x as number),
    uint32: () => scratch.setUint32(0, x as number),
    int64: () => scratch.setBigInt64(0, x as bigint),
    uint64: () => scratch.setBigUint64(0, x as bigint),
  };
  const read: { [T in ScalarType]?: () => Value } = {
    float32: () => scratch.getFloat32(0),
    float64: () => scratch.getFloat64(0),
    int32: () => scratch.getInt32(0),
    uint32: () => scratch.getUint32(0),
    int64: () => scratch.getBigInt64(0),
    uint64: () => scratch.getBigUint64(0),
  };
  write[from]?.();
  return read[to]?.() ?? x;
}

/** The bits of an integer as an unsigned bigint. */
const pattern = (t: ScalarType, x: Value): bigint => BigInt.asUintN(BITS[t], BigInt(x));

const wideOr = <F extends (a: any, b: any) => Value>(f: F) =>
  f as unknown as (a: Value, b: Value, t: ScalarType) => Value;

function popcount(x: bigint): number {
  let n = 0;
  for (let b = x; b > 0n; b &= b - 1n) n++;
  return n;
}

const float2 = (t: ScalarType, f: (x: number) => number, x: Value): Value => fit(t, f(x as number));

type Rule = (t: ScalarType, a: Value, b: Value, c: Value) => Value;

/** One line for each basis operation; `t` is the type of its operands (for select and rare, of the alternatives). */
const RULES: { readonly [N in Exclude<ScalarOp, 'cast' | 'bitcast' | 'lookup'>]: Rule } = {
  add: (t, a, b) => fit(t, wideOr((p, q) => p + q)(a, b, t)),
  sub: (t, a, b) => fit(t, wideOr((p, q) => p - q)(a, b, t)),
  mul: (t, a, b) =>
    t === 'int32' || t === 'uint32'
      ? fit(t, Math.imul(a as number, b as number))
      : fit(t, wideOr((p, q) => p * q)(a, b, t)),
  div: (t, a, b) => fit(t, (a as number) / (b as number)),
  neg: (t, a) => (isFloat(t) ? signed(Math.abs(a as number), !isNegative(a as number)) : fit(t, -a)),
  abs: (t, a) => (isFloat(t) ? signed(a as number, false) : a < 0 ? fit(t, -a) : a),
  sqrt: (t, a) => float2(t, Math.sqrt, a),
  floor: (t, a) => float2(t, Math.floor, a),
  ceil: (t, a) => float2(t, Math.ceil, a),
  trunc: (t, a) => float2(t, Math.trunc, a),
  rint: (t, a) => float2(t, roundToEven, a),
  min: (t, a, b) => (isFloat(t) ? Math.min(a as number, b as number) : a < b ? a : b),
  max: (t, a, b) => (isFloat(t) ? Math.max(a as number, b as number) : a > b ? a : b),
  copysign: (_, a, b) => signed(a as number, isNegative(b as number)),
  quot: (t, a, b) =>
    Number(b) === 0 ? b : fit(t, isWide(t) ? (a as bigint) / (b as bigint) : Math.trunc((a as number) / (b as number))),
  rem: (t, a, b) => (Number(b) === 0 ? b : fit(t, wideOr((p, q) => p % q)(a, b, t))),
  and: (t, a, b) => fit(t, wideOr((p, q) => p & q)(a, b, t)),
  or: (t, a, b) => fit(t, wideOr((p, q) => p | q)(a, b, t)),
  xor: (t, a, b) => fit(t, wideOr((p, q) => p ^ q)(a, b, t)),
  not: (t, a) => (t === 'bool' ? 1 - (a as number) : fit(t, ~a)),
  shl: (t, a, b) => {
    const r = BigInt(a) << (pattern(t, b) % BigInt(BITS[t]));
    return fit(t, isWide(t) ? r : Number(BigInt.asIntN(32, r)));
  },
  shr: (t, a, b) => {
    const r = BigInt(a) >> (pattern(t, b) % BigInt(BITS[t]));
    return isWide(t) ? r : Number(r);
  },
  clz: (t, a) => fit(t, like(t, BITS[t] - (pattern(t, a) === 0n ? 0 : pattern(t, a).toString(2).length))),
  popcnt: (t, a) => fit(t, like(t, popcount(pattern(t, a)))),
  eq: (_, a, b) => (a === b ? 1 : 0),
  ne: (_, a, b) => (a !== b ? 1 : 0),
  lt: (_, a, b) => (a < b ? 1 : 0),
  le: (_, a, b) => (a <= b ? 1 : 0),
  gt: (_, a, b) => (a > b ? 1 : 0),
  ge: (_, a, b) => (a >= b ? 1 : 0),
  select: (_, c, a, b) => (c ? a : b),
  rare: (_, c, a, b) => (c ? a : b),
};

const like = (t: ScalarType, n: number): Value => (isWide(t) ? BigInt(n) : n);

/** One basis operation (other than lookup) on values. `from` is the type of the first operand, `to` that of the result. */
export function applyOp(
  op: Exclude<ScalarOp, 'lookup'>,
  from: ScalarType,
  to: ScalarType,
  args: readonly Value[],
): Value {
  if (op === 'cast') return castValue(args[0], from, to);
  if (op === 'bitcast') return bitcastValue(args[0], from, to);
  const r = RULES[op](from, args[0], args[1], args[2]);
  // Unsigned results that came through 32-bit JavaScript operators.
  return to === 'uint32' && isUnsigned(to) && typeof r === 'number' ? r >>> 0 : r;
}

type Step = (env: Env, slots: Value[]) => void;

/** Nodes in an order in which operands come first, those inside of loops included; `depends` on no state of `loop` unless asked. */
class Plan {
  readonly slot = new Map<Expr, number>();
  count = 0;

  steps(roots: readonly Expr[]): Step[] {
    const out: Step[] = [];
    const visit = (e: Expr): void => {
      if (this.slot.has(e)) return;
      if (e.op === 'loop') {
        out.push(this.loop(e, visit));
        return;
      }
      for (const a of e.args) visit(a);
      const at = this.count++;
      this.slot.set(e, at);
      out.push(this.step(e, at));
    };
    for (const r of roots) visit(r);
    return out;
  }

  private step(e: Expr, at: number): Step {
    const a = e.args.map((x) => this.slot.get(x) as number);
    const { op, index, part, value } = e;
    switch (op) {
      case 'arg':
        return (env, s) => {
          s[at] = env.arg?.(index, part) ?? 0;
        };
      case 'const': {
        const fitted = fitValue(e.type, value);
        return (_, s) => {
          s[at] = fitted;
        };
      }
      case 'position':
        return (env, s) => {
          s[at] = env.position ?? 0n;
        };
      case 'acc':
        return (env, s) => {
          s[at] = env.acc?.[index] ?? 0;
        };
      case 'val':
        return (env, s) => {
          s[at] = env.val?.[index] ?? 0;
        };
      case 'state':
      case 'loop':
        throw new Error(`evaluate: ${op} outside of its loop`);
      case 'lookup': {
        const table = e.table?.data ?? new Float64Array(0);
        return (_, s) => {
          s[at] = table[s[a[0]] as number] ?? 0;
        };
      }
      default: {
        const from = op === 'select' || op === 'rare' ? e.type : e.args[0].type;
        return (_, s) => {
          s[at] = applyOp(
            op,
            from,
            e.type,
            a.map((k) => s[k]),
          );
        };
      }
    }
  }

  /** All results of a loop become known at once, whichever is asked for first. */
  private loop(e: Expr, visit: (e: Expr) => void): Step {
    const l = e.loop!;
    for (const init of e.args) visit(init);
    const inits = e.args.map((x) => this.slot.get(x) as number);
    const states = l.states.map((s) => {
      const at = this.count++;
      this.slot.set(s, at);
      return at;
    });
    // Body nodes get slots of their own here and are forgotten afterwards: outside they mean nothing.
    const before = new Map(this.slot);
    const body = this.steps([l.cond, ...l.next]);
    const cond = this.slot.get(l.cond) as number;
    const next = l.next.map((x) => this.slot.get(x) as number);
    this.slot.clear();
    for (const [k, v] of before) this.slot.set(k, v);
    const at = this.count++;
    this.slot.set(e, at);
    const which = e.index;
    return (env, s) => {
      states.forEach((k, i) => {
        s[k] = s[inits[i]];
      });
      for (;;) {
        for (const step of body) step(env, s);
        if (!s[cond]) break;
        const values = next.map((k) => s[k]);
        states.forEach((k, i) => {
          s[k] = values[i];
        });
      }
      s[at] = s[states[which]];
    };
  }
}

/** Makes a function that computes the expressions in an environment. The same function may be called any number of times. */
export function evaluator(roots: readonly Expr[]): (env: Env) => Value[] {
  const plan = new Plan();
  const steps = plan.steps(roots);
  const result = roots.map((r) => plan.slot.get(r) as number);
  const slots: Value[] = new Array(plan.count).fill(0);
  return (env) => {
    for (const s of steps) s(env, slots);
    return result.map((k) => slots[k]);
  };
}

/** The value of one expression. */
export function evaluate(e: Expr, env: Env = {}): Value {
  return evaluator([e])(env)[0];
}
