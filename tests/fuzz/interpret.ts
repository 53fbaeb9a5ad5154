import { codeOf, differingObjects, fromHalf, nativeNumbers, objects, SIZES } from './dtypes.js';
import { OPEN_ORDER, spoken } from './open.js';

/**
 * Runs the programs that oracle.py describes on this library and compares every answer with NumPy's.
 *
 * A finding has a class, the gravest first: crash (an error of JavaScript itself), value, state (memory changed that should not
 * have), dtype, shape, error (an error on one side only, or of another name), order, text, strides, message.
 */

export interface Finding {
  readonly class: string;
  readonly text: string;
  /** Place of the step in the program. */
  readonly at: number;
}

export interface Options {
  /** Arrays are made over typed arrays of the caller. */
  readonly wrapped?: boolean;
  /** Classes to pass over. */
  readonly soft?: ReadonlySet<string>;
  /** Whether `owndata` has to agree, which in NumPy tells of views inside of its functions. */
  readonly owndata?: boolean;
}

export const CLASSES: readonly string[] = [
  'crash',
  'value',
  'state',
  'dtype',
  'shape',
  'error',
  'order',
  'text',
  'strides',
  'flags',
  'message',
];

const TYPED: Record<string, any> = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
};
export const OPERATORS: ReadonlySet<string> = new Set([
  'iadd',
  'isub',
  'imul',
  'idiv',
  'ifloordiv',
  'imod',
  'ipow',
  'iand',
  'ior',
  'ixor',
  'ilshift',
  'irshift',
]);
/** Methods that work in place and give nothing back. */
const SILENT = new Set(['.sort', '.partition', '.fill', '.put']);

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function needed(shape: readonly number[], layout: string): number {
  const n = product(shape);
  if (layout === 'step' || layout === 'step0') return 2 * n;
  if (layout === 'off') return n + 3;
  if (layout === 'bcast') return product(shape.slice(1));
  if (layout === 'bcastl') return product(shape.slice(0, -1));
  return n;
}

export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

/** An array in C order from its bytes; `wrapped`: over a typed array of the caller where the dtype has one. */
export function fromBytes(np: any, bytes: Uint8Array, dtype: string, shape: readonly number[], wrapped = false): any {
  if (product(shape) === 0) return np.zeros([...shape], dtype);
  if (wrapped && TYPED[dtype]) return np.asarray(new TYPED[dtype](bytes.slice().buffer)).reshape([...shape]);
  return np
    .frombuffer(bytes.slice(), dtype)
    .copy()
    .reshape([...shape]);
}

export function make(np: any, spec: any, wrapped = false): any {
  const size = SIZES[spec.d] ?? spec.i;
  let bytes = bytesOf(spec.b ?? '');
  let list: unknown[] = spec.o;
  const { s: shape, l: layout }: { s: number[]; l: string } = spec;
  const n = needed(shape, layout);
  if (spec.n !== undefined && list)
    list = Array.from({ length: n }, (_, i) => spec.o[(i * 7 + Math.floor(i / 5)) % spec.o.length]);
  else if (spec.n !== undefined) {
    const count = bytes.length / size;
    const all = new Uint8Array(n * size);
    for (let i = 0; i < n; i++) {
      const from = (i * 7 + Math.floor(i / 5)) % count;
      all.set(bytes.subarray(from * size, from * size + size), i * size);
    }
    bytes = all;
  }
  const raw = (s: readonly number[]): any => (list ? objects(np, list, s) : fromBytes(np, bytes, spec.d, s, wrapped));
  switch (layout) {
    case 'F':
      return raw([...shape].reverse()).T;
    case 'P':
      return raw([...shape.slice(0, -2), shape[shape.length - 1], shape[shape.length - 2]]).swapaxes(-1, -2);
    case 'rev':
      return raw(shape).at(...shape.map(() => '::-1'));
    case 'rev1':
      return raw(shape).at('...', '::-1');
    case 'step':
      return raw([...shape.slice(0, -1), 2 * shape[shape.length - 1]]).at('...', '::2');
    case 'step0':
      return raw([2 * shape[0], ...shape.slice(1)]).at('1::2');
    case 'bcast':
      return np.broadcast_to(raw([1, ...shape.slice(1)]), [...shape]);
    case 'bcastl':
      return np.broadcast_to(raw([...shape.slice(0, -1), 1]), [...shape]);
    case 'off':
      return raw([n])
        .at('3:')
        .reshape([...shape]);
    default:
      return raw(shape);
  }
}

function decode(np: any, x: any, env: readonly any[]): any {
  if (Array.isArray(x)) return x.map((e: unknown) => decode(np, e, env));
  if (typeof x !== 'object' || x === null) return x;
  if (x.v !== undefined) return x.j === undefined ? env[x.v] : env[x.v][x.j];
  if (x.t !== undefined) return x.t.map((e: unknown) => decode(np, e, env));
  if (x.n !== undefined) return x.n === 'nan' ? Number.NaN : x.n === 'inf' ? Infinity : -Infinity;
  if (x.i !== undefined) return BigInt(x.i);
  if (x.c !== undefined) return np.complex(decode(np, x.c[0], env), decode(np, x.c[1], env));
  if (x.s !== undefined) return np.slice(...x.s);
  if (x.e !== undefined) return '...';
  if (x.fn !== undefined) return memberOf(np, x.fn).target;
  throw new Error(`no such argument: ${JSON.stringify(x)}`);
}

/** What `np.a.b` names, and what it is a member of. */
function memberOf(np: any, name: string): { owner: any; target: any } {
  let owner: any = null;
  let target: any = np;
  for (const part of name.split('.').slice(1)) {
    owner = target;
    target = target?.[part];
  }
  return { owner, target };
}

class Missing extends Error {}

function perform(np: any, step: any, env: readonly any[]): any {
  const f: string = step.f;
  const args = step.a.map((a: unknown) => decode(np, a, env));
  const given = Object.entries(step.k ?? {});
  const kw = given.length === 0 ? [] : [Object.fromEntries(given.map(([k, v]) => [k, decode(np, v, env)]))];
  if (f === 'getitem') return args[0].at(...args[1]);
  if (f === 'setitem') {
    args[0].set(args[1], args[2]);
    return args[0];
  }
  if (OPERATORS.has(f)) {
    args[0][f](args[1]);
    return args[0];
  }
  if (f[0] === '.') {
    const member = args[0][f.slice(1)];
    if (member === undefined) throw new Missing(f);
    if (typeof member !== 'function') return member;
    const r = member.apply(args[0], [...args.slice(1), ...kw]);
    return SILENT.has(f) ? args[0] : r;
  }
  const { owner, target } = memberOf(np, f);
  if (typeof target !== 'function') throw new Missing(f);
  const r = target.apply(owner, [...args, ...kw]);
  return step.r === undefined ? r : args[step.r];
}

// ---- comparison ------------------------------------------------------------------------------------------------------

export const PART: Record<string, string> = { complex64: 'float32', complex128: 'float64' };
const EPS: Record<string, number> = { float16: 2 ** -10, float32: 2 ** -23, float64: 2 ** -52 };
const TINY: Record<string, number> = { float16: 2 ** -24, float32: 2 ** -149, float64: 2 ** -1074 };
const GREATEST: Record<string, number> = { float16: 65504, float32: 3.4e38, float64: 1.7e308 };

/** The components of elements: numbers, or bigints for 64-bit integers; a complex element is two numbers. */
export function components(part: string, bytes: Uint8Array): any {
  const b = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (part === 'float16') return Array.from(new Uint16Array(b.buffer, b.byteOffset, b.length / 2), fromHalf);
  const T = part === 'bool' ? Uint8Array : TYPED[part];
  return new T(b.buffer, b.byteOffset, b.length / T.BYTES_PER_ELEMENT);
}

function ulpAt(x: number, part: string): number {
  const a = Math.abs(x);
  if (a === 0 || !Number.isFinite(a)) return TINY[part];
  const e = Math.floor(Math.log2(a));
  return Math.max(2 ** (2 ** e > a ? e - 1 : e) * EPS[part], TINY[part]);
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
export const text = (x: number | bigint): string =>
  typeof x === 'bigint' ? `${x}n` : Object.is(x, -0) ? '-0' : String(x);

/** Null where values agree as far as the step asks; `loose` tells whether bytes differ all the same. */
function differing(name: string, one: Uint8Array, other: Uint8Array, step: any): { problem: string | null } | null {
  const got = nativeNumbers(name, one)?.bytes ?? one;
  const { dtype, bytes: want } = nativeNumbers(name, other) ?? { dtype: name, bytes: other };
  if (got.length !== want.length) return { problem: `${got.length} bytes instead of ${want.length}` };
  if (sameBytes(got, want)) return null;
  const part = PART[dtype] ?? dtype;
  if (SIZES[dtype] === undefined) {
    const at = want.findIndex((b, i) => b !== got[i]);
    return { problem: `byte ${at} of ${want.length} is ${got[at]} instead of ${want[at]}` };
  }
  const g = components(part, got);
  const w = components(part, want);
  const paired = PART[dtype] !== undefined;
  const float = EPS[part] !== undefined;
  // A loop of narrow operands rounds as they do, whatever the output's dtype.
  const coarse = float && step.w !== undefined ? Math.max(1, EPS[step.w] / EPS[part]) : 1;
  const sum = float && step.m !== undefined ? 16 * coarse * EPS[part] * step.m : 0;
  let bad = 0;
  let first = '';
  for (let i = 0; i < w.length; i++) {
    const x = g[i];
    const y = w[i];
    if (Object.is(x, y) || (Number.isNaN(x) && Number.isNaN(y))) continue;
    if (x === y && (step.z || step.t)) continue;
    if (float && (step.t || step.m !== undefined)) {
      if (step.m !== undefined && step.m > GREATEST[part] / 1e6 && !(Number.isFinite(x) && Number.isFinite(y)))
        continue;
      const d = Math.abs(x - y);
      // A component that overflows says nothing of the other's size.
      const whole = paired && step.c ? Math.max(Math.abs(w[i & ~1]), Math.abs(w[i | 1])) : Math.abs(y);
      const scale = Number.isFinite(whole) ? whole : Math.abs(y);
      if (d <= sum || d <= (step.t ?? 0) * coarse * ulpAt(scale, part)) continue;
    }
    if (bad++ === 0)
      first = `[${paired ? `${i >> 1}${i & 1 ? '.imag' : '.real'}` : i}] is ${text(x)} instead of ${text(y)}`;
  }
  return bad > 0 ? { problem: `${first}${bad > 1 ? ` (${bad} of ${w.length} differ)` : ''}` } : { problem: null };
}

/** A number from an array of objects, in the bytes of the dtype that it has in NumPy. */
const objectBytes = (x: any): Uint8Array =>
  new Uint8Array((typeof x === 'object' ? Float64Array.of(x.re, x.im) : Float64Array.of(Number(x))).buffer);

const isArray = (x: any): boolean =>
  typeof x === 'object' && x !== null && typeof x.tobytes === 'function' && x.dtype !== undefined;
const finding = (cls: string, problem: string): Finding => ({ class: cls, text: problem, at: -1 });

function sameText(got: any, want: any): Finding | null {
  const str = String(got);
  if (str !== want.str) return finding('text', `str is\n${str}\ninstead of\n${want.str}`);
  const repr = got.repr();
  return repr === want.repr ? null : finding('text', `repr is\n${repr}\ninstead of\n${want.repr}`);
}

let strict = false;

/** Null, or a finding; `sync(array)` is called for arrays that agree but not in every bit. */
function compare(np: any, got: any, want: any, step: any, sync: (a: any) => void): Finding | null {
  if (want.l !== undefined) {
    if (got === null || typeof got !== 'object' || typeof got.length !== 'number' || isArray(got))
      return finding('shape', `${String(got)} instead of a tuple of ${want.l.length}`);
    if (got.length !== want.l.length) return finding('shape', `${got.length} results instead of ${want.l.length}`);
    for (let i = 0; i < want.l.length; i++) {
      const d = compare(np, got[i], want.l[i], step, (a) => {
        got[i] = a;
      });
      if (d !== null) return finding(d.class, `result ${i}: ${d.text}`);
    }
    return null;
  }
  if (want.t !== undefined)
    return codeOf(got?.dtype ?? got) === want.t ? null : finding('dtype', `${String(got)} instead of dtype ${want.t}`);
  if (want.i !== undefined) {
    const v = isArray(got) ? got.item({ bigint: true }) : got;
    return String(v) === want.i ? null : finding('value', `${String(v)} instead of ${want.i}`);
  }
  if (want.p !== undefined) {
    const v = isArray(got) && got.ndim === 0 ? got.item() : (got ?? null);
    return v === want.p ? null : finding('value', `${String(v)} instead of ${want.p}`);
  }
  if (want.by !== undefined) {
    const v = isArray(got) && got.ndim === 0 ? got.item() : got;
    return v instanceof Uint8Array && sameBytes(v, bytesOf(want.by)) ? null : finding('value', `${v} instead of bytes`);
  }
  if (!isArray(got)) {
    if (want.s.length === 0 && want.d === 'bool' && typeof got === 'boolean')
      return Number(got) === bytesOf(want.b)[0] ? null : finding('value', `${got}`);
    if (want.s.length === 0 && typeof got === 'number')
      return differing(want.d, new Uint8Array(Float64Array.of(got).buffer), bytesOf(want.b), step)?.problem
        ? finding('value', `${got} instead of ${want.str}`)
        : null;
    if (want.s.length === 0 && want.py && typeof got?.re === 'number')
      return differing(want.d, objectBytes(got), bytesOf(want.b), step)?.problem
        ? finding('value', `${got} instead of ${want.str}`)
        : null;
    return finding('shape', `${typeof got} ${String(got)} instead of an array of ${want.d}`);
  }
  // An element of an array of objects is that object.
  if (want.py && got.dtype.kind === 'O' && got.ndim === 0)
    return differing(want.d, objectBytes(got.item()), bytesOf(want.b), step)?.problem
      ? finding('value', `${got} instead of ${want.str}`)
      : null;
  const dtype = codeOf(got.dtype);
  if (dtype !== want.d) return finding('dtype', `dtype ${dtype} instead of ${want.d}`);
  if (String(got.shape) !== String(want.s)) return finding('shape', `shape (${got.shape}) instead of (${want.s})`);
  if (want.o !== undefined) {
    const problem = differingObjects(got, want.o);
    if (problem !== null) return finding('value', problem);
    return sameText(got, want);
  }
  const bytes = Uint8Array.from(got.tobytes());
  const wanted = bytesOf(want.b);
  if (!step.q) {
    const d = differing(want.d, bytes, wanted, step);
    if (d !== null && d.problem !== null && !want.any) return finding('value', d.problem);
    if (d !== null) {
      sync(fromBytes(np, wanted, want.d, want.s));
      return null;
    }
    // Zeros of the other sign and other NaNs have the same bytes by now.
    const other = sameText(got, want);
    if (other !== null) return other;
  } else if (!sameBytes(bytes, wanted)) sync(fromBytes(np, wanted, want.d, want.s));
  if (want.fl !== undefined && got.size > 0) {
    const f = got.flags;
    if (f.c_contiguous !== want.fl[0] || f.f_contiguous !== want.fl[1])
      return finding(
        'order',
        `contiguous C ${f.c_contiguous}, F ${f.f_contiguous} instead of ${want.fl[0]}, ${want.fl[1]} (strides ${got.strides} instead of ${want.st})`,
      );
    if (f.writeable !== want.fl[2] && step.f !== 'np.broadcast_arrays')
      return finding('order', `writeable ${f.writeable}`);
    if (
      String(got.strides.filter((_: number, i: number) => want.s[i] > 1)) !==
      String(want.st.filter((_: number, i: number) => want.s[i] > 1))
    )
      return finding('strides', `strides (${got.strides}) instead of (${want.st})`);
    if (strict && want.fl[3] !== undefined && f.owndata !== want.fl[3] && !step.q)
      return finding('flags', `owndata ${f.owndata}`);
  }
  return null;
}

/** What an error is called, and whether it is JavaScript's own. */
function errorOf(e: any): { own: boolean; name: string; message: string } {
  const own =
    e === null ||
    typeof e !== 'object' ||
    [TypeError, RangeError, ReferenceError, SyntaxError, Error].includes(e.constructor) ||
    e instanceof WebAssembly.RuntimeError;
  return { own, name: e?.name ?? typeof e, message: String(e?.message ?? e) };
}

const ALSO: Record<string, string> = {
  UFuncNoLoopError: 'UFuncTypeError',
  UFuncBinaryResolutionError: 'UFuncTypeError',
  UFuncInputCastingError: 'UFuncTypeError',
  UFuncOutputCastingError: 'UFuncTypeError',
  ArrayMemoryError: 'MemoryError',
};

/** Whether a step takes a value that `test` is true for, by its place. */
function refersTo(x: any, test: (v: number) => boolean): boolean {
  if (typeof x !== 'object' || x === null) return false;
  if (Array.isArray(x)) return x.some((e) => refersTo(e, test));
  if (x.v !== undefined) return test(x.v);
  return Object.values(x).some((e) => refersTo(e, test));
}

/**
 * Runs a program and compares: null when all agrees, else {class, text, at} with the place of the step.
 * @param record {p: program, a: answers, end: state or null}
 */
export function check(np: any, record: any, options: Options = {}): Finding | null {
  const { p: program, a: answers, end } = record;
  const soft: ReadonlySet<string> = options.soft ?? new Set();
  strict = options.owndata === true;
  const env: any[] = [];
  /** Places of values whose memory order is left open. */
  const loose = new Set<number>();
  let later: Finding | null = null;
  for (let i = 0; i < program.length; i++) {
    const item = program[i];
    if (item.f === undefined) {
      env.push(make(np, item, options.wrapped));
      continue;
    }
    const want = answers[i];
    let got: any;
    const open =
      OPEN_ORDER.has(item.f) || (item.f === 'np.where' && item.a.length === 1) || refersTo(item, (v) => loose.has(v));
    if (open) loose.add(i);
    if (refersTo(item, (v) => env[v] === null && answers[v].p !== null)) {
      env.push(null);
      continue;
    }
    try {
      got = perform(np, item, env);
    } catch (e: any) {
      if (e instanceof Missing) return { class: 'missing', text: e.message, at: i };
      const { own, name, message } = errorOf(e);
      if (own)
        return {
          class: 'crash',
          text: `${name}: ${message}\n${String(e?.stack).split('\n').slice(1, 4).join('\n')}`,
          at: i,
        };
      if (want.err === undefined) return { class: 'error', text: `throws ${name}: ${message}`, at: i };
      const names = [want.err, ALSO[want.err]];
      if (!names.includes(name))
        return { class: 'error', text: `throws ${name}: ${message}\ninstead of ${want.err}: ${want.msg}`, at: i };
      if (spoken(message, item.f) !== spoken(want.msg, item.f) && !soft.has('message'))
        later ??= { class: 'message', text: `says ${message}\ninstead of ${want.msg}`, at: i };
      env.push(null);
      continue;
    }
    if (want.err !== undefined)
      return {
        class: 'error',
        text: `gives ${isArray(got) ? got.repr().slice(0, 200) : String(got)}\ninstead of ${want.err}: ${want.msg}`,
        at: i,
      };
    let found: Finding | null;
    try {
      found = compare(np, got, want, item, (a) => {
        // Later steps go on with NumPy's own values; memory that others see is written.
        if (
          OPERATORS.has(item.f) ||
          SILENT.has(item.f) ||
          item.f === 'setitem' ||
          item.r !== undefined ||
          item.k?.out !== undefined
        )
          got.set(['...'], a);
        else
          got =
            isArray(got) && got.ndim > 1 && got.flags.f_contiguous && !got.flags.c_contiguous
              ? np.asfortranarray(a)
              : a;
      });
    } catch (e: any) {
      return {
        class: 'crash',
        text: `reading the result: ${e?.name}: ${e?.message}\n${String(e?.stack).split('\n').slice(1, 4).join('\n')}`,
        at: i,
      };
    }
    if (found !== null) {
      if (!['order', 'text', 'strides', 'flags'].includes(found.class)) return { ...found, at: i };
      const passed = soft.has(found.class) || (open && (found.class === 'order' || found.class === 'strides'));
      if (!passed) later ??= { ...found, at: i };
    }
    env.push(got);
  }
  if (later !== null) return later;
  if (end) {
    for (let i = 0; i < env.length; i++) {
      // Scalars are no views in NumPy, and members of tuples are compared where they are made.
      if (end[i] === null || answers[i].g || !isArray(env[i]) || program[i].q) continue;
      const d = differing(
        (answers[i].d ?? program[i].d) || env[i].dtype.name,
        Uint8Array.from(env[i].tobytes()),
        bytesOf(end[i]),
        { z: program[i].z, t: program[i].t },
      );
      if (d !== null && d.problem !== null && !answers[i].any)
        return { class: 'state', text: `at the end value ${i} has changed: ${d.problem}`, at: i };
    }
  }
  return null;
}
