import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { np as namespace } from '../../src/index.js';

/**
 * Reads golden cases, makes their arrays in the layout that each case names, calls the function, and compares what comes
 * back with what NumPy answered. The encoding is described in gen/common.py.
 */

const np: any = namespace;

export type PoolEntry = readonly [dtype: string, shape: readonly number[], base64: string];
type Options = { readonly t?: number; readonly s?: number; readonly z?: number; readonly r?: number | string };
export type Case = readonly [
  f: string,
  args: readonly unknown[],
  kwargs: Record<string, unknown> | 0,
  result: unknown,
  options: Options | 0,
];
export interface Family {
  readonly numpy: string;
  readonly pool: readonly PoolEntry[];
  readonly cases: readonly Case[];
}

export const dataFolder: string = join(__dirname, 'data');

export function load(family: string): Family {
  const file = join(dataFolder, `${family}.json`);
  if (!existsSync(file)) throw new Error(`${file} is missing: npm run golden writes it`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

const SIZES: Record<string, number> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  float16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
  complex64: 8,
  complex128: 16,
};

const bytesOf = (e: PoolEntry): Uint8Array => Uint8Array.from(Buffer.from(e[2], 'base64'));
const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Copies elements so that place i of the result holds element `from(i)` of the source. */
function permute(bytes: Uint8Array, itemsize: number, count: number, from: (i: number) => number): Uint8Array {
  const out = new Uint8Array(count * itemsize);
  for (let i = 0; i < count; i++)
    out.set(bytes.subarray(from(i) * itemsize, from(i) * itemsize + itemsize), i * itemsize);
  return out;
}

const fromBytes = (bytes: Uint8Array, dtype: string, shape: readonly number[]): any =>
  product(shape) === 0
    ? np.zeros([...shape], dtype)
    : np
        .frombuffer(bytes, dtype)
        .copy()
        .reshape([...shape]);

/** An array with the given values (bytes in C order) whose memory has the named layout; built by calls on arrays, so views are views. */
export function arrayOf(entry: PoolEntry, layout = 'C'): any {
  const [dtype, shape] = entry;
  const bytes = bytesOf(entry);
  const n = product(shape);
  const size = SIZES[dtype];
  const nd = shape.length;
  if (layout === 'C' || nd === 0 || n === 0) return fromBytes(bytes, dtype, shape);
  if (layout === 'F' || (layout === 'P' && nd > 1)) {
    const axes = shape.map((_, i) => i);
    if (layout === 'F') axes.reverse();
    else [axes[nd - 1], axes[nd - 2]] = [axes[nd - 2], axes[nd - 1]];
    const stored = axes.map((a) => shape[a]);
    const strides = shape.map((_, i) => product(shape.slice(i + 1)));
    const source = (i: number): number => {
      let rest = i;
      let at = 0;
      for (let d = nd - 1; d >= 0; d--) {
        at += (rest % stored[d]) * strides[axes[d]];
        rest = Math.floor(rest / stored[d]);
      }
      return at;
    };
    // Both orders of axes are their own inverses.
    return fromBytes(permute(bytes, size, n, source), dtype, stored).transpose(axes);
  }
  if (layout === 'rev')
    return fromBytes(
      permute(bytes, size, n, (i) => n - 1 - i),
      dtype,
      shape,
    ).at(...shape.map(() => '::-1'));
  if (layout === 'step2') {
    const wide = [...shape.slice(0, -1), 2 * shape[nd - 1]];
    return fromBytes(
      permute(bytes, size, 2 * n, (i) => i >> 1),
      dtype,
      wide,
    ).at('...', '::2');
  }
  if (layout === 'bcast') {
    const first = [1, ...shape.slice(1)];
    return np.broadcast_to(fromBytes(bytes.slice(0, product(first) * size), dtype, first), [...shape]);
  }
  if (layout === 'off') {
    const longer = new Uint8Array(bytes.length + 3 * size);
    longer.set(bytes, 3 * size);
    return fromBytes(longer, dtype, [n + 3])
      .at('3:')
      .reshape([...shape]);
  }
  return fromBytes(bytes, dtype, shape);
}

type Encoded = {
  a?: number;
  l?: string;
  n?: string;
  i?: string;
  c?: [unknown, unknown];
  s?: [number, number, number];
  dt?: string;
  np?: string;
  e?: string;
  m?: string;
};

const special = (text: string): number =>
  text === 'nan' ? Number.NaN : text === 'inf' ? Infinity : text === '-inf' ? -Infinity : -0;

/** Where arrays of cases lie; other memory must not change any answer. */
let place = (a: any, _layout: string): any => a;
export function withPlacement<T>(f: (a: any, layout: string) => any, run: () => T): T {
  const before = place;
  place = f;
  try {
    return run();
  } finally {
    place = before;
  }
}

function decode(x: unknown, pool: readonly PoolEntry[]): unknown {
  if (Array.isArray(x)) return x.map((e) => decode(e, pool));
  if (typeof x !== 'object' || x === null) return x;
  const o = x as Encoded;
  if (o.a !== undefined) return place(arrayOf(pool[o.a], o.l), o.l ?? 'C');
  if (o.n !== undefined) return special(o.n);
  if (o.i !== undefined) return BigInt(o.i);
  if (o.c !== undefined) return np.complex(decode(o.c[0], pool), decode(o.c[1], pool));
  if (o.s !== undefined) return np.slice(o.s[0], o.s[1], o.s[2]);
  if (o.dt !== undefined) return np.dtype(o.dt);
  if (o.np !== undefined) return np[o.np];
  throw new Error(`cannot decode ${JSON.stringify(x)}`);
}

/** The same as JavaScript, for the one-line reproduction of a failure. */
function source(x: unknown, pool: readonly PoolEntry[]): string {
  if (Array.isArray(x)) return `[${x.map((e) => source(e, pool)).join(', ')}]`;
  if (typeof x !== 'object' || x === null) return JSON.stringify(x) ?? 'undefined';
  const o = x as Encoded;
  if (o.a !== undefined) {
    const [dtype, shape] = pool[o.a];
    const values = components(dtype, bytesOf(pool[o.a]));
    const few = values.length <= 24 ? `[${values.map(text).join(', ')}]` : `<pool ${o.a}: ${values.length} values>`;
    const made =
      shape.length === 1
        ? `np.array(${few}, '${dtype}')`
        : `np.array(${few}, '${dtype}').reshape(${JSON.stringify(shape)})`;
    return o.l && o.l !== 'C' ? `${made}/*${o.l}*/` : made;
  }
  if (o.n !== undefined) return o.n === 'nan' ? 'NaN' : o.n.replace('inf', 'Infinity');
  if (o.i !== undefined) return `${o.i}n`;
  if (o.c !== undefined) return `np.complex(${o.c.map((e) => source(e, pool)).join(', ')})`;
  if (o.s !== undefined) return `np.slice(${o.s.map((e) => String(e)).join(', ')})`;
  if (o.dt !== undefined) return `np.dtype('${o.dt}')`;
  return `np.${o.np}`;
}

export function reproduction(c: Case, pool: readonly PoolEntry[]): string {
  const [f, args, kwargs] = c;
  const texts = args.map((a) => source(a, pool));
  if (kwargs !== 0)
    texts.push(
      `{${Object.entries(kwargs)
        .map(([k, v]) => `${k}: ${source(v, pool)}`)
        .join(', ')}}`,
    );
  return f.startsWith('.') ? `${texts[0]}${f}(${texts.slice(1).join(', ')})` : `${f}(${texts.join(', ')})`;
}

const half = new DataView(new ArrayBuffer(4));
function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  half.setUint32(0, ((exponent + 112) << 23) | (fraction << 13));
  return sign * half.getFloat32(0);
}

/** The components of elements: numbers, or bigints for 64-bit integers; a complex element is two numbers. */
export function components(dtype: string, bytes: Uint8Array): (number | bigint)[] {
  const v = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const part = dtype === 'complex64' ? 'float32' : dtype === 'complex128' ? 'float64' : dtype;
  const size = SIZES[part];
  const out: (number | bigint)[] = [];
  for (let i = 0; i + size <= bytes.length; i += size) {
    switch (part) {
      case 'bool':
      case 'uint8':
        out.push(v.getUint8(i));
        break;
      case 'int8':
        out.push(v.getInt8(i));
        break;
      case 'int16':
        out.push(v.getInt16(i, true));
        break;
      case 'uint16':
        out.push(v.getUint16(i, true));
        break;
      case 'int32':
        out.push(v.getInt32(i, true));
        break;
      case 'uint32':
        out.push(v.getUint32(i, true));
        break;
      case 'int64':
        out.push(v.getBigInt64(i, true));
        break;
      case 'uint64':
        out.push(v.getBigUint64(i, true));
        break;
      case 'float16':
        out.push(fromHalf(v.getUint16(i, true)));
        break;
      case 'float32':
        out.push(v.getFloat32(i, true));
        break;
      default:
        out.push(v.getFloat64(i, true));
    }
  }
  return out;
}

const text = (x: number | bigint): string => (typeof x === 'bigint' ? `${x}n` : Object.is(x, -0) ? '-0' : String(x));
const EPS: Record<string, number> = {
  float16: 2 ** -10,
  float32: 2 ** -23,
  float64: 2 ** -52,
  complex64: 2 ** -23,
  complex128: 2 ** -52,
};
const TINY: Record<string, number> = {
  float16: 2 ** -24,
  float32: 2 ** -149,
  float64: 2 ** -1074,
  complex64: 2 ** -149,
  complex128: 2 ** -1074,
};

/** One ulp at x: the distance to the next number of that dtype. */
function ulpAt(x: number, dtype: string): number {
  const a = Math.abs(x);
  if (a === 0 || !Number.isFinite(a)) return TINY[dtype];
  const e = Math.floor(Math.log2(a));
  const power = 2 ** e > a ? e - 1 : e;
  return Math.max(2 ** power * EPS[dtype], TINY[dtype]);
}

function compareData(dtype: string, got: Uint8Array, want: Uint8Array, options: Options): string | null {
  const g = components(dtype, got);
  const w = components(dtype, want);
  if (g.length !== w.length) return `${g.length} values instead of ${w.length}`;
  const complex = dtype.startsWith('complex');
  let limit = -1;
  if (options.s && EPS[dtype]) {
    const finite = w.filter((x) => Number.isFinite(Number(x))).map((x) => Math.abs(Number(x)));
    limit = options.s * EPS[dtype] * finite.reduce((a, b) => Math.max(a, b), TINY[dtype]);
  }
  for (let i = 0; i < w.length; i++) {
    const [x, y] = [g[i], w[i]];
    if (Object.is(x, y) || (options.z && x === y)) continue;
    const loose = (options.t || options.s) && typeof x === 'number' && typeof y === 'number' && EPS[dtype];
    if (loose) {
      const d = Math.abs((x as number) - (y as number));
      if (d === 0) continue;
      let allowed = limit;
      if (options.t) {
        const scale = complex ? Math.max(Math.abs(Number(w[i & ~1])), Math.abs(Number(w[i | 1]))) : (y as number);
        allowed = Math.max(allowed, options.t * ulpAt(scale, dtype));
      }
      if (d <= allowed) continue;
      return `[${i}] is ${text(x)} instead of ${text(y)} (${(d / ulpAt(y as number, dtype)).toPrecision(3)} ulp)`;
    }
    return `[${i}] is ${text(x)} instead of ${text(y)}`;
  }
  return null;
}

const isArray = (x: any): boolean => typeof x === 'object' && x !== null && typeof x.tobytes === 'function' && x.dtype;
const shapeText = (s: readonly number[]): string => `(${s.join(', ')})`;
const plain = (x: any): unknown => (isArray(x) && x.ndim === 0 ? x.item() : x);

/** Null when equal, else what differs. */
function compare(given: any, want: unknown, pool: readonly PoolEntry[], options: Options): string | null {
  let got = given;
  if (Array.isArray(want)) {
    if (isArray(got) && got.ndim > 0) return 'an array instead of a list';
    if (got === null || typeof got !== 'object' || typeof got.length !== 'number')
      return `${String(got)} instead of a list`;
    if (got.length !== want.length) return `${got.length} results instead of ${want.length}`;
    for (let i = 0; i < want.length; i++) {
      const d = compare(got[i], want[i], pool, options);
      if (d !== null) return `result ${i}: ${d}`;
    }
    return null;
  }
  if (typeof want === 'object' && want !== null) {
    const o = want as Encoded;
    if (o.a !== undefined) {
      const [dtype, shape, data] = pool[o.a];
      if (!isArray(got)) {
        // Numbers and booleans that stand for an array without dimensions.
        if (shape.length > 0) return `${typeof got} ${String(got)} instead of an array ${dtype} ${shapeText(shape)}`;
        if (dtype === 'bool' && typeof got === 'boolean')
          return Number(got) === bytesOf(pool[o.a])[0] ? null : `${got}`;
        return `${typeof got} ${String(got)} instead of a 0-d array of ${dtype}`;
      }
      if (got.dtype.name !== dtype) return `dtype ${got.dtype.name} instead of ${dtype}`;
      if (shapeText(got.shape) !== shapeText(shape))
        return `shape ${shapeText(got.shape)} instead of ${shapeText(shape)}`;
      if (!got.dtype.isnative) got = got.astype(dtype);
      return compareData(dtype, Uint8Array.from(got.tobytes()), Uint8Array.from(Buffer.from(data, 'base64')), options);
    }
    if (o.dt !== undefined) {
      const name = got?.name ?? String(got);
      return name === o.dt ? null : `dtype ${name} instead of ${o.dt}`;
    }
    const value = decode(want, pool);
    const g: any = plain(got);
    if (o.c !== undefined) {
      const w = value as { re: number; im: number };
      return g !== null && typeof g === 'object' && Object.is(g.re, w.re) && Object.is(g.im, w.im)
        ? null
        : `${String(g)} instead of ${String(value)}`;
    }
    return Object.is(g, value) ? null : `${String(g)} instead of ${String(value)}`;
  }
  // A scalar type stands for its dtype.
  if (typeof want === 'string' && typeof got === 'function' && got.dtype?.name === want) return null;
  const g = plain(got) ?? null;
  if (typeof want === 'number' && typeof g === 'bigint') return Number(g) === want ? null : `${g} instead of ${want}`;
  return Object.is(g, want) || g === want ? null : `${typeof g} ${String(g)} instead of ${String(want)}`;
}

/** The names of an error's class and of the classes above it. */
function errorNames(e: unknown): string[] {
  const names: string[] = [];
  if (e instanceof Error) names.push(e.name);
  for (let c = (e as object)?.constructor; typeof c === 'function' && c.name; c = Object.getPrototypeOf(c))
    names.push(c.name);
  return names;
}

function resolve(f: string): (...args: any[]) => unknown {
  if (f.startsWith('.')) {
    const name = f.slice(1);
    return (a: any, ...rest: unknown[]) => {
      const member = a[name];
      if (member === undefined) throw new Missing(`ndarray${f}`);
      return typeof member === 'function' ? member.apply(a, rest) : member;
    };
  }
  let target: any = np;
  let owner: any = null;
  for (const part of f.split('.').slice(1)) {
    owner = target;
    target = target?.[part];
  }
  if (typeof target !== 'function') throw new Missing(f);
  return (...args) => target.apply(owner, args);
}

class Missing extends Error {}

/** Null when the call agrees with NumPy, else one line that says what differs. */
export function check(c: Case, pool: readonly PoolEntry[]): string | null {
  const [f, args, kwargs, want] = c;
  const options: Options = c[4] === 0 ? {} : c[4];
  const wantError =
    typeof want === 'object' && want !== null && (want as Encoded).e !== undefined ? (want as Encoded) : null;
  let got: any;
  try {
    const call = resolve(f);
    const given = args.map((a) => decode(a, pool)) as any[];
    const kw = kwargs === 0 ? null : Object.fromEntries(Object.entries(kwargs).map(([k, v]) => [k, decode(v, pool)]));
    try {
      got = kw === null ? call(...given) : call(...given, kw);
    } catch (e) {
      if (e instanceof Missing) return `${e.message} is missing`;
      if (wantError === null) return `throws ${errorNames(e)[0]}: ${(e as Error).message}`;
      if (!errorNames(e).includes(wantError.e!))
        return `throws ${errorNames(e)[0]}: ${(e as Error).message} instead of ${wantError.e}`;
      if (wantError.m !== undefined && wantError.m.trim() !== (e as Error).message.trim())
        return `says "${(e as Error).message}" instead of "${wantError.m}"`;
      return null;
    }
    if (options.r !== undefined) got = typeof options.r === 'string' ? kw![options.r] : given[options.r];
  } catch (e) {
    if (e instanceof Missing) return `${e.message} is missing`;
    return `preparing it throws ${(e as Error)?.name}: ${(e as Error)?.message}`;
  }
  if (wantError !== null) return `gives a result instead of ${wantError.e}${wantError.m ? `: ${wantError.m}` : ''}`;
  try {
    return compare(got, want, pool, options);
  } catch (e) {
    return `reading the result throws ${(e as Error)?.name}: ${(e as Error)?.message}`;
  }
}
