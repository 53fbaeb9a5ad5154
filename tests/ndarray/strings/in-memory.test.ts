import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np } from '../../../src/index.js';

/** Text of the other byte order is read as strings, one by one: what loops over memory must agree with. */
const letter = fc.constantFrom('a', 'b', '', '\u{1f600}', 'é', '\uffff');
const word = fc.array(letter, { maxLength: 5 }).map((l) => l.join(''));
const words = fc.array(word, { minLength: 1, maxLength: 9 });
const short = fc.array(letter, { maxLength: 2 }).map((l) => l.join(''));

const ascii = (list: readonly string[]): string[] => list.map((w) => w.replace(/[^ab]/gu, 'c'));

describe('loops over text in memory', () => {
  const check = (of: (a: any, b: any) => any): void => {
    fc.assert(
      fc.property(words, short, fc.boolean(), (list, other, backwards) => {
        const view = (a: any): any => (backwards ? a.at('::-1') : a);
        const pairs = [
          [np.array(list), np.array([other])],
          [np.array(list), np.array(list.map((w) => [...w].slice(0, 2).join('')))],
        ];
        for (const [a, b] of pairs) {
          const swapped = [a, b].map((x) => x.astype(x.dtype.newbyteorder('S')));
          expect(of(view(a), b).tolist()).toEqual(of(view(swapped[0]), swapped[1]).tolist());
        }
        const bytes = np.array(ascii(list)).astype('S');
        const few = np.array(ascii([other])).astype('S');
        expect(of(view(bytes), few).tolist().map(String)).toEqual(
          of(view(bytes.astype('U')), few.astype('U'))
            .tolist()
            .map((v: unknown) => (typeof v === 'string' ? String(new TextEncoder().encode(v)) : String(v))),
        );
      }),
      { numRuns: 60 },
    );
  };

  for (const name of ['equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'] as const)
    test(`compare as strings do: ${name}`, () => check((a, b) => np[name](a, b)));
  for (const name of ['find', 'rfind', 'count', 'startswith', 'endswith'] as const)
    for (const [start, end] of [
      [0, null],
      [1, 3],
      [-2, -1],
      [3, 2],
      [-9, 9],
    ] as const)
      test(`search as strings do: ${name} from ${start} to ${end}`, () =>
        check((a, b) => np.strings[name](a, b, start, end)));
  test('measure as strings do', () => check((a) => np.strings.str_len(a)));
  test('join as strings do', () => check((a, b) => np.strings.add(a, b)));
});
