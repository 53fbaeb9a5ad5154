import { describe, expect, it } from '@jest/globals';
import { np } from '../../src/index.js';
import type { NDArray } from '../../src/ndarray/ndarray.js';

/** Truth values whose memory holds other bytes than 0 and 1, beside the same ones as 0 and 1. */
function pair(bytes: readonly number[], step: number): [NDArray, NDArray] {
  const loose = np.array(bytes, 'uint8').view('bool');
  const clean = np.array(bytes.map((b) => b !== 0));
  const part = step === 1 ? ':' : `::${step}`;
  return [loose.at(part), clean.at(part)];
}

const OPERATIONS: Record<string, (a: any) => any> = {
  sum: (a) => np.sum(a),
  'sum of columns': (a) => np.sum(np.reshape(a, [1, -1]), 0),
  count_nonzero: (a) => np.count_nonzero(a),
  nonzero: (a) => np.nonzero(a)[0],
  'a mask': (a) => np.arange(a.size).at(a),
  'a mask of rows': (a) => np.reshape(np.arange(2 * a.size), [a.size, 2]).at(a),
  'writing through a mask': (a) => {
    const x = np.arange(a.size);
    x.set([a], -1);
    return x;
  },
  place: (a) => {
    const x = np.arange(a.size);
    np.place(x, a, [7, 8]);
    return x;
  },
  where: (a) => np.where(a, 1, 2),
  'where= of a sum': (a) => np.sum(np.arange(a.size), { where: a }),
  logical_and: (a) => np.logical_and(a, true),
  logical_not: (a) => np.logical_not(a),
  'all along an axis': (a) => np.all(np.reshape(a, [1, -1]), 1),
  astype: (a) => a.astype('int32'),
  'a product': (a) => np.dot(a, a),
  sort: (a) => np.sort(a).astype('int8'),
  unique: (a) => np.unique(a).astype('int8'),
  isin: (a) => np.isin(a, [true]),
  repeat: (a) => np.repeat(np.arange(a.size), a),
  packbits: (a) => np.packbits(a),
  tolist: (a) => np.array(a.tolist()),
};

describe('bytes of truth values', () => {
  for (const name of Object.keys(OPERATIONS)) {
    it(`count as true unless they are 0: ${name}`, () => {
      for (const n of [1, 7, 40, 300]) {
        for (const step of [1, 2, -1]) {
          const bytes = Array.from(
            { length: n },
            (_, i) => [0, 1, 255, 128, 2, 0, 64, 254][(i * 5 + ((i * i) % 7)) % 8],
          );
          const [loose, clean] = pair(bytes, step);
          expect(OPERATIONS[name](loose).repr()).toBe(OPERATIONS[name](clean).repr());
        }
      }
    });
  }
});
