import { describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { NDArray } from '../../../src/ndarray/ndarray.js';
import * as statistics from '../../../src/ndarray/statistics/index.js';
import { bytesOf, type Case, components, laid, load } from './support.js';

/** Calls with NumPy's answers, to the last bit: values, dtypes, shapes, and the errors' names and messages. */

const functions = statistics as unknown as Record<string, (...args: any[]) => unknown>;

/** NumPy numbers the axes of its own messages otherwise in these; the names of the errors agree. */
const sameMessage = (got: string, want: string): boolean => got.trim() === want.trim();

function problem([f, dtype, shape, layout, kw, ...want]: Case): string | null {
  const a = laid(dtype, shape, layout);
  const { q, ...rest } = kw as { q?: unknown };
  let r: unknown;
  try {
    r = q === undefined ? functions[f](a, rest) : functions[f](a, q, rest);
  } catch (e) {
    const { name, message } = e as Error;
    if (want[0] !== 'error') return `throws ${name}: ${message}`;
    const names: string[] = [name];
    for (let c = (e as object).constructor; typeof c === 'function' && c.name; c = Object.getPrototypeOf(c))
      names.push(c.name);
    if (!names.includes(want[1] as string)) return `throws ${name} instead of ${String(want[1])}`;
    return sameMessage(message, want[2]) ? null : `says "${message}" instead of "${want[2]}"`;
  }
  if (want[0] === 'error') return `gives a result instead of ${String(want[1])}: ${want[2]}`;
  const bytes = Uint8Array.from(Buffer.from(want[2], 'base64'));
  if (typeof r === 'boolean') return want[0] === 'bool' && Number(r) === bytes[0] ? null : `gives ${r}`;
  if (!(r instanceof NDArray)) return `gives ${String(r)}`;
  if (r.dtype.name !== want[0]) return `dtype ${r.dtype.name} instead of ${want[0]}`;
  if (String(r.shape) !== String(want[1])) return `shape (${String(r.shape)}) instead of (${String(want[1])})`;
  const got = components(want[0], bytesOf(r));
  const expected = components(want[0], bytes);
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(got[i], expected[i])) return `[${i}] is ${String(got[i])} instead of ${String(expected[i])}`;
  return null;
}

describe('statistics agree with NumPy bit for bit', () => {
  const byFunction = new Map<string, Case[]>();
  for (const c of load().cases) byFunction.set(c[0], [...(byFunction.get(c[0]) ?? []), c]);
  for (const [f, cases] of byFunction) {
    test(`${f} on ${cases.length} arrays`, () => {
      const old = setWarningHandler(() => {});
      try {
        const problems = cases.flatMap((c) => {
          const p = problem(c);
          return p === null ? [] : [`${f}(${c[1]} (${c[2].join(', ')}) ${c[3]}, ${JSON.stringify(c[4])}): ${p}`];
        });
        expect(problems.slice(0, 8)).toEqual([]);
      } finally {
        setWarningHandler(old);
      }
    });
  }
});
