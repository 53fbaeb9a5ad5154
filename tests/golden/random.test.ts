import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../src/index.js';

/** Random streams, bit for bit: what is drawn, by every method, and the state after it; see random.py for the encoding. */

const np: any = namespace;
type Call = [name: string, args: unknown[], kwargs: Record<string, unknown> | 0, result: unknown];
type Program = [make: string, seed: unknown, legacy: boolean, calls: Call[], state: unknown];
const golden: {
  programs: Program[];
  seeds: any[];
  sequences: any[];
  legacy: any[];
  jumped: Record<string, any[]>;
  advanced: Record<string, any[]>;
  philox: any[];
} = JSON.parse(readFileSync(join(__dirname, 'data', 'random.json'), 'utf8'));

const special: Record<string, number> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity, '-0.0': -0 };

function arrayOf([dtype, shape, data]: [string, number[], any]): any {
  if (typeof data !== 'string') return np.array(data, dtype);
  return np
    .frombuffer(Uint8Array.from(Buffer.from(data, 'base64')), dtype)
    .copy()
    .reshape(shape);
}

function argument(x: any): any {
  if (Array.isArray(x)) return x.map(argument);
  if (x === null || typeof x !== 'object') return x;
  if ('i' in x) return BigInt(x.i);
  if ('n' in x) return special[x.n];
  if ('r' in x) return np.arange(x.r[1]).astype(x.r[0]);
  return 'o' in x ? np.asfortranarray(arrayOf(x.a)) : arrayOf(x.a);
}

/** A result in the form of the golden data, `like` that. */
function encoded(r: any, like: any): any {
  if (r instanceof Error) return { e: r.name, m: r.message };
  if (r instanceof Uint8Array) return { b: Buffer.from(r).toString('hex') };
  if (r instanceof np.NDArray) {
    if (r.dtype.kind === 'U' && r.ndim === 0) return r.item();
    if ('US'.includes(r.dtype.kind)) return [r.dtype.str, r.shape, r.tolist()];
    const bytes = Buffer.from(r.tobytes());
    const short = [r.dtype.name, r.shape, bytes.subarray(0, bytes.length > 96 ? 24 : undefined).toString('base64')];
    return bytes.length > 96 ? [...short, createHash('sha256').update(bytes).digest('hex').slice(0, 16)] : short;
  }
  if (typeof r === 'bigint') return Math.abs(Number(r)) < 2 ** 53 ? Number(r) : { i: String(r) };
  if (typeof r === 'number')
    return Number.isFinite(r) && !Object.is(r, -0)
      ? r
      : { n: Object.is(r, -0) ? '-0.0' : String(r).replace('Infinity', 'inf').replace('NaN', 'nan') };
  if (Array.isArray(r)) return { l: r.map((v, i) => encoded(v, like?.l?.[i])) };
  if (r !== null && typeof r === 'object')
    return { d: Object.fromEntries(Object.entries(r).map(([k, v]) => [k, encoded(v, like?.d?.[k])])) };
  return r;
}

/** Calls whose data JavaScript reads otherwise, by what is called: numbers in lists are floats. */
const told = (name: string, args: unknown[], kwargs: unknown): string =>
  `${name}(${JSON.stringify(args)}, ${JSON.stringify(kwargs)})`;

describe('random streams are those of NumPy', () => {
  const names = new Map<string, Program[]>();
  for (const p of golden.programs) {
    const title = `${p[2] ? 'RandomState' : 'Generator'} of ${p[0]}`;
    names.set(title, [...(names.get(title) ?? []), p]);
  }
  for (const [title, programs] of names)
    test(`${title}: values, dtypes, errors, states`, () => {
      const wrong: unknown[] = [];
      for (const [make, seed, legacy, calls, state] of programs) {
        const s = argument(seed);
        const g = legacy
          ? np.random.RandomState(make === 'RandomState' ? s : np.random[make](s))
          : np.random.Generator(np.random[make](s));
        for (const [name, args, kwargs, want] of calls) {
          const a = args.map(argument);
          const kw = kwargs === 0 ? {} : Object.fromEntries(Object.entries(kwargs).map(([k, v]) => [k, argument(v)]));
          let r: any;
          try {
            r = g[name](...a, ...(kwargs === 0 ? [] : [kw]));
            if (name === 'shuffle') r = a[0];
            else if (kw.out !== undefined) r = kw.out;
          } catch (e) {
            r = e;
          }
          const got = encoded(r, want);
          if (JSON.stringify(got) !== JSON.stringify(want))
            wrong.push([make, legacy, told(name, args, kwargs), { got, want }]);
        }
        const after = encoded(legacy ? g.get_state(false) : g.bit_generator.state, state);
        if (JSON.stringify(after) !== JSON.stringify(state))
          wrong.push([make, legacy, calls[0][0], 'state', after, state]);
      }
      const shown = wrong.slice(0, Number(process.env.GOLDEN_SHOWN ?? 8)).map((w) => JSON.stringify(w));
      expect({ wrong: wrong.length, shown }).toEqual({ wrong: 0, shown: [] });
    });

  test('seed sequences: pools, words, children, and what generators make of them', () => {
    for (const [seed, pool, words, wide, children, raw] of golden.seeds) {
      const q = np.random.SeedSequence(argument(seed));
      expect([
        encoded(q.pool, pool),
        encoded(q.generate_state(5), words),
        encoded(q.generate_state(5, 'u8'), wide),
      ]).toEqual([pool, words, wide]);
      expect(q.spawn(2).map((c: any) => encoded(c.generate_state(3), null))).toEqual(children);
      for (const m of Object.keys(raw))
        expect([m, seed, encoded(np.random[m](argument(seed)).random_raw(3), null)]).toEqual([m, seed, raw[m]]);
    }
    for (const [entropy, kw, pool, children, repr] of golden.sequences) {
      const options = kw.spawn_key ? { spawn_key: argument(kw.spawn_key) } : kw;
      const q = np.random.SeedSequence(argument(entropy), options);
      expect(encoded(q.pool, pool)).toEqual(pool);
      expect(q.spawn(2).map((c: any) => c.repr())).toEqual(children);
      expect(q.repr()).toBe(repr);
    }
  });

  test('legacy seeds', () => {
    for (const [seed, state] of golden.legacy)
      expect(encoded(np.random.RandomState(argument(seed)).get_state(false), state)).toEqual(state);
  });

  test('jumps and advances', () => {
    for (const [m, rows] of Object.entries(golden.jumped))
      for (const [jumps, state] of rows)
        expect([m, encoded(np.random[m](9).jumped(jumps).state, state)]).toEqual([m, state]);
    for (const [m, rows] of Object.entries(golden.advanced))
      for (const [delta, state] of rows)
        expect([m, delta, encoded(np.random[m](9).advance(argument(delta)).state, state)]).toEqual([m, delta, state]);
  });

  test('counters and keys of Philox', () => {
    for (const [kw, state, raw] of golden.philox) {
      const options = Object.fromEntries(Object.entries(kw).map(([k, v]) => [k, argument(v)]));
      const p = np.random.Philox(options);
      expect(encoded(p.state, state)).toEqual(state);
      expect(encoded(p.random_raw(6), raw)).toEqual(raw);
    }
  });
});
