import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { halfToNumber } from '../../../src/core/device/access.js';

/** Reads tests/golden/math.json. */

export interface Column {
  readonly dtype: string;
  readonly length: number;
  /** The halves of each element: one for real dtypes, two for complex. */
  readonly parts: readonly ArrayLike<number | bigint>[];
}

export interface Case {
  readonly fn: string;
  readonly group: string;
  readonly operands: readonly Column[];
  readonly results: readonly Column[];
}

const ARRAYS: Record<string, (b: ArrayBuffer) => ArrayLike<number | bigint>> = {
  bool: (b) => new Uint8Array(b),
  int8: (b) => new Int8Array(b),
  uint8: (b) => new Uint8Array(b),
  int32: (b) => new Int32Array(b),
  uint32: (b) => new Uint32Array(b),
  int64: (b) => new BigInt64Array(b),
  uint64: (b) => new BigUint64Array(b),
  float16: (b) => Float64Array.from(new Uint16Array(b), halfToNumber),
  float32: (b) => new Float32Array(b),
  float64: (b) => new Float64Array(b),
};

function column({ dtype, data }: { dtype: string; data: string }): Column {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64')).buffer;
  if (!dtype.startsWith('complex')) {
    const values = ARRAYS[dtype](bytes);
    return { dtype, length: values.length, parts: [values] };
  }
  const all = (dtype === 'complex64' ? new Float32Array(bytes) : new Float64Array(bytes)) as Float64Array;
  const half = (k: number): ArrayLike<number> => all.filter((_, i) => i % 2 === k);
  return { dtype, length: all.length / 2, parts: [half(0), half(1)] };
}

export function goldenCases(): Case[] {
  const file = JSON.parse(readFileSync(join(__dirname, '../../golden/math.json'), 'utf8'));
  const groups = new Map<string, Column[]>(Object.entries(file.groups).map(([k, v]) => [k, (v as any[]).map(column)]));
  return file.cases.map((c: any) => ({
    fn: c.fn,
    group: c.group,
    operands: groups.get(c.group),
    results: c.results.map(column),
  }));
}

const scratch = new DataView(new ArrayBuffer(8));

/** A float's place in the order of floats of its type, so that neighbours differ by one. */
function place(x: number, type: string): bigint {
  if (type === 'float32') {
    scratch.setFloat32(0, x);
    const i = BigInt(scratch.getInt32(0));
    return i < 0n ? -(1n << 31n) - i : i;
  }
  scratch.setFloat64(0, x);
  const i = scratch.getBigInt64(0);
  return i < 0n ? -(1n << 63n) - i : i;
}

/** Units in the last place between two floats; infinite where one is NaN, or both are zeros of different sign. */
export function ulps(a: number, b: number, type: string): number {
  if (Object.is(a, b) || (a !== a && b !== b)) return 0;
  if (a !== a || b !== b || a === b) return Number.POSITIVE_INFINITY;
  const d = place(a, type) - place(b, type);
  return Number(d < 0n ? -d : d);
}
