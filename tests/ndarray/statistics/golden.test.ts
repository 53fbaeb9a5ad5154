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
  const { q, xp, fp, v, ...rest } = kw as { q?: unknown; xp?: unknown; fp?: unknown; v?: unknown };
  // What NumPy takes by keyword although it is an operand.
  const operands = [q, xp, fp, v].filter((e) => e !== undefined);
  let r: unknown;
  try {
    r = functions[f](a, ...operands, rest);
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
  if (want[0] !== 'tuple') return differs(f, r, want as Result);
  const results = want[1] as unknown as readonly Result[];
  const flat = (r as unknown[]).flat();
  if (flat.length !== results.length) return `${flat.length} results instead of ${results.length}`;
  return flat.map((e, i) => differs(f, e, results[i])).find((p) => p !== null) ?? null;
}

type Result = readonly [dtype: string, shape: readonly number[], bytes: string];

/** Functions whose sums are made by a matrix product or by other elementary functions: the last digits may differ. */
const LOOSE: Readonly<Record<string, number>> = { cov: 8, corrcoef: 8, convolve: 4, correlate: 4 };
const EPS: Readonly<Record<string, number>> = {
  float16: 2 ** -10,
  float32: 2 ** -23,
  float64: 2 ** -52,
  complex64: 2 ** -23,
  complex128: 2 ** -52,
};

function differs(f: string, r: unknown, [dtype, shape, text]: Result): string | null {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  if (typeof r === 'boolean') return dtype === 'bool' && Number(r) === bytes[0] ? null : `gives ${r}`;
  if (!(r instanceof NDArray)) return `gives ${String(r)}`;
  if (r.dtype.name !== dtype) return `dtype ${r.dtype.name} instead of ${dtype}`;
  if (String(r.shape) !== String(shape)) return `shape (${String(r.shape)}) instead of (${String(shape)})`;
  const got = components(dtype, bytesOf(r));
  const expected = components(dtype, bytes);
  const largest = Math.max(...expected.map((x) => Math.abs(Number(x))).filter(Number.isFinite), 0);
  const allowed = (LOOSE[f] ?? 0) * (EPS[dtype] ?? 0) * largest;
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(got[i], expected[i]) || Math.abs(Number(got[i]) - Number(expected[i])) <= (allowed || -1)) continue;
    return `[${i}] is ${String(got[i])} instead of ${String(expected[i])}`;
  }
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
