import { asDtype, type DType } from '../../core/dtype.js';
import { EOFError, SyntaxError, TypeError, UnicodeError, ValueError, warn } from '../../core/errors.js';
import { castTo, contiguousBytes } from '../../core/ops/move.js';
import { parseLiteral, Tuple } from '../../core/python/literal.js';
import { textRepr } from '../../core/python/repr.js';
import { isCContiguous, isFContiguous } from '../../core/array.js';
import { zeros } from '../creation/fill.js';
import { frombuffer } from '../creation/from.js';
import type { NDArray } from '../ndarray.js';

/**
 * The format .npy: a magic number, a version, a header that is a Python dict with the dtype, the order and the shape, and the elements' bytes. See
 * NumPy's documentation of `numpy.lib.format`.
 */

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
const ALIGN = 64;
/** Room is left for the first axis to grow to this many digits, so that data can be appended. */
const GROWTH = 21;
/** Headers beyond this length are read only when asked for: they may be made to be slow. */
export const LONGEST_HEADER = 10000;

export const isNpy = (b: Uint8Array): boolean => MAGIC.every((v, i) => b[i] === v);

/** A list of fields or a code, as Python writes it. */
function descrText(d: DType): string {
  if (d.layout === null) return `'${d.str}'`;
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
  return `[${(d.descr as readonly unknown[]).map(field).join(', ')}]`;
}

const tuple = (shape: readonly number[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

/** The header of an array's file: magic number, version, length, dict, padding. @throws ValueError for objects */
function headerOf(a: NDArray, fortran: boolean): Uint8Array {
  const grows = a.ndim === 0 ? '' : ' '.repeat(GROWTH - String(a.shape[fortran ? a.ndim - 1 : 0]).length);
  const text = `{'descr': ${descrText(a.dtype)}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple(a.shape)}, }${grows}`;
  const latin = [...text].every((c) => (c.codePointAt(0) as number) < 256);
  const body = latin ? Uint8Array.from(text, (c) => c.charCodeAt(0)) : new TextEncoder().encode(text);
  const make = (major: number): Uint8Array | null => {
    const size = major === 1 ? 2 : 4;
    const used = MAGIC.length + 2 + size + body.length + 1;
    const padding = ALIGN - (used % ALIGN);
    const length = body.length + 1 + padding;
    if (major === 1 && length > 0xffff) return null;
    const out = new Uint8Array(used + padding).fill(0x20);
    out.set(MAGIC);
    out.set([major, 0], MAGIC.length);
    const view = new DataView(out.buffer);
    if (size === 2) view.setUint16(8, length, true);
    else view.setUint32(8, length, true);
    out.set(body, MAGIC.length + 2 + size);
    out[out.length - 1] = 0x0a;
    return out;
  };
  const first = latin ? make(1) : null;
  if (first !== null) return first;
  const version = latin ? 2 : 3;
  warn(
    'UserWarning',
    `Stored array in format ${version}.0. It can only be${version === 2 ? '' : ' '}read by NumPy >= ${version === 2 ? '1.9' : '1.17'}`,
  );
  return make(version) as Uint8Array;
}

/** An array's file. @throws ValueError for arrays of objects, which NumPy pickles */
export function npyBytes(a: NDArray): Uint8Array {
  if (a.dtype.hasobject)
    throw new ValueError('Object arrays cannot be saved when allow_pickle=False: pickles are written by Python only');
  const fortran = isFContiguous(a) && !isCContiguous(a);
  const header = headerOf(a, fortran);
  const plain = fortran ? (a.T as NDArray) : a;
  const data = contiguousBytes(plain) ?? (contiguousBytes(castTo(plain, plain.dtype, 'C')) as Uint8Array);
  const out = new Uint8Array(header.length + data.length);
  out.set(header);
  out.set(data, header.length);
  return out;
}

const cut = (what: string, expected: number, got: number): ValueError =>
  new ValueError(`EOF: reading ${what}, expected ${expected} bytes got ${got}`);

const reprOf = (x: unknown): string => {
  if (x instanceof Map) return `{${[...x].map(([k, v]) => `${reprOf(k)}: ${reprOf(v)}`).join(', ')}}`;
  if (x instanceof Tuple) return `(${x.map(reprOf).join(', ')}${x.length === 1 ? ',' : ''})`;
  if (Array.isArray(x)) return `[${x.map(reprOf).join(', ')}]`;
  if (x === null) return 'None';
  if (typeof x === 'boolean') return x ? 'True' : 'False';
  return typeof x === 'string' ? textRepr(x) : String(x);
};

/** The dtype that a header describes. @throws ValueError */
function dtypeOf(descr: unknown): DType {
  const read = (d: unknown): DType => {
    if (typeof d === 'string') return asDtype(d);
    if (d instanceof Tuple && d.length === 2) return asDtype([read(d[0]), numbers(d[1])] as never);
    if (!Array.isArray(d) || d instanceof Tuple) throw new TypeError('no dtype');
    const names: unknown[] = [];
    const formats: DType[] = [];
    const titles: unknown[] = [];
    const offsets: number[] = [];
    let offset = 0;
    for (const f of d) {
      if (!(f instanceof Tuple) || f.length < 2 || f.length > 3) throw new TypeError('no field');
      let t = read(f[1]);
      if (f.length === 3) t = asDtype([t, numbers(f[2])] as never);
      const gap = f[0] === '' && t.kind === 'V' && t.layout === null && t.subdtype === null;
      if (!gap) {
        const [title, name] = f[0] instanceof Tuple ? [f[0][0], f[0][1]] : [null, f[0]];
        names.push(name);
        titles.push(title);
        formats.push(t);
        offsets.push(offset);
      }
      offset += t.itemsize;
    }
    return asDtype({ names, formats, titles, offsets, itemsize: offset } as never);
  };
  const numbers = (x: unknown): number[] => (Array.isArray(x) ? x : [x]).map(Number);
  try {
    return read(descr);
  } catch (e) {
    if (e instanceof TypeError || e instanceof ValueError)
      throw new ValueError(`descr is not a valid dtype descriptor: ${reprOf(descr)}`);
    throw e;
  }
}

interface Header {
  readonly shape: readonly number[];
  readonly fortran: boolean;
  readonly dtype: DType;
  /** Where the elements begin. */
  readonly start: number;
}

/** @throws ValueError for everything that is no header, as NumPy does */
export function readHeader(b: Uint8Array, longest: number = LONGEST_HEADER): Header {
  if (b.length < 8) throw cut('magic string', 8, b.length);
  if (!isNpy(b))
    throw new ValueError(
      `the magic string is not correct; expected b'\\x93NUMPY', got b'${Array.from(b.subarray(0, 6), (c) => (c > 31 && c < 127 ? String.fromCharCode(c) : `\\x${c.toString(16).padStart(2, '0')}`)).join('')}'`,
    );
  const [major, minor] = [b[6], b[7]];
  if (minor !== 0 || major < 1 || major > 3)
    throw new ValueError(`we only support format version (1,0), (2,0), and (3,0), not (${major}, ${minor})`);
  const size = major === 1 ? 2 : 4;
  if (b.length < 8 + size) throw cut('array header length', size, b.length - 8);
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const length = size === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = 8 + size + length;
  if (b.length < start) throw cut('array header', length, b.length - 8 - size);
  const raw = b.subarray(8 + size, start);
  let text: string;
  try {
    text = major === 3 ? new TextDecoder('utf-8', { fatal: true }).decode(raw) : latin1(raw);
  } catch {
    throw new UnicodeError(`'utf-8' codec can't decode the array header`);
  }
  if (text.length > longest)
    throw new ValueError(
      `Header info length (${text.length}) is large and may not be safe to load securely.\nTo allow loading, adjust \`max_header_size\` or fully trust the \`.npy\` file using \`allow_pickle=True\`.\nFor safety against large resource use or crashes, sandboxing may be necessary.`,
    );
  let d: unknown;
  try {
    d = parseLiteral(text);
  } catch (e) {
    if (e instanceof SyntaxError) throw new ValueError(`Cannot parse header: ${textRepr(text)}`);
    throw e;
  }
  if (!(d instanceof Map)) throw new ValueError(`Header is not a dictionary: ${reprOf(d)}`);
  const keys = [...d.keys()].map(String).sort();
  if (keys.join() !== 'descr,fortran_order,shape')
    throw new ValueError(`Header does not contain the correct keys: ${reprOf(keys)}`);
  const given = d.get('shape');
  if (!(given instanceof Tuple) || !given.every((n) => typeof n === 'bigint'))
    throw new ValueError(`shape is not valid: ${reprOf(given)}`);
  const fortran = d.get('fortran_order');
  if (typeof fortran !== 'boolean') throw new ValueError(`fortran_order is not a valid bool: ${reprOf(fortran)}`);
  const dtype = dtypeOf(d.get('descr'));
  const shape = given.map(Number);
  if (shape.some((n) => n < 0)) throw new ValueError('negative dimensions are not allowed');
  if (shape.length > 64)
    throw new ValueError(`maximum supported dimension for an ndarray is currently 64, found ${shape.length}`);
  return { shape, fortran, dtype, start };
}

const latin1 = (b: Uint8Array): string => {
  let s = '';
  for (let i = 0; i < b.length; i += 8192) s += String.fromCharCode(...b.subarray(i, i + 8192));
  return s;
};

/** The array of a file: over the file's own bytes where these lie as elements must, else over a copy. */
export function readNpy(b: Uint8Array, longest: number = LONGEST_HEADER): NDArray {
  if (b.length === 0) throw new EOFError('No data left in file');
  const { shape, fortran, dtype, start } = readHeader(b, longest);
  if (dtype.hasobject)
    throw new ValueError('Object arrays cannot be loaded when allow_pickle=False: pickles are read by Python only');
  // Sizes are compared exactly: a header may lie about them.
  const count = shape.reduce((n, k) => n * BigInt(k), 1n);
  const bytes = count * BigInt(dtype.itemsize);
  const there = BigInt(b.length - start);
  if (bytes > there)
    throw new ValueError(
      `Failed to read all data for array. Expected ${tuple(shape)} = ${count} elements, could only read ${there / BigInt(Math.max(1, dtype.itemsize))} elements. (file seems not fully written?)`,
    );
  const data = b.slice(start, start + Number(bytes));
  const flat = fromBytes(data, dtype, Number(count));
  if (!fortran) return flat.reshape(shape as number[]) as NDArray;
  return (flat.reshape([...shape].reverse()) as NDArray).T as NDArray;
}

/** Elements over bytes of their own. */
export function fromBytes(data: Uint8Array, dtype: DType, count: number): NDArray {
  if (count === 0 || dtype.itemsize === 0) return zeros(count, { dtype: dtype as never }) as NDArray;
  return frombuffer(data, dtype as never, count) as NDArray;
}
