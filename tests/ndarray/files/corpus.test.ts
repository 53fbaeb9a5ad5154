import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as errors from '../../../src/core/errors.js';
import { interop, np } from '../../../src/index.js';
import { type Case, casesOf, digest, run } from './corpus/cases.js';

const folder = mkdtempSync(join(tmpdir(), 'numbridge-corpus-'));
const path = join(folder, 'case');
beforeAll(() => void errors.setWarningHandler(() => {}));
afterAll(() => {
  errors.setWarningHandler(null);
  rmSync(folder, { recursive: true });
});

const FORMATS = ['npy', 'npz', 'text', 'raw', 'safetensors'] as const;
const NAMES = new Set(
  Object.values(errors).flatMap((e) => (typeof e === 'function' && 'pyName' in e ? [e.pyName] : [])),
);
NAMES.add('SafetensorError');

/** Generous: the slowest takes a few milliseconds where nothing else runs. */
const MOST_MS = 5000;
/** What is refused may have cost this: what deflate makes of one step, and what is read of a stream at once. */
const MOST_BYTES = 16 * 2 ** 20;

interface Accepted {
  readonly format: string;
  readonly want: string;
  readonly got: string;
  readonly title?: RegExp;
  readonly why: string;
}
/** Verdicts other than NumPy's, with the reason. */
const ACCEPTED: readonly Accepted[] = [
  ...['TokenError', 'SyntaxError', 'TypeError', 'IndexError', 'RecursionError'].map((want) => ({
    format: 'npy',
    want,
    got: 'ValueError',
    why: "errors of Python's own parsers, which NumPy lets through",
  })),
  {
    format: 'npy',
    want: 'ValueError',
    got: 'OverflowError',
    title: /92233720368547758/,
    why: 'an integer of more than 64 bits',
  },
  ...['npy', 'npz'].map((format) => ({
    format,
    want: 'MemoryError',
    got: 'ValueError',
    why: 'the size is compared with the file before memory is asked for',
  })),
  {
    format: 'npy',
    want: 'ok',
    got: 'ValueError',
    title: /descr (\{\}|'2f8'|\('<f8')/,
    why: 'np.save writes no such dtypes; NumPy counts their elements wrongly',
  },
  { format: 'npy', want: 'ValueError', got: 'ok', title: /'<g'/, why: 'longdouble is float64' },
  ...['BadZipFile', 'EOFError'].map((got) => ({
    format: 'npz',
    want: 'error',
    got,
    why: 'the name of zlib.error is none',
  })),
  ...['ValueError', 'EOFError', 'NotImplementedError'].map((got) => ({
    format: 'npz',
    want: 'BadZipFile',
    got,
    why: 'of several faults another is met first; bzip2 and lzma are not unpacked',
  })),
  ...['BadZipFile', 'NotImplementedError'].map((got) => ({
    format: 'npz',
    want: 'OSError',
    got,
    why: 'a place outside of the file',
  })),
  ...['BadZipFile', 'EOFError', 'RuntimeError'].map((got) => ({
    format: 'npz',
    want: 'ok',
    got,
    why: 'a directory that lies is refused also where zipfile does not look',
  })),
  ...['EOFError', 'error'].map((want) => ({
    format: 'text',
    want,
    got: 'BadGzipFile',
    why: 'the sum at the end is what is checked',
  })),
  { format: 'text', want: 'BadGzipFile', got: 'ValueError', why: 'lines are read before the sum is' },
  {
    format: 'text',
    want: 'TypeError',
    got: 'ValueError',
    title: /\(2,\)i4/,
    why: 'the columns are counted before values are made',
  },
  { format: 'raw', want: 'ValueError', got: 'OverflowError', title: /a map/, why: 'a length that no integer holds' },
  {
    format: 'safetensors',
    want: 'ok',
    got: 'SafetensorError',
    title: /spaces in front|a member of metadata twice/,
    why: 'the format forbids both',
  },
  {
    format: 'safetensors',
    want: 'ValueError',
    got: 'SafetensorError',
    title: /shape \[1, 1/,
    why: 'too many axes for NumPy',
  },
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const accepted = (format: string, c: Case, got: readonly [string, string?]): Accepted | undefined =>
  ACCEPTED.find(
    (x) => x.format === format && x.want === c.verdict[0] && x.got === got[0] && (x.title ?? /(?:)/).test(c.title),
  );
const shown = (c: Case): string => `${c.call}(${c.title}, ${JSON.stringify(c.kw)})`;

describe('broken files', () => {
  test('there are at least 500 of them, no two alike', () => {
    const refused = FORMATS.flatMap((f) =>
      casesOf(f)
        .filter((c) => c.verdict[0] !== 'ok')
        .map((c) => `${c.call} ${JSON.stringify(c.kw)} ${Buffer.from(c.file).toString('base64')}`),
    );
    expect(new Set(refused).size).toBe(refused.length);
    expect(refused.length).toBeGreaterThan(1000);
  });

  const used = new Set<Accepted>();
  for (const format of FORMATS)
    test(`${format}: each is refused by name, or read, as NumPy does, in bounded time and memory`, () => {
      const wrong: unknown[] = [];
      for (const c of casesOf(format)) {
        const o = run(c, c.call === 'memmap' ? path : null);
        const why = same(o.verdict, c.verdict) ? undefined : accepted(format, c, o.verdict);
        if (why !== undefined) used.add(why);
        const fine =
          (same(o.verdict, c.verdict) || why !== undefined) &&
          (o.verdict[0] === 'ok' || NAMES.has(o.verdict[0])) &&
          o.ms < MOST_MS &&
          (o.verdict[0] === 'ok' || o.bytes < MOST_BYTES);
        if (!fine) wrong.push({ case: shown(c), want: c.verdict, ...o });
      }
      expect(wrong).toEqual([]);
    });
  test('no reason for another verdict is out of date', () => {
    expect(ACCEPTED.filter((x) => !used.has(x))).toEqual([]);
  });
  test('nothing was run, and nothing written, by what files say', () => {
    expect(existsSync('/tmp/numbridge-was-here')).toBe(false);
    expect(existsSync('/tmp/numbridge-was-here.npy')).toBe(false);
  });
  test('from a path the verdicts are the same', () => {
    const wrong = [...casesOf('npy'), ...casesOf('npz')].filter((c) => !same(run(c).verdict, run(c, path).verdict));
    expect(wrong.map(shown)).toEqual([]);
  });
  test('from a stream, whose length nobody knows, they are too', async () => {
    const wrong: unknown[] = [];
    const cases = ['npy', 'npz', 'safetensors'].flatMap((f) => casesOf(f));
    for (const c of cases) {
      const f = c.call === 'load' ? np.load_async : interop.load_safetensors_async;
      // In small pieces, so that every reader meets their ends.
      async function* pieces(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < c.file.length; at += 50) yield c.file.subarray(at, at + 50);
      }
      const before = process.memoryUsage().arrayBuffers;
      const got = await f(c.file.length > 5000 ? new Blob([c.file as never]).stream() : pieces(), c.kw)
        .then((x) => ['ok', digest(x)])
        .catch((e: Error) => [e.name]);
      const bytes = process.memoryUsage().arrayBuffers - before;
      if (!same(got, run(c).verdict) || (got[0] !== 'ok' && bytes > MOST_BYTES)) wrong.push([shown(c), got, bytes]);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('good files of which bytes are changed', () => {
  const file = (write: (f: InstanceType<typeof interop.BytesIO>) => void): Uint8Array => {
    const f = new interop.BytesIO();
    write(f);
    return f.getvalue();
  };
  const a = np.arange(50, { dtype: 'int32' } as never);
  const b = np.array(['x', 'yy']);
  const changes = (n: number) =>
    fc.array(
      fc.tuple(fc.nat(n - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 255, 39, 40, 41, 44, 58, 123, 125, 128))),
      { minLength: 1, maxLength: 4 },
    );
  const changed = (good: Uint8Array, list: readonly [number, number][]): Uint8Array => {
    const out = good.slice();
    for (const [i, v] of list) out[i] = v;
    return out;
  };
  const read = (f: () => unknown): readonly [string, string?] => {
    try {
      return ['ok', digest(f())];
    } catch (e) {
      return [(e as Error).name];
    }
  };

  for (const compressed of [false, true])
    test(`an archive${compressed ? ', packed,' : ''} gives the same arrays or a named error`, () => {
      const good = file((f) => (compressed ? np.savez_compressed : np.savez)(f, { a, b }));
      const want = digest(np.load(good));
      fc.assert(
        fc.property(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), (change) => {
          const got = read(() => np.load(changed(good, [change])));
          if (got[0] === 'ok') expect(got[1]).toBe(want);
          else expect(NAMES).toContain(got[0]);
        }),
        { numRuns: 1500 },
      );
    });
  const formats: [string, Uint8Array, (b: Uint8Array) => unknown, number][] = [
    ['.npy', file((f) => np.save(f, a)), (x) => np.load(x), 128],
    [
      '.npy of a structure',
      file((f) =>
        np.save(
          f,
          np.zeros(3, [
            ['p', 'i4'],
            ['q', 'U3', [2]],
          ] as never),
        ),
      ),
      (x) => np.load(x),
      192,
    ],
    ['an archive', file((f) => np.savez(f, { a, b })), (x) => np.load(x), 1],
    [
      'safetensors',
      file((f) => interop.save_safetensors(f, { a, z: np.ones([2, 2]) }, { metadata: { k: 'v' } })),
      (x) => interop.load_safetensors(x),
      200,
    ],
    [
      'a table',
      new TextEncoder().encode('# a table\n1 2.5 -3e4\n"4" nan inf\n5,6 0x7 8\n'.repeat(3)),
      (x) => np.loadtxt(x, { quotechar: '"' }),
      1,
    ],
    [
      'a table of several kinds',
      new TextEncoder().encode('a,b,c\n1,x,2020-01-01\n2,y,\n'),
      (x) => np.genfromtxt(x, { delimiter: ',', names: true, dtype: null }),
      1,
    ],
  ];
  for (const [name, good, f, head] of formats)
    test(`${name}: an array, or a named error, in bounded memory`, () => {
      const at = head === 1 ? good.length : Math.min(head, good.length);
      fc.assert(
        fc.property(changes(at), fc.option(fc.nat(good.length)), (list, cut) => {
          const before = process.memoryUsage().arrayBuffers;
          const got = read(() => f(changed(good, list).slice(0, cut ?? good.length)));
          if (got[0] !== 'ok') expect(NAMES).toContain(got[0]);
          expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MOST_BYTES);
        }),
        { numRuns: 1000 },
      );
    });
});
