import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np as namespace } from '../../src/index.js';

/** Random arrays, views of views and operations, against models of a few lines that work on plain lists. */
const np: any = namespace;
const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) };

/** A view as a model: its shape, and which element of the base each of its elements is. */
interface Model {
  readonly shape: readonly number[];
  readonly element: (index: readonly number[]) => number;
}
type Step =
  | {
      readonly kind: 'slice';
      readonly axis: number;
      readonly start: number;
      readonly stop: number;
      readonly step: number;
    }
  | { readonly kind: 'transpose'; readonly seed: number }
  | { readonly kind: 'newaxis'; readonly axis: number }
  | { readonly kind: 'integer'; readonly axis: number; readonly at: number };

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const cOrder = (shape: readonly number[]): Model => ({
  shape,
  element: (index) => index.reduce((at, i, d) => at * shape[d] + i, 0),
});

function* indices(shape: readonly number[]): Generator<number[]> {
  const index = shape.map(() => 0);
  for (let k = size(shape); k > 0; k--) {
    yield [...index];
    for (let d = shape.length - 1; d >= 0 && ++index[d] === shape[d]; d--) index[d] = 0;
  }
}
const elements = (m: Model): number[] => [...indices(m.shape)].map(m.element);

/** Python's slice.indices. */
function sliced(start: number, stop: number, step: number, n: number): number[] {
  const clamp = (i: number): number => {
    const j = i < 0 ? i + n : i;
    return step > 0 ? Math.min(Math.max(j, 0), n) : Math.min(Math.max(j, -1), n - 1);
  };
  const out: number[] = [];
  for (let i = clamp(start); step > 0 ? i < clamp(stop) : i > clamp(stop); i += step) out.push(i);
  return out;
}

function permutation(n: number, seed: number): number[] {
  const left = Array.from({ length: n }, (_, i) => i);
  const out: number[] = [];
  let s = seed;
  while (left.length > 0) {
    out.push(left.splice(s % left.length, 1)[0]);
    s = Math.floor(s / 2) + 7;
  }
  return out;
}

/** One step on the array and on the model; a step that does not fit does nothing. */
function apply(a: any, m: Model, s: Step): [any, Model] {
  const nd = m.shape.length;
  if (s.kind === 'transpose') {
    const p = permutation(nd, s.seed);
    const element = (index: readonly number[]): number => {
      const inner = new Array<number>(nd);
      p.forEach((axis, d) => {
        inner[axis] = index[d];
      });
      return m.element(inner);
    };
    return [a.transpose(p), { shape: p.map((axis) => m.shape[axis]), element }];
  }
  if (s.kind === 'newaxis') {
    if (nd > 4) return [a, m];
    const axis = s.axis % (nd + 1);
    const entries = [...new Array(axis).fill(':'), np.newaxis];
    const shape = [...m.shape.slice(0, axis), 1, ...m.shape.slice(axis)];
    return [a.at(...entries), { shape, element: (i) => m.element(i.filter((_, d) => d !== axis)) }];
  }
  if (nd === 0) return [a, m];
  const axis = s.axis % nd;
  const before = new Array(axis).fill(':');
  if (s.kind === 'integer') {
    if (m.shape[axis] === 0) return [a, m];
    const n = m.shape[axis];
    const at = (s.at % n) - (s.at % 2 ? n : 0);
    const place = at < 0 ? at + n : at;
    const shape = m.shape.filter((_, d) => d !== axis);
    return [
      a.at(...before, at, '...'),
      { shape, element: (i) => m.element([...i.slice(0, axis), place, ...i.slice(axis)]) },
    ];
  }
  const places = sliced(s.start, s.stop, s.step, m.shape[axis]);
  const shape = m.shape.map((n, d) => (d === axis ? places.length : n));
  const element = (i: readonly number[]): number => m.element(i.map((x, d) => (d === axis ? places[x] : x)));
  return [a.at(...before, np.slice(s.start, s.stop, s.step), '...'), { shape, element }];
}

const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('slice' as const),
      axis: fc.nat(3),
      start: fc.integer({ min: -6, max: 6 }),
      stop: fc.integer({ min: -6, max: 6 }),
      step: fc.constantFrom(1, 2, -1, -2, 3),
    }),
    fc.record({ kind: fc.constant('transpose' as const), seed: fc.nat(500) }),
    fc.record({ kind: fc.constant('newaxis' as const), axis: fc.nat(4) }),
    fc.record({ kind: fc.constant('integer' as const), axis: fc.nat(3), at: fc.nat(9) }),
  ),
  { maxLength: 4 },
);
const build = (shape: readonly number[], chain: readonly Step[], dtype = 'float64'): [any, any, Model] => {
  const base = np.arange(size(shape), { dtype }).reshape([...shape]);
  let pair: [any, Model] = [base, cOrder(shape)];
  for (const s of chain) pair = apply(pair[0], pair[1], s);
  return [base, ...pair];
};
const flat = (a: any): number[] => a.ravel().tolist();

describe('views of views', () => {
  test('read the elements that the model names', () => {
    fc.assert(
      fc.property(shapes, steps, (shape, chain) => {
        const [, a, m] = build(shape, chain);
        expect([...a.shape]).toEqual([...m.shape]);
        expect(flat(a)).toEqual(elements(m));
        expect(flat(a.copy())).toEqual(elements(m));
        expect(flat(np.ravel(a, 'F'))).toEqual(
          elements({ shape: [...m.shape].reverse(), element: (i) => m.element([...i].reverse()) }),
        );
      }),
      runs,
    );
  });

  test('write through to the base, and only there', () => {
    fc.assert(
      fc.property(shapes, steps, (shape, chain) => {
        const [base, a, m] = build(shape, chain);
        const touched = new Set(elements(m));
        a.set(['...'], -1);
        expect(flat(base)).toEqual(Array.from({ length: size(shape) }, (_, i) => (touched.has(i) ? -1 : i)));
      }),
      runs,
    );
  });

  test('compute the same as their copies, elementwise and reduced', () => {
    fc.assert(
      fc.property(
        shapes,
        steps,
        fc.constantFrom('float64', 'float32', 'int32', 'int64', 'uint8', 'int16'),
        (shape, chain, drawn) => {
          // The numbers of the base must fit.
          const dtype = drawn === 'uint8' && size(shape) > 256 ? 'int16' : drawn;
          const [, a, m] = build(shape, chain, dtype);
          const xs = elements(m);
          expect(flat(np.add(a, a))).toEqual(xs.map((x) => (dtype === 'uint8' ? (2 * x) % 256 : 2 * x)));
          expect(flat(np.multiply(a, 3).astype('int64'))).toEqual(
            xs.map((x) => (dtype === 'uint8' ? (3 * x) % 256 : 3 * x)),
          );
          expect(flat(np.less(a, 7))).toEqual(xs.map((x) => x < 7));
          expect(Number(np.sum(a))).toBe(xs.reduce((s, x) => s + x, 0));
          m.shape.forEach((_, axis) => {
            const rest = m.shape.filter((_n, d) => d !== axis);
            const want = [...indices(rest)].map((i) =>
              Array.from({ length: m.shape[axis] }, (_n, k) => m.element([...i.slice(0, axis), k, ...i.slice(axis)])),
            );
            expect(flat(np.sum(a, { axis }))).toEqual(want.map((row) => row.reduce((s, x) => s + x, 0)));
            if (m.shape[axis] > 0) expect(flat(np.max(a, { axis }))).toEqual(want.map((row) => Math.max(...row)));
          });
        },
      ),
      runs,
    );
  });

  test('of two arrays add up as the model does, where their shapes broadcast', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
        fc.nat(7),
        fc.nat(7),
        steps,
        (shape, dropA, dropB, chain) => {
          const squash = (drop: number): number[] => shape.map((n, d) => ((drop >> d) & 1 ? 1 : n));
          const views = chain.filter((s) => s.kind === 'slice' && s.step < 0);
          const [, a, ma] = build(squash(dropA), views.map((s) => ({ ...s, start: 9, stop: -9, step: -1 })) as Step[]);
          const [, b, mb] = build(squash(dropB).slice(shape.length > 1 && squash(dropB)[0] === 1 ? 1 : 0), []);
          const out = np.broadcast_shapes([...ma.shape], [...mb.shape]) as number[];
          const pick = (m: Model, i: readonly number[]): number =>
            m.element(i.slice(i.length - m.shape.length).map((x, d) => (m.shape[d] === 1 ? 0 : x)));
          const got = np.add(a, np.multiply(b, 100));
          expect([...got.shape]).toEqual([...out]);
          expect(flat(got)).toEqual([...indices(out)].map((i) => pick(ma, i) + 100 * pick(mb, i)));
        },
      ),
      runs,
    );
  });
});

describe('long vectors', () => {
  const doubles = fc.array(fc.double(), { maxLength: 300 });

  test('sort as numbers with NaN at the end', () => {
    fc.assert(
      fc.property(doubles, (xs) => {
        const want = [...xs].sort((x, y) =>
          Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : Number.isNaN(y) ? -1 : x - y,
        );
        expect(
          np
            .sort(np.array(xs))
            .tolist()
            .map((x: number) => x + 0),
        ).toEqual(want.map((x) => x + 0));
      }),
      runs,
    );
  });

  test('of floats add, multiply, divide and compare as JavaScript does', () => {
    fc.assert(
      fc.property(doubles, fc.nat(299), (xs, turn) => {
        const ys = xs.map((_, i) => xs[(i + turn) % xs.length]);
        const [a, b] = [np.array(xs), np.array(ys)];
        expect(np.add(a, b).tolist()).toEqual(xs.map((x, i) => x + ys[i]));
        expect(np.multiply(a, b).tolist()).toEqual(xs.map((x, i) => x * ys[i]));
        expect(np.divide(a, b).tolist()).toEqual(xs.map((x, i) => x / ys[i]));
        expect(np.less_equal(a, b).tolist()).toEqual(xs.map((x, i) => x <= ys[i]));
        expect(np.sqrt(a).tolist()).toEqual(xs.map(Math.sqrt));
        expect(a.astype('float32').tolist()).toEqual(xs.map(Math.fround));
      }),
      runs,
    );
  });

  test('of 64-bit integers wrap as BigInt.asIntN and BigInt.asUintN do', () => {
    const wide = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(wide, fc.nat(39), (xs, turn) => {
        const ys = xs.map((_, i) => xs[(i + turn) % xs.length]);
        for (const [dtype, wrap] of [
          ['int64', BigInt.asIntN],
          ['uint64', BigInt.asUintN],
        ] as const) {
          const [p, q] = [xs.map((x) => wrap(64, x)), ys.map((y) => wrap(64, y))];
          const [a, b] = [np.array(p, dtype), np.array(q, dtype)];
          const read = (x: any): bigint[] => x.tolist().map(BigInt);
          expect(read(np.add(a, b))).toEqual(p.map((x, i) => wrap(64, x + q[i])));
          expect(read(np.subtract(a, b))).toEqual(p.map((x, i) => wrap(64, x - q[i])));
          expect(read(np.multiply(a, b))).toEqual(p.map((x, i) => wrap(64, x * q[i])));
          expect(read(np.bitwise_xor(a, b))).toEqual(p.map((x, i) => wrap(64, x ^ q[i])));
          expect(np.less(a, b).tolist()).toEqual(p.map((x, i) => x < q[i]));
          const floor = (x: bigint, y: bigint): bigint =>
            y === 0n ? 0n : x / y - (x % y !== 0n && x < 0n !== y < 0n ? 1n : 0n);
          expect(read(np.floor_divide(a, b))).toEqual(p.map((x, i) => wrap(64, floor(x, q[i]))));
          expect(BigInt(np.sum(a).item({ bigint: true }))).toBe(
            wrap(
              64,
              p.reduce((s, x) => s + x, 0n),
            ),
          );
        }
      }),
      runs,
    );
  });

  test('are found again after sorting: searchsorted, unique and isin agree with sets', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 80 }), (xs) => {
        const a = np.array(xs, 'int32');
        const set = [...new Set(xs)].sort((x, y) => x - y);
        expect(np.unique(a).tolist()).toEqual(set);
        const s = [...xs].sort((x, y) => x - y);
        expect(np.searchsorted(np.sort(a), a).tolist()).toEqual(xs.map((x) => s.indexOf(x)));
        expect(np.isin(a, np.array(set.slice(0, 3), 'int32')).tolist()).toEqual(
          xs.map((x) => set.slice(0, 3).includes(x)),
        );
      }),
      runs,
    );
  });

  test('of integers matrix-multiply as loops do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        fc.boolean(),
        fc.boolean(),
        (n, k, m, left, right) => {
          const a = left
            ? np.arange(n * k, { dtype: 'float64' }).reshape([k, n]).T
            : np.arange(n * k, { dtype: 'float64' }).reshape([n, k]);
          const b = right
            ? np.arange(k * m, { dtype: 'float64' }).reshape([m, k]).T
            : np.arange(k * m, { dtype: 'float64' }).reshape([k, m]);
          const [x, y] = [a.tolist(), b.tolist()];
          const want = Array.from({ length: n }, (_, i) =>
            Array.from({ length: m }, (_n, j) =>
              Array.from({ length: k }, (_k, l) => x[i][l] * y[l][j]).reduce((s, z) => s + z, 0),
            ),
          );
          expect(np.matmul(a, b).tolist()).toEqual(want);
          expect([...np.matmul(a, b).shape]).toEqual([n, m]);
        },
      ),
      runs,
    );
  });
});
