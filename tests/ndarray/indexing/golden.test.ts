import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { np } from './support.js';

/** What NumPy answered; see tests/golden/indexing.py. */
const golden = JSON.parse(readFileSync(join(__dirname, '..', '..', 'golden', 'indexing.json'), 'utf8'));

const count = (shape: number[]): number => shape.reduce((n, m) => n * m, 1);

/** 0, 1, 2, … in C order, in the layout named. */
function base(shape: number[], dtype: string, layout: string): any {
  const plain = np.array(Float64Array.from({ length: count(shape) }, (_, i) => i)).reshape(shape);
  const a = np.empty(shape, dtype);
  a.set('...', plain);
  if (shape.length === 0 || layout === 'C') return a;
  let out: any;
  if (layout === 'F') out = np.empty([...shape].reverse(), dtype).T;
  else if (layout === 'rev') out = np.empty(shape, dtype).at(shape.map(() => '::-1').join(', '));
  else
    out = np
      .zeros(
        shape.map((n) => 2 * n),
        dtype,
      )
      .at(shape.map(() => '::2').join(', '));
  out.set('...', a);
  return out;
}

function decode(e: any): any {
  if (Array.isArray(e)) return e.map(decode);
  if (typeof e !== 'object' || e === null) return e;
  if ('x' in e) {
    if (!('t' in e)) return e.x;
    const a = np.empty(e.s, e.t);
    if (count(e.s) > 0) a.set('...', np.array(e.x));
    return a;
  }
  if ('sl' in e) return np.slice(...(e.sl as [number, number, number]));
  const [dtype, shape, values, layout] = e.a;
  const a = layout === 'F' ? np.empty([...shape].reverse(), dtype).T : np.empty(shape, dtype);
  if (values.length > 0)
    a.set(
      '...',
      np.array(dtype.startsWith('c') ? values.map(([re, im]: number[]) => ({ re, im })) : values).reshape(shape),
    );
  return a;
}

/** Values only: the real part of complex ones. */
const plain = (v: any): any => (Array.isArray(v) ? v.map(plain) : typeof v === 'object' ? v.re : v);

function outcome(f: () => any): any {
  try {
    return f();
  } catch (e) {
    const { name, message } = e as Error;
    return { e: name, m: message };
  }
}

const describeArray = (a: any): any => ({ a: [a.dtype.name, [...a.shape], flat(a), 'C'] });
const flat = (a: any): any[] => [...a.flat].map((v) => (typeof v === 'object' ? [v.re, v.im] : v));
const shown = (r: any): any => (r instanceof np.NDArray ? describeArray(r) : Array.isArray(r) ? r.map(shown) : r);

/** The expected answer without the memory order, which is not compared. */
const expected = (e: any): any =>
  Array.isArray(e)
    ? e.map(expected)
    : typeof e === 'object' && e !== null && 'a' in e
      ? { a: [...e.a.slice(0, 3), 'C'] }
      : e;

/** Where the text of NumPy's own message says a Python type that the library names otherwise. */
const loosely = (r: any): any =>
  r?.m === undefined ? r : { e: r.e, m: r.m.replace(/a string, a bytes-like object or/, 'a string or') };

function differences(rows: any[], answer: (row: any[]) => any): string[] {
  const out: string[] = [];
  for (const row of rows) {
    const got = loosely(outcome(() => answer(row)));
    const want = loosely(expected(row[row.length - 1]));
    const same = JSON.stringify(got) === JSON.stringify(want);
    if (!same)
      out.push(`${JSON.stringify(row.slice(0, -1))}\n   gave ${JSON.stringify(got)}\n   not  ${JSON.stringify(want)}`);
  }
  return out;
}

describe('indexing, compared with NumPy', () => {
  beforeAll(() => {
    setWarningHandler(() => {});
  });

  test('reading by random indices gives the same shapes and values, views and errors', () => {
    const wrong = differences(golden.get, ([shape, dtype, layout, index]) => {
      const a = base(shape, dtype, layout);
      const r = a.at(...index.map(decode));
      if (r.dtype !== a.dtype) throw new Error('dtype');
      return { s: [...r.shape], v: plain(r.tolist()), share: r.size > 0 && r.buffer === a.buffer };
    });
    expect(wrong.join('\n')).toBe('');
  });

  test('assigning by random indices changes the same elements, and nothing on an error', () => {
    const wrong = differences(golden.set, ([shape, dtype, layout, index, value]) => {
      const a = base(shape, dtype, layout);
      const before = JSON.stringify(plain(a.tolist()));
      try {
        a.set(index.map(decode), decode(value));
      } catch (e) {
        if (JSON.stringify(plain(a.tolist())) !== before) throw new Error('half written');
        throw e;
      }
      return { s: [...a.shape], v: plain(a.tolist()) };
    });
    expect(wrong.join('\n')).toBe('');
  });

  test('functions give the same arrays and errors', () => {
    const wrong = differences(golden.call, ([name, args, kw]) =>
      shown((np as any)[name](...args.map(decode), decodeKeys(kw))),
    );
    expect(wrong.join('\n')).toBe('');
  });

  test('functions that write into an array leave the same in it', () => {
    const wrong = differences(golden.write, ([name, args, kw]) => {
      const live = args.map(decode);
      const f = name.split('.').reduce((o: any, k: string) => o[k], np);
      if (name.endsWith('.at')) f(...live);
      else f(...live, decodeKeys(kw));
      return shown(live[0]);
    });
    expect(wrong.join('\n')).toBe('');
  });
});

const decodeKeys = (kw: Record<string, any>): Record<string, any> =>
  Object.fromEntries(Object.entries(kw).map(([k, v]) => [k, decode(v)]));
