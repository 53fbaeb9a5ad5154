import { beStrict, compare, differing, isArray } from './compare.js';
import { objects, SIZES } from './dtypes.js';
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

export const TYPED: Record<string, any> = {
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
  if (f === 'call') return args[0](...args.slice(1), ...kw);
  if (f[0] === '.') {
    const member = args[0][f.slice(1)];
    if (member === undefined) throw new Missing(f);
    if (typeof member !== 'function') return member;
    const r = member.apply(args[0], [...args.slice(1), ...kw]);
    return SILENT.has(f) ? args[0] : step.r === undefined ? r : args[step.r];
  }
  const { owner, target } = memberOf(np, f);
  if (typeof target !== 'function') throw new Missing(f);
  const r = target.apply(owner, [...args, ...kw]);
  return step.r === undefined ? r : args[step.r];
}

/** Values in memory that lies as another array's. */
function alike(np: any, like: any, values: any): any {
  const out = np.empty_like(like);
  out.set(['...'], values);
  return out;
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
  beStrict(options.owndata === true);
  const env: any[] = [];
  /** Places of values whose memory order is left open. */
  const loose = new Set<number>();
  let later: Finding | null = null;
  let ended = false;
  for (let i = 0; i < program.length; i++) {
    const item = program[i];
    if (item.f === undefined) {
      env.push(make(np, item, options.wrapped));
      continue;
    }
    const want = answers[i];
    let got: any;
    const open =
      OPEN_ORDER.has(item.f) ||
      item.f.startsWith('np.linalg.') ||
      (item.f === 'np.where' && item.a.length === 1) ||
      refersTo(item, (v) => loose.has(v));
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
        // What comes after a polynomial that differs in its last places would differ by more.
        ended ||= a === null;
        // Later steps go on with NumPy's own values; memory that others see is written.
        if (a === null) return;
        if (
          OPERATORS.has(item.f) ||
          SILENT.has(item.f) ||
          item.f === 'setitem' ||
          item.r !== undefined ||
          item.k?.out !== undefined
        )
          got.set(['...'], a);
        else got = isArray(got) ? alike(np, got, a) : a;
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
    if (ended) return later;
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
