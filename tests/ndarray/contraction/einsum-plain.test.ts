import { describe, expect, test } from '@jest/globals';
import { np as numpy } from '../../../src/index.js';

const np: any = numpy;

let state = 11;
const random = (n: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};

/** The sum by its definition: over all values of all labels, products of the operands' elements. */
function definition(inputs: readonly string[], output: string, operands: readonly any[]): number[] {
  const sizes: Record<string, number> = {};
  inputs.forEach((labels, i) => {
    [...labels].forEach((l, d) => {
      sizes[l] = Math.max(sizes[l] ?? 1, operands[i].shape[d]);
    });
  });
  const rest = Object.keys(sizes).filter((l) => !output.includes(l));
  const labels = [...output, ...rest];
  const out: number[] = [];
  const total = rest.reduce((n, l) => n * sizes[l], 1);
  const kept = [...output].reduce((n, l) => n * sizes[l], 1);
  for (let p = 0; p < kept; p++) {
    let sum = 0;
    for (let q = 0; q < total; q++) {
      const at: Record<string, number> = {};
      let index = p * total + q;
      for (const l of [...labels].reverse()) {
        at[l] = index % sizes[l];
        index = Math.floor(index / sizes[l]);
      }
      sum += inputs.reduce(
        (v, ls, i) => v * operands[i].item(...[...ls].map((l, d) => (operands[i].shape[d] === 1 ? 0 : at[l]))),
        1,
      );
    }
    out.push(sum);
  }
  return out;
}

function operand(shape: number[], dtype: string): any {
  const size = shape.reduce((n, m) => n * m, 1);
  const values = np.array(Array.from({ length: size }, () => random(7) - 3)).astype(dtype);
  const a = shape.length === 0 ? values.at(0) : values.reshape(shape);
  const layout = random(4);
  if (shape.length === 0) return a;
  if (layout === 1) return np.asfortranarray(a);
  if (layout === 2) return a.at('::-1');
  if (layout === 3) return np.concatenate([a, a], -1).at(`..., :${shape[shape.length - 1]}`);
  return a;
}

describe('einsum of plain operands', () => {
  test('is the sum by its definition, for all labels, layouts and dtypes, and again when asked again', () => {
    for (let round = 0; round < 600; round++) {
      const sizes: Record<string, number> = {};
      for (const l of 'abcd') sizes[l] = 1 + random(4);
      const inputs = Array.from({ length: 1 + random(4) }, () =>
        Array.from({ length: random(4) }, () => 'abcd'[random(4)]).join(''),
      );
      const used = [...new Set(inputs.join(''))];
      const output = used
        .filter(() => random(2) === 0)
        .sort(() => random(3) - 1)
        .join('');
      const text = `${inputs.join(',')}->${output}`;
      const dtype = ['float64', 'float32', 'int64', 'int8', 'float16', 'bool'][random(round % 3 === 0 ? 6 : 2)];
      for (let again = 0; again < 2; again++) {
        if (again === 1) for (const l of 'abcd') sizes[l] = 1 + random(5);
        const operands = inputs.map((labels) =>
          operand(
            [...labels].map((l) => sizes[l]),
            dtype === 'bool' ? 'float64' : dtype,
          ),
        );
        const want = definition(inputs, output, operands);
        const y = np.einsum(text, ...operands, { optimize: random(2) === 0 });
        expect([text, y.dtype.name, [...y.shape]]).toEqual([
          text,
          dtype === 'bool' ? 'float64' : dtype,
          [...output].map((l) => sizes[l]),
        ]);
        const wrapped = dtype === 'int8' ? want.map((v) => (v << 24) >> 24) : want;
        if (dtype !== 'float16')
          expect([
            text,
            y
              .ravel()
              .tolist()
              .map((v: number) => v + 0),
          ]).toEqual([text, wrapped.map((v) => v + 0)]);
      }
    }
  });

  test('inner products over axes that lie differently are those of copies', () => {
    for (const [shape, text, copy] of [
      [[40, 30], 'ij,ji->', [1, 0]],
      [[12, 13, 14], 'ijk,kij->', [1, 2, 0]],
    ] as const) {
      for (const dtype of ['float64', 'complex128', 'int64']) {
        const a = np
          .arange(shape.reduce((n, m) => n * m, 1))
          .reshape(shape)
          .astype(dtype);
        const b = np
          .add(a, 1)
          .transpose([...copy].map((_, i) => copy.indexOf(i as never)))
          .copy();
        const back = shape.length === 2 ? b.T : b.transpose([1, 2, 0]);
        const at = shape.length === 2 ? b : np.ascontiguousarray(back.transpose([2, 0, 1]));
        expect(np.einsum(text, a, at).item()).toEqual(np.sum(np.multiply(a, back)).item());
      }
    }
  });

  test('results of one operand are views where all of its labels stay', () => {
    const a = np.zeros([3, 3]);
    np.einsum('ii->i', a).set('...', 1);
    expect(a.tolist()).toEqual(np.eye(3).tolist());
    np.einsum('ij->ji', a).set([0, 2], 5);
    expect(a.item(2, 0)).toBe(5);
  });
});
