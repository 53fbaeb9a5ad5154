import { accessor } from '../../../src/core/device/access.js';
import { cpu, wrap } from '../../../src/core/device/cpu/index.js';
import type { AnyOperand, Device, HostBuffer, Operand } from '../../../src/core/device/device.js';
import { reference } from '../../../src/core/device/reference/index.js';
import { byName, type DType, type NumericName, isWide, type ScalarType } from '../../../src/core/dtype.js';
import type { Program } from '../../../src/core/ir/expr.js';

/** Runs programs on the cpu device and on the reference device and compares what they leave in memory. */

export const FLOATS: readonly ScalarType[] = ['float16', 'float32', 'float64'];
export const INTS: readonly ScalarType[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'];
export const SCALARS: readonly ScalarType[] = ['bool', ...INTS, ...FLOATS];

/** A small generator of pseudo-random numbers in [0, 1): runs are repeatable. */
export function random(seed: number): () => number {
  let s = seed;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
}

const SPECIAL_FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  Number.NaN,
  Infinity,
  -Infinity,
  65504,
  65520,
  65536,
  6e-8,
  2.9e-8,
  1e-7,
  6.1e-5,
  1e30,
  -1e30,
  2147483647,
  2147483648,
  -2147483648,
  -2147483649,
  4294967295,
  9.2e18,
  9.3e18,
  -9.3e18,
  1.8e19,
  1.9e19,
  255,
  256,
  -129,
  1e-40,
  3.14159,
  300.7,
  127.5,
  2049,
  2051,
  1e300,
  5e-324,
];
const SPECIAL_INTS = [
  0, 1, -1, 2, 3, 7, 127, 128, -128, 255, 256, 32767, 32768, -32768, 65535, 65536, 2147483647, -2147483648, 4294967295,
  12345, -777,
];

/** A value of the type: often a special one. */
export function sample(t: ScalarType, next: () => number): number | bigint {
  const pick = (list: readonly number[]): number => list[Math.floor(next() * list.length)];
  if (t === 'bool') return next() < 0.5 ? 1 : 0;
  if (FLOATS.includes(t)) return next() < 0.6 ? pick(SPECIAL_FLOATS) : (next() - 0.5) * 1000;
  const small = next() < 0.6 ? pick(SPECIAL_INTS) : Math.floor((next() - 0.5) * 2 ** 33);
  if (!isWide(t)) return small;
  return next() < 0.3 ? BigInt(small) * 4294967291n + BigInt(Math.floor(next() * 1e9)) : BigInt(small);
}

/** Where test operands live: in the heap, or in an ArrayBuffer of their own. */
export type Home = 'heap' | 'own';

export function makeBuffer(nbytes: number, home: Home): HostBuffer {
  return (
    home === 'heap'
      ? cpu.allocate(nbytes)
      : wrap(cpu, new Uint8Array(new ArrayBuffer(Math.ceil(nbytes / 16) * 16), 0, nbytes))
  ) as HostBuffer;
}

export function fill(b: HostBuffer, d: DType, next: () => number, value: typeof sample = sample): void {
  const at = accessor(b, d.part);
  const step = d.itemsize / d.parts;
  for (let i = 0; (i + 1) * step <= b.nbytes; i++) at.set(i * step, value(d.part, next));
}

export function values(b: HostBuffer, d: DType): (number | bigint)[] {
  const at = accessor(b, d.part);
  const step = d.itemsize / d.parts;
  return Array.from({ length: Math.floor(b.nbytes / step) }, (_, i) => at.get(i * step));
}

export const operand = (dtype: DType, buffer: HostBuffer, offset = 0): Operand => ({ dtype, buffer, offset });

/** A way to lay an array of some shape out in memory. */
export interface Layout {
  readonly name: string;
  /** Strides, offset and the bytes that are needed. */
  place(shape: readonly number[], itemsize: number): { strides: number[]; offset: number; nbytes: number };
}

const ordered = (
  shape: readonly number[],
  itemsize: number,
  order: readonly number[],
  step = 1,
): { strides: number[]; nbytes: number } => {
  const strides = new Array<number>(shape.length).fill(0);
  let size = itemsize * step;
  for (const d of order) {
    strides[d] = size;
    size *= Math.max(1, shape[d]);
  }
  return { strides, nbytes: Math.max(size, itemsize) };
};
const backwards = (n: number): number[] => Array.from({ length: n }, (_, i) => n - 1 - i);
const forwards = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

export const LAYOUTS: readonly Layout[] = [
  { name: 'contiguous', place: (s, w) => ({ ...ordered(s, w, backwards(s.length)), offset: 0 }) },
  { name: 'transposed', place: (s, w) => ({ ...ordered(s, w, forwards(s.length)), offset: 0 }) },
  { name: 'strided', place: (s, w) => ({ ...ordered(s, w, backwards(s.length), 3), offset: 0 }) },
  {
    name: 'reversed',
    place: (s, w) => {
      const { strides, nbytes } = ordered(s, w, backwards(s.length));
      const offset = strides.reduce((t, k, d) => t + k * (Math.max(1, s[d]) - 1), 0);
      return { strides: strides.map((k) => -k), offset, nbytes };
    },
  },
  {
    name: 'broadcast',
    place: (s, w) => {
      const { strides, nbytes } = ordered(s, w, backwards(s.length));
      strides[0] = 0;
      return { strides, offset: 0, nbytes };
    },
  },
];

/** The index of the first value in which two buffers differ, or -1. NaNs are alike. */
export function difference(a: HostBuffer, b: HostBuffer, d: DType): number {
  const x = values(a, d);
  const y = values(b, d);
  return x.findIndex((v, i) => !Object.is(v, y[i]));
}

/**
 * Runs a program on both devices.
 * @returns null when they agree, else where they do not
 */
export function compare(
  program: Program,
  shape: readonly number[],
  inputs: readonly { dtype: NumericName; layout: Layout }[],
  options: { seed: number; home?: Home; reduced?: readonly boolean[]; outLayout?: Layout; value?: typeof sample },
): string | null {
  const next = random(options.seed);
  const home = options.home ?? 'heap';
  const strides: number[][] = [];
  const operands: AnyOperand[] = inputs.map(({ dtype, layout }) => {
    const d = byName[dtype] as DType;
    const p = layout.place(shape, d.itemsize);
    const b = makeBuffer(p.nbytes, home);
    fill(b, d, next, options.value);
    strides.push(p.strides);
    return operand(d, b, p.offset);
  });
  const { reduced } = options;
  const scan = program.kind === 'scan';
  const outs = (device: Device | null): Operand[] =>
    program.results.map((r, k) => {
      const d = byName[r.dtype] as DType;
      const live = shape.map((n, i) => (reduced?.[i] && !scan ? 1 : n));
      const p = (options.outLayout ?? LAYOUTS[0]).place(live, d.itemsize);
      strides[inputs.length + k] = p.strides.map((s, i) => (reduced?.[i] && !scan ? 0 : s));
      const b = device === null ? makeBuffer(p.nbytes, home) : (device.allocate(p.nbytes) as HostBuffer);
      b.bytes.fill(0);
      return operand(d, b, p.offset);
    });
  const mine = outs(null);
  const theirs = outs(reference);
  cpu.prepare(program).run(shape, [...operands, ...mine], strides, reduced);
  reference.prepare(program).run(shape, [...operands, ...theirs], strides, reduced);
  for (let i = 0; i < mine.length; i++) {
    const d = mine[i].dtype;
    const at = difference(mine[i].buffer as HostBuffer, theirs[i].buffer as HostBuffer, d);
    if (at >= 0) {
      const [x, y] = [mine, theirs].map((o) => values(o[i].buffer as HostBuffer, d)[at]);
      return `${program.kind} ${program.name} (${shape}) ${inputs.map((p) => `${p.dtype} ${p.layout.name}`).join(', ')} ${reduced ?? ''}: value ${at} is ${x}, not ${y}`;
    }
  }
  return null;
}
