import { expect, test } from '@jest/globals';
import { allocateZeroed, type CpuBuffer, configure, cpu, stats, wrap } from '../../../src/core/device/cpu/index.js';
import type { HostBuffer } from '../../../src/core/device/device.js';
import { byName } from '../../../src/core/dtype.js';
import { MemoryError } from '../../../src/core/errors.js';
import * as x from '../../../src/core/ir/expr.js';

const MiB = 1024 * 1024;

// A small heap of its own: each test file loads the device anew.
configure({ heapBytes: 24 * MiB });

const make = (nbytes: number): CpuBuffer => cpu.allocate(nbytes) as CpuBuffer;
const numbers = (b: HostBuffer): Float64Array => new Float64Array(b.bytes.buffer, b.bytes.byteOffset, b.nbytes / 8);

// First, while there is memory that nobody has written.
test('zeros are zeros in memory that was never written, was written in part, and was written whole', () => {
  const [start, size] = [stats().top, 2 * MiB];
  const zero = (b: HostBuffer): boolean => b.bytes.every((v) => v === 0);
  const first = allocateZeroed(cpu, size) as CpuBuffer;
  const used = stats().top;
  expect(used).toBeGreaterThan(start);
  expect(zero(first)).toBe(true);
  first.bytes.fill(9);
  first.free();
  const wider = allocateZeroed(cpu, 2 * size) as CpuBuffer;
  expect(zero(wider)).toBe(true);
  wider.bytes.fill(9);
  const top = stats().top;
  wider.free();
  const again = allocateZeroed(cpu, 2 * size) as CpuBuffer;
  expect(zero(again)).toBe(true);
  // What was used once counts as used, and is taken again.
  expect(stats().top).toBe(top);
  again.free();
});

test('memory is aligned, and what was freed is handed out again', () => {
  const a = make(100000);
  expect(a.address % 64).toBe(0);
  const at = a.address;
  a.free();
  const b = make(100000);
  expect(b.address).toBe(at);
  b.free();
});

test('freed neighbours become one block', () => {
  const blocks = [1, 2, 3, 4].map(() => make(MiB));
  const first = blocks[0].address;
  const fence = make(MiB);
  for (const k of [1, 3, 0, 2]) blocks[k].free();
  const whole = make(4 * MiB);
  expect(whole.address).toBe(first);
  whole.free();
  fence.free();
});

test('a buffer may be freed twice, and live bytes are counted', () => {
  const before = stats().live;
  const a = make(200000);
  expect(stats().live).toBeGreaterThanOrEqual(before + 200000);
  a.free();
  a.free();
  expect(stats().live).toBe(before);
});

test('a part of a larger free block is used, and the rest stays free', () => {
  const a = make(2 * MiB);
  const at = a.address;
  const fence = make(65536);
  a.free();
  const small = make(100000);
  const other = make(MiB);
  expect(small.address).toBe(at);
  expect(other.address).toBeGreaterThan(at);
  expect(other.address).toBeLessThan(at + 2 * MiB);
  for (const b of [small, other, fence]) b.free();
});

test('small buffers never share bytes', () => {
  const all = Array.from({ length: 500 }, (_, i) => make(1 + (i % 300)));
  for (const [i, b] of all.entries()) b.bytes.fill(i & 255);
  expect(all.every((b, i) => b.bytes.every((v) => v === (i & 255)))).toBe(true);
});

test('when the heap is full, arrays live elsewhere and kernels work on them', () => {
  const held: CpuBuffer[] = [];
  for (;;) {
    const b = make(MiB);
    held.push(b);
    if (b.address < 0) break;
  }
  const n = MiB / 8;
  const [a, b, out] = [make(MiB), make(MiB), make(MiB)];
  expect([a.address, b.address, out.address]).toEqual([-1, -1, -1]);
  numbers(a).forEach((_, i, v) => {
    v[i] = i;
  });
  numbers(b).fill(0.5);
  const d = byName.float64;
  const add: x.MapProgram = {
    kind: 'map',
    name: 'add',
    operands: ['float64', 'float64'],
    results: [{ dtype: 'float64', parts: [x.add(x.arg(0, 'float64'), x.arg(1, 'float64'))] }],
  };
  const ops = [a, b, out].map((buffer) => ({ dtype: d, buffer, offset: 0 }));
  cpu.prepare(add).flat(n, ops);
  expect(numbers(out).every((v, i) => v === i + 0.5)).toBe(true);
  const sum: x.ReduceProgram = {
    kind: 'reduce',
    name: 'sum',
    operands: ['float64'],
    map: [x.arg(0, 'float64')],
    combine: [x.add(x.acc(0, 'float64'), x.val(0, 'float64'))],
    initial: [x.konst('float64', -0)],
    order: 'pairwise',
    results: [{ dtype: 'float64', parts: [x.acc(0, 'float64')] }],
  };
  const total = make(8);
  cpu.prepare(sum).run([n], [ops[0], { dtype: d, buffer: total, offset: 0 }], [[8], [0]], [true]);
  expect(numbers(total)[0]).toBe((n * (n - 1)) / 2);
  for (const h of [...held, a, b, out]) h.free();
  expect(make(MiB).address).toBeGreaterThan(0);
});

test('zeroed memory is zero, also where it was used before', () => {
  for (const n of [64, 3000, 100000]) {
    const a = make(n);
    a.bytes.fill(7);
    a.free();
    expect(allocateZeroed(cpu, n).bytes.every((v) => v === 0)).toBe(true);
  }
});

test('what no machine has is a MemoryError', () => {
  expect(() => make(2 ** 52)).toThrow(MemoryError);
  expect(() => make(2 ** 52)).toThrow('Unable to allocate 4.00 PiB');
});

test('wrapped memory is the same memory', () => {
  const mine = new Float64Array([1, 2, 3, 4]);
  const b = wrap(cpu, mine.subarray(1, 3));
  expect(b.exposed).toBe(true);
  expect(b.nbytes).toBe(16);
  numbers(b)[0] = 20;
  expect([...mine]).toEqual([1, 20, 3, 4]);
});
