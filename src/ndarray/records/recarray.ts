import type { Face } from '../../core/array.js';
import type { DeviceBuffer, HostBuffer } from '../../core/device/device.js';
import { asDtype, type DType, type DTypeLike, type DTypeName, type StructuredLike } from '../../core/dtype.js';
import { AttributeError, TypeError } from '../../core/errors.js';
import { Storage } from '../../core/memory.js';
import { cStrides } from '../../core/view.js';
import { newArray, readShape, toNDArray } from '../creation/make.js';
import { getIndex, setIndex } from '../indexing/item.js';
import { arrayFace, NDArray } from '../ndarray.js';
import { array2string } from '../print/index.js';
import { FormatParser, type ParserOptions } from './format.js';

/** Arrays of structures whose fields are attributes. */

/** An array of structures with a property for every field, as `np.recarray` and `np.rec.array` make them. */
export class RecArray<N extends DTypeName = any> extends NDArray<N> {
  /** The fields, where no method has their name. */
  [field: string]: any;

  constructor(
    storage: Storage,
    dtype: DType<N>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
    base: NDArray | null,
    writeable: boolean,
  ) {
    super(storage, dtype, shape, strides, offset, base, writeable);
    for (const f of dtype.layout ?? [])
      if (!(f.name in this))
        Object.defineProperty(this, f.name, {
          configurable: true,
          get: () => getIndex(this, [f.name]),
          set: (v: unknown) => setIndex(this, [f.name], v),
        });
  }

  override get face(): Face {
    return recFace;
  }

  override viewOf<M extends DTypeName = N>(
    dtype: DType<M>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ): NDArray<M> {
    if (dtype.layout === null) return super.viewOf(dtype, shape, strides, offset);
    const base = this.base ?? (this as unknown as NDArray);
    return new RecArray<M>(this.storage, dtype, shape, strides, offset, base, this.writeable) as unknown as NDArray<M>;
  }

  /**
   * A field by name or place; with a value, writes to it.
   * @throws AttributeError `recarray has no attribute x`
   */
  field(key: string | number, value?: unknown): NDArray | null {
    const layout = this.dtype.layout ?? [];
    const name = typeof key === 'number' ? layout[key < 0 ? key + layout.length : key]?.name : key;
    if (name === undefined || !layout.some((f) => f.name === name || f.title === name))
      throw new AttributeError(`recarray has no attribute ${key}`);
    if (value === undefined || value === null) return getIndex(this, [name]);
    setIndex(this, [name], value);
    return null;
  }

  override repr(): string {
    const prefix = 'rec.array(';
    const text =
      this.size > 0 || (this.shape.length === 1 && this.shape[0] === 0)
        ? array2string(this, null, null, null, ', ', prefix, null, null, null, null, null, ',')
        : `[], shape=(${this.shape.join(', ')}${this.shape.length === 1 ? ',' : ''})`;
    return `${prefix}${text},\n${' '.repeat(prefix.length)}dtype=${String(this.dtype)})`;
  }
}

const plain = (dtype: DType): boolean => dtype.layout === null;

/** Results of operations on these arrays are such arrays, where they are structures. */
const recFace: Face = {
  name: 'recarray',
  priority: 0.5,
  fresh: (buffer: DeviceBuffer, dtype, shape, strides) =>
    plain(dtype)
      ? arrayFace.fresh(buffer, dtype, shape, strides)
      : (new RecArray(
          new Storage(buffer),
          dtype,
          shape,
          strides ?? cStrides(shape, dtype.itemsize),
          0,
          null,
          true,
        ) as unknown as NDArray),
  view: (of, dtype, shape, strides, offset) => (of as NDArray).viewOf(dtype, shape, strides, offset),
  beforeWrite: (of, by) => arrayFace.beforeWrite(of, by),
};

/** The same memory as an array with attributes. */
export function asRecords(a: NDArray): RecArray {
  if (a instanceof RecArray) return a;
  return new RecArray(a.storage, a.dtype, a.shape, a.strides, a.offset, a.base ?? a, a.writeable);
}

export type StructuredType = DTypeLike | StructuredLike | (string & {});

export interface RecArrayOptions extends ParserOptions {
  dtype?: StructuredType | null;
  buf?: ArrayBufferView | ArrayBufferLike | NDArray | null;
  offset?: number;
  strides?: readonly number[] | null;
  order?: 'C' | 'F';
}

/** The structure that a dtype, or formats and names, describe. @throws ValueError, TypeError */
export function structureOf(o: ParserOptions & { dtype?: unknown }): DType {
  const d =
    o.dtype !== null && o.dtype !== undefined
      ? asDtype(o.dtype as DTypeLike)
      : new FormatParser(o.formats ?? null, o.names ?? null, o.titles ?? null, o.aligned ?? false, o.byteorder ?? null)
          .dtype;
  return d;
}

/** `np.recarray(shape, {dtype})`: an array of structures with attributes, its memory zeroed or a user's. */
export function makeRecArray(shape: unknown, o: RecArrayOptions): RecArray {
  const dtype = structureOf(o);
  const lengths = readShape(shape);
  if (o.buf === null || o.buf === undefined) return asRecords(newArray(lengths, dtype, o.order ?? 'C', true));
  if (!(o.buf instanceof NDArray) && !ArrayBuffer.isView(o.buf) && !(o.buf instanceof ArrayBuffer))
    throw new TypeError('a bytes-like object is required');
  const memory = o.buf instanceof NDArray ? o.buf : toNDArray(bytesOf(o.buf as ArrayBuffer));
  const strides = o.strides ?? cStrides(lengths, dtype.itemsize);
  const need = (o.offset ?? 0) + lengths.reduce((m, n, i) => m + (n - 1) * strides[i], dtype.itemsize);
  if (need > (memory.buffer as HostBuffer).nbytes - memory.offset)
    throw new TypeError('buffer is too small for requested array');
  return asRecords(memory.viewOf(dtype, lengths, strides, memory.offset + (o.offset ?? 0)));
}

/** Memory as bytes. */
export const bytesOf = (b: ArrayBufferView | ArrayBufferLike): Uint8Array =>
  ArrayBuffer.isView(b) ? new Uint8Array(b.buffer, b.byteOffset, b.byteLength) : new Uint8Array(b);
