import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np as namespace } from '../../src/index.js';

const np: any = namespace;

/** Functions that read some views of an array's memory and write another: the last operand, or the only one that is written. */
const WRITERS: Record<string, (out: any, x: any, y: any) => unknown> = {
  set: (out, x) => out.set('...', x),
  'add into out': (out, x, y) => np.add(x, y, { out }),
  'subtract into out, masked': (out, x, y) => np.subtract(x, y, { out, where: np.greater(y.copy(), 3) }),
  'negative into out': (out, x) => np.negative(x, { out }),
  'in-place addition': (out, x) => out.iadd(x),
  'in-place remainder': (out, x) => out.imod(x),
  copyto: (out, x) => np.copyto(out, x),
  'copyto, masked': (out, x, y) => np.copyto(out, x, { where: np.greater(y.copy(), 3) }),
  'cumsum into out': (out, x) => np.cumsum(x, { axis: 0, out }),
  'accumulate into out': (out, x) => np.maximum.accumulate(x, { axis: -1, out }),
  'clip into out': (out, x, y) => np.clip(x, 2, y, { out }),
  'round into out': (out, x) => np.round(x, { out }),
  'take into out': (out, x) => np.take(x, [...Array(x.shape[0]).keys()].reverse(), { axis: 0, out, mode: 'clip' }),
  'take along the last axis into out': (out, x) =>
    np.take(x, [...Array(x.shape.at(-1)).keys()].reverse(), { axis: -1, out }),
  put: (out, x) => np.put(out, [...Array(out.size).keys()].reverse(), x),
  putmask: (out, x, y) => np.putmask(out, np.greater(y.copy(), 3), x),
  place: (out, x, y) => np.place(out, np.greater(y.copy(), 3), x),
  'set by a mask': (out, x, y) => out.set([np.greater(y.copy(), 3)], x.ravel().copy().at(0)),
  'set by an index array': (out, x) => out.set([[...Array(out.shape[0]).keys()].reverse()], x),
  flat: (out, x) => {
    out.flat = x;
  },
  'ufunc.at': (out, x) => np.add.at(out, [[...Array(out.shape[0]).keys()].reverse()], x),
  'choose into out': (out, x, y) => np.choose(np.greater(y.copy(), 3), [x, y], { out }),
  'concatenate into out': (out, x) => np.concatenate([x.at('1:'), x.at(':1')], { axis: 0, out }),
  'stack into out': (out, x) =>
    np.stack(
      [...Array(x.shape[0]).keys()].map((i) => x.at(x.shape[0] - 1 - i, '...')),
      { out },
    ),
  'median into out': (out, x) => np.median(x, { axis: 0, keepdims: true, out: out.at(':1') }),
  'sum into out': (out, x) => np.sum(x, { axis: 0, out: out.at(0, '...') }),
  'sort of a view': (out) => out.sort(),
  'matmul into out': (out, x, y) => np.matmul(x, np.matrix_transpose(y), { out: out.at(`:, :${out.shape[0]}`) }),
  'einsum into out': (out, x, y) => np.einsum('ij,ij->ij', x, y, { out }),
  'nan_to_num in place': (out) => np.nan_to_num(out, { copy: false }),
};

/** A view of the shape (n, m) of 64 elements: where it begins and its steps, all within. */
interface View {
  readonly offset: number;
  readonly steps: readonly [number, number];
}
const views = (n: number, m: number): fc.Arbitrary<View> =>
  fc
    .record({
      steps: fc.constantFrom<readonly [number, number]>(
        [m, 1],
        [1, n],
        [8, 1],
        [8, 2],
        [-8, 1],
        [8, -1],
        [-m, -1],
        [1, 8],
        [2, 8],
        [2 * m, 2],
        [m + 1, 1],
      ),
      at: fc.nat(63),
    })
    .map(({ steps, at }) => {
      const low = Math.min(0, steps[0] * (n - 1)) + Math.min(0, steps[1] * (m - 1));
      const high = Math.max(0, steps[0] * (n - 1)) + Math.max(0, steps[1] * (m - 1));
      const room = 64 - (high - low);
      return { offset: (at % room) - low, steps };
    });

const view = (a: any, n: number, m: number, v: View): any =>
  a.viewOf(
    a.dtype,
    [n, m],
    v.steps.map((s) => s * a.itemsize),
    v.offset * a.itemsize,
  );

describe.each(Object.keys(WRITERS))('%s', (name) => {
  test('writes over what it reads as if it read copies', () => {
    const cases = fc
      .record({ n: fc.integer({ min: 1, max: 4 }), m: fc.integer({ min: 1, max: 4 }) })
      .chain(({ n, m }) =>
        fc.record({
          n: fc.constant(n),
          m: fc.constant(m),
          dtype: fc.constantFrom('float64', 'int32', 'uint8', 'complex128', 'int64'),
          out: views(n, m),
          x: views(n, m),
          y: views(n, m),
        }),
      );
    fc.assert(
      fc.property(cases, ({ n, m, dtype, out, x, y }) => {
        if (name.includes('remainder') && dtype === 'complex128') return;
        const write = WRITERS[name];
        const outcome = (apart: boolean): string => {
          const a = np.arange(64).reshape(8, 8).T.ravel().astype(dtype);
          const operands = [x, y].map((v) => (apart ? view(a, n, m, v).copy() : view(a, n, m, v)));
          try {
            write(view(a, n, m, out), operands[0], operands[1]);
          } catch (e) {
            return String(e);
          }
          return np.array_repr(a);
        };
        expect(outcome(false)).toBe(outcome(true));
      }),
      { numRuns: 150 },
    );
  });
});
