import { asDtype, type DType } from '../../core/dtype.js';
import {
  AttributeError,
  IndexError,
  KeyError,
  OverflowError,
  SyntaxError,
  TypeError,
  UnicodeDecodeError,
  UnicodeEncodeError,
  ValueError,
  warn,
} from '../../core/errors.js';
import { parseLiteral, Tuple } from '../../core/python/literal.js';
import { textRepr } from '../../core/python/repr.js';
import { type ByteSource, type Reading, take } from '../../core/source.js';
import { decode, encode } from '../../core/strings/codecs.js';

/**
 * Headers of the format .npy: a magic number, a version, and a Python dict with the dtype, the order and the shape. See NumPy's documentation of
 * `numpy.lib.format`.
 */

export const MAGIC: Uint8Array = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
export const ALIGN = 64;
/** Room is left for the first axis to grow to this many digits, so that data can be appended. */
export const GROWTH = 21;
/** Headers beyond this length are read only when asked for: they may be made to be slow. */
export const LONGEST_HEADER = 10000;

export type Version = readonly [major: number, minor: number];

/** The bytes that hold a header's length, and what its text is written in. */
const VERSIONS: Readonly<Record<string, { readonly size: 2 | 4; readonly encoding: 'latin-1' | 'utf-8' }>> = {
  '1,0': { size: 2, encoding: 'latin-1' },
  '2,0': { size: 4, encoding: 'latin-1' },
  '3,0': { size: 4, encoding: 'utf-8' },
};

/** A version that there is, or null. @throws ValueError */
export function checkVersion(given: unknown): Version | null {
  if (given === null || given === undefined) return null;
  const v = Array.isArray(given) ? given.map(Number) : [given];
  if (VERSIONS[v.join()] === undefined || v.length !== 2)
    throw new ValueError(`we only support format version (1,0), (2,0), and (3,0), not (${v.join(', ')})`);
  return v as never;
}

export const tuple = (shape: readonly unknown[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

/** What a dtype is written as: its code, or the list of its fields. */
export function descrOf(d: DType): unknown {
  return d.layout === null ? d.str : d.descr;
}

/** A list of fields or a code, as Python writes it. */
function descrText(descr: unknown): string {
  const text = (x: unknown): string => {
    if (typeof x === 'string') return textRepr(x);
    if (Array.isArray(x))
      return x.length > 0 && Array.isArray(x[0])
        ? `[${x.map(field).join(', ')}]`
        : `(${x.map(text).join(', ')}${x.length === 1 ? ',' : ''})`;
    return String(x);
  };
  const field = (f: unknown): string => {
    const [name, type, ...shape] = f as unknown[];
    return `(${[text(name), Array.isArray(type) ? `[${(type as unknown[]).map(field).join(', ')}]` : text(type), ...shape.map(text)].join(', ')})`;
  };
  return Array.isArray(descr) ? `[${descr.map(field).join(', ')}]` : text(descr);
}

/** What a header says. */
export interface HeaderData {
  readonly descr: unknown;
  readonly fortran_order: boolean;
  readonly shape: readonly number[];
}

/** A dtype itself is written as Python shows it, which nothing reads again. */
const isDType = (x: unknown): x is DType & { repr(): string } =>
  typeof (x as { repr?: unknown } | null)?.repr === 'function';

/** A header's bytes: magic number, version, length, dict, padding. @throws ValueError for a version that cannot hold it */
export function headerBytes(d: HeaderData, version: Version | null): Uint8Array {
  const { shape, fortran_order } = d;
  const growing = shape.length === 0 ? 0 : GROWTH - String(shape[fortran_order ? shape.length - 1 : 0]).length;
  const fields: Readonly<Record<string, string>> = {
    descr: isDType(d.descr) ? d.descr.repr() : descrText(d.descr),
    fortran_order: fortran_order ? 'True' : 'False',
    shape: tuple(shape),
  };
  const text = `{${Object.keys(fields)
    .map((k) => `'${k}': ${fields[k]}, `)
    .join('')}}${' '.repeat(Math.max(0, growing))}`;
  const wrapped = (v: Version): Uint8Array => {
    const { size, encoding } = VERSIONS[v.join()];
    const body = encode(text, encoding);
    const used = MAGIC.length + 2 + size + body.length + 1;
    const padding = ALIGN - (used % ALIGN);
    const length = body.length + 1 + padding;
    if (size === 2 && length > 0xffff)
      throw new ValueError(`Header length ${body.length + 1} too big for version=(${v.join(', ')})`);
    const out = new Uint8Array(used + padding).fill(0x20);
    out.set(MAGIC);
    out.set(v, MAGIC.length);
    const view = new DataView(out.buffer);
    if (size === 2) view.setUint16(8, length, true);
    else view.setUint32(8, length, true);
    out.set(body, MAGIC.length + 2 + size);
    out[out.length - 1] = 0x0a;
    return out;
  };
  if (version !== null) return wrapped(version);
  const tries: readonly [Version, string][] = [
    [[1, 0], ''],
    [[2, 0], 'Stored array in format 2.0. It can only beread by NumPy >= 1.9'],
    [[3, 0], 'Stored array in format 3.0. It can only be read by NumPy >= 1.17'],
  ];
  for (const [v, message] of tries) {
    try {
      const out = wrapped(v);
      if (message !== '') warn('UserWarning', message);
      return out;
    } catch (e) {
      if (!(e instanceof UnicodeEncodeError) && (v[0] !== 1 || !(e instanceof ValueError))) throw e;
    }
  }
  throw new ValueError('the header cannot be written');
}

const reprOf = (x: unknown): string => {
  if (x instanceof Map) return `{${[...x].map(([k, v]) => `${reprOf(k)}: ${reprOf(v)}`).join(', ')}}`;
  if (x instanceof Tuple) return `(${x.map(reprOf).join(', ')}${x.length === 1 ? ',' : ''})`;
  if (Array.isArray(x)) return `[${x.map(reprOf).join(', ')}]`;
  if (x === null) return 'None';
  if (typeof x === 'boolean') return x ? 'True' : 'False';
  return typeof x === 'string' ? textRepr(x) : String(x);
};

const isPad = (name: unknown, t: DType): boolean =>
  name === '' && t.kind === 'V' && t.layout === null && t.subdtype === null;

/**
 * The dtype that a description stands for, without the fields that are gaps. Tuples may be lists.
 * @throws TypeError, ValueError for what is no description
 */
export function dtypeFrom(d: unknown): DType {
  const numbers = (x: unknown): number[] =>
    (Array.isArray(x) ? x : [x]).map((n) => {
      if (typeof n !== 'number' && typeof n !== 'bigint') throw new TypeError('no length');
      return Number(n);
    });
  if (typeof d === 'string') {
    if (d.includes('!')) throw new TypeError(`data type '${d}' not understood`);
    return asDtype(d);
  }
  if (!Array.isArray(d)) throw new TypeError('no dtype');
  const pair =
    d.length === 2 &&
    !(Array.isArray(d[0]) && d[0] instanceof Tuple) &&
    (typeof d[1] !== 'string' || d instanceof Tuple);
  if (
    d instanceof Tuple ||
    (pair && (!Array.isArray(d[1]) || d[1].every((n) => typeof n === 'number' || typeof n === 'bigint')))
  ) {
    if (d.length < 2) throw new IndexError('tuple index out of range');
    return asDtype([dtypeFrom(d[0]), numbers(d[1])] as never);
  }
  const names: unknown[] = [];
  const formats: DType[] = [];
  const titles: unknown[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const f of d as unknown[]) {
    if (!Array.isArray(f)) throw new TypeError('no field');
    if (f.length < 2 || f.length > 3)
      throw new ValueError(
        f.length < 2
          ? `not enough values to unpack (expected 3, got ${f.length})`
          : 'too many values to unpack (expected 3)',
      );
    let t = dtypeFrom(f[1]);
    if (f.length === 3) t = asDtype([t, numbers(f[2])] as never);
    if (!isPad(f[0], t)) {
      const titled = Array.isArray(f[0]);
      const [title, name] = titled ? (f[0] as unknown[]) : [null, f[0]];
      if (typeof name !== 'string') throw new TypeError('no name');
      names.push(name);
      titles.push(title);
      formats.push(t);
      offsets.push(offset);
    }
    offset += t.itemsize;
  }
  return asDtype({ names, formats, titles, offsets, itemsize: offset } as never);
}

/** Bytes as Python writes them. */
const bytesRepr = (b: Uint8Array): string =>
  `b'${Array.from(b, (c) => (c === 0x27 || c === 0x5c ? `\\${String.fromCharCode(c)}` : c > 31 && c < 127 ? String.fromCharCode(c) : ({ 9: '\\t', 10: '\\n', 13: '\\r' }[c] ?? `\\x${c.toString(16).padStart(2, '0')}`))).join('')}'`;

/** So many bytes. @throws ValueError where there are fewer */
export function* exactly(s: ByteSource, at: number, n: number, what: string): Reading<Uint8Array> {
  const b = yield* take(s, at, n);
  if (b.length < n) throw new ValueError(`EOF: reading ${what}, expected ${n} bytes got ${b.length}`);
  return b;
}

export const isNpy = (b: Uint8Array): boolean => MAGIC.every((v, i) => b[i] === v);

export function* readMagic(s: ByteSource, at: number): Reading<Version> {
  const b = yield* exactly(s, at, 8, 'magic string');
  if (!isNpy(b))
    throw new ValueError(`the magic string is not correct; expected b'\\x93NUMPY', got ${bytesRepr(b.subarray(0, 6))}`);
  return [b[6], b[7]];
}

/** Where elements are, and what they are. */
export interface Header {
  readonly shape: readonly number[];
  readonly fortran: boolean;
  readonly dtype: DType;
  /** Where the elements begin. */
  readonly start: number;
}

/** What follows the version. @throws ValueError for everything that is no header, as NumPy does */
export function* readHeaderOf(s: ByteSource, at: number, version: Version, longest: number): Reading<Header> {
  const row = VERSIONS[version.join()];
  if (row === undefined) throw new ValueError(`Invalid version (${version.join(', ')})`);
  const b = yield* exactly(s, at, row.size, 'array header length');
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const length = row.size === 2 ? view.getUint16(0, true) : view.getUint32(0, true);
  const raw = yield* exactly(s, at + row.size, length, 'array header');
  // Every character is at least a quarter of its bytes: what is longer need not be decoded.
  const text = raw.length > 4 * longest && row.encoding === 'utf-8' ? null : decode(raw, row.encoding);
  if (text === null || [...text].length > longest)
    throw new ValueError(
      `Header info length (${text === null ? raw.length : [...text].length}) is large and may not be safe to load securely.\nTo allow loading, adjust \`max_header_size\` or fully trust the \`.npy\` file using \`allow_pickle=True\`.\nFor safety against large resource use or crashes, sandboxing may be necessary.`,
    );
  return { ...parsed(text, version), start: at + row.size + length };
}

/** The whole header. @throws ValueError */
export function* readHeader(s: ByteSource, at: number, longest: number): Reading<Header> {
  const version = yield* readMagic(s, at);
  checkVersion(version);
  return yield* readHeaderOf(s, at + 8, version, longest);
}

function literal(text: string, version: Version): unknown {
  const refused = (e: unknown): unknown =>
    e instanceof SyntaxError ? new ValueError(`Cannot parse header: ${textRepr(text)}`) : e;
  try {
    // Python takes what is indented behind empty lines for an error.
    if (/^[ \t]*[\r\n]\s*?[ \t]+\S/.test(text)) throw new SyntaxError('unexpected indent');
    return parseLiteral(text);
  } catch (e) {
    if (!(e instanceof SyntaxError) || version[0] > 2 || !text.includes('L')) throw refused(e);
  }
  try {
    const d = parseLiteral(text, true);
    warn(
      'UserWarning',
      'Reading `.npy` or `.npz` file required additional header parsing as it was created on Python 2. Save the file again to speed up loading and avoid this warning.',
    );
    return d;
  } catch (e) {
    throw refused(e);
  }
}

function parsed(text: string, version: Version): Omit<Header, 'start'> {
  const d = literal(text, version);
  if (!(d instanceof Map)) throw new ValueError(`Header is not a dictionary: ${reprOf(d)}`);
  const keys = [...d.keys()];
  if (keys.length > 1 && !keys.every((k) => typeof k === 'string'))
    throw new TypeError(`Header does not contain the correct keys: ${reprOf(keys)}`);
  if (keys.sort().join() !== 'descr,fortran_order,shape')
    throw new ValueError(`Header does not contain the correct keys: ${reprOf(keys)}`);
  const given = d.get('shape');
  const whole = (n: unknown): boolean => typeof n === 'bigint' || typeof n === 'boolean';
  if (!(given instanceof Tuple) || !given.every(whole)) throw new ValueError(`shape is not valid: ${reprOf(given)}`);
  if (given.some((n) => typeof n === 'boolean')) throw new TypeError(`shape is not valid: ${reprOf(given)}`);
  if (given.some((n) => BigInt.asIntN(64, n as bigint) !== n))
    throw new OverflowError('Python int too large to convert to C long');
  const fortran = d.get('fortran_order');
  if (typeof fortran !== 'boolean') throw new ValueError(`fortran_order is not a valid bool: ${reprOf(fortran)}`);
  const descr = d.get('descr');
  let dtype: DType;
  try {
    dtype = dtypeFrom(descr);
  } catch (e) {
    if (
      e instanceof TypeError ||
      e instanceof ValueError ||
      e instanceof IndexError ||
      e instanceof KeyError ||
      e instanceof AttributeError ||
      e instanceof UnicodeDecodeError
    )
      throw new ValueError(`descr is not a valid dtype descriptor: ${reprOf(descr)}`);
    throw e;
  }
  const shape = given.map(Number);
  if (shape.some((n) => n < 0)) throw new ValueError('negative dimensions are not allowed');
  if (shape.length > 64)
    throw new ValueError(`maximum supported dimension for an ndarray is currently 64, found ${shape.length}`);
  return { shape, fortran, dtype };
}
