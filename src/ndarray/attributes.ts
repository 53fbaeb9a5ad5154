import { ArrayValue } from '../core/array.js';
import { AttributeError, NotImplementedError, OSError, TypeError, ValueError } from '../core/errors.js';
import { deliver, isPath, type Path, type Sink } from '../core/files.js';
import { contiguousBytes, castTo } from '../core/ops/move.js';
import { typeName as kindName } from '../core/python/kind.js';
import { repr, str } from '../core/python/repr.js';
import { isKeywords } from '../core/signature.js';
import { percent } from '../core/strings/percent.js';
import { namespaceFor } from './array-api.js';
import { CPU_DEVICE, type DLPackCapsule, type DLPackKeywords, toCapsule } from './creation/dlpack.js';
import { array_str } from './print/index.js';
import type { NDArray } from './ndarray.js';
import { conjugate } from './ufuncs.js';

/** What arrays have beside their mathematics: where they live, and how they leave. */
export interface AttributeMethods {
  /** Complex conjugate; an array that is not complex itself. */
  conj(out?: unknown): NDArray;
  /** The same as `conj`. */
  conjugate(out?: unknown): NDArray;
  /** The array itself: all arrays live on 'cpu'. @throws ValueError for any other device */
  to_device(device: 'cpu', kw?: { stream?: null }): NDArray;
  /** The np namespace, for code that is written for any array library. @throws ValueError for a version of the standard that np does not have */
  __array_namespace__(kw?: { api_version?: string | null }): any;
  /** The array as DLPack's capsule: its fields, and the memory itself. @throws BufferError for what DLPack cannot say */
  __dlpack__(kw?: DLPackKeywords): DLPackCapsule;
  /** `[1, 0]`: memory of the host. */
  __dlpack_device__(): readonly [number, number];
  /**
   * Writes the elements, in C order, to a path or to something with a method `write`: their bytes, or with `sep` their texts, by a format of Python's `%`.
   * @throws FileNotFoundError, TypeError; OSError for objects; NotImplementedError where there are no files
   */
  tofile(file: Path | Sink, sep?: string | TofileKeywords, format?: string | TofileKeywords): null;
  /** Pickles are Python's own. @throws NotImplementedError always: `tofile` and `tobytes` are there */
  dump(file: string): never;
  /** Pickles are Python's own. @throws NotImplementedError always */
  dumps(): never;
  /** C pointers do not exist here. @throws AttributeError always: `data` gives the memory as a typed array */
  readonly ctypes: never;
}
export interface TofileKeywords {
  /** Between texts; empty for the bytes themselves. */
  sep?: string;
  format?: string;
}

const typeName = (x: unknown): string =>
  x === null || x === undefined ? 'NoneType' : typeof x === 'number' ? 'int' : typeof x;

const TEXTS = { str, repr, type: kindName };

/** Elements as Python's str() writes them, or by a format of Python's `%`. */
function texts(a: NDArray, format: string): string[] {
  const flat = a.ravel();
  const plain = format === '%s' || format === '';
  const whole = 'iu'.includes(a.dtype.kind);
  return Array.from({ length: a.size }, (_, i) => {
    if (plain) return array_str(flat.at(i));
    const v: unknown = flat.item(i);
    return percent(format, [whole ? BigInt(v as number) : v], TEXTS);
  });
}

const pickle = (by: string): never => {
  throw new NotImplementedError(`${by}: pickles can only be written by Python; use tofile() or tobytes()`);
};

export const attributeMethods: ThisType<NDArray> & AttributeMethods = {
  conj(given) {
    const self = this as unknown as NDArray;
    const out = given instanceof ArrayValue ? given : ((given as { out?: unknown } | null | undefined)?.out ?? null);
    const { kind } = self.dtype;
    if (!'biufcO'.includes(kind)) throw new TypeError('cannot conjugate non-numeric dtype');
    if (out !== null) return conjugate(self, { out: out as NDArray }) as NDArray;
    return kind === 'c' || kind === 'O' ? (conjugate(self) as NDArray) : self;
  },
  conjugate(out) {
    return (this as unknown as NDArray).conj(out) as NDArray;
  },
  to_device(device, kw) {
    if (kw?.stream !== undefined && kw.stream !== null)
      throw new ValueError('The stream argument in to_device() is not supported');
    if (device !== 'cpu') throw new ValueError(`Unsupported device: ${String(device)}. Only 'cpu' is accepted.`);
    return this as unknown as NDArray;
  },
  __array_namespace__(kw) {
    return namespaceFor(kw);
  },
  __dlpack__(kw) {
    return toCapsule(this as unknown as NDArray, kw);
  },
  __dlpack_device__() {
    return CPU_DEVICE;
  },
  tofile(file, ...rest) {
    const self = this as unknown as NDArray;
    const last = rest[rest.length - 1];
    const kw: TofileKeywords = isKeywords(last) ? (rest.pop() as TofileKeywords) : {};
    const sep = rest[0] ?? kw.sep ?? '';
    const format = rest[1] ?? kw.format ?? '%s';
    if (file === undefined) throw new TypeError("tofile() missing required argument 'file' (pos 1)");
    const sink = typeof (file as { write?: unknown } | null)?.write === 'function';
    if (!isPath(file) && !sink) throw new AttributeError(`'${typeName(file)}' object has no attribute 'flush'`);
    if (typeof sep !== 'string') throw new TypeError(`tofile() argument 2 must be str, not ${typeName(sep)}`);
    if (typeof format !== 'string') throw new TypeError(`tofile() argument 3 must be str, not ${typeName(format)}`);
    if (sep === '' && self.dtype.hasobject) throw new OSError('cannot write object arrays to a file in binary mode');
    const data =
      sep === ''
        ? (contiguousBytes(self) ?? (contiguousBytes(castTo(self, self.dtype, 'C')) as Uint8Array))
        : new TextEncoder().encode(texts(self, format).join(sep));
    deliver(file, '', [data], 'tofile');
    return null;
  },
  dump() {
    return pickle('dump');
  },
  dumps() {
    return pickle('dumps');
  },
  get ctypes(): never {
    throw new AttributeError("'numpy.ndarray' object has no attribute 'ctypes': there are no C pointers; see data");
  },
};
