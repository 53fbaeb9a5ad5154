import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { np as namespace } from '../../../src/index.js';

/** What NumPy made of dates and durations, expression by expression; times.py writes the answers as text. */

const np: any = namespace;
interface Golden {
  readonly answers: readonly string[];
  readonly groups: Record<string, readonly [js: string, answer: number][]>;
}
const load = (file: string): Golden => JSON.parse(readFileSync(join(__dirname, '../../golden', file), 'utf8'));

const A = np.array(['2020-01-05', '2020-01-02', 'NaT', '2020-01-09'], 'M8[D]');
const Q = np.array([5n, -3n, 'NaT', 7n], 'm8[s]');
const names: Record<string, unknown> = {
  np,
  d: np.datetime64,
  m: np.timedelta64,
  A,
  B: A.at([0, 1, 3]),
  Q,
  R: Q.at([0, 1, 3]),
  repr: (x: any) => (typeof x.repr === 'function' ? x.repr() : String(x)),
  X0: np.array([5n, 'NaT', 0n, -3n], 'M8[D]'),
  X1: np.array([1n, 2n, 'NaT', 0n], 'M8[h]'),
  X2: np.array([5n, 'NaT', 0n, -3n], 'm8[D]'),
  X3: np.array([2n, 'NaT', 3n, 0n], 'm8[h]'),
  X4: np.array([1n, 2n, 3n, 4n], 'm8[M]'),
  X5: np.array([1n, 2n, 0n, 4n], 'm8'),
  X6: np.array([2n, 3n, 0n, -1n], 'i8'),
  X7: np.array([2n, 3n, 0n, 1n], 'u8'),
  X8: np.array([2n, 3n, 0n, 1n], 'u1'),
  X9: np.array([2.5, Number.NaN, 0, Number.NEGATIVE_INFINITY], 'f4'),
  X10: np.array([true, false, true, true]),
};

function show(r: any): string {
  if (typeof r === 'boolean') return `bool ${r ? 'True' : 'False'}`;
  if (typeof r === 'number' || typeof r === 'bigint') return `num ${Number.isNaN(r) ? 'nan' : r}`;
  if (r instanceof np.NDArray) {
    if (r.ndim > 0) return `${r.dtype.str} ${r.repr().replace(/,\s+dtype=int64\)$/, ')')}`;
    const kind = r.dtype.kind;
    return `${kind === 'b' ? 'bool' : 'iuf'.includes(kind) ? 'num' : r.dtype.str} ${String(r)}`;
  }
  if (Array.isArray(r)) return `[${r.map(show).join('; ')}]`;
  if (r === null || r === undefined) return 'None';
  if (typeof r === 'string') return `str ${r}`;
  return `dtype ${r.str}`;
}

function run(js: string): string {
  try {
    return show(new Function(...Object.keys(names), `return ${js}`)(...Object.values(names)));
  } catch (e) {
    return `${(e as Error).name}: ${(e as Error).message}`;
  }
}

beforeAll(() => {
  setWarningHandler(() => {});
});

describe('dates and durations, as in NumPy', () => {
  for (const { answers, groups } of [load('times.json'), load('times-ufuncs.json')]) {
    for (const [name, cases] of Object.entries(groups)) {
      test(`${name}: ${cases.length} expressions give what NumPy gives`, () => {
        const wrong = cases.map(([js, k]) => ({ js, got: run(js), want: answers[k] })).filter((c) => c.got !== c.want);
        expect(wrong).toEqual([]);
      });
    }
  }
});
