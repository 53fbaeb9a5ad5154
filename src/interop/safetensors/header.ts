import { asDtype, type DType, type DTypeName } from '../../core/dtype.js';
import { UnicodeDecodeError, ValueError } from '../../core/errors.js';
import { decode } from '../../core/strings/codecs.js';
import { parseStrict } from './json.js';

/** The format safetensors: the length of a header, the header in JSON, and the tensors' bytes without gaps. */

/**
 * What is no safetensors file: lengths and places that contradict each other, unknown dtypes, broken JSON.
 * @example
 * try {
 *   interop.load_safetensors(new Uint8Array(4));
 * } catch (e) {
 *   console.log(e instanceof interop.SafetensorError, e instanceof Error);
 * }
 * // → true true
 */
export class SafetensorError extends ValueError {
  static override readonly pyName: string = 'SafetensorError';
}

/** What the format calls dtypes, in the order in which files are sorted: wider ones first, so that all lie as they must. */
const DTYPES: Readonly<Record<string, DTypeName | 'bfloat16'>> = {
  BOOL: 'bool',
  U8: 'uint8',
  I8: 'int8',
  I16: 'int16',
  U16: 'uint16',
  F16: 'float16',
  BF16: 'bfloat16',
  I32: 'int32',
  U32: 'uint32',
  F32: 'float32',
  C64: 'complex64',
  F64: 'float64',
  I64: 'int64',
  U64: 'uint64',
};
/** Others that the format has, which nothing here computes with. */
const UNKNOWN: readonly string[] = [
  'F4',
  'F6_E2M3',
  'F6_E3M2',
  'F8_E5M2',
  'F8_E4M3',
  'F8_E8M0',
  'F8_E4M3FNUZ',
  'F8_E5M2FNUZ',
];
/** Longer headers are no honest file's. */
const LONGEST = 100_000_000;

/** A tensor of a file. */
export interface TensorInfo {
  /** The format's name of the dtype. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Where its bytes are, from the end of the header on. */
  readonly data_offsets: readonly [begin: number, end: number];
}

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the tensors' bytes begin. */
  readonly start: number;
  /** How many there are. */
  readonly length: number;
}

const fail = (message: string): SafetensorError => new SafetensorError(`Error while deserializing header: ${message}`);

/** The length of the header, from the first eight bytes. @throws SafetensorError */
export function headerLength(first: Uint8Array, size: number | null): number {
  if (first.length < 8) throw fail(`header too small: ${first.length} of 8 bytes are there`);
  const n = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (n > BigInt(LONGEST)) throw fail(`header too large: ${n} bytes`);
  if (size !== null && n + 8n > BigInt(size)) throw fail(`invalid header length: ${n} bytes in a file of ${size}`);
  return Number(n);
}

const shown = (name: string): string => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);

const whole = (x: unknown): x is number => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0;

function infoOf(name: string, x: unknown): TensorInfo {
  if (!(x instanceof Map)) throw fail(`the entry ${shown(name)} is no object`);
  const [dtype, shape, at] = [x.get('dtype'), x.get('shape'), x.get('data_offsets')];
  if (typeof dtype !== 'string') throw fail(`the tensor ${shown(name)} has no dtype`);
  if (!Object.hasOwn(DTYPES, dtype) && !UNKNOWN.includes(dtype))
    throw fail(`unknown dtype ${shown(dtype)} of the tensor ${shown(name)}`);
  if (!Array.isArray(shape) || !shape.every(whole)) throw fail(`the tensor ${shown(name)} has no valid shape`);
  if (shape.length > 64) throw fail(`the tensor ${shown(name)} has ${shape.length} dimensions; 64 are supported`);
  if (!Array.isArray(at) || at.length !== 2 || !at.every(whole))
    throw fail(`the tensor ${shown(name)} has no valid data_offsets`);
  return { dtype, shape, data_offsets: [at[0], at[1]] };
}

/**
 * A header, checked against itself: tensors lie one behind the other, without gaps and overlaps, and each has the bytes that its dtype and shape ask for.
 * @param start where the tensors' bytes begin
 * @param size the file's, null where it is not known yet
 * @throws SafetensorError
 */
export function parseHeader(raw: Uint8Array, start: number, size: number | null): SafetensorsHeader {
  let text: string;
  try {
    text = decode(raw);
  } catch (e) {
    if (e instanceof UnicodeDecodeError) throw fail(`invalid UTF-8: ${e.message}`);
    throw e;
  }
  if (!text.startsWith('{')) throw fail('invalid start: a header begins with {');
  const json = parseStrict(text, fail);
  if (!(json instanceof Map)) throw fail('a header is an object');
  const metadata: Record<string, string> = Object.create(null);
  const tensors = new Map<string, TensorInfo>();
  for (const [name, x] of json as Map<string, unknown>) {
    if (/\p{Cs}/u.test(name)) throw fail('a name holds half a surrogate pair');
    if (name !== '__metadata__') {
      tensors.set(name, infoOf(name, x));
      continue;
    }
    if (x === null) continue;
    if (!(x instanceof Map)) throw fail('__metadata__ is no object');
    for (const [k, v] of x as Map<string, unknown>) {
      if (typeof v !== 'string') throw fail(`__metadata__ holds text only, ${shown(k)} is none`);
      metadata[k] = v;
    }
  }
  let end = 0;
  const inOrder = [...tensors].sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const [name, t] of inOrder) {
    const [from, to] = t.data_offsets;
    if (from !== end || to < from)
      throw fail(
        `invalid offsets of the tensor ${shown(name)}: [${from}, ${to}] behind ${end} (${from < end ? 'tensors overlap' : 'there is a gap'})`,
      );
    const bytes = t.shape.reduce((n, k) => n * BigInt(k), BigInt(itemBits(t.dtype)));
    if (bytes !== 8n * BigInt(to - from))
      throw fail(
        `the tensor ${shown(name)} of dtype ${t.dtype} and shape (${t.shape.join(', ')}) does not have ${to - from} bytes`,
      );
    end = to;
  }
  if (size !== null && start + end !== size)
    throw fail(`incomplete metadata: the tensors have ${end} bytes, the file ${size - start}`);
  return { tensors: new Map(inOrder), metadata, start, length: end };
}

const itemBits = (dtype: string): number =>
  Object.hasOwn(DTYPES, dtype)
    ? dtype === 'BF16'
      ? 16
      : 8 * asDtype(DTYPES[dtype] as DTypeName).itemsize
    : Number(/^F(\d+)/.exec(dtype)?.[1]);

/** The dtype of a tensor, 'bfloat16', or null for one that nothing computes with. */
export const dtypeOf = (name: string): DType | 'bfloat16' | null =>
  !Object.hasOwn(DTYPES, name) ? null : DTYPES[name] === 'bfloat16' ? 'bfloat16' : asDtype(DTYPES[name]);

/** The format's name of a dtype, and its place in the order of files; null for others. */
export function codeOf(d: DType): { readonly code: string; readonly rank: number } | null {
  const codes = Object.keys(DTYPES);
  const rank = codes.findIndex((c) => DTYPES[c] === d.name);
  return rank < 0 ? null : { code: codes[rank], rank };
}
