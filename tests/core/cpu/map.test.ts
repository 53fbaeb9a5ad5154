import { describe, expect, test } from '@jest/globals';
import { cpu, wrap } from '../../../src/core/device/cpu/index.js';
import { type HostBuffer, Immediate } from '../../../src/core/device/device.js';
import { reference } from '../../../src/core/device/reference/index.js';
import { byName, type NumericName, type ScalarType } from '../../../src/core/dtype.js';
import * as x from '../../../src/core/ir/expr.js';
import { compare, difference, FLOATS, fill, INTS, LAYOUTS, operand, random, SCALARS, values } from './helpers.js';

const NUMBERS: readonly ScalarType[] = [...INTS, ...FLOATS];
const LOGICAL: readonly ScalarType[] = ['bool', ...INTS];

/** The types that each basis operation takes. */
const TYPES: { readonly [N in Exclude<x.ScalarOp, 'cast' | 'bitcast' | 'lookup'>]: readonly ScalarType[] } = {
  add: NUMBERS,
  sub: NUMBERS,
  mul: NUMBERS,
  div: FLOATS,
  neg: NUMBERS,
  abs: NUMBERS,
  sqrt: FLOATS,
  floor: FLOATS,
  ceil: FLOATS,
  trunc: FLOATS,
  rint: FLOATS,
  min: SCALARS,
  max: SCALARS,
  copysign: FLOATS,
  quot: INTS,
  rem: INTS,
  and: LOGICAL,
  or: LOGICAL,
  xor: LOGICAL,
  not: LOGICAL,
  shl: INTS,
  shr: INTS,
  clz: INTS,
  popcnt: INTS,
  eq: SCALARS,
  ne: SCALARS,
  lt: SCALARS,
  le: SCALARS,
  gt: SCALARS,
  ge: SCALARS,
  select: SCALARS,
  rare: SCALARS,
};

const map = (name: string, operands: readonly NumericName[], results: readonly x.Result[]): x.MapProgram => ({
  kind: 'map',
  name,
  operands,
  results,
});

/** The program that applies one operation to operands of one type. */
function single(op: keyof typeof TYPES, t: ScalarType): x.MapProgram {
  const [a, b, c] = [x.arg(0, t), x.arg(1, t), x.arg(2, 'bool')];
  if (op === 'select' || op === 'rare') return map(op, [t, t, 'bool'], [{ dtype: t, parts: [x[op](c, a, b)] }]);
  const two = x.BASIS[op] === 2;
  const e = two ? (x[op] as (a: x.Expr, b: x.Expr) => x.Expr)(a, b) : (x[op] as (a: x.Expr) => x.Expr)(a);
  return map(op, two ? [t, t] : [t], [{ dtype: e.type, parts: [e] }]);
}

const contiguous = LAYOUTS[0];

describe('maps agree with their definition', () => {
  for (const [op, types] of Object.entries(TYPES) as [keyof typeof TYPES, readonly ScalarType[]][]) {
    test(`${op} on every type, at lengths with and without a tail`, () => {
      for (const t of types) {
        const p = single(op, t);
        for (const n of [1, 2, 3, 7, 8, 9, 100]) {
          const inputs = p.operands.map((dtype) => ({ dtype, layout: contiguous }));
          expect(compare(p, [n], inputs, { seed: n })).toBeNull();
        }
      }
    });
  }

  for (const from of SCALARS) {
    test(`casts from ${from} to every type`, () => {
      for (const to of SCALARS) {
        const p = map('cast', [from], [{ dtype: to, parts: [x.cast(x.arg(0, from), to)] }]);
        for (const n of [1, 7, 150])
          expect(compare(p, [n], [{ dtype: from, layout: contiguous }], { seed: 3 + n })).toBeNull();
      }
    });
  }

  test('bitcasts keep the bits', () => {
    for (const [a, b] of [
      ['float32', 'int32'],
      ['float32', 'uint32'],
      ['float64', 'int64'],
      ['int32', 'float32'],
      ['uint64', 'float64'],
    ] as const) {
      const p = map('bitcast', [a], [{ dtype: b, parts: [x.bitcast(x.arg(0, a), b)] }]);
      expect(compare(p, [33], [{ dtype: a, layout: contiguous }], { seed: 1 })).toBeNull();
    }
  });

  test('shifts by constants, and by counts beyond the width', () => {
    for (const t of INTS) {
      for (const count of [0, 1, 5, 9, 31, 40, 63]) {
        const k = t.endsWith('64') ? BigInt(count) : count;
        for (const op of ['shl', 'shr'] as const) {
          const p = map(op, [t], [{ dtype: t, parts: [x[op](x.arg(0, t), k)] }]);
          expect(compare(p, [19], [{ dtype: t, layout: contiguous }], { seed: count + 1 })).toBeNull();
        }
      }
    }
  });

  test('tables are read at computed places', () => {
    const table = new x.Table(
      'squares',
      Float64Array.from({ length: 256 }, (_, i) => i * i),
    );
    const p = map(
      'lookup',
      ['uint8'],
      [{ dtype: 'float64', parts: [x.lookup(table, x.cast(x.arg(0, 'uint8'), 'int32'))] }],
    );
    expect(compare(p, [77], [{ dtype: 'uint8', layout: contiguous }], { seed: 5 })).toBeNull();
  });

  test('loops run for as long as each element needs', () => {
    const gcd = (t: ScalarType): x.MapProgram => {
      const zero = x.konst(t, 0);
      const [r] = x.loop([x.abs(x.arg(0, t)), x.abs(x.arg(1, t))], (a, b) => ({
        while: x.ne(b, zero),
        next: [b, x.rem(a, b)],
      }));
      return map('gcd', [t, t], [{ dtype: t, parts: [r] }]);
    };
    for (const t of INTS)
      expect(
        compare(
          gcd(t),
          [41],
          [
            { dtype: t, layout: contiguous },
            { dtype: t, layout: contiguous },
          ],
          { seed: 11 },
        ),
      ).toBeNull();
  });

  test('loops nest, use what is outside of them, and keep bool states', () => {
    const a = x.arg(0, 'int32');
    const limit = x.and(a, 15);
    const [, total, odd] = x.loop([x.konst('int32', 0), x.konst('int32', 0), x.konst('bool', 0)], (i, sum, flag) => {
      const [, inner] = x.loop([x.konst('int32', 0), sum], (j, s) => ({
        while: x.lt(j, i),
        next: [x.add(j, 1), x.add(s, x.add(x.mul(a, 3), j))],
      }));
      return { while: x.lt(i, limit), next: [x.add(i, 1), inner, x.not(flag)] };
    });
    const p = map(
      'nested',
      ['int32'],
      [
        { dtype: 'int32', parts: [total] },
        { dtype: 'bool', parts: [odd] },
      ],
    );
    expect(compare(p, [50], [{ dtype: 'int32', layout: contiguous }], { seed: 2 })).toBeNull();
  });

  test('what is shared between the sides of a rare choice is right on both', () => {
    const a = x.arg(0, 'float64');
    const shared = x.mul(a, a);
    const rare = x.rare(x.gt(a, 100), x.sqrt(shared), x.add(shared, 1));
    const p = map(
      'rare',
      ['float64'],
      [
        { dtype: 'float64', parts: [rare] },
        { dtype: 'float32', parts: [x.cast(x.add(shared, rare), 'float32')] },
      ],
    );
    for (const n of [1, 2, 5, 64])
      expect(compare(p, [n], [{ dtype: 'float64', layout: contiguous }], { seed: 8 })).toBeNull();
  });

  test('positions count elements in C order, whatever the layout of the result', () => {
    const p = map(
      'iota',
      ['float64'],
      [{ dtype: 'float64', parts: [x.add(x.cast(x.position, 'float64'), x.mul(x.arg(0, 'float64'), 0))] }],
    );
    const finite = (): number => 1;
    for (const outLayout of LAYOUTS.slice(0, 4)) {
      expect(
        compare(p, [3, 4, 5], [{ dtype: 'float64', layout: LAYOUTS[3] }], { seed: 1, outLayout, value: finite }),
      ).toBeNull();
    }
  });

  test('complex operands are pairs in memory', () => {
    for (const [c, t] of [
      ['complex64', 'float32'],
      ['complex128', 'float64'],
    ] as const) {
      const [ar, ai, br, bi] = [x.arg(0, t, 0), x.arg(0, t, 1), x.arg(1, t, 0), x.arg(1, t, 1)];
      const p = map(
        'multiply',
        [c, c],
        [{ dtype: c, parts: [x.sub(x.mul(ar, br), x.mul(ai, bi)), x.add(x.mul(ar, bi), x.mul(ai, br))] }],
      );
      const imag = map('imag', [c], [{ dtype: t, parts: [ai] }]);
      const widen = map('widen', [c], [{ dtype: 'complex128', parts: [x.cast(ar, 'float64'), x.cast(ai, 'float64')] }]);
      for (const layout of LAYOUTS) {
        for (const shape of [[9], [3, 5]]) {
          expect(
            compare(
              p,
              shape,
              [
                { dtype: c, layout },
                { dtype: c, layout: contiguous },
              ],
              { seed: 4 },
            ),
          ).toBeNull();
          expect(compare(imag, shape, [{ dtype: c, layout }], { seed: 4 })).toBeNull();
          expect(compare(widen, shape, [{ dtype: c, layout }], { seed: 4, outLayout: LAYOUTS[2] })).toBeNull();
        }
      }
    }
  });
});

describe('layouts', () => {
  const mixed = map(
    'mixed',
    ['float32', 'int16', 'float64'],
    [
      {
        dtype: 'float64',
        parts: [
          x.add(
            x.mul(x.cast(x.arg(0, 'float32'), 'float64'), x.arg(2, 'float64')),
            x.cast(x.arg(1, 'int16'), 'float64'),
          ),
        ],
      },
      { dtype: 'bool', parts: [x.gt(x.arg(2, 'float64'), x.cast(x.arg(0, 'float32'), 'float64'))] },
    ],
  );
  for (const home of ['heap', 'own'] as const) {
    test(`every combination of layouts, operands in ${home === 'heap' ? 'the heap' : 'memory of their own'}`, () => {
      for (const shape of [[1], [9], [3, 5], [5, 3], [2, 3, 4], [2, 1, 5], [40, 3]]) {
        for (const a of LAYOUTS) {
          for (const b of LAYOUTS) {
            for (const outLayout of LAYOUTS.slice(0, 4)) {
              const inputs = [
                { dtype: 'float32', layout: a },
                { dtype: 'int16', layout: b },
                { dtype: 'float64', layout: contiguous },
              ] as const;
              expect(compare(mixed, shape, inputs, { seed: 6, home, outLayout })).toBeNull();
            }
          }
        }
      }
    });
  }

  test('large memory outside of the heap is worked on in tiles', () => {
    for (const [shape, a, b] of [
      [[30000], 0, 3],
      [[150, 210], 1, 0],
      [[9, 40, 90], 2, 1],
      [[70000, 2], 0, 4],
    ] as const) {
      const inputs = [
        { dtype: 'float32', layout: LAYOUTS[a] },
        { dtype: 'int16', layout: LAYOUTS[b] },
        { dtype: 'float64', layout: contiguous },
      ] as const;
      expect(compare(mixed, shape, inputs, { seed: 9, home: 'own' })).toBeNull();
    }
  });

  test('empty spaces do nothing', () => {
    expect(
      compare(
        mixed,
        [0, 3],
        [
          { dtype: 'float32', layout: contiguous },
          { dtype: 'int16', layout: contiguous },
          { dtype: 'float64', layout: contiguous },
        ],
        { seed: 1 },
      ),
    ).toBeNull();
  });
});

describe('the flat door', () => {
  const add = map(
    'add',
    ['float64', 'float64'],
    [{ dtype: 'float64', parts: [x.add(x.arg(0, 'float64'), x.arg(1, 'float64'))] }],
  );
  const d = byName.float64;

  test('takes numbers for operands', () => {
    for (const dtype of SCALARS) {
      const row = byName[dtype];
      const p = map(
        'select',
        ['bool', dtype, dtype],
        [{ dtype, parts: [x.select(x.arg(0, 'bool'), x.arg(1, dtype), x.arg(2, dtype))] }],
      );
      const b = cpu.allocate(40 * row.itemsize) as HostBuffer;
      fill(b, row, random(4));
      const mask = cpu.allocate(40) as HostBuffer;
      fill(mask, byName.bool, random(5));
      const three = new Immediate(row, row.itemsize === 8 && row.kind !== 'f' ? 3n : dtype === 'bool' ? 1 : 3);
      const outs = [cpu, reference].map((dev) => dev.allocate(40 * row.itemsize) as HostBuffer);
      cpu.prepare(p).flat(40, [operand(byName.bool, mask), operand(row, b), three, operand(row, outs[0])]);
      reference.prepare(p).flat(40, [operand(byName.bool, mask), operand(row, b), three, operand(row, outs[1])]);
      expect(difference(outs[0], outs[1], row)).toBe(-1);
    }
  });

  test('broadcasts operands of one element', () => {
    const a = cpu.allocate(80) as HostBuffer;
    fill(a, d, random(1));
    const one = cpu.allocate(8) as HostBuffer;
    new Float64Array(one.bytes.buffer, one.bytes.byteOffset, 1)[0] = 2.5;
    const out = cpu.allocate(80) as HostBuffer;
    cpu.prepare(add).flat(10, [{ ...operand(d, a), size: 10 }, { ...operand(d, one), size: 1 }, operand(d, out)]);
    expect(values(out, d)).toEqual(values(a, d).map((v) => (v as number) + 2.5));
  });

  test('writes through to memory of the user, small and large', () => {
    for (const n of [3, 600, 100000]) {
      const mine = new Float64Array(n + 2).fill(1);
      const b = wrap(cpu, mine.subarray(1, n + 1));
      const a = cpu.allocate(n * 8) as HostBuffer;
      const numbers = new Float64Array(a.bytes.buffer, a.bytes.byteOffset, n);
      numbers.forEach((_, i) => {
        numbers[i] = i;
      });
      cpu.prepare(add).flat(n, [operand(d, a), operand(d, b), operand(d, b)]);
      expect(mine[0]).toBe(1);
      expect(mine[n + 1]).toBe(1);
      expect(mine.subarray(1, n + 1).every((v, i) => v === i + 1)).toBe(true);
    }
  });

  test('in place: the output may be an input', () => {
    for (const n of [1, 2, 9, 1000]) {
      const a = cpu.allocate(n * 8) as HostBuffer;
      fill(a, d, random(n), () => 3);
      cpu.prepare(add).flat(n, [operand(d, a), operand(d, a), operand(d, a)]);
      expect(values(a, d)).toEqual(new Array(n).fill(6));
    }
  });
});
