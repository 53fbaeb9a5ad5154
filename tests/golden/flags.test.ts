import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../src/core/errors.js';
import { np as namespace } from '../../src/index.js';

/**
 * Which floating-point errors ufuncs, casts and folds report, value by value, against flags.json (made by flags.py). A dot there stands for
 * values about which NumPy's own loops disagree.
 */

const np: any = namespace;

interface Flags {
  grid: Record<string, string[]>;
  complex: Record<'unary' | 'binary', Record<string, string>>;
  ufuncs: Record<string, Record<string, string>>;
  casts: Record<string, string>;
  folds: Record<string, string>;
}

const data = JSON.parse(readFileSync(new URL('./flags.json', import.meta.url), 'utf8')) as Flags;

const NAMES: Record<string, string> = {
  '?': 'bool',
  b: 'int8',
  B: 'uint8',
  h: 'int16',
  H: 'uint16',
  i: 'int32',
  I: 'uint32',
  l: 'int64',
  L: 'uint64',
  e: 'float16',
  f: 'float32',
  d: 'float64',
  F: 'complex64',
  D: 'complex128',
};
const BITS: Record<string, [number, boolean]> = {
  b: [8, true],
  B: [8, false],
  h: [16, true],
  H: [16, false],
  i: [32, true],
  I: [32, false],
  l: [64, true],
  L: [64, false],
};

const number = (text: string): number => Number(text.replace('inf', 'Infinity'));

/** The values of a dtype, each as an array of one element, and how they are written. */
function grid(char: string, nin: number): { array: any; text: string }[] {
  const name = NAMES[char];
  if (char in data.grid) return data.grid[char].map((t) => ({ array: np.array([number(t)], name), text: t }));
  if (char in data.complex.unary) {
    const parts = data.complex[nin === 1 ? 'unary' : 'binary'][char].split(' ');
    return parts.flatMap((re) =>
      parts.map((im) => ({ array: np.array([np.complex(number(re), number(im))], name), text: `(${re}, ${im})` })),
    );
  }
  if (char === '?') return [false, true].map((v) => ({ array: np.array([v]), text: String(v) }));
  const [bits, signed] = BITS[char];
  const low = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const high = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  return [0n, 1n, 2n, 3n, -1n, -2n, 7n, low, high]
    .filter((v) => v >= low && v <= high)
    .map((v) => ({ array: np.array([v], name), text: String(v) }));
}

/** The flags of a call. */
function flagsOf(f: () => unknown): number {
  let seen = 0;
  np.errstate({ all: 'call', call: (_kind: string, flags: number) => void (seen = Math.max(seen, flags)) }, f);
  return seen;
}

const expand = (text: string): string => (text.startsWith('0*') ? '0'.repeat(Number(text.slice(2))) : text);

/** Without the warning that casting complex numbers to real ones gives. */
function quietly(f: () => unknown): unknown {
  const before = setWarningHandler(() => {});
  try {
    return f();
  } finally {
    setWarningHandler(before);
  }
}

function expectNone(wrong: readonly string[]): void {
  const shown = wrong.slice(0, Number(process.env.GOLDEN_SHOWN ?? 20)).join('\n');
  expect(wrong.length === 0 ? '' : `${wrong.length} differ:\n${shown}`).toBe('');
}

/** What differs, as calls with both answers. */
function differences(expected: string, calls: Iterable<[string, () => unknown, number?]>): string[] {
  const text = expand(expected);
  const out: string[] = [];
  let i = 0;
  for (const [name, call, ignored = 0] of calls) {
    const c = text[i++];
    if (c === '.') continue;
    const want = Number.parseInt(c, 16) & ~ignored;
    const got = flagsOf(call) & ~ignored;
    if (got !== want) out.push(`${name}: ${got} for ${want}`);
  }
  expect(i).toBe(text.length);
  return out;
}

const UNDER = 4;

/** Complex functions whose steps are NumPy's own. The others are the C library's, whose steps are not to be known. */
const OWN_STEPS = new Set(
  'add subtract multiply divide square reciprocal negative positive absolute conjugate less less_equal greater greater_equal'.split(
    ' ',
  ),
);

const moderate = (text: string): boolean => !/nan|inf|e/.test(text);

/**
 * What of a complex function of the C library is not compared: underflow inside of it, and what it makes of NaN; of powers, which
 * it takes by logarithms, all but moderate values.
 */
function unknown(name: string, loop: string, operands: readonly string[]): number {
  if (!/^[FD]/.test(loop) || OWN_STEPS.has(name)) return 0;
  if (name.endsWith('power')) return operands.every(moderate) ? UNDER : 15;
  return operands.some((t) => t.includes('nan')) ? 15 : UNDER;
}

describe('the errors that NumPy reports are reported', () => {
  for (const [name, loops] of Object.entries(data.ufuncs)) {
    test(name, () => {
      const f = np[name];
      const wrong: string[] = [];
      for (const [loop, flags] of Object.entries(loops)) {
        const ins = loop.split('->')[0];
        const values = [...ins].map((c) => grid(c, ins.length));
        const calls: [string, () => unknown, number][] = [];
        for (const a of values[0])
          for (const b of values[1] ?? [null]) {
            const refused = name === 'power' && 'bhil'.includes(ins[1]) && b !== null && b.text.startsWith('-');
            const text = `${name} ${loop} ${a.text}${b === null ? '' : `, ${b.text}`}`;
            const operands = b === null ? [a.text] : [a.text, b.text];
            calls.push([
              text,
              () => (refused ? 0 : b === null ? f(a.array) : f(a.array, b.array)),
              unknown(name, loop, operands),
            ]);
          }
        wrong.push(...differences(flags, calls));
      }
      expectNone(wrong);
    });
  }

  test('casts', () => {
    const wrong: string[] = [];
    for (const [pair, flags] of Object.entries(data.casts)) {
      const [from, to] = pair;
      const calls = grid(from, 1).map(({ array, text }): [string, () => unknown] => [
        `${NAMES[from]} ${text} to ${NAMES[to]}`,
        () => quietly(() => array.astype(NAMES[to])),
      ]);
      wrong.push(...differences(flags, calls));
    }
    expectNone(wrong);
  });

  for (const method of ['reduce', 'accumulate', 'reduceat'])
    test(method, () => {
      const wrong: string[] = [];
      for (const [key, flags] of Object.entries(data.folds)) {
        const [name, m, char] = key.split('.');
        if (m !== method) continue;
        const f = np[name][method];
        const values = data.grid[char];
        const calls = values.flatMap((a) =>
          values.map((b): [string, () => unknown] => {
            const both = np.array([number(a), number(b)], NAMES[char]);
            return [`${key} ${a}, ${b}`, () => (method === 'reduceat' ? f(both, [0]) : f(both))];
          }),
        );
        wrong.push(...differences(flags, calls));
      }
      expectNone(wrong);
    });
});
