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

export function expect(got: any): {
  toBe(want: unknown): void;
  toEqual(want: unknown): void;
  toThrow(text: string): void;
} {
  const check = (ok: boolean, verb: string, want: unknown): void => {
    if (!ok) throw new Error(`expected ${show(got).slice(0, 600)} ${verb} ${show(want).slice(0, 600)}`);
  };
  return {
    toBe: (want) => check(Object.is(got, want), 'to be', want),
    toEqual: (want) => check(equal(got, want), 'to equal', want),
    toThrow: (text) => {
      let said: string | null = null;
      try {
        got();
      } catch (e) {
        said = (e as Error).message;
      }
      if (said === null || !said.includes(text)) throw new Error(`expected an error with '${text}', got ${show(said)}`);
    },
  };
}

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
