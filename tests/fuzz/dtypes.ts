/**
 * dtypes beside native numbers in the exchange with oracle.py: `d` is then NumPy's code, such as `<U3`, `<M8[s]`, `>f8`, or a list of fields.
 * Elements are bytes, those of objects a list `o` of values.
 */

export type Spelt = string | readonly (readonly [string, string])[];

/** A dtype as oracle.py spells it in answers: the name of native numbers, the text of structures, NumPy's code of others. */
export function codeOf(dtype: any): string {
  if (dtype.layout) return String(dtype);
  if ('biufc'.includes(dtype.kind) && dtype.isnative) return dtype.name;
  return dtype.str;
}

const NATIVE: Record<string, string> = {
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  c8: 'complex64',
  c16: 'complex128',
};

/** Numbers in the other byte order as native ones; null for what is no such dtype. */
export function nativeNumbers(dtype: Spelt, bytes: Uint8Array): { dtype: string; bytes: Uint8Array } | null {
  const name = typeof dtype === 'string' && dtype[0] === '>' ? NATIVE[dtype.slice(1)] : undefined;
  if (name === undefined) return null;
  const size = Number(dtype.slice(2)) / (dtype[1] === 'c' ? 2 : 1);
  const out = bytes.slice();
  for (let i = 0; i < out.length; i += size) out.subarray(i, i + size).reverse();
  return { dtype: name, bytes: out };
}

/** An object element from the exchange. */
const objectOf = (x: any): unknown =>
  typeof x !== 'object' || x === null
    ? x
    : x.i !== undefined
      ? BigInt(x.i)
      : x.n === 'nan'
        ? Number.NaN
        : x.n === 'inf'
          ? Infinity
          : -Infinity;

/** An array of objects in C order. */
export function objects(np: any, list: readonly unknown[], shape: readonly number[]): any {
  const out = np.empty([list.length], 'O');
  for (const [i, x] of list.entries()) out.set([i], objectOf(x));
  return out.reshape([...shape]);
}

/** What differs between an array of objects and the wanted elements, or null. */
export function differingObjects(got: any, want: readonly any[]): string | null {
  const list: unknown[] = got.ravel().tolist();
  if (list.length !== want.length) return `${list.length} elements instead of ${want.length}`;
  for (let i = 0; i < want.length; i++) {
    const x = list[i];
    const y = objectOf(want[i]);
    if (Object.is(x, y) || (typeof y === 'bigint' && typeof x === 'number' && Number(y) === x)) continue;
    return `[${i}] is ${String(x)} instead of ${String(y)}`;
  }
  return null;
}

/** Elements of a dtype that is no native number, as text for people. */
export function shown(spec: { d: Spelt; o?: readonly unknown[]; i?: number }, bytes: Uint8Array): string[] {
  if (spec.o) return spec.o.map((x) => JSON.stringify(objectOf(x), (_, v) => (typeof v === 'bigint' ? `${v}n` : v)));
  const size = spec.i || 1;
  const out: string[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) {
    const e = bytes.slice(at, at + size);
    const view = new DataView(e.buffer);
    const kind = typeof spec.d === 'string' ? spec.d[1] : 'V';
    const little = spec.d[0] !== '>';
    if (kind === 'U') {
      let s = '';
      for (let k = 0; k < size; k += 4)
        if (view.getUint32(k, little)) s += String.fromCodePoint(view.getUint32(k, little));
      out.push(JSON.stringify(s));
    } else if (kind === 'M' || kind === 'm') out.push(String(view.getBigInt64(0, little)));
    else out.push(`0x${Buffer.from(e).toString('hex')}`);
  }
  return out;
}

/** Bytes of the elements of native numbers. */
export const SIZES: Record<string, number> = {
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

const half = new DataView(new ArrayBuffer(4));
/** A float16 from its bits. */
export function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  half.setUint32(0, ((exponent + 112) << 23) | (fraction << 13));
  return sign * half.getFloat32(0);
}
