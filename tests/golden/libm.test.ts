import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as libm from '../../src/core/random/libm/index.js';
import { LOG_CENTRE, LOG_INVERSE, POW_CENTRE, POW_INVERSE, POWERS } from '../../src/core/random/libm/tables.js';
import { SINES_COSINES } from '../../src/core/random/libm/tables-cosine.js';

/** The elementary functions under the random streams give the C library's bits; see libm.py. */

type Spec = ['linear' | 'wide' | 'negative', number, number];
interface Case {
  name: keyof typeof libm;
  arguments: Spec[];
  blocks: string;
}

const { n, block, cases } = JSON.parse(readFileSync(new URL('./data/libm.json', import.meta.url), 'utf8')) as {
  n: number;
  block: number;
  cases: Case[];
};

/** i * 2654435761 + salt * 40503 modulo 2^32, over 2^32. */
const uniform = (i: number, salt: number): number => ((Math.imul(i, 2654435761) + salt * 40503) >>> 0) / 2 ** 32;

function argument([kind, a, b]: Spec, i: number, salt: number): number {
  const u = uniform(i, salt);
  if (kind === 'linear') return a + (b - a) * u;
  const k = a + Math.floor(uniform(i * 7919 + 13, salt) * (b - a));
  // In two steps, for a subnormal power of two has no digits for the rest.
  const size = (1 + u) * 2 ** Math.trunc(k / 2) * 2 ** (k - Math.trunc(k / 2));
  return kind === 'negative' ? -size : size;
}

describe('the C library', () => {
  test.each(cases.map((c) => [`${c.name} of ${c.arguments.map((a) => a.join(' '))} has its bits`, c] as const))(
    '%s',
    (_, c) => {
      const f = libm[c.name] as (...x: number[]) => number;
      const single = c.name.endsWith('f');
      const values = Float64Array.from({ length: n }, (_v, i) => {
        const x = c.arguments.map((a, j) => argument(a, i, j + 1));
        const v = f(...(single ? x.map(Math.fround) : x));
        return Number.isNaN(v) ? Number.NaN : v;
      });
      const hashes: string[] = [];
      for (let i = 0; i < n; i += block)
        hashes.push(
          createHash('sha256')
            .update(values.subarray(i, i + block))
            .digest('hex')
            .slice(0, 8),
        );
      expect(hashes.join('')).toBe(c.blocks);
    },
  );

  test('the tables hold what their comments say', () => {
    for (let i = 0; i < 128; i++) {
      expect(POWERS[i]).toBeCloseTo(2 ** (i / 128), 15);
      expect(LOG_CENTRE[i]).toBeCloseTo(-Math.log(LOG_INVERSE[i]), 12);
      expect(POW_CENTRE[i]).toBeCloseTo(-Math.log(POW_INVERSE[i]), 12);
    }
    for (let k = 0; k < 110; k++) {
      expect(SINES_COSINES[4 * k]).toBeCloseTo(Math.sin(k / 128), 15);
      expect(SINES_COSINES[4 * k + 2]).toBeCloseTo(Math.cos(k / 128), 15);
    }
  });

  test('special values are as C99 has them', () => {
    const inf = Number.POSITIVE_INFINITY;
    expect([libm.log(0), libm.log(inf), libm.log(1), libm.log(-1)]).toEqual([-inf, inf, 0, Number.NaN]);
    expect([libm.exp(-inf), libm.exp(inf), libm.exp(0), libm.exp(1e4)]).toEqual([0, inf, 1, inf]);
    expect([libm.pow(1, Number.NaN), libm.pow(1, inf), libm.pow(0, 0), libm.pow(0, -1)]).toEqual([1, 1, 1, inf]);
    expect([libm.pow(0.5, inf), libm.pow(2, inf), libm.pow(inf, -1)]).toEqual([0, inf, 0]);
    expect([libm.expm1(-inf), libm.expm1(inf), libm.expm1(-0)]).toEqual([-1, inf, -0]);
    expect([libm.log1p(-1), libm.log1p(-0), libm.log1p(inf)]).toEqual([-inf, -0, inf]);
    expect([libm.acos(1), libm.acos(-1), libm.acos(1.5)]).toEqual([0, Math.PI, Number.NaN]);
  });
});
