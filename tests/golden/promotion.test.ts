import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../src/index.js';
import { dataFolder } from './runner.js';

/** Result dtypes, compared as whole tables: a difference reads as `add int8 uint8: int32 instead of int16`. */
const np: any = namespace;
const golden = JSON.parse(readFileSync(join(dataFolder, 'promotion.json'), 'utf8'));
const dtypes: string[] = golden.dtypes;
const SPELLED: Record<string, () => unknown> = {
  true: () => true,
  '1': () => 1,
  '1.5': () => 1.5,
  '1j': () => np.complex(0, 1),
};

const names = (e: unknown): string[] => {
  const out: string[] = [];
  for (let c = (e as object)?.constructor; typeof c === 'function' && c.name; c = Object.getPrototypeOf(c))
    out.push(c.name);
  return out;
};

/** The dtype of a call's (first) result or, where it throws, the wanted text when the error has that name. */
function outcome(call: () => any, want: string): string {
  try {
    const r = call();
    const first = Array.isArray(r) ? r[0] : r;
    return typeof first === 'boolean' ? 'bool' : (first.dtype?.name ?? `${typeof first}`);
  } catch (e) {
    return names(e).includes(want) ? want : `${(e as Error).name}: ${(e as Error).message}`;
  }
}

const ones = (d: string): any => np.ones([1], d);
const report = (rows: string[]): void => expect(rows).toEqual([]);

describe('result dtypes', () => {
  for (const [f, table] of Object.entries<string[][]>(golden.pairs)) {
    test(`np.${f} of every two dtypes has NumPy's dtype`, () => {
      const wrong: string[] = [];
      dtypes.forEach((a, i) => {
        dtypes.forEach((b, j) => {
          const got = outcome(() => np[f](ones(a), ones(b)), table[i][j]);
          if (got !== table[i][j]) wrong.push(`${f} ${a} ${b}: ${got} instead of ${table[i][j]}`);
        });
      });
      report(wrong);
    });
  }
  for (const [f, table] of Object.entries<Record<string, string[]>>(golden.weak)) {
    test(`np.${f} with a number beside an array keeps NumPy's dtype`, () => {
      const wrong: string[] = [];
      for (const [w, row] of Object.entries(table))
        row.forEach((want, i) => {
          const got = outcome(() => np[f](ones(dtypes[i]), SPELLED[w]()), want);
          if (got !== want) wrong.push(`${f} ${dtypes[i]} ${w}: ${got} instead of ${want}`);
        });
      report(wrong);
    });
  }
  for (const [kind, make] of [
    ['unary', ones],
    ['reductions', (d: string) => np.ones([2, 2], d)],
  ] as const) {
    for (const [f, row] of Object.entries<string[]>(golden[kind])) {
      test(`np.${f} of every dtype has NumPy's dtype`, () => {
        const wrong: string[] = [];
        row.forEach((want, i) => {
          const got = outcome(() => np[f](make(dtypes[i])), want);
          const plainCount = f === 'count_nonzero' && (got === 'number' || got === 'int64');
          if (got !== want && !plainCount) wrong.push(`${f} ${dtypes[i]}: ${got} instead of ${want}`);
        });
        report(wrong);
      });
    }
  }
});
