/**
 * What the tests that also run in a page need of their runner: they are written down with describe and test, run in order, and each gives
 * a report. `expect` has the matchers that these tests use; a test that asks for another one fails.
 */

interface Test {
  readonly title: string;
  readonly body: (() => unknown) | null;
}
export interface Report {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly why: string;
}

const tests: Test[] = [];
let path: string[] = [];

export function describe(title: string, body: () => void): void {
  const before = path;
  path = [...path, title];
  body();
  path = before;
}

export const test: ((title: string, body: () => unknown) => void) & { skip(title: string, body: () => void): void } =
  Object.assign(
    (title: string, body: () => unknown) => void tests.push({ title: [...path, title].join(' › '), body }),
    {
      skip: (title: string, _body: () => void) => void tests.push({ title: [...path, title].join(' › '), body: null }),
    },
  );

/** Equal in structure, with NaN equal to itself and 0 unlike -0. */
function equal(a: any, b: any): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => k in b && equal(a[k], b[k]));
}

const show = (x: unknown): string =>
  JSON.stringify(x, (_, v) => (typeof v === 'bigint' ? `${v}n` : typeof v === 'number' ? String(v) : v)) ?? String(x);

interface Matchers {
  readonly not: Matchers;
  toBe(want: unknown): void;
  toEqual(want: unknown): void;
  toThrow(said?: string | RegExp): void;
  toMatch(want: string | RegExp): void;
  toContain(want: unknown): void;
  toHaveLength(want: number): void;
  toBeGreaterThan(want: number): void;
  toBeLessThan(want: number): void;
  toBeCloseTo(want: number, digits?: number): void;
  toBeTruthy(): void;
  toBeNull(): void;
}

const says = (text: string, want: string | RegExp): boolean =>
  typeof want === 'string' ? text.includes(want) : want.test(text);

/** The message of what a function throws; null where it throws nothing. */
function thrown(f: () => unknown): string | null {
  try {
    f();
    return null;
  } catch (e) {
    return (e as Error).message;
  }
}

function matchers(got: any, wanted: boolean): Matchers {
  const check = (ok: boolean, verb: string, want: unknown): void => {
    if (ok !== wanted)
      throw new Error(`expected ${show(got).slice(0, 600)} ${wanted ? '' : 'not '}${verb} ${show(want).slice(0, 600)}`);
  };
  return {
    get not() {
      return matchers(got, !wanted);
    },
    toBe: (want) => check(Object.is(got, want), 'to be', want),
    toEqual: (want) => check(equal(got, want), 'to equal', want),
    toThrow: (want = '') => {
      const text = thrown(got);
      if ((text !== null && says(text, want)) !== wanted)
        throw new Error(`expected ${wanted ? 'an' : 'no'} error with '${String(want)}', got ${show(text)}`);
    },
    toMatch: (want) => check(says(got, want), 'to match', String(want)),
    toContain: (want) => check(got.includes(want), 'to contain', want),
    toHaveLength: (want) => check(got.length === want, 'to have length', want),
    toBeGreaterThan: (want) => check(got > want, 'to be greater than', want),
    toBeLessThan: (want) => check(got < want, 'to be less than', want),
    toBeCloseTo: (want, digits = 2) => check(Math.abs(got - want) < 0.5 * 10 ** -digits, 'to be close to', want),
    toBeTruthy: () => check(Boolean(got), 'to be', 'true'),
    toBeNull: () => check(got === null, 'to be', null),
  };
}

export const expect = (got: any): Matchers => matchers(got, true);

/** Limits of time are the caller's business. */
export const jest: { setTimeout(ms: number): void } = { setTimeout: () => undefined };

/** Runs what was written down, and forgets it. */
export async function runTests(): Promise<Report[]> {
  const reports: Report[] = [];
  for (const { title, body } of tests.splice(0)) {
    if (body === null) {
      reports.push({ title, state: 'skipped', why: '' });
      continue;
    }
    try {
      await body();
      reports.push({ title, state: 'passed', why: '' });
    } catch (e) {
      reports.push({ title, state: 'failed', why: String((e as Error).message ?? e) });
    }
  }
  return reports;
}
