import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np } from '../../../src/index.js';

const points = fc.oneof(
  fc.constantFrom('a', 'b', 'B', ' ', 'é', 'ß', 'Σ'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
/** Text without the NULs at its end, which arrays do not keep. */
const text = fc.array(points, { maxLength: 6 }).map((p) => p.join('').replace(/\0+$/, ''));
const texts = fc.array(text, { minLength: 1, maxLength: 8 });
const order = (a: string, b: string): number => {
  const x = Array.from(a, (c) => c.codePointAt(0) as number);
  const y = Array.from(b, (c) => c.codePointAt(0) as number);
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i] - y[i];
  return x.length - y.length;
};

describe('arrays of text', () => {
  test('keep any text, in either byte order', () => {
    fc.assert(
      fc.property(texts, (t) => {
        const a = np.array(t);
        expect(a.tolist()).toEqual(t);
        expect(a.astype(`>U${Math.max(1, ...t.map((s) => [...s].length))}`).tolist()).toEqual(t);
      }),
    );
  });

  test('are in the order of code points, however they are compared', () => {
    fc.assert(
      fc.property(texts, text, (t, s) => {
        const a = np.array(t);
        const sorted = [...t].sort(order);
        expect(np.sort(a).tolist()).toEqual(sorted);
        expect(np.less(a, s).tolist()).toEqual(t.map((e) => order(e, s) < 0));
        expect(np.equal(a, s).tolist()).toEqual(t.map((e) => e === s));
        expect(np.unique(a).tolist()).toEqual([...new Set(sorted)]);
        expect(np.searchsorted(np.array(sorted), s).item()).toBe(sorted.filter((e) => order(e, s) < 0).length);
      }),
    );
  });

  test('go through encodings and back', () => {
    const whole = texts.filter((t) => t.every((s) => !/\p{Surrogate}/u.test(s)));
    fc.assert(
      fc.property(whole, fc.constantFrom('utf-8', 'utf-16-le', 'utf-32-be'), (t, encoding) => {
        // NULs at the end of encoded text are lost in memory; a mark behind it keeps them.
        const a = np.strings.add(np.array(t), 'x');
        expect(np.strings.decode(np.strings.encode(a, 'utf-8')).tolist()).toEqual(a.tolist());
        if (encoding === 'utf-32-be')
          expect(np.strings.decode(np.strings.encode(a, encoding), encoding).tolist()).toEqual(a.tolist());
      }),
    );
  });

  test('joined and split, or taken apart and added, are what they were', () => {
    fc.assert(
      fc.property(
        texts,
        points.filter((p) => p !== '\0'),
        (t, sep) => {
          const a = np.array(t);
          const [x, y, z] = np.strings.partition(a, sep);
          expect(np.add(np.add(x, y), z).tolist()).toEqual(t);
          expect(
            np.char
              .split(a, sep)
              .tolist()
              .map((l: string[]) => l.join(sep)),
          ).toEqual(t);
          expect(np.strings.slice(np.strings.slice(a, null, null, -1), null, null, -1).tolist()).toHaveLength(t.length);
        },
      ),
    );
  });

  /** Functions whose argument is a function, or a list that is no array. */
  const others = ['fromfunction', 'mintypecode', 'select', 'show_config', 'show_runtime'];

  test('in loops of every kind give no error of the language itself', async () => {
    const a = np.array(['a', 'bc', '']);
    const foreign: string[] = [];
    for (const [name, f] of Object.entries(np as unknown as Record<string, unknown>)) {
      if (others.includes(name) || typeof f !== 'function' || (f as { signature?: string }).signature === undefined)
        continue;
      for (const args of [[a], [a, a], [a, 1]]) {
        try {
          // What is asynchronous gives its errors later.
          await (f as (...x: unknown[]) => unknown)(...args);
        } catch (e) {
          if (!(e instanceof np.exceptions.PyError)) foreign.push(`np.${name}(${args.length}): ${String(e)}`);
        }
      }
    }
    expect(foreign).toEqual([]);
  });
});
