import type { ArrayValue } from '../../core/array.js';
import { allocate, fromInterface, toArray } from '../../core/coerce.js';
import type { HostBuffer } from '../../core/device/device.js';
import { asDtype, byName, type DType, strDtype } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import type { Brought } from '../../core/neighbours.js';
import { copyAs } from '../../core/ops/copy.js';
import { runAs } from '../../core/transfers.js';
import { take } from '../../ndarray/indexing/index.js';
import { concatenate } from '../../ndarray/manipulation/index.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { type ArrowType, ID, lyingOf } from './arrow-types.js';
import { copied, type Neighbour, overConstant, ownCopy, type ReadOptions } from './neighbour.js';

/**
 * Apache Arrow: vectors, their chunks, and tables. Memory of fixed-size values is shared, read-only as Arrow's vectors are; bits of booleans, text,
 * dictionaries and several chunks are copied, which the ledger shows.
 */

/** A chunk of a vector. */
interface Data {
  readonly type: ArrowType;
  readonly length: number;
  readonly offset: number;
  readonly stride: number;
  readonly nullCount: number;
  readonly values: any;
  readonly valueOffsets?: Int32Array | BigInt64Array;
  readonly nullBitmap?: Uint8Array;
  readonly children: readonly Data[];
  readonly dictionary?: Vector;
}
interface Vector {
  readonly type: ArrowType;
  readonly length: number;
  readonly nullCount: number;
  readonly data: readonly Data[];
  get(i: number): any;
}
interface Table {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly numRows: number;
  getChildAt(i: number): Vector | null;
}

const isVector = (x: any): x is Vector =>
  Array.isArray(x.data) &&
  typeof x.type === 'object' &&
  x.type !== null &&
  'typeId' in x.type &&
  typeof x.isValid !== 'undefined';
const isData = (x: any): x is Data =>
  typeof x.type === 'object' && x.type !== null && 'typeId' in x.type && Array.isArray(x.children) && 'nullBitmap' in x;
export const isTable = (x: any): x is Table =>
  typeof x.schema === 'object' &&
  x.schema !== null &&
  Array.isArray(x.schema.fields) &&
  typeof x.getChildAt === 'function';

/** One bit for each value, from a bit on. */
function bits(from: Uint8Array, start: number, n: number): Uint8Array {
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i++) out[i] = (from[(start + i) >> 3] >> ((start + i) & 7)) & 1;
  return out;
}

/** Where a chunk has values: 1, and 0 where one is missing; null where none is. */
function valid(d: Data): Uint8Array | null {
  if (d.type.typeId === ID.Null) return new Uint8Array(d.length);
  const map = d.nullBitmap;
  return d.nullCount === 0 || map === undefined || map === null || map.length === 0
    ? null
    : bits(map, d.offset, d.length);
}

/** The values of a chunk, whatever stands where one is missing. */
function values(d: Data): Brought {
  const { type, length } = d;
  const lying = lyingOf(type);
  if (lying !== null) {
    const a = overConstant({ data: d.values, shape: [length], dtype: lying.memory }).array;
    if (lying.dtype === lying.memory) return { array: a, shared: true };
    copied('dtype', length * 8, type.toString(), lying.dtype.name);
    const wide = copyAs(a, byName.int64, 'C');
    return ownCopy(wide.face.view(wide, lying.dtype, wide.shape, wide.strides, wide.offset));
  }
  switch (type.typeId) {
    case ID.Null:
      return ownCopy(allocate([length], byName.float64, undefined, true));
    case ID.Bool: {
      copied('dtype', length, 'bits', 'bool');
      const out = allocate([length], byName.bool);
      (out.buffer as HostBuffer).bytes.set(bits(d.values, d.offset, length));
      return ownCopy(out);
    }
    case ID.Utf8:
    case ID.LargeUtf8: {
      const ends = d.valueOffsets as Int32Array;
      const text = new TextDecoder();
      const list = Array.from({ length }, (_, i) =>
        text.decode(d.values.subarray(Number(ends[i]), Number(ends[i + 1]))),
      );
      copied('dtype', Number(ends[length] ?? 0) - Number(ends[0] ?? 0), type.toString(), 'str');
      return ownCopy(toArray(list, strDtype(0)));
    }
    case ID.FixedSizeList: {
      const n = type.listSize as number;
      const inner = whole(d.children[0], { nulls: 'raise' });
      const { array: a } = inner;
      return { array: (a as NDArray).reshape([length, n, ...a.shape.slice(1)]), shared: inner.shared };
    }
    case ID.Dictionary: {
      const known = readVector(d.dictionary as Vector, { nulls: 'raise' }).array;
      const index = overConstant({ data: d.values, shape: [length], dtype: indexDtype(type) }).array as NDArray;
      copied('dtype', length * known.dtype.itemsize, type.toString(), known.dtype.name);
      const ok = valid(d);
      // What stands where a value is missing points nowhere.
      const safe =
        ok === null
          ? index
          : (toArray(
              Array.from(ok, (v, i) => (v === 1 ? Number(d.values[i]) : 0)),
              byName.int64,
            ) as NDArray);
      if (known.size === 0)
        return ownCopy(allocate([length], known.dtype.kind === 'U' ? strDtype(1) : known.dtype, undefined, true));
      return ownCopy(take(known as NDArray, safe) as ArrayValue);
    }
    case ID.Struct:
      return ownCopy(
        structured(
          type.children?.map((f) => f.name) ?? [],
          d.children.map((c) => whole(c, { nulls: 'raise' }).array),
          length,
        ),
      );
    default:
      throw new TypeError(`to_array: Arrow's type ${type} has no dtype here`);
  }
}

const indexDtype = (t: ArrowType): DType =>
  (lyingOf((t as unknown as { indices: ArrowType }).indices) as { memory: DType }).memory;

/** The values of a chunk, with what stands in place of missing ones. @throws ValueError for missing values, where that is not said */
function whole(d: Data, { nulls = 'raise' }: ReadOptions): Brought {
  const ok = valid(d);
  if (ok === null) return values(d);
  if (nulls === 'raise')
    throw new ValueError(
      `to_array: ${d.nullCount} of ${d.length} values are missing; say how to read them: {nulls: 'nan'}, a value in their place, or interop.to_masked`,
    );
  const given = values(d).array;
  const { kind } = given.dtype;
  let fill = nulls;
  let dtype: DType = given.dtype;
  if (nulls === 'nan') {
    if (kind === 'M' || kind === 'm') fill = 'NaT';
    else if (kind === 'f' || d.type.typeId === ID.Null) fill = Number.NaN;
    else if (kind === 'i' || kind === 'u' || kind === 'b') {
      fill = Number.NaN;
      dtype = byName.float64;
    } else throw new ValueError(`to_array: ${given.dtype.name} has no NaN; give a value for missing ones: {nulls: …}`);
  }
  copied('dtype', given.size * dtype.itemsize, d.type.toString(), dtype.name);
  const value = toArray(fill, kind === 'U' ? strDtype(0) : dtype) as NDArray;
  const out = copyAs(given, kind === 'U' && value.itemsize > dtype.itemsize ? value.dtype : dtype, 'C') as NDArray;
  const gaps = fromInterface({ data: ok.map((v) => 1 - v), shape: [d.length], dtype: 'bool' }) as NDArray;
  out.set([gaps], value as never);
  return ownCopy(out);
}

function readVector(x: Vector, options: ReadOptions): Brought {
  if (x.data.length === 1) return whole(x.data[0], options);
  const parts = x.data.filter((d) => d.length > 0).map((d) => whole(d, options).array as NDArray);
  if (parts.length === 1) return { array: parts[0], shared: true };
  if (parts.length === 0) {
    const lying = lyingOf(x.type);
    return ownCopy(allocate([0], lying?.dtype ?? (x.type.typeId === ID.Bool ? byName.bool : strDtype(1))));
  }
  copied(
    'order',
    parts.reduce((n, p) => n + p.nbytes, 0),
    `${parts.length} chunks`,
    'cpu:0',
  );
  return ownCopy(concatenate(parts) as ArrayValue);
}

/** Columns side by side as one array of structures. */
function structured(names: readonly string[], columns: readonly ArrayValue[], rows: number): ArrayValue {
  const dtype = asDtype(names.map((n, i) => [n, columns[i].dtype, columns[i].shape.slice(1)]) as never);
  copied('order', rows * dtype.itemsize, 'columns', 'cpu:0');
  const out = allocate([rows], dtype, undefined, true) as NDArray;
  names.forEach((n, i) => {
    (out.at(n) as NDArray).set(['...'], columns[i] as never);
  });
  return out;
}

/** The columns of a table, by name; each shares its memory where a vector would. */
export function arrowColumns(t: Table, options: ReadOptions): Record<string, NDArray> {
  return Object.fromEntries(
    t.schema.fields.map((f, i) => [f.name, readVector(t.getChildAt(i) as Vector, options).array as NDArray]),
  );
}

export const arrow: Neighbour = {
  name: 'Apache Arrow',
  knows: (x) => isVector(x) || isTable(x) || isData(x),
  read: (x: Vector | Data | Table, options) => {
    if (isTable(x)) {
      const columns = arrowColumns(x, options);
      return ownCopy(structured(Object.keys(columns), Object.values(columns), x.numRows));
    }
    return isVector(x) ? readVector(x, options) : whole(x, options);
  },
};

/**
 * The values of an Arrow vector, and where they are missing (true there). Where a value is missing, `data` has whatever stands in memory.
 *
 * @throws TypeError for what is no vector, and for types that no dtype has
 * @example
 * const arrow = require('apache-arrow');
 * const { data, mask } = interop.to_masked(arrow.vectorFromArray([1, null, 3], new arrow.Float64()));
 * np.where(mask, -1, data); // → array([ 1., -1.,  3.])
 */
export function to_masked(x: unknown): { data: NDArray; mask: NDArray } {
  return runAs('interop.to_masked', () => {
    if (typeof x !== 'object' || x === null || !(isVector(x) || isData(x)))
      throw new TypeError('to_masked: expected a vector of Apache Arrow');
    const parts: readonly Data[] = isVector(x) ? x.data : [x];
    const data = parts.map((d) => values(d).array as NDArray);
    const mask = allocate([parts.reduce((n, d) => n + d.length, 0)], byName.bool, undefined, true) as NDArray;
    let at = 0;
    for (const d of parts) {
      const ok = valid(d);
      if (ok !== null)
        (mask.buffer as HostBuffer).bytes.set(
          ok.map((v) => 1 - v),
          at,
        );
      at += d.length;
    }
    if (data.length === 1) return { data: data[0], mask };
    if (data.length === 0) return { data: readVector(x as unknown as Vector, {}).array as NDArray, mask };
    copied(
      'order',
      data.reduce((n, p) => n + p.nbytes, 0),
      `${data.length} chunks`,
      'cpu:0',
    );
    return { data: concatenate(data) as NDArray, mask };
  });
}
