import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../../src/index.js';

/** np.lib.recfunctions: expressions with the text of NumPy's answers (tests/golden/recfunctions.py). */
const np: any = namespace;

type Answer = string | { e: string; m: string };
const cases: [string, Answer][] = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'golden', 'recfunctions.json'), 'utf8'),
);

const type = (...fields: unknown[]): any => np.dtype(fields);

/** Fresh operands under the names that the cases use. */
function operands(): Record<string, any> {
  const ab = type(['a', 'i4'], ['b', 'f8']);
  const inner = [
    ['x', 'f8'],
    ['y', 'i4', [2]],
  ];
  const rows = (d: any, ...list: unknown[]): any => np.array(list, d);
  return {
    np,
    r: np.lib.recfunctions,
    a: rows(ab, [1, 2], [3, 4], [2, -1.5]),
    b: rows(type(['a', 'i8'], ['c', 'U2']), [1, 'x'], [5, 'y']),
    c: rows(ab, [3, 7], [9, 8]),
    n: rows(type(['p', 'i4'], ['q', inner]), [1, [2, [3, 4]]], [5, [6, [7, 8]]]),
    e: rows(type(['u', 'f8'], ['v', 'f8']), [1, 2], [3, 4]),
    g: np.zeros(2, np.dtype('u1,f8,i2', { align: true })),
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

describe('np.lib.recfunctions answers as NumPy', () => {
  test.each(cases)('%s', (expression, want) => {
    expect(evaluate(expression)).toEqual(want);
  });
});

describe('what differs from NumPy in np.lib.recfunctions', () => {
  test('duplicates are found in plain arrays', () => {
    const { r, a } = operands();
    expect(r.find_duplicates(a.at([0, 1, 0])).repr()).toBe(
      "array([(1, 2.), (1, 2.)], dtype=[('a', '<i4'), ('b', '<f8')])",
    );
  });

  test('elements of record arrays are instances of np.record', () => {
    const records = np.rec.array([[1, 2.5]], { names: 'a,b' });
    expect(records.at(0) instanceof np.record).toBe(true);
    expect(np.array(1) instanceof np.record).toBe(false);
  });
});
