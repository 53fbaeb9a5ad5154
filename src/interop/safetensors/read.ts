import type { HostBuffer } from '../../core/device/device.js';
import { uint8, float32, uint16 } from '../../core/dtype.js';
import { KeyError, NotImplementedError, ValueError } from '../../core/errors.js';
import type { Path } from '../../core/files.js';
import { inspectable } from '../../core/inspect.js';
import {
  type ByteSource,
  fill,
  finish,
  latePathSource,
  openSource,
  pathSource,
  type Progress,
  type Reading,
  reading,
  take,
} from '../../core/source.js';
import { announce, runAs } from '../../core/transfers.js';
import { cStrides } from '../../core/view.js';
import { frombuffer } from '../../ndarray/creation/from.js';
import { newArray } from '../../ndarray/creation/make.js';
import type { LateSource, Source } from '../../ndarray/files/arrays.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { convert_to_tensor } from '../../tensor/convert.js';
import type { Tensor } from '../../tensor/tensor.js';
import {
  dtypeOf,
  headerLength,
  parseHeader,
  type SafetensorsHeader,
  SafetensorError,
  type TensorInfo,
} from './header.js';

/** Reading safetensors: all at once, or tensor by tensor. */

export interface SafetensorsKeywords {
  /**
   * What becomes of bfloat16, which nothing here computes with: 'refuse' (unless given) names the tensor in an error, 'float32' widens it, which loses
   * nothing and is a copy, 'uint16' gives its bits.
   */
  bfloat16?: 'refuse' | 'float32' | 'uint16';
  /** Only these tensors. */
  names?: readonly string[] | null;
  /** Told how many bytes were read, and of how many, where that is known. An error that it throws ends the reading. */
  progress?: Progress | null;
}

function* readHead(s: ByteSource): Reading<SafetensorsHeader> {
  const n = headerLength(yield* take(s, 0, 8), s.size);
  const raw = yield* take(s, 8, n);
  if (raw.length < n)
    throw new SafetensorError(
      `Error while deserializing header: invalid header length: ${n} bytes, of which ${raw.length} are there`,
    );
  return parseHeader(raw, 8 + n, s.size);
}

/** The array of a tensor: over the file's own memory where that is at hand and lies as the dtype must, else read into memory of its own. */
function* readTensor(
  s: ByteSource,
  h: SafetensorsHeader,
  name: string,
  t: TensorInfo,
  bfloat16: string,
): Reading<NDArray> {
  const given = dtypeOf(t.dtype);
  if (given === null)
    throw new NotImplementedError(
      `the tensor ${JSON.stringify(name)} has the dtype ${t.dtype}, which has no counterpart in NumPy`,
    );
  if (given === 'bfloat16' && bfloat16 === 'refuse')
    throw new NotImplementedError(
      `the tensor ${JSON.stringify(name)} has the dtype BF16, which has no counterpart in NumPy; { bfloat16: 'float32' } widens it, { bfloat16: 'uint16' } gives its bits`,
    );
  const dtype = given === 'bfloat16' ? uint16 : given;
  const at = h.start + t.data_offsets[0];
  const bytes = t.data_offsets[1] - t.data_offsets[0];
  let a: NDArray;
  if (bytes === 0) a = newArray([...t.shape], dtype);
  else if (s.memory !== null && (s.memory.byteOffset + at) % dtype.alignment === 0) {
    const flat = frombuffer(s.memory.subarray(at, at + bytes), uint8 as never) as NDArray;
    a = flat.viewOf(dtype as never, t.shape, cStrides(t.shape, dtype.itemsize), flat.offset);
  } else {
    if (s.memory !== null) announce('order', bytes, 'cpu:0', 'cpu:0');
    a = newArray([...t.shape], dtype);
    const got = yield* fill(s, at, (a.buffer as HostBuffer).bytes.subarray(a.offset, a.offset + bytes));
    if (got < bytes)
      throw new SafetensorError(`the tensor ${JSON.stringify(name)} ends after ${got} of ${bytes} bytes`);
  }
  return given === 'bfloat16' && bfloat16 === 'float32' ? widened(a) : a;
}

/** bfloat16 is the upper half of float32. */
function widened(a: NDArray): NDArray {
  announce('dtype', a.size * 4, 'cpu:0', 'cpu:0');
  const out = newArray([...a.shape], float32);
  const from = (a.buffer as HostBuffer).bytes;
  const to = (out.buffer as HostBuffer).bytes;
  for (let i = 0; i < a.size; i++) {
    to[out.offset + 4 * i] = 0;
    to[out.offset + 4 * i + 1] = 0;
    to[out.offset + 4 * i + 2] = from[a.offset + 2 * i];
    to[out.offset + 4 * i + 3] = from[a.offset + 2 * i + 1];
  }
  return out;
}

function optionsOf(kw: SafetensorsKeywords | undefined): Required<SafetensorsKeywords> {
  const { bfloat16 = 'refuse', names = null, progress = null } = kw ?? {};
  if (!['refuse', 'float32', 'uint16'].includes(bfloat16))
    throw new ValueError(`bfloat16 must be 'refuse', 'float32' or 'uint16' (got '${String(bfloat16)}')`);
  return { bfloat16, names, progress };
}

type Opening = (path: Path, by: string) => ByteSource | Promise<ByteSource>;

function loadAll(file: unknown, kw: SafetensorsKeywords | undefined, by: string, open: Opening): unknown {
  const { bfloat16, names, progress } = optionsOf(kw);
  return finish(
    reading(openSource(file, by, open), progress, function* (s) {
      const h = yield* readHead(s);
      for (const n of names ?? []) if (!h.tensors.has(n)) throw missing(n);
      const out: Record<string, NDArray> = Object.create(null);
      for (const [name, t] of h.tensors)
        if (names === null || names.includes(name)) out[name] = yield* readTensor(s, h, name, t, bfloat16);
      // A stream that goes on is as wrong as a file that does.
      if (s.size === null && (yield* take(s, h.start + h.length, 1)).length > 0 && names === null)
        throw new SafetensorError(
          `Error while deserializing header: incomplete metadata: the file goes on behind the tensors' ${h.length} bytes`,
        );
      return out;
    }),
  );
}

const missing = (name: string): KeyError => new KeyError(`File does not contain tensor ${name}`);

export interface LoadSafetensors {
  (file: LateSource, kw?: SafetensorsKeywords): Promise<Record<string, NDArray>>;
  (file: Source, kw?: SafetensorsKeywords): Record<string, NDArray>;
}

/**
 * The arrays of a safetensors file by name, from a path, bytes, or, as a promise, from a Blob, a Response, a stream or a FileHandle. Over bytes they are
 * views without a copy, where the bytes lie as the dtype must; else they are read into memory of their own. `interop.to_tensor` makes tensors of them.
 *
 * @throws SafetensorError for what is no such file: overlaps, gaps, wrong lengths, names twice; NotImplementedError for dtypes that NumPy does not have;
 * KeyError for names that are not there; FileNotFoundError
 * @example
 * const file = new interop.BytesIO();
 * interop.save_safetensors(file, { w: np.ones([2, 2], 'float32') });
 * interop.load_safetensors(file.getvalue()).w // → array([[1., 1.],
 * //          [1., 1.]], dtype=float32)
 */
export const load_safetensors: LoadSafetensors = ((file: unknown, kw?: SafetensorsKeywords) =>
  runAs('load_safetensors', () => loadAll(file, kw, 'load_safetensors', pathSource))) as never;

/**
 * The same as {@link load_safetensors}, but a path is read while other things go on: always a promise.
 * @throws as load_safetensors, by the promise
 * @example
 * const file = new interop.BytesIO();
 * interop.save_safetensors(file, { w: np.ones(2) });
 * (await interop.load_safetensors_async(file.blob())).w // → array([1., 1.])
 */
export const load_safetensors_async = async (
  file: Source | LateSource,
  kw?: SafetensorsKeywords,
): Promise<Record<string, NDArray>> => loadAll(file, kw, 'load_safetensors_async', latePathSource) as never;

/**
 * A safetensors file whose tensors are read one by one, when they are asked for. Of a file by its path only the header is in memory, and none stays open.
 * @example
 * const bytes = new interop.BytesIO();
 * interop.save_safetensors(bytes, { w: np.ones(2), b: np.zeros(1) }, { metadata: { made: 'here' } });
 * const file = interop.open_safetensors(bytes.getvalue());
 * file.keys() // → [ 'b', 'w' ]
 * file.get('w') // → array([1., 1.])
 * file.metadata.made // → 'here'
 */
export class SafetensorsFile implements Iterable<string> {
  private readonly header: SafetensorsHeader;
  private source: (() => ByteSource | Promise<ByteSource>) | null;
  private readonly bfloat16: string;

  constructor(header: SafetensorsHeader, source: () => ByteSource | Promise<ByteSource>, bfloat16: string) {
    this.header = header;
    this.source = source;
    this.bfloat16 = bfloat16;
  }
  /** Text that the file has beside the tensors. */
  get metadata(): Readonly<Record<string, string>> {
    return { ...this.header.metadata };
  }
  keys(): string[] {
    return [...this.header.tensors.keys()].sort();
  }
  has(name: string): boolean {
    return this.header.tensors.has(name);
  }
  get length(): number {
    return this.header.tensors.size;
  }
  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }
  /** The dtype (as the format calls it), the shape and the place of a tensor, without reading it. @throws KeyError */
  info(name: string): TensorInfo {
    const t = this.header.tensors.get(name);
    if (t === undefined) throw missing(name);
    return t;
  }
  /** A tensor's elements as an array; a promise where the file is a Blob or a FileHandle. @throws KeyError, NotImplementedError */
  get(name: string): any {
    const t = this.info(name);
    if (this.source === null) throw new ValueError('I/O operation on closed file');
    const { header, bfloat16 } = this;
    const source = this.source();
    return runAs('SafetensorsFile.get', () =>
      finish(reading(source, null, (s) => readTensor(s, header, name, t, bfloat16))),
    );
  }
  /** The same as a tensor of tf. */
  tensor(name: string): any {
    const a = this.get(name) as NDArray | Promise<NDArray>;
    return a instanceof Promise ? a.then(toTensor) : toTensor(a);
  }
  close(): void {
    this.source = null;
  }
  [Symbol.dispose](): void {
    this.close();
  }
  repr(): string {
    const keys = this.keys();
    return `SafetensorsFile with ${keys.length} tensor${keys.length === 1 ? '' : 's'}: ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? '...' : ''}`;
  }
  toString(): string {
    return this.repr();
  }
}
inspectable(SafetensorsFile, 'SafetensorsFile');

const toTensor = (a: NDArray): Tensor => convert_to_tensor(a);

function opened(file: unknown, kw: SafetensorsKeywords | undefined, by: string, open: Opening): unknown {
  const { bfloat16, progress } = optionsOf(kw);
  return finish(
    reading(openSource(file, by, open), progress, function* (s) {
      if (s.sequential) throw new ValueError(`${by}: a stream is read in order; take load_safetensors`);
      const h = yield* readHead(s);
      return new SafetensorsFile(h, () => openSource(file, by, open), bfloat16);
    }),
  );
}

export interface OpenSafetensors {
  (file: Blob | { readonly fd: number } | Promise<unknown>, kw?: SafetensorsKeywords): Promise<SafetensorsFile>;
  (file: Source, kw?: SafetensorsKeywords): SafetensorsFile;
}

/**
 * Opens a safetensors file whose tensors are read one by one ({@link SafetensorsFile}), from a path, bytes, a Blob or a FileHandle.
 * @throws as load_safetensors; ValueError for streams, which can only be read in order
 * @example
 * const bytes = new interop.BytesIO();
 * interop.save_safetensors(bytes, { w: np.ones([2, 3], 'int8') });
 * interop.open_safetensors(bytes.getvalue()).info('w').shape // → [ 2, 3 ]
 */
export const open_safetensors: OpenSafetensors = ((file: unknown, kw?: SafetensorsKeywords) =>
  runAs('open_safetensors', () => opened(file, kw, 'open_safetensors', pathSource))) as never;
