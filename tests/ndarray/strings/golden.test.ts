import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

const S = np.array(['a', 'bc', ''], 'S');
const L = np.array(['  spam ', 'xxAyxx', 'a,b,,c', 'tab\tx\n\ty', '+12', '-7', 'aaaa', 'Hello World', '']);
/** Names that expressions use; the twins of those in text.py. */
const names: Record<string, unknown> = {
  np,
  st: np.strings,
  ch: np.char,
  U: np.array(['a', 'bc', '']),
  S,
  I: np.arange(3),
  F: np.add(np.arange(3), 0.5),
  M: np.array([
    ['ab', 'Ab', 'b'],
    ['', 'é', 'Zz'],
  ]),
  W: np.array([
    'héllo',
    'a\u{1f600}b',
    '\uffff',
    'z',
    'ΑΣ ΣΑ',
    'ﬁn ßa',
    "they're X",
    'ǆa ǅB',
    '½²Ⅷ',
    '一二',
    '\u2003 x\x1c',
    'İI',
    '12',
    ' \t',
    'a1 b2',
    'ABC',
  ]),
  L,
  LS: np.char.encode(L, 'ascii'),
  A: (x: any, d?: any) => (d === undefined ? np.array(x) : np.array(x, d)),
  B: (s: string) => Uint8Array.from(s, (c) => c.charCodeAt(0)),
  n: BigInt,
  inplace: (a: any, op: string, b: any) => a.copy()[op](b),
  R: (x: any) => x.repr(),
  T: (x: any) => String(x),
  O: (x: any) => x.tolist(),
  nat: (x: any) => x.tolist(),
  swapped: (a: any) => a.astype(a.dtype.str.replace('<', '>')),
  back: (a: any) => a.at('::-1'),
  every: (a: any) => a.at('::2'),
  turned: (a: any) => a.T,
};

const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('text')) {
  const name = /\b((?:np|st|ch)\.\w+)/.exec(c.text)?.[1] ?? 'methods';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('text and bytes, as in NumPy', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
    });
  }
});
