import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { accessor } from '../../../src/core/device/access.js';
import { cpu } from '../../../src/core/device/cpu/index.js';
import type { Device, HostBuffer } from '../../../src/core/device/device.js';
import { reference } from '../../../src/core/device/reference/index.js';
import { byName, type DType, type NumericName, type ScalarType } from '../../../src/core/dtype.js';
import * as x from '../../../src/core/ir/expr.js';
import { compare, type Home, LAYOUTS, makeBuffer, operand, sample } from './helpers.js';

type Fold = (a: x.Expr, b: x.Expr) => x.Expr;

/** A reduction or scan of one operand in the dtype `to`; float16 is combined in float32. */
function fold(
  kind: 'reduce' | 'scan',
  name: string,
  from: NumericName,
  to: NumericName,
  f: Fold,
  order: x.ReduceProgram['order'],
  initial: number | null,
): x.ReduceProgram {
  const d = byName[to] as DType;
  const s = byName[from] as DType;
  const t = d.part;
  const parts = Array.from({ length: d.parts }, (_, i) => i);
  const step = (i: number): x.Expr => {
    const [a, v] = [x.acc(i, t), x.val(i, t)];
    return t === 'float16' ? x.cast(f(x.cast(a, 'float32'), x.cast(v, 'float32')), t) : f(a, v);
  };
  return {
    kind,
    name,
    operands: [from],
    map: parts.map((i) => (i >= s.parts ? x.konst(t, 0) : x.cast(x.arg(0, s.part, i as 0 | 1), t))),
    combine: parts.map(step),
    initial:
      initial === null
        ? null
        : parts.map(() => x.konst(t, t.endsWith('64') && t[0] !== 'f' ? BigInt(initial) : initial)),
    order,
    buffered: from !== to,
    results: [{ dtype: to, parts: parts.map((i) => x.acc(i, t)) }],
  };
}

const first = (kind: 'argmax', t: ScalarType, order: 'sequential' | 'any'): x.ReduceProgram => {
  const [a, v] = [x.acc(0, t), x.val(0, t)];
  const [p, q] = [x.acc(1, 'int64'), x.val(1, 'int64')];
  const better = x.or(x.gt(v, a), x.and(x.eq(v, a), x.lt(q, p)));
  return {
    kind: 'reduce',
    name: kind,
    operands: [t],
    map: [x.arg(0, t), x.position],
    combine: [x.select(better, v, a), x.select(better, q, p)],
    initial: null,
    order,
    results: [{ dtype: 'int64', parts: [p] }],
  };
};

const tame = (t: ScalarType, next: () => number): number | bigint => {
  const v = t === 'bool' ? (next() < 0.5 ? 1 : 0) : t[0] === 'f' ? (next() - 0.3) * 10 : Math.floor(next() * 200 - 60);
  return t.endsWith('64') && t[0] !== 'f' ? BigInt(v) : v;
};

const programs: x.ReduceProgram[] = [];
for (const t of ['float16', 'float32', 'float64', 'complex64', 'complex128'] as const) {
  programs.push(
    fold('reduce', 'sum', t, t, x.add, 'pairwise', -0),
    fold('reduce', 'sum from the first', t, t, x.add, 'pairwise', null),
    fold('scan', 'cumsum', t, t, x.add, 'pairwise', null),
  );
}
for (const t of ['float16', 'float64'] as const) {
  programs.push(
    fold('reduce', 'prod', t, t, x.mul, 'sequential', 1),
    fold('reduce', 'max', t, t, x.max, 'any', null),
    fold('reduce', 'difference', t, t, x.sub, 'sequential', null),
  );
}
for (const t of ['int8', 'uint16', 'int32', 'int64', 'bool'] as const)
  programs.push(fold('reduce', 'sum', t, 'int64', x.add, 'any', 0));
programs.push(
  fold('reduce', 'max', 'int8', 'int8', x.max, 'any', null),
  fold('reduce', 'max', 'uint64', 'uint64', x.max, 'any', null),
  fold('reduce', 'buffered sum', 'int32', 'float64', x.add, 'pairwise', -0),
  fold('reduce', 'any', 'float64', 'bool', x.or, 'any', 0),
  fold('reduce', 'all', 'uint8', 'bool', x.and, 'any', 1),
  fold('scan', 'cumsum', 'int32', 'int64', x.add, 'any', null),
  fold('scan', 'cumprod from one', 'float64', 'float64', x.mul, 'sequential', 1),
  first('argmax', 'float64', 'sequential'),
  first('argmax', 'int16', 'any'),
);

const SHAPES = [
  [1],
  [2],
  [7],
  [8],
  [9],
  [130],
  [3, 5],
  [5, 3],
  [3, 70],
  [70, 3],
  [4, 5, 6],
  [3, 1, 7],
  [40, 30],
  [19, 70],
  [3, 20, 30],
  [0],
  [3, 0],
];

describe('reductions agree with their definition', () => {
  for (const p of programs) {
    test(`${p.kind} ${p.name} of ${p.operands[0]}, over every set of axes in every layout`, () => {
      for (const shape of SHAPES) {
        const sets =
          p.kind === 'scan' ? shape.map((_, i) => 1 << i) : Array.from({ length: 1 << shape.length }, (_, i) => i);
        for (const set of sets) {
          const reduced = shape.map((_, i) => ((set >> i) & 1) === 1);
          if (p.initial === null && shape.some((n, i) => n === 0 && reduced[i])) continue;
          for (const layout of LAYOUTS) {
            expect(compare(p, shape, [{ dtype: p.operands[0], layout }], { seed: 3, reduced, value: tame })).toBeNull();
          }
        }
      }
    });
  }

  test('special values', () => {
    for (const p of programs.filter((q) => q.operands[0] === 'float64')) {
      for (const shape of [[9], [40], [6, 7]]) {
        const reduced = shape.map((_, i) => i === 0);
        expect(
          compare(p, shape, [{ dtype: 'float64', layout: LAYOUTS[0] }], { seed: 21, reduced, value: sample }),
        ).toBeNull();
      }
    }
  });

  test('operands in memory of their own, small, in tiles, and in runs longer than a tile', () => {
    const some = programs.filter(
      (p) =>
        ['sum', 'prod', 'max', 'cumsum', 'buffered sum', 'argmax'].includes(p.name) &&
        !['float16', 'complex64', 'uint16', 'int64'].includes(p.operands[0]),
    );
    for (const p of some) {
      for (const [shape, axes] of [
        [[50], 1],
        [[9000], 1],
        [[70, 70], 1],
        [[70, 70], 2],
        [[70, 130], 3],
        [[3, 30, 50], 5],
        [[3, 30, 50], 2],
      ] as const) {
        if (p.kind === 'scan' && axes !== 1 && axes !== 2) continue;
        const reduced = shape.map((_, i) => ((axes >> i) & 1) === 1);
        for (const layout of LAYOUTS.slice(0, 3)) {
          expect(
            compare(p, shape, [{ dtype: p.operands[0], layout }], { seed: 5, home: 'own', reduced, value: tame }),
          ).toBeNull();
        }
      }
    }
    const long = fold('reduce', 'sum', 'float64', 'float64', x.add, 'pairwise', -0);
    for (const p of [long, fold('reduce', 'prod', 'float64', 'float64', x.mul, 'sequential', 1)]) {
      expect(
        compare(p, [150000], [{ dtype: p.operands[0], layout: LAYOUTS[0] }], {
          seed: 6,
          home: 'own',
          reduced: [true],
          value: tame,
        }),
      ).toBeNull();
    }
  });

  test('an initial value and an epilogue may read operands', () => {
    const p: x.ReduceProgram = {
      kind: 'reduce',
      name: 'scaled sum',
      operands: ['float64', 'float64'],
      map: [x.mul(x.arg(0, 'float64'), 2)],
      combine: [x.add(x.acc(0, 'float64'), x.val(0, 'float64'))],
      initial: [x.arg(1, 'float64')],
      order: 'pairwise',
      results: [{ dtype: 'float32', parts: [x.cast(x.div(x.acc(0, 'float64'), x.arg(1, 'float64')), 'float32')] }],
    };
    const fixed = {
      name: 'fixed',
      place: (s: readonly number[]) => ({ strides: s.map(() => 0), offset: 0, nbytes: 8 }),
    };
    for (const reduced of [
      [true, false],
      [false, true],
      [true, true],
      [false, false],
    ]) {
      expect(
        compare(
          p,
          [12, 40],
          [
            { dtype: 'float64', layout: LAYOUTS[0] },
            { dtype: 'float64', layout: fixed },
          ],
          { seed: 7, reduced, value: tame },
        ),
      ).toBeNull();
    }
  });
});

interface Case {
  op: 'sum' | 'cumsum' | 'prod';
  in: NumericName;
  as: NumericName;
  length: number;
  shape: number[];
  strides: number[];
  offset: number;
  axis: number[];
  bits: string;
}

describe('sums have the bits that NumPy gives', () => {
  const golden = JSON.parse(readFileSync(join(__dirname, '../../golden/sums.json'), 'utf8')) as { cases: Case[] };
  const made = new Map<string, x.ReduceProgram>();
  const program = (c: Case): x.ReduceProgram => {
    const key = `${c.op} ${c.in} ${c.as}`;
    let p = made.get(key);
    if (p === undefined) {
      p =
        c.op === 'prod'
          ? fold('reduce', 'prod', c.in, c.as, x.mul, 'sequential', 1)
          : fold(c.op === 'sum' ? 'reduce' : 'scan', c.op, c.in, c.as, x.add, 'pairwise', c.op === 'sum' ? -0 : null);
      made.set(key, p);
    }
    return p;
  };

  /** The elements that the generator of the golden file computes. */
  const filled = new Map<string, HostBuffer>();
  function elements(c: Case, home: Home, device: Device): HostBuffer {
    const key = `${c.in} ${c.length} ${home} ${device.name}`;
    let b = filled.get(key);
    if (b === undefined) filled.set(key, (b = fresh(c, home, device)));
    return b;
  }
  function fresh(c: Case, home: Home, device: Device): HostBuffer {
    const d = byName[c.in] as DType;
    const b =
      device === cpu ? makeBuffer(c.length * d.itemsize, home) : (device.allocate(c.length * d.itemsize) as HostBuffer);
    const at = accessor(b, d.part);
    for (let i = 0; i < c.length; i++) {
      const v = ((i * 7919 + 13) % 1000) - 300;
      at.set(i * d.itemsize, d.kind === 'i' ? v : v / (7 + (i % 11)));
      if (d.parts === 2) at.set(i * d.itemsize + d.itemsize / 2, (((i * 104729 + 7) % 1000) - 600) / (9 + (i % 7)));
    }
    return b;
  }

  for (const [name, device, home, most] of [
    ['cpu', cpu, 'heap', 1e9],
    ['cpu, outside of the heap', cpu, 'own', 1e9],
    ['reference', reference, 'heap', 500],
  ] as const) {
    test(`on ${name}`, () => {
      const wrong: string[] = [];
      for (const c of golden.cases) {
        if (c.length > most) continue;
        const d = byName[c.as] as DType;
        const reduced = c.shape.map((_, i) => c.axis.includes(i));
        const kept = c.shape.map((n, i) => (c.op === 'cumsum' || !reduced[i] ? n : 1));
        const placed = LAYOUTS[0].place(kept, d.itemsize);
        const strides = placed.strides.map((s, i) => (c.op !== 'cumsum' && reduced[i] ? 0 : s));
        const out = device.allocate(placed.nbytes) as HostBuffer;
        device
          .prepare(program(c))
          .run(
            c.shape,
            [operand(byName[c.in] as DType, elements(c, home, device), c.offset), operand(d, out)],
            [c.strides, strides],
            reduced,
          );
        if (Buffer.from(out.bytes).toString('hex') !== c.bits)
          wrong.push(`${c.op} ${c.in}->${c.as} (${c.shape}) strides (${c.strides}) axis (${c.axis})`);
      }
      expect(wrong).toEqual([]);
    });
  }
});
