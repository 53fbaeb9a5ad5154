import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../../src/index.js';

/** Structures, raw memory and the other byte order: expressions with the text of NumPy's answers (tests/golden/structures.py). */
const np: any = namespace;

type Answer = string | { e: string; m: string };
const cases: [string, Answer][] = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'golden', 'structures.json'), 'utf8'),
);

/** Fresh operands under the names that the cases use. */
function operands(): Record<string, any> {
  const D = np.dtype([
    ['a', 'i4'],
    ['b', 'f8'],
  ]);
  const E = np.dtype([
    ['a', 'i8'],
    ['b', 'f4'],
  ]);
  const F = np.dtype([
    ['x', 'i8'],
    ['y', 'f4'],
  ]);
  const p = [
    ['x', 'i4'],
    ['y', 'f4', [2]],
  ];
  const N = np.dtype([
    ['p', p],
    ['s', 'U3'],
  ]);
  const K = np.dtype([
    ['u', 'u1'],
    ['v', 'f8'],
    ['w', '>i2'],
  ]);
  const rows = [
    [3, 2.5],
    [1, 4],
    [1, -1],
  ];
  const a = np.array(rows, D);
  const k = np.zeros(3, K);
  k.set(['u'], [1, 2, 3]);
  k.set(['v'], [0.5, -1.5, 1e10]);
  k.set(['w'], [1, -2, 300]);
  return {
    np,
    D,
    E,
    F,
    N,
    K,
    a,
    c: a.astype(E),
    f: np.zeros(3, F),
    z: np.zeros(2, N),
    k,
    v: k.at('v'),
    w: k.at('w'),
    s: np.array([3, 1, 2], '>f8'),
  };
}

const text = (x: any): string => (typeof x?.repr === 'function' ? x.repr() : JSON.stringify(x));

function evaluate(expression: string): Answer {
  const scope = operands();
  try {
    return text(new Function(...Object.keys(scope), `return ${expression};`)(...Object.values(scope)));
  } catch (e) {
    return { e: (e as Error).name, m: (e as Error).message };
  }
}

describe('structures answer as NumPy', () => {
  test.each(cases)('%s', (expression, want) => {
    expect(evaluate(expression)).toEqual(want);
  });
});
