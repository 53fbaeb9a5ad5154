import type { AnyOperand, Device, Kernel } from '../../src/core/device/device.js';
import { reference } from '../../src/core/device/reference/index.js';
import { getDevice } from '../../src/core/device/registry.js';
import type { DType } from '../../src/core/dtype.js';
import { narrowLoop } from '../../src/core/ops/narrow.js';
import { requireTypes } from '../../src/core/device/types.js';
import { loopsOf, mapProgram, type UfuncRow } from '../../src/core/ops/row.js';
import * as arithmetic from '../../src/core/ops/ufuncs/arithmetic.js';
import * as elementary from '../../src/core/ops/ufuncs/elementary.js';
import * as logic from '../../src/core/ops/ufuncs/logic.js';
import * as shaping from '../../src/core/ops/ufuncs/shaping.js';
import * as special from '../../src/core/ops/ufuncs/special.js';

/**
 * Every ufunc on the gpu of a page beside the definition (the reference device), for the dtypes that the gpu has: values that matter, and ordinary
 * ones. Runs in the page.
 */

export interface UfuncReport {
  /** `exp f->f` */
  readonly name: string;
  /** Whether it is one of the special functions, some of which are expressions in float64 alone. */
  readonly special: boolean;
  /** Why the gpu does not run it; null where it does. */
  readonly refused: string | null;
  /** The largest distance of a finite result, in units in the last place. */
  readonly worst: number;
  /** Results that differ otherwise: text of some. */
  readonly wrong: readonly string[];
}

const NAMES: readonly string[] = ['float32', 'int32', 'uint32', 'bool'];
const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  3,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e-3,
  1e3,
  1e10,
  -1e10,
  1e30,
  -1e30,
  88,
  89,
  -88,
  -104,
  1e-30,
  0.1,
  0.9999,
  1.0001,
  100,
  -100,
  3.14159,
  1e5,
  12345.678,
  2 ** 24,
  16777217,
  2 ** 31,
  -(2 ** 31),
  2 ** -126,
];
const WHOLE = [0, 1, -1, 2, 3, -7, 10, 31, 32, 255, 65536, 16777217, -16777217, 2147483647, -2147483648];

function numbers(seed: number, n: number, scale: number): number[] {
  let s = seed >>> 0;
  return Array.from({ length: n }, () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return (s / 2 ** 32 - 0.5) * scale;
  });
}
const values = (d: DType): number[] =>
  d.kind === 'f' ? [...FLOATS, ...numbers(1, 27, 20)] : [...WHOLE, ...numbers(2, 49, 2 ** 32).map(Math.trunc)];

const container = (d: DType, n: number): Float32Array | Int32Array | Uint32Array | Uint8Array =>
  d.kind === 'f'
    ? new Float32Array(n)
    : d.kind === 'i'
      ? new Int32Array(n)
      : d.kind === 'u'
        ? new Uint32Array(n)
        : new Uint8Array(n);

/** Operands of n elements: every pair of values, and some triples. */
function operand(d: DType, i: number, n: number): Float32Array | Int32Array | Uint32Array | Uint8Array {
  const list = values(d);
  const out = container(d, n);
  for (let j = 0; j < n; j++) {
    const v = list[(i === 0 ? j : i === 1 ? Math.floor(j / list.length) : j * 7) % list.length];
    out[j] = d.kind === 'b' ? (v > 0 ? 1 : 0) : v;
  }
  return out;
}

const isSpecial = (row: UfuncRow): boolean => (Object.values(special) as unknown[]).includes(row);

const bits = new DataView(new ArrayBuffer(4));
/** Floats in a row as integers. */
function rank(x: number): number {
  bits.setFloat32(0, x);
  const i = bits.getInt32(0);
  return i < 0 ? -(i & 0x7fffffff) : i;
}
const isTiny = (x: number): boolean => x !== 0 && Math.abs(x) < 2 ** -126;

async function compare(
  row: UfuncRow,
  ins: readonly DType[],
  outs: readonly DType[],
  text: string,
  device: Device,
): Promise<UfuncReport> {
  const name = `${row.name} ${text}`;
  const loop = loopsOf(row).find((l) => l.text === text);
  if (loop === undefined || device.transfers === undefined) throw new Error(name);
  const { transfers } = device;
  const program = mapProgram(row, loop, ins, outs, false);
  const n = ins.length === 1 ? 64 : 64 * 64;
  const data = ins.map((d, i) => operand(d, i, n));
  const bytesOf = (a: ArrayBufferView): Uint8Array =>
    new Uint8Array(a.buffer as ArrayBuffer, a.byteOffset, a.byteLength);
  const results = outs.map((d) => ({ dtype: d, buffer: device.allocate(n * d.itemsize), offset: 0, size: n }));
  let got: (Float32Array | Int32Array | Uint32Array | Uint8Array)[];
  try {
    const narrow = mapProgram(row, narrowLoop(row, loop, device), ins, outs, false);
    // Some devices compute in 64 bits on the way, which takes long to compile and is tested elsewhere.
    requireTypes(device, narrow);
    const kernel: Kernel = device.prepare(narrow);
    const operands = ins.map((d, i) => ({
      dtype: d,
      buffer: transfers.upload(bytesOf(data[i]), d),
      offset: 0,
      size: n,
    }));
    kernel.flat(n, [...operands, ...results]);
    got = await Promise.all(
      results.map(async ({ dtype: d, buffer }) => {
        const bytes = await transfers.download(buffer, d, 0, n * d.itemsize);
        const out = container(d, n);
        bytesOf(out).set(bytes);
        return out;
      }),
    );
  } catch (e) {
    return { name, special: isSpecial(row), refused: (e as Error).message, worst: 0, wrong: [] };
  }
  const wanted = outs.map((d) => container(d, n));
  const host: AnyOperand[] = [...data, ...wanted].map((a, i) => ({
    dtype: [...ins, ...outs][i],
    buffer: (reference.wrap as NonNullable<Device['wrap']>)(bytesOf(a)),
    offset: 0,
  }));
  reference.prepare(program).run(
    [n],
    host,
    [...ins, ...outs].map((d) => [d.itemsize]),
  );
  let worst = 0;
  const wrong: string[] = [];
  got.forEach((g, r) => {
    for (let j = 0; j < n; j++) {
      const [a, b] = [g[j], wanted[r][j]];
      if (Object.is(a, b)) continue;
      // Numbers below the normal ones may count as zero on a gpu.
      if (data.some((x) => isTiny(x[j])) || (outs[r].kind === 'f' && Math.abs(a - b) <= 2 ** -126)) continue;
      const apart =
        outs[r].kind === 'f' && Number.isFinite(a) && Number.isFinite(b) && a !== b
          ? Math.abs(rank(a) - rank(b))
          : 2 ** 31;
      if (apart < 1000) worst = Math.max(worst, apart);
      else if (wrong.length < 3) wrong.push(`(${data.map((x) => x[j]).join(', ')}) gives ${a} instead of ${b}`);
    }
  });
  return { name, special: isSpecial(row), refused: null, worst, wrong };
}

/** All loops of all ufuncs whose operands and results the gpu has. */
export async function compareUfuncs(): Promise<UfuncReport[]> {
  const device = getDevice('gpu:0');
  const rows = [arithmetic, elementary, logic, shaping, special].flatMap((m) => Object.values(m) as unknown[]);
  const reports: UfuncReport[] = [];
  for (const row of rows as UfuncRow[]) {
    if (typeof row !== 'object' || row === null || !('types' in row)) continue;
    for (const l of loopsOf(row)) {
      const named = [...l.ins, ...l.outs];
      if (named.some((d) => d === undefined || !NAMES.includes(d.name))) continue;
      reports.push(await compare(row, l.ins, l.outs, l.text, device));
    }
  }
  return reports;
}
